"""A screen is whole from the moment it is made, whatever comes before its question is shown."""

from pathlib import Path

import pytest

from at_screen import Seat, seated
from msals_tui.crash_watch import WATCH
from msals_tui.interview.events import Back, Undo
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import GroupItem, Row
from msals_tui.ui.screens.question import QuestionScreen
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.screens.rounds import RoundScreen
from sittings import RULE

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


BREATH = """
[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "after"
type = "yes_no"
"""


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """The faults that the end of the program would say and go on."""
    said: list[BaseException | None] = []
    monkeypatch.setattr(WATCH, "say", said.append)
    return said


async def go_back_from_a_refused_summary(seat: Seat) -> None:
    """No question is left: the check page stands alone."""
    await seat.press("1", "enter", "2", "enter", "f10", "f10")
    assert seat.page == "NotWrittenPage"
    await seat.press("3")
    assert seat.page == "CheckPage"
    assert not any(isinstance(one, QuestionScreen) for one in seat.app.screen_stack)


@pytest.fixture
def taken(tmp_path: Path) -> str:
    """The name of a file that is there already, so that no summary is written."""
    (file := tmp_path / "taken.toml").write_text("")
    return str(file)


async def test_after_a_refused_summary_a_question_is_opened_whole(taken: str) -> None:
    async with seated(TWO, output=taken) as seat:
        await go_back_from_a_refused_summary(seat)
        await seat.press("escape")
        assert seat.page == "QuestionScreen"
        assert seat.at == "attacks"


async def test_a_finished_record_that_is_taken_up_opens_a_question_whole(tmp_path: Path) -> None:
    async with seated(TWO, records=tmp_path) as seat:
        await seat.press("1", "enter", "2", "enter", "escape", "f10", "1")
        assert seat.app.recording is not None
        seat.app.recording.close()
    async with seated(TWO, records=tmp_path) as seat:
        assert seat.page == "MenuPage"
        await seat.press("2")
        assert seat.page == "CheckPage"
        await seat.press("up", "enter")
        assert seat.page == "QuestionScreen"
        assert seat.at == "falls"


async def test_the_end_at_such_a_moment_finds_no_half_made_screen(
    taken: str, faults: list[BaseException | None]
) -> None:
    async with seated(TWO, output=taken) as seat:
        await go_back_from_a_refused_summary(seat)
        before = seat.given
        seat.session.post(Back())  # Esc, of which the screens did not hear yet
        seat.app.keep_open_answers()
        assert faults == []
        assert seat.given == before


async def test_the_end_at_a_safety_page_keeps_no_answer_that_undo_took_back(faults: list[BaseException | None]) -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("1", "enter")
        await seat.decide("told")
        await seat.press("escape", "2")
        seat.app.keep_open_answers()
        assert seat.given["breath"] == Choice(("no",))
        await seat.press("f5")
        assert seat.page == "SafetyPage"
        seat.app.keep_open_answers()
        assert seat.given["breath"] == Choice(("yes",))
        assert faults == []


async def test_no_question_screen_is_made_where_no_question_is_open() -> None:
    async with seated(TWO) as seat:
        await seat.press("1", "enter", "2", "enter")
        assert seat.page == "CheckPage"
        with pytest.raises(LookupError):
            QuestionScreen(seat.app.setting, seat.session, seat.app.steps.take, seat.app.flow.keep)


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
        made: list[QuestionBase[None] | QuestionBase[Row]] = [
            QuestionScreen(seat.app.setting, seat.session, seat.app.steps.take, seat.app.flow.keep),
            RoundScreen(seat.app.setting, seat.session, group, 1, Row(())),
        ]
        for screen in made:
            screen.keep_open_answer(ended=True)
        assert seat.given == {}
