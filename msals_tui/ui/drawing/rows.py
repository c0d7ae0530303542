"""Rows of styled spans: what every view makes and the line widget draws. Widths are terminal cells."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct
from rich.cells import cell_len as rich_cell_len
from rich.cells import set_cell_size

from msals_tui.text import for_screen

Role: TypeAlias = Literal[
    "plain", "dim", "strong", "title", "chosen", "focus", "first", "second", "elsewhere", "unknown", "recheck",
    "safety", "error", "key", "picture", "picture-chosen", "picture-focus",
]  # fmt: skip
"""What a span means; the theme decides how that looks, and no meaning rests on the look alone."""

ROLES: tuple[Role, ...] = Role.__args__  # type: ignore[attr-defined]


class Span(Struct, frozen=True):
    """Text of one role; `target` names what a mouse click on it does."""

    text: str
    role: Role = "plain"
    target: str | None = None


Row: TypeAlias = tuple[Span, ...]
BLANK: Row = ()


def row(text: str, role: Role = "plain", target: str | None = None) -> Row:
    """A row of one span."""
    return (Span(text, role, target),)


ONE_CELL_EACH = re.compile(
    r"[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    r"\u2190-\u2319\u2500-\u25fc\u2713\u2761-\u2775]*"
)
"""Signs that stand alone in one cell. Whatever is not among them may be wide, or join with its neighbours."""


def cell_len(text: str) -> int:
    """Cells that a text takes."""
    return len(text) if ONE_CELL_EACH.fullmatch(text) else rich_cell_len(text)


def width_of(spans: Row) -> int:
    """Cells that a row takes."""
    return sum(cell_len(span.text) for span in spans)


def wrap(text: str, width: int, *, indent: int = 0) -> list[str]:
    """Text broken at spaces into lines of at most `width` cells; later lines start with `indent` spaces.

    The text is made safe for the screen first. Words longer than a line are cut. Always at least one line.
    """
    return list(_wrapped(text, max(width, 1), indent))


@lru_cache(1024)
def _wrapped(text: str, width: int, indent: int) -> tuple[str, ...]:
    """Kept, since most of what stands around a question is the same from answer to answer."""
    return tuple(line for part in for_screen(text, lines=True).split("\n") for line in _wrap_one(part, width, indent))


def _wrap_one(text: str, width: int, indent: int) -> list[str]:
    """One line of text; what it is indented by, its continuation lines keep."""
    if len(text) <= width and text.isascii():
        return [text]
    body = text.lstrip(" ")
    lead = text[: len(text) - len(body)] if len(text) - len(body) < width else ""
    lines: list[str] = []
    line = lead
    after = lead + " " * indent if len(lead) + indent < width else ""
    for word in body.split(" "):
        candidate = f"{line} {word}" if line.strip() else line + word
        if cell_len(candidate) <= width:
            line = candidate
            continue
        if line.strip():
            lines.append(line)
        line = after + word
        while cell_len(line) > width:
            head = set_cell_size(line, width)
            # A wide character that does not fit is padded for; it belongs to the next line.
            taken = len(head) if line.startswith(head) else len(head.rstrip(" "))
            if taken == 0:
                break
            lines.append(line[:taken])
            line = line[taken:]
    return [*lines, line]


def wrapped(text: str, width: int, role: Role = "plain", *, indent: int = 0, margin: str = "") -> list[Row]:
    """Text as wrapped rows of one role, each behind a margin."""
    return [row(margin + line, role) for line in wrap(text, width - cell_len(margin), indent=indent)]


def cut(text: str, width: int) -> str:
    """Text on one line, safe for the screen, shortened with an ellipsis to at most `width` cells."""
    safe = for_screen(text)
    if cell_len(safe) <= width:
        return safe
    return set_cell_size(safe, max(width - 3, 0)).rstrip() + "." * min(3, max(width, 0))


@lru_cache(1024)
def fill(text: str, width: int) -> str:
    """Text cut or padded to exactly `width` cells."""
    return set_cell_size(cut(text, width), max(width, 0))


def clip(spans: Row, width: int) -> Row:
    """A row without what does not fit into `width` cells."""
    kept: list[Span] = []
    room = width
    for span in spans:
        if room <= 0:
            break
        cells = cell_len(span.text)
        kept.append(span if cells <= room else Span(set_cell_size(span.text, room), span.role, span.target))
        room -= cells
    return tuple(kept)


def fitted(spans: Row, width: int) -> Row:
    """A row of exactly `width` cells, in which nothing is left that a terminal could obey, whatever a view let through."""
    kept, room = [], width
    for span in spans:
        text = span.text
        if ONE_CELL_EACH.fullmatch(text):
            safe, cells = text, len(text)
        else:
            safe = for_screen(text)
            cells = rich_cell_len(safe)
        if cells > room:
            safe, cells = set_cell_size(safe, room), room
        kept.append(span if safe is text else Span(safe, span.role, span.target))
        room -= cells
        if not room:
            return tuple(kept)
    return (*kept, Span(" " * room))


def beside(left: Iterable[Row], right: Iterable[Row], left_width: int) -> list[Row]:
    """Two blocks side by side; the left one is clipped and padded to its width."""
    lefts, rights = list(left), list(right)
    rows: list[Row] = []
    for number in range(max(len(lefts), len(rights))):
        one = clip(lefts[number], left_width) if number < len(lefts) else BLANK
        gap = Span(" " * (left_width - width_of(one)))
        rows.append((*one, gap, *(rights[number] if number < len(rights) else BLANK)))
    return rows
