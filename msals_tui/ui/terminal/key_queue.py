"""Keys, pastes and clicks one after the other: each meets what the one before it opened.

Textual passes on keys as they come, while what they set off (a binding, the next question, the field that it opens) still
waits in the same queue behind them. Whoever types ahead, or whose slow line delivers several keys at once, would answer
one question with the keys meant for the next.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic

from textual.app import App
from textual.events import InputEvent, Paste

LONGEST_SECONDS = 0.5
"""What a key set off is waited for no longer than this."""
_TURNS = 3
"""How often nothing must be on its way, one turn of the loop after the other: a handler may be at work between two queues."""


class KeyQueue:
    """What was typed and not taken yet. `take` gives one event to the application."""

    def __init__(
        self,
        app: App[str],
        take: Callable[[InputEvent | Paste], Awaitable[None]],
        fault: Callable[[Exception], object],
    ) -> None:
        """`fault` is told what went wrong with a key."""
        self._app, self._take, self._fault = app, take, fault
        self._waiting: deque[InputEvent | Paste] = deque()
        self._task: asyncio.Task[None] | None = None
        self._quiet = 0
        """So many turns of the loop nothing was on its way."""

    @property
    def busy(self) -> bool:
        """Whether something waits to be taken, or what was taken is still at work."""
        return self._task is not None and not self._task.done()

    async def put(self, event: InputEvent | Paste) -> None:
        """Takes the event in its turn, which is now if nothing is on its way."""
        self._waiting.append(event)
        if self.busy:
            return
        if self._quiet == _TURNS and not self._on_its_way():
            await self._take_next()
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(self._look_how_it_ended)

    def forget(self) -> None:
        """What waits is not taken any more."""
        self._waiting.clear()

    def disturb(self) -> None:
        """Something else than a key set something off: the next key waits for it too."""
        self._quiet = 0

    async def _run(self) -> None:
        """Rests after every key, and not only before the next one: a key that comes later, as most do, need not wait."""
        await self._rest()
        while self._waiting and self._app.screen_stack:  # what was before may have forgotten the rest, or ended it all
            await self._take_next()
            await self._rest()

    async def _take_next(self) -> None:
        self._quiet = 0
        await self._take(self._waiting.popleft())

    async def _rest(self) -> None:
        """Waits until nothing is on its way any more."""
        patience = monotonic() + LONGEST_SECONDS
        while self._app.screen_stack and monotonic() < patience:
            if self._on_its_way():
                self._quiet = 0
            elif self._quiet == _TURNS:
                return
            else:
                self._quiet += 1
            await asyncio.sleep(0)

    def _on_its_way(self) -> bool:
        screen = self._app.screen
        pumps = (self._app, screen, *screen.children)
        return any(one.message_queue_size for one in pumps)

    def _look_how_it_ended(self, task: asyncio.Task[None]) -> None:
        """A fault ends the program as one in Textual's own queue does."""
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._fault(error)
