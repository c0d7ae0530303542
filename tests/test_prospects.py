"""What is asked next could still change the word, the look-alikes that are named, or safety; and what is not named cannot."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import questionnaire
from evidences import evidence, finding, known, look_alike
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.next_questions import tells_most
from msals_tui.interview.events import Answered, Jump
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import replay_file
from msals_tui.session.session import Content, Session
from msals_tui.ui.views.panel import next_questions
from sittings import CLOCK, shipped
from test_interview import answer_to
from walks import walk

YES, NO = Choice(("yes",)), Choice(("no",))
TODAY = CLOCK.time.date()
Named = tuple[str, frozenset[str], frozenset[str]]


def named(session: Session) -> Named:
    """The word, the look-alikes to think of, and the safety rules that hold."""
    comparison = session.comparison
    assert comparison is not None
    return comparison.pattern, frozenset(comparison.think_of), frozenset(one.rule.id for one in session.fired)


def proposed(session: Session) -> set[str]:
    """The questions that are named to be asked next."""
    return {one.item.id for one in session.tells_most()}


# By hand


def test_far_ahead_with_bands_and_lesions_known_no_sign_of_the_other_side_and_no_gene_is_asked_for() -> None:
    session = replay_file("tests/walks/ms_relapsing_woman_28_tests.toml", shipped()).session
    comparison = session.comparison
    assert comparison is not None
    assert comparison.first_db > 75
    assert comparison.second_db < 2
    assert proposed(session).isdisjoint(
        {"exam_split_hand", "sniff_pressure", "vital_capacity", "gene_test", "nfl_serum"}
    )


def test_where_nothing_could_change_nothing_is_named() -> None:
    asked = questionnaire('[[item]]\nid = "small"\ntype = "yes_no"\nyes.observes = ["minor"]')
    weighed = evidence(finding("minor pain 3 -1"))
    assert tells_most(weighed, known(weighed, Response(asked, TODAY, {})), ()) == ()


GATED = """
[[item]]
id = "numb"
type = "yes_no"
gate = ["course", "strength", "sensation", "speech_swallow_breathing", "bladder_bowel"]

[[item]]
id = "attack"
type = "yes_no"
yes.observes = ["attack"]
"""


def test_before_any_word_is_given_what_it_waits_for_comes_first() -> None:
    weighed, asked = evidence(finding("attack course 9 -3")), questionnaire(GATED)
    before = tells_most(weighed, known(weighed, Response(asked, TODAY, {}), interview=True), ())
    assert [(one.item.id, one.needed) for one in before] == [("numb", True)]
    after = tells_most(weighed, known(weighed, Response(asked, TODAY, {"numb": NO}), interview=True), ())
    assert [(one.item.id, one.needed) for one in after] == [("attack", False)]


SAFE = """
[[rule]]
id = "sudden"
number = "S1"
level = "emergency"
title = "Sudden"
say = "Somebody must look now."
say_patient = "This needs help now."
action = "Call."
read = true
when.all = [{ item = "weak", is = "yes" }, { item = "when", is = "now" }, { not = { item = "old", is = "yes" } }]
"""
SUDDEN = """
[[item]]
id = "old"
type = "yes_no"
[[item]]
id = "weak"
type = "yes_no"
[[item]]
id = "when"
type = "choice"
options = ["now", "earlier"]
enable_when = { item = "weak", is = "yes" }
"""


def test_a_safety_question_is_named_while_its_rule_can_still_hold_and_no_longer() -> None:
    from sittings import sitting

    session = sitting(SUDDEN, safety=SAFE, evidence=evidence(finding("attack course 9 -3")))
    assert proposed(session) == {"old", "weak"}, "weak calls up the one on which it hangs, too"
    session.post(Answered("old", YES))
    assert proposed(session) == set()
    session.post(Answered("old", NO))
    session.post(Answered("weak", YES))
    assert proposed(session) == {"when"}
    session.post(Answered("when", Choice(("now",))))
    assert proposed(session) == set(), "it holds already"


def test_a_test_that_was_not_done_is_named_only_for_what_something_points_to() -> None:
    asked = questionnaire("""
[[item]]
id = "done"
type = "choice"
options = ["none", "gene"]
[[item]]
id = "hint"
type = "yes_no"
yes.observes = ["hint"]
[[item]]
id = "gene"
type = "yes_no"
effort = "blood"
enable_when = { item = "done", any_of = ["gene"] }
yes.observes = ["gene"]
""")
    rules = look_alike(
        "other", remark={"finding": "hint", "is": "observed"}, withhold={"finding": "gene", "is": "observed"}
    )
    weighed = evidence(finding("hint - 0 0"), finding("gene - 0 0"), look_alikes=(rules,))
    done, not_done = {"done": Choice(("gene",))}, {"done": Choice(("none",))}
    assert "gene" in _ids(weighed, asked, done), "its result is there, and only not yet told"
    assert "gene" not in _ids(weighed, asked, not_done)
    assert "gene" in _ids(weighed, asked, {**not_done, "hint": YES})


def _ids(weighed: Evidence, asked: Questionnaire, given: dict[str, Answer]) -> set[str]:
    return {one.item.id for one in tells_most(weighed, known(weighed, Response(asked, TODAY, given)), ())}


# By brute force


FINDINGS = ("a course", "b course", "c motor_signs", "d pain", "e mri_all")
WEIGHTS = st.tuples(st.integers(-13, 13), st.integers(-5, 5))
QUESTIONS = "\n".join(
    f'[[item]]\nid = "q{number}"\ntype = "yes_no"\n'
    f'yes.observes = ["{name}"]\nno.excludes = ["{name}"]' for number, name in enumerate("abcde")
)  # fmt: skip
CONDITIONS = st.recursive(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["observed", "excluded", "not_observed"])).map(
        lambda one: {"finding": one[0], "is": one[1]}
    ),
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from([{"all": tuple(parts)}, {"any": tuple(parts)}, {"not": parts[0]}])
    ),
    max_leaves=4,
)


@given(
    st.lists(WEIGHTS, min_size=5, max_size=5),
    CONDITIONS,
    CONDITIONS,
    st.dictionaries(st.sampled_from([f"q{number}" for number in range(5)]), st.sampled_from([YES, NO]), max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_what_is_named_is_exactly_what_one_answer_can_change(
    weights: list[tuple[int, int]], withhold: object, rules_out: object, given_before: dict[str, Answer]
) -> None:
    asked = questionnaire(QUESTIONS)
    findings = [finding(f"{name} {one} {other}") for name, (one, other) in zip(FINDINGS, weights, strict=True)]
    weighed = evidence(*findings, look_alikes=(look_alike("other", withhold=withhold, rules_out=rules_out),))

    def said(given: dict[str, Answer]) -> tuple[str, frozenset[str]]:
        comparison = known(weighed, Response(asked, TODAY, given)).comparison
        return comparison.pattern, frozenset(comparison.think_of)

    now = said(given_before)
    open_items = [item.id for item in asked.items if item.id not in given_before]
    can = {item for item, answer in product(open_items, (YES, NO)) if said({**given_before, item: answer}) != now}
    assert _ids(weighed, asked, given_before) == can


@pytest.fixture(scope="module")
def content() -> Content:
    """The shipped intake."""
    return load_content(shipped(), "ms_als_intake")


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_in_the_shipped_intake_what_is_named_can_change_something_and_what_is_not_cannot(
    content: Content, draw: st.DataObject
) -> None:
    session = Session(content, CLOCK)
    walk(draw, session, most=draw.draw(st.integers(5, 110)))
    comparison, now = session.comparison, named(session)
    assert comparison is not None
    told = [*session.tells_most()]
    for one in [one for one in told if one.open_at == one.item.id and not (one.safety or one.needed)][:6]:
        assert any(_after(session, one.item, answer) != now for answer in _answers(one.item, content)), one.item.id
    waits = {item for domain in comparison.not_gated for item in content.questionnaire.gates.get(domain, ())}
    silent = [item for item in session.interview.response.unanswered() if item.id not in {one.item.id for one in told}]
    for item in draw.draw(st.permutations(silent))[:6]:
        assert item.id not in waits
        answer = answer_to(content.questionnaire, item.id, draw.draw(st.integers(0, 11)))
        if item.type not in ("date", "short_text", "long_text", "grid"):
            assert _after(session, item, answer) == now, (item.id, answer)


def _answers(item: Item, content: Content) -> list[Answer]:
    """Many answers to a question: all of the simple kinds."""
    from msals_tui.evidence.prospects import tests_by_item

    assert content.evidence is not None
    return [*item.tries(tests_by_item(content.evidence, content.questionnaire))]


def _after(session: Session, item: Item, answer: Answer) -> Named:
    """What would be named after one more answer, worked out from nothing."""
    response = session.interview.response
    other = Session(session.content, CLOCK)
    other.restore({**dict(response.given), item.id: answer}, notes={})
    return named(other)


def test_the_panel_looks_at_no_more_questions_than_it_names(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    from msals_tui.evidence.prospects import Prospects

    session = Session(content, CLOCK)
    looked: list[str] = []
    could_change = Prospects.could_change
    monkeypatch.setattr(Prospects, "could_change", lambda self, item: looked.append(item) or could_change(self, item))
    assert next_questions(session, 1, 2)
    assert looked == [], "what is needed first is named without a look"
    session.post(Jump("age_at_onset"))
