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

from msals_tui.errors import MachineFault, UsageFault

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room and write it again"),
    errno.EDQUOT: ("your share of the disk is full", "make room and write it again"),
    errno.EROFS: ("the disk is read-only", "choose another place"),
    errno.ENOENT: ("there is no such folder", "make the folder first, or choose another place"),
    errno.ENOTDIR: ("there is no such folder", "make the folder first, or choose another place"),
    errno.EACCES: ("this folder may not be written to", "choose another place"),
    errno.EPERM: ("this folder may not be written to", "choose another place"),
    errno.EISDIR: ("there is a folder of this name", "choose another name"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.EFBIG: ("the file grew over its limit", "choose another place"),
}


def write_new(path: Path, text: str) -> Path:
    """Writes `text` to `path` and returns it. Nothing half-written is left behind when it fails.

    UsageFault when the name is taken; MachineFault when disk or rights do not allow it.
    """
    if not path.name:
        raise UsageFault("no file name to write to", where=str(path), hint="name a file")
    data = text.encode()
    with _told(path), _opened(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) as folder:
        temporary = f".{secrets.token_hex(8)}.tmp"
        try:
            with _opened(temporary, _NEW, folder) as file:
                _write_all(file, data)
                os.fsync(file)
            _compare(path, temporary, folder, data)
            _publish(temporary, path.name, folder)
        finally:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=folder)
        _sync_folder(path, folder)
    return path


def summary_name(started: datetime, intake_id: str) -> str:
    """The program-made name of a summary: the UTC day it was begun and the start of its id, never an answer."""
    return f"intake-{started.astimezone(UTC):%Y-%m-%d}-{intake_id[:8]}.toml"


def summaries_folder() -> Path:
    """The folder for summaries that were given no place; made when it is not there, for its owner only."""
    from platformdirs import user_data_path  # imported here: only a few commands write at all

    folder = user_data_path("msals-tui", appauthor=False) / "summaries"
    if not folder.is_absolute():
        raise MachineFault("no home folder is known to write summaries to", hint="name a file with -o")
    with _told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns an error of the machine into one sentence."""
    try:
        yield
    except FileExistsError:
        raise UsageFault("there is already a file of this name", where=str(path), hint="choose another name") from None
    except OSError as error:
        what, hint = _REASONS.get(error.errno or 0, (f"the machine says: {error.strerror}", "choose another place"))
        raise MachineFault(f"not written: {what}", where=str(path), hint=hint) from None


@contextmanager
def _opened(name: Path | str, flags: int, folder: int | None = None) -> Iterator[int]:
    descriptor = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def _compare(path: Path, temporary: str, folder: int, data: bytes) -> None:
    """Reads back what was written; a disk that swallowed some of it is found here, before the file has its name."""
    read = b""
    with _opened(temporary, _READ, folder) as file:
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
    with _opened(name, _NEW, folder):
        pass
    try:
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise


def _sync_folder(path: Path, folder: int) -> None:
    """Makes sure that the name outlives a power cut. If that fails the file is whole and stays, but is not promised."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network disks know no sync of a folder
            what = "written, but the disk does not promise to keep it"
            raise MachineFault(what, where=str(path), hint="copy the file to another disk now") from None
