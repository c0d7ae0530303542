"""How our screens are drawn: at once, line by line, and what is seen is what Textual would show."""

from pathlib import Path

import pytest
from textual.screen import Screen

from at_screen import seated
from msals_tui.ui.drawing.layout import FROM_HUGE, FROM_MIDDLE, FROM_WIDE, Place, page_parts, question_parts
from msals_tui.ui.screens.base_screen import BaseScreen
from pseudo_terminal import msals, running
from sittings import shipped

READ, QUESTION, ENTER, DOWN, F9 = "I have read this", "Sex recorded", "\r", "\x1b[B", "\x1b[20~"
NOT_SURE = "\x1b[18~"


async def test_our_screens_are_drawn_when_their_last_message_was_taken_and_by_no_timer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours: list[str] = []
    textuals: list[str] = []
    idle = BaseScreen._on_idle

    async def counting(self: BaseScreen[object], event: object) -> None:
        ours.append(type(self).__name__)
        await idle(self, event)  # type: ignore[arg-type]

    async def timer(self: Screen[object], event: object) -> None:
        if isinstance(self, BaseScreen):
            textuals.append(type(self).__name__)

    monkeypatch.setattr(BaseScreen, "_on_idle", counting)
    monkeypatch.setattr(Screen, "_on_idle", timer)
    async with seated(own=shipped(), size=(120, 40), questionnaire="ms_als_intake", read=False) as seat:
        await seat.press("enter", "1", "enter", "f1", "escape")
    assert {"NoticePage", "QuestionScreen", "WhyPage"} <= set(ours)
    assert textuals == []


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
