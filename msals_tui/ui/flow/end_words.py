"""What is said at the terminal once the screen is gone."""

from collections.abc import Callable

from msals_tui.errors import MsalsError
from msals_tui.flow.outcome import Failed, Nothing, Outcome, Printed, Rescued, Unattended, Written
from msals_tui.questionnaire.words import Words
from msals_tui.text import for_screen
from msals_tui.ui.terminal.modes import WIPED


def end_words(outcome: Outcome, words: Words, *, patient: bool) -> str:
    """Sentences for the end of a run, each on a line of its own; "" where there is nothing to say."""

    def say(key: str, **values: object) -> str:
        return for_screen(words(key, **values)) + "\n"

    match outcome:
        case Nothing():
            return ""
        case Written(handed):
            if handed.path is None:
                return handed.text
            return say("summary.saved", path=str(handed.path)) + (sentence(handed.fault, words) if handed.fault else "")
        case Rescued():
            return _rescued(outcome, words, say, patient=patient)
        case Printed(text, fault):
            return text + "\n" + sentence(fault, words)
        case Failed(fault):
            return sentence(fault, words)
        case Unattended(before):
            return WIPED + (end_words(before, words, patient=patient) if before is not None else say("lock.ended"))


def _rescued(outcome: Rescued, words: Words, say: Callable[..., str], *, patient: bool) -> str:
    """How to go on with a draft, or where else the answers are."""
    if outcome.kept is not None:
        return say("leave_patient.kept") if patient else say("leave.kept", id=outcome.kept[:8])
    if outcome.part is not None:
        return say("summary.saved", path=str(outcome.part))
    if outcome.refused is not None:
        return sentence(outcome.refused, words)
    return say("leave.lost", why=outcome.fault.said(words) if outcome.fault is not None else "")


def sentence(fault: MsalsError, words: Words) -> str:
    """A fault as a line that a terminal cannot obey."""
    return for_screen(fault.said(words)) + "\n"
