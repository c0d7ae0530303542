"""Takes up an intake that a journal holds: as it was, or carried over into another version of its questionnaire."""

from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.errors import Filled, InputFault
from msals_tui.interview.last import Last
from msals_tui.interview.unconfirmed import Field
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.records.entries import (
    AmendingEntry,
    AnswerEntry,
    DecisionEntry,
    Entry,
    FinalEntry,
    Header,
    MarksEntry,
    NoteEntry,
    SealedEntry,
    TypedEntry,
    VeilEntry,
    read_entry,
    read_header,
    wording_of,
)
from msals_tui.records.journal import decoded, encoded
from msals_tui.records.kept import Final, Kept
from msals_tui.report.veil import Veil
from msals_tui.safety.history import Happened
from msals_tui.session.clock import Clock
from msals_tui.session.session import DECISIONS, MISTAKE, Content, Decision, Session
from msals_tui.text import clean

Open: TypeAlias = Callable[[bytes], bytes | None]
"""Opens what was sealed; None if it cannot."""
_MINUTE = 60_000
"""Milliseconds."""


class OtherVersion(InputFault):
    """A draft was made with another version of its questionnaire, and cannot be gone on with as it is."""


class Draft(Struct, frozen=True):
    """What the journal of one intake says."""

    kept: Kept
    header: Header
    entries: tuple[Entry, ...]
    """In order, those that were sealed opened where that was possible."""
    closed: int = 0
    """How many entries stayed sealed."""
    answers: dict[str, AnswerEntry] = {}
    notes: dict[str, str] = {}
    typed: dict[Field, str] = {}
    """What was typed and is no answer and no note yet."""
    recheck: frozenset[str] = frozenset()
    decisions: tuple[DecisionEntry, ...] = ()

    @property
    def last(self) -> datetime:
        """When something was last written, by the clock on the wall."""
        return self.entries[-1].at if self.entries else self.header.at

    @property
    def minutes(self) -> int:
        """How long somebody sat with it in all, by a clock that never jumps."""
        spans, before = 0, 0
        for entry in self.entries:
            spans, before = spans + max(entry.ms - before, 0), entry.ms
        return (spans + _MINUTE // 2) // _MINUTE

    @property
    def amends(self) -> AmendingEntry | None:
        """The correction that is being made, where a final is being corrected."""
        for entry in reversed(self.entries):
            if isinstance(entry, AmendingEntry):
                return entry
            # A final that was announced and then not written ends nothing.
            if isinstance(entry, FinalEntry) and Final(entry.number, entry.sha256, entry.sealed) in self.kept.finals:
                return None
        return None


class TakenUp(Struct, frozen=True):
    """A session that holds what a draft held; `remarks` say, a sentence each, what of it does not, and why."""

    session: Session
    remarks: tuple[str, ...] = ()


def read_draft(kept: Kept, opened: Open | None = None) -> Draft:
    """What the journal of an intake says, up to where it can be read.

    Raises InputFault if it does not say what it is, or a line was written by another program.
    """
    where = kept.id
    header = read_header(kept.journal.lines[0].body) if kept.journal.lines else None
    if header is None or header.id != kept.id:
        raise InputFault("the record does not say what it holds", where=where, hint="nothing of it can be shown")
    entries: list[Entry] = []
    closed = 0
    for line in kept.journal.lines[1:]:
        entry = _opened(read_entry(line.body), opened)
        if entry is None:
            what = Filled(
                "entry {number} of the record is none that this version of the program knows", number=line.number
            )
            raise InputFault(what, where=where, hint="use the version that wrote it, or a later one")
        closed += isinstance(entry, SealedEntry)
        entries.append(entry)
    return _together(kept, header, entries, closed)


def take_up(draft: Draft, content: Content, clock: Clock) -> TakenUp:
    """Goes on with a draft, at its first open question.

    Raises OtherVersion if its questionnaire is not the one it was made with, InputFault if some of it is sealed.
    """
    asked = content.questionnaire
    if draft.header.questionnaire.sha256 != asked.sha256:
        made = draft.header.questionnaire
        what = Filled(
            "made with {id} {version} ({sha256}); here is {version_here} ({sha256_here})",
            id=made.id,
            version=made.version,
            sha256=made.sha256[:8],
            version_here=asked.version,
            sha256_here=asked.sha256[:8],
        )
        raise OtherVersion(what, where=draft.header.id, hint="look at it, or carry its answers over")
    _refuse_sealed(draft)
    session = Session(content, clock, started=draft.header.at, intake=draft.header.id)
    if (amends := draft.amends) is not None:
        from msals_tui.report.document import Amends

        session.amends = Amends(amends.number, amends.sha256, amends.reason)
    reader = _Reader(asked, session.interview.response.today)
    _restore(draft, session, reader, draft.recheck)
    return TakenUp(session, tuple(reader.remarks))


def carry_over(draft: Draft, content: Content, clock: Clock) -> TakenUp:
    """A new intake, with another version of the questionnaire, that holds the answers of a draft.

    An answer to a question that reads as it did is taken; one whose question reads otherwise, or that it cuts short, is
    taken and marked to be looked at again, and what was decided about it is decided anew; one that the questionnaire no
    longer knows is left behind and named. Raises InputFault if some is sealed.
    """
    _refuse_sealed(draft)
    session = Session(content, clock, started=draft.header.at)
    reader = _Reader(content.questionnaire, session.interview.response.today)
    altered = {reader.place_of(name) for name, entry in draft.answers.items() if reader.alters(entry)}

    def counts(one: Entry) -> bool:
        """Not what was decided about an answer to another question."""
        return not isinstance(one, DecisionEntry) or altered.isdisjoint(map(reader.place_of, one.about))

    entries, decisions = tuple(filter(counts, draft.entries)), tuple(filter(counts, draft.decisions))
    _restore(replace(draft, entries=entries, decisions=decisions), session, reader, draft.recheck | altered)
    return TakenUp(session, tuple(reader.remarks))


def _together(kept: Kept, header: Header, entries: list[Entry], closed: int) -> Draft:
    """What is so after all entries."""
    answers: dict[str, AnswerEntry] = {}
    notes: dict[str, str] = {}
    typed: dict[Field, str] = {}
    recheck: frozenset[str] = frozenset()
    decisions: list[DecisionEntry] = []
    for entry in entries:
        match entry:
            case AnswerEntry(item=item, answer=answer):
                answers.pop(item, None)
                if answer is not None:
                    answers[item] = entry
                recheck = frozenset(entry.recheck)
                decisions = [one for one in decisions if one.rule not in entry.lapsed]
            case MarksEntry():
                recheck = frozenset(entry.recheck)
            case NoteEntry(item=item, text=text):
                notes[item] = text
            case TypedEntry():
                typed[Field(entry.item, entry.note, entry.row, entry.inner)] = entry.typed
            case DecisionEntry():
                decisions.append(entry)
    notes = {item: text for item, text in notes.items() if text}
    typed = {field: text for field, text in typed.items() if text}
    return Draft(kept, header, tuple(entries), closed, answers, notes, typed, recheck, tuple(decisions))


def _opened(entry: Entry | None, opened: Open | None) -> Entry | None:
    """The entry inside a sealed one, where it can be opened."""
    if not isinstance(entry, SealedEntry) or opened is None:
        return entry
    try:
        inside = opened(b64decode(entry.sealed, validate=True))
    except ValueError:
        return None
    return entry if inside is None else read_entry(decoded(inside) or {})


def _refuse_sealed(draft: Draft) -> None:
    if draft.closed:
        hint = "name the file of the clinic's secret key with --identity"
        raise InputFault("what was answered is sealed to the clinic's key", where=draft.header.id, hint=hint)


def _restore(draft: Draft, session: Session, reader: "_Reader", recheck: frozenset[str]) -> None:
    plain = {name: entry.answer for name, entry in draft.answers.items()}
    given, notes = reader.answers(plain), reader.notes(draft.notes)
    session.restore(
        given,
        notes=notes,
        recheck=frozenset(map(reader.place_of, recheck)),
        decisions=list(reader.decisions(draft.decisions, plain)),
        last=_last(draft, reader),
        veils=_veils(draft),
        unconfirmed={field: text for field, text in draft.typed.items() if reader.has(field)},
        history=list(reader.history(draft.entries, plain)),
        since={reader.place_of(name): entry.at for name, entry in draft.answers.items()},
    )


def _veils(draft: Draft) -> Iterator[Veil]:
    """When the comparison was hidden, and shown again."""
    for one in draft.entries:
        if isinstance(one, VeilEntry):
            yield Veil(one.hidden, one.at, one.answers)


def _last(draft: Draft, reader: "_Reader") -> Last | None:
    """What happened to an answer last; None if its question is another one now."""
    entries = [one for one in draft.entries if isinstance(one, AnswerEntry)]
    if not entries or entries[-1].why == "moved":
        return None
    last, before = entries[-1], [one.answer for one in entries[:-1] if one.item == entries[-1].item]
    old, new = (
        None if plain is None else reader.answer_here(last.item, plain)
        for plain in (before[-1] if before else None, last.answer)
    )
    if last.why == "undo":
        return Last(last.item, "taken_back", old, new) if old is not None else None
    if new is None:
        return None
    return Last(last.item, "given_again" if last.why == "redo" else "given" if old is None else "corrected", new, old)


class _Reader:
    """Answers as this questionnaire reads them. What it cannot read is left out and named."""

    def __init__(self, questionnaire: Questionnaire, today: date) -> None:
        self.remarks: list[str] = []
        self._questionnaire, self._today = questionnaire, today

    def place_of(self, item: str) -> str:
        """The item that asks for it now."""
        return self._questionnaire.place_of(item)

    def answers(self, plain: Mapping[str, Any], beside: Mapping[str, Any] | None = None) -> dict[str, Answer]:
        from msals_tui.questionnaire.carried import carried_over

        read = {}
        carried = carried_over(self._questionnaire, plain, beside)
        for name, fault in carried.faults.items():
            self.remarks.append(f"{name}: left behind: {fault.what}")
        for name, value in carried.answers.items():
            if (answer := self._answer(name, value)) is not None:
                read[name] = answer
        return read

    def alters(self, entry: AnswerEntry) -> bool:
        """Whether an answer would be taken to a question that reads otherwise, or not as it was given."""
        if (carried := self._questionnaire.carried_by_item.get(entry.item)) is not None:
            return entry.wording != carried.wording
        try:
            item = self._questionnaire.item(entry.item)
            read = item.plain(item.read(entry.answer, self._today))
        except (KeyError, InputFault):
            return False
        return entry.wording != wording_of(item) or encoded({"answer": read}) != encoded({"answer": entry.answer})

    def notes(self, texts: Mapping[str, str]) -> dict[str, str]:
        from msals_tui.questionnaire.carried import carried_notes

        kept = {}
        for name, text in carried_notes(self._questionnaire, texts).items():
            if name in self._questionnaire.index:
                kept[name] = clean(text, max_length=len(text), lines=True).text
            else:
                self.remarks.append(f"{name}: its note is left behind: the questionnaire has no such question")
        return kept

    def decisions(self, entries: tuple[DecisionEntry, ...], beside: Mapping[str, Any]) -> Iterator[Decision]:
        for one in entries:
            if one.choice in DECISIONS and one.choice != MISTAKE:
                about = _Reader(self._questionnaire, self._today).answers(one.about, beside)
                yield Decision(one.rule, one.choice, one.at, tuple(about.items()))

    def has(self, field: Field) -> bool:
        """Whether something can be typed in such a field here."""
        if field.item not in self._questionnaire.index:
            return False
        item = self._questionnaire.item(field.item)
        inner = item if field.inner is None else next((one for one in item.items if one.id == field.inner), None)
        return field.note or (inner is not None and inner.is_typed)

    def answer_here(self, name: str, value: object) -> Answer | None:
        """One answer; None, and nothing is said of it, where it is none of this questionnaire."""
        try:
            return self._questionnaire.item(name).read(value, self._today)
        except (KeyError, InputFault):
            return None

    def history(self, entries: Iterable[Entry], beside: Mapping[str, Any]) -> Iterator[Happened]:
        """What became of each safety rule, as the journal tells it. What its answers no longer tell is left out."""
        reader, firing = _Reader(self._questionnaire, self._today), set[str]()
        for one in entries:
            if isinstance(one, DecisionEntry) and one.choice in DECISIONS:
                yield Happened(one.rule, one.choice, one.at)
            elif isinstance(one, AnswerEntry) and (one.fires or one.lapsed):
                read = reader.answers({one.item: one.answer}, beside) if one.answer is not None else {}
                item, answer = next(iter(read.items()), (self.place_of(one.item), None))
                if item not in self._questionnaire.index or (answer is None and one.answer is not None):
                    continue
                for rule in one.fires:
                    yield Happened(rule, "still_fires" if rule in firing else "fired", one.at, item, answer)
                for rule in one.lapsed:
                    yield Happened(rule, "fires_no_more", one.at, item, answer)
                firing = (firing | {*one.fires}) - {*one.lapsed}

    def _answer(self, name: str, value: object) -> Answer | None:
        if name not in self._questionnaire.index:
            self.remarks.append(f"{name}: left behind: the questionnaire has no such question")
            return None
        try:
            return self._questionnaire.item(name).read(value, self._today)
        except InputFault as fault:
            self.remarks.append(f"{name}: left behind: {fault.what}")
            return None
