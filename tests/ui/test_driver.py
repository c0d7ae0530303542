"""Between Textual and the terminal: nothing wakes without a reason, nobody waits for a poll, and every cell is as it was."""

import json
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from selectors import SelectSelector
from threading import Thread

import pytest
from textual import constants
from textual.drivers import linux_driver
from textual.events import Key, Paste
from textual.message import Message

from msals_tui.ui.terminal import driver as driver_module
from msals_tui.ui.terminal.driver import Bell, QuietDriver
from msals_tui.ui.terminal.modes import AS_BEFORE
from msals_tui.ui.terminal.paste import BURST, BURST_SILENCE, SILENCE, PasteParser
from pseudo_terminal import PATIENCE, Cells, msals, running
from test_terminal import ENTER, F10, MODES_LEFT_ON, is_as_before

ESC, END, NEXT, NOT_SURE, HIDE = "\x1b", "\x1b[201~", "\x0e", "\x1b[18~", "\x0c"

# What the parser waits for


def test_keys_are_read_by_the_parser_that_textuals_own_driver_reads_with() -> None:
    assert issubclass(PasteParser, linux_driver.XTermParser)
    assert [message.key for message in PasteParser().feed("\x1b[A") if isinstance(message, Key)] == ["up"]


def test_a_parser_that_is_in_the_middle_of_nothing_waits_for_ever() -> None:
    parser = PasteParser()
    assert parser.seconds_left() is None
    for keys in ("a", "\x1b[A", "\x1b[<0;5;5M", f"\x1b[200~text{END}"):
        list(parser.feed(keys))
        assert parser.seconds_left() is None, keys


@pytest.mark.parametrize(("begun", "patience"), [("\x1b[200~half", SILENCE), ("x" * BURST, BURST_SILENCE)])
def test_a_paste_without_an_end_is_waited_for_until_it_is_silent(begun: str, patience: float) -> None:
    seconds = 0.0
    parser = PasteParser(now=lambda: seconds)
    list(parser.feed(begun))
    assert parser.seconds_left() == patience
    seconds = patience
    assert parser.seconds_left() == 0
    assert [type(message) for message in parser.tick()] == [Paste]
    assert parser.seconds_left() is None


# The thread that reads


class Selector(SelectSelector):
    """Tells for how long it was asked to wait."""

    waits: list[float | None]

    def select(self, timeout: float | None = None) -> list[object]:  # type: ignore[override]
        self.waits.append(timeout)
        return super().select(timeout)  # type: ignore[return-value]


class Read(QuietDriver):
    """Reads from a pipe; what was read can be taken."""

    def __init__(self, source: int) -> None:
        self.fileno, self._keys = source, PasteParser()
        self._end = self.exit_event = Bell()
        self.came: Queue[Message] = Queue()

    def process_message(self, message: Message) -> None:
        self.came.put(message)


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Read, Thread]]:
    """Where keys can be written to, what reads them, and the thread in which it does."""
    Selector.waits = []
    monkeypatch.setattr(driver_module.selectors, "SelectSelector", Selector)
    source, keys = os.pipe()
    reader = Read(source)
    thread = Thread(target=reader.run_input_thread)
    thread.start()
    yield keys, reader, thread
    reader.exit_event.set()
    thread.join(PATIENCE)
    os.close(source)


def pressed(reader: Read) -> str:
    message = reader.came.get(timeout=PATIENCE)
    assert isinstance(message, Key)
    return message.key


def test_reading_sleeps_until_there_is_something_to_read(keyboard: tuple[int, Read, Thread]) -> None:
    keys, reader, _ = keyboard
    for key in "ab":
        os.write(keys, key.encode())
        assert pressed(reader) == key
    assert set(Selector.waits) == {None}


def test_a_lone_escape_is_waited_for_no_longer_than_the_rest_of_a_key_may_take(
    keyboard: tuple[int, Read, Thread],
) -> None:
    keys, reader, _ = keyboard
    os.write(keys, ESC.encode())
    assert pressed(reader) == "escape"
    assert all(wait is None or wait <= constants.ESCAPE_DELAY for wait in Selector.waits)


def test_reading_ends_at_once_when_it_is_asked_to(keyboard: tuple[int, Read, Thread]) -> None:
    _, reader, thread = keyboard
    reader.exit_event.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_reading_ends_when_nothing_will_ever_come_again(keyboard: tuple[int, Read, Thread]) -> None:
    keys, _, thread = keyboard
    os.close(keys)
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_bell_can_be_rung_and_silenced_again_and_again() -> None:
    bell = Bell()
    with SelectSelector() as selector:
        selector.register(bell.ear, 1)
        for _ in range(3):
            bell.set()
            bell.set()
            assert selector.select(0)
            bell.clear()
            bell.clear()
            assert not selector.select(0)
            assert not bell.is_set()


# In a real terminal

TAPPED = """
import json
import msals_tui.ui.early_notice as first
from msals_tui.ui.terminal.driver import QuietDriver
from msals_tui.ui.terminal.screen_memory import ScreenMemory
from textual.drivers.linux_driver import LinuxDriver
log = open({log!r}, "w")
def tell(*what):
    print(json.dumps(what), file=log, flush=True)
notice = first.notice
def painted(*of):
    shown, frame = notice(*of)
    tell("painted", frame)
    return shown, frame
first.notice = painted
write, forget, send = QuietDriver.write, ScreenMemory.forget, LinuxDriver.write
writing = []
def tapped(self, data):
    with self._shown.lock:
        tell("drawn", data)
        writing.append(data)
        write(self, data)
        writing.pop()
def sent(self, data):
    tell("sent", data)
    send(self, data)
def forgotten(self):
    with self.lock:
        forget(self)
        if not writing:  # a frame for another size than the terminal has goes out whole; no cell is lost by that
            tell("size", *self.size)
QuietDriver.write, ScreenMemory.forget, LinuxDriver.write = tapped, forgotten, sent
from msals_tui.cli import main
raise SystemExit(main(["intake"]))
"""
"""The program, which tells what it draws, what of it it sends, and when it does not trust the terminal any more."""
WALK = [
    *["\x1b[B", "\x1b[A", "1", "2", "7", NOT_SURE, NEXT, NEXT, ENTER, "\x1b[27u", "\t"] * 3,
    *["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[24~", HIDE + ENTER],
    *["\u7b4b ", "e\u0301", "\x1b[<0;9;9M\x1b[<0;9;9m", "\x1b[<35;7;7M"],
]
"""Keys of questions, pages, a text, the mouse."""
SIZES = [(80, 24), (120, 40), (60, 20), (100, 30), (79, 24)]


@pytest.mark.parametrize("seed", range(2))
def test_on_any_walk_a_terminal_shows_what_it_would_show_if_everything_was_sent(seed: int, tmp_path: Path) -> None:
    log, chance = tmp_path / "log", random.Random(seed)
    with running(sys.executable, "-c", TAPPED.format(log=str(log)), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "F10 Save, exit")
        for _ in range(12):
            terminal.send("".join(chance.choices(WALK, k=4)))
            if not chance.randrange(3):
                size = chance.choice(SIZES)
                noticed = json.dumps(["size", *size])
                terminal.resize(*size).until(lambda noticed=noticed: noticed in log.read_text(), "never noticed")
            terminal.press(HIDE, "Press any key").send(ENTER)
        terminal.signal(signal.SIGTERM).ended()
    whole, spared = Cells(80, 24), Cells(80, 24)
    told = [json.loads(line) for line in log.read_text().splitlines()]
    sizes = {tuple(what) for kind, *what in told if kind == "size"}
    frames = drawn = sent = 0
    agreed = False  # once Textual has drawn what stands there since before it was loaded
    for kind, *what in told:
        match kind:
            case "size":
                width, height = what or (whole.width, whole.height)
                for glass in (whole, spared):
                    glass.resize(width, height)
            case "painted":
                spared.feed(what[0])
            case "drawn":
                agreed = agreed or spared == whole
                assert not agreed or spared == whole, "before this was drawn"
                whole.feed(what[0])
                frames, drawn = frames + 1, drawn + len(what[0])
            case "sent":
                spared.feed(what[0])
                sent += len(what[0])
    assert agreed
    assert spared == whole
    assert frames > 30
    assert len(sizes) > 1
    assert sent < drawn / 2, "the test means something"


def test_a_size_among_the_keys_is_neither_asked_for_nor_believed(tmp_path: Path) -> None:
    with running(*msals(), home=tmp_path) as terminal:
        terminal.see("I have read this").send("\x1b[?2048;2$y\x1b[48;0;0;0;0t\x1b[48;10;30;0;0t")
        terminal.press(ENTER, "What would you like to do?").resize(100, 30)
        terminal.see("What would you like to do?").send(F10)
        assert terminal.ended() == 0
        assert b"2048" not in terminal.output.partition(b"\x1b[?1049l")[0]
        assert not {2048, 1016} & terminal.glass.modes
        is_as_before(terminal)


def test_a_screen_that_something_else_wrote_over_is_drawn_anew_when_somebody_asks_for_it(tmp_path: Path) -> None:
    with running(*msals(), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "What would you like to do?")
        before = terminal.text
        terminal.press(HIDE, "Press any key")
        terminal.glass.resize(80, 24)
        terminal.send(ENTER).see("What would you like to do?")
        terminal.glass.resize(80, 24)
        terminal.press(HIDE, "Press any key").send(ENTER)
        terminal.until(lambda: terminal.text == before, "not as it was")


def test_the_last_resort_gives_back_all_that_the_program_switches_on() -> None:
    glass = Cells(80, 24)
    glass.modes = {*MODES_LEFT_ON, 1004, 2026} - {1002}  # the kind of mouse reports that Textual does not ask for
    glass.feed(AS_BEFORE.decode())
    assert glass.modes == {7, 25}
