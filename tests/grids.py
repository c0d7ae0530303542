"""Grids that stand inside tests, and every answer that they may have."""

from random import Random
from typing import Any, cast

from hypothesis import strategies as st

from builders import questionnaire, tuples
from msals_tui.questionnaire.answer import Answer, MissingCode
from msals_tui.questionnaire.kinds.grid import GridItem, Seen
from scenario import TODAY

POWER = """
[[item]]
id = "power"
type = "grid"
ask = "What of these muscles?"
rows = [
    { code = "neck", label = "Neck", label_patient = "Your neck" },
    { code = "right_arm", label = "Right arm or hand" },
    { code = "left_arm", label = "Left arm or hand" },
    { code = "trunk", label = "Trunk" },
]
marks = [
    { code = "wasted", label = "Wasted" },
    { code = "twitching", label = "Twitching", rows = ["neck", "right_arm", "left_arm"] },
    { code = "weak", label = "Weak" },
    { code = "normal", label = "Normal", normal = true },
]
shows = [
    { mark = "wasted", any_of = ["right_arm", "left_arm"], observes = ["wasting"] },
    { mark = "wasted", is = "none", excludes = ["wasting"] },
    { row = "neck", is = "weak", observes = ["neck_weak"] },
    { row = "neck", is_not = "weak", excludes = ["neck_weak"] },
]
[[item]]
id = "after"
type = "yes_no"
"""

SIGNS = """
[[item]]
id = "signs"
type = "grid"
ask = "Which of these are there?"
several = false
rows = [
    { code = "droop", label = "A lid droops" },
    { code = "nystagmus", label = "Nystagmus" },
    { code = "disc", label = "Pale disc" },
]
marks = [{ code = "there", label = "There" }, { code = "not_there", label = "Not there", normal = true }]
shows = [
    { row = "droop", is = "there", observes = ["droop"] },
    { mark = "there", rows = ["nystagmus", "disc"], is = "none", excludes = ["eyes"] },
]
[[item]]
id = "after"
type = "yes_no"
"""


ASKED = {"power": questionnaire(POWER), "signs": questionnaire(SIGNS)}


def grid(name: str) -> GridItem:
    """The grid of this name."""
    return cast(GridItem, ASKED[name].items[0])


def power(**rows: Any) -> Answer:
    """The answer to `power` that a file holds."""
    return grid("power").read(tuples(rows), TODAY)


def signs(**rows: Any) -> Answer:
    """The answer to `signs` that a file holds."""
    return grid("signs").read(tuples(rows), TODAY)


def answers(item: GridItem) -> st.SearchStrategy[Answer]:
    """Every answer that a grid may have; Missing where nothing is known of any row."""
    rows = {row.code: _seen(item, row.code) for row in item.rows}
    return st.fixed_dictionaries({}, optional=rows).map(item.whole)


def typed(item: GridItem) -> st.SearchStrategy[Answer]:
    """Every answer that is given row by row with one key a mark."""
    rows = {row.code: _keyed(item, row.code) for row in item.rows}
    return st.fixed_dictionaries(rows).map(item.whole)


def by_chance(item: GridItem, chance: Random) -> Answer:
    """An answer in which most rows are looked at and few are marked."""
    seen: dict[str, Seen] = {}
    for row in item.rows:
        marks = [code for code in item.marks_in(row.code) if code != item.normal]
        if chance.random() < 0.1:
            seen[row.code] = _row(item, row.code, dict.fromkeys(marks, chance.choice(item.missing_codes)))
            continue
        found = chance.sample(marks, chance.choice((0, 0, 0, 1)))
        seen[row.code] = _row(item, row.code, {mark: "marked" if mark in found else "clear" for mark in marks})
    return item.whole(seen)


def _keyed(item: GridItem, row: str) -> st.SearchStrategy[Seen]:
    marks = [code for code in item.marks_in(row) if code != item.normal]
    some = st.frozensets(st.sampled_from(marks), max_size=len(marks) if item.several else 1)
    ways = st.sampled_from(item.missing_codes).map(lambda code: dict.fromkeys(marks, str(code)))
    return st.one_of(
        some.map(lambda found: {mark: "marked" if mark in found else "clear" for mark in marks}), ways
    ).map(lambda states: _row(item, row, states))


def _seen(item: GridItem, row: str) -> st.SearchStrategy[Seen]:
    marks = [code for code in item.marks_in(row) if code != item.normal]
    states = st.lists(
        st.sampled_from(["clear", "marked", *item.missing_codes]), min_size=len(marks), max_size=len(marks)
    )
    one = st.sampled_from([*item.missing_codes, *marks, "normal"])
    return (states if item.several else one.map(lambda way: _one_way(item, marks, way))).map(
        lambda found: _row(item, row, dict(zip(marks, found, strict=True)))
    )


def _one_way(item: GridItem, marks: list[str], way: str) -> list[str]:
    if way in item.missing_codes:
        return [way] * len(marks)
    return ["marked" if mark == way else "clear" for mark in marks]


def _row(item: GridItem, row: str, states: dict[str, str]) -> Seen:
    marked = tuple(mark for mark, state in states.items() if state == "marked")
    unknown = {mark: MissingCode(state) for mark, state in states.items() if state in item.missing_codes}
    normal = (item.normal,) if item.normal and not marked and len(unknown) < len(states) else ()
    chosen = item.with_row(frozenset(), row, (*marked, *normal), unknown)
    return item.seen_in(chosen, row)
