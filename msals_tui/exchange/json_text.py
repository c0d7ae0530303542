"""Reads JSON that nobody vouches for: bounded, exact, every refusal one sentence with the place it is about.

A place is a path as programmers write it, `phenotypicFeatures[3].type.id`, or a line where the text is no JSON at all.
"""

import json
import re
from decimal import Decimal
from typing import Any

from msals_tui.errors import Filled, InputFault
from msals_tui.questionnaire.problem import Loc
from msals_tui.text import for_screen

MOST_BYTES = 4 * 1024 * 1024
MOST_VALUES = 50_000
"""Ten thousand features; more would take seconds to match, and no person has as many."""
DEEPEST = 32
"""Brackets inside each other; a phenopacket needs about ten."""

_MOST_DIGITS = 18
_LONGEST_NUMBER = 40
_POWERS_OF_TEN = 30
_LONGEST_KEY = 40
_LONGEST_MESSAGE = 100
_snake = re.compile(r"_([a-z0-9])")


class _NotUsable:
    """Stands in a document for something that JSON may hold, or almost, and that is of no use here."""

    def __init__(self, what: str, hint: str) -> None:
        self.what = what
        self.hint = hint


_TOO_LARGE = _NotUsable(Filled("is a number out of bounds"), Filled("check it"))
_NO_NUMBER = _NotUsable(Filled("is no number that JSON knows"), Filled("write an ordinary number, or leave it out"))
_TWICE = _NotUsable(Filled("stands there twice"), Filled("keep one of them"))


def parse_json(data: bytes, where: str) -> Any:
    """A JSON document as dictionaries, tuples, texts, truth values, integers and Decimals.

    Keys are in camel case, as protobuf's JSON writes them; it allows the snake case of the schema too. What is null is left
    out. InputFault for everything that is no JSON, exceeds the bounds, or names a thing twice.
    """
    place = for_screen(where)
    if len(data) > MOST_BYTES:
        raise InputFault(
            Filled("is larger than {most} kB", most=MOST_BYTES // 1024),
            where=place,
            hint="check that it is the right file",
        )
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputFault("is not UTF-8 text", where=f"{place}:{line}", hint="save it as UTF-8") from None
    try:
        document = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text[error.pos] in "{[":
            what = "is several JSON documents, one after the other (JSON lines)"
            raise InputFault(what, where=f"{place}:{error.lineno}", hint="give each a file of its own") from None
        said = for_screen(error.msg)[:_LONGEST_MESSAGE]
        hint = "correct this line or the one before"
        raise InputFault(
            Filled("is not JSON here: {said}", said=said), where=f"{place}:{error.lineno}", hint=hint
        ) from None
    except (RecursionError, MemoryError):
        raise _too_deep(place) from None
    return _Settling(place).value(document, (), DEEPEST)


def fault(place: str, path: Loc, what: str, hint: str) -> InputFault:
    """One sentence about one place of a document."""
    at = shown_path(path)
    return InputFault(Filled("{at} {what}", at=at, what=what) if at else what, where=place, hint=hint)


def shown_path(path: Loc) -> str:
    """A path, fit for a screen: `phenotypicFeatures[3].type.id`."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"[{part}]"
        else:
            words += ("." if words else "") + for_screen(part[:_LONGEST_KEY])
    return words


class _Settling:
    """Walks a parsed document once, counting its values."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._values = 0

    def value(self, value: Any, path: Loc, levels: int) -> Any:
        self._values += 1
        if self._values > MOST_VALUES:
            what = Filled("holds more than {most_values} values", most_values=MOST_VALUES)
            raise InputFault(what, where=self._place, hint="check that it is the right file")
        if levels < 0:
            raise _too_deep(self._place)
        if isinstance(value, _NotUsable):
            raise fault(self._place, path, value.what, value.hint)
        if isinstance(value, list):
            return tuple(self._element(one, (*path, at), levels) for at, one in enumerate(value))
        if not isinstance(value, dict):
            return value
        settled: dict[str, Any] = {}
        for key, inner in value.items():
            name = _snake.sub(lambda found: found[1].upper(), key)
            if name in settled:
                raise fault(self._place, (*path, name), _TWICE.what, _TWICE.hint)
            if inner is not None:
                settled[name] = self.value(inner, (*path, name), levels - 1)
        return settled

    def _element(self, value: Any, path: Loc, levels: int) -> Any:
        if value is None:
            raise fault(self._place, path, Filled("is null"), Filled("leave it out"))
        return self.value(value, path, levels - 1)


def _too_deep(place: str) -> InputFault:
    return InputFault(
        Filled("brackets stand more than {deepest} deep", deepest=DEEPEST),
        where=place,
        hint="check that it is the right file",
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        table[key] = _TWICE if key in table else value
    return table


def _integer(digits: str) -> Any:
    return int(digits) if len(digits) <= _MOST_DIGITS else _TOO_LARGE


def _decimal(literal: str) -> Any:
    number = Decimal(literal) if len(literal) <= _LONGEST_NUMBER else None
    return number if number is not None and abs(number.adjusted()) <= _POWERS_OF_TEN else _TOO_LARGE


def _constant(_: str) -> _NotUsable:
    return _NO_NUMBER
