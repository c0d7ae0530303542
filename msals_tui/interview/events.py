"""Everything that can happen in an interview. An event is a value, so a journal can keep it and a replay repeat it."""

from typing import TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer

NOTE_LENGTH = 2000
"""Longest note, in characters."""


class Answered(Struct, frozen=True):
    """An item was answered, or answered anew."""

    item: str
    answer: Answer


class Noted(Struct, frozen=True):
    """A note was written on an item; an empty text takes the note away."""

    item: str
    text: str


class Next(Struct, frozen=True):
    """On to the next question; refused while this one has no answer at all."""


class Back(Struct, frozen=True):
    """To the question before; never refused."""


class Jump(Struct, frozen=True):
    """To any question that is asked, or (None) to the check-answers page.

    With `come_back`, Continue returns to where the jump began, after any questions that the new answer called up.
    """

    item: str | None
    come_back: bool = False


class Undo(Struct, frozen=True):
    """Take back the last answer."""


class Redo(Struct, frozen=True):
    """Give the answer again that was taken back last."""


Event: TypeAlias = Answered | Noted | Next | Back | Jump | Undo | Redo
