"""All evidence as one value: findings, sides, domains, groups, rules, look-alikes and sources, indexed by id."""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import ParamSpec, TypeVar, cast

from msgspec import Struct

from msals_tui.evidence.model import (
    Domain,
    Finding,
    FindingsFile,
    Group,
    LookAlike,
    LookAlikeRule,
    LookAlikesFile,
    PatternRules,
    Side,
    WeighingFile,
    WeightRules,
)  # fmt: skip
from msals_tui.questionnaire.condition import FindingTest, items_in, items_of, leaves
from msals_tui.questionnaire.graph import Test, compiled
from msals_tui.questionnaire.model import Source

P = ParamSpec("P")
T = TypeVar("T")

_MOST_KEPT = 8192
"""More than all chances of all findings of two libraries; a process rarely has more than one."""


def of_evidence(work: Callable[P, T]) -> Callable[P, T]:
    """Keeps what a function makes of evidence and ids alone: thousands of cases are compared by the same evidence."""
    return cast(Callable[P, T], lru_cache(_MOST_KEPT)(work))


class Evidence(Struct, frozen=True, eq=False, dict=True):
    """What findings mean. `first` has the positive sign, `second` the negative one.

    Each is itself and no other, so that what follows from it alone can be kept by it (`of_evidence`).
    """

    findings: Mapping[str, Finding]
    members: Mapping[str, tuple[Finding, ...]]
    """The findings of each group."""
    first: Side
    second: Side
    domains: Mapping[str, Domain]
    groups: Mapping[str, Group]
    pattern: PatternRules
    weights: WeightRules
    look_alikes: Mapping[str, LookAlike]
    sources: Mapping[str, Source]
    versions: Mapping[str, str]

    @classmethod
    def of(
        cls, findings: FindingsFile, weighing: WeighingFile, look_alikes: LookAlikesFile, sources: Mapping[str, Source]
    ) -> "Evidence":
        """Evidence from its files."""
        first, second = weighing.in_order
        return cls(
            findings={one.id: one for one in findings.finding},
            members={
                group.id: tuple(one for one in findings.finding if one.group == group.id) for group in weighing.group
            },
            first=first,
            second=second,
            domains={one.id: one for one in weighing.domain},
            groups={one.id: one for one in weighing.group},
            pattern=weighing.pattern,
            weights=weighing.weights,
            look_alikes={one.id: one for one in look_alikes.look_alike},
            sources=sources,
            versions={
                "findings": findings.version,
                "weighing": weighing.version,
                "look_alikes": look_alikes.version,
            },
        )

    @cached_property
    def in_domain(self) -> dict[str, tuple[str, ...]]:
        """The findings of every domain."""
        return {
            domain: tuple(one.id for one in self.findings.values() if one.domain == domain) for domain in self.domains
        }

    @cached_property
    def elsewhere(self) -> tuple[Finding, ...]:
        """The findings that point to neither side."""
        return tuple(one for one in self.findings.values() if one.points == "elsewhere")

    @cached_property
    def strongly_elsewhere(self) -> tuple[Finding, ...]:
        """Those of them that hold the pattern word back."""
        return tuple(one for one in self.elsewhere if one.strength in self.pattern.withhold_strengths)

    @cached_property
    def core_groups(self) -> tuple[str, ...]:
        """The groups that can make a pattern."""
        return tuple(name for name, group in self.groups.items() if not group.context)

    @cached_property
    def telling(self) -> dict[str, frozenset[str]]:
        """By side: the findings that can speak for it."""
        return {
            side.id: frozenset(
                one.id
                for one in self.findings.values()
                if one.group is not None and one.points in (points, "both") and (one.present_db or one.absent_db)
            )
            for side, points in ((self.first, "first"), (self.second, "second"))
        }

    @cached_property
    def look_alikes_of_finding(self) -> dict[str, frozenset[str]]:
        """By finding: the look-alikes whose standing may hang on it."""
        named: dict[str, set[str]] = {one.id: set(one.look_alikes) for one in self.elsewhere}
        for alike in self.look_alikes.values():
            for test in (test for rule in alike.rule for test in leaves(rule.when)):
                if isinstance(test, FindingTest):
                    named.setdefault(test.finding, set()).add(alike.id)
        return {finding: frozenset(alikes) for finding, alikes in named.items()}

    @cached_property
    def look_alikes_of_item(self) -> dict[str, frozenset[str]]:
        """By item: the look-alikes of which a rule looks at its answer."""
        named: dict[str, set[str]] = {}
        for alike in self.look_alikes.values():
            for item in (item for rule in alike.rule for item in items_in(rule.when)):
                named.setdefault(item, set()).add(alike.id)
        return {item: frozenset(alikes) for item, alikes in named.items()}

    @cached_property
    def says_in_look_alike(self) -> dict[str, frozenset[str]]:
        """By look-alike: every finding, and every item, on which it hangs whether it is named."""
        says = {alike: {one.id for one in self.elsewhere if alike in one.look_alikes} for alike in self.look_alikes}
        for alike in self.look_alikes.values():
            for test in (test for rule in alike.rule for test in leaves(rule.when)):
                says[alike.id].update([test.finding] if isinstance(test, FindingTest) else items_of(test))
        return {alike: frozenset(names) for alike, names in says.items()}

    @cached_property
    def needed_to_lean(self) -> frozenset[str]:
        """The findings on which it hangs whether the word may lean to a side at all."""
        tests = (test for one in self.pattern.lean_needs for test in leaves(one.needs))
        return frozenset(test.finding for test in tests if isinstance(test, FindingTest))

    @cached_property
    def look_alike_rules(self) -> dict[str, tuple[tuple[LookAlikeRule, Test], ...]]:
        """The rules of each look-alike, ready to be looked at after every answer."""
        return {
            alike.id: tuple((rule, compiled(rule.when)) for rule in alike.rule) for alike in self.look_alikes.values()
        }

    @cached_property
    def leans(self) -> tuple[tuple[str, Test], ...]:
        """What a side needs before the pattern may lean to it, likewise."""
        return tuple((one.side, compiled(one.needs)) for one in self.pattern.lean_needs)
