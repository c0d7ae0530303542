"""Nothing is called unreachable that some answers reach, and among plain choices everything else is."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import questionnaire, written
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.checks import problems
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response

TODAY = date(2026, 11, 22)
TYPES = {
    "choice": 'type = "choice"\noptions = ["a", "b", "c"]',
    "several": 'type = "several"\noptions = ["a", "b", "c", { code = "none", exclusive = true }]',
    "number": 'type = "number"\nunit = "years"\nmin = 0\nmax = 10',
    "date": 'type = "date"',
    "group": 'type = "group"\nrow_label = "R"\nmax_rows = 3\nitems = [{ id = "ID_in", type = "yes_no" }]',
}
TESTS = {
    "choice": ('is = "a"', 'is_not = "a"', 'any_of = ["a", "b"]', 'only = ["b", "c"]'),
    "several": ('is = "a"', 'is = "none"', 'is_not = "b"', 'any_of = ["b", "none"]', 'only = ["a", "b"]'),
    "number": ("above = 4", "below = 5", "at_least = 10", "at_most = 4"),
    "date": ("months_ago_at_least = 6", "months_ago_below = 6", "months_ago_below = 14", "months_ago_at_least = 14"),
    "group": ("rows_at_least = 1", "rows_at_least = 3", 'any_row = { item = "ID_in", is = "yes" }'),
}
ALWAYS = ("answered = true", "answered = false", 'missing = "not_sure"')
VALUES: dict[str, tuple[object, ...]] = {
    "choice": ("a", "b", "c"),
    "several": (("a",), ("b",), ("c",), ("none",), ("a", "b"), ("b", "c"), ("a", "b", "c")),
    "number": (0, 3, 4, 5, 9, 10),
    "date": ("10 days ago", "6 months ago", "2026", "2025", "2025-12", "1 years ago", "2020-05-01"),
    "group": ((), ({"ID_in": "yes"},), ({"ID_in": "no"}, {"ID_in": "no"}, {"ID_in": "no"})),
}


def conditions(kinds: list[str]) -> st.SearchStrategy[str]:
    """Conditions on the items before the last."""

    def leaf(number: int, at: int) -> str:
        tests = (*TESTS[kinds[number]], *ALWAYS)
        return f'{{ item = "q{number}", {tests[at % len(tests)].replace("ID", f"q{number}")} }}'

    leaves = st.builds(leaf, st.integers(0, len(kinds) - 2), st.integers(0, 20))

    def combine(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(parts, min_size=1, max_size=3)
        return st.one_of(
            several.map(lambda all_of: f"{{ all = [{', '.join(all_of)}] }}"),
            several.map(lambda any_of: f"{{ any = [{', '.join(any_of)}] }}"),
            several.map(lambda any_of: f"{{ any = [{', '.join(any_of)}], at_least = {(len(any_of) + 1) // 2} }}"),
            parts.map(lambda part: f"{{ not = {part} }}"),
        )

    return st.recursive(leaves, combine, max_leaves=5)


@st.composite
def tomls(draw: st.DrawFn, kinds: st.SearchStrategy[str]) -> tuple[str, list[str]]:
    """A questionnaire of four items, each of which may hang on those before it, and their kinds."""
    chosen = draw(st.lists(kinds, min_size=4, max_size=4))
    items = []
    for number, kind in enumerate(chosen):
        hangs = f"enable_when = {draw(conditions(chosen[: number + 1]))}\n" if number and draw(st.booleans()) else ""
        items.append(f'[[item]]\nid = "q{number}"\n{TYPES[kind].replace("ID", f"q{number}")}\n{hangs}')
    return "".join(items), chosen


def unreachable(toml: str) -> set[str]:
    """The items that the check calls unreachable."""
    return {one.place for one in problems(written(toml), None) if one.code == "UNREACHABLE"}


def answers(asked: Questionnaire, kinds: list[str], number: int) -> tuple[Answer, ...]:
    """Some answers to one item, "not sure" first."""
    item = asked.items[number]
    values = (_with_id(value, number) for value in VALUES[kinds[number]])
    return (Missing(MissingCode.NOT_SURE), *(item.read(value, TODAY) for value in values))


def _with_id(value: object, number: int) -> object:
    if isinstance(value, tuple):
        return tuple(_with_id(one, number) for one in value)
    return {key.replace("ID", f"q{number}"): one for key, one in value.items()} if isinstance(value, dict) else value


def responses(asked: Questionnaire, kinds: list[str]) -> Iterator[Response]:
    """Every combination of answers to the first three items; the last decides nothing."""
    ways = [(None, *answers(asked, kinds, number)) for number in range(3)]
    for one in product(*ways):
        yield Response(asked, TODAY, {f"q{at}": answer for at, answer in enumerate(one) if answer is not None})


@given(tomls(st.sampled_from(sorted(TYPES))))
@settings(max_examples=60, deadline=None)
def test_what_some_answers_reach_is_never_called_unreachable(drawn: tuple[str, list[str]]) -> None:
    toml, kinds = drawn
    never = unreachable(toml)
    asked = questionnaire(toml)

    if never:
        assert not any(never & response.asked for response in responses(asked, kinds))


@given(tomls(st.just("choice")))
@settings(max_examples=60, deadline=None)
def test_among_plain_choices_whatever_no_answers_reach_is_called_unreachable(drawn: tuple[str, list[str]]) -> None:
    toml, kinds = drawn
    asked = questionnaire(toml)
    reached = frozenset().union(*(response.asked for response in responses(asked, kinds)))

    assert unreachable(toml) == {f"q{number}" for number in range(4)} - reached
