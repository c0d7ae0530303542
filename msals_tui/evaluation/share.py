"""A share with its interval: never a percentage without how many it is of.

The interval is Wilson's score interval (Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857-872). It stays within
0 and 1, and it is honest for few cases and for shares of none or all of them.
"""

from math import sqrt
from typing import NamedTuple

from msgspec import Struct

_Z = 1.959963984540054
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""


class Interval(NamedTuple):
    """Where the true share lies with 95 % confidence."""

    low: float
    high: float


class Share(Struct, frozen=True):
    """`count` of `of` cases."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of no cases."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval at 95 %; None of no cases."""
        if not self.of:
            return None
        share, squared = self.count / self.of, _Z * _Z
        middle = 2 * self.count + squared
        reach = _Z * sqrt(squared + 4 * self.count * (1 - share))
        whole = 2 * (self.of + squared)
        # Exact arithmetic needs no bounds; floats may miss 0, 1 or the share itself by their last digit.
        low, high = (middle - reach) / whole, (middle + reach) / whole
        return Interval(max(0.0, min(low, share)), min(1.0, max(high, share)))
