"""Each look-alike as the answers leave it: what speaks for and against it, what raised it, and what would settle it."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evidence.comparison import Comparison, LookAlikeStanding, Standing
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import NOTHING, FindingState
from msals_tui.evidence.model import Feature, LookAlike, LookAlikeRule
from msals_tui.questionnaire.condition import FindingStatus

Presence: TypeAlias = Literal["there", "not_there", "not_known", "not_asked"]
"""`not_asked` is what no question asks about; "not sure" and a result still to come are `not_known`."""

_EFFECTS: Mapping[Standing, str] = {"suggested": "withhold", "remark": "remark", "ruled_out": "rules_out"}
_ORDER: tuple[Standing, ...] = ("suggested", "remark", "open", "ruled_out")


class FeatureSeen(Struct, frozen=True):
    """Something that speaks for or against a look-alike, and whether it is there."""

    feature: Feature
    presence: Presence
    findings: tuple[str, ...]
    """The findings that show it."""


class LookAlikeFacts(Struct, frozen=True):
    """Everything that is said of one look-alike."""

    look_alike: LookAlike
    standing: Standing
    """`suggested` also where no rule of its own holds, and only a finding that points elsewhere names it."""
    by_rule: bool
    """A rule of its own holds the pattern word back."""
    says: tuple[str, ...]
    """What the rules that decide its standing say."""
    findings: tuple[str, ...]
    """The findings that raised it, or that speak against it where it is ruled out."""
    items: tuple[str, ...]
    """The questions whose answers did so."""
    speaks_for: tuple[FeatureSeen, ...]
    speaks_against: tuple[FeatureSeen, ...]
    tests: tuple[tuple[str, FindingStatus], ...]
    """The findings of what would settle it, and whether each is known already."""
    sources: tuple[str, ...]

    @property
    def against(self) -> tuple[str, ...]:
        """The findings that speak against it."""
        there = (one for one in self.speaks_against if one.presence == "there")
        return tuple(dict.fromkeys(finding for one in there for finding in one.findings))

    def count(self, presence: Presence) -> tuple[int, int]:
        """How many features of this presence speak for it, and how many against it."""
        return (
            sum(one.presence == presence for one in self.speaks_for),
            sum(one.presence == presence for one in self.speaks_against),
        )


def look_alike_facts(
    evidence: Evidence, comparison: Comparison, states: Mapping[str, FindingState]
) -> tuple[LookAlikeFacts, ...]:
    """All look-alikes: those to think of first, in the order in which they are named, then remarks, open and ruled out.

    `states` tell which questions showed a finding; what did not come from a questionnaire has none.
    """
    return _sorted_facts(evidence, comparison, states, comparison.look_alikes)


def _sorted_facts(
    evidence: Evidence,
    comparison: Comparison,
    states: Mapping[str, FindingState],
    look_alikes: Iterable[LookAlikeStanding],
) -> tuple[LookAlikeFacts, ...]:
    think_of = comparison.think_of
    statuses = {finding: one.status for finding, one in comparison.contributions.items()}
    facts = [_facts(evidence, comparison, states, statuses, one, think_of) for one in look_alikes]
    places = {one: place for place, one in enumerate(think_of)}
    return tuple(sorted(facts, key=lambda one: (_ORDER.index(one.standing), places.get(one.look_alike.id, 0))))


def _facts(
    evidence: Evidence,
    comparison: Comparison,
    states: Mapping[str, FindingState],
    statuses: Mapping[str, FindingStatus],
    one: LookAlikeStanding,
    think_of: tuple[str, ...],
) -> LookAlikeFacts:
    alike = one.look_alike
    rules = [rule for rule in one.rules if rule.effect == _EFFECTS.get(one.standing)]
    pointing = tuple(finding.id for finding in comparison.elsewhere if alike.id in finding.look_alikes)
    out = one.standing == "ruled_out"
    findings = one.ruled_out_by if out else (*one.raised_by, *pointing)
    items = [item for finding in findings for item in _answers(states.get(finding, NOTHING))]
    return LookAlikeFacts(
        look_alike=alike,
        standing="suggested" if alike.id in think_of else one.standing,
        by_rule=one.standing == "suggested",
        says=tuple(dict.fromkeys(rule.says for rule in rules)),
        findings=tuple(dict.fromkeys(findings)),
        items=tuple(dict.fromkeys((*items, *one.items))),
        speaks_for=tuple(_seen(feature, statuses) for feature in alike.feature),
        speaks_against=tuple(_seen(feature, statuses) for feature in alike.against),
        tests=tuple((test, statuses.get(test, "unknown")) for test in alike.tests),
        sources=_sources(evidence, (*alike.feature, *alike.against), rules),
    )


def named(facts: Iterable[LookAlikeFacts]) -> tuple[LookAlikeFacts, ...]:
    """Those to think of, in the order in which the panel names them; none means that nothing points elsewhere."""
    return tuple(one for one in facts if one.standing == "suggested")


def facts_to_think_of(
    evidence: Evidence, comparison: Comparison, states: Mapping[str, FindingState]
) -> tuple[LookAlikeFacts, ...]:
    """Those to think of, as `named` gives them of all, without working out the others."""
    thought_of = (one for one in comparison.look_alikes if one.look_alike.id in comparison.think_of)
    return _sorted_facts(evidence, comparison, states, thought_of)


def _seen(feature: Feature, statuses: Mapping[str, FindingStatus]) -> FeatureSeen:
    shown_by = tuple(finding for finding in feature.findings if statuses.get(finding) == feature.shown_by)
    return FeatureSeen(feature, presence(feature, statuses), shown_by)


def presence(feature: Feature, statuses: Mapping[str, FindingStatus]) -> Presence:
    """Whether a feature is there: one finding that was seen decides; that it is missing needs all to be excluded."""
    known = [statuses.get(finding, "unknown") for finding in feature.findings]
    if not known:
        return "not_asked"
    if "observed" in known:
        return "there" if feature.shown_by == "observed" else "not_there"
    if all(status == "excluded" for status in known):
        return "not_there" if feature.shown_by == "observed" else "there"
    return "not_known"


def _answers(state: FindingState) -> tuple[str, ...]:
    """The questions that gave a finding its status."""
    return state.observed_by if state.status == "observed" else state.excluded_by


def _sources(evidence: Evidence, features: Iterable[Feature], rules: Iterable[LookAlikeRule]) -> tuple[str, ...]:
    named = [source for rule in rules for source in rule.sources]
    named += [source for feature in features for source in feature.sources]
    return tuple(source for source in dict.fromkeys(named) if source in evidence.sources)
