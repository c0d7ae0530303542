"""What the journal of an intake says: its header, and one entry for everything that changes it.

Moving from question to question is not kept: a draft opens at its first open question. Each entry says what is so from
then on, and nothing has to be worked out again, so an undone answer is an entry like any other.

`at` is the time by the clock on the wall, which may be wrong and may jump; entries count in the order in which they stand.
`ms` are milliseconds since this sitting began, by a clock that only goes on.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, TypeAdapter, ValidationError

from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.base import Definition, Id
from msals_tui.questionnaire.model import GroupItem, Item, RowItem
from msals_tui.storage.journal import FORMAT
from msals_tui.text import clean

_YEARS = range(1900, 9000)
"""A clock may be wrong, but in these years every time can be told in every zone."""
_SAID_LENGTH = 200


def _time(value: object) -> object:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _tellable(value: datetime) -> datetime:
    offset = value.utcoffset()
    if value.year not in _YEARS or offset is None or offset.seconds % 60:
        message = "no time that can be told"
        raise ValueError(message)
    return value


When = Annotated[AwareDatetime, BeforeValidator(_time), AfterValidator(_tellable)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
RecordId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Said = Annotated[
    str, Field(max_length=_SAID_LENGTH), AfterValidator(lambda text: clean(text, max_length=_SAID_LENGTH).text)
]
"""Words on one line, cleaned: somebody else may have written them into the file."""
Written = Annotated[
    str,
    Field(max_length=NOTE_LENGTH),
    AfterValidator(lambda text: clean(text, max_length=NOTE_LENGTH, lines=True).text),
]
"""Somebody's own words, cleaned as at every entrance."""


class AskedHeader(Definition):
    """Which questionnaire is answered."""

    id: Id
    version: Said
    sha256: Digest
    language: Language
    voice: Literal["clinician", "patient"]
    title: Said


class Header(Definition):
    """The first line."""

    journal: Literal["msals-journal/1"] = FORMAT  # type: ignore[assignment]
    id: RecordId
    at: When
    """When the intake was begun; its day is the day against which "8 months ago" counts, for good."""
    program: Said
    safety: Said
    words: Language
    questionnaire: AskedHeader
    sealed: bool = False
    """Whether what people said is sealed to a clinic's key."""
    moved_from: RecordId | None = None
    """The record, made with another version of the questionnaire, from which answers were taken over."""


class _Entry(Definition):
    at: When
    ms: Annotated[int, Field(ge=0, le=10**12)]


class AnswerEntry(_Entry):
    """An item's answer is this from now on; None takes it away."""

    do: Literal["answer"] = "answer"
    item: Id
    answer: Any
    """As in answers files."""
    why: Literal["answer", "undo", "redo", "moved"]
    wording: str | None = None
    """Of what was asked, by `wording_of`; None where an answer was taken away."""
    recheck: tuple[Id, ...] = ()
    """The marks "look at this again", all of them."""
    lapsed: tuple[Id, ...] = ()
    """The safety rules that do not hold any more: what was decided about them is decided anew if they ever do again."""


class MarksEntry(_Entry):
    """The marks "look at this again" are these from now on."""

    do: Literal["marks"] = "marks"
    recheck: tuple[Id, ...]


class NoteEntry(_Entry):
    """An item's note is this from now on; "" takes it away."""

    do: Literal["note"] = "note"
    item: Id
    text: Written


class DecisionEntry(_Entry):
    """Somebody decided about a safety rule, knowing these answers."""

    do: Literal["decision"] = "decision"
    rule: Id
    choice: Id
    about: dict[Id, Any]


class ResumedEntry(_Entry):
    """A new sitting goes on with the intake, with this version of the program."""

    do: Literal["resumed"] = "resumed"
    program: Said


class AmendingEntry(_Entry):
    """A final is corrected from here on, for this reason; the next final names it."""

    do: Literal["amending"] = "amending"
    number: int
    sha256: Digest
    reason: Written


class FinalEntry(_Entry):
    """A final with this hash is about to be written."""

    do: Literal["final"] = "final"
    number: int
    sha256: Digest
    sealed: bool


class MovedEntry(_Entry):
    """The intake goes on in another record, with another version of the questionnaire."""

    do: Literal["moved"] = "moved"
    to: RecordId


class SealedEntry(_Entry):
    """An answer, mark, note, decision or reason that only the clinic's key opens: base64 of an age file of its JSON."""

    do: Literal["sealed"] = "sealed"
    sealed: str


Entry: TypeAlias = (
    AnswerEntry
    | MarksEntry
    | NoteEntry
    | DecisionEntry
    | ResumedEntry
    | AmendingEntry
    | FinalEntry
    | MovedEntry
    | SealedEntry
)
SECRET = (AnswerEntry, MarksEntry, NoteEntry, DecisionEntry, AmendingEntry)
"""What a sealed journal does not say openly."""

_entry: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="do")])


def body_of(entry: Header | Entry) -> dict[str, Any]:
    """An entry as a journal keeps it."""
    body = entry.model_dump()
    body["at"] = entry.at.isoformat()
    return body


def read_header(body: Mapping[str, Any]) -> Header | None:
    """The header that a first line holds; None when it is none."""
    try:
        return Header.model_validate(_tuples(body))
    except (ValidationError, RecursionError):
        return None


def read_entry(body: Mapping[str, Any]) -> Entry | None:
    """The entry that a line holds; None when it is none that this version of the program knows."""
    try:
        return _entry.validate_python(_tuples(body))
    except (ValidationError, RecursionError):
        return None


def wording_of(item: Item | RowItem) -> str:
    """Eight digits that change with everything that the meaning of an answer hangs on: type, question, options, unit.

    What an answer shows is not among it: that is worked out anew from what was said.
    """
    return sha256(json.dumps(_asked(item)).encode()).hexdigest()[:8]


def _asked(item: Item | RowItem) -> list[Any]:
    options = [(one.code, one.label, one.label_patient) for one in getattr(item, "options", ())]
    inner = [(one.id, _asked(one)) for one in item.items] if isinstance(item, GroupItem) else []
    return [item.type, item.ask, item.ask_patient, getattr(item, "unit", ""), options, inner]


def _tuples(value: Any) -> Any:
    """JSON's lists as tuples, as answers hold them."""
    if isinstance(value, dict):
        return {key: _tuples(one) for key, one in value.items()}
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
