"""The comparison: findings in; decibans by finding, group, domain and side out, look-alikes, and one cautious word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingLookup
from msals_tui.evidence.model import Finding, LookAlike, LookAlikeRule
from msals_tui.evidence.pattern import Pattern, core, leanings, word
from msals_tui.evidence.sums import (
    ZERO,
    Contribution,
    Counts,
    GroupTotal,
    Statuses,
    Sums,
    count_groups,
    sides,
    sum_up,
    tenths,
)
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.condition import AnswerTest, FindingStatus, FindingTest, Lookup, holds, reasons
from msals_tui.questionnaire.response import Response

Standing: TypeAlias = Literal["suggested", "remark", "ruled_out", "open"]


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
    items: tuple[str, ...]
    """The items whose own answers, beside these findings, make the rules hold."""


@dataclass(frozen=True, slots=True)
class Comparison:
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


def compare(
    evidence: Evidence,
    statuses: Statuses,
    *,
    response: Response | None = None,
    interview: bool = False,
) -> Comparison:
    """The comparison of findings; with `interview`, no word before the gate's domains were asked about.

    `response` gives look-alike rules that name items their answers; without it those are simply not answered.
    The word is withheld while a rule suggests a look-alike, and while a finding that points elsewhere is strong enough
    and still makes somebody think of one: at least one of its look-alikes is not ruled out, or it names none.
    """
    counts = count_groups(evidence, statuses)
    sums = sum_up(evidence, statuses, counts)
    lookup = FindingLookup(statuses, response)
    elsewhere = tuple(
        one for one in evidence.findings.values() if one.points == "elsewhere" and statuses.get(one.id) == "observed"
    )
    strong = tuple(one for one in elsewhere if one.strength in evidence.pattern.withhold_strengths)
    weak = {name for one in elsewhere if one not in strong for name in one.look_alikes}
    look_alikes = tuple(_standing(one, lookup, hinted=one.id in weak) for one in evidence.look_alikes.values())
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
        contributions=sums.contributions,
        counts=counts,
        groups=sums.groups,
        domains=_domains(evidence, sums),
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


def _thought_of(look_alikes: Iterable[LookAlikeStanding], strong: Iterable[Finding]) -> tuple[str, ...]:
    """Those suggested by a rule, then those of findings that point to them strongly; never one that is ruled out."""
    standings = {one.look_alike.id: one.standing for one in look_alikes}
    by_rule = (one for one, standing in standings.items() if standing == "suggested")
    by_finding = (one for finding in strong for one in finding.look_alikes if standings.get(one) != "ruled_out")
    return tuple(dict.fromkeys((*by_rule, *by_finding)))


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
            tenths(first[domain]),
            tenths(second[domain]),
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


def _standing(look_alike: LookAlike, lookup: Lookup, *, hinted: bool) -> LookAlikeStanding:
    """Where a look-alike stands; a result that rules it out is stronger than a picture that suggests it.

    It is `hinted` at by a finding that points to it weakly, which is worth a remark.
    """
    held = tuple(rule for rule in look_alike.rule if holds(rule.when, lookup))
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
        look_alike,
        standing,
        held,
        raised_by=_findings_in(raising, ("observed",), lookup),
        ruled_out_by=_findings_in(against, ("observed", "excluded"), lookup),
        items=tuple(dict.fromkeys(one.item for one in answered if lookup.answer(one.item))),
    )


def _because(held: Iterable[LookAlikeRule], effect: str, lookup: Lookup) -> list[AnswerTest | FindingTest]:
    """What makes the rules of this effect true."""
    return [test for rule in held if rule.effect == effect for test in reasons(rule.when, lookup)]


def _findings_in(
    tests: Iterable[AnswerTest | FindingTest], known: tuple[FindingStatus, ...], lookup: Lookup
) -> tuple[str, ...]:
    """The findings that tests are about, of these statuses."""
    findings = (one.finding for one in tests if isinstance(one, FindingTest))
    return tuple(dict.fromkeys(one for one in findings if lookup.finding(one) in known))
