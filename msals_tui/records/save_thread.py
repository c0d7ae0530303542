"""Saves beside the work: a thread of its own writes what a recording keeps, so that nobody ever waits for the disk."""

from collections.abc import Callable
from threading import Event, Thread

from msals_tui.records.recording import Recording

BEFORE_ANOTHER_TRY = 2.0
"""Seconds after a failure, however much is answered meanwhile: long enough to be read, and a sick disk is not hammered."""


class SaveThread:
    """Calls `changed`, in its own thread, after every attempt to save."""

    def __init__(self, recording: Recording, changed: Callable[[], object]) -> None:
        self.recording = recording
        self._changed = changed
        self._wanted, self._ended = Event(), Event()
        self._wanted.set()
        # A daemon: a disk that never answers must not keep the program from ending.
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something waits to be saved."""
        self._wanted.set()

    def stop(self, patience: float) -> None:
        """Saves once more and ends; waits so many seconds at most."""
        self._ended.set()
        self._wanted.set()
        self._thread.join(patience)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wanted.wait()
            self._wanted.clear()
            self.recording.save()
            self._changed()
            saving = self.recording.saving
            if saving.fault is not None or saving.unlisted is not None:
                self._wanted.set()
                self._ended.wait(BEFORE_ANOTHER_TRY)
        self.recording.save()
