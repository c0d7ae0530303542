"""The last thing that happened to an answer: it was given, corrected, taken back, or given again."""

from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.interview.events import Answered, Event, Redo, Undo
from msals_tui.interview.interview import Interview
from msals_tui.questionnaire.answer import Answer

Happened: TypeAlias = Literal["given", "corrected", "taken_back", "given_again"]


class Last(Struct, frozen=True):
    """What happened to which item last; `said` is the answer that was given or taken back, `before` the one before it."""

    item: str
    happened: Happened
    said: Answer | None
    before: Answer | None = None


def last_of(event: Event, before: Interview, after: Interview) -> Last | None:
    """What an event did to an answer; None if it did nothing to any."""
    if after.response is before.response:
        return None
    match event:
        case Answered(item, answer):
            was = before.response.given.get(item)
            return Last(item, "given" if was is None else "corrected", answer, was)
        case Undo():
            change = before.done[-1]
            return Last(change.item, "taken_back", change.after, change.before)
        case Redo():
            change = before.undone[-1]
            return Last(change.item, "given_again", change.after, change.before)
    return None
