"""The questionnaire as its TOML file defines it: sections, derived findings, sources.

These definitions are the only description of the format; CONTRIBUTING.md explains it by example. Items are in
`questionnaire.kinds`; what a shape cannot show (unique ids, conditions that look back) is in `questionnaire.checks`.
"""

from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import force_setattr

from msals_tui.questionnaire.base import (
    Code,
    Definition,
    Id,
    Label,
    Language,
    Paragraph,
    Remark,
    Sentence,
    Whole,
    as_tuples,
)  # fmt: skip
from msals_tui.questionnaire.born import Born
from msals_tui.questionnaire.condition import Condition
from msals_tui.questionnaire.kinds import AnyItem


class SectionFile(Definition):
    """A section as written: items of its own, and items taken over by id from the questionnaire it is based on."""

    id: Id
    title: Label
    title_patient: Label | None = None
    take: tuple[Id, ...] = ()
    item: tuple[AnyItem, ...] = ()


class Section(Definition):
    """A section as asked: every item in full."""

    id: Id
    title: Label
    title_patient: Label | None = None
    items: Annotated[tuple[AnyItem, ...], Meta(min_length=1)]


class Derived(Definition):
    """A finding that no single answer shows: conditions over several items."""

    names_fault: ClassVar[str] = "finding"

    finding: Id
    because: Sentence
    observed_when: Condition | None = None
    excluded_when: Condition | None = None


class ConsistencyRule(Definition):
    """Answers that cannot both be true, and what is said while they stand. Nobody is kept from going on."""

    id: Id
    say: Sentence
    """What does not fit together, for staff."""
    say_patient: Sentence | None = None
    """The same in plain words; needed where a patient or a carer can answer all of it."""
    when: Condition
    counts_for_nothing: tuple[Id, ...] = ()
    """Findings that are neither observed nor excluded while the rule holds."""

    def said(self, *, patient: bool) -> str:
        """What is said to this reader; "" where it is nothing for a patient."""
        return (self.say_patient or "") if patient else self.say


class Source(Definition):
    """Where a figure or a statement comes from."""

    in_heading: ClassVar[bool] = True

    authors: Annotated[str, Meta(max_length=300)]
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    journal: Annotated[str, Meta(max_length=200)] = ""
    year: Annotated[int, Meta(ge=1800, le=2200)]
    year_inferred: bool = False
    doi: Annotated[str, Meta(max_length=200)] = ""
    pmid: Annotated[str, Meta(max_length=20)] = ""
    url: Annotated[str, Meta(max_length=400)] = ""
    kind: Annotated[str, Meta(max_length=60)] = ""
    note: Remark = ""


class Carried(Definition):
    """Where the answers to an item of an earlier version go: each of its options is a row of a grid that carries one mark."""

    item: Id
    """The item that is no longer asked."""
    wording: Code
    """What told its wording from others in journals, when it was last asked."""
    to: Id
    """The grid that asks for it now."""
    mark: Code
    rows: Annotated[dict[Code, Code], Meta(min_length=1)]
    """The row of each option."""
    clear: Code
    """The option that says that none of these rows carries the mark."""


class QuestionnaireFile(Definition):
    """One questionnaire file as written."""

    schema_: Literal["msals-questionnaire/1"]
    id: Id
    version: Annotated[str, Whole(r"\d+\.\d+\.\d+", 'versions are written "1.0.0"')]
    language: Language = "en"
    title: Label
    title_patient: Label | None = None
    about: Paragraph = ""
    voice: Literal["clinician", "patient"] = "clinician"
    """Whose wording is shown: the clinician's, or plain words for a person who answers alone."""
    base: Id | None = None
    """The questionnaire whose items sections may `take`, and whose derived findings and consistency rules hold here too."""
    born: tuple[Born, ...] = ()
    """Which questions tell when the person was born, the best first; those of the base where it has none of its own."""
    section: Annotated[tuple[SectionFile, ...], Meta(min_length=1)]
    derive: tuple[Derived, ...] = ()
    consistency: tuple[ConsistencyRule, ...] = ()
    carried: tuple[Carried, ...] = ()
    """What is done with answers to items of earlier versions."""
    source: dict[Id, Source] = {}


class WordsFile(Definition):
    """The words of the screens in one language: `languages/<language>.toml`."""

    schema_: Literal["msals-words/1"]
    language: Language
    name: Label
    words: dict[str, Any]
    errors: dict[str, str] = {}
    """What faults say, by the English sentence with its `{names}` not filled in; English needs none."""

    def __post_init__(self) -> None:
        """Lists are tuples here as everywhere, however they were read back."""
        force_setattr(self, "words", as_tuples(self.words))
