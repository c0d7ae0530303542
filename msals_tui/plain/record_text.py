"""One record on a terminal: what was answered, how it came about, and what was handed over. Nothing of it is changed."""

from collections.abc import Callable, Iterator
from typing import Any

from msals_tui.errors import Filled, InputFault, MsalsError
from msals_tui.plain.record_list import record_line
from msals_tui.plain.said_lines import answer_list, question_of, row_line, said_answer
from msals_tui.plain.typed_line import Voice
from msals_tui.questionnaire.kinds.group import group_of, rows_of
from msals_tui.questionnaire.words import Words
from msals_tui.records.catalog import Catalog
from msals_tui.records.drafts import Draft
from msals_tui.records.entries import (
    AmendingEntry,
    AnswerEntry,
    DecisionEntry,
    Entry,
    FinalEntry,
    MarksEntry,
    MovedEntry,
    NoteEntry,
    ResumedEntry,
    SealedEntry,
    TypedEntry,
    VeilEntry,
)
from msals_tui.records.hand_over import summary_text
from msals_tui.records.kept import Final, Kept
from msals_tui.records.overview import as_written, safety_lines
from msals_tui.session.clock import local
from msals_tui.session.session import DECISIONS, Session

_WHY = {
    "answer": "records.answered",
    "undo": "records.taken_back",
    "redo": "records.given_again",
    "moved": "records.carried_over",
}


def shown(catalog: Catalog, kept: Kept, words: Words, questionnaire: str | None = None) -> Iterator[str]:
    """State, answers, notes, safety decisions, finals, and what does not verify.

    Of a record that was made with another version of its questionnaire answers are told as they were written down.
    Raises InputFault if nothing of it can be read.
    """
    yield record_line(catalog.overview(kept), kept.id, catalog.held_by(kept.id), words)
    draft = catalog.draft(kept)
    told = _Told(catalog, draft, words, questionnaire)
    yield from told.remarks
    yield from told.answers()
    for item, note in draft.notes.items():
        yield told.note(item, note)
    yield from told.safety()
    for final in kept.finals:
        yield words("records.final_sealed" if final.sealed else "records.final_written", **_of(final))
    for fault in kept.faults:
        yield words("records.not_verified", fault=fault)


def history(catalog: Catalog, kept: Kept, words: Words, questionnaire: str | None = None) -> Iterator[str]:
    """Every entry in order with its number and time, and how long somebody sat with it. InputFault as in `shown`."""
    draft = catalog.draft(kept)
    told = _Told(catalog, draft, words, questionnaire)
    yield from told.remarks
    made = draft.header.questionnaire
    begun = words("records.begun_with", title=made.title, version=made.version, program=draft.header.program)
    yield words("records.entry", number=0, time=local(draft.header.at, seconds=True), what=begun)
    before: dict[str, Any] = {}
    for number, entry in enumerate(draft.entries, 1):
        what = told.entry(entry, before)
        yield words("records.entry", number=number, time=local(entry.at, seconds=True), what=what)
        if isinstance(entry, AnswerEntry):
            before[entry.item] = entry.answer
    yield words.some(draft.minutes, "records.minutes")
    for fault in kept.faults:
        yield words("records.not_verified", fault=fault)


def toml_of(catalog: Catalog, kept: Kept, questionnaire: str | None, remark: Callable[[str], None]) -> str:
    """The summary as it stands, in the words of the record. Raises InputFault if its answers cannot be read here."""
    taken = catalog.look(kept, questionnaire)
    for one in taken.remarks:
        remark(one)
    return summary_text(taken.session, catalog.words(catalog.draft(kept)))


def final_of(catalog: Catalog, kept: Kept, number: int) -> bytes:
    """A final as it was written, opened where it was sealed. Raises InputFault if it is not there or cannot be opened."""
    final = next((one for one in kept.finals if one.number == number), None)
    if final is None:
        known = ", ".join(str(one.number) for one in kept.finals)
        hint = Filled("it holds {known}", known=known) if known else "it holds none"
        raise InputFault(
            Filled("the record holds no final {number} as it was written", number=number), where=kept.id, hint=hint
        )
    data = catalog.records.final(kept.id, final)
    if not final.sealed:
        return data
    if catalog.opened is None:
        hint = "name the file of the clinic's secret key with --identity"
        raise InputFault(
            Filled("final {number} is sealed to the clinic's key", number=number), where=kept.id, hint=hint
        )
    if (inside := catalog.opened(data)) is None:
        hint = "name the file of the key that it was sealed to"
        raise InputFault(Filled("final {number} is not sealed to this key", number=number), where=kept.id, hint=hint)
    return inside


class _Told:
    """Says what a record holds in the words of its questionnaire; where that is not here, as it was written down."""

    def __init__(self, catalog: Catalog, draft: Draft, words: Words, questionnaire: str | None) -> None:
        self._draft, self._words = draft, words
        self._voice = Voice(words, patient=False)
        self._session: Session | None = None
        try:
            taken = catalog.look(draft.kept, questionnaire)
        except MsalsError as fault:
            self.remarks: tuple[str, ...] = (str(fault),)
            """Why not all of it can be told as it should."""
        else:
            self.remarks = taken.remarks
            self._session = taken.session

    def answers(self) -> Iterator[str]:
        """Every answer."""
        if self._session is not None:
            yield from answer_list(self._session.interview, self._voice)
            return
        for item, entry in self._draft.answers.items():
            yield self._words("records.as_written", item=item, answer=as_written(entry.answer))

    def note(self, item: str, text: str) -> str:
        """A note on one line."""
        return self._words("records.note", question=self._question(item), text=text.replace("\n", " / "))

    def safety(self) -> Iterator[str]:
        """Each safety rule that holds, and what was decided about it."""
        return safety_lines(self._session, self._words) if self._session is not None else iter(())

    def entry(self, entry: Entry, before: dict[str, Any]) -> str:
        """One entry of the journal; `before` holds the answers before it, as they were written down."""
        words = self._words
        match entry:
            case AnswerEntry(item=item):
                old, new = self._said(item, before.get(item)), self._said(item, entry.answer)
                return words(_WHY[entry.why], question=self._question(item), old=old, new=new)
            case MarksEntry(recheck=recheck):
                named = "; ".join(self._question(item) for item in recheck)
                return words("records.marks", questions=named) if named else words("records.no_marks")
            case NoteEntry(item=item, text=text):
                return self.note(item, text) if text else words("records.note_gone", question=self._question(item))
            case DecisionEntry(rule=rule, choice=choice):
                return words("records.decision", rule=self._rule(rule), choice=self._choice(choice))
            case ResumedEntry(program=program):
                return words("records.resumed", program=program)
            case AmendingEntry(number=number, reason=reason):
                return words("records.amending", number=number, reason=reason)
            case FinalEntry():
                return words("records.final_sealed" if entry.sealed else "records.final_written", **_of(entry))
            case MovedEntry(to=to):
                return words("records.goes_on_in", id=to)
            case SealedEntry() | VeilEntry() | TypedEntry():
                return self._happened(entry)

    def _happened(self, entry: SealedEntry | VeilEntry | TypedEntry) -> str:
        """An entry that changes no answer."""
        if isinstance(entry, SealedEntry):
            return self._words("records.entry_sealed")
        if isinstance(entry, VeilEntry):
            return self._words("records.hidden" if entry.hidden else "records.shown")
        key = "records.typed" if entry.typed else "records.typed_gone"
        return self._words(key, question=self._question(entry.item), text=entry.typed.replace("\n", " / "))

    def _question(self, item: str) -> str:
        questionnaire = self._session.content.questionnaire if self._session is not None else None
        if questionnaire is None or item not in questionnaire.index:
            return f"{item}:"
        return question_of(questionnaire.item(item), self._voice)

    def _said(self, name: str, plain: Any) -> str:
        """An answer in words, with all its rounds, on one line."""
        if plain is None:
            return self._words("answer.none_yet")
        if self._session is None or name not in self._session.content.questionnaire.index:
            return as_written(plain)
        item = self._session.content.questionnaire.item(name)
        try:
            answer = item.read(plain, self._session.interview.response.today)
        except InputFault:
            return as_written(plain)
        said = [said_answer(item, answer, self._voice)]
        if (group := group_of(item)) is not None:
            said += [row_line(group, number, one, self._voice) for number, one in enumerate(rows_of(answer), 1)]
        return " / ".join(said)

    def _rule(self, rule: str) -> str:
        rules = self._session.content.safety if self._session is not None else ()
        return next((f"{one.number}, {one.title}" for one in rules if one.id == rule), rule)

    def _choice(self, choice: str) -> str:
        return self._words(f"safety.choice.{choice}") if choice in DECISIONS else choice


def _of(final: Final | FinalEntry) -> dict[str, object]:
    """What is said of a final, or of the entry that announces it."""
    return {"number": final.number, "sha256": final.sha256}
