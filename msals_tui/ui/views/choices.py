"""What can be chosen on a card: options in a list, places on a drawn body, drawn courses."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.kinds.choice import BodyMapItem, CourseItem, Region
from msals_tui.questionnaire.kinds.item import DIGITS
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, clip, cut, width_of, wrap
from msals_tui.ui.views.style import MARGIN, Style

if TYPE_CHECKING:
    from msals_tui.ui.pictures import body_map

THREE_COLUMNS = 75
"""Cells from which course pictures stand in three columns."""
LEAST_FOR_CURVES = 44
"""Columns that course pictures need; below that a small curve stands beside each course's words."""
LEAST_LIST = 16
"""Columns that the list beside the body needs."""


def entry_target(entry: str) -> str:
    """What a click on an entry of the card does."""
    return f"entry:{entry}"


def mark(open_answer: OpenAnswer, entry: str, glyphs: Glyphs) -> str:
    """Whether an entry is chosen, as a sign: one of many, or any of many."""
    chosen = entry in open_answer.chosen
    if open_answer.item.takes_several:
        return glyphs.chosen_some if chosen else glyphs.open_some
    return glyphs.chosen_one if chosen else glyphs.open_one


def entry_rows(open_answer: OpenAnswer, entry: str, key: str, label: str, style: Style, width: int) -> list[Row]:
    """One thing to choose: pointer, mark, key, words; longer words go on below, behind the same indent."""
    glyphs = style.glyphs
    here = open_answer.pointer == entry
    chosen = entry in open_answer.chosen
    role: Role = "focus" if open_answer.focus == entry else "chosen" if chosen else "plain"
    lead = f"{glyphs.pointer if here else ' '} {mark(open_answer, entry, glyphs)} {key:>2}  "
    lines = wrap(label, width - len(lead))
    return [
        (Span(MARGIN), Span((lead if number == 0 else " " * len(lead)) + line, role, entry_target(entry)))
        for number, line in enumerate(lines)
    ]


def option_rows(
    open_answer: OpenAnswer, style: Style, width: int, signs: Mapping[str, str] = MappingProxyType({})
) -> list[Row]:
    """All options, one below the other, with their own sign before their words where there is one."""
    rows: list[Row] = []
    item = open_answer.item
    for number, code in enumerate(item.entries(open_answer.rows), 1):
        label = item.label(code, style.words, patient=style.patient)
        if code in signs:
            label = f"{signs[code]}  {label}"
        rows += entry_rows(open_answer, code, str(number) if number <= DIGITS else "", label, style, width)
    return rows


def body_rows(open_answer: OpenAnswer, item: BodyMapItem, style: Style, width: int, room: int) -> list[Row]:
    """The drawn body with the list of places beside it; without room for the body, the list alone."""
    from msals_tui.ui.pictures import body_map

    size: body_map.Size = "tall" if room >= body_map.extent("tall")[1] + 2 else "short"
    columns, height = body_map.extent(size)
    list_width = width - columns - 2
    if room < height or list_width < LEAST_LIST:
        return _window(option_rows(open_answer, style, width), open_answer, style, max(room - 1, 3))
    regions = {option.code: option.region for option in item.options}
    by_region = {region: code for code, region in regions.items() if region}
    chosen = frozenset(region for code in open_answer.chosen if (region := regions.get(code)))
    words = style.words
    captions = body_map.Captions(words("body_map.back"), words("body_map.right"), words("body_map.left"))
    drawn = body_map.draw(size, style.glyphs.name, chosen, regions.get(open_answer.focus or ""), captions)
    picture: list[Row] = [
        (Span(MARGIN), *(Span(run.text, _run_role(run.state), _run_target(run.region, by_region)) for run in line))
        for line in drawn
    ]
    named = _chosen_row(open_answer, style, list_width)
    places = [*_window(option_rows(open_answer, style, list_width), open_answer, style, height - len(named)), *named]
    return [
        (*line, Span(" "), *(places[number] if number < len(places) else BLANK)) for number, line in enumerate(picture)
    ]


def _chosen_row(open_answer: OpenAnswer, style: Style, width: int) -> list[Row]:
    """What is chosen, in words, since the list may have scrolled past it."""
    if not open_answer.chosen:
        return []
    labels = [
        open_answer.item.label(code, style.words, patient=style.patient)
        for code in open_answer.entries
        if code in open_answer.chosen
    ]
    return [(Span(MARGIN), Span(cut(f"{style.glyphs.done} {', '.join(labels)}", width - 1), "chosen"))]


def _run_role(state: "body_map.State") -> Role:
    """Brackets show the focus, so that a chosen place keeps its filling while the pointer is on it."""
    if state == "focused":
        return "picture-focus"
    return "picture-chosen" if state in ("chosen", "chosen_focused") else "picture"


def _run_target(region: Region | None, by_region: Mapping[Region, str]) -> str | None:
    return entry_target(by_region[region]) if region is not None and region in by_region else None


def _window(rows: Sequence[Row], open_answer: OpenAnswer, style: Style, height: int) -> list[Row]:
    """As many whole entries around the pointer as fit, with a remark where there are more above or below."""
    if len(rows) <= height:
        return list(rows)
    entries = [list(lines) for _, lines in groupby(rows, key=lambda spans: spans[-1].target)]
    target = entry_target(open_answer.pointer) if open_answer.pointer is not None else None
    at = next((number for number, lines in enumerate(entries) if lines[0][-1].target == target), 0)
    first = last = at
    while True:
        shown = sum(len(lines) for lines in entries[first : last + 1])
        room = height - (first > 0) - (last < len(entries) - 1) - shown
        if first > 0 and len(entries[first - 1]) <= room and at - first <= last - at:
            first -= 1
        elif last < len(entries) - 1 and len(entries[last + 1]) <= room:
            last += 1
        elif first > 0 and len(entries[first - 1]) <= room:
            first -= 1
        else:
            break
    above, below = first, len(entries) - 1 - last
    more = style.words
    return [
        *([(Span(MARGIN), Span("  " + more("card.above", count=above), "dim"))] if above else []),
        *(spans for lines in entries[first : last + 1] for spans in lines),
        *([(Span(MARGIN), Span("  " + more("card.below", count=below), "dim"))] if below else []),
    ]


def course_rows(open_answer: OpenAnswer, item: CourseItem, style: Style, width: int, room: int) -> list[Row]:
    """Each course as a curve above its words, in two or three columns; as a list where that does not fit."""
    from msals_tui.ui.pictures import courses

    columns = 3 if width >= THREE_COLUMNS else 2
    cell = width // columns
    cells = [
        [
            *(
                (
                    Span(
                        MARGIN + "   " + line,
                        "chosen" if one.code in open_answer.chosen else "picture",
                        entry_target(one.code),
                    ),
                )
                for line in courses.draw(one.curve, style.glyphs.name)
            ),
            *entry_rows(
                open_answer,
                one.code,
                str(number),
                item.label(one.code, style.words, patient=style.patient),
                style,
                cell - 2,
            ),
        ]
        for number, one in enumerate(item.options, 1)
    ]
    rows: list[Row] = []
    for start in range(0, len(cells), columns):
        line = cells[start : start + columns]
        for y in range(max(len(one) for one in line)):
            spans: list[Span] = []
            for one in line:
                part = clip(one[y], cell) if y < len(one) else BLANK
                spans += [*part, Span(" " * (cell - width_of(part)))]
            rows.append(tuple(spans))
        rows.append(BLANK)
    rows.pop()
    if width >= LEAST_FOR_CURVES and len(rows) <= room:
        return rows
    signs = {one.code: courses.small(one.curve, style.glyphs.name) for one in item.options}
    return option_rows(open_answer, style, width, signs)
