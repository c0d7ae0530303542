"""Characters typed on a card of options: a digit chooses and two letters answer, while words choose nothing.

They are read as a whole, so that a digit or a letter that turns out to begin words can be taken back: "2 years ago" chooses
nothing, and "no idea" answers nothing.
"""

import re

from msgspec import Struct

from msals_tui.questionnaire.kinds.item import SAYS, Says
from msals_tui.questionnaire.words import Words

MOST = 40
"""Characters in a row that are still read one by one; more of them are words."""
_NUMBER = 3
"""Digits in a row that may be a number rather than choices."""
_PARTS = re.compile(r"\d|\s|[^\W\d_]+|.", re.DOTALL)


class Strokes(Struct, frozen=True):
    """What characters stand for: `acts` are digits, a space, or what a letter says, in order."""

    acts: tuple[str, ...] = ()
    in_words: bool = False
    """Whether they are words, which mean nothing here."""
    begun: bool = False
    """Whether a word that answers is begun and not yet whole, such as "ye"."""


def read_strokes(text: str, words: Words, digits: frozenset[str]) -> Strokes:
    """Reads what was typed since any other key; `digits` are those that choose something here."""
    if len(text) > MOST or any(_is_number(run, digits) for run in re.findall(r"\d+", text)):
        return Strokes(in_words=True)
    acts: list[str] = []
    parts = _PARTS.findall(text)
    for place, part in enumerate(parts):
        said = [one for letter in part if (one := said_by(letter, words)) is not None]
        if part == " " or (part.isascii() and part.isdecimal()):
            acts.append(part)
        elif (whole := said_by(part, words)) is not None:
            acts.append(whole)
        elif len(said) == len(part):  # one of the letters after the other: somebody thought better of it
            acts += said
        elif place == len(parts) - 1 and any(_word(one, words).startswith(part) for one in SAYS):
            return Strokes(begun=True)
        else:
            return Strokes(in_words=True)
    return Strokes(tuple(acts))


def said_by(typed: str, words: Words) -> Says | None:
    """What a letter or a word of this language answers; None if it is neither yes nor no."""
    line = typed.strip().casefold()
    return next((one for one in SAYS if line in (words(f"answer.{one}_key").casefold(), _word(one, words))), None)


def _word(says: Says, words: Words) -> str:
    return words(f"answer.{says}").casefold()


def _is_number(run: str, digits: frozenset[str]) -> bool:
    return len(run) >= _NUMBER and any(digit not in digits for digit in run)
