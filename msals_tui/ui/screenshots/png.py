"""PNG copies of pictures, where the renderer of the extra `pictures` is installed."""

from msals_tui.ui.screenshots.svg import CELL_WIDTH

PIXELS_A_CELL = 14
"""Whole pixels across one terminal cell, and twice as many down, so that block characters meet without seams."""


def png_of(drawing: str) -> bytes | None:
    """The picture as PNG, or None without a renderer. Nothing is fetched: the drawing names no address."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        return None
    return bytes(svg_to_bytes(svg_string=drawing, zoom=PIXELS_A_CELL / CELL_WIDTH))
