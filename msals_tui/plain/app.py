"""Starts the line-by-line front end, and hands over what was answered however it ends."""

import sys

from msals_tui.errors import MachineFault, MsalsError
from msals_tui.plain.conversation import converse
from msals_tui.plain.lines import EndOfInput, Lines, Terminal
from msals_tui.plain.reading import Voice, command
from msals_tui.plain.reference import reference_lines
from msals_tui.plain.signals import Ended, undisturbed, until_a_signal
from msals_tui.plain.talk import Stopped, Talk
from msals_tui.session.clock import Clock, MachineClock
from msals_tui.session.content import load_content
from msals_tui.session.options import Options
from msals_tui.session.session import Session
from msals_tui.session.summary import STDOUT, refuse_taken, rescue_summary, summary_text, write_summary
from msals_tui.storage.library import Library

MACHINE_FAILED = 3
"""Exit status when a summary could not go where it should."""


def run_plain(options: Options) -> int:
    """Runs the front end on standard input and output, and returns the exit status.

    With `-` as output the conversation goes to standard error, so that standard output holds the summary alone.
    """
    target = sys.stderr if options.output == STDOUT else sys.stdout
    target.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without UTF-8 shows ? for what it lacks
    lines = Terminal(sys.stdin.buffer if sys.stdin is not None else None, target)
    return Plain(options, Library(), lines).run()


class Plain:
    """One run of the front end."""

    def __init__(self, options: Options, library: Library, lines: Lines, clock: Clock | None = None) -> None:
        self._options = options
        self._library = library
        self._lines = lines
        self._clock = clock or MachineClock()
        self._words = library.words(options.language)

    def run(self) -> int:
        """From the home screen, or straight into an intake; 0, or 128 and the number of the signal that ended it."""
        try:
            with until_a_signal():
                questionnaire = self._options.questionnaire if self._options.start == "intake" else self._home()
        except (EndOfInput, Stopped):
            return 0
        except Ended as ended:
            return 128 + ended.number
        return self._intake(questionnaire)

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

    def _intake(self, questionnaire: str) -> int:
        refuse_taken(self._options.output)
        content = load_content(self._library, questionnaire, language=self._options.language)
        session = Session(content, self._clock)
        voice = Voice(self._words, patient=session.patient)
        status, whole = 0, False
        try:
            with until_a_signal():
                converse(Talk(session, voice, self._lines, blind=self._options.blind))
                whole = True
        except (EndOfInput, Stopped):
            self._lines.say(self._words("plain.stopped"))
        except Ended as ended:
            status = 128 + ended.number
        except BaseException:
            self._hand_over(session, asking=False)
            raise
        as_asked = self._hand_over(session, asking=whole)
        return status if status or as_asked else MACHINE_FAILED

    def _hand_over(self, session: Session, *, asking: bool) -> bool:
        """Writes the summary; False when it had to go elsewhere than was asked for.

        Where no disk takes it, it is said, and MachineFault ends the run.
        """
        if not (session.interview.response.given or session.interview.notes or asking):
            self._lines.say(self._words("plain.nothing"))
            return True
        place: str | None = self._options.output
        while True:
            try:
                written = self._write(session, place)
            except MsalsError as fault:
                self._lines.say(str(fault))
                if asking and (other := self._other_place()):
                    place = other
                    continue
                if place is not None:
                    self._lines.say(self._words("plain.elsewhere"))
                self._say_written(session, self._rescue(session))
                return False
            else:
                self._say_written(session, written)
                return True

    def _say_written(self, session: Session, path: str) -> None:
        partial = session.interview.response.unanswered()
        self._lines.say(self._words("plain.written_part" if partial else "summary.saved", path=path))

    def _rescue(self, session: Session) -> str:
        """Where the summary went after all. Where no disk takes it, it is said, and MachineFault ends the run."""
        try:
            with undisturbed():
                return str(rescue_summary(session, self._words, None))
        except MachineFault:
            self._lines.say(summary_text(session, self._words))
            raise MachineFault("the summary could not be written anywhere", hint="copy it from above") from None

    def _write(self, session: Session, place: str | None) -> str:
        with undisturbed():
            if place != STDOUT:
                return str(write_summary(session, self._words, place))
            try:
                sys.stdout.write(summary_text(session, self._words))
                sys.stdout.flush()
            except OSError:
                raise MachineFault("not written: standard output takes nothing") from None
        return self._words("plain.on_screen")

    def _other_place(self) -> str:
        """Another file that somebody names; empty when nobody does."""
        try:
            with until_a_signal():
                typed = self._lines.ask(self._words("plain.other_place")).strip()
        except (EndOfInput, Ended):
            return ""
        return "" if command(typed) else typed
