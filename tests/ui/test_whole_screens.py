"""A screen is whole from the moment it is made, whatever comes before its question is shown."""

from pathlib import Path

import pytest

from at_screen import Seat, seated
from msals_tui.crash_watch import WATCH
from msals_tui.interview.events import Back, Undo
from msals_tui.questionnaire.kinds.group import GroupItem, Row
from msals_tui.ui.screens.question import QuestionScreen
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.screens.rounds import RoundScreen

TWO = """
[[item]]
id = "falls"
type = "yes_no"

[[item]]
id = "attacks"
type = "group"
row_label = "Attack"
max_rows = 2

[[item.items]]
id = "attack_sight"
type = "yes_no"
"""


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """The faults that the end of the program would say and go on."""
    said: list[BaseException | None] = []
    monkeypatch.setattr(WATCH, "say", said.append)
    return said


async def go_back_from_a_refused_summary(seat: Seat) -> QuestionScreen:
    """A question screen is made where no question is left: the check page stands over it."""
    await seat.press("1", "enter", "2", "enter", "f10", "f10")
    assert seat.page == "NotWrittenPage"
    await seat.press("3")
    return below_the_check_page(seat)


def below_the_check_page(seat: Seat) -> QuestionScreen:
    """The question screen that shows the next question."""
    assert seat.page == "CheckPage"
    below = seat.app.screen_stack[-2]
    assert isinstance(below, QuestionScreen)
    return below


@pytest.fixture
def taken(tmp_path: Path) -> str:
    """The name of a file that is there already, so that no summary is written."""
    (file := tmp_path / "taken.toml").write_text("")
    return str(file)


async def test_after_a_refused_summary_the_screen_may_be_drawn_before_its_question_is_open(taken: str) -> None:
    async with seated(TWO, output=taken) as seat:
        below = await go_back_from_a_refused_summary(seat)
        seat.session.post(Back())  # Esc on the check page; a busy machine draws the screen below before it hears of it
        below.on_screen_resume()
        await seat.press("escape")
        assert seat.page == "QuestionScreen"


async def test_a_finished_record_that_is_taken_up_may_be_drawn_before_a_question_is_open(tmp_path: Path) -> None:
    async with seated(TWO, records=tmp_path) as seat:
        await seat.press("1", "enter", "2", "enter")
        seat.app.ask()  # as a record with nothing open begins
        await seat.quiet()
        below = below_the_check_page(seat)
        seat.session.post(Back())
        below.on_screen_resume()
        assert below.open_answer.item.id == "attacks"


async def test_the_end_at_such_a_moment_finds_no_half_made_screen(
    taken: str, faults: list[BaseException | None]
) -> None:
    async with seated(TWO, output=taken) as seat:
        await go_back_from_a_refused_summary(seat)
        before = seat.given
        seat.session.post(Back())
        seat.app.keep_open_answers()
        assert faults == []
        assert seat.given == before


async def test_the_end_keeps_no_answer_that_was_just_taken_back_on_the_check_page(
    faults: list[BaseException | None],
) -> None:
    async with seated(TWO) as seat:
        await seat.press("1", "enter", "2", "enter")
        seat.session.post(Undo())  # F5 on the check page
        assert "attacks" not in seat.given
        seat.app.keep_open_answers()
        assert "attacks" not in seat.given
        assert faults == []


async def test_the_end_before_a_screen_was_mounted_finds_it_whole() -> None:
    async with seated(TWO) as seat:
        group = seat.session.interview.response.questionnaire.item("attacks")
        assert isinstance(group, GroupItem)
        made: list[QuestionBase[str] | QuestionBase[Row]] = [
            QuestionScreen(seat.app.setting, seat.session),
            RoundScreen(seat.app.setting, seat.session, group, 1, Row(())),
        ]
        for screen in made:
            screen.keep_open_answer(ended=True)
        assert seat.given == {}
