"""What stands over the screen when nobody used it for long: a cover for staff, a question for a patient."""

from collections.abc import Callable
from math import ceil

from textual import events
from textual.geometry import Offset

from msals_tui.ui.drawing.rows import BLANK, Row, wrapped
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page


class HidingPage(Page[None]):
    """Hides what is below, and where the cursor stood in it."""

    never_covered = hides = True

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._cursor = Offset(0, 0)
        """Where the cursor stood in what is below."""

    def on_mount(self) -> None:
        self._cursor = self.app.cursor_position
        self.app.cursor_position = Offset(0, 0)

    def go_on(self) -> None:
        """Shows what is below as it was."""
        self.app.cursor_position = self._cursor
        self.dismiss(None)


class LockPage(HidingPage):
    """Covers everything until Enter. No password: that is the business of the computer's own lock."""

    def __init__(self, setting: Setting, limit: int, hidden: Callable[[], int]) -> None:
        """`limit` minutes nobody was there; `hidden` tells for how many minutes it stands there."""
        super().__init__(setting)
        self.limit = limit
        self._hidden = hidden

    def title_text(self) -> tuple[str, str, str]:
        return "", self.words("lock.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        """Why, for how long, how to go on, and what this is not."""
        minutes = self._hidden()
        since = self.words.some(minutes, "lock.hidden") if minutes else self.words("lock.just_hidden")
        said = (
            self.words.some(self.limit, "lock.why"),
            since,
            self.words("lock.go_on"),
            self.words("lock.no_password"),
        )
        return [BLANK, *(one for text in said for one in [*wrapped(text, width - 4, "plain", margin="  "), BLANK])]

    def on_key(self, event: events.Key) -> None:
        """Enter uncovers; a cat on the keyboard does not."""
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self.go_on()


class StillTherePage(HidingPage):
    """Asks a patient, and hides the questions meanwhile. Any key or click goes on, as often as it is asked."""

    def __init__(self, setting: Setting, left: Callable[[], float]) -> None:
        """`left` tells how many seconds there are to answer."""
        super().__init__(setting)
        self._left = left

    def on_mount(self) -> None:
        """Counts the seconds; only while this page stands there."""
        self.set_interval(1.0, self.draw)

    def title_text(self) -> tuple[str, str, str]:
        return "", self.words("lock.still_there"), ""

    def body_rows(self, width: int) -> list[Row]:
        """What to do, and how long there is."""
        seconds = max(ceil(self._left()), 0)
        rows = [BLANK, *wrapped(self.words("lock.press_any"), width - 4, "strong", margin="  "), BLANK]
        return [*rows, *wrapped(self.words.some(seconds, "lock.ends"), width - 4, "plain", margin="  ")]

    def on_key(self, event: events.Key) -> None:
        """Somebody is there; the key does nothing else."""
        event.stop()
        event.prevent_default()
        self.go_on()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.go_on()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.go_on()
