"""Reads TOML that nobody vouches for: bounded before it is parsed, exact, every refusal one sentence with its line.

tomli alone is not enough: a kilobyte of brackets ends it in RecursionError, a long dotted key keeps it busy for seconds,
and not all of its errors are TOMLDecodeError. It is tomllib, compiled, and three times as fast.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from msals_tui.content.toml_lines import end_of_string, lines_of, tokens
from msals_tui.disk.reading import CONTENT, Limits, refuse_size
from msals_tui.errors import Filled, InputFault
from msals_tui.text import for_screen, hidden_in

Where: TypeAlias = tuple[str | int, ...]
"""Keys and positions that lead to a value."""


_DIGITS_OF_INTEGER = 18
_CHARACTERS_OF_NUMBER = 100
_CHARACTERS_OF_DECIMAL = 40
_POWERS_OF_TEN = 30
_LONGEST_MESSAGE = 160
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}
_simple_string = r"""(?:"(?!"")[^"\\\n]*"|'(?!'')[^'\n]*')"""
_mark = re.compile(
    rf"\n[ \t\r\n]*[\w-]*[ \t]*(=)?[ \t]*{_simple_string}?"  # most lines at one go
    rf"|[=,\[{{][ \t]*{_simple_string}?"
    rf"|[\]}}.]|#[^\n]*|{_simple_string}|[\"']"
)
_between_marks = re.compile(
    r"""[^=,\[\]{}.\n"'#]++"""
    r'''|"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'''
    r"""|'{3}(?:[^']++|'(?!''))*+'{3,5}"""
    r"""|"(?:[^"\\\n]++|\\[^\n])*+"|'[^'\n]*+'|#[^\n]*+""",
    re.DOTALL,
)
_no_bracket = re.compile(r"[^\[\]{}]++")
_position = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse_content(data: bytes, where: str, *, dates: bool = False) -> dict[str, Any]:
    """The same as `parse`, within the limits of a content file."""
    return parse(data, where, CONTENT, dates=dates)


def parse(data: bytes, where: str, limits: Limits, *, dates: bool = False) -> dict[str, Any]:
    """A TOML document as dictionaries, tuples, texts, truth values, integers and Decimals; dates only where `dates`.

    `where` names the file in refusals. InputFault for everything that is no TOML or exceeds the limits, with the line
    wherever there is one. Texts may hold anything that TOML can escape: see `scan_strings`.
    """
    place = for_screen(where)
    if len(data) > limits.size:
        refuse_size(place, limits)
    text = _decoded(data, place)
    _check_lines(text, place, limits)
    _check_shape(text, place, limits)
    document = _parsed(text, place)
    try:
        return _settled_parts(document.items(), limits.depth + limits.dots, dates=dates)
    except _UnusableError as unusable:
        line = lines_of(text).line(unusable.path)
        raise InputFault(unusable.what, where=f"{place}:{line}", hint=unusable.hint) from None


def scan_strings(document: Any) -> Iterator[tuple[Where, tuple[str, ...]]]:
    """Every key and text that holds control, bidi or invisible characters: where, and which (`U+202E`).

    Newlines and joiners may stand in any text. A key is reported under its own path.
    """
    unseen: list[tuple[Where, Any]] = [((), document)]
    while unseen:
        path, value = unseen.pop()
        if isinstance(value, str):
            if hidden := hidden_in(value):
                yield path, hidden
        elif isinstance(value, dict):
            yield from (((*path, key), hidden) for key in value if (hidden := hidden_in(key)))
            unseen.extend(((*path, key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, tuple | list):
            unseen.extend(((*path, at), value[at]) for at in reversed(range(len(value))))


class _UnusableError(Exception):
    """A value that is TOML but of no use here; the path grows on the way out."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.path: Where = ()
        self.what = what
        self.hint = hint


def _decoded(data: bytes, place: str) -> str:
    """Strict UTF-8; a byte order mark, which some editors put in front, is passed over."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputFault("is not UTF-8 text", where=f"{place}:{line}", hint="save it as UTF-8") from None


def _check_lines(text: str, place: str, limits: Limits) -> None:
    start = 0
    while len(text) - start > limits.line:
        end = text.rfind("\n", start, start + limits.line + 1)
        if end < 0:
            line = text.count("\n", 0, start) + 1
            what = Filled("line is longer than {line} characters", line=limits.line)
            raise InputFault(what, where=f"{place}:{line}", hint="break it")
        start = end + 1


def _check_shape(text: str, place: str, limits: Limits) -> None:
    """Bounds what would keep the parser busy or let it recurse; the parser itself judges everything else."""
    if _is_small(text, limits):
        return
    dots = depth = values = 0
    for mark, end in _marks(text):
        if mark == ".":
            dots += 1
        else:
            dots = 0
            depth = max(depth + _DEEPER.get(mark, 0), 0)
            values += mark in "=,["
        if dots > limits.dots or depth > limits.depth or values > limits.values:
            line = text.count("\n", 0, end) + 1
            raise InputFault(_excess(limits, dots, depth), where=f"{place}:{line}", hint="make it simpler")


def _is_small(text: str, limits: Limits) -> bool:
    """Whether all bounds are surely kept: told at one go of almost every file; the others are looked at mark by mark.

    A string that is never closed leaves its quote.
    """
    marks = _between_marks.sub("", text)
    values = marks.count("=") + marks.count(",") + marks.count("[")
    if any(quote in marks for quote in "\"'") or values > limits.values or "." * (limits.dots + 1) in marks:
        return False
    brackets = _no_bracket.sub("", marks)
    for _ in range(limits.depth // 2):  # each takes away one bracket inside of all others, or two of different kinds
        if not brackets:
            return True
        brackets = brackets.replace("[]", "").replace("{}", "")
    return not brackets


def _marks(text: str) -> Iterator[tuple[str, int]]:
    """Every mark outside of strings and comments, and the place behind it; a quick glance, a twentieth of the parsing.

    A line end counts as the `=` that follows it. Ends early at a string that is never closed: so does the parser.
    """
    at = 0
    while found := _mark.search(text, at):
        start, at = found.span()
        mark = text[start]
        if mark in "\"'":
            at = at if at > start + 1 else end_of_string(text, start)
            if at < 0:
                return
        elif mark != "#":
            yield found[1] or mark, at


def _excess(limits: Limits, dots: int, depth: int) -> str:
    """Which bound was passed."""
    if dots > limits.dots:
        return Filled("a key has more than {dots} dots", dots=limits.dots)
    if depth > limits.depth:
        return Filled("brackets stand more than {depth} deep", depth=limits.depth)
    return Filled("the file holds more than {values_} values", values_=limits.values)


def _parsed(text: str, place: str) -> dict[str, Any]:
    import tomli  # imported here: what was checked before is not parsed again

    try:
        return tomli.loads(text, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        raise _no_toml(str(error), text, place) from None
    except (ValueError, RecursionError, MemoryError):
        line = next((line for lexeme, line in tokens(text) if _is_long_number(lexeme)), 1)
        raise InputFault("a value is too large to be read", where=f"{place}:{line}", hint="make it shorter") from None


def _is_long_number(lexeme: str) -> bool:
    return len(lexeme) > _CHARACTERS_OF_NUMBER and lexeme[0] in "+-0123456789"


def _no_toml(message: str, text: str, place: str) -> InputFault:
    found = _position.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    said = for_screen(message[: found.start()] if found else message)
    short = said if len(said) <= _LONGEST_MESSAGE else f"{said[:_LONGEST_MESSAGE]}..."
    return InputFault(
        Filled("is not TOML here: {short}", short=short),
        where=f"{place}:{line}",
        hint="correct this line or the one before",
    )


def _decimal(literal: str) -> Decimal:
    """Not a number where it is out of bounds, so that it can be refused once its place is known."""
    try:
        return Decimal(literal if len(literal) <= _CHARACTERS_OF_DECIMAL else "nan")
    except InvalidOperation:
        return Decimal("nan")


def _settled_parts(parts: Iterable[tuple[Any, Any]], levels: int, *, dates: bool) -> dict[Any, Any]:
    """The parts of a table or list, lists as tuples. _UnusableError for what may not be kept or stands too deep."""
    if levels < 0:
        raise _UnusableError(Filled("tables stand too deep inside each other"), Filled("use fewer levels"))
    settled = {}
    for key, value in parts:
        if isinstance(value, str):
            settled[key] = value
            continue
        try:
            settled[key] = _settled(value, levels - 1, dates=dates)
        except _UnusableError as unusable:
            unusable.path = (key, *unusable.path)
            raise
    return settled


def _settled(value: Any, levels: int, *, dates: bool) -> Any:
    match value:
        case str():
            return value
        case dict():
            return _settled_parts(value.items(), levels, dates=dates)
        case list():
            return tuple(_settled_parts(enumerate(value), levels, dates=dates).values())
        case int() if abs(value) >= 10**_DIGITS_OF_INTEGER:
            raise _UnusableError(
                Filled("number has more than {_digits_of_integer} digits", _digits_of_integer=_DIGITS_OF_INTEGER),
                Filled("check it"),
            )
        case Decimal() if not value.is_finite() or abs(value.adjusted()) > _POWERS_OF_TEN:
            raise _UnusableError(
                Filled("number is out of bounds"), Filled("write an ordinary number, no nan, inf or huge exponent")
            )
        case date() | time() if not dates:
            raise _UnusableError(
                Filled("a date or time stands without quotes"), Filled('put it in quotes: "2019-04-23"')
            )
    return value
