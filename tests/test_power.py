"""The power is cut behind every operation of an intake: in every state that a disk may be left in, what was promised is there.

`benchmarks/faults/power.py` cuts a longer intake, and a real disk.
"""

import os
from pathlib import Path

import pytest

from test_damage import tool

inject = tool("inject")
files = tool("files")
power = tool("power")


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk of the tests need not outlive a power cut itself."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


def test_no_power_cut_takes_what_was_promised_or_shows_what_was_not_given(tmp_path: Path) -> None:
    known, seen = files.states(files.SHORT), set[int]()
    (tmp_path / "disk").mkdir()
    tape = power.taped(tmp_path / "disk", files.SHORT)
    outcome = power.cut(tape, known, tmp_path, seen)
    assert [promise.steps for promise in tape.promises] == [1, 2, 3, 4, 4]
    assert not outcome.failures
    assert outcome.states > 300


def test_who_goes_on_with_the_intake_of_a_killed_program_is_promised_only_what_a_power_cut_leaves(
    tmp_path: Path,
) -> None:
    known, seen = files.states(files.SHORT[:1]), set[int]()
    promised = 0
    for at in range(1, 45):
        place = tmp_path / f"{at}"
        place.mkdir()
        tape = power.taped(place, files.SHORT[:1], at)
        again = power.gone_on_with(place, tape, known)
        promised += len(again.promises) > len(tape.promises)
        assert not power.cut(again, known, tmp_path, seen, since=len(tape.done) + 1).failures
    assert promised > 1


@pytest.mark.parametrize("forgotten", ["journal-1", "intakes", "records", files.INTAKE, "."])
def test_a_sync_that_is_forgotten_is_found_out(tmp_path: Path, forgotten: str) -> None:
    known, seen = files.states(files.SHORT[:2]), set[int]()
    (tmp_path / "disk").mkdir()
    tape = power.taped(tmp_path / "disk", files.SHORT[:2])
    tape.done = [
        (one, result) if one.name != "fsync" or one.path.rpartition("/")[2] != forgotten else (noop(one), result)
        for one, result in tape.done
    ]
    assert power.cut(tape, known, tmp_path, seen).failures


def noop(operation: object) -> object:
    """The same operation, without what it does to the disk."""
    return inject.Operation(operation.number, "read", operation.path, ())  # type: ignore[attr-defined]
