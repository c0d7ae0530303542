"""A mistake that the shape of a file cannot show, as data: where it stands, what is wrong, what to do."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from msals_tui.text import for_screen

Loc = tuple[str | int, ...]
"""Keys and positions that lead from the top of a file to a value, such as `("section", 0, "item", 2, "why")`."""

_MOST_GUESSES = 40
"""Looking for a similar name is slow, and a file with more mistakes than this needs no more of them."""
_LONGEST_GUESSED = 64
_LONGEST_NAME = 64


class Problem(Struct, frozen=True):
    """One mistake in a definition. `blocks` is true if asking would be unsafe or impossible.

    `place` is the id of the item, section, finding or rule it belongs to; `code` is stable for programs.
    """

    loc: Loc
    place: str
    code: str
    what: str
    hint: str
    blocks: bool = False


class Nearest:
    """Names the known word that an unknown one probably means, as long as its patience lasts."""

    def __init__(self) -> None:
        self._left = _MOST_GUESSES

    def hint(self, word: str, known: Collection[str], otherwise: str) -> str:
        """`did you mean "x"?` if something similar is known, else `otherwise`."""
        if self._left <= 0 or len(word) > _LONGEST_GUESSED:
            return otherwise
        self._left -= 1
        from difflib import get_close_matches  # imported here: nothing is wrong with most files

        near = get_close_matches(word, known, n=1, cutoff=0.7)
        return f'did you mean "{near[0]}"?' if near else otherwise


def duplicates(ids: Iterable[tuple[str, Loc]], what: str) -> Iterable[Problem]:
    """A problem for every id that was there before; `what` says what carries it ("section", "item")."""
    seen: set[str] = set()
    for one, loc in ids:
        if one in seen:
            yield Problem(
                loc, one, "DUPLICATE_ID", f'there is more than one {what} "{one}"', "give this one another id", True
            )
        seen.add(one)


def shown(name: str) -> str:
    """A name from a file, fit for one line of a screen."""
    return for_screen(name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}...")


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names on one line, only the first few of many."""
    all_names = list(names)
    return ", ".join(all_names[:most]) + (", ..." if len(all_names) > most else "")
