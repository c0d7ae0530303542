"""The question card: question, answer options or field, ways not to answer, note, reason. Fits any size.

What is dropped first when there is no room: the reason, blank lines, the hint, then separate lines for the ways not to
answer. Question, options and faults are never dropped; a card that is still too tall follows the pointer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from msals_tui.questionnaire.answer import Answer, Choice, PartialDate, Rows
from msals_tui.questionnaire.answer_types import describe, missing_codes, option_label, takes_several
from msals_tui.questionnaire.model import (
    BodyMapItem,
    CourseItem,
    DateItem,
    GroupItem,
    Item,
    NumberItem,
    Region,
    RowItem,
    StatementItem,
    options_of,
)  # fmt: skip
from msals_tui.questionnaire.words import Words
from msals_tui.ui.draft import ADD, DONE, MISSING_KEYS, Draft
from msals_tui.ui.glyphs import Glyphs
from msals_tui.ui.pictures import body_map, courses, time_line
from msals_tui.ui.rows import BLANK, Role, Row, Span, clip, cut, row, width_of, wrap, wrapped

MARGIN = " "
THREE_COLUMNS = 75
"""Cells from which course pictures stand in three columns."""
LEAST_FOR_CURVES = (44, 17)
"""Columns and rows that course pictures need; below that their words alone are listed."""
LEAST_LIST = 16
"""Columns that the list beside the body needs."""
DIGITS = 7
"""Options that have a digit of their own; 8, 9 and 0 are the ways not to answer."""
LONGEST_LINE = 96
"""Cells beyond which a line of text is hard to read."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a card is shown: in which words, signs and voice."""

    words: Words
    glyphs: Glyphs
    patient: bool
    today: date


@dataclass(frozen=True, slots=True)
class Card:
    """Rows of a card, and where the field to write in stands (height 0: none)."""

    rows: tuple[Row, ...]
    field_row: int = 0
    field_width: int = 0
    field_height: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that stand together; blocks of a higher `rank` are dropped first, rank 0 never."""

    rows: tuple[Row, ...]
    rank: int = 0


def question_of(item: Item | RowItem, *, patient: bool) -> str:
    """The question in the words of this reader."""
    return item.ask_patient or item.ask if patient else item.ask


def card(draft: Draft, style: Style, width: int, height: int, *, note: str = "", news: str = "") -> Card:
    """The card of the open question within `width` x `height` cells; `news` says what an earlier answer changed."""
    item, words = draft.item, style.words
    inner = min(width - 2 * len(MARGIN), LONGEST_LINE)
    blocks = [Block(tuple(wrapped(question_of(item, patient=style.patient), inner, "strong", margin=MARGIN)))]
    if hint := _hint(draft, style):
        blocks.append(Block(tuple(wrapped(hint, inner, "dim", margin=MARGIN)), 2))
    if news:
        blocks.append(Block(tuple(wrapped(f"{style.glyphs.recheck} {news}", inner, "recheck", margin=MARGIN))))
    if draft.fault:
        blocks.append(Block(tuple(wrapped(f"! {draft.fault}", inner, "error", margin=MARGIN))))
    blocks.append(Block((BLANK,), 3))
    fixed = sum(len(block.rows) for block in blocks)
    field_at, field_height = -1, 0
    room = height - fixed
    if draft.is_typed:
        field_at = len(blocks)
        field_height = max(1, min(6, room - 3)) if getattr(item, "type", "") == "long_text" else 1
        blocks.append(Block(tuple(_field_rows(item, inner, field_height))))
    else:
        blocks += _answers(draft, style, inner, room)
    if missing := _missing_block(draft, style, inner, compact=room < _needed(draft, inner) + 6):
        blocks.append(Block((BLANK,), 4))
        blocks.append(missing)
    if note:
        blocks.append(Block((BLANK,), 4))
        blocks.append(Block(tuple(wrapped(f"{words('question.note')}: {note}", inner, "dim", margin=MARGIN)[:3]), 5))
    blocks += _reason(item, style, inner)
    fitted = _fitted(blocks, height, field_at, _pointer_text(draft))
    return replace(fitted, field_width=_field_width(item, inner), field_height=field_height)


def _field_width(item: Item | RowItem, width: int) -> int:
    """Cells between the brackets of a field."""
    wanted = 16 if isinstance(item, NumberItem) else 34 if isinstance(item, DateItem) else width
    return max(min(wanted, width - 4), 2)


def _field_rows(item: Item | RowItem, width: int, height: int) -> list[Row]:
    """Brackets that show where to write also without colour, and the unit behind a number."""
    unit = f" {item.unit}" if isinstance(item, NumberItem) else ""
    gap = " " * _field_width(item, width)
    return [(Span(f"{MARGIN}[{gap}]", "dim"), Span(unit if number == 0 else "")) for number in range(height)]


def _fitted(blocks: list[Block], height: int, field_at: int, pointer: str | None) -> Card:
    """Drops blocks until the rest fits, highest rank first; a card still too tall is scrolled to the pointer."""
    kept = list(enumerate(blocks))
    for rank in range(9, 0, -1):
        if sum(len(block.rows) for _, block in kept) <= height:
            break
        kept = [(number, block) for number, block in kept if block.rank != rank]
    rows: list[Row] = []
    field_row = 0
    for number, block in kept:
        if number == field_at:
            field_row = len(rows)
        rows += block.rows
    if len(rows) > height > 0:
        at = next((y for y, spans in enumerate(rows) if any(s.target == pointer for s in spans if pointer)), 0)
        top = max(0, min(at - height // 2, len(rows) - height))
        rows = rows[:1] + rows[top + 1 : top + height] if top else rows[:height]
    return Card(tuple(rows), field_row)


def _pointer_text(draft: Draft) -> str | None:
    return f"entry:{draft.pointer}" if draft.pointer is not None else None


def _hint(draft: Draft, style: Style) -> str:
    item, words = draft.item, style.words
    hints = []
    if isinstance(item, StatementItem):
        hints.append(words("question.read_only"))
    elif takes_several(item):
        hints.append(words("question.choose_several"))
    elif isinstance(item, NumberItem):
        hints.append(words("question.range", low=f"{item.min:f}", high=f"{item.max:f}", unit=item.unit))
    elif isinstance(item, CourseItem):
        hints.append(words("question.course"))
    elif isinstance(item, DateItem):
        hints.append(words("question.date_forms"))
    if style.patient and item.help_patient:
        hints.append(item.help_patient)
    if "laboratory" in item.answered_by:
        hints.append(words("question.answered_by_laboratory"))
    elif "examiner" in item.answered_by and "patient" not in item.answered_by:
        hints.append(words("question.answered_by_examiner"))
    return " - ".join(hints)


def _answers(draft: Draft, style: Style, width: int, room: int) -> list[Block]:
    match draft.item:
        case StatementItem():
            return []
        case GroupItem():
            return [Block(tuple(_rounds(draft, draft.item, style, width, room)))]
        case BodyMapItem():
            return [Block(tuple(_body(draft, draft.item, style, width, room)))]
        case CourseItem() if width >= LEAST_FOR_CURVES[0] and room >= LEAST_FOR_CURVES[1]:
            return [Block(tuple(_courses(draft, draft.item, style, width)))]
        case _:
            return [Block(tuple(_options(draft, style, width)))]


def _needed(draft: Draft, width: int) -> int:
    """Rows that the answers take when options are listed one below the other."""
    if isinstance(draft.item, BodyMapItem):
        return body_map.extent("tall")[1]
    if isinstance(draft.item, CourseItem):
        return 6 * -(-len(draft.item.options) // (3 if width >= THREE_COLUMNS else 2))
    return len(draft.entries) if not draft.is_typed else 6


def _mark(draft: Draft, entry: str, glyphs: Glyphs) -> str:
    chosen = entry in draft.chosen or entry == draft.missing
    if takes_several(draft.item) and entry not in missing_codes(draft.item):
        return glyphs.chosen_some if chosen else glyphs.open_some
    return glyphs.chosen_one if chosen else glyphs.open_one


def entry_rows(draft: Draft, entry: str, key: str, label: str, style: Style, width: int) -> list[Row]:
    """One thing to choose: pointer, mark, key, words; longer words go on below, behind the same indent."""
    glyphs = style.glyphs
    here = draft.pointer == entry
    chosen = entry in draft.chosen or entry == draft.missing
    role: Role = "focus" if here else "chosen" if chosen else "plain"
    lead = f"{glyphs.pointer if here else ' '} {_mark(draft, entry, glyphs)} {key:>2}  "
    lines = wrap(label, width - len(lead))
    target = f"entry:{entry}"
    return [
        (Span(MARGIN), Span((lead if number == 0 else " " * len(lead)) + line, role, target))
        for number, line in enumerate(lines)
    ]


def _options(draft: Draft, style: Style, width: int) -> list[Row]:
    rows: list[Row] = []
    item = draft.item
    missing = missing_codes(item)
    for number, code in enumerate((entry for entry in draft.entries if entry not in missing), 1):
        label = option_label(item, code, style.words, patient=style.patient)
        rows += entry_rows(draft, code, str(number) if number <= DIGITS else "", label, style, width)
    return rows


def _missing_block(draft: Draft, style: Style, width: int, *, compact: bool) -> Block | None:
    item = draft.item
    if isinstance(item, StatementItem):
        return None
    table = "missing_patient" if style.patient else "missing"
    keys = {code: key for key, code in MISSING_KEYS.items()}
    codes = missing_codes(item)
    typed_keys = {"8": "F7", "9": "F8", "0": "^D", "p": "^P"} if draft.is_typed else {}
    named = [(code, typed_keys.get(keys[code], keys[code]), style.words(f"{table}.{code}")) for code in codes]
    if not compact:
        return Block(tuple(r for code, key, label in named for r in entry_rows(draft, code, key, label, style, width)))
    lines: list[list[Span]] = [[Span(MARGIN)]]
    for code, key, label in named:
        here, chosen = draft.pointer == code, draft.missing == code
        sign = style.glyphs.pointer if here else style.glyphs.done if chosen else " "
        text = f"{sign}{key} {label}"
        if width_of(tuple(lines[-1])) + len(text) + 2 > width and len(lines[-1]) > 1:
            lines.append([Span(MARGIN)])
        lines[-1] += [Span(text, "focus" if here else "chosen" if chosen else "plain", f"entry:{code}"), Span("  ")]
    return Block(tuple(tuple(line) for line in lines))


def _body(draft: Draft, item: BodyMapItem, style: Style, width: int, room: int) -> list[Row]:
    """The drawn body with the list of places beside it; without room for the body, the list alone."""
    size: body_map.Size = "tall" if room >= body_map.extent("tall")[1] + 2 else "short"
    columns, height = body_map.extent(size)
    list_width = width - columns - 2
    if room < height or list_width < LEAST_LIST:
        return _window(_options(draft, style, width), draft, max(room - 1, 3))
    regions = {option.code: option.region for option in item.options}
    by_region = {region: code for code, region in regions.items() if region}
    chosen = frozenset(region for code in draft.chosen if (region := regions.get(code)))
    drawn = body_map.draw(size, style.glyphs.name, chosen, regions.get(draft.pointer or ""))
    picture: list[Row] = [
        (Span(MARGIN), *(Span(run.text, _run_role(run.state), _run_target(run.region, by_region)) for run in line))
        for line in drawn
    ]
    places = _window(_options(draft, style, list_width), draft, height)
    return [
        (*line, Span(" "), *(places[number] if number < len(places) else BLANK)) for number, line in enumerate(picture)
    ]


def _run_role(state: body_map.State) -> Role:
    if state in ("focused", "chosen_focused"):
        return "picture-focus"
    return "picture-chosen" if state == "chosen" else "picture"


def _run_target(region: Region | None, by_region: Mapping[Region, str]) -> str | None:
    return f"entry:{by_region[region]}" if region is not None and region in by_region else None


def _window(rows: list[Row], draft: Draft, height: int) -> list[Row]:
    """So many rows around the pointer, with signs that there is more."""
    if len(rows) <= height:
        return rows
    target = _pointer_text(draft)
    at = next((y for y, spans in enumerate(rows) if any(span.target == target for span in spans if target)), 0)
    top = max(0, min(at - height // 2, len(rows) - height))
    return rows[top : top + height]


def _courses(draft: Draft, item: CourseItem, style: Style, width: int) -> list[Row]:
    """Each course as a curve above its words, in two or three columns."""
    columns = 3 if width >= THREE_COLUMNS else 2
    cell = width // columns
    cells = [
        [
            *(
                (Span(MARGIN + "   " + line, "focus" if draft.pointer == one.code else "picture", f"entry:{one.code}"),)
                for line in courses.draw(one.curve, style.glyphs.name)
            ),
            *_course_words(draft, one.code, number, style, cell),
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
    return rows


def _course_words(draft: Draft, code: str, number: int, style: Style, cell: int) -> list[Row]:
    label = option_label(draft.item, code, style.words, patient=style.patient)
    return entry_rows(draft, code, str(number), label, style, cell - 2)[:3]


def _rounds(draft: Draft, item: GroupItem, style: Style, width: int, room: int) -> list[Row]:
    """The table of a repeating group, its time line when it holds a date, and what can be done."""
    words, glyphs = style.words, style.glyphs
    rows: list[Row] = []
    label = item.row_label_patient or item.row_label if style.patient else item.row_label
    for number, one in enumerate(draft.rows.rows):
        entry = str(number)
        said = "; ".join(
            describe(inner, answer, words, patient=style.patient)
            for inner in item.items
            if (answer := one.get(inner.id)) is not None
        )
        here = draft.pointer == entry
        text = f"{glyphs.pointer if here else ' '} {label} {number + 1}: {said or words('group.empty')}"
        rows.append((Span(MARGIN), Span(cut(text, width), "focus" if here else "plain", f"entry:{entry}")))
    if not draft.rows.rows:
        rows.append((Span(MARGIN), Span("  " + words("group.empty"), "dim")))
    elif room >= len(rows) + 9 and (line := time_line_rows(item, draft.rows, style, width - 2)):
        rows += [BLANK, *line]
    rows.append(BLANK)
    add = words("group.add") if draft.rows.rows else words("group.add_first", label=label.lower())
    rows += entry_rows(draft, ADD, "1", add, style, width)
    rows += entry_rows(draft, DONE, "2", words("group.done") if draft.rows.rows else words("group.none"), style, width)
    return rows


def time_line_rows(item: GroupItem, rounds: Rows, style: Style, width: int) -> list[Row]:
    """Rounds on a time line, where the group says which of its questions is the date."""
    keys = item.time_line
    if keys is None or not rounds.rows:
        return []
    inner = {one.id: one for one in item.items}
    episodes = []
    for one in rounds.rows:
        when, what = one.get(keys.when), one.get(keys.label)
        label = describe(inner[keys.label], what, style.words, patient=style.patient) if what is not None else ""
        recovered = _recovered(inner[keys.recovery], one.get(keys.recovery))
        episodes.append(time_line.Episode(when if isinstance(when, PartialDate) else None, label, recovered))
    words = style.words
    captions = time_line.Captions(
        today=words("time_line.today"),
        undated=words("group.not_known"),
        left_out=words("time_line.left_out"),
        recovered=tuple(words(f"time_line.{name}") for name in ("full", "most", "some", "none", "not_known")),  # type: ignore[arg-type]
    )
    lines = time_line.draw(episodes, style.today, width, style.glyphs.name, captions)
    return [(Span(MARGIN), Span(line, "picture")) for line in lines]


def _recovered(item: RowItem, answer: Answer | None) -> time_line.Recovered | None:
    """How much came back, by the place of the chosen option: all, most, some, none; later options say nothing."""
    codes = [option.code for option in options_of(item)]
    if not isinstance(answer, Choice) or answer.codes[0] not in codes:
        return None
    return dict(enumerate(get_args(time_line.Recovered))).get(codes.index(answer.codes[0]))


def _reason(item: Item | RowItem, style: Style, width: int) -> list[Block]:
    """Why it is asked and how, for staff, where there is room."""
    if style.patient:
        return []
    words = style.words
    blocks = []
    if item.why:
        text = [row(MARGIN + words("question.why"), "title"), *wrapped(item.why, width, "dim", margin=MARGIN)]
        blocks.append(Block((BLANK, *text), 7))
    if item.help:
        text = [row(MARGIN + words("question.how"), "title"), *wrapped(item.help, width, "dim", margin=MARGIN)]
        blocks.append(Block((BLANK, *text), 8))
    if item.ask_patient:
        text = [
            row(MARGIN + words("question.patient_words"), "title"),
            *wrapped(item.ask_patient, width, "dim", margin=MARGIN),
        ]
        blocks.append(Block((BLANK, *text), 6))
    return blocks
