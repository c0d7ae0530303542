"""How this sitting looks and speaks: chosen once at the start and handed to every screen."""

from collections.abc import Callable

from msgspec import Struct

from msals_tui.questionnaire.words import Words
from msals_tui.records.saving import Saving
from msals_tui.ui.drawing.glyphs import Glyphs


class Setting(Struct, frozen=True):
    """Words, signs and habits of one run of the program."""

    words: Words
    glyphs: Glyphs
    title: str
    """What the title line calls the program; for patients a word that names no disease."""
    digit_continues: bool = False
    """A digit chooses and goes on at once (for staff who know the questions)."""
    patient: bool = False
    """Whether a patient looks at the screen."""
    saving: Callable[[], Saving | None] = lambda: None
    """How it stands with saving; None if nothing is recorded."""
    standing: Callable[[], str | None] = lambda: None
    """How the most pressing safety matter stands, as in `Session.standing`; None if there is none."""
