"""A page that stands while the disk works."""

import asyncio
from collections.abc import Callable, Sequence

from msals_tui.flow.steps import Worked
from msals_tui.ui.drawing.rows import BLANK, Row, row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.views.frame import Key


class WorkPage(Page[Worked]):
    """Stands while the disk works, so that nothing else can be begun; dismissed with what came of it.

    Where it was covered meanwhile it waits until it is uncovered.
    """

    def __init__(
        self,
        setting: Setting,
        work: Callable[[], Worked],
        title: str,
        sentence: str,
    ) -> None:
        """`work` runs in a thread of its own; `title` and `sentence` are keys of words."""
        super().__init__(setting)
        self._work = work
        self._title_key, self._sentence = title, sentence
        self._worked: Worked | None = None

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words(self._title_key), ""

    def body_rows(self, width: int) -> list[Row]:
        return [BLANK, row("  " + self.words(self._sentence))]

    def keys(self) -> Sequence[Key]:
        return (Key("F9", self.words("key.hide"), "app.cover"),)

    def on_mount(self) -> None:
        self.run_worker(self._run())

    async def _run(self) -> None:
        self._worked = await asyncio.to_thread(self._work)
        self._leave()

    def on_screen_resume(self) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._worked is not None and self.app.screen is self:
            self.dismiss(self._worked)
