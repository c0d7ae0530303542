"""A grid on one screen: rows and marks by arrows, digits and mouse, at every size."""

import pytest

import grids
from at_screen import seated
from grids import power, signs
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.grid import Grid, Seen

BIG = """
[[item]]
id = "big"
type = "grid"
ask = "What of these muscles, each tested against the hand of the examiner?"
rows = [{rows}]
marks = [
    {{ code = "wasted", label = "Wasted or furrowed" }},
    {{ code = "twitching", label = "Twitching at rest" }},
    {{ code = "weak", label = "Weak" }},
    {{ code = "stiff", label = "Stiff" }},
    {{ code = "normal", label = "Normal", normal = true }},
]
""".format(
    rows=", ".join(
        f'{{ code = "r{at}", label = "Row {at} of some muscles that have a long name" }}' for at in range(12)
    )
)


async def test_digits_mark_the_row_that_is_pointed_at_and_enter_goes_on() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("3", "down", "1", "3", "n")
        assert seat.reads("Neck", "[ ]", "[ ]", "[x]", "[ ]")
        await seat.press("enter")
        assert seat.given["power"] == power(
            neck=["weak"], right_arm=["wasted", "weak"], left_arm="normal", trunk="normal"
        )
        assert seat.at == "after"


async def test_arrows_go_over_rows_and_marks_and_space_marks() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("right", "right", "space", "down", "space")
        await seat.press("n", "enter")
        assert seat.given["power"] == power(neck=["weak"], right_arm=["weak"], left_arm="normal", trunk="normal")


async def test_a_click_marks_a_cell() -> None:
    async with seated(grids.POWER) as seat:
        await seat.click_target("entry:trunk/weak")
        await seat.click_target("entry:others")
        await seat.press("enter")
        assert seat.given["power"] == power(trunk=["weak"], neck="normal", right_arm="normal", left_arm="normal")


async def test_rows_that_are_left_out_are_asked_about_and_enter_alone_leaves_none_open() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("3", "enter")
        assert "3 rows have no answer. Leave them open?" in seat.words
        assert seat.reads("Neck", "[ ]", "[ ]", "[x]", "[ ]"), "the grid can still be seen"
        await seat.press("enter", "enter", "1", "enter")
        assert "power" not in seat.given
        await seat.press("n", "enter", "down", "4", "enter", "y", "enter")
        assert seat.given["power"] == power(neck=["weak"], right_arm="normal")


async def test_enter_beside_a_way_not_to_answer_loses_no_mark() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("3", "n", "up", "up")
        while "Not sure" not in seat.pointed:
            await seat.press("up")
        await seat.press("enter")
        assert seat.given["power"] == power(neck=["weak"], right_arm="normal", left_arm="normal", trunk="normal")


async def test_what_was_marked_is_kept_on_leaving() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("3", "f2")
        assert seat.given["power"] == power(neck=["weak"])


async def test_a_row_and_the_whole_grid_can_be_left_open() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("down", "up", "f7", "f8", "n", "enter")
        assert seat.given["power"] == power(
            neck={"missing": "not_sure"}, right_arm={"missing": "not_asked"}, left_arm="normal", trunk="normal"
        )
    async with seated(grids.POWER) as seat:
        await seat.press("f8", "enter")
        assert seat.given["power"] == Missing(MissingCode.NOT_ASKED)


async def test_a_mark_that_nobody_looked_for_is_switched_in_its_column() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("n", "down", "right", "space")
        assert seat.reads("Neck", "[ ]", " ? ", "[ ]", "[x]")
        await seat.press("enter")
        seen = dict(seat.given["power"].rows)  # type: ignore[attr-defined]
        assert seen["neck"] == Seen(("normal",), (("twitching", MissingCode.NOT_ASKED),))
        assert seen["trunk"] == Seen(("normal",))


async def test_one_key_a_row_where_a_row_has_one_mark() -> None:
    async with seated(grids.SIGNS) as seat:
        await seat.press("1", "2", "f8", "enter")
        assert seat.given["signs"] == signs(droop="there", nystagmus="not_there", disc={"missing": "not_asked"})


async def test_an_answer_is_there_again_on_coming_back() -> None:
    async with seated(grids.POWER) as seat:
        await seat.press("3", "n", "enter", "escape")
        assert seat.at == "power"
        assert seat.reads("Neck", "[ ]", "[ ]", "[x]", "[ ]")
        await seat.press("enter")
        assert seat.at == "after"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_every_cell_of_the_largest_grid_can_be_reached_at_every_size(size: tuple[int, int]) -> None:
    async with seated(BIG, size=size) as seat:
        for at in range(12):
            await seat.press(*["down"] * (at > 0))
            assert seat.cells_of(f"entry:r{at}/wasted"), seat.grid
            await seat.press("1", "4")
            assert seat.reads(f"Row {at}", "[x]", "[ ]", "[ ]", "[x]", "[ ]")
        await seat.press("enter")
        answer = seat.given["big"]
        assert isinstance(answer, Grid)
        assert {seen.codes for _, seen in answer.rows} == {("wasted", "stiff")}


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_columns_stand_below_their_marks(size: tuple[int, int]) -> None:
    async with seated(grids.POWER, size=size) as seat:
        await seat.press("down")
        lines = seat.lines
        cells = [seat.cells_of(f"entry:neck/{mark}")[0] for mark in ("wasted", "twitching", "weak", "normal")]
        head = next(line for line in lines[: cells[0][1]][::-1] if line.strip())
        for number, (x, _) in enumerate(cells, 1):
            assert str(number) in head[x : x + 3], seat.grid


async def test_what_a_hostile_questionnaire_calls_its_rows_moves_no_cursor() -> None:
    hostile = grids.POWER.replace('label = "Neck"', 'label = "N\\u001b[2J\\u202eeck"').replace(
        "Trunk", "T\\u0007" + "x" * 90
    )
    async with seated(hostile, size=(60, 20)) as seat:
        await seat.press("down", "down", "down", "down", "3")
        assert "\x1b" not in seat.grid
        assert "\u202e" not in seat.grid
        assert all(len(line) <= 60 for line in seat.lines)
