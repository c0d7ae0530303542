"""The page that interrupts for safety."""

from collections.abc import Callable, Sequence

from textual import events
from textual.timer import Timer

from msals_tui.safety.reading import Reading
from msals_tui.safety.rules import Fired
from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.safety import DECIDE, safety_rows

_ALWAYS = frozenset({"up", "down", "pageup", "pagedown", "f9", "ctrl+l"})
"""Keys that move over the page, or hide it. No other key but Enter does anything here, least of all one that answers."""


class SafetyPage(Page[str]):
    """The interruption. A decision is required, so that there is no key to close it; it takes none before it can be read.

    Arrows lead to a choice, and Enter takes it; nothing is pointed at before. A click takes a choice too.
    """

    never_covered = True
    tight = True

    def __init__(
        self, setting: Setting, session: Session, fired: Fired, appeared: Callable[[], None], ms: Callable[[], int]
    ) -> None:
        """`appeared` is called when it is there: what was typed before somebody could see it decides nothing.

        `ms` gives milliseconds of a clock that only goes on.
        """
        super().__init__(setting)
        self._appeared, self._ms = appeared, ms
        self.session = session
        self.fired = fired
        self._reading = self._begun()
        self._alarm: Timer | None = None

    def on_screen_resume(self) -> None:
        """It is read from here on: what was hidden could not be read."""
        self._appeared()
        self.pointer = None
        self._reading = self._begun()
        self._wait()

    def title_text(self) -> tuple[str, str, str]:
        return "", self.words("safety_patient.heading" if self.session.patient else "safety.heading"), ""

    def body_rows(self, width: int) -> list[Row]:
        """The answer, what to do, and the choices."""
        return safety_rows(
            self.session, self.fired, self.words, self.glyphs, width, self.pointer,
            patient=self.session.patient, ready=self.takes_targets,
        )  # fmt: skip

    def keys(self) -> Sequence[Key]:
        """Choosing, and reading on where the page is longer than the screen."""
        say = self.words
        return (
            Key("Up/Down", say("key.choose"), "point(1)"), Key("PgDn", say("key.scroll"), "leaf(1)"),
            Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    @property
    def takes_targets(self) -> bool:
        """Whether it can have been read, and nobody is typing."""
        return self._reading.over(self._ms())

    def on_key(self, event: events.Key) -> None:
        """What is typed too early decides nothing, and restarts the pause."""
        ready = self.takes_targets
        self._disturb()
        if event.key not in _ALWAYS and not (ready and event.key == "enter"):
            event.stop()
            event.prevent_default()

    def on_paste(self) -> None:
        """A paste is typing too."""
        self._disturb()

    def on_mouse_down(self) -> None:
        """So is a click."""
        self._disturb()

    def action_point(self, step: int) -> None:
        """Moves over the choices; over the text while that is still to be read."""
        if self.takes_targets:
            super().action_point(step)
        else:
            self.top += step
            self.draw(follow=False)

    def take(self, target: str) -> None:
        self.dismiss(target.removeprefix(DECIDE))

    def _begun(self) -> Reading:
        rule = self.fired.rule
        return Reading.begun(rule.say_patient if self.session.patient else rule.say, self._ms())

    def _disturb(self) -> None:
        """Only what comes too early disturbs."""
        if not self.takes_targets:
            self._reading = self._reading.disturbed(self._ms())

    def _wait(self) -> None:
        """Says that it takes a decision as soon as it does."""
        if self._alarm is not None:
            self._alarm.stop()
        self._alarm = None
        if self.takes_targets:
            self.draw(follow=False)
        else:
            self._alarm = self.set_timer(max((self._reading.due - self._ms()) / 1000, 0.05), self._wait)
