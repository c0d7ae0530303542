"""What became of each safety rule: when it fired, what was decided about it, when it stopped firing, and by which answer.

A decision that was called a mistake, or whose answer was corrected, leaves this trace. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer
from msals_tui.safety.rules import Fired

What: TypeAlias = Literal["fired", "still_fires", "told", "known", "mistake", "fires_no_more"]
FIRING: tuple[What, ...] = ("fired", "still_fires")
"""It calls for a decision: it began to hold, or it holds for other answers than before."""


class Happened(Struct, frozen=True):
    """One thing that happened to a rule."""

    rule: str
    what: What
    time: datetime
    item: str | None = None
    """The question whose answer did it; None where somebody decided."""
    answer: Answer | None = None
    """What it was answered with; None where the answer was taken back."""


def followed(
    before: Sequence[Fired], after: Sequence[Fired], time: datetime, item: str, answer: Answer | None
) -> Iterator[Happened]:
    """What an answer that was given or taken back did to the rules, in the order in which they stand."""
    was = {one.rule.id: one.because for one in before}
    for one in after:
        if one.rule.id not in was:
            yield Happened(one.rule.id, "fired", time, item, answer)
        elif one.because != was[one.rule.id]:
            yield Happened(one.rule.id, "still_fires", time, item, answer)
    firing = {one.rule.id for one in after}
    for one in before:
        if one.rule.id not in firing:
            yield Happened(one.rule.id, "fires_no_more", time, item, answer)


def about(history: Iterable[Happened], rule: str) -> tuple[Happened, ...]:
    """What happened to one rule."""
    return tuple(one for one in history if one.rule == rule)


def told_of(history: Iterable[Happened], rule: str) -> bool:
    """Whether it is told when the rule began to fire this time."""
    told = False
    for one in about(history, rule):
        told = one.what != "fires_no_more" and (told or one.what in FIRING)
    return told
