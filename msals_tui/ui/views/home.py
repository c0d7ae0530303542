"""The home page as rows."""

from collections.abc import Sequence

from msals_tui.evidence.model import Side
from msals_tui.flow.steps import START
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.words import Words
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Row, row, wrapped
from msals_tui.ui.views.frame import choice_rows


def home_rows(
    questionnaires: Sequence[Questionnaire],
    sides: tuple[Side, Side] | None,
    more: Sequence[tuple[str, str]],
    words: Words,
    glyphs: Glyphs,
    width: int,
    pointer: str | None,
) -> list[Row]:
    """What can be started, the reference of both sides where there is one, and `more`, targets with their labels."""
    rows: list[Row] = [BLANK, row("  " + words("home.title"), "strong"), BLANK]
    for number, one in enumerate(questionnaires, 1):
        rows += choice_rows(
            words("home.intake", title=one.title), str(number), f"{START}{one.id}", pointer, width, glyphs
        )
        count = sum(item.is_question for item in one.items)
        about = words("home.about", items=count, about=one.about)
        rows += [*wrapped(about, min(width, 92) - 2, "dim", margin="       "), BLANK]
    others = list(more)
    if sides is not None:
        others.insert(0, ("reference", words("home.reference", first=sides[0].short, second=sides[1].short)))
    for number, (target, label) in enumerate([*others, ("leave", words("home.leave"))], len(questionnaires) + 1):
        rows += choice_rows(label, str(number), target, pointer, width, glyphs)
    return [*rows, BLANK, *wrapped(words("home.hint"), width - 2, "dim", margin="  ")]
