"""Keys that come all at once: typed ahead, or held back by a slow line and then delivered together."""

from decimal import Decimal

from textual import events

from at_screen import Seat, seated
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.kinds.text import Text
from sittings import RULE

ASKED = """
[[item]]
id = "weakness"
type = "yes_no"
[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 120
[[item]]
id = "words"
type = "short_text"
[[item]]
id = "after"
type = "yes_no"
"""
BREATH = """
[[item]]
id = "breath"
type = "yes_no"
[[item]]
id = "after"
type = "yes_no"
"""


async def at_once(seat: Seat, keys: str) -> None:
    """All keys stand in the program's queue before it takes the first."""
    for key in keys:
        seat.app.post_message(events.Key({"\r": "enter", " ": "space"}.get(key, key), key))
    await seat.quiet()


async def test_each_key_meets_the_question_that_it_was_meant_for() -> None:
    async with seated(ASKED) as seat:
        await at_once(seat, "1\r46\rdrops keys\r2\r")
        assert seat.page == "CheckPage"
        assert seat.given == {
            "weakness": Choice(("yes",)),
            "age": Number(Decimal(46)),
            "words": Text("drops keys"),
            "after": Choice(("no",)),
        }


async def test_a_paste_between_keys_stays_where_it_was_pasted() -> None:
    async with seated(ASKED) as seat:
        for key in "1\r46\r":
            seat.app.post_message(events.Key({"\r": "enter"}.get(key, key), key))
        seat.app.post_message(events.Paste("drops keys"))
        await at_once(seat, "\r2\r")
        assert seat.given["words"] == Text("drops keys")
        assert seat.given["after"] == Choice(("no",))


async def test_a_paste_where_nothing_can_be_written_does_nothing_and_that_is_said() -> None:
    async with seated(ASKED) as seat:
        seat.app.post_message(events.Paste("1\n2\n"))
        await seat.quiet()
        assert "What was pasted is not taken" in seat.words
        assert not seat.given
        await seat.press("1")
        assert "pasted" not in seat.words


async def test_nobody_decides_about_safety_with_keys_that_were_meant_for_a_question() -> None:
    async with seated(BREATH, safety=RULE) as seat:
        await at_once(seat, "1\r2\r")
        assert seat.page == "SafetyPage"
        assert not seat.session.decisions
        await seat.decide("told")
        assert seat.session.decisions["breathless"].choice == "told"
