"""How our screens are drawn: in one frame, line by line, and what is seen is what Textual would show."""

import sys
from pathlib import Path

import pytest

from at_screen import seated
from msals_tui.ui.app import MsalsApp
from msals_tui.ui.drawing.layout import FROM_HUGE, FROM_MIDDLE, FROM_WIDE, Place, page_parts, question_parts
from msals_tui.ui.screens.page_base import Page
from pseudo_terminal import msals, running
from sittings import shipped

READ, QUESTION, ENTER, DOWN, F9 = "I have read this", "Urgent signs", "\r", "\x1b[B", "\x1b[20~"
NOT_SURE = "\x1b[18~"


CHOSEN = """
[[item]]
id = "weakness"
type = "yes_no"
[[item]]
id = "after"
type = "yes_no"
"""


async def test_an_arrow_and_an_answer_are_one_frame_each(monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[str] = []
    monkeypatch.setattr(MsalsApp, "post_display_hook", lambda app: frames.append(type(app.screen).__name__))
    async with seated(CHOSEN, size=(120, 40)) as seat:
        frames.clear()
        await seat.press("down")
        assert frames == ["QuestionScreen"]
        await seat.press("1")
        frames.clear()
        await seat.press("enter")
        assert frames == ["QuestionScreen"]


async def test_a_screen_holds_its_parts_and_nothing_of_textuals_own() -> None:
    async with seated(own=shipped(), size=(120, 40), questionnaire="ms_als_intake", read=False) as seat:
        for key in ("enter", "f1"):
            screen = seat.app.screen
            assert all(hasattr(part, "place") for part in screen.walk_children()), screen
            await seat.press(key)
        assert isinstance(seat.app.screen, Page)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 20)])
def test_what_was_drawn_line_by_line_is_what_textual_draws_anew(size: tuple[int, int], tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path, size=size) as terminal:
        terminal.see(READ).press(ENTER, QUESTION)
        for number in range(1, 9):
            before = terminal.text
            terminal.send(DOWN).until(lambda before=before: terminal.text != before, "nothing moved")  # type: ignore[misc]
            terminal.press(NOT_SURE + ENTER, f"Saved {number}")
            seen = terminal.text
            terminal.press(F9, "Press any key").press(ENTER, f"Saved {number}")
            terminal.until(lambda seen=seen: terminal.text == seen, f"it was\n{seen}\nbefore")  # type: ignore[misc]


TITLE_CHANGES = """
import asyncio
from msals_tui.ui.screens.question import QuestionScreen
turns = 0
async def both(self):
    global turns
    self._editor.password = not self._editor.password
    for _ in range(turns):
        await asyncio.sleep(0)
    turns += 1
    self._title.show_title(f"after {turns}", "", "")
QuestionScreen.action_why = both
from msals_tui.cli import main
raise SystemExit(main(["intake"]))
"""
"""F1 shows the field in another way, and changes the title line so many turns of the loop later."""


def test_a_line_that_changes_together_with_the_field_hides_nothing_of_it(tmp_path: Path) -> None:
    with running(sys.executable, "-c", TITLE_CHANGES, home=tmp_path) as terminal:
        terminal.see(READ).press(ENTER, QUESTION).press("7" + ENTER, "Sex recorded").press(
            "1" + ENTER, "Age today"
        ).press("3", "[3 ")
        for turns in range(1, 9):
            terminal.press("\x1bOP", f"after {turns}").see("[\u2022 " if turns % 2 else "[3 ")


# Places


@pytest.mark.parametrize("compares", [True, False])
@pytest.mark.parametrize("height", [1, 3, 4, 5, 8, 24, 60, 100])
@pytest.mark.parametrize("width", [1, 22, FROM_MIDDLE - 1, FROM_MIDDLE, FROM_WIDE - 1, FROM_WIDE, FROM_HUGE, 300])
def test_parts_never_overlap_and_leave_no_cell_out(width: int, height: int, *, compares: bool) -> None:
    question = question_parts(width, height, compares=compares)
    places = (question.title, question.sections, question.card, question.panel, question.strip, question.keys)
    there = [place for place in places if place is not None]
    cells = [cell for place in there for cell in _cells(place, height)]
    assert len(cells) == len(set(cells))
    assert len(cells) == width * height
    assert (question.panel is None and question.strip is None) or compares
    page = page_parts(width, height)
    assert sum(len(_cells(place, height)) for place in (page.title, page.body, page.keys)) == width * height


def _cells(place: Place, height: int) -> list[tuple[int, int]]:
    """The cells of a part that a screen of this height shows."""
    rows = range(place.y, min(place.y + place.height, height))
    return [(x, y) for x in range(place.x, place.x + place.width) for y in rows]
