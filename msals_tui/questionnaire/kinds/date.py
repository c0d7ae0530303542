"""A date as precise as it is known: "2019", "spring 2019", "4/2019", "12 April 2019", "about 8 months ago"."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec.structs import replace

from msals_tui.errors import Filled, InputFault
from msals_tui.questionnaire.answer import Answer, Plain
from msals_tui.questionnaire.condition import DAYS_A_MONTH, AnswerTest, Lookup
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.value import PartialDate, is_canonical
from msals_tui.questionnaire.kinds.item import OF_ALL, Doubt, Item, Speech, Unclear, Way
from msals_tui.questionnaire.problem import shown
from msals_tui.questionnaire.words import Words

if TYPE_CHECKING:
    from msals_tui.questionnaire.dates.reading import Reading

_MOST_THRESHOLDS = 11
"""That conditions name of one date; every pair of days around them is a representative."""
_DAYS_A_YEAR = 366
_FORMS = 'write "2019", "2019-spring", "2019-04", "2019-04-23" or "8 months ago"'
_SAID_ON = {"value", "on"}
"""What a file says of a date that was said on another day than that of the intake."""


class DateItem(Item):
    """A date as precise as it is known, or how long ago."""

    is_typed: ClassVar[bool] = True
    comparisons: ClassVar[tuple[str, ...]] = ("months_ago_at_least", "months_ago_below", *OF_ALL)

    type: Literal["date"]

    def read_value(self, value: object, today: date, outside: Lookup | None) -> PartialDate:
        """A date in canonical form, or that with the day on which it was said."""
        text, on = value, None
        if isinstance(value, Mapping) and set(value) == _SAID_ON:
            text, on = value["value"], _day(value["on"])
            if on is None:
                raise self.wrong("needs the day on which it was said", 'write on = "2026-11-21"')
        # No future is refused here: what was answered under a wrong clock is an answer all the same.
        if not isinstance(text, str) or not is_canonical(text):
            raise self.wrong("needs a date", _FORMS)
        return PartialDate(text, None if on == today else on)

    def spelled_out(self, value: object, speech: Speech) -> object:
        """A year, a date of TOML, or what people say; judged by the day of the file, and not by an age beside it."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        if not isinstance(value, str):
            return value
        words, occasion = speech()
        reading = _read(value, words, occasion)
        # An age may be wrong as well: it is said that the two do not fit together.
        if reading.refusal == "before_birth":
            reading = _read(value, words, replace(occasion, born=None))
        dates = [when.text for when in reading.dates]
        if not dates:
            raise InputFault(reading.reason(shown(value), words, occasion), where=self.id, hint=_FORMS)
        if len(dates) > 1:
            hint = Filled("write {forms}", forms=" / ".join(dates))
            raise InputFault(
                Filled('"{typed}" can be read in more than one way', typed=shown(value)), where=self.id, hint=hint
            )
        return dates[0]

    def plain_value(self, answer: Answer) -> Plain:
        """Its canonical form; with its day where it was said on another than that of the intake."""
        when = _date(answer)
        return when.text if when.on is None else {"value": when.text, "on": when.on.isoformat()}

    def typed(self, text: str, words: Words, occasion: Occasion) -> PartialDate:
        """As people say dates in their language. Raises Unclear where it can be several."""
        reading = _read(text, words, occasion)
        if not reading.dates:
            raise InputFault(reading.reason(text, words, occasion), where=self.id)
        if len(reading.dates) > 1:
            ways = tuple(Way(_understood(one, words, occasion), one) for one in reading.dates)
            raise Unclear(Doubt(words("dates.which", typed=" ".join(text.split())), ways), where=self.id)
        return reading.dates[0]

    def understood(self, text: str, words: Words, occasion: Occasion) -> str:
        """What it was taken for, and where in time that is."""
        dates = _read(text, words, occasion).dates
        if len(dates) > 1:
            return words("dates.either", first=_said(dates[0], words), last=_said(dates[-1], words))
        return _understood(dates[0], words, occasion) if dates else ""

    def meant(self, answer: Answer, words: Words, occasion: Occasion) -> str:
        """What it was taken for, and where in time that is."""
        return _understood(answer, words, occasion) if isinstance(answer, PartialDate) else ""

    def written(self, answer: Answer, words: Words) -> str:
        """In words, which can be typed again."""
        return _said(answer, words) if isinstance(answer, PartialDate) else ""

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """In words."""
        return _said(_date(answer), words)

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
        return tuple(_Span("1 days ago", None, first, last) for first, last in spans)


class _Span(PartialDate, frozen=True, kw_only=False):
    """A date that may mean any of these days before the intake."""

    fewest: Decimal = Decimal(0)
    most: Decimal = Decimal(0)

    def days_before(self, today: date) -> tuple[Decimal, Decimal]:
        return self.fewest, self.most


def _said(when: PartialDate, words: Words) -> str:
    """In words; how they are put together is loaded with the first date that is shown."""
    from msals_tui.questionnaire.dates.said import describe_date

    return describe_date(when, words)


def _understood(when: PartialDate, words: Words, occasion: Occasion) -> str:
    """In words, with where in time that is."""
    from msals_tui.questionnaire.dates.said import understood

    return understood(when, words, occasion)


def _read(text: str, words: Words, occasion: Occasion) -> "Reading":
    """What somebody meant; how it is read is loaded with the first date that somebody types."""
    from msals_tui.questionnaire.dates.reading import read_date

    return read_date(text, words, occasion)


def _date(answer: Answer) -> PartialDate:
    """The answer to a date item. TypeError of anything else."""
    if not isinstance(answer, PartialDate):
        raise TypeError(answer)
    return answer


def _day(value: object) -> date | None:
    """The day that a file names."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
