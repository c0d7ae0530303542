"""The reference as its TOML file defines it: what is known of both diseases, side by side, each statement with its sources.

It speaks of groups of people and never of the person who is asked; nothing of it enters a sum.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from msals_tui.evidence.model import Side, WeighingFile
from msals_tui.questionnaire.base import TRANSLATABLE, Definition, Id, Label, Language, Paragraph, Sentence
from msals_tui.questionnaire.model import Source


class Statement(Definition):
    """One thing that is said of one disease."""

    text: Sentence
    sources: tuple[Id, ...] = ()
    read: bool
    """Whether it was read in the sources; if not, it is general knowledge and says so."""


class Simplified(Definition):
    """What popular articles say, and what the literature says instead."""

    popular: Sentence
    literature: Sentence
    sources: tuple[Id, ...] = ()
    read: bool


class ReferenceRow(Definition):
    """One topic with what is said of each side."""

    id: Id
    topic: Annotated[str, Meta(min_length=1, max_length=60), TRANSLATABLE]
    side: dict[Id, tuple[Statement, ...]]
    simplified: tuple[Simplified, ...] = ()
    clinician_only: bool = False
    """Such as length of life: its texts are said only to somebody who asks for this row."""


class ReferenceSection(Definition):
    """Topics that belong together."""

    id: Id
    title: Label
    note: Paragraph = ""
    row: tuple[ReferenceRow, ...]


class ReferenceFile(Definition):
    """`reference.toml`."""

    schema_: Literal["msals-reference/1"]
    version: str
    language: Language = "en"
    section: tuple[ReferenceSection, ...]


class Reference(Struct, frozen=True):
    """The reference with the sides and sources that it names, ready to be shown."""

    sections: tuple[ReferenceSection, ...]
    sides: tuple[Side, Side]
    """The side with the positive sign first."""
    sources: Mapping[str, Source]
    version: str

    @classmethod
    def of(cls, file: ReferenceFile, weighing: WeighingFile, sources: Mapping[str, Source]) -> "Reference":
        """The reference from its files."""
        return cls(file.section, weighing.in_order, sources, file.version)
