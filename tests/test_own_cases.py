"""Our own labelled cases: nobody leans the wrong way, and whoever can be told apart is, as often as was promised.

Cases and labels were written before any comparison of them was run: `answers` and `phenopackets` as complete stories,
`reports` and `report_packets` later and by another hand, as sparse as published reports are. Rules were mended after looking
at each, on clinical grounds, so that what they show today is no longer blind. The floors are promises, not what came out;
where one breaks, the content is looked at, never the case.
"""

from functools import cache
from pathlib import Path

import pytest

from msals_tui.evaluation.evaluate import evaluate
from msals_tui.evaluation.share import Share
from msals_tui.evaluation.tally import BOTH, NEITHER, Measure, Tally
from sittings import shipped

CASES = Path(__file__).parent / "cases"

RIGHT_SIDE = {"answers": 0.95, "reports": 0.95, "phenopackets": 0.85, "report_packets": 0.85}
"""The least share of either side's cases whose decibans point there, by folder."""
TESTED_LEANS = 0.7
OTHERS_UNDECIDED = 0.8
LOOK_ALIKE_NAMED = 0.5

folders = pytest.mark.parametrize("folder", RIGHT_SIDE)
sides = pytest.mark.parametrize("side", ["MS", "ALS"])


@cache
def counted(folder: str) -> tuple[Tally, tuple[str, ...]]:
    """What became of the cases of a folder, and what was said on the way."""
    said: list[str] = []
    made = evaluate(
        CASES / folder,
        shipped(),
        say=lambda error: said.append(str(error)),
        remark=said.append,
        step=lambda number, of: None,
    )
    return made.tally, tuple(said)


def of_others(folder: str, measure: Measure) -> float:
    """A share of the cases of neither and of both together."""
    shares = [counted(folder)[0].labels[label].shares[measure] for label in (NEITHER, BOTH)]
    return known(Share(sum(one.count for one in shares), sum(one.of for one in shares)))


def known(share: Share) -> float:
    """A share that there must be."""
    assert share.value is not None
    return share.value


@folders
def test_every_case_can_be_compared(folder: str) -> None:
    assert counted(folder)[1] == ()


@folders
def test_nobody_leans_to_the_wrong_side(folder: str) -> None:
    assert [one.case for one in counted(folder)[0].wrong_leans] == []


@sides
@folders
def test_the_decibans_of_nearly_everybody_point_to_the_right_side(folder: str, side: str) -> None:
    assert known(counted(folder)[0].labels[side].shares["right_side"]) >= RIGHT_SIDE[folder]


@sides
@pytest.mark.parametrize("folder", ["answers", "reports"])
def test_most_typical_people_with_tests_get_a_lean(folder: str, side: str) -> None:
    assert known(counted(folder)[0].labels[side].shares["tested_leans_right"]) >= TESTED_LEANS


@folders
def test_most_people_with_something_else_get_no_lean(folder: str) -> None:
    assert of_others(folder, "undecided") >= OTHERS_UNDECIDED


@folders
def test_of_people_with_a_look_alike_half_have_it_named(folder: str) -> None:
    assert of_others(folder, "a_look_alike_named") >= LOOK_ALIKE_NAMED
