"""A whole questionnaire as it is asked, made from one as written: the items of its base are taken over."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msals_tui.questionnaire.base import Definition, Id, Label, Paragraph
from msals_tui.questionnaire.born import Born
from msals_tui.questionnaire.condition import items_in
from msals_tui.questionnaire.consistency import Disputes, Mismatch, consistency_watch, disputes
from msals_tui.questionnaire.graph import Graph, Items
from msals_tui.questionnaire.kinds import AnyItem
from msals_tui.questionnaire.model import (
    Carried,
    ConsistencyRule,
    Derived,
    QuestionnaireFile,
    Section,
    SectionFile,
    Source,
)
from msals_tui.questionnaire.watch import Watch


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
    consistency: tuple[ConsistencyRule, ...] = ()
    carried: tuple[Carried, ...]
    sources: dict[Id, Source]
    born: tuple[Born, ...]
    sha256: str
    """Hash of the file or files it was read from, so that a summary can name exactly what was asked."""

    @cached_property
    def items(self) -> tuple[AnyItem, ...]:
        """All items in the order in which they are asked; those inside a group belong to the group."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each item in `items`."""
        return {item.id: number for number, item in enumerate(self.items)}

    @cached_property
    def graph(self) -> Graph:
        """The items by number, and which hang on which."""
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
    def items_by_finding(self) -> dict[str, Items]:
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
    def consistency_watch(self) -> Watch[ConsistencyRule, Mismatch]:
        """The consistency rules, ready to be looked at after every answer."""
        return consistency_watch(self.consistency)

    @cached_property
    def disputes(self) -> Disputes:
        """Which of them take findings out of account."""
        return disputes(self.consistency)

    @cached_property
    def carried_by_item(self) -> dict[str, Carried]:
        """Where answers to items of earlier versions go, by such an item, as far as it is asked here."""
        return {one.item: one for one in self.carried if one.to in self.index}

    @cached_property
    def bearing(self) -> frozenset[str]:
        """The items that bear on any finding."""
        return frozenset().union(*self.items_by_finding.values())

    def place_of(self, item: str) -> str:
        """The item that asks now for what this one of an earlier version asked for; itself where nothing was carried."""
        carried = self.carried_by_item.get(item)
        return carried.to if carried is not None else item

    def item(self, item_id: str) -> AnyItem:
        """The item of this id; KeyError if there is none."""
        return self.items[self.index[item_id]]


def _bearings(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for item in questionnaire.items:
        yield from ((finding, item.id) for finding in item.findings)
    for derived in questionnaire.derived:
        for condition in (derived.observed_when, derived.excluded_when):
            for name in items_in(condition) if condition is not None else ():
                if name in questionnaire.index:
                    yield derived.finding, name


def resolve(written: QuestionnaireFile, base: QuestionnaireFile | None, sha256: str) -> Questionnaire:
    """The whole questionnaire. `written` must be free of blocking problems (see `questionnaire.checks`)."""
    known = {item.id: item for section in base.section for item in section.item} if base else {}
    return Questionnaire(
        id=written.id,
        version=written.version,
        language=written.language,
        title=written.title,
        title_patient=written.title_patient,
        about=written.about,
        voice=written.voice,
        sections=tuple(
            Section(id=one.id, title=one.title, title_patient=one.title_patient, items=section_items(one, known))
            for one in written.section
        ),
        derived=(*written.derive, *(base.derive if base else ())),
        consistency=(*written.consistency, *(base.consistency if base else ())),
        carried=(*written.carried, *(base.carried if base else ())),
        sources={**(base.source if base else {}), **written.source},
        born=written.born or (base.born if base else ()),
        sha256=sha256,
    )


def section_items(section: SectionFile, known: dict[str, AnyItem]) -> tuple[AnyItem, ...]:
    """The items of a section in the order asked: those taken over first, then its own."""
    return (*(known[item] for item in section.take if item in known), *section.item)
