"""What the results of tests show and exclude: a number against its limits, or the words that a result was given in."""

import re
from collections.abc import Collection
from typing import TypeAlias

from msals_tui.evidence.terms import Assay, Interpretations, TermsFile
from msals_tui.exchange.phenopacket import Result

ScreenMemory: TypeAlias = frozenset[str]
"""Findings."""

_word = re.compile(r"[a-z-]+")


def shown_by_result(written: TermsFile, result: Result) -> tuple[ScreenMemory, ScreenMemory]:
    """The findings that a test result shows, and those that it excludes."""
    shown: set[str] = set()
    gone: set[str] = set()
    for assay in written.assay:
        if assay.loinc == result.code:
            found = _judged(assay, result, written.interpretations)
            if found is not None:
                (shown if found else gone).add(assay.finding)
    return frozenset(shown), frozenset(gone)


def _judged(assay: Assay, result: Result, said: Interpretations) -> bool | None:
    """Whether a result shows the assay's finding; None if it does not say, or says something else."""
    if result.value is None:
        return _judged_by_words(assay, result.words.lower(), said)
    if assay.at_least is not None:
        return result.value >= assay.at_least
    if assay.shown_by == "low":
        return result.value < result.low if result.low is not None else None
    if result.high is None:
        return None
    if assay.at_most is not None and result.value > result.high:
        same_unit = assay.unit is None or result.unit.lower() == assay.unit.lower()
        return True if same_unit and result.value <= assay.at_most else None
    return result.value > result.high


def _judged_by_words(assay: Assay, words: str, said: Interpretations) -> bool | None:
    """The same of a result in words; None if they say both, or say what is not so."""
    words = f" {' '.join(_word.findall(words))} "
    normal, words = _without(words, said.normal)
    shown, words = _without(words, {"high": said.high, "low": said.low, "positive": said.positive}[assay.shown_by])
    if normal == shown or not set(said.negations).isdisjoint(words.split()):
        return None
    # How high it is decides where the finding has an upper end, and a word does not tell.
    return None if shown and assay.at_most is not None else shown


def _without(words: str, phrases: Collection[str]) -> tuple[bool, str]:
    """Whether one of these phrases stands among words, and the words without them; blanks stand at both ends."""
    found = False
    for phrase in sorted(phrases, key=len, reverse=True):
        found |= f" {phrase} " in words
        words = words.replace(f" {phrase} ", " ")
    return found, words
