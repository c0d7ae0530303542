"""On which day a feast is, in any year."""

from datetime import date, timedelta


def feast_in(year: int, said: str) -> tuple[str, date]:
    """Whether it is "about " its day, and that day in a year; `said` is "12-25", or "+49" days from Easter, "~" before it."""
    told, around = said.removeprefix("~"), "about " if said.startswith("~") else ""
    if told.startswith(("+", "-")):
        return around, easter(year) + timedelta(int(told))
    month, day = told.split("-")
    return around, date(year, int(month), int(day))


def easter(year: int) -> date:
    """Easter Sunday, by the calendar of Gregory."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leaps, of_leap = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * of_leap + 2 * quarter - moon - rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
