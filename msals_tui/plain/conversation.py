"""The interview line by line, from the notice at its beginning to the check-answers page."""

from msals_tui.plain.commands import Commands
from msals_tui.plain.kinds import prompt_of
from msals_tui.plain.rounds import Rounds
from msals_tui.plain.said_lines import answer_list, head
from msals_tui.plain.talk import Stopped, Talk
from msals_tui.plain.typed_line import command, missing_named
from msals_tui.questionnaire.kinds.group import group_of
from msals_tui.questionnaire.kinds.item import Item


def converse(talk: Talk) -> None:
    """The whole interview; returns when somebody finishes it. Stopped or EndOfInput end it earlier."""
    _notice(talk)
    commands = Commands(talk)
    finished = False
    while not finished:
        item = talk.session.interview.item
        if item is None:
            finished = _check_page(talk, commands)
        elif (group := group_of(item)) is not None:
            Rounds(talk, commands, group).run()
        else:
            _question(talk, commands, item)


def _notice(talk: Talk) -> None:
    """What everybody must have read before the first question."""
    words = talk.voice.words
    talk.say("notice.title")
    talk.say("notice.text_patient" if talk.voice.patient else "notice.text")
    talk.say("plain.accept", accept=words("notice.accept"))
    while (typed := talk.ask("plain.accept_needed").strip()) != "1":
        if (told := command(typed)) and told.name in ("s", "stop"):
            raise Stopped


def _question(talk: Talk, commands: Commands, item: Item) -> None:
    """Asks one question until something moves on from it."""
    interview = talk.session.interview
    talk.lines.say(head(interview, item, talk.voice))
    talk.present(item, interview.response.answer(item.id))
    while True:
        typed = talk.lines.ask(prompt_of(item, talk.voice))
        told = command(typed)
        missing = missing_named(item, told.name) if told else None
        if told and not missing:
            if commands.do(told, item):
                return
        elif not typed.strip() or not item.is_question:
            if talk.keep(item):
                return
        elif (answer := missing or talk.read(item, typed)) is not None:
            talk.record(item, answer)
            return


def _check_page(talk: Talk, commands: Commands) -> bool:
    """All answers, to be changed or handed over; True when somebody finishes."""
    talk.say("plain.check_title")
    for line in answer_list(talk.session.interview, talk.voice):
        talk.lines.say(line)
    still_open = len(talk.session.interview.response.unanswered())
    if still_open:
        talk.lines.say(talk.voice.words.some(still_open, "plain.check_open"))
    warned = not still_open
    while True:
        typed = talk.ask("plain.check_prompt").strip()
        told = command(typed)
        if told is None:
            if typed and commands.jump(typed):
                return False
        elif told.name in ("f", "finish"):
            if not talk.interrupt(None):
                return False
            if warned:
                return True
            warned = True
            talk.say("plain.finish_open")
        elif commands.do(told, None):
            return False
