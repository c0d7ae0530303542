"""What is said of findings, weights, look-alikes, safety rules and words that have the right shape and are wrong."""

import tomllib
from decimal import Decimal
from typing import TypeVar

import pytest
from msgspec import structs

from builders import tuples
from msals_tui.evidence.checks import Known, finding_problems, look_alike_problems, unreached, weighing_problems
from msals_tui.evidence.model import FindingsFile, LookAlikesFile, WeighingFile
from msals_tui.evidence.weights import rebuilt
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.checks import all_items
from msals_tui.questionnaire.model import QuestionnaireFile, WordsFile
from msals_tui.questionnaire.problem import Problem
from msals_tui.questionnaire.validate import WrongShape, validated
from msals_tui.questionnaire.words_checks import words_problems
from msals_tui.safety.checks import safety_problems
from msals_tui.safety.model import SafetyFile
from small_library import FINDINGS, LOOK_ALIKES, QUESTIONNAIRE, SAFETY, WEIGHING, WORDS

M = TypeVar("M", bound=Definition)


def read(model: type[M], text: str, old: str = "", new: str = "") -> M:
    """A file of the small library with one change."""
    assert not old or text.count(old) == 1
    return validated(model, tuples(tomllib.loads(text.replace(old, new) if old else text, parse_float=Decimal)))


ITEMS = {item.id: item for item, _ in all_items(read(QuestionnaireFile, QUESTIONNAIRE))}
KNOWN = Known({"any_pain", "both_sides"}, {"other"}, {"book"}, ITEMS)
RULES = read(WeighingFile, WEIGHING)


def said(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Place and code."""
    return [(one.place, one.code) for one in problems]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        ('id = "both_sides"', 'id = "any_pain"', ["DUPLICATE_ID"]),
        ('group = "sense"', 'group = "sence"', ["UNKNOWN_GROUP"]),
        ('group = "sense"\n', "", ["NO_GROUP", "WEIGHT", "WEIGHT"]),
        ('look_alikes = ["other"]', 'look_alikes = ["others"]', ["UNKNOWN_LOOK_ALIKE"]),
        ('look_alikes = ["other"]', "", ["NO_LOOK_ALIKE"]),
        ("chance = { ms = 0.8, als = 0.1 }", "chance = { ms = 0.8 }", ["NO_CHANCE"]),
        ("chance = { ms = 0.8, als = 0.1 }", "chance = { ms = 0.8, als = 0.1, mg = 0.1 }", ["UNKNOWN_SIDE"]),
        ('assumed = ["ms", "als"]', 'assumed = ["ms"]', ["ASSUMED"]),
        ('high = 90, source = "book", read = true', 'high = 90, source = "book", read = false', ["ASSUMED"]),
        ('value = 10, source = "book"', "value = 10", ["NO_SOURCE"]),
        ('value = 10, source = "book"', 'value = 10, source = "bok"', ["UNKNOWN_SOURCE"]),
        ("low = 70", "low = 85", ["ODD_FIGURES"]),
        ('{ disease = "als"', '{ disease = "gbs"', ["UNKNOWN_DISEASE", "ASSUMED"]),
        ('points = "first"', 'points = "first"\ndoes_not_fit = "first"', ["WRONG_SIDE"]),
        ('points = "first"', 'points = "second"', ["WRONG_SIDE", "WRONG_SIDE"]),
        ("present_db = 9.0", "present_db = -9.0", ["WRONG_SIDE", "WEIGHT"]),
        ("present_db = 9.0", "present_db = 8.9", ["WEIGHT"]),
        ("present_db = 9.0", 'present_db = 8.9\nweight_note = "Set by hand."', []),
        ("absent_db = -3.3", "absent_db = -6.5", ["WEIGHT"]),
        ("trust = 1.0", "trust = 0.7", ["WEIGHT", "WEIGHT"]),
        ("trust = 0.4\npresent_db = 0.0", "trust = 0.4\npresent_db = 0.1", ["NO_GROUP", "WRONG_SIDE", "WEIGHT"]),
        ('kind = "history"\npoints = "first"', 'kind = "test"\npoints = "first"', ["WEIGHT"]),
        ('strength = "moderate"', 'strength = "moderate"\nreplaces = ["both_sides", "any_pain"]', ["NAMES_ITSELF"]),
        ('strength = "moderate"', 'strength = "moderate"\nsilences = ["nothing"]', ["UNKNOWN_FINDING"]),
    ],
)
def test_a_finding_names_what_is_there_and_weighs_what_its_parts_make(old: str, new: str, codes: list[str]) -> None:
    assert [code for _, code in said(finding_problems(read(FindingsFile, FINDINGS, old, new), RULES, KNOWN))] == codes


@pytest.mark.parametrize(
    ("changes", "present", "absent"),
    [
        ({}, "9.0", "-3.3"),
        ({"chance": {"ms": Decimal("0.9999"), "als": Decimal("0.0001")}}, "10.0", "-8.5"),  # clipped, halved, capped
        ({"kind": "test", "chance": {"ms": Decimal("0.9999"), "als": Decimal("0.0001")}}, "13.0", "-13.0"),
        ({"held_to": "weak"}, "4.9", "-3.3"),
        ({"held_to": "weak", "trust": Decimal("0.4")}, "2.0", "-1.3"),  # held before trust
        ({"kind": "test"}, "9.0", "-6.5"),
        ({"chance": {"ms": Decimal("0.1"), "als": Decimal("0.8")}, "points": "second"}, "-9.0", "3.3"),
        ({"points": "both"}, "0.0", "0.0"),
        ({"group": None}, "0.0", "0.0"),
    ],
)
def test_weights_are_made_by_the_rule(changes: dict[str, object], present: str, absent: str) -> None:
    made = rebuilt(structs.replace(read(FindingsFile, FINDINGS).finding[0], **changes), RULES.weights, ("ms", "als"))

    assert (made.present_db, made.absent_db) == (Decimal(present), Decimal(absent))


def test_what_was_not_given_is_not_checked() -> None:
    assert finding_problems(read(FindingsFile, FINDINGS, '["other"]', '["others"]'), None, Known()) == ()


def test_findings_that_no_question_shows_are_named() -> None:
    assert said(unreached(read(FindingsFile, FINDINGS), {"any_pain"})) == [("both_sides", "UNREACHED_FINDING")]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        ("sign = -1", "sign = 1", ["SAME_SIGN"]),
        ('gate = ["feeling"]', 'gate = ["seeing"]', ["UNKNOWN_DOMAIN"]),
        ("cap_db = 13 }]", "cap_db = 0 }]", ["ODD_FIGURES"]),
        ("too_little_below = 5", "too_little_below = 0", ["ODD_FIGURES"]),
        ("lean_together_from = 10", "lean_together_from = 5", ["ODD_FIGURES"]),
        ("lean_net_from = 10", "lean_net_from = 4", ["ODD_FIGURES"]),
        ('side = "als"', 'side = "pls"', ["UNKNOWN_SIDE"]),
        ('finding = "any_pain"', 'finding = "pain"', ["UNKNOWN_FINDING"]),
        ("chance_lowest = 0.005", "chance_lowest = 0.99", ["ODD_FIGURES"]),
        (", test = 1 }", " }", ["NO_FIGURE"]),
        ("weak = 4.9, ", "", ["NO_FIGURE"]),
    ],
)
def test_the_rules_of_the_pattern_word_are_sane(old: str, new: str, codes: list[str]) -> None:
    assert [code for _, code in said(weighing_problems(read(WeighingFile, WEIGHING, old, new), KNOWN))] == codes


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        ('finding = "both_sides"', 'finding = "all_sides"', ["UNKNOWN_FINDING"]),
        ('item = "side"', 'item = "sides"', ["UNKNOWN_ITEM"]),
        ('is = "both" }', 'is = "all" }', ["UNKNOWN_OPTION"]),
        ('is = "both" }', "above = 2 }", ["WRONG_TEST"]),
        ('sources = ["book"], read = true', "read = true", ["NO_SOURCE"]),
        ('sources = ["book"], read = true', 'sources = ["bok"], read = true', ["UNKNOWN_SOURCE"]),
    ],
)
def test_a_look_alike_rule_looks_at_what_is_there(old: str, new: str, codes: list[str]) -> None:
    assert [code for _, code in said(look_alike_problems(read(LookAlikesFile, LOOK_ALIKES, old, new), KNOWN))] == codes


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("", "", []),
        ('item = "side"', 'item = "sides"', ["UNKNOWN_ITEM"]),
        ('is = "both"', 'is = "all"', ["UNKNOWN_OPTION"]),
        ('{ item = "side", is = "both" }', '{ finding = "both_sides", is = "observed" }', ["FINDING_TEST"]),
        (
            '{ item = "side", is = "both" }',
            '{ all = [{ item = "side", is = "both" }, { item = "side", is = "one" }] }',
            ["NEVER_TRUE"],
        ),
        ('sources = ["book"]', 'sources = ["bok"]', ["UNKNOWN_SOURCE"]),
        ('sources = ["book"]\n', "", ["NO_SOURCE"]),
        ('sources = ["book"]\nread = true', 'read = false\nnote = "From memory."', []),
        ('say_patient = "Please tell somebody."', 'say_patient = " "', ["NO_WORDS"]),
        ("Please tell somebody.", "You may have another disease.", ["NAMES_DISEASE"]),
        ("Please tell somebody.", "You may have MS.", ["NAMES_DISEASE"]),
        ("Please tell somebody.", "Tell us about other symptoms, Ms Miller.", []),
    ],
)
def test_a_safety_rule_can_fire_and_names_no_disease(old: str, new: str, codes: list[str]) -> None:
    file = read(SafetyFile, SAFETY, old, new)
    problems = safety_problems(file, ITEMS, sources=["book"], diseases=["MS", "ALS", "Another disease"])

    assert [code for _, code in said(problems)] == codes


ENGLISH = read(WordsFile, WORDS)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('title = "Was nun?"\nintake = "{title} beginnen"', []),
        ('title = "Was nun?"', [("home.intake", "NO_WORDS")]),
        ('title = "Was nun?"\nintake = "Beginnen"', [("home.intake", "PLACEHOLDER")]),
        ('title = "Was nun?"\nintake = "{titel} beginnen"', [("home.intake", "PLACEHOLDER")]),
        ('title = "Was nun?"\nintake = "{title.__class__}"', [("home.intake", "PLACEHOLDER")]),
        ('title = "Was nun?"\nintake = "{title"', [("home.intake", "PLACEHOLDER")]),
        ('title = " "\nintake = "{title}"', [("home.title", "NO_WORDS")]),
        ('title = 3\nintake = "{title}"', [("home.title", "WORDS_KIND"), ("home.title", "WORDS_KIND")]),
        ('title = "T"\nintake = "{title}"\nintak = "x"', [("home.intak", "UNKNOWN_WORDS")]),
    ],
)
def test_another_language_has_the_same_words_with_the_same_placeholders(
    words: str, expected: list[tuple[str, str]]
) -> None:
    german = f'schema = "msals-words/1"\nlanguage = "de"\nname = "Deutsch"\n[words.home]\n{words}\n'

    assert said(words_problems(read(WordsFile, german), ENGLISH)) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("bekannt", []),
        ("Gesagt ", ["plain.decide.known"]),
        ("2", ["plain.decide.known"]),
        (":k", ["plain.decide.known"]),
    ],
)
def test_each_decision_about_safety_has_a_word_of_its_own_that_answers_nothing_else(
    known: str, expected: list[str]
) -> None:
    words = {"plain": {"decide": {"told": "gesagt", "known": known, "mistake": "falsch"}}}
    file = WordsFile(schema_="msals-words/1", language="de", name="Deutsch", words=words)
    assert said(words_problems(file, None)) == [(one, "WORDS_KIND") for one in expected]


@pytest.mark.parametrize(
    ("keys", "faults"),
    [
        ('yes_key = "j"\nno_key = "n"', []),
        ('yes_key = "ja"\nno_key = "n"', ["answer.yes_key"]),
        ('yes_key = "J"\nno_key = "1"', ["answer.yes_key", "answer.no_key"]),
        ('yes_key = "n"\nno_key = "n"', ["answer.yes_key", "answer.no_key"]),
    ],
)
def test_the_keys_of_yes_and_no_are_a_small_letter_each(keys: str, faults: list[str]) -> None:
    english = f'schema = "msals-words/1"\nlanguage = "en"\nname = "English"\n[words.answer]\n{keys}\n'

    assert said(words_problems(read(WordsFile, english), None)) == [(one, "ANSWER_KEY") for one in faults]


def test_english_is_not_compared_with_itself() -> None:
    assert words_problems(ENGLISH, ENGLISH) == ()


def test_a_group_has_one_composite_at_most() -> None:
    one = read(FindingsFile, FINDINGS)
    pain = structs.replace(one.finding[0], replaces=("both_sides",))
    found = finding_problems(structs.replace(one, finding=(pain, one.finding[1])), RULES, KNOWN)
    assert said(found) == []
    second = structs.replace(pain, id="other_pain")
    found = finding_problems(structs.replace(one, finding=(pain, one.finding[1], second)), RULES, KNOWN)
    assert said(found) == [("other_pain", "SECOND_COMPOSITE")]


PICTURES = """
schema = "msals-look-alikes/1"
version = "1.0.0"

[picture.upper]
means = "An upper motor sign."
when = { any = [{ finding = "any_pain", is = "observed" }, { finding = "nowhere", is = "observed" }] }

[[look_alike]]
id = "neck"
name = "Neck"
settled_by = "An image."
feature = [{ text = "A sign.", findings = ["any_pain"], read = false }]

[[look_alike.rule]]
effect = "remark"
says = "It fits."
when = { all = [{ picture = "upper" }, { not = { picture = "upper" } }] }
"""


def test_a_picture_stands_for_its_condition_in_every_rule_that_names_it() -> None:
    [rule] = read(LookAlikesFile, PICTURES).look_alike[0].rule
    drawn = '{ any = [{ finding = "any_pain", is = "observed" }, { finding = "nowhere", is = "observed" }] }'
    written_out = PICTURES.replace('{ picture = "upper" }', drawn)
    assert rule == read(LookAlikesFile, written_out).look_alike[0].rule[0]


@pytest.mark.parametrize("name", ['"elsewhere"', '["upper"]', "1"])
def test_a_picture_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(WrongShape):
        read(LookAlikesFile, PICTURES.replace('{ picture = "upper" }', f"{{ picture = {name} }}"))


def test_a_look_alike_that_nothing_names_or_describes_is_named() -> None:
    idle = PICTURES.replace('"remark"', '"rules_out"').replace("feature = [{", "against = [{")
    found = look_alike_problems(read(LookAlikesFile, idle), Known())
    assert [(one.place, one.code) for one in found] == [("neck", "NEVER_NAMED"), ("neck", "NO_FEATURE")]


def test_what_is_wrong_in_a_picture_is_said_once_and_there() -> None:
    found = look_alike_problems(read(LookAlikesFile, PICTURES), Known(findings={"any_pain"}))
    assert [(one.loc[:2], one.code) for one in found] == [(("picture", "upper"), "UNKNOWN_FINDING")]
