"""Hands over the summary of a sitting: the text, and a file of it."""

import os
from pathlib import Path

from msgspec import Struct

from msals_tui import __version__
from msals_tui.disk.atomic import summary_name, write_new
from msals_tui.errors import MachineFault, MsalsError, UsageFault
from msals_tui.questionnaire.words import Words
from msals_tui.records.recording import Recording
from msals_tui.session.options import STDOUT
from msals_tui.session.session import Session


class HandedOver(Struct, frozen=True):
    """A summary, and the file that holds it for whoever asked; None if it goes to standard output alone."""

    text: str
    path: Path | None
    fault: MsalsError | None = None
    """Why the record does not hold it as well."""


def refuse_taken(output: str | None) -> None:
    """Says before the first question, not after the last, that a summary cannot go where it should.

    Raises UsageFault if the name is taken, MachineFault if its folder is not there.
    """
    if output is None or output == STDOUT:
        return
    path = Path(output)
    if path.is_dir():
        return
    if output.endswith("/"):
        raise MachineFault("there is no such folder", where=output, hint="make the folder first")
    if os.path.lexists(path):
        raise UsageFault("there is already a file of this name", where=output, hint="choose another name")
    if not path.parent.is_dir():
        raise MachineFault("there is no such folder", where=str(path.parent), hint="make the folder first")


def summary_text(session: Session, words: Words) -> str:
    """The summary as it stands now."""
    from msals_tui.report.toml_format import to_toml

    return to_toml(session.document(words, program_version=__version__))


def preview_text(session: Session, words: Words) -> str:
    """The summary as it may be looked at before it is written: without the comparison while that is hidden."""
    from msgspec.structs import replace

    from msals_tui.report.toml_format import to_toml

    document = session.document(words, program_version=__version__)
    return to_toml(replace(document, evidence=None, comparison=None) if session.hidden else document)


def hand_over(session: Session, words: Words, output: str | None, recording: Recording | None) -> HandedOver:
    """Writes the summary for good: into the record, and to the file or folder that was asked for.

    Raises UsageFault if a file is there already, MachineFault if it cannot be written anywhere that was asked for; a second
    try writes what is lacking.
    """
    text, kept, fault = summary_text(session, words), None, None
    if recording is not None:
        try:
            finished = recording.finish(text)
        except MsalsError as refused:
            fault = refused
        else:
            text, kept = finished.text, finished.path
    if output is None:
        if kept is None:
            raise fault or MachineFault("nothing is recorded, and no place was named", hint="name a file with -o")
        return HandedOver(text, kept)
    return HandedOver(text, None if output == STDOUT else write_text(session, text, Path(output)), fault)


def export(session: Session, words: Words, output: str) -> Path:
    """Writes a summary of an intake that is not finished, or could not be saved, to a file or folder.

    Raises UsageFault if a file is there already, MachineFault if it cannot be written.
    """
    return write_text(session, summary_text(session, words), Path(output))


def write_text(session: Session, text: str, place: Path) -> Path:
    """Writes a summary's text to the file `place`, or under a program-made name in the folder `place`."""
    return write_new(place / summary_name(session.started, session.id) if place.is_dir() else place, text)
