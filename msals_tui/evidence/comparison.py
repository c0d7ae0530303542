"""The comparison: findings in, decibans by finding, group, domain and side out, and one cautious word for the whole.

Exact decimal arithmetic throughout. The sums, in order: a finding weighs `present_db` observed, `absent_db` excluded, 0
unknown; a composite replaces its observed parts; within a group each sign's weights are sorted by size and the k-th
counts w / 2^k; the signs are netted, capped, and rounded half up to a tenth. All numbers come from the evidence files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import Finding, LookAlike, LookAlikeRule, PatternRules, Side
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.condition import FindingStatus, FindingTest, Lookup, holds, reasons
from msals_tui.questionnaire.response import Response

ZERO = Decimal(0)
TENTH = Decimal("0.1")

Pattern: TypeAlias = str
"""`asked_too_little`, `withheld`, `too_little`, `mixed`, `more_like_<side>` or `slight`."""
Standing: TypeAlias = Literal["suggested", "remark", "ruled_out", "open"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one finding adds. `raw_db` is its weight; `counted_db` its share after grouping and capping."""

    finding: Finding
    status: FindingStatus
    raw_db: Decimal
    counted_db: Decimal
    replaced_by: str | None = None
    """The finding that counts instead of it: a composite for its part, or the reverse where the parts speak louder."""


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """A group of related findings after netting, capping and rounding; `total_db` positive for the first side."""

    group: str
    context: bool
    total_db: Decimal
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DomainTotal:
    """One row of the panel: decibans for either side (both 0 or more), and how much of it is known."""

    domain: str
    first_db: Decimal
    second_db: Decimal
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class LookAlikeStanding:
    """Where one look-alike stands, with the rules that say so and the findings for and against it."""

    look_alike: LookAlike
    standing: Standing
    rules: tuple[LookAlikeRule, ...]
    raised_by: tuple[str, ...]
    ruled_out_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the panel, the balance sheet and the summary show."""

    contributions: Mapping[str, Contribution]
    groups: tuple[GroupTotal, ...]
    domains: tuple[DomainTotal, ...]
    first_db: Decimal
    second_db: Decimal
    core_first_db: Decimal
    core_second_db: Decimal
    pattern: Pattern
    elsewhere: tuple[Finding, ...]
    look_alikes: tuple[LookAlikeStanding, ...]
    not_gated: tuple[str, ...]
    """Domains that an interview has not asked about yet."""

    @property
    def net_db(self) -> Decimal:
        """Positive for the first side."""
        return self.first_db - self.second_db

    @property
    def core_net_db(self) -> Decimal:
        """The same without the context groups."""
        return self.core_first_db - self.core_second_db


@dataclass(frozen=True, slots=True)
class Sums:
    """The arithmetic without rules and words."""

    contributions: Mapping[str, Contribution]
    groups: tuple[GroupTotal, ...]

    def side(self, sign: int, *, context: bool = True) -> Decimal:
        """Decibans towards the side of this sign, 0 or more; without context groups on request."""
        return sum(
            (sign * one.total_db for one in self.groups if sign * one.total_db > 0 and (context or not one.context)),
            ZERO,
        )


class _FindingLookup:
    """Findings and answers for look-alike and lean conditions."""

    def __init__(self, statuses: Mapping[str, FindingStatus], response: Response | None) -> None:
        self._statuses = statuses
        self._response = response

    @property
    def today(self) -> date:
        return self._response.today if self._response else date.min

    def answer(self, item: str) -> Answer | None:
        return self._response.answer(item) if self._response else None

    def finding(self, finding: str) -> FindingStatus:
        return self._statuses.get(finding, "unknown")


def compare(
    evidence: Evidence,
    statuses: Mapping[str, FindingStatus],
    *,
    response: Response | None = None,
    interview: bool = False,
) -> Comparison:
    """The comparison of findings; with `interview`, no word before the gate's domains were asked about.

    `response` gives look-alike rules that name items their answers; without it those are simply not answered.
    The word is withheld while a rule suggests a look-alike, and while a finding that points elsewhere is strong enough
    and still makes somebody think of one: at least one of its look-alikes is not ruled out, or it names none.
    """
    sums = sum_up(evidence, statuses)
    lookup = _FindingLookup(statuses, response)
    look_alikes = tuple(_standing(one, lookup) for one in evidence.look_alikes.values())
    elsewhere = tuple(
        one for one in evidence.findings.values() if one.points == "elsewhere" and statuses.get(one.id) == "observed"
    )
    missing = _not_gated(evidence, response) if interview else ()
    core_first, core_second = sums.side(1, context=False), sums.side(-1, context=False)
    if missing:
        pattern = "asked_too_little"
    elif _withholds(evidence.pattern, look_alikes, elsewhere):
        pattern = "withheld"
    else:
        pattern = _word(evidence, sums, lookup, core_first, core_second)
    return Comparison(
        contributions=sums.contributions,
        groups=sums.groups,
        domains=_domains(evidence, sums),
        first_db=sums.side(1),
        second_db=sums.side(-1),
        core_first_db=core_first,
        core_second_db=core_second,
        pattern=pattern,
        elsewhere=elsewhere,
        look_alikes=look_alikes,
        not_gated=missing,
    )


def thought_of(look_alikes: Iterable[LookAlikeStanding], elsewhere: Iterable[Finding]) -> tuple[str, ...]:
    """Ids of the look-alikes to think of: those suggested by a rule, then those of findings; never one that is ruled out.

    The word and the names beside it both come from here, so that no word is withheld with nobody to think of.
    """
    standings = {one.look_alike.id: one.standing for one in look_alikes}
    by_rule = (one for one, standing in standings.items() if standing == "suggested")
    by_finding = (one for finding in elsewhere for one in finding.look_alikes if standings.get(one) != "ruled_out")
    return tuple(dict.fromkeys((*by_rule, *by_finding)))


def _withholds(rules: PatternRules, look_alikes: Iterable[LookAlikeStanding], elsewhere: Iterable[Finding]) -> bool:
    """Whether something speaks against giving any word."""
    strong = [one for one in elsewhere if one.strength in rules.withhold_strengths]
    return bool(thought_of(look_alikes, strong)) or any(not one.look_alikes for one in strong)


def sum_up(evidence: Evidence, statuses: Mapping[str, FindingStatus]) -> Sums:
    """Weights by finding and by group."""
    contributions = {
        finding.id: Contribution(finding, status, _weight(finding, status), ZERO)
        for finding in evidence.findings.values()
        for status in (statuses.get(finding.id, "unknown"),)
    }
    groups = []
    for name in evidence.groups:
        counted, total, replaced = _group(evidence, name, statuses)
        if not counted:
            continue
        groups.append(GroupTotal(name, evidence.groups[name].context, total, tuple(counted)))
        for finding, share in counted.items():
            old = contributions[finding]
            contributions[finding] = Contribution(old.finding, old.status, old.raw_db, share, replaced.get(finding))
    return Sums(contributions, tuple(groups))


def group_total(evidence: Evidence, group: str, statuses: Mapping[str, FindingStatus]) -> Decimal:
    """What one group adds up to; positive for the first side."""
    return _group(evidence, group, statuses)[1]


def _group(
    evidence: Evidence, group: str, statuses: Mapping[str, FindingStatus]
) -> tuple[dict[str, Decimal], Decimal, dict[str, str]]:
    """Shares of the findings of a group that weigh anything, the total, and what is counted through another finding."""
    members = evidence.members[group]
    silenced = {part for one in members if one.silences and statuses.get(one.id) == "observed" for part in one.silences}
    weights = [
        (one, weight)
        for one in members
        for status in (statuses.get(one.id, "unknown"),)
        if (weight := _weight(one, status)) and not (status == "excluded" and one.id in silenced)
    ]
    counted, total, replaced = _best_count(weights, evidence.groups[group].cap_db, statuses)
    return {one.id: counted.get(one.id, ZERO) for one, _ in weights}, total, replaced


def _weight(finding: Finding, status: FindingStatus) -> Decimal:
    return finding.present_db if status == "observed" else finding.absent_db if status == "excluded" else ZERO


def _best_count(
    weights: list[tuple[Finding, Decimal]], cap: Decimal, statuses: Mapping[str, FindingStatus]
) -> tuple[dict[str, Decimal], Decimal, dict[str, str]]:
    """Shares, total, and what is set aside for which finding.

    Set aside are a composite's observed parts, or the composite where its parts alone speak louder for its side. A group
    has one composite at most, as `check` sees to.
    """
    composite = next((one for one, _ in weights if one.replaces and statuses[one.id] == "observed"), None)
    observed = [part for part in composite.replaces if statuses.get(part) == "observed"] if composite else []
    with_composite = _count([(one, raw) for one, raw in weights if one.id not in observed], cap)
    if composite is None or not observed:
        return *with_composite, {}
    parts_alone = _count([(one, raw) for one, raw in weights if one is not composite], cap)
    sign = 1 if composite.present_db > 0 else -1
    if sign * parts_alone[1] > sign * with_composite[1]:
        return *parts_alone, {composite.id: observed[-1]}
    return *with_composite, dict.fromkeys(observed, composite.id)


def _count(weights: Iterable[tuple[Finding, Decimal]], cap: Decimal) -> tuple[dict[str, Decimal], Decimal]:
    """Each finding's share and the group's total: halve by rank within a sign, net, cap, round half up to a tenth."""
    counted: dict[str, Decimal] = {}
    for sign in (1, -1):
        same = sorted(
            ((sign * raw, one.id) for one, raw in weights if sign * raw > 0), key=lambda pair: (-pair[0], pair[1])
        )
        for rank, (size, finding) in enumerate(same):
            counted[finding] = sign * size / 2**rank
    net = sum(counted.values(), ZERO)
    total = max(min(net, cap), -cap).quantize(TENTH, ROUND_HALF_UP)
    if net:
        counted = {finding: share * total / net for finding, share in counted.items()}
    return counted, total


def _domains(evidence: Evidence, sums: Sums) -> tuple[DomainTotal, ...]:
    first = dict.fromkeys(evidence.domains, ZERO)
    second = dict.fromkeys(evidence.domains, ZERO)
    known = dict.fromkeys(evidence.domains, 0)
    unknown = dict.fromkeys(evidence.domains, 0)
    for one in sums.contributions.values():
        domain = one.finding.domain
        (first if one.counted_db > 0 else second)[domain] += abs(one.counted_db)
        (unknown if one.status == "unknown" else known)[domain] += 1
    return tuple(
        DomainTotal(
            domain,
            first[domain].quantize(TENTH, ROUND_HALF_UP),
            second[domain].quantize(TENTH, ROUND_HALF_UP),
            known[domain],
            unknown[domain],
        )
        for domain in evidence.domains
    )


def _not_gated(evidence: Evidence, response: Response | None) -> tuple[str, ...]:
    """Gate domains of which a key question on this path was not asked yet, or which have no key question at all."""
    keys: dict[str, list[bool]] = {domain: [] for domain in evidence.pattern.gate}
    if response is not None:
        for item in response.path():
            for domain in item.gate:
                keys.setdefault(domain, []).append(_was_asked(response.answer(item.id)))
    return tuple(domain for domain in evidence.pattern.gate if not (keys[domain] and all(keys[domain])))


def _was_asked(answer: Answer | None) -> bool:
    """A value, "not sure" and "rather not say" were asked; "not asked" and a pending result were not."""
    if isinstance(answer, Missing):
        return answer.code in (MissingCode.NOT_SURE, MissingCode.DECLINED)
    return answer is not None


def _word(evidence: Evidence, sums: Sums, lookup: Lookup, core_first: Decimal, core_second: Decimal) -> Pattern:
    """The pattern word once nothing withholds it."""
    rules = evidence.pattern
    net = core_first - core_second
    if core_first < rules.too_little_below and core_second < rules.too_little_below:
        return "too_little"
    if core_first >= rules.mixed_from and core_second >= rules.mixed_from and abs(net) < rules.mixed_net_below:
        return "mixed"
    side = evidence.first if net > 0 else evidence.second
    if abs(net) >= rules.lean_net_from and _carries_lean(evidence, sums, side) and _fulfils_needs(rules, side, lookup):
        return f"more_like_{side.id}"
    return "slight"


def _carries_lean(evidence: Evidence, sums: Sums, side: Side) -> bool:
    """Whether observed findings that point to a side are enough: exclusions and "does not fit" never build a lean."""
    towards = "first" if side is evidence.first else "second"
    observed: dict[str, list[tuple[Finding, Decimal]]] = {}
    for one in sums.contributions.values():
        finding = one.finding
        if (
            one.status == "observed"
            and one.replaced_by is None
            and finding.group is not None
            and finding.points == towards
            and finding.does_not_fit is None
            and not evidence.groups[finding.group].context
        ):
            observed.setdefault(finding.group, []).append((finding, one.raw_db))
    totals = [abs(_count(weights, evidence.groups[group].cap_db)[1]) for group, weights in observed.items()]
    strong = [total for total in totals if total >= evidence.pattern.lean_group_from]
    return len(strong) >= evidence.pattern.lean_groups and sum(strong) >= evidence.pattern.lean_together_from


def _fulfils_needs(rules: PatternRules, side: Side, lookup: Lookup) -> bool:
    return all(holds(one.needs, lookup) for one in rules.lean_needs if one.side == side.id)


def _standing(look_alike: LookAlike, lookup: Lookup) -> LookAlikeStanding:
    """Where a look-alike stands; a result that rules it out is stronger than a picture that suggests it."""
    held = tuple(rule for rule in look_alike.rule if holds(rule.when, lookup))
    effects = {rule.effect for rule in held}
    standing: Standing = (
        "ruled_out" if "rules_out" in effects
        else "suggested" if "withhold" in effects
        else "remark" if "remark" in effects
        else "open"
    )  # fmt: skip
    raising = "withhold" if standing == "suggested" else "remark"
    raised = _findings_in([rule for rule in held if rule.effect == raising], ("observed",), lookup)
    against = _findings_in([rule for rule in held if rule.effect == "rules_out"], ("observed", "excluded"), lookup)
    return LookAlikeStanding(look_alike, standing, held, raised, against)


def _findings_in(rules: Iterable[LookAlikeRule], known: tuple[FindingStatus, ...], lookup: Lookup) -> tuple[str, ...]:
    """The findings that make rules true, of these statuses."""
    tests = [test for rule in rules for test in reasons(rule.when, lookup) if isinstance(test, FindingTest)]
    return tuple(dict.fromkeys(test.finding for test in tests if lookup.finding(test.finding) in known))
