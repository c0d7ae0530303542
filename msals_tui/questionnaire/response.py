"""The answers that count: immutable, with what is asked on this path.

An answer whose item is no longer asked is kept in `given` and counts for nothing: `answer()` does not return it. Conditions
look back only, so one pass in order settles who is asked; after that an answer costs only what hangs on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import heappop, heappush

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.questionnaire.graph import Answers, Graph, Items, bits_of
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.questionnaire import Questionnaire


class Response:
    """What was answered to one questionnaire on one day. A value; fulfils `condition.Lookup`."""

    __slots__ = ("asked", "changed", "given", "questionnaire", "today")

    def __init__(self, questionnaire: Questionnaire, today: date, given: Mapping[str, Answer]) -> None:
        """`given` holds every answer ever given and not taken back, by item, also of items no longer asked."""
        graph = questionnaire.graph
        answers = Answers.of(graph, given)
        path = _Path(graph, today, answers, 0)
        for number, test in enumerate(graph.tests):
            path.settled[number] = test is None or test(path)
        self._set(questionnaire, today, answers, bits_of(n for n, asked in path.settled.items() if asked), ())

    def _set(
        self, questionnaire: Questionnaire, today: date, given: Answers, asked: int, changed: tuple[int, ...]
    ) -> None:
        self.questionnaire = questionnaire
        self.today = today
        self.given = given
        self.asked = Items(questionnaire.graph, asked)
        """The items that are asked on this path."""
        self.changed = changed
        """By number: the items whose answer that counts differs from the response that this one was made from."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Response)
            and (self.questionnaire is other.questionnaire or self.questionnaire == other.questionnaire)
            and self.today == other.today
            and self.given == other.given
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Response({self.questionnaire.id}, {self.today}, {dict(self.given)})"

    def with_answer(self, item: str, answer: Answer | None) -> "Response":
        """The same answers but for one, which None takes out. Only what hangs on it is looked at."""
        graph, asked = self.questionnaire.graph, self.asked.bits
        here = graph.number[item]
        given = self.given.put(here, answer)
        path = _Path(graph, self.today, given, asked)
        changed = [here]
        later: list[int] = []
        for number in _in_order(graph.dependents[here] if asked >> here & 1 else (), later):
            now = graph.tests[number](path)  # type: ignore[misc]
            if now != bool(asked >> number & 1):
                path.settled[number] = now
                if given.at(number) is not None:
                    changed.append(number)
                    for dependent in graph.dependents[number]:
                        heappush(later, dependent)
        response = Response.__new__(Response)
        asked ^= bits_of(path.settled)
        response._set(self.questionnaire, self.today, given, asked, tuple(changed))
        return response

    def supposing(self, item: str, answer: Answer) -> "Response":
        """The same answers and one more that counts, whether or not it is asked; what hangs on it stays as it is."""
        here = self.questionnaire.graph.number[item]
        response = Response.__new__(Response)
        given, asked = self.given.put(here, answer), self.asked.bits | 1 << here
        response._set(self.questionnaire, self.today, given, asked, (here,))
        return response

    @property
    def changed_items(self) -> tuple[str, ...]:
        """The ids of the items in `changed`."""
        ids = self.questionnaire.graph.ids
        return tuple(ids[number] for number in self.changed)

    def answer(self, item: str) -> Answer | None:
        """The answer that counts: given, and asked on this path."""
        number = self.questionnaire.graph.number.get(item)
        return self.given.at(number) if number is not None and self.asked.bits >> number & 1 else None

    def withdrawn_answer(self, item: str) -> Answer | None:
        """The answer that is kept and counts for nothing, since its item is not asked on this path."""
        number = self.questionnaire.graph.number.get(item)
        return self.given.at(number) if number is not None and not self.asked.bits >> number & 1 else None

    def finding(self, finding: str) -> FindingStatus:
        """Always unknown: what is asked never hangs on what it means."""
        return "unknown"

    @property
    def counting(self) -> Items:
        """The items whose answer counts."""
        return Items(self.questionnaire.graph, self.asked.bits & self.given.bits)

    @property
    def open(self) -> Items:
        """What is still to come on this path, statements left out."""
        graph = self.questionnaire.graph
        return Items(graph, self.asked.bits & ~self.given.bits & ~graph.statements)

    def path(self) -> tuple[Item, ...]:
        """The items asked on this path, in order."""
        return self.asked.whole()

    def unanswered(self) -> tuple[Item, ...]:
        """The items that are still open."""
        return self.open.whole()

    def withdrawn(self) -> tuple[Item, ...]:
        """Items that were answered and are no longer asked."""
        return Items(self.questionnaire.graph, self.given.bits & ~self.asked.bits).whole()


def _in_order(first: Iterable[int], later: list[int]) -> Iterator[int]:
    """Numbers that rise, each once, merged with those of a heap that grows meanwhile."""
    last = -1
    for number in first:
        while later and later[0] < number:
            if (pushed := heappop(later)) != last:
                yield (last := pushed)
        if number != last:
            yield (last := number)
    while later:
        if (pushed := heappop(later)) != last:
            yield (last := pushed)


class _Path:
    """Answers as they count while it is worked out who is asked: `settled` goes before the bits of `asked`.

    Only items before the one that is looked at are asked for, and these are settled, so each is looked up once.
    """

    def __init__(self, graph: Graph, today: date, given: Answers, asked: int) -> None:
        self._number, self._given, self._asked = graph.number, given, asked
        self.today = today
        self.settled: dict[int, bool] = {}
        self._known: dict[str, Answer | None] = {}

    def answer(self, item: str) -> Answer | None:
        try:
            return self._known[item]
        except KeyError:
            answer = self._known[item] = self._look_up(item)
            return answer

    def _look_up(self, item: str) -> Answer | None:
        number = self._number.get(item)
        if number is None:  # a question of a round, which has no answer outside it
            return None
        asked = self.settled.get(number)
        if asked is None:
            asked = bool(self._asked >> number & 1)
        return self._given.at(number) if asked else None

    def withdrawn_answer(self, item: str) -> Answer | None:
        return None  # what is asked hangs only on answers that count

    def finding(self, finding: str) -> FindingStatus:
        return "unknown"
