"""What something new in the content must say, to fill in: it has the right shape, and check names what is left to do."""

import tomllib
from pathlib import Path

import pytest

from msals_tui.cli import main
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.content.library import shipped as shipped_folder
from msals_tui.content.skeletons import KINDS, TYPES, skeletons
from sittings import english, shipped
from small_library import write

PLACES = {"ms_als_intake.toml": "small.toml"}
PARTS = ("question", "finding", "look-alike", "rule", "consistency")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small library without a fault, to be added to."""
    return write(tmp_path)


def added(folder: Path, kind: str, name: str, item_type: str = "choice") -> list[str]:
    """The codes that check finds after a skeleton was put where it belongs, each of which must name it."""
    for one in skeletons(kind, name, shipped(), english(), item_type):
        with (folder / PLACES.get(one.file, one.file)).open("a", encoding="utf-8") as file:
            file.write("\n" + one.text)
    faults = check([folder], Library(folder))
    assert {fault.place for fault in faults if fault.path != str(folder / "simulation.toml")} == {name}
    return [fault.what for fault in faults]


@pytest.mark.parametrize("item_type", TYPES)
def test_check_names_what_is_left_to_do_in_a_new_question_of_every_type(folder: Path, item_type: str) -> None:
    assert '"ask" is empty' in added(folder, "question", "hand_tremor", item_type)


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("finding", ('"label" is empty', '"plain" is empty', '"chance_basis" is empty')),
        ("look-alike", ('"name" is empty', '"settled_by" is empty', 'in rule 1: "says" is empty')),
        ("rule", ('"title" is empty', '"say_patient" is empty', '"number" has the wrong form')),
    ],
)
def test_check_names_what_is_left_to_do_in_every_other_part(folder: Path, kind: str, left: tuple[str, ...]) -> None:
    assert set(left) <= set(added(folder, kind, "hand_tremor"))


def test_a_new_questionnaire_says_what_it_still_lacks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "questionnaire", "short", "-o", str(folder)])
    path = Path(capsys.readouterr().out.strip())
    faults = check([folder], Library(folder))
    assert {(fault.path, fault.what) for fault in faults} == {(str(path), '"title" is empty')}

    path.write_text(path.read_text(encoding="utf-8").replace('title = ""', 'title = "Short"'), encoding="utf-8")
    assert [fault.code for fault in check([folder], Library(folder))] == ["EMPTY_SECTION"]


def test_a_new_language_is_made_of_every_text_and_check_names_each_by_its_key(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "language", "xx", "-o", str(folder)]) == 0
    written = capsys.readouterr().out.splitlines()
    assert {Path(one).name for one in written} == {
        "xx.toml", "xx.ms_als_intake.toml", "xx.ms_als_brief.toml", "xx.safety.toml", "xx.evidence.toml",
        "xx.weighing.toml", "xx.look-alikes.toml", "xx.reference.toml",
    }  # fmt: skip
    faults = check([folder / "languages/xx.safety.toml"], shipped())
    assert ("s1_sudden_now", "say_patient is not translated") in {(one.place, one.what) for one in faults}
    for path in written:
        whole = Path(path).read_text(encoding="utf-8").replace("\n# ", "\n")
        tomllib.loads(whole[whole.index("schema") :])


def test_a_language_that_was_begun_is_never_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "language", "xx", "-o", str(folder)])
    assert main(["new", "language", "xx", "-o", str(folder)]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("kind", PARTS)
def test_a_part_is_printed_with_the_file_that_it_belongs_in(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", kind, "hand_tremor"]) == 0
    first, *_ = capsys.readouterr().out.splitlines()
    assert (shipped_folder() / first.removeprefix("# ")).is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "disease", "x"], 'there is no new "disease"; choose one of question'),
        (["new", "question", "x", "--type", "slider"], 'no question is of type "slider"; choose one of choice'),
        (["new", "question", "Hand Tremor"], "Hand Tremor is no id"),
        (["new", "language", "german"], "german is no language"),
        (["new", "finding", "x", "-o", "."], "a finding is a part of a file"),
    ],
)
def test_a_wrong_call_is_told_what_to_write(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_every_kind_is_tried_here() -> None:
    assert {*PARTS, "questionnaire", "language"} == set(KINDS)
