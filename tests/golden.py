"""Walks a golden story, an answers file in `walks/`, through a session in the order of its questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.evidence.comparison import Comparison
from msals_tui.interview.events import Answered, Next
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.carried import carried_over
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from sittings import CLOCK, shipped

FOLDER = Path(__file__).parent / "walks"
NOT_ASKED = Missing(MissingCode.NOT_ASKED)
LOOK_ALIKES = {
    "cervical_myelopathy", "mmn", "cidp", "gbs", "kennedy", "hsp", "ataxia", "ibm", "mg", "b12", "nmosd", "mogad", "lyme",
    "bfs", "pls", "pma", "htlv1", "functional", "small_vessel_disease", "peroneal_neuropathy_or_l5", "stroke",
    "other_named_cause",
}  # fmt: skip
"""Those that are known well enough to be held to everything; one that is newer need not have as much."""


@dataclass(frozen=True)
class Walked:
    """A session at the end of a walk, and what happened on the way."""

    session: Session
    patterns: tuple[str, ...]
    """The pattern word after every answer from the end of the gate on."""
    fired_at: Mapping[str, str]
    """Every safety rule that fired on the way, with the question whose answer fired it first."""
    left_out: tuple[str, ...]
    """Questions of this path that the story does not answer."""
    never_asked: tuple[str, ...]
    """Answers of the story to questions that are not on its path."""

    @property
    def comparison(self) -> Comparison:
        comparison = self.session.comparison
        assert comparison is not None
        return comparison

    @property
    def holding_back(self) -> set[str]:
        """The look-alikes whose own rules hold the word back."""
        return {one.look_alike.id for one in self.comparison.look_alikes if one.standing == "suggested"}

    def status(self, finding: str) -> str:
        return self.session.findings[finding].status


@cache
def story(name: str) -> AnswersFile:
    _, case = read_case(str(FOLDER / f"{name}.toml"))
    assert isinstance(case, AnswersFile)
    return case


@cache
def told_of() -> frozenset[str]:
    """The questions that any story answers; one that is newer than all of them is answered by none."""
    return frozenset(item for path in FOLDER.glob("*.toml") for item in story(path.stem).answers)


def walk(name: str, changes: Mapping[str, Any] | None = None) -> Walked:
    """Walks a story in the order of its questionnaire; with `changes`, some answers are others than in the file."""
    case = story(name)
    session = Session(load_content(shipped(), case.questionnaire, comparing=True), CLOCK)
    answers = carried_over(session.content.questionnaire, {**case.answers, **(changes or {})}).answers
    fired_at: dict[str, str] = {}
    patterns: list[str] = []
    left_out: list[str] = []
    walked: set[str] = set()
    while (item := session.interview.item) is not None:
        walked.add(item.id)
        if item.is_question:
            if item.id not in answers:
                left_out.append(item.id)
            today = session.interview.response.today
            given = item.read(answers[item.id], today) if item.id in answers else NOT_ASKED
            session.post(Answered(item.id, given))
        for one in session.fired:
            fired_at.setdefault(one.rule.id, item.id)
        session.post(Next())
        if item.id in AFTER_GATE[case.questionnaire]:
            assert session.comparison is not None
            patterns.append(session.comparison.pattern)
    never_asked = tuple(name for name in answers if name not in walked)
    return Walked(session, tuple(patterns), fired_at, tuple(left_out), never_asked)


def after_gate(questionnaire: str) -> frozenset[str]:
    """The questions from the last one of the gate on; before it there is no word."""
    items = shipped().questionnaire(questionnaire).items
    last = max(place for place, item in enumerate(items) if item.gate)
    return frozenset(item.id for item in items[last:])


AFTER_GATE = {name: after_gate(name) for name in ("ms_als_intake", "ms_als_brief")}


@cache
def walked(name: str) -> Walked:
    return walk(name)
