"""What can be wrong with a condition: it looks ahead, names what is not there, or compares what cannot be compared.

Used wherever conditions stand: enable-when, derived findings, safety rules, look-alike rules.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from msals_tui.questionnaire.condition import (
    All,
    AnswerTest,
    Any,
    Condition,
    FindingTest,
    ItemsTest,
    Leaf,
    Not,
    WithdrawnTest,
)
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Nearest, Problem

Written = tuple[Loc, Condition]
"""A condition and where it stands."""


class Scope(Struct, frozen=True, dict=True):
    """What a condition may name."""

    items: Mapping[str, Item]
    order: Mapping[str, int] = field(default_factory=dict)
    """Place of each item that is asked here; items that are known but not asked here have none."""
    group_of: Mapping[str, str] = field(default_factory=dict)
    """The group of each item that is asked within the rounds of one."""
    unread: Collection[str] = frozenset()
    """Ids of items that have faults of their own and cannot be judged."""
    findings: Collection[str] | None = None
    """The findings that conditions may name; None if they may name none."""
    nearest: Nearest = field(default_factory=Nearest)
    withdrawn: bool = False
    """Whether conditions may look at answers that no longer count."""

    @cached_property
    def untaken(self) -> frozenset[str]:
        """Items that are known but not asked here."""
        return frozenset(self.items.keys() - self.order.keys())


def written_leaves(condition: Condition, loc: Loc) -> Iterator[tuple[Loc, Leaf]]:
    """Every comparison with its place, those on the rounds of a group left out."""
    match condition:
        case AnswerTest() | FindingTest() | ItemsTest():
            yield loc, condition
        case All(all=parts):
            for number, part in enumerate(parts):
                yield from written_leaves(part, (*loc, "all", number))
        case Any(any=parts):
            for number, part in enumerate(parts):
                yield from written_leaves(part, (*loc, "any", number))
        case Not(not_=part):
            yield from written_leaves(part, (*loc, "not"))


def counts(condition: Condition, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    """Every `any` with its place."""
    match condition:
        case All(all=parts):
            for number, part in enumerate(parts):
                yield from counts(part, (*loc, "all", number))
        case Any(any=parts):
            yield loc, condition
            for number, part in enumerate(parts):
                yield from counts(part, (*loc, "any", number))
        case Not(not_=part):
            yield from counts(part, (*loc, "not"))


def condition_problems(
    condition: Condition, loc: Loc, place: str, scope: Scope, *, before: str | None = None, group: str | None = None
) -> Iterator[Problem]:
    """Everything wrong with one condition of `place`.

    With `before`, it may only look at what is asked before that item. Within the rounds of `group` it may also look at
    that group's own items.
    """
    for at, either in counts(condition, loc):
        if either.at_least > len(either.any):
            what = f"asks for {either.at_least} of only {len(either.any)} conditions and is never true"
            yield Problem((*at, "at_least"), place, "NEVER_TRUE", what, "lower at_least or add conditions")
    for at, test in written_leaves(condition, loc):
        if isinstance(test, FindingTest):
            yield from _finding_problems(test, at, place, scope)
            continue
        if isinstance(test, ItemsTest):
            yield from _items_problems(test, at, place, scope, before, group)
            continue
        missing = _naming_problem(test.item, (*at, "item"), place, scope, before, group)
        if missing is not None:
            yield missing
        elif test.item not in scope.unread:
            yield from _test_problems(test, at, place, scope, before)


def _finding_problems(test: FindingTest, loc: Loc, place: str, scope: Scope) -> Iterator[Problem]:
    if scope.findings is None:
        what = f'looks at finding "{test.finding}", but only rules of the evidence may: what is asked hangs on answers'
        yield Problem((*loc, "finding"), place, "FINDING_TEST", what, "name the item that shows it", blocks=True)
    elif test.finding not in scope.findings:
        hint = scope.nearest.hint(test.finding, scope.findings, "add it to the findings, or correct the name")
        yield Problem((*loc, "finding"), place, "UNKNOWN_FINDING", f'no finding "{test.finding}"', hint, blocks=True)


_KINDS = {"months_ago_below": "date", "above": "number", "answered": "question"}
"""What an item is called that allows a comparison."""


def _items_problems(
    test: ItemsTest, loc: Loc, place: str, scope: Scope, before: str | None, group: str | None
) -> Iterator[Problem]:
    """Whether all items that are compared are there, and are what can be compared."""
    if isinstance(test, WithdrawnTest) and not scope.withdrawn:
        what = f'looks at the withdrawn answer to "{test.withdrawn}", which counts for nothing here'
        yield Problem(loc, place, "WRONG_TEST", what, "look at answers that count", blocks=True)
        return
    missing = {key: _naming_problem(name, (*loc, key), place, scope, before, group) for key, name in test.items.items()}
    if any(missing.values()) or any(name in scope.unread for name in test.items.values()):
        yield from (problem for problem in missing.values() if problem is not None)
        return
    if len(set(test.items.values())) < len(test.items):
        what = f'compares "{next(iter(test.items.values()))}" with itself'
        yield Problem(loc, place, "NEVER_TRUE", what, "name two items", blocks=True)
    for key, name in test.items.items():
        item = scope.items[name]
        if test.like[key] not in item.comparisons:
            kind = _KINDS[test.like[key]]
            what = f'needs a {kind} in {key}, but "{name}" is a {item.type} question'
            yield Problem((*loc, key), place, "WRONG_TEST", what, f"name a {kind} question", blocks=True)
    units = {unit for name in test.items.values() if (unit := scope.items[name].unit)}
    if len(units) > 1:
        what = f"compares numbers of different units: {', '.join(sorted(units))}"
        yield Problem(loc, place, "WRONG_TEST", what, "compare numbers of the same unit", blocks=True)


def _naming_problem(
    name: str, loc: Loc, place: str, scope: Scope, before: str | None, group: str | None
) -> Problem | None:
    """Why a condition at this place cannot look at this item, or None."""
    if name in scope.unread:
        return None
    if name not in scope.items:
        hint = scope.nearest.hint(name, scope.items, "correct the name, or add the item")
        return Problem(loc, place, "UNKNOWN_ITEM", f'looks at item "{name}", which is not there', hint, blocks=True)
    if not scope.items[name].is_question:
        what = f'looks at "{name}", which is only read and has no answer'
        return Problem(loc, place, "NEVER_TRUE", what, "look at a question")
    around = scope.group_of.get(name)
    if around is not None and around != group:
        what = f'looks at "{name}", which is asked in every round of "{around}"'
        return Problem(loc, place, "INSIDE_GROUP", what, f'write {{item = "{around}", any_row = ...}}', blocks=True)
    return _order_problem(name, loc, place, scope, before) if before is not None else None


def _order_problem(name: str, loc: Loc, place: str, scope: Scope, before: str) -> Problem | None:
    """Conditions look back: at what was asked earlier in this questionnaire."""
    if name == before or name == scope.group_of.get(before):
        return Problem(
            loc, place, "LOOKS_AT_ITSELF", "looks at its own answer", "look at an earlier question", blocks=True
        )
    if name in scope.order and scope.order[name] > scope.order[before]:
        what = f'looks ahead at "{name}", which is asked later'
        return Problem(
            loc, place, "LOOKS_AHEAD", what, f'move it behind "{name}", or look at an earlier question', True
        )
    return None


def _test_problems(test: AnswerTest, loc: Loc, place: str, scope: Scope, before: str | None) -> Iterator[Problem]:
    """Whether the comparison fits the item's type and names only what the item offers."""
    item = scope.items[test.item]
    if test.subject != test.item and not item.has_parts:
        what = f'looks at a part of "{item.id}", but it is a {item.type} question'
        yield Problem(loc, place, "WRONG_TEST", what, "leave row, mark and rows out", blocks=True)
    elif test.name not in item.comparisons:
        what = f'compares "{item.id}" with {test.name}, but it is a {item.type} question'
        hint = f"use one of {', '.join(item.comparisons)}"
        yield Problem((*loc, test.name), place, "WRONG_TEST", what, hint, blocks=True)
    elif test.missing is not None and test.missing not in item.missing_codes:
        what = f'waits for "{test.missing}", which "{item.id}" does not offer'
        hint = f"it may be {', '.join(item.missing_codes)}; only answers of a laboratory may be pending"
        yield Problem((*loc, test.name), place, "UNKNOWN_OPTION", what, hint, blocks=True)
    elif test.any_row is not None:
        inner = (*loc, "any_row")
        yield from condition_problems(test.any_row, inner, place, scope, before=before, group=item.id)
    else:
        yield from item.test_problems(test, loc, place, scope.nearest)
