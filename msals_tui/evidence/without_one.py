"""What the pattern word would be without one finding: how much hangs on it."""

from collections.abc import Mapping

from msals_tui.evidence.comparison import compare
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState, statuses
from msals_tui.evidence.pattern import Pattern
from msals_tui.questionnaire.response import Response


def pattern_without(
    evidence: Evidence, states: Mapping[str, FindingState], finding: str, response: Response
) -> Pattern:
    """The pattern word of an interview if this finding were unknown and everything else as it is."""
    known = {one: status for one, status in statuses(states).items() if one != finding}
    return compare(evidence, known, response=response, interview=True).pattern
