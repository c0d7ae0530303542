"""Unused memory is looked for when nobody waits for an answer of the screen, and all the same there is never more of it."""

import gc
from collections.abc import Callable, Iterator

import pytest

from at_screen import seated
from msals_tui.ui.terminal.gc_when_idle import MANY, QUIET, IdleCollector


class Hours:
    """Time that passes when it is told to, with what is to be done at its moment."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.swept: list[float] = []

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        self.due.append((self.seconds + seconds, call))

    def passes(self, seconds: float) -> None:
        end = self.seconds + seconds
        while ready := sorted((at, number) for number, (at, _) in enumerate(self.due) if at <= end):
            self.seconds, call = self.due.pop(ready[0][1])
            call()
        self.seconds = end


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def sweeper(hours: Hours) -> Iterator[IdleCollector]:
    sweeper = IdleCollector(lambda: hours.seconds, hours.later, lambda: hours.swept.append(hours.seconds))
    sweeper.start()
    yield sweeper
    gc.enable()


def test_nothing_is_swept_but_by_the_sweeper(sweeper: IdleCollector) -> None:
    assert not gc.isenabled()


def test_everything_is_swept_once_after_the_last_key_and_then_nothing_wakes(
    sweeper: IdleCollector, hours: Hours
) -> None:
    for _ in range(5):
        sweeper.used()
        hours.passes(QUIET / 2)
    assert hours.swept == []
    hours.passes(QUIET)
    assert hours.swept == [QUIET * 3]
    hours.passes(1000)
    assert len(hours.swept) == 1
    assert hours.due == []


def test_the_next_key_begins_anew(sweeper: IdleCollector, hours: Hours) -> None:
    for _ in range(3):
        sweeper.used()
        hours.passes(1000)
    assert len(hours.swept) == 3


def test_one_moment_waits_however_many_keys_come(sweeper: IdleCollector, hours: Hours) -> None:
    for _ in range(1000):
        sweeper.used()
    assert len(hours.due) == 1


def test_whoever_never_rests_has_it_swept_now_and_then(sweeper: IdleCollector, hours: Hours) -> None:
    for _ in range(int(MANY * 2.5)):
        sweeper.used()
        hours.passes(1.0)
    assert len(hours.swept) == 2


def test_where_it_is_not_started_everything_is_left_to_python(hours: Hours) -> None:
    kept = gc.get_freeze_count()
    sweeper = IdleCollector(lambda: hours.seconds, hours.later)
    sweeper.used()
    sweeper.keep()
    assert gc.isenabled()
    assert not hours.due
    assert gc.get_freeze_count() == kept


ASKED = """
[[item]]
id = "weakness"
type = "yes_no"
[[item]]
id = "after"
type = "yes_no"
"""


async def test_many_answers_leave_hardly_more_behind_than_a_few() -> None:
    async with seated(ASKED) as seat:

        async def answered(times: int) -> int:
            for _ in range(times):
                await seat.press("1", "enter", "escape", "2", "enter", "escape")
            gc.collect()
            return len(gc.get_objects())

        few = await answered(10)
        more = await answered(40)
        assert more - few < 40 * 20, "objects an answer that stay"
