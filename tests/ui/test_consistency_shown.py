"""Answers that do not fit together, on the screen: quietly on the card, listed on the check page, gone when put right."""

import pytest

from at_screen import seated
from evidences import evidence, finding
from test_consistency import PAIR, ROUNDS

SENTENCE = "These do not fit together: Sight was never lost, and it was lost once."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_card_that_follows_says_it_and_so_do_the_cards_of_both_answers(size: tuple[int, int]) -> None:
    async with seated(PAIR, size=size) as seat:
        await seat.press("1", "enter")
        assert "do not fit" not in seat.words
        await seat.press("1", "enter")
        assert seat.at == "unrelated"
        assert SENTENCE in seat.words
        await seat.press("1", "enter", "escape", "escape")
        assert seat.at == "once"
        assert seat.words.count(SENTENCE) == 1
        await seat.press("escape")
        assert seat.at == "never"
        assert seat.words.count(SENTENCE) == 1


async def test_it_is_gone_when_one_of_the_two_is_put_right() -> None:
    async with seated(PAIR, size=(80, 24)) as seat:
        await seat.press("1", "enter", "1", "enter", "escape", "2", "enter")
        assert seat.at == "unrelated"
        assert "do not fit" not in seat.words


async def test_nobody_is_kept_from_going_on() -> None:
    async with seated(PAIR, size=(80, 24)) as seat:
        await seat.press("1", "enter", "1", "enter", "1", "enter")
        assert seat.page == "CheckPage"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_check_page_lists_both_answers_and_enter_leads_to_one_and_back(size: tuple[int, int]) -> None:
    async with seated(PAIR, size=size) as seat:
        await seat.press("1", "enter", "1", "enter", "1", "enter")
        assert seat.reads("1 thing does not fit together")
        assert seat.reads("These do not fit together")
        assert seat.reads("Sight was never lost, and it was lost once.")
        await seat.press("home", "down")
        assert "About once? Yes" in seat.pointed
        await seat.press("enter")
        assert seat.at == "once"
        await seat.press("2", "enter")
        assert seat.page == "CheckPage"
        assert "fit together" not in seat.words


async def test_a_patient_is_asked_to_look_once_more_and_never_told_of_findings() -> None:
    async with seated('voice = "patient"\n' + PAIR, size=(80, 24)) as seat:
        await seat.press("1", "enter", "1", "enter")
        assert "Please look at this once more: You never lost sight, and you did once." in seat.words
        await seat.press("1", "enter")
        assert seat.page == "CheckPage"
        assert seat.reads("Please look at these once more")
        assert "fit together" not in seat.words


async def test_the_balance_sheet_says_why_a_finding_counts_for_nothing() -> None:
    known = evidence(finding("lost_sight optic_nerve 5 -5"), finding("pain pain 2 -2"))
    async with seated(PAIR, size=(120, 60), evidence=known) as seat:
        await seat.press("1", "enter", "1", "enter", "f6")
        for _ in range(30):
            if "lost sight" not in seat.pointed:
                await seat.press("down")
        said = "Counts for nothing, since answers do not fit together: Sight was never lost, and it was lost once."
        assert said in seat.words


async def test_what_was_said_in_rounds_is_listed_with_them() -> None:
    async with seated(ROUNDS, size=(80, 24)) as seat:
        await seat.type("2021")
        await seat.press("enter", "1")
        await seat.type("2019")
        await seat.press("enter", "escape")
        await seat.press("f2")
        assert seat.page == "CheckPage"
        assert seat.reads("An attack is dated before the start.")
