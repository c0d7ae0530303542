"""What is true of every command: how it ends when nobody takes what it says, when a package is missing, in deep folders."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from msals_tui import __version__
from msals_tui.__main__ import main as program
from test_records_command import FIRST, folder, left

ROOT = Path(__file__).parent.parent
DEEP = 1200
"""Folders in each other; Python's own ways through them end at a thousand."""

ANSWERS = 'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\nid = "c"\n[answers]\nsex_at_birth = "female"\n'
LABELS = '[case.c]\nlabel = "MS"\n'

RUNS = {
    "intake": "intake --plain --records RECORDS",
    "check": "check HERE/nowhere",
    "new": "new question one",
    "replay": "replay HERE/c.toml",
    "compare": "compare --json HERE/c.toml",
    "evaluate": "evaluate --json HERE",
    "items": "items --json",
    "screenshots": "screenshots HERE/c.toml/below",
    "records list": "records list --json --records RECORDS",
    "records show": f"records show {FIRST} --toml --records RECORDS",
    "records resume": f"records resume {FIRST} --plain --records RECORDS",
    "records verify": "records verify --json --records RECORDS",
    "records purge": "records purge --older-than 36500 --yes --records RECORDS",
}
"""Every command, with something to say."""
MORE = (
    "--version", "--help", "-h", "--no-such", "--plain --records RECORDS", "items nobody", "compare HERE/c.toml",
    "evaluate HERE", "items", "new language xx", "replay HERE/nowhere.toml", "records list --records RECORDS",
    f"records show {FIRST} --records RECORDS", f"records show {FIRST} --history --records RECORDS",
    "records verify --records RECORDS", "records show 0000 --records RECORDS",
)  # fmt: skip


def said(*arguments: str) -> str:
    """Standard output of a command that ends well."""
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout


PROGRAM = (sys.executable, "-m", "msals_tui")


def commands() -> Iterator[str]:
    """The name of every command, as the help lists them."""
    for name in re.findall(r"^    (\w+)  ", said("--help"), re.MULTILINE):
        inner = re.findall(r"^    (\w+)  ", said(name, "--help").partition("commands:")[2], re.MULTILINE)
        yield from (f"{name} {one}" for one in inner) if inner else (name,)


def test_every_command_is_tried_here() -> None:
    assert set(commands()) == set(RUNS)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder of cases, and a records folder beside it."""
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "c.toml").write_text(ANSWERS, encoding="utf-8")
    (cases / "labels.toml").write_text(LABELS, encoding="utf-8")
    left(tmp_path / "records")
    return cases


@contextmanager
def taken_by(whom: str) -> Iterator[int]:
    """Output that somebody takes, or nobody."""
    if whom == "a closed pipe":
        reading, writing = os.pipe()
        os.close(reading)
    else:
        writing = os.open({"a full device": "/dev/full"}.get(whom, os.devnull), os.O_WRONLY)
    try:
        yield writing
    finally:
        os.close(writing)


def run(
    command: str, here: Path, *, output: str = "", errors: str = "", more: Mapping[str, str | None] | None = None
) -> tuple[int, str, str]:
    """Exit status, standard output and standard error, as far as somebody takes them."""
    words = command.replace("HERE", str(here)).replace("RECORDS", str(here.parent / "records")).split()
    own = {"PYTHONUNBUFFERED": None, **(more or {})}
    environment = {key: one for key, one in {**os.environ, **own}.items() if one is not None}
    with taken_by(output) as out, taken_by(errors) as err:
        done = subprocess.run(
            [*PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=out if output else subprocess.PIPE, timeout=100,
            stderr=err if errors else subprocess.PIPE, check=False, cwd=ROOT, env=environment, text=True,
        )  # fmt: skip
    return done.returncode, done.stdout or "", done.stderr or ""


UNBUFFERED = ("--version", *(RUNS[name] for name in ("intake", "replay", "items", "records show")))
"""One of each way in which something is written; how Python buffers a stream is the same for all that write in one way."""
HELP = tuple(f"{name} --help" for name in (*RUNS, "records"))
ALL = (*RUNS.values(), *MORE, *HELP)


@pytest.mark.parametrize("command", ALL)
def test_no_command_complains_of_a_reader_that_is_gone_and_each_tells_of_a_full_device(
    command: str, here: Path
) -> None:
    status, out, err = run(command, here)
    endings = [(status, out, err)]
    for unbuffered in (None, "1") if command in UNBUFFERED else (None,):
        more = {"PYTHONUNBUFFERED": unbuffered}
        # A stream that nothing is written to is the same however it is buffered.
        if out or unbuffered is None:
            gone = run(command, here, output="a closed pipe", more=more)
            full = run(command, here, output="a full device", more=more)
            endings += [gone, full]
            assert gone[0] == status
            assert err.startswith(gone[2])  # what comes last may be said to nobody
            assert full[0] == (3 if out else status)
            assert not out or "No space left" in full[2]
        if err or (unbuffered is None and command not in HELP):
            unheard = run(command, here, errors="a full device", more=more)
            endings.append(unheard)
            assert unheard[0] == status
    for ended in endings:
        assert "Traceback" not in ended[2]
        assert "Exception ignored" not in ended[2]
        assert "inside msals-tui" not in ended[2]


def deep(top: Path) -> Path:
    """A folder with as many in each other; the path is shorter than the system allows."""
    here = top
    here.mkdir()
    descriptor = os.open(here, os.O_RDONLY)
    for _ in range(DEEP):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    return Path(f"{top}{'/d' * DEEP}")


@pytest.fixture
def shallow() -> Iterator[Path]:
    """A folder with a short name, since names of files have at most 4096 bytes; deleted without calling itself."""
    top = Path(tempfile.mkdtemp())
    yield top
    subprocess.run(["rm", "-rf", str(top)], check=True)


def test_whatever_stands_deep_in_folders_is_found_by_check(shallow: Path) -> None:
    inside = deep(shallow / "d")
    (inside / "One.TOML").write_text('schema = "no"', encoding="utf-8")
    status, _, err = run(f"check {shallow}", shallow)
    assert (status, err.count("\n")) == (1, 1)
    assert 'schema "no" is not known' in err


def test_a_folder_whose_name_is_too_long_is_said_and_the_others_are_checked(shallow: Path) -> None:
    tree, up = shallow / "tree", shallow / "up"
    tree.mkdir()
    for _ in range(20):
        up.mkdir()
        tree.rename(up / ("b" * 250))
        up.rename(tree)
    (shallow / "a.toml").write_text('schema = "no"', encoding="utf-8")
    status, _, err = run(f"check {shallow}", shallow)
    assert status == 1
    assert 'schema "no" is not known' in err
    assert "File name too long" in err
    assert err.count("\n") == 2


@pytest.mark.parametrize(
    "command",
    [
        "compare DEEP/c.toml", "replay DEEP/c.toml -o DEEP/s.toml", "evaluate DEEP", "check DEEP/c.toml", "compare DEEP",
        "new language xx -o DEEP/new/NEW", "records list --records DEEP/r", "records verify --records DEEP/r/NEW",
        "intake --plain --records DEEP/r", "new language xx -o TOP/NEW", "screenshots TOP/c/NEW",
    ],
)  # fmt: skip
def test_deep_folders_are_no_fault_of_ours(command: str, shallow: Path) -> None:
    inside = deep(shallow / "d")
    (inside / "c.toml").write_text(ANSWERS, encoding="utf-8")
    (inside / "labels.toml").write_text(LABELS, encoding="utf-8")
    (shallow / "c").touch()
    new = "/".join("n" * (DEEP if "TOP" in command else 20))
    words = command.replace("NEW", new).replace("DEEP", str(inside)).replace("TOP", str(shallow))
    status, _, err = run(words, shallow)
    assert "inside msals-tui" not in err
    assert status == 0 or err.count("\n") == 1


def test_a_record_with_deep_folders_in_it_is_deleted_whole(here: Path) -> None:
    records = here.parent / "records"
    deep(folder(records) / "d")
    assert run(f"records purge {FIRST} --yes --records RECORDS", here)[0] == 0
    assert not list((records / "intakes").iterdir())


PACKAGES = {
    "msgspec": "items", "textual": "screenshots HERE/pictures", "rich": "screenshots HERE/pictures",
    "pydantic": "check questionnaires/languages", "typing_extensions": "check questionnaires/languages",
    "tomli": "compare HERE/c.toml",
    "tomli_w": "replay HERE/c.toml", "platformdirs": "records list",
}  # fmt: skip
"""What we need of others, and a command that cannot do without."""


def test_each_package_that_is_needed_is_left_out_here() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[=<>]", one)[0].replace("-", "_") for one in needed}
    assert names == set(PACKAGES) - {"rich"}  # which Textual brings


@pytest.mark.parametrize(
    ("package", "fault"),
    [*((package, fault) for package in PACKAGES for fault in ("missing", "broken")), ("textual", "old")],
)
def test_a_package_that_is_missing_or_broken_is_one_sentence_with_what_to_do(
    package: str, fault: str, here: Path, tmp_path: Path
) -> None:
    text = {
        "missing": f"raise ModuleNotFoundError('No module named {package}', name={package!r})",
        "broken": "raise ImportError('undefined symbol: _Py_Whatever')",
        "old": "",
    }[fault]
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / f"{package}.py").write_text(text, encoding="utf-8")
    more = {"PYTHONPATH": f"{tmp_path / 'path'}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    status, out, err = run(PACKAGES[package], here, more=more)
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert f"Python package {package.replace('_', '-')}" in err
    assert "pip install" in err
    assert run("--version", here, more=more) == (0, f"msals-tui {__version__}\n", "")


@pytest.mark.parametrize("command", ["records list --identity KEY", "--plain --identity KEY", "intake --identity KEY"])
def test_a_key_without_the_library_that_seals_is_one_sentence(command: str, here: Path, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "pyrage.py").write_text("raise ImportError", encoding="utf-8")
    key = str(tmp_path / "key.txt")
    status, _, err = run(command.replace("KEY", key), here, more={"PYTHONPATH": str(tmp_path / "path")})
    assert (status, err) == (
        2, "no key can be used, since the library that seals (pyrage) is not installed; "
        "install it: pip install 'msals-tui[seal]'\n",
    )  # fmt: skip


def test_an_older_python_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9, "final", 0))
    monkeypatch.setattr(sys, "argv", ["msals-tui", "items"])
    assert program() == 3
    assert capsys.readouterr().err == "msals-tui needs Python 3.11 or a later one; start it with that\n"


def test_ctrl_c_while_the_program_loads_is_no_traceback(here: Path, tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "msgspec.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    assert run("items", here, more={"PYTHONPATH": str(tmp_path / "path")}) == (130, "", "")


@pytest.mark.parametrize("command", ["items", "replay HERE/c.toml", "compare HERE/c.toml", "--help", "evaluate HERE"])
def test_a_terminal_that_knows_few_signs_is_no_fault(command: str, here: Path) -> None:
    text = (
        (here / "c.toml")
        .read_text(encoding="utf-8")
        .replace("[answers]", "notes = {sex_at_birth = '\u0416\u20ac'}\n[answers]")
    )
    (here / "c.toml").write_text(text, encoding="utf-8")
    status, out, err = run(command, here, more={"PYTHONIOENCODING": "ascii"})
    assert (status, err) == (0, "1 answer kept\n" if command.startswith("replay") else "")
    assert command[0] != "r" or "\u0416\u20ac" in out, "a file is UTF-8 wherever it goes"


@pytest.mark.parametrize(
    "around",
    [
        {"HOME": None, "XDG_DATA_HOME": None, "XDG_CACHE_HOME": None}, {"TERM": None}, {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"HOME": "no/where"}, {"TMPDIR": "/no/where"}, {"COLUMNS": "0"}, {"COLUMNS": "no number"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["items", "--help", "compare HERE/c.toml", "check HERE/../\udcff.toml"])
def test_an_odd_environment_is_no_fault_of_ours(command: str, around: dict[str, str | None], here: Path) -> None:
    status, _, err = run(command, here, more=around)
    assert status == (1 if command.startswith("check") else 0)
    assert "inside msals-tui" not in err


@pytest.mark.parametrize(
    "command", ["items", "compare c.toml", "evaluate .", "check .", "--help", "new language xx -o ."]
)
def test_a_folder_that_is_gone_is_no_fault_of_ours(command: str, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    line = f"mkdir {gone}; cd {gone}; rmdir {gone}; {sys.executable} -m msals_tui {command} > /dev/null"
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, env=own)
    assert done.returncode in (0, 1, 3)
    assert done.stderr.count("\n") <= 1
    assert "inside msals-tui" not in done.stderr
