"""What stands around the card: the title line, the keys, and the column of sections."""

from msals_tui.interview.progress import progress, section_progress
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Row, fill, row, wrapped
from msals_tui.ui.views.frame import Key

ROOM_FOR_LONG_TITLE = 100
"""Columns from which the title line has room for "Section 7 of 12: ..."."""


def question_title(session: Session, item: Item, words: Words, title: str, width: int) -> tuple[str, str, str]:
    """The title line over a question: program, section, and what is still to come."""
    questionnaire = session.interview.questionnaire
    number = questionnaire.section_numbers[item.id]
    section = questionnaire.sections[number - 1]
    name = section.title_patient or section.title if session.patient else section.title
    key = "section.of_short" if width < ROOM_FOR_LONG_TITLE else "section.of"
    middle = words(key, number=number, count=len(questionnaire.sections), title=name)
    to_come = words("sections.to_come", count=progress(session.interview).to_come)
    return title if session.patient else f"{title}  {words('app.draft')}", middle, to_come


def question_keys(session: Session, words: Words, continue_key: Key) -> list[Key]:
    """The keys under a question, most needed first."""
    keys = [
        continue_key,
        Key("Esc", words("key.back"), "back"),
        Key("F1", words("key.help" if session.patient else "key.why"), "why"),
        Key("F10", words("key.save_exit"), "leave"),
        Key("F2", words("key.check"), "check"),
        Key("F3", words("key.sections"), "sections"),
    ]
    if session.content.evidence is not None:
        keys.append(Key("F6", words("key.compare"), "compare"))
    keys += [
        Key("F5", words("key.undo"), "undo"),
        Key("F4", words("key.note"), "note"),
        Key("F9", words("key.hide"), "app.cover"),
    ]
    if session.content.reference is not None:
        keys.append(Key("F12", words("key.reference"), "app.reference"))
    return keys


def section_column(session: Session, words: Words, glyphs: Glyphs, width: int, height: int) -> list[Row]:
    """Sections beside the question, with counts and a legend. Of more than fit, those around the open one."""
    interview = session.interview
    rows: list[Row] = [row(" " + words("sections.title"), "title")]
    legend = wrapped(words("sections.legend", done=glyphs.done, recheck=glyphs.recheck), width - 1, "dim", margin=" ")
    below = [BLANK, row(" " + words("sections.to_come", count=progress(interview).to_come), "dim"), BLANK, *legend]
    count = len(interview.questionnaire.sections)
    shown = range(1, count + 1)
    if len(rows) + count > height:
        room = max(height - len(rows), 1)
        here = interview.questionnaire.section_numbers[interview.position] if interview.position else 1
        start = max(1, min(here - room // 2, count - room + 1))
        shown = range(start, start + room)
    for number in shown:
        one = section_progress(interview, number)
        sign = glyphs.pointer if one.here else section_sign(one.answered, one.asked, one.recheck, glyphs)
        counts = f"{one.answered}/{one.asked}"
        title = one.section.title_patient or one.section.title if session.patient else one.section.title
        text = fill(f" {sign} {number:>2} {title}", width - len(counts) - 2) + " " + counts
        rows.append(row(text, "strong" if one.here else "plain", f"item:{one.first}" if one.first else None))
    return [*rows, *below][:height]


def section_sign(answered: int, asked: int, recheck: int, glyphs: Glyphs) -> str:
    """Done, to be checked again, or neither."""
    return glyphs.recheck if recheck else glyphs.done if answered == asked else " "
