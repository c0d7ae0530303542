"""Which items hang on which, worked out once a questionnaire, and sets of its items that cost next to nothing.

A set of items is one whole number with a bit for each item, in the order in which they are asked: sets are joined, cut
and counted word by word by the machine, so that an answer to one of 10,000 questions costs what an answer to one of 100 does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import TypeAlias

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import (
    All,
    AnswerTest,
    Any,
    Condition,
    FindingTest,
    ItemsTest,
    Lookup,
    Not,
    items_in,
)
from msals_tui.questionnaire.kinds.item import Item

Test: TypeAlias = Callable[[Lookup], bool]
"""Whether a condition is true of what a lookup knows."""

_FEW = 16
"""Numbers up to which a set is put together bit by bit."""
_CHUNK_BITS = 6
_CHUNK = 1 << _CHUNK_BITS
"""Answers that stand together: so many are copied when one of them changes, and one reference for each chunk there is."""


class Graph:
    """The items of one questionnaire by number, and for each the later ones whose enable-when looks at it."""

    def __init__(self, items: tuple[Item, ...], number: Mapping[str, int]) -> None:
        """`number` is the place of each item by its id."""
        self.items = items
        self.ids = tuple(number)
        self.number = number
        self.tests = tuple(compiled(item.enable_when) if item.enable_when is not None else None for item in items)
        """Whether an item is asked; None if it always is."""
        self.dependents = self._dependents()
        self.statements = bits_of(number for number, item in enumerate(items) if not item.is_question)

    def _dependents(self) -> tuple[tuple[int, ...], ...]:
        """By number: the items whose enable-when looks at this one, in order."""
        found: list[tuple[int, ...]] = [()] * len(self.items)
        for number, item in enumerate(self.items):
            if item.enable_when is not None:
                for name in items_in(item.enable_when) & self.number.keys():
                    found[self.number[name]] += (number,)
        return tuple(found)

    def items_of(self, ids: Iterable[str]) -> "Items":
        """These items as a set of this questionnaire's."""
        return Items(self, bits_of(self.number[name] for name in ids))

    def dependents_of(self, item: str) -> "Items":
        """The items whose enable-when looks at this one."""
        return Items(self, bits_of(self.dependents[self.number[item]]))


class Items(Set[str]):
    """Some items of a questionnaire, by id, in the order in which they are asked."""

    __slots__ = ("_graph", "bits")

    def __init__(self, graph: Graph, bits: int) -> None:
        self._graph = graph
        self.bits = bits

    @classmethod
    def _from_iterable(cls, found: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        """What joins with other sets is an ordinary set."""
        return frozenset(found)

    def __contains__(self, item: object) -> bool:
        number = self._graph.number.get(item)  # type: ignore[call-overload]
        return number is not None and bool(self.bits >> number & 1)

    def __iter__(self) -> Iterator[str]:
        ids = self._graph.ids
        return (ids[number] for number in numbers_of(self.bits))

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return bool(self.bits)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Items) and other._graph is self._graph:
            return self.bits == other.bits
        return super().__eq__(other)

    __hash__ = Set._hash

    def __repr__(self) -> str:
        return f"Items({', '.join(self)})"

    def __and__(self, other: Set[object]) -> "Items":
        return Items(self._graph, self.bits & self._bits(other))

    __rand__ = __and__

    def __sub__(self, other: Set[object]) -> "Items":
        return Items(self._graph, self.bits & ~self._bits(other))

    def _bits(self, other: Iterable[object]) -> int:
        """The bits of another set, as far as its members are items of this questionnaire."""
        if isinstance(other, Items) and other._graph is self._graph:
            return other.bits
        number = self._graph.number
        return bits_of(number[one] for one in other if isinstance(one, str) and one in number)

    def whole(self) -> tuple[Item, ...]:
        """The items themselves."""
        items = self._graph.items
        return tuple(items[number] for number in numbers_of(self.bits))

    def after(self, item: str) -> str | None:
        """The first of these items that stands behind another; None if none does."""
        behind = self._graph.number[item] + 1
        rest = self.bits >> behind
        return self._graph.ids[behind + (rest & -rest).bit_length() - 1] if rest else None

    def before(self, item: str) -> str | None:
        """The last of these items that stands before another; None if none does."""
        rest = self.bits & ((1 << self._graph.number[item]) - 1)
        return self._graph.ids[rest.bit_length() - 1] if rest else None

    def first(self) -> str | None:
        """The first of these items; None if there is none."""
        return self._graph.ids[(self.bits & -self.bits).bit_length() - 1] if self.bits else None

    def last(self) -> str | None:
        """The last of these items; None if there is none."""
        return self._graph.ids[self.bits.bit_length() - 1] if self.bits else None

    def within(self, start: int, count: int) -> "Items":
        """Those among `count` items from number `start` on."""
        return Items(self._graph, (self.bits >> start & ((1 << count) - 1)) << start)


class Answers(Mapping[str, Answer]):
    """Answers by item id, never changed: `put` makes another one, which shares all but one chunk with this."""

    __slots__ = ("_chunks", "_graph", "bits")

    def __init__(self, graph: Graph, chunks: list[tuple[Answer | None, ...]], bits: int) -> None:
        self._graph = graph
        self._chunks = chunks
        self.bits = bits
        """The items that have an answer."""

    @classmethod
    def of(cls, graph: Graph, given: Mapping[str, Answer]) -> "Answers":
        """These answers. Raises KeyError if an id is none of the questionnaire's."""
        found: list[Answer | None] = [None] * len(graph.ids)
        for name, answer in given.items():
            found[graph.number[name]] = answer
        chunks = [tuple(found[start : start + _CHUNK]) for start in range(0, len(found), _CHUNK)]
        return cls(graph, chunks, bits_of(graph.number[name] for name in given))

    def at(self, number: int) -> Answer | None:
        """The answer to the item of this number."""
        return self._chunks[number >> _CHUNK_BITS][number & (_CHUNK - 1)]

    def put(self, number: int, answer: Answer | None) -> "Answers":
        """The same answers but for one, which None takes out."""
        chunks, place = self._chunks.copy(), number & (_CHUNK - 1)
        chunk = chunks[number >> _CHUNK_BITS]
        chunks[number >> _CHUNK_BITS] = (*chunk[:place], answer, *chunk[place + 1 :])
        bit = 1 << number
        return Answers(self._graph, chunks, self.bits & ~bit if answer is None else self.bits | bit)

    def __getitem__(self, item: str) -> Answer:
        answer = self.at(self._graph.number[item])
        if answer is None:
            raise KeyError(item)
        return answer

    def __contains__(self, item: object) -> bool:
        number = self._graph.number.get(item)  # type: ignore[call-overload]
        return number is not None and bool(self.bits >> number & 1)

    def __iter__(self) -> Iterator[str]:
        return iter(Items(self._graph, self.bits))

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __repr__(self) -> str:
        return f"Answers({dict(self)})"


def compiled(condition: Condition) -> Test:
    """A condition made ready to be asked again and again; says the same as `condition.holds`."""
    if isinstance(condition, ItemsTest):
        return condition.holds
    return _compiled(condition)


def _compiled(condition: AnswerTest | FindingTest | All | Any | Not) -> Test:
    match condition:
        case AnswerTest(item=item, is_=str(code), row=None, mark=None):
            # By far the most conditions; one question may have a thousand others hang on it.
            def among(lookup: Lookup) -> bool:
                answer = lookup.answer(item)
                return answer is not None and code in answer.codes

            return among
        case AnswerTest(item=item):
            return lambda lookup: condition.holds(lookup.answer(item), lookup)
        case FindingTest(finding=finding, is_=status) if status.startswith("not_"):
            other = status.removeprefix("not_")
            return lambda lookup: lookup.finding(finding) != other
        case FindingTest(finding=finding, is_=status):
            return lambda lookup: lookup.finding(finding) == status
        case All(all=parts):
            every = [compiled(part) for part in parts]
            return lambda lookup: all(test(lookup) for test in every)
        case Any(any=parts, at_least=1):
            some = [compiled(part) for part in parts]
            return lambda lookup: any(test(lookup) for test in some)
        case Any(any=parts, at_least=least):
            some = [compiled(part) for part in parts]
            return lambda lookup: sum(test(lookup) for test in some) >= least
        case Not(not_=part):
            test = compiled(part)
            return lambda lookup: not test(lookup)


def bits_of(numbers: Iterable[int]) -> int:
    """The number with these bits."""
    listed = list(numbers)
    if len(listed) <= _FEW:
        bits = 0
        for number in listed:
            bits |= 1 << number
        return bits
    field = bytearray(max(listed) // 8 + 1)
    for number in listed:
        field[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(field, "little")


def numbers_of(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest on."""
    digits = f"{bits:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
