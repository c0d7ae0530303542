"""Replay: answers without a screen. A summary gives the same bytes again; an answers file gives a marked summary."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from msals_tui.content.case_files import FindingsInput, read_case
from msals_tui.errors import ContentFaults, InputFault
from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import GroupItem, Row, Rows
from msals_tui.questionnaire.kinds.text import Text, TextItem
from msals_tui.records.hand_over import summary_text
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import Replayed, replay
from msals_tui.session.session import Content, Session
from sittings import CLOCK, RULE, content, english, shipped, toml
from walks import walk

ASKED = """
[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "why_so"
type = "long_text"
max_length = 20
enable_when = { item = "breath", is = "yes" }

[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110

[[item]]
id = "begin"
type = "date"

[[item]]
id = "side"
type = "choice"
options = ["left", "right"]

[[item]]
id = "attacks"
type = "group"
row_label = "Attack"

[[item.items]]
id = "attack_when"
type = "date"
"""


@pytest.fixture(scope="module")
def asked() -> Content:
    """A small questionnaire with a safety rule."""
    return content(ASKED, safety=RULE, evidence=shipped().evidence)


def replayed(text: str, asked: Content, folder: Path) -> Replayed:
    """A case file with this text, replayed."""
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert not isinstance(case, FindingsInput)
    return replay(file, case, asked, english)


def answers_file(answers: str, more: str = "") -> str:
    """An answers file to the small questionnaire."""
    return f'schema = "msals-answers/1"\nquestionnaire = "test"\n{more}\n[answers]\n{answers}\n'


def text_of(one: Replayed) -> str:
    """The summary that a replay writes."""
    return summary_text(one.session, english())


def test_an_answers_file_gives_a_summary_that_says_it_was_replayed(asked: Content, tmp_path: Path) -> None:
    one = replayed(answers_file('side = "left"\nage = {missing = "declined"}'), asked, tmp_path)
    summary = tomllib.loads(text_of(one))
    assert summary["origin"] == "replayed"
    assert summary["answers"] == {"age": {"missing": "declined"}, "side": "left"}
    assert summary["status"] == "partial"


def test_today_and_id_of_an_answers_file_make_its_replay_repeatable(asked: Content, tmp_path: Path) -> None:
    text = answers_file('begin = "8 months ago"', 'today = 2025-01-31\nid = "case-1"')
    one, again = replayed(text, asked, tmp_path), replayed(text, asked, tmp_path)
    assert text_of(one) == text_of(again)
    assert one.session.interview.response.today.isoformat() == "2025-01-31"
    assert one.session.id == "case-1"


def test_the_order_of_an_answers_file_does_not_matter(asked: Content, tmp_path: Path) -> None:
    head = 'today = 2025-01-31\nid = "x"'
    one = replayed(answers_file('side = "left"\nbreath = "no"', head), asked, tmp_path)
    other = replayed(answers_file('breath = "no"\nside = "left"', head), asked, tmp_path)
    assert text_of(one) == text_of(other)


def test_answers_to_questions_that_are_not_asked_are_kept_as_withdrawn(asked: Content, tmp_path: Path) -> None:
    one = replayed(answers_file('breath = "no"\nwhy_so = "it hurts"'), asked, tmp_path)
    summary = tomllib.loads(text_of(one))
    assert summary["answers"] == {"breath": "no"}
    assert summary["withdrawn"] == {"why_so": "it hurts"}


def test_every_fault_is_named_with_its_line_and_what_to_do(asked: Content, tmp_path: Path) -> None:
    faulty = (
        'sid = "left"\nage = 200\nside = "up"\nbegin = "soon"\nattacks = [{when = "2019"}]\nbreath = 1\nwhy_so = ""'
    )
    with pytest.raises(ContentFaults) as found:
        replayed(answers_file(faulty), asked, tmp_path)
    said = [str(fault) for fault in found.value.faults]
    assert [fault.line for fault in found.value.faults] == list(range(5, 12))
    assert 'did you mean "side"?' in said[0]
    assert "lies outside 0 to 110 years" in said[1]
    assert 'write one of "left" (Left), "right" (Right)' in said[2]
    assert "case.toml:8: begin: ANSWER" in said[3]
    assert 'attacks has no question "when"; did you mean "attack_when"' in said[4]
    assert 'write one of "yes"' in said[5]
    assert "needs a text" in said[6]


def test_a_note_on_an_unknown_question_is_a_fault_too(asked: Content, tmp_path: Path) -> None:
    with pytest.raises(ContentFaults, match="no question of this name"):
        replayed(answers_file("", "notes = {nobody = 'x'}"), asked, tmp_path)


def test_text_that_loses_characters_on_the_way_in_is_remarked_on(asked: Content, tmp_path: Path) -> None:
    text = answers_file(
        'breath = "yes"\nwhy_so = "a\\u001Bb and much more than can be kept"', "notes = {age = '\u202e'}"
    )
    one = replayed(text, asked, tmp_path)
    assert one.session.interview.response.given["why_so"] == Text("a\ufffdb and much more th")
    assert [remark.split(": ", 1)[1] for remark in one.remarks] == [
        "why_so: characters of the text that could not be kept as they were: 15",
        "age: characters of the text that could not be kept as they were: 1",
    ]


def test_another_questionnaire_than_the_one_answered_is_refused(asked: Content, tmp_path: Path) -> None:
    with pytest.raises(InputFault, match='answers are to questionnaire "other"'):
        replayed('schema = "msals-answers/1"\nquestionnaire = "other"\n', asked, tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "does not say that it holds a case"),
        ('schema = "msals-answers/9"', "does not say that it holds a case"),
        ('schema = "msals-answers/1"\nquestionnaire = "test"\nanswer = 1', "SHAPE"),
        ('schema = "msals-answers/1"\nquestionnaire = 1', "SHAPE"),
        ("schema = [" * 600, "brackets stand more than"),
    ],
)
def test_what_is_no_case_is_refused_in_one_sentence(text: str, said: str, asked: Content, tmp_path: Path) -> None:
    with pytest.raises(InputFault, match=said) as fault:
        replayed(text, asked, tmp_path)
    assert "\n" not in str(fault.value)


def test_a_summary_keeps_id_times_decisions_marks_and_origin(asked: Content, tmp_path: Path) -> None:
    one = replayed(answers_file('breath = "yes"', 'today = 2025-01-31\nid = "first"'), asked, tmp_path)
    one.session.decide("breathless", "known")
    text = text_of(one)
    again = replayed(text, asked, tmp_path)
    assert text_of(again) == text
    assert again.session.origin == "replayed"
    assert again.session.decisions["breathless"].choice == "known"
    assert not again.remarks


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_summary_of_any_walk_gives_the_same_bytes(asked: Content, tmp_path: Path, draw: st.DataObject) -> None:
    session = Session(asked, CLOCK)
    walk(draw, session)
    text = toml(session)
    again = replayed(text, asked, tmp_path)
    assert text_of(again) == text
    assert again.session.interview.response == session.interview.response
    assert again.session.interview.recheck == session.interview.recheck


def test_a_summary_of_another_version_is_remarked_on(asked: Content, tmp_path: Path) -> None:
    one = replayed(answers_file('side = "left"'), asked, tmp_path)
    other = content(ASKED.replace('"right"', '"right", "both"'), safety=RULE, evidence=shipped().evidence)
    again = replayed(text_of(one).replace('safety = "1.0.0"', 'safety = "0.9.0"'), other, tmp_path)
    assert any("made with questionnaire test 1.0.0" in remark for remark in again.remarks)
    assert any("made with safety 0.9.0, replayed with 1.0.0" in remark for remark in again.remarks)
    assert again.session.interview.response.given == {"side": Choice(("left",))}


def test_a_decision_about_a_rule_that_no_longer_fires_is_left_out_aloud(asked: Content, tmp_path: Path) -> None:
    one = replayed(answers_file('breath = "yes"'), asked, tmp_path)
    one.session.decide("breathless", "told")
    again = replayed(text_of(one).replace('breath = "yes"', 'breath = "no"'), asked, tmp_path)
    assert not again.session.decisions
    assert any("no longer fired" in remark for remark in again.remarks)


def test_the_largest_intake_that_there_can_be_is_replayed_with_the_same_bytes(tmp_path: Path) -> None:
    library = shipped()
    whole = load_content(library, "ms_als_intake")
    session = Session(whole, CLOCK)
    given, notes = {}, {}
    for item in whole.questionnaire.items:
        notes[item.id] = "\u0416" * NOTE_LENGTH
        if isinstance(item, TextItem):
            given[item.id] = Text("\u0416" * item.max_length)
        elif isinstance(item, GroupItem):
            row = tuple((one.id, Text("\u0416" * one.max_length)) for one in item.items if isinstance(one, TextItem))
            dates = tuple((one.id, PartialDate("2019-spring")) for one in item.items if isinstance(one, DateItem))
            given[item.id] = Rows((Row((*dates, *row)),) * item.max_rows)
        elif isinstance(item, GridItem):
            given[item.id] = item.read(
                {row.code: (item.marks_in(row.code)[0],) for row in item.rows}, session.started.date()
            )
        elif codes := item.codes:
            given[item.id] = Choice(codes[:1])
    session.restore(given, notes=notes)
    text = toml(session)
    assert len(text.encode()) > 256 * 1024
    path = tmp_path / "largest.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert not isinstance(case, FindingsInput)
    assert text_of(replay(file, case, whole, english)) == text


def test_a_note_and_a_long_text_stand_in_the_summary_once_for_readers(asked: Content) -> None:
    session = Session(asked, CLOCK)
    session.restore({"breath": Choice(("yes",)), "why_so": Text("it hurts")}, notes={"breath": "said slowly"})
    text = toml(session)
    assert text.count("said slowly") == 1
    assert text.count("it hurts") == 2, "in the person's own words, and in the answers that replay reads"


def test_two_questions_of_a_round_that_are_worded_alike_are_both_in_the_summary() -> None:
    alike = 'ask = "Which one?"\ntype = "choice"\noptions = ["left", "right"]\n'
    group = (
        f'[[item]]\nid = "rounds"\ntype = "group"\nrow_label = "Round"\n\n[[item.items]]\nid = "first"\n{alike}\n'
        f'[[item.items]]\nid = "second"\n{alike}'
    )
    session = Session(content(group), CLOCK)
    session.restore({"rounds": Rows((Row((("first", Choice(("left",))), ("second", Choice(("right",))))),))}, notes={})
    (round_,) = tomllib.loads(toml(session))["section"][0]["item"][0]["round"]
    assert round_ == {
        "first": {"question": "Which one?", "answer": "Left"},
        "second": {"question": "Which one?", "answer": "Right"},
    }


def test_an_answer_of_a_round_that_does_not_apply_is_left_out_of_an_answers_file(tmp_path: Path) -> None:
    group = (
        '[[item]]\nid = "rounds"\ntype = "group"\nrow_label = "Round"\n\n[[item.items]]\nid = "sight"\ntype = "yes_no"\n'
        '[[item.items]]\nid = "eye"\ntype = "yes_no"\nenable_when = { item = "sight", is = "yes" }\n'
    )
    one = replayed(answers_file('rounds = [{sight = "no", eye = "yes"}]'), content(group), tmp_path)
    assert tomllib.loads(text_of(one))["answers"] == {"rounds": [{"sight": "no"}]}
