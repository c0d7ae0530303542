"""From a phenopacket to findings: observed, excluded or unknown, and what could not be matched.

A term shows what it names, else what its nearest ancestor names; an excluded term excludes what it holds the whole of. What
several findings share counts only where a rule tells them apart. Everything medical stands in `hpo.toml` and `terms.toml`.
"""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from msals_tui.evidence.model import Finding
from msals_tui.evidence.terms import AgeBand, TermRule, Terms
from msals_tui.exchange.phenopacket import Feature, Phenopacket, Result, Span
from msals_tui.exchange.results import ScreenMemory, shown_by_result
from msals_tui.exchange.timing import Timing
from msals_tui.questionnaire.condition import FindingStatus

_NONE: ScreenMemory = frozenset()


class Matched(Struct, frozen=True):
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
        self._observed = frozenset().union(*(terms.above(one.term) for one in self._seen))
        """Every observed term and every term above one."""
        self._excluded = {one.term for one in self._features if one.excluded}
        self._timing = Timing(packet, terms, self._seen)
        self._used: set[str] = set()
        """Terms whose features told others apart, or made a finding together with them."""

    def matched(self) -> Matched:
        shown = [self._shown(one) for one in self._seen]
        qualified = [self._shown_by_modifier(modifier) for one in self._seen for modifier in one.modifiers]
        held = [self._held(one) if one.excluded else (_NONE, _NONE) for one in self._features]
        results = [shown_by_result(self._terms.written, one) for one in self._packet.results]
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
        shown: list[ScreenMemory],
        held: list[tuple[ScreenMemory, ScreenMemory]],
        statuses: Mapping[str, FindingStatus],
        contradicted: ScreenMemory,
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
            elif not shown[number] and not self._is_used(one.term) and not self._is_onset(one.term):
                yield _said(one)
            for modifier in one.modifiers:
                if not self._shown_by_modifier(modifier):
                    yield _said(modifier, f"only qualifies {one.term}")

    def _shown_by_modifier(self, modifier: Feature) -> ScreenMemory:
        """What a term shows that only qualifies another one."""
        modifier = _now(modifier, self._terms)
        return self._shown(modifier) if modifier.term in self._terms.written.modifiers else _NONE

    def _shown(self, feature: Feature) -> ScreenMemory:
        """What a feature shows: what its own term says, else what all of the nearest above it say that say anything."""
        for level in self._terms.levels(feature.term):
            said = {found for term in level if (found := self._said_by(term, feature))}
            if said:
                return frozenset.intersection(*said)
            if level & self._terms.stops:
                return _NONE
        return _NONE

    def _said_by(self, term: str, feature: Feature) -> ScreenMemory:
        """What a term says of this feature: its one finding, and what rules make of it."""
        own = self._terms.observing.get(term, ())
        told: set[str] = set(own) if len(own) == 1 else set()
        for rule in self._terms.rules.get(term, ()):
            if self._holds(rule, feature):
                told.update(rule.means)
        return frozenset(told)

    def _held(self, feature: Feature) -> tuple[ScreenMemory, ScreenMemory]:
        """The findings that an excluded feature excludes, and those that its absence shows."""
        made: set[str] = set()
        for rule in self._terms.rules_excluded.get(feature.term, ()):
            if self._holds(rule, feature):
                made.update(rule.means)
        return frozenset(self._terms.within(feature.term)), frozenset(made)

    def _holds(self, rule: TermRule, feature: Feature) -> bool:
        """Whether everything that a rule asks for is so; what stood beside the feature then counts as matched."""
        label, timing = feature.label.lower(), self._timing
        asked = (
            not rule.words or any(word in label for word in rule.words),
            not any(word in label for word in rule.no_words),
            not rule.modifiers or any(one.term in rule.modifiers for one in feature.modifiers),
            rule.sex is None or rule.sex == self._packet.sex,
            not rule.resolved or feature.resolved,
            all(any(term in self._observed for term in terms) for terms in rule.beside),
            all(any(self._is_excluded(term) for term in terms) for terms in rule.absent),
            not any(term in self._observed for term in rule.without),
            rule.onset_from is None or timing.onset.low >= rule.onset_from,
            rule.onset_below is None or timing.onset.is_before(rule.onset_below),
            rule.elapsed_from is None or timing.is_later(feature, rule.elapsed_from),
            rule.elapsed_below is None or timing.is_soon(feature, rule.elapsed_below),
            not rule.first or timing.is_first(rule, feature),
        )
        if not all(asked):
            return False
        self._used.update(*rule.beside)
        return True

    def _is_used(self, term: str) -> bool:
        return not self._used.isdisjoint(self._terms.above(term))

    def _is_excluded(self, term: str) -> bool:
        return not self._excluded.isdisjoint(self._terms.above(term))

    def _contradicted(self, observed: Collection[str]) -> ScreenMemory:
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
            if _covers(band, self._timing.onset):
                statuses[band.finding] = "observed"
            elif _apart(band, self._timing.onset):
                statuses[band.finding] = "excluded"
        for one in written.of_sex:
            if self._packet.sex is not None:
                statuses[one.finding] = "observed" if self._packet.sex == one.sex else "excluded"
        if (years_ill := self._timing.years_ill) is not None:
            for since in written.since:
                if years_ill.low >= since.years:
                    statuses[since.finding] = "observed"
                elif years_ill.is_before(since.years):
                    statuses[since.finding] = "excluded"
        return statuses

    def _is_onset(self, term: str) -> bool:
        return any(one.term == term for one in self._terms.written.onset)

    def _is_term(self, term: str) -> bool:
        return bool(self._terms.levels(self._terms.now(term)))


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


def _covers(band: AgeBand, span: Span) -> bool:
    """Whether every age of the span lies in the band."""
    return span.low >= band.from_ and (band.below is None or span.is_before(band.below))


def _apart(band: AgeBand, span: Span) -> bool:
    """Whether no age of the span lies in the band."""
    return span.is_before(band.from_) or (band.below is not None and span.low >= band.below)


def _said(feature: Feature, remark: str = "") -> str:
    """A feature as it is listed; one without term or label by its place."""
    named = f"{feature.term} {feature.label}".strip() or feature.place
    return f"{named} ({remark})" if remark else named


def _said_result(result: Result) -> str:
    return f"{result.code} {result.label}".strip() or result.place
