"""How a weight follows from its parts, so that every weight in the files can be checked against them.

Chances clipped; 10 log10 of their ratio (of the complements when excluded, times a share by kind); held where strength
was set lower by hand; times trust; capped by kind; rounded half up to a tenth. All figures come from `weighing.toml`.
"""

from decimal import Decimal

from msgspec import Struct

from msals_tui.evidence.model import Finding, WeightRules
from msals_tui.evidence.sums import tenths


class Weights(Struct, frozen=True):
    """Decibans when observed and when excluded."""

    present_db: Decimal
    absent_db: Decimal


def rebuilt(finding: Finding, rules: WeightRules, sides: tuple[str, str]) -> Weights:
    """The weights that a finding's parts make; 0 where it is in no group, or speaks neither for a side nor against one.

    `sides` are the ids of the first and the second side.
    """
    neutral = finding.points not in ("first", "second") and finding.does_not_fit is None
    if neutral or finding.group is None:
        return Weights(Decimal("0.0"), Decimal("0.0"))
    first, second = (min(max(finding.chance[side], rules.chance_lowest), rules.chance_highest) for side in sides)
    present = 10 * (first / second).log10()
    absent = 10 * ((1 - first) / (1 - second)).log10() * rules.absent_share[finding.kind]
    cap = rules.cap_db[finding.kind]
    if finding.held_to is not None:
        held = rules.held_db[finding.held_to]
        present, absent = _within(present, held), _within(absent, held)
    return Weights(tenths(_within(present * finding.trust, cap)), tenths(_within(absent * finding.trust, cap)))


def _within(value: Decimal, most: Decimal) -> Decimal:
    return max(min(value, most), -most)
