"""A sitting line by line: its questions, the interruptions for safety, and the check-answers page."""

from collections.abc import Callable, Mapping
from typing import cast

from msals_tui.flow.steps import Accepted, Ask, Check, Closed, Decide, Finish, Preview, Step
from msals_tui.plain.commands import Commands
from msals_tui.plain.grids import GridTurn
from msals_tui.plain.rounds import Rounds
from msals_tui.plain.said_lines import answer_list, head, typed_lines
from msals_tui.plain.talk import Talk
from msals_tui.plain.typed_line import command, missing_named
from msals_tui.questionnaire.dates.said import describe_day
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import GroupItem
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.records.overview import safety_lines

TURNS: Mapping[str, Callable[[Talk, Commands, Item], Rounds | GridTurn]] = {
    "group": lambda talk, commands, item: Rounds(talk, commands, cast(GroupItem, item)),
    "grid": lambda talk, commands, item: GridTurn(talk, commands, cast(GridItem, item)),
}
"""What asks the kinds that take more than one line, by type."""

TALKED = Ask | Decide | Check | Preview
"""The steps of a sitting that are talked through here."""


class Conversation:
    """Talks through the steps of one sitting."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._commands = Commands(talk)
        self._warned = False
        """Whether somebody who is about to finish knows that questions are open."""

    def shown(self, step: Step) -> Step:
        """Says a step until something leads to another, which is returned. Stopped or EndOfInput end it earlier."""
        talk = self._talk
        talk.step = step
        match step:
            case Decide(fired):
                talk.decide(fired)
            case Check():
                self._check_page()
            case Preview(partial):
                self._preview(partial=partial)
            case Ask(anew=anew):
                self._ask(anew=anew)
        return talk.step

    def _ask(self, *, anew: bool) -> None:
        interview = self._talk.session.interview
        if (item := interview.item) is None:
            return
        if anew:
            self._talk.say_where(head(interview, item, self._talk.voice))
        turn = TURNS.get(item.type)
        if turn is not None:
            turn(self._talk, self._commands, item).run()
        else:
            self._question(item)

    def _question(self, item: Item) -> None:
        """Asks one question until something moves on from it."""
        talk = self._talk
        talk.present(item, talk.session.interview.response.answer(item.id))
        while True:
            typed = talk.line(item)
            told = command(typed)
            missing = missing_named(item, told.name) if told else None
            if told and not missing:
                if self._commands.do(told, item):
                    return
            elif not typed.strip() or not item.is_question:
                if talk.keep(item):
                    return
            elif (answer := missing or talk.read(item, typed)) is not None:
                talk.record(item, answer)
                return

    def _check_page(self) -> None:
        """All answers, to be changed or handed over."""
        talk = self._talk
        if not self._warned:
            self._say_answers()
        while True:
            typed = talk.ask("plain.check_prompt").strip()
            told = command(typed)
            if told is None:
                if typed and self._commands.jump(typed):
                    break
            elif told.name in ("f", "finish"):
                talk.take(Finish())
                return
            elif self._commands.do(told, None):
                break
        self._warned = False

    def _say_answers(self) -> None:
        talk = self._talk
        talk.say_where(talk.voice.words("plain.check_title"))
        if (day := talk.session.counted_from) is not None:
            talk.say("check.counted_from", day=describe_day(day, talk.voice.words))
        for line in () if talk.voice.patient else safety_lines(talk.session, talk.voice.words):
            talk.lines.say(line)
        for line in answer_list(talk.session.interview, talk.voice):
            talk.lines.say(line)
        unfitting = [said for one in talk.session.mismatches if (said := one.rule.said(patient=talk.voice.patient))]
        if unfitting:
            talk.say("check.mismatches_patient" if talk.voice.patient else "check.mismatches")
        for line in unfitting:
            talk.lines.say(line)
        for line in typed_lines(talk.session, talk.voice):
            talk.lines.say(line)
        if still_open := len(talk.session.interview.response.unanswered()):
            talk.lines.say(talk.voice.words.some(still_open, "plain.check_open"))

    def _preview(self, *, partial: bool) -> None:
        """Nothing is looked at once more line by line, but nobody finishes by accident while questions are open."""
        if not partial or self._warned:
            self._talk.take(Accepted())
            return
        self._warned = True
        self._talk.say("plain.finish_open")
        self._talk.take(Closed())
