"""Everybody who may be sampled: the classes with the chance of every finding, and how findings come in."""

from collections.abc import Mapping

from msgspec import Struct

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import Chance
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.simulation.arrival import Arrivals, arrivals
from msals_tui.simulation.model import ClassesFile, Draw, LatentClass, Reporting, Rule


class SampledClass(Struct, frozen=True):
    """A latent class with the chance of every finding that is drawn."""

    id: str
    disease: str
    name: str
    weight: float
    chances: Mapping[str, float]


class Population(Struct, frozen=True):
    """What is needed to sample anybody."""

    by_disease: Mapping[str, tuple[SampledClass, ...]]
    draws: tuple[Draw, ...]
    rules: tuple[Rule, ...]
    derived: frozenset[str]
    reporting: Reporting
    arrivals: Arrivals

    @classmethod
    def of(cls, file: ClassesFile, evidence: Evidence, questionnaire: Questionnaire) -> "Population":
        """The population of a file that `check` finds no fault with."""
        by_disease: dict[str, list[SampledClass]] = {}
        own = {finding.id: finding.chance for finding in evidence.findings.values()}
        for one in file.class_:
            chances = {name: float(chance) for name, chance in chances_of(file, one, own).items()}
            sampled = SampledClass(one.id, one.disease, one.name, float(one.weight), chances)
            by_disease.setdefault(one.disease, []).append(sampled)
        return cls(
            {disease: tuple(classes) for disease, classes in by_disease.items()},
            _all_draws(file, evidence),
            file.rule,
            frozenset(file.derived),
            file.reporting,
            arrivals(questionnaire),
        )


def chances_of(file: ClassesFile, one: LatentClass, own: Mapping[str, Mapping[str, Chance]]) -> dict[str, Chance]:
    """The chance of every finding in a class, those left out that rules make. `own` are the findings' figures by side."""
    background = {finding: chance for _, finding, chance in file.background.listed()}
    listed = {
        finding: chance
        for table in (*(disease for disease in file.disease if disease.id == one.disease), one)
        for _, finding, chance in table.listed()
    }
    return {
        finding: listed.get(finding, by_side.get(one.disease, background.get(finding, file.background.otherwise)))
        for finding, by_side in own.items()
        if finding not in file.derived
    }


def _all_draws(file: ClassesFile, evidence: Evidence) -> tuple[Draw, ...]:
    """The draws of the file, and one by itself for every other finding."""
    together = {finding for draw in file.draw for finding in draw.findings}
    alone = (name for name in evidence.findings if name not in together and name not in file.derived)
    return (*file.draw, *(Draw(id=name, findings=(name,)) for name in alone))
