"""Made-up questionnaires: the same few questions for every program, and long ones to see what length costs.

The first questions are asked whatever was answered, so that every program can be walked through them alike. Behind them
three in ten look back at one earlier answer, drawn from a seed. Some options show findings of the shipped evidence, so that
the comparison beside the questions moves.
"""

import json
import random
from dataclasses import dataclass

ALWAYS_ASKED = 20
OPTIONS = ("Never", "Once", "A few times", "Weekly", "Several times a week", "Daily", "All the time")
NOT_SURE = "Not sure"
"""The eighth option. Our program adds it by itself; the others are given it."""

_SECTION = 20
_LOOKS_BACK = 0.3
_SYMPTOMS = (
    "tremor",
    "stiffness",
    "numbness",
    "tingling",
    "dizziness",
    "weakness",
    "cramps",
    "twitching",
    "fatigue",
    "pain",
)
_FINDINGS = (
    "foot_drop", "numbness_tingling", "lhermitte_sign", "fatigue", "double_vision", "optic_neuritis", "head_drop",
    "loss_of_hand_dexterity", "heat_worsens_uhthoff", "painful_tonic_spasms",
)  # fmt: skip
_HEAD = """\
schema = "msals-questionnaire/1"
id = "made_up_{count}"
version = "1.0.0"
title = "{count} made-up questions"
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with one choice out of seven."""

    number: int
    looks_back: tuple[int, int] | None
    """The earlier question that it depends on, and which of its options; None where it is always asked."""

    @property
    def label(self) -> str:
        """What of its text no other question has, and nothing but the question itself shows."""
        return f"Q{self.number}?"

    @property
    def text(self) -> str:
        """What is asked."""
        return f"How often was there {_SYMPTOMS[self.number % len(_SYMPTOMS)]}, {self.label}"


def made_up(count: int, seed: int = 1) -> list[Question]:
    """So many questions; the same for the same seed."""
    rng = random.Random(seed)
    return [
        Question(
            number, (rng.randrange(1, number), rng.randrange(len(OPTIONS))) if _may_look_back(number, rng) else None
        )
        for number in range(1, count + 1)
    ]


def _may_look_back(number: int, rng: random.Random) -> bool:
    return number > ALWAYS_ASKED and rng.random() < _LOOKS_BACK


def as_toml(questions: list[Question]) -> str:
    """As our program reads them."""
    parts = [_HEAD.format(count=len(questions))]
    for place, question in enumerate(questions):
        if place % _SECTION == 0:
            section = place // _SECTION + 1
            parts.append(f'[[section]]\nid = "part_{section}"\ntitle = "Part {section}"\n')
        parts.append(_item(question))
    return "\n".join(parts)


def _item(question: Question) -> str:
    condition = ""
    if question.looks_back is not None:
        earlier, option = question.looks_back
        condition = f'enable_when = {{ item = "q{earlier}", is = "{_code(option)}" }}\n'
    options = "".join(f"    {_option(question, place)},\n" for place in range(len(OPTIONS)))
    return (
        f'[[section.item]]\nid = "q{question.number}"\ntype = "choice"\nask = "{question.text}"\n'
        f'ask_patient = "{question.text}"\nwhy = "It is made up."\nsources = ["dmsg2008"]\n{condition}options = [\n{options}]\n'
    )


def _option(question: Question, place: int) -> str:
    finding = _FINDINGS[question.number % len(_FINDINGS)]
    shown = f', observes = ["{finding}"]' if place == 0 else f', excludes = ["{finding}"]' if place == 1 else ""
    return f'{{ code = "{_code(place)}", label = "{OPTIONS[place]}"{shown} }}'


def _code(place: int) -> str:
    return f"c{place + 1}"


def as_json(questions: list[Question]) -> str:
    """As the other programs read the questions that are always asked."""
    asked = [question.text for question in questions[:ALWAYS_ASKED]]
    return json.dumps({"questions": asked, "options": [*OPTIONS, NOT_SURE]})
