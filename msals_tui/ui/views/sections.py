"""All sections as rows."""

from msals_tui.interview.progress import section_progress
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Row
from msals_tui.ui.views.frame import choice_rows
from msals_tui.ui.views.question import section_sign


def section_rows(session: Session, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """All sections with their counts, to jump to."""
    rows: list[Row] = [BLANK]
    every = range(1, len(session.interview.questionnaire.sections) + 1)
    opened = [one for number in every if (one := section_progress(session.interview, number)).first is not None]
    for number, one in enumerate(opened, 1):
        sign = section_sign(one.answered, one.asked, one.recheck, glyphs)
        title = one.section.title_patient or one.section.title if session.patient else one.section.title
        label = f"{sign} {title}  {one.answered}/{one.asked}"
        rows += choice_rows(label, str(number), f"item:{one.first}", pointer, width, glyphs)
    return rows
