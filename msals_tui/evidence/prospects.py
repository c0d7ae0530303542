"""What an answer to an open question could still change: the pattern word, or the look-alikes that are named.

Of every question the answers are tried that its conditions and findings can tell apart, one at a time, on top of what is
known now. What an answer would show, and which look-alikes it would name, is kept until something has a say in it.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from msgspec import Struct

from msals_tui.evidence.comparison import Comparison, Known
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import NOTHING, FindingLookup, findings_after
from msals_tui.evidence.pattern import BEFORE_WEIGHTS, leanings, word
from msals_tui.evidence.remembered import Remembered
from msals_tui.evidence.sums import count_group
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import AnswerTest, Condition, FindingStatus, answer_tests
from msals_tui.questionnaire.graph import Test, compiled
from msals_tui.questionnaire.kinds.item import Effort
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response

Moved: TypeAlias = Mapping[str, FindingStatus]
"""The findings that would have another status, and which."""


_AT_THE_BEDSIDE: tuple[Effort, ...] = ("history", "examination")


class _Try(Struct, frozen=True):
    """An answer, and what it shows by itself."""

    answer: Answer
    observed: frozenset[str]
    excluded: frozenset[str]


class _Outcome(Struct, frozen=True):
    """What one answer would show, and whether other look-alikes would be named then."""

    moved: Moved
    renames: bool


class Prospects:
    """Follows the answers to one questionnaire, and is asked what each open question could still change."""

    def __init__(self, evidence: Evidence, now: Known) -> None:
        questionnaire = now.response.questionnaire
        self._evidence, self._questionnaire = evidence, questionnaire
        self._tests = tests_by_item(evidence, questionnaire)
        self._tried: dict[str, Remembered[_Try]] = {}
        self._outcomes: dict[str, Remembered[_Outcome]] = {}
        """By item: every outcome that differs from the others; until something has a say in it that moves."""
        self._asks_of: dict[str, frozenset[str]] | None = None
        self._derived: dict[str, tuple[list[Test], list[Test]]] = {}
        """By finding that several answers show together, once it was looked at: what observes it, and what excludes it."""
        self._directly: dict[str, tuple[bool, bool]] = {}
        self._now = now

    def follow(self, now: Known, changed: Collection[str], moved: Collection[str]) -> None:
        """From here on this holds. Since the last call these items and these findings have changed."""
        for one in chain(changed, moved):
            for item in self._having_a_say.get(one, ()):
                self._outcomes.pop(item, None)
        for name in now.response.asked ^ self._now.response.asked:
            self._outcomes.pop(name, None)
        for item in changed:
            for finding in self._questionnaire.findings_by_item.get(item, ()):
                self._directly.pop(finding, None)
        self._now = now

    def could_change(self, item: str) -> bool:
        """Whether some answer to an item would change the pattern word or the look-alikes that are named."""
        comparison = self._now.comparison
        by_weight = comparison.pattern not in BEFORE_WEIGHTS and not self._is_settled(item, comparison)
        for outcome in self._outcomes_of(item):
            if outcome.renames or (by_weight and self._rewords(outcome.moved, comparison)):
                return True
        return False

    # The look-alikes

    def _outcomes_of(self, item: str) -> "Remembered[_Outcome]":
        if item not in self._outcomes:
            self._outcomes[item] = Remembered(self._try(item))
        return self._outcomes[item]

    def _try(self, item: str) -> Iterator[_Outcome]:
        """What the answers to an item would show, each outcome once."""
        if item not in self._tried:
            self._tried[item] = Remembered(self._tries(item))
        seen = set[object]()
        looked_at = item in self._evidence.look_alikes_of_item
        test = self._questionnaire.item(item).effort not in _AT_THE_BEDSIDE
        for one in self._tried[item]:
            response = self._now.response
            asked = item in response.asked
            after = response.with_answer(item, one.answer) if asked else response.supposing(item, one.answer)
            moved = self._moved(item, one, after)
            told = (tuple(moved.items()), one.answer if looked_at else None)
            if told not in seen and (moved or looked_at):
                seen.add(told)
                yield _Outcome(moved, self._renames(moved, after, to_be_done=test and not asked))

    def _tries(self, item: str) -> Iterator[_Try]:
        """Answers to an item, each that shows something else, or of which conditions say something else."""
        asked, tests, response = self._questionnaire.item(item), self._tests.get(item, ()), self._now.response
        seen = set[object]()
        for answer in asked.tries(self._tests):
            observed, excluded = asked.findings_of(answer)
            # Conditions look at so many parts of a grid that nearly every answer differs to one of them.
            said = answer if asked.has_parts else tuple(one.holds(answer, response) for one in tests)
            told = frozenset(observed), frozenset(excluded - observed), said
            if told not in seen:
                seen.add(told)
                yield _Try(answer, *told[:2])

    def _moved(self, item: str, one: _Try, after: Response) -> Moved:
        """The findings that would have another status."""
        states, questionnaire = self._now.states, self._questionnaire
        if len(after.changed) > 1:  # answers given before would count again
            now = findings_after(states, after)
            by_item = questionnaire.findings_by_item
            touched = {finding for one in after.changed_items for finding in by_item.get(one, ())}
            new = {one: now[one].status for one in touched if one in now}
        else:
            new = {
                finding: self._status(finding, one, after) for finding in questionnaire.findings_by_item.get(item, ())
            }
        return {one: new[one] for one in sorted(new) if new[one] != states.get(one, NOTHING).status}

    def _status(self, finding: str, one: _Try, after: Response) -> FindingStatus:
        """What one finding would be after one more answer. An observation outweighs an exclusion elsewhere."""
        if finding not in self._questionnaire.derived_by_finding:
            before = self._now.states.get(finding, NOTHING)
            observed, excluded = bool(before.observed_by), bool(before.excluded_by)
        else:
            observed, excluded = self._shown(finding)
            observing, excluding = self._rules_of(finding)
            observed = observed or finding in one.observed or any(holds(after) for holds in observing)
            excluded = excluded or (not observed and any(holds(after) for holds in excluding))
        if observed or finding in one.observed:
            return "observed"
        return "excluded" if excluded or finding in one.excluded else "unknown"

    def _rules_of(self, finding: str) -> tuple[list[Test], list[Test]]:
        """What observes a finding that several answers show together, and what excludes it."""
        if finding not in self._derived:
            rules = self._questionnaire.derived_by_finding[finding]
            self._derived[finding] = (
                [compiled(one.observed_when) for one in rules if one.observed_when is not None],
                [compiled(one.excluded_when) for one in rules if one.excluded_when is not None],
            )
        return self._derived[finding]

    def _shown(self, finding: str) -> tuple[bool, bool]:
        """Whether single answers so far observe a finding, and exclude it, beside what several show together."""
        if finding not in self._directly:
            response = self._now.response
            items = (response.counting & self._questionnaire.items_by_finding[finding]).whole()
            shown = [item.findings_of(answer) for item in items if (answer := response.answer(item.id)) is not None]
            self._directly[finding] = any(finding in one for one, _ in shown), any(finding in one for _, one in shown)
        return self._directly[finding]

    def _renames(self, moved: Moved, after: Response, *, to_be_done: bool) -> bool:
        """Whether other look-alikes would be named than now."""
        evidence, comparison = self._evidence, self._now.comparison
        touched = {alike for one in moved for alike in evidence.look_alikes_of_finding.get(one, ())}
        touched |= {alike for one in after.changed_items for alike in evidence.look_alikes_of_item.get(one, ())}
        lookup = FindingLookup({**self._now.statuses, **moved}, after)
        strong = [one for one in evidence.strongly_elsewhere if lookup.finding(one.id) == "observed"]
        pointed = {alike for one in strong for alike in one.look_alikes}
        if not comparison.think_of and any(not one.look_alikes for one in strong) is not _is_nameless(comparison):
            return True
        standings = {one.look_alike.id: one.standing for one in comparison.look_alikes} if to_be_done else {}
        for alike in touched & evidence.look_alikes.keys():
            effects = {rule.effect for rule, holds in evidence.look_alike_rules[alike] if holds(lookup)}
            named = "rules_out" not in effects and ("withhold" in effects or alike in pointed)
            was = alike in comparison.think_of
            # A test that was not done is named for a look-alike that something points to, and never to look for any at all.
            if named is not was and (was or not to_be_done or standings[alike] == "remark"):
                return True
        return False

    @property
    def _having_a_say(self) -> dict[str, frozenset[str]]:
        """By finding, and by item: the items whose outcomes hang on it."""
        if self._asks_of is None:
            says: dict[str, set[str]] = {}
            for item in self._questionnaire.index:
                for one in self._hangs_on(item):
                    says.setdefault(one, set()).add(item)
            self._asks_of = {one: frozenset(items) for one, items in says.items()}
        return self._asks_of

    def _hangs_on(self, item: str) -> set[str]:
        """Every finding and item that has a say in what an answer to this item shows, and in whom it names."""
        evidence, questionnaire = self._evidence, self._questionnaire
        bears = questionnaire.findings_by_item.get(item, frozenset())
        alikes = {alike for one in bears for alike in evidence.look_alikes_of_finding.get(one, ())}
        alikes |= evidence.look_alikes_of_item.get(item, frozenset())
        says = {item, *bears}.union(*(evidence.says_in_look_alike.get(alike, ()) for alike in alikes))
        for finding in bears & questionnaire.derived_by_finding.keys():
            says |= {*questionnaire.items_by_finding[finding]}
        return says

    # The word

    def _rewords(self, moved: Moved, comparison: Comparison) -> bool:
        """Whether the pattern word would be another one, whoever is named."""
        evidence = self._evidence
        statuses = {**self._now.statuses, **moved}
        groups = {evidence.findings[one].group for one in moved if one in evidence.findings}
        counts = {name: count_group(evidence, name, statuses) for name in groups if name is not None}
        may_lean = comparison.may_lean
        if not evidence.needed_to_lean.isdisjoint(moved):
            may_lean = leanings(evidence, FindingLookup(statuses, self._now.response))
        return word(evidence, {**comparison.counts, **counts}, may_lean) != comparison.pattern

    def _is_settled(self, item: str, comparison: Comparison) -> bool:
        """Whether it is plain without a sum that no answer to an item changes the word: one side is far ahead.

        Nothing else is left then than to move the item's own groups from one cap to the other.
        """
        evidence, rules = self._evidence, self._evidence.pattern
        bears = self._questionnaire.findings_by_item.get(item, frozenset()) & evidence.findings.keys()
        groups = {evidence.findings[one].group for one in bears} & {*evidence.core_groups}
        if not evidence.needed_to_lean.isdisjoint(bears):
            return False
        if not groups:
            return True
        first = comparison.core_net_db > 0
        ahead, behind = (evidence.first, evidence.second) if first else (evidence.second, evidence.first)
        if comparison.pattern != f"more_like_{ahead.id}":
            return False
        least = abs(comparison.core_net_db)
        kept, other = [], len(groups)
        for name in evidence.core_groups:
            count = comparison.counts[name]
            told = (count.observed_first_db, count.observed_second_db)
            if name in groups:
                least -= evidence.groups[name].cap_db + (count.total_db if first else -count.total_db)
                continue
            if told[0 if first else 1] >= rules.lean_group_from:
                kept.append(told[0 if first else 1])
            other += told[1 if first else 0] >= rules.lean_group_from
        return (
            least >= max(rules.lean_net_from, rules.mixed_net_below)
            and len(kept) >= rules.lean_groups
            and sum(kept) >= rules.lean_together_from
            and (other < rules.lean_groups or behind.id not in comparison.may_lean)
        )


def _is_nameless(comparison: Comparison) -> bool:
    """Whether the word is withheld with nobody to think of."""
    return comparison.pattern == "withheld" and not comparison.think_of


def tests_by_item(evidence: Evidence, questionnaire: Questionnaire) -> dict[str, tuple[AnswerTest, ...]]:
    """Every comparison that look-alikes and derived findings make with an item, also inside its rounds."""
    conditions: list[Condition] = [rule.when for alike in evidence.look_alikes.values() for rule in alike.rule]
    for derived in questionnaire.derived:
        conditions += [one for one in (derived.observed_when, derived.excluded_when) if one is not None]
    found: dict[str, dict[AnswerTest, None]] = {}
    for test in (test for condition in conditions for test in answer_tests(condition)):
        found.setdefault(test.item, {})[test] = None
    return {item: tuple(tests) for item, tests in found.items()}
