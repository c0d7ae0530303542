"""Clicks that come all at once, as a double click does and as a slow line delivers them: each meets what it was meant for."""

import asyncio
import threading

import pytest
from msgspec.structs import replace
from textual import events

from at_screen import Seat, seated
from every_screen import KINDS, SAFETY, SCREENS
from msals_tui.flow.steps import Work, Worked
from msals_tui.ui.terminal.double_clicks import SECONDS_BETWEEN, DoubleClicks
from pseudo_terminal import PATIENCE
from sittings import RULE

BREATH = """
[[section]]
id = "first"
title = "First part"
[[section.item]]
id = "breath"
type = "yes_no"
[[section.item]]
id = "words"
type = "short_text"
[[section]]
id = "second"
title = "Second part"
[[section.item]]
id = "after"
type = "yes_no"
[[section.item]]
id = "last"
type = "yes_no"
"""


def press(seat: Seat, x: int, y: int, times: int = 1) -> None:
    """So many clicks stand in the program's queue before it takes the first."""
    for _ in range(times):
        for kind in (events.MouseDown, events.MouseUp):
            seat.app.post_message(
                kind(None, x, y, 0, 0, button=1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
            )


def where(seat: Seat, text: str) -> tuple[int, int]:
    """The cell of the first letter of a text on the screen."""
    for y, line in enumerate(seat.grid.splitlines()):
        if (x := line.find(text)) >= 0:
            return x, y
    raise AssertionError(f"{text!r} is not on the screen:\n{seat.grid}")


async def test_a_double_click_on_a_section_opens_its_question_and_chooses_nothing_there() -> None:
    async with seated(BREATH) as seat:
        await seat.press("f3")
        press(seat, *where(seat, "Second part"), times=2)
        await seat.quiet()
        assert (seat.page, seat.at) == ("QuestionScreen", "after")
        assert not seat.given
        assert not seat.app.screen.open_answer.chosen  # type: ignore[attr-defined]


async def test_a_double_click_on_the_notice_reads_it_once() -> None:
    async with seated(BREATH, read=False) as seat:
        press(seat, *where(seat, "I have read this"), times=3)
        await seat.quiet()
        assert (seat.page, seat.at) == ("QuestionScreen", "breath")
        assert not seat.given


@pytest.mark.parametrize("screen", SCREENS)
async def test_no_click_anywhere_however_often_leaves_an_empty_screen(screen: str) -> None:
    async with seated(KINDS, safety=SAFETY) as seat:
        await SCREENS[screen](seat)  # type: ignore[misc]
        for y, line in enumerate(seat.grid.splitlines()):
            words = [x for x in range(len(line)) if line[x] != " " and (x == 0 or line[x - 1] == " ")]
            for x in words[:: max(len(words) // 3, 1)]:
                press(seat, x, y, times=2)
            await seat.quiet()
            assert seat.grid.strip()
            assert seat.page
            if seat.app.return_code is not None:
                break


async def test_two_clicks_on_the_same_option_of_a_question_are_two() -> None:
    async with seated('[[item]]\nid = "signs"\ntype = "several"\noptions = ["stiff", "weak"]\n') as seat:
        press(seat, *where(seat, "stiff" if "stiff" in seat.grid else "Stiff"), times=2)
        await seat.quiet()
        assert not seat.app.screen.open_answer.chosen  # type: ignore[attr-defined]


def down(x: int, at: float) -> events.MouseDown:
    """A button goes down at a moment."""
    event = events.MouseDown(None, x, 1, 0, 0, button=1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=1)
    event.time = at
    return event


def up(x: int) -> events.MouseUp:
    """It goes up again."""
    return events.MouseUp(None, x, 1, 0, 0, button=1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=1)


def test_a_click_that_follows_closely_on_the_same_spot_is_not_for_what_came_meanwhile() -> None:
    clicks = DoubleClicks()
    assert clicks.takes(down(1, 0.0), "page")
    assert clicks.takes(up(1), "page")
    for number in range(1, 4):
        assert not clicks.takes(down(1, number * SECONDS_BETWEEN), "question")
        assert not clicks.takes(up(1), "question")
    assert clicks.takes(down(1, 5 * SECONDS_BETWEEN), "question")
    assert clicks.takes(down(2, 5 * SECONDS_BETWEEN), "another"), "elsewhere it is another click"


def test_a_button_that_goes_up_over_something_else_presses_nothing_unless_something_waits_for_it() -> None:
    clicks = DoubleClicks()
    assert clicks.takes(down(1, 0.0), "page")
    assert not clicks.takes(up(1), "question")
    assert clicks.takes(up(1), "question", held=True)


async def test_a_page_that_is_gone_or_covered_closes_nothing_any_more() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("f3")
        sections = seat.app.screen
        await seat.press("f9")
        sections.dismiss("")
        await seat.quiet()
        assert seat.page == "CoverPage"
        await seat.press("enter")
        assert seat.page == "SectionsPage"
        sections.dismiss("")
        sections.dismiss("")
        await seat.quiet()
        assert seat.page == "QuestionScreen"


async def test_what_a_click_began_goes_on_although_the_page_of_the_click_is_gone() -> None:
    page_is_gone = threading.Event()
    async with seated('[[item]]\nid = "after"\ntype = "yes_no"\n') as seat:
        await seat.press("f2")
        check = seat.app.screen
        shown = seat.app.steps.pages[Work]

        def slowly(step: Work) -> None:
            def work() -> Worked:
                page_is_gone.wait(PATIENCE)
                return step.run()

            shown(replace(step, run=work))

        seat.app.steps.pages[Work] = slowly
        press(seat, *where(seat, "F10"))
        await seat.quiet()
        press(seat, *where(seat, "F10"))
        while check.is_attached:
            await asyncio.sleep(0)
        page_is_gone.set()
        await seat.quiet()
        assert seat.page == "NotWrittenPage", "there is nowhere to write to, which is said"


# What was copied


async def test_what_is_cut_can_be_put_in_again_and_leaves_the_program_in_no_other_way() -> None:
    async with seated(
        '[[item]]\nid = "words"\ntype = "short_text"\n[[item]]\nid = "story"\ntype = "long_text"\n'
    ) as seat:
        written: list[str] = []
        assert seat.app._driver is not None
        seat.app._driver.write = written.append  # type: ignore[method-assign]
        await seat.type("left hand")
        await seat.press("shift+home", "ctrl+x")
        assert seat.app.screen.open_answer.typed == ""  # type: ignore[attr-defined]
        await seat.press("ctrl+v", "shift+home", "ctrl+c", "super+c", "enter")
        assert seat.at == "story"
        await seat.press("ctrl+v", "shift+home", "ctrl+x", "ctrl+v", "ctrl+c")
        assert seat.app.screen.open_answer.typed == "left hand"  # type: ignore[attr-defined]
        assert not any("\x1b]52" in one for one in written)
