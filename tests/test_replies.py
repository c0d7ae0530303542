"""What a terminal sends that nobody typed, at every screen of the real program: nothing is chosen, typed, skipped or kept."""

import signal
from pathlib import Path

import pytest

from pseudo_terminal import Terminal, msals, running
from replies import REPLIES
from test_terminal import kept

KINDS = """schema = "msals-questionnaire/1"
id = "kinds"
version = "1.0.0"
title = "Every kind"
[[section]]
id = "one"
title = "One"
[[section.item]]
id = "pause"
type = "statement"
ask = "Something to read before the questions begin."
why = "It matters."
[[section.item]]
id = "side"
type = "choice"
ask = "Which side is weaker?"
why = "It matters."
options = [{ code = "left", label = "Left" }, { code = "right", label = "Right" }, { code = "both", label = "Both" }]
[[section.item]]
id = "signs"
type = "several"
ask = "Which of these are there?"
why = "It matters."
options = [{ code = "stiff", label = "Stiff" }, { code = "weak", label = "Weak" }]
[[section.item]]
id = "breath"
type = "yes_no"
ask = "Short of breath at rest?"
why = "It matters."
[[section.item]]
id = "age"
type = "number"
ask = "Age at the first symptom?"
why = "It matters."
unit = "years"
min = 0
max = 110
[[section.item]]
id = "begin"
type = "date"
ask = "When did it begin?"
why = "It matters."
[[section.item]]
id = "drug"
type = "short_text"
ask = "Which medicine?"
why = "It matters."
[[section.item]]
id = "story"
type = "long_text"
ask = "In their own words?"
why = "It matters."
[[section.item]]
id = "course"
type = "course"
ask = "How did it go on?"
why = "It matters."
options = [{ code = "worse", label = "Worse", curve = "steady_decline" }, { code = "same", label = "Same", curve = "stable" }]
[[section.item]]
id = "level"
type = "number"
ask = "Neurofilament?"
why = "It matters."
unit = "pg/ml"
min = 0
max = 900
decimals = 1
"""
ENTER, ESCAPE, NEXT, NOT_SURE = "\r", "\x1b", "\x0e", "\x1b[18~"
F1, F2, F3, F4, F9, F10 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[20~", "\x1b[21~"
ALL = "".join(REPLIES.values())


def replied(terminal: Terminal, seen: str) -> None:
    """Every reply comes, at once and in single characters; what was there to be seen is there when all is drawn anew."""
    terminal.see(seen).send(ALL)
    for reply in REPLIES.values():
        for character in reply:
            terminal.send(character)
    for size in ((100, 30), (80, 24)):
        terminal.resize(*size).see(seen)


STAFF = [
    ("I have read this", ENTER),
    ("Something to read", ENTER),
    ("1 Left", F1),
    ("Why this is asked", ESCAPE),
    ("1 Left", F3),
    ("Esc Close", ESCAPE),
    ("1 Left", F9),
    ("Press any key", ENTER),
    ("1 Left", F4),
    ("Esc Back", ESCAPE),
    ("1 Left", "2"),
    ("2 Right", ENTER),
    ("Which of these", "1" + ENTER),
    ("Short of breath", "2" + ENTER),
    ("Age at the first", "4"),
    ("Age at the first", "6" + ENTER),
    ("When did it begin", "2019" + ENTER),
    ("Which medicine", "none so far" + ENTER),
    ("In their own words", "drops keys" + NEXT),
    ("How did it go on", NOT_SURE + NEXT),
    ("Neurofilament", "12" + ENTER),
    ("Check the answers", F10),
    ("Write the summary", ESCAPE),
    ("Check the answers", ESCAPE),
    ("Neurofilament", F10),
    ("Save", ESCAPE),
    ("Neurofilament", ""),
]
"""What is on the screen, and what a person presses there; between both comes every reply."""
ANSWERED = {
    "side": "right",
    "signs": ("stiff",),
    "breath": "no",
    "age": 46,
    "begin": "2019",
    "drug": "none so far",
    "story": "drops keys",
    "level": 12,
}


@pytest.fixture
def asked(tmp_path: Path) -> str:
    """Every kind of question in a file."""
    path = tmp_path / "kinds.toml"
    path.write_text(KINDS)
    return str(path)


def test_there_are_many_kinds_of_replies() -> None:
    assert len(REPLIES) >= 20


def test_no_reply_is_an_answer_at_any_screen_of_a_whole_intake(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        for seen, keys in STAFF:
            replied(terminal, seen)
            terminal.send(keys)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
    answers = kept(tmp_path)
    assert {name: answers.get(name) for name in ANSWERED} == ANSWERED
    assert set(answers) == {*ANSWERED, "course"}


def test_no_reply_is_an_answer_in_front_of_a_patient(tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", "ms_als_brief"), home=tmp_path) as terminal:
        replied(terminal, "I have read this")
        terminal.press(ENTER, "F10")
        replied(terminal, "F10")
        terminal.send(F2)
        replied(terminal, "Esc Back")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
    assert not list((tmp_path / "data").rglob("journal-*"))


def test_no_reply_starts_anything_at_the_home_screen(tmp_path: Path) -> None:
    with running(*msals(), home=tmp_path) as terminal:
        replied(terminal, "I have read this")
        terminal.send(ENTER)
        replied(terminal, "What would you like to do?")
        terminal.send(F10)
        assert terminal.ended() == 0


def test_no_reply_is_an_answer_line_by_line(asked: str, tmp_path: Path) -> None:
    one_line = "".join(reply for reply in REPLIES.values() if "\r" not in reply)
    with running(*msals("intake", "--plain", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").send(f"{one_line}1\r").see("Something to read").send(one_line + ENTER)
        terminal.see("Which side").send(f"{one_line}2{one_line}\r").see("Recorded").see("Which of these")
        terminal.send(one_line + ENTER)
        terminal.until(lambda: b"Choose an answer first" in terminal.output, "never said").send(":s\r")
        terminal.ended()
    assert kept(tmp_path) == {"side": "right"}
