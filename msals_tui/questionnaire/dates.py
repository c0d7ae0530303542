"""Reads a date as people write it: "2019", "spring 2019", "4/2019", "12 April 2019", "about 8 months ago"."""

import re
from datetime import date

from msals_tui.questionnaire.answer import SEASONS, UNITS, PartialDate
from msals_tui.questionnaire.words import Words

_MOST = {"days": 40_000, "weeks": 6_000, "months": 1_400, "years": 120}
_EARLIEST_YEAR = 1880
_CANONICAL_AGO = re.compile(r"(\d{1,5}) (days|weeks|months|years) ago", re.ASCII)
_CANONICAL = re.compile(r"(\d{4})(?:-(\d{2}|spring|summer|autumn|winter)(?:-(\d{2}))?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
_MINUS = re.compile(r"(?:^|\s)-\d")
"""A dash that belongs to the number behind it; between the parts of a date it stands close to both or far from both."""


def canonical_date(text: str, today: date) -> PartialDate | None:
    """The date if `text` is in canonical form, exists and does not lie in the future; otherwise None."""
    if ago := _CANONICAL_AGO.fullmatch(text):
        number, unit = int(ago[1]), ago[2]
        return PartialDate(f"{number} {unit} ago") if number <= _MOST[unit] else None
    if not _CANONICAL.fullmatch(text):
        return None
    when = PartialDate(text)
    try:
        first, _ = when.span()
    except ValueError:
        return None
    return when if first.year >= _EARLIEST_YEAR and first <= today else None


def read_date(typed: str, words: Words, today: date) -> PartialDate | None:
    """The date that somebody typed, in the words of their language, or None when it cannot be one."""
    text = " ".join(typed.lower().replace(",", " ").split())
    return canonical_date(text, today) or canonical_date(_canonical_text(text, words), today)


def _canonical_text(text: str, words: Words) -> str:
    if _MINUS.search(text):
        return ""
    months, seasons, units = words.names("dates.months"), words.names("dates.seasons"), words.names("dates.units")
    skipped = words.names("dates.skipped")
    parts = [part for part in re.split(r"[ ./-]+", text) if part and not _which(part, skipped)]
    names = [part for part in parts if not _NUMBER.fullmatch(part)]
    numbers = [part for part in parts if _NUMBER.fullmatch(part)]
    if len(names) == 1 and len(numbers) == 1 and (unit := _which(names[0], units)):
        return f"{int(numbers[0])} {UNITS[unit - 1]} ago"
    if len(names) == 1 and len(numbers) == 1 and (season := _which(names[0], seasons)):
        return f"{numbers[0]}-{SEASONS[season - 1]}"
    if len(names) == 1 and (month := _which(names[0], months)):
        numbers.insert(1 if len(numbers) == 2 and len(numbers[0]) < 4 else 0, str(month))
        names = []
    if names or not 1 <= len(numbers) <= 3:
        return ""
    if len(numbers[0]) != 4:
        numbers.reverse()
    if len(numbers) == 2 and len(numbers[0]) != 4:
        return ""
    if len(numbers) == 3 and len(numbers[1]) == 4:
        numbers = [numbers[1], numbers[2], numbers[0]]
    return "-".join([numbers[0], *(f"{int(number):02}" for number in numbers[1:])])


def _which(name: str, lists: tuple[tuple[str, ...], ...]) -> int:
    """Position of the list that holds a name, from 1; 0 when none does."""
    return next((number for number, names in enumerate(lists, 1) if name in names), 0)


def describe_date(when: PartialDate, words: Words) -> str:
    """The date in words, no more precise than it was given."""
    if when.form == "ago":
        number, unit = when.amount
        return words.some(number, f"dates.ago.{unit}")
    parts = when.text.split("-")
    match when.form:
        case "season":
            return words(
                "dates.season_year", season=words.names("dates.seasons")[SEASONS.index(parts[1])][0], year=parts[0]
            )
        case "month":
            return words("dates.month_year", month=_month(parts[1], words), year=parts[0])
        case "day":
            return words("dates.day_month_year", day=int(parts[2]), month=_month(parts[1], words), year=parts[0])
        case _:
            return parts[0]


def _month(number: str, words: Words) -> str:
    return words.names("dates.months")[int(number) - 1][0].capitalize()
