"""Rules over answers made ready to be looked at after every answer: which hold, and which answers make them hold."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Generic, Protocol, TypeAlias, TypeVar

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import Condition, Lookup, WithdrawnTest, items_in, items_of, reasons
from msals_tui.questionnaire.graph import Test, compiled

Because: TypeAlias = tuple[tuple[str, Answer], ...]
"""Items with their answers, each item once."""


class Answers(Lookup, Protocol):
    """The answers that rules look at."""

    @property
    def changed_items(self) -> Iterable[str]:
        """The items whose answer that counts differs from the answers that these were made from."""


class Rule(Protocol):
    """What can be watched."""

    @property
    def id(self) -> str:
        """Its name among its like."""

    @property
    def when(self) -> Condition:
        """When it holds."""


class Held(Protocol):
    """A rule that holds now."""

    @property
    def rule(self) -> Rule:
        """The rule."""


R = TypeVar("R", bound=Rule)
H = TypeVar("H", bound=Held)


class Watch(Generic[R, H]):
    """Rules of one kind. What holds is made once and kept until an answer that its rule looks at is another."""

    def __init__(self, rules: Iterable[R], made: Callable[[R, Because], H]) -> None:
        """`made` makes of a rule, and of the answers that make it hold, what is said of it."""
        self._rules = tuple((rule, compiled(rule.when)) for rule in rules)
        self._place = {rule.id: number for number, (rule, _) in enumerate(self._rules)}
        self._made = made
        self._by_item: dict[str, set[int]] = {}
        for number, (rule, _) in enumerate(self._rules):
            for item in items_in(rule.when):
                self._by_item.setdefault(item, set()).add(number)

    @property
    def rules(self) -> tuple[tuple[R, Test], ...]:
        """The rules, each ready to be looked at."""
        return self._rules

    def holding(self, response: Answers) -> tuple[H, ...]:
        """All rules that hold for these answers, in the order of the file."""
        return self._holding(response, range(len(self._rules)), {})

    def holding_after(self, before: tuple[H, ...], response: Answers) -> tuple[H, ...]:
        """The same, where `before` held until the answers to `changed_items` were given. Only their rules are looked at."""
        touched = {rule for item in response.changed_items for rule in self._by_item.get(item, ())}
        return (
            self._holding(response, touched, {self._place[one.rule.id]: one for one in before}) if touched else before
        )

    def _holding(self, response: Answers, anew: Collection[int], before: Mapping[int, H]) -> tuple[H, ...]:
        found = {number: one for number, one in before.items() if number not in anew}
        for number in anew:
            rule, holds = self._rules[number]
            if holds(response):
                found[number] = self._made(rule, _because(rule, response))
        return tuple(found[number] for number in sorted(found))


def _because(rule: Rule, response: Answers) -> Because:
    """The answers that make the rule hold, those that no longer count too where it looks at them."""
    found: dict[str, Answer] = {}
    for test in reasons(rule.when, response):
        look_up = response.withdrawn_answer if isinstance(test, WithdrawnTest) else response.answer
        found |= {item: answer for item in items_of(test) if (answer := look_up(item)) is not None}
    return tuple(found.items())
