"""The programs that are measured, and how each is walked through: the floor, our own, and others that ask questions."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from questions import ALWAYS_ASKED, Question, as_json, as_toml, made_up

PEERS = Path(__file__).parent / "peers"
UP, DOWN, ENTER, ESCAPE, BACKSPACE, F7, F10, CTRL_C, CTRL_Q = (
    "\x1b[A", "\x1b[B", "\r", "\x1b", "\x7f", "\x1b[18~", "\x1b[21~", "\x03", "\x11",
)  # fmt: skip

_POINTER = "\N{HEAVY RIGHT-POINTING ANGLE QUOTATION MARK ORNAMENT} ( )  2"
_POINTER_OF_SEVERAL = _POINTER.replace("( )", "[ ]")
FLOOR, OWN, FIRST_RUN = "floor", "msals-tui", "msals-tui, very first run"
EVERYTHING = frozenset({"start", "arrow", "answer", "escape", "resize", "idle", "memory", "exit", "signals"})
"""What can be measured in a terminal."""
LENGTHS = (100, 1_000, 10_000)
"""Of the made-up questionnaires."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a walk."""

    typed: str
    """What is typed before Enter; may be nothing."""
    next: str
    """What can be read once the next question is asked."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program, and the keys of a person who uses it."""

    name: str
    command: tuple[str, ...]
    measures: frozenset[str]
    first: str
    """What can be read once its first question is asked."""
    pointed: str
    """What can be read once it has answered an arrow down there."""
    answers: tuple[Answer, ...]
    exit: tuple[tuple[str, str], ...]
    """What is pressed to leave, and what can then be read; nothing after the last."""
    notice: str = ""
    """What can be read of a notice before the first question; Enter accepts it."""
    keeps: bool = False
    """Whether it keeps a record, in a folder that it is told. Its first row then says `Saved N` when the disk has it."""
    starts_cold: bool = False
    """Whether each start finds nothing that an earlier one put by."""

    @property
    def aside(self) -> frozenset[int]:
        """Rows that are not part of what an answer shows."""
        return frozenset({0} if self.keeps else ())


def floor() -> Program:
    """The bare Textual program beside which everything is measured."""
    answers = tuple(Answer("", f"Q{number}?") for number in range(2, ALWAYS_ASKED + 1))
    command = (sys.executable, str(PEERS / "floor.py"))
    return Program(FLOOR, command, EVERYTHING - {"memory", "signals"}, "Q1?", "1 keys", answers, ((CTRL_Q, ""),))


def own(folder: Path, lengths: Sequence[int]) -> list[Program]:
    """Our program: as it is shipped, on its very first run, and with made-up questionnaires, which are written here."""
    return [
        _own(OWN, (), EVERYTHING - {"memory"}, "Urgent signs", _SHIPPED, pointed=_POINTER_OF_SEVERAL),
        _own(
            FIRST_RUN, (), frozenset({"start"}), "Urgent signs", _SHIPPED, pointed=_POINTER_OF_SEVERAL, starts_cold=True
        ),
        *(_made_up(folder, length) for length in lengths),
    ]


def peers(folder: Path) -> tuple[list[Program], list[str]]:
    """Programs of the same kind, and a sentence about each that is not installed."""
    questions = folder / "questions.json"
    questions.write_text(as_json(made_up(ALWAYS_ASKED)))
    found, missing = [], []
    for module, pointed in (("questionary", "» 2) Once"), ("InquirerPy", "Q1? 2"), ("prompt_toolkit", "> 2. Once")):
        if find_spec(module) is None:
            missing.append(f"{module} is not installed, so it has no rows; `make bench` installs it.")
            continue
        command = (sys.executable, str(PEERS / f"{module.lower()}_wizard.py"), str(questions))
        answers = tuple(Answer(DOWN, question.label) for question in made_up(ALWAYS_ASKED)[1:])
        measures = frozenset({"start", "arrow", "answer", "resize", "idle", "exit"})
        found.append(Program(module, command, measures, "Q1?", pointed, answers, ((CTRL_C, ""),)))
    return found, missing


_SHIPPED = tuple(
    Answer(typed, next_question)
    for typed, next_question in (
        ("7", "Sex recorded"),
        ("1", "very first symptom?"),
        ("34", "symptom begin"),
        ("2020", "very first problem?"),
        ("3", "Where on the body"),
        ("1", "How fast did"),
        ("2", "any of these"),
        (F7, "Did anything happen"),
        ("1", "Did it begin on"),
        ("1", "Is that side"),
        ("1", "Which picture"),
        ("1", "For how long"),
        ("1", "Does it change"),
        ("1", "Has it spread"),
    )
)
"""A walk through the shipped intake: choices, a number, a date, a body map, several, pictures."""


def _made_up(folder: Path, length: int) -> Program:
    questions = made_up(length)
    path = folder / f"made_up_{length}.toml"
    path.write_text(as_toml(questions))
    measures = frozenset({"start", "arrow", "answer", "memory"} if length == LENGTHS[0] else {"start", "answer"})
    name = f"{OWN}, {length:,} questions"
    return _own(
        name, ("--questionnaire", str(path)), measures, questions[0].label, _alternating(questions[:ALWAYS_ASKED])
    )


def _alternating(questions: Sequence[Question]) -> tuple[Answer, ...]:
    """The first option and the second in turn: both show something in the comparison."""
    return tuple(Answer("12"[place % 2], question.label) for place, question in enumerate(questions[1:]))


def _own(
    name: str, more: Sequence[str], measures: frozenset[str], first: str, answers: tuple[Answer, ...], *,
    pointed: str = _POINTER, starts_cold: bool = False,
) -> Program:  # fmt: skip
    command = (sys.executable, "-m", "msals_tui", "intake", *more)
    leaving = ((F10, "Keep it as a draft"), ("1", ""))
    return Program(
        name, command, measures, first, pointed, answers, leaving, notice="I have read this", keeps=True,
        starts_cold=starts_cold,
    )  # fmt: skip
