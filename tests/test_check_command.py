"""`msals-tui check`: every fault of every file in one pass, with its line, in plain words."""

import os
import stat
import time
from pathlib import Path

import pytest

from msals_tui.content.checks import check
from msals_tui.content.library import Library, shipped
from msals_tui.errors import Fault
from small_library import FILES, FINDINGS, QUESTIONNAIRE, SOURCES, line_of, write


def faults(tmp_path: Path, *changes: tuple[str, str, str], **more: str) -> list[tuple[str, int, str, str]]:
    """File, line, place and code of all faults of the small library with these changes."""
    folder = write(tmp_path, *changes, **more)
    return [
        (str(Path(one.path).relative_to(folder)), one.line, one.place, one.code)
        for one in check([folder], Library(folder))
    ]


def faults_of(tmp_path: Path, text: str) -> tuple[Fault, ...]:
    """All faults of one questionnaire that stands beside the small library."""
    path = tmp_path / "given.toml"
    path.write_text(text, encoding="utf-8")
    return check([path], Library(write(tmp_path / "library")))


def test_the_shipped_content_has_no_fault() -> None:
    assert [str(one) for one in check([shipped()], Library())] == []


def test_a_small_library_without_mistakes_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_each_of_its_files_alone_has_no_fault(tmp_path: Path) -> None:
    folder = write(tmp_path)

    assert [check([folder / name], Library(folder)) for name in FILES] == [()] * len(FILES)


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "code"),
    [
        ("small.toml", 'item = "pain"', 'item = "pian"', "side", "UNKNOWN_ITEM"),
        ("small.toml", 'is = "yes"', 'is = "left"', "side", "UNKNOWN_OPTION"),
        ("small.toml", 'excludes = ["any_pain"]', 'excludes = ["some_pain"]', "pain", "UNWEIGHED_FINDING"),
        ("small.toml", 'type = "yes_no"', 'type = "yes_or_no"', "pain", "SHAPE"),
        ("small.toml", 'label = "One"', 'lable = "One"', "side", "SHAPE"),
        ("small.toml", 'gate = ["feeling"]', 'gate = ["felling"]', "pain", "UNKNOWN_DOMAIN"),
        ("evidence/findings.toml", "present_db = 9.0", "present_db = 9.1", "any_pain", "WEIGHT"),
        ("evidence/findings.toml", "value = 80", "value = 95", "any_pain", "ODD_FIGURES"),
        ("evidence/findings.toml", 'group = "sense"', 'group = "sence"', "any_pain", "UNKNOWN_GROUP"),
        (
            "evidence/findings.toml",
            'look_alikes = ["other"]',
            'look_alikes = ["othr"]',
            "both_sides",
            "UNKNOWN_LOOK_ALIKE",
        ),
        ("evidence/weighing.toml", 'gate = ["feeling"]', 'gate = ["felling"]', "pattern", "UNKNOWN_DOMAIN"),
        ("evidence/look_alikes.toml", 'finding = "both_sides"', 'finding = "both"', "other", "UNKNOWN_FINDING"),
        ("evidence/look_alikes.toml", 'is = "both" }', 'is = "bth" }', "other", "UNKNOWN_OPTION"),
        ("safety.toml", 'is = "both"', 'is = "none"', "s1_both", "UNKNOWN_OPTION"),
        ("safety.toml", "Something may be pressed.", "It may be MS.", "s1_both", "NAMES_DISEASE"),
        ("languages/en.toml", "Start {title}", "Start {title.upper}", "home.intake", "PLACEHOLDER"),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_place(
    tmp_path: Path, name: str, old: str, new: str, place: str, code: str
) -> None:
    assert (name, line_of(name, old), place, code) in faults(tmp_path, (name, old, new))


def test_a_source_that_is_taken_away_is_missed_wherever_it_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, ("sources.toml", "[source.book]", "[source.another]"))

    assert {code for *_, code in found} == {"UNKNOWN_SOURCE"}
    assert {name for name, *_ in found} == {
        "small.toml", "safety.toml", "evidence/findings.toml", "evidence/look_alikes.toml",
    }  # fmt: skip


def test_a_finding_that_no_question_shows_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, ("small.toml", ', observes = ["both_sides"]', "")) == [
        (
            "evidence/findings.toml",
            line_of("evidence/findings.toml", 'id = "both_sides"'),
            "both_sides",
            "UNREACHED_FINDING",
        )
    ]


def test_a_fault_in_one_place_hides_none_in_another(tmp_path: Path) -> None:
    text = (
        QUESTIONNAIRE.replace('version = "1.0.0"', "version = 1")
        .replace('why = "Pain points to the first."', "wy = 3")
        .replace('item = "pain"', 'item = "pane"')
        .replace('label = "Both"', f'label = "{"B" * 101}"')
    )

    found = faults_of(tmp_path, text)

    assert [(one.line, one.place, one.code) for one in found] == [
        (3, "", "SHAPE"),
        (10, "pain", "NO_WORDS"),
        (15, "pain", "SHAPE"),
        (28, "side", "UNKNOWN_ITEM"),
        (31, "side", "SHAPE"),
    ]


def test_nothing_is_said_of_what_only_follows_from_another_fault(tmp_path: Path) -> None:
    text = QUESTIONNAIRE.replace('type = "yes_no"', 'type = "maybe"').replace('sources = ["book"]', "sources = 3", 2)

    assert [(one.place, one.code) for one in faults_of(tmp_path, text)] == [("pain", "SHAPE"), ("side", "SHAPE")]


def test_a_broken_file_hides_nothing_of_the_others(tmp_path: Path) -> None:
    found = faults(
        tmp_path, ("sources.toml", "[source.book]", "[source.book"), ("safety.toml", 'is = "both"', 'is = "no"')
    )

    assert ("sources.toml", 3, "", "TOML") in found
    assert ("safety.toml", line_of("safety.toml", "when"), "s1_both", "UNKNOWN_OPTION") in found


def test_names_are_looked_for_in_what_is_given_and_then_in_the_library(tmp_path: Path) -> None:
    library = Library(write(tmp_path / "library"))
    given = tmp_path / "given"
    given.mkdir()
    based = 'base = "small"\n[[section]]\nid = "a"\ntitle = "A"\ntake = ["pain", "new"]\n'
    (given / "brief.toml").write_text(QUESTIONNAIRE.partition("[[section]]")[0].replace("small", "brief") + based)

    assert [one.code for one in check([given], library)] == ["UNKNOWN_ITEM"]

    (given / "small.toml").write_text(QUESTIONNAIRE.replace('"side"', '"new"'))
    assert check([given], library) == ()


def test_a_folder_that_is_a_library_of_its_own_is_checked_by_itself(tmp_path: Path) -> None:
    folder = write(tmp_path, ("evidence/findings.toml", 'id = "any_pain"', 'id = "ache"'))

    assert ("small.toml", "UNWEIGHED_FINDING") in {
        (Path(one.path).name, one.code) for one in check([folder], Library())
    }


def test_two_files_of_which_there_should_be_one_are_named(tmp_path: Path) -> None:
    assert {code for *_, code in faults(tmp_path, again=QUESTIONNAIRE, twice=FINDINGS)} == {"DUPLICATE_FILE"}


@pytest.mark.parametrize(
    ("text", "line", "code", "what"),
    [
        ("", 1, "SCHEMA", "does not say what it is"),
        ("title = 1", 1, "SCHEMA", "does not say what it is"),
        ('\nschema = "msals-questionaire/1"', 2, "SCHEMA", "is not known"),
        ('schema = "x"\ny = [1,\n', 3, "TOML", "is not TOML"),
        ('schema = "x"\nschema = "x"', 2, "TOML", "is not TOML"),
        ("x = \x00", 1, "TOML", "is not TOML"),
        (f"x = {'[' * 200}", 1, "TOML", "deep"),
    ],
)
def test_a_file_that_is_no_content_gets_one_clear_sentence(
    tmp_path: Path, text: str, line: int, code: str, what: str
) -> None:
    [fault] = faults_of(tmp_path, text)

    assert (fault.line, fault.code) == (line, code)
    assert what in fault.what
    assert fault.hint


def test_a_misspelt_schema_is_guessed(tmp_path: Path) -> None:
    [fault] = faults_of(tmp_path, 'schema = "msals-questionaire/1"')

    assert fault.hint == 'did you mean "msals-questionnaire/1"?'


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "unreadable"])
def test_what_cannot_be_read_is_a_fault_like_any_other(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "given.toml"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "unreadable":
            path.write_text(QUESTIONNAIRE)
            path.chmod(0)
            if os.access(path, os.R_OK):
                pytest.skip("root may read everything")
            assert stat.S_IMODE(path.stat().st_mode) == 0

    [fault] = check([path], Library(write(tmp_path / "library")))

    assert (fault.line, fault.code) == (0, "EMPTY_FOLDER" if kind == "folder" else "UNREADABLE")


def test_hidden_characters_are_named_and_never_repeated(tmp_path: Path) -> None:
    text = QUESTIONNAIRE.replace("Which side?", "Which\\u202e side?", 1).replace("gate =", '"\\u001b[2J" =')

    found = faults_of(tmp_path, text)

    assert [(one.line, one.code) for one in found] == [
        (17, "HIDDEN_CHARACTERS"),
        (17, "SHAPE"),
        (24, "HIDDEN_CHARACTERS"),
    ]
    assert all(str(one).isprintable() for one in found)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('label = "One"', 'lable = "One"', 'in options 1: has an unknown key "lable"; did you mean "label"?'),
        ('label = "One"', 'code2 = "x"', 'in options 1: "label" is missing; write label = ...'),
        ('title = "First"', 'title = "First"\ntitel = "x"', 'has an unknown key "titel"; did you mean "title"?'),
        ('ask = "Which side?"', "ask = 3", '"ask" must be a text; write it in quotes'),
        ('sources = ["book"]\ngate', 'sources = "book"\ngate', '"sources" must be a list; write it in square brackets'),
        ('id = "side"', 'id = "Seite"', '"id" has the wrong form; ids are lower-case ASCII'),
        ('id = "side"', 'id = "se\u00efte"', '"id" has the wrong form; ids are lower-case ASCII'),
        ('code = "one"', 'code = "One"', 'in options 1: "code" has the wrong form; codes are lower-case ASCII'),
        ('version = "1.0.0"', 'version = "1"', '"version" has the wrong form; versions are written "1.0.0"'),
        ('type = "choice"', 'type = "choise"', "has a type that is not known; write 'choice', 'several'"),
        (
            'is = "yes" }',
            'is = "yes", any_of = ["no"] }',
            '"enable_when" is wrong: a condition compares in exactly one way',
        ),
        ('is = "yes" }', 'iss = "yes" }', 'in enable_when: has an unknown key "iss"'),
        (
            '{ item = "pain", is = "yes" }',
            "{ not = { not = { x = 1 } } }",
            'in enable_when, not: "not" is no condition',
        ),
        ('{ item = "pain", is = "yes" }', "{ any = [] }", 'in enable_when: "any" needs at least 1; add one'),
        ('ask = "Which side?"', f'ask = "{"x" * 401}"', '"ask" is longer than 400 characters; shorten it'),
    ],
)
def test_a_wrong_shape_is_said_in_plain_words(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert QUESTIONNAIRE.count(old) == 1

    found = [str(one) for one in faults_of(tmp_path, QUESTIONNAIRE.replace(old, new)) if one.code == "SHAPE"]

    assert any(sentence in one for one in found), found
    assert not any("pydantic" in one.lower() or "input" in one.lower() for one in found)


def test_bounds_that_are_exchanged_are_said_in_plain_words(tmp_path: Path) -> None:
    number = '[[section.item]]\nid = "age"\ntype = "number"\nask = "Age?"\nunit = "years"\nmin = 120\nmax = 0\n'

    [fault] = faults_of(tmp_path, QUESTIONNAIRE + number)

    assert (fault.place, fault.what) == ("age", "is wrong: min must be below max")


def test_authors_that_are_no_text_are_called_by_their_key(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(SOURCES.replace('"Somebody"', "1"), encoding="utf-8")

    [fault] = check([tmp_path / "sources.toml"], Library())

    assert (fault.place, fault.what) == ("book", '"authors" must be a text')


def test_what_was_rejected_is_never_repeated(tmp_path: Path) -> None:
    found = faults_of(tmp_path, QUESTIONNAIRE.replace('type = "choice"', 'type = "secret"').replace("1.0.0", "secret"))

    assert found
    assert not any("secret" in str(one) for one in found)


def test_faults_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ("small.toml", "1.0.0", "1"),
        ("small.toml", 'code = "one"', 'code = "One"'),
        ("safety.toml", "S1", "X1"),
    )

    assert found == sorted(found)
    assert [name for name, *_ in found] == ["safety.toml", "small.toml", "small.toml"]


def test_a_questionnaire_of_ten_thousand_items_is_checked_in_seconds(tmp_path: Path) -> None:
    head, _, _ = QUESTIONNAIRE.partition("[[section.item]]")
    item = '[[section.item]]\nid = "q{0}"\ntype = "yes_no"\nask = "A?"\nask_patient = "A?"\nwhy = "W"\nsources = ["book"]\n{1}'
    hangs = 'enable_when = {{ item = "q{}", is = "yes" }}\n'
    items = "".join(item.format(number, hangs.format(number - 1) if number % 5 else "") for number in range(10_000))
    start = time.process_time()

    assert faults_of(tmp_path, head + items) == ()
    assert time.process_time() - start < 20


def test_a_file_with_countless_faults_lists_the_first_and_counts_the_rest(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path, QUESTIONNAIRE.replace("gate =", "".join(f"k{number} = 1\n" for number in range(3000)) + "gate =")
    )

    assert "2000 more faults are not listed" in [one.what for one in found]
    assert len(found) == 1001


def test_more_tables_than_any_content_needs_are_refused(tmp_path: Path) -> None:
    [fault] = faults_of(tmp_path, QUESTIONNAIRE + '[[section.item]]\nid = "x"\n' * 10_001)

    assert fault.what == 'holds more than 10000 tables in "item"'
