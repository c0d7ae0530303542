"""Which unanswered questions could still change something, and which of them would tell most now.

Named are only questions of which an answer could change the pattern word, the look-alikes to think of, or safety. Safety
first; then what any word waits for; then what would settle a look-alike that holds the word back, since no other answer
lifts that; then cheap before costly, by the expected absolute change of the balance in decibans.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from msals_tui.evidence.comparison import Known
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.prospects import Prospects
from msals_tui.evidence.remembered import Remembered
from msals_tui.evidence.sums import ZERO, Statuses, count_group, known_within, within_reach
from msals_tui.questionnaire.answer import Missing
from msals_tui.questionnaire.condition import AnswerTest, FindingStatus, holds, leaves
from msals_tui.questionnaire.kinds.item import EFFORTS, Effort, Item
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response

_MOST_CHANGES = 2048
"""That are kept."""


class Telling(Struct, frozen=True):
    """A question without an answer, or an examination or test not done, and the change of the balance to expect from it."""

    item: Item
    expected_db: Decimal
    safety: bool
    needed: bool
    """No word is given before it was asked."""
    settles: tuple[str, ...]
    """The look-alikes to think of that it would help to settle."""
    open_at: str
    """The question to open for it: itself, or the one that says whether the examination or test was done."""


def tells_most(evidence: Evidence, now: Known, safety_items: Collection[str]) -> tuple[Telling, ...]:
    """What could still change something, and tells most. `safety_items` are those that could still fire a safety rule."""
    return tuple(Tellings(evidence, now.response.questionnaire).of(now, safety_items))


class Tellings:
    """What would tell most, kept up to date: of many open questions an answer touches few."""

    def __init__(self, evidence: Evidence, questionnaire: Questionnaire) -> None:
        self._evidence, self._questionnaire = evidence, questionnaire
        self._before: Known | None = None
        self._safety_items: Collection[str] = ()
        self._worth: dict[str, Decimal] = {}
        """The change of the balance to expect from each finding."""
        self._open_at: dict[str, str] = {}
        """Every question that could be answered now, and the one to open for it."""
        self._opened_by: dict[tuple[str, Effort], set[str]] = {}
        """The other way round, apart by effort."""
        self._told: dict[str, Telling] = {}
        self._sorted: list[Telling] = []
        self._prospects: Prospects | None = None

    def of(
        self,
        now: Known,
        safety_items: Collection[str],
        *,
        changed: Collection[str] = (),
        moved: Collection[str] = (),
    ) -> "Remembered[Telling]":
        """The tellings now. Since the last call these items have `changed` their answer, and these findings have `moved`.

        Whether a question could change anything is looked at when somebody asks for it, since few are named.
        """
        found = self._evidence.findings
        groups = {found[one].group for one in moved if one in found} - {None}
        weighed = {one.id for group in groups for one in self._evidence.members[group or ""]}
        for finding in weighed:
            self._worth.pop(finding, None)
        items = self._touched(now, safety_items, {*moved, *weighed}, changed)
        self._before, self._safety_items = now, safety_items
        for item in tuple(items):
            items |= self._opened(now.response, item)
        tests = {name: frozenset(self._evidence.look_alikes[name].tests) for name in now.comparison.think_of}
        for item in items:
            old = self._told.pop(item, None)
            if old is not None:
                self._sorted.pop(bisect_left(self._sorted, self._rank(old), key=self._rank))
            if (new := self._telling(now, tests, item)) is not None:
                self._told[item] = new
                insort(self._sorted, new, key=self._rank)
        if self._prospects is None:
            self._prospects = Prospects(self._evidence, now)
        else:
            self._prospects.follow(now, changed, moved)
        could_change = self._prospects.could_change
        return Remembered(one for one in tuple(self._sorted) if one.safety or one.needed or could_change(one.item.id))

    def _rank(self, one: Telling) -> tuple[bool, bool, bool, int, Decimal, int]:
        place, effort = self._questionnaire.index[one.item.id], EFFORTS.index(one.item.effort)
        return not one.safety, not one.needed, not one.settles, effort, -one.expected_db, place

    def _touched(
        self, now: Known, safety_items: Collection[str], moved: Collection[str], changed: Collection[str]
    ) -> set[str]:
        """The items that may tell more or less than before, or may be open now and were not."""
        before, questionnaire = self._before, self._questionnaire
        if before is None:
            return set(questionnaire.graph.ids)
        items = {*changed, *(now.response.asked ^ before.response.asked)}
        for item in tuple(items):
            items.update(questionnaire.graph.dependents_of(item))
        renamed = {*now.comparison.think_of} ^ {*before.comparison.think_of}
        tests = {test for name in renamed for test in self._evidence.look_alikes[name].tests}
        for finding in tests.union(moved):
            items.update(questionnaire.items_by_finding.get(finding, ()))
        items |= {*safety_items} ^ {*self._safety_items}
        for domain in {*now.comparison.not_gated} ^ {*before.comparison.not_gated}:
            items.update(questionnaire.gates.get(domain, ()))
        return items

    def _opened(self, response: Response, name: str) -> set[str]:
        """Notes where an item is opened now; gives those that are opened at the same place, where that changed."""
        item = self._questionnaire.item(name)
        old, new = self._open_at.pop(name, None), _open_at(item, response)
        if new is not None:
            self._open_at[name] = new
        beside: set[str] = set()
        for open_at, put in ((old, set.discard), (new, set.add)) if old != new else ():
            if open_at is not None:
                there = self._opened_by.setdefault((open_at, item.effort), set())
                put(there, name)
                beside |= there
        return beside

    def _telling(self, now: Known, tests: Mapping[str, frozenset[str]], name: str) -> Telling | None:
        """What one item would tell; None if it is not open, or can tell nothing."""
        open_at = self._open_at.get(name)
        if open_at is None:
            return None
        item, told = self._questionnaire.item(name), self._questionnaire.findings_by_item
        bears = told.get(name, frozenset())
        # Of the questions about one test that was passed over, only those that no other tells all of and more.
        others = self._opened_by[open_at, item.effort] if open_at != name else ()
        if any(bears < told.get(other, frozenset()) for other in others):
            return None
        bearing = [
            finding for finding in bears
            if finding in self._evidence.findings and now.statuses.get(finding, "unknown") == "unknown"
        ]  # fmt: skip
        expected = max((self._worth_of(finding, now.statuses) for finding in bearing), default=ZERO)
        safety = name in self._safety_items and open_at == name
        needed = open_at == name and not {*item.gate}.isdisjoint(now.comparison.not_gated)
        settles = tuple(alike for alike, settling in tests.items() if not settling.isdisjoint(bearing))
        if bears or safety or needed or name in self._evidence.look_alikes_of_item:
            return Telling(item, expected, safety, needed, settles, open_at)
        return None

    def _worth_of(self, finding: str, statuses: Statuses) -> Decimal:
        if finding not in self._worth:
            self._worth[finding] = _expected_change(self._evidence, statuses, finding)
        return self._worth[finding]


def _open_at(item: Item, response: Response) -> str | None:
    """Where to open a question without an answer: itself, or what says whether an examination or test was done.

    None for statements, for what was answered, and for what cannot be asked any more.
    """
    if item.id in response.given or not item.is_question:
        return None
    if item.id in response.asked:
        return item.id
    return _asked_stem(item, response) if item.effort != "history" else None


def _asked_stem(item: Item, response: Response) -> str | None:
    """The question on this path that would have to be answered otherwise for a hidden one to be asked.

    That is the one that says whether an examination or a test was done. None if the way is barred by what was found
    (a normal image has no lesions to look into) or by who the person is: neither can be done later.
    """
    tests = leaves(item.enable_when) if item.enable_when is not None else ()
    barring = [one.item for one in tests if isinstance(one, AnswerTest) and not holds(one, response)]
    return barring[0] if barring and all(_can_change(one, response) for one in barring) else None


def _can_change(stem: str, response: Response) -> bool:
    """Whether a question on this path is still open, or only says what was done and tells of no finding."""
    if stem not in response.asked:
        return False
    answer = response.answer(stem)
    return answer is None or isinstance(answer, Missing) or stem not in response.questionnaire.bearing


def _expected_change(evidence: Evidence, statuses: Statuses, finding: str) -> Decimal:
    """Mean of |change| over "observed" and "excluded", weighted by the mean chance of the finding in the two diseases."""
    group = evidence.findings[finding].group
    return _change_of(evidence, finding, known_within(evidence, group, statuses)) if group is not None else ZERO


@lru_cache(_MOST_CHANGES)
def _change_of(evidence: Evidence, finding: str, known: tuple[FindingStatus, ...]) -> Decimal:
    """What a group adds up to hangs on its own findings alone, of which the same few are known in thousands of cases."""
    one = evidence.findings[finding]
    group = one.group or ""
    observed = (one.chance[evidence.first.id] + one.chance[evidence.second.id]) / 2
    statuses: dict[str, FindingStatus] = dict(zip(within_reach(evidence, group), known, strict=True))
    now, seen, not_seen = (
        count_group(evidence, group, one).total_db
        for one in (statuses, statuses | {finding: "observed"}, statuses | {finding: "excluded"})
    )
    return observed * abs(seen - now) + (1 - observed) * abs(not_seen - now)
