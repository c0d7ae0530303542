"""When findings come in: at which question, examination or test of a questionnaire each is first known."""

from collections.abc import Mapping

from msgspec import Struct

from msals_tui.questionnaire.condition import items_in
from msals_tui.questionnaire.kinds.item import EFFORTS, Effort, Item
from msals_tui.questionnaire.questionnaire import Questionnaire

HISTORY: Effort = "history"
EXAMINATION: Effort = "examination"


class Arrival(Struct, frozen=True):
    """Where a finding is first known."""

    item: str
    effort: Effort
    asked: int
    """How many questions of its effort, of those that bear on any finding, have been asked by then; from 1."""
    seen_again: bool
    """Whether an examination looks for it after the history asked for it."""


class Arrivals(Struct, frozen=True):
    """When every finding of a questionnaire comes in, and how many questions of the history bear on any."""

    by_finding: Mapping[str, Arrival]
    history_questions: int


def arrivals(questionnaire: Questionnaire) -> Arrivals:
    """A finding comes in at the first history question that shows it by itself, else at the last that helps to derive it.

    What no history can tell comes in at the first examination or test that shows it.
    """
    asked: dict[Effort, int] = dict.fromkeys(EFFORTS, 0)
    places: dict[str, int] = {}
    showing: dict[str, list[Item]] = {}
    for item in questionnaire.items:
        if item.id in questionnaire.bearing:
            asked[item.effort] += 1
            places[item.id] = asked[item.effort]
            for finding in _shown_by(item):
                showing.setdefault(finding, []).append(item)
    helping = _helping(questionnaire)
    found = {}
    for finding, items in questionnaire.items_by_finding.items():
        shown, helps = showing.get(finding, []), helping.get(finding, [])
        by_history = [item for item in shown if item.effort == HISTORY] or [
            item for item in reversed(helps) if item.effort == HISTORY
        ]
        others = [item for item in questionnaire.items if item.id in items]
        first = [*by_history, *shown, *helps, *others][0]
        again = first.effort == HISTORY and any(item.effort == EXAMINATION for item in (*shown, *helps))
        found[finding] = Arrival(first.id, first.effort, places[first.id], again)
    return Arrivals(found, asked[HISTORY])


def _shown_by(item: Item) -> set[str]:
    """The findings that some answer to an item observes."""
    return {finding for _, mark in item.named_marks() for finding in mark.observes}


def _helping(questionnaire: Questionnaire) -> dict[str, list[Item]]:
    """The items by which each derived finding is observed, in the order of the questionnaire."""
    names: dict[str, set[str]] = {}
    for derived in questionnaire.derived:
        if derived.observed_when is not None:
            names.setdefault(derived.finding, set()).update(items_in(derived.observed_when))
    return {finding: [one for one in questionnaire.items if one.id in named] for finding, named in names.items()}
