"""The command line: a public interface. Statuses, streams, one line a fault, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from msals_tui import __version__
from msals_tui.__main__ import main as program
from msals_tui.cli import main

ROOT = Path(__file__).parent.parent

ANSWERS = 'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\ntoday = 2026-03-01\nid = "c"\n[answers]\n'


def run(*arguments: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it."""
    return subprocess.run(
        [sys.executable, "-m", "msals_tui", *arguments],
        input=typed, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, env={**os.environ, **more},
    )  # fmt: skip


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """A line of shell; `$M` is the program."""
    env = {**os.environ, "M": f"{sys.executable} -m msals_tui"}
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, env=env
    )


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An answers file to the shipped questionnaire."""
    path = tmp_path / "answers.toml"
    path.write_text(ANSWERS + 'sex_at_birth = "female"\n', encoding="utf-8")
    return path


def test_the_version_is_the_one_that_is_written_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["msals-tui", "--version"])
    assert program() == 0
    assert capsys.readouterr().out == f"msals-tui {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [
        "--version",
        "--help",
        "check questionnaires/languages",
        "items --json",
        "replay ANSWERS",
        "compare --json ANSWERS",
        "intake --plain",
    ],
)
def test_no_command_but_the_screen_loads_textual_and_help_not_even_pydantic(command: str, answers: Path) -> None:
    words = command.replace("ANSWERS", str(answers)).split()
    forbidden = ["textual", "rich"] + (["pydantic", "pydantic_core"] if command.startswith("--") else [])
    code = (
        f"import sys\nfrom msals_tui.cli import main\ntry:\n main({words!r})\nexcept SystemExit: pass\n"
        f"print([m for m in {forbidden!r} if m in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], input="", capture_output=True, text=True, timeout=60, check=False, cwd=ROOT
    )
    assert result.stderr.splitlines()[-1] == "[]"


def test_a_replay_writes_to_standard_output_or_to_a_file_that_is_not_there_yet(answers: Path, tmp_path: Path) -> None:
    to_output = run("replay", str(answers))
    to_file = run("replay", str(answers), "-o", str(tmp_path / "s.toml"))
    assert to_output.returncode == to_file.returncode == 0
    assert (tmp_path / "s.toml").read_text(encoding="utf-8") == to_output.stdout
    assert run("replay", str(tmp_path / "s.toml")).stdout == to_output.stdout
    again = run("replay", str(answers), "-o", str(tmp_path / "s.toml"))
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_a_dash_reads_standard_input(answers: Path) -> None:
    assert run("replay", "-", typed=answers.read_text(encoding="utf-8")).stdout == run("replay", str(answers)).stdout


def test_every_fault_of_an_answers_file_is_one_line_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(ANSWERS + 'sex_at_birth = "x"\nage_at_onset = 999\nnobody = 1\n', encoding="utf-8")
    result = run("replay", str(path))
    assert result.returncode == 1
    assert not result.stdout
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [f"{path}:{line}" for line in (6, 7, 8)]


def test_a_findings_file_cannot_be_replayed(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_text('schema = "msals-findings/1"\nid = "f"\n', encoding="utf-8")
    result = run("replay", str(path))
    assert (result.returncode, "holds no answers to replay" in result.stderr) == (1, True)


def test_comparing_goes_on_after_a_file_that_cannot_be_read(answers: Path) -> None:
    result = run("compare", "--json", "nowhere.toml", str(answers))
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == {"file": "nowhere.toml", "error": "nowhere.toml: there is no such file; check the name"}
    assert second["id"] == "c"
    assert result.returncode == 1


def test_comparing_without_json_is_a_short_text(answers: Path) -> None:
    result = run("compare", str(answers))
    assert result.stdout.startswith(f"{answers} (answers)\n  Pattern so far: Too little")


def test_items_tell_everything_that_an_answers_file_needs() -> None:
    told = json.loads(run("items", "--json").stdout)
    by_id = {item["id"]: item for item in told["items"]}
    assert told["questionnaire"]["id"] == "ms_als_intake"
    assert [option["code"] for option in by_id["sex_at_birth"]["options"]][:2] == ["female", "male"]
    assert by_id["age_at_onset"]["unit"] == "years"
    assert by_id["age_at_onset"]["enable_when_in_words"] == "always"
    assert "age_onset_50_plus" in by_id["age_at_onset"]["findings"]
    assert by_id["age_at_onset"]["missing"] == ["not_sure", "not_asked", "declined"]
    groups = [item for item in told["items"] if item["type"] == "group"]
    assert groups
    assert all(group["items"] for group in groups)
    asked_when = [item for item in told["items"] if item["enable_when"]]
    assert asked_when
    assert all(item["enable_when_in_words"] != "always" for item in asked_when)


def test_items_of_an_unknown_questionnaire_name_the_known_ones() -> None:
    result = run("items", "nobody")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "ms_als_intake" in result.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], ["replay"], ["intake", "--theme", "pink"], ["--nonsense"]])
def test_wrong_usage_has_status_two(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert "usage: msals-tui" in result.stderr


def test_check_names_each_fault_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    path.write_text('schema = "msals-questionnaire/1"\nid = "q"\nversion = "1"\n', encoding="utf-8")
    result = run("check", str(path))
    assert result.returncode == 1
    assert all(line.startswith(f"{path}:") for line in result.stderr.splitlines())


@pytest.mark.parametrize("terminal", ["dumb", "xterm"])
def test_without_a_terminal_the_program_speaks_line_by_line(terminal: str) -> None:
    result = run(typed="1\n0\n", TERM=terminal)
    assert result.returncode == 0
    assert "1. Start an intake" in result.stdout


def test_the_home_list_opens_the_questionnaire_that_was_chosen() -> None:
    result = run(typed="1\n2\n1\n:s\n")
    assert "Before you start" in result.stdout
    assert "Question 1 of" in result.stdout


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    result = shell("$M items | head -1; echo ${PIPESTATUS[0]}")
    assert result.stdout.splitlines()[-1] == "0"
    assert not result.stderr


@pytest.mark.parametrize("command", ["$M items >&-", "$M items <&- >/dev/null", "$M items 2>&- >/dev/null"])
def test_closed_streams_are_no_fault(command: str) -> None:
    result = shell(f"{command}; echo $?")
    assert "Traceback" not in result.stderr
    assert not result.stdout or result.stdout == "0\n"


def test_a_full_disk_behind_standard_output_is_said() -> None:
    result = shell("$M items > /dev/full")
    assert result.returncode == 3
    assert result.stderr.startswith("the machine says: No space left")


def test_a_fault_of_our_own_is_one_neutral_sentence_without_a_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object) -> None:
        secret = "answer of a patient"
        raise ValueError(secret)

    monkeypatch.setattr("msals_tui.cli._items", breaks)
    assert main(["items"]) == 3
    said = capsys.readouterr()
    assert not said.out
    assert said.err.startswith("something went wrong inside msals-tui: ValueError in ")
    assert said.err.count("\n") == 1
    assert "patient" not in said.err


def test_hostile_names_reach_no_terminal() -> None:
    result = run("compare", "\x1b]0;title\x07.toml")
    assert "\x1b" not in result.stderr
    assert "^[]0;title^G" in result.stderr
