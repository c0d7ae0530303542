"""The Textual application: joins one session and its screens, and gives the terminal back whatever happens."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType

from msals_tui.errors import MsalsError
from msals_tui.evidence.reference import Reference
from msals_tui.questionnaire.words import Words
from msals_tui.session.clock import Clock, MachineClock
from msals_tui.session.content import load_content
from msals_tui.session.options import GlyphChoice, Options
from msals_tui.session.session import Content, Session
from msals_tui.session.summary import refuse_taken, rescue_summary, summary_text, write_summary
from msals_tui.storage.library import Library
from msals_tui.text import for_screen
from msals_tui.ui.glyphs import ASCII, UNICODE, Glyphs
from msals_tui.ui.screens.asking import AskingScreen
from msals_tui.ui.screens.page import Page
from msals_tui.ui.screens.pages import CoverPage, HomePage, NoticePage, NotWrittenPage, SafetyPage, ThanksPage
from msals_tui.ui.screens.question import QuestionScreen
from msals_tui.ui.screens.reference import ReferencePage
from msals_tui.ui.setting import Setting
from msals_tui.ui.themes import THEMES

MACHINE_FAILED = 3
"""Exit status after a fault of the program itself."""

NEVER_COVERED = (NoticePage, SafetyPage, CoverPage, ReferencePage)
"""What must be read or decided first, what hides everything, and the reference itself."""


class MsalsApp(App[str], inherit_bindings=False):
    """Notice, home, questions, check, summary. `return_value` is a sentence for the terminal after the end, or None."""

    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9,ctrl+l", "cover", show=False, id="privacy.cover"),
        Binding("f12", "reference", show=False, id="help.reference"),
    ]

    def __init__(self, options: Options, library: Library, words: Words, clock: Clock | None = None) -> None:
        # NO_COLOR counts only when it says something, which Textual does not know; its exact filter needs an ANSI start.
        if not (no_colour := bool(os.environ.get("NO_COLOR"))):
            os.environ.pop("NO_COLOR", None)
        super().__init__(ansi_color=True if no_colour else None)
        self.options = options
        self.library = library
        self.words = words
        self.clock = clock or MachineClock()
        self.setting = Setting(
            words, glyphs_for_terminal(options.glyphs), words("app.title"), options.blind, options.digit_continues
        )
        self.session: Session | None = None
        self._contents: dict[str, Content] = {}
        self._at_home: Reference | None = None
        """What staff may look up before there is a sitting."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "msals-16" if no_colour else options.theme

    def load(self) -> None:
        """Reads what the first screens need, before there is a screen. InputFault when it cannot be used."""
        if self.options.start == "home":
            for name in self.library.questionnaire_files:
                self.library.questionnaire_in(self.options.language, name)
            self._for_staff()
        else:
            self._content(self.options.questionnaire)

    def _content(self, name: str) -> Content:
        if name not in self._contents:
            self._contents[name] = load_content(self.library, name, language=self.options.language)
        return self._contents[name]

    def on_mount(self) -> None:
        """The safety notice stands before everything else."""
        if self.options.start == "home":
            self._notice(patient=False, then=self.show_home)
        else:
            self._start(self.options.questionnaire)

    def _notice(self, *, patient: bool, then: Callable[[], None]) -> None:
        setting = self._setting_for(patient=patient)

        def read(accepted: bool | None) -> None:  # noqa: FBT001 - Textual calls it with the result
            if accepted:
                then()
            else:
                self.exit()

        self.push_screen(NoticePage(setting, patient=patient), read)

    def show_home(self) -> None:
        """What can be started."""
        names = sorted(self.library.questionnaire_files, key=lambda name: name != self.options.questionnaire)
        questionnaires = [self.library.questionnaire_in(self.options.language, name) for name in names]

        def chosen(name: str | None) -> None:
            if name is None or name == "leave":
                self.exit()
            else:
                self._start(name, noticed=True)

        self._at_home = self._for_staff()
        self.push_screen(HomePage(self.setting, questionnaires, self._at_home), chosen)

    def _for_staff(self) -> Reference | None:
        """The reference, unless only patients are asked here: then home may stand open before one of them."""
        asked = (self.library.questionnaire_in(self.options.language, one) for one in self.library.questionnaire_files)
        return self.library.reference if any(one.voice != "patient" for one in asked) else None

    def action_reference(self) -> None:
        """The reference over whatever is open, and back to it as it was; where a patient sits there is none."""
        reference = self.session.content.reference if self.session is not None else self._at_home
        if reference is not None and not isinstance(self.screen, NEVER_COVERED):
            self._put_over(ReferencePage(self.setting, reference))

    def action_cover(self) -> None:
        """Hides whatever is open from whoever comes in; it is still there afterwards."""
        if not isinstance(self.screen, CoverPage):
            self._put_over(CoverPage(self.setting))

    def _put_over(self, page: Page[None]) -> None:
        """A page over whatever is open, and back to it as it was."""
        back = self.screen.refocus if isinstance(self.screen, AskingScreen) else lambda: None
        self.push_screen(page, lambda _: back())

    def _start(self, name: str, *, noticed: bool = False) -> None:
        content = self._content(name)
        patient = content.questionnaire.voice == "patient"
        if noticed and not patient:
            self.show_questions(content)
        else:
            self._notice(patient=patient, then=lambda: self.show_questions(content))

    def show_questions(self, content: Content) -> None:
        """A new sitting."""
        self.session = Session(content, self.clock)
        self._ask(self.session)

    def _ask(self, session: Session) -> None:
        self.push_screen(QuestionScreen(self._setting_for(patient=session.patient), session), self._finished)

    def _setting_for(self, *, patient: bool) -> Setting:
        return replace(self.setting, title=self.words("app.title_patient")) if patient else self.setting

    def _finished(self, outcome: str | None) -> None:
        """The sitting is over: writes the summary if it is wanted."""
        if outcome != "write" or self.session is None:
            self.exit()
            return
        if self.options.output == "-":
            self.exit(summary_text(self.session, self.words))
            return
        try:
            path = write_summary(self.session, self.words, self.options.output)
        except MsalsError as fault:
            self._not_written(str(fault))
        else:
            self._thank(self._written(path))

    def _thank(self, said: str) -> None:
        """Staff are back at their terminal; a patient is thanked and told whom to turn to first."""
        if self.session is not None and self.session.patient:
            page = ThanksPage(self._setting_for(patient=True), self.words("thanks.text"))
            self.push_screen(page, lambda _: self.exit(said))
        else:
            self.exit(said)

    def _not_written(self, sentence: str) -> None:
        """The place does not take it: nothing is lost, and other ways are offered."""

        def chosen(choice: str | None) -> None:
            if choice == "again":
                self._finished("write")
            elif choice == "print" and self.session is not None:
                self.exit(summary_text(self.session, self.words))
            elif self.session is not None:
                self._ask(self.session)

        self.push_screen(NotWrittenPage(self.setting, sentence), chosen)

    def end_by_signal(self, number: int) -> None:
        """Ends in order when the system asks for it: what was answered is written, the terminal is given back."""
        for screen in self.screen_stack:
            if isinstance(screen, QuestionScreen):
                screen.keep_draft()
        said = self._rescue()
        # A terminal that is gone may never take what Textual still wants to write to it.
        watchdog = threading.Timer(2, os._exit, (128 + number,))
        watchdog.daemon = True
        watchdog.start()
        self.exit(said, return_code=128 + number)

    def _rescue(self) -> str:
        """Writes what was answered so far and says where, or why it could not be written; "" when there is nothing."""
        session = self.session
        if session is None or not (session.interview.response.given or session.interview.notes):
            return ""
        try:
            path = rescue_summary(session, self.words, self.options.output)
        except MsalsError as fault:
            return for_screen(str(fault)) + "\n"
        return self._written(path)

    def _written(self, path: Path) -> str:
        """Where the summary is; a folder may have any name, also one that a terminal would obey."""
        return for_screen(self.words("summary.saved", path=str(path))) + "\n"

    def _fatal_error(self) -> None:
        """A fault of the program: one neutral sentence. Textual's own report would print answers as local variables."""
        self._exit_renderables = [Text(f"{self.words('app.crashed')}\n{self._rescue()}".rstrip())]
        self._return_code = MACHINE_FAILED
        self._close_messages_no_wait()


def glyphs_for_terminal(choice: GlyphChoice) -> Glyphs:
    """The signs that this terminal can show; `auto` takes no risk on old terminals and encodings."""
    if choice == "auto":
        term, encoding = os.environ.get("TERM", ""), (getattr(sys.__stderr__, "encoding", "") or "").lower()
        plain = term in ("", "linux", "dumb") or term.startswith("vt")
        return ASCII if plain or not encoding.startswith("utf") else UNICODE
    return ASCII if choice == "ascii" else UNICODE


def run_app(options: Options, library: Library | None = None) -> int:
    """Runs until the person leaves; returns the exit status. What is said at the end goes to standard output."""
    library = library or Library()
    app = MsalsApp(options, library, library.words(options.language))
    refuse_taken(options.output)
    app.load()

    async def run() -> str | None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, app.end_by_signal, number)
        return await app.run_async()

    said = asyncio.run(run())
    if said:
        sys.stdout.write(said)
    return app.return_code or 0
