"""Recording a sitting: what is given is kept as it was given, what cannot be saved is told, and nothing is invented."""

import errno
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golden import FOLDER, story
from msals_tui.errors import InputFault, MachineFault
from msals_tui.interview.events import NOTE_LENGTH, Answered, Back, Jump, Next, Noted, Redo, Undo
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.records import journal
from msals_tui.records import recording as recording_room
from msals_tui.records.catalog import Catalog
from msals_tui.records.drafts import Draft, read_draft, take_up
from msals_tui.records.entries import AnswerEntry, DecisionEntry, FinalEntry, NoteEntry
from msals_tui.records.hand_over import summary_text
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.clock import Clock
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Content, Session
from sittings import CLOCK, GROUP, RULE, Hourglass, content, english, shipped
from walks import walk

ASKED = """
[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "numb"
type = "yes_no"

[[item]]
id = "where"
type = "choice"
options = ["one", "both"]
enable_when = { item = "numb", is = "yes" }
"""

YES, NO = Choice(("yes",)), Choice(("no",))


@dataclass
class Ticking:
    """A clock of which every look takes a second."""

    time: datetime = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    passed: int = 0
    ids: list[str] = field(default_factory=lambda: [f"{number:032x}" for number in range(9, 0, -1)])

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def ms(self) -> int:
        self.passed += 1000
        return self.passed

    def new_id(self) -> str:
        return self.ids.pop()


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """A store that nobody has written to."""
    return Records(tmp_path / "records")


def begun(records: Records, asked: Content | None = None, clock: Clock = CLOCK) -> Recording:
    """A sitting that is recorded."""
    return Recording(Session(asked or content(ASKED, safety=RULE), clock), records, "en")


def draft_of(records: Records, intake: str = CLOCK.id) -> Draft:
    return read_draft(records.read(intake))


def gone_on_with(records: Records, asked: Content | None = None, clock: Clock = CLOCK) -> Recording:
    """The sitting of somebody who knows nothing of the one before."""
    record = records.open(CLOCK.id, "somebody else")
    taken = take_up(read_draft(record.kept), asked or content(ASKED, safety=RULE), clock)
    assert not taken.remarks
    return Recording(taken.session, records, "en", record=record)


def post(recording: Recording, *events: object) -> None:
    for event in events:
        recording.session.post(event)  # type: ignore[arg-type]


def assert_the_same(one: Session, other: Session) -> None:
    """Both hold the same in every respect but the open question, and undo."""
    assert other.interview.response.given == one.interview.response.given
    assert other.interview.notes == one.interview.notes
    marked = one.interview.recheck & one.interview.response.asked
    assert other.interview.recheck == marked
    assert other.decisions == one.decisions
    assert [fired.rule.id for fired in other.undecided()] == [fired.rule.id for fired in one.undecided()]
    assert (other.id, other.started) == (one.id, one.started)
    assert summary_text(other, english()) == summary_text(one, english())


def fail(monkeypatch: pytest.MonkeyPatch, call: str, number: int = errno.ENOSPC) -> Callable[[], None]:
    """Lets a call fail until the function that is returned is called."""

    def failing(*arguments: object, **named: object) -> None:
        raise OSError(number, os.strerror(number))

    real = getattr(os, call)
    monkeypatch.setattr(os, call, failing)
    return lambda: monkeypatch.setattr(os, call, real)


# What was given comes back


@pytest.mark.parametrize("name", ["ms_als_intake", "ms_als_brief"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_whatever_happens_in_a_sitting_it_is_taken_up_exactly_as_it_was(
    name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    records, asked = Records(tmp_path_factory.mktemp("records")), load_content(shipped(), name)
    recording = begun(records, asked)
    time = CLOCK.time
    for _ in range(data.draw(st.integers(1, 2), label="sittings")):
        walk(data, recording.session, most=14)
        assert recording.save()
        recording.close()
        if recording.record_id is None:
            return
        session = recording.session
        time += timedelta(days=data.draw(st.integers(0, 400), label="days later"))
        session.clock = Hourglass(time)
        recording = gone_on_with(records, asked, session.clock)
        assert_the_same(session, recording.session)
    recording.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_safety_decisions_are_taken_up_exactly_as_they_stood(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    records, asked = Records(tmp_path_factory.mktemp("records")), content(ASKED, safety=RULE)
    recording = begun(records, asked)
    walk(data, recording.session, most=14)
    if recording.save() and recording.record_id is not None:
        assert_the_same(recording.session, take_up(draft_of(records), asked, CLOCK).session)
    recording.close()


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml"))[::4])
def test_every_answer_of_a_story_comes_back_as_it_was_given(records: Records, name: str) -> None:
    case = story(name)
    asked = load_content(shipped(), case.questionnaire)
    recording = begun(records, asked)
    while (item := recording.session.interview.item) is not None:
        if item.is_question:
            plain = case.answers.get(item.id, {"missing": "not_asked"})
            post(recording, Answered(item.id, item.read(plain, CLOCK.time.date())))
        post(recording, Next())
    assert recording.save()
    recording.close()
    assert_the_same(recording.session, take_up(draft_of(records), asked, CLOCK).session)


def test_every_kind_of_answer_comes_back_digit_by_digit(records: Records) -> None:
    asked = content(
        GROUP
        + """
[[item]]
id = "weight"
type = "number"
unit = "kg"
min = 1
max = 300
decimals = 2

[[item]]
id = "words"
type = "long_text"
"""
    )
    recording = begun(records, asked)
    rounds = Rows(
        (Row((("attack_when", PartialDate("8 months ago")), ("attack_sight", YES))), Row((("attack_sight", NO),)))
    )
    said = Text("first\nsecond \u202bאב\u202c \N{WOMAN}\u200d\N{ROCKET} 2.50")
    weight = asked.questionnaire.item("weight").read(Decimal("72.50"), CLOCK.time.date())
    for item, answer in (("attacks", rounds), ("after", NO), ("weight", weight), ("words", said)):
        post(recording, Jump(item), Answered(item, answer))
    assert recording.save()
    recording.close()
    back = take_up(draft_of(records), asked, CLOCK).session.interview.response.given
    assert back["attacks"] == rounds
    assert back["weight"] == weight == Number(Decimal("72.5"))
    assert back["words"] == Text("first\nsecond \ufffdאב\ufffd \N{WOMAN}\u200d\N{ROCKET} 2.50")


def test_an_answer_that_is_no_longer_asked_comes_back_and_counts_for_nothing(records: Records) -> None:
    recording = begun(records)
    post(recording, Jump("numb"), Answered("numb", YES), Next(), Answered("where", Choice(("both",))))
    post(recording, Jump("numb"), Answered("numb", NO))
    assert recording.save()
    recording.close()
    response = take_up(draft_of(records), recording.session.content, CLOCK).session.interview.response
    assert response.given["where"] == Choice(("both",))
    assert response.answer("where") is None


def test_undo_and_redo_are_kept_as_what_is_so_from_then_on(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES), Answered("breath", NO), Undo(), Undo(), Redo(), Undo())
    assert recording.save()
    entries = [entry for entry in draft_of(records).entries if isinstance(entry, AnswerEntry)]
    assert [(one.answer, one.why) for one in entries] == [
        ("yes", "answer"), ("no", "answer"), ("yes", "undo"), (None, "undo"), ("yes", "redo"), (None, "undo"),
    ]  # fmt: skip
    assert not draft_of(records).answers


def test_moving_about_and_saying_the_same_again_is_not_kept(records: Records) -> None:
    recording = begun(records)
    post(
        recording, Answered("breath", YES), Next(), Back(), Answered("breath", YES), Jump(None), Undo(), Undo(), Undo()
    )
    assert recording.save()
    assert len(draft_of(records).entries) == 2


def test_a_note_that_was_taken_away_is_away(records: Records) -> None:
    recording = begun(records)
    post(recording, Noted("breath", "since\nMay"), Noted("numb", "left"), Noted("breath", ""))
    assert recording.save()
    assert draft_of(records).notes == {"numb": "left"}
    assert sum(isinstance(one, NoteEntry) for one in draft_of(records).entries) == 3


def test_a_mark_that_was_looked_at_is_gone_when_the_intake_is_taken_up(records: Records) -> None:
    recording = begun(records)
    post(recording, Jump("numb"), Answered("numb", YES), Next(), Answered("where", Choice(("one",))))
    post(recording, Jump("numb"), Answered("numb", NO), Answered("numb", YES))
    assert recording.session.interview.recheck == {"where"}
    assert recording.save()
    assert draft_of(records).recheck == {"where"}
    post(recording, Jump("where"), Next())
    assert recording.save()
    assert draft_of(records).recheck == frozenset()


def test_a_decision_about_a_rule_that_stopped_holding_is_asked_for_anew_after_a_break_too(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    recording.session.decide("breathless", "told")
    post(recording, Answered("breath", NO), Answered("breath", YES))
    assert [one.rule.id for one in recording.session.undecided()] == ["breathless"]
    assert recording.save()
    recording.close()
    again = gone_on_with(records)
    assert [one.rule.id for one in again.session.undecided()] == ["breathless"]
    assert sum(isinstance(one, DecisionEntry) for one in draft_of(records).entries) == 1
    again.close()


def test_a_mistake_is_kept_and_settles_nothing(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    recording.session.decide("breathless", "mistake")
    assert recording.save()
    recording.close()
    taken = take_up(draft_of(records), recording.session.content, CLOCK).session
    assert taken.decisions == {}
    assert len(draft_of(records).decisions) == 1


def test_nothing_is_made_before_something_was_said(records: Records) -> None:
    recording = begun(records)
    post(recording, Next() if recording.session.interview.item is None else Jump(None))
    assert recording.save()
    assert recording.record_id is None
    recording.discard()
    recording.close()
    assert not records.root.exists()


# Several sittings


def test_each_sitting_counts_its_own_time_and_the_minutes_are_their_sum(records: Records) -> None:
    clock = Ticking(passed=3_600_000)
    recording = begun(records, clock=clock)
    for answer in (YES, NO) * 60:
        post(recording, Answered("breath", answer))
    recording.save()
    recording.close()
    first = draft_of(records, recording.session.id)
    assert first.minutes == 2
    later = Ticking(passed=7_200_000)
    record = records.open(recording.session.id, "somebody")
    taken = take_up(first, recording.session.content, later)
    again = Recording(taken.session, records, "en", record=record)
    for answer in (YES, NO) * 30:
        post(again, Answered("breath", answer))
    again.save()
    again.close()
    assert draft_of(records, recording.session.id).minutes == 3


def test_who_goes_on_and_with_which_program_is_kept(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    recording.save()
    recording.close()
    again = gone_on_with(records)
    assert again.save()
    again.close()
    assert [entry.do for entry in draft_of(records).entries] == ["answer", "resumed"]
    assert [line.body.get("did") for line in records.audited().lines] == [None, "created", "resumed"]


# Saving that fails


@pytest.mark.parametrize("call", ["write", "fsync", "open", "mkdir", "link"])
def test_what_cannot_be_saved_is_told_and_saved_when_the_disk_is_well_again(
    records: Records, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    recording = begun(records)
    heal = fail(monkeypatch, call)
    post(recording, Answered("breath", YES))
    saved = recording.save()
    assert saved == (call == "link")
    if not saved:
        assert recording.saving.waiting >= 1
        assert "the disk is full" in str(recording.saving.fault)
    post(recording, Jump("numb"), Answered("numb", YES), Noted("numb", "left"))
    recording.save()
    heal()
    assert recording.save()
    assert (recording.saving.waiting, recording.saving.fault) == (0, None)
    recording.close()
    assert_the_same(recording.session, take_up(draft_of(records), recording.session.content, CLOCK).session)


def test_behind_a_failed_sync_everything_goes_into_the_next_file(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    recording.save()
    heal = fail(monkeypatch, "fsync", errno.EIO)
    post(recording, Answered("breath", NO))
    assert not recording.save()
    heal()
    assert recording.save()
    recording.close()
    folder = records.root / "intakes" / CLOCK.id
    assert sorted(path.name for path in folder.glob("journal-*")) == ["journal-1", "journal-2"]
    assert draft_of(records).answers["breath"].answer == "no"


def test_an_entry_that_the_journal_has_no_room_for_keeps_no_other_from_being_saved(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES), Noted("breath", "x" * NOTE_LENGTH))
    monkeypatch.setattr("msals_tui.records.journal_files.LONGEST_JOURNAL", 1800)
    assert not recording.save()
    assert "full" in str(recording.saving.fault)
    assert draft_of(records).answers["breath"].answer == "yes"
    recording.close()


def test_a_list_of_what_was_done_that_cannot_be_written_is_told_and_keeps_no_answer_from_being_saved(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    records.root.mkdir(mode=0o700)
    (records.root / "audit.lock").mkdir()
    assert recording.save()
    assert recording.saving.fault is None
    assert recording.saving.unlisted is not None
    (records.root / "audit.lock").rmdir()
    recording.save()
    assert recording.saving.unlisted is None
    assert records.audited().lines[-1].body["did"] == "created"
    recording.close()


def test_a_record_that_somebody_else_holds_is_not_written_in(records: Records) -> None:
    held = records.create(CLOCK.id, "ward 3")
    recording = begun(records)
    post(recording, Answered("breath", YES))
    assert not recording.save()
    assert "ward 3" in str(recording.saving.fault)
    held.close()
    assert recording.save()
    recording.close()


def test_whoever_does_not_want_to_wait_for_another_thread_does_not(records: Records) -> None:
    recording = begun(records)
    with recording._writing:  # another thread is in the middle of its work
        assert not recording.save(patience=0)
    assert recording.save(patience=0)


def test_answers_given_while_another_thread_saves_are_all_kept_in_order(records: Records) -> None:
    recording, ended = begun(records), threading.Event()

    def save() -> None:
        while not ended.is_set():
            recording.save()

    saver = threading.Thread(target=save)
    saver.start()
    for number in range(40):
        post(recording, Noted("breath", f"{number}"))
    ended.set()
    saver.join()
    assert recording.save()
    texts = [one.text for one in draft_of(records).entries if isinstance(one, NoteEntry)]
    assert texts == [f"{number}" for number in range(40)]
    recording.close()


# The summary


def test_a_summary_is_written_once_for_the_same_answers(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", NO))
    finished = recording.finish("summary = 1\n")
    assert recording.finish("summary = 1\n") == finished
    assert finished.path.read_text() == "summary = 1\n"
    kept = records.read(CLOCK.id)
    assert (kept.state, [one.sha256 for one in kept.finals]) == ("final", [finished.sha256])
    recording.close()
    last = records.audited().lines[-1].body
    assert (last["did"], last["head"], last["lines"]) == ("finished", kept.journal.head, len(kept.journal.lines))


def test_an_amendment_names_the_final_and_the_reason_and_the_first_one_stays(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", NO))
    first = recording.finish("summary = 1\n")
    recording.close()
    again = gone_on_with(records)
    again.amend(again.finals[-1], "wrong\x1b[2J person\n" + "x" * 3000)
    assert again.save()
    assert records.read(CLOCK.id).state == "draft"
    amends = draft_of(records).amends
    assert amends is not None
    assert (amends.number, amends.sha256) == (1, first.sha256)
    assert amends.reason.startswith("wrong\ufffd[2J person\nxxx")
    post(again, Answered("breath", YES))
    again.finish("summary = 2\n")
    again.close()
    kept = records.read(CLOCK.id)
    assert [records.final(CLOCK.id, one) for one in kept.finals] == [b"summary = 1\n", b"summary = 2\n"]
    assert draft_of(records).amends is None


def test_an_amendment_whose_summary_was_announced_and_not_written_is_still_an_amendment(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begun(records)
    recording.finish("summary = 1\n")
    recording.amend(records.read(CLOCK.id).finals[-1], "wrong")
    recording.save()
    heal = fail(monkeypatch, "link", errno.EIO)
    with pytest.raises(MachineFault):
        recording.finish("summary = 2\n")
    heal()
    recording.close()
    assert isinstance(draft_of(records).entries[-1], FinalEntry)
    assert records.read(CLOCK.id).state == "draft"
    assert draft_of(records).amends is not None


@pytest.mark.parametrize("call", ["write", "fsync", "open", "mkdir", "link"])
def test_a_summary_that_cannot_be_written_is_told_and_nothing_is_lost(
    records: Records, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    heal = fail(monkeypatch, call)
    with pytest.raises(MachineFault, match="the disk is full"):
        recording.finish("summary = 1\n")
    heal()
    recording.finish("summary = 1\n")
    recording.close()
    kept = records.read(CLOCK.id)
    assert kept.state == "final"
    assert [records.final(CLOCK.id, one) for one in kept.finals] == [b"summary = 1\n"]
    assert draft_of(records).answers["breath"].answer == "yes"


def test_an_answer_that_comes_while_the_summary_is_written_calls_for_another(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", NO))
    link = os.link

    def answered_meanwhile(*given: object, **named: object) -> None:
        link(*given, **named)  # type: ignore[arg-type]
        post(recording, Answered("breath", YES))

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", answered_meanwhile)
        recording.finish("breath = no\n")
    recording.finish("breath = yes\n")
    recording.close()
    assert len(records.read(CLOCK.id).finals) == 2


# Giving it up


def test_a_discarded_intake_leaves_nothing_but_a_line_that_says_so(records: Records) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES), Noted("breath", "canary"))
    recording.save()
    recording.discard()
    post(recording, Answered("breath", NO))
    assert recording.save()
    recording.close()
    assert not list((records.root / "intakes").iterdir())
    assert [line.body.get("did") for line in records.audited().lines] == [None, "created", "discarded"]
    assert all(b"canary" not in path.read_bytes() for path in records.root.rglob("*") if path.is_file())


def test_an_intake_that_cannot_be_discarded_is_told_and_can_be_discarded_again(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    recording.save()
    heal = fail(monkeypatch, "unlink", errno.EIO)
    with pytest.raises(MachineFault, match="not deleted"):
        recording.discard()
    heal()
    recording.discard()
    assert not list((records.root / "intakes").iterdir())


# At the catalog


@pytest.fixture
def catalog(records: Records) -> Catalog:
    """The catalog of a clinic."""
    return Catalog(records, shipped(), "en", Ticking())


def test_an_intake_that_was_carried_over_goes_on_in_the_other_record_only(catalog: Catalog, records: Records) -> None:
    recording = catalog.begin(load_content(shipped(), "ms_als_brief"))
    first = recording.session.interview.response.path()[0].id
    post(recording, Noted(first, "said by the daughter"))
    recording.save()
    recording.close()
    moved = catalog.carry_over(recording.session.id)
    moved.recording.close()
    assert records.read(recording.session.id).state == "moved"
    assert draft_of(records, moved.recording.session.id).header.moved_from == recording.session.id
    for use in (catalog.resume, catalog.carry_over):
        with pytest.raises(InputFault, match="goes on in another") as refused:
            use(recording.session.id)
        assert moved.recording.session.id in str(refused.value)


def test_an_intake_that_cannot_be_carried_over_stays_as_it_was_and_leaves_no_half_of_another(
    catalog: Catalog, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = catalog.begin(load_content(shipped(), "ms_als_brief"))
    post(recording, Noted(recording.session.interview.response.path()[0].id, "said by the daughter"))
    recording.save()
    recording.close()
    heal = fail(monkeypatch, "write")
    with pytest.raises(MachineFault, match="the disk is full"):
        catalog.carry_over(recording.session.id)
    heal()
    assert [one.id for one in records.all()] == [recording.session.id]
    assert records.read(recording.session.id).state == "draft"
    assert [path.name for path in (records.root / "intakes").iterdir()] == [recording.session.id]


def test_whoever_has_no_name_on_this_machine_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(recording_room.pwd, "getpwuid", unknown)
    assert recording_room.user() == str(os.getuid())


@pytest.mark.parametrize("place", ["intakes", f"intakes/{CLOCK.id}"])
def test_a_record_that_somebody_deletes_while_it_is_written_is_made_again_with_all_answers(
    records: Records, place: str
) -> None:
    recording = begun(records)
    post(recording, Answered("breath", YES))
    assert recording.save()
    shutil.rmtree(records.root / place)
    post(recording, Answered("breath", NO))
    assert not recording.save()
    assert "somebody took the record away" in str(recording.saving.fault)
    assert recording.saving.saved == 0
    assert recording.save()
    recording.close()
    (kept,) = records.all()
    assert [entry.answer for entry in read_draft(kept).entries if isinstance(entry, AnswerEntry)] == ["yes", "no"]


def test_an_answer_that_is_too_large_is_told_until_it_is_shorter_and_keeps_no_other_back(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "LONGEST_LINE", 1500)
    recording = begun(records)
    post(recording, Noted("breath", "x" * 1900))
    post(recording, Answered("breath", YES))
    assert not recording.save()
    assert "larger" in str(recording.saving.fault)
    assert recording.saving.saved == 1
    post(recording, Noted("breath", "short"))
    assert recording.save()
    assert recording.saving.fault is None
    recording.close()
