"""The same walk in different hands gives the same summary, byte for byte."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msals_tui.session.session import Content, Session
from sittings import CLOCK, GROUP, RULE, content, script, shipped, toml
from walks import decided_first, plain_lines, walk

WALKED = (
    """
[[item]]
id = "hello"
type = "statement"

[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "signs"
type = "several"
options = ["stiff", "weak", { code = "none", label = "None of these", exclusive = true }]

[[item]]
id = "stiff_where"
type = "body_map"
several = true
options = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
enable_when = { item = "signs", is = "stiff" }

[[item]]
id = "curve"
type = "course"
options = [{ code = "attacks", curve = "attacks_recovery" }, { code = "decline", curve = "steady_decline" }]

[[item]]
id = "eyes"
type = "grid"
several = false
rows = [{ code = "jerk", label = "Jerk" }, { code = "disc", label = "Pale disc" }]
marks = [{ code = "there", label = "There" }, { code = "not_there", label = "Not there", normal = true }]

[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110
decimals = 1
unlikely_above = 100

[[item]]
id = "begin"
type = "date"
enable_when = { item = "age", above = 30 }

[[item]]
id = "name"
type = "short_text"
max_length = 12

[[item]]
id = "lab"
type = "number"
unit = "g"
min = 1
max = 9
answered_by = ["laboratory"]
"""
    + GROUP.replace('id = "after"', 'id = "after"\nenable_when = { not = { item = "breath", missing = "declined" } }')
    + """
[[item]]
id = "words"
type = "long_text"
"""
)


@pytest.fixture(scope="module")
def walked() -> Content:
    """Every answer type, conditions, a group and a safety rule."""
    return content(WALKED, safety=RULE, evidence=shipped().evidence)


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_random_walk_gives_the_same_bytes_line_by_line_and_directly(walked: Content, draw: st.DataObject) -> None:
    directly, by_line = Session(walked, CLOCK), Session(walked, CLOCK)
    moves = walk(draw, directly, possible=decided_first)
    script(by_line, plain_lines(by_line, moves))
    assert toml(by_line) == toml(directly)
    assert by_line.interview == directly.interview


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_so_does_a_random_walk_through_the_shipped_questionnaire(draw: st.DataObject) -> None:
    from msals_tui.session.load_content import load_content

    shipped_content = load_content(shipped(), "ms_als_intake")
    directly, by_line = Session(shipped_content, CLOCK), Session(shipped_content, CLOCK)
    moves = walk(draw, directly, most=120, possible=decided_first)
    script(by_line, plain_lines(by_line, moves))
    assert toml(by_line) == toml(directly)
