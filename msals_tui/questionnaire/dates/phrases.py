"""How people say dates in one language: phrases with slots, as its words have them, and which of them a text may be.

`[words.dates]` of a language holds names (of months, seasons, units, ...) and, under `forms`, for each thing that can be
meant the phrases that mean it: `year = [["{year}", "[in] the year {year}"]]`; what stands in square brackets may be left
out. A text is a phrase only if nothing of it is left over: no sign and no word is passed over.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.words import Words

Slots: TypeAlias = Mapping[str, str]
"""What stands in each slot: a number as digits, the position of a name in its list from 0, or a text that is read by itself."""

NAMED: Mapping[str, str] = {
    "unit": "dates.units",
    "month": "dates.months",
    "season": "dates.seasons",
    "weekday": "dates.weekdays",
    "feast": "dates.feasts",
    "part": "dates.parts",
    "tens": "dates.decades",
}
"""Slots for a name, and the list that has the names."""
_COUNTED = ("number", "low", "high", "age")
"""Slots for a number, in digits or as a word."""
_DIGITS = {"year": (4, 4), "next": (2, 4), "day": (1, 2), "short": (2, 2), "decade": (2, 4)}
"""Slots for digits only, and the fewest and most of them."""
INNER = ("date", "other")
"""Slots for a date within a date."""
SLOTS = frozenset((*NAMED, *_COUNTED, *_DIGITS, *INNER))

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\S")
_SLOT = re.compile(r"\{(\w+)\}")
_OPTION = re.compile(r"\[([^\[\]]*)\]")
_PART = re.compile(rf"{_SLOT.pattern}|{_TOKEN.pattern}")
_COMMA = re.compile(r",(?=\s)")
_DOT = re.compile(r"(?<=[^\W\d_])\.(?=\s|$)")
_JOINED = re.compile(r"(?<=[^\W\d_])(\s*)[-./](\1)(?=[0-9])|(?<=[0-9])(\s*)[-./](\3)(?=[^\W\d_])")
"""A dash between a word and a number stands close to both or far from both; else it is a sign of its own."""
_MOST_TOKENS = 16
"""Words, numbers and signs; nobody needs more to say a date."""


class Token(Struct, frozen=True):
    """A word, a number or a sign, and where it stands."""

    text: str
    start: int
    end: int


class Phrases:
    """The phrases of one language, by the word or slot that they begin with."""

    def __init__(self, words: Words) -> None:
        self._names = {slot: _positions(words, key) for slot, key in NAMED.items()}
        self._numbers = _positions(words, "dates.numbers")
        self._tens = _positions(words, "dates.tens")
        self._ordinals = _positions(words, "dates.ordinals")
        self._day_signs = frozenset(one for names in words.names("dates.day_signs") for one in names)
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._by_slot: list[tuple[str, tuple[str, ...]]] = []
        for form in words.keys("dates.forms"):
            for parts in (
                one for names in words.names(f"dates.forms.{form}") for name in names for one in parts_of(name)
            ):
                if parts[0].startswith("{"):
                    self._by_slot.append((form, parts))
                else:
                    self._by_word.setdefault(parts[0], []).append((form, parts))

    def meant(self, text: str) -> Iterator[tuple[str, Slots]]:
        """Every form that a text can be, with what stands in its slots. The text is as `tidied` gives it."""
        tokens = tuple(Token(one[0], one.start(), one.end()) for one in _TOKEN.finditer(text))
        if not 0 < len(tokens) <= _MOST_TOKENS:
            return
        for form, parts in (*self._by_word.get(tokens[0].text, ()), *self._by_slot):
            for slots in self._filled(parts, text, tokens):
                yield form, slots

    def _filled(self, parts: tuple[str, ...], text: str, tokens: tuple[Token, ...]) -> Iterator[Slots]:
        """The ways in which a phrase is all of a text."""
        if not parts:
            if not tokens:
                yield {}
            return
        part, rest = parts[0], parts[1:]
        if len(tokens) < len(parts):
            return
        if not part.startswith("{"):
            if tokens[0].text == part:
                yield from self._filled(rest, text, tokens[1:])
            return
        slot = part[1:-1]
        for value, taken in self._values(slot, text, tokens):
            for slots in self._filled(rest, text, tokens[taken:]):
                yield {slot: value, **slots}

    def _values(self, slot: str, text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[str, int]]:
        """What a slot can hold at the beginning of these tokens, and how many of them that takes."""
        first = tokens[0].text
        if slot in INNER:
            yield from ((text[tokens[0].start : tokens[taken - 1].end], taken) for taken in range(1, len(tokens) + 1))
        elif slot in NAMED:
            yield from _named(self._names[slot], tokens)
        elif slot in _COUNTED:
            if _is_digits(first, 1, 5):
                yield first, 1
            yield from self._number_words(tokens)
        elif slot in _DIGITS:
            yield from self._digits(slot, tokens)

    def _digits(self, slot: str, tokens: tuple[Token, ...]) -> Iterator[tuple[str, int]]:
        """Digits, of a day with its sign behind them or as a word."""
        first = tokens[0].text
        if slot == "day":
            yield from ((str(int(place) + 1), taken) for place, taken in _named(self._ordinals, tokens))
        if _is_digits(first, *_DIGITS[slot]):
            yield first, 1
            if slot == "day" and len(tokens) > 1 and tokens[1].text in self._day_signs:
                yield first, 2

    def _number_words(self, tokens: tuple[Token, ...]) -> Iterator[tuple[str, int]]:
        """Such as "twelve", "thirty" and "thirty-five"."""
        yield from ((str(int(place) + 1), taken) for place, taken in _named(self._numbers, tokens))
        for tens, taken in _named(self._tens, tokens):
            number = 10 * int(tens) + 10
            yield str(number), taken
            behind = tokens[taken + (tokens[taken : taken + 1] != () and tokens[taken].text == "-") :]
            for ones, more in _named(self._numbers, behind):
                if int(ones) < len("123456789"):
                    yield str(number + int(ones) + 1), len(tokens) - len(behind) + more


def phrases_of(words: Words) -> Phrases:
    """The phrases of a language, made ready once."""
    return _phrases(_Same(words))


def parts_of(phrase: str) -> Iterator[tuple[str, ...]]:
    """The words, signs and slots of a phrase, once for each way to leave out what may be left out; never none of them."""
    if (option := _OPTION.search(phrase)) is not None:
        for inside in (option[1], ""):
            yield from parts_of(f"{phrase[: option.start()]}{inside}{phrase[option.end() :]}")
    elif parts := tuple(one[0] for one in _PART.finditer(phrase.lower())):
        yield parts


def tidied(typed: str) -> str:
    """A text in small letters, with one space where there are some, without signs that only part its words."""
    text = _COMMA.sub(" ", typed.lower())
    text = _DOT.sub("", _JOINED.sub(" ", text))
    return " ".join(text.split()).removesuffix(".")


class _Same:
    """The words of one language as a key: the very same ones."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.words.table is self.words.table

    def __hash__(self) -> int:
        return id(self.words.table)


@lru_cache(maxsize=4)
def _phrases(same: _Same) -> Phrases:
    return Phrases(same.words)


def _is_digits(text: str, fewest: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and fewest <= len(text) <= most


def _positions(words: Words, key: str) -> dict[tuple[str, ...], str]:
    """The position in its list of every name, by its words and signs."""
    return {
        tuple(_TOKEN.findall(name.lower())): str(place)
        for place, names in enumerate(words.names(key))
        for name in names
    }


def _named(names: Mapping[tuple[str, ...], str], tokens: tuple[Token, ...]) -> Iterator[tuple[str, int]]:
    """Every name at the beginning of these tokens."""
    longest = max(map(len, names), default=0)
    for taken in range(1, min(longest, len(tokens)) + 1):
        place = names.get(tuple(one.text for one in tokens[:taken]))
        if place is not None:
            yield place, taken
