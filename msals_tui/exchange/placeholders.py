"""What converters write where nothing is known: it looks like a date, an age or a name, and is none."""

from datetime import date
from decimal import Decimal

_WORDS = frozenset({
    "unknown", "unk", "na", "n/a", "n.a.", "nan", "null", "nil", "none", "string", "text", "str", "undefined", "undef",
    "unspecified", "not specified", "not available", "not applicable", "not provided", "not recorded", "not known",
    "missing", "tbd", "tba", "todo", "to do", "placeholder", "example", "dummy", "empty", "blank", "default", "object",
    "?", "-", "--", "---", ".", "_",
})  # fmt: skip

_DAYS = frozenset({
    date(1, 1, 1), date(1, 1, 2), date(1000, 1, 1), date(1111, 1, 1), date(1111, 11, 11), date(1582, 10, 15), date(1753, 1, 1),
    date(1800, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1901, 1, 1), date(1904, 1, 1),
    date(1969, 12, 31), date(1970, 1, 1), date(2099, 12, 31), date(2999, 12, 31), date(9999, 12, 31),
})  # fmt: skip
"""Where clocks of computers, databases and spreadsheets begin or end."""

_DAY = 24 * 60 * 60
_ZONES = 14 * 60 * 60
"""How far from Greenwich a clock may be, in seconds."""
_MIDNIGHTS = tuple(Decimal(day.toordinal() * _DAY) for day in sorted(_DAYS))


def is_placeholder(text: str) -> bool:
    """Whether a text stands for nothing."""
    return text.strip().strip("<>[](){}\"'").strip().casefold() in _WORDS


def is_placeholder_day(day: date, instant: Decimal | None) -> bool:
    """Whether a day, or a moment in seconds from the first of January of the year 1, is one of those where clocks begin.

    A moment is so in whatever zone it was midnight there.
    """
    if day in _DAYS:
        return True
    return instant is not None and any(abs(instant - midnight) <= _ZONES for midnight in _MIDNIGHTS)
