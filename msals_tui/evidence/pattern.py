"""The pattern word: one cautious word for the whole, from the group totals. Never a diagnosis, never a chance.

It is worked out from one count a group, so that what another weight, or one finding less, would change costs one group
and not the whole comparison. Context groups (age and sex, family) never make a pattern.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import Side
from msals_tui.evidence.sums import Counts, Sides, sides
from msals_tui.questionnaire.condition import Lookup

Pattern: TypeAlias = str
"""One of `UNDECIDED`, or `MORE_LIKE` with the id of the side to which it leans."""
MORE_LIKE = "more_like_"
UNDECIDED: tuple[Pattern, ...] = ("slight", "mixed", "too_little", "withheld", "asked_too_little")
"""Every word that leans to no side."""
BEFORE_WEIGHTS: frozenset[Pattern] = frozenset({"withheld", "asked_too_little"})
"""The words that are said before any weight is looked at."""


def core(evidence: Evidence, counts: Counts) -> Sides:
    """What speaks for either side without the context groups."""
    return sides(counts[name] for name in evidence.core_groups)


def leanings(evidence: Evidence, lookup: Lookup) -> frozenset[str]:
    """The sides to which the pattern may lean at all: those of which every need is fulfilled."""
    both = {evidence.first.id, evidence.second.id}
    return frozenset(both - {side for side, fulfilled in evidence.leans if not fulfilled(lookup)})


def word(evidence: Evidence, counts: Counts, may_lean: frozenset[str]) -> Pattern:
    """The pattern word once nothing withholds it.

    Too little is what was observed, not what was asked in vain: who says "no" to everything has not told of a pattern,
    however much the absences add up to. Where observed findings would carry a lean to either side, both are told of: one
    person can have both, and the side that is further ahead must not hide the other.
    """
    rules, both = evidence.pattern, core(evidence, counts)
    told = {side.id: observed_by_group(evidence, counts, side) for side in (evidence.first, evidence.second)}
    if all(sum(by_group.values()) < rules.too_little_below for by_group in told.values()):
        return "too_little"
    if (
        both.first_db >= rules.mixed_from
        and both.second_db >= rules.mixed_from
        and abs(both.net_db) < rules.mixed_net_below
    ):
        return "mixed"
    carried = {
        side for side, by_group in told.items() if side in may_lean and _carries_lean(evidence, by_group.values())
    }
    if len(carried) > 1:
        return "mixed"
    ahead = (evidence.first if both.net_db > 0 else evidence.second).id
    return MORE_LIKE + ahead if ahead in carried and abs(both.net_db) >= rules.lean_net_from else "slight"


def observed_by_group(evidence: Evidence, counts: Counts, side: Side) -> dict[str, Decimal]:
    """What observed findings alone tell for a side, by group, each 0 or more. Context groups are left out."""
    first = side is evidence.first
    return {
        name: counts[name].observed_first_db if first else counts[name].observed_second_db
        for name in evidence.core_groups
    }


def _carries_lean(evidence: Evidence, told: Iterable[Decimal]) -> bool:
    """Whether enough independent groups of observed findings point to a side."""
    strong = [one for one in told if one >= evidence.pattern.lean_group_from]
    return len(strong) >= evidence.pattern.lean_groups and sum(strong) >= evidence.pattern.lean_together_from
