"""The sum of a group done again by hand: what the balance sheet writes down leads to the total it shows."""

import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from evidences import SHIPPED, evidence, finding
from msals_tui.evidence.comparison import Comparison, compare
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.pattern_reasons import word_reasons
from msals_tui.evidence.sums import TENTH, Statuses
from msals_tui.evidence.working import working_sentences, workings
from sittings import english

STORIES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["story"]

TERM = re.compile(r"(?:^|: | \+ )(\d+\.\d)(?:/(\d+))? ")


def said(among: Evidence, statuses: Statuses) -> list[str]:
    """All that is written down about the one group of these findings."""
    comparison = compare(among, statuses)
    (working,) = workings(among, comparison)
    return list(working_sentences(english(), among, comparison, working))


def by_hand(sentences: list[str]) -> Decimal:
    """What somebody works out who has nothing but the sentences."""
    sums = {"MS": Decimal(0), "ALS": Decimal(0)}
    for sentence in sentences:
        side = sentence.partition(":")[0]
        if side in sums:
            sums[side] = sum((Decimal(size) / int(by or 1) for size, by in TERM.findall(sentence)), Decimal(0))
    net = sums["MS"] - sums["ALS"]
    for sentence in sentences:
        if held := re.fullmatch(r"Held to the cap of (\d+)\.", sentence):
            cap = Decimal(held[1])
            net = max(min(net, cap), -cap)
    return net.quantize(TENTH, ROUND_HALF_UP)


def story(name: str) -> Comparison:
    known = STORIES[name]
    return compare(SHIPPED, dict.fromkeys(known["excluded"], "excluded") | dict.fromkeys(known["observed"], "observed"))


@pytest.mark.parametrize("name", STORIES)
def test_every_group_of_a_story_can_be_added_up_by_hand_from_what_is_written_down(name: str) -> None:
    comparison = story(name)
    done = {
        one.group: by_hand(list(working_sentences(english(), SHIPPED, comparison, one)))
        for one in workings(SHIPPED, comparison)
    }
    assert done == {one.group: one.total_db for one in comparison.groups}


def test_the_largest_weight_counts_whole_the_next_half_the_next_a_quarter() -> None:
    among = evidence(
        finding("small motor_signs -2.0 0"), finding("large motor_signs -6.0 0"), finding("middle motor_signs -3.0 0")
    )
    assert said(among, dict.fromkeys(("small", "middle", "large"), "observed")) == [
        "ALS: 6.0 large + 3.0/2 middle + 2.0/4 small = 8.0"
    ]


def test_a_single_weight_needs_no_sum() -> None:
    assert said(evidence(finding("alone motor_signs 4.0 0")), {"alone": "observed"}) == ["MS: 4.0 alone"]


def test_what_is_absent_says_so_where_it_counts() -> None:
    assert said(evidence(finding("gone motor_signs -4.0 1.2")), {"gone": "excluded"}) == ["MS: 1.2 no: gone"]


def test_the_smaller_sum_is_taken_from_the_larger_before_the_cap_holds() -> None:
    among = evidence(
        finding("ours motor_signs 3.0 0"), finding("theirs motor_signs -10.0 0"), finding("too motor_signs -9.0 0"),
        finding("more motor_signs -9.0 0"),
    )  # fmt: skip
    assert said(among, dict.fromkeys(("ours", "theirs", "too", "more"), "observed")) == [
        "MS: 3.0 ours",
        "ALS: 10.0 theirs + 9.0/2 more + 9.0/4 too = 16.75",
        "16.75 - 3.0 = 13.75",
        "Held to the cap of 13.",
    ]


def test_a_sum_that_the_cap_does_not_touch_says_nothing_of_it() -> None:
    among = evidence(finding("one motor_signs 10.0 0"), finding("two motor_signs 6.0 0"))
    assert said(among, {"one": "observed", "two": "observed"}) == ["MS: 10.0 one + 6.0/2 two = 13.0"]


def test_further_digits_are_left_out_so_that_nobody_rounds_twice() -> None:
    among = evidence(
        finding("a motor_signs 1.0 0"), finding("b motor_signs 0.7 0"), finding("c motor_signs 0.3 0"),
        finding("d motor_signs 0.3 0"), finding("e motor_signs 0.2 0"),
    )  # fmt: skip
    statuses: Statuses = dict.fromkeys("abcde", "observed")
    assert said(among, statuses) == ["MS: 1.0 a + 0.7/2 b + 0.3/4 c + 0.3/8 d + 0.2/16 e = 1.47..."]
    assert compare(among, statuses).first_db == Decimal("1.5")


def test_a_part_is_said_to_count_through_its_composite_and_is_not_added() -> None:
    among = evidence(
        finding("both motor_signs -10.0 0", replaces=("upper", "lower")),
        finding("upper motor_signs -3.0 0"),
        finding("lower motor_signs -4.0 0"),
    )
    assert said(among, dict.fromkeys(("both", "upper", "lower"), "observed")) == [
        "ALS: 10.0 both",
        "upper: counted through both.",
        "lower: counted through both.",
    ]


def test_what_another_finding_silences_is_named_and_not_added() -> None:
    among = evidence(finding("clean mri_all -8.0 0", silences=("spots",)), finding("spots mri_all 9.0 -6.0"))
    assert said(among, {"clean": "observed", "spots": "excluded"}) == [
        "ALS: 8.0 clean",
        "Counts nothing beside what else was observed: no: spots.",
    ]


def test_a_group_in_which_nothing_known_weighs_anything_has_no_working() -> None:
    among = evidence(finding("sign motor_signs -4.0 0"))
    assert list(workings(among, compare(among, {"sign": "excluded"}))) == []


# Why the word is what it is

TWO = (finding("eye optic_nerve 8.0 -1.0"), finding("scan mri_all 7.0 -1.0"))


def reasons(among: Evidence, statuses: Statuses) -> tuple[str, list[str]]:
    comparison = compare(among, statuses)
    return comparison.pattern, list(word_reasons(english(), among, comparison))


def test_a_lean_names_the_observed_groups_that_carry_it_and_what_it_takes() -> None:
    assert reasons(evidence(*TWO), {"eye": "observed", "scan": "observed"}) == (
        "more_like_ms",
        [
            "Observed for MS, in dB by group: 8.0 Optic nerve + 7.0 MRI = 15.0.",
            "All that counts, background left out: MS 15.0 dB, ALS 0.0 dB, difference 15.0 dB.",
            "A lean takes 2 groups of observed findings with 3 dB or more each, 10 dB together, "
            "and a difference of 10 dB.",
        ],
    )


def test_somebody_with_one_strong_group_reads_which_one_it_is() -> None:
    pattern, sentences = reasons(evidence(*TWO), {"eye": "observed"})
    assert pattern == "slight"
    assert sentences[0] == "Observed for MS, in dB by group: 8.0 Optic nerve."


def test_too_little_counts_what_was_observed_and_not_what_is_absent() -> None:
    pattern, sentences = reasons(evidence(*TWO), {"eye": "excluded", "scan": "excluded"})
    assert pattern == "too_little"
    assert sentences == [
        "Observed for MS: no group tells anything.",
        "Observed for ALS: no group tells anything.",
        "Why: observed findings tell less than 5 dB for either of the two. What is absent does not count for this.",
    ]


def test_a_lean_that_a_need_holds_back_says_what_is_needed() -> None:
    among = evidence(finding("stiff motor_signs -8.0 0"), finding("speech bulbar_all -7.0 0"))
    needing = replace(among, pattern=SHIPPED.pattern)
    pattern, sentences = reasons(needing, {"stiff": "observed", "speech": "observed"})
    assert pattern == "slight"
    assert sentences[0] == "Observed for ALS, in dB by group: 8.0 Motor signs + 7.0 Speech, swallowing, tongue = 15.0."
    assert "A lean to ALS needs a lower motor sign" in sentences[-2]


def test_answers_that_speak_for_both_are_told_side_by_side() -> None:
    among = evidence(*TWO, finding("stiff motor_signs -8.0 0"), finding("speech bulbar_all -7.0 0"))
    pattern, sentences = reasons(among, dict.fromkeys(("eye", "scan", "stiff", "speech"), "observed"))
    assert pattern == "mixed"
    assert [one.partition(",")[0] for one in sentences[:2]] == ["Observed for MS", "Observed for ALS"]
    assert sentences[2] == "All that counts, background left out: MS 15.0 dB, ALS 15.0 dB, difference 0.0 dB."


def test_a_word_that_comes_before_every_sum_has_no_steps() -> None:
    among = evidence(finding("odd - 0 0", points="elsewhere", strength="strong"))
    assert reasons(among, {"odd": "observed"}) == ("withheld", [])
