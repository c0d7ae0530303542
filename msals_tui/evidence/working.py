"""How a group's total came about, step by step, so that anybody can do the sum again by hand."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, Decimal

from msgspec import Struct

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.sums import HUNDREDTH, TENTH, ZERO, by_size
from msals_tui.questionnaire.words import Words


class Part(Struct, frozen=True):
    """One finding in the working: its whole weight, and the number that divides it."""

    finding: str
    size_db: Decimal
    """Without its sign; the side has it."""
    divisor: int


class Working(Struct, frozen=True):
    """The steps of one group, in their order."""

    group: str
    first: tuple[Part, ...]
    second: tuple[Part, ...]
    """What speaks for either side, the largest first."""
    cap_db: Decimal
    total_db: Decimal
    through: Mapping[str, str]
    """What is counted through which other finding."""
    silenced: tuple[str, ...]
    """What would weigh something, and counts nothing because of what else was observed."""

    @property
    def first_db(self) -> Decimal:
        """What the parts for the first side add up to, 0 or more."""
        return _added(self.first)

    @property
    def second_db(self) -> Decimal:
        """What the parts for the second side add up to, 0 or more."""
        return _added(self.second)

    @property
    def net_db(self) -> Decimal:
        """One side less the other, before the cap and before rounding; positive for the first side."""
        return self.first_db - self.second_db


def _added(parts: tuple[Part, ...]) -> Decimal:
    return sum((one.size_db / one.divisor for one in parts), ZERO)


def workings(evidence: Evidence, comparison: Comparison) -> Iterator[Working]:
    """The steps of every group in which something is known that weighs anything."""
    for total in comparison.groups:
        count = comparison.counts[total.group]
        raws = {one: comparison.contributions[one].raw_db for one in total.findings if one not in count.replaced}
        first, second = (
            tuple(Part(one, abs(raws[one]), 2**rank) for rank, one in enumerate(by_size(raws, sign)))
            for sign in (1, -1)
        )
        members = [one.id for one in evidence.members[total.group]]
        silenced = [one for one in members if comparison.contributions[one].raw_db and one not in count.shares]
        cap_db = evidence.groups[total.group].cap_db
        yield Working(total.group, first, second, cap_db, total.total_db, count.replaced, tuple(silenced))


def working_sentences(words: Words, evidence: Evidence, comparison: Comparison, working: Working) -> Iterator[str]:
    """The steps of one group: each side added up, one less the other, the cap, and what counts nothing here."""

    def said(finding: str) -> str:
        label = evidence.findings[finding].label
        absent = comparison.contributions[finding].status == "excluded"
        return words("working.absent", finding=label) if absent else label

    sides = ((evidence.first, working.first, working.first_db), (evidence.second, working.second, working.second_db))
    for side, parts, added in sides:
        if parts:
            sum_ = " + ".join(f"{_divided(one)} {said(one.finding)}" for one in parts)
            total = f" = {_exactly(added)}" if len(parts) > 1 else ""
            yield words("working.side", side=side.short, sum=sum_ + total)
    if working.first and working.second:
        net, larger = abs(working.net_db), max(working.first_db, working.second_db)
        yield words("working.net", larger=_exactly(larger), smaller=_exactly(larger - net), net=_exactly(net))
    if abs(working.net_db) > working.cap_db:
        yield words("working.cap", cap=f"{working.cap_db:f}")
    for one, other in working.through.items():
        yield words("working.through", finding=said(one), other=said(other))
    if working.silenced:
        yield words("working.silenced", findings=", ".join(said(one) for one in working.silenced))


def _divided(part: Part) -> str:
    return f"{part.size_db:.1f}/{part.divisor}" if part.divisor > 1 else f"{part.size_db:.1f}"


def _exactly(decibans: Decimal) -> str:
    """A number of decibans before it is rounded. Further digits are left out, not rounded: so it still rounds as it does."""
    shown = decibans.quantize(HUNDREDTH, ROUND_DOWN)
    if shown != decibans:
        return f"{shown}..."
    return f"{shown:.1f}" if shown == shown.quantize(TENTH) else f"{shown}"
