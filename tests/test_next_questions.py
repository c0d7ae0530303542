"""What would tell most: the same as by changing one finding at a time, and quick with many findings."""

from collections import UserDict
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from builders import questionnaire
from evidences import SHIPPED, evidence, finding, known
from msals_tui.evidence.next_questions import Tellings, tells_most
from msals_tui.evidence.sums import count_group
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.response import Response
from sittings import CLOCK, shipped

TODAY = CLOCK.time.date()
STATUS = st.sampled_from(["observed", "excluded", "unknown"])


class _Counted(UserDict[str, FindingStatus]):
    """Statuses that count how often all of them are gone through."""

    copies = 0

    def __iter__(self) -> Iterator[str]:
        type(self).copies += 1
        return super().__iter__()


def test_what_a_finding_may_tell_is_worked_out_from_its_own_group_alone() -> None:
    asked = shipped().questionnaire("ms_als_intake")
    now = known(SHIPPED, Response(asked, TODAY, {}))
    now = replace(now, statuses=_Counted(now.statuses))
    _Counted.copies = 0
    assert Tellings(SHIPPED, asked).of(now, ())
    assert _Counted.copies == 0, "all statuses were copied for a finding"


def _whole_sum(seen: dict[str, FindingStatus]) -> Decimal:
    return sum((count_group(SHIPPED, group, seen).total_db for group in SHIPPED.groups), Decimal(0))


@given(st.fixed_dictionaries(dict.fromkeys(SHIPPED.findings, STATUS)), st.sampled_from(sorted(SHIPPED.findings)))
def test_it_is_what_the_whole_sums_would_change_by(seen: dict[str, FindingStatus], name: str) -> None:
    seen = {**seen, name: "unknown"}
    asked = questionnaire(f'[[item]]\nid = "one"\ntype = "yes_no"\nyes.observes = ["{name}"]')
    one = SHIPPED.findings[name]
    chance = (one.chance["ms"] + one.chance["als"]) / 2
    now = _whole_sum(seen)
    change = {status: abs(_whole_sum({**seen, name: status}) - now) for status in ("observed", "excluded")}
    expected = chance * change["observed"] + (1 - chance) * change["excluded"]
    told = tells_most(SHIPPED, known(SHIPPED, Response(asked, TODAY, {}), seen), {"one"})
    assert told[0].expected_db == expected


TESTS = """
[[item]]
id = "sex"
type = "choice"
options = [ { code = "female", label = "Female", observes = ["sex_female"] }, { code = "male", label = "Male" } ]

[[item]]
id = "done"
type = "choice"
options = [ { code = "none", label = "None" }, { code = "mri", label = "MRI" } ]

[[item]]
id = "mri"
type = "choice"
effort = "imaging"
enable_when = { item = "done", any_of = ["mri"] }
options = [
    { code = "normal", label = "Normal", observes = ["mri_brain_and_cord_normal"] },
    { code = "lesions", label = "Lesions", observes = ["mri_brain_typical_ms_lesions"] },
]

[[item]]
id = "veins"
type = "yes_no"
effort = "imaging"
enable_when = { item = "mri", any_of = ["lesions"] }
yes.observes = ["central_vein_sign"]

[[item]]
id = "breast"
type = "yes_no"
effort = "examination"
enable_when = { item = "sex", any_of = ["male"] }
yes.observes = ["split_hand"]
"""


VEINS = evidence(finding("central_vein_sign mri_all 13 -9"), finding("split_hand motor_signs -9 3"))


def told(**answers: str) -> list[tuple[str, str]]:
    """What would tell most after these answers, each with the question to open for it."""
    response = Response(questionnaire(TESTS), TODAY, {item: Choice((code,)) for item, code in answers.items()})
    return [(one.item.id, one.open_at) for one in tells_most(VEINS, known(VEINS, response), ())]


def test_a_test_that_was_not_done_is_named_and_opens_the_question_that_says_so() -> None:
    lesions = evidence(finding("mri_brain_typical_ms_lesions mri_all 13 0"))
    response = Response(questionnaire(TESTS), TODAY, {"done": Choice(("none",))})
    assert [(one.item.id, one.open_at) for one in tells_most(lesions, known(lesions, response), ())] == [
        ("mri", "done")
    ]


def test_what_would_settle_the_look_alike_that_holds_the_word_back_is_named_and_not_what_merely_weighs() -> None:
    asked = questionnaire("""
[[item]]
id = "attacks"
type = "yes_no"
yes.observes = ["relapse_and_recovery"]

[[item]]
id = "neck_image"
type = "yes_no"
effort = "imaging"
yes.observes = ["mri_cord_compression"]
no.excludes = ["mri_cord_compression"]
""")
    response = Response(asked, TODAY, {})
    now = known(SHIPPED, response, {"hyperreflexia": "observed"})
    assert now.comparison.think_of == ("cervical_myelopathy",)
    [one] = tells_most(SHIPPED, now, ())
    assert (one.item.id, one.settles, one.expected_db) == ("neck_image", now.comparison.think_of, 0)
    assert [one.item.id for one in tells_most(SHIPPED, known(SHIPPED, response), ())] == ["attacks", "neck_image"]


def test_what_a_normal_result_leaves_nothing_to_look_into_is_not_named() -> None:
    assert "veins" not in dict(told(sex="male", done="mri", mri="normal"))
    assert ("veins", "veins") in told(sex="male", done="mri", mri="lesions")


def test_one_test_is_named_once_by_the_question_that_tells_most_of_it() -> None:
    response = Response(shipped().questionnaire("ms_als_intake"), TODAY, {"tests_done": Choice(("none",))})
    seen: dict[str, FindingStatus] = {"hyperreflexia": "observed", "twitching_without_weakness": "excluded"}
    told = {one.item.id: one.open_at for one in tells_most(SHIPPED, known(SHIPPED, response, seen), ())}
    assert told["mri_cord"] == "tests_done"
    assert "mri_cord_part" not in told


def test_what_cannot_be_done_in_this_person_is_not_named() -> None:
    assert "breast" not in dict(told(sex="female", done="none"))
    assert ("breast", "breast") in told(sex="male", done="none")
