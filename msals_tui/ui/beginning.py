"""How a sitting begins: home, a new intake at once, or a record that is taken up; the notice stands before each."""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from textual.app import App

from msals_tui.errors import MsalsError
from msals_tui.evidence.reference import Reference
from msals_tui.session.content import load_content
from msals_tui.session.desk import Desk, Offered, Resumed
from msals_tui.session.options import Options
from msals_tui.session.session import Content
from msals_tui.storage.library import Library
from msals_tui.ui.resuming import Resuming
from msals_tui.ui.screens.pages import HomePage
from msals_tui.ui.setting import Setting
from msals_tui.ui.views.pages import START


class Notice(Protocol):
    """Shows the safety notice; `then` comes once it was read."""

    def __call__(self, *, patient: bool, then: Callable[[], None]) -> None:
        """The notice for a patient or for staff."""


class Beginning:
    """The pages before the first question. `ask` begins a new sitting, `go_on` one with a record that was taken up."""

    def __init__(
        self,
        app: App[str],
        options: Options,
        library: Library,
        setting: Setting,
        desk: Desk | None,
        *,
        notice: Notice,
        ask: Callable[[Content], None],
        go_on: Callable[[Resumed], None],
    ) -> None:
        """Without a desk nothing is recorded, and there is nothing to go on with."""
        self._app, self._options, self._library, self._setting, self._desk = app, options, library, setting, desk
        self._notice, self._ask, self._go_on = notice, ask, go_on
        self._resuming = Resuming(app, desk, setting, self._begin_resumed) if desk is not None else None
        self._resumed: Resumed | None = None
        """The record that the command line named."""
        self._contents: dict[str, Content] = {}
        self._known: Offered | None = None
        """What the notice announced, for the page behind it."""
        self.reference: Reference | None = None
        """What staff may look up before there is a sitting."""

    def load(self) -> None:
        """Reads what the first screens need, before there is a screen. MsalsError when it cannot be used."""
        if self._desk is not None:
            self._desk.check()
            self._desk.asked = self._options.questionnaire
            next(self._desk.records.all(), None)  # whether they can be read is known before somebody answers
        if self._options.resume is not None and self._desk is not None:
            self._resumed = self._desk.open(self._options)
        elif self._options.start == "home":
            self._reference_of_home()
        else:
            self._content(self._options.questionnaire)

    def begin(self) -> None:
        """The first page. The notice stands before everything else."""
        resumed, resuming = self._resumed, self._resuming
        if resumed is not None and resuming is not None:
            if resumed.recording.session.patient:
                resuming.begin(resumed, self._app.exit)
            else:
                self._notice(patient=False, then=lambda: resuming.begin(resumed, self._app.exit))
        elif self._options.start == "home":
            self._notice(patient=False, then=self._show_home)
        else:
            self._start(self._options.questionnaire)

    def offered(self) -> Offered:
        """What staff can go on with; nothing where a patient may sit, or where somebody named a record already."""
        if self._resuming is None or self._resumed is not None:
            return Offered()
        asked = None
        if self._options.start != "home":
            asked = self._content(self._options.questionnaire).questionnaire
        if asked.voice == "patient" if asked is not None else not self._staff_here:
            return Offered()
        if (known := self._known) is not None:  # the notice looked a moment ago
            self._known = None
            return known
        with suppress(MsalsError):  # a disk that fails only now keeps nobody from a new intake
            return self._resuming.offered(asked.id if asked is not None else None)
        return Offered()

    def unfinished(self) -> int:
        """How many drafts are offered behind the notice."""
        self._known = self.offered()
        return self._known.unfinished

    def _show_home(self) -> None:
        """What can be started or gone on with."""
        names = sorted(self._library.questionnaire_files, key=lambda name: name != self._options.questionnaire)
        questionnaires = [self._library.questionnaire_in(self._options.language, name) for name in names]

        def chosen(target: str | None) -> None:
            if target is None or target == "leave":
                self._app.exit()
            elif target.startswith(START):
                self._start(target.removeprefix(START), noticed=True)
            elif self._resuming is not None:
                self._resuming.open(target, self._show_home)

        self.reference = self._reference_of_home()
        self._app.push_screen(HomePage(self._setting, questionnaires, self.reference, self.offered()), chosen)

    @property
    def _staff_here(self) -> bool:
        """Whether staff are asked here too; where only patients are, home may stand open before one of them."""
        names, language = self._library.questionnaire_files, self._options.language
        return {self._library.questionnaire_in(language, name).voice for name in names} != {"patient"}

    def _reference_of_home(self) -> Reference | None:
        return self._library.reference if self._staff_here else None

    def _start(self, name: str, *, noticed: bool = False) -> None:
        content = self._content(name)
        patient = content.questionnaire.voice == "patient"
        if noticed and not patient:
            self._ask(content)
        else:
            self._notice(patient=patient, then=lambda: self._ask_or_offer(name, content))

    def _ask_or_offer(self, name: str, content: Content) -> None:
        """A new sitting, unless staff may go on with a draft instead."""
        offered = self.offered() if content.questionnaire.voice != "patient" else Offered()
        if self._resuming is None or not offered.drafts:
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

    def _content(self, name: str) -> Content:
        if name not in self._contents:
            self._contents[name] = load_content(self._library, name, language=self._options.language)
        return self._contents[name]
