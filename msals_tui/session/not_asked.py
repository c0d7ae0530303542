"""Answers of a file that count for nothing, since what they answer is not asked: which, on what condition, and what holds."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from msals_tui.questionnaire.answer import Answer, Missing
from msals_tui.questionnaire.condition import All, AnswerTest, Condition, Lookup, RowLookup, holds, leaves
from msals_tui.questionnaire.kinds.group import GroupItem, rows_of
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.words import Words
from msals_tui.report.condition_words import condition_words


class NotAsked(Struct, frozen=True):
    """One answer that was given and counts for nothing."""

    item: str
    condition: Condition
    """What would have to hold for it to be asked, as far as it does not."""
    instead: tuple[tuple[str, Answer | None, bool], ...]
    """The items that the condition looks at: each with the answer that counts, and whether another was given that does not."""
    group: str = ""
    """The group that it is asked in, if it is."""
    round: int = 0
    """Its round there, from 1."""

    @property
    def name(self) -> str:
        """The item, within its group."""
        return f"{self.group}.{self.item}" if self.group else self.item

    def said(self, words: Words) -> str:
        """All of it in words, by ids and codes, as whoever wrote the file knows them."""
        item = (
            words("replay.in_round", group=self.group, number=self.round, item=self.item) if self.group else self.item
        )
        instead = words("condition.and").join(_instead(*one, words) for one in self.instead)
        return words(
            "replay.not_asked_since", item=item, condition=condition_words(self.condition, words), instead=instead
        )


def _instead(item: str, answer: Answer | None, given: bool, words: Words) -> str:  # noqa: FBT001 - as it stands in `instead`
    if answer is None:
        return words("replay.itself_not_asked" if given else "condition.unanswered", item=item)
    if isinstance(answer, Missing):
        return words("condition.missing", item=item, value=words(f"missing.{answer.code}"))
    value = words("condition.comma").join(answer.codes) or answer.number
    return words("condition.answered", item=item) if value is None else words("condition.is", item=item, value=value)


def not_asked(response: Response) -> tuple[NotAsked, ...]:
    """The answers that were given to items that are not asked, in order."""
    given = response.given
    return tuple(
        _told(item.id, item.enable_when, response, given)
        for item in response.withdrawn()
        if item.enable_when is not None
    )


def left_out_of_rounds(
    group: GroupItem, written: tuple[Mapping[str, Answer], ...], kept: Answer, around: Lookup
) -> Iterator[NotAsked]:
    """What was written in rounds and does not apply in them; `written` and the rounds that were kept go side by side."""
    inner = {one.id: one for one in group.items}
    for number, (answers, row) in enumerate(zip(written, rows_of(kept), strict=True), 1):
        here = RowLookup(dict(row.answers), around)
        for name in answers:
            condition = inner[name].enable_when
            if row.get(name) is None and condition is not None:
                told = _told(name, condition, here, answers)
                yield NotAsked(told.item, told.condition, told.instead, group.id, number)


def _told(item: str, condition: Condition, lookup: Lookup, given: Mapping[str, Answer]) -> NotAsked:
    unmet = _unmet(condition, lookup)
    names = dict.fromkeys(test.item for test in leaves(unmet) if isinstance(test, AnswerTest))
    instead = ((name, answer := lookup.answer(name), answer is None and given.get(name) is not None) for name in names)
    return NotAsked(item, unmet, tuple(instead))


def _unmet(condition: Condition, lookup: Lookup) -> Condition:
    """The parts of a condition that do not hold."""
    if not isinstance(condition, All):
        return condition
    parts = tuple(_unmet(part, lookup) for part in condition.all if not holds(part, lookup))
    return parts[0] if len(parts) == 1 else All(all=parts)
