"""`make` on a machine that it finds as it is: what is missing is said in one sentence, and nothing half-made stays for ever."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PYTHON = f"""#!{sys.executable} -SE
import os, shutil, signal, sys
from pathlib import Path
wrong = os.environ.get("WRONG")
if wrong == "old":
    sys.version_info = (3, 10, 12)
if wrong == "no venv":
    sys.modules["ensurepip"] = None
match sys.argv[1:]:
    case ["-c", code]:
        exec(code)
    case ["-m", "venv", folder]:
        Path(folder, "bin").mkdir()
        shutil.copy(sys.argv[0], Path(folder, "bin", "python"))
        if wrong == "venv":
            sys.exit(1)
    case ["-m", "pip", *_]:
        if wrong == "pip":
            sys.exit(1)
        if wrong == "interrupted":
            os.kill(os.getppid(), signal.SIGKILL)
            sys.exit(1)
        with open("installed", "a") as file:
            print(sys.argv[-1], file=file)
    case ["-m", module, *_]:
        print("started", module)
"""
"""In place of Python: makes an environment and puts nothing into it, and is `WRONG` in one way."""


class Checkout:
    """A fresh copy of what `make` reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        self.python = folder / "fake-python"
        self.python.write_text(PYTHON)
        self.python.chmod(0o755)

    def make(self, target: str, wrong: str = "") -> subprocess.CompletedProcess[str]:
        """Runs `make` with the Python that is wrong in this way."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        return subprocess.run(
            ["make", target, f"PYTHON={self.python}"], cwd=self.folder, env={**environment, "WRONG": wrong},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def environment(self) -> Path:
        """What `make` sets up."""
        return self.folder / ".venv"

    @property
    def installed(self) -> list[str]:
        """What was put into it, in order."""
        return (self.folder / "installed").read_text().split()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A fresh one."""
    return Checkout(tmp_path)


def said(result: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said, but by `make` itself."""
    return [line for line in result.stderr.splitlines() if not line.startswith("make")]


@pytest.mark.parametrize("target", ["run", "test"])
def test_a_first_time_sets_up_and_starts_and_a_second_time_only_starts(target: str, checkout: Checkout) -> None:
    for _ in range(2):
        result = checkout.make(target)
        assert result.returncode == 0
        assert result.stdout.splitlines()[-1] == f"started {'msals_tui' if target == 'run' else 'pytest'}"
    assert len(checkout.installed) == 1


@pytest.mark.parametrize("target", ["run", "test"])
@pytest.mark.parametrize(
    ("wrong", "sentence"), [("old", "needs Python 3.11 or newer"), ("no venv", "apt install python3-venv")]
)
def test_what_python_lacks_is_said_in_one_sentence_and_leaves_nothing(
    target: str, wrong: str, sentence: str, checkout: Checkout
) -> None:
    result = checkout.make(target, wrong)
    assert result.returncode == 2
    assert len(said(result)) == 1
    assert sentence in said(result)[0]
    assert not checkout.environment.exists()


def test_a_python_that_is_not_there_is_said_in_one_sentence(checkout: Checkout) -> None:
    checkout.python.unlink()
    result = checkout.make("run")
    assert len(said(result)) == 1
    assert not checkout.environment.exists()


@pytest.mark.parametrize("wrong", ["venv", "pip", "interrupted"])
@pytest.mark.parametrize("target", ["run", "test"])
def test_a_set_up_that_ends_half_way_is_made_anew_the_next_time(target: str, wrong: str, checkout: Checkout) -> None:
    assert checkout.make(target, wrong).returncode == 2
    (left := checkout.environment / "left").touch()
    assert checkout.make(target).returncode == 0
    assert not left.exists()


def test_an_environment_that_ended_half_way_before_it_was_marked_is_made_anew(checkout: Checkout) -> None:
    (checkout.environment / "bin").mkdir(parents=True)
    (checkout.environment / "bin" / "python").touch()
    assert checkout.make("run").returncode == 0


@pytest.mark.parametrize("wrong", ["pip", "interrupted"])
def test_where_more_was_to_be_put_into_a_whole_environment_neither_command_starts_with_half_of_it(
    wrong: str, checkout: Checkout
) -> None:
    checkout.make("run")
    assert checkout.make("test", wrong).returncode == 2
    (left := checkout.environment / "left").touch()
    assert checkout.make("run").returncode == 0
    assert not left.exists()
    assert checkout.make("test").returncode == 0
    assert checkout.installed == [".", ".", ".[dev]"]


def test_what_the_tests_need_is_put_into_the_environment_that_is_there(checkout: Checkout) -> None:
    checkout.make("run")
    (kept := checkout.environment / "kept").touch()
    checkout.make("test")
    checkout.make("run")
    assert kept.exists()
    assert checkout.installed == [".", ".[dev]"]


def test_other_requirements_are_put_into_it_for_each_command_that_needs_them(checkout: Checkout) -> None:
    checkout.make("run")
    newer = (checkout.environment / "run.stamp").stat().st_mtime_ns + 1
    os.utime(checkout.folder / "pyproject.toml", ns=(newer, newer))
    checkout.make("run")
    assert checkout.installed == [".", "."]
