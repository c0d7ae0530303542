"""Which items can ever be asked: plain reasoning over the few answers that conditions can tell apart.

Every item that a condition looks at gets representative answers: no answer, each missing code, and values on either side
of every threshold and inside or outside every list. A comparison is then a set of representatives, kept as the bits of a
number; a condition is a list of boxes (item to bits), any one of which makes it true. An item can be asked when some box
of its own condition can stand together with the conditions of all the items that must have been answered for it.

What becomes too large to follow is taken as possible, so nothing is ever called unreachable that is not.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import reduce

from msals_tui.questionnaire.answer import Answer, Missing
from msals_tui.questionnaire.condition import (
    All,
    AnswerTest,
    Any,
    Condition,
    FindingStatus,
    FindingTest,
    ItemsTest,
    Not,
    WithdrawnTest,
    answer_tests,
)
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.reach_of_values import Range, may_hold, range_of

Box = dict[str, int]
"""Items or parts of them, and the bits of the representatives that each may have; what is not there may have any."""

ANYTHING: tuple[Box, ...] = ({},)
NOTHING: tuple[Box, ...] = ()

_MOST_BOXES = 64
_MOST_ITEMS_IN_A_BOX = 16
_MOST_MERGES = 100_000
"""Work for one questionnaire; far above what real ones need (one or two merges an item)."""
_MOST_REPRESENTATIVES = 256
NO_ANSWER = 1
"""The bit of "not asked or not answered"; always the first."""


class _Alone:
    """A world in which nothing else was answered."""

    today = date(2000, 1, 1)

    @staticmethod
    def answer(item: str) -> Answer | None:
        return None

    @staticmethod
    def withdrawn_answer(item: str) -> Answer | None:
        return None

    @staticmethod
    def finding(finding: str) -> FindingStatus:
        return "unknown"


class Reach:
    """What conditions allow. Items must be added in the order in which they are asked."""

    def __init__(
        self,
        items: Mapping[str, Item],
        tests: Mapping[str, Iterable[AnswerTest]],
        never_asked: Collection[str] = frozenset(),
    ) -> None:
        """`items` are those that can be reasoned about; `tests` all comparisons made with each of them anywhere."""
        self._items = items
        self._never_asked = never_asked
        self._tests = tests
        self._known: dict[str, tuple[Answer | None, ...]] = {}
        self._paths: dict[str, tuple[Box, ...]] = {}
        self._off: dict[str, tuple[Box, ...]] = {}
        """The ways in which an item is not asked."""
        self._true_bits: dict[AnswerTest, int] = {}
        self._left = _MOST_MERGES

    def add(self, item: str, condition: Condition | None, *, within: str | None = None) -> None:
        """Notes when an item is asked; `within` is the group in whose rounds it stands."""
        outer = self._paths.get(within, ANYTHING) if within else ANYTHING
        path = self._meet(outer, self._given(self.boxes(condition))) if condition else outer
        self._paths.setdefault(item, path)
        self._off.setdefault(item, self.boxes(condition, truth=False) if condition else NOTHING)

    def reached(self, item: str) -> bool:
        """Whether an added item can ever be asked."""
        return self._paths.get(item, ANYTHING) != NOTHING

    def possible(self, condition: Condition) -> bool:
        """Whether a condition can ever be true, given when the items are asked that it looks at."""
        return self._ways(condition) != NOTHING

    def _ways(self, condition: Condition) -> tuple[Box, ...]:
        """The ways in which a condition is true, given when the items are asked that it looks at."""
        needed = [test for test in _always(condition) if isinstance(test, ItemsTest)]
        ways = self._given(self.boxes(condition))
        return tuple(box for box in ways if all(may_hold(test, self._allowed(test, box)) for test in needed))

    def _allowed(self, test: ItemsTest, box: Box) -> Mapping[str, Range | None]:
        """How far the values reach that a box leaves to each item of a comparison, by its key there."""
        found = {}
        for key, item in test.items.items():
            known = self._representatives(item)
            bits = box.get(item, -1)
            found[key] = range_of(known, [one for bit, one in enumerate(known) if bits >> bit & 1])
        return found

    def says_nothing(self, condition: Condition) -> bool:
        """Whether a condition that compares values holds for every value, so that it only asks for an answer."""
        if any(test.answered is not None or test.missing is not None for test in answer_tests(condition)):
            return False
        left = self.boxes(condition, truth=False)
        return all(any(bits & self._values(item) == 0 for item, bits in box.items()) for box in left)

    def boxes(self, condition: Condition, *, truth: bool = True) -> tuple[Box, ...]:
        """The ways in which a condition is true (or, without `truth`, false); none if it never is."""
        match condition:
            case AnswerTest():
                return self._leaf(condition, truth=truth)
            case FindingTest():
                return ANYTHING
            case ItemsTest():
                return self._between(condition) if truth else ANYTHING
            case Not(not_=part):
                return self.boxes(part, truth=not truth)
            case All(all=parts):
                return self._at_least(len(parts) if truth else 1, parts, truth=truth)
            case Any(any=parts, at_least=needed):
                return self._at_least(needed if truth else len(parts) - needed + 1, parts, truth=truth)

    def _leaf(self, test: AnswerTest, *, truth: bool) -> tuple[Box, ...]:
        known = self._representatives(test.subject)
        if not known:
            return ANYTHING
        if test.any_row is not None:
            # A round either fulfils it or not, whatever the number of rounds; only "no round at all" settles it.
            rounds = sum(
                1 << bit for bit, answer in enumerate(known) if answer is not None and answer.rounds(test.item)
            )
            ways = self._ways(test.any_row)
            if truth:
                inside = {one.id for one in self._items[test.item].items}
                outside = tuple({one: bits for one, bits in box.items() if one not in inside} for box in ways)
                return self._meet(({test.subject: rounds},), outside) if rounds else NOTHING
            true, false = 0, (1 << len(known)) - 1
        else:
            if test not in self._true_bits:
                bits = sum(1 << bit for bit, answer in enumerate(known) if test.holds(answer, _Alone))
                self._true_bits[test] = bits
            true = self._true_bits[test]
            false = ((1 << len(known)) - 1) & ~true
        bits = true if truth else false
        return ({test.subject: bits},) if bits else NOTHING

    def _between(self, test: ItemsTest) -> tuple[Box, ...]:
        """All items that are compared have values; which values is not followed. A withdrawn one is not asked."""
        if isinstance(test, WithdrawnTest):
            return self._off.get(test.withdrawn, ANYTHING)
        values = {item: self._values(item) for item in test.items.values() if self._representatives(item)}
        possible = all(values.values()) and may_hold(test, self._allowed(test, {}))
        return (values,) if possible else NOTHING

    def _at_least(self, needed: int, parts: tuple[Condition, ...], *, truth: bool) -> tuple[Box, ...]:
        """The boxes in which at least so many of the parts are true (or false)."""
        if needed <= 0 or needed > len(parts):
            return ANYTHING if needed <= 0 else NOTHING
        each = [self.boxes(part, truth=truth) for part in parts]
        if needed == len(parts):
            return reduce(self._meet, each)
        if needed == 1:
            return reduce(self._join, each)
        if needed * len(parts) > _MOST_BOXES:
            return ANYTHING
        ways = [ANYTHING, *([NOTHING] * needed)]
        for one in each:
            for count in range(needed, 0, -1):
                ways[count] = self._join(ways[count], self._meet(ways[count - 1], one))
        return ways[needed]

    def _given(self, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        """The boxes together with what must be true for their items to be asked at all."""
        all_ways = NOTHING
        for box in boxes:
            ways: tuple[Box, ...] = (box,)
            for item, bits in box.items():
                if not bits & NO_ANSWER:
                    ways = self._meet(ways, self._paths.get(_item_of(item), ANYTHING))
            all_ways = self._join(all_ways, ways)
        return all_ways

    def _join(self, left: tuple[Box, ...], right: tuple[Box, ...]) -> tuple[Box, ...]:
        """Either. Boxes over the same single item become one."""
        if len(left) == 1 == len(right) and len(left[0]) == 1 and left[0].keys() == right[0].keys():
            [item] = left[0]
            return ({item: left[0][item] | right[0][item]},)
        if {} in left or {} in right or len(left) + len(right) > _MOST_BOXES:
            return ANYTHING
        return (*left, *right)

    def _meet(self, left: tuple[Box, ...], right: tuple[Box, ...]) -> tuple[Box, ...]:
        """Both."""
        if ANYTHING in (left, right):
            return right if left == ANYTHING else left
        self._left -= len(left) * len(right)
        if self._left < 0:
            return ANYTHING
        both = [box for one in left for other in right if (box := _merged(one, other)) is not None]
        return tuple(both) if len(both) <= _MOST_BOXES else ANYTHING

    def _values(self, item: str) -> int:
        """The bits of the representatives that are values."""
        known = self._representatives(item)
        return sum(
            1 << bit for bit, answer in enumerate(known) if answer is not None and not isinstance(answer, Missing)
        )

    def _representatives(self, item: str) -> tuple[Answer | None, ...]:
        """Answers that conditions can tell apart, "none" first; empty where there are too many to follow."""
        if _item_of(item) in self._never_asked:
            return (None,)
        asked = self._items.get(_item_of(item))
        if asked is not None and item not in self._known:
            tests = tuple(self._tests.get(item, ()))
            values = asked.representatives(tests)
            missing = (Missing(code) for code in asked.missing_codes)
            all_answers = (None, *missing, *values) if values is not None else ()
            self._known[item] = all_answers if len(all_answers) <= _MOST_REPRESENTATIVES else ()
        return self._known.get(item, ())


def _merged(one: Box, other: Box) -> Box | None:
    """Both boxes at once, None if they exclude each other. Past its size a box forgets, which loses nothing true."""
    box = dict(one)
    for item, bits in other.items():
        if item in box:
            box[item] &= bits
            if not box[item]:
                return None
        elif len(box) < _MOST_ITEMS_IN_A_BOX:
            box[item] = bits
    return box


def _always(condition: Condition) -> Iterable[Condition]:
    """The comparisons that are true whenever a condition is."""
    if isinstance(condition, All):
        for part in condition.all:
            yield from _always(part)
    else:
        yield condition


def _item_of(subject: str) -> str:
    """The item that is compared, whole or a part of it."""
    return subject.partition(" ")[0]


def tests_by_item(conditions: Iterable[Condition]) -> dict[str, list[AnswerTest]]:
    """All comparisons of many conditions, by what they compare: an item, or a part of one."""
    found: dict[str, list[AnswerTest]] = {}
    for condition in conditions:
        for test in answer_tests(condition):
            found.setdefault(test.subject, []).append(test)
    return found
