"""What faults say, in every language: the English sentence is the key, and check names those that a language lacks."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import tomli_w

from msals_tui.content.checks import check
from msals_tui.content.error_sentences import FILLED, PACKAGE, error_sentences, fault_names
from msals_tui.content.library import Library
from msals_tui.errors import Filled, InputFault, MachineFault
from msals_tui.flow.outcome import Failed
from msals_tui.questionnaire.words import Words
from msals_tui.ui.flow.end_words import end_words

TREES = {path: ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))}

GERMAN = Words(
    "de",
    {},
    {
        "{count} records begin so: {ids}": "So beginnen {count} Einträge: {ids}",
        "{what}: {why}": "{what} ({why})",
        "not written": "nicht geschrieben",
        "the disk is full": "die Platte ist voll",
        "make room": "Platz schaffen",
    },
)


def test_a_fault_is_english_until_somebody_asks_for_another_language() -> None:
    fault = InputFault(Filled("{count} records begin so: {ids}", count=2, ids="ab, ac"), where="a", hint="make room")

    assert str(fault) == "a: 2 records begin so: ab, ac; make room"
    assert fault.said(GERMAN) == "a: So beginnen 2 Einträge: ab, ac; Platz schaffen"


def test_what_is_filled_in_is_said_in_the_language_too() -> None:
    fault = MachineFault(Filled("{what}: {why}", what=Filled("not written"), why=Filled("the disk is full")))

    assert (str(fault), fault.said(GERMAN)) == (
        "not written: the disk is full",
        "nicht geschrieben (die Platte ist voll)",
    )


def test_what_is_not_translated_stays_english() -> None:
    fault = InputFault(Filled("no file {name}", name="{x}"), hint="check the name")

    assert fault.said(GERMAN) == str(fault) == "no file {x}; check the name"


def test_a_sentence_that_was_translated_wrongly_is_said_in_english() -> None:
    wrong = Words("de", {}, {"no file {name}": "keine Datei {nmae}"})

    assert InputFault(Filled("no file {name}", name="a")).said(wrong) == "no file a"


def test_braces_that_are_meant_as_such_are_doubled_in_a_filled_sentence_only() -> None:
    assert str(InputFault("write { a = 1 }")) == "write { a = 1 }"
    assert Filled("write {{ {name} = 1 }}", name="a") == "write { a = 1 }"


def calls(names: frozenset[str]) -> Iterator[tuple[str, ast.Call]]:
    """Every call of these in the program, with its place."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def test_every_filled_sentence_is_given_what_it_fills_in() -> None:
    wrong = []
    for place, call in calls(frozenset({FILLED})):
        [template] = call.args
        assert isinstance(template, ast.Constant), place
        names = {name for _, name, _, _ in Formatter().parse(str(template.value)) if name is not None}
        if names != {keyword.arg for keyword in call.keywords}:
            wrong.append(place)
    assert wrong == []


def test_no_fault_says_a_sentence_that_no_language_can_have() -> None:
    faults = fault_names([path.read_bytes() for path in TREES])
    said = [
        (place, part)
        for place, call in calls(faults)
        for part in (*call.args[:1], *(one.value for one in call.keywords if one.arg == "hint"))
    ]
    assert said
    assert [place for place, part in said if isinstance(part, ast.JoinedStr | ast.BinOp)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "the file has no label",  # where it is raised
        "write more of its digits",  # given to a name
        "{count} records begin so: {found}",  # filled in
        "the disk is full",  # marked, and raised elsewhere
    ],
)
def test_every_sentence_is_found_wherever_it_stands(sentence: str) -> None:
    assert sentence in error_sentences()


def test_check_names_every_sentence_that_a_language_lacks_or_has_too_much(tmp_path: Path) -> None:
    filled = "{count} records begin so: {found}"
    lacking, *others = (one for one in error_sentences() if one != filled)
    errors = {**dict(zip(others, others, strict=True)), filled: "{count}", "no fault says so": "x"}
    words = {"schema": "msals-words/1", "language": "de", "name": "Deutsch", "words": {}, "errors": errors}
    (tmp_path / "de.toml").write_text(tomli_w.dumps(words), encoding="utf-8")

    found = check([tmp_path / "de.toml"], Library())
    faults = [one for one in found if one.place == "errors"]

    assert {(one.code, one.what[1:].rpartition('" is ')[0]) for one in faults} == {
        ("NO_WORDS", lacking), ("UNKNOWN_WORDS", "no fault says so"),
    }  # fmt: skip
    assert [one.place for one in found if one.code == "PLACEHOLDER"] == [filled]


def test_the_end_of_a_run_says_a_fault_in_the_language_of_the_screens() -> None:
    fault = MachineFault(Filled("{what}: {why}", what=Filled("not written"), why=Filled("the disk is full")), where="x")

    assert end_words(Failed(fault), GERMAN, patient=True) == "x: nicht geschrieben (die Platte ist voll)\n"
