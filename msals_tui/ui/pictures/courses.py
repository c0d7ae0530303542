"""The courses that an illness can take, each as a small curve: time runs to the right, up is worse."""

from msals_tui.questionnaire.kinds.choice import Curve
from msals_tui.ui.drawing.glyphs import GlyphSet

COLUMNS, ROWS = 24, 3
"""Cells of every curve."""

# How bad it is at each of the columns, in eighths of a row, from 0 (nothing) to 24 (three full rows). People who are
# well still have a thin line, so that a curve never breaks off.
_HEIGHTS: dict[Curve, tuple[int, ...]] = {
    "attacks_recovery": (2, 2, 2, 14, 24, 16, 7, 2, 2, 2, 14, 24, 16, 7, 2, 2, 2, 14, 24, 16, 7, 2, 2, 2),
    "attacks_residue": (2, 2, 2, 11, 15, 10, 7, 7, 7, 7, 16, 20, 15, 12, 12, 12, 12, 21, 24, 20, 17, 17, 17, 17),
    "steady_decline": tuple(range(1, 25)),
    "stepwise": (2,) * 6 + (9,) * 6 + (16,) * 6 + (23,) * 6,
    "stable": (10,) * 24,
    "improving": (24, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2),
    "single_attack": (2, 2, 2, 2, 2, 2, 2, 12, 20, 24, 22, 17, 12, 8, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2),
}
_EIGHTHS = " ▁▂▃▄▅▆▇█"

# Drawn by hand: ASCII has lines but no heights.
_ASCII: dict[Curve, tuple[str, str, str]] = {
    "attacks_recovery": (
        r"    /\     /\     /\    ",
        r"   /  \   /  \   /  \   ",
        r"__/    \_/    \_/    \__",
    ),
    "attacks_residue": (
        r"                 /\-----",
        r"         /\_____/       ",
        r"__/\----/               ",
    ),
    "steady_decline": (
        r"""                __..--''""",
        r"""        __..--''        """,
        r"""__..--''                """,
    ),
    "stepwise": (
        r"                ________",
        r"        _______|        ",
        r"_______|                ",
    ),
    "stable": (
        r"                        ",
        r"------------------------",
        r"                        ",
    ),
    "improving": (
        r"""''--..__                """,
        r"""        ''--..__        """,
        r"""                ''--..__""",
    ),
    "single_attack": (
        r"         /\             ",
        r"        /  \            ",
        r"_______/    \___________",
    ),
}  # fmt: skip


def draw(curve: Curve, glyphs: GlyphSet) -> tuple[str, ...]:
    """The curve as `ROWS` lines of `COLUMNS` cells, from the top."""
    if glyphs == "ascii":
        return _ASCII[curve]
    floors = (8 * row for row in reversed(range(ROWS)))
    return tuple("".join(_EIGHTHS[min(max(height - floor, 0), 8)] for height in _HEIGHTS[curve]) for floor in floors)


SMALL_COLUMNS = 8
"""Cells of a small curve."""
_ASCII_LEVELS = "_.-~=+*#"


def small(curve: Curve, glyphs: GlyphSet) -> str:
    """The curve on one line of `SMALL_COLUMNS` cells, for lists."""
    heights = _HEIGHTS[curve]
    step = COLUMNS // SMALL_COLUMNS
    peaks = (max(heights[start : start + step]) for start in range(0, COLUMNS, step))
    levels = _EIGHTHS[1:] if glyphs == "unicode" else _ASCII_LEVELS
    return "".join(levels[(height - 1) * len(levels) // (8 * ROWS)] for height in peaks)
