"""A page that stands while the disk works."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeAlias

from msals_tui.ui.drawing.rows import BLANK, Row, row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key

Next: TypeAlias = Callable[[], object]
"""What comes after a piece of work."""


class WorkPage(Page[Next]):
    """Stands while the disk works, so that nothing else can be begun; dismissed with what comes next.

    Where it was covered meanwhile it waits until it is uncovered.
    """

    def __init__(
        self,
        setting: Setting,
        work: Callable[[], Next],
        *,
        title: str = "record_page.title",
        sentence: str = "record_page.working",
    ) -> None:
        """`work` runs in a thread of its own; `title` and `sentence` are keys of words."""
        super().__init__(setting)
        self._work = work
        self._title_key, self._sentence = title, sentence
        self._next: Next | None = None

    def title_text(self) -> tuple[str, str, str]:
        """The heading."""
        return self.setting.title, self.words(self._title_key), ""

    def body_rows(self, width: int) -> list[Row]:
        """One sentence."""
        return [BLANK, row("  " + self.words(self._sentence))]

    def keys(self) -> Sequence[Key]:
        """Hide."""
        return (Key("F9", self.words("key.hide"), "app.cover"),)

    def on_mount(self) -> None:
        """Begins."""
        self.run_worker(self._run())

    async def _run(self) -> None:
        self._next = await asyncio.to_thread(self._work)
        self._leave()

    def on_screen_resume(self) -> None:
        """Uncovered."""
        self._leave()

    def _leave(self) -> None:
        if self._next is not None and self.app.screen is self:
            self.dismiss(self._next)
