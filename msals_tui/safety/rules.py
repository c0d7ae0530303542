"""Which safety rules the answers fire, and which answers fired them."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from msals_tui.questionnaire import watch
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.undecided import hangs_on, undecided
from msals_tui.questionnaire.watch import Because
from msals_tui.safety.model import SafetyRule

__all__ = ["Because", "Fired", "StillOpen", "Watch", "fired_by"]


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
        return self.rule.interrupts


def fired_by(rules: Iterable[SafetyRule], response: Response) -> tuple[Fired, ...]:
    """All rules that hold for these answers, in the order of the file."""
    return Watch(rules).holding(response)


class Watch(watch.Watch[SafetyRule, Fired]):
    """Safety rules made ready to be looked at after every answer."""

    def __init__(self, rules: Iterable[SafetyRule]) -> None:
        super().__init__(rules, Fired)


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
