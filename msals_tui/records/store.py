"""The records of this machine: one folder an intake, below one folder of all.

    <records>/intakes/<id>/journal-1      every answer, added line by line (see `journal` and `journal_files`)
    <records>/intakes/<id>/final-1.toml   the summary, written once and never again; a later one amends it
    <records>/intakes/<id>/lock           says who writes here; the lock itself is on the folder
    <records>/audit-1                     what was done with which record, when and by whom; never an answer
    <records>/log-1                       faults of the program: what and where in its code; never an answer
    <records>/recipients.txt              put there by a clinic: public age keys that all this is sealed to (see `seal`)

A final is announced in the journal, with its SHA-256, before it is written: what stands in the folder without being
announced, or differs from it, is no final. Sealed finals are called `final-1.toml.age`.

Folders are readable by their owner only (0700), files too (0600, finals 0400), whatever the umask. Names are made here and
never of answers; everything is opened within the folder that was opened first, and no link in it is followed.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from msals_tui.disk.atomic import give_rights, opened, remove_unfinished, told, write_within
from msals_tui.disk.folders import (
    FOLDER,
    ROOT,
    delete,
    delete_set_aside,
    keep_to_owner,
    make_own,
    make_within,
    names_in,
    why_not_writable,
)
from msals_tui.disk.locks import disks_without_locks, holder_of, take, take_lock
from msals_tui.errors import Filled, InputFault, MachineFault
from msals_tui.records.journal import Body, Journal
from msals_tui.records.journal_files import JournalFiles, numbers, read_files, read_within
from msals_tui.records.kept import Final, Kept, announced_by
from msals_tui.text import for_screen

LONGEST_FINAL = 8 << 20
WHOLE_ID = re.compile(r"[0-9a-f]{32}")
_LOCK = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_TRIES_FOR_STORE = 100
"""Two seconds in all: each of several programs may wait for the others' slow disk, and none is waited for by a person."""


class Records:
    """All intakes below one folder. Nothing is made before the first of them is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._intakes = root / "intakes"

    def check(self) -> None:
        """Raises MachineFault if this folder, or the nearest that there is above it, is none that records can be kept in.

        Better said before the first question than after it; a disk that is full may have room again by then.
        """
        nearest = next(one for one in (self.root, *self.root.absolute().parents) if os.path.lexists(one))
        with told(self.root, Filled("no records can be kept here")), opened(nearest, ROOT) as folder:
            if not os.access(nearest, os.W_OK | os.X_OK):
                raise OSError(why_not_writable(folder), "")
            found = os.fstat(folder)
            if nearest == self.root and (found.st_uid != os.geteuid() or found.st_mode & stat.S_ISVTX):
                raise OSError(errno.EACCES, "")  # somebody else's, or everybody's, which it must not be made ours

    def create(self, intake: str, holder: str) -> "Record":
        """A record without an entry, its lock held. Raises MachineFault if disk or rights do not allow it.

        It may be tried again with the same id after a failure.
        """
        path = self._intakes / _checked(intake)
        with told(path):
            make_own(self.root)
            with opened(self.root, ROOT) as root:
                make_within(root, self._intakes.name)
                with opened(self._intakes.name, FOLDER, root) as intakes:
                    with suppress(OSError):  # what an interrupted purge left is for the next purge otherwise
                        delete_set_aside(intakes)
                    make_within(intakes, intake)
                    descriptor = os.open(intake, FOLDER, dir_fd=intakes)
        return Record(descriptor, path, holder, known=False)

    def open(self, intake: str, holder: str) -> "Record":
        """A record to go on with. Raises Locked if somebody else writes in it, InputFault if none can be read."""
        path = self._intakes / _checked(intake)
        with told(path, Filled("not opened")):
            descriptor = self._folder(intake)
        record = Record(descriptor, path, holder, known=True)
        if not record.kept.journal.lines:
            record.close()
            raise InputFault("the record holds nothing that can be read", where=str(record.folder))
        return record

    def read(self, intake: str) -> Kept:
        """What stands on the disk of one intake; nothing is changed and no lock taken.

        A file that cannot be read is a fault of the record. Raises InputFault if there is no such record.
        """
        path = self._intakes / _checked(intake)
        try:
            with told(path, Filled("not read")), self._opened(intake) as folder:
                return _kept(folder, path)
        except MachineFault as fault:
            return Kept(intake, Journal(()), faults=(str(fault),))

    def ids(self, *, newest_first: bool = False) -> list[str]:
        """The ids of all folders of intakes, in order, or those first that changed last.

        Raises MachineFault if they cannot be read.
        """
        with told(self._intakes, Filled("not read")):
            try:
                with opened(self.root, ROOT) as root, opened(self._intakes.name, FOLDER, root) as intakes:
                    ids = [name for name in names_in(intakes) if WHOLE_ID.fullmatch(name)]
            except FileNotFoundError:
                return []
        return sorted(ids, key=self._changed, reverse=True) if newest_first else ids

    def _changed(self, intake: str) -> float:
        """When something was last written in an intake, as the disk says; 0 where it does not."""
        with suppress(OSError):
            return max(one.stat(follow_symlinks=False).st_mtime for one in os.scandir(self._intakes / intake))
        return 0.0

    def all(self, *, newest_first: bool = False) -> Iterator[Kept]:
        """Every intake that holds anything, in the order of `ids`. Raises MachineFault if the folder cannot be read."""
        for intake in self.ids(newest_first=newest_first):
            with suppress(InputFault):  # it is no folder, or was deleted since
                if (kept := self.read(intake)).journal.lines or kept.faults:
                    yield kept

    def holder(self, intake: str) -> str:
        """Who writes in a record now, in the words of its lock; "" when nobody does."""
        with told(self._intakes / _checked(intake), Filled("not read")), self._opened(intake) as folder:
            return holder_of(folder)

    def final(self, intake: str, final: Final) -> bytes:
        """The bytes of a final as it was written. Raises InputFault if they are not that any more."""
        path = self._intakes / _checked(intake) / final.name
        with told(path, Filled("not read")), self._opened(intake) as folder:
            data = read_within(folder, path, LONGEST_FINAL)
        if data is None or sha256(data).hexdigest() != final.sha256:
            raise InputFault("the final is not there as it was written", where=str(path))
        return data

    def purge(self, intake: str) -> None:
        """Deletes a record, and what an interrupted purge left of any.

        Raises Locked if somebody writes in it, MachineFault if it cannot be deleted.
        """
        path = self._intakes / _checked(intake)
        with told(path, Filled("not deleted")), self._opened(intake) as folder:
            lock = take_lock(folder)
            try:
                delete(path)
            finally:
                _close(lock)

    def audit(self, body: Body) -> None:
        """Adds an entry to the list of what was done. Raises MachineFault if the disk refuses."""
        self._append("audit", body)

    def audited(self) -> Journal:
        """What was done with the records of this machine."""
        with told(self.root, Filled("not read")):
            try:
                with opened(self.root, ROOT) as root:
                    return read_files(root, self.root, "audit")[0]
            except FileNotFoundError:
                return Journal(())

    def log(self, body: Body) -> None:
        """Adds a fault of the program to its log. Raises MachineFault if the disk refuses."""
        self._append("log", body)

    def _append(self, name: str, body: Body) -> None:
        """One entry into a journal of the whole store; only one process does so at a time."""
        with told(self.root):
            make_own(self.root)
        with (
            told(self.root),
            opened(self.root, ROOT) as root,
            opened(f"{name}.lock", _LOCK, root) as lock,
        ):
            give_rights(lock, 0o600)
            with disks_without_locks():
                take(lock, _TRIES_FOR_STORE)
            files = JournalFiles(root, self.root, name)
            try:
                if files.empty:
                    files.add({"journal": f"msals-{name}/1"})
                files.add(body)
                files.save()
            finally:
                files.close()

    @contextmanager
    def _opened(self, intake: str) -> Iterator[int]:
        """The folder of one intake. Raises InputFault if there is none, OSError if it cannot be opened."""
        folder = self._folder(intake)
        try:
            yield folder
        finally:
            os.close(folder)

    def _folder(self, intake: str) -> int:
        try:
            with opened(self.root, ROOT) as root, opened(self._intakes.name, FOLDER, root) as intakes:
                return os.open(intake, FOLDER, dir_fd=intakes)
        except OSError as error:
            if error.errno not in _NOT_THERE:
                raise
            raise InputFault(
                "there is no such record", where=intake, hint="msals-tui records list names them"
            ) from None


class Record:
    """One intake that is being written by this process alone."""

    def __init__(self, descriptor: int, folder: Path, holder: str, *, known: bool) -> None:
        """Takes the lock, and says in it who holds it; `descriptor` is that of the open folder, and closed with the record.

        Where a disk knows no locks, only a record that nobody else can know of is written.
        """
        self.folder = folder
        self.id = folder.name
        self._descriptor = descriptor
        self._lock: int | None = None
        try:
            with told(folder):
                give_rights(descriptor, 0o700)  # refused where nothing can be written
                self._lock = take_lock(descriptor, holder, known=known)
                remove_unfinished(descriptor)
                keep_to_owner(descriptor)
                self.kept = _kept(descriptor, folder)
                """What stood there when it was opened."""
                self.files = JournalFiles(descriptor, folder, "journal")
        except BaseException:
            self._let_go()
            raise

    def finish(self, data: bytes, announced: Callable[[Final], Body], *, sealed: bool) -> Final:
        """Writes a final, after an entry that announces it, and reads it back. Raises MachineFault if the disk refuses."""
        with told(self.folder):
            taken = [one for end in (".toml", ".toml.age") for one in numbers(self._descriptor, "final-", end)]
        final = Final(max(taken, default=0) + 1, sha256(data).hexdigest(), sealed)
        self.files.add(announced(final))
        self.files.save()
        write_within(self._descriptor, self.folder / final.name, data, mode=0o400)
        return final

    def purge(self) -> None:
        """Deletes this record and lets it go. Raises MachineFault if it cannot be deleted."""
        with told(self.folder, Filled("not deleted")):
            delete(self.folder)
        self.close()

    def close(self) -> None:
        """Lets the record go; nothing is written."""
        self.files.close()
        self._let_go()

    def _let_go(self) -> None:
        _close(self._lock)
        _close(self._descriptor)
        self._lock, self._descriptor = None, -1


def _checked(intake: str) -> str:
    if not WHOLE_ID.fullmatch(intake):
        raise InputFault(
            "this is no id of a record", where=for_screen(intake), hint="msals-tui records list names them"
        )
    return intake


def _kept(folder: int, path: Path) -> Kept:
    """What stands in the folder of one intake."""
    journal, number = read_files(folder, path, "journal")
    faults = []
    if journal.damaged:
        place = path / f"journal-{number}"
        faults.append(f"{place}: line {len(journal.lines) + 1} is not as it was written; nothing from there on counts")
    found: dict[int, Final] = {}
    for line in journal.lines:
        if (final := announced_by(line.body)) is not None:
            found[final.number] = final
    finals = []
    for final in found.values():
        try:
            data = read_within(folder, path / final.name, LONGEST_FINAL)
        except MachineFault as fault:
            faults.append(str(fault))
            continue
        if data is not None and sha256(data).hexdigest() == final.sha256:
            finals.append(final)
        elif data is not None:
            faults.append(f"{path / final.name}: is not as it was written")
    return Kept(path.name, journal, tuple(finals), tuple(faults))


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        with suppress(OSError):
            os.close(descriptor)


def records_folder(named: str | None) -> Path:
    """The folder that somebody named, or the person's own for data of programs. Raises MachineFault if there is none."""
    if named is not None:
        return Path(named)
    from platformdirs import user_data_path  # imported here: what is named needs no looking up

    folder = user_data_path("msals-tui", appauthor=False)
    if not folder.is_absolute():
        raise MachineFault("no home folder is known to keep records in", hint="name a folder with --records")
    return folder
