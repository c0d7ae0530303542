"""Which unanswered questions would tell most now.

Safety first; then what would settle a look-alike that holds the word back, since no other answer lifts that; then cheap
before costly, by the expected absolute change of the balance in decibans.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.sums import ZERO, total_of
from msals_tui.questionnaire.answer import Missing
from msals_tui.questionnaire.condition import AnswerTest, FindingStatus, holds, leaves
from msals_tui.questionnaire.model import EFFORTS, Item, Questionnaire, StatementItem
from msals_tui.questionnaire.response import Response

LEAST_DB = Decimal(1)
"""Below one deciban a question is not worth naming: that is half a cell of the panel."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A question without an answer, or an examination or test not done, and the change of the balance to expect from it."""

    item: Item
    expected_db: Decimal
    safety: bool
    settles: tuple[str, ...]
    """The look-alikes to think of that it would help to settle."""
    open_at: str
    """The question to open for it: itself, or the one that says whether the examination or test was done."""


def tells_most(
    evidence: Evidence,
    response: Response,
    statuses: Mapping[str, FindingStatus],
    safety_items: Collection[str],
    think_of: Collection[str] = (),
) -> tuple[Telling, ...]:
    """What would tell most. `think_of` are the ids of the look-alikes that the comparison names."""
    bearing: dict[str, list[str]] = {}
    for finding, items in response.questionnaire.items_by_finding.items():
        if finding in evidence.findings and statuses.get(finding, "unknown") == "unknown":
            for item_id in items:
                bearing.setdefault(item_id, []).append(finding)
    named = dict.fromkeys(finding for findings in bearing.values() for finding in findings)
    worth = {finding: _expected_change(evidence, statuses, finding) for finding in named}
    telling = []
    for item, open_at in _without_parts(list(_open_items(response)), response.questionnaire):
        expected = max((worth[finding] for finding in bearing.get(item.id, ())), default=ZERO)
        safety = item.id in safety_items and open_at == item.id
        settles = tuple(
            name for name in think_of if not set(bearing.get(item.id, ())).isdisjoint(evidence.look_alikes[name].tests)
        )
        if expected >= LEAST_DB or safety or settles:
            telling.append(Telling(item, expected, safety, settles, open_at))
    telling.sort(key=lambda one: (not one.safety, not one.settles, EFFORTS.index(one.item.effort), -one.expected_db))
    return tuple(telling)


def _without_parts(found: list[tuple[Item, str]], questionnaire: Questionnaire) -> Iterator[tuple[Item, str]]:
    """Of the questions about one test that was passed over, those that no other tells all of and more."""
    told = {
        item.id: {finding for finding, items in questionnaire.items_by_finding.items() if item.id in items}
        for item, _ in found
    }
    for item, open_at in found:
        others = (other for other, at in found if at == open_at != item.id and other.effort == item.effort)
        if not any(told[item.id] < told[other.id] for other in others):
            yield item, open_at


def _open_items(response: Response) -> Iterator[tuple[Item, str]]:
    """Unanswered questions of this path, and examinations and tests that were passed over, each with where to open it."""
    for item in response.questionnaire.items:
        if item.id in response.given or isinstance(item, StatementItem):
            continue
        if item.id in response.asked:
            yield item, item.id
        elif item.effort != "history" and (stem := _asked_stem(item, response)) is not None:
            yield item, stem


def _asked_stem(item: Item, response: Response) -> str | None:
    """The question on this path that would have to be answered otherwise for a hidden one to be asked.

    That is the one that says whether an examination or a test was done. None where the way is barred by what was found
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


def _expected_change(evidence: Evidence, statuses: Mapping[str, FindingStatus], finding: str) -> Decimal:
    """Mean of |change| over "observed" and "excluded", weighted by the mean chance of the finding in the two diseases."""
    one = evidence.findings[finding]
    if one.group is None:
        return ZERO
    observed = (one.chance[evidence.first.id] + one.chance[evidence.second.id]) / 2
    # What a group adds up to hangs on its own findings alone.
    known: dict[str, FindingStatus] = {
        member.id: statuses.get(member.id, "unknown") for member in evidence.members[one.group]
    }
    now = total_of(evidence, one.group, known)
    change_seen = abs(total_of(evidence, one.group, known | {finding: "observed"}) - now)
    change_not = abs(total_of(evidence, one.group, known | {finding: "excluded"}) - now)
    return observed * change_seen + (1 - observed) * change_not
