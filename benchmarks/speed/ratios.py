"""The order of what is compared, medians and their intervals, and ratios to the nearest runs."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import TypeVar

Thing = TypeVar("Thing")
_BETWEEN = 2
"""How many others are measured between two of what they are compared with."""
_DRAWS = 2000
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of one run."""

    round: int
    place: int
    """Where in the whole sequence of runs it was measured."""
    value: float


def share_below(values: Iterable[float], share: float) -> float:
    """The value below which a share of them lies (0.5: the median), between neighbours in proportion."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def interval(values: Sequence[float], seed: int = 1) -> tuple[float, float] | None:
    """Where the median lies with 95 %, by drawing the values again; None for fewer than three."""
    if len(values) < 3:
        return None
    rng = random.Random(seed)
    medians = [median(rng.choices(values, k=len(values))) for _ in range(_DRAWS)]
    return share_below(medians, 0.025), share_below(medians, 0.975)


def ratios(of: Sequence[Measured], beside: Sequence[Measured]) -> list[float]:
    """Each value over the mean of the two values beside it that were measured nearest to it in the same round.

    What has nothing to stand beside, or stands beside zero, gives no ratio.
    """
    found = []
    for one in of:
        same = (other for other in beside if other.round == one.round)
        near = sorted(same, key=lambda other: abs(other.place - one.place))[:_NEAREST]
        if near and (base := mean(other.value for other in near)):
            found.append(one.value / base)
    return found


def interleaved(others: Sequence[Thing], beside: Thing, rng: random.Random) -> list[Thing]:
    """The others in a shuffled order, with what they are compared with before, between and behind them."""
    shuffled = list(others)
    rng.shuffle(shuffled)
    order = [beside]
    for begin in range(0, len(shuffled), _BETWEEN):
        order += [*shuffled[begin : begin + _BETWEEN], beside]
    return order
