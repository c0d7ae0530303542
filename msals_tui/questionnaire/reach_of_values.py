"""Whether answers that are compared with each other can ever compare so, from how far the values of each may reach."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import AgeTest, DatesTest, ItemsTest, NumbersTest
from msals_tui.questionnaire.condition_base import DAYS_A_YEAR

_ANY_DAY = date(2000, 1, 1)
_ENDLESS = Decimal("Infinity")


class Range(Struct, frozen=True):
    """The least and the most that a number may be, or that the days since a date may be."""

    least: Decimal
    most: Decimal


def range_of(known: Sequence[Answer | None], allowed: Sequence[Answer | None]) -> Range | None:
    """How far the `allowed` ones of the representatives that are `known` reach; None where that is not followed.

    The oldest of all dates that are known stands for all that are older.
    """
    numbers = [one.number for one in allowed if one is not None and one.number is not None]
    if numbers:
        return Range(min(numbers), max(numbers))
    spans = [span for one in allowed if one is not None and (span := one.days_before(_ANY_DAY)) is not None]
    if not spans:
        return None
    every = [span for one in known if one is not None and (span := one.days_before(_ANY_DAY)) is not None]
    oldest, furthest = max(fewest for fewest, _ in every), max(fewest for fewest, _ in spans)
    return Range(min(most for _, most in spans), _ENDLESS if furthest == oldest else furthest)


def may_hold(test: ItemsTest, allowed: Mapping[str, Range | None]) -> bool:
    """Whether values within these ranges, by the key of each item, can make a comparison true."""
    if any(one is None for one in allowed.values()):
        return True
    ranges = {key: one for key, one in allowed.items() if one is not None}
    match test:
        case DatesTest():
            return ranges["date"].most > ranges["before"].least
        case NumbersTest():
            return ranges["number"].most > ranges["above"].least
        case AgeTest():
            return _age_may_be(test, ranges)
        case _:
            return True


def _age_may_be(test: AgeTest, ranges: Mapping[str, Range]) -> bool:
    age, on = ranges["age"], ranges["on"]
    oldest, youngest = age.most + on.most / DAYS_A_YEAR, age.least + 1 + on.least / DAYS_A_YEAR
    if test.now_above is not None:
        return oldest > test.now_above + test.by_more_than
    if test.now_above_item is not None:
        return oldest > ranges["now_above_item"].least + 1 + test.by_more_than
    return youngest + test.by_more_than < ranges["now_below_item"].most
