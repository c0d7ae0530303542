"""A safety interruption cannot be typed through: when a decision counts, and the real program under fast hands."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui.flow.flow import Flow
from msals_tui.plain.conversation import Conversation
from msals_tui.plain.lines import EndOfInput
from msals_tui.plain.talk import Stopped, Talk
from msals_tui.plain.typed_line import Voice
from msals_tui.records.drafts import read_draft
from msals_tui.records.entries import DecisionEntry
from msals_tui.records.store import Records
from msals_tui.safety.reading import LEAST_MS, PAUSE_MS, WORDS_A_MINUTE, Reading, readable_ms
from msals_tui.session.options import Options
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import UNICODE
from pseudo_terminal import Terminal, running
from sittings import RULE, Hourglass, content, english, startup

TIMES = st.integers(0, 10**9)
TEXTS = st.lists(st.sampled_from(["Call", "somebody", "now."]), max_size=60).map(" ".join)


# When a decision counts


@given(TEXTS, TIMES, st.lists(st.integers(0, 5000), max_size=20))
def test_a_decision_counts_once_it_can_have_been_read_and_nothing_was_typed_for_a_while(
    text: str, begun: int, gaps: list[int]
) -> None:
    reading, now = Reading.begun(text, begun), begun
    for gap in gaps:
        now += gap
        if reading.over(now):
            break
        reading = reading.disturbed(now)
        assert not reading.over(now)
        assert not reading.over(now + PAUSE_MS - 1)
        assert reading.over(max(now + PAUSE_MS, begun + readable_ms(text)))
    assert not reading.over(begun + readable_ms(text) - 1)


def test_a_long_sentence_takes_as_long_as_its_words_and_a_short_one_is_still_seen() -> None:
    assert readable_ms("word " * WORDS_A_MINUTE) == 60_000
    assert readable_ms("") == readable_ms("Stop now.") == LEAST_MS == 1500


# Line by line

ASKED = """
[[item]]
id = "breath"
type = "yes_no"
[[item]]
id = "after"
type = "yes_no"
"""


class Typist:
    """Somebody at a terminal: each line comes so many milliseconds after it was asked for."""

    by_hand = True

    def __init__(self, clock: Hourglass, *typed: tuple[int, str]) -> None:
        self._clock, self._typed = clock, list(typed)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def ask(self, prompt: str) -> str:
        if not self._typed:
            raise EndOfInput
        after, line = self._typed.pop(0)
        self._clock.passed += after
        return line


def interrupted(*typed: tuple[int, str], voice: str = "clinician") -> tuple[Session, list[str]]:
    """A sitting whose first answer interrupts, and what was said while these lines were typed."""
    clock = Hourglass()
    begun = startup(Options())
    begun.clock = clock
    session = Session(content(f'voice = "{voice}"\n{ASKED}', safety=RULE), clock)
    flow, typist = Flow(begun), Typist(clock, (0, "1"), *typed)
    step = flow.begin_sitting(session)
    talk = Talk(flow, session, Voice(english(), patient=session.patient), typist)
    conversation = Conversation(talk)
    try:
        while True:
            step = conversation.shown(step)
    except (EndOfInput, Stopped):
        return session, typist.said


@pytest.mark.parametrize("voice", ["clinician", "patient"])
def test_lines_typed_ahead_decide_nothing_and_that_is_said_once_a_burst(voice: str) -> None:
    burst = [(0, "1"), (10, "told"), (10, "known"), (10, "told")]
    session, said = interrupted(*burst, voice=voice)
    assert not session.decisions
    assert sum("typed before" in line for line in said) == 1
    _, said = interrupted(*burst, (PAUSE_MS, "told"), voice=voice)
    assert sum("typed before" in line for line in said) == 2


@pytest.mark.parametrize("voice", ["clinician", "patient"])
def test_a_line_typed_after_reading_decides(voice: str) -> None:
    session, _ = interrupted((0, "1"), (60_000, "told"), voice=voice)
    assert session.decisions["breathless"].choice == "told"


def test_a_line_before_its_time_restarts_the_pause() -> None:
    readable = readable_ms("Somebody must look at the breathing now.")
    assert not interrupted((readable - 1, "x"), (PAUSE_MS - 1, "told"))[0].decisions
    assert interrupted((readable - 1, "x"), (PAUSE_MS, "told"))[0].decisions


@pytest.mark.parametrize("line", ["", "1", "2", "3", "y", "n", "t", "tol", "yes", "told them"])
def test_nothing_but_a_word_decides_and_a_sentence_says_so(line: str) -> None:
    session, said = interrupted((60_000, line))
    assert not session.decisions
    assert "Only one of these words decides here" in said[-1]


def test_somebody_can_stop_at_once() -> None:
    session, said = interrupted((0, ":s"), (60_000, "told"))
    assert not session.decisions
    assert not any("typed before" in line for line in said)


# The real program, whose every text is short

FORM = """\
schema = "msals-questionnaire/1"
id = "small"
version = "1.0.0"
title = "Small questions"
voice = "VOICE"

[[section]]
id = "one"
title = "One"
"""
FAST_READER = """
import sys
from msals_tui.safety import reading
reading.WORDS_A_MINUTE = 10**9
from msals_tui.cli import main
raise SystemExit(main(["intake", *sys.argv[1:]]))
"""
"""The program for somebody who reads anything in the least time."""
ENTER, DOWN = "\r", "\x1b[B"


@pytest.fixture(params=["clinician", "patient"])
def form(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "form.toml"
    items = "".join(
        f'[[section.item]]\nid = "{one}"\ntype = "yes_no"\nask = "{ask}"\nask_patient = "{ask}"\nwhy = "It matters."\n'
        'help_patient = "Say what is so."\n'
        for one, ask in (("breathless_flat", "Breathless lying flat?"), ("after", "Anything else?"))
    )
    path.write_text(FORM.replace("VOICE", request.param) + items, encoding="utf-8")
    return str(path)


def decided(home: Path) -> list[str]:
    """What the journal says was decided."""
    records = Records(home / "data/msals-tui")
    [kept] = records.all()
    return [one.choice for one in read_draft(kept).entries if isinstance(one, DecisionEntry)]


def on_the_screen(terminal: Terminal) -> Terminal:
    return terminal.see("I have read this").press(ENTER, "Breathless lying flat?")


@pytest.mark.parametrize(
    "burst", [f"1{ENTER}1{ENTER}1", f"1{ENTER}{DOWN}{ENTER}{DOWN}{ENTER}", f"1{ENTER}y{ENTER}y{ENTER}"]
)
def test_a_burst_of_keys_decides_nothing_and_a_reader_does(form: str, burst: str, tmp_path: Path) -> None:
    with running(sys.executable, "-c", FAST_READER, "--questionnaire", form, home=tmp_path) as terminal:
        on_the_screen(terminal).press(burst, "Please read this first.").see("Choose with the arrows, then Enter")
        assert UNICODE.pointer not in terminal.text
        terminal.press(DOWN, UNICODE.pointer).press(ENTER, "Anything else?")
        terminal.see("Saved 2").signal(15).ended()
    assert decided(tmp_path) == ["told"]


def test_a_burst_of_lines_decides_nothing_and_a_reader_does(form: str, tmp_path: Path) -> None:
    started = (
        sys.executable,
        "-c",
        FAST_READER.replace("10**9", "10**9; reading.PAUSE_MS = 0"),
        "--plain",
        "--questionnaire",
        form,
    )
    with running(*started, home=tmp_path, size=(120, 60)) as terminal:
        terminal.see("Type 1 to go on").press("1\n", "Breathless lying flat?")
        terminal.press("1\n1\ntold\n1\n\n", "typed before the lines above could be read").see("This was typed before")
        while b"Anything else?" not in terminal.output:
            said = terminal.output.count(b"Type the word")
            terminal.send("known\n").until(
                lambda said=said: (
                    b"Anything else?" in terminal.output or terminal.output.count(b"Type the word") > said
                ),
                "nothing was said",
            )
        terminal.send(":s\n").ended()
    assert decided(tmp_path) == ["known"]
