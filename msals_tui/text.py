"""The one sanitiser: what may come in, and what may go out to a screen or into a TOML file.

On their way in characters are judged once:

    replaced by U+FFFD   what commands or deceives: controls, bidi controls, U+2028/9, tags, noncharacters, lone
                         surrogates
    taken out            what shows nothing and no text needs: soft hyphen, zero-width space, word joiner, byte order
                         mark, invisible operators, fillers, annotation marks; variation selectors with nothing to
                         vary; the fifth and further marks on one character
    kept                 everything else, with zero-width joiner and non-joiner: Persian, Indic scripts and emoji need
                         them

At an exit nothing is lost: whatever could command or hide is written out in visible ASCII.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from unicodedata import category, normalize

REPLACEMENT = "\ufffd"
"""Stands where a character was that may not be."""

MARKS_A_BASE = 4
"""How many marks and joiners without room of their own one character may carry."""

_LONGEST_NATURAL_RUN = 30
"""Marks on one character in any text that means something (Unicode's stream-safe format); normalising is quadratic."""

_FORBIDDEN_RANGES = (
    (0x0000, 0x0008), (0x000B, 0x001F), (0x007F, 0x009F),
    (0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069),
    (0x2028, 0x2029), (0xD800, 0xDFFF), (0xE0000, 0xE007F),
    (0xFDD0, 0xFDEF), *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)  # fmt: skip
"""Without tab and newline, whose treatment depends on where they stand."""

_INVISIBLE_RANGES = (
    (0x00AD, 0x00AD), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E), (0x200B, 0x200B), (0x2060, 0x2065),
    (0x206A, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0080, 0xE00FF), (0xE01F0, 0xE0FFF),
)  # fmt: skip

_VARIATION_RANGES = ((0x180B, 0x180D), (0x180F, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))

_NOTHING_TO_VARY_RANGES = (
    (0x00, 0x22), (0x24, 0x29), (0x2B, 0x2F), (0x3A, 0x7F),  # ASCII without # * 0-9, which keycaps vary
    (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200D), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
    (0xFFFD, 0xFFFD), *_VARIATION_RANGES,
)  # fmt: skip

_MARKLESS_RANGES = ((0x0000, 0x02FF), (0x0370, 0x0482), (0x1E00, 0x1FFF), (0x3400, 0x9FFF), (0xAC00, 0xD7FF))
"""Much-used blocks without a single mark; a text of these alone is never looked at character by character."""


def _set(ranges: Iterable[tuple[int, int]]) -> str:
    """The inside of a regular expression's brackets."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_JOINERS = "\u200c\u200d"
_PRINTABLE_BUT_INVISIBLE = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""The only characters to be judged that `str.isprintable` lets pass."""

_FORBIDDEN = f"[{_set(_FORBIDDEN_RANGES)}]"
_INVISIBLE = f"[{_set(_INVISIBLE_RANGES)}]"
_HIDDEN_OR_TAB = f"[\t{_set(_FORBIDDEN_RANGES + _INVISIBLE_RANGES)}]"
_HIDDEN_OR_BLANK = f"[\n{_HIDDEN_OR_TAB[1:]}"
_UNPRINTABLE = f"[{_JOINERS}{_HIDDEN_OR_TAB[1:]}"
_STRAY_VARIATION = f"[{_set(_VARIATION_RANGES)}](?<![^{_set(_NOTHING_TO_VARY_RANGES)}].)"
_MAY_HOLD_MARKS = f"[^{_set(_MARKLESS_RANGES)}]{{{MARKS_A_BASE + 1},}}"


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    """Compiled when first needed: most texts need none of these, and importing stays cheap."""
    return re.compile(expression)


class Cleaned(NamedTuple):
    """Text as it may be kept, and how many characters of it were replaced, taken out or cut off.

    What loses nothing to a reader does not count: NFC, a tab or newline that became a space, other line ends.
    """

    text: str
    changed: int


def clean(text: str, *, max_length: int, lines: bool = False) -> Cleaned:
    """Entrance: `text` as it may be kept, at most `max_length` characters of it; newlines stay where `lines`.

    Cleaning twice is cleaning once. Never fails; linear in the length of the text.
    """
    if not (text.isascii() and text.isprintable()):
        text, changed = _acceptable(text, lines=lines)
    else:
        changed = 0
    return Cleaned(text[:max_length], changed + max(len(text) - max_length, 0))


def for_screen(text: str, *, lines: bool = False) -> str:
    r"""Exit to a terminal: nothing that one could obey or that hides leaves; it is shown as `^[`, `\x9b` or `<U+202E>`.

    A newline is `^J` unless `lines` keeps it. Never fails, lone surrogates included; showing twice is showing once.
    """
    if text.isascii() and text.isprintable():
        return text
    return _pattern(_HIDDEN_OR_TAB if lines else _HIDDEN_OR_BLANK).sub(_shown, text)


def escape_unprintable(toml: str) -> str:
    r"""A whole TOML document with everything unprintable inside its strings escaped as `\uXXXX`; newlines stay.

    For documents whose strings and quoted keys are all basic ones (`"..."`) and whose lines end in a bare newline.
    """
    return toml if _shows_everything(toml) else _pattern(_UNPRINTABLE).sub(_escaped, toml)


def hidden_in(text: str) -> tuple[str, ...]:
    """The characters of `text` that no content may hold, by name (`U+202E`), each once.

    Newlines and joiners may stand; a tab may not, since it would be shown as `^I`.
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(dict.fromkeys(f"U+{ord(found):04X}" for found in _pattern(_HIDDEN_OR_TAB).findall(text)))


def _acceptable(text: str, *, lines: bool) -> tuple[str, int]:
    """`text` in full length without what may not be, and how many characters were replaced or taken out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text, replaced = _without_hidden(text if lines else text.replace("\n", " "))
    bounded = _without_piles(text, _LONGEST_NATURAL_RUN)
    composed = normalize("NFC", bounded)
    readable = _without_piles(_pattern(_STRAY_VARIATION).sub("", composed), MARKS_A_BASE)
    taken_out = len(text) - len(bounded) + len(composed) - len(readable)
    return normalize("NFC", readable), replaced + taken_out


def _without_hidden(text: str) -> tuple[str, int]:
    if _shows_everything(text):
        return text, 0
    text, replaced = _pattern(_FORBIDDEN).subn(REPLACEMENT, text)
    text, taken_out = _pattern(_INVISIBLE).subn("", text)
    return text, replaced + taken_out


def _shows_everything(text: str) -> bool:
    """Whether a text surely holds nothing but newlines and what can be seen; told without looking at each character."""
    return text.replace("\n", " ").isprintable() and not any(one in text for one in _PRINTABLE_BUT_INVISIBLE)


def _without_piles(text: str, most: int) -> str:
    """`text` with at most `most` marks and joiners on each character."""
    return _pattern(_MAY_HOLD_MARKS).sub(lambda run: _lowered(run[0], most), text)


def _lowered(run: str, most: int) -> str:
    """Marks that take room of their own (vowel signs) do not count as piled, but they come to an end too."""
    kept = []
    piled = following = 0
    for character in run:
        kind = category(character)
        if kind[0] == "M" or character in _JOINERS:
            following += 1
            piled += kind != "Mc"
        else:
            piled = following = 0
        if piled <= most and following <= 2 * most:
            kept.append(character)
    return "".join(kept)


def _shown(found: re.Match[str]) -> str:
    character = found[0]
    if character <= "\x7f":
        return f"^{chr(ord(character) ^ 0x40)}"
    return f"\\x{ord(character):02x}" if character <= "\x9f" else f"<U+{ord(character):04X}>"


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character == "\t":
        return "\\t"
    if "\ud800" <= character <= "\udfff":
        return REPLACEMENT
    return f"\\u{ord(character):04X}" if character <= "\uffff" else f"\\U{ord(character):08X}"
