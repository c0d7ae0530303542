"""The kind of answer that is a grid: rows by a few marks, and cells that nobody knows of."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grids
from builders import questionnaire, tuples, written
from grids import power, signs
from msals_tui.errors import InputFault
from msals_tui.evidence.findings import findings_of
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.checks import problems
from msals_tui.questionnaire.condition import AnswerTest
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.grid import Grid, GridItem, Seen
from msals_tui.questionnaire.kinds.group import NO_ROWS
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.report.condition_words import condition_json, condition_words
from msals_tui.report.items_json import items_json, items_text
from scenario import TODAY
from sittings import english, lines, script, sitting, toml

POWER, SIGNS = grids.ASKED["power"], grids.ASKED["signs"]


def item_of(asked: Questionnaire) -> GridItem:
    return cast(GridItem, asked.items[0])


def holds(answer: Answer | None, **test: Any) -> bool:
    given_now = {"power": answer} if answer is not None else {}
    return AnswerTest(item="power", **test).holds(answer, Response(POWER, TODAY, given_now))


# Files


@pytest.mark.parametrize("asked", [POWER, SIGNS], ids=["several", "one"])
@given(st.data())
def test_what_a_file_holds_is_read_back_as_it_was(asked: Questionnaire, data: st.DataObject) -> None:
    item = item_of(asked)
    answer = data.draw(grids.answers(item))
    assert item.read(tuples(item.plain(answer)), TODAY) == answer


def test_rows_stand_in_a_file_as_short_as_can_be() -> None:
    written_down = {
        "right_arm": ["wasted", "weak"],
        "left_arm": "normal",
        "neck": {"missing": "not_sure"},
        "trunk": {"marks": ["weak"], "not_asked": ["wasted"]},
    }
    assert item_of(POWER).plain(power(**written_down)) == written_down
    assert item_of(SIGNS).plain(signs(droop="there")) == {"droop": "there"}


def test_rows_that_are_left_out_were_not_looked_at() -> None:
    answer = power(neck=["weak"])
    assert answer == power(
        neck=["weak"],
        right_arm={"missing": "not_asked"},
        left_arm={"missing": "not_asked"},
        trunk={"missing": "not_asked"},
    )
    assert power(neck={"missing": "not_sure"}, right_arm="normal") != power(right_arm="normal")


def test_a_grid_of_which_nothing_is_known_is_missing() -> None:
    assert power(neck={"missing": "not_asked"}) == Missing(MissingCode.NOT_ASKED)
    assert power(missing="declined") == Missing(MissingCode.DECLINED)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, "needs a table of its rows"),
        ({"leg": "weak"}, 'has no row "leg"'),
        ({"neck": "gone"}, 'names no mark of row "neck"'),
        ({"trunk": ["twitching"]}, 'names no mark of row "trunk"'),
        ({"neck": ["weak", "weak"]}, 'names no mark of row "neck"'),
        ({"neck": ["weak", "normal"]}, 'has too many marks in row "neck"'),
        ({"neck": []}, 'has no mark in row "neck"'),
        ({"neck": {"missing": "maybe"}}, "has an unknown missing code"),
        ({"neck": {"marks": ["weak"], "not_asked": ["weak"]}}, "a mark is there and not known"),
        ({"neck": {"not_asked": ["weak"]}}, 'has no mark in row "neck"'),
        ({"neck": {"maybe": ["weak"]}}, "has an unknown missing code"),
        ({"neck": 3}, 'names no mark of row "neck"'),
    ],
)
def test_what_is_no_answer_is_named_with_its_row(rows: dict[str, Any], said: str) -> None:
    with pytest.raises(InputFault, match=said):
        power(**rows)


def test_of_one_mark_a_row_only_one_is_taken() -> None:
    with pytest.raises(InputFault, match="too many marks"):
        signs(droop=["there", "not_there"])


# An answer in the making


@pytest.mark.parametrize("asked", [POWER, SIGNS], ids=["several", "one"])
@given(st.data())
def test_an_answer_that_is_opened_again_is_the_same_answer(asked: Questionnaire, data: st.DataObject) -> None:
    item = item_of(asked)
    answer = data.draw(grids.answers(item).filter(lambda one: isinstance(one, Grid)))
    assert item.made(item.chosen_in(answer), NO_ROWS) == answer


@pytest.mark.parametrize("asked", [POWER, SIGNS], ids=["several", "one"])
@given(st.data())
def test_whatever_is_picked_makes_an_answer_that_a_file_can_hold(asked: Questionnaire, data: st.DataObject) -> None:
    item = item_of(asked)
    chosen: frozenset[str] = frozenset()
    for entry in data.draw(st.lists(st.sampled_from(item.entries(NO_ROWS)), max_size=12)):
        chosen = item.picked(chosen, entry)
        answer = item.made(chosen, NO_ROWS)
        if answer is not None:
            assert item.read(tuples(item.plain(answer)), TODAY) == answer
            assert item.said(answer, english())


def test_normal_stands_alone_and_gives_way() -> None:
    item = item_of(POWER)
    chosen = item.picked(item.picked(frozenset(), "neck/weak"), "neck/wasted")
    assert item.seen_in(chosen, "neck").codes == ("wasted", "weak")
    chosen = item.picked(chosen, "neck/normal")
    assert item.seen_in(chosen, "neck").codes == ("normal",)
    assert item.seen_in(item.picked(chosen, "neck/weak"), "neck").codes == ("weak",)


def test_all_others_become_normal_at_one_key() -> None:
    item = item_of(POWER)
    chosen = item.picked(item.picked(frozenset(), "neck/weak"), "trunk/not_sure")
    made = item.made(item.picked(chosen, "others"), NO_ROWS)
    assert made == power(neck=["weak"], trunk={"missing": "not_sure"}, right_arm="normal", left_arm="normal")


def test_a_mark_that_nobody_looked_for_is_not_known_anywhere_else() -> None:
    item = item_of(POWER)
    chosen = item.picked(item.picked(item.picked(frozenset(), "neck/twitching"), "others"), "column/twitching")
    answer = item.made(chosen, NO_ROWS)
    assert holds(answer, mark="twitching", is_="neck")
    assert not holds(answer, mark="twitching", is_not="left_arm")
    assert holds(answer, mark="weak", is_="none")
    assert item.made(item.picked(chosen, "column/twitching"), NO_ROWS) == power(
        neck=["twitching"], right_arm="normal", left_arm="normal", trunk="normal"
    )


# Conditions


def test_a_row_is_asked_like_a_question_of_its_marks() -> None:
    answer = power(neck=["weak", "wasted"], trunk="normal")
    assert holds(answer, row="neck", is_="weak")
    assert holds(answer, row="neck", only=("weak", "wasted"))
    assert holds(answer, row="neck", is_not="twitching")
    assert holds(answer, row="trunk", is_="normal")
    assert holds(answer, row="left_arm", missing="not_asked")
    assert not holds(answer, row="left_arm", is_not="weak"), "nobody looked"
    assert not holds(answer, row="left_arm", answered=True)


def test_a_column_is_asked_like_a_question_of_its_rows() -> None:
    answer = power(neck=["weak"], right_arm="normal", left_arm=["weak"], trunk="normal")
    assert holds(answer, mark="weak", any_of=("left_arm", "trunk"))
    assert holds(answer, mark="weak", rows_at_least=2)
    assert not holds(answer, mark="weak", rows_at_least=3)
    assert holds(answer, mark="weak", rows=("right_arm", "trunk"), is_="none")
    assert holds(answer, mark="wasted", is_="none")
    assert not holds(answer, mark="wasted", rows_at_least=1)
    assert holds(answer, mark="wasted", answered=True)


def test_a_column_is_not_known_while_a_row_of_it_is_not() -> None:
    answer = power(neck=["weak"], right_arm="normal", left_arm="normal", trunk={"missing": "not_sure"})
    assert not holds(answer, mark="wasted", is_="none")
    assert holds(answer, mark="wasted", missing="not_sure")
    assert holds(answer, mark="weak", is_="neck")


def test_the_whole_grid_is_asked_for_any_row() -> None:
    answer = power(neck=["weak"], right_arm=["wasted"], trunk="normal")
    assert holds(answer, is_="weak")
    both = AnswerTest(item="power", is_="weak"), AnswerTest(item="power", is_="wasted")
    same_row = {"any_row": questionnaire_all(*both)}
    assert not holds(answer, **same_row)
    assert holds(power(neck=["weak", "wasted"]), **same_row)


def questionnaire_all(*parts: AnswerTest) -> Any:
    from msals_tui.questionnaire.condition import All

    return All(all=parts)


def test_nothing_is_true_of_a_grid_without_answer() -> None:
    for nothing in (None, Missing(MissingCode.DECLINED)):
        assert not holds(nothing, row="neck", is_not="weak")
        assert not holds(nothing, mark="weak", is_="none")
        assert holds(nothing, mark="weak", answered=False)


@given(st.data())
def test_a_column_says_the_same_as_a_question_of_places(data: st.DataObject) -> None:
    item = item_of(POWER)
    answer = data.draw(grids.answers(item))
    rows = [row for row, seen in getattr(answer, "rows", ()) if "weak" in seen.codes]
    known = isinstance(answer, Grid) and not any("weak" in seen.unknown_codes for _, seen in answer.rows)
    places = Choice(tuple(rows)) if rows else Choice(("none",)) if known else None
    for code in ("neck", "trunk", "none"):
        assert holds(answer, mark="weak", is_=code) == (places is not None and code in places.codes)


# Findings


def shown_by(answer: Answer) -> dict[str, str]:
    return {finding: state.status for finding, state in findings_of(Response(POWER, TODAY, {"power": answer})).items()}


def test_marks_show_findings_and_rows_that_nobody_looked_at_show_nothing() -> None:
    assert shown_by(power(right_arm=["wasted"])) == {"wasting": "observed", "neck_weak": "unknown"}
    assert shown_by(power(neck="normal")) == {"wasting": "unknown", "neck_weak": "excluded"}
    assert shown_by(power(neck=["weak"], right_arm="normal", left_arm="normal", trunk="normal")) == {
        "wasting": "excluded",
        "neck_weak": "observed",
    }
    assert shown_by(power(neck={"marks": ["normal"], "not_asked": ["weak"]})) == {
        "wasting": "unknown",
        "neck_weak": "unknown",
    }


@given(st.data())
def test_findings_follow_one_answer_after_another(data: st.DataObject) -> None:
    from msals_tui.evidence.findings import findings_after

    item = item_of(POWER)
    response = Response(POWER, TODAY, {})
    states = findings_of(response)
    for _ in range(3):
        response = response.with_answer("power", data.draw(st.none() | grids.answers(item)))
        states = findings_after(states, response)
        assert states == findings_of(response)


# Checks


def found(change: tuple[str, str]) -> list[str]:
    assert change[0] in grids.POWER
    asked = written(grids.POWER.replace(*change, 1))
    return [one.code for one in problems(asked, None, findings=["wasting", "neck_weak"], sources=["test_source"])]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('label = "Trunk"', 'label = "Trunk "'), None),
        (('{ code = "trunk", label = "Trunk" }', '{ code = "neck", label = "Trunk" }'), "DUPLICATE_OPTION"),
        (('{ code = "trunk", label = "Trunk" }', '{ code = "none", label = "Trunk" }'), "RESERVED_CODE"),
        (('{ code = "trunk", label = "Trunk" }', '{ code = "trunk", label = " " }'), "NO_WORDS"),
        (('code = "weak", label = "Weak"', 'code = "weak", label = "Weak", normal = true'), "TWO_NORMAL"),
        ((", normal = true", ""), "NO_NONE_OPTION"),
        (('rows = ["neck", "right_arm", "left_arm"]', 'rows = ["leg"]'), "UNKNOWN_OPTION"),
        (('observes = ["wasting"]', 'observes = ["waste"]'), "UNWEIGHED_FINDING"),
        (('any_of = ["right_arm", "left_arm"]', 'any_of = ["leg"]'), "UNKNOWN_OPTION"),
        (('row = "neck", is = "weak"', 'row = "leg", is = "weak"'), "UNKNOWN_OPTION"),
        (('row = "neck", is = "weak"', 'row = "neck", is = "none"'), "UNKNOWN_OPTION"),
        (
            ('id = "after"', 'id = "after"\nenable_when = { item = "power", mark = "twitching", is = "trunk" }'),
            "UNKNOWN_OPTION",
        ),
        (('id = "after"', 'id = "after"\nenable_when = { item = "power", row = "neck", is = "weak" }'), None),
        (('id = "after"', 'id = "after"\nenable_when = { item = "power", rows_at_least = 2 }'), "WRONG_TEST"),
        (('id = "after"', 'id = "after"\nenable_when = { item = "power", above = 2 }'), "WRONG_TEST"),
        (('id = "power"', 'id = "power"\nenable_when = { item = "after", row = "neck", is = "yes" }'), "LOOKS_AHEAD"),
        (
            (
                'id = "after"',
                'id = "after"\nenable_when.all = [{ item = "power", row = "neck", is = "weak" }, '
                '{ item = "power", row = "neck", is = "normal" }]',
            ),
            "UNREACHABLE",
        ),
    ],
)
def test_what_is_wrong_with_a_grid_is_named(change: tuple[str, str], code: str | None) -> None:
    assert set(found(change)) == ({code} if code else set())


def test_more_rows_and_marks_than_a_screen_holds_are_refused() -> None:
    rows = ", ".join(f'{{ code = "r{number}", label = "R" }}' for number in range(13))
    marks = ", ".join(f'{{ code = "m{number}", label = "M" }}' for number in range(6))
    asked = written(f'[[item]]\nid = "g"\ntype = "grid"\nseveral = false\nrows = [{rows}]\nmarks = [{marks}]')
    assert [one.code for one in problems(asked, None, sources=["test_source"])] == ["TOO_MANY_OPTIONS"] * 2


def test_a_condition_on_a_row_of_something_else_is_refused() -> None:
    asked = written(
        '[[item]]\nid = "pain"\ntype = "yes_no"\n[[item]]\nid = "more"\ntype = "yes_no"\n'
        'enable_when = { item = "pain", row = "neck", is = "yes" }'
    )
    assert [one.code for one in problems(asked, None, sources=["test_source"])] == ["WRONG_TEST"]


@given(st.data())
def test_nothing_that_an_answer_makes_true_is_called_unreachable(data: st.DataObject) -> None:
    item = item_of(POWER)
    rows, marks = [row.code for row in item.rows], ["wasted", "weak"]
    where = st.sampled_from(
        [(f'row = "{row}"', marks) for row in rows] + [(f'mark = "{mark}"', [*rows, "none"]) for mark in marks]
    )
    place, codes = data.draw(where)
    test = f'{place}, {data.draw(st.sampled_from(["is", "is_not"]))} = "{data.draw(st.sampled_from(codes))}"'
    more = ['row = "neck", is_not = "weak"', 'mark = "weak", is = "neck"', 'row = "neck", answered = true']
    others = data.draw(st.lists(st.sampled_from(more), max_size=2))
    parts = [f'{{ item = "power", {one} }}' for one in (test, *others)]
    text = grids.POWER.replace('id = "after"', f'id = "after"\nenable_when.all = [{", ".join(parts)}]')
    asked, answer = questionnaire(text), data.draw(grids.answers(item))
    if "after" in Response(asked, TODAY, {"power": answer}).asked:
        found = problems(written(text), None, sources=["test_source"])
        assert {one.code for one in found} & {"UNREACHABLE", "NEVER_TRUE"} == set()


# Words


def test_an_answer_is_said_on_one_line_and_row_by_row() -> None:
    item, words = item_of(POWER), english()
    answer = power(neck=["weak"], right_arm=["wasted", "weak"], left_arm="normal", trunk="normal")
    assert item.said(answer, words) == "Neck: Weak; Right arm or hand: Wasted, Weak; all others: Normal"
    assert item.said(answer, words, patient=True).startswith("Your neck: Weak")
    assert item.told(answer, words) == ("Neck: Weak", "Right arm or hand: Wasted, Weak")
    everywhere = power(neck="normal", right_arm="normal", left_arm="normal", trunk="normal")
    assert item.said(everywhere, words) == "Everywhere: Normal"
    partly = power(neck={"marks": ["weak"], "not_asked": ["wasted", "twitching"]})
    assert item.said(partly, words) == (
        "Neck: Weak (Wasted, Twitching: Not asked); Right arm or hand, Left arm or hand, Trunk: Not asked"
    )


def test_the_list_of_all_items_tells_rows_marks_and_what_they_show() -> None:
    text = "\n".join(items_text(POWER, english()))
    assert "power (grid of rows and marks): What of these muscles?" in text
    assert "right_arm: Right arm or hand" in text
    assert '"mark": "wasted"' in items_json(POWER, english())


def test_a_summary_holds_every_row() -> None:
    session = sitting(grids.POWER)
    script(session, lines("3", "1 3", "n", "1", ":f", ":f"))
    written_down = toml(session)
    assert session.interview.response.given["power"] == power(
        neck=["weak"], right_arm=["wasted", "weak"], left_arm="normal", trunk="normal"
    )
    assert 'answer = "Neck: Weak; Right arm or hand: Wasted, Weak; all others: Normal"' in written_down
    assert "right_arm = [" in written_down


# Line by line


def test_rows_are_asked_one_after_the_other() -> None:
    session = sitting(grids.POWER)
    said = script(session, lines("3 ?1", ":8", "", "4", "1", ":s"))
    assert "Right arm or hand, 2 of 4" in said
    assert session.interview.response.given["power"] == power(
        neck={"marks": ["weak"], "not_asked": ["wasted"]}, right_arm={"missing": "not_sure"}, trunk="normal"
    )


def test_a_row_can_be_gone_back_to_and_what_cannot_be_is_said() -> None:
    session = sitting(grids.POWER)
    said = script(session, lines("3", ":b", "1 4", "7", "1", "n", ":s"))
    assert "Only one answer can be given here." in said
    assert "There is no answer 7 here." in said
    assert session.interview.response.given["power"] == power(
        neck=["wasted"], right_arm="normal", left_arm="normal", trunk="normal"
    )


def test_the_whole_question_can_be_left_open() -> None:
    session = sitting(grids.POWER)
    script(session, lines(":9*", ":s"))
    assert session.interview.response.given["power"] == Missing(MissingCode.NOT_ASKED)


def test_what_was_marked_is_kept_where_the_input_ends() -> None:
    session = sitting(grids.POWER)
    script(session, lines("3"))
    assert session.interview.response.given["power"] == power(neck=["weak"])


def test_a_private_answer_is_not_said_again_to_a_patient() -> None:
    private = 'voice = "patient"\n' + grids.POWER.replace('type = "grid"', 'type = "grid"\nprivate = true', 1)
    session = sitting(private)
    said = script(session, lines("3", "n", ":b", ":l", ":s"))
    assert "Weak; all" not in said
    assert "Your neck, 1 of 4" in said


def test_one_key_answers_a_row_of_one_mark() -> None:
    session = sitting(grids.SIGNS)
    script(session, lines("1", "2", ":9", ":s"))
    assert session.interview.response.given["signs"] == signs(droop="there", nystagmus="not_there")


def test_a_seen_row_knows_its_number() -> None:
    assert Seen(("neck", "trunk")).row_count == 2
    assert power(neck=["weak"]).number is None
    assert power(neck=["weak"]).days_before(date(2026, 1, 1)) is None
    assert Decimal(1) != power(neck=["weak"])


def test_a_condition_on_a_part_is_said_and_written_as_it_stands() -> None:
    test = AnswerTest(item="power", mark="weak", rows=("neck", "trunk"), is_="none")
    assert condition_words(test, english()) == "where power is weak among neck, trunk is none"
    assert condition_json(test) == {"item": "power", "mark": "weak", "rows": ["neck", "trunk"], "is": "none"}
    assert condition_words(AnswerTest(item="power", row="neck", is_="weak"), english()) == "row neck of power is weak"
    many = AnswerTest(item="power", mark="weak", rows_at_least=2)
    assert condition_words(many, english()) == "power is weak in at least 2 rows"
