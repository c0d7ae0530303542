"""Conditions over answers and findings, as data: enable-when, derived findings, safety and look-alike rules.

One leaf compares one item, one finding, or answers with each other (`items_test`); `all`, `any` and `not` combine. An item that
is not asked, not answered, or answered with a missing code makes every comparison false, `is_not` too: it means "answered, and
not that". Only `answered = false` and `missing` look at what is absent, and `withdrawn` at what no longer counts.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Annotated, Literal, Protocol, TypeAlias

from msgspec import Meta
from msgspec.structs import asdict, astuple

from msals_tui.questionnaire.answer import Answer, Missing
from msals_tui.questionnaire.base import Code, Figure, Id
from msals_tui.questionnaire.condition_base import DAYS_A_MONTH, ConditionBase, FindingStatus, Lookup
from msals_tui.questionnaire.items_test import AgeTest, DatesTest, ItemsTest, NumbersTest, WithdrawnTest

__all__ = [
    "DAYS_A_MONTH",
    "AgeTest",
    "All",
    "AnswerTest",
    "Any",
    "Condition",
    "ConditionBase",
    "DatesTest",
    "FindingStatus",
    "FindingTest",
    "ItemsTest",
    "Leaf",
    "Lookup",
    "Not",
    "NumbersTest",
    "RowLookup",
    "WithdrawnTest",
    "holds",
    "items_in",
    "items_of",
    "leaves",
    "of_codes",
    "reasons",
]

_PLACES = ("item", "row", "mark", "rows")
"""What says where to look, and not how to compare."""
_OF_PARTS = ("is_", "is_not", "any_of", "only", "rows_at_least", "answered", "missing")


class AnswerTest(ConditionBase):
    """Compares one item. Exactly one comparison; for several choices `is` and `any_of` mean "is among the chosen"."""

    item: Id
    row: Code | None = None
    """The row of a grid that is looked at, as a question of its marks."""
    mark: Code | None = None
    """The mark of a grid that is looked at, as a question of the rows that carry it; "none" where all were looked at."""
    rows: Annotated[tuple[Code, ...], Meta(min_length=1)] | None = None
    """The rows among which a mark is looked for; all where none is named."""
    is_: Code | None = None
    is_not: Code | None = None
    any_of: Annotated[tuple[Code, ...], Meta(min_length=1)] | None = None
    only: Annotated[tuple[Code, ...], Meta(min_length=1)] | None = None
    """Something was chosen, and nothing outside this list."""
    above: Figure | None = None
    below: Figure | None = None
    at_least: Figure | None = None
    at_most: Figure | None = None
    months_ago_at_least: Figure | None = None
    months_ago_below: Figure | None = None
    rows_at_least: Annotated[int, Meta(ge=1)] | None = None
    any_row: "Condition | None" = None
    """True when one round of a repeating group fulfils it; names items of that group."""
    answered: bool | None = None
    missing: Literal["not_sure", "not_asked", "declined", "pending"] | None = None

    def __post_init__(self) -> None:
        """Raises ValueError if it does not compare in exactly one way."""
        # Every condition comes along here at every start: counting is the fastest way.
        unset, fields = astuple(self).count(None), len(self.__struct_fields__)
        if (
            self.row is None
            and self.mark is None
            and self.rows is None
            and unset == fields - len(("item", "comparison"))
        ):
            return
        named = list(self.comparison)
        if len(named) != 1:
            raise ValueError("a condition compares in exactly one way (is, any_of, above, answered, ...)")
        if (self.row is not None and self.mark is not None) or (self.rows is not None and self.mark is None):
            raise ValueError("a condition looks at one row, or at one mark, be it only among some rows")
        if self.subject != self.item and named[0] not in _OF_PARTS:
            raise ValueError(
                "a row or a mark is compared by is, is_not, any_of, only, rows_at_least, answered or missing"
            )

    @property
    def subject(self) -> str:
        """What is compared: the item, or a part of it."""
        part = f"row {self.row}" if self.row is not None else f"mark {self.mark} {self.rows}"
        return self.item if self.row is None and self.mark is None else f"{self.item} {part}"

    @property
    def comparison(self) -> dict[str, object]:
        """The one comparison made, by name."""
        return {name: value for name, value in asdict(self).items() if name not in _PLACES and value is not None}

    @property
    def name(self) -> str:
        """The comparison made, as conditions write it."""
        [name] = self.comparison
        return name.rstrip("_")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that it names."""
        one = tuple(code for code in (self.is_, self.is_not) if code is not None)
        return (*one, *(self.any_of or ()), *(self.only or ()))

    def holds(self, answer: Answer | None, lookup: Lookup) -> bool:
        """Whether the comparison is true of this answer."""
        if answer is not None and (self.row is not None or self.mark is not None):
            answer = answer.part(self)
        if self.answered is not None:
            return self.answered == (answer is not None and not isinstance(answer, Missing))
        if self.missing is not None:
            return isinstance(answer, Missing) and answer.code == self.missing
        if answer is None:
            return False
        if self.rows_at_least is not None:
            return answer.row_count >= self.rows_at_least
        if self.any_row is not None:
            return any(holds(self.any_row, RowLookup(row, lookup)) for row in answer.rounds(self.item))
        if codes := answer.codes:
            return of_codes(self, codes, answer.unknown_codes)
        if (number := answer.number) is not None:
            return self._of_number(number)
        # A date counts as it was on the day on which it was said, however long the intake or a correction of it took.
        days = answer.days_before(answer.said_on or lookup.today)
        return days is not None and self._of_days(*days)

    def _of_number(self, value: Decimal) -> bool:
        if self.above is not None:
            return value > self.above
        if self.below is not None:
            return value < self.below
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most

    def _of_days(self, fewest: Decimal, most: Decimal) -> bool:
        """True only when it holds for every day that the date may mean."""
        if self.months_ago_at_least is not None:
            return fewest >= self.months_ago_at_least * DAYS_A_MONTH
        return self.months_ago_below is not None and most < self.months_ago_below * DAYS_A_MONTH


class CodeTest(Protocol):
    """A comparison of codes."""

    @property
    def is_(self) -> str | None:
        """This code is among them."""

    @property
    def is_not(self) -> str | None:
        """It is not, for sure."""

    @property
    def any_of(self) -> tuple[str, ...] | None:
        """One of these is among them."""

    @property
    def only(self) -> tuple[str, ...] | None:
        """Nothing but these is among them, for sure."""


def of_codes(test: CodeTest, codes: tuple[str, ...], unknown: tuple[str, ...] = ()) -> bool:
    """Whether a comparison is true of these codes, when of `unknown` ones nobody knows whether they are among them."""
    if test.is_ is not None:
        return test.is_ in codes
    if test.is_not is not None:
        return bool(codes) and test.is_not not in codes and test.is_not not in unknown
    if test.any_of is not None:
        return any(code in test.any_of for code in codes)
    return test.only is not None and bool(codes) and all(code in test.only for code in (*codes, *unknown))


class FindingTest(ConditionBase):
    """Compares one finding. Only evidence rules may hold it: what is asked never hangs on what it means."""

    finding: Id
    is_: Literal["observed", "excluded", "unknown", "not_observed", "not_excluded"]

    def holds(self, status: FindingStatus) -> bool:
        """Whether the comparison is true of this status."""
        if self.is_.startswith("not_"):
            return status != self.is_.removeprefix("not_")
        return status == self.is_


class All(ConditionBase):
    """True when every part is true."""

    all: Annotated[tuple["Condition", ...], Meta(min_length=1)]


class Any(ConditionBase):
    """True when at least one part is true, or at least `at_least` of them."""

    any: Annotated[tuple["Condition", ...], Meta(min_length=1)]
    at_least: Annotated[int, Meta(ge=1)] = 1


class Not(ConditionBase):
    """True when the part is false; of an unanswered item, `not` of a comparison is therefore true."""

    not_: "Condition"


Leaf: TypeAlias = AnswerTest | FindingTest | DatesTest | NumbersTest | AgeTest | WithdrawnTest
"""What compares, by itself."""
Condition: TypeAlias = Leaf | All | Any | Not


def holds(condition: Condition, lookup: Lookup) -> bool:
    """Whether a condition is true of what `lookup` knows."""
    # Every answer that is given comes here some hundred times, so nothing is looked at that cannot change the outcome.
    match condition:
        case FindingTest():
            return condition.holds(lookup.finding(condition.finding))
        case AnswerTest():
            return condition.holds(lookup.answer(condition.item), lookup)
        case ItemsTest():
            return condition.holds(lookup)
        case All():
            return all(holds(part, lookup) for part in condition.all)
        case Any():
            held = (part for part in condition.any if holds(part, lookup))
            return next(islice(held, condition.at_least - 1, None), None) is not None
        case Not():
            return not holds(condition.not_, lookup)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every comparison in a condition, in reading order; those on the rounds of a group are not listed."""
    match condition:
        case AnswerTest() | FindingTest() | ItemsTest():
            yield condition
        case All(all=parts) | Any(any=parts):
            for part in parts:
                yield from leaves(part)
        case Not(not_=part):
            yield from leaves(part)


def answer_tests(condition: Condition) -> Iterator[AnswerTest]:
    """Every comparison with an answer in a condition, those on the rounds of a group too."""
    for test in leaves(condition):
        if isinstance(test, AnswerTest):
            yield test
            if test.any_row is not None:
                yield from answer_tests(test.any_row)


def items_of(leaf: Leaf) -> Iterator[str]:
    """The items that a comparison looks at, those within the rounds of a group too; none where it looks at a finding."""
    match leaf:
        case AnswerTest(item=item, any_row=inner):
            yield item
            for one in leaves(inner) if inner is not None else ():
                yield from items_of(one)
        case ItemsTest():
            yield from leaf.items.values()


def items_in(condition: Condition) -> frozenset[str]:
    """Every item that a condition looks at, those within the rounds of a group too."""
    return frozenset(item for leaf in leaves(condition) for item in items_of(leaf))


def reasons(condition: Condition, lookup: Lookup) -> Iterator[Leaf]:
    """The comparisons that make a condition true, in reading order; nothing when it is false. What is absent is no reason."""
    if not holds(condition, lookup):
        return
    match condition:
        case AnswerTest() | FindingTest() | ItemsTest():
            yield condition
        case All(all=parts) | Any(any=parts):
            for part in parts:
                yield from reasons(part, lookup)


class RowLookup:
    """One round of a group in front of the answers outside it."""

    def __init__(self, answers: Mapping[str, Answer], outside: Lookup) -> None:
        self._answers = answers
        self._outside = outside

    @property
    def today(self) -> date:
        """The day of the intake."""
        return self._outside.today

    def answer(self, item: str) -> Answer | None:
        """The answer given in this round, else the one given outside it."""
        return self._answers.get(item) or self._outside.answer(item)

    def withdrawn_answer(self, item: str) -> Answer | None:
        """Within rounds nothing is withdrawn by itself."""
        return self._outside.withdrawn_answer(item)

    def finding(self, finding: str) -> FindingStatus:
        """Findings are those of the whole sitting."""
        return self._outside.finding(finding)
