"""What the comparison says of a simulated patient as findings come in."""

from collections.abc import Iterable

from msgspec import Struct

from msals_tui.evidence.comparison import compare
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.pattern import Pattern
from msals_tui.simulation.patient import STAGES, Patient, Stage, known
from msals_tui.simulation.population import Population


class Outcome(Struct, frozen=True):
    """The word at one stage, and whether the patient's own disease is named as a look-alike."""

    stage: Stage
    pattern: Pattern
    named: bool


def outcomes(
    population: Population, evidence: Evidence, patient: Patient, stages: Iterable[Stage] = STAGES
) -> tuple[Outcome, ...]:
    """The outcome at every one of these stages. Rules that ask answers do not hold, since nobody answered."""
    return tuple(_outcome(population, evidence, patient, stage) for stage in stages)


def _outcome(population: Population, evidence: Evidence, patient: Patient, stage: Stage) -> Outcome:
    comparison = compare(evidence, known(population, patient, stage))
    remarked = [one.look_alike.id for one in comparison.look_alikes if one.standing == "remark"]
    return Outcome(stage, comparison.pattern, patient.disease in (*comparison.think_of, *remarked))
