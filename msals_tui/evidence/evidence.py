"""All evidence as one value: findings, sides, domains, groups, rules, look-alikes and sources, indexed by id."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What findings mean. `first` has the positive sign, `second` the negative one."""

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
