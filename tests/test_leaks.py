"""However a sitting ends, nothing that was answered is left where it may be read: not on the terminal, nor beside the record.

Canaries stand in every kind of answer: a text, a long text, a choice, a note. The record itself holds them, as it should.
"""

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hostile import CANARY
from msals_tui.content.case_files import read_case
from msals_tui.crash_watch import Watch
from msals_tui.errors import MsalsError
from msals_tui.questionnaire.validate import WrongShape
from msals_tui.records.journal import FORMAT
from pseudo_terminal import Terminal, running
from test_terminal import ENTER, F2, F10, after_the_screen, is_as_before

ASKED = f"""\
schema = "msals-questionnaire/1"
id = "small"
version = "1.0.0"
title = "Small questions"

[[section]]
id = "one"
title = "One"

[[section.item]]
id = "which"
type = "choice"
ask = "Which one?"
ask_patient = "Which one?"
why = "It matters."
options = [{{ code = "{CANARY.lower()}", label = "{CANARY} one" }}, {{ code = "other", label = "Another" }}]

[[section.item]]
id = "words"
type = "short_text"
ask = "In their own words?"
ask_patient = "In your own words?"
why = "It matters."

[[section.item]]
id = "story"
type = "long_text"
ask = "The whole story?"
ask_patient = "Your whole story?"
why = "It matters."

[[section.item]]
id = "after"
type = "yes_no"
ask = "Anything else?"
ask_patient = "Anything else?"
why = "It matters."
"""

CRASH = f"""
def crash(*arguments, **named):
    secret = "{CANARY}"
    raise RuntimeError(secret)
"""
ASK_WHY = "\x1bOP"
NOTE, KEEP_NOTE = "\x1bOS", "\x1bOS"
CRASHES = {
    "a key": "from msals_tui.ui.screens.question import QuestionScreen as broken; broken.action_why = crash",
    "drawing": "import msals_tui.ui.screens.why_page as broken; broken.why_rows = crash",
    "the thread that saves": """
import threading
from msals_tui.records.recording import Recording as broken
from msals_tui.ui.screens.question import QuestionScreen
save = broken.save
def saving(self, **named):
    return crash() if threading.current_thread().name == "recorder" else save(self, **named)
def why(self):
    broken.save = saving
    self.app.recording.wanted()
QuestionScreen.action_why = why
""",
}
UNSEEN = {
    "a task that nobody waits for": """
import asyncio
from msals_tui.ui.screens.question import QuestionScreen
async def task():
    crash()
def why(self):
    asyncio.get_running_loop().create_task(task())
QuestionScreen.action_why = why
""",
    "an object that goes": """
from msals_tui.ui.screens.question import QuestionScreen
class Going:
    __del__ = crash
QuestionScreen.action_why = lambda self: Going() and None
""",
    "a thread of another's": """
import threading
from msals_tui.ui.screens.question import QuestionScreen
QuestionScreen.action_why = lambda self: threading.Thread(target=crash).start()
""",
}
"""Faults that end nothing."""


SOON = """
import msals_tui.ui.flow.idle as idle
from msals_tui.ui.screens.question import QuestionScreen
def why(self):
    idle.TO_ANSWER = self.app.idle._limit = 0.3
    self.app.idle._begin()
QuestionScreen.action_why = why
"""
"""From F1 on a moment without a key is too long."""


@contextmanager
def sitting(home: Path, *, broken: str = "", patient: bool = False) -> Iterator[Terminal]:
    """All was answered, in canaries, but the last question."""
    asked = home / "small.toml"
    asked.write_text(ASKED.replace("\n\n[[section]]", '\nvoice = "patient"\n\n[[section]]', 1) if patient else ASKED)
    program = f"""
{CRASH}{broken}
from msals_tui.cli import main
raise SystemExit(main(["intake", "--questionnaire", {str(asked)!r}, "--lock-after", "1"]))
""".replace(CANARY, '" "'.join(CANARY))  # what starts it is no leak of an answer
    own = "your" if patient else "their"
    own_cache = {"XDG_CACHE_HOME": str(home / "cache")}
    with running(sys.executable, "-c", program, home=home, environment=own_cache) as terminal:
        terminal.see("I have read this")
        terminal.press(ENTER, "Which one?")
        before = compiled(home)
        terminal.press("1", f"(•) 1 {CANARY}")
        terminal.press(NOTE, "Note on this question").press(f"{CANARY} note", f"{CANARY} note").press(
            KEEP_NOTE, "Which one?"
        )
        terminal.press(ENTER, f"n {own} own words?").press(CANARY + ENTER, "whole story?").press(CANARY, CANARY)
        terminal.press("\x0e", "Anything else?").see("Saved 4")
        yield terminal
        assert compiled(home) == before, "nothing of an answer gets to where content is kept"


def compiled(home: Path) -> dict[Path, bytes]:
    """What is kept of content that was checked, the questions with the canary in them among it."""
    return {path: path.read_bytes() for path in (home / "cache/msals-tui").iterdir()}


def records(home: Path) -> Path:
    return home / "data/msals-tui"


def logged(home: Path) -> list[dict[str, object]]:
    """The faults in the log of the records."""
    lines = [line for path in sorted(records(home).glob("log-*")) for line in path.read_text().splitlines()]
    return [json.loads(line.split(" ", 2)[2]) for line in lines][1:]


def holds_no_canary(terminal: Terminal, home: Path) -> None:
    """Neither what is left on the terminal, nor its title, nor anything beside the record."""
    for said in (
        after_the_screen(terminal),
        "".join(re.findall(r"\x1b\][012];[^\x07\x1b]*", terminal.output.decode())),
    ):
        assert CANARY not in said.upper()
        assert "Traceback" not in said
    files = [path for path in home.rglob("*") if path.name != "small.toml" and path not in compiled(home)]
    beside = [path for path in files if path.is_file() and "intakes" not in path.relative_to(home).parts]
    assert not [path for path in files if CANARY in str(path).upper()]
    assert beside, "the list of what was done is there"
    assert not [path for path in beside if CANARY in path.read_text(errors="replace").upper()]
    assert not list(Path.cwd().glob("core*"))
    kept = "".join(path.read_text() for path in (records(home) / "intakes").rglob("journal-*"))
    assert kept.count(CANARY) >= 3, "the test means something"
    assert FORMAT in kept


def test_after_a_summary_was_written(tmp_path: Path) -> None:
    with sitting(tmp_path) as terminal:
        terminal.press(F2, "Check the answers").press(F10, "Write the summary").send(F10)
        assert terminal.ended() == 0
        is_as_before(terminal)
        holds_no_canary(terminal, tmp_path)
    assert not logged(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_after_a_signal(number: signal.Signals, tmp_path: Path) -> None:
    with sitting(tmp_path) as terminal:
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        is_as_before(terminal)
        holds_no_canary(terminal, tmp_path)
    assert not logged(tmp_path)


@pytest.mark.parametrize("place", CRASHES)
def test_after_a_fault_of_our_own_which_says_what_kind_and_where(place: str, tmp_path: Path) -> None:
    with sitting(tmp_path, broken=CRASHES[place]) as terminal:
        terminal.send(ASK_WHY)
        assert terminal.ended() == 3
        is_as_before(terminal)
        holds_no_canary(terminal, tmp_path)
        said = " ".join(after_the_screen(terminal).split())
    assert "had to stop because of a fault of its own" in said
    assert re.search(r"RuntimeError in (msals_tui\.[\w.]+|__main__):\d+", said)
    (fault,) = logged(tmp_path)
    (intake,) = (path.name for path in (records(tmp_path) / "intakes").iterdir())
    assert (fault["what"], fault["id"]) == ("RuntimeError", intake)
    assert f"To go on: msals-tui records resume {intake[:8]}" in said


@pytest.mark.parametrize("place", UNSEEN)
def test_after_a_fault_that_ends_nothing_but_is_logged(place: str, tmp_path: Path) -> None:
    with sitting(tmp_path, broken=UNSEEN[place]) as terminal:
        terminal.send(ASK_WHY).until(lambda: bool(logged(tmp_path)), "it was never logged")
        terminal.press("1", "(•) 1 Yes").signal(signal.SIGTERM)
        assert terminal.ended() == 143
        is_as_before(terminal)
        holds_no_canary(terminal, tmp_path)
    assert [fault["what"] for fault in logged(tmp_path)] == ["RuntimeError"]


def test_after_a_patient_went_away_whose_answers_are_kept_and_wiped_from_the_terminal(tmp_path: Path) -> None:
    with sitting(tmp_path, broken=SOON, patient=True) as terminal:
        terminal.press(ASK_WHY, "Are you still there?")
        assert CANARY not in terminal.text
        assert terminal.ended() == 0
        is_as_before(terminal)
        holds_no_canary(terminal, tmp_path)
        said = after_the_screen(terminal)
    assert "\x1b[3J" in said
    assert "kept for the staff" in " ".join(said.split())
    assert "records resume" not in said


def test_what_staff_left_open_is_covered_by_a_real_alarm_that_goes_on_while_a_laptop_sleeps(tmp_path: Path) -> None:
    with sitting(tmp_path, broken=SOON) as terminal:
        timers = [path.read_text() for path in Path(f"/proc/{terminal.process}/fdinfo").iterdir()]
        assert [text for text in timers if "clockid: 7" in text], "CLOCK_BOOTTIME counts sleep"
        terminal.press(ASK_WHY, "This is a cover and no password")
        assert CANARY not in terminal.text


def test_while_it_runs_other_programs_and_core_files_get_nothing_of_it(tmp_path: Path) -> None:
    with sitting(tmp_path) as terminal:
        process = Path(f"/proc/{terminal.process}")
        assert re.search(r"Max core file size +0 +0 ", (process / "limits").read_text())
        assert (process / "environ").stat().st_uid == 0, "not even programs of the same person may look into it"
        assert CANARY.encode() not in (process / "cmdline").read_bytes()
        if os.access(process / "environ", os.R_OK) and os.geteuid() == 0:
            assert CANARY.encode() not in (process / "environ").read_bytes()


def test_a_wrong_answers_file_is_refused_without_a_word_of_what_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(
        f'schema = "msals-answers/1"\nquestionnaire = ["{CANARY}"]\nid = 7\n[answers]\nwords = "{CANARY}"\n'
    )
    with pytest.raises((MsalsError, WrongShape)) as refused:
        read_case(str(path))
    assert isinstance(refused.value, MsalsError)
    assert CANARY not in str(refused.value)


def test_a_fault_is_said_in_one_sentence_even_where_the_log_has_a_fault_too() -> None:
    def log(_: object) -> None:
        raise OSError(CANARY)

    watch = Watch()
    watch._log = log
    with pytest.raises(KeyError) as fault:
        _ = {}[CANARY]
    said = watch.caught(fault.value)
    assert re.fullmatch(r"something went wrong inside msals-tui: KeyError in [\w.]+:\d+", said)
