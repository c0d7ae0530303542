"""Safety: an answer that calls for a person interrupts at once and asks for a decision that is recorded."""

import tomllib
from pathlib import Path

import pytest
from textual import events

from at_screen import Seat, seated
from msals_tui.errors import MachineFault
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.records.hand_over import summary_text
from msals_tui.safety.reading import PAUSE_MS, readable_ms
from sittings import CLOCK, RULE, english, shipped

BREATH = """
[[item]]
id = "first"
type = "yes_no"
[[item]]
id = "breath"
type = "yes_no"
ask = "Short of breath at rest?"
ask_patient = "Do you get out of breath sitting down?"
[[item]]
id = "after"
type = "yes_no"
"""
AT_NIGHT = """
[[rule]]
id = "at_night"
number = "S2"
level = "same_day"
title = "Wakes at night"
say = "Nights must be looked at today."
say_patient = "Tell somebody about your nights."
action = "Ask about the nights."
when = { item = "breath", is = "yes" }
read = true
"""
EVERY_OTHER_KEY = (
    "escape", "backspace", "enter", "f1", "f2", "f3", "f4", "f5", "shift+f5", "f6", "f7", "f8", "f10", "f12", "tab", "space",
    "home", "end", "left", "right", "delete", "ctrl+d", "ctrl+p", "ctrl+q", "ctrl+n", "ctrl+z", "alt+8", *"0123456789",
    *"abcdefghijklmnopqrstuvwxyz", *"YNJK",
)  # fmt: skip
"""Keys that mean something elsewhere, and nothing where safety is to be decided."""
RECORD_ONLY = RULE.replace('"emergency"', '"record"')


def summary(seat: Seat) -> dict[str, object]:
    """The summary as it stands."""
    return tomllib.loads(summary_text(seat.session, english()))


async def test_an_answer_that_calls_for_a_person_interrupts_before_the_next_question() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        assert seat.page == "SafetyPage"
        assert seat.reads("Short of breath at rest?", "Yes"), "it names the answer"
        assert "Somebody must look at the breathing now." in seat.grid
        assert "Call the responsible clinician." in seat.grid
        assert seat.at == "breath"


async def test_nothing_but_a_decision_leads_on() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        for key in EVERY_OTHER_KEY:
            await seat.read()
            await seat.press(key)
            assert seat.page == "SafetyPage", key
        await seat.press("f9")
        assert "Short of breath" not in seat.grid, "it can be hidden from whoever comes in"
        await seat.press("x")
        assert seat.page == "SafetyPage"
        assert seat.session.decisions == {}


@pytest.mark.parametrize("choice", ["told", "known"])
async def test_a_decision_is_recorded_with_the_time_and_heads_the_summary(choice: str) -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide(choice)
        assert seat.page == "QuestionScreen"
        assert seat.at == "after"
        decision = seat.session.decisions["breathless"]
        assert (decision.choice, decision.time) == (choice, CLOCK.time)
        text = summary_text(seat.session, english())
        assert summary(seat)["safety"][0]["decision"] == choice  # type: ignore[index]
        assert summary(seat)["safety"][0]["decided"] == CLOCK.time  # type: ignore[index]
        assert text.index("[[safety]]") < text.index("[answers]")


async def test_entered_by_mistake_leads_back_to_the_question_and_settles_nothing() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("mistake")
        assert seat.page == "QuestionScreen"
        assert "Short of breath at rest?" in seat.grid
        assert seat.session.decisions == {}
        await seat.press("2", "enter")
        assert seat.at == "after"
        assert "safety" not in summary(seat) or summary(seat)["safety"] == []


async def test_the_same_answer_again_after_a_mistake_interrupts_again() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("mistake")
        await seat.press("enter")
        assert seat.page == "SafetyPage"


async def test_a_mistake_is_heard_too_so_that_a_journal_can_keep_it() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        heard: list[object] = []
        seat.session.listener = heard.append
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("mistake")
        assert [getattr(one, "choice", None) for one in heard][-1] == "mistake"


async def test_a_notice_can_be_hidden_and_is_still_there_afterwards() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter", "f9")
        assert "breath" not in seat.grid.lower()
        await seat.press("x")
        assert seat.page == "SafetyPage"
        assert seat.session.decisions == {}


async def test_a_decided_notice_does_not_come_again_while_its_answer_stands() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("told")
        await seat.press("escape", "enter")
        assert seat.page == "QuestionScreen"
        assert seat.at == "after"


async def test_an_answer_taken_back_and_given_anew_asks_for_a_new_decision() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("told")
        await seat.press("escape", "2", "enter", "escape", "1", "enter")
        assert seat.page == "SafetyPage"


async def test_redo_of_such_an_answer_interrupts_too() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("told")
        await seat.press("f5")
        assert seat.session.decisions == {}
        await seat.press("shift+f5")
        assert seat.page == "SafetyPage"


@pytest.mark.parametrize("key", ["escape", "f2", "f3"])
async def test_an_answer_that_is_kept_without_enter_interrupts_as_well(key: str) -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", key)
        assert seat.page == "SafetyPage"
        await seat.decide("known")
        assert seat.page == {"escape": "QuestionScreen", "f2": "CheckPage", "f3": "SectionsPage"}[key]


async def test_leaving_with_such_an_answer_interrupts_first() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "f10")
        assert seat.page == "SafetyPage"
        await seat.decide("told")
        assert seat.page == "LeavePage"


async def test_two_rules_ask_one_after_the_other() -> None:
    async with seated(BREATH, safety=RULE + AT_NIGHT) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("told")
        assert "Nights must be looked at today." in seat.grid
        await seat.decide("known")
        assert {rule: one.choice for rule, one in seat.session.decisions.items()} == {
            "breathless": "told",
            "at_night": "known",
        }


async def test_a_rule_for_the_record_does_not_interrupt_and_heads_the_summary() -> None:
    async with seated(BREATH, safety=RECORD_ONLY) as seat:
        await seat.press("2", "enter", "1", "enter")
        assert seat.page == "QuestionScreen"
        assert summary(seat)["safety"][0]["rule"] == "breathless"  # type: ignore[index]


async def test_the_check_page_marks_the_answer() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("told")
        await seat.press("1", "enter")
        assert seat.page == "CheckPage"
        assert any(line.startswith("   ! Short of breath at rest?") for line in seat.lines)


async def test_a_decision_can_be_pointed_at_and_clicked() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.read()
        await seat.press("down", "down", "enter")
        assert seat.session.decisions["breathless"].choice == "known"
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.read()
        await seat.click("The responsible clinician has been told")
        assert seat.session.decisions["breathless"].choice == "told"


async def test_the_whole_notice_can_be_read_and_decided_on_a_narrow_screen() -> None:
    async with seated(BREATH, safety=RULE, size=(40, 12)) as seat:
        await seat.press("2", "enter", "1", "enter")
        seen = seat.grid
        await seat.press("pagedown")
        seen += seat.grid
        await seat.read()
        for _ in range(3):
            await seat.press("down")
            seen += seat.grid
        assert "Somebody must look at the" in seen
        assert "Entered by mistake" in seen
        await seat.press("enter")
        assert seat.page == "QuestionScreen"
        assert seat.given["breath"] == Choice(("yes",))


async def test_a_patient_is_told_in_plain_words_without_rule_level_or_action() -> None:
    patient = f'voice = "patient"\n{BREATH}'
    async with seated(patient, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        assert "Please tell a member of staff now" in seat.grid
        assert "This needs help now." in seat.grid
        assert seat.reads("Do you get out of breath sitting down?", "Yes")
        for hidden in ("Somebody must look", "Call the responsible clinician", "rule", "Emergency", "S1"):
            assert hidden not in seat.grid
        await seat.decide("told")
        assert seat.session.decisions["breathless"].choice == "told"


# What is typed before it can have been read


@pytest.fixture(params=["", 'voice = "patient"\n'], ids=["staff", "patient"])
def asked(request: pytest.FixtureRequest) -> str:
    """The same questions, to be asked by staff and to be read by a patient."""
    return request.param + BREATH  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "keys",
    ["1 enter 1 enter 1", "1 enter down enter down enter", "1 enter down down down enter enter", "1 enter y enter y"],
)
async def test_what_is_typed_in_one_burst_decides_nothing(asked: str, keys: str) -> None:
    async with seated(asked, safety=RULE) as seat:
        await seat.press("2", "enter")
        for key in keys.split():
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.quiet()
        assert seat.page == "SafetyPage"
        assert seat.pointed == ""
        assert not seat.session.decisions


async def test_keys_held_down_decide_nothing_however_long(asked: str) -> None:
    async with seated(asked, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        for _ in range(400):
            seat.clock.passed += 33
            await seat.press("enter", "down")
        assert seat.page == "SafetyPage"
        assert seat.pointed == ""


async def test_no_page_is_decided_by_clicks_or_a_paste_before_it_can_be_read(asked: str) -> None:
    async with seated(asked, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        for _ in range(3):
            await seat.click_target("decide:told")
            await seat.paste("told\n1\n")
            await seat.click_target("point(1)")
        assert seat.page == "SafetyPage"
        assert seat.pointed == ""
        await seat.read()
        await seat.click_target("decide:told")
        assert seat.page == "QuestionScreen"


async def test_a_decision_waits_for_the_readable_time_and_for_a_pause() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        readable = readable_ms("Somebody must look at the breathing now.")
        seat.clock.passed += readable - 1
        await seat.press("down")
        seat.clock.passed += PAUSE_MS - 1
        await seat.press("down", "enter")
        assert (seat.page, seat.pointed) == ("SafetyPage", "")
        seat.clock.passed += PAUSE_MS
        await seat.press("down")
        assert seat.pointed == "The responsible clinician has been told"
        await seat.press("enter")
        assert seat.session.decisions["breathless"].choice == "told"


async def test_the_page_says_when_it_takes_a_decision_and_nothing_moves(asked: str) -> None:
    async with seated(asked, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        before = seat.lines
        assert "Please read this first." in seat.grid
        await seat.read()
        await seat.until(lambda: "Choose with the arrows, then Enter" in seat.grid)
        other = [number for number, pair in enumerate(zip(before, seat.lines, strict=True)) if pair[0] != pair[1]]
        assert other == [seat.row("Choose with the arrows, then Enter")]


async def test_what_was_hidden_is_still_to_be_read() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.read()
        await seat.press("down", "f9")
        seat.clock.passed += 60_000
        await seat.press("x", "enter", "down", "enter")
        assert (seat.page, seat.pointed) == ("SafetyPage", "")
        await seat.decide("known")
        assert seat.session.decisions["breathless"].choice == "known"


async def test_the_next_rule_is_read_anew() -> None:
    async with seated(BREATH, safety=RULE + AT_NIGHT) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("told")
        await seat.press("down", "enter")
        assert "Nights must be looked at today." in seat.grid
        assert [*seat.session.decisions] == ["breathless"]


async def test_a_long_page_can_be_scrolled_with_the_arrows_while_it_is_read() -> None:
    async with seated(BREATH, safety=RULE, size=(40, 12)) as seat:
        await seat.press("2", "enter", "1", "enter")
        before = seat.grid
        await seat.press("down", "down", "down")
        assert seat.grid != before
        assert seat.pointed == ""


# The mark in the title, and what became of it

SIZES = pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])


@SIZES
async def test_while_it_is_open_a_mark_stands_in_the_title_of_every_screen(size: tuple[int, int]) -> None:
    async with seated(BREATH, safety=RULE, size=size, evidence=shipped().evidence) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("mistake")
        assert "!! Safety: undecided" in seat.lines[0]
        for key in ("f1", "f4", "f9", "f12"):
            await seat.press(key)
            assert seat.page != "QuestionScreen", key
            assert "!! Safety: undecided" in seat.lines[0], key
            await seat.press("escape")
        await seat.press("2", "enter")
        assert "Safety:" not in seat.lines[0]


async def test_the_mark_says_what_was_decided_while_the_answer_stands() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter")
        assert "Safety:" not in seat.lines[0]
        await seat.press("1", "enter")
        assert "!! Safety: undecided" in seat.lines[0]
        await seat.decide("known")
        assert "! Safety: known" in seat.lines[0]
        await seat.press("f5")
        assert "Safety:" not in seat.lines[0]


@SIZES
async def test_the_mark_stays_beside_an_alarm_about_saving(size: tuple[int, int], tmp_path: Path) -> None:
    async with seated(BREATH, safety=RULE, size=size, records=tmp_path) as seat:
        await seat.press("2", "enter", "1", "enter")
        seat.app.recording._fault = MachineFault("not written: the disk is full")  # type: ignore[union-attr]
        seat.app._saving_changed()
        assert "!! Safety: undecided" in seat.lines[0]
        assert "NOT SAVED" in seat.lines[0]


async def test_a_patient_reads_calm_words_in_place_of_the_mark_and_nothing_of_what_became_of_it() -> None:
    async with seated(f'voice = "patient"\n{BREATH}', safety=RULE, size=(60, 20)) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("mistake")
        assert "Please tell staff" in seat.lines[0]
        await seat.press("f2")
        await seat.decide("told")
        assert seat.page == "CheckPage"
        assert "Staff were told" in seat.lines[0]
        assert "mistake" not in seat.grid
        assert "Safety" not in seat.grid


async def test_the_check_page_tells_staff_what_became_of_it() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await seat.press("2", "enter", "1", "enter")
        await seat.decide("mistake")
        await seat.press("2", "enter", "f2")
        assert seat.reads("Safety rule S1, Breathless at rest: fires no more")
        for said in (
            "fired: Short of breath at rest? Yes",
            "said to be a mistake",
            "fires no more, since the answer is now",
        ):
            assert seat.reads("2026-03-01", said)


async def test_a_rule_for_the_record_needs_no_decision_and_no_mark() -> None:
    async with seated(BREATH, safety=RECORD_ONLY) as seat:
        await seat.press("2", "enter", "1", "enter")
        assert "Safety" not in seat.lines[0]
        await seat.press("f2")
        assert seat.reads("Breathless at rest: no decision needed")
