"""From a phenopacket to findings: observed, excluded or unknown, and what could not be matched.

A term shows what it names, else what its nearest ancestor names; an excluded term excludes what it holds the whole of. What
several findings share counts only where a rule tells them apart. Everything medical stands in `hpo.toml` and `terms.toml`.

What contradicts itself by its terms counts for nothing: a term that is observed and excluded does neither, and an excluded
term with an observed one below it excludes nothing. Whatever does not count as it stands there is listed with the reason.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct, structs

from msals_tui.errors import Filled
from msals_tui.evidence.model import Finding
from msals_tui.evidence.terms import AgeBand, TermRule, Terms
from msals_tui.exchange.packet import Feature, Phenopacket, Span
from msals_tui.exchange.qualified import denies, is_annulled, is_taken_back, narrowed_by, said
from msals_tui.exchange.results import ReadResult, read_results
from msals_tui.exchange.timing import Timing
from msals_tui.questionnaire.condition import FindingStatus

Findings: TypeAlias = frozenset[str]
_NONE: Findings = frozenset()


class Matched(Struct, frozen=True):
    """The findings of a packet, and what of it says nothing that a finding covers."""

    statuses: Mapping[str, FindingStatus]
    unmatched: tuple[str, ...]
    """Each as it is to be read: `HP:0001234 Label`, with what is special about it in brackets."""


def match(packet: Phenopacket, terms: Terms, findings: Mapping[str, Finding]) -> Matched:
    """The findings of a packet. Unmatched are listed in the order of the packet, each once."""
    return _Matching(packet, terms, findings).matched()


class _Entry(Struct):
    """One feature, and what it says by itself."""

    feature: Feature
    shown: Findings = _NONE
    gone: Findings = _NONE
    why: str = ""
    """Why it says nothing, though its term might."""


class _Matching:
    """One packet being matched."""

    def __init__(self, packet: Phenopacket, terms: Terms, findings: Mapping[str, Finding]) -> None:
        self._packet = packet
        self._terms = terms
        self._findings = findings
        self._results = read_results(packet.results, terms)
        of_results = (one.feature for one in self._results if one.feature is not None)
        self._entries = [_Entry(_now(one, terms)) for one in (*packet.features, *of_results)]
        self._judge_contradictions()
        self._seen = [one.feature for one in self._entries if not one.feature.excluded and not one.why]
        self._observed = self._above(self._seen)
        """Every observed term and every term above one."""
        self._excluded = {one.feature.term for one in self._entries if one.feature.excluded and not one.why}
        self._timing = Timing(packet, terms, self._seen)
        self._used: set[str] = set()
        """Terms whose features told others apart, or made a finding together with them."""
        self._ended: set[str] = set()
        """Terms of which it counted that they ended."""

    def _judge_contradictions(self) -> None:
        """Finds the features that count for nothing, whatever their terms mean."""
        for one in self._entries:
            if one.feature.excluded:
                if narrower := narrowed_by(one.feature, self._terms):
                    one.why = Filled("excluded only with {what}, and excludes nothing", what=narrower)
            elif is_annulled(one.feature, self._terms):
                one.why = Filled("observed, yet a modifier says that it is not there; counts for nothing")
            elif is_taken_back(one.feature, self._terms):
                one.why = Filled("its label denies or doubts what its id says; counts for nothing")
        standing = [one.feature for one in self._entries if not one.why]
        excluded = {one.term for one in standing if one.excluded and one.term}
        seen = [one for one in standing if not one.excluded]
        both = {one.term for one in seen} & excluded
        self._perhaps = self._above(seen)
        """Every term that may be observed, with what contradicts itself, and every term above one."""
        for one in self._entries:
            if one.why:
                continue
            if one.feature.term in both:
                is_excluded = one.feature.excluded
                one.why = _EXCLUDED_AND_OBSERVED if is_excluded else _OBSERVED_AND_EXCLUDED
            elif one.feature.excluded:
                one.why = self._why_too_wide(one.feature.term)

    def _why_too_wide(self, term: str) -> str:
        """Why an excluded term excludes nothing since it holds too much; "" if it does not."""
        if term in self._perhaps:
            return _ABOVE_OBSERVED
        return _EVERYTHING if term in self._terms.written.qualifiers.everything else ""

    def _above(self, features: Iterable[Feature]) -> Findings:
        return frozenset().union(*(self._terms.above(one.term) for one in features))

    def matched(self) -> Matched:
        made: set[str] = set()
        for one in self._entries:
            if one.why:
                continue
            if one.feature.excluded:
                one.gone, one.shown = self._held(one.feature)
            else:
                one.shown = self._shown(one.feature)
                for modifier in one.feature.modifiers:
                    made |= self._shown_by_modifier(modifier)
        shown = made.union(*(one.shown for one in self._entries))
        gone = _NONE.union(*(one.gone for one in self._entries))
        found = _NONE.union(*(one.shown for one in self._results))
        not_found = _NONE.union(*(one.gone for one in self._results))
        # A term and a result about the same thing that say two things: nobody knows which is right.
        disputed = (found & gone - shown) | (not_found & shown)
        contradicted = self._contradicted(shown | found)
        statuses: dict[str, FindingStatus] = dict.fromkeys(sorted((gone | not_found) - disputed), "excluded")
        statuses |= dict.fromkeys(sorted((shown | found) - contradicted - disputed), "observed")
        statuses |= self._of_person()
        unmatched = [
            *self._packet.doubts,
            *(line for one in self._entries for line in self._listed(one, statuses)),
            *(line for one in self._results for line in self._listed_result(one, statuses)),
        ]
        return Matched(statuses, tuple(dict.fromkeys(unmatched)))

    def _listed(self, entry: _Entry, statuses: Mapping[str, FindingStatus]) -> Iterator[str]:
        """A feature, if something of it does not count as it stands there."""
        feature = entry.feature
        if entry.why:
            yield said(feature, entry.why)
        elif feature.excluded:
            if not entry.gone | entry.shown:
                yield said(feature, Filled("excluded"))
            elif lost := [one for one in sorted(entry.gone) if statuses.get(one) != "excluded"]:
                yield said(feature, self._why_not_excluded(entry, lost, statuses))
        elif lost := [one for one in sorted(entry.shown) if statuses.get(one) != "observed"]:
            yield said(feature, self._why_not_observed(entry, lost))
        elif not entry.shown and not self._is_used(feature.term) and not self._is_onset(feature.term):
            yield said(feature)
        if not feature.excluded and not entry.why:
            yield from self._listed_qualifiers(entry)

    def _why_not_excluded(self, entry: _Entry, lost: list[str], statuses: Mapping[str, FindingStatus]) -> str:
        if any(statuses.get(one) != "observed" for one in lost):
            return Filled("excluded, but contradicted by a result; {what}: neither counts", what=self._labels(lost))
        if entry.gone == set(lost):
            return Filled("excluded, but observed elsewhere, which counts")
        return Filled("excluded, but this is observed elsewhere, which counts: {what}", what=self._labels(lost))

    def _why_not_observed(self, entry: _Entry, lost: list[str]) -> str:
        if entry.shown == set(lost):
            return Filled("contradicts another term or result about the same thing; neither counts")
        return Filled("counts, but for {what}, which something contradicts", what=self._labels(lost))

    def _listed_qualifiers(self, entry: _Entry) -> Iterator[str]:
        """What stands beside an observed term and is not read."""
        feature = entry.feature
        only = Filled("only qualifies {term}", term=feature.term or feature.label or feature.place)
        for one in (*feature.modifiers, *((feature.severity,) if feature.severity is not None else ())):
            if (one.term or one.label) and not self._shown_by_modifier(one) and not self._keeps_from(feature, one):
                yield said(one, only)
        if feature.resolved and entry.shown and feature.term not in self._ended:
            yield said(feature, Filled("counts, though it is said to have ended"))

    def _keeps_from(self, feature: Feature, modifier: Feature) -> bool:
        """Whether a modifier was read: it kept the feature from showing something."""
        return modifier.term in self._terms.unfit and not self._terms.unfit[modifier.term].isdisjoint(
            self._shown(structs.replace(feature, modifiers=()))
        )

    def _listed_result(self, read: ReadResult, statuses: Mapping[str, FindingStatus]) -> Iterator[str]:
        result = read.result
        named = f"{result.code} {result.label}".strip() or result.place
        for why in read.why:
            yield Filled("{what} ({why})", what=named, why=why)
        if any(statuses.get(one) != "observed" for one in read.shown) or any(
            statuses.get(one) != "excluded" for one in read.gone
        ):
            why = Filled("contradicts a term about the same thing; neither counts")
            yield Filled("{what} ({why})", what=named, why=why)
        elif not (read.why or read.shown or read.gone or read.feature):
            yield named

    def _labels(self, findings: Iterable[str]) -> str:
        return ", ".join(self._findings[one].label for one in findings)

    def _shown_by_modifier(self, modifier: Feature) -> Findings:
        """What a term shows that only qualifies another one."""
        modifier = _now(modifier, self._terms)
        return self._shown(modifier) if modifier.term in self._terms.written.modifiers else _NONE

    def _shown(self, feature: Feature) -> Findings:
        """What a feature shows, without what it is unfit for: on one side there is nothing symmetric."""
        unfit = (self._terms.unfit.get(one.term, _NONE) for one in feature.modifiers)
        return self._shown_by_term(feature).difference(*unfit)

    def _shown_by_term(self, feature: Feature) -> Findings:
        """What its own term says, else what all of the nearest above it say that say anything."""
        for level in self._terms.levels(feature.term):
            said = {found for term in level if (found := self._said_by(term, feature))}
            if said:
                return frozenset.intersection(*said)
            if level & self._terms.stops:
                return _NONE
        return _NONE

    def _said_by(self, term: str, feature: Feature) -> Findings:
        """What a term says of this feature: its one finding, and what rules make of it."""
        own = self._terms.observing.get(term, ())
        told: set[str] = set(own) if len(own) == 1 else set()
        for rule in self._terms.rules.get(term, ()):
            if self._holds(rule, feature):
                told.update(rule.means)
        return frozenset(told)

    def _held(self, feature: Feature) -> tuple[Findings, Findings]:
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
            not rule.words or self._has_word(rule, label),
            not any(word in label for word in rule.no_words),
            not rule.modifiers or any(one.term in rule.modifiers for one in feature.modifiers),
            rule.sex is None or rule.sex == self._packet.sex,
            not rule.resolved or feature.resolved,
            all(any(term in self._observed for term in terms) for terms in rule.beside),
            all(any(self._is_excluded(term) for term in terms) for terms in rule.absent),
            not any(term in self._perhaps for term in rule.without),
            rule.onset_from is None or timing.onset.low >= rule.onset_from,
            rule.onset_below is None or timing.onset.is_before(rule.onset_below),
            rule.elapsed_from is None or timing.is_later(feature, rule.elapsed_from),
            rule.elapsed_below is None or timing.is_soon(feature, rule.elapsed_below),
            not rule.first or timing.is_first(rule, feature),
        )
        if not all(asked):
            return False
        self._used.update(*rule.beside)
        if rule.resolved:
            self._ended.add(feature.term)
        return True

    def _has_word(self, rule: TermRule, label: str) -> bool:
        """Whether a word of a rule stands in a label that denies nothing."""
        return any(word in label for word in rule.words) and not denies(label, self._terms.written.qualifiers.denials)

    def _is_used(self, term: str) -> bool:
        return not self._used.isdisjoint(self._terms.above(term))

    def _is_excluded(self, term: str) -> bool:
        return not self._excluded.isdisjoint(self._terms.above(term))

    def _contradicted(self, observed: Collection[str]) -> Findings:
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


_EXCLUDED_AND_OBSERVED = Filled("excluded, but observed too; neither counts")
_OBSERVED_AND_EXCLUDED = Filled("observed, but excluded too; neither counts")
_ABOVE_OBSERVED = Filled("excluded, but something below it is observed, which counts; excludes nothing")

_EVERYTHING = Filled("excluded, but wider than anybody looks for; excludes nothing")


def _now(feature: Feature, terms: Terms) -> Feature:
    """The feature under the id that its term has in the release."""
    term = terms.now(feature.term)
    return feature if term == feature.term else structs.replace(feature, term=term)


def _covers(band: AgeBand, span: Span) -> bool:
    """Whether every age of the span lies in the band."""
    return span.low >= band.from_ and (band.below is None or span.is_before(band.below))


def _apart(band: AgeBand, span: Span) -> bool:
    """Whether no age of the span lies in the band."""
    return span.is_before(band.from_) or (band.below is not None and span.low >= band.below)
