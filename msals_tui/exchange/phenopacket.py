"""GA4GH phenopackets (schema v2, and what v1 wrote otherwise) as far as findings are made of them.

Unknown fields are passed over, as the standard demands. Names of diseases and of genes are not even read: they must not
move the comparison. Of a disease only the time counts at which it began.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import structs

from msals_tui.errors import Filled, InputFault
from msals_tui.evidence.terms import Sex
from msals_tui.exchange.json_text import fault, parse_json, shown_path
from msals_tui.exchange.packet import Amount, Began, Feature, Phenopacket, Result, Span
from msals_tui.exchange.packet_file import (
    Begun,
    Measurement,
    OntologyClass,
    PacketFile,
    PhenotypicFeature,
    Quantity,
    ReferenceRange,
    Subject,
    TimeElement,
    TimeInterval,
    Value,
    moment_of,
)  # fmt: skip
from msals_tui.exchange.placeholders import is_placeholder
from msals_tui.exchange.times import DAYS_A_YEAR, Times, believed_moment
from msals_tui.questionnaire.problem import Loc
from msals_tui.questionnaire.validate import WrongShape, validated
from msals_tui.text import clean, for_screen

_LONGEST_ID = 200
_LONGEST_DESCRIPTION = 1000
_LONGEST_NAME = 40


def read_phenopacket(data: bytes, where: str, today: date | None = None) -> Phenopacket:
    """A packet from its bytes. InputFault says in one sentence, with its place, why it cannot be read.

    What is later than the packet was made, or than `today` where it does not say when that was, is not believed.
    """
    place = for_screen(where)
    document = parse_json(data, where)
    _refuse_others(document, place)
    try:
        file = validated(PacketFile, document)
    except WrongShape as wrong:
        raise _shape_fault(place, wrong) from None
    made = document.get("metaData")
    created = believed_moment(moment_of(made.get("created"))) if isinstance(made, dict) else None
    return _Reading(place, file, created.day if created is not None else today).packet()


def _refuse_others(document: Any, place: str) -> None:
    """InputFault for JSON that is something else than one phenopacket."""
    hint = "give one phenopacket a file"
    if not isinstance(document, dict):
        raise InputFault("is JSON, but no phenopacket: its outermost brackets must be braces", where=place, hint=hint)
    if "resourceType" in document:
        name = for_screen(str(document["resourceType"])[:_LONGEST_NAME])
        raise InputFault(
            Filled("is JSON, but no phenopacket: this is FHIR ({name})", name=name), where=place, hint=hint
        )
    if "proband" in document or "relatives" in document or "pedigree" in document:
        raise InputFault("is a Family of phenopackets, not one person", where=place, hint=hint)
    if "members" in document:
        raise InputFault("is a Cohort of phenopackets, not one person", where=place, hint=hint)
    if not document.keys() & {"phenotypicFeatures", "subject", "measurements", "diseases", "metaData"}:
        raise InputFault("is JSON, but no phenopacket", where=place, hint=hint)


class _Reading:
    """Turns the parts of one file into what they say."""

    def __init__(self, place: str, file: PacketFile, made: date | None) -> None:
        self._file = file
        self._times = Times(place, made)

    def packet(self) -> Phenopacket:
        """InputFault for an age or a day that is none."""
        file, subject = self._file, self._file.subject
        self._times.set_birth(subject.date_of_birth, self._timestamps(), _told_age(subject))
        sexes: dict[str, Sex] = {"FEMALE": "female", "MALE": "male"}
        seen_at = self._seen_at(subject)
        if seen_at is not None and self._is_seen_later_than_told(seen_at):
            seen_at = self._times.born = None
        features = [self._feature(one, at) for at, one in enumerate(file.phenotypic_features)]
        diseases = [(self._times.began(one, ("diseases", at)), one.excluded) for at, one in enumerate(file.diseases)]
        began = [one for one, excluded in diseases if one is not None and not excluded]
        if seen_at is not None and (
            late := [one for one in (*(of.began for of in features), *began) if _is_after(one, seen_at)]
        ):
            self._times.doubt(_SEEN, "", Filled("is before something began; nothing counts from either"))
            features = [structs.replace(one, began=None) if one.began in late else one for one in features]
            began = [one for one in began if one not in late]
            seen_at = None
        return Phenopacket(
            id="" if is_placeholder(file.id) else clean(file.id, max_length=_LONGEST_ID).text,
            sex=sexes.get(subject.sex),
            seen_at=seen_at,
            features=tuple(features),
            results=tuple(self._result(one, ("measurements", at)) for at, one in enumerate(file.measurements)),
            diseases_began=tuple(began),
            doubts=tuple(self._times.doubts),
        )

    def _timestamps(self) -> Iterator[str | None]:
        """Everything that the packet dates in the life of the person."""
        begun: Iterable[Begun] = (*self._file.phenotypic_features, *self._file.diseases)
        for one in (self._file.subject.time_at_last_encounter, *(one.onset for one in begun)):
            if one is not None:
                yield one.timestamp

    def _is_seen_later_than_told(self, seen_at: Span) -> bool:
        """Whether somebody of this birth is so old only after the packet was made; then that is listed."""
        made, born = self._times.made, self._times.born
        if made is None or born is None or seen_at.low <= Decimal((made - born.day).days) / DAYS_A_YEAR + 1:
            return False
        self._times.doubt(_SEEN, "", Filled("is still to come, with this birth; nothing counts from either"))
        return True

    def _seen_at(self, subject: Subject) -> Span | None:
        if subject.time_at_last_encounter is not None:
            began = self._times.time(subject.time_at_last_encounter, ("subject", "timeAtLastEncounter"))
            return began.span if began is not None else None
        if subject.age_at_collection is not None:
            return self._times.age(subject.age_at_collection, ("subject", "ageAtCollection"))
        if subject.age_range_at_collection is not None:
            return self._times.range(subject.age_range_at_collection, ("subject", "ageRangeAtCollection"))
        return None

    def _feature(self, one: PhenotypicFeature, at: int) -> Feature:
        path: Loc = ("phenotypicFeatures", at)
        began = self._times.began(one, path)
        return Feature(
            term=one.type.hpo,
            label=one.type.words,
            excluded=one.excluded or one.negated,
            began=began,
            resolved=one.resolution is not None and not one.resolution.is_empty,
            modifiers=tuple(
                Feature(modifier.hpo, modifier.words, place=shown_path((*path, "modifiers", number)))
                for number, modifier in enumerate(one.modifiers)
            ),
            severity=_named(one.severity, (*path, "severity")),
            onset_told=began is not None or _tells_moment(one.onset) or _is_named(one.class_of_onset),
            evidence=tuple(
                named
                for number, evidence in enumerate(one.evidence)
                if (named := _named(evidence.evidence_code, (*path, "evidence", number))) is not None
            ),
            description=clean(one.description, max_length=_LONGEST_DESCRIPTION).text,
            place=shown_path(path),
        )

    def _result(self, one: Measurement, path: Loc) -> Result:
        code = one.assay.hpo
        found = _loinc.fullmatch(code)
        value = one.value or Value()
        named = value.ontology_class or OntologyClass()
        return Result(
            code=found[1] if found else code,
            label=one.assay.words,
            amount=_amount(value.quantity) if value.quantity is not None else None,
            term=named.hpo,
            words=named.words,
            when=self._times.when(one.time_observed, (*path, "timeObserved")),
            is_complex=one.complex_value is not None,
            place=shown_path(path),
        )


_SEEN: Loc = ("subject", "timeAtLastEncounter")
_loinc = re.compile(r"(?:.*/|(?:loinc|ln)[:_])?(\d{1,7}-\d)", re.ASCII | re.IGNORECASE)


def _told_age(subject: Subject) -> str:
    """The age at which the person was last seen, as it is written; "" if it is not."""
    seen = subject.time_at_last_encounter
    age = seen.age if seen is not None else subject.age_at_collection
    text = age if isinstance(age, str) or age is None else age.duration or age.age
    told = clean(text or "", max_length=_LONGEST_NAME).text.strip()
    return "" if is_placeholder(told) else told


def _tells_moment(time: TimeElement | None) -> bool:
    """Whether it names a day that can be believed, or a time before birth or in words, from which no age follows."""
    if time is None:
        return False
    if (time.gestational_age is not None and not time.gestational_age.is_empty) or _is_named(time.ontology_class):
        return True
    interval = time.interval or TimeInterval()
    return any(believed_moment(one) is not None for one in (time.timestamp, interval.start, interval.end))


def _is_named(term: OntologyClass | None) -> bool:
    """Whether a term has an id or a label that is no placeholder."""
    return term is not None and bool(term.hpo or term.words)


def _is_after(began: Began | None, seen_at: Span) -> bool:
    """Whether something surely began after the person was last seen."""
    return began is not None and began.span is not None and seen_at.is_before(began.span.low)


def _named(term: OntologyClass, path: Loc) -> Feature | None:
    """A term that stands beside another; None for one that says nothing."""
    return Feature(term.hpo, term.words, place=shown_path(path)) if _is_named(term) else None


def _amount(quantity: Quantity) -> Amount:
    limits = quantity.reference_range or ReferenceRange()
    return Amount(quantity.value, quantity.unit.unit, limits.low, limits.high, limits.unit.unit)


_NEEDS = {
    "string_type": ("must be a text", "write it in quotes"),
    "bool_type": ("must be true or false", "write it without quotes"),
    "tuple_type": ("must be a list", "write it in square brackets"),
    "model_type": ("must be an object", "write it in braces"),
    "decimal_type": ("must be a number", "write one such as 12.5"),
    "is_instance_of": ("must be a number", "write one such as 12.5"),
    "literal_error": ("is none of the words that are known here", "write {expected}"),
    "missing": ("is missing", "write it"),
}
"""What is wrong and what to do, by pydantic's kind of error."""


def _shape_fault(place: str, wrong: WrongShape) -> InputFault:
    """The first of a packet's wrong shapes as one sentence; what it holds is not repeated."""
    first = min(wrong.found, key=lambda one: _order(one.loc))
    what, hint = _NEEDS.get(first.kind, ("has the wrong shape", "see the phenopacket schema"))
    return fault(place, first.loc, what, hint.format(**first.context))


def _order(path: Iterable[str | int]) -> list[tuple[int, str]]:
    """Lists by number, everything else by name: the same packet always gives the same sentence."""
    return [(part, "") if isinstance(part, int) else (-1, part) for part in path]
