"""What `make bench` counts with: ratios to the nearest runs, intervals, goals, and questionnaires that are good ones."""

import random
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from msals_tui.content.checks import check
from msals_tui.content.library import Library

SPEED = Path(__file__).parent.parent / "benchmarks" / "speed"


@pytest.fixture
def speed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the programs, which are no package."""
    monkeypatch.syspath_prepend(str(SPEED))
    return SPEED


def module(name: str) -> ModuleType:
    """One of the programs' modules; only with `speed`."""
    return import_module(name)


def test_a_run_is_divided_by_the_two_runs_nearest_to_it(speed: Path) -> None:
    ratios = module("ratios")
    beside = [ratios.Measured(0, place, value) for place, value in ((0, 1.0), (3, 2.0), (6, 4.0), (9, 100.0))]
    assert ratios.ratios([ratios.Measured(0, 4, 6.0)], beside) == [2.0]


def test_a_run_is_never_divided_by_one_of_another_round_and_none_by_nothing(speed: Path) -> None:
    ratios = module("ratios")
    run, other_round, zero = ratios.Measured(1, 4, 6.0), ratios.Measured(0, 3, 1.0), ratios.Measured(1, 5, 0.0)
    assert ratios.ratios([run], [other_round]) == []
    assert ratios.ratios([run], [zero]) == []


def test_an_interval_holds_the_median_and_is_wider_where_values_scatter(speed: Path) -> None:
    ratios = module("ratios")
    near, far = ratios.interval([0.9, 1.0, 1.0, 1.0, 1.1]), ratios.interval([0.2, 0.6, 1.0, 1.4, 1.8])
    assert near[0] <= 1.0 <= near[1]
    assert far[0] < near[0]
    assert near[1] < far[1]
    assert ratios.interval([1.0, 2.0]) is None


def test_a_share_lies_between_neighbours(speed: Path) -> None:
    share_below = module("ratios").share_below
    assert share_below([3.0, 1.0, 2.0], 0.5) == 2.0
    assert share_below([1.0, 2.0], 0.95) == pytest.approx(1.95)


def test_what_others_stand_beside_is_measured_before_between_and_behind_them(speed: Path) -> None:
    order = module("ratios").interleaved(["a", "b", "c"], "floor", random.Random(1))
    assert [name == "floor" for name in order] == [True, False, False, True, False, True]
    assert sorted(order) == ["a", "b", "c", "floor", "floor", "floor"]


def test_a_made_up_questionnaire_is_a_good_one_and_the_same_for_the_same_seed(speed: Path, tmp_path: Path) -> None:
    questions = module("questions")
    path = tmp_path / "made_up.toml"
    path.write_text(questions.as_toml(questions.made_up(50)))
    assert list(check([str(path)], Library())) == []
    assert questions.made_up(50) == questions.made_up(50) != questions.made_up(50, seed=2)


def test_made_up_conditions_look_back_and_never_at_the_questions_that_everybody_is_asked(speed: Path) -> None:
    questions = module("questions")
    made = questions.made_up(1_000)
    assert all(one.looks_back is None for one in made[: questions.ALWAYS_ASKED])
    back = [one for one in made if one.looks_back is not None]
    assert all(one.looks_back[0] < one.number for one in back)
    assert 0.2 < len(back) / len(made) < 0.4


def test_every_goal_names_a_measure_and_a_program_that_there_is(speed: Path, tmp_path: Path) -> None:
    report, programs = module("report"), module("programs")
    known = {one.name for one in programs.own(tmp_path, programs.LENGTHS[:1])} | {"msals-tui --version"}
    for goal in report.goals():
        assert goal.measure in report.MEASURES
        assert goal.program in known
        assert goal.of == "value" or report.MEASURES[goal.measure].has_ratio
    assert len(report.goals()) == len(tomllib.loads((SPEED / "goals.toml").read_text())["goal"])
