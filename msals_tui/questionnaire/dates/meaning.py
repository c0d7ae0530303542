"""What each form of saying a date means, as canonical text: the forms are fixed, their phrases are words of a language."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from msals_tui.questionnaire.dates.counted import Counted, Refused, between
from msals_tui.questionnaire.dates.feasts import feast_in
from msals_tui.questionnaire.dates.numeric import whole_year
from msals_tui.questionnaire.dates.occasion import years_before
from msals_tui.questionnaire.dates.phrases import Slots
from msals_tui.questionnaire.dates.value import PARTS, SEASONS, PartialDate, season_days

_LONGEST_MONTH, _DECEMBER = 31, 12
_CENTURY = 100
_LATEST_TRIES = 9
"""Years back within which every day of a calendar has come, the 29th of February too."""
_ONE_OF_THESE = ("year", "season", "month", "part", "day")
_FOUR_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


class Meaning(Counted):
    """Makes canonical texts of forms and their slots, said on one occasion. Raises Refused with the reason."""

    def of(self, form: str, slots: Slots) -> Iterator[str | PartialDate]:
        """Everything that a form can mean with this in its slots."""
        yield from _FORMS[form][1](self, slots)

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
        return between(f"{year:04}-{begins:02}", f"{min(last, today):%Y-%m}")

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
            yield f"{self._whole(slots['short'])}-{_month(slots):02}"

    def _day_month_year(self, slots: Slots) -> Iterator[str]:
        yield f"{slots['year']}-{_month(slots):02}-{int(slots['day']):02}"

    def _day_month_short(self, slots: Slots) -> Iterator[str]:
        yield f"{self._whole(slots['short'])}-{_month(slots):02}-{int(slots['day']):02}"

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

    def _day_of_month(self, slots: Slots) -> Iterator[str]:
        """The last such day of a month that has come."""
        today, day = self._today, int(slots["day"])
        for months in range(_DECEMBER):
            number = 12 * today.year + today.month - 1 - months
            text = f"{number // 12:04}-{number % 12 + 1:02}-{day:02}"
            if (found := _day(text)) is not None and found <= today:
                yield text
                return
        raise Refused("no_such_day")

    def _day_month_of(self, years: int, slots: Slots) -> Iterator[str]:
        yield f"{self._today.year - years:04}-{_month(slots):02}-{int(slots['day']):02}"

    def _whole(self, digits: str) -> str:
        return whole_year(digits, self._occasion.day)

    # Feasts

    def _feast_year(self, slots: Slots) -> Iterator[str]:
        around, day = self._feast_in(slots, int(slots["year"]))
        yield f"{around}{day}"

    def _feast_latest(self, slots: Slots) -> Iterator[str]:
        """The last that has come."""
        yield self._feast_before(slots, 0)

    def _feast_before_last(self, slots: Slots) -> Iterator[str]:
        yield self._feast_before(slots, 1)

    def _feast_of(self, years: int, slots: Slots) -> Iterator[str]:
        around, day = self._feast_in(slots, self._today.year - years)
        yield f"{around}{day}"

    def _feast_before(self, slots: Slots, before: int) -> str:
        today = self._today
        around, day = self._feast_in(slots, today.year)
        around, day = self._feast_in(slots, today.year - before - (day > today))
        return f"{around}{day}"

    def _feast_in(self, slots: Slots, year: int) -> tuple[str, date]:
        return feast_in(year, self._words.names("dates.feast_days")[int(slots["feast"])][0])

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
        yield between(f"{first:04}", f"{max(min(first + 9, self._occasion.day.year), first):04}")

    def _decade_part(self, slots: Slots) -> Iterator[str]:
        first = self._decade_begin(slots)
        low, high = _OF_TEN[int(slots["part"])]
        yield between(f"{first + low:04}", f"{max(min(first + high, self._occasion.day.year), first + low):04}")

    def _decade_begin(self, slots: Slots) -> int:
        said = slots["decade"] if "decade" in slots else str(_tens(slots))
        first = int(self._whole(said)) if len(said) in (2, 4) else 1
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
                yield between(one.text, other.text)

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

    def _age_decade_part(self, slots: Slots) -> Iterator[str]:
        age = int(slots["decade"]) if "decade" in slots else _tens(slots)
        low, high = _OF_TEN[int(slots["part"])]
        yield self._between_ages(age + low, age + high + 1)

    def _birthday(self, slots: Slots) -> Iterator[str]:
        age = int(slots["day"])
        yield self._between_ages(age, age)

    def _between_ages(self, age: int, older: int) -> str:
        born = self._occasion.born
        if born is None:
            raise Refused("age_not_known")
        first, last = years_before(born[0], -age), years_before(born[1], -older)
        if first > self._today:
            raise Refused("future")
        last = min(last, self._today)
        return between(f"{first:%Y-%m}", f"{last:%Y-%m}")


_OF_TEN = ((0, 3), (4, 6), (7, 9))
"""The years of ten that are early, mid and late ones."""


_M: TypeAlias = Meaning
_FORMS: Mapping[str, tuple[str, Callable[[Meaning, Slots], Iterator[str | PartialDate]]]] = {
    "today": ("", lambda of, _: of._day_ago(0)),
    "yesterday": ("", lambda of, _: of._day_ago(1)),
    "day_before_yesterday": ("", lambda of, _: of._day_ago(2)),
    "ago": ("number unit", _M._ago),
    "half_ago": ("unit", _M._half_ago),
    "and_a_half_ago": ("number unit", _M._and_a_half_ago),
    "range_ago": ("low high unit", _M._range_ago),
    "hours_ago": ("number", _M._hours_ago),
    "within": ("number unit", _M._within),
    "year_ago_today": ("", lambda of, _: of._year_ago_today()),
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
    "day_of_month": ("day", _M._day_of_month),
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
    "age_decade_part": ("part decade", _M._age_decade_part),
    "age_decade_named_part": ("part tens", _M._age_decade_part),
    "birthday": ("day", _M._birthday),
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
