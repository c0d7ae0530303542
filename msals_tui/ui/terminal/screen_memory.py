"""What the terminal shows, so that nothing is sent to it twice.

Textual draws whole widgets, and at the start the whole screen several times. A frame of it is `move, styled texts, move,
styled texts ...`, and ends with a move that puts the cursor where it belongs. Cells that stay as they are need not be sent.

Where this cannot be told, everything is forgotten and sent as it came: a sequence that is not known here, a frame that
reaches beyond the terminal (drawn before its new size was known), and whatever may have changed the screen without us.
"""

import re
from collections.abc import Sequence
from threading import RLock
from typing import Final, TypeAlias

from msals_tui.ui.terminal.cell_diff import ANYTHING, Piece, differing, piece_of
from msals_tui.ui.terminal.sgr import PLAIN, switch

Frame: TypeAlias = Sequence[tuple[int, int, Piece]]
"""Pieces with the row and the column where they begin, both from 1; row by row, from the left."""

BEGIN_TOGETHER: Final = "\x1b[?2026h"
"""A terminal that knows this mark shows what follows all at once, at the next one."""
END_TOGETHER: Final = "\x1b[?2026l"

FIRST_SIZES = 2
"""So often Textual tells the size at its start, which is the one for which the first frame was painted."""

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_RUN = re.compile(r"(\x1b\[[0-9;]+m)([^\x00-\x1f\x7f-\x9f]*)\x1b\[0m|([^\x00-\x1f\x7f-\x9f]+)")
_CHANGES_NO_CELL = re.compile(
    r"(?:\x1b\[\?(?:7|25|100[03456]|101[56]|2004|2048)[hl]|\x1b\[(?:>\d+|<)u|\x1b\[\?\d+\$p|\x1b\]22;[a-z-]*\x07|\x07)+"
)
"""Wrapping, cursor, mouse, focus, pasting, resize reports, keys, questions, the shape of the pointer, the bell."""


class ScreenMemory:
    """The cells of one terminal. `still_to_send` takes what Textual writes, in the order in which it is written."""

    def __init__(self) -> None:
        self._width = self._height = 0
        self._rows: dict[int, str] = {}
        """By row, counted from 1: a character for every cell, as in `Piece`."""
        self._wholes: dict[tuple[int, int], Piece] = {}
        """What was sent whole, by where it begins."""
        self._known: dict[tuple[int, int], tuple[str, Piece | None]] = {}
        """What Textual wrote last, by where it begins, and what that is."""
        self._cursor: tuple[int, int] | None = None
        self._held = False
        """Frames are neither sent nor remembered: the terminal shows already what will come of them."""
        self._sizes_to_come = 0
        """So often the size that is known already will be told again."""
        self._together: list[str] | None = None
        """What is to be sent once the frame is whole; None between frames that are shown all at once."""
        self.lock = RLock()
        """The thread that reads writes too, when the terminal says what it can. A signal may interrupt whoever holds it."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._width, self._height

    def resized(self, width: int, height: int) -> bool:
        """The terminal has so many columns and rows now; whether it may show anything then."""
        with self.lock:
            if self._sizes_to_come and (width, height) == self.size:
                self._sizes_to_come -= 1
                return False
            self._width, self._height = width, height
            self._held, self._sizes_to_come = False, 0
            self._known.clear()
            self.forget()
            return True

    def forget(self) -> None:
        """The terminal may show anything: whatever is drawn next is sent."""
        with self.lock:
            self._rows, self._wholes = {}, {}
            self._cursor = None

    def hold(self) -> None:
        """The first frames of Textual are empty, and its first sizes say nothing new: what is painted stays until `release`."""
        with self.lock:
            self._held, self._sizes_to_come = True, FIRST_SIZES

    def release(self) -> None:
        """From here on frames are sent: what Textual draws is what was painted before it was there."""
        with self.lock:
            self._held = False

    def still_to_send(self, written: str) -> str:
        """What of this the terminal does not show already. What is shown all at once is sent all at once, at its end."""
        if written == BEGIN_TOGETHER:
            self._together = []
            return ""
        if written == END_TOGETHER:
            whole, self._together = "".join(self._together or ()), None
            return f"{BEGIN_TOGETHER}{whole}{END_TOGETHER}" if whole else ""
        is_frame = _MOVE.match(written) is not None
        if is_frame and self._held:
            return ""
        sent = self._textuals(written) if is_frame else self._other(written)
        if self._together is None:
            return sent
        self._together.append(sent)
        return ""

    def _other(self, written: str) -> str:
        if _CHANGES_NO_CELL.fullmatch(written) is None:
            self.forget()
        return written

    def _textuals(self, frame: str) -> str:
        _, *parts = _MOVE.split(frame)
        places = [(int(y), int(x)) for y, x in zip(parts[::3], parts[1::3], strict=True)]
        # A new line before a move only moves too.
        pieces = [self._read(place, body.rstrip("\n")) for place, body in zip(places, parts[2::3], strict=True)]
        known = [(y, x, piece) for (y, x), piece in zip(places, pieces, strict=True) if piece is not None]
        # Where it does not end with a move, it leaves the cursor who knows where.
        if pieces[-1] or len(known) < len(pieces) or (sent := self.drawn(known, places[-1])) is None:
            self.forget()
            return frame
        return sent

    def _read(self, place: tuple[int, int], body: str) -> Piece | None:
        """The piece that Textual writes so. What was written to a place last comes again there, where it comes again at all."""
        known = self._known.get(place)
        if known is None or known[0] != body:
            known = self._known[place] = body, _piece(body)
        return known[1]

    def drawn(self, frame: Frame, cursor: tuple[int, int]) -> str | None:
        """What of a frame the terminal does not show already; the cursor is at its place after that, row and column from 1.

        None if the frame reaches beyond the terminal, of which nothing is known then.
        """
        out = _Sending()
        for y, x, piece in frame:
            if y > self._height or x - 1 + len(piece) > self._width:
                self.forget()
                return None
            if piece:
                self._draw(out, y, x, piece)
        if not out.sent and cursor == self._cursor:
            return ""
        self._cursor = cursor
        return out.all_of_it(*cursor)

    def _draw(self, out: "_Sending", y: int, x: int, piece: Piece) -> None:
        row = self._rows.get(y) or ANYTHING * self._width
        start, end = x - 1, x - 1 + len(piece)
        before = row[start:end]
        if piece.whole is not None:
            if before == piece.cells and self._wholes.get((y, x)) is piece:
                return
            # A terminal may give these characters another width than we do, and what stands to the right moves along.
            self._rows[y] = row[:start] + piece.cells + ANYTHING * (self._width - end)
            self._wholes = {at: one for at, one in self._wholes.items() if at[0] != y or at[1] + len(one) <= x}
            self._wholes[y, x] = piece
            out.whole(y, x, piece.whole)
        elif before != piece.cells:
            self._rows[y] = row[:start] + piece.cells + row[end:]
            for first, behind in differing(before, piece.cells):
                out.cells(y, x + first, piece, first, behind)


def move_to(y: int, x: int) -> str:
    """Moves the cursor to a row and a column, both counted from 1."""
    return f"\x1b[{y};{x}H"


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


def _piece(body: str) -> Piece | None:
    """The piece that Textual writes so; None if there is more in it than styles and text."""
    runs = [(style, styled or plain) for style, styled, plain in _RUN.findall(body)]
    told = sum([len(style) + len(text) + (len(PLAIN) if style else 0) for style, text in runs])
    return piece_of(runs) if told == len(body) else None


class Painted:
    """What was painted before Textual was there."""

    def __init__(self, shown: ScreenMemory) -> None:
        self.shown = shown
        self.taken_over = False
        """Whether Textual has the terminal now."""
