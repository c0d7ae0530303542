"""Dates at the screen: what was understood is said below the field, two that fit are asked, and a wrong clock is no wall."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from at_screen import Seat, seated
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.group import Rows
from sittings import CLOCK, GROUP

WHEN = """
[[item]]
id = "begin"
type = "date"
[[item]]
id = "after"
type = "yes_no"
"""


async def test_what_was_understood_is_said_below_the_field_while_it_is_typed_and_nothing_moves() -> None:
    async with seated(WHEN) as seat:
        ways = seat.row("Not sure")
        await seat.type("summer before last")
        assert seat.row("summer 2024, about 19 months ago") == seat.row("[summer before last") + 1
        assert seat.row("Not sure") == ways
        await seat.type(" and")
        assert "19 months ago" not in seat.grid
        assert seat.row("Not sure") == ways


async def test_an_answer_that_is_there_says_what_it_means() -> None:
    async with seated(WHEN) as seat:
        await seat.type("8 months ago")
        await seat.press("enter", "escape")
        assert seat.line("about 8 months ago, about July 2025")


async def ask_which(seat: Seat) -> None:
    """A date of which day and month can be either."""
    await seat.type("03/04/2019")
    assert seat.line("3 April 2019, or 4 March 2019?")
    await seat.press("enter")
    assert "can be read in more than one way" in seat.words
    assert "begin" not in seat.given


@pytest.mark.parametrize(
    ("keys", "date"),
    [(("1", "enter"), "2019-04-03"), (("2", "enter"), "2019-03-04"), (("down", "enter"), "2019-04-03")],
)
async def test_of_two_orders_that_fit_the_one_that_is_chosen_counts(keys: tuple[str, ...], date: str) -> None:
    async with seated(WHEN) as seat:
        await ask_which(seat)
        await seat.press(*keys)
        assert seat.given == {"begin": PartialDate(date)}
        assert seat.at == "after"
        await seat.press("escape")
        assert seat.line("[3 April 2019" if date == "2019-04-03" else "[4 March 2019")


async def test_enter_alone_chooses_neither_and_escape_goes_back_to_what_was_typed() -> None:
    async with seated(WHEN) as seat:
        await ask_which(seat)
        await seat.press("enter")
        assert "Choose one of these first" in seat.words
        await seat.press("escape")
        assert seat.line("[03/04/2019")
        await seat.press("backspace", "backspace", "backspace", "backspace")
        await seat.type("April")
        assert seat.given == {}


async def test_a_click_chooses_between_the_two() -> None:
    async with seated(WHEN) as seat:
        await ask_which(seat)
        await seat.click("4 March 2019")
        await seat.press("enter")
        assert seat.given == {"begin": PartialDate("2019-03-04")}


async def test_a_way_not_to_answer_settles_a_doubt_too() -> None:
    async with seated(WHEN) as seat:
        await ask_which(seat)
        await seat.press("f7", "enter")
        assert seat.at == "after"


async def test_what_was_typed_is_there_again_when_the_doubt_was_left_open() -> None:
    async with seated(WHEN) as seat:
        await ask_which(seat)
        await seat.press("f2", "escape")
        assert seat.given == {}
        assert seat.line("[03/04/2019")


async def test_two_orders_are_asked_within_a_round_too() -> None:
    async with seated(GROUP) as seat:
        await seat.press("1", "enter")
        await seat.type("03/04/2019")
        await seat.press("enter", "2", "enter")
        await seat.press("1", "enter", "1", "enter")
        rows = seat.given["attacks"]
        assert isinstance(rows, Rows)
        assert rows.rows[0].get("attack_when") == PartialDate("2019-03-04")


async def test_a_refusal_says_its_reason() -> None:
    async with seated(WHEN) as seat:
        await seat.type("29 Feb 2023")
        await seat.press("enter")
        assert seat.line("! There is no such day: 29 Feb 2023")


async def test_enter_on_an_answer_of_another_day_changes_nothing_and_what_is_typed_anew_counts_from_the_new_day(
    tmp_path: Path,
) -> None:
    async with seated(WHEN, records=tmp_path) as seat:
        await seat.type("10 days ago")
        await seat.press("enter", "escape")
        seat.clock.time = CLOCK.time + timedelta(days=20)
        assert seat.line("10 days ago, 19 February 2026")
        await seat.press("enter", "escape")
        assert seat.given == {"begin": PartialDate("10 days ago")}
        await seat.press(*["backspace"] * len("10 days ago"))
        await seat.type("10 days ago.")
        assert seat.line("10 days ago, 11 March 2026")
        await seat.press("enter", "escape")
        assert seat.given == {"begin": PartialDate("10 days ago", (CLOCK.time + timedelta(days=20)).date())}
        assert seat.line("[10 days ago, said on 21 March 2026")


async def test_over_midnight_yesterday_is_the_day_before_the_answer() -> None:
    async with seated(WHEN, now=datetime(2026, 3, 1, 23, 59, tzinfo=UTC)) as seat:
        seat.clock.time += timedelta(minutes=2)
        await seat.type("yesterday")
        await seat.press("enter")
        assert seat.given == {"begin": PartialDate("2026-03-01", seat.clock.time.date())}


async def test_under_a_wrong_clock_a_date_with_its_year_can_be_answered() -> None:
    async with seated(WHEN, now=datetime(1972, 1, 1, tzinfo=UTC)) as seat:
        await seat.type("yesterday")
        await seat.press("enter")
        assert "Nothing can be counted from today" in seat.words
        await seat.press(*["backspace"] * len("yesterday"))
        await seat.type("12 April 2019")
        await seat.press("enter")
        assert seat.given == {"begin": PartialDate("2019-04-12")}
