"""Every file operation of an intake fails once, in every way: nothing promised is lost, and what is not saved is told.

The commands in `benchmarks/faults` try the whole of it: a longer intake, more faults, and faults that stay.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from test_damage import FAULTS, tool

inject = tool("inject")
files = tool("files")

ID = files.INTAKE


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk of the tests need not outlive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


@pytest.fixture(scope="module")
def known() -> list[object]:
    """What the short intake holds after each step."""
    return files.states(files.SHORT)  # type: ignore[no-any-return]


@pytest.mark.parametrize("mode", ["ENOSPC", "EIO", "EROFS", "short", "torn", "kill", "killed"])
def test_whatever_fails_once_is_told_or_does_no_harm_and_nothing_promised_is_lost(mode: str, tmp_path: Path) -> None:
    counts = files.sweep(tmp_path, (mode,), files.SHORT, for_good=False)
    assert not counts["failures"]
    [struck] = [row for name, row in counts.items() if name != "failures"]
    assert struck["struck"] >= (9 if mode in ("short", "torn") else 60)
    assert bool(struck["told"]) == (mode in ("ENOSPC", "EIO", "EROFS"))


def test_every_answer_is_written_and_synced_and_nothing_else_is_done(tmp_path: Path) -> None:
    sitting = files.begin(tmp_path / "records")
    with inject.Watch(tmp_path) as watch:
        for _ in files.walk(sitting, files.SHORT[:1]):
            before = len(watch.operations)
        for _ in files.walk(sitting, files.SHORT[1:2]):
            pass
    assert [(one.name, one.path.rpartition("/")[2]) for one in watch.operations[before:]] == [
        ("write", "journal-1"),
        ("fsync", "journal-1"),
    ]
    sitting.recording.close()


def test_a_disk_that_only_says_that_it_synced_is_noticed_by_nobody_and_breaks_nothing(
    tmp_path: Path, known: list[object]
) -> None:
    injection = inject.Injection(tmp_path, 1, "lie", sticky=True)
    sitting = files.struck(tmp_path / "records", injection, files.SHORT, known)
    assert injection.struck is not None
    assert not sitting.failures


def test_a_store_that_loses_what_it_promised_is_found_out(tmp_path: Path, known: list[object]) -> None:
    sitting = files.struck(tmp_path / "records", inject.Injection(tmp_path, 0, "EIO"), files.SHORT, known)
    journal = tmp_path / "records" / "intakes" / ID / "journal-1"
    whole = journal.read_bytes()
    for damaged in (whole[:-300], whole.replace(b'"answer":', b'"antwort":', 1), b""):
        journal.write_bytes(damaged)
        assert files.lost_or_invented(tmp_path / "records", known, sitting.promised, sitting.finals)


def test_the_launcher_kills_the_program_at_the_operation_that_was_named(tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    out.mkdir()
    story = Path(__file__).parent / "walks" / "brief_well_woman_35.toml"
    command = [sys.executable, str(FAULTS / "inject.py"), "--root", str(out), "--log", str(log)]
    program = ["--", "replay", str(story), "-o", str(out / "summary.toml")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([*command, *program], env=environment, check=False).returncode == 0
    assert (out / "summary.toml").exists()
    (out / "summary.toml").unlink()
    operations = log.read_text().splitlines()
    at = next(line.split()[0] for line in operations if line.split()[1] == "link")
    killed = subprocess.run([*command, "--at", at, "--mode", "kill", *program], env=environment, check=False)
    assert killed.returncode == inject.KILLED_STATUS
    assert [path.suffix for path in out.iterdir()] == [".tmp"]
    full = [*command, "--at", at, "--mode", "ENOSPC", "--sticky", *program]
    told = subprocess.run(full, env=environment, check=False, capture_output=True, text=True)
    assert (told.returncode, told.stderr.count("\n")) == (3, 1)
    assert "the disk is full" in told.stderr
