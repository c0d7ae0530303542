"""Hands over the summary of a sitting: the text, and a file of it."""

from pathlib import Path

from msals_tui import __version__
from msals_tui.questionnaire.words import Words
from msals_tui.report.document import Origin
from msals_tui.report.toml_format import to_toml
from msals_tui.session.session import Session
from msals_tui.storage.atomic import summaries_folder, summary_name, write_new


def summary_text(session: Session, words: Words, *, origin: Origin = "interview") -> str:
    """The summary as it stands now."""
    return to_toml(session.document(words, program_version=__version__, origin=origin))


def write_summary(session: Session, words: Words, output: str | None) -> Path:
    """Writes the summary as it stands now to a file or folder, or to the program's own folder; returns where it is.

    UsageFault when the file is there already, MachineFault when it cannot be written.
    """
    return write_text(session, summary_text(session, words), Path(output) if output is not None else summaries_folder())


def write_text(session: Session, text: str, place: Path) -> Path:
    """Writes a summary's text to the file `place`, or under a program-made name in the folder `place`."""
    return write_new(place / summary_name(session.started, session.id) if place.is_dir() else place, text)
