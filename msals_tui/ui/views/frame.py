"""Title line and key bar: the frame around every screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from msals_tui.questionnaire.words import Words
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import Role, Row, Span, cut, row, width_of, wrap

if TYPE_CHECKING:
    from msals_tui.records.saving import Saving


class Key(Struct, frozen=True):
    """A key as the key bar names it; `target` is the action that a click on it takes."""

    name: str
    label: str
    target: str


def title_rows(
    left: str,
    middle: str,
    right: str,
    width: int,
    glyphs: Glyphs,
    saved: Span | None = None,
    mark: Span | None = None,
) -> list[Row]:
    """One title line and a rule. What does not fit goes in this order: right, left, middle; `saved` and `mark` stay."""
    if mark is not None:
        lead = (Span(" "), mark, Span(" "))
        rest = width - width_of(lead)
        beside = _title_row(left, middle, right, rest, saved, beside=True)
        return [(*lead, *beside), row(glyphs.rule * width, "dim")]
    return [_title_row(left, middle, right, width, saved), row(glyphs.rule * width, "dim")]


def _title_row(left: str, middle: str, right: str, width: int, saved: Span | None, *, beside: bool = False) -> Row:
    """The line itself; `beside` says that something stands before it."""
    left, middle, right = (text.strip() for text in (left, middle, right))
    if saved is not None and saved.role == "error":
        return (Span(" "), Span(cut(saved.text, width - 2), "error"))
    state = saved or Span("")
    taken = len(state.text) + 2 if state.text else 0
    if len(left) + len(middle) + len(right) + 6 + taken > width:
        right = ""
    if len(left) + len(middle) + 4 + taken > width:
        left = ""
    space = width - 2 - len(left) - len(right) - taken
    centre = (
        cut(middle, max(space - 2, 1)).center(space) if left or right or taken or beside else cut(middle, width - 2)
    )
    between = Span("  " if left and taken else "")
    return (Span(" "), Span(left, "dim"), between, state, Span(centre, "title"), Span(right, "dim"))


def mark_span(standing: str | None, words: Words, glyphs: Glyphs, *, patient: bool) -> Span | None:
    """How the most pressing safety matter stands, for the title line; None if there is none. A patient reads calm words."""
    if standing is None:
        return None
    text = words(f"safety_patient.mark.{standing}" if patient else f"safety.mark.{standing}")
    if standing == "open":
        return Span(text if patient else f"{glyphs.safety * 2} {text}", "strong" if patient else "safety")
    return Span(text if patient else f"{glyphs.safety} {text}", "dim" if patient else "strong")


def saved_span(saving: "Saving | None", words: Words, *, patient: bool, slow: bool) -> Span | None:
    """How it stands with saving, for the title line; None if nothing is recorded or nothing was answered yet."""
    if saving is None or not (saving.saved or saving.waiting):
        return None
    if saving.fault is not None:
        # The title line has room for the reason alone.
        why = words.told(saving.fault.what).removeprefix(words.told("not written") + ": ")
        return Span(words("saving.not_saved_patient") if patient else words("saving.not_saved", why=why), "error")
    if saving.waiting and slow:
        return Span(words("saving.slow"), "error")
    if saving.unlisted is not None and not patient:
        return Span(words("saving.unlisted", count=saving.saved), "error")
    return Span(words("saving.saved", count=saving.saved), "dim") if saving.saved else None


_NAMED = {
    "Enter": "keyboard.enter", "Esc": "keyboard.escape", "PgDn": "keyboard.page_down", "Up/Down": "keyboard.up_down",
    "Left": "keyboard.left", "Right": "keyboard.right",
}  # fmt: skip
"""The keys that are called by a word, which other keyboards have in another language."""


def key_rows(keys: Sequence[Key], width: int, words: Words, most: int = 2) -> list[Row]:
    """Keys on at most `most` lines, most needed first; keys that do not fit are left out whole, never cut."""
    lines: list[list[Span]] = [[]]
    used = 0
    for key in keys:
        name = words(_NAMED[key.name]) if key.name in _NAMED else key.name
        needed = len(name) + 1 + len(key.label) + 2
        if used + needed > width:
            if len(lines) == most:
                continue
            lines.append([])
            used = 0
        lines[-1] += [
            Span(" "),
            Span(name, "key", key.target),
            Span(f" {key.label}", "plain", key.target),
            Span(" "),
        ]
        used += needed
    return [tuple(line) for line in lines if line and width_of(tuple(line))]


def in_sight(
    rows: Sequence[Row], pointer: str | None, top: int, height: int, *, follow: bool = True
) -> tuple[int, int | None]:
    """The row to show first, and the row of what is pointed at, None if nothing is.

    As near to `top` as it can be; unless somebody scrolls (`follow` is false), all of what is pointed at is in sight.
    """
    at = [y for y, spans in enumerate(rows) if any(span.target == pointer for span in spans if pointer)]
    if follow and at and at[0] < top:
        top = max(at[0] - 1, 0)
    elif follow and at and at[-1] >= top + height - 1:
        top = min(at[-1] - height + 2, max(at[0] - 1, 0))
    return max(0, min(top, len(rows) - height)), at[0] if at else None


def window(rows: Sequence[Row], top: int, height: int, words: Words, glyphs: Glyphs) -> list[Row]:
    """The rows from `top` that there is room for; the last one says how many follow where some do."""
    shown = list(rows[top : top + height])
    if (below := len(rows) - top - height) > 0:
        shown[-1:] = [row(" " + words("page.below", sign=glyphs.more, count=below + 1), "dim")]
    return shown


def choice_rows(label: str, key: str, target: str, pointer: str | None, width: int, glyphs: Glyphs) -> list[Row]:
    """Something to choose on a page: pointer, key, words."""
    here = pointer == target
    lead = f" {glyphs.pointer if here else ' '} {key:>2}  "
    lines = wrap(label, width - len(lead))
    sign: Role = "focus" if here else "key"
    text: Role = "focus" if here else "plain"
    return [
        (Span(lead if number == 0 else " " * len(lead), sign, target), Span(line, text, target))
        for number, line in enumerate(lines)
    ]
