"""What the terminal shows, so that nothing is sent to it twice.

Textual draws whole widgets, and at the start the whole screen several times. A frame of it is `move, styled texts, move,
styled texts ...`, and ends with a move that puts the cursor where it belongs. Cells that stay as they are need not be sent.

Where this cannot be told, everything is forgotten and sent as it came: a sequence that is not known here, a frame that
reaches beyond the terminal (drawn before its new size was known), and whatever may have changed the screen without us.
"""

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias

from rich.cells import cell_len

Cell: TypeAlias = tuple[str, str] | None
"""The style that was switched on and the character; None where anything may stand."""

BEGIN_TOGETHER: Final = "\x1b[?2026h"
"""A terminal that knows this mark shows what follows all at once, at the next one."""
END_TOGETHER: Final = "\x1b[?2026l"
PLAIN: Final = "\x1b[0m"

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
"""So many cells of the same style are sent again rather than passed over: a move takes as many characters."""


class Shown:
    """The cells of one terminal. `still_to_send` takes what Textual writes, in the order in which it is written."""

    def __init__(self) -> None:
        self._width = self._height = 0
        self._rows: dict[int, list[Cell]] = {}
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
        self._rows = {}
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
        row = self._rows.setdefault(y, [None] * self._width)
        there = slice(x - 1, x - 1 + len(piece))
        before = row[there]
        if before == piece.cells:
            return
        row[there] = piece.cells
        if piece.whole is not None:
            # A terminal may give these characters another width than we do, and what stands to the right moves along.
            row[there.stop :] = [None] * (self._width - there.stop)
            out.whole(y, x, piece.whole)
            return
        differing = [at for at, (old, cell) in enumerate(zip(before, piece.cells, strict=True)) if old != cell]
        start = last = differing[0]
        for at in differing[1:]:
            if at - last > 1 and not _near(piece.cells[last:at]):
                out.cells(y, x + start, piece.cells[start : last + 1])
                start = at
            last = at
        out.cells(y, x + start, piece.cells[start : last + 1])


def move_to(y: int, x: int) -> str:
    """Moves the cursor to a row and a column, both counted from 1."""
    return f"\x1b[{y};{x}H"


def _near(cells: "list[Cell]") -> bool:
    """Whether cells that stand between two that are sent are few and of one style, so that a move would be longer."""
    return len(cells) <= _NEARER_THAN_A_MOVE and len({cell[0] for cell in cells if cell is not None}) == 1


class Piece:
    """What stands between two moves, cell by cell; `whole` as it came where it cannot be taken apart."""

    def __init__(self, cells: list[Cell], whole: str | None = None) -> None:
        self.cells, self.whole = cells, whole

    def __len__(self) -> int:
        return len(self.cells)


class _Sending:
    """Puts together what is sent of one frame, with as few moves and changes of style as are simple to find."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._style = ""
        self._place = (0, 0)
        """Where the cursor is after what was sent."""

    def cells(self, y: int, x: int, cells: list[Cell]) -> None:
        """Cells that stand side by side."""
        self._to(y, x)
        for style, same in groupby((cell for cell in cells if cell is not None), key=itemgetter(0)):
            self._switch(style)
            self.sent.append("".join([character for _, character in same]))
        self._place = (y, x + len(cells))

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
            self.sent.append((PLAIN if self._style else "") + style)
            self._style = style


_KNOWN: dict[str, dict[str, tuple[str, str]]] = {}
"""By style, and by character: there are few of either, and a screen of cells that share them is small."""


def _styled(style: str, text: str) -> list[Cell]:
    known = _KNOWN.setdefault(style, {})
    return [known.get(character) or known.setdefault(character, (style, character)) for character in text]


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
    if all(_ONE_CELL_EACH.fullmatch(text) and cell_len(text) == len(text) for _, text in runs):
        return Piece([cell for style, text in runs for cell in _styled(style, text)])
    width = sum(cell_len(text) for _, text in runs)
    return Piece([(body, str(place)) for place in range(width)], whole=body)
