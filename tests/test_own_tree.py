"""The tests themselves: they start the tree that they stand in and live in a home of their own, whatever is around them."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import msals_tui
from pseudo_terminal import msals, running

ROOT = Path(__file__).resolve().parent.parent
VERSION = f"msals-tui {msals_tui.__version__}"
COMMAND = "import sys\nfrom msals_tui.__main__ import main\nsys.exit(main())\n"
"""The command that an installation puts beside Python."""
ANOTHER = '__version__ = "0.0.0 of another tree"\n'


def first_line(*command: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    """What a program prints first."""
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def test_the_tests_and_every_program_that_they_start_are_of_the_tree_that_they_stand_in(tmp_path: Path) -> None:
    assert Path(msals_tui.__file__) == ROOT / "msals_tui" / "__init__.py"
    (script := tmp_path / "script.py").write_text(COMMAND)
    installed = str(Path(sys.executable).with_name("msals-tui"))
    for command in (msals(), (sys.executable, "-c", COMMAND), (sys.executable, str(script)), (installed,)):
        for folder in (Path.cwd(), tmp_path):
            assert first_line(*command, "--version", cwd=folder) == VERSION, command
    with running(*msals("--version"), home=tmp_path) as terminal:
        terminal.see(VERSION)


def test_a_draft_that_a_test_leaves_is_in_the_home_of_the_tests() -> None:
    subprocess.run(msals("intake", "--plain"), input="1\n1\n", text=True, capture_output=True, check=False)
    kept = Path(os.environ["XDG_DATA_HOME"], "msals-tui")
    assert [*kept.rglob("journal-1")]
    assert kept.is_relative_to(Path.home())


def test_both_hold_where_another_tree_is_installed_and_stood_in_and_nothing_is_left_behind(tmp_path: Path) -> None:
    home, temporary, other = tmp_path / "home", tmp_path / "temporary", tmp_path / "other"
    for folder in (home, temporary, other / "msals_tui"):
        folder.mkdir(parents=True)
    (other / "msals_tui" / "__init__.py").write_text(ANOTHER)
    python = environment_with(other, tmp_path / "environment")
    around = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON", "XDG_"))}
    told = first_line(str(python), "-c", "import msals_tui; print(msals_tui.__version__)", cwd=tmp_path, env=around)
    assert "another tree" in told, "the test means something"
    run = subprocess.run(
        [python, "-m", "pytest", "-q", "-n", "1", "-p", "no:cacheprovider", __file__, "-k", "not both_hold"],
        cwd=other, env={**around, "HOME": str(home), "TMPDIR": str(temporary)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "2 passed" in run.stdout, run.stdout
    assert [*home.rglob("*")] == []
    assert [one.name for one in temporary.iterdir() if not one.name.startswith("pytest-of-")] == []


def environment_with(tree: Path, folder: Path) -> Path:
    """An environment with this tree installed, and everything else that is installed here; its Python."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "here.pth").write_text(f"{tree}\n{sysconfig.get_path('purelib')}\n")
    (command := folder / "bin" / "msals-tui").write_text(f"#!{python}\n{COMMAND}")
    command.chmod(0o755)
    return python
