"""What each form of saying a date means, as canonical text: the forms are fixed, their phrases are words of a language."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from msals_tui.questionnaire.dates.occasion import Occasion, years_before
from msals_tui.questionnaire.dates.phrases import Slots
from msals_tui.questionnaire.dates.value import FEW, PARTS, SEASONS, UNITS, PartialDate, season_days
from msals_tui.questionnaire.words import Words

_A_WEEK = timedelta(7)
_LONGEST_MONTH, _DECEMBER = 31, 12
_CENTURY = 100
_LATEST_TRIES = 9
"""Years back within which every day of a calendar has come, the 29th of February too."""
_SMALLER = {"years": (12, "months"), "months": (4, "weeks"), "weeks": (7, "days")}
_ONE_OF_THESE = ("year", "season", "month", "part", "day")
_FOUR_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


class Refused(Exception):
    """Nobody can mean that; `reason` is the key of the sentence below `fault.dates` that says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


Inner: TypeAlias = Callable[[str], tuple[PartialDate, ...]]
"""Reads a date within a date."""


class Meaning:
    """Makes canonical texts of forms and their slots, said on one occasion. Raises Refused with the reason."""

    def __init__(self, words: Words, occasion: Occasion, inner: Inner) -> None:
        self._words, self._occasion, self._inner = words, occasion, inner

    def of(self, form: str, slots: Slots) -> Iterator[str | PartialDate]:
        """Everything that a form can mean with this in its slots."""
        yield from _FORMS[form][1](self, slots)

    @property
    def _today(self) -> date:
        if self._occasion.clock_wrong:
            raise Refused("clock")
        return self._occasion.day

    # Counted from today

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
        yield _between(first.isoformat(), last.isoformat())

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

    # Seasons

    def _season_latest(self, slots: Slots) -> Iterator[str]:
        """The last that has begun."""
        yield self._season(slots, ended=False, before=0)

    def _season_last(self, slots: Slots) -> Iterator[str]:
        """The last that is over."""
        yield self._season(slots, ended=True, before=0)

    def _season_before_last(self, slots: Slots) -> Iterator[str]:
        yield self._season(slots, ended=True, before=1)

    def _season_of(self, years: int, slots: Slots) -> Iterator[str]:
        """That of this year or the last."""
        year = self._today.year - years
        if date(year, self._begins(slots), 1) > self._today:
            raise Refused("future")
        yield f"{year:04}-{_season(slots)}"

    def _season_year(self, slots: Slots) -> Iterator[str]:
        yield f"{slots['year']}-{_season(slots)}"

    def _season_years(self, slots: Slots) -> Iterator[str]:
        """Such as "winter 2019/20": a season that reaches into the next year."""
        year, begins = int(slots["year"]), self._begins(slots)
        if season_days(year, begins)[1].year > year and str(year + 1).endswith(slots["next"]):
            yield f"{year:04}-{begins:02}..{year + 1:04}-{begins - 10:02}"

    def _season(self, slots: Slots, *, ended: bool, before: int) -> str:
        begins, today = self._begins(slots), self._today
        year = today.year
        while season_days(year, begins)[ended] >= today + timedelta(not ended):
            year -= 1
        year -= before
        if (last := season_days(year, begins)[1]).year == year:
            return f"{year:04}-{_season(slots)}"
        return _between(f"{year:04}-{begins:02}", f"{min(last, today):%Y-%m}")

    def _begins(self, slots: Slots) -> int:
        """The month with which a season begins where the language is spoken."""
        return int(self._words.names("dates.season_begins")[int(slots["season"])][0])

    # Calendar

    def _year_itself(self, slots: Slots) -> Iterator[str]:
        yield slots["year"]

    def _half_year(self, first: int, slots: Slots) -> Iterator[str]:
        yield f"{slots['year']}-{first:02}..{slots['year']}-{first + 5:02}"

    def _month_year(self, slots: Slots) -> Iterator[str]:
        yield f"{slots['year']}-{_month(slots):02}"

    def _month_latest(self, slots: Slots) -> Iterator[str]:
        """The last that has begun."""
        today, month = self._today, _month(slots)
        yield f"{today.year - (month > today.month):04}-{month:02}"

    def _month_last(self, slots: Slots) -> Iterator[str]:
        """The last that is over."""
        today, month = self._today, _month(slots)
        yield f"{today.year - (month >= today.month):04}-{month:02}"

    def _month_of(self, years: int, slots: Slots) -> Iterator[str]:
        yield f"{self._today.year - years:04}-{_month(slots):02}"

    def _month_short(self, slots: Slots) -> Iterator[str]:
        """Such as "May 24": two digits that can be a year."""
        short = int(slots["short"])
        if short > _LONGEST_MONTH or short <= self._occasion.day.year % _CENTURY:
            yield f"{self._whole_year(slots['short'])}-{_month(slots):02}"

    def _day_month_year(self, slots: Slots) -> Iterator[str]:
        yield f"{slots['year']}-{_month(slots):02}-{int(slots['day']):02}"

    def _day_month_short(self, slots: Slots) -> Iterator[str]:
        yield f"{self._whole_year(slots['short'])}-{_month(slots):02}-{int(slots['day']):02}"

    def _day_month(self, slots: Slots) -> Iterator[str]:
        """The last such day that has come."""
        today, month, day = self._today, _month(slots), int(slots["day"])
        for year in range(today.year, today.year - _LATEST_TRIES, -1):
            text = f"{year:04}-{month:02}-{day:02}"
            if (found := _day(text)) is not None and found <= today:
                yield text
                return
        raise Refused("no_such_day")

    def _on_weekday(self, days: Iterator[str], slots: Slots) -> Iterator[str]:
        """Only where that day was such a day of the week."""
        for text in days:
            if date.fromisoformat(text).weekday() != int(slots["weekday"]):
                raise Refused("no_such_day")
            yield text

    def _day_month_of(self, years: int, slots: Slots) -> Iterator[str]:
        yield f"{self._today.year - years:04}-{_month(slots):02}-{int(slots['day']):02}"

    @staticmethod
    def is_numeric(text: str) -> bool:
        """Whether a text is a date of digits alone, right or wrong."""
        return any(one.fullmatch(text) for one in (_YEAR_FIRST, _MONTH_YEAR, _YEAR_LAST))

    def numeric(self, text: str) -> Iterator[str]:
        """A date of digits alone, in whatever order fits; one that begins with the year has only one."""
        if (found := _YEAR_FIRST.fullmatch(text)) is not None:
            yield "-".join([found[1], *(f"{int(one):02}" for one in (found[3], found[4]) if one)])
        elif (found := _MONTH_YEAR.fullmatch(text)) is not None:
            yield f"{found[3]}-{int(found[1]):02}"
        elif (found := _YEAR_LAST.fullmatch(text)) is not None:
            one, sign, other, year = found.groups()
            whole = self._whole_year(year)
            for month, day in dict.fromkeys(((other, one), (one, other))):
                yield f"{whole}-{int(month):02}-{int(day):02}"
            if sign.strip() == "-" and len(year) == len(one) == len("19"):
                yield f"{self._whole_year(one)}-{int(other):02}-{int(year):02}"

    def _whole_year(self, digits: str) -> str:
        """A year of two digits is the last that has come."""
        if len(digits) == len("2019"):
            return digits
        year = self._occasion.day.year
        return str(year - (year - int(digits)) % _CENTURY)

    # Feasts

    def _feast_year(self, slots: Slots) -> Iterator[str]:
        around, day = self._feast(slots, int(slots["year"]))
        yield f"{around}{day}"

    def _feast_latest(self, slots: Slots) -> Iterator[str]:
        """The last that has come."""
        yield self._feast_before(slots, 0)

    def _feast_before_last(self, slots: Slots) -> Iterator[str]:
        yield self._feast_before(slots, 1)

    def _feast_of(self, years: int, slots: Slots) -> Iterator[str]:
        around, day = self._feast(slots, self._today.year - years)
        yield f"{around}{day}"

    def _feast_before(self, slots: Slots, before: int) -> str:
        today = self._today
        around, day = self._feast(slots, today.year)
        around, day = self._feast(slots, today.year - before - (day > today))
        return f"{around}{day}"

    def _feast(self, slots: Slots, year: int) -> tuple[str, date]:
        """Whether it is some days rather than one, and its day in a year: "12-25", or "+49" days after Easter Sunday."""
        said = self._words.names("dates.feast_days")[int(slots["feast"])][0]
        told, around = said.removeprefix("~"), "about " if said.startswith("~") else ""
        if told.startswith(("+", "-")):
            return around, easter(year) + timedelta(int(told))
        month, day = told.split("-")
        return around, date(year, int(month), int(day))

    # Around and between

    def _about(self, slots: Slots) -> Iterator[str | PartialDate]:
        for when in self._inner(slots["date"]):
            yield f"about {when.text}" if when.form in _ONE_OF_THESE else when

    def _at(self, slots: Slots) -> Iterator[PartialDate]:
        """A word before a date of the calendar that adds nothing, such as "in"; "in 3 weeks" is another thing."""
        yield from (when for when in self._inner(slots["date"]) if when.form != "ago")

    def _during(self, slots: Slots) -> Iterator[PartialDate]:
        """Such as "for 3 months": it began so long ago."""
        yield from (when for when in self._inner(slots["date"]) if when.form == "ago")

    def _open_ended(self, slots: Slots) -> Iterator[str]:
        if self._inner(slots["date"]):
            raise Refused("open")
        yield from ()

    def _part_of(self, slots: Slots) -> Iterator[str]:
        """Early, mid or late in a year, a month or a season."""
        number = int(slots["part"])
        for when in self._inner(slots["date"]):
            if when.form in ("year", "month"):
                yield f"{when.text}-{PARTS[number]}"
            elif when.form == "season":
                year, season = when.text.split("-")
                month = int(self._words.names("dates.season_begins")[SEASONS.index(season)][0]) + number
                if month <= _DECEMBER:
                    yield f"about {year}-{month:02}"

    def _decade(self, slots: Slots) -> Iterator[str]:
        first = self._decade_begin(slots)
        yield _between(f"{first:04}", f"{max(min(first + 9, self._occasion.day.year), first):04}")

    def _decade_part(self, slots: Slots) -> Iterator[str]:
        first = self._decade_begin(slots)
        low, high = ((0, 3), (4, 6), (7, 9))[int(slots["part"])]
        yield _between(f"{first + low:04}", f"{max(min(first + high, self._occasion.day.year), first + low):04}")

    def _decade_begin(self, slots: Slots) -> int:
        said = slots["decade"] if "decade" in slots else str(_tens(slots))
        first = int(self._whole_year(said)) if len(said) in (2, 4) else 1
        if first % 10:
            raise Refused("not_understood")
        return first

    def _between(self, slots: Slots) -> Iterator[str]:
        """From one to the other; a year that only the second names is that of the first too."""
        year = _FOUR_DIGITS.search(slots["other"])
        inherits = year is not None and slots["date"][-1:].isalpha() and not _FOUR_DIGITS.search(slots["date"])
        earlier = self._inner(f"{slots['date']} {year[0]}") if year is not None and inherits else ()
        earlier, later = earlier or self._inner(slots["date"]), self._inner(slots["other"])
        if len(earlier) == len(later) == 1 and earlier[0].form in _ONE_OF_THESE and later[0].form in _ONE_OF_THESE:
            (one,), (other,) = earlier, later
            if one.calendar_days() <= other.calendar_days():
                yield _between(one.text, other.text)

    def _said_on(self, slots: Slots) -> Iterator[PartialDate]:
        """Such as "10 days ago, said on 21 November 2026"."""
        for other in self._inner(slots["other"]):
            if other.form == "day":
                day = date.fromisoformat(other.text)
                yield from (PartialDate(when.text, day) for when in self._inner(slots["date"]) if when.form == "ago")

    # Age

    def _at_age(self, slots: Slots) -> Iterator[str]:
        yield self._between_ages(int(slots["age"]), int(slots["age"]) + 1)

    def _age_decade(self, slots: Slots) -> Iterator[str]:
        age = int(slots["decade"]) if "decade" in slots else _tens(slots)
        if age % 10 or age > _CENTURY:
            raise Refused("not_understood")
        yield self._between_ages(age, age + 10)

    def _between_ages(self, age: int, older: int) -> str:
        born = self._occasion.born
        if born is None:
            raise Refused("age_not_known")
        first, last = years_before(born[0], -age), years_before(born[1], -older)
        if first > self._today:
            raise Refused("future")
        last = min(last, self._today)
        return _between(f"{first:%Y-%m}", f"{last:%Y-%m}")


_YEAR_FIRST = re.compile(r"([0-9]{4})( ?[-./] ?| )([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})( ?[-./] ?| )([0-9]{4})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})( ?[-./] ?| )([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")

_M: TypeAlias = Meaning
_FORMS: Mapping[str, tuple[str, Callable[[Meaning, Slots], Iterator[str | PartialDate]]]] = {
    "today": ("", lambda of, _: of._day_ago(0)),
    "yesterday": ("", lambda of, _: of._day_ago(1)),
    "day_before_yesterday": ("", lambda of, _: of._day_ago(2)),
    "ago": ("number unit", _M._ago),
    "half_ago": ("unit", _M._half_ago),
    "and_a_half_ago": ("number unit", _M._and_a_half_ago),
    "range_ago": ("low high unit", _M._range_ago),
    "fortnights_ago": ("number", _M._fortnights_ago),
    "decades_ago": ("number", _M._decades_ago),
    "few_ago": ("unit", _M._few_ago),
    "this_week": ("", lambda of, _: of._week_ago(0)),
    "last_week": ("", lambda of, _: of._week_ago(1)),
    "week_before_last": ("", lambda of, _: of._week_ago(2)),
    "this_month": ("", lambda of, _: of._month_ago(0)),
    "last_month": ("", lambda of, _: of._month_ago(1)),
    "month_before_last": ("", lambda of, _: of._month_ago(2)),
    "this_year": ("", lambda of, _: of._year_ago(0)),
    "last_year": ("", lambda of, _: of._year_ago(1)),
    "year_before_last": ("", lambda of, _: of._year_ago(2)),
    "weekday": ("weekday", _M._weekday),
    "season": ("season", _M._season_latest),
    "last_season": ("season", _M._season_last),
    "season_before_last": ("season", _M._season_before_last),
    "season_this_year": ("season", lambda of, slots: of._season_of(0, slots)),
    "season_last_year": ("season", lambda of, slots: of._season_of(1, slots)),
    "season_year": ("season year", _M._season_year),
    "season_years": ("season year next", _M._season_years),
    "year": ("year", _M._year_itself),
    "first_half": ("year", lambda of, slots: of._half_year(1, slots)),
    "second_half": ("year", lambda of, slots: of._half_year(7, slots)),
    "month": ("month", _M._month_latest),
    "last_month_named": ("month", _M._month_last),
    "month_this_year": ("month", lambda of, slots: of._month_of(0, slots)),
    "month_last_year": ("month", lambda of, slots: of._month_of(1, slots)),
    "month_year": ("month year", _M._month_year),
    "month_short": ("month short", _M._month_short),
    "day_month": ("day month", _M._day_month),
    "day_month_this_year": ("day month", lambda of, slots: of._day_month_of(0, slots)),
    "day_month_last_year": ("day month", lambda of, slots: of._day_month_of(1, slots)),
    "day_month_year": ("day month year", _M._day_month_year),
    "weekday_day_month": ("weekday day month", lambda of, slots: of._on_weekday(of._day_month(slots), slots)),
    "weekday_day_month_year": (
        "weekday day month year",
        lambda of, slots: of._on_weekday(of._day_month_year(slots), slots),
    ),
    "day_month_short": ("day month short", _M._day_month_short),
    "feast": ("feast", _M._feast_latest),
    "feast_before_last": ("feast", _M._feast_before_last),
    "feast_this_year": ("feast", lambda of, slots: of._feast_of(0, slots)),
    "feast_last_year": ("feast", lambda of, slots: of._feast_of(1, slots)),
    "feast_year": ("feast year", _M._feast_year),
    "about": ("date", _M._about),
    "at": ("date", _M._at),
    "during": ("date", _M._during),
    "part_of": ("part date", _M._part_of),
    "decade": ("decade", _M._decade),
    "decade_part": ("part decade", _M._decade_part),
    "decade_named": ("tens", _M._decade),
    "decade_named_part": ("part tens", _M._decade_part),
    "between": ("date other", _M._between),
    "at_age": ("age", _M._at_age),
    "age_decade": ("decade", _M._age_decade),
    "age_decade_named": ("tens", _M._age_decade),
    "said_on": ("date other", _M._said_on),
    "ahead": ("", _M._ahead),
    "open_ended": ("date", _M._open_ended),
}
"""Every form: the slots that its phrases have, and what it means."""
FORMS: Mapping[str, frozenset[str]] = {form: frozenset(slots.split()) for form, (slots, _) in _FORMS.items()}
"""The slots that every phrase of a form has."""
ANY_SLOTS = "ahead"
"""The form whose phrases may have any of them."""


def easter(year: int) -> date:
    """Easter Sunday, by the calendar of Gregory."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps, of_leap = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * of_leap + 2 * quarter - moon - rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _between(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def _unit(slots: Slots) -> str:
    return UNITS[int(slots["unit"])]


def _tens(slots: Slots) -> int:
    return 10 * int(slots["tens"]) + 10


def _season(slots: Slots) -> str:
    return SEASONS[int(slots["season"])]


def _month(slots: Slots) -> int:
    return int(slots["month"]) + 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
