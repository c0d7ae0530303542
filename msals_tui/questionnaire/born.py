"""When a person can have been born, worked out from an age that they gave."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msals_tui.questionnaire.base import Definition, Id
from msals_tui.questionnaire.condition import Lookup
from msals_tui.questionnaire.dates.occasion import years_before
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.kinds.number import NumberItem
from msals_tui.questionnaire.problem import Nearest, Problem, shown


class Born(Definition):
    """Which questions tell when the person was born, so that "when I was 30" can be counted."""

    age: Id
    """A number of years."""
    at: Id | None = None
    """The date at which they were that old; the day of the intake where none is named."""

    def between(self, answers: Lookup, asking: str) -> tuple[date, date] | None:
        """First and last day on which they can have been born; None if that is not known, or is what is being asked."""
        if asking in (self.age, self.at):
            return None
        age, when = answers.answer(self.age), answers.answer(self.at) if self.at is not None else None
        years = age.number if age is not None else None
        if years is None or (self.at is not None and not isinstance(when, PartialDate)):
            return None
        first = last = answers.today
        if isinstance(when, PartialDate):
            first, last = when.span(when.on or answers.today)
        return years_before(first, int(years) + 1) + timedelta(1), years_before(last, int(years))


def born_between(borns: Iterable[Born], answers: Lookup, asking: str) -> tuple[date, date] | None:
    """First and last day on which the person can have been born, by the first of these that is known; None if none is."""
    return next((known for one in borns if (known := one.between(answers, asking)) is not None), None)


def born_problems(borns: Iterable[Born], items: Mapping[str, Item]) -> Iterator[Problem]:
    """What is wrong with the questions that tell when the person was born."""
    nearest = Nearest()
    named = (
        (number, *one)
        for number, born in enumerate(borns)
        for one in (("age", born.age, NumberItem), ("at", born.at, DateItem))
    )
    for number, key, wanted, kind in named:
        if wanted is not None and not isinstance(items.get(wanted), kind):
            known = [name for name, item in items.items() if isinstance(item, kind)]
            what = f'no {"number" if kind is NumberItem else "date"} "{shown(wanted)}"'
            hint = nearest.hint(wanted, known, "name such a question of this questionnaire")
            yield Problem(("born", number, key), "born", "UNKNOWN_ITEM", what, hint, blocks=True)
