"""The questionnaire as its TOML file defines it: sections, items, answer options, conditions, derived findings.

These models are the only definition of the format; CONTRIBUTING.md explains it by example. What a shape cannot show
(unique ids, conditions that look back, items nothing reaches) is in `questionnaire.checks`.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from msgspec import Meta
from msgspec.structs import force_setattr

from msals_tui.questionnaire.base import (
    Code,
    Definition,
    Figure,
    Id,
    Label,
    Language,
    Paragraph,
    Sentence,
    Whole,
    as_tuples,
)  # fmt: skip
from msals_tui.questionnaire.condition import AnswerTest, Condition, leaves

if TYPE_CHECKING:
    from msals_tui.questionnaire.graph import Graph, Items

Respondent: TypeAlias = Literal["patient", "carer", "examiner", "laboratory"]
Effort: TypeAlias = Literal["history", "examination", "blood", "nerve", "imaging", "puncture"]
"""What it takes to learn the answer, cheapest first."""
EFFORTS: tuple[Effort, ...] = ("history", "examination", "blood", "nerve", "imaging", "puncture")

Region: TypeAlias = Literal[
    "eyes", "face", "mouth_throat", "neck", "chest", "belly", "back",
    "right_upper_arm", "left_upper_arm", "right_hand", "left_hand",
    "right_thigh", "left_thigh", "right_foot", "left_foot", "pelvis",
]  # fmt: skip
"""A place that the body map can draw. Right and left are the patient's."""

Curve: TypeAlias = Literal[
    "attacks_recovery", "attacks_residue", "steady_decline", "stepwise", "stable", "improving", "single_attack"
]
"""A course that can be drawn."""


class Marks(Definition):
    """Which findings an answer observes or excludes. What is named in neither stays unknown."""

    observes: tuple[Id, ...] = ()
    excludes: tuple[Id, ...] = ()


class Option(Marks):
    """One answer option."""

    code: Code
    label: Label
    label_patient: Label | None = None
    exclusive: bool = False
    """Of several choices, choosing this one clears the others ("none of these")."""
    unchosen_excludes: tuple[Id, ...] = ()
    """Findings that are excluded when the question was answered and this option was not among the chosen."""


class RegionOption(Option):
    """An answer option with a place on the body; `nowhere` options ("none of these") have none."""

    region: Region | None = None


class CourseOption(Option):
    """An answer option with a curve that draws it."""

    curve: Curve


class Band(Marks):
    """What a number means: from `at_least` (included) to `below` (not included), either may be open."""

    at_least: Figure | None = None
    below: Figure | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies within."""
        return (self.at_least is None or value >= self.at_least) and (self.below is None or value < self.below)


class ItemBase(Definition):
    """What all items share."""

    id: Id
    ask: Sentence
    """The question in a clinician's words."""
    ask_patient: Sentence | None = None
    """The same in plain words for the patient; needed where the patient or a carer can answer."""
    why: Paragraph = ""
    """Why this is asked and what the answer would mean."""
    help: Paragraph = ""
    """How to ask it, how to examine it, what counts; for staff."""
    help_patient: Paragraph = ""
    """What counts, in plain words for the patient."""
    sources: tuple[Id, ...] = ()
    answered_by: Annotated[tuple[Respondent, ...], Meta(min_length=1)] = ("patient",)
    effort: Effort = "history"
    enable_when: Condition | None = None
    gate: tuple[Id, ...] = ()
    """Domains that count as asked about once this item is answered ("not sure" is an answer)."""
    private: bool = False
    """Hidden from a patient's later screens; always shown to staff."""


class ChoiceItem(ItemBase):
    """Exactly one of up to seven options."""

    type: Literal["choice"]
    options: Annotated[tuple[Option, ...], Meta(min_length=2)]


class SeveralItem(ItemBase):
    """Any number of options, at least one ("none of these" is an exclusive option)."""

    type: Literal["several"]
    options: Annotated[tuple[Option, ...], Meta(min_length=2)]


class YesNoItem(ItemBase):
    """Yes or no."""

    type: Literal["yes_no"]
    yes: Marks = Marks()
    no: Marks = Marks()


class BodyMapItem(ItemBase):
    """Places on a drawn body: one, or several when `several` is true. Not bound to seven options."""

    type: Literal["body_map"]
    several: bool = False
    options: Annotated[tuple[RegionOption, ...], Meta(min_length=2)]


class CourseItem(ItemBase):
    """One of a few drawn courses."""

    type: Literal["course"]
    options: Annotated[tuple[CourseOption, ...], Meta(min_length=2)]


class NumberItem(ItemBase):
    """A number with its unit and range; values that are possible but unlikely are asked about again, never refused."""

    type: Literal["number"]
    unit: Label
    min: Figure
    max: Figure
    unlikely_below: Figure | None = None
    unlikely_above: Figure | None = None
    decimals: Annotated[int, Meta(ge=0, le=6)] = 0
    """How many decimal places may be given."""
    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        """ValueError where the range is empty."""
        if self.min >= self.max:
            raise ValueError("min must be below max")


class DateItem(ItemBase):
    """A date as precise as it is known, or how long ago."""

    type: Literal["date"]


class TextItem(ItemBase):
    """Somebody's own words: one line, or several."""

    type: Literal["short_text", "long_text"]
    max_length: Annotated[int, Meta(ge=1, le=4000)] = 400


class StatementItem(ItemBase):
    """Something to read; nothing to answer."""

    type: Literal["statement"]


RowItem: TypeAlias = ChoiceItem | SeveralItem | YesNoItem | NumberItem | DateItem | TextItem
"""An item that may stand inside a repeating group."""


class TimeLine(Definition):
    """Which questions of a repeating group draw its time line. The options of `recovery` go from all to nothing."""

    when: Id
    label: Id
    recovery: Id


class GroupItem(ItemBase):
    """A few questions asked again and again, such as one round per relapse. No rounds means "none"."""

    type: Literal["group"]
    row_label: Label
    """What one round is called ("Episode")."""
    row_label_patient: Label | None = None
    items: Annotated[tuple[RowItem, ...], Meta(min_length=1, max_length=7)]
    max_rows: Annotated[int, Meta(ge=1, le=50)] = 12
    time_line: TimeLine | None = None
    any_row: Marks = Marks()
    """What at least one round means."""
    no_rows: Marks = Marks()
    """What "none" means."""


Item: TypeAlias = (
    ChoiceItem | SeveralItem | YesNoItem | BodyMapItem | CourseItem | NumberItem | DateItem | TextItem | StatementItem
    | GroupItem
)  # fmt: skip


class SectionFile(Definition):
    """A section as written: items of its own, and items taken over by id from the questionnaire it is based on."""

    id: Id
    title: Label
    title_patient: Label | None = None
    take: tuple[Id, ...] = ()
    item: tuple[Item, ...] = ()


class Section(Definition):
    """A section as asked: every item in full."""

    id: Id
    title: Label
    title_patient: Label | None = None
    items: Annotated[tuple[Item, ...], Meta(min_length=1)]


class Derived(Definition):
    """A finding that no single answer shows: conditions over several items."""

    finding: Id
    because: Sentence
    observed_when: Condition | None = None
    excluded_when: Condition | None = None


class Source(Definition):
    """Where a figure or a statement comes from."""

    authors: Annotated[str, Meta(max_length=300)]
    title: Annotated[str, Meta(min_length=1, max_length=300)]
    journal: Annotated[str, Meta(max_length=200)] = ""
    year: Annotated[int, Meta(ge=1800, le=2200)]
    year_inferred: bool = False
    doi: Annotated[str, Meta(max_length=200)] = ""
    pmid: Annotated[str, Meta(max_length=20)] = ""
    url: Annotated[str, Meta(max_length=400)] = ""
    kind: Annotated[str, Meta(max_length=60)] = ""
    note: Paragraph = ""


class QuestionnaireFile(Definition):
    """One questionnaire file as written."""

    schema_: Literal["msals-questionnaire/1"]
    id: Id
    version: Annotated[str, Whole(r"\d+\.\d+\.\d+")]
    language: Language = "en"
    title: Label
    title_patient: Label | None = None
    about: Paragraph = ""
    voice: Literal["clinician", "patient"] = "clinician"
    """Whose wording is shown: the clinician's, or plain words for a person who answers alone."""
    base: Id | None = None
    """The questionnaire whose items sections may `take`, and whose derived findings hold here too."""
    section: Annotated[tuple[SectionFile, ...], Meta(min_length=1)]
    derive: tuple[Derived, ...] = ()
    source: dict[Id, Source] = {}


class Questionnaire(Definition, dict=True, gc=True):
    """A whole questionnaire, ready to be asked. Never changes during a sitting."""

    id: Id
    version: str
    language: str
    title: Label
    title_patient: Label | None
    about: Paragraph
    voice: Literal["clinician", "patient"]
    sections: tuple[Section, ...]
    derived: tuple[Derived, ...]
    sources: dict[Id, Source]
    sha256: str
    """Hash of the file or files it was read from, so that a summary can name exactly what was asked."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order in which they are asked; those inside a group belong to the group."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each item in `items`."""
        return {item.id: number for number, item in enumerate(self.items)}

    @cached_property
    def graph(self) -> "Graph":
        """The items by number, and which hang on which."""
        from msals_tui.questionnaire.graph import Graph

        return Graph(self.items, self.index)

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section that each item stands in."""
        return {item.id: section for section in self.sections for item in section.items}

    @cached_property
    def section_numbers(self) -> dict[str, int]:
        """The number, from 1, of the section that each item stands in."""
        return {item.id: number for number, section in enumerate(self.sections, 1) for item in section.items}

    @cached_property
    def gates(self) -> dict[str, tuple[str, ...]]:
        """The key questions of each domain."""
        keys: dict[str, tuple[str, ...]] = {}
        for item in self.items:
            for domain in item.gate:
                keys[domain] = (*keys.get(domain, ()), item.id)
        return keys

    @cached_property
    def items_by_finding(self) -> dict[str, "Items"]:
        """For every finding that the answers can show, the items that bear on it."""
        bears: dict[str, set[str]] = {}
        for finding, item in _bearings(self):
            bears.setdefault(finding, set()).add(item)
        return {finding: self.graph.items_of(items) for finding, items in bears.items()}

    @cached_property
    def findings_by_item(self) -> dict[str, frozenset[str]]:
        """For every item that bears on any finding, these findings."""
        borne: dict[str, set[str]] = {}
        for finding, item in _bearings(self):
            borne.setdefault(item, set()).add(finding)
        return {item: frozenset(findings) for item, findings in borne.items()}

    @cached_property
    def derived_by_finding(self) -> dict[str, tuple[Derived, ...]]:
        """The rules that show a finding from several answers, by finding."""
        rules: dict[str, tuple[Derived, ...]] = {}
        for one in self.derived:
            rules[one.finding] = (*rules.get(one.finding, ()), one)
        return rules

    @cached_property
    def bearing(self) -> frozenset[str]:
        """The items that bear on any finding."""
        return frozenset().union(*self.items_by_finding.values())

    def item(self, item_id: str) -> Item:
        """The item of this id; KeyError if there is none."""
        return self.items[self.index[item_id]]


class WordsFile(Definition):
    """The words of the screens in one language: `languages/<language>.toml`."""

    schema_: Literal["msals-words/1"]
    language: Language
    name: Label
    words: dict[str, Any]

    def __post_init__(self) -> None:
        """Lists are tuples here as everywhere, however they were read back."""
        force_setattr(self, "words", as_tuples(self.words))


def options_of(item: Item) -> tuple[Option, ...]:
    """The answer options of an item, none where it has none; yes/no items have theirs in the words of the program."""
    match item:
        case ChoiceItem() | SeveralItem() | BodyMapItem() | CourseItem():
            return item.options
        case _:
            return ()


def marks_of(item: Item) -> Iterator[Marks]:
    """Every place in an item that names findings."""
    match item:
        case YesNoItem():
            yield from (item.yes, item.no)
        case NumberItem():
            yield from item.bands
        case GroupItem():
            yield from (item.any_row, item.no_rows)
        case _:
            yield from options_of(item)


def _bearings(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for item in questionnaire.items:
        for mark in marks_of(item):
            for finding in (*mark.observes, *mark.excludes):
                yield finding, item.id
        for option in options_of(item):
            for finding in option.unchosen_excludes:
                yield finding, item.id
    for derived in questionnaire.derived:
        for condition in (derived.observed_when, derived.excluded_when):
            for test in leaves(condition) if condition is not None else ():
                if isinstance(test, AnswerTest) and test.item in questionnaire.index:
                    yield derived.finding, test.item
