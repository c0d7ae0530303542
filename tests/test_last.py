"""The last answer and its direction, in words: never what another answer did, and a retraction as a retraction."""

from pathlib import Path

import pytest

from at_screen import library, seated
from evidences import evidence, finding
from msals_tui.evidence.evidence import Evidence
from msals_tui.interview.events import Answered, Event, Jump, Redo, Undo
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.report.last_text import last_text
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import UNICODE
from msals_tui.ui.views.panel import panel_rows
from sittings import CLOCK, catalog, content, english, lines, script, sitting

YES, NO = Choice(("yes",)), Choice(("no",))
ASKED = """
[[item]]
id = "weak"
type = "yes_no"
ask = "Weak?"
yes.observes = ["weak"]
no.excludes = ["weak"]
[[item]]
id = "wasted"
type = "yes_no"
ask = "Wasted?"
enable_when = { item = "weak", is = "yes" }
yes.observes = ["wasted"]
[[item]]
id = "attack"
type = "yes_no"
ask = "An attack?"
yes.observes = ["attack"]
no.excludes = ["attack"]
[[item]]
id = "rash"
type = "yes_no"
ask = "A rash?"
yes.observes = ["rash"]
[[item]]
id = "words"
type = "short_text"
ask = "Anything else?"
"""
WEIGHED: Evidence = evidence(
    finding("weak motor_signs -3 1"),
    finding("wasted pain -12 4"),
    finding("attack course 9 -3"),
    finding("rash - 0 0", points="elsewhere"),
)


def said(session: Session) -> str:
    """What is said of the last answer."""
    known = session.known
    assert known is not None
    return last_text(english(), WEIGHED, known, session.last)


def after(*events: Event, asked: str = ASKED) -> Session:
    """A sitting after these events."""
    session = sitting(asked, evidence=WEIGHED)
    for event in events:
        session.post(event)
    return session


WEAK, NOT_WEAK, WASTED = Answered("weak", YES), Answered("weak", NO), Answered("wasted", YES)
ATTACK, NO_ATTACK = Answered("attack", YES), Answered("attack", NO)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], "no answer yet"),
        ([WEAK], "weak towards ALS: Yes (Weak?)"),
        ([NOT_WEAK], "weak towards MS: No (Weak?)"),
        ([WEAK, WASTED], "strong towards ALS: Yes (Wasted?)"),
        ([ATTACK], "moderate towards MS: Yes (An attack?)"),
        ([Answered("rash", YES)], "towards neither of the two: Yes (A rash?)"),
        ([Answered("rash", NO)], "nothing for or against either: No (A rash?)"),
        ([ATTACK, Jump("weak")], "moderate towards MS: Yes (An attack?)"),
        ([ATTACK, NO_ATTACK], "corrected, now weak towards ALS: No, before Yes (An attack?)"),
        ([ATTACK, Undo()], "taken back, no longer counts: Yes (An attack?)"),
        (
            [ATTACK, NO_ATTACK, Undo()],
            "taken back, no longer counts: No. What was answered before counts again: Yes (An attack?)",
        ),
        ([ATTACK, Undo(), Redo()], "given again, moderate towards MS: Yes (An attack?)"),
    ],
)
def test_the_last_answer_is_said_with_its_direction(events: list[Event], expected: str) -> None:
    assert said(after(*events)) == expected


def test_what_an_answer_withdraws_is_no_effect_of_its_own() -> None:
    session = after(WEAK, WASTED, NOT_WEAK)
    assert said(session) == "corrected, now weak towards MS: No, before Yes (Weak?)", "12 dB of wasting count no more"


def test_the_effect_of_an_answer_that_is_asked_no_more_is_none() -> None:
    session = after(WEAK, Answered("attack", YES), WASTED)
    session.post(Undo())
    session.post(Undo())
    assert said(session) == "taken back, no longer counts: Yes (An attack?)"


def test_somebodys_own_words_are_not_said_again() -> None:
    from msals_tui.questionnaire.kinds.text import Text

    session = after(Answered("words", Text("Ask for Mary Miller.")))
    assert said(session) == "nothing for or against either: answered in words (Anything else?)"


def test_line_by_line_it_is_said_beside_the_comparison_and_not_in_a_blind_sitting() -> None:
    answers = lines("1", ":v")
    assert "Last: weak towards ALS: Yes (Weak?)" in script(sitting(ASKED, evidence=WEIGHED), answers)
    assert "towards ALS" not in script(sitting(ASKED, evidence=WEIGHED), answers, blind=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_on_the_screen_it_follows_every_answer_undo_and_jump(size: tuple[int, int]) -> None:
    async with seated(ASKED, evidence=WEIGHED, size=size) as seat:
        await seat.press("1", "enter")
        assert "Last: weak towards ALS: Yes (Weak?)" in seat.words
        await seat.press("f5")
        assert "Last: taken back, no longer counts: Yes (Weak?)" in seat.words


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([ATTACK], "moderate towards MS: Yes (An attack?)"),
        ([ATTACK, NO_ATTACK], "corrected, now weak towards ALS: No, before Yes (An attack?)"),
        ([ATTACK, Undo()], "taken back, no longer counts: Yes (An attack?)"),
        ([WEAK, ATTACK, Undo(), Redo()], "given again, moderate towards MS: Yes (An attack?)"),
    ],
)
def test_after_a_resume_it_is_said_as_before(events: list[Event], expected: str, tmp_path: Path) -> None:
    kept = catalog(tmp_path, library(ASKED, evidence=WEIGHED))  # type: ignore[arg-type]
    recording = kept.begin(content(ASKED, evidence=WEIGHED))
    for event in (Answered("rash", NO), *events):
        recording.session.post(event)
    assert said(recording.session) == expected
    assert recording.save()
    recording.close()
    resumed = kept.resume(CLOCK.id)
    assert said(resumed.recording.session) == expected


def test_a_question_too_long_for_the_panel_is_left_off_and_never_the_answer() -> None:
    asked = ASKED.replace("An attack?", "An attack, " + "and then another of them, " * 9 + "or not?")
    session = after(ATTACK, asked=asked)
    rows = panel_rows(session, english(), UNICODE, 36, 60)
    shown = [" ".join("".join(span.text for span in spans).split()) for spans in rows]
    at = next(number for number, line in enumerate(shown) if line.startswith("Last:"))
    assert "towards MS: Yes (An attack," in " ".join(shown[at : at + 2])
    assert shown[at + 3].endswith(" ...")
