"""The closed set of answer values. A missing code stands beside the value, never inside it, and is never "no"."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from msgspec import Struct


class MissingCode(StrEnum):
    """Why there is no value. None of these means "no"."""

    NOT_SURE = "not_sure"
    """Asked; the person does not know."""
    NOT_ASKED = "not_asked"
    """Passed over by the person who asks."""
    DECLINED = "declined"
    """Asked; the person would rather not say."""
    PENDING = "pending"
    """A result is still to come (tests only)."""


class Missing(Struct, frozen=True):
    """No value, and why."""

    code: MissingCode


class Choice(Struct, frozen=True):
    """One or more answer options by code, in the order of the questionnaire; also yes/no, body map and course."""

    codes: tuple[str, ...]


class Number(Struct, frozen=True):
    """A number in the item's unit, exact as typed."""

    value: Decimal


class Text(Struct, frozen=True):
    """Somebody's own words, cleaned once on their way in."""

    text: str


DateForm: TypeAlias = Literal["year", "season", "month", "day", "ago"]
SEASONS = ("spring", "summer", "autumn", "winter")
UNITS = ("days", "weeks", "months", "years")
_DAYS_IN = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal("30.4375"), "years": Decimal("365.25")}
DAYS_A_MONTH = _DAYS_IN["months"]
"""Mean length of a month in days."""


class PartialDate(Struct, frozen=True):
    """A date exactly as precise as it was given, or how long before the intake something was.

    `text` is the canonical form: `2019`, `2019-spring`, `2019-04`, `2019-04-23`, `8 months ago`.
    """

    text: str

    @property
    def form(self) -> DateForm:
        """Which precision the date was given in."""
        if self.text.endswith(" ago"):
            return "ago"
        parts = self.text.split("-")
        if len(parts) == 1:
            return "year"
        if parts[1] in SEASONS:
            return "season"
        return "month" if len(parts) == len(("year", "month")) else "day"

    @property
    def amount(self) -> tuple[int, str]:
        """Of "8 months ago": 8 and "months"."""
        number, unit, _ = self.text.split(" ")
        return int(number), unit

    def days_before(self, today: date) -> tuple[Decimal, Decimal]:
        """Fewest and most days between this and `today`; a season counts as its whole year, since north and south differ."""
        if self.form == "ago":
            number, unit = self.amount
            half = _DAYS_IN[unit] / 2 if unit != "days" else Decimal(0)
            middle = number * _DAYS_IN[unit]
            return max(middle - half, Decimal(0)), middle + half
        first, last = self.span()
        return Decimal(max((today - last).days, 0)), Decimal(max((today - first).days, 0))

    def span(self) -> tuple[date, date]:
        """First and last day that a calendar date may mean; not for "ago"."""
        parts = self.text.split("-")
        year = int(parts[0])
        match self.form:
            case "day":
                day = date(year, int(parts[1]), int(parts[2]))
                return day, day
            case "month":
                month = int(parts[1])
                from calendar import monthrange

                return date(year, month, 1), date(year, month, monthrange(year, month)[1])
            case _:
                return date(year, 1, 1), date(year, 12, 31)


class Row(Struct, frozen=True):
    """One round of a repeating group: the answers given in it, in the order of the group's items."""

    answers: tuple[tuple[str, "Answer"], ...]

    def get(self, item: str) -> "Answer | None":
        """The answer to one item of this round, or None."""
        return dict(self.answers).get(item)


class Rows(Struct, frozen=True):
    """All rounds of a repeating group, oldest entry first; no rounds means "none"."""

    rows: tuple[Row, ...]


Answer: TypeAlias = Choice | Number | Text | PartialDate | Rows | Missing
Plain: TypeAlias = str | int | Decimal | list["Plain"] | Mapping[str, "Plain"]
"""An answer as TOML and JSON can hold it."""
