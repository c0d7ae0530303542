"""The day of an answer: what "ago" counts from in a draft gone on with, over midnight, in a correction and in a replay."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from msals_tui.content.case_files import FindingsInput, JsonFile, read_case
from msals_tui.errors import ContentFaults
from msals_tui.interview.events import Answered, Next, Redo, Undo
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.records.drafts import read_draft, take_up
from msals_tui.records.hand_over import summary_text
from msals_tui.records.kept import Final
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.replay import Replayed, replay
from msals_tui.session.session import Content, Session
from sittings import CLOCK, Hourglass, content, english, script

ASKED = """
[[item]]
id = "begin"
type = "date"

[[item]]
id = "fresh"
type = "yes_no"
enable_when = { item = "begin", months_ago_below = 1 }

[[item]]
id = "attacks"
type = "group"
row_label = "Attack"

[[item.items]]
id = "attack_when"
type = "date"

[[item]]
id = "after"
type = "yes_no"
"""
BEGUN = datetime(2026, 11, 10, 9, tzinfo=UTC)
LATER = BEGUN + timedelta(days=20)


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """A store that nobody has written to."""
    return Records(tmp_path / "records")


def asked() -> Content:
    """The questionnaire."""
    return content(ASKED)


def typed(session: Session, item: str, text: str) -> Answer:
    """What somebody types now, as the front ends read it."""
    one = session.content.questionnaire.item(item)
    return one.typed(text, english(), session.occasion(one))


def resumed(records: Records, time: datetime) -> Recording:
    """The sitting of somebody who goes on with the only draft."""
    record = records.open(CLOCK.id, "somebody else")
    taken = take_up(read_draft(record.kept), asked(), Hourglass(time))
    assert not taken.remarks
    return Recording(taken.session, records, "en", record=record)


def begun(records: Records) -> Recording:
    """A sitting on the first day."""
    return Recording(Session(asked(), Hourglass(BEGUN)), records, "en")


def summary(session: Session) -> str:
    """What is handed over."""
    return summary_text(session, english())


def replayed(text: str, folder: Path) -> Replayed:
    """A file with this text, replayed."""
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert not isinstance(case, FindingsInput | JsonFile)
    return replay(file, case, asked(), english)


def test_a_draft_that_is_gone_on_with_counts_ago_from_the_day_of_each_answer(records: Records, tmp_path: Path) -> None:
    first = begun(records)
    first.session.post(Answered("begin", typed(first.session, "begin", "10 days ago")))
    first.save()
    first.close()
    second = resumed(records, LATER)
    second.session.post(
        Answered("attacks", Rows((Row((("attack_when", typed(second.session, "begin", "10 days ago")),)),)))
    )
    second.save()
    second.close()

    given = resumed(records, LATER + timedelta(days=40)).session.interview.response.given
    attack = PartialDate("10 days ago", LATER.date())
    assert given == {"begin": PartialDate("10 days ago"), "attacks": Rows((Row((("attack_when", attack),)),))}
    assert attack.span(LATER.date()) == (date(2026, 11, 20), date(2026, 11, 20))


def test_yesterday_can_be_answered_in_a_draft_that_was_begun_before(records: Records, tmp_path: Path) -> None:
    first = begun(records)
    first.session.post(Answered("after", typed_yes(first.session)))
    first.save()
    first.close()
    second = resumed(records, LATER)
    second.session.post(Answered("begin", typed(second.session, "begin", "29 November 2026")))
    assert "fresh" in second.session.interview.response.asked
    second.save()
    second.close()

    third = resumed(records, LATER + timedelta(days=100)).session
    assert third.interview.response.given["begin"] == PartialDate("2026-11-29", LATER.date())
    assert "fresh" in third.interview.response.asked, "it was fresh on the day on which it was said"
    text = summary(third)
    assert tomllib.loads(text)["answers"]["begin"] == {"value": "2026-11-29", "on": "2026-11-30"}
    again = replayed(text, tmp_path).session
    assert again.interview.response == third.interview.response
    assert summary(again) == text


def typed_yes(session: Session) -> Answer:
    """Yes."""
    return session.content.questionnaire.item("after").read("yes", session.started.date())


def test_a_date_of_the_day_of_the_intake_is_written_as_ever(tmp_path: Path) -> None:
    session = Session(asked(), Hourglass(BEGUN))
    session.post(Answered("begin", typed(session, "begin", "8 months ago")))
    assert tomllib.loads(summary(session))["answers"] == {"begin": "8 months ago"}


def test_over_midnight_each_answer_keeps_its_own_day(tmp_path: Path) -> None:
    clock = Hourglass(datetime(2026, 11, 10, 23, 59, tzinfo=UTC))
    session = Session(asked(), clock)
    session.post(Answered("begin", typed(session, "begin", "2 days ago")))
    clock.time += timedelta(minutes=2)
    session.post(Answered("attacks", Rows((Row((("attack_when", typed(session, "begin", "2 days ago")),)),))))
    answers = tomllib.loads(summary(session))["answers"]
    assert answers["begin"] == "2 days ago"
    assert answers["attacks"] == [{"attack_when": {"value": "2 days ago", "on": "2026-11-11"}}]
    assert summary(replayed(summary(session), tmp_path).session) == summary(session)


def test_undo_and_redo_give_a_date_back_with_its_day() -> None:
    clock = Hourglass(LATER)
    session = Session(asked(), clock, started=BEGUN, intake=CLOCK.id)
    answer = typed(session, "begin", "10 days ago")
    session.post(Answered("begin", answer))
    session.post(Undo())
    clock.time += timedelta(days=3)
    session.post(Redo())
    assert session.interview.response.given["begin"] == answer == PartialDate("10 days ago", LATER.date())


def test_an_intake_that_was_begun_under_a_clock_of_1972_keeps_the_dates_that_were_answered(records: Records) -> None:
    first = Recording(Session(asked(), Hourglass(datetime(1972, 1, 1, tzinfo=UTC))), records, "en")
    first.session.post(Answered("begin", typed(first.session, "begin", "12 April 2019")))
    first.save()
    first.close()
    assert resumed(records, LATER).session.interview.response.given == {"begin": PartialDate("2019-04-12")}


def test_a_clock_that_runs_behind_the_draft_refuses_no_date_and_moves_none(records: Records) -> None:
    first = begun(records)
    first.session.post(Answered("after", typed_yes(first.session)))
    first.save()
    first.close()
    second = resumed(records, BEGUN - timedelta(days=90))
    answer = typed(second.session, "begin", "October 2026")
    assert answer == PartialDate("2026-10")


# Birth

BORN = """
[[born]]
age = "age"

[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 120

[[item]]
id = "begin"
type = "date"
"""


def test_when_i_was_30_counts_from_the_age_that_was_answered(tmp_path: Path) -> None:
    session = Session(content(BORN), Hourglass(BEGUN))
    session.post(Answered("age", Number(Decimal(41))))
    session.post(Next())
    assert typed(session, "begin", "when I was 30") == PartialDate("2014-11..2016-11")
    said = script(Session(content(BORN), CLOCK), "41\n1970\nwhen I was 30\n")
    assert "That lies before the birth, by the age that was given" in said
    assert "Understood: between March 2014 and March 2016" in said


def test_an_age_at_a_date_counts_from_that_date() -> None:
    told = BORN.replace('age = "age"', 'age = "age"\nat = "begin"') + '\n[[item]]\nid = "again"\ntype = "date"\n'
    session = Session(content(told), Hourglass(BEGUN))
    item = session.content.questionnaire.item
    session.post(Answered("age", Number(Decimal(30))))
    assert session.occasion(item("begin")).born is None
    session.post(Next())
    session.post(Answered("begin", PartialDate("2015-06-15")))
    assert session.occasion(item("again")).born == (date(1984, 6, 16), date(1985, 6, 15))
    assert session.occasion(item("begin")).born is None, "what is asked cannot be counted from itself"


# Answers files


def answers_file(answers: str, today: str = "2026-12-01") -> str:
    """An answers file to the small questionnaire."""
    return f'schema = "msals-answers/1"\nquestionnaire = "test"\ntoday = {today}\n[answers]\n{answers}\n'


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"last summer"', "2026-summer"),
        ('"May last year"', "2025-05"),
        ('"around Christmas 2025"', "about 2025-12-25"),
        ("2019", "2019"),
        ("2019-04-23", "2019-04-23"),
        ('"2022-early"', "2022-early"),
        ('"8 months ago"', "8 months ago"),
        ('{ value = "10 days ago", on = 2026-12-05 }', {"value": "10 days ago", "on": "2026-12-05"}),
        ('{ value = "10 days ago", on = "2026-12-01" }', "10 days ago"),
    ],
)
def test_an_answers_file_may_say_a_date_as_people_do(written: str, meant: object, tmp_path: Path) -> None:
    one = replayed(answers_file(f"begin = {written}\nattacks = [{{ attack_when = {written} }}]"), tmp_path)
    answers = tomllib.loads(summary(one.session))["answers"]
    assert answers == {"begin": meant, "attacks": [{"attack_when": meant}]}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('"tomorrow"', "That lies in the future: today is 2026-12-01"),
        ('"2027"', "That lies in the future: today is 2026-12-01"),
        ('"29 Feb 2023"', "There is no such day: 29 Feb 2023"),
        ('"before 2019"', "leave open when it was"),
        ('"soon"', "Not understood as a date."),
        ('"03/04/2019"', '"03/04/2019" can be read in more than one way; write 2019-04-03 / 2019-03-04'),
        ("true", "needs a date"),
        ('{ value = "10 days ago", on = "soon" }', "needs the day on which it was said"),
    ],
)
def test_an_answers_file_is_told_what_is_wrong_with_a_date_and_in_which_line(
    written: str, why: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentFaults) as faults:
        replayed(answers_file(f"begin = {written}"), tmp_path)
    assert why in str(faults.value)
    assert "case.toml:5:" in str(faults.value)


def test_in_an_answers_file_an_age_counts_wherever_it_stands(tmp_path: Path) -> None:
    toml = BORN.replace('[[item]]\nid = "begin"\ntype = "date"\n', "") + '\n[[item]]\nid = "later"\ntype = "date"\n'
    first = toml.replace("[[item]]", '[[item]]\nid = "begin"\ntype = "date"\n\n[[item]]', 1)
    path = tmp_path / "case.toml"
    path.write_text(answers_file('begin = "when I was 30"\nage = 41'), encoding="utf-8")
    file, case = read_case(str(path))
    assert not isinstance(case, FindingsInput | JsonFile)
    given = replay(file, case, content(first), english).session.interview.response.given
    assert given["begin"] == PartialDate("2014-12..2016-12")


# Line by line


def test_two_orders_that_fit_are_asked_line_by_line() -> None:
    session = Session(asked(), CLOCK)
    said = script(session, "03/04/2019\n\n2\n")
    assert said.count('"03/04/2019" can be read in more than one way') == 2, "an empty line chooses neither"
    assert "1. 3 April 2019, about 7 years ago" in said
    assert session.interview.response.given == {"begin": PartialDate("2019-03-04")}


def test_another_date_may_be_typed_in_place_of_a_choice() -> None:
    session = Session(asked(), CLOCK)
    script(session, "03/04/2019\n2018\n")
    assert session.interview.response.given == {"begin": PartialDate("2018")}


def test_two_orders_are_asked_within_a_round_line_by_line() -> None:
    session = Session(asked(), CLOCK)
    script(session, "2019\n1\n03/04/2019\n\n1\n")
    assert session.interview.response.given["attacks"] == Rows((Row((("attack_when", PartialDate("2019-04-03")),)),))


def test_what_was_understood_is_said_line_by_line_before_it_goes_on() -> None:
    said = script(Session(asked(), CLOCK), "summer before last\n")
    assert "Understood: summer 2024, about 19 months ago" in said


def test_a_correction_counts_from_its_own_day_and_what_stood_there_from_its_own(
    records: Records, tmp_path: Path
) -> None:
    first = begun(records)
    first.session.post(Answered("begin", typed(first.session, "begin", "2 months ago")))
    first.save()
    final = first.finish(summary(first.session))
    first.close()

    correcting = resumed(records, LATER)
    correcting.amend(Final(1, final.sha256, sealed=False), "An attack was forgotten.")
    attack = typed(correcting.session, "begin", "2 months ago")
    correcting.session.post(Answered("attacks", Rows((Row((("attack_when", attack),)),))))
    text = summary(correcting.session)
    correcting.finish(text)
    correcting.close()

    answers = tomllib.loads(text)["answers"]
    assert answers["begin"] == "2 months ago"
    assert answers["attacks"] == [{"attack_when": {"value": "2 months ago", "on": "2026-11-30"}}]
    assert summary(replayed(text, tmp_path).session) == text
    assert resumed(records, LATER + timedelta(days=9)).session.interview.response.given["begin"] == PartialDate(
        "2 months ago"
    )


def test_a_summary_of_another_day_says_from_which_day_ago_counts(tmp_path: Path) -> None:
    clock = Hourglass(BEGUN)
    session = Session(asked(), clock)
    session.post(Answered("begin", typed(session, "begin", "8 months ago")))
    assert "counted_from" not in summary(session)
    clock.time = LATER
    [item] = tomllib.loads(summary(session))["section"][0]["item"]
    assert (item["answer"], item["counted_from"]) == ("about 8 months ago", BEGUN.date())


def test_the_check_page_of_a_later_day_says_from_which_day_ago_counts() -> None:
    session = Session(asked(), Hourglass(LATER), started=BEGUN, intake=CLOCK.id)
    said = script(session, "8 months ago\n:c\n")
    assert "begun on" not in said, "it was said today, and says so"
    session.post(Answered("begin", PartialDate("8 months ago")))
    assert "These questions were begun on 10 November 2026." in script(session, ":c\n")
