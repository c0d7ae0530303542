"""The notice that is painted before Textual is loaded: the same that Textual draws, and a terminal that is given back."""

import signal
import sys
import termios
from functools import partial
from pathlib import Path

import pytest

from pseudo_terminal import Terminal, msals, running
from test_terminal import after_the_screen, is_as_before

READ, DEVICE, COVERED, QUESTION = "I have read this", b"not a diagnostic device", "Press any key", "Urgent signs"
ENTER, DOWN, F9, F10 = "\r", "\x1b[B", "\x1b[20~", "\x1b[21~"
POINTED = "\N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT} [ ]"
TEXTUAL_IS_THERE = b"\x1b[?1000h"

BEFORE_TEXTUAL = """
import importlib, os, sys, time
opening = importlib.import_module("msals_tui.ui.launch")
load = opening.importing_textual
def instead():
    with open({told!r}, "w") as told:
        told.write(" ".join(sys.modules))
    {then}
    return load()
opening.importing_textual = instead
from msals_tui.cli import main
raise SystemExit(main({arguments!r}))
"""
"""The program, which says where it would load Textual, and does something else first."""


def before_textual(told: Path, then: str, *arguments: str) -> tuple[str, ...]:
    """A command that makes the file `told` and does `then` once the notice is painted."""
    return sys.executable, "-c", BEFORE_TEXTUAL.format(told=str(told), then=then, arguments=["intake", *arguments])


def fills(terminal: Terminal) -> bool:
    """Whether something stands in the last rows of the window."""
    return bool("".join(terminal.text.split("\n")[-3:]).strip())


def shows_what_is_typed(terminal: Terminal) -> bool:
    """Whether the terminal takes lines and echoes them, as for a shell."""
    return termios.tcgetattr(terminal._master)[3] & (termios.ECHO | termios.ICANON) == termios.ECHO | termios.ICANON


@pytest.mark.parametrize(
    ("size", "colours", "more"),
    [
        ((80, 24), {}, ()),
        ((120, 40), {"COLORTERM": None}, ("--theme", "msals-light")),
        ((200, 60), {"COLORTERM": None, "TERM": "xterm"}, ("--theme", "msals-16")),
        ((50, 10), {}, ("--theme", "msals-contrast", "--glyphs", "ascii")),
    ],
)
def test_textual_finds_nothing_left_to_send(
    size: tuple[int, int], colours: dict[str, str | None], more: tuple[str, ...], tmp_path: Path
) -> None:
    with running(*msals("intake", *more), home=tmp_path, size=size, environment=colours) as terminal:
        terminal.until(lambda: TEXTUAL_IS_THERE in terminal.output, "Textual never came")
        painted, _, _ = terminal.output.partition(TEXTUAL_IS_THERE)
        notice = terminal.text
        terminal.press(F9, COVERED)
        assert terminal.output.count(b"\x1b[?1049h") == 1
        _, _, sent = terminal.output.partition(TEXTUAL_IS_THERE)
        for line in notice.splitlines()[2:6]:
            assert all(word.encode() not in sent for word in line.split() if len(word) > 5 and word not in COVERED)
        assert len(painted) > 500
        terminal.press(ENTER, " ".join(notice.split()[:12]))


def test_the_notice_says_what_is_unfinished_from_the_first_frame_on(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path) as terminal:
        terminal.see(READ).press(ENTER, QUESTION).press("1" + ENTER, "Saved 1").signal(signal.SIGTERM).ended()
    with running(*before_textual(tmp_path / "told", "time.sleep(600)"), home=tmp_path) as terminal:
        terminal.see("unfinished").see(READ)


def test_the_notice_is_there_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with running(*before_textual(told, "time.sleep(600)"), home=tmp_path) as terminal:
        terminal.see(READ).until(lambda: told.exists() and bool(told.read_text()), "never came so far")
    with running(*before_textual(told, "time.sleep(600)"), home=tmp_path) as terminal:  # what was checked is known now
        told.unlink()
        terminal.see(READ).until(lambda: told.exists() and bool(told.read_text()), "never came so far")
    loaded = set(told.read_text().split())
    heavy = {"textual", "asyncio", "pydantic", "pydantic_core", "tomli", "rich.console", "ssl"}
    assert heavy & loaded == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_terminal_is_given_back_also_before_textual_is_there(number: signal.Signals, tmp_path: Path) -> None:
    told = tmp_path / "told"
    with running(*before_textual(told, "time.sleep(600)"), home=tmp_path) as terminal:
        terminal.see(READ).until(told.exists, "never came so far")
        assert not shows_what_is_typed(terminal)
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        is_as_before(terminal)
        assert shows_what_is_typed(terminal)


QUIET_AT_FIRST = """
import sys, time
import msals_tui.records.store as first
open_ = first.records_folder
def slowly(*of):
    {then}
    return open_(*of)
first.records_folder = slowly
from msals_tui.cli import main
raise SystemExit(main({arguments!r}))
"""
"""The program, which does something else before it opens anything."""


def at_first(then: str, *arguments: str) -> tuple[str, ...]:
    """A command that does `then` before it opens anything."""
    return sys.executable, "-c", QUIET_AT_FIRST.format(then=then, arguments=["intake", *arguments])


@pytest.mark.parametrize("more", [(), ("NO_COLOR",)])
def test_no_key_ends_the_program_or_is_shown_before_it_is_there(more: tuple[str, ...], tmp_path: Path) -> None:
    told, go_on = tmp_path / "told", tmp_path / "on"
    then = f"open({str(told)!r}, 'w').close()\n    while not __import__('os').path.exists({str(go_on)!r}): time.sleep(0.01)"
    with running(*at_first(then), home=tmp_path, environment=dict.fromkeys(more, "1")) as terminal:
        terminal.until(told.exists, "never came so far").send("\x1c\x03\x1a" + ENTER)
        go_on.touch()
        terminal.see(QUESTION)
        assert b"^\\" not in terminal.output
        assert not shows_what_is_typed(terminal)
        terminal.send(F10).ended()
        is_as_before(terminal)
        assert shows_what_is_typed(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_terminal_on_which_nothing_was_drawn_yet_is_left_as_it_was(number: signal.Signals, tmp_path: Path) -> None:
    told = tmp_path / "told"
    then = f"open({str(told)!r}, 'w').close(); time.sleep(600)"
    with running(*at_first(then), home=tmp_path) as terminal:
        terminal.until(told.exists, "never came so far").signal(number)
        assert terminal.ended() == 128 + number
        assert shows_what_is_typed(terminal)
        assert terminal.output == b""


def test_a_terminal_takes_lines_again_where_something_cannot_be_read(tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", "nowhere.toml"), home=tmp_path) as terminal:
        assert terminal.ended() == 1
        assert shows_what_is_typed(terminal)
        assert "nowhere.toml" in terminal.text


def test_a_terminal_is_given_back_whatever_fails_while_textual_ends(tmp_path: Path) -> None:
    program = """
from msals_tui.ui.app import MsalsApp
async def broken(self):
    raise RuntimeError
MsalsApp._close_all = broken
from msals_tui.cli import main
raise SystemExit(main(["intake"]))
"""
    with running(sys.executable, "-c", program, home=tmp_path) as terminal:
        terminal.see(READ).until(lambda: TEXTUAL_IS_THERE in terminal.output, "Textual never came").send(F10)
        assert terminal.ended() == 3
        is_as_before(terminal)
        assert shows_what_is_typed(terminal)


@pytest.mark.parametrize(
    "told", [{"COLUMNS": "60", "LINES": "15"}, {"COLUMNS": "200"}, {"LINES": "9"}, {"COLUMNS": "0", "LINES": "x"}]
)
def test_the_terminal_knows_best_how_large_it_is(told: dict[str, str], tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path, size=(90, 24), environment=told) as terminal:
        terminal.see(READ).press(ENTER, QUESTION)
        assert max(map(len, terminal.text.splitlines())) > 80
        terminal.until(partial(fills, terminal), "not the whole window").resize(100, 30)
        terminal.until(partial(fills, terminal), "not the whole window")


def test_a_terminal_that_says_no_size_is_drawn_in_what_was_written_down_until_it_says_one(tmp_path: Path) -> None:
    told = {"COLUMNS": "100", "LINES": "30"}
    with running(*msals("intake"), home=tmp_path, size=(0, 0), environment=told) as terminal:
        terminal.glass.resize(100, 30)
        terminal.see(READ).until(partial(fills, terminal), "not in that size").resize(90, 24)
        terminal.until(partial(fills, terminal), "not the window").press(ENTER, QUESTION)


def test_a_window_that_is_pulled_and_let_go_at_once_is_drawn_anew(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path) as terminal:
        terminal.see(READ).press(ENTER, QUESTION)
        for _ in range(5):
            terminal.resize(60, 20).resize(80, 24).see(QUESTION)


def test_a_window_without_size_is_no_end(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path) as terminal:
        terminal.see(READ).resize(0, 0)
        terminal.glass.resize(80, 24)
        terminal.press(F9, COVERED).resize(100, 30)
        terminal.press(ENTER, READ).until(partial(fills, terminal), "not the window")


def test_a_terminal_is_given_back_where_textual_cannot_be_loaded(tmp_path: Path) -> None:
    with running(*before_textual(tmp_path / "told", "raise RuntimeError"), home=tmp_path) as terminal:
        assert terminal.ended() == 3
        is_as_before(terminal)
        assert shows_what_is_typed(terminal)
        assert "RuntimeError" in after_the_screen(terminal)


def test_a_terminal_is_given_back_as_it_was_before_the_first_frame(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path) as terminal:
        terminal.see(READ).until(lambda: TEXTUAL_IS_THERE in terminal.output, "Textual never came").send(F10)
        assert terminal.ended() == 0
        is_as_before(terminal)
        assert shows_what_is_typed(terminal)


def test_what_is_typed_before_textual_is_there_is_not_shown_and_not_lost(tmp_path: Path) -> None:
    told, go_on = tmp_path / "told", tmp_path / "on"
    command = before_textual(told, f"while not os.path.exists({str(go_on)!r}): time.sleep(0.01)")
    with running(*command, home=tmp_path) as terminal:
        notice = terminal.see(READ).until(told.exists, "never came so far").text
        terminal.send(ENTER + DOWN)
        assert terminal.text == notice
        go_on.touch()
        terminal.see(QUESTION).see(POINTED)


def test_a_window_that_is_pulled_before_textual_is_there_is_drawn_anew(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path) as terminal:
        terminal.see(READ).resize(100, 30)
        terminal.see(READ).press(F9, COVERED).press(ENTER, READ)


def test_without_colours_textual_draws_the_notice(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path, environment={"NO_COLOR": "1"}) as terminal:
        terminal.see(READ)
        painted, _, _ = terminal.output.partition(TEXTUAL_IS_THERE)
        assert DEVICE not in painted
