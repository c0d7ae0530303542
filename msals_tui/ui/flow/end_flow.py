"""How a sitting ends: with its summary, as a draft, deleted, unattended, or at once. Disks are waited for beside the screen."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msals_tui.errors import MACHINE_FAILED, MsalsError
from msals_tui.records.recording import Recording
from msals_tui.session.options import STDOUT
from msals_tui.session.session import Session
from msals_tui.text import for_screen
from msals_tui.ui.terminal.modes import WIPED

if TYPE_CHECKING:
    from msals_tui.ui.app import MsalsApp
    from msals_tui.ui.screens.work import Next

PATIENCE = 1.0
"""Seconds that the end waits for a disk to save."""


class EndFlow:
    """Ends the sitting of one application. What is said goes to the terminal once the screen is gone."""

    def __init__(self, app: "MsalsApp") -> None:
        self._app = app
        self._said_at_end = ""
        """What is said when a patient, who is thanked already, goes away."""

    def chosen(self, outcome: str | None) -> None:
        """The screens are done: writes the summary, keeps the draft or deletes it, as somebody chose."""
        session, recording = self._app.session, self._app.recording
        if outcome == "write" and session is not None:
            self._work(lambda: self._write(session))
        elif recording is None:
            self._app.exit()
        elif outcome == "discard":
            self._work(lambda: self._discard(recording))
        else:
            self._work(lambda: self._keep(recording))

    def _work(self, work: "Callable[[], Next]") -> None:
        """Does something beside the screen, which never waits for a disk, and then what it says is next."""
        from msals_tui.ui.screens.work import WorkPage

        page = WorkPage(self._app.setting_now(), work, title="export.title", sentence="export.writing")
        self._app.push_screen(page, lambda then: then() if then is not None else None)

    def _write(self, session: Session) -> "Next":
        app = self._app
        try:
            from msals_tui.records.hand_over import hand_over

            handed = hand_over(session, app.words, app.options.output, app.recording)
        except MsalsError as fault:
            return partial(self._refused, fault, again="write")
        said = handed.text if handed.path is None else self._written(handed.path)
        if handed.path is not None and handed.fault is not None:
            said += self._sentence(handed.fault)
        return partial(self._thank, session, said)

    def _thank(self, session: Session, said: str) -> None:
        """Staff are back at their terminal; a patient is thanked and told whom to turn to first."""
        app = self._app
        self._said_at_end = said
        if session.patient:
            from msals_tui.ui.screens.choice_pages import ThanksPage

            app.push_screen(ThanksPage(app.setting_now(), app.words("thanks.text")), lambda _: app.exit(said))
        else:
            app.exit(said)

    def _keep(self, recording: Recording) -> "Next":
        recording.save()
        if (fault := recording.saving.fault) is not None:
            return partial(self._refused, fault, again="later")
        return partial(self._app.exit, self._kept())

    def _discard(self, recording: Recording) -> "Next":
        try:
            recording.discard()
        except MsalsError as fault:
            return partial(self._app.exit, self._sentence(fault), return_code=MACHINE_FAILED)
        return self._app.exit

    def _refused(self, fault: MsalsError, *, again: str) -> None:
        """A disk does not take it: nothing is lost, and other ways are offered."""
        from msals_tui.ui.screens.choice_pages import NotWrittenPage

        app = self._app

        def chosen(choice: str | None) -> None:
            if choice == "again":
                self.chosen(again)
            elif choice == "print" and app.session is not None:
                from msals_tui.records.hand_over import summary_text

                app.exit(
                    summary_text(app.session, app.words) + "\n" + self._sentence(fault), return_code=MACHINE_FAILED
                )
            else:
                app.ask()

        app.push_screen(NotWrittenPage(app.setting_now(), str(fault)), chosen)

    def unattended(self) -> bool:
        """Ends a patient's sitting that nobody is at any more, nothing of it left to see; False when it cannot be saved.

        Where nothing was answered, the notice waits for whoever comes next: they have not read it.
        """
        app, session, recording = self._app, self._app.session, self._app.recording
        if session is None or recording is None:
            return False
        app.keep_open_answers()
        if not recording.save(patience=PATIENCE):
            return False
        if session.interview.response.given or session.interview.notes:
            app.exit(WIPED + (self._said_at_end or self._said("lock.ended")))
        else:
            app.begin_anew(session.content)
        return True

    def rescue(self) -> str:
        """Saves what was answered so far and says how to go on with it; "" when there is nothing.

        What the record does not take goes to the file that was named for the summary.
        """
        app, session, recording = self._app, self._app.session, self._app.recording
        if session is None or not (session.interview.response.given or session.interview.notes):
            return ""
        if recording is not None and recording.save(patience=PATIENCE):
            return self._kept()
        fault = recording.saving.fault if recording is not None else None
        try:
            if app.options.output in (None, STDOUT):
                return self._said("leave.lost", why=str(fault or ""))
            from msals_tui.records.hand_over import export

            return self._written(export(session, app.words, str(app.options.output)))
        except MsalsError as refused:
            return self._sentence(refused)

    def _kept(self) -> str:
        """How to go on with the draft that is left; "" where there is none."""
        kept = self._app.recording.record_id if self._app.recording is not None else None
        if kept is not None and self._app.session is not None and self._app.session.patient:
            return self._said("leave_patient.kept")
        return self._said("leave.kept", id=kept[:8]) if kept is not None else ""

    def _written(self, path: Path) -> str:
        """Where the summary is; a folder may have any name, also one that a terminal would obey."""
        return self._said("summary.saved", path=str(path))

    def _said(self, key: str, **values: object) -> str:
        return for_screen(self._app.words(key, **values)) + "\n"

    def _sentence(self, fault: MsalsError) -> str:
        return for_screen(str(fault)) + "\n"
