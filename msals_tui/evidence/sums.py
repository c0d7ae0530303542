"""The sums: decibans by finding and by group, exact to the tenth.

In order: a finding weighs `present_db` observed, `absent_db` excluded, 0 unknown; a composite replaces its observed parts;
within a group each sign's weights are sorted by size and the k-th counts w / 2^k; the signs are netted, capped, and
rounded half up to a tenth. Decimal arithmetic throughout; all numbers come from the evidence files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from msals_tui.evidence.evidence import Evidence, of_evidence
from msals_tui.evidence.model import Finding
from msals_tui.questionnaire.condition import FindingStatus

ZERO = Decimal(0)
TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")
_MOST_COUNTS = 2048
"""That are kept, of all groups together."""

Statuses: TypeAlias = Mapping[str, FindingStatus]
"""What is known of each finding; one that is not named is unknown."""
Weigh: TypeAlias = Callable[[Finding, FindingStatus], Decimal]
"""What a finding weighs, in decibans."""
_Weighed: TypeAlias = tuple[Finding, Decimal]


class Contribution(Struct, frozen=True):
    """What one finding adds. `raw_db` is its weight; `counted_db` its share after grouping and capping."""

    finding: Finding
    status: FindingStatus
    raw_db: Decimal
    counted_db: Decimal
    replaced_by: str | None = None
    """The finding that counts instead of it: a composite for its part, or the reverse where the parts speak louder."""


class GroupTotal(Struct, frozen=True):
    """A group of related findings after netting, capping and rounding; `total_db` positive for the first side."""

    group: str
    context: bool
    total_db: Decimal
    findings: tuple[str, ...]


class Sides(Struct, frozen=True):
    """Decibans towards either side, each 0 or more."""

    first_db: Decimal
    second_db: Decimal

    @property
    def net_db(self) -> Decimal:
        """Positive for the first side."""
        return self.first_db - self.second_db


class GroupCount(Struct, frozen=True):
    """What a group adds up to, and what in it was observed."""

    total_db: Decimal
    shares: Mapping[str, Decimal]
    """Decibans that each finding counts, for those that weigh anything."""
    replaced: Mapping[str, str]
    """What is counted through which other finding."""
    observed_first_db: Decimal
    observed_second_db: Decimal
    """Decibans towards either side from observed findings alone that point to it. What was excluded, what merely does not
    fit the other side and what another finding replaces is left out: only this can carry a lean."""


Counts: TypeAlias = Mapping[str, GroupCount]
"""The count of each group."""


def tenths(decibans: Decimal) -> Decimal:
    """Decibans rounded half up to a tenth; no weight and no sum is told finer."""
    return decibans.quantize(TENTH, ROUND_HALF_UP)


def hundredths(decibans: Decimal) -> Decimal:
    """What one finding counts of a sum, rounded half up: tenths would make small shares vanish."""
    return decibans.quantize(HUNDREDTH, ROUND_HALF_UP)


def weight(finding: Finding, status: FindingStatus) -> Decimal:
    """What a finding weighs by the evidence files."""
    return finding.present_db if status == "observed" else finding.absent_db if status == "excluded" else ZERO


def contribution(evidence: Evidence, finding: str, statuses: Statuses, counts: Counts) -> Contribution:
    """What one finding adds."""
    one, status = evidence.findings[finding], statuses.get(finding, "unknown")
    count = counts.get(one.group) if one.group is not None else None
    share = count.shares.get(finding, ZERO) if count is not None else ZERO
    replaced_by = count.replaced.get(finding) if count is not None else None
    return Contribution(one, status, weight(one, status), share, replaced_by)


def group_totals(evidence: Evidence, counts: Counts) -> Iterator[GroupTotal]:
    """The groups in which something is known that weighs anything."""
    for name, count in counts.items():
        if count.shares:
            yield GroupTotal(name, evidence.groups[name].context, count.total_db, tuple(count.shares))


def sides(counts: Iterable[GroupCount]) -> Sides:
    """What groups speak for either side: those that speak for one are added up, and never netted with the others."""
    totals = [count.total_db for count in counts]
    return Sides(sum((one for one in totals if one > 0), ZERO), -sum((one for one in totals if one < 0), ZERO))


def count_group(evidence: Evidence, group: str, statuses: Statuses) -> GroupCount:
    """What one group adds up to."""
    return _counted(evidence, group, known_within(evidence, group, statuses))


def known_within(evidence: Evidence, group: str, statuses: Statuses) -> tuple[FindingStatus, ...]:
    """The statuses that have a say in the count of a group, in the order of `within_reach`."""
    return tuple([statuses.get(one, "unknown") for one in within_reach(evidence, group)])


@of_evidence
def within_reach(evidence: Evidence, group: str) -> tuple[str, ...]:
    """Every finding whose status has a say in the count of a group."""
    named = (finding for one in evidence.members[group] for finding in (one.id, *one.replaces, *one.silences))
    return tuple(dict.fromkeys(named))


@lru_cache(_MOST_COUNTS)
def _counted(evidence: Evidence, group: str, known: tuple[FindingStatus, ...]) -> GroupCount:
    """Kept, since the same few findings of a group are known in thousands of cases."""
    return count_otherwise(evidence, group, dict(zip(within_reach(evidence, group), known, strict=True)), weight)


def count_otherwise(evidence: Evidence, group: str, statuses: Statuses, weigh: Weigh) -> GroupCount:
    """What one group adds up to where findings weigh otherwise than the files say."""
    cap = evidence.groups[group].cap_db
    weighed = _weighed(evidence, group, statuses, weigh)
    counted, total, replaced = _best_count(weighed, cap, statuses)
    carrying = [
        (one, raw) for one, raw in weighed
        if statuses.get(one.id) == "observed" and one.id not in replaced and one.does_not_fit is None
    ]  # fmt: skip
    first = _count([(one, raw) for one, raw in carrying if one.points == "first"], cap)[1]
    second = _count([(one, raw) for one, raw in carrying if one.points == "second"], cap)[1]
    shares = {one.id: counted.get(one.id, ZERO) for one, _ in weighed}
    return GroupCount(total, shares, replaced, first, -second)


def _weighed(evidence: Evidence, group: str, statuses: Statuses, weigh: Weigh) -> list[_Weighed]:
    """The findings of a group that weigh anything; what is excluded and silenced by what was observed does not."""
    members = evidence.members[group]
    silenced = {part for one in members if one.silences and statuses.get(one.id) == "observed" for part in one.silences}
    return [
        (one, raw)
        for one in members
        for status in (statuses.get(one.id, "unknown"),)
        if (raw := weigh(one, status)) and not (status == "excluded" and one.id in silenced)
    ]


def _best_count(
    weighed: list[_Weighed], cap: Decimal, statuses: Statuses
) -> tuple[dict[str, Decimal], Decimal, dict[str, str]]:
    """Shares, total, and what is set aside for which finding.

    Set aside are a composite's observed parts, or the composite where its parts alone speak louder for its side. A group
    has one composite at most, as `check` sees to.
    """
    composite = next(((one, raw) for one, raw in weighed if one.replaces and statuses.get(one.id) == "observed"), None)
    observed = [part for part in composite[0].replaces if statuses.get(part) == "observed"] if composite else []
    with_composite = _count([(one, raw) for one, raw in weighed if one.id not in observed], cap)
    if composite is None or not observed:
        return *with_composite, {}
    parts_alone = _count([(one, raw) for one, raw in weighed if one is not composite[0]], cap)
    sign = 1 if composite[1] > 0 else -1
    if sign * parts_alone[1] > sign * with_composite[1]:
        return *parts_alone, {composite[0].id: observed[-1]}
    return *with_composite, dict.fromkeys(observed, composite[0].id)


def by_size(raws: Mapping[str, Decimal], sign: int) -> list[str]:
    """The findings whose weights have this sign, in the order in which they are halved: the largest first, then by id."""
    return sorted((one for one, raw in raws.items() if sign * raw > 0), key=lambda one: (-abs(raws[one]), one))


def _count(weighed: Iterable[_Weighed], cap: Decimal) -> tuple[dict[str, Decimal], Decimal]:
    """Each finding's share and the group's total: halve by rank within a sign, net, cap, round half up to a tenth."""
    raws = {one.id: raw for one, raw in weighed}
    counted = {finding: raws[finding] / 2**rank for sign in (1, -1) for rank, finding in enumerate(by_size(raws, sign))}
    net = sum(counted.values(), ZERO)
    total = tenths(max(min(net, cap), -cap))
    if net:
        counted = {finding: share * total / net for finding, share in counted.items()}
    return counted, total
