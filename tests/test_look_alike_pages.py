"""What is said of each look-alike: for and against, which answers raised it, what would settle it; on paper and in core."""

import re
import tomllib
from pathlib import Path

import pytest

from golden import FOLDER, LOOK_ALIKES, walked
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.look_alike import LookAlikeFacts, Presence, look_alike_facts, presence
from msals_tui.evidence.model import Feature
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.questionnaire.validate import validated
from msals_tui.report.comparison_text import comparison_text
from msals_tui.report.look_alike_text import look_alike_lines, standing_sentence
from msals_tui.session.compare_case import compare_session
from sittings import english, lines, script, shipped, toml
from small_library import line_of, write

NECK = "neck_painless_man_61_exam"
SAYS_YOU_HAVE_IT = re.compile(r"\byou (?:may |might |probably )?have\b|\bdiagnosis is\b|\bprobab", re.IGNORECASE)


def facts_of(name: str) -> dict[str, LookAlikeFacts]:
    """What is said of every look-alike at the end of a story."""
    return {one.look_alike.id: one for one in walked(name).session.look_alikes}


def feature(*findings: str, shown_by: str = "observed") -> Feature:
    return validated(Feature, {"text": "It shows.", "findings": findings, "shown_by": shown_by, "read": False})


# What is there


@pytest.mark.parametrize(
    ("first", "second", "seen", "missing"),
    [
        ("observed", "unknown", "there", "not_there"),
        ("observed", "excluded", "there", "not_there"),
        ("excluded", "excluded", "not_there", "there"),
        ("excluded", "unknown", "not_known", "not_known"),
        ("unknown", "unknown", "not_known", "not_known"),
    ],
)
def test_one_sign_is_enough_for_a_feature_and_none_at_all_needs_every_sign_looked_for(
    first: FindingStatus, second: FindingStatus, seen: Presence, missing: Presence
) -> None:
    known = {"a": first, "b": second}
    assert presence(feature("a", "b"), known) == seen
    assert presence(feature("a", "b", shown_by="excluded"), known) == missing


def test_a_feature_that_no_question_asks_about_is_told_apart_from_one_that_is_not_known() -> None:
    assert presence(feature(), {}) == "not_asked"
    assert presence(feature("a"), {}) == "not_known"


def test_somebody_who_is_not_sure_of_anything_shows_nothing_for_or_against_any_look_alike() -> None:
    found = facts_of("not_sure_of_anything")
    assert {one.standing for one in found.values()} <= {"open", "remark"}
    assert {one.count("there") for one in found.values()} == {(0, 0)}


# A patient who fits a neck


def test_a_painless_neck_is_said_to_fit_neither_with_the_answers_that_raised_it() -> None:
    walk = walked(NECK)
    first, *_ = walk.session.look_alikes
    assert first.look_alike.id == "cervical_myelopathy"
    assert (first.standing, first.by_rule) == ("suggested", True)
    sentence = standing_sentence(shipped().evidence, first, english())
    assert "fit neither MS nor ALS well; think of: Degenerative cervical myelopathy" in sentence
    assert {"exam_upper_signs", "stiffness"} <= set(first.items)
    assert set(first.items) <= walk.session.interview.response.given.keys()
    there = {one.feature.text for one in first.speaks_for if one.presence == "there"}
    assert "Stiff limbs, brisk reflexes or an upgoing toe." in there
    assert dict(first.tests) == {"mri_cord_compression": "unknown"}


def test_its_image_is_known_once_it_was_made() -> None:
    neck = facts_of("neck_painless_man_61_mri")["cervical_myelopathy"]
    assert dict(neck.tests) == {"mri_cord_compression": "observed"}
    assert "mri_cord" in neck.items


def test_what_is_ruled_out_says_by_which_answers() -> None:
    nerve = facts_of(NECK)["mmn"]
    assert nerve.standing == "ruled_out"
    assert "exam_upper_signs" in nerve.items
    assert nerve.count("there")[1] > 0
    assert nerve.says == ("An upper motor sign was found.",)


def test_a_finding_alone_names_a_look_alike_without_saying_that_neither_fits() -> None:
    evidence = shipped().evidence
    found = {
        one.look_alike.id: one
        for one in look_alike_facts(evidence, compare(evidence, {"csf_marked_pleocytosis": "observed"}), {})
    }
    optica = found["nmosd"]
    assert (optica.standing, optica.by_rule, optica.findings, optica.items) == (
        "suggested",
        False,
        ("csf_marked_pleocytosis",),
        (),
    )
    assert standing_sentence(evidence, optica, english()).startswith("Think also of: Neuromyelitis optica")


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_what_is_named_comes_first_says_why_and_never_that_somebody_has_it(name: str) -> None:
    session = walked(name).session
    evidence = shipped().evidence
    standings = [one.standing for one in session.look_alikes]
    order = ("suggested", "remark", "open", "ruled_out")
    assert standings == sorted(standings, key=order.index)
    for one in session.look_alikes:
        if one.standing != "open":
            assert one.items, f"{one.look_alike.id} without an answer behind it"
        said = " ".join(look_alike_lines(evidence, one, session.interview.response, english()))
        asked = [session.content.questionnaire.item(item).ask for item in one.items]
        assert all(question in said for question in asked)
        assert not SAYS_YOU_HAVE_IT.search(said), said


# Content


def test_every_look_alike_has_something_for_it_and_against_it_that_answers_can_show() -> None:
    for one in shipped().evidence.look_alikes.values():
        assert any(feature.findings for feature in one.feature), one.id
        assert any(feature.findings for feature in one.against), one.id
        assert one.tests or one.id == "stroke" or one.id not in LOOK_ALIKES, one.id


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('text = "Both sides."', 'text = "Both sides.", findings = ["both_side"]', "UNKNOWN_FINDING"),
        ('text = "Both sides."', 'text = "Both sides.", shown_by = "excluded"', "NO_FINDING"),
        ('settled_by = "A blood test."', 'settled_by = "A."\ntests = ["blood"]', "UNKNOWN_FINDING"),
        (
            'feature = [{ text = "Both sides."',
            'against = [{ text = "One side.", read = true }]\nfeature = [{ text = "Both sides."',
            "NO_SOURCE",
        ),
    ],
)
def test_a_feature_that_names_what_is_not_there_is_a_fault_with_its_line(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    folder = write(tmp_path, ("evidence/look_alikes.toml", old, new))
    (fault,) = check([folder], Library(folder))
    line = line_of("evidence/look_alikes.toml", old) + new.partition("tests")[0].count("\n") * ("tests" in new)
    assert (fault.code, fault.place, fault.line) == (code, "other", line)


# In words and in the summary


def test_the_comparison_in_words_names_remarks_with_what_would_settle_them() -> None:
    walk = walked("als_limb_man_63_history")
    remarks = [one for one in walk.session.look_alikes if one.standing == "remark"]
    assert remarks
    said = list(comparison_text(compare_session(walk.session, kind="answers"), english()))
    for one in remarks:
        at = next(number for number, line in enumerate(said) if line.startswith(f"Still open: {one.look_alike.name}."))
        assert one.says[0] in said[at]
        assert said[at + 1] == f"What would settle it: {one.look_alike.settled_by}"


def test_the_summary_holds_what_is_for_and_against_each_look_alike_that_is_not_open() -> None:
    session = walked(NECK).session
    told = {one["id"]: one for one in tomllib.loads(toml(session))["comparison"]["look_alike"]}
    assert told.keys() == {one.look_alike.id for one in session.look_alikes if one.standing != "open"}
    neck = told["cervical_myelopathy"]
    assert neck["standing"] == "suggested"
    assert "fit neither" in neck["in_words"]
    assert neck["raised_by"]
    assert "Stiffness of the limbs? Both legs" in neck["answers"]
    assert "Clumsy hands or an unsteady walk." in neck["speaks_for"]
    assert neck["speaks_against"] == []
    assert "Attacks that recover by themselves." in neck["not_there_against"]
    assert (neck["settled_by"][:3], neck["known_already"]) == ("MRI", [])
    assert told["mmn"]["ruled_out_by"]
    assert told["mmn"]["raised_by"] == []
    known = tomllib.loads(toml(walked("neck_painless_man_61_mri").session))["comparison"]["look_alike"]
    assert {one["id"]: one["known_already"] for one in known}["cervical_myelopathy"] == [
        "Cord MRI: cord compressed: yes."
    ]


# Line by line


def test_elsewhere_says_the_same_facts_line_by_line_and_changes_nothing() -> None:
    session = walked(NECK).session
    before = session.interview
    said = script(session, lines(":elsewhere"))
    assert "fit neither MS nor ALS well; think of: Degenerative cervical myelopathy." in said
    assert "Stiffness of the limbs? Both legs" in said
    assert "What would settle it: MRI of the neck" in said
    assert "Multifocal motor neuropathy" not in said, "it is ruled out"
    assert session.interview == before


def test_elsewhere_is_not_told_in_a_blind_sitting() -> None:
    said = script(walked(NECK).session, lines(":elsewhere"), blind=True)
    assert "The comparison is hidden." in said
    assert "myelopathy" not in said


def test_elsewhere_is_not_told_to_a_patient() -> None:
    said = script(walked("brief_neck_man_59").session, lines(":elsewhere"))
    assert "There is no comparison here." in said
    assert "myelopathy" not in said


def test_elsewhere_says_so_where_nothing_points_there() -> None:
    assert "That excludes nothing." in script(walked("asked_nothing").session, lines(":elsewhere"))
