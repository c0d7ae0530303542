"""How much of what would tell has been asked about, per side."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState


class Coverage(Struct, frozen=True):
    """Of the `telling` findings that can speak for a side, `asked` were asked about ("not sure" counts as asked)."""

    asked: int
    telling: int


def coverage(evidence: Evidence, asked: Collection[str]) -> dict[str, Coverage]:
    """The coverage of each side by its id, the first side first; `asked` holds the findings that were asked about."""
    return {
        side: Coverage(len(telling.intersection(asked)), len(telling)) for side, telling in evidence.telling.items()
    }


def asked_about(states: Mapping[str, FindingState]) -> frozenset[str]:
    """The findings that some answer bears on, be it "not sure"."""
    return frozenset(finding for finding, state in states.items() if state.asked or state.status != "unknown")
