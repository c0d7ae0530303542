"""The sums, line by line, for staff who listen; and the help, which tells a patient of no command for staff."""

from pathlib import Path

from evidences import TWO_SIGNS, TWO_SIGNS_WEIGHED, evidence, finding, look_alike
from msals_tui.content.case_files import FindingsInput, read_case
from msals_tui.report.comparison_text import comparison_text
from msals_tui.session.compare_case import compare_findings
from sittings import english, lines, script, sitting

STAFF_ONLY = (":v", ":elsewhere", ":reference", ":sums")


def test_staff_hear_what_the_word_rests_on_and_every_step_of_the_sums() -> None:
    said = script(sitting(TWO_SIGNS, evidence=TWO_SIGNS_WEIGHED), lines("1", "1", ":sums"))
    assert "Observed for ALS, in dB by group: 8.0 Motor signs." in said
    assert "Motor signs: -8.0 dB.\nALS: 6.0 stiff + 4.0/2 weak = 8.0\n" in said
    assert "Towards MS 0.0 dB, towards ALS 8.0 dB, difference -8.0 dB; without background -8.0 dB." in said


def test_nobody_hears_the_sums_in_a_blind_sitting() -> None:
    said = script(sitting(TWO_SIGNS, evidence=TWO_SIGNS_WEIGHED), lines("1", "1", ":sums"), blind=True)
    assert "dB" not in said
    assert "The comparison is hidden." in said


def test_a_patient_hears_no_sums_and_of_no_command_for_staff() -> None:
    said = script(sitting('voice = "patient"\n' + TWO_SIGNS, evidence=TWO_SIGNS_WEIGHED), lines(":h", ":sums"))
    assert "dB" not in said
    assert "There is no comparison here." in said
    assert "staff" not in said.partition(":b goes back")[2]
    assert not [one for one in STAFF_ONLY if one in said]
    assert ":8 I am not sure. :9 Skip this one. :0 I would rather not say." in said


def test_staff_hear_of_every_command() -> None:
    said = script(sitting(TWO_SIGNS, evidence=TWO_SIGNS_WEIGHED), lines(":h"))
    assert [one for one in STAFF_ONLY if one in said] == list(STAFF_ONLY)


def test_a_look_alike_that_only_a_finding_keeps_open_says_which_one(tmp_path: Path) -> None:
    neck = finding("sore_neck - 0 0", points="elsewhere", strength="weak", look_alikes=("cord",))
    path = tmp_path / "case.toml"
    path.write_text('schema = "msals-findings/1"\nid = "neck"\nobserved = ["sore_neck"]\nexcluded = []\n')
    file, case = read_case(str(path))
    assert isinstance(case, FindingsInput)
    known = evidence(neck, look_alikes=(look_alike("cord", withhold={"finding": "sore_neck", "is": "excluded"}),))
    assert "Still open: cord. Raised by: sore neck." in list(
        comparison_text(compare_findings(file, case, known), english())
    )
