"""How a sitting begins: home, a new intake at once, or a record that is taken up; the notice stands before each."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from textual.app import App

from msals_tui.flow.startup import Startup
from msals_tui.records.catalog import Resumed
from msals_tui.records.overview import Offered
from msals_tui.session.session import Content
from msals_tui.ui.drawing.setting import Setting

if TYPE_CHECKING:
    from msals_tui.ui.flow.resume_flow import ResumeFlow


class Notice(Protocol):
    """Shows the safety notice; `then` comes once it was read."""

    def __call__(self, *, patient: bool, then: Callable[[], None]) -> None:
        """The notice for a patient or for staff."""


class StartFlow:
    """The pages before the first question. `ask` begins a new sitting, `go_on` one with a record that was taken up."""

    def __init__(
        self,
        app: App[str],
        startup: Startup,
        setting: Setting,
        *,
        notice: Notice,
        ask: Callable[[Content], None],
        go_on: Callable[[Resumed], None],
    ) -> None:
        self._app, self._startup, self._setting = app, startup, setting
        self._notice, self._ask, self._go_on = notice, ask, go_on

    def begin(self) -> None:
        """The first page. The notice stands before everything else."""
        resumed = self._startup.resumed
        if resumed is not None and (resuming := self._resuming) is not None:
            if self._startup.notice_for is None:
                resuming.begin(resumed, self._app.exit)
            else:
                self._notice(patient=False, then=lambda: resuming.begin(resumed, self._app.exit))
        elif self._startup.options.start == "home":
            self._notice(patient=False, then=self._show_home)
        else:
            self._start(self._startup.options.questionnaire)

    def _show_home(self) -> None:
        """What can be started or gone on with."""
        from msals_tui.ui.screens.home_page import HomePage
        from msals_tui.ui.views.home import START

        def chosen(target: str | None) -> None:
            if target is None or target == "leave":
                self._app.exit()
            elif target.startswith(START):
                self._start(target.removeprefix(START), noticed=True)
            elif self._resuming is not None:
                self._resuming.open(target, self._show_home)

        startup = self._startup
        page = HomePage(self._setting, startup.questionnaires(), startup.reference, startup.offered())
        self._app.push_screen(page, chosen)

    @cached_property
    def _resuming(self) -> "ResumeFlow | None":
        """The ways from what is recorded, which most who begin never go; None where nothing is recorded."""
        if (catalog := self._startup.catalog) is None:
            return None
        from msals_tui.ui.flow.resume_flow import ResumeFlow

        return ResumeFlow(self._app, catalog, self._setting, self._begin_resumed)

    def _start(self, name: str, *, noticed: bool = False) -> None:
        content = self._startup.content(name)
        patient = content.questionnaire.voice == "patient"
        if noticed and not patient:
            self._ask(content)
        else:
            self._notice(patient=patient, then=lambda: self._ask_or_offer(name, content))

    def _ask_or_offer(self, name: str, content: Content) -> None:
        """A new sitting, unless staff may go on with a draft instead."""
        offered = self._startup.offered() if content.questionnaire.voice != "patient" else Offered()
        if not offered.drafts or self._resuming is None:
            self._ask(content)
            return
        self._resuming.offer(
            offered,
            new=lambda: self._ask(content),
            again=lambda: self._ask_or_offer(name, content),
            back=lambda: self._start(name),
        )

    def _begin_resumed(self, resumed: Resumed) -> None:
        """Before a patient goes on, the notice for patients stands."""
        if resumed.recording.session.patient:
            self._notice(patient=True, then=lambda: self._go_on(resumed))
        else:
            self._go_on(resumed)
