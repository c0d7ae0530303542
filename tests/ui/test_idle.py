"""Nobody uses the screen: staff's is covered, a patient is asked and then the sitting ends. No clock on the wall counts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from at_screen import Seat, seated
from msals_tui.flow.steps import Notice
from msals_tui.ui.flow.idle import MINUTE, TO_ANSWER
from sittings import CLOCK, GROUP, RULE

ASKED = """
[[item]]
id = "breath"
type = "yes_no"
ask = "Short of breath?"

[[item]]
id = "words"
type = "short_text"
ask = "In their own words?"

[[item]]
id = "years"
type = "number"
unit = "years"
min = 1
max = 120
ask = "For how many years?"
"""
LIMIT = 5 * MINUTE


class Away:
    """Lets time pass by the clock that idleness is told by."""

    def __init__(self, seat: Seat) -> None:
        self._seat, self._now = seat, 1000.0
        self._idle = seat.app.idle
        self._idle._now = lambda: self._now
        self._idle._begin()

    def later(self, seconds: float) -> None:
        """Time passes, and nothing was due meanwhile: the machine slept, or something else happened."""
        self._now += seconds

    async def stays(self, seconds: float) -> Seat:
        """Nobody touches anything for so long; the alarm rings if it is due."""
        self.later(seconds)
        self._idle._rang()
        await self._seat.quiet()
        return self._seat


@asynccontextmanager
async def someone(records: Path, toml: str = ASKED, **options: object) -> AsyncIterator[tuple[Seat, Away]]:
    async with seated(toml, safety=RULE, records=records, **options) as seat:
        yield seat, Away(seat)


def patient(toml: str) -> str:
    return 'voice = "patient"\n' + toml


def is_hidden(seat: Seat) -> None:
    """Nothing of the sitting can be read, and the cursor tells nothing of where it was."""
    assert seat.page in ("LockPage", "StillTherePage")
    for telling in ("Short of breath", "own words", "secret", "how many years", "Attack"):
        assert telling not in seat.grid
    assert seat.cursor == (0, 0)


async def test_after_five_minutes_without_a_key_nothing_can_be_read_until_enter(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("2", "enter")
        await seat.type("secret")
        assert "secret" in seat.grid
        await away.stays(LIMIT - 1)
        assert "secret" in seat.grid
        await away.stays(1)
        is_hidden(seat)
        assert "Hidden for less than a minute" in seat.words
        assert "cover and no password" in seat.words


async def test_a_cat_on_the_keyboard_uncovers_nothing(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("2", "enter")
        await seat.type("secret")
        await away.stays(LIMIT)
        await seat.press("a", "space", "escape", "f9", "f10", "ctrl+q", "r", "f12", "f2", "1", "tab")
        await seat.paste("secret\n")
        await seat.click_at(5, 5)
        is_hidden(seat)
        await seat.press("enter")
        assert seat.page == "QuestionScreen"


async def test_how_long_it_was_hidden_is_said_by_the_minute(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await away.stays(LIMIT)
        await away.stays(MINUTE)
        assert "Hidden for 1 minute." in seat.words
        await away.stays(11 * MINUTE)
        assert "Hidden for 12 minutes." in seat.words


async def test_what_was_half_typed_is_there_as_it_was_and_goes_on_where_it_stood(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("2", "enter")
        await seat.type("abc def")
        await seat.press("left")
        await away.stays(LIMIT)
        await seat.press("enter")
        await seat.type("X")
        await seat.press("enter")
        assert seat.given["words"].text == "abc deXf"  # type: ignore[union-attr]


async def test_a_number_that_was_half_typed_is_no_answer_before_somebody_says_so(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("2", "enter", "f7", "enter")
        assert seat.at == "years"
        await seat.type("4")
        given = seat.given
        await away.stays(LIMIT)
        assert seat.given == given
        await seat.press("enter")
        await seat.type("5")
        await seat.press("enter")
        assert str(getattr(seat.given["years"], "value", "")) == "45"


async def test_the_round_of_a_group_is_covered_too_and_goes_on(tmp_path: Path) -> None:
    async with seated(GROUP, records=tmp_path) as seat:
        away = Away(seat)
        await seat.press("1")
        assert seat.page == "RoundScreen"
        await seat.type("2019")
        await away.stays(LIMIT)
        is_hidden(seat)
        await seat.press("enter")
        assert seat.page == "RoundScreen"
        assert "2019" in seat.grid


async def test_a_note_is_covered_too_and_goes_on(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("f4")
        await seat.type("secret")
        await away.stays(LIMIT)
        is_hidden(seat)
        await seat.press("enter")
        await seat.type(" more")
        await seat.press("f4")
        assert dict(seat.session.interview.notes) == {"breath": "secret more"}


async def test_the_safety_question_is_covered_too_and_is_still_to_be_decided(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("1", "enter")
        assert seat.page == "SafetyPage"
        await away.stays(LIMIT)
        is_hidden(seat)
        await seat.press("1")
        assert not seat.session.decisions
        await seat.press("enter")
        assert seat.page == "SafetyPage"


async def test_what_somebody_covered_by_hand_is_locked_too(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("f9")
        await away.stays(LIMIT)
        await seat.press("a")
        is_hidden(seat)


@pytest.mark.parametrize("use", ["key", "paste", "click"])
async def test_whoever_does_anything_is_not_away(use: str, tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        away.later(LIMIT - 1)
        await {
            "key": lambda: seat.press("down"),
            "paste": lambda: seat.paste("x"),
            "click": lambda: seat.click_at(5, 5),
        }[use]()
        await away.stays(LIMIT - 1)
        assert seat.page == "QuestionScreen"
        await away.stays(1)
        assert seat.page == "LockPage"


async def test_after_uncovering_the_whole_time_runs_again(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await away.stays(LIMIT)
        await away.stays(3 * LIMIT)
        await seat.press("enter")
        await away.stays(LIMIT - 1)
        assert seat.page == "QuestionScreen"
        await away.stays(1)
        assert seat.page == "LockPage"


async def test_the_first_key_on_a_laptop_that_slept_finds_it_covered_and_does_nothing_else(tmp_path: Path) -> None:
    async with someone(tmp_path) as (seat, away):
        await seat.press("2")
        away.later(8 * 60 * MINUTE)
        await seat.press("enter")
        is_hidden(seat)
        assert seat.at == "breath"
        assert not seat.given


async def test_the_minutes_are_those_that_were_chosen(tmp_path: Path) -> None:
    async with someone(tmp_path, lock_after=1) as (seat, away):
        await away.stays(MINUTE - 1)
        assert seat.page == "QuestionScreen"
        await away.stays(1)
        assert "nobody used it for 1 minute." in seat.words


async def test_the_notice_waits_all_day_and_nobody_need_uncover_it(tmp_path: Path) -> None:
    async with seated(ASKED, records=tmp_path, read=False) as seat:
        away = Away(seat)
        for _ in range(20):
            await away.stays(LIMIT)
        assert seat.page == "NoticePage"
        away.later(LIMIT)
        await seat.press("enter")
        assert seat.page == "QuestionScreen"


async def test_no_jump_of_the_clock_on_the_wall_locks_or_keeps_from_locking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(ASKED, records=tmp_path) as seat:
        for jump in (10 * 365 * 86400, -10 * 365 * 86400):
            monkeypatch.setattr("time.time", lambda jump=jump: 1_700_000_000 + jump)
            seat.app.idle.look()
            await seat.quiet()
            assert seat.page == "QuestionScreen"


async def test_a_patient_is_asked_and_any_key_goes_on_as_often_as_it_is_asked(tmp_path: Path) -> None:
    async with someone(tmp_path, patient(ASKED)) as (seat, away):
        await seat.press("2", "enter")
        await seat.type("secret")
        for key in ("a", "enter", "escape", "f10", "up", "space", "1", "f9", "tab", "backspace", "f2", "x"):
            await away.stays(LIMIT)
            is_hidden(seat)
            assert "Are you still there?" in seat.grid
            assert "in 30 seconds" in seat.words
            await away.stays(TO_ANSWER - 1)
            seat.app.screen.draw()  # type: ignore[attr-defined]  # as it does every second
            await seat.quiet()
            assert "in 1 second." in seat.words
            await seat.press(key)
            assert seat.page == "QuestionScreen"
            assert "secret" in seat.grid


async def test_a_patient_may_answer_with_a_click(tmp_path: Path) -> None:
    async with someone(tmp_path, patient(ASKED)) as (seat, away):
        await away.stays(LIMIT)
        await seat.click_at(3, 3)
        assert seat.page == "QuestionScreen"
        assert not seat.given


async def test_a_patient_who_is_gone_leaves_a_draft_for_staff_and_nothing_on_the_screen(tmp_path: Path) -> None:
    async with someone(tmp_path, patient(ASKED)) as (seat, away):
        await seat.press("2", "enter")
        await seat.type("secret")
        await away.stays(LIMIT)
        await away.stays(TO_ANSWER)
        assert seat.app.return_code in (0, None)
        said = seat.app.return_value or ""
        assert "kept for the staff" in said
        assert "\x1b[3J" in said
        assert "secret" not in said
    kept = (tmp_path / "intakes" / CLOCK.id / "journal-1").read_text()
    assert "secret" in kept


async def test_where_nothing_was_answered_the_notice_waits_for_whoever_comes_next(tmp_path: Path) -> None:
    async with someone(tmp_path, patient(ASKED)) as (seat, away):
        seat.app.steps.pages[Notice] = seat.notice  # the real one, which the seat leaves out
        first = seat.session
        await away.stays(LIMIT)
        await away.stays(TO_ANSWER)
        assert seat.page == "NoticePage"
        assert seat.app.session is None
        assert not (tmp_path / "intakes").exists()
        await seat.press("enter")
        assert seat.page == "QuestionScreen"
        assert seat.session is not first
        await seat.press("2", "enter")
        assert seat.app.recording is not None
        assert seat.app.recording.save()
        assert (tmp_path / "intakes" / CLOCK.id).is_dir()


async def test_answers_that_no_disk_takes_are_hidden_and_not_lost(tmp_path: Path) -> None:
    async with someone(tmp_path, patient(ASKED)) as (seat, away):
        (tmp_path / "intakes").write_text("a file where the folder should be")
        await seat.press("2", "enter")
        await away.stays(LIMIT)
        await away.stays(TO_ANSWER)
        is_hidden(seat)
        assert seat.page == "LockPage"
        assert "tell a member of staff" in seat.words
        (tmp_path / "intakes").unlink()
        await seat.press("enter")
        assert "breath" in seat.given
