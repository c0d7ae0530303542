"""When the illness began and when each feature did, as narrow as a packet tells; what it leaves open is never guessed."""

from collections.abc import Sequence
from decimal import Decimal

from msals_tui.evidence.terms import TermRule, Terms
from msals_tui.exchange.packet import Began, Feature, Phenopacket, Span


class Timing:
    """The times of one packet, of which `seen` are the features that were observed. All ages are in years."""

    def __init__(self, packet: Phenopacket, terms: Terms, seen: Sequence[Feature]) -> None:
        self._packet = packet
        self._terms = terms
        self._seen = seen
        self._beginnings = self._told_beginnings()
        self.onset = self._first_symptom()
        """The age at the first symptom; where no beginning is told, only that it came before the person was seen."""
        self._earliest_beside: dict[tuple[str, ...], Decimal | None] = {}

    @property
    def years_ill(self) -> Span | None:
        """How long ago the first symptom came when the person was seen; None if nobody knows."""
        seen_at, onset = self._packet.seen_at, self.onset
        if seen_at is None or seen_at.below is None or onset.below is None or not self._beginnings:
            return None
        return Span(seen_at.low - onset.below, seen_at.below - onset.low)

    def is_later(self, feature: Feature, years: Decimal) -> bool:
        """Whether a feature surely began so many years after the first symptom, or later."""
        began, first = self._span(feature.began), self.onset.below
        return began is not None and first is not None and bool(self._beginnings) and began.low - first >= years

    def is_soon(self, feature: Feature, years: Decimal) -> bool:
        """Whether a feature surely began within so many years of the first symptom; it began before the person was seen."""
        began = self._span(feature.began) or self._packet.seen_at
        return (
            began is not None
            and began.below is not None
            and bool(self._beginnings)
            and began.below - self.onset.low <= years
        )

    def is_first(self, rule: TermRule, feature: Feature) -> bool:
        """Whether a feature surely began before every other symptom with a known beginning, and there is another.

        What is about the same terms as the rule is no other symptom.
        """
        began = self._span(feature.began)
        if began is None or began.below is None:
            return False
        # A packet may hold thousands of features: each must not walk through all others.
        if rule.terms not in self._earliest_beside:
            self._earliest_beside[rule.terms] = self._earliest_other(rule)
        other = self._earliest_beside[rule.terms]
        return other is not None and other >= began.below

    def _earliest_other(self, rule: TermRule) -> Decimal | None:
        """The lowest age at which a symptom may have begun that the rule is not about; None if none is known."""
        others = [
            span.low
            for one in self._seen
            if self._is_symptom(one.term) and self._terms.above(one.term).isdisjoint(rule.terms)
            if (span := self._span(one.began)) is not None
        ]
        return min(others, default=None)

    def _told_beginnings(self) -> list[Span]:
        """When each symptom began that says so; when the disease did, of which there is one; and what terms of onset say."""
        symptoms = [
            span for one in self._seen if self._is_symptom(one.term) and (span := self._span(one.began)) is not None
        ]
        diseases = [span for one in self._packet.diseases_began if (span := self._span(one)) is not None]
        said = [span for one in self._seen if (span := self._span(Began(term=one.term))) is not None]
        return [*symptoms, *(diseases if len(diseases) == 1 else ()), *said]

    def _first_symptom(self) -> Span:
        """The first thing to begin, and before last seen; where these contradict each other, any age."""
        seen_at = self._packet.seen_at
        ends = [one.below for one in self._beginnings if one.below is not None]
        if seen_at is not None and seen_at.below is not None:
            ends.append(seen_at.below)
        low = min((one.low for one in self._beginnings), default=Decimal(0))
        below = min(ends, default=None)
        return Span(low, below) if below is None or low < below else Span()

    def _span(self, began: Began | None) -> Span | None:
        """The age that a beginning stands for; None if it is not told, or by a term that says no age."""
        if began is None or began.span is not None:
            return None if began is None else began.span
        term = self._terms.now(began.term)
        return next((Span(one.from_, one.below) for one in self._terms.written.onset if one.term == term), None)

    def _is_symptom(self, term: str) -> bool:
        return not self._terms.above(term).isdisjoint(self._terms.written.symptoms)
