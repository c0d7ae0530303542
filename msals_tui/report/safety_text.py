"""How a safety matter stands, and what happened to it, in words."""

from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.words import Words
from msals_tui.report.document import SafetyEntry
from msals_tui.safety.history import Happened


def decided_in_words(entry: SafetyEntry, words: Words) -> str:
    """What was decided; where nothing was, that nobody has decided, and what there is instead."""
    match entry.state:
        case "open":
            newer = "newer_answers" if entry.choice is not None else "open"
            return words(f"safety.state.{'mistake' if entry.called_mistake else newer}")
        case "no_decision_needed":
            return words("safety.state.no_decision_needed")
        case decided:
            return words(f"safety.choice.{decided}")


def happened_in_words(one: Happened, asked: Questionnaire, words: Words) -> str:
    """One thing that happened to a rule, with the answer that did it."""
    if one.item is None:
        return words(f"safety.history.{one.what}")
    item = asked.item(one.item)
    if one.answer is None:
        return words(f"safety.history.{one.what}_taken_back", question=item.ask)
    return words(f"safety.history.{one.what}", question=item.ask, answer=item.said(one.answer, words))
