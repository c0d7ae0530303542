"""A blind sitting hides where answers lead until somebody lifts that on purpose; the record and the summary say when."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from at_screen import library, seated
from evidences import evidence, finding
from msals_tui.content.case_files import SummaryFile, read_case
from msals_tui.flow.flow import Flow
from msals_tui.interview.events import Answered
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.records.drafts import read_draft
from msals_tui.records.entries import VeilEntry
from msals_tui.records.hand_over import preview_text, summary_text
from msals_tui.session.options import Options
from msals_tui.session.replay import replay
from msals_tui.session.session import Session
from sittings import CLOCK, catalog, content, english, lines, script, sitting, startup, toml

ASKED = """
[[item]]
id = "attack"
type = "yes_no"
ask = "An attack?"
why = "It points to MS."
help = "Ask kindly."
yes.observes = ["attack"]
[[item]]
id = "weak"
type = "yes_no"
ask = "Weak?"
why = "It points to ALS."
yes.observes = ["weak"]
"""
WEIGHED = evidence(finding("attack course 9 -3"), finding("weak motor_signs -9 3"))
YES = Choice(("yes",))
GIVES_AWAY = ("It points to", "towards MS", "towards ALS", "dB", "shows:", "Pattern so far", "Ask next", "MS ●│▲ ALS")


def hidden_sitting() -> Session:
    """A sitting that was begun blind."""
    session = sitting(ASKED, evidence=WEIGHED)
    session.hide()
    return session


def later(session: Session, minutes: int) -> None:
    """The time goes on."""
    session.clock = replace(CLOCK, time=CLOCK.time + timedelta(minutes=minutes))


# On the screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_nothing_on_any_page_of_a_blind_sitting_gives_the_answer_away(size: tuple[int, int]) -> None:
    async with seated(ASKED, evidence=WEIGHED, size=size, blind=True) as seat:
        shown = seat.grid
        for keys in (("f1",), ("escape", "1", "enter"), ("f1",), ("escape", "f6"), ("t",), ("e",), ("f12",), ("f2",), ("f6",),
                     ("escape", "f3"), ("escape", "f4"), ("escape", "f2", "f10")):  # fmt: skip
            await seat.press(*keys)
            shown += seat.grid
        assert seat.page == "SummaryPage"
        assert "The comparison is hidden." in seat.words
        assert [one for one in GIVES_AWAY if one in shown] == []


async def test_how_to_ask_is_still_there() -> None:
    async with seated(ASKED, evidence=WEIGHED, blind=True) as seat:
        await seat.press("f1")
        assert "Ask kindly." in seat.grid
        assert "is hidden with the comparison" in seat.words


# Line by line


def test_line_by_line_nothing_gives_it_away_until_somebody_says_yes() -> None:
    asked = lines(":w", "1", ":v", ":sums", ":elsewhere", ":reference", ":show", "", ":v")
    said = script(sitting(ASKED, evidence=WEIGHED), asked, blind=True)
    assert [one for one in GIVES_AWAY if one in said] == []
    assert said.count("The comparison is hidden. :show shows it.") == 5, "and there is no reference here at all"
    said = script(sitting(ASKED, evidence=WEIGHED), lines("1", ":show", "yes", ":v", ":w", ":hide", ":v"), blind=True)
    assert "Last: moderate towards MS: Yes (An attack?)" in said
    assert "It points to ALS." in said
    assert said.count("It points to") == 1


def test_for_a_patient_there_is_nothing_to_hide_or_to_show() -> None:
    session = sitting('voice = "patient"\n' + ASKED)
    said = script(session, lines(":hide", ":show"), blind=True)
    assert said.count("There is no comparison here.") == 2
    assert session.veils == ()


# The summary


def test_the_summary_says_that_it_was_hidden_throughout_or_until_when() -> None:
    session = hidden_sitting()
    session.post(Answered("attack", YES))
    assert says(session) == ["The comparison was hidden throughout."]
    later(session, 42)
    session.lift()
    session.post(Answered("weak", YES))
    assert says(session) == ["The comparison was hidden until 10:12, after 1 answer."]
    session.hide()
    session.lift()
    assert says(session)[1] == "The comparison was hidden from 10:12, after 2 answers, until 10:12, after 2 answers."


def says(session: Session) -> list[str]:
    """What a summary says of it."""
    return [one["says"] for one in tomllib.loads(toml(session)).get("comparison_hidden", [])]


def test_a_sitting_that_was_never_hidden_says_nothing_of_it() -> None:
    session = sitting(ASKED, evidence=WEIGHED)
    session.lift()
    assert says(session) == []


def test_what_is_looked_at_before_it_is_written_holds_no_comparison_while_it_is_hidden() -> None:
    session = hidden_sitting()
    session.post(Answered("attack", YES))
    assert "comparison" in tomllib.loads(summary_text(session, english()))
    assert "comparison" not in tomllib.loads(preview_text(session, english()))
    session.lift()
    assert preview_text(session, english()) == summary_text(session, english())


def test_a_summary_that_is_taken_up_again_says_the_same(tmp_path: Path) -> None:
    session = hidden_sitting()
    session.post(Answered("attack", YES))
    later(session, 5)
    session.lift()
    text = toml(session)
    path = tmp_path / "summary.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    assert toml(replay(file, case, session.content, english()).session) == text


# The record


def test_it_stands_in_the_journal_with_the_first_answer_and_a_resume_keeps_it(tmp_path: Path) -> None:
    kept = catalog(tmp_path, library(ASKED, evidence=WEIGHED))  # type: ignore[arg-type]
    recording = kept.begin(content(ASKED, evidence=WEIGHED))
    session = recording.session
    session.hide()
    assert recording.save()
    assert list(kept.records.ids()) == [], "nothing was answered yet"
    session.post(Answered("attack", YES))
    assert recording.save()
    recording.close()
    resumed = kept.resume(CLOCK.id).recording
    assert resumed.session.hidden
    resumed.session.lift()
    assert resumed.save()
    resumed.close()
    again = kept.resume(CLOCK.id).recording.session
    assert not again.hidden
    assert again.veils == resumed.session.veils
    entries = [one for one in read_draft(kept.records.read(CLOCK.id)).entries if isinstance(one, VeilEntry)]
    assert [(one.hidden, one.answers) for one in entries] == [(True, 0), (False, 1)]


def test_a_flow_that_is_begun_blind_hides_and_one_that_goes_on_does_not_show() -> None:
    session = sitting(ASKED, evidence=WEIGHED)
    Flow(startup(Options(blind=True))).begin_sitting(session)
    assert session.hidden
    Flow(startup(Options())).begin_sitting(session)
    assert session.hidden
