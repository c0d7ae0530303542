"""From answers to findings: observed, excluded or unknown, and which answers said so."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.condition import Condition, FindingStatus, holds, items_of, reasons
from msals_tui.questionnaire.graph import Items
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import Derived
from msals_tui.questionnaire.response import Response

Unknown: TypeAlias = Literal["not_known", "not_asked"]


class FindingState(Struct, frozen=True):
    """What the answers say about one finding."""

    status: FindingStatus
    observed_by: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()
    asked: bool = False
    """Some question that bears on it was asked: it has a value, or "not sure", "rather not say" or a result still to come."""
    set_aside: tuple[str, ...] = ()
    """The consistency rules for which it counts for nothing now, whatever answers say of it."""

    @property
    def conflict(self) -> bool:
        """Answers contradict each other; what was observed counts."""
        return bool(self.observed_by and self.excluded_by)


NOTHING = FindingState("unknown")
_NOT_ASKED = Missing(MissingCode.NOT_ASKED)


def findings_of(response: Response) -> dict[str, FindingState]:
    """State of every finding that the questionnaire can show. An observation outweighs an exclusion elsewhere."""
    questionnaire = response.questionnaire
    states = _states(response, response.counting.whole(), questionnaire.derived, questionnaire.items_by_finding)
    return states | _disputed(states, questionnaire.disputes.rules, response)


def findings_after(states: Mapping[str, FindingState], response: Response) -> dict[str, FindingState]:
    """The states once the answers in `response.changed` are what they are, from the `states` before that.

    The same as `findings_of`, at the cost of what these answers bear on.
    """
    questionnaire, now = response.questionnaire, dict(states)
    counting, place = response.counting, questionnaire.index
    derived: dict[str, Items] = {}
    moved: set[str] = set()
    for number in response.changed:
        item = questionnaire.items[number]
        moved |= questionnaire.findings_by_item.get(item.id, frozenset())
        moved |= questionnaire.disputes.by_item.get(item.id, frozenset())
        seen, ruled_out = _read(item, response.answer(item.id))
        for finding in questionnaire.findings_by_item.get(item.id, ()):
            bearing = questionnaire.items_by_finding[finding]
            if finding in questionnaire.derived_by_finding:
                derived[finding] = bearing
                continue
            old = now[finding]
            now[finding] = _state(
                _placed(old.observed_by, item.id, place, there=finding in seen),
                _placed(old.excluded_by, item.id, place, there=finding in ruled_out),
                asked=_asked(response, counting & bearing),
            )
    if derived:
        # What several answers show together is put together anew, from the answers that bear on it.
        items = (counting & {item for bearing in derived.values() for item in bearing}).whole()
        rules = [rule for finding in derived for rule in questionnaire.derived_by_finding[finding]]
        now |= _states(response, items, rules, derived)
    return now | _disputed(now, moved & questionnaire.disputes.rules.keys(), response)


def _disputed(
    states: Mapping[str, FindingState], findings: Iterable[str], response: Response
) -> dict[str, FindingState]:
    """The states of those of these findings that answers show, or that answers which do not fit together take away."""
    rules, found = response.questionnaire.disputes.rules, {}
    for finding in findings:
        if (state := states.get(finding)) is not None:
            held = tuple(rule.id for rule, holds in rules[finding] if holds(response))
            found[finding] = _state(state.observed_by, state.excluded_by, asked=state.asked, set_aside=held)
    return found


def _states(
    response: Response, items: Iterable[Item], rules: Iterable[Derived], bearing: Mapping[str, Items]
) -> dict[str, FindingState]:
    """The states of the findings in `bearing`, from the answers to these items and by these rules."""
    observed: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    for item in items:
        seen, ruled_out = _read(item, response.answer(item.id))
        for finding in seen:
            observed.setdefault(finding, []).append(item.id)
        for finding in ruled_out:
            excluded.setdefault(finding, []).append(item.id)
    for rule in rules:
        for condition, into in ((rule.observed_when, observed), (rule.excluded_when, excluded)):
            if condition is not None and holds(condition, response):
                into.setdefault(rule.finding, []).extend(_answered(condition, response))
    counting = response.counting
    return {
        finding: _state(
            tuple(dict.fromkeys(observed.get(finding, ()))),
            tuple(dict.fromkeys(excluded.get(finding, ()))),
            asked=_asked(response, counting & borne_by),
        )
        for finding, borne_by in bearing.items()
    }


def _state(
    observed_by: tuple[str, ...], excluded_by: tuple[str, ...], *, asked: bool, set_aside: tuple[str, ...] = ()
) -> FindingState:
    status: FindingStatus = (
        "unknown" if set_aside else "observed" if observed_by else "excluded" if excluded_by else "unknown"
    )
    return FindingState(status, observed_by, excluded_by, asked, set_aside)


def _asked(response: Response, items: Items) -> bool:
    """Whether one of these items, which have answers, was really asked."""
    return any(response.answer(item) != _NOT_ASKED for item in items)


def _placed(items: tuple[str, ...], item: str, place: Mapping[str, int], *, there: bool) -> tuple[str, ...]:
    """Items in the order in which they are asked, with or without this one."""
    if (item in items) is there:
        return items
    if not there:
        return tuple(one for one in items if one != item)
    at = bisect(items, place[item], key=place.__getitem__)
    return (*items[:at], item, *items[at:])


def _read(item: Item, answer: Answer | None) -> tuple[Set[str], Set[str]]:
    """The findings that an item's answer observes, and those that it excludes and does not observe."""
    if answer is None or isinstance(answer, Missing):
        return frozenset(), frozenset()
    seen, ruled_out = item.findings_of(answer)
    return seen, ruled_out - seen


def _answered(condition: Condition, response: Response) -> list[str]:
    """The items whose answers make a true condition true."""
    return [item for test in reasons(condition, response) for item in items_of(test) if item in response.asked]


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
        """The answer that counts; None if nobody answered."""
        return self._response.answer(item) if self._response else None

    def withdrawn_answer(self, item: str) -> Answer | None:
        """The answer that is kept and counts for nothing; None if nobody answered."""
        return self._response.withdrawn_answer(item) if self._response else None

    def finding(self, finding: str) -> FindingStatus:
        """Status of a finding; one that is not named is unknown."""
        return self._statuses.get(finding, "unknown")
