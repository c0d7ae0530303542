"""The beginning and the end: notice, home, summary preview, the file, and a disk that does not take it."""

import threading
import tomllib
from pathlib import Path

import pytest

from at_screen import Seat, library, seated
from msals_tui.errors import MachineFault
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.records import hand_over as how_it_ends
from msals_tui.records.drafts import read_draft
from msals_tui.records.hand_over import HandedOver, summary_text
from msals_tui.records.store import Records
from sittings import english, shipped

INTAKE = """
id = "test"
title = "Full questions"
about = "For staff."
[[item]]
id = "weakness"
type = "yes_no"
ask = "Any weakness?"
[[item]]
id = "story"
type = "long_text"
"""
BRIEF = """
id = "brief"
title = "Brief questions"
voice = "patient"
[[item]]
id = "tired"
type = "yes_no"
ask_patient = "Are you tired?"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


async def ended(seat: Seat) -> None:
    """Waits for the end."""
    await seat.until(lambda: not seat.app.is_running)


async def answered(seat: Seat) -> None:
    """Weak, with a story, on the check page."""
    await seat.press("1", "enter")
    await seat.type("drops keys")
    await seat.press("ctrl+n")
    assert seat.page == "CheckPage"


def drafted(home: Path) -> dict[str, object]:
    """The answers in the one draft that was kept."""
    (kept,) = Records(home / "records").all()
    assert kept.state == "draft"
    return {item: entry.answer for item, entry in read_draft(kept).answers.items()}


# The beginning


@pytest.mark.parametrize("start", ["home", "intake"])
async def test_the_notice_stands_before_everything_else(start: str) -> None:
    async with seated(own=library(INTAKE, BRIEF), start=start, read=False) as seat:
        assert seat.page == "NoticePage"
        assert "It is not a diagnostic device" in seat.words
        assert "emergency procedure" in seat.grid
        await seat.press("enter")
        assert seat.page == {"home": "HomePage", "intake": "QuestionScreen"}[start]


@pytest.mark.parametrize("key", ["f10", "ctrl+q", "escape"])
async def test_whoever_does_not_read_the_notice_leaves(key: str) -> None:
    async with seated(INTAKE, read=False) as seat:
        await seat.press(key)
        await ended(seat)
        assert seat.app.return_value is None


async def test_home_offers_every_questionnaire_and_the_way_out() -> None:
    async with seated(own=library(INTAKE, BRIEF), start="home") as seat:
        assert seat.reads("1", "Start an intake: Full questions")
        assert seat.reads("2", "Start an intake: Brief questions")
        assert seat.reads("3", "Leave")
        assert seat.reads("2 questions at most", "For staff.")
        await seat.press("1")
        assert seat.at == "weakness"


async def test_a_questionnaire_for_patients_shows_their_own_notice_first() -> None:
    async with seated(own=library(INTAKE, BRIEF), start="home") as seat:
        await seat.press("down", "down", "enter")
        assert seat.page == "NoticePage"
        assert "They are not a test" in seat.words
        await seat.press("enter")
        assert "Are you tired?" in seat.grid


async def test_home_is_left_without_a_trace(home: Path) -> None:
    async with seated(own=library(INTAKE, BRIEF), start="home") as seat:
        await seat.press("3")
        await ended(seat)
    assert list(home.rglob("*.toml")) == []


# The end


async def test_the_preview_shows_the_summary_and_the_file_holds_the_same_bytes(home: Path) -> None:
    async with seated(INTAKE, size=(120, 40), records=home / "records") as seat:
        await answered(seat)
        await seat.press("f10")
        assert seat.page == "SummaryPage"
        expected = summary_text(seat.session, english())
        seen = seat.grid
        while "below" in seat.grid:
            await seat.press("pagedown")
            seen += "\n" + seat.grid
        for line in expected.splitlines():
            assert " ".join(line.split())[:60] in " ".join(seen.split())
        await seat.press("f10")
        await ended(seat)
    (file,) = home.rglob("*.toml")
    assert file.read_text() == expected
    assert str(file) in str(seat.app.return_value)


async def test_a_summary_with_open_questions_is_announced_as_partial(home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await seat.press("1", "enter", "f2", "f10")
        assert "the summary will say partial" in seat.grid
        await seat.press("f10")
        await ended(seat)
    (file,) = home.rglob("*.toml")
    assert tomllib.loads(file.read_text())["status"] == "partial"


async def test_the_preview_is_closed_without_writing(home: Path) -> None:
    async with seated(INTAKE) as seat:
        await answered(seat)
        await seat.press("f10", "escape")
        assert seat.page == "CheckPage"
    assert list(home.rglob("*.toml")) == []


async def test_a_patient_is_done_with_one_key_and_sees_no_file(home: Path) -> None:
    async with seated(own=library(BRIEF), questionnaire="brief", records=home / "records") as seat:
        await seat.press("1", "enter")
        assert "F10 I am done" in seat.grid
        await seat.press("f10")
        assert "hand them this screen" in seat.grid
        assert "toml" not in seat.grid
        await seat.press("1")
        await ended(seat)


async def test_the_output_goes_where_the_command_line_says(home: Path) -> None:
    target = home / "mine.toml"
    async with seated(INTAKE, output=str(target)) as seat:
        await answered(seat)
        await seat.press("f10", "f10")
        await ended(seat)
    assert tomllib.loads(target.read_text())["status"] == "complete"


async def test_a_dash_prints_the_summary_and_writes_no_file(home: Path) -> None:
    async with seated(INTAKE, output="-") as seat:
        await answered(seat)
        expected = summary_text(seat.session, english())
        await seat.press("f10", "f10")
        await ended(seat)
    assert seat.app.return_value == expected
    assert list(home.rglob("*.toml")) == []


async def test_a_file_that_is_there_already_is_never_overwritten(home: Path) -> None:
    target = home / "mine.toml"
    target.write_text("mine")
    async with seated(INTAKE, output=str(target)) as seat:
        await answered(seat)
        await seat.press("f10", "f10")
        assert seat.page == "NotWrittenPage"
        assert "already a file of this name" in seat.grid
    assert target.read_text() == "mine"


# A disk that does not take it, a system that ends the program


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may end the program without ending the tests with it."""

    class NoWatchdog(threading.Timer):
        def start(self) -> None:
            """Never."""

    monkeypatch.setattr(threading, "Timer", NoWatchdog)


class Disk:
    """A disk that is full until somebody makes room."""

    def __init__(self) -> None:
        self.full = True
        self.write = how_it_ends.hand_over

    def __call__(self, *arguments: object) -> HandedOver:
        """In place of `hand_over`."""
        if self.full:
            raise MachineFault("the disk is full", where="/mnt/[/x]/\x1b]0;x\x07", hint="make room and write it again")
        return self.write(*arguments)  # type: ignore[arg-type]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk is full."""
    disk = Disk()
    monkeypatch.setattr(how_it_ends, "hand_over", disk)
    return disk


async def test_a_full_disk_is_said_and_can_be_tried_again(disk: Disk, home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await answered(seat)
        await seat.press("f10", "f10")
        assert seat.page == "NotWrittenPage"
        assert "the disk is full" in seat.grid
        assert "make room" in seat.grid
        await seat.press("1")
        assert seat.page == "NotWrittenPage", "it is still full"
        disk.full = False
        await seat.press("1")
        await ended(seat)
    (file,) = home.rglob("*.toml")
    assert tomllib.loads(file.read_text())["answers"]["story"] == "drops keys"


async def test_a_full_disk_loses_no_answer_note_decision_or_undo(disk: Disk) -> None:
    async with seated(INTAKE) as seat:
        await seat.press("f4")
        await seat.type("a note")
        await seat.press("f4")
        await answered(seat)
        before = seat.session.interview
        await seat.press("f10", "f10", "3")
        assert seat.page == "CheckPage"
        assert seat.session.interview == before
        await seat.press("home", "enter", "2", "enter")
        assert seat.given["weakness"] == Choice(("no",))
        await seat.press("f10")
        assert seat.page == "SummaryPage"


async def test_with_a_full_disk_the_summary_can_be_printed_instead(disk: Disk) -> None:
    async with seated(INTAKE) as seat:
        await answered(seat)
        expected = summary_text(seat.session, english())
        await seat.press("f10", "f10", "2")
        await ended(seat)
    said = str(seat.app.return_value)
    assert said.startswith(expected)
    assert "the disk is full" in said.removeprefix(expected), "the last line says why it stands there"
    assert seat.app.return_code == 3


async def test_leaving_with_a_full_disk_says_so_too_and_leads_back_to_the_question(disk: Disk) -> None:
    async with seated(INTAKE) as seat:
        await seat.press("1", "enter")
        await seat.type("drops keys")
        await seat.press("f10", "1")  # nothing is recorded here, so that "write" comes first
        assert seat.page == "NotWrittenPage"
        await seat.press("3")
        assert seat.page == "QuestionScreen"
        assert "[drops keys" in seat.grid


async def test_a_patient_whose_summary_could_not_be_written_sees_no_comparison_afterwards(disk: Disk) -> None:
    async with seated(own=library(BRIEF, evidence=shipped().evidence), questionnaire="brief", size=(120, 40)) as seat:
        await seat.press("1", "enter", "f10")
        assert seat.page == "NotWrittenPage"
        assert "hand this screen to a member of staff" in seat.grid
        assert "disk" not in seat.grid
        await seat.press("2", "home", "enter")
        assert "Are you tired?" in seat.grid
        assert "MS" not in seat.grid


@pytest.mark.usefixtures("ending")
async def test_the_system_ending_the_program_after_a_failed_write_loses_nothing(disk: Disk, home: Path) -> None:
    async with seated(INTAKE, records=home / "records") as seat:
        await answered(seat)
        await seat.press("f10", "f10", "3")
        disk.full = False
        seat.app.end_by_signal(15)
        await ended(seat)
    assert drafted(home) == {"weakness": "yes", "story": "drops keys"}


@pytest.mark.usefixtures("ending")
async def test_the_system_ending_the_program_within_a_round_keeps_what_was_answered_there(home: Path) -> None:
    rounds = '[[item]]\nid="attacks"\ntype="group"\nrow_label="Attack"\n[[item.items]]\nid="sight"\ntype="yes_no"\n'
    rounds += '[[item.items]]\nid="legs"\ntype="yes_no"\n'
    async with seated(rounds, records=home / "records") as seat:
        await seat.press("1", "1", "enter", "2")
        assert seat.page == "RoundScreen"
        seat.app.end_by_signal(15)
        await ended(seat)
    assert drafted(home) == {"attacks": ({"sight": "yes", "legs": "no"},)}
