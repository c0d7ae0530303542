"""Content that was checked, kept in a form that the next start reads without parsing and checking it again.

A file of it is data only: a hash of 32 bytes, then one definition as msgspec writes it to msgpack. Its name is a hash of what
it was made from: the bytes of the content, the kind of the definition, and this version of the program. The first hash is over
that name and the data, so that a file which was damaged, cut off or put under another name is found.

Nothing hangs on these files. What is missing, not ours, not whole or not to be written is passed over without a word, and
content is read from where it stands.
"""

import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from msals_tui import __version__
from msals_tui.disk.atomic import NEW, READ, UNFINISHED, opened, write_all
from msals_tui.disk.folders import FOLDER, make_own
from msals_tui.questionnaire.base import Definition

D = TypeVar("D", bound=Definition)

_LARGEST = 64 << 20
"""Bytes; four times the largest content file."""
_KEPT = 64
"""Files: those of the shipped content four times over."""
_HASH = 32
_SUFFIX = ".compiled"
_JUDGES = ("questionnaire", "questionnaire/kinds", "evidence", "safety", "simulation", "content", "disk")
"""The packages that say what content may hold, and check it."""


class Compiled:
    """A folder of such files, for its owner only; None for none, which keeps nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def read(self, origin: str, kind: type[D]) -> D | None:
        """The definition that was kept, None where there is none; `origin` is the hash of what it was made from."""
        if self._folder is None:
            return None
        try:
            name = self._name(origin, kind)
            with opened(self._folder, FOLDER) as folder, opened(name, READ, folder) as file:
                data = _whole(folder, file)
        except OSError:
            return None
        if data[:_HASH] != _hash(name, data[_HASH:]):
            return None
        return _decoded(memoryview(data)[_HASH:], kind)

    def keep(self, origin: str, made: Definition) -> None:
        """Keeps a definition for the next time, if it would come back as it is."""
        if self._folder is None:
            return
        data = msgspec.msgpack.encode(made)
        if len(data) > _LARGEST - _HASH or _decoded(data, type(made)) != made:
            return
        # Not synced: what a power cut leaves of it is seen by its hash.
        with suppress(OSError):
            name = self._name(origin, type(made))
            with opened(self._made, FOLDER) as folder:
                _check_ours(folder)
                _write(folder, name, _hash(name, data) + data)
                for old in _too_many(folder):
                    os.unlink(old, dir_fd=folder)

    @cached_property
    def _made(self) -> Path:
        """The folder, made where it is not there."""
        folder = self._folder or Path()
        make_own(folder)
        return folder

    def _name(self, origin: str, kind: type[Definition]) -> str:
        return sha256(f"{origin} {kind.__qualname__} {self._program}".encode()).hexdigest() + _SUFFIX

    @cached_property
    def _program(self) -> str:
        """This version of everything that has a say in what is kept; in a checkout, every change is a version."""
        package = Path(__file__).parent.parent
        judges = (judge for folder in _JUDGES for judge in os.scandir(package / folder) if judge.name.endswith(".py"))
        found = sorted((judge.path, judge.stat().st_mtime_ns, judge.stat().st_size) for judge in judges)
        return f"{__version__} {sys.version} {msgspec.__version__} {found}"


def own_compiled() -> Compiled:
    """What was kept in the person's own folder for such files."""
    from platformdirs import user_cache_path

    folder = user_cache_path("msals-tui", appauthor=False)
    return Compiled(folder if folder.is_absolute() else None)


def _whole(folder: int, file: int) -> bytes:
    """All bytes of an ordinary file. OSError where it is none, or others may write to it or could have put it there."""
    _check_ours(folder)
    _check_ours(file)
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
        raise PermissionError
    data = b""
    while len(data) <= _LARGEST and (part := os.read(file, found.st_size + 1)):
        data += part
    return data


def _check_ours(descriptor: int) -> None:
    """PermissionError for what belongs to somebody else, or others have rights to."""
    found = os.fstat(descriptor)
    if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PermissionError


def _hash(name: str, data: bytes) -> bytes:
    return blake2b(name.encode() + data, digest_size=_HASH).digest()


def _decoded(data: "bytes | memoryview", kind: type[D]) -> D | None:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _write(folder: int, name: str, data: bytes) -> None:
    unfinished = f".{secrets.token_hex(8)}{UNFINISHED}"
    try:
        with opened(unfinished, NEW, folder) as file:
            write_all(file, data)
        os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(unfinished, dir_fd=folder)
        raise


def _too_many(folder: int) -> Iterator[str]:
    """What was kept longest ago beyond those that are kept, and what was left unfinished as long ago."""
    ours = [name for name in os.listdir(folder) if name.endswith((_SUFFIX, UNFINISHED))]
    written = {name: os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime_ns for name in ours}
    yield from sorted(ours, key=written.__getitem__, reverse=True)[_KEPT:]
