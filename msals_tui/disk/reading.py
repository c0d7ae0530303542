"""Reads the bytes of ordinary files that nobody vouches for, up to a limit, and never waits for a pipe or a device."""

import os
import stat
import sys
from errno import EAGAIN, ELOOP, ENAMETOOLONG
from pathlib import Path
from typing import NoReturn, Protocol

from msgspec import Struct

from msals_tui.errors import Filled, InputFault, MachineFault
from msals_tui.signals import wait_to_read
from msals_tui.text import for_screen


class Limits(Struct, frozen=True):
    """How much one file may hold; checked before it is parsed."""

    size: int
    """Bytes."""
    line: int
    """Characters on one line."""
    values: int
    """Values, counting each element of a list, each list and each heading."""
    dots: int = 16
    """Dots in one key."""
    depth: int = 32
    """Brackets inside each other."""


RECORD = Limits(size=4 * 1024 * 1024, line=32 * 1024, values=12_000, dots=6)
"""Answers and summaries. A line holds the longest text that an item allows (4,000) with every character escaped; the
whole holds the largest intake, every text and note of it full, several times over."""

CONTENT = Limits(size=16 * 1024 * 1024, line=8 * 1024, values=500_000)
"""Questionnaires, evidence and words: 10,000 items and more."""

STDIN = "-"
"""As the name of a file: standard input."""

_CHUNK = 256 * 1024


def read_bytes(source: Path | str, limits: Limits) -> bytes:
    """All bytes of an ordinary file, or of standard input where `source` is the text "-" (a Path never is).

    InputFault: there is no such file, it is no ordinary file (a pipe or device is never waited for), it is too large.
    MachineFault: it may not or cannot be read.
    """
    place = "standard input" if source == STDIN else for_screen(str(source))
    try:
        data = _from_stdin(limits) if source == STDIN else _from_file(Path(source), place, limits)
    except (FileNotFoundError, NotADirectoryError):
        raise InputFault("there is no such file", where=place, hint="check the name") from None
    except OSError as error:
        if error.errno in {ELOOP, ENAMETOOLONG}:
            raise InputFault("is no name that leads to a file", where=place, hint="check the name") from None
        reason = error.strerror or "unknown error"
        raise MachineFault(
            Filled("cannot be read ({reason})", reason=reason), where=place, hint="check its rights and its disk"
        ) from None
    except ValueError:
        raise InputFault("is no name that leads to a file", where=place, hint="check the name") from None
    if len(data) > limits.size:
        refuse_size(place, limits)
    return data


def _from_file(path: Path, place: str, limits: Limits) -> bytes:
    """Looks before it opens, since opening alone can move a tape or wait for a pipe; looks again at what it got."""
    _check_ordinary(path.stat().st_mode, place)
    opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with os.fdopen(opened, "rb", buffering=0) as file:
        found = os.fstat(file.fileno())
        _check_ordinary(found.st_mode, place)
        if found.st_size > limits.size:
            refuse_size(place, limits)
        return _at_most(file, limits.size + 1)


def _from_stdin(limits: Limits) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise OSError(0, "standard input is closed")
    return _at_most(_StandardInput(sys.stdin.fileno()), limits.size + 1)


class _Readable(Protocol):
    """A file or standard input; None means that nothing is there yet and that nobody waits."""

    def read(self, size: int, /) -> bytes | None: ...


class _StandardInput:
    """Standard input, which may make us wait; a signal is heard meanwhile."""

    def __init__(self, file: int) -> None:
        self._file = file

    def read(self, size: int) -> bytes | None:
        """At most so many bytes."""
        if os.get_blocking(self._file):
            wait_to_read(self._file)
        try:
            return os.read(self._file, size)
        except BlockingIOError:
            return None


def _at_most(file: _Readable, size: int) -> bytes:
    chunks = []
    while chunk := file.read(min(size, _CHUNK)):
        chunks.append(chunk)
        size -= len(chunk)
    if chunk is None:
        raise BlockingIOError(EAGAIN, "it has no end yet")
    return b"".join(chunks)


def _check_ordinary(mode: int, place: str) -> None:
    if stat.S_ISDIR(mode):
        raise InputFault("is a folder, not a file", where=place, hint="name a file in it")
    if not stat.S_ISREG(mode):
        raise InputFault("is a pipe or device, not an ordinary file", where=place, hint='give a file, or "-" for input')


def refuse_size(place: str, limits: Limits) -> NoReturn:
    """InputFault: more bytes than one file may have."""
    raise InputFault(
        Filled("is larger than {most} kB", most=limits.size // 1024),
        where=place,
        hint="check that it is the right file",
    )
