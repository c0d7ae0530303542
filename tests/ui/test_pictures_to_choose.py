"""The body to point at and the courses to choose from."""

from at_screen import Seat, seated
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice

BODY = """
[[item]]
id = "where"
type = "body_map"
ask = "Where did it begin?"
several = true
options = [
  { code = "eyes", label = "The eyes", region = "eyes" },
  { code = "right_hand", label = "Right hand", region = "right_hand" },
  { code = "left_hand", label = "Left hand", region = "left_hand" },
  { code = "belly", label = "Belly", region = "belly" },
  { code = "left_foot", label = "Left foot", region = "left_foot" },
  { code = "all_over", label = "All over" },
  { code = "nowhere", label = "Nowhere", exclusive = true },
]
[[item]]
id = "after"
type = "yes_no"
"""
ONE_PLACE = BODY.replace("several = true", "several = false")

COURSES = """
[[item]]
id = "course"
type = "course"
ask = "How did it go on?"
options = [
  { code = "attacks", label = "Attacks that go away", curve = "attacks_recovery" },
  { code = "residue", label = "Attacks that leave something", curve = "attacks_residue" },
  { code = "steady", label = "Steadily worse", curve = "steady_decline" },
  { code = "stable", label = "Always the same", curve = "stable" },
]
[[item]]
id = "after"
type = "yes_no"
"""


def drawn(seat: Seat, code: str) -> list[tuple[int, int]]:
    """The cells at which a place on the drawn body begins."""
    return seat.cells_of(f"entry:{code}", role="picture")


# The body


async def test_the_body_is_drawn_beside_the_list_with_the_patients_right_on_the_left() -> None:
    async with seated(BODY) as seat:
        assert seat.line("Right hand").endswith("[ ]  2  Right hand")
        places = {code: drawn(seat, code) for code in ("eyes", "right_hand", "left_hand", "belly", "left_foot")}
        assert all(places.values())
        assert places["right_hand"][0][0] < places["belly"][0][0] < places["left_hand"][0][0]
        assert places["eyes"][0][1] < places["belly"][0][1] < places["left_foot"][0][1]
        assert not drawn(seat, "all_over")


async def test_arrows_move_over_the_body_as_the_viewer_sees_it() -> None:
    async with seated(BODY) as seat:
        assert "The eyes" in seat.pointed
        await seat.press("down")
        assert "Belly" in seat.pointed
        assert seat.cells_of("entry:belly", role="picture-focus")
        await seat.press("left")
        assert "Right hand" in seat.pointed
        await seat.press("right", "right")
        assert "Left hand" in seat.pointed


async def test_enter_on_a_place_takes_it_and_space_marks_several() -> None:
    async with seated(BODY) as seat:
        await seat.press("space", "down", "space", "enter")
        assert seat.given == {"where": Choice(("eyes", "belly"))}


async def test_a_marked_place_is_filled_in_the_picture_and_not_by_colour_alone() -> None:
    async with seated(BODY) as seat:
        before = seat.grid
        await seat.press("3", "up")
        assert "[x]  3  Left hand" in seat.grid
        (x, y), *_ = drawn(seat, "left_hand")
        assert seat.lines[y][x : x + 4] != before.split("\n")[y][x : x + 4]


async def test_a_click_on_the_body_marks_the_place_and_a_second_click_takes_it_back() -> None:
    async with seated(BODY) as seat:
        place = drawn(seat, "eyes")[0]
        await seat.click_at(*place)
        assert "[x]  1  The eyes" in seat.grid
        await seat.click_at(*place)
        assert "[ ]  1  The eyes" in seat.grid


async def test_a_click_beside_the_body_marks_nothing() -> None:
    async with seated(BODY) as seat:
        x, y = drawn(seat, "eyes")[0]
        await seat.click_at(x - 2, y)
        assert "[x]" not in seat.grid


async def test_places_that_are_not_on_the_body_can_be_reached_with_arrows_alone() -> None:
    async with seated(BODY) as seat:
        reached = set()
        for _ in range(14):
            await seat.press("down")
            reached |= {name for name in ("All over", "Nowhere", "Not sure") if name in seat.pointed}
        assert reached == {"All over", "Nowhere", "Not sure"}


async def test_nowhere_clears_every_place() -> None:
    async with seated(BODY) as seat:
        await seat.press("1", "2", "7", "enter")
        assert seat.given == {"where": Choice(("nowhere",))}


async def test_where_one_place_is_asked_for_the_last_one_counts() -> None:
    async with seated(ONE_PLACE) as seat:
        await seat.press("1", "3", "enter")
        assert seat.given == {"where": Choice(("left_hand",))}


async def test_on_a_small_screen_the_list_alone_asks_the_same() -> None:
    async with seated(BODY, size=(40, 12)) as seat:
        assert not drawn(seat, "eyes")
        await seat.press("down", "down", "enter")
        assert seat.given == {"where": Choice(("left_hand",))}


async def test_every_option_can_be_reached_and_seen_on_the_smallest_screen() -> None:
    async with seated(BODY, size=(22, 8)) as seat:
        for label in ("The eyes", "Right hand", "Left hand", "Belly", "Left foot", "All over", "Nowhere"):
            assert label[:8] in seat.pointed
            await seat.press("down")


async def test_the_body_map_can_be_left_unanswered_like_any_question() -> None:
    async with seated(BODY) as seat:
        await seat.press("f7", "enter")
        assert seat.given == {"where": Missing(MissingCode.NOT_SURE)}


# The courses


async def test_courses_are_drawn_as_curves_with_their_words() -> None:
    async with seated(COURSES, size=(120, 40)) as seat:
        assert "Higher is worse; time runs to the right" in seat.grid
        assert seat.cells_of("entry:steady", role="picture")
        assert "( )  3  Steadily worse" in seat.grid


async def test_a_course_is_chosen_by_digit_by_arrow_and_by_clicking_its_curve() -> None:
    async with seated(COURSES, size=(120, 40)) as seat:
        await seat.press("3")
        assert "(•)  3  Steadily worse" in seat.grid
        await seat.press("down")
        assert seat.pointed.startswith("( )  4  Always the same")
        await seat.click_at(*seat.cells_of("entry:attacks", role="picture")[0])
        assert seat.pointed.startswith("(•)  1  Attacks that go")
        await seat.press("enter")
        assert seat.given == {"course": Choice(("attacks",))}


async def test_without_room_for_curves_their_words_are_listed() -> None:
    async with seated(COURSES, size=(60, 20)) as seat:
        assert "( )  4  Always the same" in seat.grid
        await seat.press("4", "enter")
        assert seat.given == {"course": Choice(("stable",))}
