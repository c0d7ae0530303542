"""What is counted back from today: days, weeks, months and years ago, last week, on Monday."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.phrases import Slots
from msals_tui.questionnaire.dates.value import FEW, UNITS, PartialDate
from msals_tui.questionnaire.words import Words

_A_WEEK = timedelta(7)
_SMALLER = {"years": (12, "months"), "months": (4, "weeks"), "weeks": (7, "days")}


class Refused(Exception):
    """Nobody can mean that; `reason` is the key of the sentence below `fault.dates` that says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


Inner: TypeAlias = Callable[[str], tuple[PartialDate, ...]]
"""Reads a date within a date."""


class Counted:
    """Makes canonical texts of what is said on one occasion. Raises Refused with the reason."""

    def __init__(self, words: Words, occasion: Occasion, inner: Inner) -> None:
        self._words, self._occasion, self._inner = words, occasion, inner

    @property
    def _today(self) -> date:
        if self._occasion.clock_wrong:
            raise Refused("clock")
        return self._occasion.day

    def _day_ago(self, days: int) -> Iterator[str]:
        yield (self._today - timedelta(days)).isoformat()

    def _ago(self, slots: Slots) -> Iterator[str]:
        yield f"{int(slots['number'])} {_unit(slots)} ago"

    def _half_ago(self, slots: Slots) -> Iterator[str]:
        if (smaller := _SMALLER.get(_unit(slots))) is not None:
            count, unit = smaller
            yield f"{count // 2} {unit} ago" if count % 2 == 0 else f"{count // 2}-{count // 2 + 1} {unit} ago"

    def _and_a_half_ago(self, slots: Slots) -> Iterator[str]:
        number, unit = int(slots["number"]), _unit(slots)
        yield f"{12 * number + 6} months ago" if unit == "years" else f"{number}-{number + 1} {unit} ago"

    def _range_ago(self, slots: Slots) -> Iterator[str]:
        if int(slots["low"]) < int(slots["high"]):
            yield f"{int(slots['low'])}-{int(slots['high'])} {_unit(slots)} ago"

    def _hours_ago(self, slots: Slots) -> Iterator[str]:
        """Nobody says at what hour it is now."""
        days = int(slots["number"]) // 24
        yield f"{days}-{days + 1} days ago"

    def _within(self, slots: Slots) -> Iterator[str]:
        yield f"0-{int(slots['number'])} {_unit(slots)} ago"

    def _year_ago_today(self) -> Iterator[str]:
        yield "1 years ago"

    def _fortnights_ago(self, slots: Slots) -> Iterator[str]:
        yield f"{2 * int(slots['number'])} weeks ago"

    def _decades_ago(self, slots: Slots) -> Iterator[str]:
        """Nobody who says so counted the years."""
        years = 10 * int(slots["number"])
        yield f"{years - 2}-{years + 2} years ago"

    def _few_ago(self, slots: Slots) -> Iterator[str]:
        yield f"{FEW} {_unit(slots)} ago"

    def _ahead(self, slots: Slots) -> Iterator[str]:
        raise Refused("future")
        yield ""  # the mark of an iterator

    def _week_ago(self, weeks: int) -> Iterator[str]:
        """Weeks begin on Sunday for some and on Monday for others; both are meant."""
        today = self._today
        monday, sunday = today - timedelta(today.weekday()), today - timedelta((today.weekday() + 1) % 7)
        first = min(monday, sunday) - weeks * _A_WEEK
        last = min(max(monday, sunday) + timedelta(6) - weeks * _A_WEEK, today)
        yield between(first.isoformat(), last.isoformat())

    def _month_ago(self, months: int) -> Iterator[str]:
        today = self._today
        number = 12 * today.year + today.month - 1 - months
        yield f"{number // 12:04}-{number % 12 + 1:02}"

    def _year_ago(self, years: int) -> Iterator[str]:
        yield f"{self._today.year - years:04}"

    def _weekday(self, slots: Slots) -> Iterator[str]:
        """The last such day before today."""
        days = (self._today.weekday() - int(slots["weekday"])) % 7
        yield from self._day_ago(days or 7)


def between(first: str, last: str) -> str:
    """The canonical form of what lies between two dates; of the same date twice that date."""
    return first if first == last else f"{first}..{last}"


def _unit(slots: Slots) -> str:
    return UNITS[int(slots["unit"])]
