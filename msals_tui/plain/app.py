"""Starts the line-by-line front end, and hands over what was answered however it ends."""

import sys

from msals_tui.content.library import Library, own_library
from msals_tui.crash_watch import WATCH
from msals_tui.errors import MACHINE_FAILED, MachineFault, MsalsError
from msals_tui.plain.conversation import converse
from msals_tui.plain.lines import EndOfInput, Lines, Terminal
from msals_tui.plain.reference import reference_lines
from msals_tui.plain.talk import Stopped, Talk
from msals_tui.plain.typed_line import Voice, command
from msals_tui.records.catalog import Catalog, Resumed, open_catalog
from msals_tui.records.hand_over import export, hand_over, refuse_taken, summary_text
from msals_tui.records.overview import draft_line
from msals_tui.records.recording import Recording
from msals_tui.session.clock import MachineClock
from msals_tui.session.load_content import load_content
from msals_tui.session.options import STDOUT, Options
from msals_tui.session.session import Session
from msals_tui.signals import Ended, undisturbed, until_a_signal


def run_plain(options: Options) -> int:
    """Runs the front end on standard input and output, and returns the exit status.

    With `-` as output the conversation goes to standard error, so that standard output holds the summary alone.
    """
    target = sys.stderr if options.output == STDOUT else sys.stdout
    target.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without UTF-8 shows ? for what it lacks
    lines = Terminal(sys.stdin.buffer if sys.stdin is not None else None, target)
    library, clock = own_library(), MachineClock()
    return Plain(options, library, lines, open_catalog(options, library, clock)).run()


class Plain:
    """One run of the front end."""

    def __init__(self, options: Options, library: Library, lines: Lines, catalog: Catalog) -> None:
        self._options = options
        self._library = library
        self._lines = lines
        self._catalog = catalog
        self._words = library.words(options.language)

    def run(self) -> int:
        """From the home screen, or straight into an intake; 0, or 128 and the number of the signal that ended it."""
        refuse_taken(self._options.output)
        self._catalog.check()
        self._catalog.asked = self._options.questionnaire
        if self._options.resume is not None:
            return self._sit(self._catalog.open(self._options))
        try:
            with until_a_signal():
                questionnaire = self._options.questionnaire if self._options.start == "intake" else self._home()
        except (EndOfInput, Stopped):
            return 0
        except Ended as ended:
            return ended.status
        content = load_content(self._library, questionnaire, language=self._options.language)
        if content.questionnaire.voice != "patient":
            self._say_unfinished(content.questionnaire.id)
        return self._sit(Resumed(self._catalog.begin(content)))

    def _say_unfinished(self, questionnaire: str | None) -> None:
        """What somebody may rather go on with, in words; never by itself."""
        for one in self._catalog.offered(questionnaire).drafts:
            self._lines.say(self._words("resume.go_on", draft=draft_line(one, self._words)))
            self._lines.say(self._words("resume.plain", id=one.id[:8]))

    def _home(self) -> str:
        """The questionnaire that somebody chooses."""
        say, words = self._lines.say, self._words
        names = sorted(self._library.questionnaire_files)
        shipped = [self._library.questionnaire_in(self._options.language, name) for name in names]
        say(words("home.title"))
        for number, one in enumerate(shipped, 1):
            say(words("plain.option", number=number, label=words("home.intake", title=one.title)))
            say(words("home.about", items=len(one.items), about=one.about))
        # Where only patients are asked, home may stand open before one of them.
        staff = any(one.voice != "patient" for one in shipped)
        reference = self._library.reference if staff else None
        if reference is not None:
            first, second = reference.sides
            say(words("plain.home_reference", label=words("home.reference", first=first.short, second=second.short)))
        if staff:
            self._say_unfinished(None)
        say(words("plain.leave", leave=words("home.leave")))
        while True:
            typed = self._lines.ask(words("plain.home")).strip()
            told = command(typed)
            if typed in ("0", ":s", ":q"):
                raise Stopped
            if reference is not None and told is not None and told.name == "reference":
                for line in reference_lines(reference, told.rest, words):
                    say(line)
            if typed.isdecimal() and 1 <= int(typed) <= len(shipped):
                return shipped[int(typed) - 1].id

    def _sit(self, resumed: Resumed) -> int:
        """One sitting, and how it is left."""
        recording = resumed.recording
        recording.wanted = lambda: _save(recording)
        WATCH.intake = lambda: recording.record_id
        recording.save()
        session = recording.session
        for remark in resumed.remarks:
            self._lines.say(remark)
        voice = Voice(self._words, patient=session.patient)
        talk = Talk(session, voice, self._lines, blind=self._options.blind, saving=lambda: recording.saving)
        try:
            with until_a_signal():
                converse(talk)
        except (EndOfInput, Stopped):
            self._lines.say(self._words("plain.stopped"))
            return self._leave(recording)
        except Ended as ended:
            self._leave(recording)
            return ended.status
        except BaseException:
            self._leave(recording)
            raise
        return self._finish(recording)

    def _finish(self, recording: Recording) -> int:
        """Writes the summary for good; where a place does not take it, another is asked for."""
        session, place = recording.session, self._options.output
        while True:
            try:
                with undisturbed():
                    handed = hand_over(session, self._words, place, recording)
                    if place == STDOUT:
                        self._put_out(handed.text)
            except MsalsError as fault:
                self._lines.say(str(fault))
                if not (place := self._other_place()):
                    self._leave(recording)
                    return MACHINE_FAILED
            else:
                partial = session.interview.response.unanswered()
                path = handed.path or self._words("plain.on_screen")
                self._lines.say(self._words("plain.written_part" if partial else "summary.saved", path=path))
                if handed.fault is not None:
                    self._lines.say(str(handed.fault))
                return 0 if handed.fault is None else MACHINE_FAILED

    def _leave(self, recording: Recording) -> int:
        """Keeps the draft and says how to go on with it; a summary of it goes where one was asked for.

        Where no disk takes anything, the summary is said, and MachineFault ends the run.
        """
        session, place = recording.session, self._options.output
        if not (session.interview.response.given or session.interview.notes):
            self._lines.say(self._words("plain.nothing"))
            return 0
        with undisturbed():
            saved, fault = recording.save(), recording.saving.fault
            written = self._written_in_part(session, place)
        if saved and recording.record_id is not None:
            self._lines.say(self._words("leave.kept", id=recording.record_id[:8]))
            return 0 if written else MACHINE_FAILED
        if place is None or not written:
            self._lines.say(summary_text(session, self._words))
            raise fault or MachineFault("the answers could not be saved", hint="copy them from above")
        return MACHINE_FAILED

    def _written_in_part(self, session: Session, place: str | None) -> bool:
        """Writes a summary of what there is to where one was asked for; False after saying that it cannot be."""
        try:
            if place == STDOUT:
                self._put_out(summary_text(session, self._words))
            elif place is not None:
                path = export(session, self._words, place)
                self._lines.say(self._words("plain.written_part", path=path))
        except MsalsError as fault:
            self._lines.say(str(fault))
            return False
        return True

    def _put_out(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            raise MachineFault("not written: standard output takes nothing") from None

    def _other_place(self) -> str:
        """Another file that somebody names; empty when nobody does."""
        try:
            with until_a_signal():
                typed = self._lines.ask(self._words("plain.other_place")).strip()
        except (EndOfInput, Ended):
            return ""
        return "" if command(typed) else typed


def _save(recording: Recording) -> None:
    """A signal in the midst of it would leave nobody knowing what is saved."""
    with undisturbed():
        recording.save()
