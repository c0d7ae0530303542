"""The system ends the program while somebody types: half a number or sentence is no answer (test_unconfirmed: it is kept)."""

from pathlib import Path

import pytest

from at_screen import seated
from msals_tui.records.drafts import read_draft
from msals_tui.records.store import Records

ASKED = """
[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 120
[[item]]
id = "words"
type = "short_text"
"""
ROUNDS = """
[[item]]
id = "attacks"
type = "group"
row_label = "Attack"
[[item.items]]
id = "sight"
type = "yes_no"
[[item.items]]
id = "age_then"
type = "number"
unit = "years"
min = 0
max = 120
"""


def kept(folder: Path) -> dict[str, object]:
    """The answers in the one record, or none."""
    return {item: entry.answer for one in Records(folder).all() for item, entry in read_draft(one).answers.items()}


@pytest.mark.parametrize(
    ("asked", "keys", "left"),
    [
        (ASKED, ["8"], {}),
        (ASKED, ["8", "2", "enter", "d", "r", "o", "p"], {"age": 82}),
        (ROUNDS, ["1", "1", "enter", "4"], {"attacks": ({"sight": "yes"},)}),
    ],
)
async def test_what_is_half_typed_is_no_answer_when_the_program_is_ended(
    asked: str, keys: list[str], left: dict[str, object], tmp_path: Path
) -> None:
    async with seated(asked, records=tmp_path) as seat:
        await seat.press(*keys)
        seat.app.keep_open_answers()
        await seat.quiet()
    assert kept(tmp_path) == left
