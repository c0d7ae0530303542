"""What open questions could still make of a condition: whether it may hold, and on which of them that hangs.

A question is open while it has no answer and is asked, or would be asked after other answers to open questions.
"""

from msgspec import Struct

from msals_tui.questionnaire.condition import (
    All,
    AnswerTest,
    Any,
    Condition,
    FindingTest,
    ItemsTest,
    Not,
    WithdrawnTest,
    holds,
    items_in,
)
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response


class Undecided(Struct, frozen=True):
    """What may become of a condition."""

    may_hold: bool
    may_fail: bool
    items: frozenset[str] = frozenset()
    """The items that are asked and open, and on which it hangs; those that would call up another one stand for it."""


def undecided(condition: Condition, response: Response) -> Undecided:
    """What may become of a condition. Of a question that is open anything may become."""
    match condition:
        case AnswerTest(item=item):
            return _of_item(condition, item, response)
        case ItemsTest():
            return _of_items(condition, response)
        case FindingTest():
            return _decided(holds=holds(condition, response))
        case Not(not_=part):
            inner = undecided(part, response)
            return Undecided(inner.may_fail, inner.may_hold, inner.items)
        case All(all=parts):
            return _of_parts(parts, len(parts), response)
        case Any(any=parts, at_least=least):
            return _of_parts(parts, least, response)


def hangs_on(condition: Condition, questionnaire: Questionnaire) -> frozenset[str]:
    """Every item that has a say in a condition, also by what calls up the items that it looks at."""
    found: set[str] = set()
    conditions = [condition]
    while conditions:
        for name in items_in(conditions.pop()) - found:
            found.add(name)
            if name in questionnaire.index and (asked := questionnaire.item(name).enable_when) is not None:
                conditions.append(asked)
    return frozenset(found)


def _of_parts(parts: tuple[Condition, ...], least: int, response: Response) -> Undecided:
    """Of a condition of which so many parts are needed."""
    found = [undecided(part, response) for part in parts]
    may_hold = sum(one.may_hold for one in found) >= least
    may_fail = sum(not one.may_fail for one in found) < least
    if not (may_hold and may_fail):
        return Undecided(may_hold, may_fail)
    open_parts = [one for one in found if one.may_hold and one.may_fail]
    return Undecided(may_hold, may_fail, frozenset().union(*(one.items for one in open_parts)))


def _of_item(test: AnswerTest, item: str, response: Response) -> Undecided:
    questionnaire = response.questionnaire
    if item in response.given and item in response.asked:
        return _decided(holds=holds(test, response))
    if item in response.asked:
        return Undecided(True, True, frozenset({item}))
    if item in questionnaire.index and (asked_when := questionnaire.item(item).enable_when) is not None:
        called_up = undecided(asked_when, response)
        if called_up.may_hold:
            return Undecided(True, True, called_up.items)
    return _decided(holds=holds(test, response))


def _of_items(test: ItemsTest, response: Response) -> Undecided:
    """Answers that are compared with each other: anything may become of it while one of them is open."""
    if isinstance(test, WithdrawnTest):
        return _decided(holds=test.holds(response))
    found = [undecided(AnswerTest(item=item, answered=True), response) for item in test.items.values()]
    if all(one.may_hold for one in found) and any(one.may_fail for one in found):
        return Undecided(True, True, frozenset().union(*(one.items for one in found)))
    return _decided(holds=test.holds(response))


def _decided(*, holds: bool) -> Undecided:
    return Undecided(holds, not holds)
