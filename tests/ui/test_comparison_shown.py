"""The comparison beside the questions: panel, strip, balance sheet, blind mode; and that patients never see it."""

import pytest

from at_screen import Seat, seated
from sittings import shipped

SIGNS = """
[[section]]
id = "history"
title = "History"
[[section.item]]
id = "numb"
type = "yes_no"
ask = "Numb or tingling anywhere?"
ask_patient = "Is any part of you numb?"
yes = { observes = ["numbness_tingling"] }
no = { excludes = ["numbness_tingling"] }
[[section.item]]
id = "twitching"
type = "yes_no"
ask = "Twitching seen?"
ask_patient = "Do your muscles twitch?"
yes = { observes = ["widespread_fasciculations_with_weakness"] }
no = { excludes = ["widespread_fasciculations_with_weakness"] }
[[section]]
id = "tests"
title = "Tests"
[[section.item]]
id = "bands"
type = "yes_no"
ask = "Bands in the spinal fluid?"
ask_patient = "Was there something in your spinal fluid?"
yes = { observes = ["csf_oligoclonal_bands"] }
no = { excludes = ["csf_oligoclonal_bands"] }
"""
PATIENT = f'voice = "patient"\n{SIGNS}'
PATTERN = "Asked too little to say anything yet"
DISEASE_WORDS = ("MS", "ALS", "sclerosis", "motor neuron", "Asked ●", "dB", "decibans", "Findings so far", "pattern")


async def asked(seat: Seat) -> None:
    """Numb, no twitching."""
    await seat.press("1", "enter", "2", "enter")


@pytest.mark.parametrize("size", [(120, 40), (200, 60), (300, 100)])
async def test_with_room_the_panel_stands_beside_the_question(size: tuple[int, int]) -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=size) as seat:
        assert seat.reads("Numb or tingling anywhere?", "Findings so far")
        assert seat.reads("MS ●│▲ ALS")
        assert seat.reads("Tests", "not asked")
        assert seat.reads("Sections", "Numb or tingling anywhere?")
        await asked(seat)
        assert any("●│" in line for line in seat.lines if "MS" not in line), "numbness speaks for MS"
        assert seat.reads("MS 2 of") or seat.reads("MS 1 of")


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_with_less_room_a_strip_of_two_lines_says_the_same(size: tuple[int, int]) -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=size) as seat:
        assert "Findings so far" not in seat.grid
        assert PATTERN in seat.words
        assert seat.reads("Asked", "MS 0 of", "ALS 0 of", "not known 0")
        await seat.press("f7", "enter")
        assert seat.reads("Asked", "not known 1")


async def test_the_last_effect_is_said_in_words_with_its_size() -> None:
    async with seated(SIGNS, evidence=shipped().evidence) as seat:
        await seat.press("1", "enter")
        assert seat.reads("Last: weak towards MS: Yes (Numb or tingling anywhere?)")


async def test_not_sure_counts_as_not_known_and_never_as_no() -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=(120, 40)) as seat:
        await seat.press("f7", "enter")
        assert "●│" not in seat.grid.replace("MS ●│▲ ALS", "")
        assert "│▲" not in seat.grid.replace("MS ●│▲ ALS", "")
        assert seat.reads("? not known 1")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_h_hides_everything_but_the_coverage_and_shows_it_again(size: tuple[int, int]) -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=size) as seat:
        await seat.press("1", "enter")
        assert "towards MS" in seat.grid
        await seat.press("alt+h")
        assert "Comparison hidden." in seat.grid
        assert "towards MS" not in seat.grid
        assert "Asked too little" not in seat.grid
        assert seat.reads("MS 1 of")
        await seat.press("alt+h")
        assert seat.page == "LiftPage"
        await seat.press("2")
        assert "Comparison hidden." not in seat.grid
        assert "towards MS" in seat.grid


async def test_blind_from_the_start_does_not_open_the_balance_sheet_before_the_answers_are_checked() -> None:
    async with seated(SIGNS, evidence=shipped().evidence, blind=True) as seat:
        await seat.press("1", "enter")
        assert "Comparison hidden." in seat.grid
        await seat.press("f6")
        assert seat.page == "QuestionScreen"
        assert "dB" not in seat.grid
        await seat.press("alt+h", "escape", "f6")
        assert seat.page == "QuestionScreen", "nobody has said that it shall be shown"
        await seat.press("alt+h", "2", "f6")
        assert seat.page == "BalancePage"


async def test_h_is_a_letter_where_something_is_written() -> None:
    written = f'{SIGNS}[[section.item]]\nid = "name"\ntype = "short_text"\n'
    async with seated(written, evidence=shipped().evidence) as seat:
        await seat.press("f3", "2", "enter", "f7", "enter")
        await seat.type("hath")
        assert "[hath" in seat.grid


async def test_f6_opens_the_balance_sheet_with_figures_sources_and_limits() -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=(120, 100)) as seat:
        await asked(seat)
        await seat.press("f6")
        assert seat.page == "BalancePage"
        assert "Pattern so far" in seat.grid
        assert "It works out no chance and no winner." in seat.words
        label = shipped().evidence.findings["numbness_tingling"].label
        assert seat.reads(f"+ {label[:20]}", "%", "%")
        assert seat.reads("- ", shipped().evidence.findings["widespread_fasciculations_with_weakness"].label[:20])
        while label[:20] not in seat.pointed:
            await seat.press("down")
        assert label[:20] in seat.lines[seat.cursor.y], "the terminal's own cursor follows"
        assert "Without this finding the pattern would be" in seat.words
        assert any("doi:" in line or "PMID" in line for line in seat.lines)
        await seat.press("enter")
        assert seat.page == "QuestionScreen"
        assert seat.at == "numb"


async def test_enter_on_a_finding_leads_to_its_question_and_continue_comes_back() -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=(120, 100)) as seat:
        await asked(seat)
        assert seat.at == "bands"
        await seat.press("f6")
        label = shipped().evidence.findings["widespread_fasciculations_with_weakness"].label
        while label[:20] not in seat.pointed:
            await seat.press("down")
        await seat.press("enter")
        assert seat.at == "twitching"
        await seat.press("enter")
        assert seat.at == "bands"


@pytest.mark.parametrize("key", ["escape", "f6", "backspace"])
async def test_the_balance_sheet_is_closed_and_nothing_has_changed(key: str) -> None:
    async with seated(SIGNS, evidence=shipped().evidence) as seat:
        await asked(seat)
        before = seat.session.interview
        await seat.press("f6", "down", key)
        assert seat.page == "QuestionScreen"
        assert seat.session.interview == before


async def test_what_would_tell_most_is_one_click_or_key_away_and_continue_comes_back() -> None:
    async with seated(SIGNS, evidence=shipped().evidence, size=(120, 50)) as seat:
        await seat.click("Twitching seen?")
        assert seat.at == "twitching"
        await seat.press("f7", "enter")
        assert seat.at == "numb"
        await seat.press("escape", "f5", "alt+t")
        assert seat.at == "twitching"
        await seat.press("f7", "enter")
        assert "No open question would change this pattern" in seat.words


async def test_the_same_answers_show_the_same_sheet_in_whatever_order_they_were_given() -> None:
    sheets = []
    for walk in (("1", "enter", "2", "enter"), ("2", "enter", "2", "enter", "escape", "escape", "1", "enter", "enter")):
        async with seated(SIGNS, evidence=shipped().evidence, size=(120, 100)) as seat:
            await seat.press(*walk, "f6")
            sheets.append(seat.grid)
    assert sheets[0] == sheets[1]


# Patients


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_patient_sees_plain_words_and_no_comparison_anywhere(size: tuple[int, int]) -> None:
    async with seated(PATIENT, evidence=shipped().evidence, size=size) as seat:
        shown = seat.grid
        assert "Is any part of you numb?" in shown
        assert "Numb or tingling" not in shown
        assert "F7 I am not sure" in shown
        for keys in (("f1",), ("escape", "h"), ("f6",), ("ctrl+o",), ("1", "enter"), ("f3",), ("escape", "f2"),
                     ("escape", "f4"), ("escape", "f9"), ("x", "f10")):  # fmt: skip
            await seat.press(*keys)
            shown += seat.grid
        assert seat.page != "BalancePage"
        for word in DISEASE_WORDS:
            assert word not in shown, word
        for sign in ("●", "▲", "◆"):
            assert sign not in shown


async def test_the_shipped_questions_for_patients_name_no_disease_on_the_way() -> None:
    async with seated(own=shipped(), questionnaire="ms_als_brief") as seat:
        shown = seat.grid
        while seat.page != "CheckPage":
            if seat.page == "SafetyPage":
                await seat.decide("known")
            if seat.at != "family":  # what a relative had is asked by its name
                shown += seat.grid
            await seat.press("f7", "ctrl+n")
        assert len(seat.given) >= 15
        for word in ("MS", "ALS", "sclerosis", "Findings so far", "●", "▲"):
            assert word not in shown, word
