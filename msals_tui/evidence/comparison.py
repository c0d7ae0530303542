"""The comparison: findings in; decibans by finding, group, domain and side out, look-alikes, and one cautious word."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct, field

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingLookup, FindingState
from msals_tui.evidence.model import Finding, LookAlike, LookAlikeRule
from msals_tui.evidence.pattern import Pattern, core, leanings, word
from msals_tui.evidence.sums import (
    ZERO,
    Contribution,
    Counts,
    GroupCount,
    GroupTotal,
    Statuses,
    contribution,
    count_group,
    group_totals,
    sides,
    tenths,
)
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.condition import AnswerTest, FindingStatus, FindingTest, Leaf, Lookup, reasons
from msals_tui.questionnaire.response import Response

Standing: TypeAlias = Literal["suggested", "remark", "ruled_out", "open"]


class DomainTotal(Struct, frozen=True):
    """One row of the panel: decibans for either side (both 0 or more), and how much of it is known."""

    domain: str
    first_db: Decimal
    second_db: Decimal
    known: int
    unknown: int


class LookAlikeStanding(Struct, frozen=True):
    """Where one look-alike stands, with the rules that say so and the findings for and against it."""

    look_alike: LookAlike
    standing: Standing
    rules: tuple[LookAlikeRule, ...]
    raised_by: tuple[str, ...]
    ruled_out_by: tuple[str, ...]
    items: tuple[str, ...]
    """The items whose own answers, beside these findings, make the rules hold."""


class Comparison(Struct, frozen=True):
    """Everything that the panel, the balance sheet and the summary show."""

    contributions: Mapping[str, Contribution]
    counts: Counts
    """What every group adds up to, from which the word is worked out anew when something is moved."""
    groups: tuple[GroupTotal, ...]
    domains: tuple[DomainTotal, ...]
    first_db: Decimal
    second_db: Decimal
    core_first_db: Decimal
    core_second_db: Decimal
    may_lean: frozenset[str]
    """The sides to which the word may lean at all."""
    pattern: Pattern
    elsewhere: tuple[Finding, ...]
    look_alikes: tuple[LookAlikeStanding, ...]
    think_of: tuple[str, ...]
    """Ids of the look-alikes to think of. The word is withheld for them, so that it never is with nobody to think of."""
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


class Known(Struct, frozen=True):
    """The answers so far, what they show, and what that compares to."""

    response: Response
    states: Mapping[str, FindingState]
    statuses: Statuses
    """The status of each of these findings."""
    comparison: Comparison


class Since(Struct, frozen=True):
    """An earlier comparison of the same evidence, and what is not as it was then."""

    comparison: Comparison
    findings: Collection[str]
    """Those with another status."""
    items: Collection[str]
    """Those with another answer that counts."""


def compare(
    evidence: Evidence,
    statuses: Statuses,
    *,
    response: Response | None = None,
    interview: bool = False,
    since: Since | None = None,
) -> Comparison:
    """The comparison of findings; with `interview`, no word before the gate's domains were asked about.

    `response` gives look-alike rules that name items their answers; without it those are simply not answered.
    The word is withheld while a rule suggests a look-alike, and while a finding that points elsewhere is strong enough
    and still makes somebody think of one: at least one of its look-alikes is not ruled out, or it names none.
    With `since`, only what hangs on what changed is worked out anew; the outcome is the same as without.
    """
    anew = _Anew.everything(evidence) if since is None else _Anew.after(evidence, since)
    counts = anew.counts | {name: count_group(evidence, name, statuses) for name in anew.groups}
    contributions = anew.contributions | {
        name: contribution(evidence, name, statuses, counts) for name in anew.findings
    }
    domains = anew.domain_totals | {name: _domain(evidence, name, contributions) for name in anew.domains}
    lookup = FindingLookup(statuses, response)
    elsewhere = tuple(one for one in evidence.elsewhere if statuses.get(one.id) == "observed")
    withholding = evidence.pattern.withhold_strengths
    strong = tuple(one for one in elsewhere if one.strength in withholding)
    weak = {name for one in elsewhere if one.strength not in withholding for name in one.look_alikes}
    standings = anew.standings | {
        name: _standing(evidence, name, lookup, hinted=name in weak) for name in anew.look_alikes
    }
    look_alikes = tuple(standings.values())
    think_of = _thought_of(look_alikes, strong)
    missing = _not_gated(evidence, response) if interview else ()
    may_lean = leanings(evidence, lookup)
    if missing:
        pattern = "asked_too_little"
    elif think_of or any(not one.look_alikes for one in strong):
        pattern = "withheld"
    else:
        pattern = word(evidence, counts, may_lean)
    both, without_context = sides(counts.values()), core(evidence, counts)
    return Comparison(
        contributions=contributions,
        counts=counts,
        groups=tuple(group_totals(evidence, counts)),
        domains=tuple(domains.values()),
        first_db=both.first_db,
        second_db=both.second_db,
        core_first_db=without_context.first_db,
        core_second_db=without_context.second_db,
        may_lean=may_lean,
        pattern=pattern,
        elsewhere=elsewhere,
        look_alikes=look_alikes,
        think_of=think_of,
        not_gated=missing,
    )


class _Anew(Struct, frozen=True):
    """What is worked out anew, in the order of the evidence where that is everything, and what is kept as it was."""

    groups: Collection[str]
    findings: Collection[str]
    domains: Collection[str]
    look_alikes: Collection[str]
    counts: dict[str, GroupCount] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    domain_totals: dict[str, DomainTotal] = field(default_factory=dict)
    standings: dict[str, LookAlikeStanding] = field(default_factory=dict)

    @classmethod
    def everything(cls, evidence: Evidence) -> "_Anew":
        """Nothing is known yet."""
        return cls(evidence.groups, evidence.findings, evidence.domains, evidence.look_alikes)

    @classmethod
    def after(cls, evidence: Evidence, since: Since) -> "_Anew":
        """A finding moves its whole group: the shares of the others are halved by another rank, or set aside."""
        moved = [evidence.findings[one] for one in since.findings if one in evidence.findings]
        groups = {one.group for one in moved if one.group is not None}
        findings = {one.id for one in moved}.union(*([one.id for one in evidence.members[group]] for group in groups))
        of_finding, of_item = evidence.look_alikes_of_finding, evidence.look_alikes_of_item
        alikes = {alike for one in since.findings for alike in of_finding.get(one, ())}
        alikes |= {alike for one in since.items for alike in of_item.get(one, ())}
        was = since.comparison
        return cls(
            groups,
            findings,
            {evidence.findings[one].domain for one in findings},
            alikes & evidence.look_alikes.keys(),
            dict(was.counts),
            dict(was.contributions),
            {one.domain: one for one in was.domains},
            {one.look_alike.id: one for one in was.look_alikes},
        )


def _thought_of(look_alikes: Iterable[LookAlikeStanding], strong: Iterable[Finding]) -> tuple[str, ...]:
    """Those suggested by a rule, then those of findings that point to them strongly; never one that is ruled out."""
    standings = {one.look_alike.id: one.standing for one in look_alikes}
    by_rule = (one for one, standing in standings.items() if standing == "suggested")
    by_finding = (one for finding in strong for one in finding.look_alikes if standings.get(one) != "ruled_out")
    return tuple(dict.fromkeys((*by_rule, *by_finding)))


def _domain(evidence: Evidence, domain: str, contributions: Mapping[str, Contribution]) -> DomainTotal:
    inside = [contributions[finding] for finding in evidence.in_domain[domain]]
    counted = [one.counted_db for one in inside if one.counted_db]
    unknown = sum(one.status == "unknown" for one in inside)
    first = tenths(sum((one for one in counted if one > 0), ZERO))
    second = tenths(-sum((one for one in counted if one < 0), ZERO))
    return DomainTotal(domain, first, second, len(inside) - unknown, unknown)


def _not_gated(evidence: Evidence, response: Response | None) -> tuple[str, ...]:
    """Gate domains of which a key question on this path was not asked yet, or which have no key question at all."""
    if response is None:
        return evidence.pattern.gate
    by_domain = response.questionnaire.gates
    keys = {domain: by_domain.get(domain, ()) for domain in evidence.pattern.gate}
    return tuple(domain for domain, items in keys.items() if not _asked_about(response, items))


def _asked_about(response: Response, items: Collection[str]) -> bool:
    """Whether all of these key questions that are on this path were asked, and there is one."""
    on_path = [item for item in items if item in response.asked]
    return bool(on_path) and all(_was_asked(response.answer(item)) for item in on_path)


def _was_asked(answer: Answer | None) -> bool:
    """A value, "not sure" and "rather not say" were asked; "not asked" and a pending result were not."""
    if isinstance(answer, Missing):
        return answer.code in (MissingCode.NOT_SURE, MissingCode.DECLINED)
    return answer is not None


def _standing(evidence: Evidence, name: str, lookup: Lookup, *, hinted: bool) -> LookAlikeStanding:
    """Where a look-alike stands; a result that rules it out is stronger than a picture that suggests it.

    It is `hinted` at by a finding that points to it weakly, which is worth a remark.
    """
    held = tuple(rule for rule, holds in evidence.look_alike_rules[name] if holds(lookup))
    effects = {rule.effect for rule in held}
    standing: Standing = (
        "ruled_out" if "rules_out" in effects
        else "suggested" if "withhold" in effects
        else "remark" if "remark" in effects or hinted
        else "open"
    )  # fmt: skip
    raising = _because(held, "withhold" if standing == "suggested" else "remark", lookup)
    against = _because(held, "rules_out", lookup)
    answered = [one for one in (against if standing == "ruled_out" else raising) if isinstance(one, AnswerTest)]
    return LookAlikeStanding(
        evidence.look_alikes[name],
        standing,
        held,
        raised_by=_findings_in(raising, ("observed",), lookup),
        ruled_out_by=_findings_in(against, ("observed", "excluded"), lookup),
        items=tuple(dict.fromkeys(one.item for one in answered if lookup.answer(one.item))),
    )


def _because(held: Iterable[LookAlikeRule], effect: str, lookup: Lookup) -> list[Leaf]:
    """What makes the rules of this effect true."""
    return [test for rule in held if rule.effect == effect for test in reasons(rule.when, lookup)]


def _findings_in(tests: Iterable[Leaf], known: tuple[FindingStatus, ...], lookup: Lookup) -> tuple[str, ...]:
    """The findings that tests are about, of these statuses."""
    findings = (one.finding for one in tests if isinstance(one, FindingTest))
    return tuple(dict.fromkeys(one for one in findings if lookup.finding(one) in known))
