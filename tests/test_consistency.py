"""Answers that cannot both be true: what is said of them, where, and that nothing else changes for it."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import questionnaire, tuples, written
from evidences import evidence, finding
from msals_tui.cli import main
from msals_tui.evidence.findings import findings_of
from msals_tui.interview.events import Answered, Jump, Undo
from msals_tui.questionnaire.checks import Problem, problems
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.session.clock import FixedClock
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from sittings import content, english, lines, script, shipped, sitting, toml

TODAY = date(2026, 3, 1)
DAY = FixedClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "0123456789abcdef0123456789abcdef")


def read(asked: Questionnaire, answers: str | Mapping[str, Any]) -> Response:
    """The answers of a few lines of TOML, or of a table, all as a file gives them."""
    table = tomllib.loads(answers, parse_float=Decimal) if isinstance(answers, str) else answers
    return Response(asked, TODAY, {name: asked.item(name).read(tuples(value), TODAY) for name, value in table.items()})


def standing(asked: Questionnaire, answers: str | Mapping[str, Any]) -> list[str]:
    """The rules that hold for these answers."""
    return [one.rule.id for one in asked.consistency_watch.holding(read(asked, answers))]


# The rules that are shipped: for each, answers on one path that do not fit together, and the same with one of them put right

INTAKE: dict[str, tuple[str, str]] = {
    "older_than_anybody": ('age_at_onset = 80\nonset_date = "60 years ago"', "age_at_onset = 20"),
    "onset_above_age": ("age_at_onset = 50\nage_now = 45", "age_now = 54"),
    "older_by_onset": ('age_at_onset = 30\nonset_date = "20 years ago"\nage_now = 40', "age_now = 51"),
    "younger_by_onset": ('age_at_onset = 30\nonset_date = "5 years ago"\nage_now = 60', "age_now = 36"),
    "attack_before_onset": ('onset_date = "2024"\nepisodes = [{ episode_when = "2022" }]', 'onset_date = "2021"'),
    "stable_beside_attack": (
        'course_so_far = "stable"\nstable_since = "from_18_months"\nepisodes = [{ episode_when = "1 days ago" }]',
        'stable_since = "under_6_months"',
    ),
    "stable_beside_recent_attack": (
        'course_so_far = "stable"\nstable_since = "from_6_to_17_months"\nepisodes = [{ episode_when = "2026-01" }]',
        'episodes = [{ episode_when = "2025-03" }]',
    ),
    "stable_longer_than_ill": (
        'course_so_far = "stable"\nstable_since = "from_18_months"\nonset_date = "2025-10"',
        'onset_date = "2023-10"',
    ),
    "stable_beside_rising_weakness": (
        'course_so_far = "stable"\nstable_since = "from_18_months"\nweakness = "yes"\nweakness_rising = "yes"',
        'weakness_rising = "no"',
    ),
    "slower_than_ill": ('onset_speed = "months"\nonset_date = "5 days ago"', 'onset_speed = "hours_to_days"'),
    "spread_longer_than_ill": (
        'spread = "next_region"\nspread_over = "years"\nonset_date = "3 months ago"',
        'spread_over = "weeks"',
    ),
    "later_than_ill": (
        'onset_date = "6 months ago"\nbladder = ["urgency"]\nbladder_when = "later"',
        'bladder_when = "within_two_years"',
    ),
    "sudden_weakness_beside_none": (
        'first_problem = "limb_weakness"\nonset_speed = "minutes"\nsudden_signs = ["none"]',
        'sudden_signs = ["weakness"]',
    ),
    "sight_first_elsewhere": ('first_problem = "sight"\nfirst_place = "left_foot"', 'first_place = "eyes"'),
    "speech_first_elsewhere": ('first_problem = "speech_swallowing"\nfirst_place = "left_foot"', 'first_place = "neck"'),
    "limb_first_elsewhere": ('first_problem = "limb_weakness"\nfirst_place = "eyes"', 'first_place = "left_foot"'),
    "single_attack_of_several": (
        'course_so_far = "single_attack"\nepisodes = [{ episode_when = "2024" }, { episode_when = "2025" }]',
        'episodes = [{ episode_when = "2024" }]',
    ),
    "steady_decline_beside_remission": (
        'course_so_far = "steady_decline"\nepisodes = []\nremission = "yes"',
        'remission = "no"',
    ),
    "attack_over_and_going_on": (
        'episodes = [{ episode_how_long = "still_going", episode_recovery = "all" }]',
        'episodes = [{ episode_how_long = "still_going", episode_recovery = "some" }]',
    ),
    "attack_of_a_day_for_months": (
        'episodes = [{ episode_how_long = "under_a_day", episode_recovery = "none" }]',
        'episodes = [{ episode_how_long = "under_a_day", episode_recovery = "all" }]',
    ),
    "attack_longer_than_since": (
        'episodes = [{ episode_when = "2 days ago", episode_how_long = "months" }]',
        'episodes = [{ episode_when = "2 days ago", episode_how_long = "days" }]',
    ),
    "attack_too_young_for_none": (
        'episodes = [{ episode_when = "2 weeks ago", episode_recovery = "none" }]',
        'episodes = [{ episode_when = "2 weeks ago", episode_recovery = "too_early" }]',
    ),
    "weakness_gone_though_worse": (
        'first_problem = "limb_weakness"\ncourse_so_far = "steady_decline"\nweakness = "no"',
        'weakness = "yes"',
    ),
    "speech_gone_though_worse": (
        'first_problem = "speech_swallowing"\ncourse_so_far = "steady_decline"\nspeech = ["none"]\nswallowing = "no"',
        'swallowing = "yes"',
    ),
    "weak_on_one_side_and_both": (
        'weakness = "yes"\nweakness_sides = "one_side"\nweakness_places = ["right_hand", "left_hand"]',
        'weakness_places = ["right_hand", "right_foot"]',
    ),
    "weak_on_both_sides_and_one": (
        'weakness = "yes"\nweakness_sides = "both_alike"\nweakness_places = ["neck", "left_hand"]',
        'weakness_places = ["right_hand", "left_hand"]',
    ),
    "weak_in_middle_and_limb": (
        'weakness = "yes"\nweakness_sides = "middle_only"\nweakness_places = ["neck", "left_hand"]',
        'weakness_places = ["neck"]',
    ),
    "rising_weakness_without_legs": (
        'weakness = "yes"\nweakness_rising = "yes"\nweakness_places = ["left_hand"]',
        'weakness_places = ["left_hand", "left_foot"]',
    ),
    "head_drop_without_weakness": ('weakness = "no"\nhead_drop = "yes"', 'head_drop = "no"'),
    "weak_legs_without_weakness": (
        'weakness = "no"\ncord_signs = ["back_pain_with_leg_weakness"]\ncord_signs_when = "last_days"',
        'cord_signs_when = "earlier"',
    ),
    "stiff_falls_without_stiffness": ('stiffness = "no"\nfalls = ["legs_stiff"]', 'stiffness = "legs"'),
    "numb_without_numbness": ('numbness = "no"\nface_change = ["numb"]', 'face_change = ["none"]'),
    "numb_hands_not_marked": (
        'numbness = "yes"\nhand_numbness = "both_whole"\nnumbness_places = ["left_foot"]',
        'numbness_places = ["left_foot", "left_hand"]',
    ),
    "level_without_level": (
        'band_or_level = ["none"]\ncord_signs = ["new_numb_level"]',
        'band_or_level = ["band", "level"]',
    ),
    "pain_without_pain": (
        'pain = ["none"]\nwasting = "yes"\nweak_part_feeling = ["pain"]',
        'weak_part_feeling = ["none"]',
    ),
    "face_droop_without_weak_face": (
        'face_change = ["none"]\nsudden_signs = ["face_droop"]',
        'face_change = ["numb", "weak_one_side"]',
    ),
    "double_vision_never_and_once": (
        'double_vision = "no"\nearlier_episode = ["double_vision"]',
        'double_vision = "yes"',
    ),
    "sight_never_lost_and_once": ('new_vision_loss = "no"\nearlier_episode = ["one_eye"]', 'new_vision_loss = "earlier"'),
    "sight_first_and_never": (
        'first_problem = "sight"\nnew_vision_loss = "no"\ndouble_vision = "no"',
        'double_vision = "yes"',
    ),
    "sight_back_in_a_day_after_weeks": (
        'new_vision_loss = "earlier"\nvision_speed = "weeks"\nvision_recovery = "within_a_day"',
        'vision_speed = "minutes"',
    ),
    "breathless_at_rest_only": (
        'breathing_now = ["breathless_at_rest"]\nbreathless_effort = "no"',
        'breathless_effort = "yes"',
    ),
    "choking_without_trouble": (
        'swallowing = "no"\nchoking_signs = ["cannot_swallow"]\nchoking_when = "last_days"',
        'choking_signs = ["chest_infections"]',
    ),
    "no_urine_without_bladder_trouble": (
        'bladder = ["none"]\ncord_signs = ["cannot_pass_urine"]\ncord_signs_when = "last_days"',
        'bladder = ["emptying"]',
    ),
    "bowel_lost_without_bowel_trouble": (
        'bowel = ["none"]\ncord_signs = ["lost_bowel_control"]\ncord_signs_when = "last_days"',
        'bowel = ["loss"]',
    ),
    "legs_alone_and_more": (
        'family = ["stiff_legs"]\nfamily_stiff_legs_own = "yes"\nstiffness = "arms_and_legs"',
        'stiffness = "legs"',
    ),
    "pregnancy_of_a_man": ('sex_at_birth = "male"\nonset_trigger = ["pregnancy_or_birth"]', 'sex_at_birth = "female"'),
    "not_examined_and_signs": ('examined = "no"\nexam_eyes = { palsy = "there" }', 'examined = "yes"'),
    "weak_alike_on_one_side": (
        'examined = "yes"\nexam_weakness_pattern = ["both_sides_alike"]\nexam_muscles = { face_throat = "normal", '
        'right_arm = ["weak"], left_arm = "normal", trunk = "normal", right_leg = ["weak"], left_leg = "normal" }',
        'exam_weakness_pattern = ["pyramidal"]',
    ),
    "reflexes_brisk_and_lost": (
        'examined = "yes"\nexam_other_signs = { reflexes_lost_both_sides = "there" }\nexam_upper_signs = '
        '{ right_arm = ["brisk"], left_arm = ["brisk"], right_leg = ["brisk"], left_leg = ["brisk"] }',
        'exam_other_signs = { reflexes_lost_both_sides = "not_there" }',
    ),
    "mri_brain_not_done": ('tests_done = ["none"]\nmri_brain = "typical"', 'tests_done = ["mri_brain"]'),
    "mri_cord_not_done": ('tests_done = ["none"]\nmri_cord = ["normal"]', 'tests_done = ["mri_cord"]'),
    "spinal_fluid_not_done": ('tests_done = ["mri_brain"]\ncsf_cells = 3', 'tests_done = ["spinal_fluid"]'),
    "nerve_tests_not_done": ('tests_done = ["none"]\nemg = "normal"', 'tests_done = ["nerve_tests"]'),
    "breathing_tests_not_done": ('tests_done = ["none"]\nvital_capacity = 60', 'tests_done = ["breathing_tests"]'),
    "borrelia_without_spinal_fluid": (
        'tests_done = ["none"]\nblood_done = ["infection"]\nlyme = "fluid_index_raised"',
        'lyme = "negative"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", INTAKE)
def test_answers_that_do_not_fit_are_named_and_one_of_them_put_right_is_enough(rule: str) -> None:
    asked, (wrong, right) = shipped().questionnaire("ms_als_intake"), INTAKE[rule]
    given_answers = tomllib.loads(wrong)
    response = read(asked, given_answers)
    kept = [name for name in given_answers if name not in response.asked]
    assert not kept or kept[0] in str(next(one.when for one in asked.consistency if one.id == rule)), "all on one path"
    assert rule in standing(asked, given_answers)
    assert rule not in standing(asked, {**given_answers, **tomllib.loads(right)})


@pytest.mark.parametrize("rule", INTAKE)
def test_one_answer_alone_never_contradicts_anything(rule: str) -> None:
    asked = shipped().questionnaire("ms_als_intake")
    answers = tomllib.loads(INTAKE[rule][0])
    assert len(answers) == 1 or all(rule not in standing(asked, {name: value}) for name, value in answers.items())


@pytest.mark.parametrize("code", ["not_sure", "not_asked", "declined"])
@pytest.mark.parametrize("rule", INTAKE)
def test_what_was_not_answered_contradicts_nothing(rule: str, code: str) -> None:
    asked = shipped().questionnaire("ms_als_intake")
    answers = {name: {"missing": code} for name in tomllib.loads(INTAKE[rule][0])}
    assert standing(asked, answers) == []


def test_the_brief_questions_know_the_rules_of_which_they_ask_all() -> None:
    asked = shipped().questionnaire("ms_als_brief")
    answers = 'swallowing = "no"\nchoking_signs = ["cough_on_drinks"]\nchoking_when = "last_days"\n'
    answers += 'course_so_far = "single_attack"\nepisodes = [{ episode_when = "2024" }, { episode_when = "2025" }]'
    assert standing(asked, answers) == ["single_attack_of_several", "choking_without_trouble"]


def test_a_person_of_140_is_nobody_and_one_of_110_may_be() -> None:
    asked = shipped().questionnaire("ms_als_intake")
    assert standing(asked, 'age_at_onset = 100\nonset_date = "40 years ago"') == ["older_than_anybody"]
    assert standing(asked, 'age_at_onset = 100\nonset_date = "10 years ago"') == []


# What is compared, and when it is certain

DATES = """
[[item]]
id = "start"
type = "date"
[[item]]
id = "other"
type = "date"
[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 120
[[item]]
id = "now"
type = "number"
unit = "years"
min = 0
max = 120
[[consistency]]
id = "before"
say = "The other is before the start."
say_patient = "The other is before the start."
when = { date = "other", before = "start" }
[[consistency]]
id = "above"
say = "The age then is above the age now."
say_patient = "The age then is above the age now."
when = { number = "age", above = "now" }
[[consistency]]
id = "too_old"
say = "The age then and the time since make more than the age now."
say_patient = "The age then and the time since make more than the age now."
when = { age = "age", on = "start", now_above_item = "now", by_more_than = 1 }
[[consistency]]
id = "too_young"
say = "The age then and the time since make less than the age now."
say_patient = "The age then and the time since make less than the age now."
when = { age = "age", on = "start", now_below_item = "now", by_more_than = 1 }
"""


@pytest.mark.parametrize(
    ("other", "start", "fits"),
    [
        ("2020", "2021", False),
        ("2020", "2020", True),
        ("2020-06", "2020", True),
        ("2020-06-30", "2020-07", False),
        ("2020-07-01", "2020-07", True),
        ("2020-summer", "2020-winter", True),
        ("6 years ago", "5 years ago", True),
        ("7 years ago", "5 years ago", False),
        ("2 days ago", "1 days ago", False),
        ("1 days ago", "2 days ago", True),
        ("2024-02-29", "2 years ago", True),
        ("2019", "5 years ago", False),
    ],
)
def test_a_date_is_before_another_only_where_every_day_it_may_mean_is(other: str, start: str, fits: bool) -> None:
    assert (standing(questionnaire(DATES), {"other": other, "start": start}) == []) is fits


@pytest.mark.parametrize(
    ("age", "start", "now", "held"),
    [
        (30, "10 years ago", 40, []),
        (30, "10 years ago", 42, []),
        (30, "10 years ago", 43, ["too_young"]),
        (30, "10 years ago", 39, []),
        (30, "10 years ago", 36, ["too_old"]),
        (50, "10 years ago", 45, ["above", "too_old"]),
        (50, "2016", 60, []),
    ],
)
def test_an_age_grows_with_the_time_since_and_a_guess_of_a_year_is_none(
    age: int, start: str, now: int, held: list[str]
) -> None:
    assert standing(questionnaire(DATES), {"age": age, "start": start, "now": now}) == held


@given(st.integers(0, 4000), st.integers(0, 4000), st.sampled_from(["days", "weeks", "months", "years"]))
@settings(max_examples=100, deadline=None)
def test_of_two_dates_at_most_one_is_before_the_other(first: int, second: int, unit: str) -> None:
    asked = questionnaire(DATES)
    one, other = f"{first // 35} {unit} ago", f"{second} days ago"
    both = [standing(asked, {"other": one, "start": other}), standing(asked, {"other": other, "start": one})]
    assert both != [["before"], ["before"]]


ROUNDS = """
[[item]]
id = "start"
type = "date"
[[item]]
id = "attacks"
type = "group"
row_label = "Attack"
[[item.items]]
id = "attack_when"
type = "date"
[[consistency]]
id = "early"
say = "An attack is dated before the start."
say_patient = "A spell was before the start."
when = { item = "attacks", any_row = { date = "attack_when", before = "start" } }
"""


def test_one_round_of_many_is_compared_with_a_date_outside_whichever_is_answered_last() -> None:
    session = sitting(ROUNDS)
    asked = session.content.questionnaire
    attacks = asked.item("attacks").read(({"attack_when": "2025"}, {"attack_when": "2019"}), TODAY)
    session.post(Answered("attacks", attacks))
    assert session.mismatches == ()
    session.post(Jump("start"))
    session.post(Answered("start", asked.item("start").read("2021", TODAY)))
    assert [one.items for one in session.mismatches] == [("attacks", "start")]
    session.post(Answered("start", asked.item("start").read("2018", TODAY)))
    assert session.mismatches == ()
    session.post(Undo())
    assert [one.rule.id for one in session.new_mismatches] == ["early"]


# What counts for nothing

PAIR = """
[[item]]
id = "never"
type = "yes_no"
yes = { excludes = ["lost_sight"] }
no = { observes = ["lost_sight"] }
[[item]]
id = "once"
type = "yes_no"
[[item]]
id = "unrelated"
type = "yes_no"
yes = { observes = ["pain"] }
[[consistency]]
id = "both"
say = "Sight was never lost, and it was lost once."
say_patient = "You never lost sight, and you did once."
when = { all = [{ item = "never", is = "yes" }, { item = "once", is = "yes" }] }
counts_for_nothing = ["lost_sight"]
"""
EVIDENCE = evidence(finding("lost_sight optic_nerve 5 -5"), finding("pain pain 2 -2"))


def test_a_finding_counts_for_nothing_while_a_rule_says_so_and_as_before_when_it_is_put_right() -> None:
    session = Session(content(PAIR, evidence=EVIDENCE), DAY)
    item = session.content.questionnaire.item("never")
    yes, no = item.read("yes", TODAY), item.read("no", TODAY)

    def say(name: str, answer: Any) -> str:
        session.post(Jump(name))
        session.post(Answered(name, answer))
        assert session.findings == findings_of(session.interview.response), "kept up to date or worked out anew"
        return session.findings["lost_sight"].status

    assert [say("never", yes), say("once", yes), say("unrelated", yes)] == ["excluded", "unknown", "unknown"]
    assert session.findings["lost_sight"].set_aside == ("both",)
    assert session.findings["pain"].status == "observed"
    assert session.comparison is not None
    assert session.comparison.contributions["lost_sight"].counted_db == 0
    assert [say("once", no), say("never", no)] == ["excluded", "observed"]


@given(
    st.lists(st.tuples(st.sampled_from(["never", "once", "unrelated"]), st.sampled_from(["yes", "no"])), max_size=12)
)
@settings(max_examples=60, deadline=None)
def test_kept_up_to_date_it_says_what_a_new_look_says(answers: list[tuple[str, str]]) -> None:
    session = Session(content(PAIR, evidence=EVIDENCE), DAY)
    for name, value in answers:
        session.post(Jump(name))
        session.post(Answered(name, session.content.questionnaire.item(name).read(value, TODAY)))
        response = session.interview.response
        assert session.mismatches == session.content.questionnaire.consistency_watch.holding(response)
        assert session.findings == findings_of(response)


def test_an_answer_that_no_rule_looks_at_looks_at_no_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questionnaire(PAIR)
    watch, response = asked.consistency_watch, read(asked, "")
    before = watch.holding(response)
    monkeypatch.setattr(watch, "_rules", ())
    assert (
        watch.holding_after(before, response.with_answer("unrelated", asked.item("never").read("yes", TODAY))) is before
    )


# Where it is said


def test_line_by_line_it_is_said_once_after_the_answer_and_stands_on_the_check_page() -> None:
    said = script(sitting(PAIR), lines("1", "1", "1", ":s"))
    assert said.count("These do not fit together: Sight was never lost, and it was lost once.") == 1
    assert said.index("Recorded: Yes\nThese do not fit together") > 0
    assert "These do not fit together\nSight was never lost, and it was lost once." in said


def test_a_patient_is_asked_to_look_once_more_in_plain_words() -> None:
    said = script(sitting('voice = "patient"\n' + PAIR), lines("1", "1", ":s"))
    assert "Please look at this once more: You never lost sight, and you did once." in said
    assert "do not fit" not in said


def test_the_summary_lists_it_with_its_answers_and_what_is_set_aside_as_long_as_it_stands() -> None:
    session = Session(content(PAIR, evidence=EVIDENCE), DAY)
    for name in ("never", "once"):
        session.post(Jump(name))
        session.post(Answered(name, session.content.questionnaire.item(name).read("yes", TODAY)))
    summary = tomllib.loads(toml(session))
    [one] = summary["consistency"]
    assert one["says"] == "Sight was never lost, and it was lost once."
    assert one["items"] == ["never", "once"]
    assert one["answers"] == ["About never? Yes", "About once? Yes"]
    assert summary["finding_unknown"]["set_aside"] == [
        {"finding": "lost_sight", "because": ["Sight was never lost, and it was lost once."]}
    ]
    session.post(Answered("once", session.content.questionnaire.item("once").read("no", TODAY)))
    assert "consistency" not in tomllib.loads(toml(session))


def test_compare_and_replay_say_it_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.toml"
    head = 'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\nid = "old"\ntoday = 2026-03-01\n[answers]\n'
    case.write_text(
        head + 'age_at_onset = 80\nonset_date = "60 years ago"\ntests_done = ["none"]\nmri_brain = "normal"\n'
    )
    assert main(["compare", str(case)]) == 0
    said = capsys.readouterr().out
    assert (
        "These do not fit together: Age at onset and date of onset would make the person older than 110 today." in said
    )
    assert "For this, nothing is counted of: First symptom before 40" in said
    assert main(["replay", str(case), "-o", str(tmp_path / "out.toml")]) == 0
    out = capsys.readouterr()
    assert "age_at_onset, onset_date: these do not fit together" in out.err
    assert "tests_done, mri_brain: these do not fit together" in out.err
    summary = (tmp_path / "out.toml").read_text(encoding="utf-8")
    assert [one["rule"] for one in tomllib.loads(summary)["consistency"]] == [
        "older_than_anybody",
        "mri_brain_not_done",
    ]
    assert main(["replay", str(tmp_path / "out.toml"), "-o", str(tmp_path / "again.toml")]) == 0
    assert (tmp_path / "again.toml").read_text(encoding="utf-8") == summary, "a summary says the same again"


def test_items_list_the_rules() -> None:
    from msals_tui.report.items_json import items_json, items_text

    asked = shipped().questionnaire("ms_als_intake")
    assert '"when": {\n    "age": "age_at_onset",\n    "on": "onset_date",\n    "now_above": 110' in items_json(
        asked, english()
    )
    assert "  attack_before_onset: An attack is dated before the first symptom." in items_text(asked, english())


# What check holds


def of(text: str, base: str = "", **known: Any) -> list[Problem]:
    return list(problems(written(text), written(base) if base else None, **known))


RULE = """
[[consistency]]
id = "rule"
say = "One and the other."
say_patient = "One and the other."
when = {}
"""


@pytest.mark.parametrize(
    ("when", "code", "what"),
    [
        ('{ date = "oter", before = "start" }', "UNKNOWN_ITEM", 'looks at item "oter", which is not there'),
        ('{ date = "age", before = "start" }', "WRONG_TEST", 'needs a date in date, but "age" is a number question'),
        ('{ date = "other", before = "age" }', "WRONG_TEST", 'needs a date in before, but "age" is a number question'),
        ('{ date = "start", before = "start" }', "NEVER_TRUE", 'compares "start" with itself'),
        (
            '{ number = "age", above = "start" }',
            "WRONG_TEST",
            'needs a number in above, but "start" is a date question',
        ),
        ('{ number = "age", above = "size" }', "WRONG_TEST", "compares numbers of different units: cm, years"),
        (
            '{ age = "start", on = "other", now_above = 3 }',
            "WRONG_TEST",
            'needs a number in age, but "start" is a date',
        ),
        (
            '{ all = [{ item = "flag", is = "yes" }, { withdrawn = "start" }] }',
            "NEVER_TRUE",
            'waits for what no answer to "start" can be',
        ),
        ('{ number = "age", above = "old" }', "NEVER_TRUE", 'waits for what no answer to "age" can be'),
        ('{ item = "flag", is = "yes" }', "ONE_ITEM", "needs two answers that do not fit together, and names flag"),
        (
            '{ all = [{ item = "flag", is = "yes" }, { not = { item = "start", answered = true } }] }',
            "ONE_ITEM",
            "needs two answers that do not fit together, and names flag",
        ),
        (
            '{ all = [{ date = "other", before = "start" }, { item = "other", months_ago_below = 1 }, '
            '{ item = "start", months_ago_at_least = 12 }] }',
            "UNREACHABLE",
            "when can never be true",
        ),
        (
            '{ all = [{ number = "age", above = "now" }, { item = "age", at_most = 5 }, { item = "now", above = 9 }] }',
            "UNREACHABLE",
            "when can never be true",
        ),
        (
            '{ age = "age", on = "start", now_below_item = "now", by_more_than = 130 }',
            "NEVER_TRUE",
            'waits for what no answer to "age" can be',
        ),
        (
            '{ all = [{ item = "flag", is = "no" }, { item = "hidden", is = "yes" }] }',
            "UNREACHABLE",
            "when can never be true",
        ),
    ],
)
def test_each_mistake_in_a_rule_is_named_in_one_sentence(when: str, code: str, what: str) -> None:
    text = DATES.split("[[consistency]]", maxsplit=1)[0]
    text += '[[item]]\nid = "size"\ntype = "number"\nunit = "cm"\nmin = 0\nmax = 9\n'
    text += '[[item]]\nid = "old"\ntype = "number"\nunit = "years"\nmin = 120\nmax = 130\n'
    text += '[[item]]\nid = "flag"\ntype = "yes_no"\n'
    text += '[[item]]\nid = "hidden"\ntype = "yes_no"\nenable_when = { item = "flag", is = "yes" }\n'
    found = of(text + RULE.replace("when = {}", f"when = {when}"))
    assert [(one.place, one.code) for one in found if one.place == "rule"] == [("rule", code)]
    assert found[0].what.startswith(what)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('say_patient = "You never lost sight, and you did once."', ""), "NO_WORDS"),
        (("Sight was never lost, and it was lost once.", "It is wrong that sight was never lost."), "ACCUSING"),
        (("You never lost sight, and you did once.", "You must have made a mistake."), "ACCUSING"),
        (('counts_for_nothing = ["lost_sight"]', 'counts_for_nothing = ["lost_site"]'), "UNKNOWN_FINDING"),
    ],
)
def test_the_words_of_a_rule_are_looked_at_and_the_findings_that_it_names(change: tuple[str, str], code: str) -> None:
    assert PAIR.count(change[0]) == 1
    found = of(PAIR.replace(*change), findings={"lost_sight", "pain"})
    assert [(one.place, one.code) for one in found] == [("both", code)]


def test_a_rule_has_a_name_of_its_own_beside_those_of_the_base_too() -> None:
    taking = 'base = "test"\nid = "small"\n[[section]]\nid = "only"\ntake = ["never", "once"]\n'
    again = taking + PAIR[PAIR.index("[[consistency]]") :]
    assert [(one.place, one.code) for one in of(again, PAIR)] == [("both", "DUPLICATE_ID")]


def test_a_rule_of_the_base_is_no_mistake_where_not_all_of_it_is_asked() -> None:
    taking = 'base = "test"\nid = "small"\n[[section]]\nid = "only"\ntake = ["never"]\n'
    assert of(taking, PAIR) == []


def test_only_consistency_rules_look_at_answers_that_no_longer_count() -> None:
    text = '[[item]]\nid = "one"\ntype = "yes_no"\n[[item]]\nid = "two"\ntype = "yes_no"\nenable_when = { withdrawn = "one" }\n'
    [found] = [one for one in of(text) if one.place == "two"]
    assert (found.code, found.blocks) == ("WRONG_TEST", True)


def test_what_is_asked_may_hang_on_two_dates_and_follows_both() -> None:
    text = DATES.split("[[consistency]]", maxsplit=1)[0]
    text += '[[item]]\nid = "why"\ntype = "yes_no"\nenable_when = { date = "other", before = "start" }\n'
    asked = questionnaire(text)
    assert [one.code for one in of(text)] == []
    response = read(asked, {"other": "2020"})
    assert "why" not in response.asked
    assert "why" in response.with_answer("start", asked.item("start").read("2021", TODAY)).asked


@pytest.mark.parametrize(
    "when",
    [
        '{ all = [{ date = "other", before = "start" }, { item = "other", months_ago_at_least = 1 }, '
        '{ item = "start", months_ago_at_least = 600 }] }',
        '{ all = [{ date = "other", before = "start" }, { item = "other", months_ago_below = 12 }, '
        '{ item = "start", months_ago_below = 6 }] }',
        '{ all = [{ age = "age", on = "start", now_above = 118 }, { item = "age", below = 30 }] }',
        '{ all = [{ number = "age", above = "now" }, { item = "now", at_least = 119 }] }',
    ],
)
def test_a_rule_that_some_answers_make_hold_is_never_called_unreachable(when: str) -> None:
    text = DATES.split("[[consistency]]", maxsplit=1)[0]
    assert of(text + RULE.replace("when = {}", f"when = {when}")) == []


def test_the_words_of_a_rule_are_translated() -> None:
    from msals_tui.questionnaire.translation import texts_of, translated

    file = written(PAIR)
    assert {one.loc for one in texts_of(file)} >= {
        ("consistency", "both", "say"),
        ("consistency", "both", "say_patient"),
    }
    spoken = translated(file, {"consistency": {"both": {"say": "Beides."}}})
    assert spoken.consistency[0].say == "Beides."


def test_a_translation_that_lacks_the_words_of_a_rule_is_told_so() -> None:
    from msals_tui.questionnaire.translation import TranslationFile, translation_problems

    file = TranslationFile(schema_="msals-translation/1", language="xx", questionnaire="test", words={})
    missing = [one for one in translation_problems(file, written(PAIR), "en") if one.place == "both"]
    assert [(one.code, one.what) for one in missing] == [
        ("NO_WORDS", "say is not translated"),
        ("NO_WORDS", "say_patient is not translated"),
    ]


def test_nothing_is_said_to_a_patient_of_an_answer_that_is_never_shown_again() -> None:
    hidden = PAIR.replace('id = "once"\ntype = "yes_no"', 'id = "once"\ntype = "yes_no"\nprivate = true')
    [found] = [one for one in of(hidden) if one.place == "both"]
    assert found.code == "PRIVATE"
    assert of(hidden.replace('say_patient = "You never lost sight, and you did once."\n', "")) == []


def test_a_round_and_an_answer_that_are_never_asked_together_are_named() -> None:
    text = '[[item]]\nid = "flag"\ntype = "yes_no"\n' + ROUNDS.replace(
        'id = "start"\ntype = "date"', 'id = "start"\ntype = "date"\nenable_when = { item = "flag", is = "yes" }'
    ).replace("\nwhen = { item =", '\nwhen.all = [{ item = "flag", is = "no" }, { item =').replace(
        'before = "start" } }', 'before = "start" } }]'
    )
    assert [(one.place, one.code) for one in of(text)] == [("early", "UNREACHABLE")]


def test_a_sitting_of_the_full_intake_says_it_on_the_card_that_follows() -> None:
    session = Session(load_content(shipped(), "ms_als_intake"), DAY)
    asked = session.content.questionnaire
    for name, value in (("age_at_onset", 80), ("onset_date", "60 years ago")):
        session.post(Jump(name))
        session.post(Answered(name, asked.item(name).read(value, TODAY)))
    [line] = session.mismatch_lines(english())
    assert line.startswith("These do not fit together: Age at onset")
    assert session.mismatch_lines(english(), "age_at_onset") == (line,)
    assert session.mismatch_lines(english(), "first_problem") == ()
