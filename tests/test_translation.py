"""A questionnaire in another language: the same questions, other words, and nothing forgotten without being named."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import tuples, written
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.errors import ContentFaults, InputFault
from msals_tui.questionnaire.kinds.group import GroupItem
from msals_tui.questionnaire.kinds.number import NumberItem
from msals_tui.questionnaire.model import QuestionnaireFile
from msals_tui.questionnaire.translation import TranslationFile, translated, translation_problems
from msals_tui.questionnaire.validate import validated
from msals_tui.session.load_content import load_content
from small_library import FILES, TRANSLATION, write

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
    problems = translation_problems(german(text, language=language), written(ORIGINAL, bare=True), "en")
    return [(one.place, one.code, one.loc[-1]) for one in problems]


def small(text: str = GERMAN) -> QuestionnaireFile:
    """The questionnaire in German."""
    return translated(written(ORIGINAL), german(text).words)


def test_every_word_is_in_the_other_language() -> None:
    side, age, attacks = small().section[0].item

    assert (small().title, small().section[0].title) == ("Klein", "Eins")
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


def test_only_the_words_differ_from_the_original() -> None:
    other = small('title = "Klein"')
    assert other.title == "Klein"
    assert replace(other, title="Small") == written(ORIGINAL)


def test_what_is_not_translated_stays_as_it_was() -> None:
    items = small('[item.age]\nask = "Alter?"').section[0].item

    assert [item.ask for item in items] == ["Which side?", "Alter?", "Attacks?"]


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
        ('unit = "Jahre"', 'unit = "Jahre"\nhelp = "x"', ("age", "UNKNOWN_WORDS", "help")),
        ('unit = "Jahre"', "unit = 5", ("age", "WORDS_KIND", "unit")),
        ('unit = "Jahre"', f'unit = "{"Jahre" * 21}"', ("age", "WORDS_LENGTH", "unit")),
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
    [problem] = translation_problems(german(), None, "")

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


BRIEF = """\
schema = "msals-questionnaire/1"
id = "brief"
version = "1.0.0"
title = "Brief"
base = "small"
[[section]]
id = "all"
title = "All"
take = ["pain"]
"""


def test_taken_items_are_translated_by_the_translation_of_the_base(tmp_path: Path) -> None:
    own = 'schema = "msals-translation/1"\nlanguage = "de"\nquestionnaire = "brief"\ntitle = "Kurz"\n'
    library = Library(write(tmp_path, brief=BRIEF, small_de=TRANSLATION, brief_de=own))

    brief = library.questionnaire("brief", "de")

    assert (brief.title, brief.language, *(item.ask for item in brief.items)) == ("Kurz", "de", "Gibt es Schmerzen?")
    assert brief.sha256 != library.questionnaire("brief").sha256


SAFETY_WORDS = """\
schema = "msals-translation/1"
language = "de"
translates = "msals-safety/1"
[rule.s1_both]
title = "Beide Seiten schmerzen"
say = "Etwas kann gedrückt werden."
say_patient = "Bitte sagen Sie es jemandem."
action = "Nachsehen lassen."
"""
WEIGHING_WORDS = """\
schema = "msals-translation/1"
language = "de"
translates = "msals-weighing/1"
side.ms = { short = "EK", name = "Erste Krankheit" }
side.als = { short = "ZK", name = "Zweite Krankheit" }
domain.feeling = { title = "Gefühl", short = "Gefühl" }
group.sense.title = "Sinne"
pattern.lean_needs.1.because = "Schmerz gehört nicht dazu."
"""
LOOK_ALIKE_WORDS = """\
schema = "msals-translation/1"
language = "de"
translates = "msals-look-alikes/1"
[look_alike.other]
name = "Andere Krankheit"
settled_by = "Eine Blutprobe."
feature.1.text = "Beide Seiten."
rule.1.says = "Beide Seiten schmerzen."
"""
GERMAN_FILES = {
    "small_de": TRANSLATION,
    "safety_de": SAFETY_WORDS,
    "weigh_de": WEIGHING_WORDS,
    "alike_de": LOOK_ALIKE_WORDS,
}


def test_a_patient_is_told_of_danger_in_the_language_of_the_screens(tmp_path: Path) -> None:
    library = Library(write(tmp_path, safety_de=SAFETY_WORDS))

    [english], [german] = load_content(library, "small").safety, load_content(library, "small", language="de").safety

    assert (english.say_patient, german.say_patient) == ("Please tell somebody.", "Bitte sagen Sie es jemandem.")
    assert (german.id, german.when, german.level) == (english.id, english.when, english.level)


def test_the_comparison_is_said_in_the_language_of_the_screens(tmp_path: Path) -> None:
    library = Library(write(tmp_path, **GERMAN_FILES))

    spoken = load_content(library, "small", language="de").evidence

    assert spoken is not None
    assert (spoken.first.name, spoken.second.short) == ("Erste Krankheit", "ZK")
    assert spoken.look_alikes["other"].feature[0].text == "Beide Seiten."
    assert spoken.look_alikes["other"].rule[0].says == "Beide Seiten schmerzen."
    assert spoken.findings == library.evidence.findings  # these are not translated, and stay as they are
    assert library.evidence_in("en") is library.evidence


def test_no_translation_is_read_for_the_language_that_content_is_written_in(tmp_path: Path) -> None:
    library = Library(write(tmp_path, safety_de="schema = 'msals-translation/1'\nlanguage = 5\n"))

    assert load_content(library, "small", language="en").evidence is library.evidence
    with pytest.raises(ContentFaults):
        load_content(library, "small", language="de")


def test_a_record_is_gone_on_with_in_the_language_of_its_screens(tmp_path: Path) -> None:
    library = Library(write(tmp_path, safety_de=SAFETY_WORDS))

    content = load_content(library, "small", language="en", words="de")

    assert content.questionnaire.language == "en"
    assert content.safety[0].title == "Beide Seiten schmerzen"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("safety_de", 'action = "Nachsehen lassen."\n', "", ("s1_both", "NO_WORDS")),
        ("safety_de", "[rule.s1_both]", "[rule.s1_bot]", ("s1_bot", "UNKNOWN_RULE")),
        ("safety_de", "Etwas kann", "Eine Andere Krankheit kann", ("s1_both", "NAMES_DISEASE")),
        ("alike_de", "feature.1.text", "feature.2.text", ("other", "UNKNOWN_WORDS")),
        ("weigh_de", "lean_needs.1.because", "lean_needs.2.because", ("msals-weighing/1", "NO_WORDS")),
    ],
)
def test_check_names_by_its_key_what_a_translation_lacks_or_has_too_much(
    tmp_path: Path, file: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    folder = write(tmp_path, **GERMAN_FILES)
    assert check([folder], Library(folder)) == ()
    assert GERMAN_FILES[file].count(old) == 1

    write(tmp_path, **{**GERMAN_FILES, file: GERMAN_FILES[file].replace(old, new)})

    assert expected in {(fault.place, fault.code) for fault in check([folder], Library(folder))}


def test_a_translation_that_cannot_be_shown_is_refused_with_its_line(tmp_path: Path) -> None:
    library = Library(write(tmp_path, safety_de=SAFETY_WORDS.replace('title = "Beide', 'title = 5 # "Beide')))

    with pytest.raises(ContentFaults, match="title is no text") as caught:
        load_content(library, "small", language="de")
    assert caught.value.faults[0].line == 5


def test_check_names_every_file_that_a_language_of_the_screens_lacks(tmp_path: Path) -> None:
    words = FILES["languages/en.toml"].replace('language = "en"', 'language = "de"')
    folder = write(tmp_path, words_de=words, **GERMAN_FILES)

    lacking = [fault.what for fault in check([folder], Library(folder)) if fault.code == "NOT_TRANSLATED"]

    assert lacking == ['"msals-evidence/1" is not translated to "de"']


def test_a_translation_says_of_what_it_is_one(tmp_path: Path) -> None:
    folder = write(tmp_path, de=SAFETY_WORDS.replace('translates = "msals-safety/1"\n', ""))

    [fault] = check([folder], Library(folder))

    assert "it names either a `questionnaire`" in fault.what
