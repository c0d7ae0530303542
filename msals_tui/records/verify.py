"""Reads every byte of the records and says what is not as it was written, and what others could read or change.

A chain of hashes finds what was changed, put in, taken out or moved. A tail that was cut off cleanly, and a journal that was
replaced by a whole other one, are found where the list of what was done names a head: at each final. Who can rewrite that
list as well is not found out here.
"""

import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import asdict

from msals_tui.disk.atomic import opened, told
from msals_tui.disk.folders import FOLDER, ROOT
from msals_tui.errors import Filled, MachineFault, MsalsError
from msals_tui.questionnaire.words import Words
from msals_tui.records.catalog import Catalog
from msals_tui.records.entries import FinalEntry, read_entry
from msals_tui.records.journal import Body, Journal, read_journal
from msals_tui.records.journal_files import LONGEST_JOURNAL, numbers, read_files, read_within
from msals_tui.records.kept import Final, Kept
from msals_tui.records.seal import RECIPIENTS
from msals_tui.records.store import WHOLE_ID

_OWN_FILE, _FINAL_FILE, _OWN_FOLDER = 0o600, 0o400, 0o700
_RIGHTS = stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_UNFINISHED = re.compile(r"\..*\.tmp")
_HALF_PURGED = re.compile(r"\.purged-[0-9a-f]{32}(?:\.[0-9a-f]{16})?")
_OF_RECORD = re.compile(r"lock|journal-[1-9][0-9]{0,5}")
_OF_ALL = re.compile(r"(audit|log)(\.lock|-[1-9][0-9]{0,5})")
_BEGUN, _ENDED = {"created"}, {"purged", "discarded"}


class Verified(Struct):
    """What was found in one record, or, without an id, in what belongs to all of them."""

    id: str
    holds: str = ""
    """What was read, in words."""
    faults: list[str] = field(default_factory=list)
    """What is wrong, a sentence each."""
    remarks: list[str] = field(default_factory=list)
    """What is worth knowing and nothing wrong."""

    @property
    def lines(self) -> Iterator[str]:
        """One line when all is well, else one for each thing that is wrong."""
        called = self.id or "records"
        if not self.faults:
            yield f"ok: {called}: {self.holds}"
        for fault in self.faults:
            yield f"{called}: {fault}"
        for remark in self.remarks:
            yield f"  {remark}"


def verify(catalog: Catalog, ids: Sequence[str], words: Words) -> Iterator[Verified]:
    """The records with these whole ids, or, without any, all of them and the folder around them. Never fails for one."""
    found, audit = _list_of_what_was_done(catalog, words)
    if not ids:
        yield _around(catalog, audit, found, words)
    elif found.faults:
        yield found
    for intake in ids or _ids(catalog):
        yield _Record(catalog, intake, audit, words).verified()


def verified_json(found: Sequence[Verified]) -> str:
    """What was found as one JSON object, in ASCII. Its keys are a public interface: added to, never renamed."""
    tables = {"ok": not any(one.faults for one in found), "verified": [asdict(one) for one in found]}
    return json.dumps(tables, indent=1)


def _ids(catalog: Catalog) -> list[str]:
    """Every folder that is named like a record."""
    intakes = catalog.records.root / "intakes"
    if not intakes.is_dir():
        return []
    with told(intakes, Filled("not read")):
        return sorted(one.name for one in intakes.iterdir() if WHOLE_ID.fullmatch(one.name))


def _list_of_what_was_done(catalog: Catalog, words: Words) -> tuple[Verified, Journal]:
    """How the list stands by itself, and what of it is good."""
    found, root = Verified(""), catalog.records.root
    audit = Journal(())
    try:
        with told(root, Filled("not read")):
            if _is_there(root):
                with opened(root, ROOT) as folder:
                    audit = _chain(folder, root, "audit", found, words)
    except MachineFault as fault:
        found.faults.append(str(fault))
    found.holds = words.some(len(audit.lines[1:]), "records.done")
    if audit.damaged:
        found.faults.append(words("records.list_damaged", path=root / "audit", line=len(audit.lines) + 1))
    return found, audit


def _is_there(path: Path) -> bool:
    """Whether something has this name, be it no folder. Raises OSError if that cannot be told."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    return True


def _around(catalog: Catalog, audit: Journal, found: Verified, words: Words) -> Verified:
    """The folders around the records, and whether a record is gone that nobody deleted."""
    root = catalog.records.root
    try:
        for path, flags, known, passed_over in (
            (root, ROOT, re.compile(rf"intakes|summaries|{re.escape(RECIPIENTS)}|{_OF_ALL.pattern}"), _UNFINISHED),
            (root / "intakes", FOLDER, WHOLE_ID, _HALF_PURGED),
        ):
            if path.is_dir():
                with told(path, Filled("not read")), opened(path, flags) as folder:
                    _rights(path, os.fstat(folder), _OWN_FOLDER, found, words)
                    _names(folder, path, known, passed_over, found=found, words=words)
    except MachineFault as fault:
        found.faults.append(str(fault))
    gone = [one for one in _mentioned(audit, _BEGUN) if not (root / "intakes" / one).is_dir()]
    if gone:
        ended = _mentioned(catalog.records.audited(), _ENDED)  # read anew: somebody may have deleted one meanwhile
        found.faults += [words("records.gone", id=one) for one in gone if one not in ended]
    return found


def _mentioned(audit: Journal, did: set[str]) -> list[str]:
    """The records with which something of this kind was done, each once."""
    bodies = (line.body for line in audit.lines if line.body.get("did") in did)
    return list(dict.fromkeys(str(body["id"]) for body in bodies if WHOLE_ID.fullmatch(str(body.get("id")))))


def _names(
    folder: int, path: Path, known: re.Pattern[str], passed_over: re.Pattern[str], *, found: Verified, words: Words
) -> None:
    """Rights of everything in a folder around the records, and what does not belong there."""
    for name in sorted(os.listdir(folder)):
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        wanted = stat.S_ISDIR if WHOLE_ID.fullmatch(name) or name in ("intakes", "summaries") else stat.S_ISREG
        if passed_over.fullmatch(name):
            found.remarks.append(words("records.left_over", path=path / name))
        elif not known.fullmatch(name) or not wanted(status.st_mode):
            found.faults.append(words("records.foreign", path=path / name))
        elif name == RECIPIENTS:
            if status.st_mode & _OTHERS_WRITE:
                found.faults.append(words("records.others_write", path=path / name))
        elif stat.S_ISREG(status.st_mode):
            _rights(path / name, status, _OWN_FILE, found, words)


def _rights(path: Path, status: os.stat_result, most: int, found: Verified, words: Words) -> None:
    mode = status.st_mode & _RIGHTS
    if mode & ~most:
        found.faults.append(words("records.wide", path=path, mode=f"{mode:04o}", most=f"{most:04o}"))


def _chain(folder: int, path: Path, name: str, found: Verified, words: Words) -> Journal:
    """What the best file of a journal tells, after a look at all others: what was superseded must stand in it as well."""
    best, number = read_files(folder, path, name)
    if best.unfinished:
        found.remarks.append(words("records.unfinished", path=path / f"{name}-{number}"))
    for other in numbers(folder, f"{name}-"):
        if other == number:
            continue
        place = path / f"{name}-{other}"
        read = read_journal(read_within(folder, place, LONGEST_JOURNAL) or b"")
        found.remarks.append(words("records.superseded", path=place, by=f"{name}-{number}"))
        if read.lines and read.head != best.lines[len(read.lines) - 1].hash:
            found.faults.append(words("records.differs", path=place, other=f"{name}-{number}"))
    return best


class _Record:
    """The verification of one record."""

    def __init__(self, catalog: Catalog, intake: str, audit: Journal, words: Words) -> None:
        self._catalog, self._audit, self._words = catalog, audit, words
        self._path = catalog.records.root / "intakes" / intake
        self._found = Verified(intake)

    def verified(self) -> Verified:
        """Everything that is wrong with it, each once."""
        found = self._found
        try:
            kept = self._catalog.records.read(found.id)
            found.faults += kept.faults
            announced = {
                entry.number: Final(entry.number, entry.sha256, entry.sealed)
                for line in kept.journal.lines
                if isinstance(entry := read_entry(line.body), FinalEntry)
            }
            with told(self._path, Filled("not read")), opened(self._path, FOLDER) as folder:
                _rights(self._path, os.fstat(folder), _OWN_FOLDER, found, self._words)
                _chain(folder, self._path, "journal", found, self._words)
                there = self._files(folder, {one.name for one in announced.values()})
            self._finals(kept, announced, there)
            self._said(kept)
        except MsalsError as fault:
            found.faults.append(str(fault))
        found.faults[:] = dict.fromkeys(found.faults)
        return found

    def _files(self, folder: int, finals: set[str]) -> set[str]:
        """Names and rights of everything in the folder; returns the finals that are there."""
        found, words = self._found, self._words
        names = sorted(os.listdir(folder))
        for name in names:
            status, path = os.stat(name, dir_fd=folder, follow_symlinks=False), self._path / name
            if _UNFINISHED.fullmatch(name):
                found.remarks.append(words("records.left_over", path=path))
            elif not (name in finals or _OF_RECORD.fullmatch(name)) or not stat.S_ISREG(status.st_mode):
                found.faults.append(words("records.foreign", path=path))
            else:
                _rights(path, status, _FINAL_FILE if name in finals else _OWN_FILE, found, words)
        return finals & set(names)

    def _finals(self, kept: Kept, announced: dict[int, Final], there: set[str]) -> None:
        """Finals that are gone, and a journal that is not the one that stood there when one was finished."""
        found, words = self._found, self._words
        done = [body for line in self._audit.lines if _is_finished(body := line.body, found.id)]
        finished = {int(body["number"]): body for body in done}
        for number in sorted(announced.keys() | finished.keys()):
            name = announced[number].name if number in announced else ""
            if name not in there and number in finished:
                found.faults.append(words("records.final_gone", number=number))
            elif name not in there:
                found.remarks.append(words("records.never_written", number=number))
            elif number in finished and finished[number]["sha256"] != announced[number].sha256:
                found.faults.append(words("records.final_replaced", number=number))
        lines = kept.journal.lines
        for body in done:
            stood = int(body["lines"])
            if len(lines) < stood:
                lacking = stood - len(lines)
                found.faults.append(words("records.cut_off", number=body["number"], lacking=lacking, stood=stood))
            elif stood < 1 or lines[stood - 1].hash != body["head"]:
                found.faults.append(words("records.replaced", number=body["number"]))

    def _said(self, kept: Kept) -> None:
        """Whether every entry can be read."""
        found, words = self._found, self._words
        if not kept.journal.lines and not kept.faults:
            found.holds = words("records.empty")
            if found.id in _mentioned(self._audit, _BEGUN):
                found.faults.append(words("records.emptied"))
            return
        draft = self._catalog.draft(kept)
        if draft.closed:
            found.remarks.append(words.some(draft.closed, "records.closed"))
        found.holds = words("records.holds", entries=len(draft.entries), finals=len(kept.finals))


def _is_finished(body: Body, intake: str) -> bool:
    match body:
        case {"did": "finished", "id": str(about), "number": int(), "lines": int(), "head": str(), "sha256": str()}:
            return about == intake
    return False
