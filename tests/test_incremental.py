"""An answer costs what it changes: what is kept from answer to answer is what comes out when everything is done again."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute_force import Path
from builders import questionnaire
from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.evidence import comparison as comparing
from msals_tui.evidence import findings as finding_room
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingLookup, findings_of, statuses
from msals_tui.evidence.running import Running
from msals_tui.interview.events import Answered, Back, Event, Jump, Next, Redo, Undo
from msals_tui.interview.interview import Refused
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import Lookup, holds
from msals_tui.questionnaire.graph import Answers, Graph, Items, bits_of, compiled, numbers_of
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.response import Response
from msals_tui.safety.rules import StillOpen, fired_by
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import replay
from msals_tui.session.session import Content, Session
from scenario import TODAY, Scenario
from sittings import CLOCK, english, shipped
from test_interview import WALKS, answer_to
from walks import walk

YES, NO = Choice(("yes",)), Choice(("no",))


def same_from_nothing(session: Session) -> None:
    """What the sitting knows is what a new look at its answers would say."""
    response, content = session.interview.response, session.content
    anew = Response(content.questionnaire, response.today, dict(response.given))
    assert response.asked == anew.asked
    assert session.fired == fired_by(content.safety, anew)
    assert session.mismatches == content.questionnaire.consistency_watch.holding(anew)
    fresh = Running(content.evidence, anew, interview=True)
    assert session.findings == fresh.findings
    assert session.comparison == fresh.comparison
    asked_next = [*session.tells_most()]
    assert asked_next == [*fresh.tells_most(lambda now, _: StillOpen(content.watch).of(now, ()))]


# Who is asked


@given(WALKS)
@settings(max_examples=200, deadline=None)
def test_who_is_asked_is_what_looking_at_every_condition_says(one: Scenario) -> None:
    response = one.now.response
    path = Path(one.questionnaire, TODAY, dict(response.given))
    assert list(response.asked) == path.asked
    for item in one.questionnaire.items:
        assert response.answer(item.id) == path.answer(item.id)


@given(WALKS, st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=12))
@settings(max_examples=200, deadline=None)
def test_every_answer_that_counts_otherwise_is_named_as_changed(one: Scenario, more: list[tuple[int, int]]) -> None:
    before = one.now.response
    for place, which in more:
        askable = [item for item in before.asked if one.questionnaire.item(item).type != "statement"]
        if not askable:
            return
        item = askable[place % len(askable)]
        after = before.with_answer(item, None if which == 0 else answer_to(one.questionnaire, item, which))
        named = {one.questionnaire.items[number].id for number in after.changed}
        differ = {name for name in one.questionnaire.index if before.answer(name) != after.answer(name)}
        assert differ <= named
        assert before == Response(one.questionnaire, TODAY, dict(before.given)), "what was before stays what it was"
        before = after


HUB = '[[item]]\nid = "hub"\ntype = "yes_no"\n' + "\n".join(
    f'[[item]]\nid = "q{number}"\ntype = "yes_no"\nenable_when = {{ item = "hub", is = "yes" }}'
    for number in range(150)
)
CHAIN = '[[item]]\nid = "q0"\ntype = "yes_no"\n' + "\n".join(
    f'[[item]]\nid = "q{number}"\ntype = "yes_no"\nenable_when = {{ item = "q{number - 1}", is = "yes" }}'
    for number in range(1, 150)
)


def test_one_answer_opens_and_closes_all_that_hang_on_it() -> None:
    asked = questionnaire(HUB)
    closed = Response(asked, TODAY, {})
    opened = closed.with_answer("hub", YES)
    assert (len(closed.asked), len(opened.asked)) == (1, 151)
    assert opened.with_answer("hub", NO).asked == closed.asked


def test_a_chain_of_questions_closes_to_its_end_and_opens_again_with_its_answers() -> None:
    asked = questionnaire(CHAIN)
    whole = Response(asked, TODAY, {item.id: YES for item in asked.items})
    cut = whole.with_answer("q3", NO)
    assert list(cut.asked) == ["q0", "q1", "q2", "q3"]
    assert len(cut.withdrawn()) == 146
    again = cut.with_answer("q3", YES)
    assert (again.asked, len(again.changed)) == (whole.asked, 147)


def test_an_answer_on_which_nothing_hangs_looks_at_no_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questionnaire(HUB)
    response = Response(asked, TODAY, {"hub": YES})
    looked_at: list[int] = []
    watched = [_counted(number, test, looked_at) for number, test in enumerate(asked.graph.tests)]
    monkeypatch.setattr(asked.graph, "tests", tuple(watched))
    after = response.with_answer("q7", YES)
    assert (looked_at, after.changed) == ([], (8,))
    after.with_answer("hub", NO)
    assert looked_at == list(range(1, 151)), "each once"


def _counted(number: int, test: Any, into: list[int]) -> Any:
    def counting(lookup: Lookup) -> bool:
        into.append(number)
        return bool(test(lookup))

    return counting if test is not None else None


# What it means


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_walk_through_the_intake_means_the_same_kept_up_to_date_or_worked_out_anew(draw: st.DataObject) -> None:
    content = load_content(shipped(), "ms_als_intake")
    session = Session(content, CLOCK)
    steps = draw.draw(st.integers(1, 4))
    for _ in range(steps):
        walk(draw, session, most=12)
        same_from_nothing(session)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 19)), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_so_it_does_when_anything_is_answered_in_any_order_taken_back_and_given_again(
    moves: list[tuple[int, int]],
) -> None:
    session = Session(load_content(shipped(), "ms_als_intake"), CLOCK)
    for place, which in moves:
        for event in _events(session, place, which):
            try:
                session.post(event)
            except Refused:
                continue
        if which % 3 == 0:  # some changes pass before anybody looks
            same_from_nothing(session)
    same_from_nothing(session)


def _events(session: Session, place: int, which: int) -> list[Event]:
    plain: tuple[Event, ...] = (Undo(), Undo(), Redo(), Back(), Next())
    if place < len(plain):
        return [plain[place]]
    asked = [item for item in session.interview.response.path() if item.type not in ("statement", "date", "long_text")]
    item = asked[place % len(asked)]
    if item.type == "short_text":
        return []
    return [Jump(item.id), Answered(item.id, answer_to(session.content.questionnaire, item.id, which))]


def test_an_answer_reads_itself_and_counts_the_groups_that_it_moves_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = Session(load_content(shipped(), "ms_als_intake"), CLOCK)
    assert session.comparison is not None
    counted: list[str] = []
    read: list[str] = []
    count_group, read_answer = comparing.count_group, finding_room._read

    def counting(evidence: Evidence, group: str, *rest: Any) -> Any:
        counted.append(group)
        return count_group(evidence, group, *rest)

    def reading(item: Any, answer: Answer) -> Any:
        read.append(item.id)
        return read_answer(item, answer)

    monkeypatch.setattr(comparing, "count_group", counting)
    monkeypatch.setattr(finding_room, "_read", reading)
    session.post(Answered("age_at_onset", Number(Decimal(30))))
    assert session.comparison is not None
    assert set(read) == {"age_at_onset"}
    assert set(counted) == {"demographics", "course"}, "age, and how a slow start is weighed at that age"
    assert len(counted) == 2


# Sets of items and their answers


@given(st.sets(st.integers(0, 700)), st.sets(st.integers(0, 700)))
def test_a_set_of_items_is_what_a_set_of_their_numbers_is(one: set[int], other: set[int]) -> None:
    graph = _plain_graph()
    left, right = Items(graph, bits_of(one)), Items(graph, bits_of(other))
    ids = [f"q{number}" for number in sorted(one)]
    assert list(numbers_of(left.bits)) == sorted(one)
    assert (list(left), len(left), bool(left)) == (ids, len(one), bool(one))
    assert left & right == {f"q{number}" for number in one & other}
    assert left - right == {f"q{number}" for number in one - other}
    assert left ^ right == {f"q{number}" for number in one ^ other}
    assert left | right == {f"q{number}" for number in one | other}
    assert (left.first(), left.last()) == ((ids[0], ids[-1]) if ids else (None, None))
    assert [item.id for item in left.whole()] == ids
    assert left == set(ids)


@given(st.sets(st.integers(0, 700)), st.integers(0, 700), st.integers(0, 40))
def test_what_stands_before_behind_and_within_is_found(numbers: set[int], here: int, count: int) -> None:
    items = Items(_plain_graph(), bits_of(numbers))
    behind, before = [n for n in numbers if n > here], [n for n in numbers if n < here]
    assert items.after(f"q{here}") == (f"q{min(behind)}" if behind else None)
    assert items.before(f"q{here}") == (f"q{max(before)}" if before else None)
    assert list(items.within(here, count)) == [f"q{n}" for n in sorted(numbers) if here <= n < here + count]


@given(st.lists(st.tuples(st.integers(0, 700), st.sampled_from([YES, NO, None]))))
def test_answers_put_in_and_taken_out_one_by_one_are_a_dictionary(puts: list[tuple[int, Answer | None]]) -> None:
    answers, expected = Answers.of(_plain_graph(), {}), dict[str, Answer]()
    for number, answer in puts:
        before, kept = answers, dict(answers)
        answers = answers.put(number, answer)
        assert dict(before) == kept, "what was before stays what it was"
        expected.pop(f"q{number}", None)
        if answer is not None:
            expected[f"q{number}"] = answer
    assert answers == expected
    assert len(answers) == len(expected)
    assert all((f"q{number}" in answers) is (f"q{number}" in expected) for number in range(0, 700, 50))


_GRAPHS: list[Graph] = []


def _plain_graph() -> Graph:
    if not _GRAPHS:
        _GRAPHS.append(questionnaire("\n".join(f'[[item]]\nid = "q{n}"\ntype = "yes_no"' for n in range(701))).graph)
    return _GRAPHS[0]


# Conditions made ready


def test_a_condition_made_ready_says_what_the_condition_says_of_every_story() -> None:
    content = load_content(shipped(), "ms_als_intake")
    rules = [item.enable_when for item in content.questionnaire.items if item.enable_when is not None]
    rules += [one.when for one in content.safety]
    assert content.evidence is not None
    rules += [rule.when for alike in content.evidence.look_alikes.values() for rule in alike.rule]
    rules += [one.needs for one in content.evidence.pattern.lean_needs]
    seen = set[bool]()
    for name in ("asked_nothing", "declines_everything", "ms_relapsing_woman_28_tests", "kennedy_man_49_exam"):
        lookup = _lookup(content, name)
        for rule in rules:
            said = holds(rule, lookup)
            assert compiled(rule)(lookup) is said
            seen.add(said)
    assert seen == {True, False}


def _lookup(content: Content, name: str) -> Lookup:
    file, case = read_case(f"tests/walks/{name}.toml")
    assert isinstance(case, AnswersFile)
    response = replay(file, case, content, english).session.interview.response
    return FindingLookup(statuses(findings_of(response)), response)
