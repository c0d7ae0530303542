"""Which safety rules the answers fire, and which answers fired them."""

from collections.abc import Iterable
from dataclasses import dataclass

from msals_tui.questionnaire.condition import AnswerTest, leaves, reasons
from msals_tui.questionnaire.condition import holds as condition_holds
from msals_tui.questionnaire.response import Response
from msals_tui.safety.model import SafetyRule


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that holds now, with the items whose answers make it hold."""

    rule: SafetyRule
    items: tuple[str, ...]

    @property
    def interrupts(self) -> bool:
        """Whether somebody must decide now; rules that only record an older event do not interrupt."""
        return self.rule.level != "record"


def fired_by(rules: Iterable[SafetyRule], response: Response) -> tuple[Fired, ...]:
    """All rules that hold for these answers, in the order of the file."""
    return tuple(Fired(rule, _items(rule, response)) for rule in rules if condition_holds(rule.when, response))


def items_of(rules: Iterable[SafetyRule]) -> frozenset[str]:
    """Every item that a safety rule looks at."""
    return frozenset(test.item for rule in rules for test in leaves(rule.when) if isinstance(test, AnswerTest))


def _items(rule: SafetyRule, response: Response) -> tuple[str, ...]:
    """The items whose answers make the rule hold."""
    tests = (test.item for test in reasons(rule.when, response) if isinstance(test, AnswerTest))
    return tuple(dict.fromkeys(item for item in tests if response.answer(item) is not None))
