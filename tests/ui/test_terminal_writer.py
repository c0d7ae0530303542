"""Frames reach the terminal at once where it takes them, and in their order where it does not."""

import inspect
import os
import tty
from collections.abc import Iterator
from typing import IO

import pytest
from textual.drivers.linux_driver import LinuxDriver

from msals_tui.ui.terminal.driver import QuietDriver
from msals_tui.ui.terminal.terminal_writer import TerminalWriter


@pytest.fixture
def terminal() -> Iterator[tuple[IO[str], int]]:
    """The side on which a program writes, and the one on which the terminal reads."""
    master, slave = os.openpty()
    tty.setraw(slave)
    with os.fdopen(slave, "w") as file:
        yield file, master
    os.close(master)


def test_a_frame_that_the_terminal_takes_is_there_without_any_thread(terminal: tuple[IO[str], int]) -> None:
    file, master = terminal
    writer = TerminalWriter(file)  # never started
    writer.write("a frame ✓")
    assert os.read(master, 100).decode() == "a frame ✓"


def test_what_a_terminal_does_not_take_waits_and_comes_in_its_order(terminal: tuple[IO[str], int]) -> None:
    file, master = terminal
    writer = TerminalWriter(file)
    frames = [f"{number:04d}:" + "✓" * 2000 + "\n" for number in range(20)]  # far more than a terminal holds
    for frame in frames:
        writer.write(frame)
    writer.start()
    expected, got = "".join(frames).encode(), b""
    while len(got) < len(expected):
        got += os.read(master, 65536)
    writer.write("last")
    writer.stop()
    assert got + os.read(master, 100) == expected + b"last"


def test_a_terminal_that_is_gone_stops_nobody(terminal: tuple[IO[str], int]) -> None:
    file, master = terminal
    writer = TerminalWriter(file)
    writer.start()
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, master)  # the window is closed
    os.close(nowhere)
    for _ in range(100):
        writer.write("x" * 1000)
    writer.stop()
    assert not writer.is_alive()


def test_what_is_no_terminal_is_written_by_the_thread(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("file") / "out"
    with path.open("w") as file:
        writer = TerminalWriter(file)
        writer.start()
        writer.write("text")
        writer.stop()
    assert path.read_text() == "text"


def test_textual_still_asks_for_its_writer_where_ours_takes_its_place() -> None:
    assert "self._writer_thread = WriterThread(" in inspect.getsource(LinuxDriver.start_application_mode)
    assert isinstance(inspect.getattr_static(QuietDriver, "_writer_thread"), property)
