"""A questionnaire in another language: the same questions, other words, and nothing forgotten without being named."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from builders import questionnaire, tuples, written
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.errors import InputFault
from msals_tui.questionnaire.kinds.group import GroupItem
from msals_tui.questionnaire.kinds.number import NumberItem
from msals_tui.questionnaire.translation import TranslationFile, translate, translation_problems
from msals_tui.questionnaire.validate import validated
from small_library import TRANSLATION, write

ORIGINAL = """
title = "Small"
[[section]]
id = "one"
title = "One"
[[section.item]]
id = "side"
type = "choice"
ask = "Which side?"
ask_patient = "Which side is it?"
why = "It matters."
help = "Ask."
options = [{ code = "left", label = "Left", label_patient = "On the left" }, { code = "right", label = "Right" }]
[[section.item]]
id = "age"
type = "number"
ask = "Age?"
unit = "years"
min = 0
max = 120
[[section.item]]
id = "attacks"
type = "group"
ask = "Attacks?"
row_label = "Attack"
items = [{ id = "healed", type = "yes_no", ask = "Healed?" }]
"""

GERMAN = """
title = "Klein"
section.one.title = "Eins"
[item.side]
ask = "Welche Seite?"
ask_patient = "Welche Seite ist es?"
why = "Es zählt."
help = "Fragen."
options.left = { label = "Links", label_patient = "Auf der linken" }
options.right.label = "Rechts"
[item.age]
ask = "Alter?"
unit = "Jahre"
[item.attacks]
ask = "Schübe?"
row_label = "Schub"
[item.healed]
ask = "Geheilt?"
"""


def german(text: str = GERMAN, of: str = "test", language: str = "de") -> TranslationFile:
    """A translation as a file would hold it."""
    head = {"schema": "msals-translation/1", "language": language, "questionnaire": of}
    return validated(TranslationFile, tuples({**head, **tomllib.loads(text)}))


def said(text: str, language: str = "de") -> list[tuple[str, str, object]]:
    """Place, code and key of what is wrong with a translation."""
    problems = translation_problems(german(text, language=language), written(ORIGINAL, bare=True))
    return [(one.place, one.code, one.loc[-1]) for one in problems]


def test_every_word_is_in_the_other_language() -> None:
    translated = translate(questionnaire(ORIGINAL), german(), None, "hash")
    side, age, attacks = translated.items

    assert (translated.title, translated.language, translated.sections[0].title) == ("Klein", "de", "Eins")
    assert (side.ask, side.ask_patient, side.why, side.help) == (
        "Welche Seite?",
        "Welche Seite ist es?",
        "Es zählt.",
        "Fragen.",
    )
    assert [(one.code, one.label, one.label_patient) for one in side.options] == [
        ("left", "Links", "Auf der linken"), ("right", "Rechts", None),
    ]  # fmt: skip
    assert isinstance(age, NumberItem)
    assert (age.ask, age.unit, age.max) == ("Alter?", "Jahre", Decimal(120))
    assert isinstance(attacks, GroupItem)
    assert (attacks.row_label, attacks.items[0].ask) == ("Schub", "Geheilt?")


def test_only_words_and_hash_differ_from_the_original() -> None:
    original = questionnaire(ORIGINAL)
    translated = translate(original, german(), None, "hash")

    assert translated.index == original.index
    assert [one.enable_when for one in translated.items] == [one.enable_when for one in original.items]
    assert translated.sha256 != original.sha256
    assert translate(original, german(), None, "another").sha256 != translated.sha256


def test_what_is_not_translated_stays_as_it_was() -> None:
    translated = translate(questionnaire(ORIGINAL), german('[item.age]\nask = "Alter?"'), None, "hash")

    assert [item.ask for item in translated.items] == ["Which side?", "Alter?", "Attacks?"]


def test_taken_items_are_translated_by_the_translation_of_the_base() -> None:
    brief = 'base = "test"\n[[section]]\nid = "all"\ntake = ["side", "age"]\n'
    own = german('title = "Kurz"\n[item.age]\nask = "Wie alt?"', of="brief")

    translated = translate(questionnaire(brief, ORIGINAL), own, german(), "hash")

    assert (translated.title, *(item.ask for item in translated.items)) == ("Kurz", "Welche Seite?", "Wie alt?")


def test_a_whole_translation_has_no_problem() -> None:
    assert said(GERMAN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('title = "Klein"\n', "", ("test", "NO_WORDS", "title")),
        ('section.one.title = "Eins"', "", ("one", "NO_WORDS", "title")),
        ('ask = "Welche Seite?"\n', "", ("side", "NO_WORDS", "ask")),
        ('why = "Es zählt."', 'why = ""', ("side", "NO_WORDS", "why")),
        ('options.right.label = "Rechts"\n', "", ("side", "NO_WORDS", "label")),
        (', label_patient = "Auf der linken"', "", ("side", "NO_WORDS", "label_patient")),
        ('unit = "Jahre"\n', "", ("age", "NO_WORDS", "unit")),
        ('row_label = "Schub"\n', "", ("attacks", "NO_WORDS", "row_label")),
        ('ask = "Geheilt?"', "", ("healed", "NO_WORDS", "ask")),
        ('unit = "Jahre"', 'unit = "Jahre"\nrow_label = "x"', ("age", "UNKNOWN_WORDS", "row_label")),
        ("[item.healed]", '[item.heald]\nask = "x"\n[item.healed]', ("heald", "UNKNOWN_ITEM", "heald")),
        ("section.one", 'section.on.title = "x"\nsection.one', ("on", "UNKNOWN_SECTION", "on")),
        (
            "options.right.label",
            'options.middle.label = "Mitte"\noptions.right.label',
            ("side", "UNKNOWN_OPTION", "middle"),
        ),
    ],
)
def test_each_missing_and_each_idle_word_is_named(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert GERMAN.count(old) == 1

    assert said(GERMAN.replace(old, new)) == [expected]


def test_a_translation_to_the_language_of_the_questionnaire_is_a_mistake() -> None:
    assert said(GERMAN, language="en") == [("test", "SAME_LANGUAGE", "language")]


def test_a_translation_of_nothing_is_a_mistake() -> None:
    [problem] = translation_problems(german(), None)

    assert problem.code == "UNKNOWN_QUESTIONNAIRE"


def test_the_library_gives_a_questionnaire_in_each_of_its_languages(tmp_path: Path) -> None:
    library = Library(write(tmp_path, small_de=TRANSLATION))

    assert library.questionnaire("small").items[0].ask == "Is there pain?"
    assert library.questionnaire("small", "en").sha256 == library.questionnaire("small").sha256
    assert library.questionnaire("small", "de").items[0].ask == "Gibt es Schmerzen?"
    assert library.questionnaire(str(tmp_path / "small.toml"), "de").title == "Klein"
    with pytest.raises(InputFault, match='not translated to "fr"'):
        library.questionnaire("small", "fr")


def test_check_names_what_a_translation_lacks(tmp_path: Path) -> None:
    folder = write(tmp_path, small_de=TRANSLATION)
    assert check([folder], Library(folder)) == ()

    write(tmp_path, small_de=TRANSLATION.replace('ask_patient = "Tut es weh?"\n', ""))

    [fault] = check([folder], Library(folder))
    assert (fault.line, fault.place, fault.code, fault.what) == (7, "pain", "NO_WORDS", "ask_patient is not translated")
