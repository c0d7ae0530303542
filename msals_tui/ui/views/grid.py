"""A grid on the card: a row a place with a cell for each mark, then the rest, and marks that nobody looked for."""

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.answer import missing_label
from msals_tui.questionnaire.kinds.grid import COLUMN, OTHERS, GridItem
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, cell_len, cut, fill, row, wrap, wrapped
from msals_tui.ui.views.choices import entry_target
from msals_tui.ui.views.style import MARGIN, Style, letter_caps

LEAST_LABEL = 24
"""Cells that the words of a row need beside named columns; with fewer the columns are numbered, and named above."""
_LEAST = 8
"""Cells of a row's words at least."""
_ROOM_FOR_WHY = 18
"""Cells behind the longest words of a row, for why nothing is known of it."""
_NUMBERED = 5
"""Cells of a numbered column."""
_LEAD = 2
"""Cells before a row, for the pointer."""
_SIGN = 3
"""Cells of a sign."""


def grid_rows(open_answer: OpenAnswer, item: GridItem, style: Style, width: int, room: int) -> list[Row]:
    """The whole grid; of more than fits, its head and the lines around the pointer."""
    labels = [item.label(code, style.words, patient=style.patient) for code in item.codes]
    widths = [max(len(label) + _LEAD, _NUMBERED) + _LEAD for label in labels]
    named = width - _LEAD - sum(widths) >= LEAST_LABEL
    if not named:
        widths = [_NUMBERED] * len(labels)
    longest = max(cell_len(one.words_for(patient=style.patient)) for one in item.rows)
    label_width = max(min(width - _LEAD - sum(widths) - 1, longest + _ROOM_FOR_WHY), _LEAST)
    head = _head(labels, widths, label_width, width, named=named)
    blocks = [_place_rows(open_answer, item, number, style, label_width, widths) for number in range(len(item.rows))]
    below = [_below(open_answer, item, line, style, label_width, widths) for line in item.lines()[len(item.rows) :]]
    return [
        *head,
        *_window(
            [*blocks, *([[BLANK]] if room > _height(head, blocks, below) else []), *below],
            open_answer,
            style,
            room - len(head),
        ),
    ]


def _height(*parts: list[Row] | list[list[Row]]) -> int:
    """Rows that the head and some blocks take."""
    return sum(len(one) if isinstance(one, list) else 1 for part in parts for one in part)


def _head(labels: list[str], widths: list[int], label_width: int, width: int, *, named: bool) -> list[Row]:
    """The keys and words of the marks, above their columns or before them."""
    gap = " " * (_LEAD + label_width)
    if named:
        over = "".join(
            fill(f"{at} {label}", cells) for at, (label, cells) in enumerate(zip(labels, widths, strict=True), 1)
        )
        return [(Span(MARGIN), Span(cut(f"{gap} {over}", width), "dim"))]
    legend = "  ".join(f"{at} {label}" for at, label in enumerate(labels, 1))
    over = "".join(fill(f" {at}", cells) for at, cells in enumerate(widths, 1))
    return [*wrapped(legend, width, "dim", margin=MARGIN), (Span(MARGIN), Span(f"{gap} {over}", "dim"))]


def _place_rows(
    open_answer: OpenAnswer, item: GridItem, number: int, style: Style, label_width: int, widths: list[int]
) -> list[Row]:
    place, chosen = item.rows[number], open_answer.chosen
    seen = item.seen_in(chosen, place.code)
    label = place.words_for(patient=style.patient)
    if seen.unknown and not seen.codes:
        label = f"{label}: {missing_label(seen.unknown[0][1], style.words, patient=style.patient)}"
    here = (open_answer.pointer or "").startswith(f"{place.code}/")
    first, *more = wrap(label, label_width)
    role: Role = "strong" if here else "plain" if seen.codes else "unknown" if seen.unknown else "plain"
    target = entry_target(item.lines()[number][0])
    pointer = style.glyphs.pointer if here else " "
    cells = []
    for mark, cell in zip(item.marks, widths, strict=True):
        entry = f"{place.code}/{mark.code}"
        if entry not in item.lines()[number]:
            cells.append(Span(" " * cell))
            continue
        cells += _cell(open_answer, entry, style, cell, several=item.several, unknown=mark.code in seen.unknown_codes)
    lead = Span(f"{pointer} {fill(first, label_width)} ", role)
    return [
        (Span(MARGIN), lead, *cells),
        *((Span(MARGIN), Span(" " * _LEAD + one, role, target)) for one in more),
    ]


def _cell(open_answer: OpenAnswer, entry: str, style: Style, width: int, *, several: bool, unknown: bool) -> list[Span]:
    glyphs, marked = style.glyphs, entry in open_answer.chosen
    sign = glyphs.chosen_some if marked else glyphs.open_some
    if not several:
        sign = glyphs.chosen_one if marked else glyphs.open_one
    if unknown:
        sign = f" {glyphs.unknown} "
    role: Role = "focus" if open_answer.focus == entry else "chosen" if marked else "unknown" if unknown else "plain"
    return [Span(sign, role, entry_target(entry)), Span(" " * (width - _SIGN))]


def _below(
    open_answer: OpenAnswer, item: GridItem, line: tuple[str, ...], style: Style, label_width: int, widths: list[int]
) -> list[Row]:
    """The rest normal; or the marks that nobody looked for."""
    words, here = style.words, open_answer.pointer in line
    pointer = style.glyphs.pointer if here else " "
    if line == (OTHERS,):
        said = words("grid.rest", label=item.label(item.normal or "", words, patient=style.patient))
        key = letter_caps(words)["no"]
        return [
            (
                Span(MARGIN),
                Span(
                    f"{pointer} {key}  {said}", "focus" if open_answer.focus in line else "plain", entry_target(OTHERS)
                ),
            )
        ]
    cells: list[Span] = []
    for mark, cell in zip(item.marks, widths, strict=True):
        entry = f"{COLUMN}/{mark.code}"
        if entry not in line:
            cells.append(Span(" " * cell))
            continue
        passed = item.passed_over(open_answer.chosen, mark.code)
        unknown = bool(passed) and passed <= open_answer.chosen
        cells += _cell(open_answer, entry, style, cell, several=True, unknown=unknown)
    said = cut(words("grid.not_looked_for"), label_width)
    return [(Span(MARGIN), Span(f"{pointer} {fill(said, label_width)} ", "dim"), *cells)]


def _window(blocks: list[list[Row]], open_answer: OpenAnswer, style: Style, height: int) -> list[Row]:
    """As many whole blocks around the pointer as fit, with a remark where there are more above or below."""
    if sum(len(block) for block in blocks) <= height:
        return [line for block in blocks for line in block]
    target = entry_target(open_answer.pointer or "")
    at = next((n for n, block in enumerate(blocks) if any(s.target == target for line in block for s in line)), 0)
    first = last = at
    while True:
        used = sum(len(block) for block in blocks[first : last + 1]) + (first > 0) + (last < len(blocks) - 1)
        grown = (
            [(first, last + 1), (first - 1, last)]
            if at - first >= last - at
            else [(first - 1, last), (first, last + 1)]
        )
        fits = next(((a, b) for a, b in grown if a >= 0 and b < len(blocks) and _used(blocks, a, b) <= height), None)
        if used > height or fits is None:
            break
        first, last = fits
    more, below = style.words, len(blocks) - 1 - last
    return [
        *([row(MARGIN + "  " + more("card.above", count=first), "dim")] if first else []),
        *(line for block in blocks[first : last + 1] for line in block),
        *([row(MARGIN + "  " + more("card.below", count=below), "dim")] if below else []),
    ]


def _used(blocks: list[list[Row]], first: int, last: int) -> int:
    """Rows that blocks take, with the remarks on what is above and below."""
    return sum(len(block) for block in blocks[first : last + 1]) + (first > 0) + (last < len(blocks) - 1)


def moved_over(open_answer: OpenAnswer, item: GridItem, down: int, right: int) -> OpenAnswer:
    """The pointer so many lines down and cells to the right; from the end round to the start of what is below each other."""
    lines = (*item.lines(), *((code,) for code in item.missing_codes))
    at = next((number for number, line in enumerate(lines) if (open_answer.pointer or "") in line), None)
    if at is None:
        return open_answer.pointed(lines[0 if down >= 0 else -1][0])
    line, mark = lines[at], (open_answer.pointer or "").rpartition("/")[2]
    if right:
        place = min(max(line.index(open_answer.pointer or "") + right, 0), len(line) - 1)
        return open_answer.pointed(line[place])
    line = lines[(at + down) % len(lines)]
    return open_answer.pointed(next((entry for entry in line if entry.rpartition("/")[2] == mark), line[0]))
