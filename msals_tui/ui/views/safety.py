"""The safety interruption as rows."""

from msals_tui.questionnaire.words import Words
from msals_tui.safety.rules import Fired
from msals_tui.session.session import DECISIONS, Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Row, fill, row, wrapped
from msals_tui.ui.views.card import question_of
from msals_tui.ui.views.frame import choice_rows

DECIDE = "decide:"
"""One of DECISIONS follows, as the target of a choice."""


def safety_rows(
    session: Session,
    fired: Fired,
    words: Words,
    glyphs: Glyphs,
    width: int,
    pointer: str | None,
    *,
    patient: bool,
    ready: bool,
) -> list[Row]:
    """The interruption: names the answer, never a disease, and asks for a decision.

    `ready` says whether one is taken by now; the line that says so stands there from the start, so that nothing jumps.
    """
    own = "safety_patient" if patient else "safety"
    rule, inner = fired.rule, min(width, 92) - 2
    heading = words("safety_patient.heading") if patient else words(f"safety.level.{rule.level}")
    rows: list[Row] = [
        row(fill(f"  {glyphs.safety * 2} {heading}", width), "safety"),
        BLANK,
        *wrapped(rule.say_patient if patient else rule.say, inner, "strong", margin="  "),
        BLANK,
    ]
    response = session.interview.response
    items = [response.questionnaire.item(one) for one in fired.items]
    shown = [item for item in items if not (patient and item.private)]
    if shown:
        rows.append(row("  " + words(f"{own}.answer"), "title"))
    for item in shown:
        answer = response.answer(item.id)
        said = item.said(answer, words, patient=patient) if answer is not None else ""
        rows += wrapped(f"{question_of(item, patient=patient)} {said}", inner - 2, margin="    ", indent=2)
    if not patient:
        rows += [BLANK, row("  " + words("safety.what_now"), "title"), *wrapped(rule.action, inner - 2, margin="    ")]
    rows += [BLANK, row("  " + words("safety.how_to_choose" if ready else "safety.read_first"), "dim")]
    for choice in DECISIONS:
        rows += choice_rows(words(f"{own}.choice.{choice}"), "", f"{DECIDE}{choice}", pointer, width, glyphs)
    rows += [BLANK, *wrapped(words(f"{own}.required"), inner, "dim", margin="  ")]
    if not patient:
        rows += wrapped(words("safety.not_diagnosis", number=rule.number), inner, "dim", margin="  ")
    return rows
