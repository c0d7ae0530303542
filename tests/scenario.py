"""Walks over the interview as short chains, with questions about where we stand.

    Scenario(questionnaire(...)).answer("weakness", "yes").next().back().jump("reflexes").at

A scenario is a value: every step gives a new one, so that a walk can be compared with itself a step earlier.
"""

from dataclasses import dataclass, replace
from datetime import date

from msals_tui.interview.events import Answered, Back, Event, Jump, Next, Noted, Redo, Undo
from msals_tui.interview.interview import Interview, Refused, transition
from msals_tui.interview.progress import Progress, SectionProgress, progress, section_progress
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.questionnaire import Questionnaire

TODAY = date(2026, 3, 1)
MISSING = ("not_sure", "not_asked", "declined", "pending")


@dataclass(frozen=True)
class Scenario:
    """An interview on the way."""

    questionnaire: Questionnaire
    now: Interview = None  # type: ignore[assignment] - made below
    events: tuple[Event, ...] = ()
    """Everything that happened; what was refused did not."""

    def __post_init__(self) -> None:
        if self.now is None:
            object.__setattr__(self, "now", Interview.start(self.questionnaire, TODAY))

    # What happens

    def do(self, event: Event) -> "Scenario":
        """Any event. Raises Refused."""
        return replace(self, now=transition(self.now, event), events=(*self.events, event))

    def answer(self, item: str, value: object) -> "Scenario":
        """An answer as a file would hold it; the name of a missing code is that code."""
        plain = {"missing": value} if value in MISSING else tuple(value) if isinstance(value, list) else value
        return self.do(Answered(item, self.questionnaire.item(item).read(plain, TODAY)))

    def next(self) -> "Scenario":
        """Continue."""
        return self.do(Next())

    def back(self) -> "Scenario":
        """One question back."""
        return self.do(Back())

    def jump(self, item: str) -> "Scenario":
        """To a question, and on from there."""
        return self.do(Jump(item))

    def change(self, item: str) -> "Scenario":
        """To a question, to come back after it."""
        return self.do(Jump(item, come_back=True))

    def check(self) -> "Scenario":
        """To the check-answers page."""
        return self.do(Jump(None))

    def undo(self) -> "Scenario":
        """Takes the last answer back."""
        return self.do(Undo())

    def redo(self) -> "Scenario":
        """Gives it again."""
        return self.do(Redo())

    def note(self, item: str, text: str) -> "Scenario":
        """A note on a question."""
        return self.do(Noted(item, text))

    # Where we stand

    @property
    def at(self) -> str | None:
        """The open question; None on the check-answers page."""
        return self.now.position

    @property
    def asked(self) -> list[str]:
        """The questions on this path."""
        return [item.id for item in self.now.response.path()]

    @property
    def to_come(self) -> list[str]:
        """The questions on this path without an answer."""
        return [item.id for item in self.now.response.unanswered()]

    @property
    def kept(self) -> list[str]:
        """Answered questions that are no longer asked."""
        return [item.id for item in self.now.response.withdrawn()]

    @property
    def to_check(self) -> set[str]:
        """Questions that are marked to be looked at again."""
        return set(self.now.recheck)

    @property
    def progress(self) -> Progress:
        """How far we are."""
        return progress(self.now)

    @property
    def sections(self) -> list[SectionProgress]:
        """How far we are in each section."""
        every = range(1, len(self.now.questionnaire.sections) + 1)
        return [section_progress(self.now, number) for number in every]

    def counts(self, item: str) -> Answer | None:
        """The answer of a question, as far as it counts."""
        return self.now.response.answer(item)

    def refuses(self, event: Event) -> str | None:
        """Why an event is not possible here; None when it is."""
        try:
            transition(self.now, event)
        except Refused as refused:
            return refused.reason
        return None
