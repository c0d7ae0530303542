"""A signal that comes at the worst moment, after Python last looked for one and before it sleeps, is heard all the same.

The moment is made, not hoped for: signal and sleep are one step of Python, which has no time to look in between.
"""

import ctypes
import fcntl
import operator
import os
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from msals_tui.plain.lines import EndOfInput, Terminal
from msals_tui.signals import Ended, until_a_signal
from pseudo_terminal import running
from test_records_command import FIRST, folder, left
from test_signals import ASKED, ended_soon
from test_terminal import ENTER

ROOT = Path(__file__).parent.parent
LONG = 5.0
"""Seconds that nobody sleeps here unless a signal is lost."""


def with_a_signal(wait: Callable[..., Any]) -> Callable[..., Any]:
    """The same wait, with TERM just before it; at most LONG seconds long."""
    send = partial(getattr(ctypes.CDLL(None), "raise"), int(signal.SIGTERM))

    def waits(reading: list[int], *_: object) -> Any:
        _, ready = map(operator.call, (send, partial(wait, reading, [], [], LONG)))
        assert ready[0], "the signal was lost"
        return ready

    return waits


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Input, and the end to write into."""
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


def test_a_signal_just_before_a_line_is_waited_for_ends_it_now(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(select, "select", with_a_signal(select.select))
    with Path(os.devnull).open("w") as nowhere, pytest.raises(Ended), until_a_signal():
        Terminal(pipe[0], nowhere).ask("?")


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Puts back what `until_a_signal` leaves ignored."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


def asked(source: int) -> list[str]:
    """Every line that there is."""
    with Path(os.devnull).open("w") as nowhere:
        terminal, lines = Terminal(source, nowhere), list[str]()
        while True:
            try:
                lines.append(terminal.ask("?"))
            except EndOfInput:
                return lines


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (b"", []),
        (b"one\ntwo\r\n\nlast", ["one", "two", "", "last"]),
        (b"\xe9\n", ["\udce9"]),
        (b"x" * 100_000 + b"\nnext\n", ["x" * 65_536, "next"]),
        (b"x" * 200_000, ["x" * 65_536]),
        (b"\n" * 3000, [""] * 3000),
    ],
)
def test_lines_are_read_whole_from_a_file_and_from_a_pipe(typed: bytes, lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "typed"
    path.write_bytes(typed)
    with path.open() as file:
        assert asked(file.fileno()) == lines
    with subprocess.Popen(["cat", str(path)], stdout=subprocess.PIPE) as cat:
        assert cat.stdout
        assert asked(cat.stdout.fileno()) == lines


def test_a_line_that_is_typed_in_pieces_is_one_line(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [b"in ", b"pie", b"ces\nand", b" more\n"]
    wait = select.select

    def waits(*given: Any) -> Any:
        os.write(pipe[1], pieces.pop(0))
        return wait(*given)

    monkeypatch.setattr(select, "select", waits)
    with Path(os.devnull).open("w") as nowhere:
        terminal = Terminal(pipe[0], nowhere)
        assert [terminal.ask("?"), terminal.ask("?")] == ["in pieces", "and more"]


def test_what_nobody_waits_for_is_waited_for_here(pipe: tuple[int, int]) -> None:
    os.set_blocking(pipe[0], False)
    os.write(pipe[1], b"one\n")
    with Path(os.devnull).open("w") as nowhere:
        assert Terminal(pipe[0], nowhere).ask("?") == "one"


WORST = """
import ctypes, operator, os, select, selectors, signal, sys, threading
from functools import partial

send, wait = getattr(ctypes.CDLL(None), "raise"), select.select

def waits(reading, writing, other, seconds=None):
    here = threading.current_thread() is threading.main_thread()
    if here and (seconds is None or seconds > {long}) and os.path.exists({now!r}):
        os.unlink({now!r})
        both = partial(send, {number}), partial(wait, reading, writing, other, seconds)
        return tuple(map(operator.call, both))[1]
    return wait(reading, writing, other, seconds)

select.select = waits
selectors.SelectSelector._select = staticmethod(waits)
selectors.DefaultSelector = selectors.SelectSelector
from msals_tui.cli import main
raise SystemExit(main({given!r}))
"""
"""The program, which is sent a signal just before it sleeps, once there is a file `now`."""


def worst(home: Path, number: int, *given: str) -> tuple[str, ...]:
    """The command that starts it."""
    program = WORST.format(long=LONG, now=str(home / "now"), number=int(number), given=list(given))
    return (sys.executable, "-c", program)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("front_end", ["screen", "plain"])
def test_a_signal_just_before_the_program_sleeps_at_a_question_ends_it_now(
    front_end: str, number: signal.Signals, tmp_path: Path
) -> None:
    path = tmp_path / "small.toml"
    path.write_text(ASKED)
    given = ["intake", "--questionnaire", str(path), *(["--plain"] if front_end == "plain" else [])]
    with running(*worst(tmp_path, number, *given), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER if front_end == "screen" else "1\n", "Any weakness?")
        (tmp_path / "now").touch()
        terminal.send("1" if front_end == "screen" else "1\n")
        assert ended_soon(terminal) == 128 + number
        assert not (tmp_path / "now").exists(), "the test means something"


def test_a_signal_just_before_standard_input_is_read_ends_a_replay_now(tmp_path: Path) -> None:
    (tmp_path / "now").touch()
    with subprocess.Popen(worst(tmp_path, signal.SIGTERM, "replay", "-"), stdin=subprocess.PIPE) as process:
        assert process.wait(60) == 143


def test_ctrl_c_just_before_somebody_is_asked_deletes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "records"
    left(root)
    (tmp_path / "now").touch()
    command = worst(tmp_path, signal.SIGINT, "records", "purge", FIRST[:8], "--records", str(root))
    with running(*command, home=tmp_path) as terminal:
        assert terminal.ended() == 130
        assert folder(root).exists()


def waiting_in(pipe: int) -> int:
    """Bytes that nobody took yet."""
    told = fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4)
    return int.from_bytes(told, sys.byteorder)


def test_a_signal_ends_a_sitting_whose_output_nobody_takes(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "msals_tui", "intake", "--plain", "-o", str(tmp_path / "s.toml"))
    own = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, env=own, cwd=ROOT) as process:
        assert process.stdin
        assert process.stdout
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 4096)
        process.stdin.write(b"1\n7\n1\n" + b":list\n" * 400)
        process.stdin.flush()
        while waiting_in(process.stdout.fileno()) < 2048:
            pass
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 143
    assert 'sex_at_birth = "' in (tmp_path / "s.toml").read_text()
