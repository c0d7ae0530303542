"""However a sitting line by line ends, what was answered is handed over, and it is said where."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from msals_tui.errors import MachineFault
from msals_tui.flow.startup import Startup
from msals_tui.interview.events import Answered
from msals_tui.plain.app import Plain
from msals_tui.plain.lines import EndOfInput
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.records.kept import Kept
from msals_tui.records.pending import Pending
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.load_content import load_content
from msals_tui.session.options import Options
from msals_tui.session.session import Session
from sittings import Hourglass, english, shipped, startup


def test_the_notice_must_be_accepted_before_the_first_question() -> None:
    result = run("intake", "--plain", typed="yes\nno\n")
    assert "I have read this" in result.stdout
    assert "Question 1" not in result.stdout
    assert "nothing was written" in result.stdout
    assert result.returncode == 0


def run(*arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it."""
    return subprocess.run(
        [sys.executable, "-m", "msals_tui", *arguments],
        input=typed, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, env={**os.environ, **more},
    )  # fmt: skip


ROOT = Path(__file__).parent.parent


def test_the_end_of_input_writes_a_partial_summary_and_says_where(tmp_path: Path) -> None:
    result = run("intake", "-o", str(tmp_path / "s.toml"), typed="1\n1\n")
    written = (tmp_path / "s.toml").read_text(encoding="utf-8")
    assert 'status = "partial"' in written
    assert f"Partial summary written: {tmp_path / 's.toml'}" in result.stdout
    assert result.returncode == 0
    assert (tmp_path / "s.toml").stat().st_mode & 0o777 == 0o600


def test_without_a_place_the_draft_is_kept_and_it_is_said_how_to_go_on(tmp_path: Path) -> None:
    result = run("intake", typed="1\n1\n:s\n", HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "data"))
    (folder,) = (tmp_path / "data/msals-tui/intakes").iterdir()
    assert f"msals-tui records resume {folder.name[:8]}" in result.stdout
    assert [line.body["item"] for line in kept(tmp_path / "data/msals-tui").journal.lines[1:]] == ["cord_signs"]
    assert folder.stat().st_mode & 0o777 == 0o700


def kept(records: Path) -> Kept:
    """The one record in a folder."""
    (found,) = Records(records).all()
    return found


def test_a_summary_that_cannot_go_where_it_should_is_refused_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "s.toml").touch()
    taken = run("intake", "-o", str(tmp_path / "s.toml"), typed="1\n1\n")
    assert (taken.returncode, "already a file" in taken.stderr) == (2, True)
    missing = run("intake", "-o", str(tmp_path / "no/s.toml"), typed="1\n1\n")
    assert (missing.returncode, "no such folder" in missing.stderr) == (3, True)


def test_a_summary_on_standard_output_stands_there_alone() -> None:
    result = run("intake", "-o", "-", typed="1\n1\n")
    assert result.stdout.startswith('schema = "msals-summary/1"')
    assert "Question 1" in result.stderr


def started(summary: Path) -> subprocess.Popen[str]:
    """An intake whose first question was answered and whose second one is open."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "msals_tui", "intake", "-o", str(summary)]
    own = {**os.environ, "XDG_DATA_HOME": str(summary.parent / "data")}
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=own)
    assert process.stdin
    assert process.stdout
    process.stdin.write("1\n1\n")
    process.stdin.flush()
    while "Question 2" not in process.stdout.readline():
        pass
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_and_writes_what_was_answered_and_ends_with_its_status(
    number: signal.Signals, tmp_path: Path
) -> None:
    with started(tmp_path / "s.toml") as process:
        assert process.stdout
        process.send_signal(number)
        rest = process.stdout.read()
    assert process.returncode == 128 + number
    assert "Partial summary written" in rest
    assert "msals-tui records resume" in rest
    assert "sex_at_birth" in (tmp_path / "s.toml").read_text(encoding="utf-8")
    assert kept(tmp_path / "data/msals-tui").state == "draft"


def test_a_reader_that_goes_away_loses_no_answer(tmp_path: Path) -> None:
    with started(tmp_path / "s.toml") as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write("31\n2019\n1\n")
        process.stdin.close()
        assert not process.stderr.read()
    assert process.returncode == 0
    assert "age_at_onset" in (tmp_path / "s.toml").read_text(encoding="utf-8")


class Typist:
    """Lines from a list; what was said is kept."""

    by_hand = False

    def __init__(self, *typed: str) -> None:
        self._typed = list(typed)
        self.said = ""

    def say(self, text: str) -> None:
        self.said += text + "\n"

    def ask(self, prompt: str) -> str:
        if not self._typed:
            raise EndOfInput
        return self._typed.pop(0)


def intake(typist: Typist, output: Path | None, records: Path) -> int:
    """An intake with the shipped questionnaire."""
    options = Options(start="intake", output=str(output) if output else None)
    return Plain(startup(options, records), typist).run()


def test_a_finished_intake_offers_another_file_when_the_first_cannot_be_written(tmp_path: Path) -> None:
    place, other = tmp_path / "gone" / "s.toml", tmp_path / "other.toml"
    place.parent.mkdir()
    typist = Typist("1", "1", ":c", ":f", ":f", str(other))
    typist_ask = typist.ask

    def ask(prompt: str) -> str:
        if place.parent.exists():
            place.parent.rmdir()
        return typist_ask(prompt)

    typist.ask = ask  # type: ignore[method-assign]
    assert intake(typist, place, tmp_path / "records") == 0
    assert "no such folder" in typist.said
    assert "sex_at_birth" in other.read_text(encoding="utf-8")


def test_a_folder_takes_the_summary_under_a_program_made_name(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    assert intake(Typist("1", "1"), tmp_path / "here", tmp_path / "records") == 0
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["intake-2026-03-01-01234567.toml"]


def test_where_no_records_can_be_kept_it_is_said_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    typist = Typist("1", "1")
    with pytest.raises(MachineFault, match="no records can be kept here"):
        intake(typist, None, tmp_path / "file")
    assert typist.said == ""


def test_answers_that_no_disk_takes_are_said_aloud(tmp_path: Path) -> None:
    typist = Typist("1", "1")
    typist_ask = typist.ask

    def ask(prompt: str) -> str:
        (tmp_path / "records").touch()  # a file where the folder should be
        return typist_ask(prompt)

    typist.ask = ask  # type: ignore[method-assign]
    with pytest.raises(MachineFault, match="no such folder"):
        intake(typist, None, tmp_path / "records")
    assert "NOT SAVED" in typist.said
    assert 'schema = "msals-summary/1"' in typist.said
    assert "sex_at_birth" in typist.said


def test_a_fault_of_our_own_in_the_middle_still_writes_what_was_answered(tmp_path: Path) -> None:
    typist = Typist("1", "1")

    def ask(prompt: str, ask: Callable[[str], str] = typist.ask) -> str:
        try:
            return ask(prompt)
        except EndOfInput:
            raise ZeroDivisionError from None

    typist.ask = ask  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        intake(typist, tmp_path / "s.toml", tmp_path / "records")
    assert "sex_at_birth" in (tmp_path / "s.toml").read_text(encoding="utf-8")


def test_a_summary_that_nobody_takes_leaves_the_draft_and_gives_status_three(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    result = subprocess.run(
        f"printf '1\\n1\\n' | {sys.executable} -m msals_tui intake -o - 2>&1 >/dev/full",
        shell=True, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
    )  # fmt: skip
    assert result.returncode == 3
    assert "standard output takes nothing" in result.stdout
    assert "msals-tui records resume" in result.stdout
    assert kept(tmp_path / "data/msals-tui").state == "draft"


@pytest.mark.parametrize(
    ("now", "written", "wrong"),
    [
        (datetime(1972, 1, 1, tzinfo=UTC), None, True),
        (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), True),
        (datetime(2026, 12, 2, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), False),
    ],
)
def test_a_wrong_clock_is_said_before_the_first_question_and_dates_can_be_answered_all_the_same(
    now: datetime, written: datetime | None, wrong: bool, tmp_path: Path
) -> None:
    records = Records(tmp_path)
    if written is not None:
        before = Recording(Session(load_content(shipped(), "ms_als_intake"), Hourglass(written)), records, "en")
        before.session.post(Answered("age_at_onset", Number(Decimal(30))))
        before.save()
        before.close()
    typist = Typist("1", ":9", ":9", ":9", "30", "12 April 2019", ":s")
    begun = Startup(Options(start="intake"), shipped(), english(), Hourglass(now), Pending(records))
    Plain(begun, typist).run()
    assert ("The clock of this computer is wrong" in typist.said) == wrong
    assert "Recorded: 12 April 2019" in typist.said
