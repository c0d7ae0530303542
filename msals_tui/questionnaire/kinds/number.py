"""A number with its unit and range: how it is read from files and from people, and what it means by bands."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Context, Decimal
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import Answer, Plain
from msals_tui.questionnaire.base import Figure, Label
from msals_tui.questionnaire.condition import AnswerTest, Lookup
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.item import OF_ALL, Item, Marks
from msals_tui.questionnaire.problem import Loc, Problem
from msals_tui.questionnaire.words import Words

MOST_DIGITS = 18
"""Digits before or behind the point beyond which nothing is a measurement."""
_NUMBER = re.compile(r"[+-]?(\d*)(?:[.,](\d+))?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f'.,]\d{3})+(?:[.,]\d+)?", re.ASCII)
_A_THOUSAND = 3
"""Digits of a group; as many behind a comma are as likely thousands as decimals, and the difference is a thousandfold."""
_MOST_THRESHOLDS = 60
_EXACT = Context(prec=80)
"""Figures of content files have at most 40 characters and 30 powers of ten."""


class Number(Answer, frozen=True):
    """A number in the item's unit, exact as typed."""

    value: Decimal

    @property
    def number(self) -> Decimal:
        """The number."""
        return self.value


class Band(Marks):
    """What a number means: from `at_least` (included) to `below` (not included), either may be open."""

    at_least: Figure | None = None
    below: Figure | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies within."""
        return (self.at_least is None or value >= self.at_least) and (self.below is None or value < self.below)

    def facts(self) -> dict[str, Any]:
        """Everything that a list of all items says of it."""
        bounds = {"at_least": self.at_least, "below": self.below}
        return {key: value for key, value in bounds.items() if value is not None} | super().facts()


class NumberItem(Item):
    """A number with its unit and range; values that are possible but unlikely are asked about again, never refused."""

    is_typed: ClassVar[bool] = True
    comparisons: ClassVar[tuple[str, ...]] = ("above", "below", "at_least", "at_most", *OF_ALL)

    type: Literal["number"]
    unit: Label
    min: Figure
    max: Figure
    unlikely_below: Figure | None = None
    unlikely_above: Figure | None = None
    decimals: Annotated[int, Meta(ge=0, le=6)] = 0
    """How many decimal places may be given."""
    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError if the range is empty."""
        if self.min >= self.max:
            raise ValueError("min must be below max")

    @property
    def figures(self) -> dict[str, object]:
        """With its range."""
        return {**super().figures, "low": f"{self.min:f}", "high": f"{self.max:f}"}

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Number:
        """A plain number."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong("needs a number", f"write a plain number in {self.unit}")
        return self._taken(Decimal(value))

    def plain_value(self, answer: Answer) -> Plain:
        """The number, whole where it is."""
        value = _value(answer)
        return int(value) if value == value.to_integral_value() else value

    def typed(self, text: str, words: Words, occasion: Occasion) -> Number:
        """ASCII digits with at most one comma or point; what may be thousands is refused, never guessed."""
        typed = text.strip()
        found = _NUMBER.fullmatch(typed)
        if found is None or not (found[1] or found[2]):
            thousands = _THOUSANDS.fullmatch(typed)
            raise InputFault(
                words("fault.thousands") if thousands else words("fault.number", unit=self.unit), where=self.id
            )
        whole, behind = found[1], found[2] or ""
        if len(behind) == _A_THOUSAND > self.decimals and whole.strip("0"):
            raise InputFault(words("fault.thousands"), where=self.id)
        return self._taken(Decimal(typed.replace(",", ".")), words)

    def _taken(self, value: Decimal, words: Words | None = None) -> Number:
        exponent = value.as_tuple().exponent
        if (
            not value.is_finite()
            or not isinstance(exponent, int)
            or max(abs(value.adjusted()), -exponent) > MOST_DIGITS
        ):
            value = self.max + 1
        if not self.min <= value <= self.max:
            if words is not None:
                raise InputFault(words("fault.range", **self.figures), where=self.id)
            raise self.wrong(f"lies outside {self.min:f} to {self.max:f} {self.unit}", "check the value and the unit")
        if value != round(value, self.decimals):
            if words is not None:
                raise InputFault(words.some(self.decimals, "fault.decimals"), where=self.id)
            raise self.wrong(f"has more than {self.decimals} decimal places", "round it")
        return Number(Decimal(f"{value:f}").normalize() + 0)

    def written(self, answer: Answer, words: Words) -> str:
        """Its digits."""
        return f"{answer.value:f}" if isinstance(answer, Number) else ""

    def unlikely(self, answer: Answer) -> bool:
        """Whether it lies beyond a bound that hardly anybody reaches."""
        if not isinstance(answer, Number):
            return False
        low, high = self.unlikely_below, self.unlikely_above
        return (low is not None and answer.value < low) or (high is not None and answer.value > high)

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """With its unit."""
        return f"{_value(answer):f} {self.unit}"

    def summed_up(self, answer: Answer, words: Words) -> dict[str, Any]:
        """The value and its unit."""
        if not isinstance(answer, Number):
            return super().summed_up(answer, words)
        return {"value": self.plain(answer), "unit": self.unit}

    def kind_words(self, words: Words) -> str:
        """With its range."""
        said = super().kind_words(words)
        return words("items.number", type=said, **self.figures)

    def facts(self, words: Words) -> dict[str, Any]:
        """Range and bands."""
        return {
            "unit": self.unit,
            "min": self.min,
            "max": self.max,
            "decimals": self.decimals,
            "bands": self.bands,
        }

    def named_marks(self) -> Iterator[tuple[Loc, Marks]]:
        """Its bands."""
        yield from ((("bands", number), band) for number, band in enumerate(self.bands))

    def labelled_marks(self, words: Words) -> Iterator[tuple[str, Marks]]:
        """Its bands with their bounds."""
        for band in self.bands:
            low = f">= {band.at_least:f}" if band.at_least is not None else ""
            high = f"< {band.below:f}" if band.below is not None else ""
            yield f"{' '.join(part for part in (low, high) if part)} {self.unit}".strip(), band

    def marks_met(self, answer: Answer) -> Iterator[Marks]:
        """The bands that it falls into."""
        if isinstance(answer, Number):
            yield from (band for band in self.bands if band.holds(answer.value))

    def problems(self, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
        """Unlikely values are possible values; a number falls into one band at most, and every band can be reached."""
        for name in ("unlikely_below", "unlikely_above"):
            bound: Decimal | None = getattr(self, name)
            if bound is not None and not self.min < bound < self.max:
                what = f"{name} is {bound}, which is not between min {self.min} and max {self.max}"
                hint = "choose a bound within the range, or leave it out"
                yield Problem((*loc, name), self.id, "ODD_BOUNDS", what, hint)
        low, high = self.unlikely_below, self.unlikely_above
        if low is not None and high is not None and low > high:
            what = "every number is unlikely, since unlikely_below is above unlikely_above"
            yield Problem((*loc, "unlikely_below"), self.id, "ODD_BOUNDS", what, "exchange the two")
        yield from self._band_problems(loc)

    def _band_problems(self, loc: Loc) -> Iterator[Problem]:
        reached: list[tuple[Decimal, int, Band]] = []
        for number, band in enumerate(self.bands):
            low = self.min if band.at_least is None else max(band.at_least, self.min)
            empty = band.at_least is not None and band.below is not None and band.at_least >= band.below
            if empty or low > self.max or (band.below is not None and band.below <= self.min):
                what = f"no number from {self.min} to {self.max} falls into band {number + 1}"
                yield Problem((*loc, "bands", number), self.id, "EMPTY_BAND", what, "correct at_least and below")
            else:
                reached.append((low, number, band))
        reached.sort(key=lambda one: one[:2])
        for (_, first, lower), (low, second, _) in pairwise(reached):
            if lower.below is None or lower.below > low:
                what = f"bands {min(first, second) + 1} and {max(first, second) + 1} overlap"
                hint = "let one end (`below`) where the next begins (`at_least`)"
                yield Problem((*loc, "bands", max(first, second)), self.id, "BANDS_OVERLAP", what, hint)

    def tries(self, tests: Mapping[str, tuple[AnswerTest, ...]]) -> Iterator[Answer]:
        """A number within each band, and on either side of every threshold."""
        edges = {edge for band in self.bands for edge in (band.at_least, band.below) if edge is not None}
        of_bands = tuple(AnswerTest(item=self.id, at_least=edge) for edge in sorted(edges))
        yield from self.representatives((*tests.get(self.id, ()), *of_bands)) or ()

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """Both ends of the range, every threshold in it, and its neighbours."""
        thresholds = {
            figure
            for test in tests
            for figure in (test.above, test.below, test.at_least, test.at_most)
            if figure is not None
        }
        if len(thresholds) > _MOST_THRESHOLDS:
            return None
        step = Decimal(1).scaleb(-self.decimals)
        near = {self.min, self.max}
        for figure in thresholds:
            typed = figure.quantize(step, context=_EXACT)
            near |= {typed - step, typed, typed + step}
        return tuple(Number(figure) for figure in sorted(near) if self.min <= figure <= self.max)


def _value(answer: Answer) -> Decimal:
    """The value of an answer to a number item. TypeError of anything else."""
    if not isinstance(answer, Number):
        raise TypeError(answer)
    return answer.value
