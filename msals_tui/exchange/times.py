"""Reads the ages, days and moments of a packet; what is a placeholder counts for nothing and is listed.

Moments are seconds from the beginning of the year 1 in UTC, exact to the last digit that is written.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from msals_tui.errors import Filled
from msals_tui.exchange.json_text import fault, shown_path
from msals_tui.exchange.packet import Began, Span, When
from msals_tui.exchange.packet_file import AgeElement, AgeRange, Begun, OntologyClass, TimeElement, TimeInterval
from msals_tui.exchange.placeholders import is_placeholder, is_placeholder_day
from msals_tui.questionnaire.problem import Loc
from msals_tui.text import clean

DAYS_A_YEAR = Decimal("365.25")
_MONTHS_A_YEAR = Decimal(12)
_OLDEST = Decimal(150)
_BEFORE_BIRTH = 300
"""Days: what is told of before is of somebody else."""
_DAY = 24 * 60 * 60
_LONGEST = 40


class Moment(Struct, frozen=True):
    """A day, and the moment of it where time and zone are written."""

    day: date
    low: Decimal
    high: Decimal
    """The same as `low` for a moment; the end of the day where only that is told."""


class Times:
    """The times of one packet. `doubts` grows by what is not believed; `made` is a day that nothing told can be later than."""

    def __init__(self, place: str, made: date | None = None) -> None:
        self._place = place
        self.made = made
        self.born: Moment | None = None
        self.doubts: list[str] = []

    def doubt(self, path: Loc, what: str, why: str) -> None:
        """Lists something that is not believed."""
        at = f"{shown_path(path)} {clean(what, max_length=_LONGEST).text.strip()}".strip()
        self.doubts.append(Filled("{what} ({why})", what=at, why=why))

    def set_birth(self, text: str | None, others: Iterable[str | None], age: str) -> None:
        """The day of birth, unless it is a placeholder, or other moments of the packet are none of such a life.

        `age` is what the packet tells beside it, to be named where they contradict each other.
        """
        path: Loc = ("subject", "dateOfBirth")
        told = len(self.doubts)
        born = self.moment(text, path)
        if born is None or text is None:
            if len(self.doubts) > told and age:
                del self.doubts[told:]
                why = Filled(
                    "is what converters write for no date, beside an age of {age}; nothing counts from it", age=age
                )
                self.doubt(path, text or "", why)
            return
        days = [(one.day - born.day).days for one in map(believed_moment, others) if one is not None]
        if min(days, default=0) < -_BEFORE_BIRTH:
            self.doubt(path, text, Filled("is after other dates of this packet; nothing counts from it"))
        elif Decimal(max(days, default=0)) >= _OLDEST * DAYS_A_YEAR:
            self.doubt(path, text, Filled("is too long before other dates of this packet; nothing counts from it"))
        else:
            self.born = born

    def began(self, one: Begun, path: Loc) -> Began | None:
        """When something began; None if it does not say, or in a way that nothing follows from."""
        if one.onset is not None:
            return self.time(one.onset, (*path, "onset"))
        if one.age_of_onset is not None:
            return _of_span(self.age(one.age_of_onset, (*path, "ageOfOnset")))
        if one.age_range_of_onset is not None:
            return _of_span(self.range(one.age_range_of_onset, (*path, "ageRangeOfOnset")))
        return _of_class(one.class_of_onset)

    def time(self, time: TimeElement, path: Loc) -> Began | None:
        """The age or the term of a time; None for a time before birth or one that nothing can be made of."""
        if isinstance(time.age, str):
            return _of_span(self.duration(time.age, (*path, "age")))
        if time.age is not None:
            return _of_span(self.age(time.age, (*path, "age")))
        if time.age_range is not None:
            return _of_span(self.range(time.age_range, (*path, "ageRange")))
        if time.timestamp is not None:
            return _of_span(self._since_birth(self.moment(time.timestamp, (*path, "timestamp"))))
        if time.interval is not None:
            start, end = self._ends(time.interval, path)
            first, last = self._since_birth(start), self._since_birth(end)
            return Began(Span(first.low, last.below)) if first is not None and last is not None else None
        return _of_class(time.ontology_class)

    def when(self, time: TimeElement | None, path: Loc) -> When | None:
        """When a result was found, on either clock; the end of an interval. None where nothing orders it."""
        if time is None:
            return None
        if time.timestamp is not None or time.interval is not None:
            if time.timestamp is not None:
                found = self.moment(time.timestamp, (*path, "timestamp"))
            else:
                found = self._ends(time.interval, path)[1] if time.interval is not None else None
            return When("calendar", found.low, found.high) if found is not None else None
        began = self.time(time, path)
        if began is None or began.span is None or began.span.below is None:
            return None
        return When("age", began.span.low, began.span.below)

    def range(self, ages: AgeRange, path: Loc) -> Span | None:
        """From one age to another. InputFault if it ends before it starts."""
        start = self.age(ages.start, (*path, "start")) if ages.start is not None else None
        end = self.age(ages.end, (*path, "end")) if ages.end is not None else None
        if start is None and end is None:
            return None
        span = Span(start.low if start is not None else Decimal(0), end.below if end is not None else None)
        if span.below is not None and span.below <= span.low:
            raise fault(self._place, path, Filled("ends before it starts"), Filled("exchange start and end"))
        return span

    def age(self, age: AgeElement, path: Loc) -> Span | None:
        """The age of an element; None if it holds none."""
        text = age.duration if age.duration is not None else age.age
        return self.duration(text, path) if text is not None else None

    def duration(self, text: str, path: Loc) -> Span | None:
        """An age as it is written; None for a placeholder. InputFault for what is no age."""
        text = text.strip()
        if not text or is_placeholder(text):
            return None
        found = _duration.fullmatch(text)
        if found is None or text[-1] in "PT":
            raise fault(
                self._place, path, Filled("is no age"), Filled('write an ISO 8601 duration such as "P35Y" or "P35Y6M"')
            )
        given = [
            (Decimal(count.replace(",", ".")), per)
            for count, per in zip(found.groups(), _A_YEAR, strict=True)
            if count is not None
        ]
        years = sum((count / per for count, per in given), Decimal(0))
        if years >= _OLDEST:
            raise fault(self._place, path, Filled("is no age that a person can have"), Filled("check it"))
        if years == 0:
            self.doubt(path, text, Filled("an age of 0 is what converters write for none; nothing counts from it"))
            return None
        finest = given[-1][1]
        return Span(years, years + 1 / finest)

    def moment(self, text: str | None, path: Loc) -> Moment | None:
        """A day or a moment as it is written; None for a placeholder. InputFault for what is no day."""
        text = (text or "").strip()
        if not text or is_placeholder(text):
            return None
        if _zero_day.match(text):
            self.doubt(path, text, _PLACEHOLDER)
            return None
        made = _moment(text)
        if made is None:
            hint = "write it as 2019-04-23T00:00:00Z"
            raise fault(self._place, path, Filled("is no day"), hint)
        if is_placeholder_day(made.day, made.low if made.low == made.high else None):
            self.doubt(path, text, _PLACEHOLDER)
            return None
        if self.made is not None and (made.day - self.made).days > 1:
            self.doubt(path, text, Filled("is still to come; nothing counts from it"))
            return None
        return made

    def _ends(self, interval: TimeInterval, path: Loc) -> tuple[Moment | None, Moment | None]:
        inner: Loc = (*path, "interval")
        return self.moment(interval.start, (*inner, "start")), self.moment(interval.end, (*inner, "end"))

    def _since_birth(self, moment: Moment | None) -> Span | None:
        """The age at a moment; None if the birth is not known, or after it."""
        if moment is None or self.born is None:
            return None
        years = Decimal((moment.day - self.born.day).days) / DAYS_A_YEAR
        return Span(years, years + 1 / DAYS_A_YEAR) if years >= 0 else None


def believed_moment(text: object) -> Moment | None:
    """The moment of a text; None for a placeholder, and for what is none, which is said where it counts."""
    made = _moment(text.strip()) if isinstance(text, str) else None
    return None if made is None or is_placeholder_day(made.day, made.low) else made


_PLACEHOLDER = Filled("is what converters write for no date; nothing counts from it")


def _of_span(span: Span | None) -> Began | None:
    return Began(span) if span is not None else None


def _of_class(term: OntologyClass | None) -> Began | None:
    return Began(term=term.hpo) if term is not None and term.hpo else None


def _moment(text: str) -> Moment | None:
    """A day, with time and zone where both are written; without a zone the whole day counts. None if it is no day."""
    found = _timestamp.match(text)
    try:
        day = date.fromisoformat(text[: len("2019-04-23")])
    except ValueError:
        return None
    midnight = Decimal(day.toordinal() * _DAY)
    if found is None or found["zone"] is None:
        return Moment(day, midnight, midnight + _DAY)
    clock = int(found["hour"]) * 3600 + int(found["minute"]) * 60 + int(found["second"] or 0)
    at = midnight + clock + Decimal(f"0.{found['part'] or 0}") - _zone(found["zone"])
    return Moment(day, at, at)


def _zone(text: str) -> int:
    """How many seconds the clocks of a zone are ahead of Greenwich."""
    if text in "Zz":
        return 0
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return sign * (int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60)


_NUMBER = r"(\d{1,5}(?:[.,]\d{1,4})?)"
_duration = re.compile(rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T[\d.,HMS]*)?", re.ASCII)
_A_YEAR = (Decimal(1), _MONTHS_A_YEAR, DAYS_A_YEAR / 7, DAYS_A_YEAR)
"""How many years, months, weeks and days make a year."""
_timestamp = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,30}))?)?"
    r"\s*(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?$",
    re.ASCII,
)
_zero_day = re.compile(r"0{1,4}(?:-0{1,2}-0{1,2}.*)?$", re.ASCII)
