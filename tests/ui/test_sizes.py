"""Every screen at every size: nothing fails, nothing is lost, and the keys that matter are always named."""

import pytest
from rich.cells import cell_len

from at_screen import Seat, seated
from every_screen import KINDS, PATIENT, SAFETY, SCREENS, STEPS, to_question
from msals_tui.ui.drawing.layout import KEYS_HEIGHT, LEAST_HEIGHT, TITLE_HEIGHT
from msals_tui.ui.screens.choice_pages import NotWrittenPage
from sittings import shipped

SIZES = ((300, 100), (200, 60), (120, 40), (80, 24), (60, 20), (40, 12), (22, 8), (10, 4), (1, 1), (80, 24))


async def through_all_sizes(seat: Seat) -> None:
    """Makes the window larger and smaller; at the end it shows what it showed before."""
    before, pointed = seat.grid, seat.pointed
    for width, height in SIZES:
        await seat.resize(width, height)
        lines = seat.lines
        assert len(lines) == height
        assert all(cell_len(line) <= width for line in lines)
    assert seat.pointed == pointed
    assert seat.grid == before or pointed, "a page may have scrolled to keep its pointer in sight"


@pytest.mark.parametrize("screen", SCREENS)
async def test_no_size_of_window_breaks_a_screen_or_loses_anything(screen: str) -> None:
    async with seated(KINDS, safety=SAFETY, evidence=shipped().evidence) as seat:
        await SCREENS[screen](seat)  # type: ignore[misc]
        await through_all_sizes(seat)
        for size in ((10, 4), (1, 1)):
            await seat.resize(*size)
            await seat.press("down", "pagedown", "up", "pageup", "end", "home")


async def test_no_size_of_window_breaks_any_kind_of_question() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        for item, keys in STEPS.items():
            await seat.resize(80, 24)
            await seat.press(*keys)
            assert seat.at == item
            for size in ((300, 100), (22, 8), (1, 1)):
                await seat.resize(*size)


@pytest.mark.parametrize("size", SIZES[5:9])
async def test_a_sitting_can_begin_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    async with seated(KINDS, start="home", size=size) as seat:
        await seat.press("1", "enter", "1", "enter")
        assert seat.at == "signs"
        await seat.resize(80, 24)
        assert "Which of these are there?" in seat.grid


async def test_no_size_of_window_breaks_the_page_of_a_disk_that_is_full() -> None:
    async with seated(KINDS) as seat:
        seat.app.push_screen(NotWrittenPage(seat.app.setting, "the disk is full; make room"))
        await seat.quiet()
        await through_all_sizes(seat)


@pytest.mark.parametrize("size", [(22, 7), (21, 8), (20, 6), (15, 10)])
async def test_a_window_that_is_too_small_says_what_it_needs_and_loses_nothing(size: tuple[int, int]) -> None:
    async with seated(KINDS) as seat:
        await to_question(seat, "side")
        await seat.press("2")
        await seat.resize(*size)
        assert f"This window is {size[0]} x {size[1]}" in seat.words
        assert "Which side" not in seat.words
        await seat.resize(80, 24)
        assert "(•)  2  Right" in seat.grid


@pytest.mark.parametrize("size", [(40, 8), (30, 8), (22, 8), (22, 9), (22, 10), (80, 9), (20, 6), (80, 6), (80, 5)])
async def test_a_field_stands_in_its_card_or_nowhere(size: tuple[int, int]) -> None:
    async with seated(KINDS) as seat:
        await to_question(seat, "age")
        await seat.type("5x")
        await seat.press("enter")
        assert "5x" in seat.grid
        await seat.resize(*size)
        assert "5x" not in "".join(seat.lines[-KEYS_HEIGHT:])
        assert "5x" not in seat.grid or size[1] > LEAST_HEIGHT - 1
        assert "Enter Continue" in seat.words or size[0] < 22
        await seat.resize(80, 24)
        await seat.press("backspace")
        await seat.type("1")
        assert "[51 " in seat.grid, "the cursor is in it again"


async def test_the_terminals_own_cursor_is_in_a_field_from_its_first_frame() -> None:
    async with seated(KINDS) as seat:
        await to_question(seat, "age")
        row = next(y for y, line in enumerate(seat.lines) if "[  " in line)
        assert seat.cursor == (seat.lines[row].index("[") + 1, row)


async def test_the_terminals_own_cursor_is_at_a_question_before_anything_is_pointed_at() -> None:
    async with seated(KINDS) as seat:
        await to_question(seat, "side")
        assert seat.cursor.y == TITLE_HEIGHT


@pytest.mark.parametrize("size", [(300, 100), (200, 60), (120, 40), (80, 24), (60, 20)])
async def test_continue_back_why_and_save_are_always_named(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        for item, keys in STEPS.items():
            await seat.press(*keys)
            assert seat.at == item
            for label in (" Continue", "Esc Back", "F1 Why", "F10 Save, exit"):
                assert label in seat.grid, f"{label} on {item}:\n{seat.grid}"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_a_patient_is_always_shown_help_instead_of_reasons(size: tuple[int, int]) -> None:
    async with seated(PATIENT, size=size) as seat:
        await seat.press("enter")
        for label in ("Enter Continue", "Esc Back", "F1 Help", "F10 Save, exit"):
            assert label in seat.grid


@pytest.mark.parametrize("size", [(40, 12), (22, 8)])
async def test_continue_back_and_why_are_named_even_where_little_fits(size: tuple[int, int]) -> None:
    async with seated(KINDS, size=size) as seat:
        await seat.press("enter")
        for label in ("Enter Continue", "Esc Back", "F1 Why"):
            assert label in seat.grid


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12), (22, 8)])
async def test_question_and_options_are_never_dropped(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await to_question(seat, "side")
        assert "Which side is weaker" in seat.words
        for label in ("Left", "Right", "Both", "Neither", "Changing", "Unclear", "Other"):
            assert label in seat.pointed
            await seat.press("down")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_at_the_usual_sizes_every_option_and_way_not_to_answer_is_in_sight_at_once(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await to_question(seat, "side")
        for label in ("1  Left", "7  Other", "F7 Not sure", "F8 Not asked", "^D Rather not say"):
            assert label in seat.grid


async def test_the_shipped_questions_fit_their_options_on_the_screen_at_80x24() -> None:
    async with seated(own=shipped(), questionnaire="ms_als_intake") as seat:
        for _ in range(400):
            if seat.page == "CheckPage":
                break
            if seat.page == "SafetyPage":
                await seat.decide("known")
                continue
            item = seat.session.interview.item
            assert item is not None
            first = item.ask.split()[0]
            assert first in seat.grid, f"{item.id}:\n{seat.grid}"
            for option in getattr(item, "options", ()) if item.type in ("choice", "several") else ():
                assert option.label.split()[0] in seat.grid, f"{item.id}: {option.code}\n{seat.grid}"
            assert ("Not sure" in seat.grid) == (item.type != "statement")
            await seat.press("f7", "ctrl+n")
        assert seat.page == "CheckPage"


async def test_long_pages_scroll_and_say_that_there_is_more() -> None:
    async with seated(KINDS, size=(80, 12)) as seat:
        await seat.press("enter", "f2")
        assert "more lines below" in seat.grid
        await seat.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert "more lines below" not in seat.grid
        await seat.press("home", "down")
        assert seat.pointed
