"""What one answer adds to the comparison as it stands, and nothing that any other answer adds."""

from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evidence.comparison import Known
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import NOTHING, findings_after
from msals_tui.evidence.model import Side
from msals_tui.evidence.sums import ZERO, count_group

Size: TypeAlias = Literal["weak", "moderate", "strong"]


class Effect(Struct, frozen=True):
    """How much an answer adds, and towards which side; `side` is None where it speaks for neither."""

    side: Side | None
    size: Size
    elsewhere: bool
    """It shows something that points to neither side."""


def effect_of(evidence: Evidence, now: Known, item: str) -> Effect:
    """The sums as they are, less the sums without what this answer alone shows; what hangs on other answers stays."""
    response, bears = now.response, now.response.questionnaire.findings_by_item.get(item, frozenset())
    without = findings_after(now.states, response.with_answer(item, None))
    old = {
        one: without[one].status
        for one in bears
        if one in evidence.findings and without[one].status != now.states.get(one, NOTHING).status
    }
    groups = {group for one in old if (group := evidence.findings[one].group) is not None}
    added = ZERO
    for group in groups:
        added += count_group(evidence, group, now.statuses).total_db
        added -= count_group(evidence, group, {**now.statuses, **old}).total_db
    side = evidence.first if added > 0 else evidence.second if added < 0 else None
    elsewhere = any(now.statuses[one] == "observed" and evidence.findings[one].points == "elsewhere" for one in old)
    return Effect(side, _size(evidence, abs(added)), elsewhere)


def _size(evidence: Evidence, decibans: Decimal) -> Size:
    """A word for a weight, by the bounds that hold weights down."""
    held = evidence.weights.held_db
    return "weak" if decibans <= held["weak"] else "moderate" if decibans <= held["moderate"] else "strong"
