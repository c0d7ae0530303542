"""The commands that move or change the interview: back, undo, redo, check, jump, note."""

from collections.abc import Sequence

from msals_tui.interview.events import Back, Jump, Noted, Redo, Undo
from msals_tui.interview.interview import Change
from msals_tui.plain.said_lines import path_items, question_of, said_answer
from msals_tui.plain.talk import Talk
from msals_tui.plain.typed_line import Command
from msals_tui.questionnaire.kinds.item import Item


class Commands:
    """Does what a line with a colon says."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._session = talk.session

    def do(self, told: Command, item: Item | None) -> bool:
        """Does a command; True when another question is open after it, or this one must be said anew."""
        interview = self._session.interview
        match told.name:
            case "b" | "back":
                self._talk.take(Back())
            case "u" | "undo":
                return self._alter(Undo(), interview.done, "plain.taken_back", "fault.nothing_to_undo")
            case "r" | "redo":
                return self._alter(Redo(), interview.undone, "plain.given_again", "fault.nothing_to_redo")
            case "c" | "check":
                self._talk.take(Jump(None))
            case "j" | "jump":
                return self.jump(told.rest or self._talk.ask("plain.jump").strip())
            case "n" | "note" if item is not None:
                self._note(item, told.rest)
                return False
            case _:
                self._talk.answer_about(told, item)
                return False
        return True

    def jump(self, wanted: str) -> bool:
        """Opens the question of this number or id; False after saying that there is none."""
        interview = self._session.interview
        numbers = {str(number): item.id for number, item in enumerate(path_items(interview), 1)}
        target = numbers.get(wanted, wanted)
        if target not in interview.response.asked:
            self._talk.say("plain.no_such_question", typed=wanted)
            return False
        self._talk.take(Jump(target, come_back=target != interview.position))
        return True

    def _alter(self, event: Undo | Redo, changes: Sequence[Change], done: str, nothing: str) -> bool:
        """Undo or redo, said with the answer that was taken back or given again."""
        if not changes:
            self._talk.say(nothing)
            return False
        item = self._session.content.questionnaire.item(changes[-1].item)
        answer = said_answer(item, changes[-1].after, self._talk.voice)
        self._talk.take(event)
        self._talk.say(done, question=question_of(item, self._talk.voice), answer=answer)
        return True

    def _note(self, item: Item, text: str) -> None:
        before = self._session.interview.notes.get(item.id, "")
        if not text:
            if before:
                self._talk.say("plain.note_now", note=before)
            text = self._talk.ask("plain.note_ask")
        if text.strip():
            note = "" if text.strip() == "-" else self._talk.cleaned_note(text)
            self._talk.take(Noted(item.id, note))
            self._talk.say("plain.note_kept" if note else "plain.note_gone")
