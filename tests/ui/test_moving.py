"""Moving about: back, undo, sections, notes, reasons, hiding, the check page, leaving."""

import tomllib
from pathlib import Path

import pytest

from at_screen import POINTER, Seat, seated
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.records.store import Records

INTAKE = """
[[section]]
id = "strength"
title = "Strength"
[[section.item]]
id = "weakness"
type = "yes_no"
ask = "Any weakness?"
[[section.item]]
id = "place"
type = "choice"
ask = "Where is it weak?"
options = ["hand", "foot"]
enable_when = { item = "weakness", is = "yes" }
[[section.item]]
id = "age"
type = "number"
ask = "Age at the first symptom?"
unit = "years"
min = 0
max = 110

[[section]]
id = "feeling"
title = "Feeling"
[[section.item]]
id = "numb"
type = "yes_no"
ask = "Any numbness?"
why = "Numbness speaks for one of them."
help = "Ask about the hands first."
ask_patient = "Does anything feel numb?"
"""


async def to_the_end(seat: Seat) -> None:
    """Weak in the hand, 64, not numb."""
    await seat.press("1", "enter", "1", "enter")
    await seat.type("64")
    await seat.press("enter", "2", "enter")
    assert seat.page == "CheckPage"


# Back, undo, redo


async def test_back_is_not_blocked_by_an_empty_question_and_keeps_what_was_chosen() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "enter", "2", "escape")
        assert seat.at == "weakness"
        assert seat.given["place"] == Choice(("foot",))


async def test_backspace_goes_back_where_nothing_is_written_and_erases_where_something_is() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("2", "enter")
        await seat.type("64")
        await seat.press("backspace")
        assert "[6 " in seat.grid
        await seat.press("escape", "backspace")
        assert seat.at == "weakness"


async def test_back_from_the_first_question_stays_there() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("escape", "escape")
        assert seat.at == "weakness"
        assert "Any weakness?" in seat.grid


async def test_passing_a_starred_question_with_back_does_not_take_its_star() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.press("home", "enter", "2", "enter")
        await seat.press("home", "enter", "1", "enter")
        assert seat.session.interview.recheck == {"place"}
        await seat.press("home", "down", "enter", "escape")
        assert seat.session.interview.recheck == {"place"}
        await seat.press("enter", "home", "down", "enter", "enter")
        assert seat.session.interview.recheck == frozenset()


async def test_undo_takes_the_last_answer_back_and_redo_gives_it_again() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "enter", "2", "enter", "f5")
        assert seat.at == "place"
        assert set(seat.given) == {"weakness"}
        assert "(•)" not in seat.grid
        await seat.press("shift+f5")
        assert seat.given["place"] == Choice(("foot",))
        assert "(•)  2  Foot" in seat.grid
        await seat.press("shift+f5")
        assert seat.line("! There is no answer to give again")


async def test_undo_with_nothing_to_undo_says_so() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f5")
        assert seat.line("! There is no answer to take back")


async def test_undo_in_a_field_takes_back_an_answer_too() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("2", "enter", "f5")
        assert seat.at == "weakness"


# Sections, reasons, notes, hiding


async def test_sections_lead_to_their_first_question() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f3")
        assert seat.line("Strength  0/2")
        assert seat.line("Feeling  0/1")
        await seat.press("2", "enter")
        assert seat.at == "numb"
        await seat.press("f3", "1", "2", "enter")
        assert seat.at == "numb", "there is no section 12, so the last digit counts"
        await seat.press("f3", "down", "enter")
        assert seat.at == "weakness"


async def test_sections_closed_lead_back_to_the_open_question() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "f3", "escape")
        assert seat.page == "QuestionScreen"
        assert "(•)  1  Yes" in seat.grid


async def test_why_says_why_how_and_in_plain_words() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f3", "2", "enter", "f1")
        assert seat.page == "WhyPage"
        for text in ("Numbness speaks for one of them.", "Ask about the hands first.", "Does anything feel numb?"):
            assert text in seat.grid
        await seat.press("escape")
        assert seat.page == "QuestionScreen"


async def test_a_note_is_written_shown_and_kept() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f4")
        assert "Any weakness?" in seat.grid
        await seat.type("drops her keys")
        await seat.press("enter")
        await seat.type("since spring")
        await seat.press("f4")
        assert seat.session.interview.notes == {"weakness": "drops her keys\nsince spring"}
        assert seat.line("Note: drops her keys")
        assert seat.given == {}


async def test_a_note_can_be_left_as_it_was_and_taken_away() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f4")
        await seat.type("drops keys")
        await seat.press("ctrl+s", "f4")
        await seat.type("!!")
        await seat.press("escape", "2")
        assert seat.session.interview.notes == {"weakness": "drops keys"}
        await seat.press("f4", "ctrl+u", "f4")
        assert seat.session.interview.notes == {}


async def test_a_note_does_not_lose_what_is_typed_in_the_question_below() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("2", "enter")
        await seat.type("6")
        await seat.press("f4")
        await seat.type("about")
        await seat.press("f4")
        await seat.type("4")
        await seat.press("enter")
        assert seat.given["age"] == Number(64)  # type: ignore[arg-type]
        assert seat.session.interview.notes == {"age": "about"}


async def test_f9_hides_everything_until_a_key_is_pressed() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "f9")
        assert "weakness" not in seat.grid
        assert "Press any key to go on" in seat.grid
        await seat.press("x")
        assert "(•)  1  Yes" in seat.grid


# The check page


async def test_the_check_page_shows_every_question_of_this_path_with_its_answer() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        assert seat.line("Any weakness?").endswith("Yes")
        assert seat.line("Where is it weak?").endswith("Hand")
        assert seat.line("Age at the first symptom?").endswith("64 years")
        assert "Every question on this path has an answer." in seat.grid


async def test_the_check_page_counts_what_is_open_and_leads_to_the_next() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "enter", "f2")
        assert "? 3 unanswered" in seat.grid
        assert seat.line("Where is it weak?").endswith("No answer yet")
        await seat.press("u")
        assert seat.at == "place"
        await seat.press("f7", "enter")
        assert seat.page == "CheckPage"
        assert "? 2 unanswered" in seat.grid
        assert seat.line("Where is it weak?").startswith(f" {POINTER} ?"), "whoever comes back finds where they were"


async def test_a_change_from_the_check_page_comes_straight_back() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.press("home", "down", "enter")
        assert seat.at == "place"
        await seat.press("2", "enter")
        assert seat.page == "CheckPage"
        assert seat.line("Where is it weak?").endswith("Foot")


async def test_a_click_on_an_answer_opens_its_question() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.click("Age at the first symptom?")
        assert seat.at == "age"
        assert "[64" in seat.grid


async def test_a_change_that_calls_up_questions_asks_them_and_comes_back() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("2", "enter")
        await seat.type("64")
        await seat.press("enter", "2", "enter")
        assert seat.page == "CheckPage"
        await seat.press("home", "enter", "1", "enter")
        assert seat.at == "place"
        await seat.press("1", "enter")
        assert seat.page == "CheckPage"


async def test_a_change_that_calls_a_question_off_says_so_and_lists_it_as_kept() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.press("home", "enter", "2", "enter")
        assert seat.page == "CheckPage"
        assert "Kept, but no longer asked: counts for nothing" in seat.grid
        assert seat.line("Where is it weak? (Hand)")


async def test_a_question_that_calls_others_off_says_so_on_the_next_question() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "enter", "1", "enter", "escape", "escape", "2", "enter")
        assert seat.at == "age"
        assert "* 1 answer no longer applies." in seat.grid


async def test_answers_that_come_back_are_starred_on_the_check_page_and_on_their_question() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.press("home", "enter", "2", "enter", "home", "enter", "1", "enter")
        assert "* 1 to check again" in seat.grid
        assert seat.line("Where is it weak?").startswith("   *")
        await seat.press("home", "down", "enter")
        assert "* Please check again" in seat.grid


async def test_back_from_the_check_page_leads_where_it_was_opened() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "enter", "f2", "escape")
        assert seat.at == "place"


async def test_undo_on_the_check_page_shows_the_question() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.press("f5")
        assert seat.at == "numb"
        assert "numb" not in seat.given


async def test_sections_and_hiding_work_from_the_check_page_too() -> None:
    async with seated(INTAKE) as seat:
        await to_the_end(seat)
        await seat.press("f9")
        assert "Hand" not in seat.grid
        await seat.press("x")
        assert seat.page == "CheckPage"
        await seat.press("f3", "escape")
        assert seat.page == "CheckPage"
        await seat.press("f3", "2", "enter")
        assert seat.at == "numb"


# Leaving


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def written(folder: Path) -> list[Path]:
    """Every summary below a folder."""
    return sorted(folder.rglob("*.toml"))


async def test_leaving_without_an_answer_asks_nothing_and_writes_nothing(home: Path) -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f10")
        await seat.until(lambda: not seat.app.is_running)
        assert written(home) == []


async def test_leaving_with_nothing_but_a_note_asks_too(home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await seat.press("f4")
        await seat.type("was rude")
        await seat.press("f4", "f10")
        assert seat.page == "LeavePage"
        await seat.press("2")
        await seat.until(lambda: not seat.app.is_running)
    (summary,) = written(home)
    assert tomllib.loads(summary.read_text())["notes"] == {"weakness": "was rude"}


async def test_leaving_can_write_a_partial_summary(home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await seat.press("1", "enter", "2", "f10")
        assert seat.page == "LeavePage"
        await seat.press("2")
        await seat.until(lambda: not seat.app.is_running)
    (summary,) = written(home)
    assert summary.stat().st_mode & 0o777 == 0o400
    read = tomllib.loads(summary.read_text())
    assert read["status"] == "partial"
    assert read["answers"] == {"weakness": "yes", "place": "foot"}
    assert str(summary) in str(seat.app.return_value)


async def test_leaving_can_keep_the_draft_and_says_how_to_go_on_with_it(home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await seat.press("1", "enter", "2", "f10", "1")
        await seat.until(lambda: not seat.app.is_running)
    (draft,) = Records(home / "records").all()
    assert draft.state == "draft"
    assert f"msals-tui records resume {draft.id[:8]}" in str(seat.app.return_value)
    assert written(home) == []


async def test_leaving_can_be_thought_better_of(home: Path) -> None:
    async with seated(INTAKE) as seat:
        await seat.press("2", "enter")
        await seat.type("6")
        await seat.press("f10", "escape")
        assert seat.page == "QuestionScreen"
        await seat.type("4")
        await seat.press("f10", "2")
        assert "[64" in seat.grid
        assert written(home) == []


async def test_leaving_can_throw_everything_away(home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await seat.press("1", "enter", "f10", "4")
        assert seat.page == "DiscardPage"
        await seat.press("1")
        assert seat.page == "QuestionScreen", "one wrong digit deletes nothing"
        await seat.press("f10", "4", "2")
        await seat.until(lambda: not seat.app.is_running)
    assert written(home) == []
    assert list(Records(home / "records").all()) == []
    assert seat.app.return_value is None


async def test_what_was_typed_and_is_no_answer_survives_undo_elsewhere_and_back() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("2", "enter")
        await seat.type("sixty")
        await seat.press("f2", "escape")
        assert "[sixty" in seat.grid
        await seat.press("f3", "escape")
        assert "[sixty" in seat.grid
        await seat.press("f5", "2", "enter")
        assert "[sixty" in seat.grid


async def test_not_sure_is_never_shown_as_no() -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f7", "enter", "f2")
        assert seat.line("Any weakness?").endswith("Not sure")
        assert seat.given == {"weakness": Missing(MissingCode.NOT_SURE)}
