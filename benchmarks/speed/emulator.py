"""A terminal as a program sees it: it draws, answers what it is asked, and knows what was switched on.

The drawing is pyte's. Added is what pyte leaves out and a program may leave behind: private modes and the keys of the kitty
protocol, which are counted here and not obeyed, as on a terminal that does not know them.
"""

import codecs
import re
from collections.abc import Set

import pyte

SHOWN_TOGETHER, SIZES_REPORTED, OTHER_SCREEN, CURSOR, WRAPPING = 2026, 2048, 1049, 25, 7
_ANSWERED = {SHOWN_TOGETHER, SIZES_REPORTED}
_ON_AT_FIRST = {CURSOR, WRAPPING}
_LEFT_ON = {
    1: "keypad", 9: "mouse", 47: "other screen", 1000: "mouse", 1002: "mouse", 1003: "mouse", 1004: "focus", 1005: "mouse",
    1006: "mouse", 1015: "mouse", 1016: "mouse", 1047: "other screen", OTHER_SCREEN: "other screen", 2004: "pasting",
    SHOWN_TOGETHER: "frames held back", SIZES_REPORTED: "sizes reported",
}  # fmt: skip
_LEFT_OFF = {CURSOR: "cursor", WRAPPING: "wrapping"}

_OWN = re.compile(
    r"\x1b\[(?P<kind>[?<>=])(?P<numbers>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<told>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[P_^X][^\x1b]*\x1b\\"
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?$|\x1b[\]P_^X][^\x07\x1b]*\x1b?$")


class _Screen(pyte.Screen):
    """pyte answers some questions itself; the answers are kept for the program."""

    answers: str = ""

    def write_process_input(self, data: str) -> None:
        self.answers += data


class Emulator:
    """Takes what a program writes."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.modes: set[int] = set(_ON_AT_FIRST)
        self.kitty_keys = 0
        """How often the keys of the kitty protocol were asked for, and not given back."""
        self._screen = _Screen(width, height)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._answers = ""
        self._shown: list[tuple[object, ...]] = [()] * height
        self.changed()

    def feed(self, data: bytes) -> None:
        """Draws."""
        text = self._rest + self._decoder.decode(data)
        begun = _BEGUN.search(text)
        self._rest = begun[0] if begun else ""
        text = text[: len(text) - len(self._rest)]
        place = 0
        for found in _OWN.finditer(text):
            self._stream.feed(text[place : found.start()])
            place = found.end()
            self._obey(found)
        self._stream.feed(text[place:])

    def answers(self) -> bytes:
        """What the program asked and was not told yet."""
        told = self._answers + self._screen.answers
        self._answers = self._screen.answers = ""
        return told.encode()

    @property
    def holds_back(self) -> bool:
        """Whether a frame has begun that is shown only when it is whole."""
        return SHOWN_TOGETHER in self.modes

    @property
    def rows(self) -> list[str]:
        """What can be read."""
        return list(self._screen.display)

    def changed(self) -> Set[int]:
        """The rows that look another than at the last call, in characters or colours."""
        rows = {row for row in self._screen.dirty if row < self.height}
        self._screen.dirty.clear()
        found = set()
        for row in rows:
            line = self._screen.buffer[row]
            look = tuple(line[column] for column in range(self.width))
            if look != self._shown[row]:
                self._shown[row] = look
                found.add(row)
        return found

    def resize(self, width: int, height: int) -> None:
        """Another size; a program that wants to be told of it is told."""
        self.width, self.height = width, height
        self._screen.resize(height, width)
        self._shown = [()] * height
        self.changed()
        if SIZES_REPORTED in self.modes:
            self._report_size()

    def left_behind(self) -> list[str]:
        """What is not as in a fresh terminal."""
        left = {_LEFT_ON[mode] for mode in self.modes & _LEFT_ON.keys()}
        left |= {name for mode, name in _LEFT_OFF.items() if mode not in self.modes}
        if self.kitty_keys > 0:
            left.add("kitty keys")
        return sorted(left)

    def _obey(self, found: re.Match[str]) -> None:
        if found["told"] is not None:
            self._tell_colour(found["told"])
            return
        numbers = [int(one) for one in re.split("[;:]", found["numbers"] or "") if one]
        match (found["kind"], found["between"], found["final"]):
            case ("?", "", "h" | "l" as switch):
                self._switch(numbers, on=switch == "h")
                self._stream.feed(found[0])
            case ("?", "$", "p"):
                mode = numbers[0]
                state = (1 if mode in self.modes else 2) if mode in _ANSWERED else 0
                self._answers += f"\x1b[?{mode};{state}$y"
            case (">", "", "u"):
                self.kitty_keys += 1
            case ("<", "", "u"):
                self.kitty_keys = max(0, self.kitty_keys - max(1, *numbers, 0))
            case (">", "", "c"):
                self._answers += "\x1b[>41;379;0c"
            case _:
                pass

    def _switch(self, modes: list[int], *, on: bool) -> None:
        self.modes = self.modes | set(modes) if on else self.modes - set(modes)
        if OTHER_SCREEN in modes:
            self._screen.erase_in_display(2)
            self._screen.cursor_position()
        if SIZES_REPORTED in modes and on:
            self._report_size()

    def _report_size(self) -> None:
        self._answers += f"\x1b[48;{self.height};{self.width};{self.height * 20};{self.width * 10}t"

    def _tell_colour(self, told: str) -> None:
        match told.split(";"):
            case ["10" | "11" as which, "?"]:
                self._answers += f"\x1b]{which};rgb:{'d0d0/d0d0/d0d0' if which == '10' else '1e1e/1e1e/1e1e'}\x1b\\"
            case _:
                pass
