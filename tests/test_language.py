"""Every word that the program can show: none makes a diagnosis, and no patient reads the name of a disease."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golden import FOLDER, walked
from language import DIAGNOSING, disease_names, strings
from msals_tui.content.library import shipped as shipped_folder
from msals_tui.plain.reference import reference_lines
from msals_tui.report.comparison_text import comparison_text
from msals_tui.report.look_alike_text import look_alike_lines
from msals_tui.session.compare_case import compare_session
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from sittings import CLOCK, english, script, shipped, toml
from walks import decided_first, plain_lines, walk

PACKAGE = Path(__file__).parent.parent / "msals_tui"
NOT_WORDS = {"sources.toml", "hpo.toml"}
"""Titles and labels as others gave them: a source is cited and a term is named as it is called."""
MAY_NAME = ("family", "other_illness", "known_diagnosis", "past_infections")
"""Questions about relatives and about what a doctor has named."""


def content_words() -> Iterator[tuple[str, str]]:
    """Every text of every content file."""
    for path in sorted(shipped_folder().rglob("*.toml")):
        if path.name not in NOT_WORDS:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from ((path.name, text) for text in strings(table))


def program_words() -> Iterator[tuple[str, str]]:
    """Every text that stands in the program itself, but what explains the code."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        explained = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
                yield path.name, node.value


def test_no_text_of_the_content_makes_a_diagnosis() -> None:
    assert [(name, text) for name, text in content_words() if DIAGNOSING.search(text)] == []


def test_no_text_of_the_program_makes_a_diagnosis() -> None:
    assert [(name, text) for name, text in program_words() if DIAGNOSING.search(text)] == []


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_nothing_that_is_put_together_for_a_story_makes_a_diagnosis(name: str) -> None:
    session = walked(name).session
    evidence, words = shipped().evidence, english()
    titles = {source.title.rstrip(".") for source in session.sources.values()}
    said = toml(session).splitlines()
    diagnosing = [line for line in said if DIAGNOSING.search(line) and not any(title in line for title in titles)]
    said = [*comparison_text(compare_session(session, kind="answers"), words)]
    for facts in session.look_alikes:
        said += look_alike_lines(evidence, facts, session.interview.response, words)
    assert diagnosing + [text for text in said if DIAGNOSING.search(text)] == []


def test_nothing_in_the_reference_makes_a_diagnosis() -> None:
    reference = shipped().reference
    assert reference is not None
    said = list(reference_lines(reference, "", english()))
    assert len(said) > 50
    assert [text for text in said if DIAGNOSING.search(text)] == []


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_patient_ever_reads_the_name_of_a_disease_that_nobody_had_named_to_them(draw: st.DataObject) -> None:
    content = load_content(shipped(), "ms_als_brief")
    directly, by_line = Session(content, CLOCK), Session(content, CLOCK)
    moves = walk(draw, directly, most=60, possible=decided_first)
    questionnaire = content.questionnaire
    allowed = {text for name in MAY_NAME if name in questionnaire.index for text in strings(questionnaire.item(name))}
    names = disease_names()
    for line in script(by_line, plain_lines(by_line, moves)).splitlines():
        assert not names.search(line) or any(_said(line, text) for text in allowed), line


def _said(line: str, text: str) -> bool:
    """Whether a line shows this text of a question, or a part of it."""
    shown = line.strip().lstrip("0123456789. ")
    return bool(shown) and (shown in text or text in line)


@pytest.mark.parametrize(
    "sentence",
    [
        "You have MS.", "You may have ALS.", "This is consistent with MS.", "The probability is 80 %.", "It proves ALS.",
        "The diagnosis is clear.", "The findings are suggestive of MS.", "This patient has ALS.", "It is probably ALS.",
        "MS is likely.", "a 70 % chance of MS", "The most likely diagnosis",
    ],
)  # fmt: skip
def test_a_diagnosing_sentence_would_be_noticed(sentence: str) -> None:
    assert DIAGNOSING.search(sentence)
