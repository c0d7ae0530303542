"""The shipped questionnaires as a promise: what they ask, in which words, and that everything they mean can come about."""

import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

import grids
from golden import LOOK_ALIKES, told_of, walked
from language import disease_names, strings
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.findings import findings_of, statuses
from msals_tui.questionnaire.answer import Answer, Missing
from msals_tui.questionnaire.condition import Lookup, holds
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import BodyMapItem, Choice
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import GroupItem, Row, Rows
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.kinds.number import Number, NumberItem
from msals_tui.questionnaire.kinds.text import Text, TextItem
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.safety.rules import fired_by
from readability import grade
from sittings import shipped

TODAY = date(2026, 3, 1)
INTAKE, BRIEF = "ms_als_intake", "ms_als_brief"
BOTH = (INTAKE, BRIEF)
GRADE = 6
NAMES_ARE_ASKED_FOR = {"family", "other_illness", "known_diagnosis", "past_infections"}
"""Questions about relatives and about what a doctor has named: only there may a patient read the name of a disease."""


@cache
def questionnaire(name: str) -> Questionnaire:
    return shipped().questionnaire(name)


def with_rounds(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, GroupItem):
            yield from item.items


def every_item(name: str) -> list[Item]:
    return list(with_rounds(questionnaire(name).items))


def for_patients(item: Item) -> bool:
    return bool({"patient", "carer"} & set(item.answered_by))


# What is asked


def test_the_full_intake_asks_at_least_seventy_questions_of_all_three_kinds() -> None:
    asked = [item for item in questionnaire(INTAKE).items if item.is_question]
    assert len(asked) >= 130
    told = [item for item in asked if for_patients(item)]
    assert len(told) >= 70
    assert sum(len(getattr(item, "rows", "1")) for item in asked if "examiner" in item.answered_by) >= 50
    assert len([item for item in asked if "laboratory" in item.answered_by]) >= 25


def test_the_brief_takes_every_question_from_the_full_intake_word_for_word() -> None:
    full = {item.id: item for item in questionnaire(INTAKE).items}
    assert all(full[item.id] == item for item in questionnaire(BRIEF).items)
    assert all("patient" in item.answered_by for item in questionnaire(BRIEF).items)


@pytest.mark.parametrize(
    ("story", "count"),
    [
        ("brief_well_woman_35", 21),
        ("brief_twitching_woman_34", 22),
        ("brief_ms_woman_29", 25),
        ("brief_als_man_64", 25),
        ("brief_als_bulbar_woman_70", 25),
        ("brief_neck_man_59", 25),
    ],
)
def test_the_brief_asks_twenty_to_twenty_five_questions_on_a_usual_path(story: str, count: int) -> None:
    assert len(walked(story).session.interview.response.path()) == count
    assert 20 <= count <= 25


def test_the_brief_keeps_every_question_of_safety_that_a_patient_is_asked_without_a_reason() -> None:
    taken = set(questionnaire(BRIEF).index)
    assert taken >= {
        "sudden_signs", "cord_signs", "breathing_now", "choking_signs", "new_vision_loss", "infection_signs",
        "self_harm_thoughts", "weakness_rising",
    }  # fmt: skip
    assert taken >= {f"{name}_when" for name in ("sudden_signs", "cord_signs", "choking", "infection")}
    gates = {item.id for item in questionnaire(INTAKE).items if item.gate}
    assert gates <= taken


TOPICS: dict[str, tuple[str, ...]] = {
    "age, place, speed and trigger of the start": ("age_at_onset", "first_place", "onset_speed", "onset_trigger"),
    "the picture of the course, and how it spread": ("course_so_far", "spread", "spread_over", "spread_to"),
    "weakness, stiffness and wasting": ("weakness", "weakness_places", "stiffness", "wasting"),
    "twitching and cramps, and whether there is weakness with it": ("twitching", "twitching_spread", "cramps", "weakness"),
    "falls and hands": ("falls", "hand_clumsiness", "foot_drop"),
    "numbness, tingling, band, neck shock": ("numbness", "numbness_places", "band_or_level", "neck_shock"),
    "pain, and pain of the face": ("pain", "face_pain_touch"),
    "loss of sight in one eye with pain": ("new_vision_loss", "vision_eyes", "eye_pain", "vision_recovery"),
    "double vision": ("double_vision", "double_vision_covered"),
    "heat": ("heat",),
    "attacks, remission, earlier episodes": ("episodes", "remission", "earlier_episode"),
    "balance and vertigo": ("unsteady", "unsteady_kind", "vertigo"),
    "speech, swallowing, choking, saliva": ("speech", "swallowing", "choking_signs", "saliva"),
    "weight": ("weight_loss",),
    "breathing lying flat, morning headache": ("breathless_flat", "morning_headache"),
    "bladder, bowel and sexual function with timing": (
        "bladder", "bladder_when", "bowel", "bowel_when", "sexual_change",
    ),
    "thinking, behaviour, mood": ("thinking", "behaviour", "behaviour_marked", "low_mood"),
    "laughing or crying, fatigue": ("laughing_crying", "fatigue"),
    "family and genes": ("family", "gene_test"),
    "earlier infections, smoking, medicines, other illness": (
        "past_infections", "smoking", "medicines", "other_illness",
    ),
    "upper motor signs": ("exam_upper_signs", "exam_above_neck"),
    "lower motor signs": ("exam_muscles", "exam_above_neck", "exam_other_signs"),
    "sensation and coordination": ("exam_feeling_balance",),
    "eye movements, pupils and discs": ("exam_eyes",),
    "MRI of brain and cord with lesion sites": ("mri_brain", "mri_brain_sites", "mri_cord_part", "mri_cord"),
    "spinal fluid": ("csf_bands", "csf_igg_index", "csf_kappa", "csf_cells"),
    "evoked potentials and OCT": ("vep", "oct"),
    "EMG per region, nerve conduction": ("emg", "emg_regions", "nerve_conduction"),
    "neurofilament in serum and fluid": ("nfl_serum", "csf_nfl"),
    "CK, vital capacity, B12": ("ck", "ck_raised", "vital_capacity", "sniff_pressure", "b12"),
    "antibodies": ("aqp4", "mog", "gm1", "achr_musk", "ebv", "lyme", "htlv"),
}  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_its_question(topic: str) -> None:
    assert set(TOPICS[topic]) <= set(questionnaire(INTAKE).index)


def test_relatives_and_genes_are_asked_by_name() -> None:
    intake = questionnaire(INTAKE)
    assert {"ms", "als", "ftd"} <= set(intake.item("family").codes)
    assert {"c9orf72", "sod1", "other"} <= set(intake.item("gene_test").codes)


REGIONS = {"face_throat", "right_arm", "left_arm", "trunk", "right_leg", "left_leg"}


def rows_of(item: str, mark: str) -> set[str]:
    """The rows of a grid that can carry a mark."""
    grid = questionnaire(INTAKE).item(item)
    assert isinstance(grid, GridItem)
    return {row.code for row in grid.rows if mark in grid.marks_in(row.code)}


@pytest.mark.parametrize("mark", ["wasted", "twitching", "weak"])
def test_lower_motor_signs_are_asked_by_region(mark: str) -> None:
    assert rows_of("exam_muscles", mark) == REGIONS


def test_upper_motor_signs_are_asked_by_region() -> None:
    intake = questionnaire(INTAKE)
    limbs = {"right_arm", "left_arm", "right_leg", "left_leg"}
    assert rows_of("exam_upper_signs", "spastic") == limbs
    assert rows_of("exam_upper_signs", "brisk") == {*limbs, "trunk"}
    assert rows_of("exam_upper_signs", "hoffmann") == {"right_arm", "left_arm"}
    assert rows_of("exam_upper_signs", "toe_up") == {"right_leg", "left_leg"}
    assert set(intake.item("emg_regions").codes) == {"face_throat", "arm", "trunk", "leg", "none"}


@pytest.mark.parametrize("name", BOTH)
def test_not_sure_not_asked_and_rather_not_say_are_kept_apart_for_every_question(name: str) -> None:
    for item in every_item(name):
        codes = [str(code) for code in item.missing_codes]
        assert codes[:3] == ["not_sure", "not_asked", "declined"]
        assert ("pending" in codes) == ("laboratory" in item.answered_by)


# In which words


@pytest.mark.parametrize("name", BOTH)
def test_every_question_says_why_it_is_asked_how_and_from_where(name: str) -> None:
    for item in questionnaire(name).items:
        assert item.why.strip(), item.id
        assert item.help.strip(), item.id
        assert item.sources or isinstance(item, TextItem), item.id
    for inner in every_item(name):
        assert (inner.ask_patient or "").strip() or not for_patients(inner), inner.id


@pytest.mark.parametrize("name", BOTH)
def test_no_question_has_more_than_seven_options(name: str) -> None:
    assert [item.id for item in every_item(name) if not isinstance(item, BodyMapItem) and len(item.options) > 7] == []


@pytest.mark.parametrize("name", BOTH)
def test_the_words_for_patients_stay_at_grade_six_in_every_section(name: str) -> None:
    for section in questionnaire(name).sections:
        items = [item for item in with_rounds(section.items) if for_patients(item) and item.id != "family"]
        questions = [text for item in items for text in (item.ask_patient, item.help_patient) if text]
        answers = [option.label_patient or option.label for item in items for option in item.options]
        if questions:
            assert grade(questions) <= GRADE, section.id
            assert grade(questions + answers) <= GRADE, section.id


def test_what_safety_says_to_patients_stays_at_grade_six() -> None:
    assert [rule.id for rule in shipped().safety.rule if grade([rule.say_patient]) > GRADE] == []


@pytest.mark.parametrize("name", BOTH)
def test_what_is_said_to_patients_of_answers_that_do_not_fit_stays_at_grade_six(name: str) -> None:
    said = {rule.id: rule.say_patient for rule in questionnaire(name).consistency}
    assert [rule for rule, text in said.items() if text and grade([text]) > GRADE] == []


def patient_words(name: str) -> Iterator[tuple[str, str]]:
    """Everything that a patient may read of a questionnaire, with the question it stands at."""
    asked = questionnaire(name)
    yield "title", asked.title_patient or asked.title
    for section in asked.sections:
        if any(for_patients(item) for item in section.items):
            yield section.id, section.title_patient or section.title
        for item in with_rounds(section.items):
            if for_patients(item):
                yield from ((item.id, text) for text in (item.ask_patient, item.help_patient) if text)
                yield from ((item.id, option.label_patient or option.label) for option in item.options)
            if isinstance(item, GroupItem):
                yield item.id, item.row_label_patient or item.row_label


@pytest.mark.parametrize("name", BOTH)
def test_no_patient_reads_the_name_of_a_disease_outside_relatives_and_what_a_doctor_named(name: str) -> None:
    names = disease_names()
    assert [
        (item, text) for item, text in patient_words(name) if item not in NAMES_ARE_ASKED_FOR and names.search(text)
    ] == []


def test_no_safety_notice_names_a_disease_to_a_patient_or_to_staff() -> None:
    names = disease_names()
    for rule in shipped().safety.rule:
        assert not [text for text in (rule.title, rule.say, rule.say_patient, rule.action) if names.search(text)], (
            rule.id
        )


AMERICAN = re.compile(
    r"\b(?:behavior|color|tumor|center|fiber(?!otic)|gray|anemia|edema|diarrhea|paralyz|analyz|favor|labor(?!at)|odor"
    r"|orthopnea|neurolog(?:y|ist)s?\ practise|gynecomastia|hemorrhage|pediatric|leukemia|esophag|program\ of\ care)\w*",
    re.IGNORECASE,
)


def test_questions_and_rules_are_written_in_british_spelling() -> None:
    library = shipped()
    texts = [
        *strings((questionnaire(INTAKE).sections, questionnaire(INTAKE).derived, library.safety)),
        *strings(library.reference.sections if library.reference else ()),
        *strings(tuple(library.evidence.look_alikes.values())),
        *(text for one in library.findings.finding for text in (one.label, one.plain, one.strength_reason, one.caveat)),
    ]
    assert [text for text in texts if AMERICAN.search(text)] == []


# What it means


@cache
def shown() -> tuple[frozenset[str], frozenset[str]]:
    """The findings that some answer of the full intake observes, and those that some answer excludes.

    That every question and every derived condition can come about is the check's business.
    """
    intake = questionnaire(INTAKE)
    observed = {finding for item in intake.items for _, mark in item.named_marks() for finding in mark.observes}
    excluded = {finding for item in intake.items for _, mark in item.named_marks() for finding in mark.excludes}
    excluded |= {one for item in intake.items for option in item.options for one in option.unchosen_excludes}
    observed |= {derived.finding for derived in intake.derived if derived.observed_when is not None}
    excluded |= {derived.finding for derived in intake.derived if derived.excluded_when is not None}
    return frozenset(observed), frozenset(excluded)


def test_every_finding_can_be_observed_by_some_answer_of_the_full_intake() -> None:
    assert shipped().evidence.findings.keys() - shown()[0] == set()


def test_every_finding_whose_absence_weighs_can_be_excluded() -> None:
    weighing = {one.id for one in shipped().evidence.findings.values() if one.absent_db}
    assert weighing - shown()[1] == set()


def test_every_look_alike_can_be_raised_and_says_what_would_settle_it() -> None:
    look_alikes = shipped().evidence.look_alikes
    assert look_alikes.keys() >= LOOK_ALIKES
    for one in look_alikes.values():
        assert {"withhold", "remark"} & {rule.effect for rule in one.rule}, one.id
        assert one.settled_by.strip(), one.id
        assert one.feature, one.id


SUDDEN = {"sudden_signs": ("weakness",)}
CORD = {"cord_signs": ("saddle_numbness",)}
CHOKING = {"choking_signs": ("cough_on_drinks",)}
INFECTION = {"infection_signs": ("fever_stiff_neck",)}
NOT_SURE = {"missing": "not_sure"}
FIRES: dict[str, dict[str, Any]] = {
    "s1_sudden_now": {**SUDDEN, "sudden_signs_when": "today_or_last_days"},
    "s1_sudden_time_not_known": {**SUDDEN, "sudden_signs_when": NOT_SURE},
    "s1_sudden_earlier": {**SUDDEN, "sudden_signs_when": "earlier"},
    "s2_cord_now": {**CORD, "cord_signs_when": "last_days"},
    "s2_cord_time_not_known": {**CORD, "cord_signs_when": NOT_SURE},
    "s2_cord_earlier": {**CORD, "cord_signs_when": "earlier"},
    "s2_cord_squeezed_with_signs": {**CORD, "tests_done": ("mri_cord",), "mri_cord": ("compression",)},
    "s3_breathing_now": {"breathing_now": ("cannot_finish_sentence",)},
    "s3_breathing_weak": {"breathless_flat": "yes"},
    "s3_breathing_tests_low": {"tests_done": ("breathing_tests",), "vital_capacity": 80},
    "s3_morning_headache_alone": {"morning_headache": ("morning_headache",)},
    "s4_cannot_swallow_now": {"choking_signs": ("cannot_swallow",), "choking_when": "last_days"},
    "s4_choking_now": {**CHOKING, "choking_when": "last_days"},
    "s4_choking_time_not_known": {**CHOKING, "choking_when": NOT_SURE},
    "s4_choking_earlier": {**CHOKING, "choking_when": "earlier"},
    "s5_rising_weakness": {"weakness": "yes", "weakness_rising": "yes"},
    "s6_sight_now": {"new_vision_loss": "last_days"},
    "s6_sight_with_temple_pain": {"new_vision_loss": "last_days", "temple_pain_jaw_ache": "yes"},
    "s6_sight_earlier": {"new_vision_loss": "earlier"},
    "s7_infection_now": {**INFECTION, "infection_when": "last_days"},
    "s7_infection_time_not_known": {**INFECTION, "infection_when": NOT_SURE},
    "s7_infection_earlier": {**INFECTION, "infection_when": "earlier"},
    "s8_self_harm_now": {"self_harm_thoughts": "now_or_last_days"},
    "s8_self_harm_not_sure": {"self_harm_thoughts": NOT_SURE},
    "s8_self_harm_earlier": {"self_harm_thoughts": "earlier"},
    "s9_fatigable_worse_now": {"fatigable": "yes", "fatigable_worse_days": "yes"},
    "s9_fatigable_worse_not_sure": {"fatigable": "yes", "fatigable_worse_days": NOT_SURE},
}


def fired(answers: Mapping[str, Any]) -> set[str]:
    intake = questionnaire(INTAKE)
    given = {name: intake.item(name).read(value, TODAY) for name, value in answers.items()}
    response = Response(intake, TODAY, given)
    assert not response.withdrawn()
    return {one.rule.id for one in fired_by(shipped().safety.rule, response)}


def test_the_rules_of_the_nine_dangers_fire_on_the_answers_that_call_for_them() -> None:
    assert FIRES.keys() <= {rule.id for rule in shipped().safety.rule}
    assert {rule for rule, answers in FIRES.items() if rule not in fired(answers)} == set()


def test_no_answers_fire_no_safety_rule() -> None:
    assert fired({}) == set()


def test_all_nine_dangers_have_a_rule_that_interrupts() -> None:
    interrupting = {rule.number for rule in shipped().safety.rule if rule.level != "record"}
    assert interrupting >= {f"S{number}" for number in range(1, 10)}


# Random walks over the full intake


class _SoFar:
    """The answers of the walk so far."""

    today = TODAY

    def __init__(self) -> None:
        self.given: dict[str, Answer] = {}

    def answer(self, item: str) -> Answer | None:
        return self.given.get(item)

    def withdrawn_answer(self, _: str) -> Answer | None:
        return None

    def finding(self, _: str) -> str:
        return "unknown"


def random_answer(item: Item, chance: random.Random) -> Answer:
    if chance.random() < 0.06:
        return Missing(chance.choice(item.missing_codes))
    match item:
        case GroupItem():
            count = chance.choice((0, 0, 1, 2, 3))
            return Rows(
                tuple(Row(tuple((one.id, random_answer(one, chance)) for one in item.items)) for _ in range(count))
            )
        case NumberItem():
            edges = [band.at_least for band in item.bands if band.at_least is not None]
            edges += [band.below - Decimal(1).scaleb(-item.decimals) for band in item.bands if band.below is not None]
            return Number(chance.choice([item.min, item.max, *edges]))
        case DateItem():
            return PartialDate(
                chance.choice(("2026-02-25", "3 weeks ago", "2025-11", "2024-05", "2019", "2 years ago"))
            )
        case TextItem():
            return Text("words")
        case GridItem():
            return grids.by_chance(item, chance)
    codes = item.codes
    alone = [option.code for option in item.options if option.exclusive]
    if not item.takes_several:
        return Choice((chance.choice(codes),))
    if alone and chance.random() < 0.5:
        return Choice((chance.choice(alone),))
    free = [code for code in codes if code not in alone]
    chosen = chance.sample(free, min(chance.choice((1, 1, 2, 3)), len(free)))
    return Choice(tuple(code for code in codes if code in chosen))


@cache
def random_walk(seed: int) -> Response:
    """Answers to everything that is asked on the way, by chance."""
    chance, so_far = random.Random(seed), _SoFar()
    lookup: Lookup = so_far  # type: ignore[assignment] - a finding is a plain word here
    for item in questionnaire(INTAKE).items:
        if item.is_question and (item.enable_when is None or holds(item.enable_when, lookup)):
            so_far.given[item.id] = random_answer(item, chance)
    return Response(questionnaire(INTAKE), TODAY, so_far.given)


WALKS = range(300)


def test_a_finding_that_one_derived_rule_observes_and_another_excludes_is_always_flagged() -> None:
    contradicted = 0
    for seed in WALKS:
        response = random_walk(seed)
        states = findings_of(response)
        seen = {one.finding for one in response.questionnaire.derived if _true(one.observed_when, response)}
        out = {one.finding for one in response.questionnaire.derived if _true(one.excluded_when, response)}
        contradicted += len(seen & out)
        assert all(states[finding].conflict and states[finding].status == "observed" for finding in seen & out), seed
    assert contradicted  # the history says one thing, the examination another


def _true(condition: Any, response: Response) -> bool:
    return condition is not None and holds(condition, response)


def test_only_the_story_and_the_examination_or_two_questions_can_contradict_each_other() -> None:
    found = {
        finding
        for seed in WALKS
        for finding, state in findings_of(random_walk(seed)).items()
        if state.conflict and told_of() >= {*state.observed_by, *state.excluded_by}
    }
    assert found <= {
        "any_pain", "ataxia_unsteady", "breast_enlargement_male_with_weakness", "fatigable_variable_weakness", "head_drop",
        "muscle_wasting", "sensory_level_or_band", "single_nerve_pattern", "symmetric_weakness",
        "widespread_fasciculations_with_weakness",
    }  # fmt: skip


def test_a_word_that_is_held_back_always_names_something_to_think_of() -> None:
    evidence = shipped().evidence
    held_back = 0
    for seed in WALKS:
        comparison = compare(
            evidence, statuses(findings_of(random_walk(seed))), response=random_walk(seed), interview=True
        )
        if comparison.pattern == "withheld":
            held_back += 1
            assert comparison.think_of, seed
    assert held_back
