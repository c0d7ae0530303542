"""The Textual application: joins one session and its screens, and gives the terminal back whatever happens."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import ClassVar, NoReturn

from msgspec.structs import replace
from textual import events
from textual.binding import Binding, BindingType

from msals_tui.crash_watch import WATCH
from msals_tui.errors import MACHINE_FAILED
from msals_tui.flow.flow import PATIENCE, Flow
from msals_tui.flow.startup import Startup
from msals_tui.records.recording import Recording
from msals_tui.records.save_thread import SaveThread
from msals_tui.records.saving import Saving
from msals_tui.session.session import Session
from msals_tui.signals import heard_signals, signal_ear
from msals_tui.ui.drawing.glyphs import glyphs_for_terminal
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.drawing.themes import THEMES
from msals_tui.ui.flow.end_words import end_words
from msals_tui.ui.flow.idle import Idle
from msals_tui.ui.flow.step_screens import StepScreens
from msals_tui.ui.screens.base_screen import BaseScreen
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.screens.question import QuestionScreen
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.screens.title_line import TitleLine
from msals_tui.ui.terminal.app_base import TerminalApp
from msals_tui.ui.terminal.double_clicks import DoubleClicks
from msals_tui.ui.terminal.key_queue import KeyQueue
from msals_tui.ui.terminal.memory import Sweeper, keep_what_is_loaded
from msals_tui.ui.terminal.modes import ENDING, Borrowed, leave, modes_of_terminal
from msals_tui.ui.terminal.screen_memory import Painted

MOST_SECONDS_TO_END = 1.5
"""After a signal, whatever disk and terminal do."""
SECONDS_UNTIL_SLOW = 1.0


class MsalsApp(TerminalApp, inherit_bindings=False):
    """Notice, home, questions, check, summary. `return_value` is a sentence for the terminal after the end, or None."""

    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9,ctrl+l", "cover", show=False, id="privacy.cover"),
        Binding("f12", "reference", show=False, id="help.reference"),
    ]

    def __init__(self, startup: Startup, painted: Painted | None = None, borrowed: Borrowed | None = None) -> None:
        """`painted` is what stands on the screen already; `borrowed` is the terminal as it was before that."""
        # NO_COLOR counts only when it says something, which Textual does not know; its exact filter needs an ANSI start.
        if not (no_colour := bool(os.environ.get("NO_COLOR"))):
            os.environ.pop("NO_COLOR", None)
        super().__init__(painted, borrowed, ansi_color=True if no_colour else None)
        self.options = options = startup.options
        self.words = words = startup.words
        self.clock = startup.clock
        self._startup = startup
        self.setting = Setting(
            words,
            glyphs_for_terminal(options.glyphs),
            words("app.title"),
            options.digit_continues,
            saving=self._saving,
            standing=lambda: self.session.standing if self.session is not None else None,
        )
        self._saver: SaveThread | None = None
        self.flow = Flow(startup, self._sitting)
        self.steps = StepScreens(
            self, self.flow, self.setting_for,
            notice_drawn=self.shown.release, decision_wanted=self._forget_what_was_typed_ahead,
            ms=self.clock.ms,
        )  # fmt: skip
        self.idle = Idle(self, options.lock_after)
        self.sweeper = Sweeper()
        self.key_queue = KeyQueue(self, self._take, self.end_by_fault)
        self._clicks = DoubleClicks()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "msals-16" if no_colour else options.theme

    def on_mount(self) -> None:
        """The first page."""
        self.idle.start()
        self.steps.show(self.flow.begin())
        self.call_after_refresh(keep_what_is_loaded)

    @property
    def session(self) -> Session | None:
        """The sitting, once there is one."""
        return self.flow.session

    @property
    def recording(self) -> Recording | None:
        """What records it; None if nothing does."""
        return self.flow.recording

    def action_reference(self) -> None:
        """The reference over whatever is open, and back to it as it was; where a patient sits there is none."""
        if self.session is not None and self.session.hidden:
            if isinstance(self.screen, QuestionScreen):
                self.screen.may_compare()  # which says that it is hidden
            return
        reference = self.session.content.reference if self.session is not None else self._startup.reference
        if reference is not None and not (isinstance(self.screen, Page) and self.screen.never_covered):
            from msals_tui.ui.screens.reference import ReferencePage

            self.put_over(ReferencePage(self.setting, reference))

    def action_cover(self) -> None:
        """Hides whatever is open from whoever comes in; it is still there afterwards."""
        self.shown.forget()  # somebody may want to see the screen drawn anew
        if not (isinstance(self.screen, Page) and self.screen.hides):
            from msals_tui.ui.screens.cover_page import CoverPage

            self.put_over(CoverPage(self.setting_now()))

    def put_over(self, page: Page[None], then: Callable[[], object] = lambda: None) -> None:
        """A page over whatever is open, and back to it as it was."""
        below = self.screen

        def back(_: None) -> None:
            if isinstance(below, QuestionBase):
                below.refocus()
            then()

        page.put_over(self, back)

    async def on_event(self, event: events.Event) -> None:
        """Keys, pastes and clicks wait for their turn; whatever else comes is passed on."""
        if isinstance(event, events.Resize):
            event = self.as_the_terminal_says(event)
            if self.shown.resized(*event.size) and event.size == self.size and self.screen_stack:
                self.screen.refresh()  # it was another meanwhile, and may have lost what was drawn
        elif isinstance(event, events.InputEvent | events.Paste):
            self.sweeper.used()
        if isinstance(event, events.MouseMove):
            self.key_queue.disturb()
        elif isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            await self.key_queue.put(event)
            return
        await self._take(event)

    def _forget_what_was_typed_ahead(self) -> None:
        """Nobody decides with keys that were meant for a question."""
        self.key_queue.forget()

    async def _take(self, event: events.Event) -> None:
        """A key that comes when nobody used the screen for too long finds it covered, and does nothing else."""
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            front = self.screen.in_front if isinstance(self.screen, BaseScreen) else None
            if not self._clicks.takes(event, front, held=self.mouse_captured is not None):
                return
        elif isinstance(event, events.Key | events.Paste):
            self._clicks.forget()
        if self.idle.takes(event):
            await super().on_event(event)

    def on_unmount(self) -> None:
        """Nobody is waited for any more, and what waits for the disk has its last chance."""
        self.idle.stop()
        if self._saver is not None:
            self._saver.stop(PATIENCE)

    def _sitting(self, recording: Recording | None) -> None:
        """A sitting begins, in which nothing of the one before can be put in: what it keeps is saved beside the screen."""
        self.copy_to_clipboard("")
        if recording is None:
            return
        loop = asyncio.get_running_loop()

        def changed() -> None:
            with suppress(RuntimeError):  # the screen is gone
                loop.call_soon_threadsafe(self._saving_changed)

        saver = self._saver = SaveThread(recording, changed)

        def wanted() -> None:
            # Once the answer is drawn: beside the drawing, each would only keep the other waiting.
            self.call_after_refresh(saver.wake)
            loop.call_later(SECONDS_UNTIL_SLOW, self._look_whether_slow, recording.saving.saved)

        recording.wanted = wanted

    def _saving(self) -> Saving | None:
        return self.recording.saving if self.recording is not None else None

    def _saving_changed(self, *, slow: bool = False) -> None:
        """Says on the screen what is saved by now."""
        for screen in self.screen_stack:  # none are left when the last word of a recorder comes after the end
            for line in screen.query(TitleLine):
                line.saving_changed(slow=slow)

    def _look_whether_slow(self, saved: int) -> None:
        """Says so when the disk took nothing for long; a fault is said as soon as it is known."""
        saving = self._saving()
        if saving is not None and saving.waiting and saving.saved == saved and saving.fault is None:
            self._saving_changed(slow=True)

    def setting_now(self) -> Setting:
        """For whoever sits there now."""
        return self.setting_for(patient=self.session is not None and self.session.patient)

    def setting_for(self, *, patient: bool) -> Setting:
        """For a patient, or for staff."""
        return replace(self.setting, title=self.words("app.title_patient"), patient=True) if patient else self.setting

    def end_unattended(self) -> bool:
        """Ends a patient's sitting that nobody is at any more, nothing of it left to see; False when it cannot be saved."""
        self.keep_open_answers()
        self.copy_to_clipboard("")
        step = self.flow.unattended()
        if step is None:
            return False
        if self.flow.session is None and self._saver is not None:
            self._saver.stop(PATIENCE)
            self._saver = None
        self.steps.show_alone(step)
        return True

    def end_by_signal(self, number: int) -> None:
        """Ends in order when the system asks for it: what was answered is saved, the terminal is given back."""
        self.keep_open_answers()
        self.exit(self._rescued() or None, return_code=128 + number)

    def _rescued(self) -> str:
        """Keeps what was answered so far, and says how to go on with it."""
        return end_words(self.flow.interrupted(), self.words, patient=self.session is not None and self.session.patient)

    def end_in_time(self, status: int) -> None:
        """A disk or a terminal that is gone may never take what it is still to be given."""
        if self.is_headless:
            return
        watchdog = threading.Timer(MOST_SECONDS_TO_END, self.borrowed.end, (status,))
        watchdog.daemon = True
        watchdog.start()

    def keep_open_answers(self) -> None:
        """What was chosen and not confirmed is kept where it is an answer; what was typed, as typed."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                try:
                    screen.keep_unfinished()
                except Exception as error:  # noqa: BLE001 - what was answered before is still to be saved
                    WATCH.say(error)

    def last_words(self, error: BaseException | None) -> str:
        """A neutral sentence, after what could be saved yet."""
        self.end_in_time(MACHINE_FAILED)
        told = [self.words("app.crashed")]
        try:
            told.append(self._rescued().rstrip())
        except Exception as second:  # noqa: BLE001 - a second fault is said like the first
            told.append(WATCH.caught(second))
        if error is not None:  # said last, since its log may wait for a disk
            told.append(WATCH.caught(error))
        return "\n".join(told).rstrip()

    def terminal_is_gone(self) -> None:
        """Ends as when the system says so."""
        self.end_in_time(128 + signal.SIGHUP)
        self.end_by_signal(signal.SIGHUP)


def run_app(startup: Startup, terminal: Borrowed, painted: Painted | None = None) -> NoReturn:
    """Runs until the person leaves, and ends the process. What is said at the end goes to standard output."""
    app = MsalsApp(startup, painted, terminal)
    gc.disable()  # from here on only `Sweeper` looks for unused memory
    WATCH.intake = lambda: app.recording.record_id if app.recording is not None else None

    async def run() -> str | None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(WATCH.in_loop)
        WATCH.end = lambda error: loop.call_soon_threadsafe(app.end_by_fault, error)

        def asked(number: int, _: FrameType | None) -> None:
            for one in ENDING:  # a closed window sends several
                signal.signal(one, signal.SIG_IGN)
            # asyncio's own handlers are not reached while the loop has much to do, and lost when its pipe is full.
            app.end_in_time(128 + number)
            with suppress(RuntimeError):  # it has ended meanwhile
                loop.call_soon_threadsafe(app.end_by_signal, number)

        for number in ENDING:
            signal.signal(number, asked)
        # One that comes just before the loop sleeps would be heard at the next key only; so would another size, or going on.
        loop.add_reader(signal_ear(), heard_signals)
        return await app.run_async()

    said = asyncio.run(run())
    if modes_of_terminal() is None:
        terminal.end(app.return_code or 0)  # nobody reads any more, of which the interpreter would complain at its end
    if terminal.drawn:  # Textual failed to give it back
        terminal.give_back()
    if said:
        sys.stdout.write(said)
    leave(app.return_code or 0)
