"""Cells of a terminal as text: a character for every cell, so that the interpreter compares many of them at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, count
from typing import Final

from msals_tui.ui.drawing.rows import ONE_CELL_EACH, cell_len
from msals_tui.ui.terminal.sgr import PLAIN

ANYTHING: Final = "\0"
"""A cell in which anything may stand."""
_WHOLE: Final = "\1"
"""A cell of a piece that cannot be taken apart."""
_NEARER_THAN_A_MOVE = 6
"""So many cells are sent again rather than passed over: a move takes as many characters."""
_STRIDE, _LEAP = 3, 16
"""Cells that are compared at once."""


class _Cells(dict[int, int]):
    """The characters that stand for the cells of one style, by the number of the character in the cell."""

    def __missing__(self, character: int) -> int:
        cell = self[character] = next(_free)
        return cell


_free = count(2)
"""There are few styles, and few signs that stand alone: nowhere near as many cells as there are characters."""
_styled: defaultdict[str, _Cells] = defaultdict(_Cells)


class Piece:
    """What stands side by side on a row; `whole` as it is written where it cannot be taken apart."""

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


def piece_of(runs: Sequence[tuple[str, str]]) -> Piece:
    """Texts, each behind the sequence that switches on its style; "" for none."""
    text = "".join([one for _, one in runs])
    if ONE_CELL_EACH.fullmatch(text):
        ends = accumulate(len(one) for _, one in runs)
        cells = "".join([one.translate(_styled[style]) for style, one in runs])
        return Piece(cells, text, [(end, style) for end, (style, _) in zip(ends, runs, strict=True)])
    written = "".join(f"{style}{one}{PLAIN}" if style else one for style, one in runs)
    return Piece(_WHOLE * sum(cell_len(one) for _, one in runs), whole=written)


def differing(before: str, after: str) -> Iterator[tuple[int, int]]:
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
