"""Title line and key bar: the frame around every screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from msals_tui.ui.glyphs import Glyphs
from msals_tui.ui.rows import Row, Span, cut, row, width_of


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the key bar names it; `target` is the action that a click on it takes."""

    name: str
    label: str
    target: str


def title_rows(left: str, middle: str, right: str, width: int, glyphs: Glyphs) -> list[Row]:
    """One title line and a rule. What does not fit goes in this order: right, left, middle."""
    left, middle, right = (text.strip() for text in (left, middle, right))
    if len(left) + len(middle) + len(right) + 6 > width:
        right = ""
    if len(left) + len(middle) + 4 > width:
        left = ""
    space = width - 2 - len(left) - len(right)
    centre = cut(middle, max(space - 2, 1)).center(space) if left or right else cut(middle, width - 2)
    return [(Span(" "), Span(left, "dim"), Span(centre, "title"), Span(right, "dim")), row(glyphs.rule * width, "dim")]


def key_rows(keys: Sequence[Key], width: int, most: int = 2) -> list[Row]:
    """Keys on at most `most` lines, most needed first; keys that do not fit are left out whole, never cut."""
    lines: list[list[Span]] = [[]]
    used = 0
    for key in keys:
        needed = len(key.name) + 1 + len(key.label) + 2
        if used + needed > width:
            if len(lines) == most:
                continue
            lines.append([])
            used = 0
        lines[-1] += [
            Span(" "),
            Span(key.name, "key", key.target),
            Span(f" {key.label}", "plain", key.target),
            Span(" "),
        ]
        used += needed
    return [tuple(line) for line in lines if line and width_of(tuple(line))]
