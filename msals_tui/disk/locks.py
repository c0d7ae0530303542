"""Locks of the kernel, which are gone when the process that holds them is, however it ends."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from msals_tui.disk.atomic import READ, give_rights, opened
from msals_tui.disk.folders import FOLDER
from msals_tui.errors import Filled, UsageFault
from msals_tui.text import clean

NOTE = "lock"
"""The file in a folder that says who holds it."""
_NOTE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EBADF}
_LONGEST_HOLDER = 200
_TRIES_FOR_RECORD = 5
"""Somebody who only looks whether a record is held holds it for a moment."""
_BETWEEN_TRIES = 0.02
"""Seconds."""


class Locked(UsageFault):
    """Somebody else is writing in this record, or nobody can say that they are not; it can be looked at."""

    def __init__(self, what: str, holder: str = "") -> None:
        self.holder = holder
        """Who it is and since when, as they wrote it into the lock."""
        super().__init__(what, hint="look at it without changing it, or try again later")


def take_lock(folder: int, holder: str = "", *, known: bool = True) -> int | None:
    """Takes the lock of a record, which is gone when this process is, however it ends. Raises Locked if somebody else has it.

    None if the disk knows no locks, and only for a record that is not `known` to anybody.
    """
    lock = os.open(".", FOLDER, dir_fd=folder)  # the folder itself, which cannot be put aside like a file in it
    try:
        take(lock, _TRIES_FOR_RECORD)
    except OSError as error:
        os.close(lock)
        if isinstance(error, BlockingIOError):
            said = _said_by_lock(folder)
            by_whom = Filled("somebody is writing in this record ({holder})", holder=said)
            raise Locked(by_whom if said else "somebody is writing in this record", said) from None
        if error.errno not in _NO_LOCKS:
            raise
        if known:
            raise Locked("the disk of this record knows no locks, so that somebody else may be writing in it") from None
        return None
    try:
        with opened(NOTE, _NOTE, folder) as note:
            give_rights(note, 0o600)
            if holder:
                os.ftruncate(note, 0)
                os.pwrite(note, holder.encode()[:_LONGEST_HOLDER], 0)
    except OSError:
        if not known:  # a record that is begun is begun whole, or later; what there is can be gone on with all the same
            os.close(lock)
            raise
    return lock


def holder_of(folder: int) -> str:
    """Who has the lock of a record; "" when nobody has, as far as this disk can tell."""
    with suppress(OSError), opened(".", FOLDER, folder) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _said_by_lock(folder) or "?"
    return ""


def _said_by_lock(folder: int) -> str:
    with suppress(OSError), opened(NOTE, READ, folder) as note:
        return clean(os.pread(note, _LONGEST_HOLDER, 0).decode(errors="replace"), max_length=_LONGEST_HOLDER).text
    return ""


def take(lock: int, tries: int) -> None:
    """Takes a lock that nobody has for long. Raises BlockingIOError if somebody has all the same."""
    for _ in range(tries - 1):
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_BETWEEN_TRIES)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def disks_without_locks() -> Iterator[None]:
    """Where a disk knows no locks, what they would only keep in order is written all the same."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
