"""How the sums came about, in the same sentences on the screen and line by line."""

from collections.abc import Iterator
from decimal import Decimal

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.pattern_reasons import word_reasons
from msals_tui.evidence.sums import tenths
from msals_tui.evidence.working import Working, working_sentences, workings
from msals_tui.questionnaire.words import Words


def sums_lines(evidence: Evidence, comparison: Comparison, words: Words) -> Iterator[str]:
    """What the word rests on, every group with its steps, and the sums of all; a fact a line."""
    yield from word_reasons(words, evidence, comparison)
    yield words("sums.how")
    for working in workings(evidence, comparison):
        yield words("sums.group", group=group_title(evidence, working, words), total=signed(working.total_db))
        yield from working_sentences(words, evidence, comparison, working)
    yield totals(evidence, comparison, words)


def group_title(evidence: Evidence, working: Working, words: Words) -> str:
    """The name of a group; of background it says so."""
    group = evidence.groups[working.group]
    return f"{group.title} ({words('sums.context')})" if group.context else group.title


def totals(evidence: Evidence, comparison: Comparison, words: Words) -> str:
    """The sums over all groups in a sentence."""
    return words(
        "sums.totals",
        first=evidence.first.short,
        first_db=f"{comparison.first_db:.1f}",
        second=evidence.second.short,
        second_db=f"{comparison.second_db:.1f}",
        net_db=signed(comparison.net_db),
        core_db=signed(comparison.core_net_db),
    )


def signed(decibans: Decimal) -> str:
    """A number of decibans with its sign, to the tenth; what is nothing then has none."""
    rounded = tenths(decibans)
    return f"{rounded:+}" if rounded else "0"
