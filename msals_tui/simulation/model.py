"""Simulated people as their TOML file defines them: latent classes of each disease, and how people answer.

A chance is that of a finding among the people of a class. Where it comes from is the table it stands in: `read` under
the source that gives it, `illustrative` where no source does. What a class does not list it has from its disease; then,
of the two sides, from the finding's own figures, and of everybody else from the background.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from msals_tui.evidence.model import Chance
from msals_tui.questionnaire.base import Definition, Id, Label, Paragraph, Sentence
from msals_tui.questionnaire.condition import Condition

TestEffort: TypeAlias = Literal["blood", "nerve", "imaging", "puncture"]


class Chances(Definition):
    """Chances of findings with where they come from."""

    read: dict[Id, dict[Id, Chance]] = {}
    """Chances that stood in a source that was read, by source."""
    illustrative: dict[Id, Chance] = {}
    """Chances that no source gives: clinical judgement, to be replaced by figures."""

    def listed(self) -> Iterator[tuple[tuple[str, ...], str, Chance]]:
        """Every chance with the keys that lead to it and the finding."""
        for source, chances in self.read.items():
            for finding, chance in chances.items():
                yield ("read", source, finding), finding, chance
        for finding, chance in self.illustrative.items():
            yield ("illustrative", finding), finding, chance


class Background(Chances):
    """Chances in people whose disease does not change them."""

    otherwise: Chance
    """Of every finding that is not listed; illustrative."""


class SimulatedDisease(Chances):
    """What all classes of one disease have in common."""

    id: Id
    """A side, or a look-alike."""
    note: Paragraph = ""


class LatentClass(Chances):
    """A kind of patient within a disease; within it findings are independent but for the draws and the rules."""

    id: Id
    disease: Id
    name: Label
    weight: Chance
    """Its share of the disease's patients."""
    weight_source: Id | None = None
    """Where the share comes from; none where it is illustrative."""
    note: Paragraph = ""


class Draw(Definition):
    """Findings of which one at most is there: they are drawn at once, and answered at once where a history asks them."""

    id: Id
    findings: Annotated[tuple[Id, ...], Meta(min_length=1)]
    exactly_one: bool = False
    certain: bool = False
    """Everybody knows it, and says it rightly."""


class Rule(Definition):
    """What follows from findings in the same person. Rules are gone through once, in the order of the file."""

    because: Sentence
    when: Condition
    observes: tuple[Id, ...] = ()
    excludes: tuple[Id, ...] = ()
    leaves_open: tuple[Id, ...] = ()
    of_answers: bool = True
    """Whether it also mends what was answered; if not, it holds for people, and answers may contradict each other."""


class Reporting(Definition):
    """What becomes known of what is there. All of it is illustrative."""

    sensitivity: Chance
    """Of a history: that what is there is said."""
    specificity: Chance
    """Of a history: that what is not there is denied."""
    unsure: Chance
    """Of a history: that the answer is "not sure"."""
    examined: Chance
    """That a sign is looked for. What an examiner finds is what the chances of signs count already."""
    done: dict[TestEffort, Chance]
    """The share of people that have any test of this kind."""
    share: dict[Id, Chance] = {}
    """Of those, the share with this item's own test; all of them where it is not listed."""


class ClassesFile(Definition):
    """`simulation.toml`."""

    schema_: Literal["msals-classes/1"]
    version: str
    questionnaire: Id
    """In whose order findings come in."""
    healthy: Id
    """What stands for the disease of people who have none."""
    reporting: Reporting
    background: Background
    draw: tuple[Draw, ...]
    derived: tuple[Id, ...]
    """Findings that are never drawn or asked: rules make them from others."""
    rule: tuple[Rule, ...]
    disease: tuple[SimulatedDisease, ...] = ()
    class_: Annotated[tuple[LatentClass, ...], Meta(min_length=1)]
