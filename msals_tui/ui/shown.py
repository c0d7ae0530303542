"""What the terminal shows, so that nothing is sent to it twice.

Textual draws whole widgets, and at the start the whole screen several times. A frame of it is `move, styled texts, move,
styled texts ...`, and ends with a move that puts the cursor where it belongs. Cells that stay as they are need not be sent.

Where this cannot be told, everything is forgotten and sent as it came: a sequence that is not known here, a frame that
reaches beyond the terminal (drawn before its new size was known), and whatever may have changed the screen without us.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, count
from typing import Final

from rich.cells import cell_len

from msals_tui.ui.sgr import switch

BEGIN_TOGETHER: Final = "\x1b[?2026h"
"""A terminal that knows this mark shows what follows all at once, at the next one."""
END_TOGETHER: Final = "\x1b[?2026l"

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_RUN = re.compile(r"(\x1b\[[0-9;]+m)([^\x00-\x1f\x7f-\x9f]*)\x1b\[0m|([^\x00-\x1f\x7f-\x9f]+)")
_ONE_CELL_EACH = re.compile(
    r"[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u27bf]*"
)
"""Signs that stand alone. Whatever may join with its neighbours, or be wide, is sent with the whole of its row's piece."""
_CHANGES_NO_CELL = re.compile(
    r"(?:\x1b\[\?(?:7|25|100[03456]|101[56]|2004|2048)[hl]|\x1b\[(?:>\d+|<)u|\x1b\[\?\d+\$p|\x1b\]22;[a-z-]*\x07|\x07)+"
)
"""Wrapping, cursor, mouse, focus, pasting, resize reports, keys, questions, the shape of the pointer, the bell."""
_NEARER_THAN_A_MOVE = 6
"""So many cells are sent again rather than passed over: a move takes as many characters."""
_STRIDE, _LEAP = 3, 16
"""Cells that are compared at once."""


class Shown:
    """The cells of one terminal. `still_to_send` takes what Textual writes, in the order in which it is written."""

    def __init__(self) -> None:
        self._width = self._height = 0
        self._rows: dict[int, str] = {}
        """By row, counted from 1: a character for every cell, as in `Piece`."""
        self._wholes: dict[tuple[int, int], Piece] = {}
        """What was sent whole, by where it begins."""
        self._cursor: tuple[int, int] | None = None
        self.held = False
        """Frames are neither sent nor remembered: the terminal shows already what will come of them."""
        self._opening = ""
        """The mark of a frame of which nothing was sent yet."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._width, self._height

    def resized(self, width: int, height: int) -> None:
        """The terminal has so many columns and rows now, and may show anything."""
        self._width, self._height = width, height
        self.held = False
        self.forget()

    def forget(self) -> None:
        """The terminal may show anything."""
        self._rows, self._wholes = {}, {}
        self._cursor = None

    def still_to_send(self, written: str) -> str:
        """What of this the terminal does not show already."""
        if written == BEGIN_TOGETHER:
            self._opening = written
            return ""
        if written == END_TOGETHER:
            nothing, self._opening = bool(self._opening), ""
            return "" if nothing else written
        is_frame = _MOVE.match(written) is not None
        if is_frame and self.held:
            return ""
        sent = self.drawn(written) if is_frame else self._other(written)
        if sent:
            sent, self._opening = self._opening + sent, ""
        return sent

    def _other(self, written: str) -> str:
        if _CHANGES_NO_CELL.fullmatch(written) is None:
            self.forget()
        return written

    def drawn(self, frame: str) -> str:
        """What of a frame the terminal does not show already."""
        _, *parts = _MOVE.split(frame)
        places = [(int(y), int(x)) for y, x in zip(parts[::3], parts[1::3], strict=True)]
        pieces = [_cells(body.rstrip("\n")) for body in parts[2::3]]  # a new line before a move only moves too
        out = _Sending()
        if pieces[-1]:  # it does not end with a move, and leaves the cursor who knows where
            self.forget()
            return frame
        for (y, x), piece in zip(places, pieces, strict=True):
            if piece is None or y > self._height or x - 1 + len(piece) > self._width:
                self.forget()
                return frame
            if piece:
                self._draw(out, y, x, piece)
        if not out.sent and places[-1] == self._cursor:
            return ""
        self._cursor = places[-1]
        return out.all_of_it(*places[-1])

    def _draw(self, out: "_Sending", y: int, x: int, piece: "Piece") -> None:
        row = self._rows.get(y) or _ANYTHING * self._width
        start, end = x - 1, x - 1 + len(piece)
        before = row[start:end]
        if piece.whole is not None:
            if before == piece.cells and self._wholes.get((y, x)) is piece:
                return
            # A terminal may give these characters another width than we do, and what stands to the right moves along.
            self._rows[y] = row[:start] + piece.cells + _ANYTHING * (self._width - end)
            self._wholes = {at: one for at, one in self._wholes.items() if at[0] != y or at[1] + len(one) <= x}
            self._wholes[y, x] = piece
            out.whole(y, x, piece.whole)
        elif before != piece.cells:
            self._rows[y] = row[:start] + piece.cells + row[end:]
            for first, behind in _differing(before, piece.cells):
                out.cells(y, x + first, piece, first, behind)


def _differing(before: str, after: str) -> Iterator[tuple[int, int]]:
    """The stretches of cells to be sent: first cell, and the one behind the last. There is at least one that differs.

    Short stretches that stay as they are between two of them are sent along: a move would be longer.
    """
    start = _first_difference(before, after, 0)
    while start < len(after):
        end, following = _stretch(before, after, start)
        yield start, end
        start = following


def _stretch(before: str, after: str, start: int) -> tuple[int, int]:
    """Behind which cell a stretch ends that begins with a difference, and where the next one begins."""
    length = following = len(after)
    at = start + 1
    while at < length:
        if before[at : at + _STRIDE] != after[at : at + _STRIDE]:
            at += _STRIDE
            continue
        following = _first_difference(before, after, at)
        while before[at - 1] == after[at - 1]:
            at -= 1
        if following - at > _NEARER_THAN_A_MOVE:
            return at, following
        at, following = following + 1, length
    end = min(at, length)
    while before[end - 1] == after[end - 1]:
        end -= 1
    return end, following


def _first_difference(before: str, after: str, at: int) -> int:
    """The first place from `at` on where two texts of one length differ; the length where nothing does."""
    while before[at : at + _LEAP] == after[at : at + _LEAP]:
        at += _LEAP
        if at >= len(after):
            return len(after)
    while before[at] == after[at]:
        at += 1
    return at


def move_to(y: int, x: int) -> str:
    """Moves the cursor to a row and a column, both counted from 1."""
    return f"\x1b[{y};{x}H"


class Piece:
    """What stands between two moves; `whole` as it came where it cannot be taken apart."""

    def __init__(
        self, cells: str, text: str = "", runs: Sequence[tuple[int, str]] = (), whole: str | None = None
    ) -> None:
        """A character of `cells` stands for a cell, one of `text` in the style that is on up to the end of its run."""
        self.cells, self.text, self.runs, self.whole = cells, text, runs, whole

    def __len__(self) -> int:
        return len(self.cells)

    def between(self, first: int, behind: int) -> Iterator[tuple[str, str]]:
        """Style and text of the cells from `first` on, up to the one that is not part of them."""
        at = first
        for end, style in self.runs:
            if end > at:
                yield style, self.text[at : min(end, behind)]
                at = end
                if at >= behind:
                    return


class _Sending:
    """Puts together what is sent of one frame, with as few moves and changes of style as are simple to find."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._style = ""
        self._place = (0, 0)
        """Where the cursor is after what was sent."""

    def cells(self, y: int, x: int, piece: Piece, first: int, behind: int) -> None:
        """Cells of a piece that stand side by side."""
        self._to(y, x)
        for style, text in piece.between(first, behind):
            self._switch(style)
            self.sent.append(text)
        self._place = (y, x + behind - first)

    def whole(self, y: int, x: int, text: str) -> None:
        """A piece as it came, after which nobody knows where the cursor is."""
        self._to(y, x)
        self._switch("")
        self.sent.append(text)
        self._place = (0, 0)

    def all_of_it(self, y: int, x: int) -> str:
        """No style is left on at the end, and the cursor goes to its place."""
        self._switch("")
        self._to(y, x)
        return "".join(self.sent)

    def _to(self, y: int, x: int) -> None:
        if self._place != (y, x):
            self.sent.append(move_to(y, x))

    def _switch(self, style: str) -> None:
        if style != self._style:
            self.sent.append(switch(self._style, style))
            self._style = style


class _Cells(dict[int, int]):
    """The characters that stand for the cells of one style, by the number of the character in the cell."""

    def __missing__(self, character: int) -> int:
        cell = self[character] = next(_free)
        return cell


_free = count(2)
"""There are few styles, and few signs that stand alone: nowhere near as many cells as there are characters."""
_ANYTHING, _WHOLE = "\0", "\1"
"""A cell in which anything may stand, and one of a piece that was sent whole."""
_styled: defaultdict[str, _Cells] = defaultdict(_Cells)


@lru_cache(512)
def _cells(body: str) -> Piece | None:
    """The cells of styled texts; None where there is more in it than styles and text."""
    runs: list[tuple[str, str]] = []
    at = 0
    for found in _RUN.finditer(body):
        if found.start() != at:
            return None
        at = found.end()
        runs.append((found[1] or "", found[2] or found[3] or ""))
    if at != len(body):
        return None
    text = "".join([one for _, one in runs])
    if _ONE_CELL_EACH.fullmatch(text) and cell_len(text) == len(text):
        ends = accumulate(len(one) for _, one in runs)
        cells = "".join([one.translate(_styled[style]) for style, one in runs])
        return Piece(cells, text, [(end, style) for end, (style, _) in zip(ends, runs, strict=True)])
    return Piece(_WHOLE * sum(cell_len(one) for _, one in runs), whole=body)
