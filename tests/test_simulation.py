"""Simulated people: drawn as their classes say, the same at every run, without what cannot be; and rarely a wrong word."""

import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from math import sqrt
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import tuples
from evidences import finding
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.evidence.checks import Known
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.model import FindingsFile
from msals_tui.questionnaire.validate import validated
from msals_tui.simulation.checks import class_problems
from msals_tui.simulation.model import ClassesFile
from msals_tui.simulation.outcome import outcomes
from msals_tui.simulation.patient import STAGES, Patient, Stage, drawn, known, sample
from msals_tui.simulation.population import Population
from small_library import FINDINGS, write

LIBRARY = Library()
EVIDENCE = LIBRARY.evidence
CLASSES = LIBRARY.classes
QUESTIONNAIRE = LIBRARY.questionnaire(CLASSES.questionnaire)
POPULATION = Population.of(CLASSES, EVIDENCE, QUESTIONNAIRE)
SIDES = ("ms", "als")
OTHERS = [disease for disease in POPULATION.by_disease if disease not in SIDES]


@cache
def person(disease: str, number: int) -> Patient:
    """A patient of a disease, the same in every run."""
    return sample(POPULATION, disease, f"7.{number}")


def people(disease: str, number: int) -> list[Patient]:
    """Some patients of a disease."""
    return [person(disease, at) for at in range(number)]


UPPER = {"hyperreflexia", "babinski_sign", "spasticity", "hoffmann_sign", "brisk_jaw_jerk"}
LOWER = {"muscle_wasting", "tongue_wasting", "tongue_fasciculations", "widespread_fasciculations_with_weakness"}
IMAGED = {
    "mri_brain_typical_ms_lesions", "mri_nonspecific_white_spots", "mri_cord_ms_type_lesion", "mri_cord_lesion_long",
    "mri_cord_compression",
}  # fmt: skip


@cache
def everybody() -> tuple[Patient, ...]:
    """Some patients of every disease."""
    return tuple(one for disease in POPULATION.by_disease for one in people(disease, 60))


@pytest.mark.parametrize("disease", ["ms", "als", "nmosd"])
def test_findings_are_as_frequent_as_the_classes_say(disease: str) -> None:
    changed = {name for rule in CLASSES.rule for name in (*rule.observes, *rule.excludes, *rule.leaves_open)}
    sampled = people(disease, 1500)
    for one in POPULATION.by_disease[disease]:
        of_class = [patient for patient in sampled if patient.class_id == one.id]
        of = len(of_class)
        assert abs(of - one.weight * len(sampled)) < 4.5 * sqrt(len(sampled) * one.weight * (1 - one.weight)) + 1
        for name, chance in one.chances.items():
            if name not in changed:
                there = sum(name in patient.there for patient in of_class)
                assert abs(there - chance * of) < 4.5 * sqrt(of * chance * (1 - chance)) + 1, (one.id, name)


def test_everybody_has_one_age_and_nobody_two_findings_of_one_draw() -> None:
    for patient in everybody():
        for draw in POPULATION.draws:
            held = patient.there.intersection(draw.findings)
            assert len(held) <= 1
            assert len(held) == 1 or not draw.exactly_one


def test_the_ages_that_are_drawn_exclude_each_other_in_what_is_said() -> None:
    ages = ("age_onset_under_40", "age_onset_40_49", "age_onset_50_plus")
    for patient in everybody():
        assert sorted(patient.said[age] for age in ages) == ["excluded", "excluded", "observed"]


def test_a_draw_hangs_on_its_names_alone_and_is_the_same_on_every_machine() -> None:
    assert drawn("2026.7", "ms_vision", "optic_neuritis") == 0.8466652116147867
    assert drawn("2026.8", "ms_vision", "optic_neuritis") != drawn("2026.7", "ms_vision", "optic_neuritis")
    assert all(0 <= drawn(str(number)) < 1 for number in range(100))


def test_the_same_seed_is_the_same_person() -> None:
    assert sample(POPULATION, "ms", "2026.7") == sample(POPULATION, "ms", "2026.7")
    assert sample(POPULATION, "ms", "2026.7") != sample(POPULATION, "ms", "2026.8")


def test_another_finding_changes_no_other_draw() -> None:
    added = finding("new_finding - 0 0")
    wider = replace(EVIDENCE, findings={added.id: added, **EVIDENCE.findings})
    population = Population.of(CLASSES, wider, QUESTIONNAIRE)
    for patient in people("als", 40):
        again = sample(population, "als", patient.seed)
        assert again.there - {added.id} == patient.there
        assert (again.said, again.seen) == (patient.said, patient.seen)


@pytest.mark.parametrize(
    "possible",
    [
        lambda there: not {"bladder_urgency_retention", "bladder_urgency_late"} <= there,
        lambda there: not {"apathy_only", "behaviour_change_ftd"} <= there,
        lambda there: "split_hand" not in there or "muscle_wasting" in there,
        lambda there: "hand_numbness" not in there or "numbness_tingling" in there,
        lambda there: "eye_pain_on_movement" not in there or "optic_neuritis" in there,
        lambda there: "bulbar_onset" not in there or bool(there & {"dysarthria", "dysphagia"}),
        lambda there: (
            "twitching_without_weakness" not in there or not there & {"muscle_wasting", "limb_weakness_first"}
        ),
        lambda there: "no_pyramidal_signs" not in there or not there & UPPER,
        lambda there: "umn_plus_lmn_same_region" not in there or bool(there & UPPER and there & LOWER),
        lambda there: "mri_brain_and_cord_normal" not in there or not there & IMAGED,
        lambda there: not {"onset_insidious_worsening", "age_onset_50_plus"} <= there,
        lambda there: "onset_insidious_worsening_50_plus" not in there or "age_onset_50_plus" in there,
        lambda there: not {"breast_enlargement_male_with_weakness", "sex_female"} <= there,
        lambda there: not {"symmetric_weakness", "asymmetric_focal_onset"} <= there,
        lambda there: not {"symmetric_areflexia", "hyperreflexia"} <= there,
        lambda there: not {"weakness_rising_under_4_weeks", "began_five_years_ago"} <= there,
    ],
)
def test_nobody_has_what_cannot_be_together(possible: Callable[[frozenset[str]], bool]) -> None:
    assert all(possible(patient.there) for patient in everybody())


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_known_holds_nothing_that_cannot_be_answered(stage: Stage) -> None:
    for patient in everybody():
        statuses = known(POPULATION, patient, stage)
        seen = {name for name, status in statuses.items() if status == "observed"}
        assert not {"bladder_urgency_retention", "bladder_urgency_late"} <= seen
        assert "umn_plus_lmn_same_region" not in seen or (seen & UPPER and seen & LOWER)
        assert "no_pyramidal_signs" not in seen or not seen & UPPER


def test_people_forget_some_of_what_is_there_and_deny_most_of_what_is_not() -> None:
    how = CLASSES.reporting
    told: Counter[tuple[bool, str]] = Counter(
        ("fatigue" in patient.there, patient.said["fatigue"]) for patient in people("ms", 1500)
    )
    there = sum(number for (is_there, _), number in told.items() if is_there)
    assert told[True, "observed"] / there == pytest.approx(float(how.sensitivity * (1 - how.unsure)), abs=0.03)
    assert told[True, "unknown"] / there == pytest.approx(float(how.unsure), abs=0.03)
    assert told[False, "observed"] / (1500 - there) == pytest.approx(float(1 - how.specificity), abs=0.02)


def test_answers_come_in_as_the_questionnaire_asks_them() -> None:
    arrivals = POPULATION.arrivals.by_finding
    efforts = {name: arrivals[name].effort for name in ("weight_loss", "brisk_jaw_jerk", "csf_oligoclonal_bands")}
    assert efforts == {"weight_loss": "history", "brisk_jaw_jerk": "examination", "csf_oligoclonal_bands": "puncture"}
    assert arrivals["sex_female"].asked < arrivals["optic_neuritis"].asked < arrivals["family_history_ms"].asked
    assert arrivals["drooping_eyelid"].effort == "history"
    assert arrivals["drooping_eyelid"].seen_again


def test_nothing_that_is_known_is_forgotten_at_a_later_stage() -> None:
    [patient] = people("als", 1)
    sizes = [sum(status != "unknown" for status in known(POPULATION, patient, stage).values()) for stage in STAGES]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


@pytest.mark.parametrize("disease", SIDES)
def test_the_word_is_wrong_in_less_than_one_in_a_hundred(disease: str) -> None:
    [other] = [side for side in SIDES if side != disease]
    said = (outcomes(POPULATION, EVIDENCE, patient) for patient in people(disease, 200))
    words = Counter((one.stage, one.pattern) for of_one in said for one in of_one)
    assert all(words[stage, f"more_like_{other}"] < 0.01 * 200 for stage in STAGES)
    assert words["tests", f"more_like_{disease}"] > 0.2 * 200


@pytest.mark.parametrize("disease", OTHERS)
def test_a_look_alike_gets_a_lean_in_less_than_one_in_ten(disease: str) -> None:
    known_of_all = (known(POPULATION, patient, "tests") for patient in people(disease, 150))
    leans = sum(compare(EVIDENCE, statuses).pattern.startswith("more_like_") for statuses in known_of_all)
    assert leans < 0.1 * 150


SMALL = """\
schema = "msals-classes/1"
version = "1.0.0"
questionnaire = "small"
healthy = "nobody_ill"
draw = [{ id = "pain", findings = ["any_pain"] }]
derived = ["both_sides"]

[reporting]
sensitivity = 0.9
specificity = 0.9
unsure = 0.1
examined = 1
done = { blood = 1, nerve = 1, imaging = 1, puncture = 1 }
share = { side = 0.5 }

[background]
otherwise = 0.1

[[rule]]
because = "It hurts on both sides."
when = { finding = "any_pain", is = "observed" }
observes = ["both_sides"]

[[disease]]
id = "ms"
illustrative = { any_pain = 0.7 }

[[class]]
id = "ms_one"
disease = "ms"
name = "One"
weight = 0.4
weight_source = "book"
read.book = { any_pain = 0.8 }

[[class]]
id = "ms_two"
disease = "ms"
name = "Two"
weight = 0.6

[[class]]
id = "als_one"
disease = "als"
name = "One"
weight = 1

[[class]]
id = "other_one"
disease = "other"
name = "One"
weight = 1
illustrative = { any_pain = 0.2 }

[[class]]
id = "nobody_one"
disease = "nobody_ill"
name = "One"
weight = 1
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("weight = 0.4", "weight = 0.5", [("ms", "WEIGHTS")]),
        ("read.book = { any_pain", "read.book = { some_pain", [("ms_one", "UNKNOWN_FINDING")]),
        ("read.book = { any_pain", "read.look = { any_pain", [("ms_one", "UNKNOWN_SOURCE")]),
        ('weight_source = "book"', 'weight_source = "bok"', [("ms_one", "UNKNOWN_SOURCE")]),
        ("= { any_pain = 0.7 }", "= { both_sides = 0.7 }", [("ms", "DERIVED")]),
        ("read.book =", "illustrative = { any_pain = 0.1 }\nread.book =", [("ms_one", "TWO_CHANCES")]),
        ('disease = "other"', 'disease = "others"', [("other_one", "UNKNOWN_DISEASE"), ("other", "NO_CLASS")]),
        ("illustrative = { any_pain = 0.2 }\n", "", [("other_one", "NO_CHANCE")]),
        ('id = "ms_two"', 'id = "ms_one"', [("ms_one", "DUPLICATE_ID")]),
        ("share = { side", "share = { sides", [("reporting", "UNKNOWN_ITEM")]),
        ('questionnaire = "small"', 'questionnaire = "large"', [("", "UNKNOWN_QUESTIONNAIRE")]),
        ('observes = ["both_sides"]', 'observes = ["any_pain"]', [("derived", "NEVER_TRUE")]),
        ('observes = ["both_sides"]', "", [("derived", "NEVER_TRUE"), ("rule 1", "NO_EFFECT")]),
        ('when = { finding = "any_pain"', 'when = { finding = "pain"', [("rule 1", "UNKNOWN_FINDING")]),
        ('findings = ["any_pain"]', 'findings = ["any_pain", "any_pain"]', [("pain", "DRAWN_TWICE"), ("ms_one", "CHANCES")]),
        ('findings = ["any_pain"] }', 'findings = ["any_pain"], exactly_one = true }', [("ms_one", "CHANCES")]),
    ],
)  # fmt: skip
def test_what_cannot_be_right_in_the_classes_is_named(old: str, new: str, found: list[tuple[str, str]]) -> None:
    assert not old or SMALL.count(old) == 1
    text = SMALL.replace(old, new) if old else SMALL
    file = validated(ClassesFile, tuples(tomllib.loads(text, parse_float=Decimal)))
    findings = validated(FindingsFile, tuples(tomllib.loads(FINDINGS, parse_float=Decimal)))
    items = {"side": QUESTIONNAIRE.items[0]}
    problems = class_problems(
        file,
        Known({"any_pain", "both_sides"}, {"other"}, {"book"}, items),
        findings=findings,
        sides=SIDES,
        questionnaires={"small"},
    )
    said = [(one.place, one.code) for one in problems]
    assert said[: len(found)] == found if found else said == []


def test_check_names_the_line_of_a_mistake_in_the_classes(tmp_path: Path) -> None:
    folder = write(tmp_path, simulation=SMALL.replace("weight = 0.4", "weight = 0.5"))
    [fault] = check([folder], Library(folder))
    assert (fault.code, fault.place) == ("WEIGHTS", "ms")
    assert SMALL.splitlines()[fault.line - 1] == "weight = 0.4"


def test_the_program_that_draws_them_writes_its_page_and_charts(tmp_path: Path) -> None:
    program = Path(__file__).parents[1] / "scripts/simulate.py"
    few = ("--patients", "20", "--look-alikes", "1", "--out", str(tmp_path / "page"))
    done = subprocess.run([sys.executable, program, *few], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert (tmp_path / "page.md").read_text().startswith("# Simulated patients")
    assert {one.suffix for one in (tmp_path / "page").iterdir()} == {".svg"}
