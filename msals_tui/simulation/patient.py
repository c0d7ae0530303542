"""Patients drawn from latent classes: what is there, what is said and found of it, and what is known at each stage.

There is no generator that runs on: every draw is a hash of the patient's seed, the class and the finding, so that another
finding changes no other draw, and every version of Python draws the same people.
"""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evidence.findings import FindingLookup
from msals_tui.questionnaire.condition import FindingStatus, holds
from msals_tui.simulation.arrival import EXAMINATION, HISTORY, Arrival
from msals_tui.simulation.model import Draw, Rule
from msals_tui.simulation.population import Population, SampledClass

Stage: TypeAlias = Literal["history_25", "history_50", "history_75", "history_100", "examination", "tests"]
STAGES: tuple[Stage, ...] = ("history_25", "history_50", "history_75", "history_100", "examination", "tests")
"""A quarter of the questions of the history at a time, then the examination, then the tests that were done."""

_QUARTERS: dict[Stage, int] = {"history_25": 1, "history_50": 2, "history_75": 3}


class Patient(Struct, frozen=True):
    """One simulated person."""

    seed: str
    disease: str
    class_id: str
    there: frozenset[str]
    """The findings that are there."""
    said: Mapping[str, FindingStatus]
    """What is known of each finding where it first comes in."""
    seen: Mapping[str, FindingStatus]
    """What the examination found of those that the history had asked for."""


def drawn(seed: str, *of: str) -> float:
    """A number from 0 to below 1 that hangs on nothing but these names."""
    digest = sha256("|".join((seed, *of)).encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def sample(population: Population, disease: str, seed: str) -> Patient:
    """One patient with this disease. KeyError if the population has no class of it."""
    one = _class_of(population.by_disease[disease], drawn(seed, disease, "class"))
    there = _there(population, one, seed)
    said: dict[str, FindingStatus] = {}
    seen: dict[str, FindingStatus] = {}
    for draw in population.draws:
        said.update(_said(population, one, draw, there, seed))
        for finding in draw.findings:
            arrival = population.arrivals.by_finding.get(finding)
            if arrival is not None and arrival.seen_again and _examined(population, one, finding, seed):
                seen[finding] = "observed" if finding in there else "excluded"
    return Patient(seed, disease, one.id, there, said, seen)


def _class_of(classes: Iterable[SampledClass], at: float) -> SampledClass:
    """The class within whose share a number falls."""
    *others, last = classes
    for one in others:
        if at < one.weight:
            return one
        at -= one.weight
    return last


def _there(population: Population, one: SampledClass, seed: str) -> frozenset[str]:
    """What is there, after the rules."""
    statuses: dict[str, FindingStatus] = {}
    for draw in population.draws:
        at = drawn(seed, one.id, draw.id)
        *others, last = draw.findings
        held = None
        for finding in others:
            if held is None and at < one.chances[finding]:
                held = finding
            at -= one.chances[finding]
        if held is None and (draw.exactly_one or at < one.chances[last]):
            held = last
        statuses.update((finding, "observed" if finding == held else "excluded") for finding in draw.findings)
    consistent = follow(population.rules, statuses)
    return frozenset(finding for finding, status in consistent.items() if status == "observed")


def follow(rules: Iterable[Rule], statuses: Mapping[str, FindingStatus]) -> dict[str, FindingStatus]:
    """The statuses after every rule was gone through once."""
    after = dict(statuses)
    lookup = FindingLookup(after)
    for rule in rules:
        if holds(rule.when, lookup):
            after.update(dict.fromkeys(rule.observes, "observed"))
            after.update(dict.fromkeys(rule.excludes, "excluded"))
            after.update(dict.fromkeys(rule.leaves_open, "unknown"))
    return after


def _said(
    population: Population, one: SampledClass, draw: Draw, there: Collection[str], seed: str
) -> dict[str, FindingStatus]:
    """What becomes known of the findings of one draw."""
    arrivals = population.arrivals.by_finding
    asked = {finding: arrivals[finding] for finding in draw.findings if finding in arrivals}
    if draw.certain:
        return {finding: "observed" if finding in there else "excluded" for finding in asked}
    if len(asked) > 1 and all(arrival.effort == HISTORY for arrival in asked.values()):
        return _answered_at_once(population, one, draw.id, tuple(asked), there, seed)
    return {
        finding: _told(population, one, finding, there, seed)
        if arrival.effort == HISTORY
        else _tested(population, one, finding, arrival, there, seed)
        for finding, arrival in asked.items()
    }


def _told(population: Population, one: SampledClass, finding: str, there: Collection[str], seed: str) -> FindingStatus:
    """The answer to one question: "not sure", forgotten, made of something else, or right."""
    how = population.reporting
    if drawn(seed, one.id, finding, "unsure") < how.unsure:
        return "unknown"
    at = drawn(seed, one.id, finding, "said")
    said = at < how.sensitivity if finding in there else at >= how.specificity
    return "observed" if said else "excluded"


def _answered_at_once(
    population: Population, one: SampledClass, name: str, findings: tuple[str, ...], there: Collection[str], seed: str
) -> dict[str, FindingStatus]:
    """One answer for findings that exclude each other: what is named is observed, and all others are excluded."""
    how = population.reporting
    if drawn(seed, one.id, name, "unsure") < how.unsure:
        return dict.fromkeys(findings, "unknown")
    held = next((finding for finding in findings if finding in there), None)
    at = drawn(seed, one.id, name, "said")
    if held is not None:
        named = held if at < how.sensitivity else None
    else:
        named = findings[int(drawn(seed, one.id, name, "which") * len(findings))] if at >= how.specificity else None
    return {finding: "observed" if finding == named else "excluded" for finding in findings}


def _tested(
    population: Population, one: SampledClass, finding: str, arrival: Arrival, there: Collection[str], seed: str
) -> FindingStatus:
    """What an examination or a test shows: what is there, where it was done."""
    how = population.reporting
    match arrival.effort:
        case "history" | "examination":
            done = _examined(population, one, finding, seed)
        case effort:
            share = how.share.get(arrival.item, 1)
            done = drawn(seed, one.id, effort) < how.done[effort] and drawn(seed, one.id, arrival.item) < share
    return "unknown" if not done else "observed" if finding in there else "excluded"


def _examined(population: Population, one: SampledClass, finding: str, seed: str) -> bool:
    return drawn(seed, one.id, finding, "examined") < population.reporting.examined


def known(population: Population, patient: Patient, stage: Stage) -> dict[str, FindingStatus]:
    """What is known of a patient at a stage, with what follows from it; an observation outweighs an exclusion."""
    statuses: dict[str, FindingStatus] = {
        finding: status
        for finding, status in patient.said.items()
        if _has_come(population, population.arrivals.by_finding[finding], stage)
    }
    if stage in ("examination", "tests"):
        for finding, status in patient.seen.items():
            if statuses.get(finding) != "observed":
                statuses[finding] = status
    return follow((rule for rule in population.rules if rule.of_answers), statuses)


def _has_come(population: Population, arrival: Arrival, stage: Stage) -> bool:
    if stage == "tests":
        return True
    if stage == "examination":
        return arrival.effort in (HISTORY, EXAMINATION)
    return (
        arrival.effort == HISTORY
        and 4 * arrival.asked <= _QUARTERS.get(stage, 4) * population.arrivals.history_questions
    )
