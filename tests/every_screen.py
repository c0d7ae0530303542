"""A questionnaire with every kind of question, and the way to every screen of the program."""

from collections.abc import Callable, Mapping

from at_screen import Seat
from sittings import RULE

KINDS = """
[[section]]
id = "first_part"
title = "First part"
[[section.item]]
id = "pause"
type = "statement"
ask = "Something to read before the questions begin."
[[section.item]]
id = "side"
type = "choice"
ask = "Which side is weaker?"
options = ["left", "right", "both", "neither", "changing", "unclear", "other"]
[[section.item]]
id = "signs"
type = "several"
ask = "Which of these are there?"
options = ["stiff", "weak", { code = "none", label = "None of these", exclusive = true }]
[[section.item]]
id = "breath"
type = "yes_no"
ask = "Short of breath at rest?"
[[section.item]]
id = "age"
type = "number"
ask = "Age at the first symptom?"
unit = "years"
min = 0
max = 110
[[section.item]]
id = "begin"
type = "date"
ask = "When did it begin?"
[[section.item]]
id = "drug"
type = "short_text"
ask = "Which medicine?"

[[section]]
id = "second_part"
title = "Second part"
[[section.item]]
id = "story"
type = "long_text"
ask = "In their own words?"
[[section.item]]
id = "where"
type = "body_map"
ask = "Where did it begin?"
several = true
options = [
  { code = "eyes", label = "Eyes", region = "eyes" },
  { code = "right_hand", label = "Right hand", region = "right_hand" },
  { code = "left_foot", label = "Left foot", region = "left_foot" },
  { code = "nowhere", label = "Nowhere", exclusive = true },
]
[[section.item]]
id = "course"
type = "course"
ask = "How did it go on?"
options = [
  { code = "attacks", label = "Attacks", curve = "attacks_recovery" },
  { code = "residue", label = "Attacks that leave something", curve = "attacks_residue" },
  { code = "steady", label = "Steadily worse", curve = "steady_decline" },
  { code = "steps", label = "In steps", curve = "stepwise" },
  { code = "stable", label = "Always the same", curve = "stable" },
  { code = "better", label = "Getting better", curve = "improving" },
  { code = "once", label = "One attack", curve = "single_attack" },
]
[[section.item]]
id = "attacks"
type = "group"
ask = "Were there attacks?"
row_label = "Attack"
time_line = { when = "attack_when", label = "attack_what", recovery = "attack_recovery" }
[[section.item.items]]
id = "attack_when"
type = "date"
ask = "When was it?"
[[section.item.items]]
id = "attack_what"
type = "choice"
ask = "What was it?"
options = ["sight", "legs"]
[[section.item.items]]
id = "attack_recovery"
type = "choice"
ask = "How much came back?"
options = ["all", "most", "some", "nothing"]
[[section.item]]
id = "level"
type = "number"
ask = "Neurofilament?"
answered_by = ["laboratory"]
unit = "pg/ml"
min = 0
max = 900
"""
PATIENT = f'voice = "patient"\n{KINDS}'
SAFETY = RULE

STEPS: Mapping[str, tuple[str, ...]] = {
    "pause": (),
    "side": ("enter",),
    "signs": ("1", "enter"),
    "breath": ("1", "enter"),
    "age": ("2", "enter"),
    "begin": ("f7", "ctrl+n"),
    "drug": ("f7", "ctrl+n"),
    "story": ("f7", "ctrl+n"),
    "where": ("f7", "ctrl+n"),
    "course": ("f7", "enter"),
    "attacks": ("f7", "enter"),
    "level": ("f7", "enter"),
}
"""The keys that lead to each question from the one before."""


async def to_question(seat: Seat, item: str) -> None:
    """Answers on until a question stands open."""
    for name, keys in STEPS.items():
        await seat.press(*keys)
        if name == item:
            break
    assert seat.at == item


async def _question(seat: Seat, *keys: str) -> None:
    await to_question(seat, "side")
    await seat.press(*keys)


async def _check(seat: Seat) -> None:
    await _question(seat, "1", "enter", "1", "enter", "f2", "down")


async def _summary(seat: Seat) -> None:
    await _check(seat)
    await seat.press("f10")


async def _safety(seat: Seat) -> None:
    await to_question(seat, "breath")
    await seat.press("1", "enter")


async def _rounds(seat: Seat) -> None:
    await to_question(seat, "attacks")
    for when, what in (("2019", "1"), ("April 2021", "2")):
        await seat.press("1")
        await seat.type(when)
        await seat.press("enter", what, "enter", what, "enter")


async def _round(seat: Seat) -> None:
    await to_question(seat, "attacks")
    await seat.press("1")


async def _note(seat: Seat) -> None:
    await _question(seat, "f4")
    await seat.type("a note")


async def _typed(seat: Seat) -> None:
    await to_question(seat, "age")
    await seat.type("eight")
    await seat.press("enter")


SCREENS: Mapping[str, Callable[[Seat], object]] = {
    "question": lambda seat: _question(seat, "2"),
    "fault": lambda seat: _question(seat, "enter"),
    "typed fault": _typed,
    "rounds": _rounds,
    "round": _round,
    "check": _check,
    "summary": _summary,
    "safety": _safety,
    "sections": lambda seat: _question(seat, "f3", "down"),
    "why": lambda seat: _question(seat, "f1"),
    "note": _note,
    "cover": lambda seat: _question(seat, "f9"),
    "balance": lambda seat: _question(seat, "f6", "down"),
    "reference": lambda seat: _question(seat, "f12", "down"),
    "look-alikes": lambda seat: _question(seat, "e", "down"),
    "look-alike": lambda seat: _question(seat, "e", "enter"),
    "leave": lambda seat: _question(seat, "1", "f10", "down"),
}
"""How to reach every screen from the first question."""
