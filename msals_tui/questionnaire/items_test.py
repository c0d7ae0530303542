"""Comparisons of answers with each other: a date with another, a number with another, an age with the day of it."""

from collections.abc import Mapping
from decimal import Decimal

from msals_tui.questionnaire.answer import Missing
from msals_tui.questionnaire.base import Figure, Id
from msals_tui.questionnaire.condition_base import DAYS_A_YEAR, ConditionBase, Lookup


class ItemsTest(ConditionBase):
    """Compares answers with each other. True only where it is certain, whatever the answers may mean."""

    @property
    def items(self) -> Mapping[str, str]:
        """The items that are compared, by the key that names each."""
        raise NotImplementedError

    @property
    def like(self) -> Mapping[str, str]:
        """The comparison that each of these must allow to be what is compared here, by the same key."""
        raise NotImplementedError

    def holds(self, lookup: Lookup) -> bool:
        """Whether the comparison is true of these answers."""
        raise NotImplementedError


_LIKE_A_DATE, _LIKE_A_NUMBER = "months_ago_below", "above"


class DatesTest(ItemsTest):
    """One date lies before another: every day that the one may mean before every day that the other may mean."""

    date: Id
    before: Id

    @property
    def items(self) -> Mapping[str, str]:
        """Two dates."""
        return {"date": self.date, "before": self.before}

    @property
    def like(self) -> Mapping[str, str]:
        """Both are dates."""
        return dict.fromkeys(self.items, _LIKE_A_DATE)

    def holds(self, lookup: Lookup) -> bool:
        """False where the two may mean the same day."""
        earlier, later = (_days(one, lookup) for one in (self.date, self.before))
        return earlier is not None and later is not None and earlier[0] > later[1]


class NumbersTest(ItemsTest):
    """One number is greater than another, in the same unit."""

    number: Id
    above: Id

    @property
    def items(self) -> Mapping[str, str]:
        """Two numbers."""
        return {"number": self.number, "above": self.above}

    @property
    def like(self) -> Mapping[str, str]:
        """Both are numbers."""
        return dict.fromkeys(self.items, _LIKE_A_NUMBER)

    def holds(self, lookup: Lookup) -> bool:
        """False where one of them is no number, or not known."""
        more, less = (_number(one, lookup) for one in (self.number, self.above))
        return more is not None and less is not None and more > less


class AgeTest(ItemsTest):
    """How old somebody is today who had a certain age, in whole years, on a certain date."""

    age: Id
    on: Id
    now_above: Figure | None = None
    """Years: older than this today."""
    now_above_item: Id | None = None
    """Older than the age that this item gives for today."""
    now_below_item: Id | None = None
    """Younger than that."""
    by_more_than: Figure = Decimal(0)
    """Years by which the two ages must differ at least to be worth a word, since people guess."""

    def __post_init__(self) -> None:
        """Raises ValueError if it does not compare in exactly one way."""
        if (self.now_above, self.now_above_item, self.now_below_item).count(None) != len(("above", "below")):
            raise ValueError("an age is compared in exactly one way: now_above, now_above_item or now_below_item")

    @property
    def items(self) -> Mapping[str, str]:
        """An age, the date of it, and the age today where an item gives it."""
        found = {"age": self.age, "on": self.on, "now_above_item": self.now_above_item}
        found["now_below_item"] = self.now_below_item
        return {key: item for key, item in found.items() if item is not None}

    @property
    def like(self) -> Mapping[str, str]:
        """Ages are numbers."""
        return {key: _LIKE_A_DATE if key == "on" else _LIKE_A_NUMBER for key in self.items}

    def holds(self, lookup: Lookup) -> bool:
        """An age of 30 lasts until the day before one is 31."""
        age, days = _number(self.age, lookup), _days(self.on, lookup)
        if age is None or days is None:
            return False
        least, most = age + days[0] / DAYS_A_YEAR, age + 1 + days[1] / DAYS_A_YEAR
        if self.now_above is not None:
            return least > self.now_above + self.by_more_than
        if self.now_above_item is not None:
            now = _number(self.now_above_item, lookup)
            return now is not None and least > now + 1 + self.by_more_than
        now = _number(self.now_below_item or "", lookup)
        return now is not None and most + self.by_more_than < now


class WithdrawnTest(ItemsTest):
    """A value is kept of an item that is not asked on this path: once it was, or a file holds both."""

    withdrawn: Id

    @property
    def items(self) -> Mapping[str, str]:
        """The one item."""
        return {"withdrawn": self.withdrawn}

    @property
    def like(self) -> Mapping[str, str]:
        """Any question."""
        return {"withdrawn": "answered"}

    def holds(self, lookup: Lookup) -> bool:
        """A missing code is no value."""
        answer = lookup.withdrawn_answer(self.withdrawn)
        return answer is not None and not isinstance(answer, Missing)


def _number(item: str, lookup: Lookup) -> Decimal | None:
    answer = lookup.answer(item)
    return answer.number if answer is not None else None


def _days(item: str, lookup: Lookup) -> tuple[Decimal, Decimal] | None:
    """Fewest and most days between a date and the day of the intake."""
    answer = lookup.answer(item)
    return answer.days_before(lookup.today) if answer is not None else None
