"""Whether the pattern word hangs on a figure: each chance is moved to the ends of its published range, one at a time.

The published range of a chance is that of the figures which were read for this disease: the figure that the working chance
lies in, or all of them together where it lies in none; figures of a subgroup of people are left out. Where there is no such
figure, the published accuracy of the test stands in, if the working chance lies within it. What rests on no published range
cannot be moved and is counted instead of passed over.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence, of_evidence
from msals_tui.evidence.model import Accuracy, Finding, Side
from msals_tui.evidence.pattern import BEFORE_WEIGHTS, Pattern, word
from msals_tui.evidence.sums import GroupCount, Statuses, Weigh, count_otherwise, known_within, weight, within_reach
from msals_tui.evidence.weights import Weights, rebuilt
from msals_tui.questionnaire.condition import FindingStatus

_HUNDRED = Decimal(100)
_MOST_COUNTS = 1024
"""Kept of groups as cases have them: many cases share theirs, and there is no end of others."""


class Range(Struct, frozen=True):
    """The published range of a chance, as shares of 1."""

    low: Decimal
    high: Decimal


class Dependence(Struct, frozen=True):
    """A figure on which the word hangs: with this chance in this side's disease another word would stand there."""

    finding: str
    side: str
    chance: Decimal
    pattern: Pattern


class Sensitivity(Struct, frozen=True):
    """What came of moving every chance behind the findings that are known and weigh something in the pattern."""

    weights_decide: bool
    """Whether any weight has a say: a word that is withheld hangs on none."""
    depends_on: tuple[Dependence, ...]
    ranged: int
    """Chances that have a published range."""
    assumed: int
    """Chances that have none, and could not be moved."""

    @property
    def holds(self) -> bool:
        """Whether the word stays the same under all published ranges."""
        return not self.depends_on


def sensitivity(evidence: Evidence, comparison: Comparison) -> Sensitivity:
    """Moves every published chance behind a comparison. A word that no weight decides hangs on none of them."""
    weights_decide = comparison.pattern not in BEFORE_WEIGHTS
    statuses = {one.finding.id: one.status for one in comparison.contributions.values()} if weights_decide else {}
    depends_on: list[Dependence] = []
    ranged = assumed = 0
    for finding in _weighing(evidence, comparison):
        for side in (evidence.first, evidence.second):
            if _range(evidence, finding.id, side.id) is None:
                assumed += 1
                continue
            ranged += 1
            if weights_decide:
                depends_on += _dependences(evidence, statuses, comparison, finding, side)
    return Sensitivity(weights_decide, tuple(depends_on), ranged, assumed)


@of_evidence
def _range(evidence: Evidence, finding: str, side: str) -> Range | None:
    """The published range of a chance."""
    return published(evidence.findings[finding], _side(evidence, side))


def _side(evidence: Evidence, side: str) -> Side:
    return evidence.first if side == evidence.first.id else evidence.second


def published(finding: Finding, side: Side) -> Range | None:
    """The published range of a finding's chance in a side's disease; None if no fitting figure was read."""
    chance = finding.chance[side.id]
    figures = [
        Range(min(numbers) / _HUNDRED, max(numbers) / _HUNDRED)
        for one in finding.frequency
        if one.disease == side.id and one.read and not one.of
        if (numbers := [value for value in (one.low, one.value, one.high) if value is not None])
    ]
    if figures:
        holding = [one for one in figures if one.low <= chance <= one.high]
        return _together(holding or figures)
    tests = [found for one in finding.accuracy if one.read and (found := _shown(finding, one, side))]
    return next((one for one in tests if one.low <= chance <= one.high), None)


def _shown(finding: Finding, test: Accuracy, side: Side) -> Range | None:
    """How often a test shows a finding: its sensitivity for the side that the finding points to, else its false alarms."""
    if (finding.points == "first") is (side.sign > 0):
        values = (test.sensitivity_low, test.sensitivity, test.sensitivity_high)
        shares = [value / _HUNDRED for value in values if value is not None]
    else:
        values = (test.specificity_low, test.specificity, test.specificity_high)
        shares = [1 - value / _HUNDRED for value in values if value is not None]
    return Range(min(shares), max(shares)) if shares else None


def _together(ranges: Iterable[Range]) -> Range:
    found = list(ranges)
    return Range(min(one.low for one in found), max(one.high for one in found))


def _weighing(evidence: Evidence, comparison: Comparison) -> Iterator[Finding]:
    """The findings that are known and weigh something in a group that can make a pattern."""
    for name, count in comparison.counts.items():
        if not evidence.groups[name].context:
            yield from (evidence.findings[finding] for finding in count.shares)


def _dependences(
    evidence: Evidence, statuses: Statuses, comparison: Comparison, finding: Finding, side: Side
) -> Iterator[Dependence]:
    """The ends of a range that would change the word."""
    group = finding.group or ""
    before = comparison.counts[group]
    known = known_within(evidence, group, statuses)
    for chance, count in _counts_at_ends(evidence, finding.id, side.id, known):
        if _for_the_word(count) == _for_the_word(before):
            continue
        pattern = word(evidence, {**comparison.counts, group: count}, comparison.may_lean)
        if pattern != comparison.pattern:
            yield Dependence(finding.id, side.id, chance, pattern)


@lru_cache(_MOST_COUNTS)
def _counts_at_ends(
    evidence: Evidence, finding: str, side: str, known: tuple[FindingStatus, ...]
) -> tuple[tuple[Decimal, GroupCount], ...]:
    """What the group of a finding adds up to at each end of a chance's range; `known` is what its count is made of."""
    one, found = evidence.findings[finding], _range(evidence, finding, side)
    group = one.group or ""
    statuses = dict(zip(within_reach(evidence, group), known, strict=True))
    return tuple(
        (
            chance,
            count_otherwise(evidence, group, statuses, _with_weights(one, _moved(evidence, finding, side, chance))),
        )
        for chance in (dict.fromkeys((found.low, found.high)) if found else ())
        if chance != one.chance[side]
    )


def _for_the_word(count: GroupCount) -> tuple[Decimal, Decimal, Decimal]:
    """All that the word is made of in one group."""
    return count.total_db, count.observed_first_db, count.observed_second_db


@of_evidence
def _moved(evidence: Evidence, finding: str, side: str, chance: Decimal) -> Weights:
    return moved(evidence.findings[finding], side, chance, evidence)


def moved(finding: Finding, side: str, chance: Decimal, evidence: Evidence) -> Weights:
    """The weights with another chance. What was set by hand keeps its distance from the rule, and 0 stays 0."""
    sides = (evidence.first.id, evidence.second.id)
    by_rule = rebuilt(finding, evidence.weights, sides)
    otherwise = replace(finding, chance={**finding.chance, side: chance})
    other = rebuilt(otherwise, evidence.weights, sides)
    return Weights(
        finding.present_db + other.present_db - by_rule.present_db if finding.present_db else finding.present_db,
        finding.absent_db + other.absent_db - by_rule.absent_db if finding.absent_db else finding.absent_db,
    )


def _with_weights(finding: Finding, weights: Weights) -> Weigh:
    """Weighs one finding anew and all others by the files."""

    def weigh(one: Finding, status: FindingStatus) -> Decimal:
        if one.id != finding.id or status == "unknown":
            return weight(one, status)
        return weights.present_db if status == "observed" else weights.absent_db

    return weigh
