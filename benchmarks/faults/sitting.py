"""A sitting for the fault programs: a small questionnaire, what is answered to it, and what of that a record holds.

Every answer is drawn from a seed, so that a record which invents, loses or swaps one is found.
"""

import random
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "tests")]

from msals_tui.errors import MsalsError  # noqa: E402
from msals_tui.records.drafts import read_draft  # noqa: E402
from msals_tui.records.entries import AnswerEntry  # noqa: E402
from msals_tui.records.store import Kept, Records  # noqa: E402
from pseudo_terminal import Terminal, msals, running  # noqa: E402

QUESTIONS = 12
_HEAD = """schema = "msals-questionnaire/1"
id = "faults"
version = "1.0.0"
title = "Questions for faults"
[[section]]
id = "one"
title = "One"
"""
_KINDS = {
    "yes_no": "",
    "choice": 'options = [{code = "left", label = "Left"}, {code = "right", label = "Right"}, {code = "both", label = "Both"}]',
    "number": 'unit = "years"\nmin = 0\nmax = 120',
    "short_text": "max_length = 200",
}


@dataclass(frozen=True, slots=True)
class Planned:
    """What is pressed at one question, and what the record must then say."""

    item: str
    keys: str
    answer: object


def questionnaire() -> str:
    """The questions, as a file holds them."""
    kinds = list(_KINDS.items())
    items = (
        f'[[section.item]]\nid = "q{n}"\ntype = "{kinds[n % 4][0]}"\nask = "Question {n}?"\nwhy = "It matters."\n'
        f'ask_patient = "Question {n}?"\n{kinds[n % 4][1]}\n'
        for n in range(QUESTIONS)
    )
    return _HEAD + "\n".join(items)


def planned(rng: random.Random) -> list[Planned]:
    """One answer to each question."""
    return [_planned(f"q{n}", list(_KINDS)[n % 4], rng) for n in range(QUESTIONS)]


def _planned(item: str, kind: str, rng: random.Random) -> Planned:
    match kind:
        case "yes_no":
            yes = rng.random() < 0.5
            return Planned(item, "1\r" if yes else "2\r", "yes" if yes else "no")
        case "choice":
            number = rng.randrange(3)
            return Planned(item, f"{number + 1}\r", ("left", "right", "both")[number])
        case "number":
            age = rng.randrange(20, 90)
            return Planned(item, f"{age}\r", age)
        case _:
            words = " ".join(
                "".join(rng.choices("abcdefgh", k=rng.randrange(1, 9))) for _ in range(rng.randrange(1, 6))
            )
            return Planned(item, f"{words}\r", words)


class Watched:
    """A program in a terminal; what its screen promised is remembered."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.promised = 0
        """The highest number that ever stood behind "Saved"."""
        self.told = False
        """Whether the screen ever said that something is not saved."""

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Reads until something holds. AssertionError when it never does."""

        def look() -> bool:
            self.look()
            return holds()

        self.terminal.until(look, otherwise)

    def see(self, text: str) -> None:
        """Waits until something can be seen."""
        self.until(lambda: text in " ".join(self.terminal.text.split()), f"{text!r} was never seen")

    def begin(self) -> None:
        """Accepts the notice and begins a new intake, also where another is offered to go on with."""
        self.see("I have read this")
        self.terminal.send("\r")
        self.until(
            lambda: "Question 0?" in self.terminal.text or "Start a new one" in self.terminal.text, "nothing began"
        )
        if "Start a new one" in self.terminal.text:
            self.terminal.send("1")
        self.see("Question 0?")

    def look(self) -> None:
        """Takes down what the title line says."""
        title = self.terminal.text.partition("\n")[0]
        if found := re.search(r"Saved (\d+)", title):
            self.promised = max(self.promised, int(found[1]))
        self.told = self.told or "not saved" in title.lower()


@contextmanager
def program(home: Path, *more: str) -> Iterator[Watched]:
    """The real program, asked to start an intake with these questions in a terminal of its own."""
    asked = home / "faults.toml"
    if not asked.exists():
        asked.write_text(questionnaire())
    with running(*msals("intake", "--questionnaire", str(asked), *more), home=home) as terminal:
        yield Watched(terminal)


def records_of(home: Path) -> Records:
    """The records that the program keeps below this home."""
    return Records(home / "data" / "msals-tui")


def answers_in(kept: Kept) -> list[tuple[str, object]]:
    """Every answer in a record, in the order given. AssertionError when it is damaged."""
    assert not kept.faults, kept.faults
    try:
        entries = read_draft(kept).entries
    except MsalsError as fault:
        raise AssertionError(str(fault)) from fault
    return [(one.item, one.answer) for one in entries if isinstance(one, AnswerEntry)]


def kept_answers(home: Path) -> list[tuple[str, object]]:
    """The answers in the one record that there is, or none. AssertionError when there are more."""
    found = list(records_of(home).all())
    assert len(found) <= 1, f"{len(found)} records"
    return answers_in(found[0]) if found else []


def check(home: Path, plan: list[Planned], promised: int, sent: int, *, half: bool = False) -> int:
    """How many answers the record holds. AssertionError when one that was promised is lost, or one was invented.

    With `half`, the last text may be the beginning of what was typed: a program that is asked to end keeps it.
    """
    kept = kept_answers(home)
    assert len(kept) >= promised, f"{promised} answers were promised and {len(kept)} are there"
    expected = [(one.item, one.answer) for one in plan[:sent]]
    if half and kept and len(kept) <= len(expected) and len(kept) > promised:
        (item, answer), meant = kept[-1], expected[len(kept) - 1]
        if item == meant[0] and isinstance(answer, str) and str(meant[1]).startswith(answer.strip()):
            expected[len(kept) - 1] = kept[-1]
    assert kept == expected[: len(kept)], f"not what was answered: {kept} instead of {expected}"
    return len(kept)
