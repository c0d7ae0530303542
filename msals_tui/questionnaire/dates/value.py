"""A date exactly as precise as it was given, or how long before the day of the answer something was.

Canonical forms, in all files the same whatever the language:

    2019   2022-early   2019-spring   2019-04   2019-04-late   2019-04-23     early, mid and late are thirds
    about 2019-04                                                             any of these, and somewhat around it
    2019-04..2021                                                             between two of them
    8 months ago   2-3 years ago   few weeks ago                              counted from the day of the answer
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition_base import DAYS_A_MONTH, DAYS_A_YEAR

DateForm: TypeAlias = Literal["year", "season", "month", "part", "day", "about", "between", "ago"]
Unit: TypeAlias = Literal["days", "weeks", "months", "years"]

SEASONS = ("spring", "summer", "autumn", "winter")
PARTS = ("early", "mid", "late")
UNITS: tuple[Unit, ...] = ("days", "weeks", "months", "years")
FEW = "few"
MOST = {"days": 40_000, "weeks": 6_000, "months": 1_400, "years": 120}
"""So long ago something in a person's life can be at most."""
EARLIEST_YEAR = 1880

_DAYS_IN = {"days": Decimal(1), "weeks": Decimal(7), "months": DAYS_A_MONTH, "years": DAYS_A_YEAR}
_FEW = (2, 7)
"""What "a few" can mean at least and at most; "a couple" and "several" are among it."""
_AROUND = {"day": 7, "part": 15, "month": 15, "season": 0, "year": 183}
"""Days that "about" adds on either side; a season already counts as its whole year."""
_ANY_DAY = Decimal(MOST["days"])

_ONE = r"\d{4}(?:-(?:early|mid|late|spring|summer|autumn|winter|\d{2}(?:-(?:early|mid|late|\d{2}))?))?"
_CALENDAR = rf"(?:about )?{_ONE}|{_ONE}\.\.{_ONE}"
_AGO = r"(few|\d{1,5}(?:-\d{1,5})?) (days|weeks|months|years) ago"


class PartialDate(Answer, frozen=True):
    """A date as precise as it is known. `text` is its canonical form.

    `on` is the day on which it was said; None on the day of the intake itself, as nearly always.
    """

    text: str
    on: date | None = None

    @property
    def form(self) -> DateForm:
        """Which precision the date was given in."""
        if self.text.endswith(" ago"):
            return "ago"
        if self.text.startswith("about "):
            return "about"
        if ".." in self.text:
            return "between"
        rest = self.text.split("-")[1:]
        if not rest:
            return "year"
        if rest[-1] in PARTS:
            return "part"
        if rest[0] in SEASONS:
            return "season"
        return "month" if len(rest) == 1 else "day"

    @property
    def ends(self) -> tuple["PartialDate", "PartialDate"]:
        """Of "2019..2021": 2019 and 2021; of every other calendar date itself twice."""
        first, _, last = self.text.partition("..")
        return PartialDate(first), PartialDate(last or first)

    @property
    def plain(self) -> "PartialDate":
        """Of "about 2019": 2019; of every other itself."""
        return PartialDate(self.text.removeprefix("about "))

    @property
    def amount(self) -> tuple[int | None, int | None, Unit]:
        """Of "2-3 weeks ago": 2, 3 and "weeks"; of "8 months ago" 8 twice; without numbers of "few weeks ago"."""
        number, unit, _ = self.text.split(" ")
        first, _, last = number.partition("-")
        where: Unit = next(one for one in UNITS if one == unit)
        return (None, None, where) if number == FEW else (int(first), int(last or first), where)

    @property
    def said_on(self) -> date | None:
        """The day on which it was said; None on the day of the intake."""
        return self.on

    @property
    def counts_from_intake(self) -> bool:
        """Of "8 months ago", where no other day is kept with it."""
        return self.form == "ago" and self.on is None

    def counted_from(self, intake: date) -> "PartialDate":
        """The same with the day on which it was said, so that it can be set beside any other day."""
        return self if self.on is not None else PartialDate(self.text, intake)

    def days_before(self, today: date) -> tuple[Decimal, Decimal]:
        """Fewest and most days between this and `today`, the day of the intake; below 0 where it was after that.

        Nothing lies after the day on which it was said. A season counts as its whole year, since north and south differ.
        """
        said = self.on or today
        fewest, most = self._before(said)
        later = (today - said).days
        return fewest + later, most + later

    def span(self, said: date) -> tuple[date, date]:
        """First and last day that it may mean, said on a day."""
        fewest, most = self._before(said)
        return _days_earlier(said, most), _days_earlier(said, fewest)

    def _before(self, said: date) -> tuple[Decimal, Decimal]:
        if self.form == "ago":
            low, high, unit = self.amount
            fewest, most = (low, high) if low is not None and high is not None else _FEW
            half = _DAYS_IN[unit] / 2 if unit != "days" else Decimal(0)
            return max(fewest * _DAYS_IN[unit] - half, Decimal(0)), most * _DAYS_IN[unit] + half
        first, last = self.calendar_days()
        if first > said:  # a wrong clock: it was written down all the same, and nothing can be counted
            return Decimal(0), _ANY_DAY
        return Decimal(max((said - last).days, 0)), Decimal((said - first).days)

    def calendar_days(self) -> tuple[date, date]:
        """First and last day that a calendar date may mean; not for "ago". ValueError if there is no such day."""
        match self.form:
            case "between":
                first, last = self.ends
                return first.calendar_days()[0], last.calendar_days()[1]
            case "about":
                around = timedelta(_AROUND[self.plain.form])
                first_day, last_day = self.plain.calendar_days()
                return first_day - around, last_day + around
        parts = self.text.split("-")
        year = int(parts[0])
        match self.form:
            case "day":
                day = date(year, int(parts[1]), int(parts[2]))
                return day, day
            case "part" if parts[1] in PARTS:
                month = 4 * PARTS.index(parts[1]) + 1
                return date(year, month, 1), last_of_month(year, month + 3)
            case "part":
                month, begins = int(parts[1]), 10 * PARTS.index(parts[2]) + 1
                last_day = last_of_month(year, month)
                return date(year, month, begins), last_day if parts[2] == "late" else date(year, month, begins + 9)
            case "month":
                return date(year, int(parts[1]), 1), last_of_month(year, int(parts[1]))
            case _:
                return date(year, 1, 1), date(year, 12, 31)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month. ValueError if there is no such month."""
    first = date(year, month, 1)
    return (first + timedelta(31)).replace(day=1) - timedelta(1)


def season_days(year: int, begins: int) -> tuple[date, date]:
    """First and last day of the season that begins with a month of a year; it has three months."""
    years, month = divmod(begins + 1, 12)
    return date(year, begins, 1), last_of_month(year + years, month + 1)


def is_canonical(text: str) -> bool:
    """Whether a text is a date in canonical form that exists and lies within what anybody has lived."""
    if ago := re.fullmatch(_AGO, text, re.ASCII):
        first, _, last = ago[1].partition("-")
        return ago[1] == FEW or (int(first) < int(last or MOST[ago[2]] + 1) and int(last or first) <= MOST[ago[2]])
    if not re.fullmatch(_CALENDAR, text, re.ASCII):
        return False
    when = PartialDate(text)
    try:
        first_day, last_day = when.calendar_days()
        ordered = when.form != "between" or _in_order(*when.ends)
    except (ValueError, OverflowError):
        return False
    return ordered and when.plain.ends[0].calendar_days()[0].year >= EARLIEST_YEAR and first_day <= last_day


def _in_order(first: PartialDate, last: PartialDate) -> bool:
    return first.text != last.text and first.calendar_days() <= last.calendar_days()


def lies_ahead(when: PartialDate, said: date) -> bool:
    """Whether a date, or the end of a span, begins only after the day on which it was said."""
    if when.form == "ago":
        return False
    return any(one.calendar_days()[0] > said for one in when.plain.ends)


def _days_earlier(day: date, days: Decimal) -> date:
    return date.fromordinal(max(day.toordinal() - round(days), 1))
