"""One interview as a value, and the one function that moves it: `transition(interview, event)`.

Invariants: the position is an item that is asked on this path, or None (the check-answers page). Answers are never
lost: one whose item is no longer asked stays in `response.given` and counts for nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from msals_tui.errors import MsalsError
from msals_tui.interview.events import NOTE_LENGTH, Answered, Back, Event, Jump, Next, Noted, Redo, Undo
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response

Refusal: TypeAlias = Literal["unanswered", "not_asked", "unknown", "too_long"]


class Refused(MsalsError):
    """The event is not possible here; `reason` is the key of the sentence that says why."""

    def __init__(self, reason: Refusal, item: str) -> None:
        self.reason = reason
        super().__init__(reason, where=item)


class Change(Struct, frozen=True):
    """One answer that was given or altered, so that it can be undone."""

    item: str
    before: Answer | None
    after: Answer
    recheck: frozenset[str]
    """The marks as they were before it; of one that was undone, as they were before that."""


class Detour(Struct, frozen=True):
    """A question was opened out of turn; Continue leads back to `origin` after the questions in `called_up`.

    Where `origin` is no longer asked, it leads to the next question behind it.
    """

    origin: str | None
    called_up: tuple[str, ...] = ()


class Interview(Struct, frozen=True):
    """Where an interview stands."""

    response: Response
    position: str | None
    notes: Mapping[str, str] = field(default_factory=dict)
    recheck: frozenset[str] = frozenset()
    """Answered items whose answer may have changed its meaning because an earlier one was altered."""
    detour: Detour | None = None
    came_from: str | None = None
    """The question from which somebody looked ahead at the check-answers page; Back leads there."""
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    @classmethod
    def start(cls, questionnaire: Questionnaire, today: date) -> "Interview":
        """An interview before its first answer."""
        response = Response(questionnaire, today, {})
        return cls(response, response.asked.first())

    @classmethod
    def restored(cls, response: Response, notes: Mapping[str, str], recheck: frozenset[str]) -> "Interview":
        """An interview with answers given before, open at the first question without one."""
        return cls(response, response.open.first(), notes, recheck.intersection(response.counting))

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.response.questionnaire

    @property
    def item(self) -> Item | None:
        """The question that is open, or None on the check-answers page."""
        return None if self.position is None else self.questionnaire.item(self.position)


def altered(event: Event, before: Interview, after: Interview) -> str | None:
    """The item whose answer an event gave, altered or took away; None if it did not."""
    match event:
        case Answered(item, _):
            pass
        case Undo() if before.done:
            item = before.done[-1].item
        case Redo() if before.undone:
            item = before.undone[-1].item
        case _:
            return None
    return item if before.response.given.get(item) != after.response.given.get(item) else None


def transition(interview: Interview, event: Event) -> Interview:
    """The interview after an event. Raises Refused when the event is not possible; the interview is then unchanged."""
    match event:
        case Answered(item, answer):
            return _answer(interview, item, answer)
        case Noted(item, text):
            return _note(interview, item, text)
        case Next():
            return _next(interview)
        case Back():
            return _back(interview)
        case Jump(item, come_back):
            return _jump(interview, item, come_back=come_back)
        case Undo():
            return _undo(interview)
        case Redo():
            return _redo(interview)
        case _:
            assert_never(event)


def _note(interview: Interview, item: str, text: str) -> Interview:
    if item not in interview.questionnaire.index:
        raise Refused("unknown", item)
    if len(text) > NOTE_LENGTH:
        raise Refused("too_long", item)
    notes = {**interview.notes, item: text} if text else {k: v for k, v in interview.notes.items() if k != item}
    return replace(interview, notes=notes)


def _answer(interview: Interview, item: str, answer: Answer) -> Interview:
    if item not in interview.response.asked:
        raise Refused("not_asked", item)
    before = interview.response.given.get(item)
    if before == answer:
        return _looked_at(interview, item)
    changed = _with_answer(interview, item, answer)
    change = Change(item, before, answer, interview.recheck)
    return replace(changed, done=(*interview.done, change), undone=())


def _with_answer(interview: Interview, item: str, answer: Answer | None) -> Interview:
    """The interview with one answer put in or (None) taken out, marks and detour brought up to date."""
    old = interview.response
    new = old.with_answer(item, answer)
    came = new.asked - old.asked
    detour = interview.detour
    if detour is not None:
        pending = new.asked & {*detour.called_up, *(came & new.open)}
        detour = replace(detour, called_up=tuple(pending))
    position = interview.position
    if position is not None and position not in new.asked:
        position = item
    recheck = interview.recheck | (came & new.counting)
    if item in old.given:
        recheck |= new.counting & old.questionnaire.graph.dependents_of(item)
    recheck = frozenset(one for one in recheck if one in new.counting and one != item)
    if recheck == interview.recheck:
        recheck = interview.recheck  # every change keeps the marks before it: one set of them does for all
    return replace(interview, response=new, detour=detour, position=position, recheck=recheck)


def _looked_at(interview: Interview, item: str) -> Interview:
    """The interview without the mark of one item, which somebody looked at."""
    return replace(interview, recheck=interview.recheck - {item}) if item in interview.recheck else interview


def _next(interview: Interview) -> Interview:
    item, response = interview.item, interview.response
    if item is None:
        return interview
    if item.id not in response.given and item.is_question:
        raise Refused("unanswered", item.id)
    interview = _looked_at(interview, item.id)
    detour = interview.detour
    if detour is None:
        return replace(interview, position=response.asked.after(item.id), came_from=None)
    for called in detour.called_up:
        if called not in response.given:
            return replace(interview, position=called)
    origin = detour.origin
    if origin is not None and origin not in response.asked:
        origin = response.asked.after(origin)
    return replace(interview, position=origin, detour=None)


def _back(interview: Interview) -> Interview:
    """One question back; from the check-answers page to where it was opened, or to the last; from the first nowhere."""
    response = interview.response
    if interview.position is None:
        origin = interview.came_from if interview.came_from in response.asked else response.asked.last()
        return replace(interview, position=origin, detour=None, came_from=None)
    before = response.asked.before(interview.position)
    return interview if before is None else replace(interview, position=before)


def _jump(interview: Interview, item: str | None, *, come_back: bool) -> Interview:
    if item is not None and item not in interview.response.asked:
        raise Refused("not_asked", item)
    detour = None
    if come_back and item is not None:
        # A jump within a detour is part of it: Continue still leads to where the first one began, and asks what was
        # called up on the way. Whoever jumps to where it began has come back.
        detour = interview.detour or Detour(interview.position)
        detour = None if detour.origin == item else detour
    came_from = interview.position or interview.came_from if item is None else interview.came_from
    return replace(interview, position=item, detour=detour, came_from=came_from)


def _undo(interview: Interview) -> Interview:
    if not interview.done:
        return interview
    *done, last = interview.done
    undone = replace(_with_answer(interview, last.item, last.before), recheck=last.recheck)
    last = replace(last, recheck=interview.recheck)  # the marks to which redo leads back
    return replace(_at(undone, last.item), done=tuple(done), undone=(*interview.undone, last))


def _redo(interview: Interview) -> Interview:
    if not interview.undone:
        return interview
    *undone, last = interview.undone
    redone = replace(_with_answer(interview, last.item, last.after), recheck=last.recheck)
    last = replace(last, recheck=interview.recheck)  # somebody may have looked at what was marked since
    return replace(_at(redone, last.item), done=(*interview.done, last), undone=tuple(undone))


def _at(interview: Interview, item: str) -> Interview:
    """The interview opened at an item; undo and redo only ever name items that were asked when they were answered."""
    return replace(interview, position=item if item in interview.response.asked else None, detour=None)
