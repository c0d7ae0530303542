"""The reference: what it says of both diseases, where that comes from, what the check finds, how it is read line by line."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from builders import tuples
from hostile import forbidden
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.evidence.reference import ReferenceFile, ReferenceRow, Simplified, Statement
from msals_tui.evidence.reference_checks import reference_problems
from msals_tui.plain.app import Plain
from msals_tui.plain.lines import EndOfInput
from msals_tui.questionnaire.validate import validated
from msals_tui.session.load_content import load_content
from msals_tui.session.options import Options
from msals_tui.session.session import Session
from sittings import CLOCK, content, lines, script, shipped, startup
from small_library import write

REFERENCE = """\
schema = "msals-reference/1"
version = "1.0.0"

[[section]]
id = "what"
title = "What happens"

[[section.row]]
id = "where"
topic = "Where"
side.ms = [{ text = "In one place.", sources = ["book"], read = true }]
side.als = [{ text = "In another.", read = false }]
simplified = [{ popular = "Everywhere.", literature = "Not so.", sources = ["book"], read = true }]

[[section]]
id = "life"
title = "Life"

[[section.row]]
id = "length"
topic = "Length of life"
clinician_only = true
side.ms = [{ text = "Long.", read = false }]
side.als = [{ text = "Short.", read = false }]
"""
ASKED = '[[item]]\nid = "side"\ntype = "choice"\noptions = ["left", "right"]\n'

# Every simplification of popular articles that the clinical review of the seed article named, with the row that answers it.
CORRECTED = {
    "purely motor": "feeling",
    "spares the mind": "thinking_and_behaviour",
    "spares bladder and bowel": "bladder_and_bowel",
    "95 % of people with MS have bands": "oligoclonal_bands",
    "stays intact": "what_is_attacked",
    "10 % of ALS runs in families": "family",
    "3 to 5 years": "length_of_life",
    "hardly shortens life": "length_of_life",
    "Twitching is a hallmark": "twitching",
    "no test for ALS": "criteria",
    "confirmed by EMG": "emg",
    "diagnosed by MRI": "mri_brain",
    "Neurofilament marks both": "neurofilament",
    "Pain is listed": "pain",
    "often comes in relapses": "course_over_time",
    "without a pause": "recovery_and_plateaus",
    "autoimmune": "how_it_is_attacked",
    "does not turn into ALS": "one_and_the_other",
}


def every_row() -> list[ReferenceRow]:
    reference = shipped().reference
    assert reference is not None
    return [row for section in reference.sections for row in section.row]


def said() -> Iterator[tuple[str, Statement | Simplified]]:
    for row in every_row():
        for statements in row.side.values():
            yield from ((row.id, one) for one in statements)
        yield from ((row.id, one) for one in row.simplified)


def row(name: str) -> ReferenceRow:
    return next(one for one in every_row() if one.id == name)


def text_of(one: Statement | Simplified) -> str:
    return one.text if isinstance(one, Statement) else one.literature


# What it says


@pytest.mark.parametrize("popular", CORRECTED)
def test_every_simplification_of_popular_articles_stands_beside_what_the_literature_says(popular: str) -> None:
    found = [one for one in row(CORRECTED[popular]).simplified if popular in one.popular]
    assert [bool(one.literature) for one in found] == [True]


def test_no_other_simplification_slips_in_unseen() -> None:
    assert sum(len(one.simplified) for one in every_row()) == len(CORRECTED)


TOPICS = {
    "what_happens", "who_gets_it", "first_symptoms", "course", "spared_and_shared", "signs", "tests", "family_and_genes",
    "treatment", "not_told",
}  # fmt: skip


def test_every_topic_has_its_section_and_every_test_its_row() -> None:
    reference = shipped().reference
    assert reference is not None
    assert {one.id for one in reference.sections} == TOPICS
    tests = {"mri_brain", "mri_cord", "oligoclonal_bands", "emg", "nerve_conduction", "neurofilament"}
    assert tests <= {one.id for one in every_row()}


def test_a_number_is_never_said_without_a_source_that_was_read() -> None:
    numbered = [(name, one) for name, one in said() if any(letter.isdigit() for letter in text_of(one))]
    assert len(numbered) > 50
    assert [(name, text_of(one)) for name, one in numbered if not (one.read and one.sources)] == []


def figures(*findings: str) -> set[str]:
    evidence = shipped().evidence
    seen = [one for name in findings for one in evidence.findings[name].frequency]
    tests = [one for name in findings for one in evidence.findings[name].accuracy]
    numbers = [value for one in seen for value in (one.value, one.low, one.high)]
    numbers += [value for one in tests for value in (one.sensitivity, one.specificity)]
    return {f"{value.normalize():f}" for value in numbers if value is not None}


@pytest.mark.parametrize(
    ("name", "side", "findings", "numbers"),
    [
        ("age_at_start", "ms", ["age_onset_under_40", "age_onset_50_plus"], ["80", "3.2"]),
        ("age_at_start", "als", ["age_onset_under_40", "age_onset_50_plus"], ["62.1", "10"]),
        ("women_and_men", "ms", ["sex_female"], ["71.4"]),
        ("women_and_men", "als", ["sex_female"], ["39.1", "42.4"]),
        ("first_weak_limb", "ms", ["limb_weakness_first"], ["37.1"]),
        ("first_weak_limb", "als", ["limb_weakness_first"], ["72"]),
        ("first_feeling", "ms", ["numbness_tingling"], ["42.4"]),
        ("first_speech", "als", ["bulbar_onset"], ["22.1", "14", "25"]),
        ("first_breathing", "als", ["respiratory_onset"], ["2.7"]),
        ("feeling", "als", ["sensory_conduction_abnormal"], ["22.7", "14.7"]),
        ("thinking_and_behaviour", "ms", ["cognitive_slowing"], ["32.5"]),
        ("thinking_and_behaviour", "als", ["behaviour_change_ftd"], ["15", "18"]),
        ("bladder_and_bowel", "ms", ["bladder_urgency_retention", "constipation"], ["25.8", "60.7", "39", "73"]),
        ("bladder_and_bowel", "als", ["bladder_urgency_retention", "constipation"], ["3.1", "25", "33", "64.7"]),
        ("pain", "ms", ["any_pain"], ["63", "55", "70"]),
        ("pain", "als", ["any_pain"], ["60", "50", "69"]),
        ("fatigue", "ms", ["fatigue"], ["64.7"]),
        ("fatigue", "als", ["fatigue"], ["81.8"]),
        ("upper_motor_signs", "ms", ["hyperreflexia"], ["36", "62"]),
        (
            "upper_motor_signs", "als",
            ["hyperreflexia", "babinski_sign", "spasticity", "no_pyramidal_signs"], ["69.2", "49.2", "16.9", "26.1"],
        ),
        ("twitching", "als", ["widespread_fasciculations_with_weakness"], ["56.3"]),
        ("neck_shock_and_heat", "ms", ["lhermitte_sign", "heat_worsens_uhthoff"], ["16", "10", "52"]),
        ("mri_brain", "ms", ["mri_brain_typical_ms_lesions", "central_vein_sign"], ["95", "92"]),
        ("mri_cord", "ms", ["mri_cord_ms_type_lesion"], ["74"]),
        ("oligoclonal_bands", "ms", ["csf_oligoclonal_bands"], ["87.7", "68.6", "67.5", "93.8"]),
        ("oligoclonal_bands", "als", ["csf_oligoclonal_bands"], ["3.5"]),
        ("evoked_potentials", "ms", ["vep_delayed"], ["75", "38"]),
        ("emg", "als", ["emg_denervation_2_regions"], ["86.3", "78.4"]),
        ("neurofilament", "als", ["nfl_very_high"], ["85.5", "81.8"]),
        ("criteria", "als", ["umn_plus_lmn_same_region"], ["94.3", "82.4"]),
        ("family", "ms", ["family_history_ms"], ["11.8"]),
        ("family", "als", ["family_history_als_ftd"], ["5", "4"]),
        ("genes", "als", ["als_gene_variant"], ["8", "12"]),
    ],
)  # fmt: skip
def test_figures_are_those_of_the_findings(name: str, side: str, findings: list[str], numbers: list[str]) -> None:
    text = " ".join(one.text for one in row(name).side[side])
    words = {word.strip("(),.;:%").removesuffix(".0") for word in text.split()}
    assert set(numbers) <= words
    assert set(numbers) <= figures(*findings)


def test_how_long_people_live_is_said_in_one_row_and_to_clinicians_alone() -> None:
    assert [one.id for one in every_row() if one.clinician_only] == ["length_of_life"]
    for name, one in said():
        text = f"{text_of(one)} {one.popular if isinstance(one, Simplified) else ''}".casefold()
        named = [word for word in ("surviv", "alive", "death", "shorten", "years shorter") if word in text]
        assert not named or name == "length_of_life", text


# What the check finds


def read(old: str = "", new: str = "") -> ReferenceFile:
    assert not old or REFERENCE.count(old) == 1
    text = REFERENCE.replace(old, new) if old else REFERENCE
    return validated(ReferenceFile, tuples(tomllib.loads(text, parse_float=Decimal)))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ('text = "In one place.", sources = ["book"]', 'text = "In one place.", sources = ["bok"]', ["UNKNOWN_SOURCE"]),
        ('"Not so.", sources = ["book"]', '"Not so.", sources = ["bok"]', ["UNKNOWN_SOURCE"]),
        ('"In one place.", sources = ["book"]', '"In one place."', ["NO_SOURCE"]),
        ('"In another."', '"In another.", sources = ["book"]', ["NOT_READ"]),
        ('side.als = [{ text = "In another.", read = false }]', "side.als = []", ["EMPTY_ROW"]),
        ('side.als = [{ text = "In another.", read = false }]\n', "", ["EMPTY_ROW"]),
        ('side.als = [{ text = "In another.", ', 'side.pls = [{ text = "In another.", ', ["UNKNOWN_SIDE", "EMPTY_ROW"]),
        ('id = "length"', 'id = "where"', ["DUPLICATE_ID"]),
        ('id = "life"', 'id = "what"', ["DUPLICATE_ID"]),
        ('title = "Life"\n', 'title = "Life"\nrow = []\n[[section]]\nid = "more"\ntitle = "More"\n', ["EMPTY_SECTION"]),
    ],
)
def test_each_row_says_something_of_both_sides_and_names_what_is_there(old: str, new: str, found: list[str]) -> None:
    problems = reference_problems(read(old, new), sides=("ms", "als"), sources=("book",))
    assert [one.code for one in problems] == found


def test_sides_and_sources_that_are_not_known_are_not_checked() -> None:
    assert reference_problems(read('["book"], read = true }]\nside', '["bok"], read = true }]\nside')) == ()


def faults(tmp_path: Path, text: str, name: str = "reference") -> list[tuple[str, int, str, str]]:
    folder = write(tmp_path, **{name: text, "reference": REFERENCE} if name != "reference" else {name: text})
    return [(Path(one.path).name, one.line, one.place, one.code) for one in check([folder], Library(folder))]


def test_a_mistake_in_the_reference_is_named_with_file_line_and_row(tmp_path: Path) -> None:
    line = REFERENCE[: REFERENCE.index("side.ms")].count("\n") + 1
    assert faults(tmp_path, REFERENCE) == []
    wrong = REFERENCE.replace('"In one place.", sources = ["book"]', '"In one place.", sources = ["bok"]')
    assert faults(tmp_path, wrong) == [("reference.toml", line, "where", "UNKNOWN_SOURCE")]


def test_what_a_row_says_and_cannot_be_read_is_named_once(tmp_path: Path) -> None:
    wrong = REFERENCE.replace('"In another.", read = false', '"In another.", raed = false')
    assert {(place, code) for _, _, place, code in faults(tmp_path, wrong)} == {("where", "SHAPE")}


def test_a_second_reference_is_one_too_many(tmp_path: Path) -> None:
    assert ("second.toml", 1, "", "DUPLICATE_FILE") in faults(tmp_path, REFERENCE, "second")


def test_a_library_may_do_without_a_reference(tmp_path: Path) -> None:
    library = Library(write(tmp_path))
    assert library.reference is None
    assert load_content(library, "small").reference is None


def test_a_sitting_of_a_patient_never_loads_the_reference_and_one_of_staff_does() -> None:
    assert load_content(shipped(), "ms_als_brief").reference is None
    assert load_content(shipped(), "ms_als_brief", comparing=True).reference is None
    assert load_content(shipped(), "ms_als_intake").reference is shipped().reference


# Line by line


def sitting(asked: str = ASKED) -> Session:
    return Session(replace(content(asked), reference=shipped().reference), CLOCK)


def test_the_reference_is_read_out_without_what_only_clinicians_hear() -> None:
    session = sitting()
    told = script(session, lines(":reference", "1"))
    assert "MS: 63 % have pain (55 to 70 %)." in told
    assert "MS: Not a sign of MS. (From general knowledge, not read in a source.)" in told
    assert "Popular articles say: ALS is purely motor." in told
    assert "doi:" not in told
    assert "30 months" not in told
    assert "For clinicians only: :reference 10 says it." in told
    assert list(session.interview.response.given) == ["side"], "the question was still open"


def test_a_section_is_read_out_with_its_sources_and_with_what_clinicians_hear() -> None:
    told = script(sitting(), lines(":reference 10"))
    assert "30 months" in told
    assert "ALS, literature: Pupillo E" in told
    assert "doi:10.1002/ana.24096" in told
    assert "have pain" not in told


@pytest.mark.parametrize("typed", [":reference 11", ":reference pain", ":reference 0"])
def test_a_section_that_is_not_there_is_said_with_those_that_are(typed: str) -> None:
    told = script(sitting(), lines(typed))
    assert (
        f"There is no section {typed.split()[1]} in the reference. Type :reference and a number from 1 to 10." in told
    )


def test_a_patient_is_refused_in_a_sentence_and_hears_no_disease() -> None:
    for asked in (content(f'voice = "patient"\n{ASKED}'), load_content(shipped(), "ms_als_brief")):
        told = script(Session(asked, CLOCK), lines(":reference", ":reference 10", ":h"))
        assert told.count("There is no reference here.") == 2
        assert "MS" not in told
        assert "ALS" not in told


def test_the_reference_can_be_read_in_the_middle_of_a_round() -> None:
    rounds = '[[item]]\nid="attacks"\ntype="group"\nrow_label="Attack"\n[[item.items]]\nid="sight"\ntype="yes_no"\n'
    session = sitting(rounds)
    told = script(session, lines("1", ":reference 5", "1", "2"))
    assert "63 % have pain" in told
    assert "attacks" in session.interview.response.given


HOSTILE = (
    REFERENCE.replace("In one place.", "\\u001b]0;owned\\u0007")
    .replace("Not so.", "\\u001b[2J")
    .replace("What happens", "\\u202eWhat")
)


def test_text_of_a_reference_commands_no_terminal(tmp_path: Path) -> None:
    reference = Library(write(tmp_path, reference=HOSTILE)).reference
    assert reference is not None
    told = script(Session(replace(content(ASKED), reference=reference), CLOCK), lines(":reference", ":reference 1"))
    assert "^[]0;owned^G" in told
    assert not forbidden(told.replace("\n", " "))


class Typist:
    """Types lines one after the other and remembers what was said."""

    def __init__(self, *typed: str) -> None:
        self._typed = list(typed)
        self.heard = ""

    def say(self, text: str) -> None:
        self.heard += f"{text}\n"

    def ask(self, prompt: str) -> str:
        if not self._typed:
            raise EndOfInput
        return self._typed.pop(0)


def test_home_line_by_line_offers_the_reference_and_asks_on(tmp_path: Path) -> None:
    typist = Typist("1", ":reference 5", "0")
    assert Plain(startup(Options(), tmp_path), typist).run() == 0
    assert ":reference. Look up MS and ALS, side by side" in typist.heard
    assert "63 % have pain" in typist.heard


def test_home_of_a_library_for_patients_alone_offers_no_reference(tmp_path: Path) -> None:
    words = ("languages/en.toml", WORDS_START, (shipped().root / "languages/en.toml").read_text(encoding="utf-8"))
    voice = ("small.toml", 'title = "Small"\n', 'title = "Small"\nvoice = "patient"\n')
    library = Library(write(tmp_path, words, voice, reference=REFERENCE))
    assert library.reference is not None
    typist = Typist("1", ":reference", "0")
    Plain(startup(Options(), tmp_path / "records", library), typist).run()
    assert "Small" in typist.heard
    assert "MS" not in typist.heard


WORDS_START = """\
schema = "msals-words/1"
language = "en"
name = "English"

[words.home]
title = "What now?"
intake = "Start {title}"
"""
