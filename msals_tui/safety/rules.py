"""Which safety rules the answers fire, and which answers fired them."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import AnswerTest, leaves, reasons
from msals_tui.questionnaire.graph import Test, compiled
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.undecided import hangs_on, undecided
from msals_tui.safety.model import SafetyRule

Because: TypeAlias = tuple[tuple[str, Answer], ...]
"""Items with their answers, each item once."""


class Fired(Struct, frozen=True):
    """A rule that holds now, with the answers that make it hold."""

    rule: SafetyRule
    because: Because

    @property
    def items(self) -> tuple[str, ...]:
        """The items whose answers make it hold."""
        return tuple(item for item, _ in self.because)

    def new_since(self, decided_about: Because) -> tuple[str, ...]:
        """The items whose present answer nobody knew when something was decided about these answers."""
        return tuple(item for item, answer in self.because if (item, answer) not in decided_about)

    @property
    def interrupts(self) -> bool:
        """Whether somebody must decide now; rules that only record an older event do not interrupt."""
        return self.rule.level != "record"


def fired_by(rules: Iterable[SafetyRule], response: Response) -> tuple[Fired, ...]:
    """All rules that hold for these answers, in the order of the file."""
    return Watch(rules).fired(response)


class Watch:
    """Rules made ready to be looked at after every answer."""

    def __init__(self, rules: Iterable[SafetyRule]) -> None:
        self._rules = tuple((rule, compiled(rule.when)) for rule in rules)
        self._by_item: dict[str, set[int]] = {}
        for number, (rule, _) in enumerate(self._rules):
            for test in leaves(rule.when):
                if isinstance(test, AnswerTest):
                    self._by_item.setdefault(test.item, set()).add(number)

    def could_fire(self, response: Response) -> frozenset[str]:
        """The open items of which an answer could still make a rule hold that does not, be it together with other answers."""
        return StillOpen(self).of(response, ())

    @property
    def rules(self) -> tuple[tuple[SafetyRule, Test], ...]:
        """The rules, each ready to be looked at."""
        return self._rules

    def fired(self, response: Response) -> tuple[Fired, ...]:
        """All rules that hold for these answers."""
        return self._fired(response, range(len(self._rules)), {})

    def fired_after(self, before: tuple[Fired, ...], response: Response) -> tuple[Fired, ...]:
        """The same, where `before` held until the answers in `response.changed` were given. Only their rules are looked at."""
        ids = response.questionnaire.graph.ids
        touched = {rule for number in response.changed for rule in self._by_item.get(ids[number], ())}
        return self._fired(response, touched, {one.rule.id: one for one in before}) if touched else before

    def _fired(self, response: Response, anew: Collection[int], before: Mapping[str, Fired]) -> tuple[Fired, ...]:
        found = []
        for number, (rule, holds) in enumerate(self._rules):
            if number not in anew:
                if rule.id in before:
                    found.append(before[rule.id])
            elif holds(response):
                found.append(Fired(rule, _because(rule, response)))
        return tuple(found)


class StillOpen:
    """Which open items could still fire a rule, kept up to date in one sitting."""

    def __init__(self, watch: Watch) -> None:
        self._rules = watch.rules
        self._open: list[frozenset[str]] | None = None
        self._by_item: dict[str, set[int]] = {}

    def of(self, response: Response, changed: Collection[str]) -> frozenset[str]:
        """The items of which an answer could still make a rule hold that does not, be it together with other answers.

        Since the last call these items have `changed` their answer. Only the rules that hang on them are looked at.
        """
        if self._open is None:
            for number, (rule, _) in enumerate(self._rules):
                for item in hangs_on(rule.when, response.questionnaire):
                    self._by_item.setdefault(item, set()).add(number)
            self._open = [self._open_in(number, response) for number in range(len(self._rules))]
        for number in {number for item in changed for number in self._by_item.get(item, ())}:
            self._open[number] = self._open_in(number, response)
        return frozenset().union(*self._open)

    def _open_in(self, number: int, response: Response) -> frozenset[str]:
        rule, holds = self._rules[number]
        return frozenset() if holds(response) else undecided(rule.when, response).items


def _because(rule: SafetyRule, response: Response) -> Because:
    """The answers that make the rule hold."""
    items = dict.fromkeys(test.item for test in reasons(rule.when, response) if isinstance(test, AnswerTest))
    return tuple((item, answer) for item in items if (answer := response.answer(item)) is not None)
