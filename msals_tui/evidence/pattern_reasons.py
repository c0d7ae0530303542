"""Why the pattern word is what it is: the sums that it rests on beside what it takes, so that anybody can follow it."""

from collections.abc import Iterator
from decimal import Decimal

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import Side
from msals_tui.evidence.pattern import BEFORE_WEIGHTS, observed_by_group
from msals_tui.evidence.sums import ZERO
from msals_tui.questionnaire.words import Words


def word_reasons(words: Words, evidence: Evidence, comparison: Comparison) -> Iterator[str]:
    """The steps to the word. None if it comes before every sum."""
    rules, both = evidence.pattern, (evidence.first, evidence.second)
    match comparison.pattern:
        case pattern if pattern in BEFORE_WEIGHTS:
            return
        case "too_little":
            yield from (_observed(words, evidence, comparison, side, ZERO) for side in both)
            yield words("reason.too_little", least=f"{rules.too_little_below:f}")
        case "mixed":
            yield from (_observed(words, evidence, comparison, side, rules.lean_group_from) for side in both)
            yield _sums(words, evidence, comparison)
            yield words("reason.mixed", least=f"{rules.mixed_from:f}", apart=f"{rules.mixed_net_below:f}")
        case "slight":
            ahead = _ahead(evidence, comparison)
            yield from _lean(words, evidence, comparison, ahead)
            if ahead.id not in comparison.may_lean:
                yield from (one.because for one in rules.lean_needs if one.side == ahead.id)
        case _:
            yield from _lean(words, evidence, comparison, _ahead(evidence, comparison))


def _ahead(evidence: Evidence, comparison: Comparison) -> Side:
    return evidence.first if comparison.core_net_db > 0 else evidence.second


def _lean(words: Words, evidence: Evidence, comparison: Comparison, side: Side) -> Iterator[str]:
    """What there is of a lean to a side, and what one takes."""
    rules = evidence.pattern
    yield _observed(words, evidence, comparison, side, rules.lean_group_from)
    yield _sums(words, evidence, comparison)
    yield words(
        "reason.lean",
        groups=rules.lean_groups,
        least=f"{rules.lean_group_from:f}",
        together=f"{rules.lean_together_from:f}",
        apart=f"{rules.lean_net_from:f}",
    )


def _observed(words: Words, evidence: Evidence, comparison: Comparison, side: Side, least: Decimal) -> str:
    """What observed findings alone tell for a side, by groups that tell at least so much, the largest first."""
    told = [
        (decibans, evidence.groups[name].title)
        for name, decibans in observed_by_group(evidence, comparison.counts, side).items()
        if decibans and decibans >= least
    ]
    if not told:
        key = "reason.none_strong" if least else "reason.nothing_observed"
        return words(key, side=side.short, least=f"{least:f}")
    terms = " + ".join(f"{decibans:.1f} {title}" for decibans, title in sorted(told, key=lambda one: -one[0]))
    total = sum((decibans for decibans, _ in told), ZERO)
    return words("reason.observed", side=side.short, sum=f"{terms} = {total:.1f}" if len(told) > 1 else terms)


def _sums(words: Words, evidence: Evidence, comparison: Comparison) -> str:
    """All that speaks for either side, what is absent included, and the difference."""
    return words(
        "reason.sums",
        first=evidence.first.short,
        first_db=f"{comparison.core_first_db:.1f}",
        second=evidence.second.short,
        second_db=f"{comparison.core_second_db:.1f}",
        apart=f"{abs(comparison.core_net_db):.1f}",
    )
