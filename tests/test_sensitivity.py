"""Whether the word hangs on a published figure: every chance moved to both ends of its range, one at a time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from evidences import SHIPPED, evidence, finding, look_alike
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.explain import sensitivity_sentences
from msals_tui.evidence.sensitivity import Range, moved, published, sensitivity
from sittings import english

D = Decimal
OBSERVED = "observed"


def figure(disease, *, low=None, value=None, high=None, **more):
    numbers = {key: D(number) for key, number in (("low", low), ("value", value), ("high", high)) if number is not None}
    return {"disease": disease, "when": "ever", "read": True, **numbers, **more}


def made(line, ms, als, *frequency, **more):
    """A finding whose weight follows from its chances."""
    return finding(line, chance={"ms": D(ms), "als": D(als)}, frequency=frequency, **more)


ATTACK = made("attack course 7.0 0", "0.5", "0.1", figure("ms", low=10, high=60))
EYE = made("eye optic_nerve 7.0 0", "0.5", "0.1", figure("ms", low=45, high=60))


def test_a_word_depends_on_a_figure_whose_published_low_would_change_it():
    known = evidence(ATTACK, EYE)
    compared = compare(known, {"attack": OBSERVED, "eye": OBSERVED})
    assert compared.pattern == "more_like_ms"
    found = sensitivity(known, compared)
    assert [(one.finding, one.side, one.chance, one.pattern) for one in found.depends_on] == [
        ("attack", "ms", D("0.1"), "slight")
    ]
    assert not found.holds


def test_a_word_holds_when_no_published_end_changes_it():
    known = evidence(EYE, made("band cord_sensory 7.0 0", "0.5", "0.1", figure("ms", low=48, high=60)))
    found = sensitivity(known, compare(known, {"eye": OBSERVED, "band": OBSERVED}))
    assert found.holds
    assert (found.ranged, found.assumed) == (2, 2)  # of each, one side was read and the other assumed


def test_a_withheld_word_hangs_on_no_weight():
    neck = look_alike("neck", withhold={"finding": "attack", "is": "observed"})
    known = evidence(ATTACK, EYE, look_alikes=(neck,))
    found = sensitivity(known, compare(known, {"attack": OBSERVED, "eye": OBSERVED}))
    assert (found.weights_decide, found.holds) == (False, True)
    assert sensitivity_sentences(english(), known, found) == (
        "No weight decides this word; it comes before every sum.",
    )


def test_where_no_range_was_published_nothing_is_said_to_hold():
    known = evidence(made("eye optic_nerve 7.0 0", "0.5", "0.1"))
    found = sensitivity(known, compare(known, {"eye": OBSERVED}))
    assert sensitivity_sentences(english(), known, found) == (
        "No published range lies behind it, so that nothing could be moved.",
        "2 chances behind it are assumed and have no published range.",
    )


def test_what_it_depends_on_is_said_with_the_figure_and_the_other_word():
    known = evidence(ATTACK, EYE)
    found = sensitivity(known, compare(known, {"attack": OBSERVED, "eye": OBSERVED}))
    said = sensitivity_sentences(english(), known, found)
    assert said == (
        "Depends on: attack. With 10% in MS it would read: Points one way, but not enough to lean.",
        "2 chances behind it are assumed and have no published range.",
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((figure("ms", low=20, value=30, high=60),), Range(D("0.2"), D("0.6"))),
        ((figure("ms", value=30),), Range(D("0.3"), D("0.3"))),
        ((figure("ms", low=10, high=20), figure("ms", low=40, high=60)), Range(D("0.4"), D("0.6"))),
        ((figure("ms", low=10, high=20), figure("ms", low=60, high=80)), Range(D("0.1"), D("0.8"))),
        ((figure("ms", low=10, high=60, of="people after optic neuritis"),), None),
        ((figure("ms", low=10, high=60, read=False),), None),
        ((figure("als", low=10, high=60),), None),
        ((), None),
    ],
)
def test_the_published_range_is_that_of_the_figure_the_chance_lies_in(figures, expected):
    assert published(made("a course 7.0 0", "0.5", "0.1", *figures), SHIPPED.first) == expected


def test_the_accuracy_of_a_test_stands_in_for_a_frequency_that_nobody_published():
    accuracy = {
        "what": "A test.", "comparator": "others", "read": True,
        "sensitivity": D(85), "sensitivity_low": D(78), "sensitivity_high": D(91),
        "specificity": D(82), "specificity_low": D(75), "specificity_high": D(87),
    }  # fmt: skip
    shown = made("nfl blood_markers -4 0", "0.18", "0.85", accuracy=(accuracy,), kind="test")
    assert published(shown, SHIPPED.second) == Range(D("0.78"), D("0.91"))
    assert published(shown, SHIPPED.first) == Range(D("0.13"), D("0.25"))


def test_a_weight_set_by_hand_keeps_its_distance_and_zero_stays_zero():
    by_hand = made("a course 5.0 0", "0.5", "0.1", weight_note="Set lower by hand.")
    assert moved(by_hand, "ms", D("0.5"), SHIPPED).present_db == D("5.0")
    assert moved(by_hand, "ms", D("0.2"), SHIPPED).present_db == D("1.0")  # 7.0 becomes 3.0 by the rule
    assert moved(by_hand, "ms", D("0.2"), SHIPPED).absent_db == 0


def test_age_and_family_never_make_a_word_and_are_never_moved():
    young = made("young demographics 7.0 0", "0.5", "0.1", figure("ms", low=10, high=90))
    known = evidence(young, EYE)
    found = sensitivity(known, compare(known, {"young": OBSERVED, "eye": OBSERVED}))
    assert (found.ranged, found.assumed) == (1, 1)


STATUS = st.sampled_from(["observed", "excluded", "unknown"])


@given(st.fixed_dictionaries(dict.fromkeys(SHIPPED.findings, STATUS)))
def test_every_dependence_is_true_when_the_whole_comparison_is_made_anew(seen):
    compared = compare(SHIPPED, seen)
    for one in sensitivity(SHIPPED, compared).depends_on:
        shown = SHIPPED.findings[one.finding]
        weights = moved(shown, one.side, one.chance, SHIPPED)
        update = {"present_db": weights.present_db, "absent_db": weights.absent_db}
        assert compare(with_finding(structs.replace(shown, **update)), seen).pattern == one.pattern


def with_finding(changed):
    """The shipped evidence with one finding changed, rules and look-alikes included."""
    findings = {**SHIPPED.findings, changed.id: changed}
    members = {group: tuple(findings[one.id] for one in together) for group, together in SHIPPED.members.items()}
    return replace(SHIPPED, findings=findings, members=members)
