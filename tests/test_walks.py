"""Golden walks: one typical story each, answered as a careful reader would, question by question through a session.

The stories stand in `walks/` as answers files. What must come out is written here: the pattern word, the look-alikes that
must be named, and exactly which safety rules fire, each at the very answer that calls for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from msgspec.structs import replace

from golden import FOLDER, story, told_of, walk, walked
from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import replay
from sittings import english, shipped

MS, ALS, WITHHELD = "more_like_ms", "more_like_als", "withheld"


@dataclass(frozen=True)
class Expected:
    """What a story must come out with.

    `named` look-alikes must be named, `beside` may hold the word back as well, any other may not. `fires` are all the
    safety rules that stand at the end, each with the question whose answer fired it.
    """

    patterns: str | tuple[str, ...]
    named: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    fires: Mapping[str, str] = field(default_factory=dict)


# "cervical_myelopathy" stands beside many: numb or clumsy hands, unsteadiness or an upper motor sign are a reason to image the
# neck as long as nothing above it is wrong. Where several words are allowed, nothing in particular is the matter.
WALKS: dict[str, Expected] = {
    "ms_relapsing_woman_28_history": Expected(MS, fires={"s6_sight_earlier": "new_vision_loss"}),
    "ms_relapsing_woman_28_tests": Expected(MS, fires={"s6_sight_earlier": "new_vision_loss"}),
    "ms_losing_sight_now_woman_31": Expected((MS, "slight"), fires={"s6_sight_now": "new_vision_loss"}),
    "ms_sensory_woman_33_history": Expected(MS),
    "ms_brainstem_man_36_history": Expected(MS),
    "ms_brainstem_man_36_tests": Expected(MS),
    "ms_progressive_man_52_before_tests": Expected(WITHHELD, ("cervical_myelopathy",)),
    "ms_progressive_man_52_after_tests": Expected(MS),
    "ms_first_motor_attack_man_43": Expected(WITHHELD, ("cervical_myelopathy",)),
    "ms_secondary_progressive_woman_49_tests": Expected(MS, fires={"s6_sight_earlier": "new_vision_loss"}),
    "als_limb_man_63_history": Expected(ALS),
    "als_limb_man_63_tests": Expected(ALS),
    "als_bulbar_woman_68_history": Expected(ALS, fires={"s4_choking_earlier": "choking_signs"}),
    "als_bulbar_woman_68_tests": Expected(ALS, fires={"s4_choking_earlier": "choking_signs"}),
    "als_respiratory_man_66_history": Expected(ALS, fires={"s3_breathing_weak": "breathless_flat"}),
    "als_respiratory_man_66_tests": Expected(
        ALS, fires={"s3_breathing_weak": "breathless_flat", "s3_breathing_tests_low": "vital_capacity"}
    ),
    "als_leg_woman_47_history": Expected(WITHHELD, ("mmn",)),
    "als_leg_woman_47_tests": Expected(ALS),
    "als_with_behaviour_man_61_history": Expected(ALS),
    "neck_painful_man_58_history": Expected(WITHHELD, ("cervical_myelopathy",)),
    "neck_painless_man_61_exam": Expected(WITHHELD, ("cervical_myelopathy",)),
    "neck_painless_man_61_mri": Expected(WITHHELD, ("cervical_myelopathy",)),
    "neck_like_als_man_57_history": Expected(WITHHELD, ("cervical_myelopathy",)),
    "neck_no_twitching_man_57_history": Expected(WITHHELD, ("cervical_myelopathy", "ibm")),
    "mmn_man_44_history": Expected(WITHHELD, ("mmn",)),
    "mmn_man_44_tests": Expected(WITHHELD, ("mmn",), ("pma",)),
    "cidp_woman_55_exam": Expected(WITHHELD, ("cidp",), ("cervical_myelopathy", "b12")),
    "cidp_woman_55_tests": Expected(WITHHELD, ("cidp",), ("cervical_myelopathy",)),
    "cidp_relapsing_man_38_exam": Expected(WITHHELD, ("cidp",), ("cervical_myelopathy", "b12")),
    "symmetric_weak_legs_man_57_history": Expected("slight"),
    "kennedy_man_49_history": Expected(WITHHELD, ("kennedy",), fires={"s4_choking_earlier": "choking_signs"}),
    "kennedy_man_49_exam": Expected(WITHHELD, ("kennedy",), ("cidp", "pma"), {"s4_choking_earlier": "choking_signs"}),
    "ibm_man_69_history": Expected(WITHHELD, ("ibm",)),
    "ibm_man_69_exam": Expected(WITHHELD, ("ibm",), ("kennedy", "other_named_cause")),
    "myasthenia_bulbar_woman_71_history": Expected(WITHHELD, ("mg",), fires={"s4_choking_earlier": "choking_signs"}),
    "myasthenia_bulbar_not_noticed_man_72_history": Expected(WITHHELD, ("mg",)),
    "myasthenia_crisis_woman_33": Expected(
        WITHHELD,
        ("mg",),
        fires={
            "s3_breathing_weak": "breathless_flat",
            "s4_choking_now": "choking_when",
            "s9_fatigable_worse_now": "fatigable_worse_days",
        },
    ),
    "myasthenia_ocular_man_34_history": Expected(WITHHELD, ("mg",)),
    "b12_man_62_exam": Expected(WITHHELD, ("b12",), ("cervical_myelopathy",)),
    "b12_man_62_blood": Expected(WITHHELD, ("b12",)),
    "laughing_gas_man_23_history": Expected(WITHHELD, ("b12",), ("cervical_myelopathy",)),
    "nmosd_woman_42_history": Expected(
        WITHHELD,
        ("nmosd",),
        ("mogad",),
        {"s6_sight_earlier": "new_vision_loss", "s2_cord_earlier": "cord_signs"},
    ),
    "nmosd_woman_42_tests": Expected(
        WITHHELD,
        ("nmosd",),
        ("lyme",),
        {"s6_sight_earlier": "new_vision_loss", "s2_cord_earlier": "cord_signs"},
    ),
    "mogad_man_26_history": Expected(WITHHELD, ("mogad",), ("nmosd",), {"s6_sight_earlier": "new_vision_loss"}),
    "mogad_man_26_tests": Expected(WITHHELD, ("mogad",), ("nmosd",), {"s6_sight_earlier": "new_vision_loss"}),
    "spastic_family_man_41_exam": Expected(WITHHELD, ("hsp",), ("cervical_myelopathy", "b12")),
    "spastic_no_family_man_41_mri": Expected(WITHHELD, ("hsp",)),
    "lyme_man_50_history": Expected(WITHHELD, ("lyme",)),
    "lyme_man_50_tests": Expected(WITHHELD, ("lyme",)),
    "guillain_barre_man_39_now": Expected(
        WITHHELD, ("gbs",), fires={"s5_rising_weakness": "weakness_rising", "s2_cord_now": "cord_signs_when"}
    ),
    "benign_twitching_woman_34_history": Expected(WITHHELD, ("bfs",)),
    "benign_twitching_woman_34_emg": Expected(WITHHELD, ("bfs",)),
    "stroke_woman_66_now": Expected(WITHHELD, ("stroke",), fires={"s1_sudden_now": "onset_speed"}),
    "stroke_woman_66_old": Expected(WITHHELD, ("stroke",), fires={"s1_sudden_earlier": "sudden_signs"}),
    "functional_woman_30_exam": Expected(WITHHELD, ("functional",), ("cervical_myelopathy",)),
    "small_vessel_woman_64_mri": Expected(WITHHELD, ("small_vessel_disease",), ("cervical_myelopathy",)),
    "foot_drop_peroneal_man_45_history": Expected(WITHHELD, ("peroneal_neuropathy_or_l5",)),
    "foot_drop_root_woman_57_history": Expected(WITHHELD, ("peroneal_neuropathy_or_l5",)),
    "htlv_woman_48_history": Expected(WITHHELD, ("htlv1",)),
    "lower_signs_only_man_58_exam": Expected(WITHHELD, ("mmn", "pma")),
    "upper_signs_only_woman_55_exam": Expected("slight"),
    "tired_low_mood_woman_40_history": Expected("too_little"),
    "weight_loss_only_man_60_history": Expected(("too_little", "slight")),
    "urgency_only_woman_30_history": Expected(("slight", "mixed")),
    "well_woman_35_history": Expected("too_little"),
    "pain_all_over_woman_38_history": Expected(
        WITHHELD, ("cervical_myelopathy",), fires={"s3_morning_headache_alone": "morning_headache"}
    ),
    "migraine_aura_woman_29_history": Expected(WITHHELD, ("stroke",), fires={"s6_sight_earlier": "new_vision_loss"}),
    "carpal_tunnel_woman_46_history": Expected(WITHHELD, ("cervical_myelopathy",)),
    "diabetic_feet_man_64_exam": Expected(WITHHELD, ("b12",)),
    "optic_loss_woman_66_history": Expected(("slight", "too_little"), fires={"s6_sight_earlier": "new_vision_loss"}),
    "vertigo_woman_35_history": Expected(WITHHELD, ("cervical_myelopathy",)),
    "not_sure_of_anything": Expected("too_little", fires={"s8_self_harm_not_sure": "self_harm_thoughts"}),
    "declines_everything": Expected("too_little"),
    "asked_nothing": Expected("asked_too_little"),
    "brief_well_woman_35": Expected("too_little"),
    "brief_ms_woman_29": Expected(MS, fires={"s6_sight_earlier": "new_vision_loss"}),
    "brief_als_man_64": Expected(ALS),
    "brief_als_bulbar_woman_70": Expected(WITHHELD, ("mg",), fires={"s4_choking_earlier": "choking_signs"}),
    "brief_twitching_woman_34": Expected(WITHHELD, ("bfs",)),
    "brief_neck_man_59": Expected(WITHHELD, ("cervical_myelopathy",)),
    "brief_ms_losing_sight_now_woman_31": Expected((MS, "slight"), fires={"s6_sight_now": "new_vision_loss"}),
    "brief_stroke_now_man_70": Expected(WITHHELD, ("stroke",), fires={"s1_sudden_now": "sudden_signs_when"}),
    "brief_not_sure_of_anything": Expected("too_little", fires={"s8_self_harm_not_sure": "self_harm_thoughts"}),
    "brief_declines_everything": Expected("too_little"),
}


def test_every_story_says_what_must_come_out_of_it() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(WALKS)
    assert all(story(name).id == name for name in WALKS)


@pytest.mark.parametrize("name", WALKS)
def test_a_story_answers_what_it_is_asked_and_nothing_else(name: str) -> None:
    assert walked(name).never_asked == ()
    assert len(told_of() & set(walked(name).left_out)) <= 5


@pytest.mark.parametrize("name", WALKS)
def test_a_story_comes_out_with_its_word(name: str) -> None:
    allowed = WALKS[name].patterns
    assert walked(name).comparison.pattern in ((allowed,) if isinstance(allowed, str) else allowed)


@pytest.mark.parametrize("name", WALKS)
def test_a_story_names_its_look_alike_and_no_stranger_holds_the_word_back(name: str) -> None:
    one, expected = walked(name), WALKS[name]
    assert set(expected.named) <= set(one.comparison.think_of)
    assert one.holding_back <= {*expected.named, *expected.beside}


@pytest.mark.parametrize("name", WALKS)
def test_a_story_fires_its_safety_rules_at_once_and_no_others(name: str) -> None:
    one, expected = walked(name), WALKS[name]
    assert {fired.rule.id: one.fired_at[fired.rule.id] for fired in one.session.fired} == dict(expected.fires)
    interrupting = {rule.id for rule in one.session.content.safety if rule.level != "record"}
    assert interrupting & one.fired_at.keys() <= expected.fires.keys()


@pytest.mark.parametrize("name", WALKS)
def test_no_story_ever_leans_the_wrong_way_while_it_is_told(name: str) -> None:
    disease = name.removeprefix("brief_")
    right = {"ms": {MS}, "als": {ALS}}.get(disease.split("_")[0], set())
    if name == "lower_signs_only_man_58_exam":
        right = {ALS}  # the same clinic; held back once upper motor signs were looked for
    assert {one for one in walked(name).patterns if one.startswith("more_like")} <= right


@pytest.mark.parametrize("name", WALKS)
def test_replaying_the_file_gives_what_walking_it_gave(name: str) -> None:
    file, case = read_case(str(FOLDER / f"{name}.toml"))
    assert isinstance(case, AnswersFile)
    left_out = dict.fromkeys(walked(name).left_out, NOT_DONE)  # as the walk answered for the story
    whole = replace(case, answers={**left_out, **case.answers})
    replayed = replay(file, whole, load_content(shipped(), case.questionnaire, comparing=True), english).session
    assert replayed.interview.response == walked(name).session.interview.response
    if name != "asked_nothing":  # of a file nobody can be asked more, so that it has no gate
        assert replayed.comparison == walked(name).comparison


# What one more answer may and may not do to a typical story.


@dataclass(frozen=True)
class Twist:
    """A story with some other answers."""

    says: str
    name: str
    changes: Mapping[str, Any]
    pattern: str
    named: tuple[str, ...] = ()
    not_named: tuple[str, ...] = ()
    remarked: tuple[str, ...] = ()


COLD = {"infection_signs": ("fever_or_infection_only",), "infection_when": "earlier"}
NUMB_HANDS = {
    "hand_numbness": "both_whole",
    "pain": ("neck_shoulder",),
    "unsteady": "yes",
    "unsteady_kind": ("drunken",),
}
NOT_DONE = {"missing": "not_asked"}
ANTIBODIES = {"aqp4": NOT_DONE, "mog": NOT_DONE, "achr_musk": NOT_DONE}

TWISTS = [
    Twist(
        "a cold weeks ago holds nothing back in an illness of a year",
        "ms_relapsing_woman_28_history", COLD, MS, not_named=("lyme", "gbs"),
    ),
    Twist(
        "nor does it in a slow weakness",
        "als_limb_man_63_tests", COLD, ALS, not_named=("lyme", "gbs"),
    ),
    Twist(
        "an infection around the start of the illness holds the word back",
        "ms_losing_sight_now_woman_31", COLD, WITHHELD, ("lyme",), ("gbs",),
    ),
    Twist(
        "a fever with a stiff neck holds it back at any time",
        "ms_relapsing_woman_28_history",
        {"infection_signs": ("fever_stiff_neck",), "infection_when": "earlier"}, WITHHELD, ("lyme",),
    ),
    Twist(
        "a drooping lid counts by the person's word until somebody has looked",
        "ms_relapsing_woman_28_history", {"lid_droop": "yes"}, WITHHELD, ("mg",),
    ),
    Twist(
        "a lid that does not droop on examination is left open",
        "ms_relapsing_woman_28_tests", {"lid_droop": "yes"}, MS, not_named=("mg",),
    ),
    Twist(
        "a lid left open still holds back a bulbar start",
        "als_bulbar_woman_68_history",
        {"lid_droop": "yes", "examined": "yes", "exam_lid_droop": "no"}, WITHHELD, ("mg",),
    ),
    Twist(
        "an eyelid that twitches is no look-alike beside an attack that recovered",
        "ms_relapsing_woman_28_history", {"twitching": "yes", "twitching_spread": "eyelid_only"}, MS, not_named=("bfs",),
    ),
    Twist(
        "neck pain with numb hands holds the word back while the neck was not imaged",
        "ms_sensory_woman_33_history", NUMB_HANDS, WITHHELD, ("cervical_myelopathy",),
    ),
    Twist(
        "and no longer when the image shows the cord free",
        "ms_relapsing_woman_28_tests", NUMB_HANDS, MS, not_named=("cervical_myelopathy",),
    ),
    Twist(
        "a start within minutes is a stroke while nobody has looked",
        "ms_relapsing_woman_28_history", {"onset_speed": "minutes"}, WITHHELD, ("stroke",),
    ),
    Twist(
        "and a remark when the image explains it",
        "ms_relapsing_woman_28_tests", {"onset_speed": "minutes"}, MS,
    ),
    Twist(
        "a tick bite is a remark beside typical lesions",
        "ms_relapsing_woman_28_tests", {"past_infections": ("tick",)}, MS, remarked=("lyme",),
    ),
    Twist(
        "sciatica and a numb face are not taken for an infection beside typical lesions",
        "ms_relapsing_woman_28_tests", {"pain": ("back_into_limb",), "face_change": ("numb",)}, MS,
    ),
    Twist(
        "Borrelia antibodies made in the fluid hold back the word in the most typical story",
        "ms_relapsing_woman_28_tests", {"lyme": "fluid_index_raised"}, WITHHELD, ("lyme",),
    ),
    Twist(
        "GM1 antibodies are named although a toe goes up",
        "als_limb_man_63_tests",
        {"blood_done": ("routine", "antibodies"), "gm1": "positive", **ANTIBODIES}, WITHHELD, ("mmn",),
    ),
    Twist(
        "a purely lower motor story of twelve years is not leaned to one side from 50 on either",
        "mmn_man_44_history", {"age_at_onset": 52, "onset_date": "2014"}, WITHHELD, ("mmn", "kennedy"),
    ),
    Twist(
        "no HTLV-1 antibodies, no such disease",
        "htlv_woman_48_history",
        {"blood_done": ("infection",), "htlv": "negative", "lyme": NOT_DONE, "ebv": NOT_DONE},
        "mixed", not_named=("htlv1",),
    ),
    Twist(
        "lost ankle jerks with upgoing toes name B12 without any loss of feeling",
        "ms_progressive_man_52_before_tests",
        {"exam_reflexes_lost": ("ankles_only",)}, WITHHELD, ("b12",),
    ),
    Twist(
        "laughing gas again and again is asked about before anything else",
        "ms_sensory_woman_33_history", {"exposures": ("nitrous_oxide",)}, WITHHELD, ("b12",),
    ),
    Twist(
        "positive functional signs hold back the word and rule nothing out",
        "ms_relapsing_woman_28_tests", {"exam_inconsistent_signs": "yes"}, WITHHELD, ("functional",),
    ),
    Twist(
        "eighteen months without worsening never lean to ALS",
        "als_limb_man_63_tests",
        {"course_so_far": "stable", "stable_since": "from_18_months", "onset_date": "2023-01", "remission": "no"}, "slight",
    ),
    Twist(
        "weakness of a year, the same on both sides, is neither Guillain-Barre nor CIDP by itself",
        "symmetric_weak_legs_man_57_history", {}, "slight", not_named=("gbs", "cidp"),
    ),
    Twist(
        "weakness that now rises over days is Guillain-Barre until shown otherwise, whatever began months ago",
        "symmetric_weak_legs_man_57_history", {"weakness_rising": "yes"}, WITHHELD, ("gbs",),
    ),
    Twist(
        "stiff legs beside a weak hand hold the word back until the neck was imaged",
        "als_limb_man_63_history", {"stiffness": "legs"}, WITHHELD, ("cervical_myelopathy",),
    ),
    Twist(
        "and no longer when the image shows the cord free",
        "als_limb_man_63_tests", {"stiffness": "legs"}, ALS, not_named=("cervical_myelopathy",),
    ),
    Twist(
        "a painless loss of sight before 50 that came back counts",
        "optic_loss_woman_66_history", {"age_at_onset": 34, "other_illness": ("none",)}, MS,
    ),
]  # fmt: skip


@pytest.mark.parametrize("twist", TWISTS, ids=lambda twist: twist.says)
def test_one_more_answer(twist: Twist) -> None:
    one = walk(twist.name, twist.changes)
    named = set(one.comparison.think_of)
    assert (one.comparison.pattern, set(twist.named) - named) == (twist.pattern, set())
    assert not named & set(twist.not_named)
    remarked = {alike.look_alike.id for alike in one.comparison.look_alikes if alike.standing == "remark"}
    assert set(twist.remarked) <= remarked


@pytest.mark.parametrize("hand", ["right", "no"])
def test_a_lean_to_als_names_the_neck_that_was_not_imaged(hand: str) -> None:
    one = walk("als_limb_man_63_history", {"hand_clumsiness": hand})
    standings = {alike.look_alike.id: alike.standing for alike in one.comparison.look_alikes}
    assert (one.comparison.pattern, standings["cervical_myelopathy"]) == (ALS, "remark")


NEW_DANGERS = [
    ("s1_sudden_now", "well_woman_35_history",
     {"sudden_signs": ("face_droop",), "sudden_signs_when": "today_or_last_days"}, "sudden_signs_when"),
    ("s2_cord_now", "well_woman_35_history",
     {"cord_signs": ("saddle_numbness",), "cord_signs_when": "last_days"}, "cord_signs_when"),
    ("s3_breathing_now", "als_respiratory_man_66_history", {"breathing_now": ("breathless_at_rest",)}, "breathing_now"),
    ("s4_cannot_swallow_now", "als_bulbar_woman_68_history",
     {"choking_signs": ("cannot_swallow",), "choking_when": "last_days"}, "choking_when"),
    ("s5_rising_weakness", "cidp_woman_55_exam", {"weakness_rising": "yes"}, "weakness_rising"),
    ("s6_sight_with_temple_pain", "optic_loss_woman_66_history",
     {"new_vision_loss": "last_days", "temple_pain_jaw_ache": "yes"}, "temple_pain_jaw_ache"),
    ("s7_infection_now", "well_woman_35_history",
     {"infection_signs": ("fever_stiff_neck",), "infection_when": "last_days"}, "infection_when"),
    ("s8_self_harm_now", "tired_low_mood_woman_40_history", {"self_harm_thoughts": "now_or_last_days"},
     "self_harm_thoughts"),
    ("s9_fatigable_worse_now", "myasthenia_ocular_man_34_history", {"fatigable_worse_days": "yes"},
     "fatigable_worse_days"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "name", "changes", "item"), NEW_DANGERS)
def test_a_new_danger_interrupts_at_its_own_answer(rule: str, name: str, changes: dict[str, Any], item: str) -> None:
    assert walk(name, changes).fired_at.get(rule) == item


OLD_DANGERS: list[tuple[str, dict[str, Any]]] = [
    ("well_woman_35_history", {"sudden_signs": ("face_droop",), "sudden_signs_when": "earlier"}),
    ("well_woman_35_history", {"cord_signs": ("saddle_numbness",), "cord_signs_when": "earlier"}),
    ("als_bulbar_woman_68_history", {"choking_signs": ("cannot_swallow",), "choking_when": "earlier"}),
    ("well_woman_35_history", {"infection_signs": ("fever_stiff_neck",), "infection_when": "earlier"}),
    ("tired_low_mood_woman_40_history", {"self_harm_thoughts": "earlier"}),
    ("optic_loss_woman_66_history", {"new_vision_loss": "earlier"}),
]


@pytest.mark.parametrize(("name", "changes"), OLD_DANGERS)
def test_an_old_danger_is_put_on_record_and_interrupts_nobody(name: str, changes: dict[str, Any]) -> None:
    fired = walk(name, changes).session.fired
    assert [one.rule.level for one in fired] == ["record"]


# The questions that open or close the examination and the tests.

EXAMINED = {"exam_wasting": ("right_arm",), "exam_plantars": ("right",), "exam_lid_droop": "no"}


@pytest.mark.parametrize("answer", ["no", {"missing": "not_sure"}, {"missing": "not_asked"}])
def test_nothing_of_the_examination_is_asked_or_counted_without_one(answer: object) -> None:
    one = walk("als_limb_man_63_tests", {"examined": answer})
    response = one.session.interview.response
    assert not [item.id for item in response.path() if item.id.startswith("exam_")]
    assert [one.status(finding) for finding in ("babinski_sign", "split_hand", "no_pyramidal_signs")] == ["unknown"] * 3
    assert one.comparison.pattern == ALS  # the story and the tests still carry it


@pytest.mark.parametrize("answer", [("none",), {"missing": "not_sure"}, {"missing": "declined"}])
def test_no_result_is_asked_for_a_test_that_was_not_done(answer: object) -> None:
    one = walk("ms_relapsing_woman_28_tests", {"tests_done": answer, "blood_done": answer})
    asked = {item.id for item in one.session.interview.response.path() if "laboratory" in item.answered_by}
    assert asked == set()
    tests = [one.status(finding.id) for finding in shipped().evidence.findings.values() if finding.kind == "test"]
    assert set(tests) == {"unknown"}


def test_each_test_that_was_done_asks_for_its_own_results_only() -> None:
    one = walk("ms_relapsing_woman_28_tests", {"tests_done": ("spinal_fluid",), "blood_done": ("infection",)})
    asked = [item.id for item in one.session.interview.response.path() if "laboratory" in item.answered_by]
    assert asked == [
        "csf_bands", "csf_igg_index", "csf_kappa", "csf_cells", "csf_nfl", "ebv", "lyme", "htlv",
    ]  # fmt: skip


def test_a_result_still_to_come_is_unknown_and_not_normal() -> None:
    pending = {"missing": "pending"}
    one = walk("ms_relapsing_woman_28_tests", {"mri_brain": pending, "csf_bands": pending, "aqp4": pending})
    findings = ("mri_brain_typical_ms_lesions", "csf_oligoclonal_bands", "aqp4_antibody")
    assert [one.status(finding) for finding in findings] == ["unknown"] * 3


def test_a_sign_that_was_not_looked_for_stays_unknown() -> None:
    one = walk("als_limb_man_63_tests", {"exam_plantars": {"missing": "not_asked"}})
    assert one.status("babinski_sign") == "unknown"
    assert one.status("no_pyramidal_signs") == "excluded"  # the brisk reflexes settle that
