"""The facts of one intake, in the order in which they are handed over; every format writes these and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState
from msals_tui.interview.interview import Interview
from msals_tui.questionnaire.consistency import Mismatch
from msals_tui.questionnaire.words import Words
from msals_tui.report.veil import Veil
from msals_tui.safety.history import Happened
from msals_tui.safety.model import SafetyRule
from msals_tui.safety.rules import Because, Fired

Origin: TypeAlias = Literal["interview", "replayed"]


class SafetyEntry(Struct, frozen=True):
    """A safety rule that fires, what was decided last (None: nobody decided), about which answers, and what happened to it."""

    fired: Fired
    choice: str | None
    decided: datetime | None
    about: Because = ()
    history: tuple[Happened, ...] = ()

    @property
    def state(self) -> str:
        """What was decided about the present answers; `open` if nothing was, `no_decision_needed` if nothing is to be."""
        if not self.fired.interrupts:
            return "no_decision_needed"
        return "open" if self.choice is None or self.fired.new_since(self.about) else self.choice

    @property
    def called_mistake(self) -> bool:
        """Whether it was said last that the answer is a mistake, and the answer stands."""
        return self.state == "open" and self.history[-1:] != () and self.history[-1].what == "mistake"


class WithdrawnRule(Struct, frozen=True):
    """A safety rule that fired and fires no more, None if there is none of this id any more, and what happened to it."""

    id: str
    rule: SafetyRule | None
    history: tuple[Happened, ...]


class Amends(Struct, frozen=True):
    """The summary that this one corrects: its number in the record, the SHA-256 of its file, and why."""

    final: int
    sha256: str
    reason: str


class Document(Struct, frozen=True):
    """Everything that a summary says. Times carry their zone; `comparison` is None if evidence is not loaded."""

    id: str
    origin: Origin
    amends: Amends | None
    started: datetime
    finished: datetime
    program_version: str
    safety_version: str
    interview: Interview
    safety: tuple[SafetyEntry, ...]
    safety_withdrawn: tuple[WithdrawnRule, ...]
    mismatches: tuple[Mismatch, ...]
    """Answers that do not fit together."""
    findings: Mapping[str, FindingState]
    evidence: Evidence | None
    comparison: Comparison | None
    veils: tuple[Veil, ...]
    """When the comparison was hidden, and shown again."""
    words: Words

    @property
    def complete(self) -> bool:
        """Every question on this path has an answer, "not sure" included."""
        return not self.interview.response.unanswered()
