"""Dates of digits alone, such as 03/04/2019: in every order that they can be read in."""

import re
from collections.abc import Iterator
from datetime import date

_CENTURY = 100
_TWO_YEARS = re.compile(r"([0-9]{4}) ?[-/] ?([0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})( ?[-./] ?| )([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})( ?[-./] ?| )([0-9]{4})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})( ?[-./] ?| )([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")


def is_numeric(text: str) -> bool:
    """Whether a text is a date of digits alone, right or wrong."""
    return any(one.fullmatch(text) for one in (_YEAR_FIRST, _MONTH_YEAR, _YEAR_LAST))


def numeric_dates(text: str, today: date) -> Iterator[str]:
    """The canonical forms that it can have, right or wrong; one that begins with the year has only one order."""
    if (found := _TWO_YEARS.fullmatch(text)) is not None and str(int(found[1]) + 1).endswith(found[2]):
        # 2010/11 can be a month as well.
        yield from (f"{found[1]}..{int(found[1]) + 1}", f"{found[1]}-{found[2]}")
    elif (found := _YEAR_FIRST.fullmatch(text)) is not None:
        yield "-".join([found[1], *(f"{int(one):02}" for one in (found[3], found[4]) if one)])
    elif (found := _MONTH_YEAR.fullmatch(text)) is not None:
        yield f"{found[3]}-{int(found[1]):02}"
    elif (found := _YEAR_LAST.fullmatch(text)) is not None:
        one, sign, other, year = found.groups()
        whole = whole_year(year, today)
        for month, day in dict.fromkeys(((other, one), (one, other))):
            yield f"{whole}-{int(month):02}-{int(day):02}"
        if sign.strip() == "-" and len(year) == len(one) == len("19"):
            yield f"{whole_year(one, today)}-{int(other):02}-{int(year):02}"


def whole_year(digits: str, today: date) -> str:
    """A year of two digits is the last that has come."""
    if len(digits) == len("2019"):
        return digits
    return str(today.year - (today.year - int(digits)) % _CENTURY)
