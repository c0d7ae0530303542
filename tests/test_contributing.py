"""CONTRIBUTING, followed to the letter in a copy of the content: check is silent, and what was added is asked and counted."""

import re
import shutil
from pathlib import Path

import pytest

from msals_tui.cli import main
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.content.library import shipped as shipped_folder
from msals_tui.interview.events import Answered, Jump
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.session.compare_case import compare_session
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from other_language import fill_in
from sittings import CLOCK, lines, script

PAGE = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```toml\n# (\S+?)(?:, in the options of (\w+))?\n(.*?)```", re.DOTALL)
QUESTION, FINDING, LOOK_ALIKE, RULE = "Add a question", "Add a finding", "Add a look-alike", "Add a safety rule"
CONSISTENCY = "Add a consistency rule"


def blocks(heading: str) -> list[tuple[str, str, str]]:
    """File, question and text of every example under a heading."""
    sections = {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")}
    return [found.groups(default="") for found in _BLOCK.finditer(sections[heading])]  # type: ignore[misc]


def follow(folder: Path, *headings: str) -> None:
    """Puts the examples where the page says."""
    for file, question, text in (block for heading in headings for block in blocks(heading)):
        path = folder / file
        whole = path.read_text(encoding="utf-8")
        if question:
            start = whole.index("options = [\n", whole.index(f'id = "{question}"')) + len("options = [\n")
            path.write_text(whole[:start] + text + whole[start:], encoding="utf-8")
        else:
            path.write_text(f"{whole}\n{text}", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped content, to be added to."""
    return shutil.copytree(shipped_folder(), tmp_path / "content")


def sit(library: Library, tremor: str) -> Session:
    """A sitting in which the hands shake in this way."""
    session = Session(load_content(library, "ms_als_intake"), CLOCK)
    session.post(Jump("weakness"))
    session.post(Answered("weakness", Choice(("yes",))))
    session.post(Jump("hand_tremor"))
    session.post(Answered("hand_tremor", Choice((tremor,))))
    return session


def test_a_question_and_an_option_of_it(folder: Path) -> None:
    follow(folder, QUESTION)

    assert [str(fault) for fault in check([folder], Library(folder))] == []
    session = sit(Library(folder), "reaching")
    assert session.findings["intention_tremor"].status == "observed"
    assert compare_session(session, kind="answers").comparison.contributions["intention_tremor"].status == "observed"
    session.post(Jump("hand_tremor"))
    assert "When holding something" in script(session, lines(":h"))


def test_a_finding_with_its_source(folder: Path) -> None:
    follow(folder, QUESTION, FINDING)

    assert [str(fault) for fault in check([folder], Library(folder))] == []
    session = sit(Library(folder), "rest")
    assert session.findings["rest_tremor"].observed_by == ("hand_tremor",)
    assert session.comparison is not None
    assert [one.id for one in session.comparison.elsewhere] == ["rest_tremor"]


def test_a_look_alike(folder: Path) -> None:
    follow(folder, QUESTION, FINDING, LOOK_ALIKE)

    assert [str(fault) for fault in check([folder], Library(folder))] == []
    session = sit(Library(folder), "rest")
    assert {one.look_alike.id: one.standing for one in session.look_alikes}["parkinson"] == "remark"


def test_a_safety_rule(folder: Path) -> None:
    follow(folder, QUESTION, FINDING, RULE)

    assert [str(fault) for fault in check([folder], Library(folder))] == []
    session = sit(Library(folder), "holding")
    assert "s10_cannot_hold" in {one.rule.id for one in session.fired}


def test_a_consistency_rule(folder: Path) -> None:
    follow(folder, QUESTION, CONSISTENCY)

    assert [str(fault) for fault in check([folder], Library(folder))] == []
    session = sit(Library(folder), "reaching")
    session.post(Jump("unsteady"))
    session.post(Answered("unsteady", Choice(("no",))))
    assert [one.rule.id for one in session.new_mismatches] == ["shakes_and_never_misses"]
    assert session.findings["intention_tremor"].status == "unknown"


def test_a_language(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [command] = re.findall(r"```sh\nmsals-tui (.*?)\n```", PAGE)
    main(command.replace("questionnaires", str(folder)).split())
    for path in capsys.readouterr().out.splitlines():
        fill_in(Path(path))

    library = Library(folder)
    assert [str(fault) for fault in check([folder], library)] == []
    content = load_content(library, "ms_als_intake", language="xx")
    assert content.questionnaire.language == "xx"
    session = Session(content, CLOCK)
    assert compare_session(session, kind="answers").comparison.pattern == "asked_too_little"


def test_a_questionnaire(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "questionnaire", "short", "-o", str(folder)])
    path = Path(capsys.readouterr().out.strip())
    text = path.read_text(encoding="utf-8").replace('title = ""', 'title = "Short"')
    text = text.replace("# take = []", 'take = ["weakness"]').replace('# base = ""', 'base = "ms_als_intake"')
    path.write_text(text, encoding="utf-8")

    assert [str(fault) for fault in check([folder], Library(folder))] == []
    assert [item.id for item in Library(folder).questionnaire("short").items] == ["weakness"]


def test_every_example_of_the_page_is_followed() -> None:
    followed = [block for heading in (QUESTION, FINDING, LOOK_ALIKE, RULE, CONSISTENCY) for block in blocks(heading)]
    assert len(followed) == PAGE.count("```toml\n# ") == 9
