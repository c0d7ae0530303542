"""The program in a real pseudo-terminal: what it writes is kept, and drawn on a small screen as a terminal would.

Nothing sleeps: every wait is for something on the screen, in the output or at the end, with a deadline.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.cells import cell_len

PATIENCE = 30.0
"""Seconds after which something that was waited for will not happen any more."""

_SEQUENCE = re.compile(
    r"\x1b\[(?P<private>[?<>=]?)(?P<numbers>[0-9;:]*)[ $!\"']?(?P<final>[@-~])"
    r"|\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[()*+#%][ -~]|\x1b[^\[\]P_^X()*+#%]"
)


class Glass:
    """The little of a terminal's screen that a test needs: characters at their places, and which modes are on."""

    def __init__(self, width: int, height: int) -> None:
        self.modes: set[int] = {25}
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Another size; what was drawn goes."""
        self.width, self.height = width, height
        self.x = self.y = 0
        self.rows = [[" "] * width for _ in range(height)]

    @property
    def text(self) -> str:
        """What can be seen."""
        return "\n".join("".join(row).rstrip() for row in self.rows)

    def feed(self, text: str) -> str:
        """Draws; returns what is the beginning of a sequence that is not complete yet."""
        place = 0
        while place < len(text):
            if text[place] != "\x1b":
                self._draw(text[place])
                place += 1
                continue
            found = _SEQUENCE.match(text, place)
            if found is None:
                return text[place:]
            if found["final"]:
                self._obey(found["private"], found["numbers"], found["final"])
            place = found.end()
        return ""

    def _draw(self, character: str) -> None:
        if character == "\r":
            self.x = 0
        elif character == "\n":
            self.y = min(self.y + 1, self.height - 1)
        elif character == "\b":
            self.x = max(self.x - 1, 0)
        elif character >= " ":
            width = cell_len(character)
            if 0 <= self.y < self.height and 0 <= self.x < self.width:
                self.rows[self.y][self.x] = character
                for beside in range(self.x + 1, min(self.x + width, self.width)):
                    self.rows[self.y][beside] = ""
            self.x += width

    def _obey(self, private: str, numbers: str, final: str) -> None:
        values = [int(one) if one.isdecimal() else 0 for one in numbers.split(";")]
        if final in "hl" and private == "?":
            self.modes = self.modes | set(values) if final == "h" else self.modes - set(values)
        elif final == "H" and not private:
            row, column = (*values, 0)[:2] if numbers else (0, 0)
            self.y, self.x = max(row - 1, 0), max(column - 1, 0)
        elif final == "J" and not private:
            self.rows = [[" "] * self.width for _ in range(self.height)]
        elif final == "K" and 0 <= self.y < self.height:
            self.rows[self.y][self.x :] = [" "] * max(self.width - self.x, 0)


class Cells(Glass):
    """A screen with the style of every cell. Half of a wide character that is drawn over leaves a blank."""

    def __init__(self, width: int, height: int) -> None:
        self.style = ""
        self.styles: dict[tuple[int, int], str] = {}
        super().__init__(width, height)

    def __eq__(self, other: object) -> bool:
        """The same to see, and drawn on from the same place."""
        return isinstance(other, Cells) and self._all == other._all

    __hash__ = None  # type: ignore[assignment]  # it changes

    def resize(self, width: int, height: int) -> None:
        """Another size; what was drawn goes."""
        super().resize(width, height)
        self.styles.clear()

    @property
    def _all(self) -> tuple[object, ...]:
        seen = {place: style for place, style in self.styles.items() if style}
        return self.rows, seen, self.x, self.y, self.style

    def _draw(self, character: str) -> None:
        if character < " ":
            return super()._draw(character)
        width = cell_len(character)
        self.y = min(self.y, self.height - 1)
        row = self.rows[self.y]
        if not width:
            row[max(min(self.x, self.width) - 1, 0)] += character
            return None
        self.x = min(self.x, self.width - 1)  # lines are not wrapped
        for place in range(self.x, min(self.x + width, self.width)):
            self._let_go_of_the_other_half(row, place)
            self.styles[self.y, place] = self.style
        return super()._draw(character)

    def _let_go_of_the_other_half(self, row: list[str], place: int) -> None:
        if row[place] == "":
            row[place - 1] = " "
        elif place + 1 < self.width and row[place + 1] == "":
            row[place + 1] = " "

    def _obey(self, private: str, numbers: str, final: str) -> None:
        if final == "m" and not private:
            self._switch(numbers)
        else:
            super()._obey(private, numbers, final)
        if final == "J" and not private:
            self.styles.clear()
        elif final == "K":
            self.styles = {
                place: style for place, style in self.styles.items() if place[0] != self.y or place[1] < self.x
            }

    def _switch(self, numbers: str) -> None:
        """Keeps what is on in one order, whatever order it was switched on in."""
        on = dict(part.split("=") for part in self.style.split()) if self.style else {}
        for code in re.findall(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+", numbers or "0"):
            number = int(code.split(";")[0])
            if number == 0:
                on = {}
            elif number in (39, 49):
                on.pop("colour" if number == 39 else "behind", None)
            elif 30 <= number <= 38 or 90 <= number <= 97:
                on["colour"] = code
            elif 40 <= number <= 48 or 100 <= number <= 107:
                on["behind"] = code
            else:
                on[f"on{number}"] = code
        self.style = " ".join(f"{name}={code}" for name, code in sorted(on.items()))


class Terminal:
    """A person at a terminal in which a program runs."""

    def __init__(self, process: int, master: int, width: int, height: int) -> None:
        self.process, self._master = process, master
        self.glass = Glass(width, height)
        self.output = b""
        """Everything that was written."""
        self.status: int | None = None
        """Exit status once the program ended; minus the number of a signal that killed it."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def text(self) -> str:
        """What can be seen."""
        return self.glass.text

    def send(self, keys: str) -> "Terminal":
        """Types."""
        os.write(self._master, keys.encode("utf-8", "surrogateescape"))
        return self

    def press(self, keys: str, then: str) -> "Terminal":
        """Types, and waits until something can be seen."""
        return self.send(keys).see(then)

    def see(self, text: str) -> "Terminal":
        """Waits until something can be seen."""
        return self.until(lambda: text in " ".join(self.text.split()), f"{text!r} was never seen")

    def resize(self, width: int, height: int) -> "Terminal":
        """Pulls the window to another size; the system tells the program."""
        self.glass.resize(width, height)
        set_size(self._master, width, height)
        return self

    def signal(self, number: int) -> "Terminal":
        """The system asks for the end."""
        os.kill(self.process, number)
        return self

    def hang_up(self) -> "Terminal":
        """The window is closed: nothing can be read from it or written to it any more."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._master)
        os.close(nowhere)
        return self

    def ended(self) -> int:
        """Waits for the end; returns the exit status."""
        self.until(lambda: self.status is not None, "the program never ended")
        assert self.status is not None
        return self.status

    def until(self, holds: Callable[[], bool], otherwise: str) -> "Terminal":
        """Reads until something holds."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"{otherwise}; the screen shows\n{self.text}\n{self.output[-600:]!r}")
            self._read(0.05)
            if self.status is None:
                self._look_whether_it_ended()
        return self

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return
        try:
            data = os.read(self._master, 65536)
        except OSError:  # nobody is at the other end any more
            return
        self.output += data
        self._rest = self.glass.feed(self._rest + self._decoder.decode(data))

    def _look_whether_it_ended(self) -> None:
        process, status = os.waitpid(self.process, os.WNOHANG)
        if process:
            while select.select([self._master], [], [], 0)[0]:
                before = len(self.output)
                self._read(0)
                if len(self.output) == before:
                    break
            self.status = os.waitstatus_to_exitcode(status)


def set_size(terminal: int, width: int, height: int) -> None:
    """The system knows this size from now on, and tells the program where it is another."""
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


@contextmanager
def running(
    *command: str, home: Path, size: tuple[int, int] = (80, 24), environment: Mapping[str, str | None] | None = None
) -> Iterator[Terminal]:
    """A program in a terminal of its own, with a home of its own; killed if it is still there afterwards.

    What was checked of content is kept where the tests keep it, so that few of them are a first start.
    """
    known: dict[str, str | None] = {
        "PATH": os.environ.get("PATH", ""), "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME"), "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "TERM": "xterm-256color", "COLORTERM": "truecolor",
    }  # fmt: skip
    own = {name: value for name, value in {**known, **(environment or {})}.items() if value is not None}
    process, master = pty.fork()
    if process == 0:
        try:
            os.execve(command[0], list(command), own)
        finally:
            os._exit(127)
    set_size(master, *size)
    terminal = Terminal(process, master, *size)
    try:
        yield terminal
    finally:
        if terminal.status is None:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        os.close(master)


def msals(*arguments: str) -> Sequence[str]:
    """The command that starts the program."""
    return (sys.executable, "-m", "msals_tui", *arguments)


def loaded_by_an_intake(home: Path) -> set[str]:
    """The modules that an intake had loaded when its first question was left; in a new home it is the first start."""
    program = """
import os, sys
from pathlib import Path
told, end = Path(sys.argv[1]), os._exit
def told_at_the_end(status):
    told.write_text("\\n".join(sys.modules))
    end(status)
os._exit = told_at_the_end
from msals_tui.cli import main
main(["intake"])
"""
    told = home / "modules"
    own = {"XDG_CACHE_HOME": str(home / "cache")}
    with running(sys.executable, "-c", program, str(told), home=home, environment=own) as terminal:
        terminal.see("I have read this").press("\r", "F10 Save, exit").send("\x1b[21~")
        assert terminal.ended() == 0
    return {*told.read_text().split()}
