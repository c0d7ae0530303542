"""A click counts where it was meant: the second of two on one spot is not for what the first one opened.

Two clicks on one spot are a habit from other programs, and a slow line delivers them at once. The first closes a page or
leads to another question; the second would choose whatever has come to stand under the mouse since.
"""

from textual.events import MouseDown, MouseUp

SECONDS_BETWEEN = 0.5
"""So long two clicks on one spot belong together."""


class DoubleClicks:
    """What a person pressed with the mouse, one button after the other."""

    def __init__(self) -> None:
        self._spot: tuple[float, float] | None = None
        self._at = 0.0
        self._front: object = None
        """What was in front when the button went down."""
        self._counts = True

    def forget(self) -> None:
        """Something else was pressed: what comes now belongs to no click before."""
        self._spot = None

    def takes(self, event: MouseDown | MouseUp, front: object, *, held: bool = False) -> bool:
        """Whether this counts while `front` is in front; `held` says that something waits for the button to go up again."""
        if isinstance(event, MouseDown):
            spot = event.screen_x, event.screen_y
            again = spot == self._spot and event.time - self._at <= SECONDS_BETWEEN
            self._spot, self._at = spot, event.time
            self._counts = not again or front == self._front
            if self._counts:
                self._front = front
            return self._counts
        return self._counts and (held or front == self._front)
