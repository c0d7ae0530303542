"""Writing a file: whole or not at all, for its owner only, never over another."""

import errno
import os
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NoReturn

import pytest

from msals_tui.disk.atomic import summary_name, write_new
from msals_tui.errors import MachineFault, UsageFault

TEXT = 'schema = 1\nname = "é"\n'


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return [path.name for path in folder.iterdir()]


def fails(number: int) -> object:
    """A system call that always fails with this error."""

    def call(*arguments: object, **more: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return call


def test_the_text_is_written_as_utf_8_and_read_by_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = write_new(tmp_path / "s.toml", TEXT)
    finally:
        os.umask(before)
    assert path.read_bytes() == TEXT.encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["s.toml"]


def test_a_file_that_is_there_is_never_written_over_unasked(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("mine")
    with pytest.raises(UsageFault, match="already a file"):
        write_new(tmp_path / "s.toml", TEXT)
    assert (tmp_path / "s.toml").read_text() == "mine"
    assert names(tmp_path) == ["s.toml"]


def test_a_link_at_the_target_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "s.toml").symlink_to(tmp_path / "victim")
    with pytest.raises(UsageFault):
        write_new(tmp_path / "s.toml", TEXT)
    assert (tmp_path / "victim").read_text() == "mine"


def test_of_many_writers_of_one_name_exactly_one_wins_with_its_whole_text(tmp_path: Path) -> None:
    wins: list[str] = []

    def write(text: str) -> None:
        try:
            write_new(tmp_path / "s.toml", text)
        except UsageFault:
            return
        wins.append(text)

    threads = [threading.Thread(target=write, args=(str(number) * 1000,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [(tmp_path / "s.toml").read_text()] == wins
    assert names(tmp_path) == ["s.toml"]


@pytest.mark.parametrize("call", ["write", "fsync", "link", "open"])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "the machine says"),
        (errno.EDQUOT, "your share of the disk is full"),
    ],
)
def test_a_disk_that_fails_is_said_in_one_sentence_and_leaves_nothing(
    call: str, number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, call, fails(number))
    with pytest.raises(MachineFault, match=said) as fault:
        write_new(tmp_path / "s.toml", TEXT)
    monkeypatch.undo()
    assert "\n" not in str(fault.value)
    assert not names(tmp_path)


def test_a_disk_that_gives_back_something_else_is_found_before_the_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, b"\0" * len(data)))
    with pytest.raises(MachineFault, match="gives back something else"):
        write_new(tmp_path / "s.toml", TEXT)
    assert not names(tmp_path)


def test_a_disk_that_takes_a_little_at_a_time_gets_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:3]))
    assert write_new(tmp_path / "s.toml", TEXT).read_bytes() == TEXT.encode()


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_where_the_disk_knows_no_links_the_file_is_written_all_the_same(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", fails(number))
    assert write_new(tmp_path / "s.toml", TEXT).read_bytes() == TEXT.encode()
    with pytest.raises(UsageFault):
        write_new(tmp_path / "s.toml", "other")
    assert (tmp_path / "s.toml").read_bytes() == TEXT.encode()
    assert names(tmp_path) == ["s.toml"]


def test_a_rename_that_fails_there_leaves_no_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fails(errno.EPERM))
    monkeypatch.setattr(os, "rename", fails(errno.EIO))
    with pytest.raises(MachineFault):
        write_new(tmp_path / "s.toml", TEXT)
    assert not names(tmp_path)


def test_a_folder_that_cannot_be_synced_keeps_the_file_but_says_that_it_is_not_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, calls = os.fsync, []

    def second_fails(file: int) -> None:
        calls.append(file)
        if len(calls) == 2:
            raise OSError(errno.EIO, "broken")
        fsync(file)

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(MachineFault, match="does not promise to keep it"):
        write_new(tmp_path / "s.toml", TEXT)
    assert (tmp_path / "s.toml").read_bytes() == TEXT.encode()


@pytest.mark.parametrize(("path", "said"), [("no/s.toml", "no such folder"), ("file/s.toml", "no such folder")])
def test_a_missing_folder_is_said(path: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MachineFault, match=said):
        write_new(tmp_path / path, TEXT)


def test_a_folder_at_the_target_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "s.toml").mkdir()
    with pytest.raises(UsageFault):
        write_new(tmp_path / "s.toml", TEXT)


def test_a_name_of_nothing_is_wrong_usage() -> None:
    with pytest.raises(UsageFault):
        write_new(Path(), TEXT)


def test_the_program_makes_names_of_the_utc_day_and_the_id() -> None:
    late = datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    assert summary_name(late, "0123456789abcdef") == "intake-2026-02-28-01234567.toml"
    assert summary_name(datetime(2026, 3, 1, tzinfo=UTC), "case") == "intake-2026-03-01-case.toml"
