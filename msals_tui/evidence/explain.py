"""Sentences about a comparison, made from the words of the language and the names in the evidence files."""

from decimal import Decimal
from typing import TYPE_CHECKING

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.pattern import MORE_LIKE, Pattern
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words

if TYPE_CHECKING:
    from msals_tui.evidence.sensitivity import Sensitivity


def pattern_sentence(words: Words, evidence: Evidence, pattern: Pattern) -> str:
    """The pattern word in a sentence; never a diagnosis, never a chance."""
    if not pattern.startswith(MORE_LIKE):
        return words(f"pattern.{pattern}")
    first, second = evidence.first, evidence.second
    side, other = (first, second) if pattern == MORE_LIKE + first.id else (second, first)
    return words("pattern.more_like", side=side.short, other=other.short)


def sensitivity_sentences(words: Words, evidence: Evidence, found: "Sensitivity") -> tuple[str, ...]:
    """Whether the word hangs on a published figure, on which ones, and how much rests on none."""
    if not found.weights_decide:
        return (words("sensitivity.no_weight"),)
    rest = (words.some(found.assumed, "sensitivity.assumed"),) if found.assumed else ()
    if found.ranged == 0:
        return words("sensitivity.no_range"), *rest
    if found.holds:
        return words.some(found.ranged, "sensitivity.holds"), *rest
    short = {side.id: side.short for side in (evidence.first, evidence.second)}
    depends = [
        words(
            "sensitivity.depends",
            finding=evidence.findings[one.finding].label,
            chance=percent(one.chance),
            side=short[one.side],
            pattern=pattern_sentence(words, evidence, one.pattern),
        )
        for one in found.depends_on
    ]
    return *depends, *rest


def percent(chance: Decimal) -> str:
    """A chance between 0 and 1 as a percentage without needless zeros."""
    return f"{(chance * 100).normalize():f}%"


def suggestions(evidence: Evidence, comparison: Comparison) -> tuple[str, ...]:
    """Names of the look-alikes that the answers really suggest: by rule, or through a finding that points elsewhere."""
    return tuple(evidence.look_alikes[one].name for one in comparison.think_of)


def meanings(evidence: Evidence, item: Item, words: Words) -> tuple[str, ...]:
    """For each answer to an item, the findings that it shows and those that it speaks against."""
    sentences = []
    for label, mark in item.labelled_marks(words):
        for key, ids in (("question.observes", mark.observes), ("question.excludes", mark.excludes)):
            findings = [evidence.findings[one].label for one in ids if one in evidence.findings]
            if findings:
                sentences.append(f"{words(key, answer=label)} {'; '.join(findings)}")
    return tuple(sentences)
