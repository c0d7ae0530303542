"""What holds for every test: the tree that it stands in, a home of its own, and a time limit (pyproject.toml)."""

import gc
import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Tests that were started in the background were told to ignore Ctrl-C, or a terminal that goes, and every program that they
# start would take that over.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# How long something takes says nothing on a machine that others use too; the very first run in a fresh clone makes tables.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_tests_so_far = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Before anything of ours is imported, here and in every program that a test starts: this tree, and another home.

    Nothing is read from the records, cache and home of whoever runs the tests, and none of them is written to.
    """
    if hasattr(config, "workerinput"):
        return  # has the environment of the process that started it
    home = tempfile.mkdtemp(prefix="msals-tui-tests-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ["HOME"] = home
    for kind in ("DATA", "STATE", "CONFIG", "CACHE"):
        os.environ[f"XDG_{kind}_HOME"] = str(Path(home, kind.lower()))
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *([before] if before else [])])


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as there are cores: many tests wait for a terminal, a disk or an alarm."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Tests and modules stay to the end: looking through them for memory, over and over, took a quarter of all time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def in_this_tree() -> Iterator[None]:
    """Python looks in the current folder first: not in another tree, where the tests may have been started from."""
    with chdir(ROOT):
        yield


def pytest_runtest_setup() -> None:
    """No test finds the records that another one left."""
    os.environ["XDG_DATA_HOME"] = str(Path(os.environ["HOME"], "data", f"{os.getpid()}-{next(_tests_so_far)}"))
