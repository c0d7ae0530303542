"""Every colour of the program, once. Contrast is checked by a test; no meaning rests on colour alone."""

from textual.theme import Theme

THEMES = (
    Theme(
        name="msals-dark", primary="#9CC9FF", secondary="#B8B8B8", background="#121212", surface="#121212", panel="#1C1C1C",
        foreground="#E6E6E6", warning="#FFD166", error="#FF6B6B", success="#8FD694", accent="#9CC9FF", dark=True,
        variables={
            "first": "#56B4E9", "second": "#E69F00", "elsewhere": "#D6B3FF", "faint": "#A6A6A6",
            "chosen-background": "#2B3A4A", "rule": "#7A7A7A", "picture": "#8A8A8A",
        },
    ),
    Theme(
        name="msals-light", primary="#00437A", secondary="#444444", background="#FFFFFF", surface="#FFFFFF", panel="#F2F2F2",
        foreground="#1A1A1A", warning="#7A4B00", error="#AA0000", success="#1B5E20", accent="#00437A", dark=False,
        variables={
            "first": "#005A8C", "second": "#A84300", "elsewhere": "#5B2C91", "faint": "#595959",
            "chosen-background": "#DCE9F5", "rule": "#767676", "picture": "#767676",
        },
    ),
    Theme(
        name="msals-contrast", primary="#FFFFFF", secondary="#FFFFFF", background="#000000", surface="#000000",
        panel="#000000", foreground="#FFFFFF", warning="#FFFF00", error="#FF9999", success="#FFFFFF", accent="#FFFF00",
        dark=True,
        variables={
            "first": "#66CCFF", "second": "#FFB000", "elsewhere": "#E0C3FF", "faint": "#FFFFFF",
            "chosen-background": "#003366", "rule": "#FFFFFF", "picture": "#CCCCCC",
        },
    ),
    Theme(
        name="msals-16", primary="ansi_bright_white", secondary="ansi_white", background="ansi_default",
        surface="ansi_default", panel="ansi_default", boost="ansi_default", foreground="ansi_default",
        warning="ansi_bright_yellow", error="ansi_bright_red", success="ansi_default", accent="ansi_bright_white",
        dark=True, ansi=True,
        variables={
            "ansi-background": "ansi_black", "ansi-foreground": "ansi_white", "border-blurred": "ansi_black",
            "block-cursor-foreground": "ansi_black", "block-cursor-background": "ansi_white",
            "input-cursor-background": "ansi_white", "input-cursor-foreground": "ansi_black",
            "input-cursor-text-style": "reverse", "input-selection-background": "ansi_bright_blue",
            "input-selection-foreground": "ansi_black", "screen-selection-background": "ansi_bright_blue",
            "screen-selection-foreground": "ansi_black",
            "first": "ansi_bright_cyan", "second": "ansi_bright_yellow", "elsewhere": "ansi_bright_magenta",
            "faint": "ansi_default", "chosen-background": "ansi_default", "rule": "ansi_default",
            "picture": "ansi_default",
        },
    ),
)  # fmt: skip
"""The four themes; the first is the default."""
