"""What is said of the last answer: what happened to it, and in which direction it speaks."""

from msals_tui.evidence.comparison import Known
from msals_tui.evidence.evidence import Evidence
from msals_tui.interview.last import Last
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words


def last_text(words: Words, evidence: Evidence, now: Known, last: Last | None) -> str:
    """The last answer in words: its direction first and then the answer, which no line cuts off, and its question last."""
    if last is None:
        return words("last.nothing")
    item = now.response.questionnaire.item(last.item)
    said, before = _said(item, last.said, words), _said(item, last.before, words)
    if last.happened == "taken_back":
        key = "last.taken_back" if last.before is None else "last.taken_back_to"
        return words(key, question=item.ask, answer=said, before=before)
    effect = (
        words("last.not_asked") if last.item not in now.response.asked else _effect(words, evidence, now, last.item)
    )
    return words(f"last.{last.happened}", effect=effect, question=item.ask, answer=said, before=before)


def _effect(words: Words, evidence: Evidence, now: Known, item: str) -> str:
    from msals_tui.evidence.effect import effect_of

    effect = effect_of(evidence, now, item)
    if effect.side is not None:
        return words(f"last.towards.{effect.size}", side=effect.side.short)
    return words("last.elsewhere" if effect.elsewhere else "last.neither")


def _said(item: Item, answer: Answer | None, words: Words) -> str:
    """An answer on one line; somebody's own words stand elsewhere."""
    if answer is None:
        return words("answer.none_yet")
    return words("last.own_words") if answer.own_words is not None else item.said(answer, words)
