"""Everything that can happen in an interview. An event is a value, so a journal can keep it and a replay repeat it."""

from dataclasses import dataclass
from typing import TypeAlias

from msals_tui.questionnaire.answer import Answer

NOTE_LENGTH = 2000
"""Longest note, in characters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An item was answered, or answered anew."""

    item: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Noted:
    """A note was written on an item; an empty text takes the note away."""

    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Next:
    """On to the next question; refused while this one has no answer at all."""


@dataclass(frozen=True, slots=True)
class Back:
    """To the question before; never refused."""


@dataclass(frozen=True, slots=True)
class Jump:
    """To any question that is asked, or (None) to the check-answers page.

    With `come_back`, Continue returns to where the jump began, after any questions that the new answer called up.
    """

    item: str | None
    come_back: bool = False


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last answer."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Give the answer again that was taken back last."""


Event: TypeAlias = Answered | Noted | Next | Back | Jump | Undo | Redo
