"""Why a question is asked, as rows."""

from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words
from msals_tui.report.source_line import source_line
from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import BLANK, Row, row, wrapped
from msals_tui.ui.views.card import question_of
from msals_tui.ui.views.style import letter_caps


def _keys(words: Words, width: int) -> list[Row]:
    """The keys that no key bar has room for."""
    rows = [BLANK, row("  " + words("question.more_keys"), "title")]
    for line in words("question.keys", **letter_caps(words)).splitlines():
        rows += wrapped(line, width - 2, margin="    ", indent=2)
    return rows


def why_rows(session: Session, item: Item, words: Words, width: int) -> list[Row]:
    """Why a question is asked, how to ask it, what the answer would mean, and where that comes from."""
    inner = min(width, 100) - 2
    rows: list[Row] = [BLANK, *wrapped(question_of(item, patient=session.patient), inner, "strong", margin="  ")]

    def part(title: str, text: str) -> None:
        if text:
            rows.extend([BLANK, row("  " + words(title), "title"), *wrapped(text, inner - 2, margin="    ")])

    if session.patient:
        part("question.help", item.help_patient or words("question.no_help"))
        return rows
    if session.hidden:
        rows += [BLANK, *wrapped(words("veil.why"), inner - 2, "dim", margin="  ")]
    else:
        part("question.why", item.why)
    part("question.how", item.help)
    part("question.patient_words", item.ask_patient or "")
    rows += _keys(words, inner)
    if session.hidden:  # what was read about a question says where its answers lead, too
        return rows
    meanings = session.meanings(item, words)
    if meanings:
        rows += [BLANK, row("  " + words("question.means"), "title")]
        for meaning in meanings:
            rows += wrapped(meaning, inner - 2, margin="    ", indent=2)
    known = [session.sources[one] for one in item.sources if one in session.sources]
    if known:
        rows += [BLANK, row("  " + words("question.sources"), "title")]
        for source in known:
            rows += wrapped(source_line(source, words), inner - 2, "dim", margin="    ", indent=2)
    return rows
