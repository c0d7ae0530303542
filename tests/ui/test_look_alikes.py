"""What points elsewhere, at the screen: the list, a page for each, and the ways there and back."""

import pytest

from at_screen import Seat, seated
from sittings import shipped

NECK = """
[[section]]
id = "history"
title = "History"
[[section.item]]
id = "stiff"
type = "yes_no"
ask = "Limbs stiff?"
ask_patient = "Are your limbs stiff?"
yes = { observes = ["spasticity", "hyperreflexia"] }
no = { excludes = ["spasticity"] }
[[section.item]]
id = "image"
type = "yes_no"
ask = "Is the cord squeezed on the image of the neck?"
ask_patient = "Was your neck scanned?"
answered_by = ["laboratory"]
yes = { observes = ["mri_cord_compression"] }
no = { excludes = ["mri_cord_compression"] }
[[section.item]]
id = "name"
type = "short_text"
ask = "Which medicine?"
ask_patient = "Which medicine?"
"""
PATIENT = f'voice = "patient"\n{NECK}'
NAME = "Degenerative cervical myelopathy"
SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


async def stiff(seat: Seat) -> None:
    """Stiff, and the image is the open question."""
    await seat.press("1", "enter")
    assert seat.at == "image"


@pytest.mark.parametrize("size", SIZES)
async def test_alt_e_opens_what_is_named_with_the_answer_behind_it_and_esc_comes_back(size: tuple[int, int]) -> None:
    async with seated(NECK, evidence=shipped().evidence, size=size) as seat:
        await stiff(seat)
        before = seat.session.interview
        await seat.press("alt+e")
        assert seat.page == "LookAlikePage"
        assert NAME in seat.lines[0]
        shown = seat.words
        for _ in range(20):
            await seat.press("pagedown")
            shown += " " + seat.words
        for said in ("fit neither MS nor ALS well; think of:", "Limbs stiff? Yes", "What would settle it",
                     "? Cord MRI: cord compressed", "Speaks for it", "Would speak against it", "Sources"):  # fmt: skip
            assert said in shown, said
        assert "you have" not in shown.lower()
        await seat.press("escape")
        assert (seat.page, seat.at) == ("QuestionScreen", "image")
        assert seat.session.interview == before


async def test_the_arrows_walk_through_all_of_them_round_and_round() -> None:
    async with seated(NECK, evidence=shipped().evidence) as seat:
        await stiff(seat)
        await seat.press("alt+e")
        names = []
        many = len(shipped().evidence.look_alikes)
        for number in range(1, many + 1):
            assert seat.reads(f"{number} of {many}")
            names.append(seat.lines[0])
            await seat.press("right")
        assert len(set(names)) == many
        assert seat.lines[0] == names[0]
        await seat.press("left")
        assert seat.lines[0] == names[-1]
        await seat.press("left")
        assert seat.lines[0] == names[-2]


async def test_enter_on_an_answer_or_a_test_leads_to_its_question_and_continue_comes_back() -> None:
    async with seated(NECK, evidence=shipped().evidence) as seat:
        await stiff(seat)
        await seat.press("alt+e", "down")
        assert seat.pointed.startswith("Limbs stiff?")
        await seat.press("enter")
        assert (seat.page, seat.at) == ("QuestionScreen", "stiff")
        await seat.press("enter")
        assert seat.at == "image"
        await seat.press("escape", "alt+e", "down", "down")
        assert seat.pointed.startswith("? Cord MRI")
        await seat.press("enter")
        assert seat.at == "image"


async def test_with_nothing_named_alt_e_opens_the_list_of_all_with_where_each_stands() -> None:
    async with seated(NECK, evidence=shipped().evidence, size=(80, 60)) as seat:
        await seat.press("alt+e")
        assert seat.page == "LookAlikesPage"
        assert "Not raised by the answers so far" in seat.grid
        assert all(one.name in seat.grid for one in shipped().evidence.look_alikes.values())
        await seat.press("down", "enter")
        assert seat.page == "LookAlikePage"
        assert "do not raise" in seat.words
        await seat.press("escape", "escape")
        assert (seat.page, seat.at) == ("QuestionScreen", "stiff")


async def test_the_balance_sheet_opens_each_one_named_or_not_and_e_the_list() -> None:
    async with seated(NECK, evidence=shipped().evidence, size=(120, 60)) as seat:
        await stiff(seat)
        await seat.press("f6", "down")
        assert seat.pointed == NAME
        assert "Raised by: Limbs stiff? Yes" in seat.grid
        assert seat.reads("For it 1 of", "against it 0 of")
        await seat.press("enter")
        assert NAME in seat.lines[0]
        await seat.press("escape")
        assert (seat.page, seat.pointed) == ("BalancePage", NAME)
        await seat.click("Small vessel disease")
        assert "Small vessel disease" in seat.lines[0]
        await seat.press("escape", "e")
        assert seat.page == "LookAlikesPage"
        assert seat.reads("Think of")
        assert seat.pointed.startswith(f"{NAME}: 1 for, 0 against")
        await seat.press("enter", "down", "enter")
        assert (seat.page, seat.at) == ("QuestionScreen", "stiff")


async def test_an_image_moves_it_to_what_the_answers_speak_against() -> None:
    async with seated(NECK, evidence=shipped().evidence, size=(120, 60)) as seat:
        await stiff(seat)
        await seat.press("2", "enter", "f2", "f6")
        assert seat.row("Spoken against by the answers:") < seat.row(NAME) < seat.row("Not raised by the answers")
        await seat.click(NAME)
        assert "The answers speak against" in seat.words
        assert "- Cord MRI: cord compressed" in seat.grid
        assert seat.reads("+ The neck was imaged and the cord is not squeezed.")


async def test_what_is_only_still_open_is_told_apart_from_what_to_think_of() -> None:
    spots = NECK.replace("spasticity", "muscle_wasting").replace(', "hyperreflexia"', "")
    async with seated(spots, evidence=shipped().evidence, size=(120, 40)) as seat:
        await stiff(seat)
        await seat.click(f"Still open: {NAME}"[:30])
        assert seat.page == "LookAlikePage"
        assert f"Still open: {NAME} has not been excluded." in seat.words
        await seat.press("escape", "f6")
        assert f"Still open: {NAME}" in seat.grid


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_click_on_what_points_elsewhere_opens_it(size: tuple[int, int]) -> None:
    async with seated(NECK, evidence=shipped().evidence, size=size) as seat:
        await stiff(seat)
        await seat.click("Think also of")
        assert seat.page == "LookAlikePage"
        assert NAME in seat.lines[0]


async def test_e_is_a_letter_where_something_is_written() -> None:
    async with seated(NECK, evidence=shipped().evidence) as seat:
        await stiff(seat)
        await seat.press("f7", "enter")
        await seat.type("pepe")
        assert seat.page == "QuestionScreen"
        assert "[pepe" in seat.grid


async def test_while_the_comparison_is_hidden_nothing_leads_there() -> None:
    async with seated(NECK, evidence=shipped().evidence, size=(120, 40), blind=True) as seat:
        await stiff(seat)
        assert NAME not in seat.grid
        await seat.press("alt+e")
        assert seat.page == "QuestionScreen"
        assert "Comparison hidden." in seat.grid
        assert NAME not in seat.grid


async def test_a_patient_never_comes_there() -> None:
    async with seated(PATIENT, evidence=shipped().evidence, size=(120, 40)) as seat:
        await seat.press("1", "enter", "alt+e")
        assert seat.page == "QuestionScreen"
        assert "myelopathy" not in seat.grid


async def test_ascii_signs_are_enough() -> None:
    async with seated(NECK, evidence=shipped().evidence, glyphs="ascii") as seat:
        await stiff(seat)
        for keys in (("e",), ("down",), ("escape", "f6", "down"), ("e",)):
            await seat.press(*keys)
            assert seat.grid.isascii()
