"""A date in words, no more precise than it was given, such that it reads back as itself; and what was understood of it."""

from datetime import date
from decimal import Decimal

from msals_tui.questionnaire.condition_base import DAYS_A_MONTH, DAYS_A_YEAR
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.value import PARTS, SEASONS, PartialDate, season_days
from msals_tui.questionnaire.words import Words

_DAYS_TOLD = 45
"""Longer ago than so many days is told in months, and than so many months in years."""
_MONTHS_TOLD = 36
_DAYS_OF_TWO_WEEKS, _DAYS_OF_A_MONTH, _DAYS_OF_TWO_YEARS = 15, 32, 731
"""Bounds no farther apart than these are told by the day, by the month, and by both months."""
_WIDE = 3
"""A date that may lie so many times longer ago than at least is told by the most alone."""


def describe_date(when: PartialDate, words: Words) -> str:
    """The date in words; with the day on which it was said where what it means hangs on that."""
    if when.form == "ago":
        said = _ago(when, words)
        return said if when.on is None else words("dates.said_on", ago=said, day=describe_day(when.on, words))
    if when.form == "about":
        return words("dates.about", date=describe_date(when.plain, words))
    if when.form == "between":
        first, last = when.ends
        return words("dates.between", first=describe_date(first, words), last=describe_date(last, words))
    return _one(when.text, words)


def understood(when: PartialDate, words: Words, occasion: Occasion) -> str:
    """What is said back before anybody goes on: "summer 2025, about 17 months ago", "8 months ago, about April 2026"."""
    said = when.on or occasion.intake
    if when.form == "ago":
        first, last = when.span(said)
        told = PartialDate(when.text) if when.on == occasion.day else when
        return words("dates.understood", date=describe_date(told, words), other=_around(first, last, words))
    if occasion.clock_wrong:
        return describe_date(when, words)
    if when.form == "season":
        year, season = when.text.split("-")
        begins = int(words.names("dates.season_begins")[SEASONS.index(season)][0])
        first, last = season_days(int(year), begins)
        fewest, most = (Decimal((occasion.day - day).days) for day in (last, first))
    else:
        fewest, most = when.counted_from(occasion.intake).days_before(occasion.day)
    return words("dates.understood", date=describe_date(when, words), other=_distance(fewest, most, words))


def _one(text: str, words: Words) -> str:
    year, *rest = text.split("-")
    match rest:
        case []:
            return year
        case [season] if season in SEASONS:
            return words("dates.season_year", season=words.names("dates.seasons")[SEASONS.index(season)][0], year=year)
        case [*before, part] if part in PARTS:
            name = words.names("dates.parts")[PARTS.index(part)][0]
            return words("dates.part_of", part=name, date=_one("-".join((year, *before)), words))
        case [month]:
            return words("dates.month_year", month=_month(month, words), year=year)
        case _:
            month, day = rest
            return words("dates.day_month_year", day=int(day), month=_month(month, words), year=year)


def describe_day(day: date, words: Words) -> str:
    """A day in words."""
    return _one(day.isoformat(), words)


def _month(number: str, words: Words) -> str:
    return words.names("dates.months")[int(number) - 1][0].capitalize()


def _ago(when: PartialDate, words: Words) -> str:
    low, high, unit = when.amount
    if low is None or high is None:
        return words(f"dates.few.{unit}")
    if low != high:
        return words(f"dates.range.{unit}", low=low, high=high)
    return words.some(low, f"dates.ago.{unit}")


def _around(first: date, last: date, words: Words) -> str:
    """Where in the calendar something was, as nearly as its bounds allow."""
    days = (last - first).days
    middle = date.fromordinal((first.toordinal() + last.toordinal() + 1) // 2)
    if days == 0:
        return describe_day(first, words)
    if days <= _DAYS_OF_TWO_WEEKS:
        return words("dates.about", date=describe_day(middle, words))
    if days <= _DAYS_OF_A_MONTH:
        return words("dates.about", date=_one(f"{middle:%Y-%m}", words))
    precision = "%Y-%m" if days <= _DAYS_OF_TWO_YEARS else "%Y"
    ends = (_one(format(day, precision), words) for day in (first, last))
    return words("dates.between", **dict(zip(("first", "last"), ends, strict=True)))


def _distance(fewest: Decimal, most: Decimal, words: Words) -> str:
    """How long before today something was."""
    fewest, most = max(fewest, Decimal(0)), max(most, Decimal(0))
    middle = (fewest + most) / 2
    wide = most > _DAYS_TOLD and most > _WIDE * fewest
    days = most if wide else middle
    if days <= _DAYS_TOLD:
        said = words("dates.today") if most <= 0 else words.some(round(days), "dates.ago.days")
    elif (months := round(days / DAYS_A_MONTH)) <= _MONTHS_TOLD:
        said = words.some(months, "dates.ago.months")
    else:
        said = words.some(round(days / DAYS_A_YEAR), "dates.ago.years")
    return words("dates.at_most", ago=said) if wide else said
