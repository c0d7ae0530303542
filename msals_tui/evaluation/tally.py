"""Counts what became of labelled cases. Pure: outcomes in, one after the other; a table out; no outcome is kept.

A case is right on its side when its net decibans point there, and leans when the pattern word says so. Everything else
that the word can be is undecided, which is no mistake: other causes are common.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evaluation.share import Share
from msals_tui.evidence.model import Side
from msals_tui.evidence.pattern import MORE_LIKE, UNDECIDED, Pattern
from msals_tui.evidence.sums import tenths

NEITHER, BOTH = "neither", "both"
"""The labels of cases that are of no side, and of both; the other labels are the short names of the sides."""

Measure: TypeAlias = Literal[
    "right_side",
    "leans_right",
    "leans_wrong",
    "undecided",
    "typical_leans_right",
    "tested_leans_right",
    "a_look_alike_named",
    "all_look_alikes_named",
]
OF_A_SIDE: tuple[Measure, ...] = (
    "right_side",
    "leans_right",
    "leans_wrong",
    "undecided",
    "typical_leans_right",
    "tested_leans_right",
)
"""What is counted of cases that a side's disease explains."""
OF_OTHERS: tuple[Measure, ...] = ("undecided",)
"""What is counted of cases of neither and of both."""
OF_LOOK_ALIKES: tuple[Measure, ...] = ("a_look_alike_named", "all_look_alikes_named")
"""What is counted under every label of the cases that name look-alikes."""


class Outcome(Struct, frozen=True):
    """One case compared: what it is, and what the comparison made of it."""

    case: str
    label: str
    typical: bool
    tests: bool
    """The case holds test results."""
    look_alikes: frozenset[str]
    """Ids of those that the comparison should name."""
    pattern: Pattern
    net_db: Decimal
    core_net_db: Decimal
    named: frozenset[str]
    """Ids of the look-alikes that it names."""


class Leaning(Struct, frozen=True):
    """A case whose word leans where its label does not."""

    case: str
    label: str
    toward: str
    """The short name of the side."""
    net_db: Decimal


class LabelTally(Struct, frozen=True):
    """What became of the cases of one label."""

    cases: int
    patterns: Mapping[Pattern, int]
    """How often each pattern word was given; every word is there."""
    shares: Mapping[Measure, Share]
    net_db: Decimal | None
    """The mean in tenths of a deciban, positive for the first side; None of no cases."""
    core_net_db: Decimal | None
    """The same without the background."""


class Tally(Struct, frozen=True):
    """What became of all cases, by label: the two sides, neither, both."""

    sides: tuple[Side, Side]
    labels: Mapping[str, LabelTally]
    wrong_leans: tuple[Leaning, ...]
    """Cases of one side that lean to the other."""
    others_leaning: tuple[Leaning, ...]
    """Cases of neither or of both that lean to a side."""

    @property
    def cases(self) -> int:
        """How many were counted."""
        return sum(one.cases for one in self.labels.values())


def labels_of(sides: tuple[Side, Side]) -> tuple[str, ...]:
    """Every label that a case may carry."""
    return (sides[0].short, sides[1].short, NEITHER, BOTH)


def patterns_of(sides: tuple[Side, Side]) -> tuple[Pattern, ...]:
    """Every pattern word, those that lean first."""
    return (*(MORE_LIKE + side.id for side in sides), *UNDECIDED)


def tally(sides: tuple[Side, Side], outcomes: Iterable[Outcome]) -> Tally:
    """The tally of all outcomes; the first side has the positive sign."""
    side_of = {side.short: side for side in sides}
    leaning_to = {MORE_LIKE + side.id: side.short for side in sides}
    patterns: Counter[tuple[str, Pattern]] = Counter()
    hits: Counter[tuple[str, Measure]] = Counter()
    looked: Counter[tuple[str, Measure]] = Counter()
    net: dict[str, Decimal] = dict.fromkeys(labels_of(sides), Decimal(0))
    core_net = dict(net)
    wrong: list[Leaning] = []
    others: list[Leaning] = []
    for one in outcomes:
        patterns[one.label, one.pattern] += 1
        net[one.label] += one.net_db
        core_net[one.label] += one.core_net_db
        side, toward = side_of.get(one.label), leaning_to.get(one.pattern)
        for measure, hit in (*_of_word(one, side, toward), *_of_look_alikes(one)):
            looked[one.label, measure] += 1
            hits[one.label, measure] += hit
        if toward is not None and toward != one.label:
            (others if side is None else wrong).append(Leaning(one.case, one.label, toward, one.net_db))
    labels = {}
    for label in labels_of(sides):
        words = {pattern: patterns[label, pattern] for pattern in patterns_of(sides)}
        cases = looked[label, "undecided"]
        measures = (*(OF_A_SIDE if label in side_of else OF_OTHERS), *OF_LOOK_ALIKES)
        shares = {measure: Share(hits[label, measure], looked[label, measure]) for measure in measures}
        labels[label] = LabelTally(cases, words, shares, _mean(net[label], cases), _mean(core_net[label], cases))
    return Tally(sides, labels, tuple(wrong), tuple(others))


def _of_word(one: Outcome, side: Side | None, toward: str | None) -> Iterator[tuple[Measure, bool]]:
    """What the decibans and the word say of one case; `toward` is the side to which it leans."""
    yield "undecided", toward is None
    if side is None:
        return
    right = toward == side.short
    yield "right_side", one.net_db * side.sign > 0
    yield "leans_right", right
    yield "leans_wrong", toward is not None and not right
    if one.typical:
        yield "typical_leans_right", right
    if one.typical and one.tests:
        yield "tested_leans_right", right


def _of_look_alikes(one: Outcome) -> Iterator[tuple[Measure, bool]]:
    """Whether the look-alikes that should be named are, in a case that has any."""
    if one.look_alikes:
        yield "a_look_alike_named", not one.look_alikes.isdisjoint(one.named)
        yield "all_look_alikes_named", one.look_alikes <= one.named


def _mean(total: Decimal, cases: int) -> Decimal | None:
    return tenths(total / cases) if cases else None
