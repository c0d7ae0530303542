"""The signs on the screen, each with an ASCII twin of the same width."""

import os
import sys
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.session.options import GlyphChoice

GlyphSet: TypeAlias = Literal["unicode", "ascii"]


class Glyphs(Struct, frozen=True):
    """One set of signs. Meaning never rests on colour: each sign differs in shape."""

    name: GlyphSet
    pointer: str
    first: str
    second: str
    first_hollow: str
    second_hollow: str
    elsewhere: str
    unknown: str
    not_asked: str
    done: str
    recheck: str
    safety: str
    rule: str
    bar: str
    chosen_one: str
    open_one: str
    chosen_some: str
    open_some: str
    more: str


UNICODE = Glyphs(
    name="unicode", pointer="❯",  # noqa: RUF001 - a pointer, not a comparison
    first="●", second="▲", first_hollow="○", second_hollow="△", elsewhere="◆",
    unknown="?", not_asked="·", done="✓", recheck="*",
    safety="!", rule="─", bar="│", chosen_one="(•)", open_one="( )", chosen_some="[x]", open_some="[ ]", more="▼",
)  # fmt: skip
ASCII = Glyphs(
    name="ascii", pointer=">", first="M", second="A", first_hollow="m", second_hollow="a", elsewhere="#",
    unknown="?", not_asked=".", done="v", recheck="*",
    safety="!", rule="-", bar="|", chosen_one="(o)", open_one="( )", chosen_some="[x]", open_some="[ ]", more="v",
)  # fmt: skip


def glyphs_for_terminal(choice: GlyphChoice) -> Glyphs:
    """The signs that this terminal can show; `auto` takes no risk on old terminals and encodings."""
    if choice == "auto":
        term, encoding = os.environ.get("TERM", ""), (getattr(sys.__stderr__, "encoding", "") or "").lower()
        plain = term in ("", "linux", "dumb") or term.startswith("vt")
        return ASCII if plain or not encoding.startswith("utf") else UNICODE
    return ASCII if choice == "ascii" else UNICODE
