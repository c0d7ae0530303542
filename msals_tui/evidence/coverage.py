"""How much of what would tell has been asked about, per side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from msals_tui.evidence.evidence import Evidence, of_evidence
from msals_tui.evidence.findings import FindingState


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the `telling` findings that can speak for a side, `asked` were asked about ("not sure" counts as asked)."""

    asked: int
    telling: int


def coverage(evidence: Evidence, asked: Collection[str]) -> dict[str, Coverage]:
    """The coverage of each side by its id, the first side first; `asked` holds the findings that were asked about."""
    counts = {}
    for side, points in ((evidence.first, "first"), (evidence.second, "second")):
        telling = _telling(evidence, points)
        counts[side.id] = Coverage(len(telling.intersection(asked)), len(telling))
    return counts


@of_evidence
def _telling(evidence: Evidence, points: str) -> frozenset[str]:
    """The findings that can speak for a side."""
    return frozenset(
        one.id
        for one in evidence.findings.values()
        if one.group is not None and one.points in (points, "both") and (one.present_db or one.absent_db)
    )


def asked_about(states: Mapping[str, FindingState]) -> frozenset[str]:
    """The findings that some answer bears on, be it "not sure"."""
    return frozenset(finding for finding, state in states.items() if state.asked or state.status != "unknown")
