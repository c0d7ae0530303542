"""The rounds of a repeating group: a table, the time line, and what can be done."""

from typing import TYPE_CHECKING, get_args

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import ADD, DONE, GroupItem, RowItem, Rows
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, fill
from msals_tui.ui.views.choices import entry_rows, entry_target
from msals_tui.ui.views.style import MARGIN, Style

if TYPE_CHECKING:
    from msals_tui.ui.pictures import time_line

ROOM_FOR_TIME_LINE = 9
"""Rows that the time line and what can be done take together."""
LEAST_COLUMN = 6
"""Cells below which a column of the table says nothing."""


def rounds_rows(open_answer: OpenAnswer, item: GroupItem, style: Style, width: int, room: int) -> list[Row]:
    """A line a round, the time line where there is room, and add or no more."""
    words, rounds = style.words, open_answer.rows
    label = item.row_name(patient=style.patient)
    rows = _table(open_answer, item, style, width)
    if not rows:
        rows.append((Span(MARGIN), Span("  " + words("group.empty"), "dim")))
    elif room >= len(rows) + ROOM_FOR_TIME_LINE and (line := time_line_rows(item, rounds, style, width - 2)):
        rows += [BLANK, *line]
    rows.append(BLANK)
    add = words("group.add") if rounds.rows else words("group.add_first", label=label.lower())
    rows += entry_rows(open_answer, ADD, "1", add, style, width)
    return rows + entry_rows(open_answer, DONE, "2", words("group.done" if rounds.rows else "group.none"), style, width)


def _table(open_answer: OpenAnswer, item: GroupItem, style: Style, width: int) -> list[Row]:
    """Rounds in columns, one a question; the widest column gives way first, and each cell is cut by itself."""
    told = [item.cells(one, style.words, patient=style.patient) for one in open_answer.rows.rows]
    if not told:
        return []
    label, room = item.row_name(patient=style.patient), width - 2
    cells = [[f"{label} {number}", *texts] for number, texts in enumerate(told, 1)]
    if _taken(_widths(cells)) > room:
        cells = [[str(number), *texts] for number, texts in enumerate(told, 1)]
    widths = _widths(cells)
    while _taken(widths) > room and max(widths) > LEAST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    rows: list[Row] = []
    for number, texts in enumerate(cells):
        here = open_answer.pointer == str(number)
        role: Role = "focus" if here else "plain"
        line = "  ".join(fill(text, space) for text, space in zip(texts, widths, strict=True))
        sign = style.glyphs.pointer if here else " "
        rows.append((Span(MARGIN), Span(f"{sign} {line}", role, entry_target(str(number)))))
    return rows


def _widths(cells: list[list[str]]) -> list[int]:
    """The longest text of each column."""
    return [max(len(text) for text in column) for column in zip(*cells, strict=True)]


def _taken(widths: list[int]) -> int:
    """Cells that columns take together, with the gaps between them."""
    return sum(widths) + 2 * len(widths)


def time_line_rows(item: GroupItem, rounds: Rows, style: Style, width: int) -> list[Row]:
    """Rounds on a time line, where the group says which of its questions is the date."""
    keys = item.time_line
    if keys is None or not rounds.rows:
        return []
    from msals_tui.ui.pictures import time_line

    inner = {one.id: one for one in item.items}
    episodes = []
    for one in rounds.rows:
        when, what = one.get(keys.when), one.get(keys.label)
        label = inner[keys.label].said(what, style.words, patient=style.patient) if what is not None else ""
        recovered = _recovered(inner[keys.recovery], one.get(keys.recovery))
        # Each told on another day counts from that day.
        told = when.counted_from(style.occasion.intake) if isinstance(when, PartialDate) else None
        episodes.append(time_line.Episode(told, label, recovered))
    words = style.words
    captions = time_line.Captions(
        today=words("time_line.today"),
        undated=words("group.not_known"),
        left_out=words("time_line.left_out"),
        roughly=words("time_line.roughly"),
        recovered=(
            words("time_line.full"),
            words("time_line.most"),
            words("time_line.some"),
            words("time_line.none"),
            words("time_line.not_known"),
        ),
    )
    lines = time_line.draw(episodes, style.today, width, style.glyphs.name, captions)
    return [(Span(MARGIN), Span(line, "picture")) for line in lines]


def _recovered(item: RowItem, answer: Answer | None) -> "time_line.Recovered | None":
    """How much came back, by the place of the chosen option: all, most, some, none; later options say nothing."""
    from msals_tui.ui.pictures import time_line

    codes = [option.code for option in item.options]
    if not isinstance(answer, Choice) or answer.codes[0] not in codes:
        return None
    return dict(enumerate(get_args(time_line.Recovered))).get(codes.index(answer.codes[0]))
