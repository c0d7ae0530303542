"""Walks an interview without a screen: puts the answers of a file into a session.

An answers file makes a new intake, marked `replayed`. A summary is taken up again as it was: its id, times, decisions,
withdrawn answers, notes and marks, so that under the same versions the same bytes come out.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import TypeVar

from msgspec import Struct

from msals_tui import __version__
from msals_tui.content.case_files import AnswersFile, FindingsInput, JsonFile, KeptHappened, SummaryFile, read_case
from msals_tui.content.file import ContentFile
from msals_tui.content.library import Library
from msals_tui.errors import ContentFaults, Fault, Filled, InputFault
from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.born import born_between
from msals_tui.questionnaire.carried import carried_notes, carried_over
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.group import GroupItem, rows_of
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Nearest, shown
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.words import Words
from msals_tui.report.document import Amends
from msals_tui.report.veil import Veil
from msals_tui.safety.history import Happened
from msals_tui.session.as_meant import MISSING, Meant, plain
from msals_tui.session.clock import Clock, FixedClock, MachineClock
from msals_tui.session.load_content import load_content
from msals_tui.session.not_asked import NotAsked, left_out_of_rounds, not_asked
from msals_tui.session.options import DEFAULT_LANGUAGE
from msals_tui.session.session import DECISIONS, Content, Decision, Session
from msals_tui.text import clean

E = TypeVar("E")

_MOST_ALIKE = 3
"""Ids that are named in place of one that is none."""


class Replayed(Struct, frozen=True):
    """A session that holds what a file said; `remarks` say what may differ from when the file was written."""

    session: Session
    language: str = DEFAULT_LANGUAGE
    """That of the words around the questions, which may be asked in another."""
    remarks: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    """Of each answer of an answers file that counts for nothing, since it is not asked: why."""
    left_out: tuple[str, ...] = ()
    """These answers, by item."""

    def said(self, words: Words) -> str:
        """How many answers count, and which do not."""
        kept = words.some(len(self.session.interview.response.counting), "replay.kept")
        left = self.left_out
        return words("replay.left_out", kept=kept, count=len(left), items=", ".join(left)) if left else kept


def asked_with(case: AnswersFile | SummaryFile) -> str:
    """The id of the questionnaire that a case answers."""
    return case.questionnaire if isinstance(case, AnswersFile) else case.questionnaire.id


def content_for(
    file: ContentFile, case: AnswersFile | SummaryFile, library: Library, name: str | None, *, comparing: bool = False
) -> Content:
    """What a case is asked with: the questionnaire `name`, or the one that it answers. Raises InputFault if it is not here."""
    if name is None and asked_with(case) not in library.questionnaire_files:
        known = ", ".join(sorted(library.questionnaire_files))
        what = Filled('there is no questionnaire "{case}"', case=asked_with(case))
        raise InputFault(
            what,
            where=file.path,
            hint=Filled("it may be one of {known}, or be given with --questionnaire", known=known),
        )
    words = None if isinstance(case, AnswersFile) else case.questionnaire.words
    return load_content(library, name or asked_with(case), language=asked_in(case), words=words, comparing=comparing)


def asked_in(case: AnswersFile | SummaryFile) -> str | None:
    """The language in which a case was asked; None if it does not say, for the questionnaire's own."""
    return None if isinstance(case, AnswersFile) else case.questionnaire.language


def replay_file(path: str, library: Library, questionnaire: str | None = None) -> Replayed:
    """The session of an answers file or a summary, read from `path`. Raises InputFault if it is none, or cannot be read.

    `questionnaire` names the one to ask with (an id, or a file) instead of the one that the file names.
    """
    file, case = read_case(path)
    if isinstance(case, FindingsInput | JsonFile):
        name = "a findings file" if isinstance(case, FindingsInput) else "a phenopacket"
        raise InputFault(
            Filled("{name} holds no answers to replay", name=name), where=file.path, hint="use msals-tui compare"
        )
    return replay(file, case, content_for(file, case, library, questionnaire), lambda: library.words(DEFAULT_LANGUAGE))


def replay(
    file: ContentFile, case: AnswersFile | SummaryFile, content: Content, words: Callable[[], Words]
) -> Replayed:
    """The session of one file. ContentFaults names everything in it that is no answer to this questionnaire.

    An answers file may say dates in `words`, which are asked for only then.
    """
    if asked_with(case) != content.questionnaire.id:
        what = Filled(
            'the answers are to questionnaire "{case}", not to "{id}"',
            case=asked_with(case),
            id=content.questionnaire.id,
        )
        raise InputFault(what, where=file.path, hint="give the questionnaire that they answer")
    if isinstance(case, SummaryFile):
        return _from_summary(file, case, content)
    return _from_answers(file, case, content, words)


def _from_answers(file: ContentFile, case: AnswersFile, content: Content, words: Callable[[], Words]) -> Replayed:
    clock: Clock = MachineClock()
    if case.today is not None or case.id is not None:
        day = datetime.combine(case.today, time(), UTC) if case.today else clock.now()
        clock = FixedClock(day, case.id or clock.new_id())
    session = Session(content, clock, origin="replayed")
    reader = _Reader(file, content.questionnaire, session.started.date(), words)
    given, notes = reader.written(case.answers), reader.notes(case.notes)
    reader.settle()
    session.restore(given, notes=notes)
    out = (*not_asked(session.interview.response), *reader.left_out)
    return Replayed(
        session,
        remarks=(*reader.remarks, *_unfitting(file, session)),
        not_asked=tuple(reader.placed(("answers", one.group or one.item), one.said(words())) for one in out),
        left_out=tuple(dict.fromkeys(one.name for one in out)),
    )


def _from_summary(file: ContentFile, case: SummaryFile, content: Content) -> Replayed:
    clock = FixedClock(case.finished, case.id)
    session = Session(content, clock, origin=case.origin, started=case.started)
    if (amends := case.amends) is not None:
        session.amends = Amends(amends.final, amends.sha256, clean(amends.reason, max_length=NOTE_LENGTH).text)
    reader = _Reader(file, content.questionnaire, case.started.date())
    everything = {**case.withdrawn, **case.answers}
    given = reader.answers(("withdrawn",), case.withdrawn, beside=everything)
    given |= reader.answers(("answers",), case.answers, beside=everything)
    notes = reader.notes(case.notes)
    decisions = [
        Decision(one.rule, one.decision, one.decided, tuple(about.items()))
        for number, one in enumerate(case.safety)
        if one.decision and one.decided
        for about in (reader.answers(("safety", number, "decided_about"), one.decided_about, beside=everything),)
    ]
    history = list(_history(reader, case, everything))
    reader.settle()
    session.restore(
        given,
        notes=notes,
        recheck=frozenset(content.questionnaire.place_of(name) for name in case.check_again),
        decisions=decisions,
        veils=_veils(case),
        history=history,
    )
    remarks = (*reader.remarks, *_differences(file, case, session), *_unfitting(file, session))
    left_out = tuple(item.id for item in session.interview.response.withdrawn())
    return Replayed(session, case.questionnaire.words or case.questionnaire.language, remarks, left_out=left_out)


def _veils(case: SummaryFile) -> Iterator[Veil]:
    """When the comparison was hidden, and shown again."""
    for one in case.comparison_hidden:
        yield Veil(hidden=True, time=one.from_, answers=one.from_answers)
        if one.until is not None:
            yield Veil(hidden=False, time=one.until, answers=one.until_answers)


def _history(reader: "_Reader", case: SummaryFile, everything: Mapping[str, object]) -> Iterator[Happened]:
    """What became of the safety rules; of a summary of before that was told, what was decided."""
    for table, kept in (("safety", case.safety), ("safety_withdrawn", case.safety_withdrawn)):
        for number, rule in enumerate(kept):
            for place, one in enumerate(rule.history):
                yield from reader.happened((table, number, "history", place), rule.rule, one, everything)
    for decided in case.safety:
        if decided.decision and decided.decided and not decided.history:
            yield Happened(decided.rule, decided.decision, decided.decided)


class _Reader:
    """Reads one file's answers and notes. Collects all faults before any is raised, and what came in changed."""

    def __init__(
        self,
        file: ContentFile,
        questionnaire: Questionnaire,
        today: date,
        words: Callable[[], Words] | None = None,
    ) -> None:
        """`words` are those in which a person may have written; None where only programs write."""
        self.remarks: list[str] = []
        self.left_out: list[NotAsked] = []
        """Answers of rounds that do not apply in them."""
        self._words = words
        self._file = file
        self._questionnaire = questionnaire
        self._today = today
        self._faults: list[Fault] = []
        self._nearest = Nearest()
        self._keys: dict[str, str] = {}
        """How a person wrote the id of an item, where that differs."""

    def written(self, entries: Mapping[str, object]) -> dict[str, Answer]:
        """The answers of an answers file, which a person wrote, in the order of the questionnaire. Rounds keep what applies."""
        given: dict[str, Answer] = {}
        answers: dict[str, object] = {}
        for name, value in self._carried(("answers",), self._named(("answers",), entries), None):
            meant = Meant(self._words)
            answer = meant.of(self._questionnaire.item(name), value)
            for loc, fault in meant.faults:
                self._refuse(("answers",), name, fault, loc)
            if not meant.faults:
                answers[name] = answer
        for name, answer in answers.items():
            self._read(("answers",), self._questionnaire.item(name), answer, given, answers)
        return given

    def answers(
        self, table: Loc, entries: Mapping[str, object], *, beside: Mapping[str, object] | None = None
    ) -> dict[str, Answer]:
        """The answers of one table of a summary, by item; `beside` are all answers of the file.

        Its rounds were asked, so that all of them applies.
        """
        given: dict[str, Answer] = {}
        known = {name: value for name, value in entries.items() if self._known(table, name)}
        for name, value in self._carried(table, known, beside):
            self._read(table, self._questionnaire.item(name), value, given)
        return given

    def notes(self, entries: Mapping[str, str]) -> dict[str, str]:
        """The notes by item; empty ones are none."""
        kept = {}
        written = self._words is not None
        for name, text in (self._named(("notes",), entries) if written else entries).items():
            if written or self._known(("notes",), name):
                kept[name] = clean(str(text), max_length=NOTE_LENGTH, lines=True)
                self._remark_changed(name, kept[name].changed)
        return carried_notes(self._questionnaire, {name: one.text for name, one in kept.items() if one.text})

    def happened(self, table: Loc, rule: str, one: KeptHappened, beside: Mapping[str, object]) -> Iterator[Happened]:
        """One thing that happened to a safety rule; nothing where it cannot be read."""
        if (one.item is None) != (one.what in DECISIONS):
            what = "an answer makes a rule fire, or fire no more, and nobody's decision does"
            self._refuse(
                table, "item", InputFault(what, hint="name the question where an answer did it, and only there")
            )
        elif one.item is None:
            yield Happened(rule, one.what, one.at)
        elif one.answer is not None:
            for item, answer in self.answers(table, {one.item: one.answer}, beside=beside).items():
                yield Happened(rule, one.what, one.at, item, answer)
        elif self._known(table, place := self._questionnaire.place_of(one.item)):
            yield Happened(rule, one.what, one.at, place)

    def placed(self, loc: Loc, sentence: str) -> str:
        """A sentence about a place in the file."""
        return f"{self._file.path}:{self._line(loc)}: {sentence}"

    def settle(self) -> None:
        """Raises ContentFaults with everything that was found."""
        if self._faults:
            raise ContentFaults(tuple(self._faults))

    def _spelled_out(
        self, item: Item, value: object, given: Mapping[str, Answer], entries: Mapping[str, object]
    ) -> object:
        """What a person wrote, as programs write it. An age may stand anywhere in the file."""
        if (words := self._words) is None:
            return value

        def speech() -> tuple[Words, Occasion]:
            asked = self._questionnaire
            ages = dict(given)
            for name in {one.age for one in asked.born} & (entries.keys() - given.keys()) & asked.index.keys():
                with suppress(InputFault):  # it is told where it is read itself
                    ages[name] = asked.item(name).read(entries[name], self._today)
            around = Response(asked, self._today, ages)
            return words(), Occasion(self._today, self._today, born_between(asked.born, around, item.id))

        return item.spelled_out(value, speech)

    def _carried(
        self, table: Loc, entries: Mapping[str, object], beside: Mapping[str, object] | None
    ) -> list[tuple[str, object]]:
        """The answers by item, in order; those to items of earlier versions as answers to what asks for them now."""
        carried = carried_over(self._questionnaire, entries, beside)
        for name, fault in carried.faults.items():
            self._refuse(table, name, fault)
        order = self._questionnaire.index
        return sorted(carried.answers.items(), key=lambda one: order[one[0]])

    def _read(
        self,
        table: Loc,
        item: Item,
        value: object,
        given: dict[str, Answer],
        written: Mapping[str, object] | None = None,
    ) -> None:
        """Puts an answer into `given`; `written` are all that a person wrote, None where a program did."""
        try:
            around = Response(self._questionnaire, self._today, given) if written is not None and item.items else None
            value = self._spelled_out(item, value, given, written or {})
            given[item.id] = item.read(value, self._today, around)
            if around is not None and isinstance(item, GroupItem):
                rounds = tuple(dict(one.answers) for one in rows_of(item.read(value, self._today)))
                self.left_out += left_out_of_rounds(item, rounds, given[item.id], around)
        except InputFault as fault:
            self._refuse(table, item.id, fault)
        self._remark_changed(item.id, item.cleaned(value))

    def _refuse(self, table: Loc, name: str, fault: InputFault, loc: Loc = ()) -> None:
        line = self._line((*table, name, *loc))
        self._faults.append(Fault(self._file.path, line, name, "ANSWER", fault.what, fault.hint))

    def _line(self, loc: Loc) -> int:
        """The line of a place, by the ids of items as they are written in the file."""
        return self._file.lines.line(tuple(self._keys.get(one, one) if isinstance(one, str) else one for one in loc))

    def _named(self, table: Loc, entries: Mapping[str, E]) -> dict[str, E]:
        """What a person wrote by the ids of items that are meant; others are faults."""
        known = {plain(one): one for one in (*self._questionnaire.carried_by_item, *self._questionnaire.index)}
        named: dict[str, E] = {}
        for key, value in entries.items():
            name = key if key in known.values() else known.get(plain(key))
            if name is None:
                self._known(table, key)
            elif name in named:
                fault = InputFault(Filled("{item} is answered twice", item=name), hint="keep one of the two")
                self._faults.append(self._fault((*table, key), name, "ANSWER", fault.what, fault.hint))
            else:
                named[name] = value
                if key != name:
                    self._keys[name] = key
        return named

    def _known(self, table: Loc, name: str) -> bool:
        """Whether an item is asked here, or was in an earlier version; if not, that is a fault."""
        questionnaire = self._questionnaire
        if name in questionnaire.index or name in questionnaire.carried_by_item:
            return True
        what = f'questionnaire "{questionnaire.id}" has no question of this name'
        self._faults.append(self._fault((*table, name), shown(name), "NO_SUCH_ITEM", what, self._hint(name)))
        return False

    def _hint(self, name: str) -> str:
        """What to write in place of an id that is none."""
        items = self._questionnaire.items
        if plain(name) == MISSING:
            return 'write it as the answer of a question: ITEM = {missing = "not_asked"}'
        group = next((item for item in items for inner in item.items if inner.id == plain(name)), None)
        if group is not None:
            return f"it is asked in each round of {group.id}: write {group.id} = [{{{plain(name)} = ...}}]"
        otherwise = f"see msals-tui items {self._questionnaire.id}"
        hint = self._nearest.hint(name, self._questionnaire.index, otherwise)
        words = set(plain(name).split("_"))
        alike = [item.id for item in items if words <= set(item.id.split("_"))][:_MOST_ALIKE]
        if hint == otherwise and alike:
            return f"did you mean {' or '.join(alike)}?"
        return hint

    def _fault(self, loc: Loc, place: str, code: str, what: str, hint: str) -> Fault:
        return Fault(self._file.path, self._file.lines.line(loc), place, code, what, hint)

    def _remark_changed(self, name: str, count: int) -> None:
        if count:
            what = f"characters of the text that could not be kept as they were: {count}"
            self.remarks.append(f"{self._file.path}: {name}: {what}")


def _unfitting(file: ContentFile, session: Session) -> Iterator[str]:
    """Answers that do not fit together."""
    for one in session.mismatches:
        yield f"{file.path}: {', '.join(one.items)}: these do not fit together: {one.rule.say}"


def _differences(file: ContentFile, case: SummaryFile, session: Session) -> Iterator[str]:
    """What differs from when the summary was written, so that other bytes surprise nobody."""
    content, written = session.content, case.questionnaire
    asked = content.questionnaire
    if written.sha256 != asked.sha256:
        yield (
            f"{file.path}: made with questionnaire {written.id} {written.version} ({written.sha256[:8]}), "
            f"replayed with {asked.version} ({asked.sha256[:8]})"
        )
    now = {"program": __version__, "safety": content.safety_version}
    now |= content.evidence.versions if content.evidence else {}
    for part, version in case.versions.items():
        if now.get(part, version) != version:
            yield f"{file.path}: made with {part} {version}, replayed with {now[part]}"
    for one in case.safety:
        if one.decision and one.rule not in session.decisions:
            yield f'{file.path}: safety rule "{one.rule}" is no longer fired by these answers; its decision is left out'
