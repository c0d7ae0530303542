"""Reads a date as somebody said it: what it is, the two or three that it may be, or why it is none.

Nothing is passed over: a text is a date only if all of it is, by a phrase of the language or in digits. What only one
reading fits is that; what several fit is asked.
"""

from collections.abc import Iterator

from msgspec import Struct

from msals_tui.questionnaire.dates.counted import Refused
from msals_tui.questionnaire.dates.meaning import Meaning
from msals_tui.questionnaire.dates.numeric import is_numeric, numeric_dates
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.phrases import phrases_of, tidied
from msals_tui.questionnaire.dates.value import PartialDate, is_canonical, lies_ahead
from msals_tui.questionnaire.words import Words


class Reading(Struct, frozen=True):
    """The dates that a text can be; where there is none, why: the key of a sentence below `fault.dates`."""

    dates: tuple[PartialDate, ...]
    refusal: str = ""

    def reason(self, typed: str, words: Words, occasion: Occasion) -> str:
        """Why it is no date, in one sentence."""
        return words(f"fault.dates.{self.refusal}", typed=" ".join(typed.split()), today=occasion.day.isoformat())


def read_date(typed: str, words: Words, occasion: Occasion) -> Reading:
    """What somebody meant who typed this on such an occasion."""
    reading = _Reader(words, occasion).read(tidied(typed))
    return Reading(tuple(_kept(one, occasion) for one in reading.dates), reading.refusal)


class _Reader:
    """Reads one text and the dates within it."""

    def __init__(self, words: Words, occasion: Occasion) -> None:
        self._occasion, self._phrases = occasion, phrases_of(words)
        self._meaning = Meaning(words, occasion, self._within)
        self._known: dict[str, Reading] = {}
        """The dates within the date that were read already, each once: hostile texts have them a million times."""

    def read(self, text: str) -> Reading:
        found: dict[PartialDate, None] = {}
        refusals: list[str] = []
        try:
            for when in self._candidates(text, refusals):
                try:
                    found[self._checked(when)] = None
                except Refused as refused:
                    refusals.append(refused.reason)
        except Refused as refused:
            refusals.append(refused.reason)
        return Reading(tuple(found), "" if found else next(iter(refusals), "not_understood"))

    def _candidates(self, text: str, refusals: list[str]) -> Iterator[str | PartialDate]:
        """Everything that a text can mean; why some of it cannot be meant is added to `refusals`."""
        if is_canonical(text):
            yield text
            return
        ways = (self._meaning.of(*one) for one in self._phrases.meant(text))
        for way in (numeric_dates(text, self._occasion.day),) if is_numeric(text) else ways:
            try:
                yield from way
            except Refused as refused:
                refusals.append(refused.reason)
            except (ValueError, OverflowError):  # a day that no calendar has
                refusals.append("no_such_day")

    def _within(self, text: str) -> tuple[PartialDate, ...]:
        """What a date within the date can be. Raises Refused where the reason is another than its words."""
        if text not in self._known:
            self._known[text] = Reading((), "not_understood")
            self._known[text] = self.read(text)
        reading = self._known[text]
        if reading.refusal not in ("", "not_understood"):
            raise Refused(reading.refusal)
        return reading.dates

    def _checked(self, one: str | PartialDate) -> PartialDate:
        """The date with the day on which it is said. Raises Refused if it cannot be."""
        occasion = self._occasion
        when = one if isinstance(one, PartialDate) else PartialDate(one)
        said = when.on or occasion.counted_from
        if not is_canonical(when.text):
            raise Refused(_what_is_wrong(when))
        if not occasion.clock_wrong and lies_ahead(when, said):
            raise Refused("future")
        if occasion.born is not None and when.span(said)[1] < occasion.born[0]:
            raise Refused("before_birth")
        return PartialDate(when.text, said)


def _kept(when: PartialDate, occasion: Occasion) -> PartialDate:
    """A date as answers keep it: without the day on which it was said where that is the day of the intake."""
    return PartialDate(when.text) if when.on == occasion.intake else when


def _what_is_wrong(when: PartialDate) -> str:
    """Why a text in canonical form is no date."""
    if when.form == "ago":
        return "too_long_ago"
    try:
        when.calendar_days()
    except (ValueError, OverflowError):
        return "no_such_day"
    return "too_long_ago"
