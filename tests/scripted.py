"""The third front end, a script: it answers from a recorded story, shows no screen, and takes down what it did."""

from collections.abc import Iterable
from pathlib import Path

from golden import story
from msals_tui.flow.flow import Flow
from msals_tui.flow.steps import (
    RESUME,
    START,
    Accepted,
    Ask,
    Check,
    Chosen,
    Decide,
    Decided,
    Done,
    Event,
    Finish,
    Home,
    Offer,
    Step,
    Stop,
    Work,
)  # fmt: skip
from msals_tui.interview.events import Answered, Next
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.group import Rows
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.session.options import Options
from sittings import startup
from walks import Decide as Choose
from walks import Give, Keep, Move, NoMore


class Script:
    """Answers from a recorded story; what it does not tell is not asked. Its last word is to finish."""

    def __init__(self, options: Options, records: Path, name: str, stop_at: str = "") -> None:
        begin = startup(options, records)
        begin.look()
        self.flow, self.given, self.stop_at = Flow(begin), story(name).answers, stop_at
        self.shown: list[str] = []
        """The names of the steps, each once in a row."""
        self.moves: list[Move] = []
        """What another front end has to repeat."""
        self.done = self.run(self.flow.begin())

    def run(self, step: Step) -> Done:
        """From a step to the end."""
        while not isinstance(step, Done):
            name = type(step).__name__
            self.shown += [name] if self.shown[-1:] != [name] else []
            step = self.flow.take(*((step.run(),) if isinstance(step, Work) else self.events(step)))
        return step

    def events(self, step: Step) -> Iterable[Event]:
        """What comes of a step."""
        match step:
            case Home(questionnaires):
                return (Chosen(START + questionnaires[0].id),)
            case Offer(offered):
                return (Chosen(RESUME + offered.drafts[0].id),)
            case Decide():
                self.moves.append(Choose("told"))
                return (Decided("told"),)
            case Check():
                return (Finish(),)
            case Ask():
                return self.answers()
        return (Accepted(),)

    def answers(self) -> Iterable[Event]:
        """The answer to the open question, and on."""
        session = self.flow.session
        assert session is not None
        item = session.interview.item
        assert item is not None
        if item.id == self.stop_at:
            return (Stop(),)
        if item.type == "statement":
            self.moves.append(Keep(item.id))
            return (Next(),)
        plain = self.given.get(item.id, {"missing": "not_asked"})
        answer = item.read(plain, session.interview.response.today)
        self.moves.append(move(item.id, answer))
        return Answered(item.id, answer), Next()


def move(item: str, answer: Answer) -> Move:
    """The same answer as a move of a hand."""
    match answer:
        case Number(value):
            return Give(item, answer, f"{value:f}")
        case PartialDate(text) | Text(text):
            return Give(item, answer, text)
        case Rows(rows):
            return NoMore(item) if not rows else Give(item, Missing(MissingCode.NOT_ASKED))
        case _:
            return Give(item, answer)
