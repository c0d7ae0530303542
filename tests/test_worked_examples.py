"""Every story of stories.toml comes out exactly, to the tenth of a deciban, from the shipped evidence."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from msals_tui.content.case_files import FindingsInput, read_case
from msals_tui.content.library import Library
from msals_tui.evidence.evidence import Evidence
from msals_tui.report.compared import Compared
from msals_tui.session.compare_case import compare_findings

STORIES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["story"]


@pytest.fixture(scope="module")
def sums_only() -> Evidence:
    """The shipped evidence without its look-alike rules."""
    return replace(Library().evidence, look_alikes={})


def compared(name: str, evidence: Evidence, folder: Path) -> Compared:
    """A story written as a findings file and compared like any other."""
    story = STORIES[name]
    path = folder / f"{name}.toml"
    head = f'schema = "msals-findings/1"\nid = "{name}"\n'
    path.write_text(f"{head}observed = {story['observed']}\nexcluded = {story['excluded']}\n", encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, FindingsInput)
    return compare_findings(file, case, evidence)


@pytest.mark.parametrize("name", STORIES)
def test_a_story_comes_out_with_exactly_its_sums(name: str, sums_only: Evidence, tmp_path: Path) -> None:
    comparison, story = compared(name, sums_only, tmp_path).comparison, STORIES[name]
    assert comparison.first_db == story["toward_ms"]
    assert comparison.second_db == story["toward_als"]
    assert comparison.net_db == story["net"]
    assert comparison.core_net_db == story["core_net"]
    assert {one.group: one.total_db for one in comparison.groups if one.total_db} == story["groups"]


@pytest.mark.parametrize("name", STORIES)
def test_a_story_comes_out_with_its_pattern_word(name: str, sums_only: Evidence, tmp_path: Path) -> None:
    assert compared(name, sums_only, tmp_path).comparison.pattern == STORIES[name]["pattern"]
