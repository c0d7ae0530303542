"""Notices that nobody uses the screen: staff's is covered then, a patient's sitting is ended.

Time is told by a clock that no change of the date moves and that counts on while a laptop sleeps. There is one alarm,
set to the time that is left: nothing ticks while somebody works.
"""

import asyncio
import ctypes
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from textual import events
from textual.screen import Screen

from msals_tui.ui.screens.notice import NoticePage

if TYPE_CHECKING:
    from msals_tui.session.session import Session
    from msals_tui.ui.drawing.setting import Setting
    from msals_tui.ui.screens.locking import LockPage, StillTherePage
    from msals_tui.ui.screens.page_base import Page

MINUTE = 60.0
"""Seconds."""
TO_ANSWER = 30.0
"""Seconds that a patient has to say that somebody is still there."""

_AWAKE_OR_NOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # macOS counts sleep in CLOCK_MONOTONIC


def seconds() -> float:
    """Seconds since the machine started, asleep or awake."""
    return time.clock_gettime(_AWAKE_OR_NOT)


class Watched(Protocol):
    """The application that is watched."""

    @property
    def screen(self) -> Screen[Any]:
        """What is on top."""

    @property
    def session(self) -> "Session | None":
        """The sitting."""

    def call_later(self, callback: Callable[[], object]) -> object:
        """Calls in the loop of the application."""

    def setting_now(self) -> "Setting":
        """For whoever sits there now."""

    def put_over(self, page: "Page[None]", then: Callable[[], object]) -> None:
        """A page over whatever is open, and back to it as it was."""

    def end_unattended(self) -> bool:
        """Ends a patient's sitting that nobody is at any more; False when it cannot be saved."""


class Idle:
    """Watches over one application. Any key, paste or click is use; a mouse that is only pushed about is none."""

    def __init__(self, app: Watched, minutes: int, now: Callable[[], float] = seconds) -> None:
        self._app, self._limit, self._now = app, minutes * MINUTE, now
        self._minutes = minutes
        self._since = now()
        """When the screen was used last, or what is over it was put there."""
        self._alarm = Alarm(self._rang)
        self._lock: LockPage | None = None
        """The page that covered the screen last."""
        self._question: StillTherePage | None = None
        """The page that asked a patient last."""

    def start(self) -> None:
        """From here on nobody may be away for too long."""
        self._begin()

    def stop(self) -> None:
        """Nothing is watched any more."""
        self._alarm.stop()

    def takes(self, event: events.Event) -> bool:
        """Whether an event may do what it does. What comes after too long only finds the screen covered."""
        used = isinstance(event, (events.InputEvent, events.Paste)) and not isinstance(event, events.MouseMove)
        if not used or event.is_forwarded:
            return True
        if self._app.screen in (self._lock, self._question):
            return True  # these say themselves what ends them
        if self._left() <= 0:
            self.look()
            return isinstance(self._app.screen, NoticePage)
        self._since = self._now()
        return True

    def look(self) -> None:
        """Does what is due by now, and sets the alarm to what is due next."""
        app = self._app
        if app.screen is self._lock:
            self._lock.draw()
            self._alarm.set(MINUTE)
        elif self._left() > 0:
            self._alarm.set(self._left())
        elif app.screen is self._question:
            self._nobody_answered()
        elif isinstance(app.screen, NoticePage):
            self._begin()  # nothing of anybody stands there, and it may wait all day for whoever comes
        elif app.session is not None and app.session.patient:
            self._ask()
        else:
            self.cover()

    def cover(self) -> None:
        """Covers the screen until Enter. What was typed stays in its field, and what is recorded stays recorded."""
        from msals_tui.ui.screens.locking import LockPage

        self._since = self._now()
        self._alarm.set(MINUTE)
        setting = self._app.setting_now()
        self._lock = LockPage(setting, self._minutes, lambda: int((self._now() - self._since) // MINUTE))
        self._app.put_over(self._lock, self._begin)

    def _ask(self) -> None:
        from msals_tui.ui.screens.locking import StillTherePage

        self._since = self._now() + TO_ANSWER - self._limit
        self._alarm.set(TO_ANSWER)
        self._question = StillTherePage(self._app.setting_now(), self._left)
        self._app.put_over(self._question, self._begin)

    def _nobody_answered(self) -> None:
        if not self._app.end_unattended():
            self.cover()  # answers that no disk takes are lost with the program

    def _begin(self) -> None:
        self._since = self._now()
        self._alarm.set(self._limit)

    def _left(self) -> float:
        return self._since + self._limit - self._now()

    def _rang(self) -> None:
        self._app.call_later(self.look)


class Alarm:
    """Rings once, in the loop that it was set in. Where it fell due while the machine slept, it rings on waking."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._timer: int | None = None
        self._handle: asyncio.TimerHandle | None = None

    def set(self, left: float) -> None:
        """Rings after so many seconds, and not when it was to ring before."""
        loop = asyncio.get_running_loop()
        if self._timer is None and (timer := _timer_through_sleep()) is not None:
            self._timer = timer
            loop.add_reader(timer, self._ran_out)
        if self._timer is None:  # the first key after waking finds that it is late
            if self._handle is not None:
                self._handle.cancel()
            self._handle = loop.call_later(left, self._ring)
            return
        nanoseconds = max(int(left * 1e9), 1)
        once = (ctypes.c_long * 4)(0, 0, nanoseconds // 10**9, nanoseconds % 10**9)
        ctypes.CDLL(None).timerfd_settime(self._timer, 0, once, None)

    def stop(self) -> None:
        """Does not ring any more."""
        if self._handle is not None:
            self._handle.cancel()
        if self._timer is not None:
            asyncio.get_running_loop().remove_reader(self._timer)
            os.close(self._timer)
        self._timer = self._handle = None

    def _ran_out(self) -> None:
        with suppress(BlockingIOError):  # set anew meanwhile
            os.read(self._timer or 0, 8)
            self._ring()


def _timer_through_sleep() -> int | None:
    """A timer of Linux that counts on while the machine sleeps; None if there is none."""
    if sys.platform != "linux":
        return None
    timer = ctypes.CDLL(None).timerfd_create(_AWAKE_OR_NOT, os.O_NONBLOCK | os.O_CLOEXEC)
    return timer if timer >= 0 else None
