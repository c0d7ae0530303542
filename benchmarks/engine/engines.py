"""The engines that are measured: each takes a form's text, then answers, and tells who is asked."""

import sys
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from forms import OPTIONS, Form, as_plain_toml, as_questionnaire  # noqa: E402
from pydantic import BaseModel, ConfigDict, model_validator  # noqa: E402

from msals_tui.content.file import content  # noqa: E402
from msals_tui.content.library import Library  # noqa: E402
from msals_tui.content.shape import shape  # noqa: E402
from msals_tui.interview.events import Answered, Next  # noqa: E402
from msals_tui.questionnaire.answer import Answer  # noqa: E402
from msals_tui.questionnaire.condition import FindingStatus, holds  # noqa: E402
from msals_tui.questionnaire.kinds.choice import Choice  # noqa: E402
from msals_tui.questionnaire.model import QuestionnaireFile  # noqa: E402
from msals_tui.questionnaire.questionnaire import Questionnaire  # noqa: E402
from msals_tui.questionnaire.response import Response  # noqa: E402
from msals_tui.session.clock import MachineClock  # noqa: E402
from msals_tui.session.session import Content, Session  # noqa: E402

TODAY = date(2026, 1, 1)
CHOICES = {code: Choice((code,)) for code in OPTIONS}


class Engine(Protocol):
    """What the driver asks of an engine."""

    def set(self, number: int, code: str) -> None:
        """Gives an answer, and brings up to date who is asked."""

    def visible(self, number: int) -> bool:
        """Whether a question is asked now."""

    def stored(self) -> int:
        """How many answers are kept."""


def questionnaire(text: str) -> Questionnaire:
    """A questionnaire from its TOML, checked as the program checks it."""
    file = content(text.encode(), "form.toml")
    return Library().resolve(file, shape(file, QuestionnaireFile))


class Ours:
    """The program's engine: an answer costs what hangs on it."""

    def __init__(self, text: str) -> None:
        self._asked = questionnaire(text)
        self._response = Response(self._asked, TODAY, {})
        self._ids = self._asked.graph.ids

    def set(self, number: int, code: str) -> None:
        self._response = self._response.with_answer(self._ids[number], CHOICES[code])

    def visible(self, number: int) -> bool:
        return bool(self._response.asked.bits >> number & 1)

    def stored(self) -> int:
        return len(self._response.given)


class Brute:
    """Its twin: looks at every condition again after each answer, with the plain `holds`."""

    today = TODAY

    def __init__(self, text: str) -> None:
        self._items = questionnaire(text).items
        self._given: dict[str, Answer] = {}
        self._asked: set[str] = set()
        self._sweep()

    def answer(self, item: str) -> Answer | None:
        return self._given.get(item) if item in self._asked else None

    def finding(self, finding: str) -> FindingStatus:
        return "unknown"

    def _sweep(self) -> None:
        self._asked = set()
        for item in self._items:
            if item.enable_when is None or holds(item.enable_when, self):
                self._asked.add(item.id)

    def set(self, number: int, code: str) -> None:
        self._given[self._items[number].id] = CHOICES[code]
        self._sweep()

    def visible(self, number: int) -> bool:
        return self._items[number].id in self._asked

    def stored(self) -> int:
        return len(self._given)


class Bare:
    """The least that a graph can be in Python: three lists, one kind of condition, nothing is a value, nothing is checked.

    Its text is TOML read by tomllib and checked by a few pydantic models, which is the reference for loading.
    """

    def __init__(self, text: str) -> None:
        form = PlainForm.model_validate(tomllib.loads(text))
        items = [item for section in form.section for item in section.item]
        index = {item.id: number for number, item in enumerate(items)}
        self._tests = [(index[one.show_if.item], one.show_if.equals) if one.show_if else None for one in items]
        self._dependents: list[list[int]] = [[] for _ in items]
        for number, test in enumerate(self._tests):
            if test is not None:
                self._dependents[test[0]].append(number)
        self._answers: list[str | None] = [None] * len(items)
        self._shown = [test is None for test in self._tests]

    def set(self, number: int, code: str) -> None:
        self._answers[number] = code
        waiting = [number]
        while waiting:
            changed = waiting.pop()
            for dependent in self._dependents[changed]:
                wanted = self._tests[dependent][1]  # type: ignore[index]
                shown = self._shown[changed] and self._answers[changed] == wanted
                if shown != self._shown[dependent]:
                    self._shown[dependent] = shown
                    waiting.append(dependent)

    def visible(self, number: int) -> bool:
        return self._shown[number]

    def stored(self) -> int:
        return sum(one is not None for one in self._answers)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlainOption(_Strict):
    code: str
    label: str


class PlainTest(_Strict):
    item: str
    equals: str


class PlainItem(_Strict):
    id: str
    type: Literal["choice"]
    text: str
    options: tuple[PlainOption, ...]
    show_if: PlainTest | None = None


class PlainSection(_Strict):
    id: str
    title: str
    item: tuple[PlainItem, ...]


class PlainForm(_Strict):
    id: str
    version: str
    section: tuple[PlainSection, ...]

    @model_validator(mode="after")
    def _references(self) -> "PlainForm":
        seen: dict[str, PlainItem] = {}
        for item in (item for section in self.section for item in section.item):
            if item.id in seen:
                raise ValueError(f"two items are called {item.id}")
            if (test := item.show_if) is not None:
                options = {one.code for one in seen[test.item].options} if test.item in seen else set()
                if test.equals not in options:
                    raise ValueError(f"{item.id} waits for an answer that is not offered before it")
            seen[item.id] = item
        return self


class Whole:
    """A whole sitting: an answer is in order when who is asked, safety, findings, sums and the pattern word are up to date."""

    def __init__(self, text: str) -> None:
        library = Library()
        safety, evidence = library.safety, library.evidence
        self.session = Session(Content(questionnaire(text), safety.rule, safety.version, evidence), MachineClock())
        self._ids = self.session.content.questionnaire.graph.ids
        if self.session.comparison is None:
            raise ValueError("nothing is compared")

    def set(self, number: int, code: str) -> None:
        self.session.post(Answered(self._ids[number], CHOICES[code]))
        self.session.post(Next())
        if self.session.comparison is None:
            raise ValueError("nothing is compared")

    def visible(self, number: int) -> bool:
        return bool(self.session.interview.response.asked.bits >> number & 1)

    def stored(self) -> int:
        return len(self.session.interview.response.given)


ENGINES: Mapping[str, tuple[Callable[[str], Engine], Callable[[Form], str]]] = {
    "ours": (Ours, as_questionnaire),
    "whole": (Whole, as_questionnaire),
    "brute": (Brute, as_questionnaire),
    "bare": (Bare, as_plain_toml),
}
"""By name: how an engine is made from a text, and how the text is written."""
