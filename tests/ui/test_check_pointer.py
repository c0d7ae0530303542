"""On the check-answers page whoever comes back from a correction finds the row on which they were."""

import pytest

from at_screen import Seat, seated
from evidences import evidence, finding

MANY = "\n".join(
    f'[[item]]\nid = "q{number}"\ntype = "yes_no"\nask = "Question {number:02d}?"\nyes.observes = ["f{number}"]'
    for number in range(20)
)
CALLS_UP = MANY.replace('id = "q7"\ntype', 'id = "q7"\nenable_when = { item = "q6", is = "yes" }\ntype')
WEIGHED = evidence(*(finding(f"f{number} pain 3 -1") for number in range(20)))


async def at_check(seat: Seat) -> None:
    """All questions answered with no."""
    for _ in range(20):
        if seat.page != "CheckPage":
            await seat.press("2", "enter")
    assert seat.page == "CheckPage"


async def point_at(seat: Seat, text: str) -> None:
    """Moves the pointer to a row."""
    await seat.press("home")
    while text not in seat.pointed:
        await seat.press("down")


@pytest.mark.parametrize("number", ["03", "17"])
async def test_after_a_correction_the_pointer_is_on_the_corrected_row(number: str) -> None:
    async with seated(MANY) as seat:
        await at_check(seat)
        await point_at(seat, f"Question {number}?")
        await seat.press("enter", "1", "enter")
        assert seat.page == "CheckPage"
        assert f"Question {number}?" in seat.pointed
        assert "Yes" in seat.line(f"Question {number}?")


async def test_it_is_there_after_questions_that_the_correction_called_up() -> None:
    async with seated(CALLS_UP) as seat:
        await at_check(seat)
        await point_at(seat, "Question 06?")
        await seat.press("enter", "1", "enter")
        assert seat.at == "q7"
        await seat.press("1", "enter")
        assert "Question 06?" in seat.pointed


async def test_it_is_there_after_undo_and_after_a_jump_from_the_balance_sheet() -> None:
    async with seated(MANY, evidence=WEIGHED, size=(120, 60)) as seat:
        await at_check(seat)
        await point_at(seat, "Question 03?")
        await seat.press("enter", "1", "enter", "f5")
        assert seat.at == "q3"
        await seat.press("f2")
        assert "Question 03?" in seat.pointed
        await seat.press("f6")
        while "f9" not in seat.pointed:
            await seat.press("down")
        await seat.press("enter")
        assert seat.at == "q9"
        await seat.press("1", "enter")
        assert seat.page == "CheckPage"
        assert "Question 09?" in seat.pointed


async def test_who_comes_for_the_first_time_or_from_another_question_finds_the_first_that_is_open() -> None:
    async with seated(MANY) as seat:
        await seat.press("2", "enter", "2", "enter", "f2")
        assert "Question 02?" in seat.pointed
        await point_at(seat, "Question 00?")
        await seat.press("enter", "1", "enter")
        assert "Question 00?" in seat.pointed
        await seat.press("escape", "2", "enter", "f2")
        assert "Question 03?" in seat.pointed
