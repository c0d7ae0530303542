"""All evidence as one value: findings, sides, domains, groups, rules, look-alikes and sources, indexed by id."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

from msals_tui.evidence.model import (
    Domain,
    Finding,
    FindingsFile,
    Group,
    LookAlike,
    LookAlikesFile,
    PatternRules,
    Side,
    WeighingFile,
    WeightRules,
)  # fmt: skip
from msals_tui.questionnaire.model import Source

P = ParamSpec("P")
T = TypeVar("T")

_MOST_KEPT = 8192
"""More than all chances of all findings of two libraries; a process rarely has more than one."""


def of_evidence(work: Callable[P, T]) -> Callable[P, T]:
    """Keeps what a function makes of evidence and ids alone: thousands of cases are compared by the same evidence."""
    return cast(Callable[P, T], lru_cache(_MOST_KEPT)(work))


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
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
