"""Walks an interview without a screen: puts the answers of a file into a session.

An answers file makes a new intake, marked `replayed`. A summary is taken up again as it was: its id, times, decisions,
withdrawn answers, notes and marks, so that under the same versions the same bytes come out.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time

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
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Nearest, shown
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.words import Words
from msals_tui.report.document import Amends
from msals_tui.report.veil import Veil
from msals_tui.safety.history import Happened
from msals_tui.session.clock import Clock, FixedClock, MachineClock
from msals_tui.session.load_content import load_content
from msals_tui.session.options import DEFAULT_LANGUAGE
from msals_tui.session.session import DECISIONS, Content, Decision, Session
from msals_tui.text import clean


class Replayed(Struct, frozen=True):
    """A session that holds what a file said; `remarks` say what may differ from when the file was written."""

    session: Session
    language: str = DEFAULT_LANGUAGE
    """That of the words around the questions, which may be asked in another."""
    remarks: tuple[str, ...] = ()


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
    given, notes = reader.answers(("answers",), case.answers, applying=True), reader.notes(case.notes)
    reader.settle()
    session.restore(given, notes=notes)
    return Replayed(session, remarks=(*reader.remarks, *_unfitting(file, session)))


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
    return Replayed(session, case.questionnaire.words or case.questionnaire.language, remarks)


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
        self._words = words
        self._file = file
        self._questionnaire = questionnaire
        self._today = today
        self._faults: list[Fault] = []
        self._nearest = Nearest()

    def answers(
        self,
        table: Loc,
        entries: Mapping[str, object],
        *,
        applying: bool = False,
        beside: Mapping[str, object] | None = None,
    ) -> dict[str, Answer]:
        """The answers of one table, by item; those to items of earlier versions as answers to what asks for them now.

        With `applying`, rounds keep only what applies in them, as when they are asked; a summary's rounds went through
        that when it was made. `beside` are all answers of the file.
        """
        given: dict[str, Answer] = {}
        carried = carried_over(self._questionnaire, entries, beside)
        for name, fault in carried.faults.items():
            self._refuse(table, name, fault)
        entries = carried.answers
        order = self._questionnaire.index
        for name, value in sorted(entries.items(), key=lambda one: order.get(one[0], -1)):
            item = self._item(table, name)
            if item is None:
                continue
            try:
                around = Response(self._questionnaire, self._today, given) if applying and item.items else None
                given[name] = item.read(self._spelled_out(item, value, given, entries), self._today, around)
            except InputFault as fault:
                self._refuse(table, name, fault)
            self._remark_changed(name, item.cleaned(value))
        return given

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
        elif self._item(table, place := self._questionnaire.place_of(one.item)) is not None:
            yield Happened(rule, one.what, one.at, place)

    def _refuse(self, table: Loc, name: str, fault: InputFault) -> None:
        line = self._file.lines.line((*table, name))
        self._faults.append(Fault(self._file.path, line, name, "ANSWER", fault.what, fault.hint))

    def notes(self, entries: Mapping[str, str]) -> dict[str, str]:
        """The notes by item; empty ones are none."""
        kept = {}
        for name, text in entries.items():
            if name in self._questionnaire.carried_by_item or self._item(("notes",), name) is not None:
                kept[name] = clean(text, max_length=NOTE_LENGTH, lines=True)
                self._remark_changed(name, kept[name].changed)
        return carried_notes(self._questionnaire, {name: one.text for name, one in kept.items() if one.text})

    def settle(self) -> None:
        """Raises ContentFaults with everything that was found."""
        if self._faults:
            raise ContentFaults(tuple(self._faults))

    def _item(self, table: Loc, name: str) -> Item | None:
        questionnaire = self._questionnaire
        if name in questionnaire.index:
            return questionnaire.item(name)
        hint = self._nearest.hint(name, questionnaire.index, f"see msals-tui items {questionnaire.id}")
        what = f'questionnaire "{questionnaire.id}" has no question of this name'
        line = self._file.lines.line((*table, name))
        self._faults.append(Fault(self._file.path, line, shown(name), "NO_SUCH_ITEM", what, hint))
        return None

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
