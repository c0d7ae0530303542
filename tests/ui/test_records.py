"""Going on with what is recorded: offered to staff, listed, looked at, corrected, carried over, deleted; never to patients."""

import dataclasses
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyrage import x25519
from textual.events import Key

import at_screen
from at_screen import Seat, SmallLibrary, library, seated
from hostile import forbidden
from msals_tui.flow.steps import Worked
from msals_tui.interview.events import Answered, Event, Noted
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.records.catalog import Catalog
from msals_tui.records.hand_over import summary_text
from msals_tui.records.recording import Recording
from msals_tui.records.seal import RECIPIENTS
from msals_tui.records.store import Records
from msals_tui.session.clock import FixedClock, is_wrong
from msals_tui.session.load_content import load_content
from msals_tui.ui.drawing.glyphs import UNICODE
from msals_tui.ui.screens.work import WorkPage
from sittings import CLOCK, RULE, english

INTAKE = """
id = "test"
title = "Full questions"
[[section]]
id = "first_part"
title = "First part"
[[section.item]]
id = "weakness"
type = "yes_no"
ask = "Any weakness?"
[[section.item]]
id = "breath"
type = "yes_no"
ask = "Short of breath at rest?"
[[section.item]]
id = "story"
type = "long_text"
ask = "In their own words?"
"""
ALTERED = INTAKE.replace('id = "story"', 'id = "tale"').replace("Any weakness?", "Any weak limb?")
BRIEF = """
id = "brief"
title = "Brief questions"
voice = "patient"
[[item]]
id = "tired"
type = "yes_no"
ask_patient = "Are you tired?"
[[item]]
id = "sleep"
type = "yes_no"
ask_patient = "Do you sleep well?"
"""
BOTH = library(INTAKE, BRIEF, safety=RULE)
WEAK = Answered("weakness", Choice(("yes",)))
TIRED = Answered("tired", Choice(("yes",)))
BREATHLESS = Answered("breath", Choice(("yes",)))
STORY = Answered("story", Text("drops keys"))
NAMES = ("Full questions", "Brief questions", "Resume", "record")


def begun(records: Path, *events: Event, number: int = 1, asked: str = "test", own: SmallLibrary = BOTH) -> Recording:
    """An intake with these answers, the more lately the higher its number, which is still being written."""
    clock = FixedClock(datetime(2026, 2, 1, 8, tzinfo=UTC) + timedelta(days=number), f"{number:032x}")
    recording = Catalog(Records(records), own, "en", clock).begin(load_content(own, asked, language="en"))  # type: ignore[arg-type]
    for event in events:
        recording.session.post(event)
    assert recording.save()
    return recording


def draft(records: Path, *events: Event, number: int = 1, asked: str = "test") -> Path:
    """A draft that nobody writes in; its folder."""
    recording = begun(records, *(events or (WEAK,)), number=number, asked=asked)
    recording.close()
    return records / "intakes" / f"{number:032x}"


def final(records: Path, *, number: int = 1) -> str:
    """A finished intake; the SHA-256 of its final."""
    recording = begun(records, WEAK, STORY, number=number)
    finished = recording.finish(summary_text(recording.session, english()))
    recording.close()
    return finished.sha256


def damage(folder: Path) -> None:
    """Alters the last entry of a journal."""
    journal = folder / "journal-1"
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(b"drops keys", b"drops cups")
    journal.write_bytes(b"".join(lines))


async def to(seat: Seat, page: str, *keys: str) -> None:
    """Presses keys and waits for the page that they lead to."""
    await seat.press(*keys)
    await seat.until(lambda: seat.page == page)
    await seat.quiet()


async def to_list(seat: Seat) -> None:
    """From home to the list of all records."""
    await seat.click("All records of this machine")
    await to(seat, "RecordsPage")


def offered(seat: Seat) -> list[str]:
    """The lines that can be chosen on the open page."""
    return [line[4:].strip() for line in seat.lines if re.match(rf" [ {UNICODE.pointer}]  \d  \S", line)]


# What is offered, and to whom


async def test_the_first_screen_says_that_something_is_unfinished(tmp_path: Path) -> None:
    draft(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path, read=False) as seat:
        assert seat.page == "NoticePage"
        assert "Resume: one intake is unfinished." in seat.grid


async def test_the_first_screen_says_how_many_are_unfinished(tmp_path: Path) -> None:
    for number in (1, 2):
        draft(tmp_path, number=number)
    final(tmp_path, number=3)
    async with seated(own=BOTH, start="home", records=tmp_path, read=False) as seat:
        assert "Resume: 2 intakes are unfinished." in seat.grid


async def test_without_drafts_nothing_is_said_of_them(tmp_path: Path) -> None:
    final(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path, read=False) as seat:
        assert "Resume" not in seat.grid
        await seat.press("enter")
        assert "Resume" not in seat.grid
        assert "All records of this machine (1)" in seat.grid


async def test_where_no_record_is_there_is_no_list() -> None:
    async with seated(own=BOTH, start="home") as seat:
        assert "record" not in seat.grid


async def test_a_patient_is_never_told_of_drafts(tmp_path: Path) -> None:
    draft(tmp_path, TIRED, asked="brief")
    async with seated(own=BOTH, start="intake", questionnaire="brief", records=tmp_path, read=False) as seat:
        assert "They are not a test" in seat.words
        assert not any(name in seat.grid for name in NAMES)
        await seat.press("enter")
        assert seat.page == "QuestionScreen"
        assert seat.given == {}


async def test_where_only_patients_are_asked_home_offers_no_record(tmp_path: Path) -> None:
    draft(tmp_path, TIRED, asked="brief")
    async with seated(own=library(BRIEF), start="home", questionnaire="brief", records=tmp_path, read=False) as seat:
        assert "Resume" not in seat.grid
        await seat.press("enter")
        assert seat.page == "HomePage"
        assert "Resume" not in seat.grid
        assert "record" not in seat.grid


async def test_home_offers_the_three_newest_drafts_after_what_can_be_started(tmp_path: Path) -> None:
    for number in (1, 2, 3, 4):
        draft(tmp_path, number=number)
    async with seated(own=BOTH, start="home", records=tmp_path, size=(120, 40)) as seat:
        found = offered(seat)
        assert [line[0] for line in found] == list("1234567")
        assert "Start an intake: Full questions" in found[0]
        assert "Start an intake: Brief questions" in found[1]
        days = ["2026-02-05", "2026-02-04", "2026-02-03"]
        for line, day in zip(found[2:5], days, strict=True):
            assert "Resume: 00000000  Full questions" in line
            assert day in line
            assert "1 answered, 2 still open" in line
        assert "All records of this machine (4)" in found[5]
        assert "Leave" in found[6]
        assert seat.pointed == "", "nothing is taken by Enter alone"


async def test_a_draft_is_gone_on_with_from_home_at_its_first_open_question(tmp_path: Path) -> None:
    draft(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to(seat, "QuestionScreen", "3")
        assert seat.given == {"weakness": Choice(("yes",))}
        assert seat.at == "breath"
        assert seat.session.id == f"{1:032x}"


async def test_the_reference_keeps_its_digit_before_the_drafts(tmp_path: Path) -> None:
    draft(tmp_path)
    own = dataclasses.replace(BOTH, evidence=at_screen.shipped().evidence)
    async with seated(own=own, start="home", records=tmp_path) as seat:
        assert "Look up" in offered(seat)[2]
        assert "Resume" in offered(seat)[3]
        await seat.press("3")
        assert seat.page == "ReferencePage"


async def test_an_intake_that_is_started_at_once_offers_its_drafts_first(tmp_path: Path) -> None:
    draft(tmp_path)
    draft(tmp_path, TIRED, number=2, asked="brief")
    async with seated(own=BOTH, records=tmp_path, read=False) as seat:
        assert "Resume: one intake is unfinished." in seat.grid
        await seat.press("enter")
        assert seat.pointed.endswith("Start a new one")
        assert "Resume: 00000000  Full questions" in offered(seat)[1]
        assert "Brief" not in seat.grid
        await seat.press("enter")
        assert seat.page == "QuestionScreen"
        assert seat.given == {}


async def test_the_offer_goes_on_with_a_draft_and_escape_leads_back_to_the_notice(tmp_path: Path) -> None:
    draft(tmp_path)
    async with seated(own=BOTH, records=tmp_path, read=False) as seat:
        await to(seat, "MenuPage", "enter")
        await to(seat, "NoticePage", "escape")
        await to(seat, "MenuPage", "enter")
        await to(seat, "RecordsPage", "3")
        await to(seat, "MenuPage", "escape")
        assert seat.pointed.endswith("Start a new one")
        await to(seat, "QuestionScreen", "2")
        assert seat.given == {"weakness": Choice(("yes",))}


async def test_drafts_of_another_questionnaire_are_not_offered(tmp_path: Path) -> None:
    draft(tmp_path, TIRED, asked="brief")
    async with seated(own=BOTH, records=tmp_path, read=False) as seat:
        assert "Resume" not in seat.grid
        await seat.press("enter")
        assert seat.page == "QuestionScreen"


async def test_a_patient_who_goes_on_reads_the_notice_first_and_finds_no_list_behind(tmp_path: Path) -> None:
    draft(tmp_path, TIRED, asked="brief")
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to(seat, "NoticePage", "3")
        assert "They are not a test" in seat.words
        assert "Resume" not in seat.grid
        await to(seat, "QuestionScreen", "enter")
        assert "Do you sleep well?" in seat.grid
        assert [type(one).__name__ for one in seat.app.screen_stack[1:]] == ["QuestionScreen"]


# The list


async def test_the_list_says_how_every_record_stands(tmp_path: Path) -> None:
    draft(tmp_path, number=1)
    final(tmp_path, number=2)
    damage(draft(tmp_path, WEAK, STORY, number=3))
    held = begun(tmp_path, WEAK, number=4)
    async with seated(own=BOTH, start="home", records=tmp_path, size=(120, 40)) as seat:
        await to_list(seat)
        assert [seat.row(f"2026-02-0{day} 08:00") for day in (5, 4, 3, 2)] == sorted(
            seat.row(f"2026-02-0{day} 08:00") for day in (5, 4, 3, 2)
        ), "the one written last stands first"
        assert seat.reads("Full questions: draft, last saved 2026-02-02")
        assert seat.reads("Full questions: final, last saved 2026-02-03")
        assert seat.reads("Full questions: damaged, last saved 2026-02-04")
        assert "being written by" in seat.words
        assert "line 3 is not as it was written" in seat.words
        counts = english()("records.counts", answered=1, open=2)
        assert f"begun 2026-02-02 08:00; {counts}; at First part" in seat.words
    held.close()


async def test_the_list_leads_back_to_where_it_was_opened(tmp_path: Path) -> None:
    draft(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "HomePage", "escape")


async def test_the_pointer_stays_on_the_record_whose_menu_was_open(tmp_path: Path) -> None:
    for number in (1, 2):
        draft(tmp_path, number=number)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "MenuPage", "down", "enter")
        await to(seat, "RecordsPage", "escape")
        assert "2026-02-02" in seat.pointed


MENUS = {
    "draft": ("Resume: go on", "Look at it", "Delete it", "Back"),
    "final": ("Look at it", "Correct it", "Delete it", "Back"),
    "moved": ("Look at it", "Delete it", "Back"),
    "damaged": ("Look at it", "Go on from what is good", "Delete it", "Back"),
    "held": ("Look at it", "Back"),
    "other": ("Look at it", "Carry its answers over", "Delete it", "Back"),
}


def standing(records: Path, state: str) -> tuple[SmallLibrary, Recording | None]:
    """A record that stands so, what is asked here, and whoever writes in it."""
    if state == "held":
        return BOTH, begun(records, WEAK)
    if state == "final":
        final(records)
    else:
        folder = draft(records, WEAK, STORY)
        if state == "damaged":
            damage(folder)
    altered = library(ALTERED, BRIEF)
    if state == "moved":
        resumed = Catalog(Records(records), altered, "en", CLOCK).carry_over(f"{1:032x}")  # type: ignore[arg-type]
        resumed.recording.discard()
    return altered if state in ("moved", "other") else BOTH, None


@pytest.mark.parametrize("state", MENUS)
async def test_each_record_offers_what_can_be_done_with_it(tmp_path: Path, state: str) -> None:
    own, held = standing(tmp_path, state)
    async with seated(own=own, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "MenuPage", "enter")
        assert [line[0] for line in offered(seat)] == [str(number) for number in range(1, len(MENUS[state]) + 1)]
        for line, label in zip(offered(seat), MENUS[state], strict=True):
            assert label in line
        assert "Look at it" in seat.pointed, "what is pointed at first changes nothing"
        await to(seat, "RecordsPage", "escape")
    if held is not None:
        held.close()


async def test_nothing_is_deleted_unless_somebody_says_so_twice(tmp_path: Path) -> None:
    folder = draft(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "MenuPage", "enter")
        await seat.press("3")
        assert "Delete this record?" in seat.grid
        assert seat.pointed.endswith("Keep it")
        await seat.press("enter")
        assert folder.is_dir()
        await seat.press("3", "escape")
        assert folder.is_dir()
        await to(seat, "RecordsPage", "3", "2")
        assert "There are no records here." in seat.grid
        assert not folder.exists()


async def test_a_record_that_is_gone_meanwhile_is_said_so(tmp_path: Path) -> None:
    folder = draft(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        folder.rename(tmp_path / "elsewhere")
        await seat.press("enter")
        assert "That could not be done" in seat.grid
        assert "there is no such record" in seat.words
        await to(seat, "RecordsPage", "escape")


# Correcting a final


async def test_a_final_is_corrected_only_for_a_reason(tmp_path: Path) -> None:
    digest = final(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "MenuPage", "enter")
        await to(seat, "ReasonScreen", "2")
        await seat.press("f4")
        assert seat.page == "ReasonScreen"
        assert "Write the reason first" in seat.words
        await seat.type("  ")
        await seat.press("f4")
        assert seat.page == "ReasonScreen"
        await to(seat, "MenuPage", "escape")
        await to(seat, "ReasonScreen", "2")
        await seat.type("wrong side")
        await to(seat, "QuestionScreen", "f4")
        assert seat.session.amends is not None
        assert (seat.session.amends.sha256, seat.session.amends.reason) == (digest, "wrong side")
        assert seat.given == {"weakness": Choice(("yes",)), "story": Text("drops keys")}


async def test_a_final_that_was_opened_without_a_reason_asks_for_one_the_next_time(tmp_path: Path) -> None:
    final(tmp_path)
    resumed = Catalog(Records(tmp_path), BOTH, "en", CLOCK).resume(f"{1:032x}")  # type: ignore[arg-type]
    assert resumed.recording.save()
    resumed.recording.close()
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to(seat, "ReasonScreen", "3")
        await to(seat, "HomePage", "escape")


# Another version, damage, somebody else


async def test_a_draft_of_another_version_is_carried_over_after_saying_what_happens(tmp_path: Path) -> None:
    draft(tmp_path, WEAK, BREATHLESS, STORY)
    async with seated(own=library(ALTERED), start="home", records=tmp_path) as seat:
        await to(seat, "MenuPage", "2")
        assert "made with another version of its questionnaire" in seat.words
        await seat.press("2")
        assert "left behind and named" in seat.words
        assert seat.pointed.endswith("Back")
        await seat.press("2")
        await seat.until(lambda: "Not everything was taken up" in seat.grid)
        await seat.quiet()
        assert "story: left behind" in seat.words
        await to(seat, "QuestionScreen", "enter")
        assert seat.given == {"weakness": Choice(("yes",)), "breath": Choice(("yes",))}
        assert seat.session.interview.recheck == {"weakness"}
        assert seat.session.id != f"{1:032x}"
    kept = Records(tmp_path).read(f"{1:032x}")
    assert kept.state == "moved"


async def test_what_is_good_of_a_damaged_record_is_gone_on_with(tmp_path: Path) -> None:
    damage(draft(tmp_path, WEAK, STORY))
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "MenuPage", "enter")
        await to(seat, "QuestionScreen", "2")
        assert seat.given == {"weakness": Choice(("yes",))}


async def test_a_draft_that_somebody_writes_in_can_only_be_looked_at(tmp_path: Path) -> None:
    held = begun(tmp_path, WEAK)
    async with seated(own=BOTH, start="home", records=tmp_path, size=(120, 40)) as seat:
        assert "Resume:" not in seat.words, "nobody can go on with it now"
        await to_list(seat)
        await to(seat, "MenuPage", "enter")
        assert "being written by" in seat.words
        assert "since 2026-02-02 08:00" in seat.words
        await to(seat, "LookPage", "1")
        assert "READ ONLY" in seat.lines[0]
        assert "is writing in it" in seat.lines[0]
        await to(seat, "MenuPage", "escape")
        await to(seat, "RecordsPage", "escape")
    held.close()


async def test_somebody_who_comes_first_is_named_in_a_sentence(tmp_path: Path) -> None:
    draft(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await to(seat, "MenuPage", "enter")
        other = Catalog(Records(tmp_path), BOTH, "en", CLOCK).resume(f"{1:032x}")  # type: ignore[arg-type]
        await seat.press("1")
        await seat.until(lambda: "That could not be done" in seat.grid)
        assert "somebody is writing in this record" in seat.words
        other.recording.close()
        await to(seat, "MenuPage", "enter")
        await to(seat, "QuestionScreen", "1")


async def test_a_sealed_record_is_listed_and_refused_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.joinpath(RECIPIENTS).write_text(f"{x25519.Identity.generate().to_public()}\n")
    draft(tmp_path, WEAK, STORY)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        assert seat.reads("sealed")
        await to(seat, "MenuPage", "enter")
        await to(seat, "LookPage", "2")
        assert "sealed to the clinic's key" in seat.words
        assert "drops keys" not in seat.grid
        await to(seat, "MenuPage", "escape")
        await seat.press("1")
        await seat.until(lambda: "That could not be done" in seat.grid)
        assert "--identity" in seat.grid


# Looking


async def looking(seat: Seat) -> str:
    """Opens the first record of the list to be read; all that stands there."""
    await to_list(seat)
    await to(seat, "MenuPage", "enter")
    await to(seat, "LookPage", *(["2"] if "Resume" in offered(seat)[0] else ["1"]))
    seen = seat.words
    while "below" in seat.grid:
        await seat.press("pagedown")
        seen += " " + seat.words
    return seen


async def test_a_record_is_looked_at_with_notes_and_decisions_and_nothing_can_be_changed(tmp_path: Path) -> None:
    recording = begun(tmp_path, WEAK, Noted("weakness", "left arm"), BREATHLESS)
    recording.session.decide("breathless", "told")
    assert recording.save()
    recording.close()
    folder = tmp_path / "intakes" / f"{1:032x}"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    async with seated(own=BOTH, start="home", records=tmp_path, size=(100, 30)) as seat:
        seen = await looking(seat)
        assert "READ ONLY" in seat.lines[0]
        assert "Any weakness? Yes" in seen
        assert "Note: left arm" in seen
        assert "Safety rule S1, Breathless at rest: The responsible clinician has been told" in seen
        assert "In their own words? No answer yet" in seen
        await to(seat, "MenuPage", "1", "enter")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


async def test_finals_are_looked_at_with_their_hash_and_the_reason_of_a_correction(tmp_path: Path) -> None:
    digest = final(tmp_path)
    resumed = Catalog(Records(tmp_path), BOTH, "en", CLOCK).resume(f"{1:032x}")  # type: ignore[arg-type]
    resumed.recording.amend(resumed.recording.finals[-1], "wrong side")
    assert resumed.recording.save()
    resumed.recording.close()
    async with seated(own=BOTH, start="home", records=tmp_path, size=(120, 30)) as seat:
        seen = await looking(seat)
        assert f"Final 1, SHA-256 {digest}" in seen
        assert "wrong side" in seen


async def test_staff_look_at_the_answers_of_a_patient_in_the_words_of_staff(tmp_path: Path) -> None:
    own = library(
        INTAKE, BRIEF.replace('ask_patient = "Are you tired?"', 'ask = "Fatigue?"\nask_patient = "Are you tired?"')
    )
    recording = begun(tmp_path, TIRED, asked="brief", own=own)
    recording.close()
    async with seated(own=own, start="home", records=tmp_path) as seat:
        assert "Fatigue? Yes" in await looking(seat)


@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "[/x]", "\u202eabc", "a\nb"])
async def test_answers_of_another_version_are_shown_as_written_and_never_obeyed(tmp_path: Path, text: str) -> None:
    draft(tmp_path, Answered("story", Text(text)), Noted("story", text))
    async with seated(own=library(ALTERED), start="home", records=tmp_path) as seat:
        seen = await looking(seat)
        assert "made with another version" in seen
        assert "story: " in seen
        assert not forbidden(seat.grid.replace("\n", ""))


async def test_a_record_that_cannot_be_read_at_all_is_said_so(tmp_path: Path) -> None:
    folder = draft(tmp_path)
    (folder / "journal-1").write_bytes(b"no journal\n")
    async with seated(own=BOTH, start="home", records=tmp_path, size=(120, 30)) as seat:
        await to_list(seat)
        assert "damaged" in seat.grid
        await to(seat, "MenuPage", "enter")
        assert not any("Go on" in line for line in offered(seat))
        await to(seat, "LookPage", "1")
        assert "does not say what it holds" in seat.words


# The clock


@pytest.mark.parametrize(("asked", "said"), [("test", "Set the clock"), ("brief", "tell a member of staff before")])
async def test_a_clock_that_is_wrong_is_said_first(asked: str, said: str) -> None:
    async with seated(own=BOTH, questionnaire=asked, read=False, now=datetime(1970, 1, 1, tzinfo=UTC)) as seat:
        assert "The clock of this computer is wrong" in seat.words
        assert said in seat.words


def test_a_clock_is_believed_from_the_first_day_that_the_program_could_run() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    assert not is_wrong(first)
    assert is_wrong(first - timedelta(seconds=1))


def test_a_clock_that_is_behind_the_newest_record_by_more_than_a_day_is_not_believed() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    assert not is_wrong(now, now + timedelta(hours=23))
    assert is_wrong(now, now + timedelta(hours=25))


# The cover


async def covers(seat: Seat, hidden: Sequence[str]) -> None:
    """Hides the open page: nothing of it can be read, and any key brings it back."""
    page, before = seat.page, seat.grid
    assert any(text in before for text in hidden)
    await seat.press("f9")
    assert seat.page == "CoverPage"
    assert not any(text in seat.grid for text in hidden)
    await seat.press("x")
    assert (seat.page, seat.grid) == (page, before)


async def test_every_page_of_records_can_be_hidden(tmp_path: Path) -> None:
    final(tmp_path)
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await covers(seat, NAMES)
        await to(seat, "MenuPage", "enter")
        await covers(seat, NAMES)
        await to(seat, "LookPage", "1")
        await covers(seat, NAMES)
        await to(seat, "MenuPage", "escape")
        await seat.press("3")
        await covers(seat, NAMES)
        await seat.press("escape")
        await to(seat, "ReasonScreen", "2")
        await covers(seat, ("final",))


async def test_work_that_ends_behind_the_cover_waits_until_it_is_uncovered(tmp_path: Path) -> None:
    gate, done = threading.Event(), []
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:

        def work() -> Worked:
            gate.wait(at_screen.PATIENCE)
            return Worked()

        page = WorkPage(seat.app.setting, work, "record_page.title", "record_page.working")
        seat.app.push_screen(page, done.append)  # type: ignore[arg-type]
        seat.app.post_message(Key("f9", None))
        await seat.until(lambda: seat.page == "CoverPage")
        gate.set()
        await seat.quiet()
        assert seat.page == "CoverPage"
        assert done == []
        await to(seat, "HomePage", "x")
        assert len(done) == 1


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (22, 8), (1, 1)])
async def test_records_are_listed_and_looked_at_in_windows_of_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    draft(tmp_path)
    damage(draft(tmp_path, WEAK, STORY, number=2))
    async with seated(own=BOTH, start="home", records=tmp_path) as seat:
        await to_list(seat)
        await seat.resize(*size)
        await seat.press("end", "home", "down")
        await to(seat, "MenuPage", "enter")
        await to(seat, "LookPage", "2")
        await seat.press("pagedown", "pageup")
        await to(seat, "MenuPage", "escape")
