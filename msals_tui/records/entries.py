"""What the journal of an intake says: its header, and one entry for everything that changes it.

Moving from question to question is not kept: a draft opens at its first open question. Each entry says what is so from
then on, and nothing has to be worked out again, so an undone answer is an entry like any other.

`at` is the time by the clock on the wall, which may be wrong and may jump; entries count in the order in which they stand.
`ms` are milliseconds since this sitting began, by a clock that only goes on.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from msgspec import Meta, convert, to_builtins
from msgspec.structs import force_setattr

from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.base import DIGEST, ID, LANGUAGE, Definition, as_tuples
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.records.journal import FORMAT
from msals_tui.text import clean

_YEARS = range(1900, 9000)
"""A clock may be wrong, but in these years every time can be told in every zone."""
_SAID_LENGTH = 200
TYPED_LENGTH = 4000
"""No question takes a longer text."""

# Somebody else may have written the file: whatever is read of it is held to these patterns and lengths.
When = Annotated[datetime, Meta(tz=True)]
Name = Annotated[str, Meta(pattern=rf"^{ID}\Z")]
"""Id of an item, rule or questionnaire."""
Digest = Annotated[str, Meta(pattern=rf"^{DIGEST}\Z")]
RecordId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Language = Annotated[str, Meta(pattern=rf"^{LANGUAGE}\Z")]
Said = Annotated[str, Meta(max_length=_SAID_LENGTH)]
"""Words on one line, cleaned."""
Written = Annotated[str, Meta(max_length=NOTE_LENGTH)]
"""Somebody's own words, cleaned as on every way in."""


class _Kept(Definition, omit_defaults=False, tag=False, tag_field=None):
    """What a journal says, in full."""


class AskedHeader(_Kept):
    """Which questionnaire is answered."""

    id: Name
    version: Said
    sha256: Digest
    language: Language
    voice: Literal["clinician", "patient"]
    title: Said

    def __post_init__(self) -> None:
        _clean(self, "version", "title", most=_SAID_LENGTH)


class Header(_Kept):
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

    def __post_init__(self) -> None:
        _check_time(self.at)
        _clean(self, "program", "safety", most=_SAID_LENGTH)


class _Entry(_Kept):
    at: When
    ms: Annotated[int, Meta(ge=0, le=10**12)]

    def __post_init__(self) -> None:
        _check_time(self.at)
        _clean(self, *({"text", "reason"} & {*self.__struct_fields__}), most=NOTE_LENGTH, lines=True)


class AnswerEntry(_Entry):
    """An item's answer is this from now on; None takes it away."""

    do: Literal["answer"] = "answer"
    item: Name
    answer: Any
    """As in answers files."""
    why: Literal["answer", "undo", "redo", "moved"]
    wording: str | None = None
    """Of what was asked, by `wording_of`; None if an answer was taken away."""
    recheck: tuple[Name, ...] = ()
    """The marks "look at this again", all of them."""
    fires: tuple[Name, ...] = ()
    """The safety rules that hold from now on, or that hold for other answers than before."""
    lapsed: tuple[Name, ...] = ()
    """The safety rules that do not hold any more: what was decided about them is decided anew if they ever do again."""


class MarksEntry(_Entry):
    """The marks "look at this again" are these from now on."""

    do: Literal["marks"] = "marks"
    recheck: tuple[Name, ...]


class NoteEntry(_Entry):
    """An item's note is this from now on; "" takes it away."""

    do: Literal["note"] = "note"
    item: Name
    text: Written


class TypedEntry(_Entry):
    """This stands typed in a field from now on, and nobody has confirmed it; "" once it was, or was given up."""

    do: Literal["typed"] = "typed"
    item: Name
    typed: Annotated[str, Meta(max_length=TYPED_LENGTH)]
    note: bool = False
    """It is no answer in the making, but a note."""
    row: Annotated[int, Meta(ge=0)] | None = None
    """The round of a group, from 0, and the question in it."""
    inner: Name | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _clean(self, "typed", most=TYPED_LENGTH, lines=True)


class DecisionEntry(_Entry):
    """Somebody decided about a safety rule, knowing these answers."""

    do: Literal["decision"] = "decision"
    rule: Name
    choice: Name
    about: dict[Name, Any]


class VeilEntry(_Entry):
    """The comparison is hidden from here on, or shown again; `answers` is how many there were."""

    do: Literal["veil"] = "veil"
    hidden: bool
    answers: Annotated[int, Meta(ge=0)]


class ResumedEntry(_Entry):
    """A new sitting goes on with the intake, with this version of the program."""

    do: Literal["resumed"] = "resumed"
    program: Said

    def __post_init__(self) -> None:
        super().__post_init__()
        _clean(self, "program", most=_SAID_LENGTH)


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
    | TypedEntry
    | DecisionEntry
    | VeilEntry
    | ResumedEntry
    | AmendingEntry
    | FinalEntry
    | MovedEntry
    | SealedEntry
)
SECRET = (AnswerEntry, MarksEntry, NoteEntry, TypedEntry, DecisionEntry, AmendingEntry)
"""What a sealed journal does not say openly."""

_KINDS: dict[object, type[Entry]] = {get_args(kind.__annotations__["do"])[0]: kind for kind in get_args(Entry)}


K = TypeVar("K", bound=_Kept)


def body_of(entry: Header | Entry) -> dict[str, Any]:
    """An entry as a journal keeps it."""
    body: dict[str, Any] = to_builtins(entry, builtin_types=(Decimal,))
    body["at"] = entry.at.isoformat()
    return body


def read_header(body: Mapping[str, Any]) -> Header | None:
    """The header that a first line holds; None if it is none."""
    return _read(body, Header)


def read_entry(body: Mapping[str, Any]) -> Entry | None:
    """The entry that a line holds; None if it is none that this version of the program knows."""
    do = body.get("do")
    return _read(body, _KINDS[do]) if isinstance(do, str) and do in _KINDS else None


def wording_of(item: Item) -> str:
    """Eight digits that change with everything that the meaning of an answer hangs on: type, question, options, unit.

    What an answer shows is not among it: that is worked out anew from what was said.
    """
    return sha256(json.dumps(item.wording).encode()).hexdigest()[:8]


def _read(body: Mapping[str, Any], kind: type[K]) -> K | None:
    """What a line holds, with tuples for JSON's lists, as answers hold them; None if it does not hold it."""
    try:
        return convert({**as_tuples(body), "at": datetime.fromisoformat(body["at"])}, kind)
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _check_time(at: datetime) -> None:
    """ValueError for a time that cannot be told in every zone."""
    offset = at.utcoffset()
    if at.year not in _YEARS or offset is None or offset.seconds % 60:
        raise ValueError("no time that can be told")


def _clean(kept: _Kept, *names: str, most: int, lines: bool = False) -> None:
    """Cleans the texts of these names. ValueError for half characters, which no program of ours writes."""
    for name in names:
        text = getattr(kept, name)
        text.encode()
        force_setattr(kept, name, clean(text, max_length=most, lines=lines).text)
