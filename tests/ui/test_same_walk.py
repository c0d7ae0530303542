"""The same walk with keys on the screen and directly through a sitting gives the same summary, byte for byte."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from at_screen import SmallLibrary, seated
from hands import Hands
from msals_tui.safety.model import SafetyFile
from msals_tui.session.session import Content, Session
from msals_tui.text import clean
from sittings import CLOCK, RULE, content, shipped, toml
from walks import Move, Open, Write, decided_first, walk

WALKED = """
[[section]]
id = "one"
[[section.item]]
id = "hello"
type = "statement"
[[section.item]]
id = "breath"
type = "yes_no"
[[section.item]]
id = "signs"
type = "several"
options = ["stiff", "weak", { code = "none", label = "None of these", exclusive = true }]
[[section.item]]
id = "stiff_where"
type = "body_map"
several = true
options = [
  "all_over", { code = "eyes", region = "eyes" }, { code = "belly", region = "belly" }, { code = "neck", region = "neck" },
  { code = "left_hand", region = "left_hand" }, { code = "right_hand", region = "right_hand" }, "e", "f",
  { code = "nowhere", exclusive = true },
]
enable_when = { item = "signs", is = "stiff" }
[[section.item]]
id = "curve"
type = "course"
options = [{ code = "attacks", curve = "attacks_recovery" }, { code = "decline", curve = "steady_decline" }]

[[section]]
id = "two"
[[section.item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110
decimals = 1
unlikely_above = 100
[[section.item]]
id = "begin"
type = "date"
enable_when = { item = "age", above = 30 }
[[section.item]]
id = "name"
type = "short_text"
max_length = 12
[[section.item]]
id = "lab"
type = "number"
unit = "g"
min = 1
max = 9
answered_by = ["laboratory"]
[[section.item]]
id = "attacks"
type = "group"
row_label = "Attack"
max_rows = 2
[[section.item.items]]
id = "attack_when"
type = "date"
[[section.item.items]]
id = "attack_sight"
type = "yes_no"
[[section.item.items]]
id = "attack_eye"
type = "choice"
options = ["one", "both"]
enable_when = { item = "attack_sight", is = "yes" }
[[section.item]]
id = "power"
type = "grid"
rows = [{ code = "neck", label = "Neck" }, { code = "arm", label = "Arm" }, { code = "leg", label = "Leg" }]
marks = [
  { code = "wasted", label = "Wasted", rows = ["arm", "leg"] }, { code = "weak", label = "Weak" },
  { code = "normal", label = "Normal", normal = true },
]
[[section.item]]
id = "lids"
type = "grid"
several = false
rows = [{ code = "droop", label = "Droop" }, { code = "disc", label = "Disc" }]
marks = [{ code = "there", label = "There" }, { code = "not_there", label = "Not there", normal = true }]
[[section.item]]
id = "after"
type = "yes_no"
enable_when = { not = { item = "breath", missing = "declined" } }
[[section.item]]
id = "words"
type = "long_text"
"""


def possible(session: Session, move: Move) -> bool:
    """What the screen lets somebody do: nothing else before a decision, and no blanks around a note."""
    if isinstance(move, Write):
        text = clean(move.text, max_length=2000, lines=True).text
        return text == text.strip() and not session.undecided()
    if isinstance(move, Open) and session.interview.position is None:
        return move.item != "hello" and not session.undecided()  # a statement has no line on the check page
    return decided_first(session, move)


async def by_keys(one: Content, moves: list[Move], size: tuple[int, int]) -> Session:
    """The sitting after the same moves with keys."""
    rules = SafetyFile(schema_="msals-safety/1", version=one.safety_version, rule=one.safety)
    library = SmallLibrary((one.questionnaire,), rules, one.evidence)
    async with seated(own=library, questionnaire=one.questionnaire.id, size=size) as seat:
        hands = Hands(seat)
        for move in moves:
            await hands.repeat(move)
        return seat.session


WALKS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@given(st.data(), st.sampled_from([(80, 24), (120, 40), (40, 12)]))
@WALKS
def test_a_random_walk_gives_the_same_bytes_with_keys_and_directly(draw: st.DataObject, size: tuple[int, int]) -> None:
    one = content(WALKED, safety=RULE, evidence=shipped().evidence)
    directly = Session(one, CLOCK)
    moves = walk(draw, directly, most=20, possible=possible)
    on_screen = asyncio.run(by_keys(one, moves, size))
    assert toml(on_screen) == toml(directly)
    assert on_screen.interview == directly.interview
