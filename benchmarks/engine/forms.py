"""Seeded branching forms, the same for every engine: single-choice questions of three options in sections of twenty.

    random   three in ten look at a random earlier question, half of them at the answer that the script gives there
    hub      all look at the first
    chain    each looks at the one before

A form is written as our own TOML, as the plain TOML of the reference, and as JSON for SurveyJS.
"""

import json
import random
from dataclasses import dataclass, field

OPTIONS = ("a", "b", "c")
SECTION = 20
SHAPES = ("random", "hub", "chain")
_LOOKING = 0.3
_REVISIONS = 200
_FLIPS = 20


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `parent` is the number of the earlier one that must be answered with `wanted` for this to be asked."""

    id: str
    text: str
    parent: int | None = None
    wanted: str = ""
    observes: tuple[str, ...] = ()
    """For each option the finding that it shows; empty where the form tells of none."""


@dataclass(frozen=True, slots=True)
class Form:
    """Questions, the answer to give to each, and changes of earlier answers to make afterwards."""

    id: str
    questions: tuple[Question, ...]
    plan: tuple[str, ...]
    revisions: tuple[tuple[int, str], ...] = field(repr=False)


def form(count: int, shape: str = "random", *, seed: int = 1, findings: tuple[str, ...] = ()) -> Form:
    """A form of so many questions. With `findings`, every option shows one of them, drawn anew for each question."""
    rng = random.Random(f"{seed}/{count}/{shape}")
    plan = [rng.choice(OPTIONS) if shape == "random" else "a" for _ in range(count)]
    questions = [
        Question(
            f"q{number}",
            f"Synthetic question number {number}",
            *_condition(rng, shape, number, plan),
            observes=tuple(rng.choice(findings) for _ in OPTIONS) if findings else (),
        )
        for number in range(count)
    ]
    return Form(f"{shape}_{count}", tuple(questions), tuple(plan), tuple(_revisions(rng, shape, questions, plan)))


def _condition(rng: random.Random, shape: str, number: int, plan: list[str]) -> tuple[int | None, str]:
    if number == 0:
        return None, ""
    if shape == "hub":
        return 0, "a"
    if shape == "chain":
        return number - 1, "a"
    if rng.random() >= _LOOKING:
        return None, ""
    parent = rng.randrange(number)
    return parent, plan[parent] if rng.random() < 1 / 2 else rng.choice(OPTIONS)


def _revisions(rng: random.Random, shape: str, questions: list[Question], plan: list[str]) -> list[tuple[int, str]]:
    """Changes of questions that others look at and that are always asked themselves."""
    if shape != "random":
        return [(0, "b" if turn % 2 == 0 else "a") for turn in range(_FLIPS)]
    parents = {one.parent for one in questions}
    changeable = [number for number, one in enumerate(questions) if one.parent is None and number in parents]
    now = dict(enumerate(plan))
    revisions = []
    for _ in range(_REVISIONS):
        number = rng.choice(changeable)
        now[number] = rng.choice([code for code in OPTIONS if code != now[number]])
        revisions.append((number, now[number]))
    return revisions


def as_questionnaire(one: Form) -> str:
    """The form in the format of our questionnaires."""
    lines = ['schema = "msals-questionnaire/1"', f'id = "{one.id}"', 'version = "1.0.0"', 'title = "Form"']
    for number, question in enumerate(one.questions):
        if number % SECTION == 0:
            lines += ["[[section]]", f'id = "s{number // SECTION}"', f'title = "Section {number // SECTION}"']
        lines += ["[[section.item]]", f'id = "{question.id}"', 'type = "choice"', f'ask = "{question.text}"']
        lines += [f'ask_patient = "{question.text}"', 'why = "It is measured."']
        seen = [f', observes = ["{finding}"]' for finding in question.observes] or [""] * len(OPTIONS)
        options = ", ".join(
            f'{{code = "{code}", label = "{code.upper()}"{shows}}}' for code, shows in zip(OPTIONS, seen, strict=True)
        )
        lines.append(f"options = [{options}]")
        if question.parent is not None:
            lines.append(f'enable_when = {{item = "q{question.parent}", is = "{question.wanted}"}}')
    return "\n".join(lines) + "\n"


def as_plain_toml(one: Form) -> str:
    """The form as plainly as TOML can say it, for the reference that only parses and checks."""
    lines = [f'id = "{one.id}"', 'version = "1"']
    for number, question in enumerate(one.questions):
        if number % SECTION == 0:
            lines += ["[[section]]", f'id = "s{number // SECTION}"', f'title = "Section {number // SECTION}"']
        options = ", ".join(f'{{code = "{code}", label = "{code.upper()}"}}' for code in OPTIONS)
        lines += ["[[section.item]]", f'id = "{question.id}"', 'type = "choice"', f'text = "{question.text}"']
        lines.append(f"options = [{options}]")
        if question.parent is not None:
            lines.append(f'show_if = {{item = "q{question.parent}", equals = "{question.wanted}"}}')
    return "\n".join(lines) + "\n"


def as_survey(one: Form) -> str:
    """The form for SurveyJS."""
    pages = []
    for start in range(0, len(one.questions), SECTION):
        elements = []
        for question in one.questions[start : start + SECTION]:
            choices = [{"value": code, "text": code.upper()} for code in OPTIONS]
            element = {"type": "radiogroup", "name": question.id, "title": question.text, "choices": choices}
            if question.parent is not None:
                element["visibleIf"] = f"{{q{question.parent}}} = '{question.wanted}'"
            elements.append(element)
        pages.append({"name": f"s{start // SECTION}", "elements": elements})
    return json.dumps({"pages": pages})


def from_spec(text: str) -> Form:
    """The form that a `spec.json` of the format `neutral-form/1` holds."""
    spec = json.loads(text)
    number = {item["id"]: place for place, item in enumerate(spec["items"])}
    questions = tuple(
        Question(
            item["id"],
            item["text"],
            number[item["show_if"]["item"]] if item["show_if"] else None,
            item["show_if"]["equals"] if item["show_if"] else "",
        )
        for item in spec["items"]
    )
    revisions = tuple((number[item], code) for item, code in spec["script"]["revise"])
    return Form(spec["id"].replace("-", "_"), questions, tuple(spec["script"]["forward"]), revisions)
