"""How questions are shown: in which words, signs and voice, and the margins that all of them keep."""

from datetime import date

from msgspec import Struct

from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.item import SAYS
from msals_tui.questionnaire.words import Words
from msals_tui.ui.drawing.glyphs import Glyphs

MARGIN = " "
LONGEST_LINE = 96
"""Cells beyond which a line of text is hard to read."""


class Style(Struct, frozen=True):
    """Words, signs and voice of one sitting, and the day on which it is shown."""

    words: Words
    glyphs: Glyphs
    patient: bool
    occasion: Occasion
    hidden: bool = False
    """Whether nothing is shown that gives away where an answer leads."""

    @property
    def today(self) -> date:
        """The day of the sitting."""
        return self.occasion.day


def letter_caps(words: Words) -> dict[str, str]:
    """The keys that say yes and no, as keys are shown."""
    return {says: words(f"answer.{says}_key").upper() for says in SAYS}
