"""The question card: question, answer options or field, ways not to answer, note, reason. Fits any size.

What is dropped first when there is no room: the reason, blank lines, the hint. Question, options, faults and the ways not to
answer are never dropped; a card that is still too tall follows the pointer.
"""

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.answer import MISSING_KEYS, MissingCode, missing_label
from msals_tui.questionnaire.kinds.item import Doubt, Item
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, cell_len, fill, row, width_of, wrapped
from msals_tui.ui.views.choices import entry_rows, entry_target
from msals_tui.ui.views.kinds import DRAWN
from msals_tui.ui.views.style import LONGEST_LINE, MARGIN, Style, letter_caps

_SAID_ROWS, _LEAST_SAID = 2, 2
"""Rows between question and answers that are kept free for what is said, so that nothing moves when it is; and the rank of
the first of them, which goes last."""
LEAST_MISSING = 1
"""Rows that the ways not to answer take at least."""


class Card(Struct, frozen=True):
    """Rows of a card, and where the field to write in stands (height 0: none)."""

    rows: tuple[Row, ...]
    field_row: int = 0
    field_width: int = 0
    field_height: int = 0


class Block(Struct, frozen=True):
    """Rows that stand together; blocks of a higher `rank` are dropped first, rank 0 never."""

    rows: tuple[Row, ...]
    rank: int = 0


def question_of(item: Item, *, patient: bool) -> str:
    """The question in the words of this reader."""
    return item.ask_patient or item.ask if patient else item.ask


def card(open_answer: OpenAnswer, style: Style, width: int, height: int, *, note: str = "", news: str = "") -> Card:
    """The card of the open question within `width` x `height` cells; `news` says what an earlier answer changed."""
    item = open_answer.item
    inner = min(width - 2 * len(MARGIN), LONGEST_LINE)
    blocks = [*_head(open_answer, style, inner, news), *_said(open_answer, inner)]
    field_at, field_height = -1, 0
    doubt = open_answer.doubt
    if doubt is not None and not doubt.by_letter:
        blocks.append(Block(tuple(_doubt_rows(open_answer, doubt, style, inner))))
    elif item.is_typed:
        room = height - sum(len(block.rows) for block in blocks)
        field_at = len(blocks)
        field_height = max(1, min(6, room - 3)) if item.takes_lines else 1
        blocks.append(Block(tuple(_field_rows(open_answer, inner, field_height))))
        if DRAWN[item.type].says_back:
            meant = open_answer.understood(style.words, style.occasion)
            blocks.append(Block((row(f"{MARGIN} {fill(meant, inner - 1)}", "dim"),), 1))
    else:
        # A picture is worth more than the hint and all blank rows but one, which give way to it.
        needed = sum(len(block.rows) for block in blocks if block.rank <= _LEAST_SAID)
        answers = DRAWN[item.type].rows(open_answer, style, inner, height - needed - LEAST_MISSING)
        blocks.append(Block(tuple(answers)))
    if missing := _missing_block(open_answer, style, inner):
        blocks.append(Block((BLANK,), 4))
        blocks.append(missing)
    if note:
        said = wrapped(f"{style.words('question.note')}: {note}", inner, "dim", margin=MARGIN)[:3]
        blocks += [Block((BLANK,), 4), Block(tuple(said), 1)]
    blocks += _reason(item, style, inner)
    fitted = _fitted(blocks, height, field_at, _pointer_text(open_answer))
    return replace(fitted, field_width=_field_width(item, inner), field_height=field_height)


def _head(open_answer: OpenAnswer, style: Style, width: int, news: str) -> list[Block]:
    """The question, what is said below it, and what an earlier answer changed."""
    question = question_of(open_answer.item, patient=style.patient)
    blocks = [Block(tuple(wrapped(question, width, "strong", margin=MARGIN)))]
    if hint := _hint(open_answer, style):
        blocks.append(Block(tuple(wrapped(hint, width, "dim", margin=MARGIN)), 3))
    if news:
        blocks.append(Block(tuple(wrapped(f"{style.glyphs.recheck} {news}", width, "recheck", margin=MARGIN))))
    return blocks


def _said(open_answer: OpenAnswer, width: int) -> list[Block]:
    """What is asked back by yes or no, what is wrong, or how to answer; as many rows where nothing is said."""
    doubt = open_answer.doubt
    rows = wrapped(doubt.says, width, "strong", margin=MARGIN) if doubt is not None and doubt.by_letter else []
    if open_answer.fault:
        rows += wrapped(f"! {open_answer.fault}", width, "error", margin=MARGIN)
    if open_answer.advice:
        rows += wrapped(open_answer.advice, width, "strong", margin=MARGIN)
    free = (BLANK,) * (_SAID_ROWS - len(rows))
    first = free[:1] if not rows else ()
    return [Block(tuple(rows)), Block(first, _LEAST_SAID), Block(free[len(first) :], 5)]


def _field_width(item: Item, width: int) -> int:
    """Cells between the brackets of a field."""
    return max(min(DRAWN[item.type].field or width, width - 4), 2)


def _field_rows(open_answer: OpenAnswer, width: int, height: int) -> list[Row]:
    """Brackets that show where to write also without colour, and the unit behind a number.

    What is typed is drawn by the field itself, and here only while it is asked about and there is no field.
    """
    item = open_answer.item
    unit = f" {item.unit}" if item.unit else ""
    inside = fill(open_answer.typed if open_answer.doubt is not None else "", _field_width(item, width))
    gap = " " * _field_width(item, width)
    return [
        (
            Span(f"{MARGIN}[", "dim"),
            Span(inside if number == 0 else gap),
            Span("]", "dim"),
            Span(unit if number == 0 else ""),
        )
        for number in range(height)
    ]


def _doubt_rows(open_answer: OpenAnswer, doubt: Doubt, style: Style, width: int) -> list[Row]:
    """A question about what was typed, and the ways to settle it."""
    rows = [*wrapped(doubt.says, width, "strong", margin=MARGIN)]
    for number, way in doubt.numbered.items():
        rows += entry_rows(open_answer, number, number, way.label, style, width)
    return rows


def _fitted(blocks: list[Block], height: int, field_at: int, pointer: str | None) -> Card:
    """Drops blocks until the rest fits, highest rank first; a card still too tall is scrolled to the pointer or the field."""
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
        at = next((y for y, spans in enumerate(rows) if any(s.target == pointer for s in spans if pointer)), None)
        top = at - height // 2 if at is not None else field_row - height + 1
        top = max(0, min(top, len(rows) - height))
        rows = rows[:1] + rows[top + 1 : top + height] if top else rows[:height]
        field_row -= top
    return Card(tuple(rows), field_row)


def _pointer_text(open_answer: OpenAnswer) -> str | None:
    return entry_target(open_answer.pointer) if open_answer.pointer is not None else None


def _hint(open_answer: OpenAnswer, style: Style) -> str:
    item, words = open_answer.item, style.words
    if (doubt := open_answer.doubt) is not None:
        return words("question.doubt_by_letter" if doubt.by_letter else "question.doubt", **letter_caps(words))
    hints = [hint] if (hint := DRAWN[item.type].hint_of(open_answer, style)) else []
    if style.patient and item.help_patient:
        hints.append(item.help_patient)
    if "laboratory" in item.answered_by:
        hints.append(words("question.answered_by_laboratory"))
    elif "examiner" in item.answered_by and "patient" not in item.answered_by:
        hints.append(words("question.answered_by_examiner"))
    return " - ".join(hints)


def _missing_block(open_answer: OpenAnswer, style: Style, width: int) -> Block | None:
    """The ways not to answer, or to settle a doubt by a letter, with their keys; in one row where it is wide enough."""
    words, glyphs, doubt = style.words, style.glyphs, open_answer.doubt
    codes = () if doubt is not None and doubt.by_letter else open_answer.item.missing_codes
    named: list[tuple[str, str, str]] = [
        (code, MISSING_KEYS[code].cap, missing_label(code, words, patient=style.patient)) for code in codes
    ]
    if doubt is not None and doubt.by_letter:
        keys = letter_caps(words).values()
        named = [(at, key, way.label) for key, (at, way) in zip(keys, doubt.numbered.items(), strict=True)]
    if not named:
        return None
    lines: list[list[Span]] = [[Span(MARGIN)]]
    if codes and open_answer.item.has_parts:
        whole = open_answer.missing_entry(codes[0]) == codes[0]
        lines[-1].append(Span(words("grid.whole" if whole else "grid.this_row"), "dim"))
    for one, cap, label in named:
        entry = open_answer.missing_entry(MissingCode(one)) if codes else one
        here, chosen = open_answer.pointer == one, open_answer.missing == one
        text = f"{glyphs.pointer if here else ' '}{glyphs.done if chosen else ' '} {cap} {label}"
        if width_of(tuple(lines[-1])) + cell_len(text) > width and len(lines[-1]) > 1:
            lines.append([Span(MARGIN)])
        role: Role = "focus" if open_answer.focus == one else "chosen" if chosen else "plain"
        lines[-1] += [Span(text, role, entry_target(entry)), Span(" ")]
    return Block(tuple(tuple(line) for line in lines))


def _reason(item: Item, style: Style, width: int) -> list[Block]:
    """Why it is asked and how, for staff, where there is room."""
    if style.patient:
        return []
    words = style.words
    blocks = []
    if item.why and not style.hidden:
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
