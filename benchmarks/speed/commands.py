"""The commands without a screen: how long each takes beside an interpreter that does nothing, and whether it loads Textual."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from environment import environment

NOTHING = "python -c pass"
_ANSWERS = """\
schema = "msals-answers/1"
questionnaire = "ms_als_brief"

[answers]
age_at_onset = 31
first_problem = "sight"
numbness = { missing = "not_sure" }
"""
_ROOT = Path(__file__).resolve().parents[2]


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """What is run, by the name that the table gives it. The first is what the others stand beside."""
    case = folder / "case.toml"
    case.write_text(_ANSWERS)
    asked = {
        "--version": (), "items": ("ms_als_intake",), "check": (str(_ROOT / "questionnaires"),), "replay": (str(case),),
        "compare": (str(case),),
    }  # fmt: skip
    return {NOTHING: (sys.executable, "-c", "pass")} | {
        f"msals-tui {name}": (sys.executable, "-m", "msals_tui", name, *more) for name, more in asked.items()
    }


def timed(command: tuple[str, ...], folder: Path) -> dict[str, list[float]]:
    """Seconds from the start to the end, and of CPU. CalledProcessError when it fails."""
    began = time.perf_counter()
    program = subprocess.Popen(
        command, cwd=folder, env=environment(folder, folder / "cache"), stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(program.pid, 0)
    took = time.perf_counter() - began
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    return {"command": [took], "command_cpu": [used.ru_utime + used.ru_stime]}


def about_textual(asked: Mapping[str, tuple[str, ...]], folder: Path) -> str:
    """A sentence about which of the commands load Textual."""
    loading = [name for name, command in asked.items() if _loads_textual(command, folder)]
    return f"Textual is loaded by {', '.join(loading)}." if loading else "None of the commands loads Textual."


def _loads_textual(command: tuple[str, ...], folder: Path) -> bool:
    """Whether any part of Textual is imported, by the interpreter's own list."""
    interpreter, *rest = command
    watched = (interpreter, "-X", "importtime", *rest)
    known = environment(folder, folder / "cache")
    listed = subprocess.run(watched, cwd=folder, env=known, capture_output=True, text=True, check=True)
    return re.search(r"\|\s+textual(\.|$)", listed.stderr, re.MULTILINE) is not None
