"""What was answered to questions of earlier versions counts as it did: answers files, summaries, drafts and their notes."""

import json
from pathlib import Path
from typing import Any

import pytest

import grids
from builders import questionnaire, written
from golden import walk
from msals_tui.content.case_files import AnswersFile, SummaryFile, read_case
from msals_tui.errors import ContentFaults
from msals_tui.interview.events import NOTE_LENGTH, Answered, Jump, Noted
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.carried import carried_notes, carried_over
from msals_tui.questionnaire.checks import problems
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.records.drafts import Draft, carry_over, read_draft
from msals_tui.records.entries import wording_of
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.replay import content_for, replay
from msals_tui.session.session import Content, Session
from scenario import TODAY
from sittings import CLOCK, RULE, content, english, shipped, toml

HERE = Path(__file__).parent
STORED = json.loads((HERE / "carried.json").read_text())
"""Which findings of the examination each file showed when its questions were asked one by one, by their number."""

CARRIED = (
    grids.POWER
    + """
[[carried]]
item = "wasting"
wording = "00000000"
to = "power"
mark = "wasted"
clear = "none"
rows = { throat = "neck", right = "right_arm", left = "left_arm", trunk = "trunk" }
[[carried]]
item = "weakness"
wording = "11111111"
to = "power"
mark = "weak"
clear = "no"
rows = { yes = "neck" }
"""
)


@pytest.mark.parametrize("name", STORED["cases"])
def test_the_examination_of_an_earlier_file_shows_what_it_showed(name: str) -> None:
    file, case = read_case(str(HERE / name))
    assert isinstance(case, AnswersFile)
    findings = replay(file, case, content_for(file, case, shipped(), None), english).session.findings
    numbers = {"observed": [], "excluded": []}
    for number, finding in enumerate(STORED["findings"]):
        if findings[finding].status != "unknown":
            numbers[findings[finding].status].append(number)
    assert numbers == STORED["cases"][name]


def carried(**answers: Any) -> dict[str, Any]:
    return carried_over(asked(), answers).answers


def asked() -> Questionnaire:
    return questionnaire(CARRIED)


def read(**answers: Any) -> Any:
    return asked().item("power").read(carried(**answers)["power"], TODAY)


def test_options_become_marks_and_what_was_not_chosen_is_clear() -> None:
    wasted = read(wasting=("right",), weakness="no")
    assert wasted == grids.power(
        neck={"marks": ["normal"], "not_asked": ["twitching"]},
        right_arm={"marks": ["wasted"], "not_asked": ["twitching", "weak"]},
        left_arm={"marks": ["normal"], "not_asked": ["twitching", "weak"]},
        trunk={"marks": ["normal"], "not_asked": ["weak"]},
    )


def test_a_way_not_to_answer_is_kept_for_every_cell() -> None:
    assert read(wasting={"missing": "not_sure"}, weakness="yes") == grids.power(
        neck={"marks": ["weak"], "not_sure": ["wasted"], "not_asked": ["twitching"]},
        right_arm={"not_sure": ["wasted"], "not_asked": ["twitching", "weak"]},
        left_arm={"not_sure": ["wasted"], "not_asked": ["twitching", "weak"]},
        trunk={"not_sure": ["wasted"], "not_asked": ["weak"]},
    )
    declined = read(weakness={"missing": "declined"})
    assert not isinstance(declined, Missing)
    assert dict(declined.rows)["neck"].unknown[-1] == ("weak", MissingCode.DECLINED)


def test_what_belongs_nowhere_is_named() -> None:
    over = carried_over(asked(), {"wasting": ("everywhere",), "after": "yes"})
    assert over.answers == {"after": "yes"}
    assert "names no option that the question had" in str(over.faults["wasting"])
    over = carried_over(asked(), {"wasting": ("right",), "power": {"neck": "weak"}})
    assert over.answers == {"power": {"neck": "weak"}}
    assert "asked within power now" in str(over.faults["wasting"])


def test_a_decision_about_one_old_answer_is_about_the_whole_grid_while_that_answer_stands() -> None:
    everything = {"wasting": ("right",), "weakness": "yes"}
    about = carried_over(asked(), {"weakness": "yes"}, everything)
    assert about.answers == carried(**everything)
    assert carried_over(asked(), {"weakness": "no"}, everything).answers == carried(weakness="no")


def test_notes_follow_their_question() -> None:
    assert carried_notes(asked(), {"wasting": "left more", "weakness": "since May", "after": "x"}) == {
        "power": "left more\nsince May",
        "after": "x",
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('item = "wasting"', 'item = "after"'), "CARRIED_ITEM"),
        (('item = "wasting"', 'item = "weakness"'), "CARRIED_ITEM"),
        (('to = "power"', 'to = "powers"'), "UNKNOWN_ITEM"),
        (('mark = "weak"', 'mark = "weaker"'), "UNKNOWN_OPTION"),
        (('yes = "neck"', 'yes = "leg"'), "UNKNOWN_OPTION"),
    ],
)
def test_what_leads_nowhere_is_found_by_check(change: tuple[str, str], code: str) -> None:
    found = problems(written(CARRIED.replace(*change, 1)), None, sources=["test_source"])
    assert {one.code for one in found} == {code}
    assert all(one.blocks for one in found)


def test_a_file_that_names_old_and_new_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "both.toml"
    path.write_text(
        'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\n[answers]\nexamined = "yes"\n'
        'exam_wasting = ["right_arm"]\nexam_muscles = { right_arm = ["wasted"] }\n'
    )
    file, case = read_case(str(path))
    assert isinstance(case, AnswersFile)
    with pytest.raises(ContentFaults) as raised:
        replay(file, case, content_for(file, case, shipped(), None), english)
    [fault] = raised.value.faults
    assert (fault.line, fault.place) == (5, "exam_wasting")


def test_a_story_of_an_earlier_version_is_walked_through_the_grids() -> None:
    walked = walk("ms_brainstem_man_36_tests")
    assert walked.left_out == ()
    assert walked.never_asked == ()


def test_long_notes_on_several_old_questions_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    names = ("exam_tone", "exam_plantars", "exam_hoffmann")
    notes = "\n".join(f'{name} = "{name[5] * NOTE_LENGTH}"' for name in names)
    path.write_text(f'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\n[notes]\n{notes}\n')
    file, case = read_case(str(path))
    assert isinstance(case, AnswersFile)
    kept = replay(file, case, content_for(file, case, shipped(), None), english).session.interview.notes
    assert kept == {"exam_upper_signs": "\n".join(name[5] * NOTE_LENGTH for name in names)}


# Drafts and summaries

BEFORE = """
[[item]]
id = "wasting"
type = "several"
options = ["throat", "right", "left", "trunk", { code = "none", exclusive = true }]
[[item]]
id = "weakness"
type = "yes_no"
[[item]]
id = "after"
type = "yes_no"
"""
OLD_RULE, NEW_RULE = (
    RULE.replace('{ item = "breath", is = "yes" }', when)
    for when in ('{ item = "weakness", is = "yes" }', '{ item = "power", row = "neck", is = "weak" }')
)


def now() -> str:
    """The grids, with the wordings of the questions that they took the place of."""
    items = {item.id: wording_of(item) for item in questionnaire(BEFORE).items}
    return CARRIED.replace("00000000", items["wasting"]).replace("11111111", items["weakness"])


def draft_of(records: Records, asked: Content) -> Draft:
    """Wasted on the right and a weak neck, with notes, and what was decided about it."""
    recording = Recording(Session(asked, CLOCK), records, "en")
    for item, answer in (("wasting", Choice(("right",))), ("weakness", Choice(("yes",)))):
        recording.session.post(Jump(item))
        recording.session.post(Answered(item, answer))
        recording.session.post(Noted(item, f"a note on {item}"))
    for fired in recording.session.undecided():
        recording.session.decide(fired.rule.id, "told")
    assert recording.save()
    recording.close()
    return read_draft(records.read(CLOCK.id))


BOTH = grids.power(
    neck={"marks": ["weak"], "not_asked": ["twitching"]},
    right_arm={"marks": ["wasted"], "not_asked": ["twitching", "weak"]},
    left_arm={"marks": ["normal"], "not_asked": ["twitching", "weak"]},
    trunk={"marks": ["normal"], "not_asked": ["weak"]},
)


def test_a_draft_is_carried_over_with_its_answers_notes_and_decisions(tmp_path: Path) -> None:
    draft = draft_of(Records(tmp_path / "records"), content(BEFORE, safety=OLD_RULE))
    taken = carry_over(draft, content(now(), safety=NEW_RULE), CLOCK)
    interview = taken.session.interview
    assert interview.response.given == {"power": BOTH}
    assert interview.notes == {"power": "a note on wasting\na note on weakness"}
    assert (interview.recheck, taken.remarks) == (frozenset(), ())
    assert not taken.session.undecided()


def test_an_answer_whose_old_question_read_otherwise_is_marked_to_be_looked_at_again(tmp_path: Path) -> None:
    other = BEFORE.replace('id = "weakness"', 'id = "weakness"\nask = "Is it strong?"')
    draft = draft_of(Records(tmp_path / "records"), content(other, safety=OLD_RULE))
    taken = carry_over(draft, content(now(), safety=NEW_RULE), CLOCK)
    assert taken.session.interview.recheck == {"power"}
    assert [one.rule.id for one in taken.session.undecided()] == ["breathless"]


def test_a_summary_of_an_earlier_version_is_replayed_with_its_decisions(tmp_path: Path) -> None:
    session = Session(content(BEFORE, safety=OLD_RULE), CLOCK)
    session.restore(
        {"wasting": Choice(("right",)), "weakness": Choice(("yes",))}, notes={"weakness": "since May"},
        recheck=frozenset({"wasting"}),
    )  # fmt: skip
    session.decide("breathless", "known")
    path = tmp_path / "summary.toml"
    path.write_text(toml(session))
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    replayed = replay(file, case, content(now(), safety=NEW_RULE), english).session
    assert replayed.interview.response.given == {"power": BOTH}
    assert replayed.interview.notes == {"power": "since May"}
    assert replayed.interview.recheck == {"power"}
    assert not replayed.undecided()
