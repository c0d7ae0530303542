"""What a front end shows (steps), and what it hands back (events). Values only; `Flow` says which comes after which."""

from collections.abc import Callable
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.errors import MsalsError
from msals_tui.evidence.reference import Reference
from msals_tui.flow.outcome import Outcome
from msals_tui.interview.events import Answered, Back, Jump, Next, Noted, Redo, Undo
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.records.overview import Listed, Looked, Offered
from msals_tui.safety.rules import Fired

START, RESUME, ALL, NEW = "start:", "resume:", "records", "new"
"""What can be chosen at home and where drafts are offered; an id follows the first two."""

# Steps


class Notice(Struct, frozen=True):
    """The safety notice. Accepted goes on, Closed leaves."""

    patient: bool
    unfinished: int = 0
    """How many drafts are offered behind it."""
    clock: str = ""
    """What is said of a wrong clock, in words."""


class Home(Struct, frozen=True):
    """What can be begun or gone on with. Chosen: `start:` or `resume:` and an id, or ALL; Closed leaves."""

    questionnaires: tuple[Questionnaire, ...]
    reference: Reference | None
    offered: Offered


class Offer(Struct, frozen=True):
    """Drafts to go on with in place of a new intake. Chosen: `new`, `resume:` and an id, or ALL; Closed goes back."""

    offered: Offered


class AllRecords(Struct, frozen=True):
    """Every record; `at` is the id of the one to point at. Chosen: an id; Closed goes back."""

    records: tuple[Listed, ...]
    at: str = ""


class OneRecord(Struct, frozen=True):
    """What can be done with one record. Chosen: one of `choices`; Closed goes back."""

    one: Listed
    choices: tuple[str, ...]


class Look(Struct, frozen=True):
    """One record to be read. Closed goes back."""

    looked: Looked


class Reason(Struct, frozen=True):
    """Somebody says why a final is corrected. Said; Closed goes back."""


class Sure(Struct, frozen=True):
    """Asks again before a record is deleted or carried over. Chosen: `doing`; Closed goes back."""

    doing: Literal["delete", "carry_over"]
    one: Listed


class LeftBehind(Struct, frozen=True):
    """What of a record cannot be gone on with, a sentence each. Accepted goes on, Closed goes back."""

    remarks: tuple[str, ...]


class Trouble(Struct, frozen=True):
    """A record cannot be used as somebody wanted, and why. Closed goes back."""

    fault: MsalsError


class Ask(Struct, frozen=True):
    """The question at which the interview stands. Any interview event, Aside, Finish, Leave or Stop."""

    anew: bool = True
    """Whether another question may be open than before, or this one as it was not."""
    refused: bool = False
    """Whether Next was refused, since there is no answer at all."""


class Decide(Struct, frozen=True):
    """A safety rule that somebody must decide about now. Decided, or Stop."""

    fired: Fired


class Check(Struct, frozen=True):
    """All answers, before anything is handed over. The same events as at a question."""


class Preview(Struct, frozen=True):
    """The summary may be looked at before it is written. Accepted writes it, Closed goes back."""

    partial: bool
    """Whether questions are open."""


class Paused(Struct, frozen=True):
    """Nothing keeps a front end from showing a page of its own over the question. The same events as at a question."""


class HowToLeave(Struct, frozen=True):
    """How a sitting is left before its end. Chosen: one of `choices`; Closed stays."""

    choices: tuple[str, ...]


class SureToDiscard(Struct, frozen=True):
    """Asks again before answers are deleted. Chosen: `discard`; Closed stays."""


class Work(Struct, frozen=True):
    """Something for a disk: `run` it, beside the screen where there is one, and hand back what it returns."""

    about: Literal["records", "summary"]
    run: "Callable[[], Worked]"


class NotWritten(Struct, frozen=True):
    """A disk did not take what somebody wanted kept. Chosen: `again`, `print`; Elsewhere, Stop; Closed goes on answering."""

    fault: MsalsError


class Thanks(Struct, frozen=True):
    """A patient is done. Closed ends."""

    outcome: Outcome


class Done(Struct, frozen=True):
    """The end: what became of the answers, and the exit status."""

    outcome: Outcome
    status: int = 0


Step: TypeAlias = (
    Notice | Home | Offer | AllRecords | OneRecord | Look | Reason | Sure | LeftBehind | Trouble | Ask | Decide | Check
    | Preview | Paused | HowToLeave | SureToDiscard | Work | NotWritten | Thanks | Done
)  # fmt: skip

# Events


class Accepted(Struct, frozen=True):
    """Read, and on."""


class Closed(Struct, frozen=True):
    """Back, or out, without anything done."""


class Chosen(Struct, frozen=True):
    """One of the things to do."""

    what: str


class Said(Struct, frozen=True):
    """Somebody's own words."""

    text: str


class Decided(Struct, frozen=True):
    """One of DECISIONS about the safety rule that was shown."""

    choice: str


class Aside(Struct, frozen=True):
    """The front end wants to show a page of its own over the question."""


class Finish(Struct, frozen=True):
    """Everything was answered that is to be; the summary is wanted."""


class Leave(Struct, frozen=True):
    """Somebody wants out, and is asked how where there is something to lose."""


class Stop(Struct, frozen=True):
    """The end at once: what there is is kept, and nothing is asked any more."""


class Elsewhere(Struct, frozen=True):
    """Another place for what a disk did not take."""

    place: str


class Worked(Struct, frozen=True):
    """What came of a piece of work: its result, or why there is none."""

    result: object = None
    fault: MsalsError | None = None


Event: TypeAlias = (
    Answered | Noted | Next | Back | Jump | Undo | Redo | Accepted | Closed | Chosen | Said | Decided | Aside | Finish
    | Leave | Stop | Elsewhere | Worked
)  # fmt: skip
