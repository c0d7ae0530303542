"""How a front end is started: what the command line said, for either of them."""

from typing import Literal, TypeAlias

from msgspec import Struct

Start: TypeAlias = Literal["home", "intake"]
GlyphChoice: TypeAlias = Literal["auto", "unicode", "ascii"]

STDOUT = "-"
"""As the place of a summary: standard output."""
DEFAULT_QUESTIONNAIRE = "ms_als_intake"
DEFAULT_LANGUAGE = "en"
THEMES = ("msals-dark", "msals-light", "msals-contrast", "msals-16")
"""Names of the themes, the default first; their colours are the screen's business."""
LOCK_AFTER = 5
"""Minutes without a key after which the screen is hidden, unless somebody chose otherwise."""
SOONEST_LOCK, LATEST_LOCK = 1, 15
"""Minutes."""
GLYPHS: tuple[GlyphChoice, ...] = ("auto", "unicode", "ascii")


class Options(Struct, frozen=True):
    """What somebody asked for at the start. A front end that cannot show something leaves it aside."""

    start: Start = "home"
    questionnaire: str = DEFAULT_QUESTIONNAIRE
    """Id of a shipped questionnaire, or path of a file."""
    language: str = DEFAULT_LANGUAGE
    blind: bool = False
    """Hides everything of the comparison but its coverage."""
    theme: str = THEMES[0]
    glyphs: GlyphChoice = "auto"
    digit_continues: bool = False
    """A digit chooses and continues at once."""
    output: str | None = None
    """Where the summary goes as well as into the record: a file, a folder, `-` for standard output, None for nowhere."""
    records: str | None = None
    """The folder of all records, None for the person's own."""
    resume: str | None = None
    """The whole id of a record to go on with, None for a new one."""
    amend: str | None = None
    """Why its last final is corrected, None if none is."""
    carry_over: bool = False
    """Its answers go into a new record, with the questionnaire as it is here."""
    identity: str | None = None
    """A file with the secret key that opens what was sealed."""
    lock_after: int = LOCK_AFTER
    """Minutes without a key after which the screen is hidden, from SOONEST_LOCK to LATEST_LOCK."""
