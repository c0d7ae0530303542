"""The ways not to answer have the same keys on every question of every kind, and share them with no value."""

import pytest

from at_screen import seated
from every_kind import AFTER, EVERY_KIND, TYPED
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.group import Row, Rows

WAYS = {
    MissingCode.NOT_SURE: ("f7", "alt+8", "✓ F7 Not sure"),
    MissingCode.NOT_ASKED: ("f8", "alt+9", "✓ F8 Not asked"),
    MissingCode.DECLINED: ("ctrl+d", "alt+0", "✓ ^D Rather not say"),
    MissingCode.PENDING: ("ctrl+p", "alt+p", "✓ ^P Result still to come"),
}


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
async def test_each_way_has_the_same_two_keys_on_every_question(kind: str) -> None:
    toml = EVERY_KIND[kind].replace('id = "it"', 'id = "it"\nanswered_by = ["laboratory"]', 1)
    async with seated(toml + AFTER) as seat:
        for code, (key, twin, shown) in WAYS.items():
            for one in (key, twin):
                if kind in TYPED:
                    await seat.type("77")
                await seat.press(one)
                assert shown in seat.grid
                assert "77" not in seat.grid, "what was typed makes way"
                await seat.press("ctrl+n")
                assert seat.given == {"it": Missing(code)}
                await seat.press("f5")


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
async def test_no_digit_and_no_letter_alone_is_a_way_not_to_answer(kind: str) -> None:
    toml = EVERY_KIND[kind].replace('id = "it"', 'id = "it"\nanswered_by = ["laboratory"]', 1)
    async with seated(toml + AFTER) as seat:
        for key in "890p":
            await seat.press(key)
            assert "✓" not in seat.grid


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
async def test_a_click_on_a_way_takes_it(kind: str) -> None:
    async with seated(EVERY_KIND[kind] + AFTER) as seat:
        await seat.click("F8 Not asked")
        await seat.press("ctrl+n")
        assert seat.given == {"it": Missing(MissingCode.NOT_ASKED)}


async def test_the_same_keys_hold_in_a_round() -> None:
    async with seated(EVERY_KIND["group"] + AFTER) as seat:
        await seat.press("1", "f8", "enter")
        assert seat.given == {"it": Rows((Row((("sight", Missing(MissingCode.NOT_ASKED)),)),))}


async def test_what_is_only_read_has_none() -> None:
    async with seated('[[item]]\nid = "it"\ntype = "statement"\n' + AFTER) as seat:
        await seat.press("f7", "f8", "ctrl+d", "ctrl+p", "8", "enter")
        assert seat.at == "after"
        assert seat.given == {}
