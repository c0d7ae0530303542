"""What HPO terms mean as findings: the hierarchy as a table, and how its terms are read, both as data.

`hpo.toml` is made from a release by `scripts/make_hpo_table.py`; `terms.toml` is written by hand, with a reason for every
reading that a finding's own `hpo_match` does not already decide.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct, field

from msals_tui.evidence.model import Finding, HpoId
from msals_tui.evidence.result_words import Assay, Interpretations, Phrase, ResultWords, Unit
from msals_tui.questionnaire.base import Definition, Figure, Id, Label, Paragraph, Sentence

Sex: TypeAlias = Literal["female", "male"]
TermUse: TypeAlias = Literal["both", "observes", "excludes", "nothing"]
"""Whether a finding's own term shows the finding, its absence excludes the finding, both, or neither."""


class HpoFile(Definition):
    """`evidence/hpo.toml`: the part of the HPO that findings can be reached from."""

    schema_: Literal["msals-hpo/1"]
    release: Annotated[str, Meta(min_length=1, max_length=40)]
    credit: Sentence
    parents: dict[HpoId, tuple[HpoId, ...]]
    """The parents of every term; none for the root."""
    replaced: dict[HpoId, HpoId]
    """Retired and alternative ids, and the term that stands for each now."""
    labels: dict[HpoId, Label]
    """The release's label of every term that a finding or a reading names."""


class Reading(Definition):
    """How terms are read for one finding, where its own term and `hpo_match` do not say it all."""

    finding: Id
    own: TermUse | None = None
    """What the finding's own term shows; None for what `hpo_match` says."""
    observes: tuple[HpoId, ...] = ()
    """Further terms of which each shows the finding."""
    excludes: tuple[HpoId, ...] = ()
    """Further terms that hold the whole finding, so that it is not there without them."""
    because: Sentence


class TermRule(Definition):
    """What a term means only together with something else: what tells shared terms apart, and what several terms show."""

    terms: Annotated[tuple[HpoId, ...], Meta(min_length=1)]
    """The terms that it is about, with everything below them that is not read otherwise."""
    means: Annotated[tuple[Id, ...], Meta(min_length=1)]
    because: Sentence
    when_excluded: bool = False
    """It is about the terms being excluded rather than observed."""
    beside: tuple[Annotated[tuple[HpoId, ...], Meta(min_length=1)], ...] = ()
    """One term of each list is observed as well."""
    absent: tuple[Annotated[tuple[HpoId, ...], Meta(min_length=1)], ...] = ()
    """One term of each list is excluded."""
    without: tuple[HpoId, ...] = ()
    """None of these is observed."""
    words: tuple[Label, ...] = ()
    """One of these stands in the label of the term, in lower case."""
    no_words: tuple[Label, ...] = ()
    """None of these stands in the label."""
    modifiers: tuple[HpoId, ...] = ()
    """The feature carries one of these."""
    sex: Sex | None = None
    onset_from: Figure | None = None
    """The first symptom came at this age in years or later."""
    onset_below: Figure | None = None
    elapsed_from: Figure | None = None
    """The feature began so many years after the first symptom, or later."""
    elapsed_below: Figure | None = None
    first: bool = False
    """The feature began before every other symptom whose beginning is known, and there is another."""
    resolved: bool = False
    """The feature is said to have ended."""


class Stop(Definition):
    """Terms that mean something else than what stands above them."""

    terms: tuple[HpoId, ...]
    because: Sentence


class AgeSpan(Definition):
    """From an age in years until before another; open where a bound is absent."""

    from_: Figure = Decimal(0)
    below: Figure | None = None

    def __post_init__(self) -> None:
        """Raises ValueError if no age lies within."""
        if self.below is not None and self.below <= self.from_:
            raise ValueError("from must be below below")


class OnsetTerm(AgeSpan):
    """The ages that a term of onset stands for."""

    term: HpoId


class AgeBand(AgeSpan):
    """A finding that says in which years the first symptom came."""

    finding: Id


class OfSex(Definition):
    """A finding that says the sex."""

    finding: Id
    sex: Sex


class Since(Definition):
    """A finding that says how long ago the first symptom came."""

    finding: Id
    years: Figure


class Unfit(Definition):
    """Findings that a feature does not show where it carries one of these modifiers."""

    findings: Annotated[tuple[Id, ...], Meta(min_length=1)]
    modifiers: Annotated[tuple[HpoId, ...], Meta(min_length=1)]
    because: Sentence


class Qualifiers(Definition):
    """What makes a feature another one than its term says."""

    narrowing: tuple[Phrase, ...]
    """Words of a label or a description, in lower case, with which an excluded feature is only a part of its term."""
    denials: tuple[Phrase, ...]
    """Words after which no word of a label is believed."""
    contrary: tuple[Phrase, ...]
    """Words with which the label of an observed feature begins that takes back what its id says."""
    provenance: tuple[Phrase, ...]
    """Kinds of evidence that say who said it, and nothing of how it was looked for."""
    annulling: tuple[HpoId, ...]
    """Modifiers that say that an observed feature is not there."""
    everything: tuple[HpoId, ...]
    """Terms that hold every other; excluded, they stand for a person who is well, and exclude nothing."""


class TermsFile(Definition):
    """`evidence/terms.toml`."""

    schema_: Literal["msals-terms/1"]
    version: str
    because: Paragraph
    symptoms: tuple[HpoId, ...]
    """The terms, with everything below them, whose beginning may be that of the illness."""
    modifiers: tuple[HpoId, ...]
    """Terms that are read where they only qualify another one, too."""
    interpretations: Interpretations
    qualifiers: Qualifiers
    unit: tuple[Unit, ...]
    onset: tuple[OnsetTerm, ...]
    age_band: tuple[AgeBand, ...]
    of_sex: tuple[OfSex, ...]
    since: tuple[Since, ...]
    reading: tuple[Reading, ...]
    rule: tuple[TermRule, ...]
    stop: tuple[Stop, ...]
    unfit: tuple[Unfit, ...]
    assay: tuple[Assay, ...]


class Terms(Struct, frozen=True, eq=False):
    """The hierarchy and the readings, indexed; terms are known by their ids."""

    hpo: HpoFile
    written: TermsFile
    observing: Mapping[str, tuple[str, ...]]
    """The findings that each term shows."""
    excluding: Mapping[str, tuple[str, ...]]
    """The findings of which each term holds the whole."""
    rules: Mapping[str, tuple[TermRule, ...]]
    """The rules about each observed term."""
    rules_excluded: Mapping[str, tuple[TermRule, ...]]
    """The rules about each excluded term."""
    stops: frozenset[str]
    unfit: Mapping[str, frozenset[str]]
    """The findings that each modifier keeps a feature from showing."""
    words: ResultWords
    _levels: dict[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, hpo: HpoFile, written: TermsFile, findings: Mapping[str, Finding]) -> "Terms":
        """The index of both files over these findings."""
        readings = {one.finding: one for one in written.reading}
        aged = {one.finding for one in written.age_band}
        observing: dict[str, tuple[str, ...]] = {}
        excluding: dict[str, tuple[str, ...]] = {}
        for finding in findings.values():
            if finding.id not in aged:
                shows, holds = _terms_of(finding, readings.get(finding.id))
                for terms, into in ((shows, observing), (holds, excluding)):
                    for term in terms:
                        into[term] = (*into.get(term, ()), finding.id)
        return cls(
            hpo=hpo,
            written=written,
            observing=observing,
            excluding=excluding,
            rules=_by_term(rule for rule in written.rule if not rule.when_excluded),
            rules_excluded=_by_term(rule for rule in written.rule if rule.when_excluded),
            stops=frozenset(term for stop in written.stop for term in stop.terms),
            unfit=_unfit(written.unfit),
            words=ResultWords.of(written.interpretations, written.unit),
        )

    def now(self, term: str) -> str:
        """The term that stands for this id in the release; the id itself where it was not replaced."""
        return self.hpo.replaced.get(term, term)

    def levels(self, term: str) -> tuple[frozenset[str], ...]:
        """The term, its parents, their parents and so on, each where it is nearest; nothing for a term not known."""
        if term not in self.hpo.parents:
            return ()
        if term not in self._levels:
            self._levels[term] = tuple(self._climb(term))
        return self._levels[term]

    def above(self, term: str) -> frozenset[str]:
        """The term and everything above it; nothing for a term not known."""
        if term not in self.hpo.parents:
            return frozenset()
        if term not in self._above:
            self._above[term] = frozenset().union(*self.levels(term))
        return self._above[term]

    def within(self, term: str) -> Iterator[str]:
        """The findings of which an excluded term holds the whole: its own, and those of everything below it."""
        for inner, findings in self.excluding.items():
            if term in self.above(inner):
                yield from findings

    def _climb(self, term: str) -> Iterator[frozenset[str]]:
        level = frozenset({term})
        seen: set[str] = set()
        while level:
            yield level
            seen |= level
            level = frozenset(up for one in level for up in self.hpo.parents[one] if up not in seen)


def named_terms(written: TermsFile, findings: Mapping[str, Finding]) -> frozenset[str]:
    """Every term that a finding or a reading names."""
    named = {one.hpo_id for one in findings.values() if one.hpo_id is not None}
    named.update(written.symptoms, written.modifiers, (one.term for one in written.onset))
    for reading in written.reading:
        named.update(reading.observes, reading.excludes)
    named.update(written.qualifiers.annulling, *(one.modifiers for one in written.unfit))
    for rule in written.rule:
        named.update(rule.terms, rule.without, rule.modifiers, *rule.beside, *rule.absent)
    return frozenset(named.union(*(stop.terms for stop in written.stop)))


def _terms_of(finding: Finding, reading: Reading | None) -> tuple[list[str], list[str]]:
    """The terms that show a finding, and those that hold the whole of it."""
    by_match: dict[str, TermUse] = {"exact": "both", "narrower": "observes", "broader": "excludes"}
    use: TermUse = by_match.get(finding.hpo_match, "nothing")
    if reading is not None and reading.own is not None:
        use = reading.own
    own = [finding.hpo_id] if finding.hpo_id is not None else []
    shows = [*(own if use in ("both", "observes") else []), *(reading.observes if reading else ())]
    holds = [*(own if use in ("both", "excludes") else []), *(reading.excludes if reading else ())]
    return list(dict.fromkeys(shows)), list(dict.fromkeys(holds))


def _by_term(rules: Iterable[TermRule]) -> dict[str, tuple[TermRule, ...]]:
    """The rules about each term, in the order of the file."""
    found: dict[str, tuple[TermRule, ...]] = {}
    for rule in rules:
        for term in rule.terms:
            found[term] = (*found.get(term, ()), rule)
    return found


def _unfit(written: Iterable[Unfit]) -> dict[str, frozenset[str]]:
    """The findings that each modifier keeps a feature from showing."""
    found: dict[str, frozenset[str]] = {}
    for one in written:
        for modifier in one.modifiers:
            found[modifier] = found.get(modifier, frozenset()).union(one.findings)
    return found
