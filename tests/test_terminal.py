"""In a real terminal: start, a walk, resize, the end, and a terminal that is as it was before, whatever happened."""

import re
import signal
import sys
import tomllib
from pathlib import Path

import pytest

from hostile import CANARY, TEXTS, toml_string
from msals_tui.interview.unconfirmed import Field
from msals_tui.records.drafts import read_draft
from msals_tui.records.store import Records
from msals_tui.ui.drawing.glyphs import UNICODE
from pseudo_terminal import Terminal, msals, running

ASKED = """\
schema = "msals-questionnaire/1"
id = "small"
version = "1.0.0"
title = "Small questions"

[[section]]
id = "one"
title = "One"

[[section.item]]
id = "weakness"
type = "yes_no"
ask = "Any weakness?"
ask_patient = "Are you weak?"
why = "It matters."

[[section.item]]
id = "words"
type = "short_text"
ask = "In their own words?"
ask_patient = "In your own words?"
why = "It matters."

[[section.item]]
id = "after"
type = "yes_no"
ask = "Anything else?"
ask_patient = "Anything else?"
why = "It matters."
"""

MODES_LEFT_ON = {1049: "alternate screen", 1000: "mouse", 1002: "mouse", 1003: "mouse", 1006: "mouse", 1015: "mouse",
                 1016: "mouse", 2004: "bracketed paste", 2048: "resize reports"}  # fmt: skip
ENTER, ESCAPE, F2, F7, F10 = "\r", "\x1b", "\x1bOQ", "\x1b[18~", "\x1b[21~"
COLOUR = re.compile(rb"\x1b\[(?:[0-9:]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:0-9]*m")
BEYOND_16 = re.compile(rb"\x1b\[[0-9;:]*[34]8[;:][25][;:][0-9;:]*m")
COMMAND = re.compile(rb"\x1b\](?!22;default\x07)|\x1b[P_^X]|\x1bc|\xc2[\x80-\x9f]|(?<!default)\x07|\x08")
"""What a form has no business to send. Textual itself sets the shape of the mouse pointer (OSC 22)."""


@pytest.fixture
def asked(tmp_path: Path) -> str:
    """A small questionnaire in a file."""
    path = tmp_path / "small.toml"
    path.write_text(ASKED)
    return str(path)


def is_as_before(terminal: Terminal) -> None:
    """Nothing that a program may switch on in a terminal is left on."""
    on = {name for mode, name in MODES_LEFT_ON.items() if mode in terminal.glass.modes}
    assert not on, f"left on: {on}"
    assert 25 in terminal.glass.modes, "the cursor is shown"
    assert b"\x1b[?1049h" in terminal.output, "the test means something"
    pushed, popped = (len(re.findall(rb"\x1b\[" + one + rb"u", terminal.output)) for one in (rb">\d+", rb"<"))
    assert pushed <= popped, "keys are reported as before"


def after_the_screen(terminal: Terminal) -> str:
    """What stands on the terminal once the program's screen is gone."""
    return terminal.output.rpartition(b"\x1b[?1049l")[2].decode()


def intake(home: Path) -> str:
    """The id of the only record."""
    (record,) = Records(home / "data/msals-tui").all()
    return record.id


def kept(home: Path) -> dict[str, object]:
    """What the only record says was answered."""
    record = Records(home / "data/msals-tui").read(intake(home))
    assert not record.faults
    return {item: entry.answer for item, entry in read_draft(record, None).answers.items()}


def summaries(home: Path) -> list[Path]:
    """Every summary that was written."""
    return sorted((home / "data").rglob("*.toml"))


def test_a_walk_with_a_resize_ends_with_a_partial_summary_and_the_terminal_as_it_was(tmp_path: Path) -> None:
    with running(*msals("intake"), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "F10 Save, exit")
        for _ in range(3):
            here = terminal.text
            terminal.send("\x1b[18~\x0e")  # F7 Not sure, Ctrl+N: on every kind of question
            terminal.until(
                lambda here=here: terminal.text not in ("", here) and "still to come" in terminal.text, "stuck"
            )
        terminal.resize(120, 40).see("Findings so far").see("Sections")
        terminal.resize(60, 20).see("Continue").resize(80, 24).see("F10 Save, exit")
        terminal.press(F10, "Write a partial summary and leave").send("2")
        assert terminal.ended() == 0
        is_as_before(terminal)
        (summary,) = summaries(tmp_path)
        assert f"Summary written: {summary}" in "".join(after_the_screen(terminal).split("\r\n"))
    read = tomllib.loads(summary.read_text())
    assert read["status"] == "partial"
    assert set(map(str, read["answers"].values())) == {"{'missing': 'not_sure'}"}
    assert summary.stat().st_mode & 0o777 == 0o400


def test_a_whole_intake_ends_with_a_complete_summary_where_it_is_wanted(asked: str, tmp_path: Path) -> None:
    target = tmp_path / "mine.toml"
    with running(*msals("intake", "--questionnaire", asked, "-o", str(target)), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1" + ENTER, "In their own words?")
        terminal.press("drops keys" + ENTER, "Anything else?").press("2" + ENTER, "Check the answers")
        terminal.press(F10, "Write the summary").send(F10)
        assert terminal.ended() == 0
        is_as_before(terminal)
    read = tomllib.loads(target.read_text())
    assert read["status"] == "complete"
    assert read["answers"] == {"weakness": "yes", "words": "drops keys", "after": "no"}


def test_the_home_screen_is_left_at_once(tmp_path: Path) -> None:
    with running(*msals(), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "What would you like to do?").send(F10)
        assert terminal.ended() == 0
        is_as_before(terminal)
    assert summaries(tmp_path) == []


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_keeps_what_was_answered_and_says_how_to_go_on(
    number: signal.Signals, status: int, asked: str, tmp_path: Path
) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1" + ENTER, "In their own words?")
        terminal.press("half a sen", "half a sen").signal(number)
        assert terminal.ended() == status
        is_as_before(terminal)
        assert f"To go on: msals-tui records resume {intake(tmp_path)[:8]}" in after_the_screen(terminal)
    assert kept(tmp_path) == {"weakness": "yes"}
    draft = read_draft(Records(tmp_path / "data/msals-tui").read(intake(tmp_path)), None)
    assert draft.typed == {Field("words"): "half a sen"}, "which nobody has said is all of it"
    assert summaries(tmp_path) == []


CRASHES = {
    "a key": "from msals_tui.ui.screens.question import QuestionScreen as broken; broken.action_why = crash",
    "drawing": "import msals_tui.ui.screens.why_page as broken; broken.why_rows = crash",
    "a click": "from msals_tui.ui.screens.why_page import WhyPage as broken; broken.compose = crash",
}


@pytest.mark.parametrize("place", CRASHES)
def test_a_fault_of_our_own_shows_no_answer_saves_them_all_and_gives_the_terminal_back(
    place: str, asked: str, tmp_path: Path
) -> None:
    program = f"""
def crash(*arguments, **named):
    secret = "{CANARY}"
    raise RuntimeError(secret)
{CRASHES[place]}
from msals_tui.cli import main
raise SystemExit(main(["intake", "--questionnaire", {asked!r}]))
"""
    with running(sys.executable, "-c", program, home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1" + ENTER, "In their own words?")
        terminal.press(CANARY + ENTER, "Anything else?").send("\x1bOP")
        assert terminal.ended() == 3
        is_as_before(terminal)
        said = after_the_screen(terminal)
    assert "had to stop because of a fault of its own" in " ".join(said.split())
    for telling in (CANARY, "Traceback", "secret"):
        assert telling not in said
    assert kept(tmp_path) == {"weakness": "yes", "words": CANARY}


def test_a_fault_in_writing_the_summary_itself_still_shows_no_answer_and_gives_the_terminal_back(
    asked: str, tmp_path: Path
) -> None:
    program = f"""
def crash(*arguments, **named):
    secret = "{CANARY}"
    raise RuntimeError(secret)
import msals_tui.report.toml_format as broken
broken.to_toml = crash
from msals_tui.cli import main
raise SystemExit(main(["intake", "--questionnaire", {asked!r}]))
"""
    with running(sys.executable, "-c", program, home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1" + ENTER, "In their own words?")
        terminal.press(CANARY + ENTER, "Anything else?").press(F2, "Check the answers").send(F10)
        assert terminal.ended() == 3
        is_as_before(terminal)
        said = after_the_screen(terminal)
    for telling in (CANARY, "Traceback", "secret"):
        assert telling not in said


def test_with_no_color_not_one_colour_is_sent(asked: str, tmp_path: Path) -> None:
    with running(
        *msals("intake", "--questionnaire", asked), home=tmp_path, environment={"NO_COLOR": "1"}, size=(120, 40)
    ) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1", "(•) 1 Yes").press(F2, "Check the")
        assert not COLOUR.findall(terminal.output)
        assert re.search(rb"\x1b\[(?:0;)?1;7[;m]", terminal.output), "what is pointed at shows all the same"


def test_colours_are_sent_otherwise_so_that_the_test_above_means_something(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this")
        assert COLOUR.findall(terminal.output)
        assert BEYOND_16.findall(terminal.output)


def test_the_sixteen_colour_theme_sends_no_others(asked: str, tmp_path: Path) -> None:
    plain = {"TERM": "linux", "COLORTERM": None}
    with running(
        *msals("intake", "--questionnaire", asked, "--theme", "msals-16"),
        home=tmp_path,
        environment=plain,
        size=(120, 40),
    ) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1", "(o) 1 Yes")
        assert not BEYOND_16.findall(terminal.output)


def test_a_terminal_that_knows_no_utf8_is_sent_ascii_only(asked: str, tmp_path: Path) -> None:
    latin = {"PYTHONIOENCODING": "latin-1", "LANG": "C", "LC_ALL": "C"}
    with running(
        *msals("intake", "--questionnaire", asked), home=tmp_path, environment=latin, size=(120, 40)
    ) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press("1", "(o) 1 Yes").press(F2, "Check the")
        assert terminal.output.isascii()
        assert b"\\u" not in terminal.output


@pytest.mark.parametrize(
    "what", ["title in C1", "colour in C1", "overwriting", "bells and nulls", "right-to-left override"]
)
def test_a_pasted_text_is_only_text(what: str, asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press(F7 + ENTER, "In their own words?")
        terminal.press(f"\x1b[200~{TEXTS[what]}\x1b[201~THE END", "THE END").press(ENTER, "Anything else?")
        assert not COMMAND.search(terminal.output)


def test_no_pasted_command_reaches_the_terminal_even_where_its_escape_is_taken_for_a_key(
    asked: str, tmp_path: Path
) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?").press(F7 + ENTER, "In their own words?")
        for what in ("clipboard", "title", "hyperlink", "device control", "reset", "unterminated"):
            terminal.send(f"\x1b[200~{TEXTS[what]}\x1b[201~")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
        is_as_before(terminal)
        assert not COMMAND.search(terminal.output)
        (journal,) = (tmp_path / "data").rglob("journal-*")
        assert not COMMAND.search(journal.read_bytes())


def test_the_questions_of_a_file_reach_the_terminal_as_text_only(tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text(ASKED.replace('"Any weakness?"', toml_string(f"Any weakness? {TEXTS['unclosed tag']}")))
    with running(*msals("intake", "--questionnaire", str(path)), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, TEXTS["unclosed tag"]).send(F10)
        assert terminal.ended() == 0
        is_as_before(terminal)
    path.write_text(ASKED.replace('"Any weakness?"', toml_string(f"Any {TEXTS['title']} weakness?")))
    with running(*msals("intake", "--questionnaire", str(path)), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, f"Any ^[]0;{CANARY}^G weakness?").send(F10)
        assert terminal.ended() == 0
        assert not COMMAND.search(terminal.output)


def test_the_ways_not_to_answer_have_their_keys_on_a_terminal(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?")
        for sent, shown in (
            ("\x1b8", "✓ F7"),
            (F7, "✓ F7"),
            ("\x1b9", "✓ F8"),
            ("\x1b[19~", "✓ F8"),
            ("\x1b0", "✓ ^D"),
        ):
            terminal.press("1", "(•) 1 Yes").press(sent, shown)
        terminal.press(ENTER, "In their own words?").press("\x1b8", "✓ F7").press(ENTER, "Anything else?")


def test_words_typed_fast_or_slowly_at_a_question_choose_nothing(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").press(ENTER, "Any weakness?")
        for parts in (("2 years ago\r",), tuple("2 years ago\r"), ("here, the other day\r",)):
            for part in parts:
                terminal.send(part)
            terminal.see("Words choose nothing here").press("\x1b[B", f"{UNICODE.pointer} ( ) 2 No").press(
                "\x1b[A", f"{UNICODE.pointer} ( ) 1 Yes"
            )
        terminal.press("n", "(•) 2 No").press(ENTER, "In their own words?")
