"""Switches a terminal from one style to the next in as few bytes as that takes: only what differs is said."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

PLAIN: Final = "\x1b[0m"

_CODE = re.compile(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+")
_COLOUR = re.compile(r"3[0-79]|9[0-7]|38;.*")
_BEHIND = re.compile(r"4[0-79]|10[0-7]|48;.*")
_OTHER = re.compile(r"[1-9]")
"""Bold, underlined, reversed ..., which only a reset takes away again."""
_DEFAULT_COLOUR, _DEFAULT_BEHIND = "39", "49"


class _Style(NamedTuple):
    others: frozenset[str] = frozenset()
    colour: str = _DEFAULT_COLOUR
    behind: str = _DEFAULT_BEHIND


@lru_cache(1024)
def switch(before: str, after: str) -> str:
    """What turns the style that one sequence switched on into that of another; "" stands for no style."""
    if before == after:
        return ""
    old, new = _style(before), _style(after)
    if not after or old is None or new is None:
        return (PLAIN if before else "") + after
    anew = f"\x1b[0;{after[2:]}"
    if not old.others <= new.others:
        return anew
    codes = sorted(new.others - old.others)
    codes += [new.colour] if new.colour != old.colour else []
    codes += [new.behind] if new.behind != old.behind else []
    return min(f"\x1b[{';'.join(codes)}m", anew, key=len) if codes else ""


def _style(sequence: str) -> _Style | None:
    """What a sequence switches on where nothing was; None if it does something that is not known here."""
    others, colour, behind = set(), _DEFAULT_COLOUR, _DEFAULT_BEHIND
    codes = sequence[2:-1]
    found = _CODE.findall(codes)
    if ";".join(found) != codes:
        return None
    for code in found:
        if _COLOUR.fullmatch(code):
            colour = code
        elif _BEHIND.fullmatch(code):
            behind = code
        elif _OTHER.fullmatch(code):
            others.add(code)
        else:
            return None
    return _Style(frozenset(others), colour, behind)
