"""What became of a safety matter is never lost: dismissed, corrected, undone, resumed, amended, carried over or replayed."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from msals_tui.content.case_files import SummaryFile, read_case
from msals_tui.errors import ContentFaults
from msals_tui.interview.events import Answered, Jump, Redo, Undo
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.records.drafts import carry_over, read_draft, take_up
from msals_tui.records.entries import AnswerEntry, DecisionEntry
from msals_tui.records.overview import safety_lines
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.replay import Replayed, replay
from msals_tui.session.session import Content, Session
from sittings import CLOCK, RULE, content, english, lines, script, sitting, toml
from walks import walk

ASKED = """
[[item]]
id = "breath"
type = "yes_no"
ask = "Short of breath?"
[[item]]
id = "swallow"
type = "yes_no"
ask = "Choking?"
[[item]]
id = "after"
type = "yes_no"
"""
EITHER = RULE.replace(
    'when = { item = "breath", is = "yes" }',
    'when.any = [{ item = "breath", is = "yes" }, { item = "swallow", is = "yes" }]',
)
OLDER = RULE.replace('"emergency"', '"record"').replace('"breathless"', '"older"').replace("S1", "S2")
YES, NO = Choice(("yes",)), Choice(("no",))
SHORT_OF_BREATH, WELL = Answered("breath", YES), Answered("breath", NO)


@dataclass
class Minutes:
    """A clock of which every look takes a minute."""

    time: datetime = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time

    def ms(self) -> int:
        return 0

    def new_id(self) -> str:
        return CLOCK.new_id()


@pytest.fixture
def asked() -> Content:
    return content(ASKED, safety=EITHER)


@pytest.fixture
def one(asked: Content) -> Session:
    return Session(asked, Minutes())


def doing(session: Session, *does: object) -> None:
    """Answers, and decisions as words."""
    for one in does:
        if isinstance(one, str):
            session.decide("breathless", one)
        else:
            session.post(one)  # type: ignore[arg-type]


def told(session: Session) -> list[str]:
    """The history of the rule, as the summary says it."""
    tables = tomllib.loads(toml(session))
    [rule] = [*tables["safety"], *tables["safety_withdrawn"]]
    times = [one["at"] for one in rule["history"]]
    assert times == sorted(times)
    return [one["in_words"] for one in rule["history"]]


FIRED = "fired: Short of breath? Yes"
MISTAKE = "said to be a mistake"
CORRECTED = "fires no more, since the answer is now: Short of breath? No"
UNDONE = "fires no more, since an answer was taken back: Short of breath?"
TOLD = "the responsible clinician was told"
STORIES: dict[str, tuple[tuple[object, ...], list[str], str | None]] = {
    "a mistake that was corrected": ((SHORT_OF_BREATH, "mistake", WELL), [FIRED, MISTAKE, CORRECTED], None),
    "a mistake that stands": ((SHORT_OF_BREATH, "mistake"), [FIRED, MISTAKE], "open"),
    "nobody decided": ((SHORT_OF_BREATH,), [FIRED], "open"),
    "corrected without a decision": ((SHORT_OF_BREATH, WELL), [FIRED, CORRECTED], None),
    "told, then corrected": ((SHORT_OF_BREATH, "told", WELL), [FIRED, TOLD, CORRECTED], None),
    "told, then undone": ((SHORT_OF_BREATH, "told", Undo()), [FIRED, TOLD, UNDONE], None),
    "undone and given again": ((SHORT_OF_BREATH, "told", Undo(), Redo()), [FIRED, TOLD, UNDONE, FIRED], "open"),
    "told": ((SHORT_OF_BREATH, "told"), [FIRED, TOLD], "told"),
    "another answer calls for it too": (
        (SHORT_OF_BREATH, "known", Answered("swallow", YES)),
        [FIRED, "said to be known already", "still fires, and the answer is now: Choking? Yes"],
        "open",
    ),
    "one of two answers corrected": (
        (SHORT_OF_BREATH, Answered("swallow", YES), "told", WELL),
        [
            FIRED,
            "still fires, and the answer is now: Choking? Yes",
            TOLD,
            "still fires, and the answer is now: Short of breath? No",
        ],
        "told",
    ),
}
each_story = pytest.mark.parametrize("story", STORIES)


@each_story
def test_the_summary_tells_what_became_of_it_with_the_times(story: str, one: Session) -> None:
    does, said, standing = STORIES[story]
    doing(one, *does)
    assert told(one) == said
    assert one.standing == standing


@each_story
def test_it_is_the_same_after_a_break_and_its_times_are_those_of_the_journal(
    story: str, asked: Content, tmp_path: Path
) -> None:
    does, said, standing = STORIES[story]
    recording = Recording(Session(asked, Minutes()), Records(tmp_path), "en")
    doing(recording.session, *does)
    recording.save()
    recording.close()
    draft = read_draft(Records(tmp_path).read(CLOCK.id))
    again = take_up(draft, asked, CLOCK).session
    assert again.history == recording.session.history
    assert told(again) == said
    assert again.standing == standing
    assert [one.time for one in again.history] == [
        one.at for one in draft.entries
        if isinstance(one, DecisionEntry) or (isinstance(one, AnswerEntry) and (one.fires or one.lapsed))
    ]  # fmt: skip


@each_story
def test_a_summary_is_replayed_with_the_same_history(story: str, one: Session, tmp_path: Path) -> None:
    doing(one, *STORIES[story][0])
    text = toml(one)
    assert toml(replayed(text, one.content, tmp_path).session) == text


@each_story
def test_it_is_the_same_in_a_record_that_goes_on_with_another_version(
    story: str, asked: Content, tmp_path: Path
) -> None:
    does, said, standing = STORIES[story]
    recording = Recording(Session(asked, Minutes()), Records(tmp_path / "old"), "en")
    doing(recording.session, *does)
    recording.save()
    recording.close()
    newer = content(ASKED + '[[item]]\nid = "more"\ntype = "yes_no"\n', safety=EITHER)
    moved = carry_over(read_draft(Records(tmp_path / "old").read(CLOCK.id)), newer, Minutes()).session
    assert told(moved) == said
    assert moved.standing == standing
    other = Recording(moved, Records(tmp_path / "new"), "en")
    other.take_over(CLOCK.id)
    other.save()
    other.close()
    again = take_up(read_draft(Records(tmp_path / "new").read(moved.id)), newer, CLOCK).session
    assert again.history == moved.history
    assert again.interview.response.given == moved.interview.response.given
    assert again.decisions == moved.decisions


def test_an_amendment_goes_on_with_it(asked: Content, tmp_path: Path) -> None:
    records = Records(tmp_path)
    recording = Recording(Session(asked, Minutes()), records, "en")
    doing(recording.session, SHORT_OF_BREATH, "told")
    recording.finish(toml(recording.session))
    recording.close()
    record = records.open(CLOCK.id, "somebody")
    session = take_up(read_draft(record.kept), asked, Minutes(datetime(2026, 3, 2, 10, 0, tzinfo=UTC))).session
    again = Recording(session, records, "en", record=record)
    again.amend(record.kept.finals[0], "entered by mistake")
    doing(session, WELL)
    assert told(session) == [FIRED, TOLD, CORRECTED]
    again.save()
    again.close()
    assert told(take_up(read_draft(records.read(CLOCK.id)), asked, CLOCK).session) == [FIRED, TOLD, CORRECTED]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_it_is_taken_up_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, asked: Content, data: st.DataObject
) -> None:
    recording = Recording(Session(asked, Minutes()), Records(tmp_path_factory.mktemp("records")), "en")
    walk(data, recording.session, most=20)
    if recording.save() and recording.record_id is not None:
        draft = read_draft(recording._records.read(CLOCK.id))
        assert take_up(draft, asked, CLOCK).session.history == recording.session.history
    recording.close()


def test_a_journal_from_before_it_was_kept_says_when_the_answers_came(asked: Content, tmp_path: Path) -> None:
    recording = Recording(Session(asked, Minutes()), Records(tmp_path), "en")
    doing(recording.session, SHORT_OF_BREATH, "told")
    recording.save()
    recording.close()
    draft = read_draft(Records(tmp_path).read(CLOCK.id))
    older = tuple(replace(one, fires=()) if isinstance(one, AnswerEntry) else one for one in draft.entries)
    assert take_up(replace(draft, entries=older), asked, CLOCK).session.history == recording.session.history


def replayed(text: str, asked: Content, folder: Path) -> Replayed:
    path = folder / "summary.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    return replay(file, case, asked, english)


def without(tables: dict[str, Any]) -> dict[str, Any]:
    """A summary as it was written before it told of this."""
    for rule in tables["safety"]:
        for key in ("state", "state_in_words", "history"):
            rule.pop(key, None)
    return {key: value for key, value in tables.items() if key != "safety_withdrawn"}


def test_a_summary_of_before_is_still_read_with_its_decision(one: Session, tmp_path: Path) -> None:
    doing(one, SHORT_OF_BREATH, "told")
    old = tomli_w.dumps(without(tomllib.loads(toml(one))))
    again = replayed(old, one.content, tmp_path).session
    assert again.decisions["breathless"].choice == "told"
    assert told(again) == [TOLD]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda text: text.replace('item = "breath"', 'item = "nobody"'),
        lambda text: text.replace('what = "told"', 'what = "fired"'),
        lambda text: text.replace('what = "fired"', 'what = "told"'),
        lambda text: text.replace('what = "told"', 'what = "shouted"'),
    ],
)
def test_a_history_that_nobody_wrote_so_is_refused(wrong: Callable[[str], str], one: Session, tmp_path: Path) -> None:
    doing(one, SHORT_OF_BREATH, "told")
    text = toml(one)
    assert wrong(text) != text
    with pytest.raises(ContentFaults):
        replayed(wrong(text), one.content, tmp_path)


# In words


def test_a_rule_that_asks_for_nothing_says_that_no_decision_is_needed() -> None:
    session = sitting(ASKED, safety=OLDER)
    session.post(SHORT_OF_BREATH)
    [rule] = tomllib.loads(toml(session))["safety"]
    assert (rule["state"], rule["state_in_words"]) == ("no_decision_needed", "no decision needed")
    said = [*safety_lines(session, english()), script(session, lines(":c"))]
    assert "no decision needed" in said[0]
    assert "nobody" not in "".join(said)
    assert session.standing is None
    session.post(Answered("breath", NO))
    assert not [*safety_lines(session, english())], "it asked for nothing, and leaves nothing"


def test_a_mistake_that_was_not_corrected_is_open_and_said_to_be(one: Session) -> None:
    doing(one, SHORT_OF_BREATH, "mistake")
    [rule] = tomllib.loads(toml(one))["safety"]
    assert rule["state"] == "open"
    assert "said to be a mistake, but the answer stands" in rule["state_in_words"]


def test_line_by_line_each_question_begins_with_how_the_matter_stands() -> None:
    session = sitting(ASKED, safety=RULE)
    said = script(session, lines("1", "mistake", ":j after", ":b", "1", "told"))
    assert "Safety: undecided. Question 1 of 3" in said
    session = sitting(ASKED, safety=RULE)
    said = script(session, lines("1", "told", "2", "2", ":j breath", "2"))
    assert "Safety: told. Question 2 of 3" in said
    assert "\nCheck the answers." in said.rpartition("Recorded: No")[2]


@pytest.mark.parametrize("voice", ["clinician", "patient"])
def test_line_by_line_the_check_page_tells_staff_alone_what_became_of_it(voice: str) -> None:
    session = sitting(f'voice = "{voice}"\n{ASKED}', safety=RULE)
    said = script(session, lines("1", "mistake", "2", "2", "2"))
    checked = said.rpartition("Check the answers.")[2]
    assert ("said to be a mistake" in checked) == (voice == "clinician")
    assert ("fires no more" in checked) == (voice == "clinician")
    assert "Please tell staff." in said or voice == "clinician"


def test_an_answer_that_is_taken_back_while_another_still_calls_is_told_and_what_was_decided_stands(
    one: Session,
) -> None:
    doing(one, Jump("swallow"), Answered("swallow", YES), "known", Jump("breath"), SHORT_OF_BREATH, "told", Undo())
    assert told(one)[-1] == "still fires, though an answer was taken back: Short of breath?"
    assert one.standing == "told"
