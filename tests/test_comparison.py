"""The sums, the word and the look-alikes, rule by rule of the weighing model."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import questionnaire
from evidences import SHIPPED, evidence, finding, known, look_alike
from msals_tui.evidence.comparison import compare
from msals_tui.evidence.findings import findings_of, statuses
from msals_tui.evidence.next_questions import tells_most
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.response import Response
from sittings import CLOCK

TODAY = CLOCK.time.date()
OBSERVED, EXCLUDED = "observed", "excluded"
STRONG = (finding("attack course 9 0"), finding("eye optic_nerve 8 0"))


def total(compared, group):
    return next((one.total_db for one in compared.groups if one.group == group), Decimal(0))


def test_an_unknown_finding_counts_nothing():
    compared = compare(evidence(finding("band cord_sensory 7 -1")), {})
    assert compared.net_db == 0
    assert compared.groups == ()


def test_related_findings_are_halved_one_after_the_other():
    known = evidence(finding("a cord_sensory 4 0"), finding("b cord_sensory 2 0"), finding("c cord_sensory 1 0"))
    compared = compare(known, dict.fromkeys("abc", OBSERVED))
    assert total(compared, "cord_sensory") == Decimal("5.3")  # 4 + 2/2 + 1/4 = 5.25, half up


def test_sides_are_halved_apart_and_then_netted():
    known = evidence(finding("a course 8 0"), finding("b course -6 0"), finding("c course 4 0"))
    compared = compare(known, dict.fromkeys("abc", OBSERVED))
    assert total(compared, "course") == Decimal("4.0")  # 8 + 4/2 against 6


def test_a_group_is_capped_after_netting():
    known = evidence(finding("a course 10 0"), finding("b course 10 0"), finding("c course -1 0"))
    compared = compare(known, dict.fromkeys("abc", OBSERVED))
    assert total(compared, "course") == Decimal(13)  # 15 - 1 = 14, capped; not 13 - 1


def test_a_tie_is_rounded_away_from_zero_on_both_sides():
    towards_first = compare(evidence(finding("a course 0.25 0")), {"a": OBSERVED})
    towards_second = compare(evidence(finding("a course -0.25 0")), {"a": OBSERVED})
    assert (towards_first.first_db, towards_second.second_db) == (Decimal("0.3"), Decimal("0.3"))


def test_a_composite_replaces_its_observed_parts_and_leaves_excluded_ones():
    both = finding("both motor_signs -10 0", replaces=("upper", "lower", "tone"))
    known = evidence(
        both, finding("upper motor_signs -1 0.5"), finding("lower motor_signs -4 1"), finding("tone motor_signs 0 2")
    )
    compared = compare(known, {"both": OBSERVED, "upper": OBSERVED, "lower": OBSERVED, "tone": EXCLUDED})
    assert total(compared, "motor_signs") == Decimal("-8.0")  # -10, and the excluded part's +2
    assert compared.contributions["lower"].replaced_by == "both"
    assert compared.contributions["lower"].counted_db == 0


def test_a_composite_never_makes_its_side_weaker_than_its_parts_alone():
    both = finding("both motor_signs -5 0", replaces=("upper", "lower"))
    known = evidence(both, finding("upper motor_signs -6 0"), finding("lower motor_signs -4 0"))
    compared = compare(known, dict.fromkeys(("both", "upper", "lower"), OBSERVED))
    assert total(compared, "motor_signs") == Decimal("-8.0")
    assert compared.contributions["both"].counted_db == 0


def test_a_normal_scan_silences_the_exclusions_of_its_group():
    normal = finding("normal mri_all -9 0", silences=("lesions",))
    known = evidence(normal, finding("lesions mri_all 10 -9"))
    compared = compare(known, {"normal": OBSERVED, "lesions": EXCLUDED})
    assert total(compared, "mri_all") == Decimal("-9.0")


def test_what_findings_count_adds_up_to_their_group():
    known = evidence(finding("a course 9 0"), finding("b course 9 0", domain="vision"), finding("c course -2 0"))
    compared = compare(known, dict.fromkeys("abc", OBSERVED))
    assert sum(one.counted_db for one in compared.contributions.values()).quantize(Decimal("0.1")) == total(
        compared, "course"
    )
    shown = {one.domain: one.first_db - one.second_db for one in compared.domains}
    assert shown["vision"] > 0
    assert sum(shown.values()) == total(compared, "course")


def test_background_is_shown_and_never_makes_a_pattern():
    known = evidence(finding("young demographics 10 0"), finding("relative family_genes 10 0"))
    compared = compare(known, dict.fromkeys(("young", "relative"), OBSERVED))
    assert compared.first_db == Decimal("16.0")  # demographics are capped at 6
    assert compared.core_net_db == 0
    assert compared.pattern == "too_little"


def test_two_observed_groups_together_lean():
    assert compare(evidence(*STRONG), {"attack": OBSERVED, "eye": OBSERVED}).pattern == "more_like_ms"


def test_one_group_alone_never_leans():
    compared = compare(evidence(finding("attack course 13 0")), {"attack": OBSERVED})
    assert compared.pattern == "slight"


def test_exclusions_never_build_a_lean():
    known = evidence(finding("a motor_signs -5 9"), finding("b emg -9 9"), finding("c course 6 0"))
    compared = compare(known, {"a": EXCLUDED, "b": EXCLUDED, "c": OBSERVED})
    assert compared.core_net_db >= 10
    assert compared.pattern == "slight"


def test_who_says_no_to_everything_has_told_too_little_however_much_that_adds_up_to():
    known = evidence(finding("a motor_signs -5 9"), finding("b emg -9 9"), finding("c course 9 -9"))
    compared = compare(known, dict.fromkeys("abc", EXCLUDED))
    assert (compared.core_first_db, compared.core_second_db) == (Decimal(18), Decimal(9))
    assert compared.pattern == "too_little"


def test_what_does_not_fit_a_side_never_builds_a_lean_to_the_other():
    known = evidence(finding("a mri_all -9 0", does_not_fit="first"), finding("b course -9 0"))
    compared = compare(known, dict.fromkeys("ab", OBSERVED))
    assert compared.pattern == "slight"


def test_both_sides_speaking_is_mixed_until_one_is_far_ahead():
    sides = (finding("a course 9 0"), finding("b motor_signs -9 0"))
    assert compare(evidence(*sides), dict.fromkeys("ab", OBSERVED)).pattern == "mixed"
    far = (*sides, finding("c optic_nerve 8 0"), finding("d mri_all 8 0"))
    assert compare(evidence(*far), dict.fromkeys("abcd", OBSERVED)).pattern == "more_like_ms"


def test_who_shows_enough_of_both_is_mixed_however_far_one_is_ahead():
    first = (
        *STRONG,
        finding("band cord_sensory 9 0"),
        finding("lesions mri_all 13 0"),
        finding("bands csf_immunoglobulin 13 0"),
    )
    second = (finding("wasting motor_signs -8 0"), finding("denervation emg -9 0"))
    both = dict.fromkeys(("attack", "eye", "band", "lesions", "bands", "wasting", "denervation"), OBSERVED)
    compared = compare(evidence(*first, *second), both)
    assert compared.core_net_db > 30
    assert compared.pattern == "mixed"
    assert compare(evidence(*first, *second), both | {"wasting": EXCLUDED}).pattern == "more_like_ms"


def test_a_strong_finding_that_points_elsewhere_withholds_the_word():
    other = finding("block - 0 0", points="elsewhere", strength="strong")
    compared = compare(evidence(*STRONG, other), {"attack": OBSERVED, "eye": OBSERVED, "block": OBSERVED})
    assert compared.pattern == "withheld"
    assert [one.id for one in compared.elsewhere] == ["block"]


def test_what_points_elsewhere_withholds_only_while_somebody_is_left_to_think_of():
    other = finding("block - 0 0", points="elsewhere", strength="strong", look_alikes=("neck", "nerve"))
    neck = look_alike("neck", rules_out={"finding": "squeezed", "is": "excluded"})
    nerve = look_alike("nerve", rules_out={"finding": "antibody", "is": "excluded"})
    known = evidence(*STRONG, other, finding("squeezed - 0 0"), finding("antibody - 0 0"), look_alikes=(neck, nerve))
    seen = {"attack": OBSERVED, "eye": OBSERVED, "block": OBSERVED, "squeezed": EXCLUDED}
    one_left = compare(known, seen)
    assert (one_left.pattern, one_left.think_of) == ("withheld", ("nerve",))
    nobody_left = compare(known, seen | {"antibody": EXCLUDED})
    assert (nobody_left.pattern, nobody_left.think_of) == ("more_like_ms", ())
    assert [one.id for one in nobody_left.elsewhere] == ["block"]


def test_a_weak_one_is_shown_beside_the_word():
    other = finding("spots - 0 0", points="elsewhere", strength="weak")
    compared = compare(evidence(*STRONG, other), {"attack": OBSERVED, "eye": OBSERVED, "spots": OBSERVED})
    assert compared.pattern == "more_like_ms"
    assert [one.id for one in compared.elsewhere] == ["spots"]


def test_a_look_alike_rule_withholds_until_a_result_rules_it_out():
    neck = look_alike(
        "neck",
        withhold={"finding": "attack", "is": "observed"},
        rules_out={"finding": "squeezed", "is": "excluded"},
    )
    known = evidence(*STRONG, finding("squeezed - 0 0"), look_alikes=(neck,))
    seen = {"attack": OBSERVED, "eye": OBSERVED}
    open_case = compare(known, seen)
    assert open_case.pattern == "withheld"
    assert open_case.think_of == ("neck",)
    settled = compare(known, seen | {"squeezed": EXCLUDED})
    assert settled.pattern == "more_like_ms"
    assert settled.think_of == ()


GATED = """
[[item]]
id = "attacks"
type = "yes_no"
gate = ["course", "strength", "sensation"]
yes.observes = ["attack", "eye"]

[[item]]
id = "bladder"
type = "yes_no"
gate = ["speech_swallow_breathing", "bladder_bowel"]
"""


@pytest.mark.parametrize(
    ("bladder", "opened"),
    [
        (None, False),
        (Missing(MissingCode.NOT_ASKED), False),
        (Missing(MissingCode.PENDING), False),
        (Missing(MissingCode.NOT_SURE), True),
        (Missing(MissingCode.DECLINED), True),
        (Choice(("no",)), True),
    ],
)
def test_an_interview_gives_no_word_before_its_key_questions_were_asked(bladder, opened):
    answers = {"attacks": Choice(("yes",))} | ({"bladder": bladder} if bladder else {})
    response = Response(questionnaire(GATED), TODAY, answers)
    compared = compare(evidence(*STRONG), statuses(findings_of(response)), response=response, interview=True)
    assert compared.pattern == ("more_like_ms" if opened else "asked_too_little")


def test_a_questionnaire_without_a_key_question_never_gets_a_word():
    response = Response(questionnaire('[[item]]\nid = "a"\ntype = "yes_no"'), TODAY, {"a": Choice(("yes",))})
    compared = compare(evidence(*STRONG), {"attack": OBSERVED, "eye": OBSERVED}, response=response, interview=True)
    assert compared.pattern == "asked_too_little"


def test_what_was_observed_outweighs_an_exclusion_elsewhere_and_the_conflict_is_marked():
    response = Response(
        questionnaire("""
[[item]]
id = "told"
type = "yes_no"
yes.observes = ["numb"]
no.excludes = ["numb"]

[[item]]
id = "examined"
type = "yes_no"
yes.observes = ["numb"]
no.excludes = ["numb"]
"""),
        TODAY,
        {"told": Choice(("no",)), "examined": Choice(("yes",))},
    )
    state = findings_of(response)["numb"]
    assert (state.status, state.conflict) == ("observed", True)


@pytest.mark.parametrize("code", list(MissingCode))
def test_no_missing_code_ever_excludes_a_finding(code):
    response = Response(
        questionnaire('[[item]]\nid = "a"\ntype = "yes_no"\nno.excludes = ["numb"]'), TODAY, {"a": Missing(code)}
    )
    assert findings_of(response)["numb"].status == "unknown"


def test_safety_questions_come_first_then_cheap_ones_then_those_that_tell_more():
    asked = questionnaire("""
[[item]]
id = "scan"
type = "yes_no"
effort = "imaging"
yes.observes = ["lesions"]

[[item]]
id = "small"
type = "yes_no"
yes.observes = ["minor"]

[[item]]
id = "large"
type = "yes_no"
yes.observes = ["major"]

[[item]]
id = "breathless"
type = "yes_no"
""")
    weighed = evidence(finding("lesions mri_all 13 -9"), finding("minor pain 3 -1"), finding("major course 9 -3"))
    order = tells_most(weighed, known(weighed, Response(asked, TODAY, {})), {"breathless"})
    assert [one.item.id for one in order] == ["breathless", "large", "scan"], "3 dB make no word"


STATUS = st.sampled_from(["observed", "excluded", "unknown"])


@given(st.fixed_dictionaries(dict.fromkeys(SHIPPED.findings, STATUS)), st.randoms())
def test_the_order_of_findings_never_matters(seen, random):
    shuffled = list(seen.items())
    random.shuffle(shuffled)
    assert compare(SHIPPED, dict(shuffled)) == compare(SHIPPED, seen)


@given(st.fixed_dictionaries(dict.fromkeys(SHIPPED.findings, STATUS)))
def test_every_total_can_be_redone_by_hand(seen):
    compared = compare(SHIPPED, seen)
    for group in compared.groups:
        assert abs(group.total_db) <= SHIPPED.groups[group.group].cap_db
        counted = sum(compared.contributions[one].counted_db for one in group.findings)
        assert counted.quantize(Decimal("0.1")) == group.total_db
    assert compared.net_db == sum(group.total_db for group in compared.groups)
    assert compared.pattern in {"withheld", "too_little", "mixed", "slight", "more_like_ms", "more_like_als"}


@given(st.fixed_dictionaries(dict.fromkeys(SHIPPED.findings, STATUS)))
def test_a_word_is_never_withheld_with_nobody_to_think_of(seen):
    compared = compare(SHIPPED, seen)
    if compared.pattern == "withheld":
        assert compared.think_of
