"""The safety notice, which is painted before anything else is loaded."""

from msals_tui.questionnaire.words import Words
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.layout import page_parts
from msals_tui.ui.drawing.rows import BLANK, Row, wrapped
from msals_tui.ui.views.frame import Key, choice_rows, in_sight, key_rows, title_rows, window

ACCEPT = "accept"
"""The target that says that it was read."""


def notice_title(words: Words, *, patient: bool) -> tuple[str, str, str]:
    """The title line: the program, for patients a word that names no disease, and what this is."""
    return words("app.title_patient" if patient else "app.title"), words("notice.title"), ""


def notice_keys(words: Words) -> tuple[Key, Key]:
    """Enter, and the way out."""
    return Key("Enter", words("key.accept"), "take"), Key("F10", words("key.leave"), "leave")


def notice_rows(
    words: Words, glyphs: Glyphs, width: int, *, patient: bool, clock: str = "", unfinished: int = 0
) -> list[Row]:
    """The safety notice that stands before everything else, with what is said of a wrong clock and what is unfinished."""
    paragraphs = words("notice.text_patient" if patient else "notice.text").split("\n\n")
    rows: list[Row] = [BLANK]
    for number, paragraph in enumerate(paragraphs):
        # The second paragraph says when to stop and get help.
        urgent = number == 1
        margin = f"{glyphs.safety} " if urgent else "  "
        rows += [*wrapped(paragraph, min(width, 92) - 3, "strong" if urgent else "plain", margin=margin), BLANK]
    if clock:
        rows += [*wrapped(clock, min(width, 92) - 3, "error", margin="! "), BLANK]
    if unfinished:
        rows += [
            *wrapped(words.some(unfinished, "resume.unfinished"), min(width, 92) - 3, "strong", margin="  "),
            BLANK,
        ]
    return [*rows, *choice_rows(words("notice.accept"), "1", ACCEPT, ACCEPT, width, glyphs)]


def notice_screen(
    words: Words, glyphs: Glyphs, width: int, height: int, *, patient: bool, clock: str = "", unfinished: int = 0
) -> tuple[list[Row], tuple[int, int]]:
    """The whole screen with its frame, `height` rows, and where the cursor is on it, row and column from 1."""
    body = notice_rows(words, glyphs, width, patient=patient, clock=clock, unfinished=unfinished)
    parts = page_parts(width, height)
    room = parts.body.height
    top, at = in_sight(body, ACCEPT, 0, room)
    shown = window(body, top, room, words, glyphs)
    rows = [*title_rows(*notice_title(words, patient=patient), width, glyphs), *shown, *[BLANK] * (room - len(shown))]
    keys = key_rows(notice_keys(words), width, words, parts.keys.height)
    pointed = parts.body.y + max(0, min((at or 0) - top, room - 1))
    return [*rows, *keys, *[BLANK] * (parts.keys.height - len(keys))], (pointed + 1, 2)
