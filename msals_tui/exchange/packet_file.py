"""The shape of a phenopacket as its JSON has it: schema v2, and what v1 wrote otherwise. Only what is read of it is here."""

from typing import Any, Literal

from msals_tui.questionnaire.base import Definition, Figure

_SEXES = {0: "UNKNOWN_SEX", 1: "FEMALE", 2: "MALE", 3: "OTHER_SEX"}
"""Protobuf's JSON may write the number of a word."""


class Part(Definition, forbid_unknown_fields=False, rename="camel"):
    """Part of a packet: what is read of it."""


class OntologyClass(Part):
    """A term, or what stands for one."""

    id: str = ""
    label: str = ""


class AgeElement(Part, rename={"duration": "iso8601duration"}):
    """An age as an ISO 8601 duration; v1 called it `age`."""

    duration: str | None = None
    age: str | None = None


class AgeRange(Part):
    """From one age to another."""

    start: AgeElement | None = None
    end: AgeElement | None = None


class TimeElement(Part):
    """When something was: one of these."""

    age: AgeElement | str | None = None
    age_range: AgeRange | None = None
    ontology_class: OntologyClass | None = None
    timestamp: str | None = None


class Begun(Part):
    """What has a beginning; the last three are v1's."""

    onset: TimeElement | None = None
    age_of_onset: AgeElement | None = None
    age_range_of_onset: AgeRange | None = None
    class_of_onset: OntologyClass | None = None
    excluded: bool = False


class PhenotypicFeature(Begun):
    """A sign or symptom; v1 called `excluded` `negated`."""

    type: OntologyClass
    negated: bool = False
    modifiers: tuple[OntologyClass, ...] = ()
    resolution: TimeElement | None = None


class ReferenceRange(Part):
    """Between which values a result is normal."""

    low: Figure | None = None
    high: Figure | None = None


class Quantity(Part):
    """A value with its unit."""

    unit: OntologyClass = OntologyClass()
    value: Figure | None = None
    reference_range: ReferenceRange | None = None


class Value(Part):
    """A result: a number, or a term."""

    quantity: Quantity | None = None
    ontology_class: OntologyClass | None = None


class Measurement(Part):
    """A test and its result."""

    assay: OntologyClass
    value: Value | None = None


class Subject(Part):
    """The person; the last two are v1's."""

    sex: Literal["UNKNOWN_SEX", "FEMALE", "MALE", "OTHER_SEX"] = "UNKNOWN_SEX"
    date_of_birth: str | None = None
    time_at_last_encounter: TimeElement | None = None
    age_at_collection: AgeElement | None = None
    age_range_at_collection: AgeRange | None = None

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """The word for the number of a sex."""
        sex = table.get("sex")
        return {**table, "sex": _SEXES.get(sex, sex)} if type(sex) is int else table


class PacketFile(Part):
    """A phenopacket."""

    id: str = ""
    subject: Subject = Subject()
    phenotypic_features: tuple[PhenotypicFeature, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    diseases: tuple[Begun, ...] = ()
