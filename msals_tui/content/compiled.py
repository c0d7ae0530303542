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

import msals_tui
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
_NO_SAY = ("ui", "__pycache__")
"""Folders of the program that have no say in what content may hold: nothing that checks may import the screens."""


class Compiled:
    """A folder of such files, for its owner only; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def read(self, origin: str, kind: type[D]) -> D | None:
        """The definition that was kept; None if there is none. `origin` is the hash of what it was made from."""
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
        """This version of everything that may have a say in what is kept; every change of a file or its place is another."""
        sources = sorted(source for package in msals_tui.__path__ for source in _sources(package))
        return f"{msals_tui.__version__} {sys.version} {msgspec.__version__} {sources}"


def own_compiled() -> Compiled:
    """What was kept in the person's own folder for such files."""
    from platformdirs import user_cache_path

    folder = user_cache_path("msals-tui", appauthor=False)
    return Compiled(folder if folder.is_absolute() else None)


def _sources(folder: str) -> Iterator[tuple[str, int, int]]:
    """Every Python file in a folder and below: its path, the time of its last change in nanoseconds, its bytes."""
    for one in os.scandir(folder):
        if one.name.endswith(".py"):
            found = one.stat()
            yield one.path, found.st_mtime_ns, found.st_size
        elif one.name not in _NO_SAY and one.is_dir():
            yield from _sources(one.path)


def _whole(folder: int, file: int) -> bytes:
    """All bytes of an ordinary file. Raises OSError if it is none, or others may write to it or could have put it there."""
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
    """Raises PermissionError if it belongs to somebody else, or others have rights to it."""
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
