"""Walks an interview without a screen: puts the answers of a file into a session.

An answers file makes a new intake, marked `replayed`. A summary is taken up again as it was: its id, times, decisions,
withdrawn answers, notes and marks, so that under the same versions the same bytes come out.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time

from msgspec import Struct

from msals_tui import __version__
from msals_tui.content.case_files import AnswersFile, FindingsInput, JsonFile, SummaryFile, read_case
from msals_tui.content.file import ContentFile
from msals_tui.content.library import Library
from msals_tui.errors import Filled, InputFault
from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.words import Words
from msals_tui.report.document import Amends
from msals_tui.report.veil import Veil
from msals_tui.safety.history import Happened
from msals_tui.session.answers_reader import AnswersReader
from msals_tui.session.clock import Clock, FixedClock, MachineClock
from msals_tui.session.load_content import load_content
from msals_tui.session.not_asked import not_asked
from msals_tui.session.options import DEFAULT_LANGUAGE
from msals_tui.session.session import Content, Decision, Session
from msals_tui.text import clean


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
    reader = AnswersReader(file, content.questionnaire, session.started.date(), words)
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
    reader = AnswersReader(file, content.questionnaire, case.started.date())
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


def _history(reader: AnswersReader, case: SummaryFile, everything: Mapping[str, object]) -> Iterator[Happened]:
    """What became of the safety rules; of a summary of before that was told, what was decided."""
    for table, kept in (("safety", case.safety), ("safety_withdrawn", case.safety_withdrawn)):
        for number, rule in enumerate(kept):
            for place, one in enumerate(rule.history):
                yield from reader.happened((table, number, "history", place), rule.rule, one, everything)
    for decided in case.safety:
        if decided.decision and decided.decided and not decided.history:
            yield Happened(decided.rule, decided.decision, decided.decided)


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
