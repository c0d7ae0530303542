"""One run of the program, from the notice to its end, as a machine that every front end shows.

`begin` gives the first step. A front end shows it and hands back what came of it; `take` gives the next one. Which step
follows which, and who may see it, is decided here and nowhere else. The machine draws nothing, asks no clock, and leaves
what may take long to a `Work`, which the front end runs. Two things happen at once, since nobody is there to be shown a
page: `interrupted` and `unattended`.
"""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from msals_tui.errors import MACHINE_FAILED, MsalsError
from msals_tui.flow.machine import Machine, Then
from msals_tui.flow.outcome import (
    Failed,
    Nothing,
    Outcome,
    Rescued,
    Unattended,
    Written,
    holds_something,
    printed,
    rescue,
)
from msals_tui.flow.startup import Startup
from msals_tui.flow.steps import (
    NEW,
    START,
    Accepted,
    Aside,
    Ask,
    Check,
    Chosen,
    Decide,
    Decided,
    Done,
    Elsewhere,
    Event,
    Finish,
    Home,
    HowToLeave,
    Leave,
    LeftBehind,
    Notice,
    NotWritten,
    Offer,
    Paused,
    Preview,
    Step,
    Stop,
    SureToDiscard,
    Thanks,
)
from msals_tui.interview.events import Answered, Back, Jump, Next, Noted, Redo, Undo
from msals_tui.interview.interview import Refused
from msals_tui.questionnaire.answer import Answer
from msals_tui.records.recording import Recording
from msals_tui.safety.rules import Fired
from msals_tui.session.session import MISTAKE, Content, Session

if TYPE_CHECKING:
    from msals_tui.flow.record_steps import RecordSteps
    from msals_tui.records.catalog import Resumed
    from msals_tui.records.hand_over import HandedOver

PATIENCE = 1.0
"""Seconds that an end which nobody waits for gives a disk."""

_LEAVING = Next | Back | Jump | Aside | Finish | Leave
"""Events that leave a question: a safety rule that nobody decided about comes first."""


class Flow(Machine):
    """One run. `sitting` hears of every sitting that begins, with its recording, before its first step is shown."""

    def __init__(self, startup: Startup, sitting: "Callable[[Recording | None], object]" = lambda _: None) -> None:
        super().__init__(Notice(patient=False))
        self.startup = startup
        self.words = startup.words
        self.session: Session | None = None
        self.recording: Recording | None = None
        """None if nothing is recorded."""
        self._sitting = sitting
        self._events: deque[Event] = deque()
        """What is still to be done of what was handed in, once safety is decided."""
        self._anew = False
        self._place = startup.options.output

    # Before the first question

    def begin(self) -> Step:
        """The first step. The notice stands before everything else."""
        startup = self.startup
        if (resumed := startup.resumed) is not None:
            if startup.notice_for is None:  # their own notice comes before the first question
                return self.take_up(resumed, self._over)
            return self._notice(lambda: self.take_up(resumed, self._over))
        if startup.options.start == "home":
            return self._notice(self._home, patient=startup.notice_for == "patient")
        return self._start(startup.options.questionnaire)

    def sit(self, session: Session, recording: Recording | None = None) -> Step:
        """A sitting at its first open question, its notice first where that is a patient's."""
        if session.patient:
            return self._notice(lambda: self.begin_sitting(session, recording), patient=True)
        return self.begin_sitting(session, recording)

    def take_up(self, resumed: "Resumed", back: Then) -> Step:
        """A sitting with a record that was taken up; what was left behind is said first."""
        if not resumed.remarks:
            return self.sit(resumed.recording.session, resumed.recording)

        def read(event: Event) -> Step:
            if isinstance(event, Accepted):
                return self.sit(resumed.recording.session, resumed.recording)
            resumed.recording.close()
            return back()

        return self.show(LeftBehind(resumed.remarks), read)

    def _notice(self, then: Then, *, patient: bool = False) -> Step:
        unfinished = 0 if patient else self.startup.unfinished()
        return self.show(
            Notice(patient, unfinished, self.startup.clock_warning(patient=patient)),
            lambda event: then() if isinstance(event, Accepted) else self._over(),
        )

    def _home(self) -> Step:
        startup = self.startup
        step = Home(tuple(startup.questionnaires()), startup.reference, startup.offered())

        def chosen(event: Event) -> Step:
            if not isinstance(event, Chosen):
                return self._over()
            if event.what.startswith(START):
                return self._start(event.what.removeprefix(START), noticed=self.startup.notice_for)
            return self._records.open(event.what, self._home)

        return self.show(step, chosen)

    @property
    def _records(self) -> "RecordSteps":
        """The ways from what is recorded, which most who begin never go."""
        from msals_tui.flow.record_steps import RecordSteps

        catalog = self.startup.catalog
        if catalog is None:
            raise LookupError("nothing is recorded here")
        return RecordSteps(self, catalog, self.take_up)

    def _start(self, name: str, *, noticed: str | None = None) -> Step:
        """A questionnaire from its start; `noticed` says whose notice was read already ("patient", "staff")."""
        content = self.startup.content(name)
        patient = content.questionnaire.voice == "patient"
        if noticed == ("patient" if patient else "staff"):
            return self._new(content)
        return self._notice(
            (lambda: self._new(content)) if patient else lambda: self._offer(name, content), patient=patient
        )

    def _offer(self, name: str, content: Content) -> Step:
        """A new sitting, unless staff may go on with a draft instead."""
        offered = self.startup.offered()
        if not offered.drafts:
            return self._new(content)

        def chosen(event: Event) -> Step:
            if not isinstance(event, Chosen):
                return self._start(name)
            if event.what == NEW:
                return self._new(content)
            return self._records.open(event.what, lambda: self._offer(name, content))

        return self.show(Offer(offered), chosen)

    def _new(self, content: Content) -> Step:
        """A new sitting, whose notice was read."""
        catalog = self.startup.catalog
        if catalog is None:
            return self.begin_sitting(Session(content, self.startup.clock))
        try:
            recording = catalog.begin(content)
        except MsalsError as fault:  # the keys to seal with are not what they were at the start
            return self._done(Failed(fault), MACHINE_FAILED)
        return self.begin_sitting(recording.session, recording)

    # The sitting

    def begin_sitting(self, session: Session, recording: Recording | None = None) -> Step:
        """A sitting whose notice was read, at its first open question."""
        self.session, self.recording = session, recording
        self._sitting(recording)
        if self.startup.options.blind:
            session.hide()
        return self.where_it_stands()

    def where_it_stands(self) -> Step:
        """The question at which the sitting stands, shown anew: also for whoever moved the sitting itself."""
        self._anew = True
        return self._at_question()

    @property
    def _here(self) -> Session:
        """The sitting; there is one wherever its events come from."""
        if self.session is None:
            raise LookupError("no sitting has begun")
        return self.session

    def keep(self, item: str, answer: Answer) -> None:
        """An answer into the interview. The one that stands there already is no news, and no sign that it was checked."""
        if self._here.interview.response.answer(item) != answer:
            self._here.post(Answered(item, answer))

    def _sit(self, *events: Event) -> Step:
        """What happens at a question or among all answers."""
        self._events, self._anew = deque(events), False
        return self._go_on()

    def _go_on(self) -> Step:
        session, altered = self._here, False
        while self._events:
            event = self._events[0]
            if isinstance(event, _LEAVING) and (undecided := session.undecided()):
                return self._decide(undecided[0])
            self._events.popleft()
            if (step := self._done_with(event)) is not None:
                return step
            altered |= isinstance(event, Answered | Undo | Redo)
        if altered and (undecided := session.undecided()):
            return self._decide(undecided[0])
        return self._at_question()

    def _done_with(self, event: Event) -> Step | None:
        """Does one thing; the step to which it leads, None if the next thing can be done."""
        match event:
            case Answered(item, answer):
                self.keep(item, answer)
            case Noted():
                self._here.post(event)
            case Undo() | Redo():
                self._here.post(event)
                self._anew = True
            case Next() | Back() | Jump():
                return None if self._moved(event) else self._at_question(refused=True)
            case Aside():
                return self.show(Paused(), self._sit)
            case Finish():
                return self._preview()
            case Leave():
                return self._leave()
            case _:
                return self._stop()
        return None

    def _moved(self, event: Next | Back | Jump) -> bool:
        """Whether the interview moved; not where there is no answer to go on from."""
        session = self._here
        self._anew = True
        # What was kept on the way may have taken the question off the path to which somebody wanted to jump.
        if isinstance(event, Jump) and event.item is not None and event.item not in session.interview.response.asked:
            return True
        try:
            session.post(event)
        except Refused:
            self._events.clear()
            self._anew = False
            return False
        return True

    def _at_question(self, *, refused: bool = False) -> Step:
        if self._here.interview.item is None:
            return self.show(Check(), self._sit)
        return self.show(Ask(self._anew, refused), self._sit)

    def _decide(self, fired: Fired) -> Step:
        """Interrupts for a safety rule; what was on its way goes on behind it, unless the answer was a mistake."""
        session = self._here

        def decided(event: Event) -> Step:
            if not isinstance(event, Decided):
                return self._stop()
            session.decide(fired.rule.id, event.choice)
            if event.choice != MISTAKE:
                undecided = session.undecided()
                return self._decide(undecided[0]) if undecided else self._go_on()
            self._events.clear()
            self._anew = True
            if fired.items and session.interview.position not in fired.items:
                session.post(Jump(fired.items[0], come_back=True))
            return self._at_question()

        return self.show(Decide(fired), decided)

    # The end

    def _preview(self) -> Step:
        def read(event: Event) -> Step:
            if isinstance(event, Stop):
                return self._stop()
            return self._write() if isinstance(event, Accepted) else self._at_question()

        return self.show(Preview(bool(self._here.interview.response.unanswered())), read)

    def _write(self) -> Step:
        session, place, recording = self._here, self._place, self.recording

        def write() -> "HandedOver":
            from msals_tui.records.hand_over import hand_over

            return hand_over(session, self.words, place, recording)

        def written(handed: "HandedOver") -> Step:
            outcome = Written(handed, bool(session.interview.response.unanswered()))
            status = MACHINE_FAILED if handed.fault is not None else 0
            if not session.patient:
                return self._done(outcome, status)
            return self.show(Thanks(outcome), lambda _: self._done(outcome, status))

        return self.work(
            "summary", write, written,
            lambda fault: self._not_written(fault, self._write),
        )  # fmt: skip

    def _leave(self) -> Step:
        """Out; asked only where there is something to lose. A correction of a final is never deleted with it."""
        session, recorded = self._here, self.recording is not None
        if not holds_something(session):
            return self._discard()
        discard = ("discard",) if session.amends is None and not session.patient else ()
        write = ("write",) if not session.patient or not recorded else ()
        choices = (*(("later",) if recorded else ()), *write, "stay", *discard)

        def chosen(event: Event) -> Step:
            match event:
                case Chosen("later"):
                    return self._keep()
                case Chosen("write"):
                    return self._write()
                case Chosen("discard"):
                    return self.show(SureToDiscard(), sure)
            return self._at_question()

        def sure(event: Event) -> Step:
            return self._discard() if event == Chosen("discard") else self._at_question()

        return self.show(HowToLeave(choices), chosen)

    def _keep(self) -> Step:
        """Leaves a draft to be gone on with."""
        recording = self.recording

        def save() -> str | None:
            if recording is None:
                return None
            recording.save()
            if (fault := recording.saving.fault) is not None:
                raise fault
            return recording.record_id

        return self.work(
            "summary", save, lambda kept: self._done(Rescued(kept)),
            lambda fault: self._not_written(fault, self._keep),
        )  # fmt: skip

    def _discard(self) -> Step:
        if self.recording is None:
            return self._over()
        return self.work(
            "summary", self.recording.discard, lambda _: self._over(),
            lambda fault: self._done(Failed(fault), MACHINE_FAILED),
        )  # fmt: skip

    def _not_written(self, fault: MsalsError, again: Then) -> Step:
        """A disk does not take it: nothing is lost, and other ways are offered."""

        def chosen(event: Event) -> Step:
            match event:
                case Chosen("again"):
                    return again()
                case Chosen("print"):
                    return self._done(printed(self._here, self.words, fault), MACHINE_FAILED)
                case Elsewhere(place):
                    self._place = place
                    return again()
                case Stop():
                    return self._stop()
            return self._at_question()

        return self.show(NotWritten(fault), chosen)

    def _stop(self) -> Step:
        """Ends at once, with what there is in its record and at the place that was named."""
        return self.work(
            "summary", lambda: self._rescued(patience=-1, always=True),
            self._done, self._failed,
        )  # fmt: skip

    def _failed(self, fault: MsalsError) -> Step:
        return self._done(Failed(fault), MACHINE_FAILED)

    def _rescued(self, *, patience: float, always: bool) -> Nothing | Rescued:
        place = self.startup.options.output
        return rescue(self._here, self.recording, self.words, place, patience=patience, always=always)

    def interrupted(self, *, patience: float = PATIENCE, always: bool = False) -> Nothing | Rescued:
        """Keeps what there is when the system ends the program, now. `patience` and `always` as for `rescue`."""
        return self._rescued(patience=patience, always=always) if self.session is not None else Nothing()

    def unattended(self) -> Step | None:
        """Ends a patient's sitting that nobody is at any more, now; None if it cannot be saved.

        Where nothing was answered, the notice waits for whoever comes next: they have not read it.
        """
        session, recording = self.session, self.recording
        if session is None or recording is None or not recording.save(patience=PATIENCE):
            return None
        if holds_something(session):
            return self._done(Unattended(self.step.outcome if isinstance(self.step, Thanks) else None))
        recording.close()
        self.session = self.recording = None
        return self._notice(lambda: self._new(session.content), patient=True)

    def _over(self, *_: Event) -> Step:
        return self._done(Nothing())

    def _done(self, outcome: Outcome, status: int = 0) -> Step:
        return self.show(Done(outcome, status), self._over)
