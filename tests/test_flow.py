"""One flow, three front ends: a script, the lines and the screen show the same steps and write the same bytes."""

from pathlib import Path

from at_screen import seated
from hands import Hands
from msals_tui.flow.outcome import Rescued, Written
from msals_tui.flow.steps import Done
from msals_tui.plain.app import Plain
from msals_tui.plain.lines import EndOfInput
from msals_tui.session.options import Options
from scripted import Script
from sittings import shipped, startup
from walks import plain_lines


class Lines:
    """What is typed into the line-by-line front end."""

    by_hand = False

    def __init__(self, typed: list[str]) -> None:
        self._typed = typed

    def say(self, text: str) -> None:
        """Nobody reads it."""

    def ask(self, prompt: str) -> str:
        """The next line."""
        if not self._typed:
            raise EndOfInput
        return self._typed.pop(0)


def written(done: Done) -> bytes:
    """The summary that was written for good."""
    assert isinstance(done.outcome, Written)
    assert done.outcome.handed.path is not None
    return done.outcome.handed.path.read_bytes()


def final_in(records: Path) -> bytes:
    """The one final below a folder."""
    (final,) = records.rglob("final-1.toml")
    return final.read_bytes()


def line_by_line(options: Options, records: Path, script: Script) -> bytes:
    """What the line-by-line front end writes for the same sitting."""
    assert script.flow.session is not None
    moves = plain_lines(script.flow.session, script.moves).split("\n")[:-1]
    assert Plain(startup(options, records), Lines(["1", *moves, ":f", ":f"])).run() == 0
    return final_in(records)


def test_a_staff_sitting_is_stopped_gone_on_with_and_handed_over(tmp_path: Path) -> None:
    name, options = "als_limb_man_63_history", Options(start="intake")
    stopped = Script(Options(), tmp_path / "one", name, stop_at="weakness")
    assert stopped.shown == ["Notice", "Home", "Ask", "Work"]
    assert isinstance(stopped.done.outcome, Rescued)
    assert stopped.done.outcome.kept
    assert stopped.flow.recording is not None
    stopped.flow.recording.close()
    resumed = Script(options, tmp_path / "one", name)
    assert resumed.shown == ["Notice", "Offer", "Work", "Ask", "Check", "Preview", "Work"]
    whole = Script(options, tmp_path / "two", name)
    assert whole.shown == ["Notice", "Ask", "Check", "Preview", "Work"]
    assert written(resumed.done) == written(whole.done)
    assert written(whole.done) == line_by_line(options, tmp_path / "three", whole)


async def test_a_patient_sitting_is_interrupted_for_safety_and_handed_over(tmp_path: Path) -> None:
    options = Options(start="intake", questionnaire="ms_als_brief")
    script = Script(options, tmp_path / "one", "brief_stroke_now_man_70")
    assert script.shown[:2] == ["Notice", "Ask"]
    assert "Decide" in script.shown
    assert script.shown[-4:] == ["Check", "Preview", "Work", "Thanks"]
    assert script.flow.session is not None
    assert script.flow.session.content.evidence is None
    assert written(script.done) == line_by_line(options, tmp_path / "two", script)
    async with seated(own=shipped(), questionnaire="ms_als_brief", records=tmp_path / "three") as seat:
        hands = Hands(seat)
        for one in script.moves:
            await hands.repeat(one)
        await seat.press("f10")
        assert seat.page == "ThanksPage"
    assert written(script.done) == final_in(tmp_path / "three")
