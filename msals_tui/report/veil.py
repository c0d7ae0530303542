"""From when to when the comparison was hidden from whoever asked, which a reader of a summary must know."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from msals_tui.questionnaire.words import Words


class Veil(Struct, frozen=True):
    """From `time` on, when there were so many `answers`, the comparison was hidden, or was shown again."""

    hidden: bool
    time: datetime
    answers: int


class Span(Struct, frozen=True):
    """The comparison was hidden from one point to another; to the end where `shown` is None."""

    hidden: Veil
    shown: Veil | None = None


def spans(veils: tuple[Veil, ...]) -> Iterator[Span]:
    """From when to when it was hidden."""
    hidden: Veil | None = None
    for one in veils:
        if one.hidden:
            hidden = hidden or one
        elif hidden is not None:
            yield Span(hidden, one)
            hidden = None
    if hidden is not None:
        yield Span(hidden)


def span_sentence(span: Span, started: datetime, words: Words) -> str:
    """One span in a sentence; a day is named only where it is not the one on which the intake was begun."""
    from_start, shown = span.hidden.answers == 0, span.shown
    if shown is None:
        if from_start:
            return words("veil.throughout")
        return words("veil.from", time=_time(span.hidden, started), after=_after(span.hidden, words))
    until, after = _time(shown, started), _after(shown, words)
    if from_start:
        return words("veil.until", time=until, after=after)
    since, behind = _time(span.hidden, started), _after(span.hidden, words)
    return words("veil.between", time=since, after=behind, until=until, until_after=after)


def _time(one: Veil, started: datetime) -> str:
    return f"{one.time:%H:%M}" if one.time.date() == started.date() else f"{one.time:%Y-%m-%d %H:%M}"


def _after(one: Veil, words: Words) -> str:
    return words.some(one.answers, "veil.after")
