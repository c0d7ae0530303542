"""From answers to findings: observed, excluded or unknown, and which answers said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from msals_tui.questionnaire.answer import Answer, Choice, Missing, Number, Rows
from msals_tui.questionnaire.answer_types import YES
from msals_tui.questionnaire.condition import AnswerTest, Condition, FindingStatus, holds, reasons
from msals_tui.questionnaire.model import GroupItem, Item, NumberItem, YesNoItem, options_of
from msals_tui.questionnaire.response import Response

Unknown: TypeAlias = Literal["not_known", "not_asked"]


@dataclass(frozen=True, slots=True)
class FindingState:
    """What the answers say about one finding."""

    status: FindingStatus
    observed_by: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()
    asked: bool = False
    """Some question that bears on it was answered, be it with "not sure"."""

    @property
    def conflict(self) -> bool:
        """Answers contradict each other; what was observed counts."""
        return bool(self.observed_by and self.excluded_by)


NOTHING = FindingState("unknown")


def findings_of(response: Response) -> dict[str, FindingState]:
    """State of every finding that the questionnaire can show. An observation outweighs an exclusion elsewhere."""
    observed: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    for item in response.path():
        answer = response.answer(item.id)
        if answer is None or isinstance(answer, Missing):
            continue
        seen, ruled_out = read_marks(item, answer)
        for finding in seen:
            observed.setdefault(finding, []).append(item.id)
        for finding in ruled_out - seen:
            excluded.setdefault(finding, []).append(item.id)
    for derived in response.questionnaire.derived:
        for condition, into in ((derived.observed_when, observed), (derived.excluded_when, excluded)):
            if condition is not None and holds(condition, response):
                into.setdefault(derived.finding, []).extend(_answered(condition, response))
    asked = {item for item in response.given if item in response.asked}
    return {
        finding: FindingState(
            "observed" if finding in observed else "excluded" if finding in excluded else "unknown",
            tuple(dict.fromkeys(observed.get(finding, ()))),
            tuple(dict.fromkeys(excluded.get(finding, ()))),
            not asked.isdisjoint(items),
        )
        for finding, items in response.questionnaire.items_by_finding.items()
    }


def read_marks(item: Item, answer: Answer) -> tuple[set[str], set[str]]:
    """The findings that one answer observes, and those that it excludes."""
    observed: set[str] = set()
    excluded: set[str] = set()
    match item, answer:
        case YesNoItem(), Choice(codes):
            marks = [item.yes if YES in codes else item.no]
        case NumberItem(), Number(value):
            marks = [band for band in item.bands if band.holds(value)]
        case GroupItem(), Rows(rows):
            marks = [item.any_row if rows else item.no_rows]
        case _, Choice(codes):
            marks = [option for option in options_of(item) if option.code in codes]
            for option in options_of(item):
                if option.code not in codes:
                    excluded.update(option.unchosen_excludes)
        case _:
            marks = []
    for mark in marks:
        observed.update(mark.observes)
        excluded.update(mark.excludes)
    return observed, excluded


def _answered(condition: Condition, response: Response) -> list[str]:
    """The items whose answers make a true condition true."""
    return [test.item for test in reasons(condition, response) if isinstance(test, AnswerTest)]


def statuses(states: Mapping[str, FindingState]) -> dict[str, FindingStatus]:
    """Only the status of each finding."""
    return {finding: state.status for finding, state in states.items()}


class FindingLookup:
    """Findings in front of the answers that they were made from, if they were: what rules about evidence look at."""

    def __init__(self, statuses: Mapping[str, FindingStatus], response: Response | None = None) -> None:
        self._statuses = statuses
        self._response = response

    @property
    def today(self) -> date:
        """The day of the intake; without answers there is none, and nothing asks for it."""
        return self._response.today if self._response else date.min

    def answer(self, item: str) -> Answer | None:
        """The answer that counts; None where nobody answered."""
        return self._response.answer(item) if self._response else None

    def finding(self, finding: str) -> FindingStatus:
        """Status of a finding; one that is not named is unknown."""
        return self._statuses.get(finding, "unknown")
