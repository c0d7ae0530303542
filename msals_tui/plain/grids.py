"""A grid line by line: one row after the other. What was marked is kept in whatever way it is left."""

import re

from msals_tui.flow.steps import Ask
from msals_tui.flow.strokes import said_by
from msals_tui.interview.events import Answered
from msals_tui.plain.commands import Commands
from msals_tui.plain.said_lines import hidden
from msals_tui.plain.talk import Talk
from msals_tui.plain.typed_line import Command, bare_way, command
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.kinds.grid import OTHERS, GridItem
from msals_tui.questionnaire.kinds.group import NO_ROWS

_UNKNOWN = "?"
_WHOLE = "*"
"""Behind a way not to answer: it holds of the whole question."""


class GridTurn:
    """Asks one grid."""

    def __init__(self, talk: Talk, commands: Commands, item: GridItem) -> None:
        self._talk, self._commands, self._item = talk, commands, item
        answer = talk.session.interview.response.answer(item.id)
        shown = answer is not None and not hidden(item, talk.voice)
        self._chosen = item.chosen_in(answer) if answer is not None and shown else frozenset()
        self._before = self._chosen

    def run(self) -> None:
        """Asks until another question is open, or a safety notice leads back to this one."""
        talk, item = self._talk, self._item
        talk.present(item, talk.session.interview.response.answer(item.id))
        try:
            moved = self._rows()
        except BaseException:
            self._keep()
            raise
        answer = item.made(self._chosen, NO_ROWS)
        if moved:
            return
        if answer is None or self._chosen == self._before:
            talk.keep(item)
        else:
            talk.record(item, answer)

    def _rows(self) -> bool:
        """Asks the rows; True when another question is open after it."""
        at, rows = 0, self._item.rows
        while 0 <= at < len(rows):
            self._say_row(at)
            typed = self._talk.ask("plain.grid_prompt").strip()
            told = command(typed)
            if told is None:
                said = said_by(typed, self._talk.voice.words)
                if said is not None and self._item.worded(said) == OTHERS:
                    self._chosen = self._item.picked(self._chosen, OTHERS)
                    return False
                at += self._typed(rows[at].code, typed)
            elif (missing := self._item.missing_keyed(told.name.removesuffix(_WHOLE))) is not None:
                if told.name.endswith(_WHOLE):
                    self._talk.record(self._item, Missing(missing))
                    return True
                unknown = dict.fromkeys(self._item.codes, missing)
                self._chosen = self._item.with_row(self._chosen, rows[at].code, (), unknown)
                at += 1
            elif told.name in ("b", "back") and at:
                at -= 1
            elif self._told(told):
                return True
        return False

    def _say_row(self, at: int) -> None:
        item, voice = self._item, self._talk.voice
        row = item.rows[at]
        said = item.row_said(row.code, self._chosen, voice.words, patient=voice.patient)
        answer = said or voice.words("answer.none_yet")
        self._talk.say(
            "plain.grid_row",
            row=row.words_for(patient=voice.patient),
            number=at + 1,
            total=len(item.rows),
            answer=answer,
        )

    def _told(self, told: Command) -> bool:
        """Does another command; what was marked is kept first where it may lead away."""
        self._keep()
        return not isinstance(self._talk.step, Ask) or self._commands.do(told, self._item)

    def _keep(self) -> None:
        answer = self._item.made(self._chosen, NO_ROWS)
        if answer is not None and self._chosen != self._before:
            self._talk.take(Answered(self._item.id, answer))
            self._before = self._chosen

    def _typed(self, row: str, typed: str) -> int:
        """Marks a row; 1 to go on to the next, 0 after saying why it cannot be."""
        if not typed:
            return 1
        item = self._item
        if (said := bare_way(item, typed, self._talk.voice)) is not None:
            self._talk.lines.say(said)
            return 0
        numbers = dict(zip("12345", item.codes, strict=False))
        parts = [part for part in re.split(r"[\s,;]+", typed) if part]
        marks = [numbers.get(part.removeprefix(_UNKNOWN), "") for part in parts]
        if any(mark not in item.marks_in(row) for mark in marks):
            self._talk.say("plain.no_such_number", typed=typed)
            return 0
        seen = {mark for part, mark in zip(parts, marks, strict=True) if not part.startswith(_UNKNOWN)}
        unknown = dict.fromkeys({*marks} - seen, MissingCode.NOT_ASKED)
        if len(seen) > 1 and (not item.several or item.normal in seen):
            self._talk.say("plain.one_only")
            return 0
        if not seen and item.normal:
            seen = {item.normal}
        self._chosen = item.with_row(self._chosen, row, tuple(seen), unknown)
        return 1
