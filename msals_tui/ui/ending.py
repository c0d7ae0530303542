"""How a sitting ends: with its summary, as a draft, deleted, unattended, or at once. Disks are waited for beside the screen."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from msals_tui.errors import MsalsError
from msals_tui.session.options import STDOUT
from msals_tui.session.recording import Recording
from msals_tui.session.summary import export, hand_over, summary_text
from msals_tui.text import for_screen
from msals_tui.ui.screens.pages import NotWrittenPage, ThanksPage, WritingPage
from msals_tui.ui.terminal import WIPED

if TYPE_CHECKING:
    from msals_tui.ui.app import MsalsApp

MACHINE_FAILED = 3
"""Exit status after a fault of the machine or of the program itself."""
PATIENCE = 1.0
"""Seconds that the end waits for a disk to save."""


class Ending:
    """Ends the sitting of one application. What is said goes to the terminal once the screen is gone."""

    def __init__(self, app: "MsalsApp") -> None:
        self._app = app

    def chosen(self, outcome: str | None) -> None:
        """The screens are done: writes the summary, keeps the draft or deletes it, as somebody chose."""
        recording = self._app.recording
        if outcome == "write":
            self._app.run_worker(self._write())
        elif recording is None:
            self._app.exit()
        elif outcome == "discard":
            self._app.run_worker(self._discard(recording))
        else:
            self._app.run_worker(self._keep(recording))

    async def _write(self) -> None:
        app, session = self._app, self._app.session
        if session is None:
            return
        app.push_screen(WritingPage(app.setting))
        try:
            handed = await asyncio.to_thread(hand_over, session, app.words, app.options.output, app.recording)
        except MsalsError as fault:
            self._refused(fault, again="write")
            return
        said = handed.text if handed.path is None else self._written(handed.path)
        if handed.path is not None and handed.fault is not None:
            said += self._sentence(handed.fault)
        if session.patient:  # is thanked, and told whom to turn to; staff are back at their terminal
            page = ThanksPage(app.setting_for(patient=True), app.words("thanks.text"))
            app.push_screen(page, lambda _: app.exit(said))
        else:
            app.exit(said)

    async def _keep(self, recording: Recording) -> None:
        self._app.push_screen(WritingPage(self._app.setting))
        await asyncio.to_thread(recording.save)
        if (fault := recording.saving.fault) is None:
            self._app.exit(self._kept())
        else:
            self._refused(fault, again="later")

    async def _discard(self, recording: Recording) -> None:
        self._app.push_screen(WritingPage(self._app.setting))
        try:
            await asyncio.to_thread(recording.discard)
        except MsalsError as fault:
            self._app.exit(self._sentence(fault), return_code=MACHINE_FAILED)
        else:
            self._app.exit()

    def _refused(self, fault: MsalsError, *, again: str) -> None:
        """A disk does not take it: nothing is lost, and other ways are offered."""
        app = self._app

        def chosen(choice: str | None) -> None:
            if choice == "again":
                self.chosen(again)
            elif choice == "print" and app.session is not None:
                app.exit(summary_text(app.session, app.words))
            else:
                app.ask()

        app.push_screen(NotWrittenPage(app.setting, str(fault)), chosen)

    def unattended(self) -> bool:
        """Ends a patient's sitting that nobody is at any more, nothing of it left to see; False when it cannot be saved.

        Where nothing was answered, the notice waits for whoever comes next: they have not read it.
        """
        app, session, recording = self._app, self._app.session, self._app.recording
        if session is None or recording is None:
            return False
        app.keep_drafts()
        if not recording.save(patience=PATIENCE):
            return False
        if session.interview.response.given or session.interview.notes:
            app.exit(WIPED + self._said("lock.ended"))
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
            return self._written(export(session, app.words, str(app.options.output)))
        except MsalsError as refused:
            return self._sentence(refused)

    def _kept(self) -> str:
        """How to go on with the draft that is left; "" where there is none."""
        kept = self._app.recording.record_id if self._app.recording is not None else None
        return self._said("leave.kept", id=kept[:8]) if kept is not None else ""

    def _written(self, path: Path) -> str:
        """Where the summary is; a folder may have any name, also one that a terminal would obey."""
        return self._said("summary.saved", path=str(path))

    def _said(self, key: str, **values: object) -> str:
        return for_screen(self._app.words(key, **values)) + "\n"

    def _sentence(self, fault: MsalsError) -> str:
        return for_screen(str(fault)) + "\n"
