"""How questions are shown: in which words, signs and voice, and the margins that all of them keep."""

from datetime import date

from msgspec import Struct

from msals_tui.questionnaire.words import Words
from msals_tui.ui.drawing.glyphs import Glyphs

MARGIN = " "
LONGEST_LINE = 96
"""Cells beyond which a line of text is hard to read."""


class Style(Struct, frozen=True):
    """Words, signs and voice of one sitting, and its day."""

    words: Words
    glyphs: Glyphs
    patient: bool
    today: date
