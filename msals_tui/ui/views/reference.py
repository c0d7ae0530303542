"""The reference: what is known of both diseases, side by side where there is room and one below the other elsewhere."""

from msals_tui.evidence.model import Side
from msals_tui.evidence.reference import Reference, ReferenceRow, Statement
from msals_tui.questionnaire.words import Words
from msals_tui.report.reference_text import sources_of
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, fill, row, width_of, wrap, wrapped
from msals_tui.ui.views.style import LONGEST_LINE

SIDE_BY_SIDE = 80
"""Columns from which both texts stand beside each other."""
NOT_READ = "~"
"""Stands before what is general knowledge, as before a chance that is assumed."""
_MARGIN = "   "


def reference_rows(reference: Reference, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """The whole reference. A row that is pointed at is opened: popular articles, the literature, sources."""
    rows: list[Row] = [BLANK]
    inner = min(width, LONGEST_LINE) - 2
    for key in ("reference.groups", "reference.legend"):
        rows += wrapped(words(key, sign=NOT_READ), inner, "dim", margin=" ")
    for section in reference.sections:
        rows += [BLANK, row(f" {section.title}", "title")]
        if section.note:
            rows += wrapped(section.note, inner, margin=" ")
        if width >= SIDE_BY_SIDE:
            rows.append(_heads(reference, glyphs, width))
        for one in section.row:
            rows += _row(reference, one, words, glyphs, width, pointer)
    return rows


def _column(width: int) -> int:
    """Cells of one text."""
    return min((width - len(_MARGIN) - 4) // 2, LONGEST_LINE)


def _sides(reference: Reference, glyphs: Glyphs) -> tuple[tuple[Side, Role, str], ...]:
    """Both sides with their roles, and their signs and short names."""
    first, second = reference.sides
    return (
        (first, "first", f"{glyphs.first} {first.short}"),
        (second, "second", f"{glyphs.second} {second.short}"),
    )


def _heads(reference: Reference, glyphs: Glyphs, width: int) -> Row:
    """The names of both sides over their columns."""
    (_, left, first), (_, right, second) = _sides(reference, glyphs)
    column = _column(width)
    return (Span(_MARGIN), Span(fill(first, column), left), _bar(glyphs), Span(fill(second, column), right))


def _bar(glyphs: Glyphs) -> Span:
    return Span(f" {glyphs.bar} ", "dim")


def _row(
    reference: Reference, one: ReferenceRow, words: Words, glyphs: Glyphs, width: int, pointer: str | None
) -> list[Row]:
    target = f"row:{one.id}"
    here = pointer == target
    rows = _topic(one, words, glyphs, width, here=here)
    if one.clinician_only and not here:
        rows += wrapped(words("reference.held"), min(width, LONGEST_LINE) - 2, "dim", margin=_MARGIN)
    elif width >= SIDE_BY_SIDE:
        rows += _beside(reference, one, glyphs, width)
    else:
        rows += _below(reference, one, glyphs, width)
    if here:
        rows += _opened(reference, one, words, width)
    # One target for all of it, so that the page keeps it in sight and a click anywhere opens it.
    return [tuple(Span(span.text, span.role, target) for span in spans) for spans in rows]


def _topic(one: ReferenceRow, words: Words, glyphs: Glyphs, width: int, *, here: bool) -> list[Row]:
    """The topic, and whether popular articles make it simpler."""
    lead = f" {glyphs.pointer if here else ' '} "
    lines: list[Row] = wrapped(lead + one.topic, width - 1, "focus" if here else "strong", indent=len(lead))
    simpler = f"  {words('reference.simplified')}" if one.simplified else ""
    if simpler and width_of(lines[-1]) + len(simpler) < width:
        lines[-1] = (*lines[-1], Span(simpler, "dim"))
    return lines


def _lines(statements: tuple[Statement, ...], width: int) -> list[tuple[str, Role]]:
    """What is said of one side, wrapped; general knowledge behind its sign."""
    return [
        (line, "plain" if one.read else "dim")
        for one in statements
        for line in wrap(one.text if one.read else f"{NOT_READ} {one.text}", width, indent=2)
    ]


def _beside(reference: Reference, one: ReferenceRow, glyphs: Glyphs, width: int) -> list[Row]:
    column = _column(width)
    left, right = (_lines(one.side.get(side.id, ()), column) for side in reference.sides)
    rows: list[Row] = []
    for number in range(max(len(left), len(right))):
        first, first_role = left[number] if number < len(left) else ("", "plain")
        second, second_role = right[number] if number < len(right) else ("", "plain")
        text = Span(fill(first, column), first_role)
        rows.append((Span(_MARGIN), text, _bar(glyphs), Span(second, second_role)))
    return rows


def _below(reference: Reference, one: ReferenceRow, glyphs: Glyphs, width: int) -> list[Row]:
    rows: list[Row] = []
    for side, role, name in _sides(reference, glyphs):
        head = f"{_MARGIN}{name}  "
        lines = _lines(one.side.get(side.id, ()), width - len(head) - 1)
        for number, (line, said) in enumerate(lines):
            rows.append((Span(head if number == 0 else " " * len(head), role), Span(line, said)))
    return rows


def _opened(reference: Reference, one: ReferenceRow, words: Words, width: int) -> list[Row]:
    """What popular articles and the literature say, then where each side comes from."""
    margin, inner = _MARGIN * 2, min(width, LONGEST_LINE) - 2
    rows: list[Row] = [BLANK]
    for simplified in one.simplified:
        rows += wrapped(words("reference.popular", text=simplified.popular), inner, margin=margin, indent=2)
        literature = words("reference.literature", text=simplified.literature)
        rows += wrapped(literature, inner, "strong", margin=margin, indent=2)
    for source in sources_of(reference, one, words):
        rows += wrapped(source, inner, "dim", margin=margin, indent=2)
    return [*rows, BLANK]
