"""The system ends a sitting, or its terminal is closed: gone soon, nothing lost that was said to be saved, terminal as found.

Each of the four ends, wherever somebody may be. Only a disk that answers no more is played, by a program that does so.
"""

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from msals_tui.records.drafts import read_draft
from msals_tui.records.store import Records
from pseudo_terminal import Terminal, msals, running
from test_terminal import ENTER, F7, after_the_screen, is_as_before

SOON = 4.0
"""Seconds. Two are promised to a person; this machine may be busy with other tests."""

ASKED = """\
schema = "msals-questionnaire/1"
id = "small"
version = "1.0.0"
title = "Small questions"

[[section]]
id = "one"
title = "One"

[[section.item]]
id = "weakness"
type = "yes_no"
ask = "Any weakness?"
why = "It matters."

[[section.item]]
id = "words"
type = "short_text"
ask = "In their own words?"
why = "It matters."

[[section.item]]
id = "attacks"
type = "group"
ask = "Which attacks?"
why = "It matters."
row_label = "Attack"
max_rows = 3

[[section.item.items]]
id = "attack_year"
type = "short_text"
ask = "What was it?"
why = "It matters."

[[section.item.items]]
id = "attack_better"
type = "yes_no"
ask = "Better since?"
why = "It matters."

[[section.item]]
id = "breathless_flat"
type = "yes_no"
ask = "Breathless lying flat?"
why = "It matters."
"""

BUSY = """
import os
from msals_tui.ui.screens.question import QuestionScreen
def never_done(screen):
    os.mknod({busy!r})
    while True:
        pass
QuestionScreen.action_why = never_done
from msals_tui.cli import main
raise SystemExit(main(["intake", "--questionnaire", {asked!r}]))
"""
"""The program, which has something to do for ever once F1 is pressed, and a file `busy` to tell that it does."""
SLOW_DISK = """
import os, sys
sync, never = os.fsync, os.pipe()[0]
def fsync(file):
    sync(file)
    if os.path.exists({block!r}):
        os.read(never, 1)
os.fsync = fsync
from msals_tui.cli import main
raise SystemExit(main(["intake", "--questionnaire", {asked!r}]))
"""
"""The program on a disk that answers no more as soon as there is a file `block`."""


def at_the_notice(terminal: Terminal, home: Path) -> dict[str, object]:
    terminal.see("I have read this")
    return {}


def at_a_question(terminal: Terminal, home: Path) -> dict[str, object]:
    at_the_notice(terminal, home)
    terminal.press(ENTER, "Any weakness?").press("1" + ENTER, "In their own words?").see("Saved 1")
    return {"weakness": "yes"}


def in_a_field_with_text(terminal: Terminal, home: Path) -> dict[str, object]:
    answered = at_a_question(terminal, home)
    terminal.press("half a sen", "half a sen")
    return {**answered, "words, typed": "half a sen"}


def in_a_round(terminal: Terminal, home: Path) -> dict[str, object]:
    answered = at_a_question(terminal, home)
    terminal.press("drops keys" + ENTER, "Which attacks?").see("Saved 2").press("1", "What was it?")
    terminal.press("the sight" + ENTER, "Better since?").press("1", "(•) 1 Yes")
    return {**answered, "words": "drops keys", "attacks": ({"attack_year": "the sight", "attack_better": "yes"},)}


def at_the_safety_question(terminal: Terminal, home: Path) -> dict[str, object]:
    answered = at_a_question(terminal, home)
    terminal.press("drops keys" + ENTER, "Which attacks?").press(F7, "✓ F7").press(ENTER, "Breathless lying flat?")
    terminal.press("1" + ENTER, "Tell the responsible clinician").see("Saved 4")
    return {**answered, "words": "drops keys", "attacks": {"missing": "not_sure"}, "breathless_flat": "yes"}


def among_the_records(terminal: Terminal, home: Path) -> dict[str, object]:
    terminal.see("I have read this").press(ENTER, "An intake is unfinished").press("3", "All records of this machine")
    return {"weakness": "no"}


def while_busy(terminal: Terminal, home: Path) -> dict[str, object]:
    answered = at_a_question(terminal, home)
    terminal.send("\x1bOP").until((home / "busy").exists, "never busy")
    return answered


def while_saving(terminal: Terminal, home: Path) -> dict[str, object]:
    answered = at_a_question(terminal, home)
    (home / "block").touch()
    terminal.press("drops keys" + ENTER, "Which attacks?").see("Not saved yet")
    return answered


PLACES: dict[str, Callable[[Terminal, Path], dict[str, object]]] = {
    "at the notice": at_the_notice,
    "at a question": at_a_question,
    "in a field with text": in_a_field_with_text,
    "in a round of a group": in_a_round,
    "at the safety question": at_the_safety_question,
    "among the records": among_the_records,
    "while it is too busy to look": while_busy,
    "while a disk that answers no more is to save": while_saving,
}
ENDS = {"TERM": signal.SIGTERM, "HUP": signal.SIGHUP, "INT": signal.SIGINT, "closing the terminal": None}


def leave_a_draft(command: Sequence[str], home: Path) -> None:
    with running(*command, home=home) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("2" + ENTER, "Saved 1")
        assert terminal.signal(signal.SIGTERM).ended() == 143


@contextmanager
def beginning(place: str, home: Path) -> Iterator[tuple[Terminal, list[object]]]:
    """The program has begun; how its terminal was before."""
    home.mkdir()
    asked = home / "small.toml"
    asked.write_text(ASKED)
    command = msals("intake", "--questionnaire", str(asked))
    if place == "among the records":
        leave_a_draft(command, home)
    if place.startswith("while a disk"):
        program = SLOW_DISK.format(block=str(home / "block"), asked=str(asked))
        command = (sys.executable, "-c", program)
    if place == "while it is too busy to look":
        command = (sys.executable, "-c", BUSY.format(busy=str(home / "busy"), asked=str(asked)))
    with running(*command, home=home) as terminal:
        os.set_inheritable(terminal._master, False)  # or the others would hold it open
        yield terminal, modes(terminal)


def modes(terminal: Terminal) -> list[object]:
    """How the terminal takes what is typed."""
    return termios.tcgetattr(terminal._master)


def ended_soon(terminal: Terminal) -> int:
    """Waits for the end, but not for long."""
    deadline = time.monotonic() + SOON
    terminal.until(lambda: terminal.status is not None or time.monotonic() > deadline, "")
    assert terminal.status is not None, "still there"
    return terminal.status


def kept(home: Path) -> dict[str, object]:
    """What the record says was answered, and what was typed and not confirmed."""
    answers: dict[str, object] = {}
    for one in Records(home / "data/msals-tui").all():
        assert not one.faults
        draft = read_draft(one, None)
        answers |= {item: entry.answer for item, entry in draft.answers.items()}
        answers |= {f"{field.item}, typed": text for field, text in draft.typed.items()}
    return answers


@pytest.mark.parametrize("place", PLACES)
def test_however_it_is_ended_it_is_gone_soon_with_everything_in_the_record_and_the_terminal_as_found(
    place: str, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        homes = {end: tmp_path / end.split()[0] for end in ENDS}
        there = {end: stack.enter_context(beginning(place, homes[end])) for end in ENDS}
        for end, number in ENDS.items():
            terminal, before = there[end]
            answered = PLACES[place](terminal, homes[end])
            assert modes(terminal) != before, "the test means something"
            if number is None:
                terminal.hang_up()
            else:
                terminal.signal(number)
            assert ended_soon(terminal) == 128 + (number or signal.SIGHUP), end
            assert answered.items() <= kept(homes[end]).items(), end
            if number is not None:
                is_as_before(terminal)
                assert modes(terminal) == before, end
                ids = re.findall(r"records resume ([0-9a-f]{8})", after_the_screen(terminal))
                assert bool(ids) == (bool(answered) and not place.startswith(("among", "while"))), end
