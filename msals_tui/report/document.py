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
from msals_tui.safety.rules import Because, Fired

Origin: TypeAlias = Literal["interview", "replayed"]


class SafetyEntry(Struct, frozen=True):
    """A safety rule that the answers fired, and what was decided last (None: nobody decided), about which answers."""

    fired: Fired
    choice: str | None
    decided: datetime | None
    about: Because = ()


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
