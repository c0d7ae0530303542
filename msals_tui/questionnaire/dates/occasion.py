"""When something is said, and by whose years: what reading a date needs to know beside the words."""

from datetime import date

from msgspec import Struct


class Occasion(Struct, frozen=True):
    """The day on which an answer is given, and what is known of the person."""

    day: date
    """The day of the answer, from which "ago" counts and by which the future is judged."""
    intake: date
    """The day on which the intake was begun."""
    born: tuple[date, date] | None = None
    """First and last day on which the person can have been born; None if their age is not known."""
    clock_wrong: bool = False
    """The clock is known to be wrong: nothing is counted from the day, and nothing is called the future."""

    @classmethod
    def on(cls, day: date) -> "Occasion":
        """An answer that is given on the day of the intake, by somebody whose age is not known."""
        return cls(day, day)

    @property
    def counted_from(self) -> date:
        """The day from which answers count: under a wrong clock that of the intake, which may be as wrong."""
        return self.intake if self.clock_wrong else self.day


def years_before(day: date, years: int) -> date:
    """The same day so many years before; the last of February for the 29th."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
