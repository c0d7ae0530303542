"""A repeating group line by line: its rounds as a list, and one round question after question.

A round is kept when it is left, in whatever way: also when the conversation ends in the middle of it.
"""

from msals_tui.flow.steps import Ask
from msals_tui.flow.strokes import said_by
from msals_tui.interview.events import Answered
from msals_tui.interview.unconfirmed import Field
from msals_tui.plain.commands import Commands
from msals_tui.plain.kinds import prompt_of
from msals_tui.plain.said_lines import row_name
from msals_tui.plain.talk import Talk
from msals_tui.plain.typed_line import Command, bare_way, command, missing_named
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.group import GroupItem, Row, RowItem, Rows, rows_of

_LATER = ("u", "undo", "r", "redo", "c", "check", "j", "jump", "n", "note")
"""Commands that would leave a round half-entered without going back through it."""


class Rounds:
    """Asks one repeating group."""

    def __init__(self, talk: Talk, commands: Commands, group: GroupItem) -> None:
        self._talk = talk
        self._commands = commands
        self._group = group

    def run(self) -> None:
        """Asks until another question is open, or a safety notice leads back to this one."""
        while self._menu():
            pass

    @property
    def _rows(self) -> tuple[Row, ...]:
        return rows_of(self._talk.session.interview.response.answer(self._group.id))

    def _menu(self) -> bool:
        """The rounds so far and what to do with them; True when the list is to be said anew."""
        talk, group = self._talk, self._group
        talk.present(group, talk.session.interview.response.answer(group.id))
        while True:
            typed = talk.lines.ask(prompt_of(group, talk.voice)).strip()
            told = command(typed)
            if told and (missing := missing_named(group, told.name)) is not None:
                talk.record(group, missing)
                return False
            moved = self._told(told) if told else self._typed(typed)
            if moved is not None:
                return moved

    def _typed(self, typed: str) -> bool | None:
        """Does what a bare number, or no, says; True to say the list again, False when done, else None."""
        match "2" if said_by(typed, self._talk.voice.words) == "no" else typed:
            case "1":
                return self._round(len(self._rows))
            case "2":
                self._talk.record(self._group, Rows(self._rows))
                return False
            case "":
                return False if self._talk.keep(self._group) else None
            case _:
                if (said := bare_way(self._group, typed, self._talk.voice)) is not None:
                    self._talk.lines.say(said)
                else:
                    self._talk.say("plain.no_such_number", typed=typed)
                return None

    def _told(self, told: Command) -> bool | None:
        """The same for a command."""
        if told.name not in ("e", "d"):
            return False if self._commands.do(told, self._group) else None
        number = self._numbered(told.rest)
        if number is None:
            return None
        return self._round(number) if told.name == "e" else self._remove(number)

    def _numbered(self, typed: str) -> int | None:
        """The place of the round of this number, None after saying that there is none."""
        if typed.isdecimal() and 1 <= int(typed) <= len(self._rows):
            return int(typed) - 1
        self._talk.say("plain.no_such_row", typed=typed)
        return None

    def _remove(self, number: int) -> bool:
        rows = self._rows
        self._post((*rows[:number], *rows[number + 1 :]))
        row = row_name(self._group, self._talk.voice)
        self._talk.say("plain.row_gone", row=row, number=number + 1)
        return self._settled()

    def _round(self, number: int) -> bool:
        """Asks one round from its first question; True when the list is to be said next."""
        group, talk = self._group, self._talk
        if number >= group.max_rows:
            talk.say("group.full", count=group.max_rows)
            return True
        answers = dict(self._rows[number].answers) if number < len(self._rows) else {}
        talk.within = Field(group.id, row=number)
        try:
            self._ask_round(answers, number)
        finally:
            talk.within = None
            rows, row = self._rows, group.row_of(answers, talk.session.interview.response)
            if row.answers:
                self._post((*rows[:number], row, *rows[number + 1 :]))
        return self._settled()

    def _ask_round(self, answers: dict[str, Answer], number: int) -> None:
        """Puts the answers of one round into `answers`, question by question."""
        group, talk = self._group, self._talk
        response = talk.session.interview.response
        place = 0
        while place >= 0:
            asked = group.asked_in_row(dict(group.row_of(answers, response).answers), response)
            if place >= len(asked):
                return
            talk.say("plain.in_row", row=row_name(group, talk.voice), number=number + 1)
            talk.present(asked[place], answers.get(asked[place].id))
            place += self._inner(asked[place], answers)

    def _inner(self, item: RowItem, answers: dict[str, Answer]) -> int:
        """Asks one question of a round; 1 to go on, -1 to go back."""
        talk = self._talk
        while True:
            typed = talk.line(item)
            told = command(typed)
            answer: Answer | None = missing_named(item, told.name) if told else None
            if told and answer is None:
                if told.name in ("b", "back"):
                    return -1
                if told.name in _LATER:
                    talk.say("plain.row_first")
                else:
                    talk.answer_about(told, item)
                continue
            if not typed.strip() and talk.doubtful():
                continue
            if not typed.strip():
                answer = answers.get(item.id)
                if answer is None:
                    talk.say("fault.choose")
            elif answer is None:
                answer = talk.read(item, typed)
            if answer is not None:
                answers[item.id] = answer
                talk.session.keep_typed(talk.field(item), "")
                talk.say_recorded(item, answer)
                return 1

    def _post(self, rows: tuple[Row, ...]) -> None:
        self._talk.take(Answered(self._group.id, Rows(rows)))

    def _settled(self) -> bool:
        """Whether nothing comes before the list of rounds."""
        return isinstance(self._talk.step, Ask)
