"""The palettes as Textual wants them: for what is behind our lines, and for the fields that people write in."""

from textual.theme import Theme

from msals_tui.ui.drawing.palette import PALETTES, Palette

_OF_THE_TERMINAL = {
    "ansi-background": "ansi_black", "ansi-foreground": "ansi_white", "border-blurred": "ansi_black",
    "block-cursor-foreground": "ansi_black", "block-cursor-background": "ansi_white",
    "input-cursor-background": "ansi_white", "input-cursor-foreground": "ansi_black",
    "input-cursor-text-style": "reverse", "input-selection-background": "ansi_bright_blue",
    "input-selection-foreground": "ansi_black", "screen-selection-background": "ansi_bright_blue",
    "screen-selection-foreground": "ansi_black",
}  # fmt: skip
"""What Textual would mix from other colours, which cannot be done with the terminal's own."""


def _theme(palette: Palette) -> Theme:
    return Theme(
        name=palette.name, primary=palette.primary, secondary=palette.secondary, background=palette.background,
        surface=palette.background, panel=palette.panel, boost=palette.background if palette.ansi else None,
        foreground=palette.foreground, warning=palette.warning, error=palette.error, success=palette.success,
        accent=palette.accent, dark=palette.dark, ansi=palette.ansi,
        variables={"chosen-background": palette.chosen_background, **(_OF_THE_TERMINAL if palette.ansi else {})},
    )  # fmt: skip


THEMES = tuple(_theme(palette) for palette in PALETTES.values())
"""The four themes; the first is the default."""
