"""How much of what would tell has been asked about, per side."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState


class Coverage(Struct, frozen=True):
    """Of the `telling` findings that can speak for a side, `asked` were asked about ("not sure" counts as asked)."""

    asked: int
    telling: int


class Counted(Struct, frozen=True):
    """Every finding that is compared and that the questions can show, in exactly one of three counts."""

    known: int
    """Observed or excluded."""
    not_known: int
    """Asked about and unknown: "not sure", "rather not say", a result still to come, an answer that does not settle it."""
    not_asked: int
    """Nothing that bears on it was asked; a question that was passed over was not."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.known + self.not_known + self.not_asked


def count_findings(evidence: Evidence, states: Mapping[str, FindingState]) -> Counted:
    """How many findings are known, not known, and not asked about."""
    compared = [state for finding, state in states.items() if finding in evidence.findings]
    known = sum(state.status != "unknown" for state in compared)
    not_known = sum(state.status == "unknown" and state.asked for state in compared)
    return Counted(known, not_known, len(compared) - known - not_known)


def coverage(evidence: Evidence, asked: Collection[str]) -> dict[str, Coverage]:
    """The coverage of each side by its id, the first side first; `asked` holds the findings that were asked about."""
    return {
        side: Coverage(len(telling.intersection(asked)), len(telling)) for side, telling in evidence.telling.items()
    }


def asked_about(states: Mapping[str, FindingState]) -> frozenset[str]:
    """The findings that some answer bears on, be it "not sure"."""
    return frozenset(finding for finding, state in states.items() if state.asked or state.status != "unknown")
