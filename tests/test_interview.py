"""The interview: moving, answering, changing, undoing. No screen, no clock, no disk."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import questionnaire
from msals_tui.interview.events import NOTE_LENGTH, Answered, Back, Event, Jump, Next, Noted, Redo, Undo
from msals_tui.interview.interview import Interview, Refused, transition
from msals_tui.interview.progress import progress
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import GroupItem, Row, Rows
from msals_tui.questionnaire.kinds.item import StatementItem
from msals_tui.questionnaire.kinds.number import Number, NumberItem
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.session.session import Content, Session
from scenario import TODAY, Scenario
from sittings import CLOCK, content, shipped
from walks import walk

WEAKNESS = """
[[section]]
id = "strength"
[[section.item]]
id = "weakness"
type = "yes_no"
[[section.item]]
id = "place"
type = "choice"
options = ["hand", "foot"]
enable_when = { item = "weakness", is = "yes" }
[[section.item]]
id = "grip"
type = "yes_no"
enable_when = { item = "place", is = "hand" }

[[section]]
id = "rest"
[[section.item]]
id = "pause"
type = "statement"
[[section.item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110
"""


@pytest.fixture(scope="module")
def weakness() -> Questionnaire:
    """Weakness; if so, where; if in the hand, the grip; then a statement and the age."""
    return questionnaire(WEAKNESS)


def start(asked: Questionnaire) -> Scenario:
    """Before the first answer."""
    return Scenario(asked)


def finished(asked: Questionnaire) -> Scenario:
    """Everything answered, on the check-answers page."""
    return (
        start(asked).answer("weakness", "yes").next().answer("place", "hand").next().answer("grip", "no").next()
        .next().answer("age", 64).next()
    )  # fmt: skip


# Moving on


def test_an_interview_begins_at_its_first_question_and_ends_on_the_check_page(weakness: Questionnaire) -> None:
    assert start(weakness).at == "weakness"
    assert finished(weakness).at is None


def test_a_question_without_an_answer_is_not_passed_by_continue(weakness: Questionnaire) -> None:
    assert start(weakness).refuses(Next()) == "unanswered"


@pytest.mark.parametrize("code", ["not_sure", "not_asked", "declined"])
def test_not_sure_not_asked_and_rather_not_say_are_answers_and_lead_on(weakness: Questionnaire, code: str) -> None:
    walk = start(weakness).answer("weakness", code).next()
    assert walk.counts("weakness") == Missing(MissingCode(code))
    assert walk.at == "pause"


def test_a_statement_is_passed_without_an_answer(weakness: Questionnaire) -> None:
    assert start(weakness).jump("pause").next().at == "age"


def test_only_questions_of_this_path_are_met(weakness: Questionnaire) -> None:
    assert start(weakness).answer("weakness", "no").next().at == "pause"
    assert start(weakness).answer("weakness", "yes").next().answer("place", "foot").next().at == "pause"


def test_continue_on_the_check_page_changes_nothing(weakness: Questionnaire) -> None:
    assert finished(weakness).next().now == finished(weakness).now


# Going back


def test_back_is_never_refused_not_even_on_the_first_question(weakness: Questionnaire) -> None:
    assert start(weakness).back().back().at == "weakness"


def test_back_leads_over_the_questions_of_this_path_only(weakness: Questionnaire) -> None:
    assert start(weakness).answer("weakness", "no").next().back().at == "weakness"


def test_back_keeps_every_answer(weakness: Questionnaire) -> None:
    walk = finished(weakness)
    assert walk.back().back().back().now.response == walk.now.response


def test_back_and_the_same_answer_change_nothing(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().answer("place", "hand").next()
    again = walk.back().answer("place", "hand").next()
    assert again.now == walk.now


def test_back_from_a_check_page_opened_early_leads_to_where_it_was_opened(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().check()
    assert walk.at is None
    assert walk.back().at == "place"


def test_back_from_the_check_page_at_the_end_leads_to_the_last_question(weakness: Questionnaire) -> None:
    assert finished(weakness).back().at == "age"


def test_a_change_made_from_an_early_check_page_does_not_lose_where_it_was_opened(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().check().change("weakness").next()
    assert walk.at is None
    assert walk.back().at == "place"


def test_back_from_the_check_page_does_not_lead_to_a_question_that_is_no_longer_asked(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().check().change("weakness").answer("weakness", "no").next()
    assert walk.at is None
    assert walk.back().at == "age"


# Jumping


def test_a_jump_leads_to_any_question_that_is_asked_also_ahead(weakness: Questionnaire) -> None:
    assert start(weakness).jump("age").at == "age"


def test_a_jump_to_a_question_that_is_not_asked_is_refused_and_nothing_has_happened(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "no")
    assert walk.refuses(Jump("place")) == "not_asked"
    assert walk.refuses(Jump("place", come_back=True)) == "not_asked"
    with pytest.raises(Refused) as refused:
        walk.jump("place")
    assert refused.value.where == "place"


def test_an_answer_to_a_question_that_is_not_asked_is_refused(weakness: Questionnaire) -> None:
    assert start(weakness).refuses(Answered("place", Choice(("hand",)))) == "not_asked"


# Changing from the check page


def test_a_change_from_the_check_page_comes_straight_back(weakness: Questionnaire) -> None:
    walk = finished(weakness).change("age").answer("age", 65).next()
    assert walk.at is None


def test_opening_a_question_from_the_check_page_and_leaving_it_as_it_is_comes_straight_back(
    weakness: Questionnaire,
) -> None:
    assert finished(weakness).change("weakness").next().at is None


def test_a_change_that_calls_up_new_questions_asks_them_before_it_comes_back(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "no").next().next().answer("age", 64).next()
    changed = walk.change("weakness").answer("weakness", "yes").next()
    assert changed.at == "place"
    grip = changed.answer("place", "hand").next()
    assert grip.at == "grip"
    assert grip.answer("grip", "yes").next().at is None


def test_questions_that_a_second_thought_calls_off_again_are_not_asked(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "no").next().next().answer("age", 64).next()
    assert walk.change("weakness").answer("weakness", "yes").answer("weakness", "no").next().at is None


def test_questions_left_open_before_are_not_forced_on_a_change(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "no").check().change("weakness").next()
    assert walk.to_come == ["age"]
    assert walk.at is None


def test_a_detour_from_a_question_comes_back_to_that_question(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().change("age").answer("age", 64).next()
    assert walk.at == "place"


# Answers of questions that are no longer asked


def test_answers_of_questions_no_longer_asked_are_kept_and_count_for_nothing(weakness: Questionnaire) -> None:
    walk = finished(weakness).change("weakness").answer("weakness", "no")
    assert walk.kept == ["place", "grip"]
    assert walk.counts("place") is None
    assert walk.counts("grip") is None
    assert walk.now.response.given["place"] == Choice(("hand",))


def test_kept_answers_come_back_with_their_questions_and_are_marked_to_be_checked(weakness: Questionnaire) -> None:
    walk = finished(weakness).change("weakness").answer("weakness", "no").next()
    again = walk.change("weakness").answer("weakness", "yes")
    assert again.counts("place") == Choice(("hand",))
    assert again.counts("grip") == Choice(("no",))
    assert again.to_check == {"place", "grip"}


def test_a_kept_answer_does_not_keep_a_question_asked_that_hangs_on_it(weakness: Questionnaire) -> None:
    assert "grip" not in finished(weakness).answer("weakness", "no").asked


def test_an_answer_that_may_have_changed_its_meaning_is_marked_until_somebody_looked_at_it(
    weakness: Questionnaire,
) -> None:
    asked = questionnaire("""
        [[item]]
        id = "weakness"
        type = "choice"
        options = ["arm", "leg", "no"]
        [[item]]
        id = "since"
        type = "choice"
        options = ["weeks", "years"]
        enable_when = { item = "weakness", is_not = "no" }
    """)
    walk = start(asked).answer("weakness", "arm").next().answer("since", "weeks").next()
    changed = walk.change("weakness").answer("weakness", "leg").next()
    assert changed.to_check == {"since"}
    assert changed.counts("since") == Choice(("weeks",))
    assert changed.change("since").next().to_check == set()


# Undo and redo


def test_undo_takes_the_last_answer_back_and_shows_its_question(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().answer("place", "hand").next().undo()
    assert walk.at == "place"
    assert walk.counts("place") is None


def test_undo_brings_back_the_answer_before_a_change(weakness: Questionnaire) -> None:
    walk = finished(weakness).change("age").answer("age", 65).next().undo()
    assert walk.counts("age") == Number(64)  # type: ignore[arg-type]


def test_undo_then_redo_restores_the_answers(weakness: Questionnaire) -> None:
    walk = finished(weakness)
    assert walk.undo().undo().redo().redo().now.response == walk.now.response


def test_a_new_answer_ends_what_can_be_given_again(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").undo().answer("weakness", "no")
    assert walk.redo().now == walk.now


def test_undo_before_the_first_answer_and_redo_without_undo_change_nothing(weakness: Questionnaire) -> None:
    assert start(weakness).undo().redo().now == start(weakness).now


def test_undo_of_an_answer_that_called_off_others_brings_those_back_to_count(weakness: Questionnaire) -> None:
    walk = finished(weakness).change("weakness").answer("weakness", "no").undo()
    assert walk.counts("grip") == Choice(("no",))


def test_a_note_is_no_answer_and_is_not_undone(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").note("weakness", "since spring").undo()
    assert walk.now.notes == {"weakness": "since spring"}
    assert walk.note("weakness", "").now.notes == {}


# Progress


def test_progress_counts_what_is_on_this_path_and_nothing_else(weakness: Questionnaire) -> None:
    before = start(weakness).progress
    assert (before.answered, before.to_come) == (0, 2)
    weak = start(weakness).answer("weakness", "yes").answer("place", "hand").progress
    assert (weak.answered, weak.to_come) == (2, 2)
    well = start(weakness).answer("weakness", "yes").answer("place", "hand").answer("weakness", "no").progress
    assert (well.answered, well.to_come) == (1, 1)


def test_progress_knows_the_section_in_which_the_open_question_stands(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "no").next()
    assert [(one.section.id, one.answered, one.asked, one.here) for one in walk.sections] == [
        ("strength", 1, 1, False),
        ("rest", 0, 1, True),
    ]


def test_progress_counts_no_statements(weakness: Questionnaire) -> None:
    assert start(weakness).sections[1].asked == 1


# Properties of any walk. Questionnaires and walks are drawn as small numbers, which is quick and shrinks well.

KINDS = ("yes_no", "choice", "several", "number", "statement", "group")
MORE = {
    "choice": 'options = ["a", "b", "c"]',
    "several": 'options = ["a", "b", { code = "none", label = "None", exclusive = true }]',
    "number": 'unit = "cm"\nmin = 0\nmax = 1',
    "group": 'row_label = "Round"\n[[item.items]]\nid = "when"\ntype = "yes_no"',
}
TESTS = {
    "yes_no": ('is = "yes"', 'is_not = "yes"'),
    "choice": ('any_of = ["a", "b"]', 'is = "c"'),
    "several": ('any_of = ["a"]', 'only = ["b"]'),
    "number": ("above = 0", "below = 1"),
    "group": ("rows_at_least = 1", "rows_at_least = 2"),
}
ANY_TEST = ("answered = true", "answered = false", 'missing = "not_sure"')
SHAPES = ("", "", "{{ not = {0} }}", "{{ all = [{0}, {1}] }}", "{{ any = [{0}, {1}] }}", "{0}")
SMALL = st.integers(0, 19)
ITEMS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(SHAPES), SMALL, SMALL, SMALL), min_size=1, max_size=7
)
MOVES = st.lists(st.tuples(SMALL, SMALL, SMALL), max_size=30)


def small_questionnaire(drawn: list[tuple[str, str, int, int, int]]) -> Questionnaire:
    """A questionnaire in which later questions hang on earlier ones in every way."""
    items: list[str] = []
    kinds: list[str] = []
    for number, (kind, shape, first, second, which) in enumerate(drawn):
        lines = [f'[[item]]\nid = "q{number}"\ntype = "{kind}"']
        earlier = [place for place in range(number) if kinds[place] != "statement"]
        if shape and earlier:
            parts = []
            for place in (earlier[first % len(earlier)], earlier[second % len(earlier)]):
                tests = TESTS[kinds[place]] + ANY_TEST
                parts.append(f'{{ item = "q{place}", {tests[which % len(tests)]} }}')
            lines.append(f"enable_when = {shape.format(*parts)}")
        items.append("\n".join([*lines, MORE.get(kind, "")]))
        kinds.append(kind)
    return questionnaire("\n".join(items))


def answer_to(asked: Questionnaire, item_id: str, which: int) -> Answer:
    """One of the answers to a question."""
    item = asked.item(item_id)
    answers: list[Answer] = [Missing(code) for code in item.missing_codes]
    if isinstance(item, NumberItem):
        answers += [Number(Decimal(0)), Number(Decimal(1))]
    elif isinstance(item, GroupItem):
        answers += [Rows(()), Rows((Row((("when", Choice(("yes",))),)),))]
    else:
        answers += [Choice((code,)) for code in item.codes]
    return answers[which % len(answers)]


def event_of(now: Scenario, kind: int, place: int, which: int) -> Event | None:
    """Something that somebody may try, possible or not; half of the time they answer the open question."""
    items = now.questionnaire.items
    item = items[place % len(items)].id
    plain: tuple[Event, ...] = (Next(), Back(), Jump(None), Undo(), Redo(), Noted(item, "x" * (which % 2)))
    if kind < len(plain):
        return plain[kind]
    if kind < 9:
        return Jump(item, come_back=bool(which % 2))
    answered = now.at or item if kind > 10 else item
    if isinstance(now.questionnaire.item(answered), StatementItem):
        return Next()
    return Answered(answered, answer_to(now.questionnaire, answered, which))


def walked(items: list[tuple[str, str, int, int, int]], moves: list[tuple[int, int, int]]) -> Scenario:
    """Any walk; events that were refused are left out."""
    now = Scenario(small_questionnaire(items))
    for kind, place, which in moves:
        event = event_of(now, kind, place, which)
        if event is not None and now.refuses(event) is None:
            now = now.do(event)
        if kind > 12 and now.refuses(Next()) is None:
            now = now.next()
    return now


WALKS = st.builds(walked, ITEMS, MOVES)
SOME = settings(max_examples=200, deadline=None)


@given(WALKS)
@SOME
def test_any_walk_replayed_gives_the_same_state(one: Scenario) -> None:
    again = Interview.start(one.questionnaire, TODAY)
    for event in one.events:
        again = transition(again, event)
    assert again == one.now


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_any_walk_through_the_shipped_intake_replayed_gives_the_same_state(draw: st.DataObject) -> None:
    library = shipped()
    asked = library.questionnaire("ms_als_intake")
    happened: list[Event] = []
    session = Session(Content(asked, library.safety.rule, "1.0.0", None), CLOCK, listener=happened.append)  # type: ignore[arg-type]
    walk(draw, session, most=40)
    again = Interview.start(asked, session.interview.response.today)
    for event in happened:
        if isinstance(event, Event):
            again = transition(again, event)
    assert again == session.interview


@given(WALKS)
@SOME
def test_wherever_a_walk_leads_the_open_question_is_one_that_is_asked(one: Scenario) -> None:
    assert one.at is None or one.at in one.asked
    assert one.to_check <= set(one.asked) & set(one.now.response.given)


@given(WALKS, st.lists(SMALL, min_size=30, max_size=30))
@SOME
def test_wherever_a_walk_leads_there_is_a_way_forward_to_the_check_page(one: Scenario, answers: list[int]) -> None:
    for which in answers:
        if one.at is None:
            return
        if one.refuses(Next()) is not None:
            one = one.do(Answered(one.at, answer_to(one.questionnaire, one.at, which)))
        one = one.next()
    pytest.fail("going round in circles")


@given(WALKS)
@SOME
def test_wherever_a_walk_leads_back_leads_to_the_first_question_without_losing_an_answer(one: Scenario) -> None:
    before, steps = one.now.response, 0
    while one.at != one.asked[0]:
        steps += 1
        assert steps <= len(one.asked) + 1
        one = one.back()
    assert one.now.response == before


@given(WALKS)
@SOME
def test_back_and_the_same_answer_change_nothing_wherever_a_walk_led(one: Scenario) -> None:
    here = one.back()
    if here.at is not None and here.at in here.now.response.given:
        again = here.do(Answered(here.at, here.now.response.given[here.at]))
        assert again.now.response is here.now.response
        assert (again.now.done, again.now.undone, again.at) == (here.now.done, here.now.undone, here.at)


def test_redo_leads_back_to_the_marks_that_there_were_and_not_to_those_that_somebody_looked_at(
    weakness: Questionnaire,
) -> None:
    walk = start(weakness).answer("weakness", "yes").next().answer("place", "hand")
    marked = walk.answer("weakness", "not_sure").answer("weakness", "yes")
    assert marked.to_check == {"place"}
    looked = marked.jump("place").next()
    assert looked.to_check == set()
    changed = looked.answer("weakness", "no")
    back = changed.undo().undo().redo().redo()
    assert (back.to_check, back.now.done) == (changed.to_check, changed.now.done)


@given(WALKS, st.integers(1, 5))
@SOME
def test_as_many_redos_as_undos_restore_every_answer(one: Scenario, times: int) -> None:
    times = min(times, len(one.now.done))
    there = one
    for _ in range(times):
        there = there.undo()
    for _ in range(times):
        there = there.redo()
    assert there.now.response == one.now.response
    assert (there.now.done, there.now.undone) == (one.now.done, one.now.undone)


@given(WALKS)
@SOME
def test_undoing_everything_leads_back_to_no_answer_at_all(one: Scenario) -> None:
    while one.now.done:
        one = one.undo()
    assert one.now.response.given == {}


@given(WALKS)
@SOME
def test_no_answer_is_ever_lost_but_by_undo(one: Scenario) -> None:
    given: set[str] = set()
    now = Interview.start(one.questionnaire, TODAY)
    for event in one.events:
        now = transition(now, event)
        if isinstance(event, Answered):
            given.add(event.item)
        if isinstance(event, Undo | Redo):
            given = set(now.response.given)
        assert set(now.response.given) == given


@given(WALKS)
@SOME
def test_what_is_no_longer_asked_is_kept_and_counts_for_nothing_wherever_a_walk_led(one: Scenario) -> None:
    assert set(one.kept) == set(one.now.response.given) - set(one.asked)
    assert all(one.counts(item) is None for item in one.kept)


@given(WALKS)
@SOME
def test_progress_counts_this_path_wherever_a_walk_led(one: Scenario) -> None:
    state = one.progress
    questions = [item for item in one.now.response.path() if item.is_question]
    assert state.answered + state.to_come == len(questions)
    assert state.to_come == len(one.to_come)
    assert sum(section.here for section in one.sections) == (one.at is not None)


@given(WALKS, st.lists(SMALL, min_size=30, max_size=30))
@SOME
def test_a_change_from_the_check_page_comes_back_with_nothing_newly_left_open(
    one: Scenario, answers: list[int]
) -> None:
    there = one.check()
    answerable = [item for item in there.asked if not isinstance(there.questionnaire.item(item), StatementItem)]
    if not answerable:
        return
    item = answerable[answers.pop() % len(answerable)]
    open_before = set(there.to_come)
    there = there.change(item).do(Answered(item, answer_to(there.questionnaire, item, answers.pop()))).next()
    while there.at is not None:
        assert there.at in there.to_come, "only questions without an answer are asked on the way"
        there = there.do(Answered(there.at, answer_to(there.questionnaire, there.at, answers.pop()))).next()
    assert set(there.to_come) <= open_before - {item}


def test_a_sitting_hears_every_event_and_none_that_was_refused() -> None:
    heard: list[object] = []
    session = Session(content(WEAKNESS), CLOCK, listener=heard.append)
    with pytest.raises(Refused):
        session.post(Next())
    session.post(Answered("weakness", Choice(("no",))))
    session.post(Next())
    assert heard == [Answered("weakness", Choice(("no",))), Next()]
    assert session.interview.response.today == date(2026, 3, 1)
    assert progress(session.interview).answered == 1


# What a reading found: marks, detours within detours, and what is refused


def since() -> Questionnaire:
    """Three questions, the last two hanging on the first."""
    return questionnaire("""
        [[item]]
        id = "weakness"
        type = "choice"
        options = ["arm", "leg", "no"]
        [[item]]
        id = "since"
        type = "choice"
        options = ["weeks", "years"]
        enable_when = { item = "weakness", is_not = "no" }
        [[item]]
        id = "age"
        type = "yes_no"
    """)


def test_undo_brings_back_the_marks_as_they_were_before_the_answer() -> None:
    marked = start(since()).answer("weakness", "arm").answer("since", "weeks").answer("weakness", "leg")
    assert marked.to_check == {"since"}
    assert marked.undo().to_check == set()
    assert marked.undo().redo().to_check == {"since"}
    assert marked.answer("since", "years").to_check == set()
    assert marked.answer("since", "years").undo().to_check == {"since"}


def test_a_jump_inside_a_detour_comes_back_to_where_the_first_one_began(weakness: Questionnaire) -> None:
    walk = finished(weakness).change("weakness").change("age").next()
    assert walk.at is None
    from_a_question = start(weakness).answer("weakness", "yes").next().change("weakness").change("age")
    assert from_a_question.answer("age", 64).next().at == "place"


def test_questions_called_up_before_a_jump_inside_a_detour_are_still_asked(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "no").next().next().answer("age", 64).next()
    changed = walk.change("weakness").answer("weakness", "yes").change("age").next()
    assert changed.at == "place"


def test_a_jump_back_to_where_a_detour_began_ends_it(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().change("weakness").change("place")
    assert walk.answer("place", "foot").next().at == "pause"


def test_a_detour_that_calls_off_its_own_origin_goes_on_behind_it(weakness: Questionnaire) -> None:
    walk = start(weakness).answer("weakness", "yes").next().change("weakness").answer("weakness", "no").next()
    assert walk.at == "pause"


def test_a_detour_that_calls_off_its_own_origin_ends_on_the_check_page_where_nothing_comes_behind_it() -> None:
    asked = questionnaire("""
        [[item]]
        id = "weakness"
        type = "yes_no"
        [[item]]
        id = "place"
        type = "yes_no"
        enable_when = { item = "weakness", is = "yes" }
    """)
    walk = start(asked).answer("weakness", "yes").next().change("weakness").answer("weakness", "no").next()
    assert walk.at is None


def test_a_note_on_a_question_that_does_not_exist_is_refused(weakness: Questionnaire) -> None:
    assert start(weakness).refuses(Noted("nobody", "x")) == "unknown"
    assert start(weakness).refuses(Jump("nobody")) == "not_asked"
    assert start(weakness).refuses(Answered("nobody", Choice(("yes",)))) == "not_asked"


def test_a_note_that_is_too_long_is_refused(weakness: Questionnaire) -> None:
    assert start(weakness).refuses(Noted("weakness", "x" * NOTE_LENGTH)) is None
    assert start(weakness).refuses(Noted("weakness", "x" * (NOTE_LENGTH + 1))) == "too_long"


@given(WALKS)
@SOME
def test_undoing_an_answer_restores_the_marks_wherever_a_walk_led(one: Scenario) -> None:
    if one.at is None or isinstance(one.questionnaire.item(one.at), StatementItem):
        return
    for which in range(6):
        answer = answer_to(one.questionnaire, one.at, which)
        if one.now.response.given.get(one.at) != answer:
            assert one.do(Answered(one.at, answer)).undo().to_check == one.to_check
