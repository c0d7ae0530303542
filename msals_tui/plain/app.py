"""The line-by-line front end: says every step of the flow, and hands back what was typed."""

import sys

from msals_tui.crash_watch import WATCH
from msals_tui.errors import DONE, MACHINE_FAILED, MachineFault, MsalsError
from msals_tui.flow.flow import Flow
from msals_tui.flow.outcome import Failed, Nothing, Outcome, Rescued, Written
from msals_tui.flow.startup import Startup, open_startup
from msals_tui.flow.steps import (
    NEW,
    START,
    Accepted,
    Chosen,
    Closed,
    Done,
    Elsewhere,
    Event,
    Home,
    LeftBehind,
    Notice,
    NotWritten,
    Offer,
    Step,
    Stop,
    Work,
)  # fmt: skip
from msals_tui.plain.conversation import TALKED, Conversation
from msals_tui.plain.lines import EndOfInput, Lines, Terminal
from msals_tui.plain.reference import reference_lines
from msals_tui.plain.talk import Stopped, Talk
from msals_tui.plain.typed_line import Voice, command
from msals_tui.records.hand_over import HandedOver, summary_text
from msals_tui.records.overview import Offered, draft_line
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.options import STDOUT, Options
from msals_tui.signals import Ended, end_in_time, undisturbed, until_a_signal


def run_plain(options: Options, records: Records) -> int:
    """Runs the front end on standard input and output, and returns the exit status. OSError if they took nothing.

    With `-` as output the conversation goes to standard error, so that standard output holds the summary alone.
    """
    target = sys.stderr if options.output == STDOUT else sys.stdout
    target.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without UTF-8 shows ? for what it lacks
    lines = Terminal(sys.stdin.fileno() if sys.stdin is not None else None, target)
    status = Plain(open_startup(options, records), lines).run()
    if status == DONE:
        lines.check()
    return status


class Plain:
    """One run of the front end."""

    def __init__(self, startup: Startup, lines: Lines) -> None:
        self._startup, self._options, self._words = startup, startup.options, startup.words
        self._lines = lines
        self._flow = Flow(startup, self._sitting)
        self._conversation: Conversation | None = None

    def run(self) -> int:
        """From the first step to the last; the exit status, which tells of a signal that ended the run."""
        self._startup.look()
        step = self._flow.begin()
        try:
            with until_a_signal():
                while not isinstance(step, Done):
                    step = self._shown(step)
        except Ended as ended:
            self._leave(ended.status)
            return ended.status
        except BaseException:
            self._leave()
            raise
        return self._end(step.outcome, step.status)

    def _leave(self, status: int | None = None) -> None:
        """Keeps what there is, when something ends the run that no step leads to; `status` tells of a signal."""
        with undisturbed():
            outcome = self._flow.interrupted(patience=-1, always=True)
            if status is not None:
                end_in_time(status)
            self._end(outcome)

    def _shown(self, step: Step) -> Step:
        """Says a step, and returns the next one."""
        if isinstance(step, Work):
            return self._work(step)
        try:
            if self._conversation is not None and isinstance(step, TALKED):
                return self._conversation.shown(step)
            return self._flow.take(self._came_of(step))
        except (EndOfInput, Stopped):
            if self._flow.session is not None:
                self._lines.say(self._words("plain.stopped"))
                return self._flow.take(Stop())
            if isinstance(step, Notice):
                self._lines.say(self._words("plain.stopped"))
                self._lines.say(self._words("plain.nothing"))
            return self._flow.take(Closed())

    def _came_of(self, step: Step) -> Event:
        """What comes of a step around the questions."""
        match step:
            case Notice(patient=patient, clock=clock):
                return self._notice(clock, patient=patient)
            case Home():
                return self._home(step)
            case Offer(offered):
                self._say_unfinished(offered)
                return Chosen(NEW)
            case LeftBehind(remarks):
                for remark in remarks:
                    self._lines.say(remark)
            case NotWritten(fault):
                self._lines.say(fault.said(self._words))
                place = self._other_place()
                return Elsewhere(place) if place else Stop()
        return Accepted()

    def _notice(self, clock: str, *, patient: bool) -> Event:
        """What everybody must have read before the first question, and that the clock is wrong where it is."""
        say, words = self._lines.say, self._words
        say(words("notice.title"))
        say(words("notice.text_patient" if patient else "notice.text"))
        if clock:
            say(clock)
        say(words("plain.accept", accept=words("notice.accept")))
        while (typed := self._lines.ask(words("plain.accept_needed")).strip()) != "1":
            if (told := command(typed)) and told.name in ("s", "stop"):
                raise Stopped
        return Accepted()

    def _say_unfinished(self, offered: Offered) -> None:
        """What somebody may rather go on with, in words; never by itself."""
        for one in offered.drafts:
            self._lines.say(self._words("resume.go_on", draft=draft_line(one, self._words)))
            self._lines.say(self._words("resume.plain", id=one.id[:8]))

    def _home(self, home: Home) -> Event:
        """The questionnaire that somebody chooses."""
        say, words = self._lines.say, self._words
        say(words("home.title"))
        for number, one in enumerate(home.questionnaires, 1):
            say(words("plain.option", number=number, label=words("home.intake", title=one.title)))
            say(words("home.about", items=len(one.items), about=one.about))
        if home.reference is not None:
            first, second = home.reference.sides
            say(words("plain.home_reference", label=words("home.reference", first=first.short, second=second.short)))
        self._say_unfinished(home.offered)
        say(words("plain.leave", leave=words("home.leave")))
        while True:
            typed = self._lines.ask(words("plain.home")).strip()
            told = command(typed)
            if typed in ("0", ":s", ":q"):
                return Closed()
            if home.reference is not None and told is not None and told.name == "reference":
                for line in reference_lines(home.reference, told.rest, words):
                    say(line)
            if typed.isdecimal() and 1 <= int(typed) <= len(home.questionnaires):
                return Chosen(START + home.questionnaires[int(typed) - 1].id)

    def _sitting(self, recording: Recording | None) -> None:
        """A sitting begins. What it keeps is saved at once: nobody waits for a screen."""
        session = self._flow.session
        if session is None:
            return
        if recording is not None:
            recording.wanted = lambda: _save(recording)
            WATCH.intake = lambda: recording.record_id
            recording.save()
        voice = Voice(self._words, patient=session.patient)
        saving = (lambda: recording.saving) if recording is not None else (lambda: None)
        talk = Talk(self._flow, session, voice, self._lines, saving=saving)
        self._conversation = Conversation(talk)

    def _work(self, work: Work) -> Step:
        """Runs it whole, whatever signal comes; a summary for standard output is said there."""
        with undisturbed():
            worked = work.run()
            if isinstance(worked.result, HandedOver) and worked.result.path is None:
                try:
                    _put_out(worked.result.text)
                except MsalsError as fault:
                    worked = type(worked)(fault=fault)
        return self._flow.take(worked)

    def _other_place(self) -> str:
        """Another file that somebody names; empty when nobody does."""
        try:
            typed = self._lines.ask(self._words("plain.other_place")).strip()
        except EndOfInput:
            return ""
        return "" if command(typed) else typed

    def _end(self, outcome: Outcome, status: int = 0) -> int:
        """Says what became of the answers, and returns the exit status. Raises MsalsError if nothing took them."""
        match outcome:
            case Nothing():
                if self._flow.session is not None:
                    self._lines.say(self._words("plain.nothing"))
            case Written(handed, partial):
                path = handed.path or self._words("plain.on_screen")
                self._lines.say(self._words("plain.written_part" if partial else "summary.saved", path=path))
                if handed.fault is not None:
                    self._lines.say(handed.fault.said(self._words))
            case Rescued():
                return self._rescued(outcome)
            case Failed(fault):
                raise fault
        return status

    def _rescued(self, rescued: Rescued) -> int:
        """How to go on with the draft; a summary of it goes where one was asked for."""
        refused, part, session = rescued.refused, rescued.part, self._flow.session
        if self._options.output == STDOUT and session is not None:
            try:
                _put_out(summary_text(session, self._words))
            except MsalsError as fault:
                refused = fault
        if part is not None:
            self._lines.say(self._words("plain.written_part", path=part))
        if refused is not None:
            self._lines.say(refused.said(self._words))
        if rescued.kept is not None:
            self._lines.say(self._words("leave.kept", id=rescued.kept[:8]))
            return MACHINE_FAILED if refused is not None else 0
        if (part is None or refused is not None) and session is not None:
            self._lines.say(summary_text(session, self._words))
            raise rescued.fault or MachineFault("the answers could not be saved", hint="copy them from above")
        return MACHINE_FAILED


def _put_out(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        raise MachineFault("not written: standard output takes nothing") from None


def _save(recording: Recording) -> None:
    """A signal in the midst of it would leave nobody knowing what is saved."""
    with undisturbed():
        recording.save()
