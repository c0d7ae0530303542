"""The line-by-line front end: what is said, what is understood, and that nothing recorded is lost."""

import pytest

from every_kind import AFTER, EVERY_KIND
from msals_tui.questionnaire.answer import Missing, MissingCode
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.session.session import Session
from sittings import CLOCK, GROUP, RULE, content, lines, script, shipped, sitting

SIMPLE = """
[[item]]
id = "side"
type = "choice"
options = ["left", "right"]

[[item]]
id = "signs"
type = "several"
options = ["stiff", "weak", { code = "none", label = "None of these", exclusive = true }]

[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110
unlikely_above = 100

[[item]]
id = "begin"
type = "date"

[[item]]
id = "words"
type = "long_text"
"""

BREATH = """
[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "other"
type = "yes_no"
"""


def answers(session: Session) -> dict[str, object]:
    """What was answered."""
    return dict(session.interview.response.given)


def test_numbers_dates_and_texts_are_typed_and_options_are_numbered() -> None:
    session = sitting(SIMPLE)
    said = script(session, lines("2", "1 2", "64", "spring 2019", "first", "second", "", ":f"))
    assert answers(session) == {
        "side": Choice(("right",)),
        "signs": Choice(("stiff", "weak")),
        "age": Number(64),  # type: ignore[arg-type]
        "begin": PartialDate("2019-spring"),
        "words": Text("first\nsecond"),
    }
    assert "2. Right" in said
    assert "Recorded: Right" in said
    assert said.endswith("(finished)\n")


def test_the_three_ways_not_to_answer_have_a_colon_and_stay_apart() -> None:
    session = sitting(SIMPLE)
    script(session, lines(":8", ":9", ":0", ":8"))
    given = answers(session)
    assert given["side"] == Missing(MissingCode.NOT_SURE)
    assert given["signs"] == Missing(MissingCode.NOT_ASKED)
    assert given["age"] == Missing(MissingCode.DECLINED)
    assert given["begin"] == Missing(MissingCode.NOT_SURE)


@pytest.mark.parametrize(("typed", "way"), [("8", ":8 Not sure."), ("9", ":9 Not asked."), ("0", ":0 Rather not say.")])
def test_without_its_colon_a_way_not_to_answer_is_none_and_says_how_it_is_typed(typed: str, way: str) -> None:
    for toml in EVERY_KIND.values():
        session = sitting(toml)
        if session.interview.item is not None and session.interview.item.is_typed:
            continue
        said = script(session, lines(typed, ":s"))
        assert f"{typed} alone is no answer here. With a colon it is: {way}" in said
        assert answers(session) == {}


def test_the_ways_not_to_answer_are_typed_alike_on_every_kind_of_question() -> None:
    for kind, toml in EVERY_KIND.items():
        for typed, code in ((":8", "not_sure"), (":9", "not_asked"), (":0", "declined")):
            session = sitting(toml + AFTER)
            said = script(session, lines(typed + "*" * (kind == "grid"), ":s"))
            assert answers(session) == {"it": Missing(MissingCode(code))}
            assert ":8 Not sure. :9 Not asked. :0 Rather not say." in said


def test_a_bare_eight_is_a_number_where_a_number_is_asked_for() -> None:
    session = sitting(SIMPLE)
    script(session, lines("1", "1", "8"))
    assert answers(session)["age"] == Number(8)  # type: ignore[arg-type]


def test_options_from_the_eighth_on_are_numbered_from_ten() -> None:
    names = ", ".join(f'"place_{letter}"' for letter in "abcdefghi")
    session = sitting(f'[[item]]\nid = "place"\ntype = "body_map"\noptions = [{names}]\n')
    said = script(session, lines("10"))
    assert answers(session) == {"place": Choice(("place_h",))}
    assert "11. Place i" in said


def test_an_option_can_be_typed_in_words() -> None:
    session = sitting(SIMPLE)
    script(session, lines("Left", "none of these"))
    assert answers(session) == {"side": Choice(("left",)), "signs": Choice(("none",))}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3", "There is no answer 3 here"),
        ("1 2", "Only one answer"),
        ("", "Choose an answer first"),
        (":x", "There is no command :x"),
        ("\x1bc", "^[c"),
        ("2\x1b[1;1R3", "There is no answer 23 here"),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x071 2", "Only one answer"),
        ("\x1b]11;rgb:1e1e/1e1e/2e2e\x07", "Choose an answer first"),
    ],
)
def test_what_cannot_be_an_answer_is_said_and_changes_nothing(typed: str, said: str) -> None:
    session = sitting(SIMPLE)
    transcript = script(session, lines(typed))
    assert said in transcript
    assert "\x1b" not in transcript
    assert not answers(session)


def test_an_option_that_stands_alone_is_refused_beside_others() -> None:
    session = sitting(SIMPLE)
    assert '"None of these" cannot stand beside other answers' in script(session, lines("1", "1 3"))


@pytest.mark.parametrize("yes", ["y", "Y", "yes", " Yes "])
def test_an_unusual_number_is_asked_back_and_taken_when_somebody_says_yes(yes: str) -> None:
    session = sitting(SIMPLE)
    said = script(session, lines("1", "1", "105", "", "", yes))
    assert said.count("105 years is unusual. Is that right?\nType y for yes, n for no, or another answer.") == 3
    assert answers(session)["age"] == Number(105)  # type: ignore[arg-type]


def test_no_asks_for_the_number_again() -> None:
    session = sitting(SIMPLE)
    assert "Type the answer again." in script(session, lines("1", "1", "105", "n", "", "64"))
    assert answers(session)["age"] == Number(64)  # type: ignore[arg-type]


def test_an_unusual_number_can_be_corrected_instead() -> None:
    session = sitting(SIMPLE)
    script(session, lines("1", "1", "105", "50"))
    assert answers(session)["age"] == Number(50)  # type: ignore[arg-type]


def test_a_text_may_begin_with_a_colon_when_two_are_typed() -> None:
    session = sitting('[[item]]\nid = "words"\ntype = "short_text"\n')
    script(session, lines("::b is not back"))
    assert answers(session) == {"words": Text(":b is not back")}


def test_characters_that_cannot_be_kept_are_replaced_and_counted_aloud() -> None:
    session = sitting('[[item]]\nid = "words"\ntype = "short_text"\n')
    said = script(session, b"a\xff\x1bb\n")
    assert answers(session) == {"words": Text("a\ufffd\ufffdb")}
    assert "replaced (2)" in said


def test_back_undo_redo_and_note_do_what_they_say() -> None:
    session = sitting(SIMPLE)
    said = script(session, lines("1", ":b", ":u", ":r", "", ":n seen by her son", ":u"))
    assert "Taken back: About side? Left" in said
    assert "Given again: About side? Left" in said
    assert session.interview.notes == {"signs": "seen by her son"}
    assert not answers(session)


def test_enter_keeps_the_answer_that_was_given_before() -> None:
    session = sitting(SIMPLE)
    said = script(session, lines("1", ":b", "", "2"))
    assert "Answer so far: Left" in said
    assert answers(session) == {"side": Choice(("left",)), "signs": Choice(("weak",))}


def test_a_jump_comes_back_to_where_it_began() -> None:
    session = sitting(SIMPLE)
    script(session, lines("1", "1", ":j 1", "2"))
    assert answers(session)["side"] == Choice(("right",))
    assert session.interview.position == "age"


def test_the_check_page_lists_every_answer_and_a_number_changes_one() -> None:
    session = sitting(SIMPLE)
    said = script(session, lines("1", "1", "40", "2019", "x", "", "1", "2", ":f"))
    assert "3. About age? 40 years" in said
    assert answers(session)["side"] == Choice(("right",))
    assert said.endswith("(finished)\n")


def test_finishing_with_open_questions_is_asked_about_once_more() -> None:
    session = sitting(SIMPLE)
    said = script(session, lines(":c", ":f", ":f"))
    assert "5 questions have no answer yet" in said
    assert said.endswith("(finished)\n")


def test_why_says_the_reason_the_help_and_the_words_for_the_patient() -> None:
    said = script(sitting(SIMPLE), lines(":w"))
    assert "Why this is asked: It matters." in said
    assert "Say to the person: About your side?" in said


def test_a_patient_hears_plain_words_and_neither_the_reason_nor_a_comparison() -> None:
    session = Session(content('voice = "patient"\n' + SIMPLE, evidence=shipped().evidence), CLOCK)
    said = script(session, lines(":w", ":v"))
    assert "About your side?" in said
    assert "It matters" not in said
    assert "There is no comparison here" in said
    assert "decibans" not in said


def test_the_comparison_is_said_to_staff_and_only_its_coverage_when_blind() -> None:
    evidence = shipped().evidence
    assert "Pattern so far" in script(sitting(SIMPLE, evidence=evidence), lines(":v"))
    blind = script(sitting(SIMPLE, evidence=evidence), lines(":v"), blind=True)
    assert "Pattern so far" not in blind
    assert "Asked about 0 of" in blind


def test_a_private_answer_is_not_repeated_to_the_patient() -> None:
    private = SIMPLE.replace('id = "side"', 'id = "side"\nprivate = true')
    said = script(sitting('voice = "patient"\n' + private), lines("1", ":l", ":b"))
    assert "Recorded." in said
    assert "so far: Left" not in said
    assert "About your side? Left" not in said


def test_a_safety_rule_interrupts_at_once_and_its_decision_is_kept_with_the_time() -> None:
    session = sitting(BREATH, safety=RULE)
    said = script(session, lines("1", "x", "1", "Told "))
    assert "check the person now" in said
    assert said.index("check the person now") < said.index("About other?")
    assert session.decisions["breathless"].choice == "told"
    assert session.decisions["breathless"].time == CLOCK.time
    assert session.interview.position == "other"


def test_a_mistake_leads_back_to_the_question_and_settles_nothing() -> None:
    session = sitting(BREATH, safety=RULE)
    said = script(session, lines("1", "mistake", "", "mistake", "2"))
    assert said.count("check the person now") == 2
    assert not session.decisions
    assert answers(session) == {"breath": Choice(("no",))}
    assert session.interview.position == "other"


def test_finishing_asks_for_the_decision_that_was_passed_over() -> None:
    session = sitting(BREATH, safety=RULE)
    said = script(session, lines("1", "mistake", ":c", ":f", "known", ":f", ":f"))
    assert session.decisions["breathless"].choice == "known"
    assert said.endswith("(finished)\n")


def test_a_safety_notice_speaks_to_the_patient_in_the_patients_words() -> None:
    said = script(sitting('voice = "patient"\n' + BREATH, safety=RULE), lines("1", "told"))
    assert "This needs help now." in said
    assert "told: I have told someone, or I am calling for help now" in said
    assert "Somebody must look" not in said


def test_rounds_are_asked_one_question_after_the_other_as_far_as_they_apply() -> None:
    session = sitting(GROUP)
    said = script(session, lines("1", "2019", "1", "2", "1", "2021", "2", "2"))
    first = Row(
        (("attack_when", PartialDate("2019")), ("attack_sight", Choice(("yes",))), ("attack_eye", Choice(("both",))))
    )
    second = Row((("attack_when", PartialDate("2021")), ("attack_sight", Choice(("no",)))))
    assert answers(session) == {"attacks": Rows((first, second))}
    assert "Attack 2." in said
    assert session.interview.position == "after"


def test_no_round_means_none_and_not_unanswered() -> None:
    session = sitting(GROUP)
    script(session, lines("2"))
    assert answers(session) == {"attacks": Rows(())}


def test_a_round_can_be_changed_and_removed_and_their_number_has_an_end() -> None:
    session = sitting(GROUP)
    said = script(session, lines("1", "2019", "2", "1", "2020", "2", "1", ":e 1", "2018", "", ":d 2", "2"))
    assert "No more than 2" in said
    assert answers(session) == {
        "attacks": Rows((Row((("attack_when", PartialDate("2018")), ("attack_sight", Choice(("no",))))),))
    }


def test_a_round_that_the_end_of_input_cuts_short_is_kept() -> None:
    session = sitting(GROUP)
    script(session, lines("1", "2019"))
    assert answers(session) == {"attacks": Rows((Row((("attack_when", PartialDate("2019")),)),))}


def test_a_private_answer_is_not_said_to_a_patient_when_it_is_taken_back_or_given_again() -> None:
    private = SIMPLE.replace('id = "side"', 'id = "side"\nprivate = true')
    said = script(sitting('voice = "patient"\n' + private), lines("1", ":u", ":r"))
    assert "Taken back: About your side? answered" in said
    assert "? Left" not in said


def test_a_private_answer_is_not_said_to_a_patient_in_a_later_safety_notice() -> None:
    private = BREATH.replace('id = "breath"', 'id = "breath"\nprivate = true')
    said = script(sitting('voice = "patient"\n' + private, safety=RULE), lines("1", "mistake", "", "told"))
    assert said.count("This needs help now.") == 2
    assert "You answered" not in said
    assert "You answered" in script(sitting('voice = "patient"\n' + BREATH, safety=RULE), lines("1", "1"))


def test_a_patient_hears_why_there_is_no_answer_in_the_patients_words() -> None:
    said = script(sitting('voice = "patient"\n' + SIMPLE), lines(":9", ":l"))
    assert "About your side? Skip this one" in said
    assert "Not asked" not in said


def test_thousands_are_refused_aloud_and_never_read_as_decimals() -> None:
    session = sitting(SIMPLE)
    said = script(session, lines("1", "1", "1,000"))
    assert "Write thousands without a comma or a space: 1000" in said
    assert "age" not in answers(session)


@pytest.mark.parametrize(("typed", "code"), [("y", "yes"), ("YES", "yes"), ("n", "no"), ("No", "no")])
def test_yes_and_no_answer_by_a_letter_or_a_word(typed: str, code: str) -> None:
    session = sitting(EVERY_KIND["yes_no"] + AFTER)
    script(session, lines(typed, ":s"))
    assert answers(session) == {"it": Choice((code,))}


@pytest.mark.parametrize("typed", ["n", "no", "N"])
def test_no_chooses_the_one_option_that_denies_wherever_it_stands(typed: str) -> None:
    denying = 'options = ["much", { code = "none", label = "No trouble", denies = true }, "some"]'
    for toml, answer in (
        (EVERY_KIND["several"], Choice(("none",))),
        (f'[[item]]\nid = "it"\ntype = "choice"\n{denying}\n', Choice(("none",))),
        (EVERY_KIND["group"], Rows(())),
    ):
        session = sitting(toml + AFTER)
        script(session, lines(typed, ":s"))
        assert answers(session) == {"it": answer}


@pytest.mark.parametrize(("typed", "said"), [("y", "Yes is no answer here."), ("n", "No answer here is a plain no.")])
def test_where_yes_or_no_is_no_answer_that_is_said(typed: str, said: str) -> None:
    session = sitting(EVERY_KIND["choice"])
    assert said in script(session, lines(typed, ":s"))
    assert answers(session) == {}
