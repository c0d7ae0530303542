"""What was typed and not confirmed is kept as what it is: shown again, counted for nothing, and in no summary."""

from pathlib import Path

import pytest

from at_screen import library
from msals_tui.interview.events import Answered, Noted
from msals_tui.interview.unconfirmed import Field
from msals_tui.plain.lines import EndOfInput
from msals_tui.plain.talk import Talk
from msals_tui.plain.typed_line import Voice
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.records.catalog import Catalog
from msals_tui.records.drafts import read_draft
from msals_tui.session.session import Session
from msals_tui.signals import Ended
from sittings import CLOCK, GROUP, catalog, content, english, lines, script, sitting, toml

ASKED = """
[[item]]
id = "numb"
type = "yes_no"
ask = "Numb?"
[[item]]
id = "story"
type = "long_text"
ask = "What happened?"
[[item]]
id = "level"
type = "number"
ask = "The level?"
unit = "U/L"
min = 0
max = 100
"""
STORY, LEVEL, NOTE = Field("story"), Field("level"), Field("numb", note=True)


def resumed(folder: Path, *typed: tuple[Field, str], then: tuple[Answered | Noted, ...] = ()) -> Session:
    """A sitting that goes on with one in which this was typed, and this was done after it."""
    kept: Catalog = catalog(folder, library(ASKED))  # type: ignore[arg-type]
    recording = kept.begin(content(ASKED))
    for field, text in typed:
        recording.session.keep_typed(field, text)
    for event in then:
        recording.session.post(event)
    assert recording.save()
    recording.close()
    return kept.resume(CLOCK.id).recording.session


def test_it_is_there_again_after_a_resume_and_is_no_answer(tmp_path: Path) -> None:
    session = resumed(tmp_path, (LEVEL, "1"), (STORY, "It began\nin May"), (NOTE, "ask her"))
    assert session.unconfirmed == {LEVEL: "1", STORY: "It began\nin May", NOTE: "ask her"}
    assert dict(session.interview.response.given) == {}
    assert dict(session.interview.notes) == {}


def test_an_answer_and_a_note_take_it_away(tmp_path: Path) -> None:
    done = (Answered("story", Text("It began in May.")), Noted("numb", "ask her"))
    session = resumed(tmp_path, (STORY, "It beg"), (NOTE, "ask"), (LEVEL, "1"), then=done)
    assert session.unconfirmed == {LEVEL: "1"}


def test_no_summary_holds_it() -> None:
    session = sitting(ASKED)
    session.post(Answered("numb", Choice(("yes",))))
    before = toml(session)
    session.keep_typed(STORY, "It began in the attic")
    session.keep_typed(NOTE, "attic")
    assert toml(session) == before


def test_the_journal_says_so_in_words_and_old_journals_are_read_as_before(tmp_path: Path) -> None:
    resumed(tmp_path, (LEVEL, "1"))
    kept = catalog(tmp_path, library(ASKED))  # type: ignore[arg-type]
    assert read_draft(kept.records.read(CLOCK.id)).typed == {LEVEL: "1"}


def test_characters_that_no_text_may_hold_are_not_written_to_the_record(tmp_path: Path) -> None:
    session = resumed(tmp_path, (STORY, "a\x1b[2Jb\udc80"), (LEVEL, "9" * 9000))
    assert "\x1b" not in session.unconfirmed[STORY]
    assert len(session.unconfirmed[LEVEL]) == 4000


# Line by line


class Cut:
    """Somebody who types these lines, and then a signal comes."""

    def __init__(self, *typed: str) -> None:
        self._typed = [*typed]
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def ask(self, prompt: str) -> str:
        if not self._typed:
            raise Ended(15)
        return self._typed.pop(0)


def test_lines_of_a_text_that_a_signal_cuts_short_are_kept_as_typed() -> None:
    from msals_tui.flow.flow import Flow
    from msals_tui.plain.conversation import Conversation
    from msals_tui.session.options import Options
    from sittings import startup

    session = sitting(ASKED)
    session.post(Answered("numb", Choice(("yes",))))
    flow = Flow(startup(Options()))
    talk = Talk(flow, session, Voice(english(), patient=False), Cut("", "It began", "in May"))
    conversation = Conversation(talk)
    step = flow.begin_sitting(session)
    while session.interview.position != "story":
        step = conversation.shown(step)
    with pytest.raises(Ended):
        conversation.shown(step)
    assert session.unconfirmed == {STORY: "It began\nin May"}
    assert "story" not in session.interview.response.given


def test_what_was_typed_before_is_said_and_taken_on_demand() -> None:
    session = sitting(ASKED)
    session.keep_typed(STORY, "It began\nin May")
    said = script(session, lines("1", ":t", "", ":l"))
    assert "Typed before, and not yet an answer: It began / in May. Type it anew, or :t takes it as it stands." in said
    assert session.interview.response.given["story"] == Text("It began\nin May")
    assert session.unconfirmed == {}


def test_where_nothing_was_typed_that_is_said() -> None:
    assert "Nothing was typed here before." in script(sitting(ASKED), lines(":t"))


def test_the_list_to_check_names_it() -> None:
    session = sitting(ASKED)
    session.keep_typed(LEVEL, "1x")
    said = script(session, lines("1", ":8", ":8", ":c"))
    assert "counts for nothing and is left out of the summary\nThe level? 1x" not in said, "it was answered meanwhile"
    session = sitting(ASKED)
    session.keep_typed(LEVEL, "1x")
    assert "The level? 1x" in script(session, lines(":c"))


def test_in_a_round_it_belongs_to_its_question() -> None:
    session = sitting(GROUP)
    session.keep_typed(Field("attacks", row=0, inner="attack_when"), "2019?")
    said = script(session, lines("1"))
    assert "Typed before, and not yet an answer: 2019?" in said
    assert issubclass(EndOfInput, Exception)
