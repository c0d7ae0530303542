"""Repeating groups: rounds that are added, changed and removed, with their time line."""

from at_screen import Seat, seated
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows

ATTACKS = """
[[item]]
id = "attacks"
type = "group"
ask = "Were there attacks?"
row_label = "Attack"
max_rows = 3
time_line = { when = "attack_when", label = "attack_what", recovery = "attack_recovery" }
[[item.items]]
id = "attack_when"
type = "date"
ask = "When was it?"
[[item.items]]
id = "attack_what"
type = "choice"
ask = "What was it?"
options = ["sight", "legs"]
[[item.items]]
id = "attack_eye"
type = "choice"
ask = "Which eye?"
options = ["one_eye", "both_eyes"]
enable_when = { item = "attack_what", is = "sight" }
[[item.items]]
id = "attack_recovery"
type = "choice"
ask = "How much came back?"
options = ["all", "most", "some", "nothing"]
[[item]]
id = "after"
type = "yes_no"
"""

SIGHT = Row(
    (
        ("attack_when", PartialDate("2019")),
        ("attack_what", Choice(("sight",))),
        ("attack_eye", Choice(("one_eye",))),
        ("attack_recovery", Choice(("all",))),
    )
)
LEGS = Row(
    (
        ("attack_when", PartialDate("2021-04")),
        ("attack_what", Choice(("legs",))),
        ("attack_recovery", Choice(("some",))),
    )
)


async def one_round(seat: Seat, when: str, *choices: str) -> None:
    """Answers a round: its date, then its choices."""
    await seat.type(when)
    await seat.press("enter")
    for choice in choices:
        await seat.press(choice, "enter")


async def with_two(seat: Seat) -> None:
    """The sight in 2019, the legs in April 2021."""
    await seat.press("1")
    await one_round(seat, "2019", "1", "1", "1")
    await seat.press("1")
    await one_round(seat, "April 2021", "2", "3")


async def test_nothing_entered_yet_is_said_and_is_no_answer() -> None:
    async with seated(ATTACKS) as seat:
        assert "Nothing entered yet" in seat.grid
        assert "( )  1  Add the first attack" in seat.grid
        assert "( )  2  None" in seat.grid
        await seat.press("enter")
        assert seat.given == {}
        assert seat.line("Choose with a digit")


async def test_none_is_an_answer_without_rounds() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("2")
        assert "(•)  2  None" in seat.grid
        await seat.press("enter")
        assert seat.given == {"attacks": Rows(())}
        assert seat.at == "after"


async def test_a_round_asks_its_questions_one_after_the_other_and_only_those_that_apply() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1")
        assert seat.page == "RoundScreen"
        assert "Attack 1" in seat.grid
        assert "When was it?" in seat.grid
        await one_round(seat, "2021", "2")
        assert "How much came back?" in seat.grid, "no eye is asked about where the legs were weak"
        await seat.press("3", "enter")
        assert seat.page == "QuestionScreen"
        assert seat.reads("2021", "Legs", "Some")


async def test_rounds_stand_in_a_table_that_grows_and_continue_goes_on() -> None:
    async with seated(ATTACKS) as seat:
        await with_two(seat)
        assert seat.reads("2019", "Sight", "One eye", "All")
        assert seat.reads("April 2021", "Legs", "Some")
        await seat.press("2", "enter")
        assert seat.given == {"attacks": Rows((SIGHT, LEGS))}
        assert seat.at == "after"


async def test_rounds_stand_on_a_time_line() -> None:
    async with seated(ATTACKS, size=(120, 40)) as seat:
        await with_two(seat)
        assert "today" in seat.grid
        assert seat.line("┴2019───")
        assert "○" in seat.grid, "the sight came back"
        assert "◑" in seat.grid or "●" in seat.grid, "the legs did not"
        assert "all came back" in seat.grid


async def test_a_round_is_recorded_at_once_even_if_nobody_continues() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1")
        await one_round(seat, "2019", "1", "1", "1")
        assert seat.given == {"attacks": Rows((SIGHT,))}


async def test_a_round_can_be_changed() -> None:
    async with seated(ATTACKS) as seat:
        await with_two(seat)
        await seat.press("up", "up", "enter")
        assert seat.page == "RoundScreen"
        assert "Attack 1" in seat.grid
        assert "[2019" in seat.grid
        await seat.press("enter", "enter", "2", "enter", "enter")
        changed = Row((*SIGHT.answers[:2], ("attack_eye", Choice(("both_eyes",))), SIGHT.answers[3]))
        assert seat.given["attacks"] == Rows((changed, LEGS))


async def test_an_answer_of_a_round_that_no_longer_applies_leaves_the_round() -> None:
    async with seated(ATTACKS) as seat:
        await with_two(seat)
        await seat.press("up", "up", "enter", "enter", "2", "enter", "enter")
        assert seat.given["attacks"] == Rows(
            (Row((("attack_when", PartialDate("2019")), ("attack_what", Choice(("legs",))), SIGHT.answers[3])), LEGS)
        )


async def test_a_round_can_be_removed_and_undo_brings_it_back() -> None:
    async with seated(ATTACKS) as seat:
        await with_two(seat)
        await seat.press("up", "up", "delete")
        assert seat.given == {"attacks": Rows((LEGS,))}
        assert "2019 " not in seat.grid
        await seat.press("f5")
        assert seat.given == {"attacks": Rows((SIGHT, LEGS))}
        assert seat.reads("2019", "Sight", "One eye")


async def test_a_round_left_early_keeps_what_was_answered() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1")
        await seat.type("2019")
        await seat.press("enter", "1", "f10")
        assert seat.given == {"attacks": Rows((Row(SIGHT.answers[:2]),))}
        assert seat.reads("2019", "Sight")


async def test_a_round_left_before_its_first_answer_is_none() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1", "escape")
        assert seat.page == "QuestionScreen"
        assert seat.given == {}
        assert "Nothing entered yet" in seat.grid


async def test_back_within_a_round_leads_through_its_questions_and_keeps_its_answers() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1")
        await seat.type("2019")
        await seat.press("enter", "1", "enter", "escape", "escape")
        assert "[2019" in seat.grid
        await seat.press("enter")
        assert "(•)  1  Sight" in seat.grid


async def test_a_date_nobody_can_read_stays_typed_within_a_round() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1", "f7", "enter", "escape")
        assert "✓ F7 Not sure" in seat.grid
        await seat.type("soon")
        await seat.press("enter")
        assert seat.line("! Not understood as a date")
        assert "[soon" in seat.grid


async def test_not_sure_is_an_answer_within_a_round() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("1", "f7", "enter", "2", "enter", "f7", "enter")
        not_sure = Missing(MissingCode.NOT_SURE)
        row = Row((("attack_when", not_sure), ("attack_what", Choice(("legs",))), ("attack_recovery", not_sure)))
        assert seat.given == {"attacks": Rows((row,))}


async def test_no_more_rounds_than_can_be_kept_are_taken() -> None:
    async with seated(ATTACKS) as seat:
        for _ in range(3):
            await seat.press("1")
            await one_round(seat, "2019", "2", "1")
        await seat.press("1")
        assert seat.page == "QuestionScreen"
        assert seat.line("! No more than 3 can be kept")
        assert len(seat.given["attacks"].rows) == 3  # type: ignore[union-attr]


async def test_a_round_is_opened_and_answered_with_the_mouse() -> None:
    async with seated(ATTACKS) as seat:
        await seat.click("Add the first attack")
        assert seat.page == "RoundScreen"
        await seat.type("2019")
        await seat.click("Continue")
        await seat.click("Legs")
        await seat.click("Continue")
        await seat.click("Nothing")
        await seat.click("Continue")
        assert seat.reads("2019", "Legs", "Nothing")
        await seat.click_target("entry:0")
        assert seat.page == "RoundScreen"


async def test_with_digit_continues_no_more_goes_on_at_once() -> None:
    async with seated(ATTACKS, digit_continues=True) as seat:
        await seat.press("1")
        await seat.type("2019")
        await seat.press("enter", "2", "1")
        assert seat.page == "QuestionScreen"
        await seat.press("2")
        assert seat.at == "after"


async def test_the_group_can_be_left_unanswered() -> None:
    async with seated(ATTACKS) as seat:
        await seat.press("f8", "enter")
        assert seat.given == {"attacks": Missing(MissingCode.NOT_ASKED)}


async def test_private_rounds_are_not_told_on_the_page_of_all_answers() -> None:
    private = 'voice = "patient"\n' + ATTACKS.replace('type = "group"', 'type = "group"\nprivate = true', 1)
    async with seated(private) as seat:
        await seat.press("1")
        await one_round(seat, "2021", "2", "3")
        await seat.press("2", "enter", "f2")
        assert seat.page == "CheckPage"
        assert "2021" not in seat.grid
        assert "Legs" not in seat.grid
