"""GA4GH phenopackets (schema v2, and what v1 wrote otherwise) as far as findings are made of them.

Unknown fields are passed over, as the standard demands. Names of diseases and of genes are not even read: they must not
move the comparison. Of a disease only the time counts at which it began.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from msals_tui.errors import Filled, InputFault
from msals_tui.evidence.terms import Sex
from msals_tui.exchange.json_text import fault, parse_json, shown_path
from msals_tui.exchange.packet_file import (
    AgeElement,
    AgeRange,
    Begun,
    Measurement,
    OntologyClass,
    PacketFile,
    PhenotypicFeature,
    Quantity,
    ReferenceRange,
    Subject,
    TimeElement,
    Value,
)  # fmt: skip
from msals_tui.questionnaire.problem import Loc
from msals_tui.questionnaire.validate import WrongShape, validated
from msals_tui.text import clean, for_screen

_LONGEST_LABEL = 100
_LONGEST_ID = 200
_DAYS_A_YEAR = Decimal("365.25")
_MONTHS_A_YEAR = Decimal(12)
_OLDEST = Decimal(150)


class Span(Struct, frozen=True):
    """From an age in years (included) until another (not included); open above where `below` is None."""

    low: Decimal = Decimal(0)
    below: Decimal | None = None

    def is_before(self, years: Decimal) -> bool:
        """Whether all of it lies before this age."""
        return self.below is not None and self.below <= years


class Began(Struct, frozen=True):
    """When something began: an age, or a term of onset to be looked up."""

    span: Span | None = None
    term: str = ""


class Feature(Struct, frozen=True):
    """One sign or symptom that was looked for."""

    term: str
    """`HP:0001234`, or whatever id the packet gives."""
    label: str
    excluded: bool = False
    began: Began | None = None
    resolved: bool = False
    modifiers: tuple["Feature", ...] = ()
    place: str = ""


class Result(Struct, frozen=True):
    """The result of one test."""

    code: str
    """A LOINC code, or whatever id the packet gives."""
    label: str
    value: Decimal | None = None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    term: str = ""
    words: str = ""
    """What the result is called where it is no number."""
    place: str = ""


class Phenopacket(Struct, frozen=True):
    """What a packet says that findings can be made of. Texts are fit to be kept, not yet to be shown."""

    id: str
    sex: Sex | None
    seen_at: Span | None
    """Age when last seen."""
    features: tuple[Feature, ...]
    results: tuple[Result, ...]
    diseases_began: tuple[Began, ...]


def read_phenopacket(data: bytes, where: str) -> Phenopacket:
    """A packet from its bytes. InputFault says in one sentence, with its place, why it cannot be read."""
    place = for_screen(where)
    document = parse_json(data, where)
    _refuse_others(document, place)
    try:
        file = validated(PacketFile, document)
    except WrongShape as wrong:
        raise _shape_fault(place, wrong) from None
    return _Reading(place, file).packet()


def _refuse_others(document: Any, place: str) -> None:
    """InputFault for JSON that is something else than one phenopacket."""
    hint = "give one phenopacket a file"
    if not isinstance(document, dict):
        raise InputFault("is JSON, but no phenopacket: its outermost brackets must be braces", where=place, hint=hint)
    if "proband" in document or "relatives" in document or "pedigree" in document:
        raise InputFault("is a Family of phenopackets, not one person", where=place, hint=hint)
    if "members" in document:
        raise InputFault("is a Cohort of phenopackets, not one person", where=place, hint=hint)
    if not document.keys() & {"phenotypicFeatures", "subject", "measurements", "diseases", "metaData"}:
        raise InputFault("is JSON, but no phenopacket", where=place, hint=hint)


class _Reading:
    """Turns the parts of one file into what they say."""

    def __init__(self, place: str, file: PacketFile) -> None:
        self._place = place
        self._file = file
        self._born: date | None = None

    def packet(self) -> Phenopacket:
        """InputFault for an age or a day that is none."""
        file, subject = self._file, self._file.subject
        if subject.date_of_birth is not None:
            self._born = self._day(subject.date_of_birth, ("subject", "dateOfBirth"))
        sexes: dict[str, Sex] = {"FEMALE": "female", "MALE": "male"}
        return Phenopacket(
            id=clean(file.id, max_length=_LONGEST_ID).text,
            sex=sexes.get(subject.sex),
            seen_at=self._seen_at(subject),
            features=tuple(self._feature(one, at) for at, one in enumerate(file.phenotypic_features)),
            results=tuple(_result(one, ("measurements", at)) for at, one in enumerate(file.measurements)),
            diseases_began=tuple(
                began
                for at, one in enumerate(file.diseases)
                if (began := self._began(one, ("diseases", at))) is not None and not one.excluded
            ),
        )

    def _seen_at(self, subject: Subject) -> Span | None:
        path: Loc = ("subject", "timeAtLastEncounter")
        if subject.time_at_last_encounter is not None:
            began = self._time(subject.time_at_last_encounter, path)
            return began.span if began is not None else None
        if subject.age_at_collection is not None:
            return self._age(subject.age_at_collection, ("subject", "ageAtCollection"))
        if subject.age_range_at_collection is not None:
            return self._range(subject.age_range_at_collection, ("subject", "ageRangeAtCollection"))
        return None

    def _feature(self, one: PhenotypicFeature, at: int) -> Feature:
        path: Loc = ("phenotypicFeatures", at)
        return Feature(
            term=_term(one.type.id),
            label=_label(one.type.label),
            excluded=one.excluded or one.negated,
            began=self._began(one, path),
            resolved=one.resolution is not None,
            modifiers=tuple(
                Feature(_term(modifier.id), _label(modifier.label), place=shown_path((*path, "modifiers", number)))
                for number, modifier in enumerate(one.modifiers)
            ),
            place=shown_path(path),
        )

    def _began(self, one: Begun, path: Loc) -> Began | None:
        if one.onset is not None:
            return self._time(one.onset, (*path, "onset"))
        if one.age_of_onset is not None:
            return Began(self._age(one.age_of_onset, (*path, "ageOfOnset")))
        if one.age_range_of_onset is not None:
            return Began(self._range(one.age_range_of_onset, (*path, "ageRangeOfOnset")))
        return Began(term=_term(one.class_of_onset.id)) if one.class_of_onset is not None else None

    def _time(self, time: TimeElement, path: Loc) -> Began | None:
        """The beginning that a time says; None for a time before birth or one that nothing can be made of."""
        if isinstance(time.age, str):
            return Began(self._duration(time.age, (*path, "age")))
        if time.age is not None:
            return Began(self._age(time.age, (*path, "age")))
        if time.age_range is not None:
            return Began(self._range(time.age_range, (*path, "ageRange")))
        if time.ontology_class is not None:
            return Began(term=_term(time.ontology_class.id))
        if time.timestamp is None:
            return None
        day = self._day(time.timestamp, (*path, "timestamp"))
        if self._born is None:
            return None
        years = Decimal((day - self._born).days) / _DAYS_A_YEAR
        if not 0 <= years < _OLDEST:
            raise fault(
                self._place,
                path,
                Filled("is no age that a person born then can have"),
                Filled("check it and subject.dateOfBirth"),
            )
        return Began(Span(years, years + 1 / _DAYS_A_YEAR))

    def _range(self, ages: AgeRange, path: Loc) -> Span | None:
        start = self._age(ages.start, (*path, "start")) if ages.start is not None else None
        end = self._age(ages.end, (*path, "end")) if ages.end is not None else None
        if start is None and end is None:
            return None
        span = Span(start.low if start is not None else Decimal(0), end.below if end is not None else None)
        if span.below is not None and span.below <= span.low:
            raise fault(self._place, path, Filled("ends before it starts"), Filled("exchange start and end"))
        return span

    def _age(self, age: AgeElement, path: Loc) -> Span | None:
        text = age.duration if age.duration is not None else age.age
        return self._duration(text, path) if text is not None else None

    def _duration(self, text: str, path: Loc) -> Span:
        found = _duration.fullmatch(text)
        if found is None or text[-1] in "PT":
            raise fault(
                self._place, path, Filled("is no age"), Filled('write an ISO 8601 duration such as "P35Y" or "P35Y6M"')
            )
        given = [
            (Decimal(count.replace(",", ".")), per)
            for count, per in zip(found.groups(), _A_YEAR, strict=True)
            if count is not None
        ]
        years = sum((count / per for count, per in given), Decimal(0))
        if years >= _OLDEST:
            raise fault(self._place, path, Filled("is no age that a person can have"), Filled("check it"))
        finest = given[-1][1] if given else _DAYS_A_YEAR
        return Span(years, years + 1 / finest)

    def _day(self, text: str, path: Loc) -> date:
        try:
            return date.fromisoformat(text[: len("2019-04-23")])
        except ValueError:
            hint = "write it as 2019-04-23T00:00:00Z"
            raise fault(self._place, path, Filled("is no day"), hint) from None


_NUMBER = r"(\d{1,5}(?:[.,]\d{1,4})?)"
_duration = re.compile(rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T[\d.,HMS]*)?", re.ASCII)
_A_YEAR = (Decimal(1), _MONTHS_A_YEAR, _DAYS_A_YEAR / 7, _DAYS_A_YEAR)
"""How many years, months, weeks and days make a year."""

_hpo = re.compile(r"(?:.*/)?HP[:_](\d{7})", re.ASCII | re.IGNORECASE)
_loinc = re.compile(r"(?:.*/|(?:loinc|ln)[:_])?(\d{1,7}-\d)", re.ASCII | re.IGNORECASE)


def _term(text: str) -> str:
    """The id of a term as HPO writes it; any other id as it is."""
    text = clean(text, max_length=_LONGEST_ID).text.strip()
    found = _hpo.fullmatch(text)
    return f"HP:{found[1]}" if found else text


def _label(text: str) -> str:
    return clean(text, max_length=_LONGEST_LABEL).text.strip()


def _result(one: Measurement, path: Loc) -> Result:
    code = clean(one.assay.id, max_length=_LONGEST_ID).text.strip()
    found = _loinc.fullmatch(code)
    value = one.value or Value()
    quantity = value.quantity or Quantity()
    limits = quantity.reference_range or ReferenceRange()
    named = value.ontology_class or OntologyClass()
    return Result(
        code=found[1] if found else code,
        label=_label(one.assay.label),
        value=quantity.value,
        unit=_label(quantity.unit.label or quantity.unit.id),
        low=limits.low,
        high=limits.high,
        term=_term(named.id),
        words=_label(named.label),
        place=shown_path(path),
    )


_NEEDS = {
    "string_type": ("must be a text", "write it in quotes"),
    "bool_type": ("must be true or false", "write it without quotes"),
    "tuple_type": ("must be a list", "write it in square brackets"),
    "model_type": ("must be an object", "write it in braces"),
    "decimal_type": ("must be a number", "write it without quotes"),
    "is_instance_of": ("must be a number", "write it without quotes"),
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
