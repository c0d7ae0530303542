"""Which answers do not fit together. What is said of them is content; it never keeps anybody from answering as they do."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from msals_tui.questionnaire.condition import items_in
from msals_tui.questionnaire.graph import Test, compiled
from msals_tui.questionnaire.model import ConsistencyRule
from msals_tui.questionnaire.watch import Because, Watch


class Mismatch(Struct, frozen=True):
    """A consistency rule that holds now, with the answers that make it hold."""

    rule: ConsistencyRule
    because: Because

    @property
    def items(self) -> tuple[str, ...]:
        """The items whose answers do not fit together; what is asked in rounds stands as its group."""
        return tuple(item for item, _ in self.because)


def consistency_watch(rules: Iterable[ConsistencyRule]) -> Watch[ConsistencyRule, Mismatch]:
    """Consistency rules made ready to be looked at after every answer."""
    return Watch(rules, Mismatch)


class Disputes(Struct, frozen=True):
    """Which rules take findings out of account, and which of these findings hang on an item."""

    rules: Mapping[str, tuple[tuple[ConsistencyRule, Test], ...]]
    """By finding."""
    by_item: Mapping[str, frozenset[str]]
    """Findings by each item that such a rule looks at."""


def disputes(rules: Iterable[ConsistencyRule]) -> Disputes:
    """Those of these rules that take findings out of account, ready to be looked at after every answer."""
    by_finding: dict[str, tuple[tuple[ConsistencyRule, Test], ...]] = {}
    by_item: dict[str, set[str]] = {}
    for rule in rules:
        test = compiled(rule.when)
        for finding in rule.counts_for_nothing:
            by_finding[finding] = (*by_finding.get(finding, ()), (rule, test))
        for item in items_in(rule.when) if rule.counts_for_nothing else ():
            by_item.setdefault(item, set()).update(rule.counts_for_nothing)
    return Disputes(by_finding, {item: frozenset(findings) for item, findings in by_item.items()})
