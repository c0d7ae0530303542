"""The reference on the screen: reached from home and every question of staff, never by a patient, left without a trace."""

import pytest
from msgspec import structs
from msgspec.structs import replace

from at_screen import Seat, library, seated, strips
from every_screen import KINDS, PATIENT, SAFETY, STEPS, to_question
from hostile import forbidden
from msals_tui.evidence.reference import Statement
from msals_tui.ui.drawing.glyphs import ASCII
from msals_tui.ui.screens.reference import ReferencePage
from sittings import shipped

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
HELD = "For clinicians only"
TALL = [(60, 20), (80, 24), (40, 12), (22, 8)]


async def open_at(seat: Seat, topic: str) -> None:
    """Points at a topic of the open reference."""
    page = seat.app.screen
    assert isinstance(page, ReferencePage)
    while page.pointer != f"row:{topic}":
        before = page.pointer, page.top
        await seat.press("down")
        assert (page.pointer, page.top) != before, f"the pointer never comes to {topic}"


# Ways there and back


async def test_the_reference_opens_over_every_question_and_closes_again() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        for item, keys in STEPS.items():
            await seat.press(*keys)
            assert seat.at == item
            before, state = seat.grid, seat.session.interview
            await seat.press("f12")
            assert seat.page == "ReferencePage", item
            await seat.press("down", "escape")
            assert seat.grid == before, item
            assert seat.session.interview is state


@pytest.mark.parametrize("key", ["escape", "backspace", "f12", "r"])
async def test_any_of_its_keys_closes_it(key: str) -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await seat.press("f12", key)
        assert seat.page == "QuestionScreen"


@pytest.mark.parametrize(
    ("item", "typed", "more"), [("age", "6", "4"), ("drug", "barr", "el"), ("story", "first\nr", "est")]
)
async def test_what_is_being_typed_is_kept_and_the_cursor_is_where_it_was(item: str, typed: str, more: str) -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, item)
        await seat.type(typed)
        await seat.press("f12", "down", "down", "escape")
        assert seat.page == "QuestionScreen"
        await seat.type(more)
        assert seat.app.screen.open_answer.typed == typed + more  # type: ignore[attr-defined]


async def test_what_is_chosen_and_not_confirmed_yet_is_kept() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "side")
        await seat.press("2", "f12", "escape")
        assert "(•)  2  Right" in seat.grid
        assert "side" not in seat.given


async def test_alt_r_opens_it_everywhere_and_r_alone_nowhere_at_a_question() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "side")
        await seat.press("r")
        assert seat.page == "QuestionScreen"
        await seat.press("alt+r")
        assert seat.page == "ReferencePage"
        await seat.press("r")
        await to_question_from_side(seat)
        await seat.type("rr")
        assert seat.page == "QuestionScreen"
        assert "[rr" in seat.grid


async def to_question_from_side(seat: Seat) -> None:
    """From the choice of a side to the short text."""
    for item, keys in list(STEPS.items())[2:]:
        await seat.press(*(("1", "enter") if item == "signs" else keys))
        if item == "drug":
            return


@pytest.mark.parametrize(
    ("keys", "page"),
    [
        (("f1",), "WhyPage"), (("f3",), "SectionsPage"), (("f6",), "BalancePage"), (("f2",), "CheckPage"),
        (("f4",), "NoteScreen"), (("f2", "f10"), "SummaryPage"),
    ],
)  # fmt: skip
async def test_it_opens_from_every_page_of_staff_and_leads_back_to_it(keys: tuple[str, ...], page: str) -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "breath")
        await seat.press("2", *keys)
        assert seat.page == page
        before = seat.grid
        await seat.press("f12")
        assert seat.page == "ReferencePage"
        await seat.press("escape")
        assert seat.page == page
        assert seat.grid == before


async def test_a_note_that_is_being_written_goes_on_afterwards() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "side")
        await seat.press("f4")
        await seat.type("seen by ")
        await seat.press("f12", "escape")
        await seat.type("her son")
        await seat.press("f4")
        assert seat.session.interview.notes == {"side": "seen by her son"}


async def test_a_round_of_a_group_is_still_open_afterwards() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "attacks")
        await seat.press("1")
        await seat.type("April 20")
        await seat.press("f12", "escape")
        assert seat.page == "RoundScreen"
        await seat.type("21")
        await seat.press("enter", "1", "enter", "1", "enter")
        assert "April 2021" in seat.grid


async def test_the_key_is_named_under_the_question_and_under_why_it_is_asked() -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=(200, 60)) as seat:
        await to_question(seat, "side")
        assert "F12 Reference" in seat.grid
        await seat.press("f1")
        assert "F12 Reference" in seat.grid
        await seat.click("F12 Reference")
        assert seat.page == "ReferencePage"


async def test_home_offers_it_and_asks_what_to_do_afterwards() -> None:
    async with seated(own=shipped(), start="home") as seat:
        assert seat.reads("3", "Look up MS and ALS, side by side")
        for keys in (("3",), ("end", "up", "enter"), ("f12",), ("r",)):
            await seat.press(*keys)
            assert seat.page == "ReferencePage", keys
            await seat.press("escape")
            assert seat.page == "HomePage"
        await seat.press("4")
        await seat.until(lambda: not seat.app.is_running)


# Where it never opens


async def test_no_patient_reaches_it_from_any_question_or_page() -> None:
    async with seated(PATIENT, evidence=shipped().evidence, safety=SAFETY, size=(200, 60)) as seat:
        for item, keys in STEPS.items():
            await seat.press(*keys)
            if seat.page == "SafetyPage":
                await seat.press("f12")
                assert seat.page == "SafetyPage"
                await seat.decide("known")
            assert seat.at == item
            assert "F12" not in seat.grid
            await seat.press("f12")
            assert seat.page == "QuestionScreen", item
        for keys, page in ((("f1",), "WhyPage"), (("escape", "f3"), "SectionsPage"), (("escape", "f2"), "CheckPage")):
            await seat.press(*keys)
            assert seat.page == page
            await seat.press("f12", "alt+r", "r")
            assert seat.page == page
            assert "F12" not in seat.grid


async def test_home_of_patients_alone_does_not_offer_it() -> None:
    async with seated(own=library(PATIENT, evidence=shipped().evidence), start="home") as seat:
        assert seat.page == "HomePage"
        assert "side by side" not in seat.grid.partition("\n")[2]
        await seat.press("f12", "alt+r", "r")
        assert seat.page == "HomePage"


async def test_a_patient_who_was_started_from_home_is_not_shown_it_either() -> None:
    async with seated(own=shipped(), start="home") as seat:
        await seat.press("1")
        assert seat.page == "NoticePage"
        await seat.press("f12", "alt+r", "r")
        assert seat.page == "NoticePage"
        await seat.press("enter", "f12")
        assert seat.session.patient
        assert seat.page == "QuestionScreen"


@pytest.mark.parametrize("key", ["f12", "r"])
async def test_a_safety_notice_is_decided_about_first(key: str) -> None:
    async with seated(KINDS, safety=SAFETY, evidence=shipped().evidence) as seat:
        await to_question(seat, "breath")
        await seat.press("1", "enter", key)
        assert seat.page == "SafetyPage"


async def test_a_hidden_screen_stays_hidden_until_a_key_uncovers_it() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "side")
        await seat.press("f9", "f12")
        assert seat.page == "QuestionScreen"
        await seat.press("f12", "f9")
        assert seat.page == "CoverPage"
        assert "MS" not in seat.grid
        await seat.press("x")
        assert seat.page == "ReferencePage"


# What it shows


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_from_eighty_columns_on_both_texts_stand_beside_each_other(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await seat.press("f12")
        await open_at(seat, "pain")
        assert seat.reads("63 % have pain", "│", "60 % have pain")


@pytest.mark.parametrize("size", [(79, 24), (60, 20)])
async def test_with_less_room_one_stands_below_the_other(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await seat.press("f12")
        await open_at(seat, "pain")
        assert seat.reads("● MS", "63 % have pain")
        assert seat.reads("▲ ALS", "60 % have pain")
        assert seat.row("63 % have pain") < seat.row("60 % have pain")


@pytest.mark.parametrize("size", SIZES)
async def test_everything_that_it_says_can_be_scrolled_into_sight(size: tuple[int, int]) -> None:
    reference = shipped().reference
    assert reference is not None
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await seat.press("f12")
        seen = seat.grid
        while "more lines below" in seat.grid:
            await seat.press("pagedown")
            seen += "\n" + seat.grid
        for section in reference.sections:
            assert section.title in seen
            for one in section.row:
                assert one.topic in " ".join(seen.split())
        assert "~ from general knowledge, not read in a source" in " ".join(seen.split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_pointer_opens_sources_and_what_the_literature_says(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await seat.press("f12")
        assert "Popular articles say" not in seat.grid
        await open_at(seat, "feeling")
        shown = seat.words
        while seat.app.screen.pointer == "row:feeling":  # type: ignore[attr-defined]
            shown += " " + seat.words
            await seat.press("down")
        assert "Popular articles say: ALS is purely motor." in shown
        assert "The literature says: Movement leads." in shown
        assert "doi:10.1136/jnnp.2006.098533" in shown


@pytest.mark.parametrize("size", TALL)
async def test_a_row_taller_than_the_screen_is_read_line_by_line_and_by_the_screenful(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        await seat.press("f12")
        await seat.press("end")
        page = seat.app.screen
        assert isinstance(page, ReferencePage)
        first = page.top
        await seat.press("down")
        assert page.top == first + 1
        await seat.press("pagedown")
        assert page.top > first + 1
        while "▼" in seat.grid:
            before = page.top
            await seat.press("down")
            assert page.top > before
        last = page.top
        await seat.press("down")
        assert page.top == last
        await seat.press("up")
        assert page.top == last - 1
        assert page.pointer == "row:length_of_life"


async def test_how_long_people_live_shows_only_while_somebody_points_at_it() -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=(120, 200)) as seat:
        await seat.press("f12")
        assert HELD in seat.grid
        assert "months from onset" not in seat.grid
        await seat.press("end")
        assert "months from onset" in seat.grid
        assert HELD not in seat.grid
        await seat.press("home")
        assert "months from onset" not in seat.grid
        await seat.click(HELD)
        assert "months from onset" in seat.grid


async def test_the_wheel_scrolls_on_although_something_is_pointed_at() -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await seat.press("f12", "down")
        page = seat.app.screen
        assert isinstance(page, ReferencePage)
        for _ in range(20):
            page.on_mouse_scroll_down()
        assert page.top >= 60
        await seat.quiet()
        assert 0 <= seat.cursor.y < 24


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_text_of_a_reference_commands_no_terminal_and_breaks_no_line(size: tuple[int, int]) -> None:
    shipped_one = shipped().reference
    assert shipped_one is not None
    first = shipped_one.sections[0]
    hostile = Statement(text="\x1b]0;owned\x07 \u202eback", read=False)
    row = structs.replace(first.row[0], topic="\x1b[2Jtopic", side={"ms": (hostile,), "als": (hostile,)})
    section = structs.replace(first, title="\x9btitle", note="\x1bnote", row=(row,))
    async with seated(KINDS, evidence=shipped().evidence, size=size) as seat:
        seat.app.push_screen(ReferencePage(seat.app.setting, replace(shipped_one, sections=(section,))))
        await seat.quiet()
        await seat.press("down")
        assert "^[[2Jtopic" in seat.grid
        assert "^[]0;owned^G" in seat.grid
        for strip in strips(seat.app):
            assert not forbidden(strip.text)
            assert strip.cell_length == size[0]


@pytest.mark.parametrize("size", SIZES)
async def test_with_ascii_signs_it_is_ascii_throughout(size: tuple[int, int]) -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=size, glyphs="ascii") as seat:
        await seat.press("f12")
        assert f"{ASCII.first} MS" in seat.grid
        while "more lines below" in seat.grid:
            assert [line for line in seat.lines if not line.isascii()] == []
            await seat.press("pagedown")
