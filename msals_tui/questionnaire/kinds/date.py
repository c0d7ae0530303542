"""A date as precise as it is known: "2019", "spring 2019", "4/2019", "12 April 2019", "about 8 months ago"."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar, Literal, TypeAlias

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import Answer, Plain
from msals_tui.questionnaire.condition import DAYS_A_MONTH, AnswerTest, Lookup
from msals_tui.questionnaire.kinds.item import OF_ALL, Item
from msals_tui.questionnaire.words import Words

_MOST = {"days": 40_000, "weeks": 6_000, "months": 1_400, "years": 120}
_EARLIEST_YEAR = 1880
_CANONICAL_AGO = re.compile(r"(\d{1,5}) (days|weeks|months|years) ago", re.ASCII)
_CANONICAL = re.compile(r"(\d{4})(?:-(\d{2}|spring|summer|autumn|winter)(?:-(\d{2}))?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
_MINUS = re.compile(r"(?:^|\s)-\d")
"""A dash that belongs to the number behind it; between the parts of a date it stands close to both or far from both."""
_MOST_THRESHOLDS = 11
"""That conditions name of one date; every pair of days around them is a representative."""
_DAYS_A_YEAR = 366


DateForm: TypeAlias = Literal["year", "season", "month", "day", "ago"]
SEASONS = ("spring", "summer", "autumn", "winter")
UNITS = ("days", "weeks", "months", "years")
_DAYS_IN = {"days": Decimal(1), "weeks": Decimal(7), "months": DAYS_A_MONTH, "years": Decimal("365.25")}


class PartialDate(Answer, frozen=True):
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


class DateItem(Item):
    """A date as precise as it is known, or how long ago."""

    is_typed: ClassVar[bool] = True
    comparisons: ClassVar[tuple[str, ...]] = ("months_ago_at_least", "months_ago_below", *OF_ALL)

    type: Literal["date"]

    def read_value(self, value: object, today: date, outside: Lookup | None) -> PartialDate:
        """A date in canonical form."""
        when = canonical_date(value, today) if isinstance(value, str) else None
        if when is None:
            raise self.wrong("needs a date", 'write "2019", "2019-spring", "2019-04", "2019-04-23" or "8 months ago"')
        return when

    def plain_value(self, answer: Answer) -> Plain:
        """Its canonical form."""
        return _date(answer).text

    def typed(self, text: str, words: Words, today: date) -> PartialDate:
        """As people write dates in their language."""
        when = read_date(text, words, today)
        if when is None:
            raise InputFault(words("fault.date"), where=self.id)
        return when

    def written(self, answer: Answer, words: Words) -> str:
        """In words, which can be typed again."""
        return describe_date(answer, words) if isinstance(answer, PartialDate) else ""

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """In words."""
        return describe_date(_date(answer), words)

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """Exact days between the thresholds, and spans of up to a year across them."""
        months = {
            figure
            for test in tests
            for figure in (test.months_ago_at_least, test.months_ago_below)
            if figure is not None
        }
        if len(months) > _MOST_THRESHOLDS:
            return None
        cuts = sorted(figure * DAYS_A_MONTH for figure in months if figure >= 0)
        ends = [Decimal(0), *cuts, (cuts[-1] if cuts else Decimal(0)) + _DAYS_A_YEAR]
        days = [Decimal(0), *cuts, *((low + high) / 2 for low, high in pairwise(ends))]
        spans = [(first, last) for first in days for last in days if first <= last <= first + _DAYS_A_YEAR]
        return tuple(_Span("1 days ago", first, last) for first, last in spans)


class _Span(PartialDate, frozen=True):
    """A date that may mean any of these days before the intake."""

    fewest: Decimal
    most: Decimal

    def days_before(self, today: date) -> tuple[Decimal, Decimal]:
        return self.fewest, self.most


def _date(answer: Answer) -> PartialDate:
    """The answer to a date item. TypeError of anything else."""
    if not isinstance(answer, PartialDate):
        raise TypeError(answer)
    return answer


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
    """The date that somebody typed, in the words of their language, None if it cannot be one."""
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
