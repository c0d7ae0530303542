"""Every colour of the program, once, and what each role looks like in it. No meaning rests on colour alone.

Textual's sheet names only sizes and the fields' colours: a style sheet that also held these looks would be matched against
every screen again. Contrast is checked by a test.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct
from rich.color import ColorSystem
from rich.style import Style

from msals_tui.ui.drawing.rows import Role


class Palette(Struct, frozen=True):
    """The colours of one theme: `#RRGGBB`, or `ansi_...` for one of the sixteen that the terminal itself chooses."""

    name: str
    dark: bool
    foreground: str
    background: str
    panel: str
    primary: str
    secondary: str
    warning: str
    error: str
    success: str
    accent: str
    first: str
    second: str
    elsewhere: str
    faint: str
    chosen_background: str
    picture: str
    ansi: bool = False
    """Whether the colours are the terminal's own."""


PALETTES: Final = {
    one.name: one
    for one in (
        Palette(
            "msals-dark", dark=True, foreground="#E6E6E6", background="#121212", panel="#1C1C1C", primary="#9CC9FF",
            secondary="#B8B8B8", warning="#FFD166", error="#FF6B6B", success="#8FD694", accent="#9CC9FF", first="#56B4E9",
            second="#E69F00", elsewhere="#D6B3FF", faint="#A6A6A6", chosen_background="#2B3A4A",
            picture="#8A8A8A",
        ),
        Palette(
            "msals-light", dark=False, foreground="#1A1A1A", background="#FFFFFF", panel="#F2F2F2", primary="#00437A",
            secondary="#444444", warning="#7A4B00", error="#AA0000", success="#1B5E20", accent="#00437A", first="#005A8C",
            second="#A84300", elsewhere="#5B2C91", faint="#595959", chosen_background="#DCE9F5",
            picture="#767676",
        ),
        Palette(
            "msals-contrast", dark=True, foreground="#FFFFFF", background="#000000", panel="#000000", primary="#FFFFFF",
            secondary="#FFFFFF", warning="#FFFF00", error="#FF9999", success="#FFFFFF", accent="#FFFF00", first="#66CCFF",
            second="#FFB000", elsewhere="#E0C3FF", faint="#FFFFFF", chosen_background="#003366",
            picture="#CCCCCC",
        ),
        Palette(
            "msals-16", dark=True, ansi=True, foreground="ansi_default", background="ansi_default", panel="ansi_default",
            primary="ansi_bright_white", secondary="ansi_white", warning="ansi_bright_yellow", error="ansi_bright_red",
            success="ansi_default", accent="ansi_bright_white", first="ansi_bright_cyan", second="ansi_bright_yellow",
            elsewhere="ansi_bright_magenta", faint="ansi_default", chosen_background="ansi_default",
            picture="ansi_default",
        ),
    )
}  # fmt: skip
"""The four palettes by name, the default first."""


class Look(Struct, frozen=True):
    """What a role looks like: names of colours of a palette, and how letters stand out where there is no colour."""

    colour: str = "foreground"
    behind: str = "background"
    bold: bool | None = None
    underline: bool | None = None
    reverse: bool | None = None


LOOKS: Final[Mapping[Role, Look]] = {
    "plain": Look(),
    "dim": Look("faint"),
    "strong": Look(bold=True),
    "title": Look("primary", bold=True),
    "chosen": Look(bold=True),
    "focus": Look(behind="chosen_background", bold=True, reverse=True),
    "first": Look("first"),
    "second": Look("second"),
    "elsewhere": Look("elsewhere", bold=True),
    "unknown": Look("faint"),
    "recheck": Look("warning", bold=True, underline=True),
    "safety": Look("error", bold=True, reverse=True),
    "error": Look("error", bold=True),
    "key": Look("primary", bold=True),
    "picture": Look("picture"),
    "picture-chosen": Look(bold=True),
    "picture-focus": Look("primary", bold=True, reverse=True),
}


@lru_cache(len(PALETTES) * len(LOOKS))
def style_of(role: Role, theme: str) -> Style:
    """How a role is drawn in the palette of this name."""
    palette, look = PALETTES[theme], LOOKS[role]
    colour, behind = (_for_rich(getattr(palette, name)) for name in (look.colour, look.behind))
    return Style(color=colour, bgcolor=behind, bold=look.bold, underline=look.underline, reverse=look.reverse)


def sequence_of(style: Style, colours: ColorSystem) -> str:
    """What switches a style on in a terminal with these colours; "" where it is none."""
    return style.render("x", color_system=colours).partition("x")[0]


def _for_rich(colour: str) -> str:
    return colour.removeprefix("ansi_")
