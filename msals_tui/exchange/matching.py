"""From a phenopacket to findings: observed, excluded or unknown, and what could not be matched.

A term shows what it names, else what its nearest ancestor names; an excluded term excludes what it holds the whole of. What
several findings share counts only where a rule tells them apart. Everything medical stands in `hpo.toml` and `terms.toml`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from msals_tui.evidence.model import Finding
from msals_tui.evidence.terms import AgeSpan, Assay, TermRule, Terms
from msals_tui.exchange.phenopacket import Began, Feature, Phenopacket, Result, Span
from msals_tui.questionnaire.condition import FindingStatus

Shown = frozenset[str]
"""Findings."""

_NONE: Shown = frozenset()

_word = re.compile(r"[a-z-]+")


@dataclass(frozen=True, slots=True)
class Matched:
    """The findings of a packet, and what of it says nothing that a finding covers."""

    statuses: Mapping[str, FindingStatus]
    unmatched: tuple[str, ...]
    """Each as it is to be read: `HP:0001234 Label`, with what is special about it in brackets."""


def match(packet: Phenopacket, terms: Terms, findings: Mapping[str, Finding]) -> Matched:
    """The findings of a packet. Unmatched are listed in the order of the packet, each once."""
    return _Matching(packet, terms, findings).matched()


class _Matching:
    """One packet being matched."""

    def __init__(self, packet: Phenopacket, terms: Terms, findings: Mapping[str, Finding]) -> None:
        self._packet = packet
        self._terms = terms
        self._findings = findings
        self._features = [_now(one, terms) for one in _with_results(packet, terms)]
        self._seen = [one for one in self._features if not one.excluded]
        self._observed: dict[str, set[int]] = {}
        """Every observed term and every term above one, with the numbers of the features that say so."""
        for number, one in enumerate(self._seen):
            for term in terms.above(one.term):
                self._observed.setdefault(term, set()).add(number)
        self._excluded = {one.term for one in self._features if one.excluded}
        self._onset = self._first_symptom()
        self._used: set[int] = set()
        """Features that told others apart, or made a finding together with them."""

    def matched(self) -> Matched:
        shown = [self._shown(one) for one in self._seen]
        qualified = [self._shown_by_modifier(modifier) for one in self._seen for modifier in one.modifiers]
        held = [self._held(one) if one.excluded else (_NONE, _NONE) for one in self._features]
        results = [self._of_result(one) for one in self._packet.results]
        observed = [*shown, *qualified, *(made for _, made in held), *(found for found, _ in results)]
        contradicted = self._contradicted({finding for findings in observed for finding in findings})
        statuses: dict[str, FindingStatus] = {}
        for finding in (*(one for gone, _ in held for one in gone), *(one for _, gone in results for one in gone)):
            statuses[finding] = "excluded"
        for finding in (one for findings in observed for one in findings if one not in contradicted):
            statuses[finding] = "observed"
        statuses |= self._of_person()
        unmatched = [
            *self._unmatched_features(shown, held, statuses, contradicted),
            *(_said_result(one) for one, (found, gone) in zip(self._packet.results, results, strict=True)
              if not found | gone and not self._is_term(one.term)),
        ]  # fmt: skip
        return Matched(statuses, tuple(dict.fromkeys(unmatched)))

    def _unmatched_features(
        self,
        shown: list[Shown],
        held: list[tuple[Shown, Shown]],
        statuses: Mapping[str, FindingStatus],
        contradicted: Shown,
    ) -> Iterator[str]:
        number = -1
        for one, (gone, made) in zip(self._features, held, strict=True):
            if one.excluded:
                if not gone | made:
                    yield _said(one, "excluded")
                elif any(statuses.get(finding) == "observed" for finding in gone):
                    yield _said(one, "excluded, but observed elsewhere, which counts")
                continue
            number += 1
            if shown[number] & contradicted:
                yield _said(one, "contradicts another term about the same thing")
            elif not shown[number] and number not in self._used and not self._is_onset(one.term):
                yield _said(one)
            for modifier in one.modifiers:
                if not self._shown_by_modifier(modifier):
                    yield _said(modifier, f"only qualifies {one.term}")

    def _shown_by_modifier(self, modifier: Feature) -> Shown:
        """What a term shows that only qualifies another one."""
        modifier = _now(modifier, self._terms)
        return self._shown(modifier) if modifier.term in self._terms.written.modifiers else _NONE

    def _shown(self, feature: Feature) -> Shown:
        """What a feature shows: what its own term says, else what all of the nearest above it say that say anything."""
        for level in self._terms.levels(feature.term):
            said = {found for term in level if (found := self._said_by(term, feature))}
            if said:
                return frozenset.intersection(*said)
            if level & self._terms.stops:
                return _NONE
        return _NONE

    def _said_by(self, term: str, feature: Feature) -> Shown:
        """What a term says of this feature: its one finding, and what rules make of it."""
        own = self._terms.observing.get(term, ())
        told: set[str] = set(own) if len(own) == 1 else set()
        for rule in self._terms.rules.get(term, ()):
            if self._holds(rule, feature):
                told.update(rule.means)
        return frozenset(told)

    def _held(self, feature: Feature) -> tuple[Shown, Shown]:
        """The findings that an excluded feature excludes, and those that its absence shows."""
        made: set[str] = set()
        for rule in self._terms.rules_excluded.get(feature.term, ()):
            if self._holds(rule, feature):
                made.update(rule.means)
        return frozenset(self._terms.within(feature.term)), frozenset(made)

    def _holds(self, rule: TermRule, feature: Feature) -> bool:
        """Whether everything that a rule asks for is so; what stood beside the feature then counts as matched."""
        label = feature.label.lower()
        asked = (
            not rule.words or any(word in label for word in rule.words),
            not any(word in label for word in rule.no_words),
            not rule.modifiers or any(one.term in rule.modifiers for one in feature.modifiers),
            rule.sex is None or rule.sex == self._packet.sex,
            not rule.resolved or feature.resolved,
            all(any(term in self._observed for term in terms) for terms in rule.beside),
            all(any(self._is_excluded(term) for term in terms) for terms in rule.absent),
            not any(term in self._observed for term in rule.without),
            rule.onset_from is None or self._onset.low >= rule.onset_from,
            rule.onset_below is None or _before(self._onset, rule.onset_below),
            rule.elapsed_from is None or self._is_later(feature, rule.elapsed_from),
            rule.elapsed_below is None or self._is_soon(feature, rule.elapsed_below),
            not rule.first or self._is_first(rule, feature),
        )
        if not all(asked):
            return False
        for terms in rule.beside:
            self._used.update(number for term in terms for number in self._observed.get(term, ()))
        return True

    def _is_excluded(self, term: str) -> bool:
        return not self._excluded.isdisjoint(self._terms.above(term))

    def _contradicted(self, observed: Collection[str]) -> Shown:
        """Observed findings of which only one can be true."""
        groups: dict[str, list[str]] = {}
        for finding in observed:
            group = self._findings[finding].exclusive_group
            if group is not None:
                groups.setdefault(group, []).append(finding)
        return frozenset(finding for rivals in groups.values() if len(rivals) > 1 for finding in rivals)

    def _of_person(self) -> dict[str, FindingStatus]:
        """What sex and age say."""
        statuses: dict[str, FindingStatus] = {}
        written = self._terms.written
        for band in written.age_band:
            if _covers(band, self._onset):
                statuses[band.finding] = "observed"
            elif _apart(band, self._onset):
                statuses[band.finding] = "excluded"
        for one in written.of_sex:
            if self._packet.sex is not None:
                statuses[one.finding] = "observed" if self._packet.sex == one.sex else "excluded"
        for since in written.since:
            if self._years_ill is not None:
                if self._years_ill.low >= since.years:
                    statuses[since.finding] = "observed"
                elif _before(self._years_ill, since.years):
                    statuses[since.finding] = "excluded"
        return statuses

    @property
    def _years_ill(self) -> Span | None:
        """How long ago the first symptom came when the person was seen; None where nobody knows."""
        seen_at, onset = self._packet.seen_at, self._onset
        if seen_at is None or seen_at.below is None or onset.below is None or not self._onset_is_known:
            return None
        return Span(seen_at.low - onset.below, seen_at.below - onset.low)

    def _first_symptom(self) -> Span:
        """The age at the first symptom, as narrow as the packet tells: the first thing to begin, and before last seen."""
        began = [
            span for one in self._seen if self._is_symptom(one.term) if (span := self._span(one.began)) is not None
        ]
        diseases = [span for one in self._packet.diseases_began if (span := self._span(one)) is not None]
        if len(diseases) == 1:
            began += diseases
        began += [span for one in self._seen if (span := self._span(Began(term=one.term))) is not None]
        self._onset_is_known = bool(began)
        seen_at = self._packet.seen_at
        ends = [one.below for one in began if one.below is not None]
        if seen_at is not None and seen_at.below is not None:
            ends.append(seen_at.below)
        low = min((one.low for one in began), default=Decimal(0))
        below = min(ends, default=None)
        return Span(low, below) if below is None or low < below else Span()

    def _span(self, began: Began | None) -> Span | None:
        if began is None or began.span is not None:
            return None if began is None else began.span
        term = self._terms.now(began.term)
        return next((Span(one.from_, one.below) for one in self._terms.written.onset if one.term == term), None)

    def _is_symptom(self, term: str) -> bool:
        return not self._terms.above(term).isdisjoint(self._terms.written.symptoms)

    def _is_onset(self, term: str) -> bool:
        return any(one.term == term for one in self._terms.written.onset)

    def _is_term(self, term: str) -> bool:
        return bool(self._terms.levels(self._terms.now(term)))

    def _is_later(self, feature: Feature, years: Decimal) -> bool:
        """Whether a feature surely began so many years after the first symptom, or later."""
        began, first = self._span(feature.began), self._onset.below
        return began is not None and first is not None and self._onset_is_known and began.low - first >= years

    def _is_soon(self, feature: Feature, years: Decimal) -> bool:
        """Whether a feature surely began within so many years of the first symptom; it began before the person was seen."""
        began = self._span(feature.began) or self._packet.seen_at
        return (
            began is not None
            and began.below is not None
            and self._onset_is_known
            and began.below - self._onset.low <= years
        )

    def _is_first(self, rule: TermRule, feature: Feature) -> bool:
        """Whether a feature surely began before every other symptom with a known beginning, and there is another."""
        began = self._span(feature.began)
        if began is None or began.below is None:
            return False
        others = [
            span
            for one in self._seen
            if self._is_symptom(one.term) and self._terms.above(one.term).isdisjoint(rule.terms)
            if (span := self._span(one.began)) is not None
        ]
        return bool(others) and all(one.low >= began.below for one in others)

    def _of_result(self, result: Result) -> tuple[Shown, Shown]:
        """The findings that a test result shows, and those that it excludes."""
        shown: set[str] = set()
        gone: set[str] = set()
        for assay in self._terms.written.assay:
            if assay.loinc == result.code:
                found = self._judged(assay, result)
                if found is not None:
                    (shown if found else gone).add(assay.finding)
        return frozenset(shown), frozenset(gone)

    def _judged(self, assay: Assay, result: Result) -> bool | None:
        """Whether a result shows the assay's finding; None where it does not say, or says something else."""
        if result.value is None:
            return self._judged_by_words(assay, result.words.lower())
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

    def _judged_by_words(self, assay: Assay, words: str) -> bool | None:
        """The same of a result in words; None where they say both, or say what is not so."""
        said = self._terms.written.interpretations
        words = f" {' '.join(_word.findall(words))} "
        normal, words = _without(words, said.normal)
        shown, words = _without(words, getattr(said, assay.shown_by))
        if normal == shown or not set(said.negations).isdisjoint(words.split()):
            return None
        # How high it is decides where the finding has an upper end, and a word does not tell.
        return None if shown and assay.at_most is not None else shown


def _with_results(packet: Phenopacket, terms: Terms) -> Iterator[Feature]:
    """The features of a packet, and results that are given as terms."""
    yield from packet.features
    for one in packet.results:
        if terms.levels(terms.now(one.term)):
            yield Feature(one.term, one.words, place=one.place)


def _now(feature: Feature, terms: Terms) -> Feature:
    """The feature under the id that its term has in the release."""
    term = terms.now(feature.term)
    if term == feature.term:
        return feature
    return Feature(
        term, feature.label, feature.excluded, feature.began, feature.resolved, feature.modifiers, feature.place
    )


def _without(words: str, phrases: Collection[str]) -> tuple[bool, str]:
    """Whether one of these phrases stands among words, and the words without them; blanks stand at both ends."""
    found = False
    for phrase in sorted(phrases, key=len, reverse=True):
        found |= f" {phrase} " in words
        words = words.replace(f" {phrase} ", " ")
    return found, words


def _before(span: Span, years: Decimal) -> bool:
    return span.below is not None and span.below <= years


def _covers(band: AgeSpan, span: Span) -> bool:
    return span.low >= band.from_ and (band.below is None or _before(span, band.below))


def _apart(band: AgeSpan, span: Span) -> bool:
    return _before(span, band.from_) or (band.below is not None and span.low >= band.below)


def _said(feature: Feature, remark: str = "") -> str:
    """A feature as it is listed; one without term or label by its place."""
    named = f"{feature.term} {feature.label}".strip() or feature.place
    return f"{named} ({remark})" if remark else named


def _said_result(result: Result) -> str:
    return f"{result.code} {result.label}".strip() or result.place
