"""Hands over the summary of a sitting: the text, and a file of it."""

import os
from pathlib import Path

from msals_tui import __version__
from msals_tui.errors import MachineFault, MsalsError, UsageFault
from msals_tui.questionnaire.words import Words
from msals_tui.report.toml_format import to_toml
from msals_tui.session.session import Session
from msals_tui.storage.atomic import summaries_folder, summary_name, write_new

STDOUT = "-"
"""As the place of a summary: standard output."""


def refuse_taken(output: str | None) -> None:
    """Says before the first question, not after the last, that a summary cannot go where it should.

    UsageFault when the name is taken, MachineFault when its folder is not there.
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


def rescue_summary(session: Session, words: Words, output: str | None) -> Path:
    """Writes what there is when nobody can be asked any more: where it should go, else to the program's own folder.

    MachineFault when neither takes it.
    """
    for place in (output, None) if output not in (None, STDOUT) else (None,):
        try:
            return write_summary(session, words, place)
        except MsalsError as fault:
            refused = fault
    raise MachineFault("the summary could not be written anywhere", hint=str(refused))


def summary_text(session: Session, words: Words) -> str:
    """The summary as it stands now."""
    return to_toml(session.document(words, program_version=__version__))


def write_summary(session: Session, words: Words, output: str | None) -> Path:
    """Writes the summary as it stands now to a file or folder, or to the program's own folder; returns where it is.

    UsageFault when the file is there already, MachineFault when it cannot be written.
    """
    return write_text(session, summary_text(session, words), Path(output) if output is not None else summaries_folder())


def write_text(session: Session, text: str, place: Path) -> Path:
    """Writes a summary's text to the file `place`, or under a program-made name in the folder `place`."""
    return write_new(place / summary_name(session.started, session.id) if place.is_dir() else place, text)
