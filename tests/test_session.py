"""A sitting: decisions about safety rules, the day, what was before, the language, and what is read only once."""

import time
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from evidences import evidence, finding
from msals_tui.content.case_files import SummaryFile, read_case
from msals_tui.content.library import Library
from msals_tui.errors import MsalsError
from msals_tui.evidence import comparison as comparing
from msals_tui.evidence import running
from msals_tui.interview.events import Answered, Redo, Undo
from msals_tui.plain.app import Plain
from msals_tui.plain.lines import EndOfInput
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.records.hand_over import summary_text
from msals_tui.session.clock import MachineClock
from msals_tui.session.compare_case import compare_file
from msals_tui.session.load_content import load_content
from msals_tui.session.options import Options
from msals_tui.session.replay import replay
from msals_tui.session.session import Session
from sittings import CLOCK, content, english, script, shipped, sitting, startup
from small_library import QUESTIONNAIRE, TRANSLATION, write

NUMB, DRY = Answered("numb", Choice(("yes",))), Answered("dry", Choice(("yes",)))
WELL = Answered("numb", Choice(("no",)))

ASKED = """
[[item]]
id = "numb"
type = "yes_no"

[[item]]
id = "dry"
type = "yes_no"

[[item]]
id = "other"
type = "yes_no"
yes.observes = ["attack"]
no.excludes = ["attack"]
"""

RULE = """
[[rule]]
id = "cord"
number = "S2"
level = "emergency"
title = "Cord"
say = "Look now."
say_patient = "Get help."
action = "Call."
when.any = [{ item = "numb", is = "yes" }, { item = "dry", is = "yes" }]
read = true
"""


@pytest.fixture
def one() -> Session:
    """A sitting with a rule that either of two answers fires, and evidence about a third."""
    return sitting(ASKED, safety=RULE, evidence=evidence(finding("attack course 9 -3")))


def waiting(session: Session) -> list[str]:
    """The rules that ask for a decision."""
    return [fired.rule.id for fired in session.undecided()]


# Decisions about safety rules


def test_a_decision_does_not_cover_an_answer_that_came_after_it(one: Session) -> None:
    one.post(NUMB)
    one.decide("cord", "known")
    assert waiting(one) == []
    one.post(DRY)
    assert waiting(one) == ["cord"]
    one.decide("cord", "told")
    assert waiting(one) == []


def test_a_decision_still_covers_what_is_left_of_its_answers(one: Session) -> None:
    one.post(NUMB)
    one.post(DRY)
    one.decide("cord", "told")
    one.post(WELL)
    assert waiting(one) == []


def test_an_answer_that_has_nothing_to_do_with_the_rule_asks_for_no_new_decision(one: Session) -> None:
    one.post(NUMB)
    one.decide("cord", "told")
    one.post(Answered("other", Choice(("yes",))))
    assert waiting(one) == []


def test_taking_an_answer_back_and_giving_it_again_asks_for_no_new_decision(one: Session) -> None:
    one.post(NUMB)
    one.decide("cord", "told")
    one.post(DRY)
    one.decide("cord", "known")
    one.post(WELL)
    one.post(NUMB)
    one.post(Undo())
    one.post(Redo())
    assert waiting(one) == []
    assert one.decisions["cord"].choice == "known"


def test_a_rule_that_stopped_firing_is_decided_anew_when_it_fires_again(one: Session) -> None:
    one.post(NUMB)
    one.decide("cord", "told")
    one.post(Undo())
    assert not one.fired
    assert not one.decisions
    one.post(Redo())
    assert waiting(one) == ["cord"]


def test_a_mistake_settles_nothing(one: Session) -> None:
    one.post(NUMB)
    one.decide("cord", "mistake")
    assert waiting(one) == ["cord"]


def test_a_decision_about_a_rule_that_does_not_fire_is_refused_and_not_heard() -> None:
    heard: list[object] = []
    session = Session(content(ASKED, safety=RULE), CLOCK, listener=heard.append)
    for rule, choice in (("cord", "told"), ("nobody", "told")):
        with pytest.raises(MsalsError):
            session.decide(rule, choice)
    session.post(NUMB)
    with pytest.raises(MsalsError):
        session.decide("cord", "whatever")
    assert heard == [NUMB]


def test_the_summary_says_which_answers_a_decision_was_about_and_which_came_after_it(one: Session) -> None:
    one.post(NUMB)
    one.decide("cord", "told")
    [entry] = tables(one)["safety"]
    assert entry["decided_about"] == {"numb": "yes"}
    assert "not_decided_about" not in entry
    one.post(DRY)
    [entry] = tables(one)["safety"]
    assert (entry["decision"], entry["decided_about"]) == ("told", {"numb": "yes"})
    assert entry["not_decided_about"] == ["About dry? Yes"]


@pytest.mark.parametrize("later", [(), (DRY,), (DRY, WELL), (WELL, DRY)])
def test_a_replay_restores_what_a_decision_was_about(one: Session, later: tuple[Answered, ...], tmp_path: Path) -> None:
    one.post(NUMB)
    one.decide("cord", "told")
    for event in later:
        one.post(event)
    text = summary_text(one, english())
    path = tmp_path / "summary.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    again = replay(file, case, one.content, english)
    assert waiting(again.session) == waiting(one)
    assert summary_text(again.session, english()) == text


def test_line_by_line_new_answers_to_a_decided_rule_are_heard() -> None:
    session = sitting(ASKED, safety=RULE)
    said = script(session, "1\ntold\n1\nknown\n")
    assert said.count("Look now.") == 2
    assert session.decisions["cord"].choice == "known"


# The day


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose day begins fourteen hours before that of Greenwich."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_today_is_the_day_where_the_machine_stands(far_east: None) -> None:
    now = MachineClock().now()
    assert now.utcoffset() == timedelta(hours=14)
    assert now.microsecond == 0
    session = Session(content(ASKED), MachineClock())
    assert session.interview.response.today == session.started.date()


def test_a_summary_keeps_the_offset_of_its_times_in_a_replay(far_east: None, tmp_path: Path) -> None:
    session = Session(content(ASKED), MachineClock())
    text = summary_text(session, english())
    assert "+14:00" in text
    path = tmp_path / "summary.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    assert summary_text(replay(file, case, session.content, english).session, english()) == text


# What was before, and what tells most


def test_a_sitting_that_nobody_looks_at_compares_nothing(one: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "compare", lambda *_, **__: pytest.fail("compared"))
    monkeypatch.setattr(comparing, "compare", lambda *_, **__: pytest.fail("compared"))
    one.post(NUMB)
    one.post(DRY)


def test_what_tells_most_is_worked_out_once_until_the_answers_change(one: Session) -> None:
    first = one.tells_most()
    assert one.tells_most() is first
    assert "dry" in {telling.item.id for telling in first}
    one.post(DRY)
    assert "dry" not in {telling.item.id for telling in one.tells_most()}


# What is read


def test_a_file_that_was_edited_is_read_anew_by_another_library(tmp_path: Path) -> None:
    write(tmp_path)
    assert load_content(Library(tmp_path), "small").questionnaire.title == "Small"
    write(tmp_path, ("small.toml", 'title = "Small"', 'title = "Smaller"'))
    assert load_content(Library(tmp_path), "small").questionnaire.title == "Smaller"


def test_one_library_reads_a_questionnaire_once_however_many_files_are_compared(tmp_path: Path) -> None:
    library = Library(write(tmp_path))
    for name in ("small", str(tmp_path / "small.toml")):
        once = load_content(library, name, comparing=True)
        again = load_content(library, name, comparing=True)
        assert once.questionnaire is again.questionnaire
        assert once.evidence is again.evidence


# The language of the questions

PSEUDO = TRANSLATION.replace('language = "de"', 'language = "xx"')


class _Typed:
    """Lines that somebody typed, and what was said."""

    by_hand = False

    def __init__(self, *typed: str) -> None:
        self.typed = list(typed)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def ask(self, prompt: str) -> str:
        self.said.append(prompt)
        if not self.typed:
            raise EndOfInput
        return self.typed.pop(0)


@pytest.fixture
def two_languages(tmp_path: Path) -> Library:
    """A library in English that also has its screens and one of its two questionnaires in a pseudo-language."""
    shipped_words = (shipped().root / "languages" / "en.toml").read_text(encoding="utf-8")
    other = QUESTIONNAIRE.replace('"small"', '"untranslated"')
    return Library(
        write(
            tmp_path,
            **{
                "small_xx": PSEUDO,
                "other": other,
                "languages/en": shipped_words,
                "languages/xx": shipped_words.replace('language = "en"', 'language = "xx"'),
            },
        )
    )


def test_a_walk_is_asked_in_the_language_of_the_screens(two_languages: Library, tmp_path: Path) -> None:
    lines = _Typed("1", "1", "2")
    place = tmp_path / "out.toml"
    options = Options(start="intake", questionnaire="small", language="xx", output=str(place))
    assert Plain(startup(options, tmp_path / "records", two_languages), lines).run() == 0
    said = "\n".join(lines.said)
    assert "Gibt es Schmerzen?" in said
    assert "Welche Seite?" in said
    assert "Is there pain?" not in said
    text = place.read_text(encoding="utf-8")
    assert "Gibt es Schmerzen?" in text
    file, case = read_case(str(place))
    assert isinstance(case, SummaryFile)
    assert case.questionnaire.language == "xx"
    content = load_content(two_languages, "small", language=case.questionnaire.language)
    again = replay(file, case, content, english)
    assert summary_text(again.session, two_languages.words(again.language)) == text
    assert not again.remarks
    assert compare_file(str(place), two_languages).versions["questionnaire"] == "small 1.0.0"


def test_the_home_page_names_questionnaires_in_the_language_of_the_screens(
    two_languages: Library, tmp_path: Path
) -> None:
    lines = _Typed("1", "0")
    Plain(startup(Options(language="xx"), tmp_path, two_languages), lines).run()
    assert any("Klein" in text for text in lines.said)


def test_a_questionnaire_without_a_translation_is_asked_in_its_own_language(
    two_languages: Library, tmp_path: Path
) -> None:
    asked = load_content(two_languages, "untranslated", language="xx")
    assert asked.questionnaire.language == "en"
    assert asked.questionnaire.items[0].ask == "Is there pain?"
    session = Session(asked, CLOCK)
    text = summary_text(session, two_languages.words("xx"))
    path = tmp_path / "summary.toml"
    path.write_text(text, encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    assert case.questionnaire.language == "en"
    again = replay(file, case, asked, english)
    assert again.language == "xx"
    assert summary_text(again.session, two_languages.words(again.language)) == text


def tables(session: Session) -> dict[str, list[dict[str, object]]]:
    """The summary as it is read back."""
    return tomllib.loads(summary_text(session, english()))  # type: ignore[return-value]
