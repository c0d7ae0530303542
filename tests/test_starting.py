"""How the screen is started: with nothing that only takes time, and nothing missing afterwards."""

import gc
import json
import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator

import pytest

from msals_tui.ui.terminal.memory import Sweeper, keep_what_is_loaded

STARTING = """
import gc, json, sys
from msals_tui.ui.launch import importing_textual
before = {"textual" in sys.modules, "asyncio" in sys.modules}
with importing_textual():
    collecting = gc.isenabled()
    import msals_tui.ui.app
said = {
    "loaded before": any(before), "collecting": collecting, "after": gc.isenabled(), "kept": gc.get_freeze_count(),
    "frames": __import__("textual.constants").constants.MAX_FPS,
    "ssl": "ssl" in sys.modules, "esc": __import__("textual.constants").constants.ESCAPE_DELAY,
}
import asyncio, ssl
asyncio.run(asyncio.sleep(0))
said["ssl can be used"] = ssl.create_default_context() is not None
print(json.dumps(said))
"""


def test_textual_is_imported_without_looking_for_memory_and_without_what_a_network_needs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", STARTING], check=True, capture_output=True, text=True,
        env={**os.environ, "TEXTUAL_FPS": "1", "TEXTUAL_DEBUG": "1"},
    ).stdout  # fmt: skip
    said = json.loads(told)
    assert not said["loaded before"], "the test means something"
    assert not said["collecting"]
    assert said["after"]
    assert said["kept"] > 10_000
    assert not said["ssl"]
    assert said["ssl can be used"]
    assert said["esc"] == 0.025
    assert said["frames"] == 1000, "nobody waits for the next sixtieth of a second, whatever the environment says"


@pytest.fixture
def not_by_itself() -> Iterator[None]:
    """Python does not look for unused memory, as while the screen runs."""
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


@pytest.mark.usefixtures("not_by_itself")
def test_what_a_start_loaded_is_kept() -> None:
    keep_what_is_loaded()
    assert gc.get_freeze_count() > 0


class Circle:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.mark.usefixtures("not_by_itself")
def test_unused_memory_is_swept_once_a_moment_after_the_keys_that_left_it() -> None:
    waiting: list[Callable[[], None]] = []
    sweeper = Sweeper(later=lambda _, call: waiting.append(call))
    left = weakref.ref(Circle())
    sweeper.used()
    sweeper.used()
    assert left() is not None, "not before the keys are answered"
    assert len(waiting) == 1
    waiting.pop()()
    assert left() is None
    sweeper.used()
    assert len(waiting) == 1


def test_where_python_looks_by_itself_nothing_is_swept() -> None:
    waiting: list[Callable[[], None]] = []
    Sweeper(later=lambda _, call: waiting.append(call)).used()
    assert waiting == []
