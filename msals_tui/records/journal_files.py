"""A journal on the disk: `journal-1` in a folder, which goes on in `journal-2` where it cannot go on itself.

That is after a failed write or sync, since a disk that failed once may say next time that all is well, and after an
unfinished or damaged line. Each file begins with a copy of all that is good, and gets its name only when it is whole;
the one with the most good lines tells. So whatever ends the program, and wherever, no byte that was promised changes.
"""

import os
import re
from contextlib import suppress
from errno import ESTALE
from pathlib import Path

from msals_tui.disk.atomic import READ, give_rights, opened, sync_folder, told, write_all, write_within
from msals_tui.errors import Filled, MachineFault
from msals_tui.records.journal import Body, Journal, Line, line_after, read_journal

LONGEST_JOURNAL = 16 << 20
"""Bytes: sixty thousand answers, or three hundred of the longest texts that a question takes."""
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = _APPEND | os.O_CREAT | os.O_EXCL


_FORGOTTEN: Body = {}
"""What an added line says, which nobody asks here any more."""


class JournalFiles:
    """The journal called `name` in the folder that is open as `folder`, to be added to by this process alone."""

    def __init__(self, folder: int, path: Path, name: str) -> None:
        self._folder, self._path, self._name = folder, path, name
        self._file: int | None = None
        self._file_name, self._file_size = "", 0
        """Of the file that is gone on in."""
        self.gone = False
        """The folder is not where it was any more: what is written there would be found by nobody."""
        journal, best = read_files(folder, path, name)
        self._lines = list(journal.lines)
        """As they stand in the file; those that were added are kept as bytes alone."""
        self._size = len(journal.bytes)
        self.saved = 0
        """How many lines are promised to be on the disk."""
        if self._lines and journal.whole and best == self._last():
            with suppress(OSError):  # all of it then goes on in the next file
                self._reopen(f"{name}-{best}")

    @property
    def empty(self) -> bool:
        """Nothing was ever added."""
        return not self._lines

    @property
    def waiting(self) -> int:
        """How many lines are not promised to be on the disk."""
        return len(self._lines) - self.saved

    @property
    def head(self) -> str:
        """The hash of the last line that is promised to be on the disk, which vouches for all before it."""
        return self._lines[self.saved - 1].hash if self.saved else ""

    def add(self, body: Body) -> None:
        """Takes an entry, to be written by the next `save`. Raises MachineFault if no more can be kept."""
        try:
            line = line_after(self._lines[-1] if self._lines else None, body)
        except ValueError:
            what = "not written: one answer is larger than a journal keeps"
            raise MachineFault(what, where=str(self._path), hint="make it shorter") from None
        if self._size + len(line.bytes) > LONGEST_JOURNAL:
            raise MachineFault("not written: the journal is full", where=str(self._path), hint="begin another intake")
        self._lines.append(Line(line.number, line.hash, _FORGOTTEN, line.bytes))
        self._size += len(line.bytes)

    def save(self) -> None:
        """Writes what is not written yet; when this returns, it outlives a power cut.

        Raises MachineFault if the disk refuses; everything is still here then, and goes with the next save.
        """
        if not self.waiting:
            return
        self._look_for_folder()
        if self._file is not None:
            self._go_on(self._file)
        elif self._last() == 0:
            self._begin()
        else:
            self._go_on_in_next()
        self.saved = len(self._lines)

    def go_on_from(self, other: "JournalFiles") -> None:
        """Takes over all that another journal holds, written or not; this one holds a beginning of it, or is not gone on in."""
        lines = other._lines
        if [line.hash for line in self._lines] != [line.hash for line in lines[: len(self._lines)]]:
            self._let_go()
            self.saved = 0
        self._lines, self._size = list(lines), other._size

    def _look_for_folder(self) -> None:
        """Raises MachineFault if what is written here would be found by nobody: somebody took the folder away, or moved it."""
        try:
            here, there = os.fstat(self._folder), self._path.stat()
            self.gone = (here.st_dev, here.st_ino) != (there.st_dev, there.st_ino)
        except FileNotFoundError:
            self.gone = True
        except OSError:
            return  # writing says what is wrong
        if self.gone:
            self._let_go()
            self.saved = 0
            raise MachineFault(
                "not written: somebody took the record away", where=str(self._path), hint="it is made again"
            )

    def _look_for_file(self, file: int) -> None:
        """Raises OSError if what was written is not what its name leads to: the file was taken away, or another put there."""
        found = os.fstat(file)
        try:
            named = os.stat(self._file_name, dir_fd=self._folder, follow_symlinks=False)
        except OSError:
            self.saved = 0
            raise
        if (found.st_dev, found.st_ino, found.st_size) != (named.st_dev, named.st_ino, self._file_size):
            self.saved = 0
            raise OSError(ESTALE, "somebody else changed the file")

    def close(self) -> None:
        """Lets the files go; nothing is written any more."""
        self._let_go()
        self._folder = -1

    def _let_go(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.close(self._file)
        self._file = None

    def _reopen(self, name: str) -> None:
        """Goes on in a file that is whole. Who wrote it may have ended before its end or its name was promised."""
        self._file = os.open(name, _APPEND, dir_fd=self._folder)
        self._file_name, self._file_size = name, os.fstat(self._file).st_size
        try:
            give_rights(self._file, 0o600)
            os.fsync(self._file)
            sync_folder(self._folder)
        except OSError:
            self._let_go()
            raise
        self.saved = len(self._lines)

    def _go_on(self, file: int) -> None:
        try:
            with told(self._path):
                data = b"".join(line.bytes for line in self._lines[self.saved :])
                write_all(file, data)
                os.fsync(file)
                self._file_size += len(data)
                self._look_for_file(file)
        except BaseException:  # a signal too: nobody knows what the file holds by now
            self._let_go()
            raise

    def _begin(self) -> None:
        """The first file; its name is synced as well."""
        with told(self._path):
            self._file = os.open(f"{self._name}-1", _NEW, 0o600, dir_fd=self._folder)
        self._file_name, self._file_size, self.saved = f"{self._name}-1", 0, 0
        self._go_on(self._file)
        try:
            with told(self._path):
                give_rights(self._file, 0o600)
                sync_folder(self._folder)
        except BaseException:
            self._let_go()
            raise

    def _go_on_in_next(self) -> None:
        name = f"{self._name}-{self._last() + 1}"
        data = b"".join(line.bytes for line in self._lines)
        write_within(self._folder, self._path / name, data)
        self._file_name, self._file_size = name, len(data)
        with suppress(OSError):  # all is saved; the next line goes on in yet another file
            self._file = os.open(name, _APPEND, dir_fd=self._folder)

    def _last(self) -> int:
        """The number of the last file, 0 where there is none."""
        with told(self._path):
            return max(numbers(self._folder, f"{self._name}-"), default=0)


def read_files(folder: int, path: Path, name: str) -> tuple[Journal, int]:
    """What the best file of a journal tells, and its number; nothing is changed.

    The best has the most good lines, and of two with as many, nothing behind them. Raises MachineFault if one cannot be read
    that may hold more: all but those that a whole one goes on from.
    """
    found, best, fault = Journal(()), 0, None
    for number in numbers(folder, f"{name}-"):
        try:
            read = read_journal(read_within(folder, path / f"{name}-{number}", LONGEST_JOURNAL) or b"")
        except MachineFault as unread:
            fault = unread
            continue
        if not best or (len(read.lines), read.whole) >= (len(found.lines), found.whole):
            found, best = read, number
            fault = None if read.lines and read.whole else fault
    if fault is not None:
        raise fault
    return found, best


def read_within(folder: int, path: Path, most: int) -> bytes | None:
    """At most `most` bytes of the file in `folder` that `path` names; None if there is no such file.

    Raises MachineFault if it cannot be read.
    """
    parts = []
    try:
        with opened(path.name, READ, folder) as file:
            while most > 0 and (part := os.read(file, min(most, 1 << 20))):
                parts.append(part)
                most -= len(part)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MachineFault(
            Filled("cannot be read ({strerror})", strerror=error.strerror), where=str(path), hint="check its disk"
        ) from None
    return b"".join(parts)


def numbers(folder: int, before: str, behind: str = "") -> list[int]:
    """The numbers in names like `journal-2` or `final-1.toml`, in order."""
    pattern = re.compile(re.escape(before) + "([1-9][0-9]*)" + re.escape(behind))
    return sorted(int(found[1]) for name in os.listdir(folder) if (found := pattern.fullmatch(name)))
