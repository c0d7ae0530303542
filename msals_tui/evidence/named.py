"""The look-alikes that the answers really suggest, each with the findings for it and against it."""

from dataclasses import dataclass

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import LookAlike


@dataclass(frozen=True, slots=True)
class Named:
    """A look-alike that the answers suggest, with the findings for it and against it."""

    look_alike: LookAlike
    for_it: tuple[str, ...]
    against_it: tuple[str, ...]


def named_look_alikes(evidence: Evidence, comparison: Comparison) -> tuple[Named, ...]:
    """The look-alikes that the panel names, in its order; none at all means that nothing points elsewhere."""
    raised = {one.look_alike.id: one.raised_by for one in comparison.look_alikes}
    named = []
    for one in comparison.think_of:
        pointing = [finding.id for finding in comparison.elsewhere if one in finding.look_alikes]
        against = tuple(
            finding.finding.id
            for finding in comparison.contributions.values()
            if finding.status == "excluded" and one in finding.finding.look_alikes
        )
        named.append(Named(evidence.look_alikes[one], tuple(dict.fromkeys((*raised[one], *pointing))), against))
    return tuple(named)
