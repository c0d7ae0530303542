"""Walks a story, which is an answers file, through a session as a person would: question by question."""

from importlib.resources import as_file, files

from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.errors import Filled, InputFault
from msals_tui.interview.events import Answered, Next
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.session.session import Session

DECISION = "told"
"""What is decided when an answer on the way calls for a person now."""


def read_story(name: str) -> AnswersFile:
    """The story of this name that comes with the program."""
    with as_file(files("msals_tui.ui.screenshots") / "stories" / f"{name}.toml") as path:
        _, case = read_case(str(path))
    if not isinstance(case, AnswersFile):
        raise InputFault("a story is an answers file", where=name)
    return case


def walk(session: Session, story: AnswersFile, until: str | None = None) -> None:
    """Answers what is asked until the question `until` is open (None: to the end). What the story leaves out is not asked.

    Answers to questions that are not asked any more are passed over. Raises InputFault if the walk never comes to `until`.
    """
    while (item := session.interview.item) is not None and item.id != until:
        if item.is_question:
            session.post(Answered(item.id, _answer(session, story, item)))
        for one in session.undecided():
            session.decide(one.rule.id, DECISION)
        session.post(Next())
    if session.interview.position != until:
        raise InputFault(Filled("the story never comes to {until}", until=until), where=story.id or "")


def _answer(session: Session, story: AnswersFile, item: Item) -> Answer:
    if item.id not in story.answers:
        return Missing(MissingCode.NOT_ASKED)
    return item.read(story.answers[item.id], session.interview.response.today)
