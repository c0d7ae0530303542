"""The records on the disk: made for their owner only, held by one, never followed out of their folder, deleted for good."""

import errno
import fcntl
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from msals_tui.disk.atomic import write_new
from msals_tui.disk.locks import Locked
from msals_tui.errors import InputFault, MachineFault, MsalsError
from msals_tui.records import journal, journal_files
from msals_tui.records.journal import Body, line_after, read_journal
from msals_tui.records.journal_files import JournalFiles
from msals_tui.records.kept import Final
from msals_tui.records.store import Record, Records, records_folder

ID, OTHER = "0123456789abcdef" * 2, "f" * 32
HEADER: Body = {"journal": "msals-journal/1", "id": ID}
SUMMARY = b"schema = 1\n"


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """A store that nobody has written to."""
    return Records(tmp_path / "records")


def kept(records: Records, *bodies: Body, intake: str = ID) -> Record:
    """A record that is open, with a header and these entries."""
    record = records.create(intake, "the nurse")
    write(record, HEADER, *bodies)
    return record


def write(record: Record, *bodies: Body) -> None:
    for body in bodies:
        record.files.add(body)
    record.files.save()


def announced(final: Final) -> Body:
    return {"do": "final", "number": final.number, "sha256": final.sha256, "sealed": final.sealed}


def finished(records: Records, *summaries: bytes) -> Path:
    """The folder of a record with these finals, let go."""
    record = kept(records)
    for summary in summaries:
        record.finish(summary, announced, sealed=False)
    record.close()
    return record.folder


def bodies(records: Records, intake: str = ID) -> list[Body]:
    return [line.body for line in records.read(intake).journal.lines]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def failing(number: int) -> object:
    def call(*arguments: object, **named: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


# Making, reading, going on


def test_nothing_is_made_before_the_first_record_is(records: Records) -> None:
    assert not list(records.all())
    assert not records.audited().lines
    with pytest.raises(InputFault, match="no such record"):
        records.read(ID)
    assert not records.root.exists()


def test_what_was_saved_is_read_by_anybody_while_it_is_being_written(records: Records) -> None:
    record = kept(records, {"do": "answer"})
    assert bodies(records) == [HEADER, {"do": "answer"}]
    record.files.add({"do": "later"})
    assert len(bodies(records)) == 2
    record.files.save()
    assert bodies(records)[-1] == {"do": "later"}
    record.close()


def test_a_record_goes_on_in_its_file(records: Records) -> None:
    kept(records).close()
    record = records.open(ID, "the doctor")
    assert [line.body for line in record.kept.journal.lines] == [HEADER]
    write(record, {"do": "answer"})
    record.close()
    assert bodies(records) == [HEADER, {"do": "answer"}]
    assert sorted(path.name for path in record.folder.iterdir()) == ["journal-1", "lock"]


def test_a_record_goes_on_in_the_next_file_behind_an_unfinished_line(records: Records) -> None:
    record = kept(records)
    record.close()
    torn = record.folder / "journal-1"
    torn.write_bytes(before := torn.read_bytes() + b"1 00")
    record = records.open(ID, "the doctor")
    assert record.files.saved == 0
    write(record, {"do": "answer"})
    record.close()
    assert torn.read_bytes() == before
    assert bodies(records) == [HEADER, {"do": "answer"}]
    assert records.read(ID).state == "draft"


def test_damage_is_told_and_what_stands_before_it_is_good(records: Records) -> None:
    record = kept(records, {"do": "answer", "answer": "no"}, {"do": "note"})
    record.close()
    path = record.folder / "journal-1"
    path.write_bytes(path.read_bytes().replace(b'"no"', b'"ok"'))
    found = records.read(ID)
    assert found.state == "damaged"
    assert [line.body for line in found.journal.lines] == [HEADER]
    assert "line 2 is not as it was written" in found.faults[0]


def test_a_file_that_cannot_be_read_hides_nothing_that_went_on_from_it(records: Records) -> None:
    record = kept(records, {"do": "answer"})
    record.close()
    shutil.copy(record.folder / "journal-1", record.folder / "journal-2")
    (record.folder / "journal-1").unlink()
    (record.folder / "journal-1").mkdir()
    assert len(bodies(records)) == 2
    records.open(ID, "the doctor").close()


def test_a_file_that_cannot_be_read_and_may_hold_more_is_told(records: Records) -> None:
    record = kept(records)
    record.close()
    (record.folder / "journal-2").mkdir()
    assert records.read(ID).state == "damaged"
    with pytest.raises(MachineFault, match="cannot be read"):
        records.open(ID, "the doctor")


def test_a_high_number_in_a_name_does_not_make_the_next_file_unread(records: Records) -> None:
    record = kept(records)
    record.close()
    (record.folder / "journal-1").rename(record.folder / "journal-999999")
    with (record.folder / "journal-999999").open("ab") as file:
        file.write(b"torn")
    record = records.open(ID, "the doctor")
    write(record, {"do": "answer"})
    record.close()
    assert len(bodies(records)) == 2


def test_lines_of_somebody_who_was_killed_are_promised_only_when_they_are_synced(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(records).close()
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(os.fstat(file).st_ino), fsync(file)))
    record = records.open(ID, "the doctor")
    assert record.files.saved == 1
    assert {(record.folder / "journal-1").stat().st_ino, record.folder.stat().st_ino} <= set(synced)
    record.close()


def test_lines_that_cannot_be_synced_anew_are_not_promised_and_go_on_in_the_next_file(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(records).close()
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    record = records.open(ID, "the doctor")
    monkeypatch.undo()
    assert (record.files.saved, record.files.waiting) == (0, 1)
    record.files.save()
    assert record.files.saved == 1
    record.close()
    assert read_journal((record.folder / "journal-2").read_bytes()).whole


def test_the_name_of_every_folder_that_was_made_is_synced(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(os.fstat(file).st_ino), fsync(file)))
    root = Records(records.root / "deep" / "deeper")
    kept(root).close()
    above = [
        root.root.parent.parent.parent,
        root.root.parent.parent,
        root.root.parent,
        root.root,
        root.root / "intakes",
    ]
    assert {path.stat().st_ino for path in above} <= set(synced)


def test_a_disk_that_knows_no_sync_of_folders_keeps_records(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def only_files(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "no sync")
        fsync(file)

    monkeypatch.setattr(os, "fsync", only_files)
    kept(records, {"do": "answer"}).close()
    records.audit({"did": "created"})
    assert len(bodies(records)) == 2


def test_a_journal_that_is_full_says_so_and_keeps_what_it_has(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = kept(records)
    for module, limit, said in ((journal_files, "LONGEST_JOURNAL", "full"), (journal, "LONGEST_LINE", "larger")):
        with monkeypatch.context() as patched:
            patched.setattr(module, limit, 200)
            with pytest.raises(MachineFault, match=said):
                record.files.add({"do": "x" * 300})
    record.close()
    assert bodies(records) == [HEADER]


def test_a_record_that_was_let_go_writes_nowhere(records: Records, tmp_path: Path) -> None:
    record = kept(records)
    record.close()
    with (tmp_path / "other").open("w") as other:
        record.close()
        other.write("mine")
    record.files.add({"do": "answer"})
    with pytest.raises(MachineFault):
        record.files.save()
    with pytest.raises(MachineFault):
        record.finish(SUMMARY, announced, sealed=False)
    assert bodies(records) == [HEADER]


@pytest.mark.parametrize("name", ["", "..", "../x", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n", "\x1b[2J", "/etc"])
def test_what_is_no_id_is_refused_in_one_line_that_a_screen_can_show(records: Records, name: str) -> None:
    for use in (
        records.read,
        records.purge,
        records.holder,
        lambda one: records.open(one, ""),
        lambda one: records.create(one, ""),
    ):
        with pytest.raises(InputFault) as refused:
            use(name)
        assert str(refused.value).isprintable()
    assert not records.root.exists()


def test_all_lists_records_that_hold_anything_by_id_and_nothing_else(records: Records) -> None:
    for intake in (OTHER, ID):
        kept(records, intake=intake).close()
    records.create("a" * 32, "nobody yet").close()
    (records.root / "intakes" / "notes").mkdir()
    (records.root / "intakes" / ("b" * 32)).write_text("a file")
    (records.root / "intakes" / ("c" * 32)).symlink_to(records.root / "intakes" / ID)
    assert [one.id for one in records.all()] == [ID, OTHER]


def test_a_record_that_is_deleted_while_all_are_listed_is_passed_over(records: Records) -> None:
    for intake in (ID, OTHER):
        kept(records, intake=intake).close()
    listed = records.all()
    assert next(listed).id == ID
    records.purge(OTHER)
    assert not list(listed)


def test_a_record_that_was_made_and_not_begun_cannot_be_gone_on_with(records: Records) -> None:
    records.create(ID, "the nurse").close()
    with pytest.raises(InputFault, match="holds nothing"):
        records.open(ID, "the doctor")
    kept(records).close()
    assert bodies(records) == [HEADER]


# Rights


@pytest.mark.parametrize("mask", [0, 0o077, 0o777])
def test_only_the_owner_may_read_whatever_the_umask(records: Records, mask: int) -> None:
    before = os.umask(mask)
    try:
        record = kept(records, {"do": "answer"})
        record.finish(SUMMARY, announced, sealed=False)
        record.close()
        records.audit({"did": "created"})
        records.log({"what": "fault"})
    finally:
        os.umask(before)
    for path in (records.root, *records.root.rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o400 if path.name.startswith("final") else 0o600
        assert (path.name, oct(mode(path))) == (path.name, oct(wanted))


def test_wider_rights_are_taken_back_when_a_record_is_gone_on_with(records: Records) -> None:
    folder = finished(records, SUMMARY)
    (folder / "journal-1").chmod(0o666)
    (folder / "lock").chmod(0o644)
    (folder / "final-1.toml").chmod(0o444)
    folder.chmod(0o777)
    records.open(ID, "the doctor").close()
    assert [oct(mode(path)) for path in (folder, folder / "journal-1", folder / "lock", folder / "final-1.toml")] == [
        "0o700",
        "0o600",
        "0o600",
        "0o400",
    ]


def test_wider_rights_to_the_folders_are_taken_back_with_the_next_record(records: Records) -> None:
    kept(records).close()
    for folder in (records.root, records.root / "intakes"):
        folder.chmod(0o755)
    kept(records, intake=OTHER).close()
    assert mode(records.root) == mode(records.root / "intakes") == 0o700


def test_a_disk_that_knows_no_rights_takes_a_summary_and_no_records(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.root.mkdir(mode=0o755)
    records.root.chmod(0o755)
    monkeypatch.setattr(os, "fchmod", failing(errno.EPERM))
    assert write_new(tmp_path / "summary.toml", "schema = 1\n").read_text() == "schema = 1\n"
    with pytest.raises(MachineFault):
        records.create(ID, "the nurse")


# Links, pipes and folders in the place of what is ours


def test_a_root_that_is_a_link_to_a_folder_is_used(records: Records, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    records.root.symlink_to(tmp_path / "disk")
    kept(records).close()
    assert bodies(records) == [HEADER]


@pytest.mark.parametrize("place", ["intakes", f"intakes/{ID}"])
def test_no_link_below_the_root_is_followed(records: Records, tmp_path: Path, place: str) -> None:
    kept(records, intake=OTHER).close()
    outside = tmp_path / "outside"
    (outside / ID).mkdir(parents=True, mode=0o755)
    path = records.root / place
    if path.exists():
        path.rename(tmp_path / "aside")
    path.symlink_to(outside)
    before = [(one.name, mode(one)) for one in (outside, *outside.rglob("*"))]
    for use in (lambda: records.create(ID, ""), lambda: records.open(ID, ""), lambda: records.purge(ID)):
        with pytest.raises(MsalsError):
            use()
    with pytest.raises(InputFault):
        records.read(ID)
    assert [(one.name, mode(one)) for one in (outside, *outside.rglob("*"))] == before


def put(kind: str, path: Path) -> None:
    """Something that is no file of ours."""
    match kind:
        case "link":
            path.symlink_to("/etc/passwd")
        case "dangling link":
            path.symlink_to("nowhere")
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()


LINKS = ("link", "dangling link", "folder")


@pytest.mark.parametrize("kind", [*LINKS, "pipe"])
@pytest.mark.parametrize("name", ["journal-1", "lock", "final-1.toml", ".0123456789abcdef.tmp"])
def test_whatever_stands_in_the_place_of_a_file_is_not_followed_and_never_waited_for(
    records: Records, kind: str, name: str
) -> None:
    folder = finished(records, SUMMARY)
    (folder / name).unlink(missing_ok=True)
    put(kind, folder / name)
    found = records.read(ID)
    if name in ("journal-1", "final-1.toml") and kind != "pipe":
        assert found.state == "damaged"
    if name == "journal-1":
        with pytest.raises(MsalsError) as refused:
            records.open(ID, "the doctor")
        assert str(refused.value).isprintable()
    else:
        record = records.open(ID, "the doctor")
        write(record, {"do": "answer"})
        record.close()
        assert bodies(records)[-1] == {"do": "answer"}
    assert records.holder(ID) == ""


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_a_final_that_cannot_be_read_does_not_hide_the_answers(records: Records, kind: str) -> None:
    folder = finished(records, SUMMARY)
    (folder / "final-1.toml").unlink()
    put(kind, folder / "final-1.toml")
    found = records.read(ID)
    assert len(found.journal.lines) == 2
    assert found.state == "damaged"
    assert not found.finals


@pytest.mark.parametrize("kind", ["file", "pipe", "dangling link"])
@pytest.mark.parametrize("place", ["", "intakes", f"intakes/{ID}"])
def test_what_stands_where_a_folder_should_is_said_in_one_sentence(records: Records, kind: str, place: str) -> None:
    path = records.root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch() if kind == "file" else put(kind, path)
    for use in (lambda: records.create(ID, ""), lambda: records.open(ID, "")):
        with pytest.raises(MsalsError) as refused:
            use()
        assert "\n" not in str(refused.value)


# Locks


def test_a_second_one_is_told_who_writes_and_since_when(records: Records) -> None:
    record = records.create(ID, "ward 3, since 2026-03-01 09:30\x1b[2J")
    write(record, HEADER)
    for use in (lambda: records.open(ID, "the doctor"), lambda: records.purge(ID)):
        with pytest.raises(Locked, match="ward 3, since 2026-03-01 09:30") as locked:
            use()
        assert str(locked.value).isprintable()
    assert records.holder(ID).startswith("ward 3, since 2026-03-01 09:30")
    assert bodies(records) == [HEADER]
    record.close()
    assert records.holder(ID) == ""
    records.open(ID, "the doctor").close()


def test_a_dead_holder_never_blocks(records: Records) -> None:
    kept(records).close()
    program = (
        "import os, sys; from pathlib import Path; from msals_tui.records.store import Records\n"
        f"record = Records(Path(sys.argv[1])).open({ID!r}, 'the dead'); print('held', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program, str(records.root)], stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match="the dead"):
            records.open(ID, "the doctor")
        holder.kill()
    assert records.holder(ID) == ""
    records.open(ID, "the doctor").close()


def test_whoever_only_looks_does_not_keep_anybody_from_writing(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(records).close()
    flock, refusals = fcntl.flock, iter([BlockingIOError(errno.EAGAIN, "busy")] * 2)

    def busy_at_first(file: int, how: int) -> None:
        for refusal in refusals:
            raise refusal
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", busy_at_first)
    records.open(ID, "the doctor").close()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_the_disk_knows_no_locks_only_new_records_are_written(
    records: Records, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(fcntl, "flock", failing(number))
    kept(records, {"do": "answer"}).close()
    records.audit({"did": "created"})
    assert records.audited().lines[-1].body == {"did": "created"}
    assert len(bodies(records)) == 2
    with pytest.raises(Locked, match="knows no locks"):
        records.open(ID, "the doctor")
    assert records.holder(ID) == ""


def test_a_lock_that_cannot_say_who_holds_it_is_held_all_the_same(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(records).close()
    with monkeypatch.context() as patched:
        for call in ("pwrite", "pread", "ftruncate"):
            patched.setattr(os, call, failing(errno.ENOSPC))
        record = records.open(ID, "the doctor")
        with pytest.raises(Locked, match=r"writing in this record;"):
            records.open(ID, "somebody else")
    record.close()


# Finals


def test_a_final_is_read_back_as_it_was_written_and_may_not_be_changed(records: Records) -> None:
    folder = finished(records, SUMMARY, b"second")
    found = records.read(ID)
    assert found.state == "final"
    assert [records.final(ID, one) for one in found.finals] == [SUMMARY, b"second"]
    assert [one.number for one in found.finals] == [1, 2]
    assert mode(folder / "final-2.toml") == 0o400


def test_a_final_that_was_altered_or_cut_is_damage_and_not_shown(records: Records) -> None:
    folder = finished(records, SUMMARY)
    [final] = records.read(ID).finals
    path = folder / "final-1.toml"
    for altered in (SUMMARY.replace(b"1", b"2"), SUMMARY[:-1], b"", SUMMARY + b"\n"):
        path.chmod(0o600)
        path.write_bytes(altered)
        found = records.read(ID)
        assert (found.state, found.finals) == ("damaged", ())
        assert "is not as it was written" in found.faults[0]
        with pytest.raises(InputFault):
            records.final(ID, final)


def test_what_was_never_announced_is_no_final_and_is_not_written_over(records: Records) -> None:
    record = kept(records)
    (record.folder / "final-1.toml").write_bytes(b"put there")
    final = record.finish(SUMMARY, announced, sealed=False)
    record.close()
    assert final.number == 2
    assert records.read(ID).finals == (final,)
    assert (record.folder / "final-1.toml").read_bytes() == b"put there"


def test_a_final_that_was_announced_and_not_written_leaves_a_draft(records: Records) -> None:
    finished(records, SUMMARY)
    record = records.open(ID, "the doctor")
    write(record, {"do": "answer"}, announced(Final(2, "0" * 64, sealed=False)))
    record.close()
    found = records.read(ID)
    assert found.state == "draft"
    assert [one.number for one in found.finals] == [1]


def test_a_hostile_announcement_names_no_other_file(records: Records) -> None:
    hostile = [
        {"do": "final", "number": number, "sha256": "0" * 64, "sealed": False}
        for number in (0, -1, "../../x", True, 10**300, None, [1])
    ]
    record = kept(records, *hostile)
    record.close()
    found = records.read(ID)
    assert not found.finals
    assert all(fault.isprintable() for fault in found.faults)


def test_a_moved_record_says_so(records: Records) -> None:
    kept(records, {"do": "moved", "to": OTHER}).close()
    assert records.read(ID).state == "moved"


# Deleting


def left(records: Records) -> list[str]:
    return sorted(path.name for path in (records.root / "intakes").iterdir())


def test_purge_leaves_nothing(records: Records) -> None:
    finished(records, SUMMARY)
    kept(records, intake=OTHER).close()
    records.purge(ID)
    assert left(records) == [OTHER]
    with pytest.raises(InputFault, match="no such record"):
        records.purge(ID)


def test_an_open_record_deletes_itself(records: Records) -> None:
    record = kept(records)
    record.purge()
    assert left(records) == []


@pytest.mark.parametrize("call", ["rename", "unlink", "rmdir", "fsync", "listdir", "open"])
def test_a_purge_that_failed_is_told_and_can_be_tried_again(
    records: Records, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    record = kept(records)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(errno.EIO))
        with pytest.raises(MachineFault, match="not deleted"):
            record.purge()
    record.purge()
    assert left(records) == []


@pytest.mark.parametrize("call", ["unlink", "rmdir"])
def test_what_an_interrupted_purge_left_is_no_record_and_goes_with_the_next_one_or_the_next_record(
    records: Records, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    for begin_anew in (True, False):
        finished(records, SUMMARY)
        kept(records, intake=OTHER).close()
        with monkeypatch.context() as patched:
            patched.setattr(os, call, failing(errno.EIO))
            with pytest.raises(MachineFault):
                records.purge(ID)
        assert [one.id for one in records.all()] == [OTHER]
        if begin_anew:
            kept(records, intake="a" * 32).close()
        records.purge(OTHER)
        assert left(records) == (["a" * 32] if begin_anew else [])
        if begin_anew:
            records.purge("a" * 32)


def test_a_record_is_away_for_good_before_anything_of_it_is_deleted(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(records, SUMMARY)
    done: list[str] = []
    for call in ("rename", "fsync", "unlink"):
        real = getattr(os, call)
        monkeypatch.setattr(
            os, call, lambda *given, _call=call, _real=real, **named: (done.append(_call), _real(*given, **named))[1]
        )
    records.purge(ID)
    assert done[:3] == ["rename", "fsync", "unlink"]
    assert done[-1] == "fsync"


# The list of what was done, and the log


def test_what_was_done_is_listed_in_order_and_verifies(records: Records) -> None:
    for did in ("created", "finished"):
        records.audit({"did": did, "id": ID})
    listed = records.audited()
    assert listed.whole
    assert [line.body for line in listed.lines] == [
        {"journal": "msals-audit/1"},
        {"did": "created", "id": ID},
        {"did": "finished", "id": ID},
    ]


def test_the_list_goes_on_behind_an_unfinished_line(records: Records) -> None:
    records.audit({"did": "created"})
    with (records.root / "audit-1").open("ab") as file:
        file.write(b"2 torn")
    records.audit({"did": "finished"})
    assert [line.body.get("did") for line in records.audited().lines] == [None, "created", "finished"]


def test_six_programs_write_one_list_without_losing_a_line(records: Records) -> None:
    # A list that others keep for too long is tried again, as whoever saves does.
    program = """
import sys
from pathlib import Path
from msals_tui.errors import MachineFault
from msals_tui.records.store import Records
number = 0
while number < 8:
    try:
        Records(Path(sys.argv[1])).audit({"did": sys.argv[2], "number": number})
    except MachineFault:
        continue
    else:
        number += 1
"""
    running = [subprocess.Popen([sys.executable, "-c", program, str(records.root), str(one)]) for one in range(6)]
    assert [one.wait() for one in running] == [0] * 6
    listed = records.audited()
    assert listed.whole
    found = [(line.body["did"], line.body["number"]) for line in listed.lines[1:]]
    assert sorted(found) == [(str(one), number) for one in range(6) for number in range(8)]


def test_the_log_is_a_list_of_its_own(records: Records) -> None:
    records.log({"what": "KeyError", "where": "session.py:12"})
    assert not records.audited().lines
    assert read_journal((records.root / "log-1").read_bytes()).lines[1].body["what"] == "KeyError"


# Disks that are read-only or missing


@pytest.fixture
def read_only(records: Records, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    """A store with one record on a disk that became read-only."""
    finished(records, SUMMARY)
    real = os.open

    def refuse(path: object, flags: int, *more: int, **named: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    for call in ("mkdir", "unlink", "rename", "rmdir", "fchmod", "chmod"):
        monkeypatch.setattr(os, call, failing(errno.EROFS))
    yield records
    monkeypatch.undo()


def test_a_read_only_store_is_read_and_refuses_the_rest_in_one_sentence(read_only: Records) -> None:
    assert [one.state for one in read_only.all()] == ["final"]
    assert read_only.final(ID, read_only.read(ID).finals[0]) == SUMMARY
    for use in (
        lambda: read_only.create(OTHER, ""),
        lambda: read_only.open(ID, ""),
        lambda: read_only.purge(ID),
        lambda: read_only.audit({}),
    ):
        with pytest.raises(MachineFault, match="read-only"):
            use()


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_store_that_may_not_be_looked_into_is_said_in_one_sentence(
    records: Records, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    kept(records).close()
    monkeypatch.setattr(os, "open", failing(number))
    for use in (
        lambda: list(records.all()),
        lambda: records.open(ID, ""),
        lambda: records.purge(ID),
        lambda: records.holder(ID),
        records.audited,
        lambda: records.create(OTHER, ""),
    ):
        with pytest.raises(MachineFault):
            use()
    assert records.read(ID).state == "damaged"


def test_a_folder_that_was_named_is_taken_and_made_with_those_above_it(tmp_path: Path) -> None:
    place = tmp_path / "one" / "two"
    before = os.umask(0)
    try:
        kept(Records(records_folder(str(place)))).close()
    finally:
        os.umask(before)
    assert mode(tmp_path / "one") == mode(place) == 0o700


def test_a_line_of_another_record_does_not_fit_in(records: Records) -> None:
    record = kept(records)
    foreign = line_after(read_journal((record.folder / "journal-1").read_bytes()).lines[0], {"do": "x"})
    record.close()
    with (record.folder / "journal-1").open("ab") as file:
        file.write(foreign.bytes.replace(foreign.hash.encode(), b"0" * 64))
    assert records.read(ID).state == "damaged"


def test_two_who_write_one_journal_without_a_lock_notice_and_lose_nothing_that_was_promised(records: Records) -> None:
    record = kept(records)
    folder = os.open(record.folder, os.O_RDONLY)
    other = JournalFiles(folder, record.folder, "journal")
    write(record, {"do": "first"})
    other.add({"do": "second"})
    with pytest.raises(MachineFault, match="somebody else"):
        other.save()
    assert other.saved == 0
    other.close()
    os.close(folder)
    assert bodies(records) == [HEADER, {"do": "first"}]
    record.files.add({"do": "third"})
    with pytest.raises(MachineFault, match="somebody else"):
        record.files.save()
    record.files.save()
    record.close()
    assert bodies(records) == [HEADER, {"do": "first"}, {"do": "third"}]
    assert records.read(ID).state == "draft"


def removed(folder: Path) -> None:
    shutil.rmtree(folder)


def moved(folder: Path) -> None:
    folder.rename(folder.with_name("aside"))


def without_journal(folder: Path) -> None:
    (folder / "journal-1").unlink()


def with_another_journal(folder: Path) -> None:
    whole = (folder / "journal-1").read_bytes()
    (folder / "journal-1").unlink()
    (folder / "journal-1").write_bytes(whole)


def cut(folder: Path) -> None:
    os.truncate(folder / "journal-1", 10)


@pytest.mark.parametrize("done", [removed, moved, without_journal, with_another_journal, cut])
def test_what_somebody_takes_away_while_it_is_written_is_noticed_and_promised_no_more(
    records: Records, done: Callable[[Path], None]
) -> None:
    record = kept(records)
    write(record, {"do": "first"})
    done(record.folder)
    record.files.add({"do": "second"})
    with pytest.raises(MachineFault, match="somebody"):
        record.files.save()
    assert record.files.saved == 0
    record.close()


def test_a_journal_that_was_taken_away_is_written_anew(records: Records) -> None:
    record = kept(records)
    write(record, {"do": "first"})
    without_journal(record.folder)
    record.files.add({"do": "second"})
    with pytest.raises(MachineFault):
        record.files.save()
    record.files.save()
    record.close()
    assert bodies(records) == [HEADER, {"do": "first"}, {"do": "second"}]


def test_whoever_takes_the_note_of_who_writes_away_lets_nobody_else_in(records: Records) -> None:
    record = kept(records)
    (record.folder / "lock").unlink()
    with pytest.raises(Locked):
        records.open(ID, "somebody else")
    record.close()
