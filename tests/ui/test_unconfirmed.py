"""On the screen: what is typed is never thrown away unasked, and outlives a signal as what it is."""

import signal
from pathlib import Path

import pytest

from at_screen import Seat, library, seated
from msals_tui.interview.unconfirmed import Field
from msals_tui.session.session import Session
from sittings import CLOCK, GROUP, catalog
from test_unconfirmed import ASKED


def ended_by(seat: Seat, number: int, asked: str, folder: Path) -> Session:
    """The sitting that goes on after a signal ended this one."""
    assert seat.app.recording is not None
    seat.app.end_by_signal(number)
    seat.app.recording.close()
    return catalog(folder, library(asked)).resume(CLOCK.id).recording.session  # type: ignore[arg-type]


async def at(seat: Seat, item: str) -> None:
    """Opens a question."""
    while seat.at != item:
        await seat.press("f7", "ctrl+n")
    if seat.session.interview.response.answer(item) is not None:
        await seat.press("f5")


# Notes


@pytest.mark.parametrize(("key", "note"), [("1", "ask her"), ("2", None)])
async def test_leaving_a_note_asks_what_to_do_with_it(key: str, note: str | None) -> None:
    async with seated(ASKED) as seat:
        await seat.press("f4")
        await seat.type("ask her")
        await seat.press("escape")
        assert seat.page == "UnsavedPage"
        await seat.press(key)
        assert seat.page == "QuestionScreen"
        assert seat.session.interview.notes.get("numb") == note
        assert seat.session.unconfirmed == {}


async def test_escape_there_goes_on_writing() -> None:
    async with seated(ASKED) as seat:
        await seat.press("f4")
        await seat.type("ask")
        await seat.press("escape", "escape")
        assert seat.page == "NoteScreen"
        await seat.type(" her")
        await seat.press("f4")
        assert seat.session.interview.notes["numb"] == "ask her"


async def test_a_note_that_says_what_it_said_is_left_without_a_question() -> None:
    async with seated(ASKED) as seat:
        await seat.press("f4")
        await seat.type("ask her")
        await seat.press("f4", "f4", "escape")
        assert seat.page == "QuestionScreen"
        assert seat.session.interview.notes["numb"] == "ask her"


# Signals, and a resume


@pytest.mark.parametrize(("item", "text"), [("story", "It began"), ("level", "1")])
async def test_a_signal_keeps_what_is_typed_and_makes_no_answer_of_it(item: str, text: str, tmp_path: Path) -> None:
    async with seated(own=library(ASKED), records=tmp_path) as seat:
        await at(seat, item)
        await seat.type(text)
        session = ended_by(seat, signal.SIGTERM, ASKED, tmp_path)
    assert session.unconfirmed == {Field(item): text}
    assert item not in session.interview.response.given


async def test_a_signal_keeps_a_note_that_is_being_written(tmp_path: Path) -> None:
    async with seated(own=library(ASKED), records=tmp_path) as seat:
        await seat.press("f4")
        await seat.type("ask her")
        await seat.press("f9")  # covered meanwhile
        session = ended_by(seat, signal.SIGHUP, ASKED, tmp_path)
    assert session.unconfirmed == {Field("numb", note=True): "ask her"}
    assert dict(session.interview.notes) == {}


async def test_a_signal_keeps_a_round_and_what_is_typed_in_it(tmp_path: Path) -> None:
    async with seated(own=library(GROUP), records=tmp_path) as seat:
        await seat.press("1")
        assert seat.page == "RoundScreen"
        await seat.type("201")
        session = ended_by(seat, signal.SIGTERM, GROUP, tmp_path)
    assert session.unconfirmed == {Field("attacks", row=0, inner="attack_when"): "201"}
    assert dict(session.interview.response.given) == {}


async def test_what_was_typed_stands_in_its_field_again_until_it_is_confirmed() -> None:
    async with seated(ASKED) as seat:
        await at(seat, "level")
        await seat.type("12x")
        await seat.press("escape")
        assert seat.at == "story"
        assert seat.session.unconfirmed == {Field("level"): "12x"}
        await seat.press("f2")
        assert "Typed, and not yet an answer or a note" in seat.words
        assert "The level? 12x" in seat.words
        await seat.press("escape", "ctrl+n")
        assert seat.at == "level"
        assert "12x" in seat.grid
        await seat.press("backspace", "enter")
        assert seat.session.unconfirmed == {}
        assert seat.given["level"].number == 12  # type: ignore[union-attr]


async def test_in_a_round_too_what_was_no_answer_is_there_on_coming_back() -> None:
    async with seated(GROUP) as seat:
        await seat.press("1")
        await seat.type("201x")
        await seat.press("f10")
        assert seat.page == "QuestionScreen"
        await seat.press("1")
        assert "201x" in seat.grid
