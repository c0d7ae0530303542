"""Sittings without a screen, for tests: content in a few lines, and conversations from scripted lines."""

import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryFile

from builders import questionnaire, tuples
from msals_tui.content.library import Library
from msals_tui.evidence.evidence import Evidence
from msals_tui.flow.flow import Flow
from msals_tui.flow.startup import Startup
from msals_tui.plain.conversation import TALKED, Conversation
from msals_tui.plain.lines import EndOfInput, Terminal
from msals_tui.plain.talk import Stopped, Talk
from msals_tui.plain.typed_line import Voice
from msals_tui.questionnaire.validate import validated
from msals_tui.questionnaire.words import Words
from msals_tui.records.catalog import Catalog
from msals_tui.records.hand_over import summary_text
from msals_tui.records.pending import Pending
from msals_tui.records.store import Records
from msals_tui.safety.model import SafetyFile
from msals_tui.session.clock import FixedClock
from msals_tui.session.options import Options
from msals_tui.session.session import Content, Session

CLOCK = FixedClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "0123456789abcdef0123456789abcdef")


class Hourglass:
    """The time (unless another is said) and id of CLOCK; milliseconds pass when a test says so."""

    def __init__(self, time: datetime | None = None) -> None:
        self.time = time or CLOCK.time
        self.passed = 0

    def now(self) -> datetime:
        return self.time

    def ms(self) -> int:
        return self.passed

    def new_id(self) -> str:
        return CLOCK.new_id()


RULE = """
[[rule]]
id = "breathless"
number = "S1"
level = "emergency"
title = "Breathless at rest"
say = "Somebody must look at the breathing now."
say_patient = "This needs help now."
action = "Call the responsible clinician."
when = { item = "breath", is = "yes" }
read = true
"""
"""A safety rule over an item `breath`."""


GROUP = """
[[item]]
id = "attacks"
type = "group"
row_label = "Attack"
max_rows = 2

[[item.items]]
id = "attack_when"
type = "date"

[[item.items]]
id = "attack_sight"
type = "yes_no"

[[item.items]]
id = "attack_eye"
type = "choice"
options = ["one", "both"]
enable_when = { item = "attack_sight", is = "yes" }

[[item]]
id = "after"
type = "yes_no"
"""
"""A group of rounds, one of its questions only where another was answered yes."""


@cache
def shipped() -> Library:
    """The shipped content, read once."""
    return Library()


def english() -> Words:
    """The words of the screens."""
    return shipped().words("en")


def content(toml: str, *, safety: str = "", evidence: Evidence | None = None) -> Content:
    """What a sitting reads: a questionnaire as in `builders`, and safety rules as TOML."""
    header = 'schema = "msals-safety/1"\nversion = "1.0.0"\n'
    rules = validated(SafetyFile, tuples(tomllib.loads(header + (safety or "rule = []"), parse_float=Decimal)))
    return Content(questionnaire(toml), rules.rule, rules.version, evidence)


def catalog(folder: Path, library: Library | None = None, language: str = "en") -> Catalog:
    """A catalog whose records stand in this folder."""
    return Catalog(Records(folder), library or shipped(), language, CLOCK)


def sitting(toml: str, *, safety: str = "", evidence: Evidence | None = None) -> Session:
    """A sitting before its first answer, with fixed time and id."""
    return Session(content(toml, safety=safety, evidence=evidence), CLOCK)


def startup(options: Options, records: Path | None = None, library: Library | None = None) -> Startup:
    """What a front end starts with, at a fixed time; recorded where a folder for `records` is named."""
    content_of = library or shipped()
    pending = Pending(Records(records)) if records is not None else None
    return Startup(options, content_of, content_of.words(options.language), CLOCK, pending)


def script(
    session: Session, typed: str | bytes, *, blind: bool = False, library: Library | None = None, language: str = "en"
) -> str:
    """Talks through a sitting with these lines, as far as they go; returns what was said."""
    said = StringIO()
    begun = startup(Options(language=language, blind=blind), library=library)
    flow = Flow(begun)
    step = flow.begin_sitting(session)
    voice = Voice(begun.words, patient=session.patient)
    source = TemporaryFile(buffering=0)  # noqa: SIM115 - closed below
    source.write(typed if isinstance(typed, bytes) else typed.encode())
    source.seek(0)
    talk = Talk(flow, session, voice, Terminal(source.fileno(), said))
    conversation = Conversation(talk)
    try:
        while isinstance(step, TALKED):
            step = conversation.shown(step)
    except EndOfInput:
        said.write("(end of input)\n")
    except Stopped:
        said.write("(stopped)\n")
    else:
        said.write("(finished)\n")
    finally:
        source.close()
    return said.getvalue()


def lines(*typed: str) -> str:
    """One line for each text."""
    return "".join(line + "\n" for line in typed)


def toml(session: Session) -> str:
    """The summary of a sitting."""
    return summary_text(session, english())
