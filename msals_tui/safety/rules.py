"""Which safety rules the answers fire, and which answers fired them."""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import AnswerTest, leaves, reasons
from msals_tui.questionnaire.condition import holds as condition_holds
from msals_tui.questionnaire.response import Response
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
    return tuple(Fired(rule, _because(rule, response)) for rule in rules if condition_holds(rule.when, response))


def items_of(rules: Iterable[SafetyRule]) -> frozenset[str]:
    """Every item that a safety rule looks at."""
    return frozenset(test.item for rule in rules for test in leaves(rule.when) if isinstance(test, AnswerTest))


def _because(rule: SafetyRule, response: Response) -> Because:
    """The answers that make the rule hold."""
    items = dict.fromkeys(test.item for test in reasons(rule.when, response) if isinstance(test, AnswerTest))
    return tuple((item, answer) for item in items if (answer := response.answer(item)) is not None)
