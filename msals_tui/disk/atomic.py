"""Writes a file so that it is there whole or not at all, readable by its owner only, and never over another.

The text goes into a new file beside the target, is synced and read back, and only then gets its name. A name is given
by a hard link, which the kernel refuses when the name is taken; where the disk knows no links, an empty file reserves
it. Everything happens relative to the folder opened once, so nobody can put another folder in its place meanwhile.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msals_tui.errors import Filled, MachineFault, UsageFault

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""How a file is opened that is only read: no link is followed, and a pipe is never waited for."""
UNFINISHED = ".tmp"
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
_REASONS = {
    errno.ENOSPC: (Filled("the disk is full"), Filled("make room and write it again")),
    errno.EDQUOT: (Filled("your share of the disk is full"), Filled("make room and write it again")),
    errno.EROFS: (Filled("the disk is read-only"), Filled("choose another place")),
    errno.ENOENT: (Filled("there is no such folder"), Filled("make the folder first, or choose another place")),
    errno.ENOTDIR: (Filled("there is no such folder"), Filled("make the folder first, or choose another place")),
    errno.EACCES: (Filled("this folder may not be written to"), Filled("choose another place")),
    errno.EPERM: (Filled("this folder may not be written to"), Filled("choose another place")),
    errno.EISDIR: (Filled("there is a folder of this name"), Filled("choose another name")),
    errno.ENAMETOOLONG: (Filled("the name is too long"), Filled("choose a shorter one")),
    errno.EFBIG: (Filled("the file grew over its limit"), Filled("choose another place")),
}


def write_new(path: Path, text: str) -> Path:
    """Writes `text` to `path` and returns it. Nothing half-written is left behind when it fails.

    Raises UsageFault if the name is taken, MachineFault if disk or rights do not allow it.
    """
    if not path.name:
        raise UsageFault("no file name to write to", where=str(path), hint="name a file")
    with told(path), opened(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) as folder:
        write_within(folder, path, text.encode())
    return path


def write_within(folder: int, path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Writes a new file into the folder that is open as `folder`; `path` names it, also in refusals, as in `write_new`."""
    temporary = f".{secrets.token_hex(8)}{UNFINISHED}"
    with told(path):
        try:
            with opened(temporary, NEW, folder) as file:
                write_all(file, data)
                give_rights(file, mode)
                os.fsync(file)
            _compare(path, temporary, folder, data)
            _publish(temporary, path.name, folder)
        finally:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=folder)
        _sync_folder(path, folder)


def remove_unfinished(folder: int) -> None:
    """Takes away what a crash left half-written in a folder that nobody else writes in, as far as the disk lets us.

    Raises OSError if the folder cannot be read.
    """
    for name in os.listdir(folder):
        if name.startswith(".") and name.endswith(UNFINISHED):
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)


def give_rights(descriptor: int, mode: int) -> None:
    """Gives an open file these rights, whatever the umask left; a disk that knows no rights keeps its own."""
    with suppress(PermissionError):
        os.fchmod(descriptor, mode)


def sync_folder(folder: int) -> None:
    """Makes sure that the names in a folder outlive a power cut. OSError as the system says it."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network disks know no sync of a folder
            raise


def summary_name(started: datetime, intake_id: str) -> str:
    """The program-made name of a summary: the UTC day it was begun and the start of its id, never an answer."""
    return f"intake-{started.astimezone(UTC):%Y-%m-%d}-{intake_id[:8]}.toml"


@contextmanager
def told(path: Path, what: str = Filled("not written")) -> Iterator[None]:
    """Turns an error of the machine into one sentence that begins with `what`."""
    try:
        yield
    except FileExistsError:
        raise UsageFault("there is already a file of this name", where=str(path), hint="choose another name") from None
    except OSError as error:
        why, hint = _REASONS.get(
            error.errno or 0,
            (Filled("the machine says: {error}", error=error.strerror), Filled("choose another place")),
        )
        raise MachineFault(Filled("{what}: {why}", what=what, why=why), where=str(path), hint=hint) from None


@contextmanager
def opened(name: Path | str, flags: int, folder: int | None = None) -> Iterator[int]:
    """A file, for its owner only where it is made, closed at the end."""
    descriptor = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_all(file: int, data: bytes) -> None:
    """Writes every byte, however few a call takes."""
    while data:
        data = data[os.write(file, data) :]


def _compare(path: Path, temporary: str, folder: int, data: bytes) -> None:
    """Reads back what was written; a disk that swallowed some of it is found here, before the file has its name."""
    read = b""
    with opened(temporary, READ, folder) as file:
        while part := os.read(file, 1 << 20):
            read += part
    if read != data:
        raise MachineFault("not written: the disk gives back something else", where=str(path), hint="use another disk")


def _publish(temporary: str, name: str, folder: int) -> None:
    """Gives the finished file its name."""
    try:
        os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _publish_without_links(temporary, name, folder)


def _publish_without_links(temporary: str, name: str, folder: int) -> None:
    """Reserves the name with an empty file of our own, which the rename then replaces, and nothing else."""
    with opened(name, NEW, folder):
        pass
    try:
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise


def _sync_folder(path: Path, folder: int) -> None:
    """Makes sure that the name outlives a power cut. If that fails the file is whole and stays, but is not promised."""
    try:
        sync_folder(folder)
    except OSError:
        what = "written, but the disk does not promise to keep it"
        raise MachineFault(what, where=str(path), hint="copy the file to another disk now") from None
