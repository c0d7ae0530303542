"""Thousands of files in one process: each by itself, whole results whatever ends it, and nothing kept of what is done."""

import gc
import json
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from msals_tui import cli
from msals_tui.cli.progress import MANY, Progress
from msals_tui.content.case_files import AnswersFile, FindingsInput
from msals_tui.content.check_loading import Loaded
from msals_tui.content.checks import check
from msals_tui.content.file import ContentFile
from msals_tui.evidence.comparison import Comparison
from msals_tui.report.compared import Compared
from msals_tui.session import compare_case
from msals_tui.session import replay as replaying
from msals_tui.session.session import Session
from pseudo_terminal import Terminal, msals, running
from sittings import english, shipped

ROOT = Path(__file__).parent.parent
FINDINGS = 'schema = "msals-findings/1"\nid = "f"\nobserved = ["optic_neuritis"]\n'
ANSWERS = 'schema = "msals-answers/1"\nquestionnaire = "ms_als_brief"\n[answers]\nage_at_onset = 31\n'
THOUSANDS = 3000
"""More than are done before a test has ended the program."""


def folder_of(path: Path, count: int, text: str = FINDINGS) -> Path:
    """A folder of cases."""
    path.mkdir()
    for number in range(count):
        (path / f"case_{number:05}.toml").write_text(text, encoding="utf-8")
    return path


def labelled(path: Path) -> Path:
    """The same folder with a label for each case."""
    labels = "".join(f'[case.{one.stem}]\nlabel = "MS"\n' for one in sorted(path.iterdir()))
    (path / "labels.toml").write_text(labels, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, list[str]]:
    """A command in this process: exit status, what it printed, and what it said line by line."""
    status = cli.main(arguments)
    out, said = capsys.readouterr()
    return status, out, said.splitlines()


# Folders


def test_a_folder_stands_for_its_cases_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = labelled(folder_of(tmp_path / "cases", 2))
    (folder / "a_packet.json").write_text("{}", encoding="utf-8")
    (folder / ".hidden.toml").write_text(FINDINGS, encoding="utf-8")
    (folder / "README.md").write_text("no case", encoding="utf-8")
    status, out, _ = run(capsys, "compare", "--json", str(folder))
    files = [json.loads(line)["file"] for line in out.splitlines()]
    assert files == [str(folder / name) for name in ("a_packet.json", "case_00000.toml", "case_00001.toml")]
    assert status == 1, "the packet is none"


def test_a_folder_without_cases_is_said_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    folder = folder_of(tmp_path / "cases", 1)
    status, out, said = run(capsys, "compare", "--json", str(tmp_path / "empty"), str(folder))
    assert (status, out.count("\n")) == (1, 1)
    assert said == [f"{tmp_path}/empty: there is no case in this folder; name one with .toml or .json files"]


def test_many_are_replayed_into_a_folder_under_names_of_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    folder = folder_of(tmp_path / "cases", 3, ANSWERS)
    assert run(capsys, "replay", str(folder), "-o", str(tmp_path / "out")) == (0, "", ["3 answers kept of 3 files"])
    written = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out").iterdir()]
    assert [one["answers"] for one in written] == [{"age_at_onset": 31}] * 3
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"intake-{one['started']:%Y-%m-%d}-{one['id'][:8]}.toml" for one in written
    }


@pytest.mark.parametrize("output", [[], ["-o", "summary.toml"]])
def test_many_summaries_need_a_folder(
    output: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path / "cases", 2, ANSWERS)
    monkeypatch.chdir(tmp_path)
    status, out, said = run(capsys, "replay", str(folder), *output)
    assert (status, out) == (2, "")
    assert said == ["several files make several summaries; name a folder for them with -o"]
    assert [path.name for path in tmp_path.iterdir()] == ["cases"]


def test_what_cannot_be_replayed_or_has_a_name_that_is_taken_is_said_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    folder = folder_of(tmp_path / "cases", 2, ANSWERS.replace("\n[", '\nid = "same"\ntoday = 2026-03-01\n['))
    (folder / "a.toml").write_text(FINDINGS, encoding="utf-8")
    status, _, said = run(capsys, "replay", str(folder), "-o", str(tmp_path / "out"))
    assert status == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["intake-2026-03-01-same.toml"]
    assert [line.partition(": ")[0] for line in said[:2]] == [f"{folder}/a.toml", f"{folder}/case_00001.toml"]
    assert said[2:] == ["1 answer kept of 1 file"]
    assert "a findings file holds no answers" in said[0]
    assert "already a file of this name" in said[1]


# How far it is


class _Screen(StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        return True


class _Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def drawn(screen: StringIO) -> list[str]:
    """Every line that was drawn over the one before."""
    return [part.strip() for part in screen.getvalue().split("\r") if part.strip()]


def test_a_terminal_is_told_how_far_many_files_are_on_one_line() -> None:
    screen, clock = _Screen(), _Clock()
    progress = Progress(screen, english, clock)
    for number in (1, 2):
        progress.step(number, MANY + 1)
        clock.now += 1
    progress.clear()
    assert "\n" not in screen.getvalue()
    assert drawn(screen) == ["File 1 of 51, 0 %", "File 2 of 51, 1 %"]
    assert screen.getvalue().endswith(f"\r{' ' * len('File 2 of 51, 1 %')}\r")


def test_the_line_is_drawn_no_oftener_than_somebody_can_read_it() -> None:
    screen, clock = _Screen(), _Clock()
    progress = Progress(screen, english, clock)
    for number in range(1, 1001):
        progress.step(number, 1000)
        clock.now += 0.001
    assert len(drawn(screen)) <= 11


@pytest.mark.parametrize(
    ("elapsed", "done", "line"),
    [
        (2.0, 100, "File 101 of 1000, 10 %"),
        (4.0, 100, "File 101 of 1000, 10 %, about 36 s left"),
        (60.0, 100, "File 101 of 1000, 10 %, about 9 min left"),
        (4.0, 999, "File 1000 of 1000, 99 %, about 1 s left"),
    ],
)
def test_after_a_while_it_says_how_long_the_rest_will_take(elapsed: float, done: int, line: str) -> None:
    screen, clock = _Screen(), _Clock()
    progress = Progress(screen, english, clock)
    progress.step(1, 1000)
    clock.now = elapsed
    progress.step(done + 1, 1000)
    assert drawn(screen)[-1] == line


@pytest.mark.parametrize(("stream", "files"), [(StringIO(), MANY + 1), (_Screen(), MANY)])
def test_nobody_else_is_told_how_far_it_is(stream: StringIO, files: int) -> None:
    progress = Progress(stream, english)
    progress.step(1, files)
    progress.clear()
    assert not stream.getvalue()


@contextmanager
def at_a_terminal(home: Path, command: str) -> Iterator[Terminal]:
    """A command of the shell at a terminal; `$M` is the program."""
    program = command.replace("$M", f"{sys.executable} -m msals_tui")
    with running("/bin/sh", "-c", f"exec {program}", home=home, size=(200, 24)) as terminal:
        yield terminal


def drew(terminal: Terminal, line: str) -> Terminal:
    """Waits until a line was drawn, however soon the next one stood in its place."""
    return terminal.until(lambda: line.encode() in terminal.output, f"{line!r} was never drawn")


def test_a_line_on_the_terminal_goes_before_anything_else_is_said(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", 200)
    (folder / "case_00100.toml").write_text("x = [", encoding="utf-8")
    with at_a_terminal(tmp_path, f"$M compare --json {folder} > {tmp_path}/out") as terminal:
        drew(terminal, "File 1 of 200, 0 %")
        assert terminal.ended() == 1
    assert [line.partition(": ")[0] for line in terminal.text.split("\n") if line] == [f"{folder}/case_00100.toml:1"]
    assert (tmp_path / "out").read_text(encoding="utf-8").count("\n") == 200


def test_where_results_run_down_the_terminal_nothing_else_is_drawn(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", MANY + 1)
    with at_a_terminal(tmp_path, f"$M compare {folder}") as terminal:
        assert terminal.ended() == 0
    assert b"File " not in terminal.output
    assert terminal.output.count(b"findings)") == MANY + 1


def test_without_a_terminal_nothing_is_said(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", MANY + 1)
    result = subprocess.run(msals("compare", str(folder)), capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, "")


# What ends it


def ended(terminal: Terminal, said: str = "Stopped after") -> tuple[int, int]:
    """The exit status, and how many files were done by the sentence at the end."""
    status = terminal.ended()
    (line,) = [line for line in terminal.text.split("\n") if line]
    assert line.removeprefix("^C").startswith(said)
    assert line.endswith(f"of {THOUSANDS} files. What was written until then is whole.")
    return status, int(line.removeprefix("^C").split()[2])


def begun(out: Path) -> Callable[[], bool]:
    """Whether results are there."""
    return lambda: out.exists() and (any(out.iterdir()) if out.is_dir() else out.stat().st_size > 0)


ENDS = [
    pytest.param(lambda terminal: terminal.send("\x03"), 130, id="Ctrl-C"),
    pytest.param(lambda terminal: terminal.signal(signal.SIGTERM), 143, id="TERM"),
    pytest.param(lambda terminal: terminal.signal(signal.SIGHUP), 129, id="HUP"),
]


@pytest.mark.parametrize(("end", "status"), ENDS)
def test_what_was_compared_until_a_signal_is_there_in_whole_lines(
    end: Callable[[Terminal], object], status: int, tmp_path: Path
) -> None:
    folder, out = folder_of(tmp_path / "cases", THOUSANDS), tmp_path / "out"
    with at_a_terminal(tmp_path, f"$M compare --json {folder} > {out}") as terminal:
        end(terminal.until(begun(out), "nothing was compared"))
        told, done = ended(terminal)
    text = out.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert [json.loads(line)["file"] for line in text.splitlines()] == [
        str(folder / f"case_{number:05}.toml") for number in range(done)
    ]
    assert told == status


def test_what_was_replayed_until_ctrl_c_is_there_in_whole_files(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path / "cases", THOUSANDS, ANSWERS), tmp_path / "out"
    out.mkdir()
    with at_a_terminal(tmp_path, f"$M replay {folder} -o {out}") as terminal:
        terminal.until(begun(out), "nothing was replayed").send("\x03")
        told, done = ended(terminal)
    written = [tomllib.loads(path.read_text(encoding="utf-8")) for path in out.iterdir()]
    assert [one["answers"] for one in written] == [{"age_at_onset": 31}] * done
    assert told == 130


def test_what_was_evaluated_until_ctrl_c_is_told_and_called_partial(tmp_path: Path) -> None:
    folder, out = labelled(folder_of(tmp_path / "cases", THOUSANDS)), tmp_path / "out"
    with at_a_terminal(tmp_path, f"$M evaluate --json {folder} > {out}") as terminal:
        drew(terminal, "File 1 of").until(lambda: terminal.output.count(b"File ") > 2, "no file was done").send("\x03")
        told, done = ended(terminal)
    made = json.loads(out.read_text(encoding="utf-8"))
    assert (made["partial"], made["not_compared"]) == (True, 0)
    assert made["cases"] == made["labels"]["MS"]["cases"] == made["labels"]["MS"]["shares"]["right_side"]["of"] == done
    assert made["not_reached"] == THOUSANDS - done
    assert told == 130


def test_the_page_of_a_partial_evaluation_says_so_at_its_top(tmp_path: Path) -> None:
    folder, out = labelled(folder_of(tmp_path / "cases", THOUSANDS)), tmp_path / "out"
    with at_a_terminal(tmp_path, f"$M evaluate {folder} > {out}") as terminal:
        drew(terminal, "File 1 of").signal(signal.SIGTERM)
        told, done = ended(terminal)
    assert out.read_text(encoding="utf-8").splitlines()[:2] == [
        f"Cases compared: {done}. Not compared: 0.",
        f"PARTIAL: it was stopped with {THOUSANDS - done} cases still to come; the figures are those of the cases before.",
    ]
    assert told == 143


def test_a_whole_evaluation_is_not_called_partial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = labelled(folder_of(tmp_path / "cases", 2))
    made = json.loads(run(capsys, "evaluate", "--json", str(folder))[1])
    assert (made["partial"], made["not_reached"]) == (False, 0)
    assert "PARTIAL" not in run(capsys, "evaluate", str(folder))[1]


def test_a_check_that_is_stopped_names_no_fault_of_what_it_has_seen_in_part(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", THOUSANDS)
    with at_a_terminal(tmp_path, f"$M check {folder}") as terminal:
        drew(terminal, "File 1 of").send("\x03")
        assert ended(terminal)[0] == 130


def test_ctrl_c_ends_the_wait_for_standard_input(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path / "cases", 1), tmp_path / "out"
    with at_a_terminal(tmp_path, f"$M compare --json {folder} - > {out}") as terminal:
        terminal.until(begun(out), "nothing was compared").send("\x03")
        assert terminal.ended() == 130
    assert "Stopped after 1 of 2 files." in terminal.text


def test_a_reader_that_is_slow_gets_whole_lines_after_a_signal(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", THOUSANDS)
    command = msals("compare", "--json", str(folder))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        first = program.stdout.read(1)
        program.terminate()
        text = (first + program.stdout.read()).decode()
        said = program.stderr.read().decode()
    lines = text.splitlines()
    assert text.endswith("\n")
    assert all(json.loads(line)["kind"] == "findings" for line in lines)
    assert said == f"Stopped after {len(lines)} of {THOUSANDS} files. What was written until then is whole.\n"
    assert program.returncode == 143


def test_a_reader_of_many_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", THOUSANDS)
    command = f"{sys.executable} -m msals_tui compare --json {folder} | head -1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)
    line, status = result.stdout.splitlines()
    assert (json.loads(line)["kind"], status, result.stderr) == ("findings", "0", "")


def test_a_signal_that_nohup_has_us_ignore_ends_nothing(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path / "cases", 200), tmp_path / "out"
    command = f"trap '' HUP; exec {sys.executable} -m msals_tui compare --json {folder} > {out}"
    with running("/bin/sh", "-c", command, home=tmp_path) as terminal:
        terminal.until(begun(out), "nothing was compared").signal(signal.SIGHUP)
        assert terminal.ended() == 0
    assert out.read_text(encoding="utf-8").count("\n") == 200


# What is kept


KEPT = (AnswersFile, FindingsInput, ContentFile, Session, Compared, Comparison)


@pytest.fixture
def new_alone() -> None:
    """What other tests hold is looked through no more."""
    gc.freeze()


def alive(kinds: tuple[type, ...] = KEPT) -> int:
    """How many objects there are of what is read of a case and made of it, by a test with `new_alone`."""
    gc.collect()
    return sum(type(one) in kinds for one in gc.get_objects())


@pytest.mark.usefixtures("new_alone")
@pytest.mark.parametrize(
    ("command", "module", "text"),
    [
        ("compare", compare_case, FINDINGS),
        ("compare", compare_case, ANSWERS),
        ("replay", replaying, ANSWERS),
    ],
)
def test_nothing_is_kept_of_a_file_that_is_done(
    command: str, module: Any, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []
    name = f"{command}_file"
    read = getattr(module, name)

    def counted(*arguments: Any) -> object:
        counts.append(alive())
        return read(*arguments)

    monkeypatch.setattr(module, name, counted)
    (tmp_path / "out").mkdir()
    output = ("-o", str(tmp_path / "out")) if command == "replay" else ()
    assert cli.main([command, str(folder_of(tmp_path / "cases", 8, text)), *output]) == 0
    # The first finds nothing yet, and while one is read the one before may still be held.
    assert len(counts) == 8
    assert len(set(counts[2:])) == 1


@pytest.mark.usefixtures("new_alone")
def test_a_check_keeps_no_file_that_nothing_can_refer_to(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "cases", 8)
    counts: list[int] = []
    faults = check([folder], shipped(), lambda number, of: counts.append(alive((Loaded, ContentFile))))
    assert len(faults) == len(counts) == 8
    assert len(set(counts[1:])) == 1
