"""The shape of a phenopacket as its JSON has it: schema v2, and what v1 wrote otherwise. Only what is read of it is here."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from msals_tui.exchange.placeholders import is_placeholder
from msals_tui.questionnaire.base import Definition, Figure
from msals_tui.text import clean

_SEXES = {"0": "UNKNOWN_SEX", "1": "FEMALE", "2": "MALE", "3": "OTHER_SEX"}
"""Protobuf's JSON may write the number of a word, in quotes or without."""

_LONGEST_LABEL = 100
_LONGEST_ID = 200
_LONGEST_NUMBER = 40
_POWERS_OF_TEN = 30
_number = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_whole = re.compile(r"-?\d{1,12}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_hpo = re.compile(r"(?:.*/)?HP[:_](\d{7})", re.ASCII | re.IGNORECASE)


class Part(Definition, forbid_unknown_fields=False, rename="camel"):
    """Part of a packet: what is read of it."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: protobuf's JSON writes empty braces for a part that is there and was never filled."""
        values = (getattr(self, name) for name in self.__struct_fields__)
        return all(one.is_empty if isinstance(one, Part) else not one for one in values)


class OntologyClass(Part):
    """A term, or what stands for one."""

    id: str = ""
    label: str = ""

    @property
    def hpo(self) -> str:
        """Its id as HPO writes it; any other as it is, and none for a placeholder."""
        text = _told(self.id, _LONGEST_ID)
        found = _hpo.fullmatch(text)
        return f"HP:{found[1]}" if found else text

    @property
    def words(self) -> str:
        """Its label; none for a placeholder."""
        return _told(self.label, _LONGEST_LABEL)

    @property
    def unit(self) -> tuple[str, str]:
        """Code and label of a unit."""
        return _told(self.id, _LONGEST_ID), self.words


class AgeElement(Part, rename={"duration": "iso8601duration"}):
    """An age as an ISO 8601 duration; v1 called it `age`."""

    duration: str | None = None
    age: str | None = None


class AgeRange(Part):
    """From one age to another."""

    start: AgeElement | None = None
    end: AgeElement | None = None


class WithMoments(Part):
    """Part of a packet with moments; who writes out what protobuf keeps in memory writes their seconds."""

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """Texts for the moments that are written in seconds; anything else stays, and is refused."""
        return {key: moment_of(one) for key, one in table.items()}


class TimeInterval(WithMoments):
    """From one moment to another."""

    start: str | None = None
    end: str | None = None


class GestationalAge(Part):
    """An age before birth."""

    weeks: Any = None
    days: Any = None


class TimeElement(WithMoments):
    """When something was: one of these."""

    age: AgeElement | str | None = None
    age_range: AgeRange | None = None
    gestational_age: GestationalAge | None = None
    ontology_class: OntologyClass | None = None
    timestamp: str | None = None
    interval: TimeInterval | None = None


class Begun(Part):
    """What has a beginning; the last three are v1's."""

    onset: TimeElement | None = None
    age_of_onset: AgeElement | None = None
    age_range_of_onset: AgeRange | None = None
    class_of_onset: OntologyClass | None = None
    excluded: bool = False


class Evidence(Part):
    """How something is known."""

    evidence_code: OntologyClass = OntologyClass()


class PhenotypicFeature(Begun):
    """A sign or symptom; v1 called `excluded` `negated`."""

    type: OntologyClass = OntologyClass()
    negated: bool = False
    severity: OntologyClass = OntologyClass()
    modifiers: tuple[OntologyClass, ...] = ()
    resolution: TimeElement | None = None
    evidence: tuple[Evidence, ...] = ()
    description: str = ""


class WithNumbers(Part):
    """Part of a packet with numbers, which protobuf's JSON may write as texts."""

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """Numbers for the texts that are some, none for a placeholder; any other text stays, and is refused."""
        return {key: _number_of(one) if isinstance(one, str) else one for key, one in table.items()}


class ReferenceRange(WithNumbers):
    """Between which values a result is normal."""

    unit: OntologyClass = OntologyClass()
    low: Figure | None = None
    high: Figure | None = None


class Quantity(WithNumbers):
    """A value with its unit."""

    unit: OntologyClass = OntologyClass()
    value: Figure | None = None
    reference_range: ReferenceRange | None = None


class Value(Part):
    """A result: a number, or a term."""

    quantity: Quantity | None = None
    ontology_class: OntologyClass | None = None


class ComplexValue(Part):
    """A result of several values."""


class Measurement(Part):
    """A test and its result."""

    assay: OntologyClass = OntologyClass()
    value: Value | None = None
    complex_value: ComplexValue | None = None
    time_observed: TimeElement | None = None


class Subject(WithMoments):
    """The person; the last two are v1's."""

    sex: Literal["UNKNOWN_SEX", "FEMALE", "MALE", "OTHER_SEX"] = "UNKNOWN_SEX"
    date_of_birth: str | None = None
    time_at_last_encounter: TimeElement | None = None
    age_at_collection: AgeElement | None = None
    age_range_at_collection: AgeRange | None = None

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """The word for the number of a sex, in capitals; a placeholder is one that is not known. Moments as texts."""
        table = super().written_out(table)
        sex = table.get("sex")
        if isinstance(sex, bool) or not isinstance(sex, str | int | Decimal):
            return table
        text = str(int(sex) if isinstance(sex, Decimal) and sex == sex.to_integral_value() else sex).strip()
        known = "UNKNOWN_SEX" if not text or is_placeholder(text) else _SEXES.get(text, text.upper())
        return {**table, "sex": known}


class PacketFile(Part):
    """A phenopacket."""

    id: str = ""
    subject: Subject = Subject()
    phenotypic_features: tuple[PhenotypicFeature, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    diseases: tuple[Begun, ...] = ()


def _told(text: str, longest: int) -> str:
    """A text as it may be kept; none for a placeholder."""
    kept = clean(text, max_length=longest).text.strip()
    return "" if is_placeholder(kept) else kept


def moment_of(written: Any) -> Any:
    """The moment that is written in seconds since 1970, as a text; anything else as it is."""
    if not isinstance(written, dict) or "seconds" not in written or not written.keys() <= {"seconds", "nanos"}:
        return written
    text = str(written["seconds"])
    if isinstance(written["seconds"], bool) or not _whole.fullmatch(text):
        return written
    try:
        return (_EPOCH + timedelta(seconds=int(text))).isoformat()
    except OverflowError:
        return written


def _number_of(text: str) -> Decimal | str | None:
    """The number that a text is; None for a placeholder, the text if it is neither, or out of bounds."""
    if not text.strip() or is_placeholder(text):
        return None
    if len(text) > _LONGEST_NUMBER or not _number.fullmatch(text):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if abs(number.adjusted()) <= _POWERS_OF_TEN else text
