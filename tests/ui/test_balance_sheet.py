"""The balance sheet as somebody reads it who wants to follow the word and the sums; and the key that hides everything."""

from decimal import Decimal
from pathlib import Path

import pytest

from at_screen import Seat, seated
from every_screen import KINDS, SAFETY, SCREENS
from evidences import TWO_SIGNS, TWO_SIGNS_WEIGHED, evidence, finding
from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.report.sums_text import signed
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import replay
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import UNICODE
from msals_tui.ui.drawing.rows import width_of
from msals_tui.ui.views.look_alikes import name_flow
from msals_tui.ui.views.panel import panel_rows
from sittings import english, shipped

CASES = Path(__file__).parent.parent / "cases/answers"
SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]


async def whole_page(seat: Seat) -> str:
    """All that a page says, read leaf by leaf, with single spaces."""
    read = [seat.words]
    while "more lines below" in seat.grid:
        await seat.press("pagedown")
        read.append(seat.words)
    return " ".join(read)


def sitting_of(case: str) -> Session:
    """The sitting of one of the cases that the tests hold."""
    file, answers = read_case(str(CASES / f"{case}.toml"))
    assert isinstance(answers, AnswersFile)
    return replay(file, answers, load_content(shipped(), answers.questionnaire, comparing=True), english).session


@pytest.mark.parametrize("size", SIZES)
async def test_at_every_size_the_sum_of_a_group_can_be_followed_step_by_step(size: tuple[int, int]) -> None:
    async with seated(TWO_SIGNS, evidence=TWO_SIGNS_WEIGHED, size=size) as seat:
        await seat.press("1", "enter", "1", "enter", "f6")
        said = await whole_page(seat)
        assert "-8.0 dB Motor signs" in said
        assert "ALS: 6.0 stiff + 4.0/2 weak = 8.0" in said


async def test_below_the_word_stands_what_it_rests_on_and_what_a_lean_would_take() -> None:
    async with seated(TWO_SIGNS, evidence=TWO_SIGNS_WEIGHED) as seat:
        await seat.press("1", "enter", "1", "enter", "f6")
        assert seat.row("Observed for ALS, in dB by group: 8.0 Motor signs.") == seat.row("Not a diagnosis.") + 1
        assert "A lean takes 2 groups of observed findings with 3 dB or more each" in seat.words


async def test_an_opened_finding_says_the_rule_by_which_its_weight_follows_from_the_two_chances() -> None:
    held = finding("stiff motor_signs -4.9 0.5", held_to="weak", trust=Decimal("0.7"))
    async with seated(TWO_SIGNS, evidence=evidence(held, finding("weak - 0 0"))) as seat:
        await seat.press("1", "enter", "f6", "end", "up")
        assert seat.pointed.startswith("+ stiff")
        assert "times 0.5; held to 4.9, times trust 0.7, at most 10." in seat.words
        await seat.press("down")
        assert seat.pointed.startswith("? weak")
        assert "The rule:" not in seat.words


@pytest.mark.parametrize("width", [30, 40, 58, 80])
def test_no_name_of_a_look_alike_is_cut_at_any_width(width: int) -> None:
    facts = sitting_of("cidp_man_55").look_alikes
    rows = name_flow(facts, english(), None, UNICODE, width, margin="    ")
    assert all(width_of(spans) <= width for spans in rows)
    said = " ".join("".join(span.text for span in spans) for spans in rows).split()
    assert said == ", ".join(one.look_alike.name for one in facts).split()


def test_what_counts_less_than_half_a_tenth_is_shown_as_nothing_without_a_sign() -> None:
    assert [signed(Decimal(one)) for one in ("-0.02", "0.04", "-0.05", "0.25", "0")] == ["0", "0", "-0.1", "+0.3", "0"]


def test_a_heading_of_the_panel_never_stands_without_what_it_heads() -> None:
    session = sitting_of("cidp_man_55")
    for height in range(5, 40):
        last = panel_rows(session, english(), UNICODE, 37, height)[-1]
        assert last
        assert last[0].role != "title"


@pytest.mark.parametrize("name", [one for one in SCREENS if one != "cover"])
async def test_f9_hides_every_screen_and_any_key_brings_it_back_as_it_was(name: str) -> None:
    async with seated(KINDS, safety=SAFETY, evidence=evidence()) as seat:
        await SCREENS[name](seat)  # type: ignore[misc]
        before = seat.grid
        await seat.press("f9")
        assert seat.page == "CoverPage"
        await seat.press("f9")
        assert seat.grid == before
