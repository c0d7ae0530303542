"""The page that interrupts for safety."""

from collections.abc import Callable, Sequence

from msals_tui.safety.rules import Fired
from msals_tui.session.session import DECISIONS, Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.safety import safety_rows


class SafetyPage(Page[str]):
    """The interruption: a decision is required, so that there is no key to close it."""

    never_covered = True
    tight = True

    def __init__(self, setting: Setting, session: Session, fired: Fired, appeared: Callable[[], None]) -> None:
        """`appeared` is called when it is there: what was typed before somebody could see it decides nothing."""
        super().__init__(setting)
        self._appeared = appeared
        self.session = session
        self.fired = fired

    def on_mount(self) -> None:
        """The first key is one that was pressed in front of this page."""
        self._appeared()

    def title_text(self) -> tuple[str, str, str]:
        return "", self.words("safety_patient.heading" if self.session.patient else "safety.heading"), ""

    def body_rows(self, width: int) -> list[Row]:
        """The answer, what to do, and the choices."""
        return safety_rows(
            self.session, self.fired, self.words, self.glyphs, width, self.pointer, patient=self.session.patient
        )

    def keys(self) -> Sequence[Key]:
        """Choosing, and reading on where the page is longer than the screen."""
        say = self.words
        return (
            Key("1-3", say("key.choose"), "edge(0)"), Key("PgDn", say("key.scroll"), "leaf(1)"),
            Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def numbered(self) -> Sequence[str]:
        return tuple(f"decide:{choice}" for choice in DECISIONS)

    def take(self, target: str) -> None:
        self.dismiss(target.removeprefix("decide:"))
