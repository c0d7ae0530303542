"""The English words: none that nothing says, and none that is missing where it is said."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "msals_tui"
ENGLISH = PACKAGE.parent / "questionnaires/languages/en.toml"

FAMILIES = (
    r"missing(_patient)?\.\w+",  # by missing code
    r"answer\.(yes|no)(_key)?",
    r"fault\.no_(yes|no)",  # by what a letter says
    r"question\.how_to_(choose|write)(_patient)?",
    r"safety(_patient)?\.(answer|required|choice\.\w+)",  # by reader, and by decision
    r"safety\.(level|state)\.\w+",
    r"safety(_patient)?\.mark\.\w+",  # by reader, and by how a matter stands
    r"safety\.history\.\w+",  # by what happened
    r"plain\.decide\.(told|known|mistake)",  # by decision
    r"pattern\.\w+",
    r"dates\.(ago|range|few)\.\w+",  # by unit
    r"dates\.forms\.\w+",  # by what is meant
    r"fault\.dates\.\w+",  # by reason
    r"question\.(why|how|patient_words)",
    r"balance\.(limit_\d|when_\w+)",
    r"look_alike\.known\.\w+",  # by status
    r"((leave|not_written)(_patient)?|discard|thanks|veil|unsaved)\.\w+",  # pages that choose: a title and their choices
    r"last\.(given|given_again|corrected|taken_back|towards\.\w+)",  # by what happened, and by size
    r"compared\.kind\.\w+",
    r"evaluation\.(pattern|share)\.\w+",  # by word, and by what is counted
    r"items\.type\.\w+",
    r"new\.\w+",  # by kind
    r"condition\.\w+(\.\w+)?",  # by comparison, and by status
)
"""Keys that are put together from a name of the core; each family has one place that does so."""

_KEY = re.compile(r"""["']([a-z_]+(?:\.[a-z_0-9]+)+)["']""")


def keys(table: dict[str, object], before: str = "") -> Iterator[str]:
    """Every dotted key of the catalogue, `one` and `many` as one."""
    for name, entry in table.items():
        if isinstance(entry, dict) and set(entry) != {"one", "many"}:
            yield from keys(entry, f"{before}{name}.")
        else:
            yield before + name


CATALOGUE = tomllib.loads(ENGLISH.read_text(encoding="utf-8"))["words"]
KNOWN = set(keys(CATALOGUE))
_ASKED = re.compile(r"""(?:words|words\.some|\.say|\.ask)\(\s*["']([a-z_]+(?:\.[a-z_0-9]+)+)["']""")
SOURCES = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
SAID = {key for source in SOURCES for key in _KEY.findall(source)}


def test_every_word_is_said_somewhere() -> None:
    unsaid = {key for key in KNOWN - SAID if not any(re.fullmatch(family, key) for family in FAMILIES)}
    assert not unsaid


def test_every_word_that_is_said_is_in_the_catalogue() -> None:
    asked = {key for source in SOURCES for key in _ASKED.findall(source)}
    assert asked
    assert not asked - KNOWN
