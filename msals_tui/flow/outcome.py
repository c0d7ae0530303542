"""What becomes of the answers of a sitting when it ends, and the disk work that makes it so. Front ends find the words."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from msals_tui.errors import MsalsError
from msals_tui.questionnaire.words import Words
from msals_tui.records.recording import Recording
from msals_tui.session.options import STDOUT
from msals_tui.session.session import Session

if TYPE_CHECKING:
    from msals_tui.records.hand_over import HandedOver


class Nothing(Struct, frozen=True):
    """Nothing was answered, or all of it was deleted as somebody wanted."""


class Written(Struct, frozen=True):
    """The summary was written for good."""

    handed: "HandedOver"
    partial: bool
    """Whether questions were left open."""


class Rescued(Struct, frozen=True):
    """The answers were kept, as far as anything took them."""

    kept: str | None
    """The id of the draft that holds all of them."""
    part: Path | None = None
    """A file that holds a summary of them."""
    refused: MsalsError | None = None
    """Why the place that was named for the summary did not take it."""
    fault: MsalsError | None = None
    """Why no draft holds them."""


class Printed(Struct, frozen=True):
    """No disk took the summary: whoever sits there copies it."""

    text: str
    fault: MsalsError


class Failed(Struct, frozen=True):
    """Something could not be done, and why."""

    fault: MsalsError


class Unattended(Struct, frozen=True):
    """A patient went away; their answers are kept. `before` is what was reached, where they were done."""

    before: "Outcome | None" = None


Outcome: TypeAlias = Nothing | Written | Rescued | Printed | Failed | Unattended


def holds_something(session: Session) -> bool:
    """Whether anything was answered, noted, or typed and not yet confirmed."""
    return bool(session.interview.response.given or session.interview.notes or session.unconfirmed)


def rescue(
    session: Session, recording: Recording | None, words: Words, place: str | None, *, patience: float, always: bool
) -> Nothing | Rescued:
    """Keeps what was answered: in its record, or, where that does not take it within `patience` seconds, at `place`.

    With `always` the summary goes to `place` all the same. Standard output is left to the front end. Never fails.
    """
    if not holds_something(session):
        return Nothing()
    saved = recording is not None and recording.save(patience=patience)
    kept = recording.record_id if recording is not None and saved else None
    fault = recording.saving.fault if recording is not None and not saved else None
    if place in (None, STDOUT) or (kept is not None and not always):
        return Rescued(kept, fault=fault)
    from msals_tui.records.hand_over import export

    try:
        return Rescued(kept, export(session, words, str(place)), fault=fault)
    except MsalsError as refused:
        return Rescued(kept, refused=refused, fault=fault)


def printed(session: Session, words: Words, fault: MsalsError) -> Printed:
    """The summary as text, for whoever copies it."""
    from msals_tui.records.hand_over import summary_text

    return Printed(summary_text(session, words), fault)
