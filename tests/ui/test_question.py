"""One question at a time: choosing, not answering, writing. The screen is read as text."""

import pytest

from at_screen import POINTER, Seat, seated
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.kinds.text import Text

SIDES = """
[[item]]
id = "side"
type = "choice"
ask = "Which side is weaker?"
options = ["left", "right"]
[[item]]
id = "since"
type = "yes_no"
ask = "Since last year?"
"""

SIGNS = """
[[item]]
id = "signs"
type = "several"
options = ["stiff", "weak", "numb", { code = "none", label = "None of these", exclusive = true }]
[[item]]
id = "after"
type = "yes_no"
"""

AGE = """
[[item]]
id = "age"
type = "number"
ask = "Age at the first symptom?"
unit = "years"
min = 0
max = 110
unlikely_below = 16
[[item]]
id = "after"
type = "yes_no"
"""

WHEN = """
[[item]]
id = "begin"
type = "date"
[[item]]
id = "after"
type = "yes_no"
"""

WORDS = """
[[item]]
id = "story"
type = "long_text"
max_length = 60
[[item]]
id = "name_of_drug"
type = "short_text"
max_length = 20
"""

RESULT = """
[[item]]
id = "bands"
type = "yes_no"
answered_by = ["laboratory"]
[[item]]
id = "level"
type = "number"
answered_by = ["laboratory"]
unit = "pg/ml"
min = 0
max = 900
[[item]]
id = "after"
type = "yes_no"
"""

STATEMENT = """
[[item]]
id = "pause"
type = "statement"
ask = "Now the examination."
[[item]]
id = "after"
type = "yes_no"
"""

ADVICE = "Choose with a digit, or with the arrows and Enter."


# Choosing


async def test_the_pointer_stands_on_the_first_answer_and_chooses_nothing() -> None:
    async with seated(SIDES) as seat:
        assert "Which side is weaker?" in seat.grid
        assert seat.pointed == "( )  1  Left"
        assert seat.line("Right").startswith("   ( )  2  Right")
        assert "(•)" not in seat.grid


async def test_enter_without_a_choice_says_how_to_choose_and_records_nothing_however_often_it_comes() -> None:
    async with seated(SIDES) as seat:
        await seat.press("enter")
        assert seat.line(ADVICE)
        assert "!" not in seat.grid, "nobody is scolded"
        await seat.press(*["enter"] * 20)
        assert seat.at == "side"
        assert seat.given == {}


async def test_a_digit_chooses_and_enter_goes_on() -> None:
    async with seated(SIDES) as seat:
        await seat.press("2")
        assert seat.pointed == "(•)  2  Right"
        assert seat.given == {}, "a digit alone records nothing"
        await seat.press("enter")
        assert seat.given == {"side": Choice(("right",))}
        assert seat.at == "since"


async def test_another_digit_chooses_another_answer() -> None:
    async with seated(SIDES) as seat:
        await seat.press("2", "1")
        assert "(•)  1  Left" in seat.grid
        assert "( )  2  Right" in seat.grid


@pytest.mark.parametrize(
    ("digit", "said"),
    [
        ("5", "No answer has the digit 5 here."),
        ("8", "No answer has the digit 8 here. Not sure is F7."),
        ("9", "No answer has the digit 9 here. Not asked is F8."),
        ("0", "No answer has the digit 0 here. Rather not say is ^D."),
    ],
)
async def test_a_digit_that_stands_for_nothing_says_so_and_changes_nothing(digit: str, said: str) -> None:
    async with seated(SIDES) as seat:
        await seat.press("1", digit)
        assert said in seat.grid
        assert "(•)  1  Left" in seat.grid
        assert seat.given == {}


async def test_an_arrow_points_and_enter_takes_what_it_points_at() -> None:
    async with seated(SIDES) as seat:
        await seat.press("down")
        assert seat.pointed == "( )  2  Right"
        await seat.press("enter")
        assert seat.given == {"side": Choice(("right",))}


async def test_whoever_moves_the_pointer_away_and_back_has_pointed() -> None:
    async with seated(SIDES) as seat:
        await seat.press("down", "up", "enter")
        assert seat.given == {"side": Choice(("left",))}


async def test_enter_shows_what_takes_the_place_of_a_choice_before_it_goes_on() -> None:
    async with seated(SIDES) as seat:
        await seat.press("1", "down", "enter")
        assert seat.line("This is chosen now in place of what was.")
        assert "(•)  2  Right" in seat.grid
        assert seat.given == {}
        await seat.press("enter")
        assert seat.given == {"side": Choice(("right",))}


async def test_arrows_go_round_from_the_last_to_the_first() -> None:
    async with seated(SIDES) as seat:
        await seat.press("up")
        assert "Rather not say" in seat.pointed
        await seat.press("down")
        assert "Left" in seat.pointed


async def test_space_chooses_what_is_pointed_at_without_going_on() -> None:
    async with seated(SIDES) as seat:
        await seat.press("down", "space")
        assert "(•)  2  Right" in seat.grid
        assert seat.given == {}


async def test_a_fault_goes_away_with_the_next_choice() -> None:
    async with seated(SIDES) as seat:
        await seat.press("enter", "1")
        assert ADVICE not in seat.grid


async def test_with_digit_continues_a_digit_chooses_and_goes_on_at_once() -> None:
    async with seated(SIDES, digit_continues=True) as seat:
        await seat.press("2")
        assert seat.given == {"side": Choice(("right",))}
        assert seat.at == "since"


async def test_with_digit_continues_several_answers_still_wait_for_enter() -> None:
    async with seated(SIGNS, digit_continues=True) as seat:
        await seat.press("1", "2")
        assert seat.at == "signs"
        await seat.press("enter")
        assert seat.given == {"signs": Choice(("stiff", "weak"))}


async def test_a_click_chooses_and_enter_goes_on() -> None:
    async with seated(SIDES) as seat:
        await seat.click("Right")
        assert "(•)  2  Right" in seat.grid
        assert seat.at == "side"
        await seat.press("enter")
        assert seat.given == {"side": Choice(("right",))}


async def test_a_click_on_the_key_bar_does_what_the_key_does() -> None:
    async with seated(SIDES) as seat:
        await seat.press("1")
        await seat.click("Continue")
        assert seat.at == "since"
        await seat.click("Back")
        assert seat.at == "side"


async def test_an_answer_given_before_is_shown_when_one_comes_back() -> None:
    async with seated(SIDES) as seat:
        await seat.press("2", "enter", "escape")
        assert seat.pointed == "(•)  2  Right"
        await seat.press("enter")
        assert seat.at == "since"


# The ways not to answer


async def test_eight_is_a_number_where_a_number_is_asked_for() -> None:
    async with seated(AGE) as seat:
        await seat.type("80")
        await seat.press("enter")
        assert seat.given == {"age": Number(80)}  # type: ignore[arg-type]


async def test_writing_takes_not_sure_back() -> None:
    async with seated(AGE) as seat:
        await seat.press("f7")
        await seat.type("64")
        assert "(•)" not in seat.grid
        await seat.press("enter")
        assert seat.given == {"age": Number(64)}  # type: ignore[arg-type]


async def test_writing_after_an_arrow_pointed_at_not_sure_counts() -> None:
    async with seated(AGE) as seat:
        await seat.press("down")
        await seat.type("64")
        await seat.press("enter")
        assert seat.given == {"age": Number(64)}  # type: ignore[arg-type]


async def test_an_arrow_and_enter_take_a_way_not_to_answer_also_beside_a_field() -> None:
    async with seated(AGE) as seat:
        await seat.press("down", "enter")
        assert seat.given == {"age": Missing(MissingCode.NOT_SURE)}


async def test_a_result_still_to_come_is_offered_for_tests_and_nowhere_else() -> None:
    async with seated(RESULT) as seat:
        assert "^P Result still to come" in seat.grid
        await seat.press("ctrl+p", "enter")
        assert "^P Result still to come" in seat.grid
        await seat.press("ctrl+p", "enter")
        assert "Result still to come" not in seat.grid
        await seat.press("ctrl+p")
        assert seat.line("! No result is waited for here")
        await seat.press("enter")
        pending = Missing(MissingCode.PENDING)
        assert seat.given == {"bands": pending, "level": pending}


# Several answers


async def test_several_answers_are_marked_one_by_one() -> None:
    async with seated(SIGNS) as seat:
        assert "Choose all that apply" in seat.grid
        await seat.press("1", "3")
        assert "[x]  1  Stiff" in seat.grid
        assert "[ ]  2  Weak" in seat.grid
        assert "[x]  3  Numb" in seat.grid
        await seat.press("3", "enter")
        assert seat.given == {"signs": Choice(("stiff",))}


async def test_none_of_these_clears_the_others_and_they_clear_it() -> None:
    async with seated(SIGNS) as seat:
        await seat.press("1", "2", "4")
        assert "[ ]  1  Stiff" in seat.grid
        assert "[x]  4  None of these" in seat.grid
        await seat.press("2")
        assert "[x]  2  Weak" in seat.grid
        assert "[ ]  4  None of these" in seat.grid


async def test_not_sure_takes_the_place_of_everything_that_was_marked() -> None:
    async with seated(SIGNS) as seat:
        await seat.press("1", "2", "f7", "enter")
        assert seat.given == {"signs": Missing(MissingCode.NOT_SURE)}


async def test_marking_with_space_keeps_the_pointer_and_enter_does_not_mark_it_again() -> None:
    async with seated(SIGNS) as seat:
        await seat.press("space", "down", "space", "enter")
        assert seat.given == {"signs": Choice(("stiff", "weak"))}


@pytest.mark.parametrize("keys", [("1", "1"), ("space", "space"), ("down", "space", "space")])
async def test_enter_never_chooses_again_what_was_taken_back(keys: tuple[str, ...]) -> None:
    async with seated(SIGNS) as seat:
        await seat.press(*keys, "enter")
        assert seat.given == {}
        assert seat.line(ADVICE)


async def test_enter_never_takes_back_what_was_marked_wherever_the_pointer_stands() -> None:
    async with seated(SIGNS) as seat:
        for _ in seat.app.screen.open_answer.entries:  # type: ignore[attr-defined]
            await seat.press("2" if "[x]" not in seat.grid else "down", "enter")
            assert seat.given == {"signs": Choice(("weak",))}
            await seat.press("escape")


# Numbers, dates, texts


async def test_a_number_is_refused_in_one_sentence_and_stays_typed() -> None:
    async with seated(AGE) as seat:
        await seat.type("eight")
        await seat.press("enter")
        assert seat.line("! Write a number in years")
        assert seat.line("[eight")
        assert seat.given == {}


async def test_a_number_out_of_range_is_refused_with_the_range() -> None:
    async with seated(AGE) as seat:
        await seat.type("200")
        await seat.press("enter")
        assert seat.line("! Write a number from 0 to 110 years")


async def test_an_unlikely_number_is_a_question_of_its_own_that_enter_alone_does_not_answer() -> None:
    async with seated(AGE) as seat:
        await seat.type("8")
        await seat.press("enter")
        assert seat.line("8 years is unusual. Is that right?")
        assert seat.line("[8 ")
        assert seat.reads("Y Yes", "N No")
        assert "F7" not in seat.grid
        await seat.press("enter", "enter", "8", "enter", "space", "enter")
        assert seat.given == {}
        await seat.press("y", "enter")
        assert seat.given == {"age": Number(8)}  # type: ignore[arg-type]


@pytest.mark.parametrize("keys", [("n", "enter"), ("escape",), ("backspace",), ("down", "down", "enter")])
async def test_no_leads_back_to_what_was_typed(keys: tuple[str, ...]) -> None:
    async with seated(AGE) as seat:
        await seat.type("8")
        await seat.press("enter", *keys)
        assert seat.at == "age"
        await seat.type("0")
        assert seat.line("[80 ")
        await seat.press("enter")
        assert seat.given == {"age": Number(80)}  # type: ignore[arg-type]


async def test_a_way_not_to_answer_has_its_key_there_too() -> None:
    async with seated(AGE) as seat:
        await seat.type("8")
        await seat.press("enter", "f7", "enter")
        assert seat.given == {"age": Missing(MissingCode.NOT_SURE)}


async def test_an_unlikely_number_that_was_confirmed_is_not_asked_about_when_one_comes_back() -> None:
    async with seated(AGE) as seat:
        await seat.type("8")
        await seat.press("enter", "y", "enter", "escape", "enter")
        assert seat.at == "after"


async def test_another_unlikely_number_is_asked_about_again() -> None:
    async with seated(AGE) as seat:
        await seat.type("8")
        await seat.press("enter", "escape", "backspace")
        await seat.type("9")
        await seat.press("enter")
        assert seat.given == {}
        assert seat.line("9 years is unusual.")


async def test_a_typed_fault_stays_typed_after_back_and_return() -> None:
    async with seated(SIDES + AGE.replace("after", "later")) as seat:
        await seat.press("1", "enter", "f7", "enter")
        await seat.type("eight")
        await seat.press("escape")
        assert seat.at == "since", "Back is never blocked"
        await seat.press("enter")
        assert seat.line("[eight")
        assert "age" not in seat.given


async def test_a_date_is_taken_as_precisely_as_it_is_known_and_shown_again_in_words() -> None:
    async with seated(WHEN) as seat:
        assert "8 months ago" in seat.line("For example")
        await seat.type("spring 2019")
        await seat.press("enter")
        assert seat.given == {"begin": PartialDate("2019-spring")}
        await seat.press("escape")
        assert seat.line("[spring 2019")
        await seat.press("enter")
        assert seat.given == {"begin": PartialDate("2019-spring")}


async def test_a_date_that_nobody_can_read_is_refused_with_examples() -> None:
    async with seated(WHEN) as seat:
        await seat.type("the other day")
        await seat.press("enter")
        assert seat.line("! Not understood as a date. Write it as 2019, April 2019")


async def test_enter_in_a_text_of_several_lines_begins_a_line_and_the_key_bar_names_the_key_that_continues() -> None:
    async with seated(WORDS) as seat:
        assert "Enter Continue" not in seat.grid
        assert "^N Continue" in seat.grid
        await seat.type("first")
        await seat.press("enter")
        await seat.type("second")
        assert seat.given == {}
        await seat.press("ctrl+n")
        assert seat.given == {"story": Text("first\nsecond")}
        assert "Enter Continue" in seat.grid


async def test_arrows_move_within_a_text_and_never_point_away_from_it() -> None:
    async with seated(WORDS) as seat:
        await seat.type("one\ntwo")
        await seat.press("up", "end")
        await seat.type("!")
        await seat.press("up", "up", "down", "down", "down", "ctrl+n")
        assert seat.given == {"story": Text("one!\ntwo")}


async def test_a_blank_text_is_no_answer() -> None:
    async with seated(WORDS) as seat:
        await seat.type("   ")
        await seat.press("ctrl+n")
        assert seat.given == {}
        assert seat.line("Write an answer")


async def test_a_text_over_its_length_is_cut_and_the_person_is_told() -> None:
    async with seated(WORDS) as seat:
        await seat.paste("x" * 70)
        assert seat.line("! Only the first 60 characters can be kept")
        await seat.press("ctrl+n")
        assert seat.given == {"story": Text("x" * 60)}


async def test_a_pasted_text_of_several_lines_becomes_one_line_where_only_one_is_asked_for() -> None:
    async with seated(WORDS) as seat:
        await seat.press("f7", "ctrl+n")
        await seat.paste("one\ntwo")
        await seat.press("enter")
        assert seat.given["name_of_drug"] == Text("one two")


async def test_a_click_beside_the_field_does_not_take_the_keyboard_away() -> None:
    async with seated(AGE) as seat:
        await seat.click("Age at the first symptom?")
        await seat.type("64")
        await seat.press("enter")
        assert seat.given == {"age": Number(64)}  # type: ignore[arg-type]


# Statements


async def test_a_statement_is_read_and_passed_with_enter() -> None:
    async with seated(STATEMENT) as seat:
        assert "Now the examination." in seat.grid
        assert "Press Enter to go on" in seat.grid
        assert "Not sure" not in seat.grid
        await seat.press("8", "enter")
        assert seat.at == "after"
        assert seat.given == {}


# The cursor


def pointer_row(seat: Seat) -> int:
    """The row of the pointer on the screen."""
    return next(y for y, line in enumerate(seat.lines) if POINTER in line)


async def test_the_terminals_own_cursor_follows_the_pointer() -> None:
    async with seated(SIDES) as seat:
        for _ in range(5):
            await seat.press("down")
            assert seat.cursor.y == pointer_row(seat)


async def test_the_terminals_own_cursor_stands_in_the_field() -> None:
    async with seated(AGE) as seat:
        await seat.type("64")
        row = next(y for y, line in enumerate(seat.lines) if "[64" in line)
        assert seat.cursor == (seat.lines[row].index("64") + 2, row)


@pytest.mark.parametrize("tab", ["tab", "shift+tab"])
async def test_tab_takes_what_is_typed_into_no_field_that_nobody_sees(tab: str) -> None:
    kinds = """
    [[item]]
    id = "signs"
    type = "several"
    options = ["stiff", "weak", { code = "none", label = "None of these", exclusive = true }]
    [[item]]
    id = "story"
    type = "long_text"
    [[item]]
    id = "after"
    type = "yes_no"
    """
    async with seated(kinds) as seat:
        await seat.press(tab, "9")
        assert seat.reads("No answer has the digit 9 here")
        await seat.press(tab, "2", tab, "enter")
        assert seat.given["signs"].codes == ("weak",)  # type: ignore[attr-defined]
        await seat.press("a", tab, "b", "ctrl+n")
        assert seat.given["story"] == Text("ab")
        await seat.press(tab, "y", "enter")
        assert seat.given["after"].codes == ("yes",)  # type: ignore[attr-defined]
