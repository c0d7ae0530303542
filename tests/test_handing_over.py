"""Where a summary goes when the place that was named does not take it, and what is refused before the first question."""

import os
from pathlib import Path

import pytest

from msals_tui.checking.check import check_paths
from msals_tui.cli import main
from msals_tui.errors import MachineFault, UsageFault
from msals_tui.questionnaire.model import Source
from msals_tui.report.source_line import source_line
from msals_tui.session.summary import refuse_taken, rescue_summary
from sittings import english, sitting

ONE = '[[item]]\nid = "side"\ntype = "yes_no"\n'


def test_a_taken_name_and_a_missing_folder_are_refused_and_everything_else_is_not(tmp_path: Path) -> None:
    taken = tmp_path / "taken.toml"
    taken.touch()
    with pytest.raises(UsageFault, match="already a file"):
        refuse_taken(str(taken))
    with pytest.raises(MachineFault, match="no such folder"):
        refuse_taken(str(tmp_path / "no/s.toml"))
    for free in (None, "-", str(tmp_path), str(tmp_path / "free.toml")):
        refuse_taken(free)


def test_a_rescued_summary_goes_where_it_should_when_that_can_be(tmp_path: Path) -> None:
    session = sitting(ONE)
    assert rescue_summary(session, english(), str(tmp_path / "s.toml")) == tmp_path / "s.toml"
    assert rescue_summary(session, english(), str(tmp_path)).parent == tmp_path


@pytest.mark.parametrize("output", ["taken.toml", "no/s.toml", "-", None])
def test_a_rescued_summary_goes_to_the_programs_folder_when_its_place_takes_nothing(
    output: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "taken.toml").write_text("mine")
    place = str(tmp_path / output) if output not in (None, "-") else output
    written = rescue_summary(sitting(ONE), english(), place)
    assert written.parent == tmp_path / "data/msals-tui/summaries"
    assert (tmp_path / "taken.toml").read_text() == "mine"


def test_a_summary_that_nothing_takes_is_said_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with pytest.raises(MachineFault, match="could not be written anywhere"):
        rescue_summary(sitting(ONE), english(), str(tmp_path / "no/s.toml"))


def test_on_windows_one_sentence_says_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        status = main(["items"])
    assert status == 3
    assert capsys.readouterr().err == "msals-tui needs Linux or macOS; on Windows, run it inside WSL\n"


@pytest.mark.parametrize(
    ("schema", "name", "reader"),
    [
        ("answers", "an answers file", "replay"),
        ("findings", "a findings file", "compare"),
        ("summary", "a summary", "replay"),
    ],
)
@pytest.mark.parametrize("more", ["", "today = 2026-03-01\n"])
def test_check_says_of_a_case_what_it_is_and_what_reads_it(
    schema: str, name: str, reader: str, more: str, tmp_path: Path
) -> None:
    (tmp_path / "case.toml").write_text(f'schema = "msals-{schema}/1"\n{more}', encoding="utf-8")
    (fault,) = check_paths([tmp_path / "case.toml"])
    assert name in fault.what
    assert f"msals-tui {reader}" in fault.hint


@pytest.mark.parametrize(
    ("more", "line"),
    [({"doi": "10.1/x", "pmid": "7"}, "A B. Title. J 2001. doi:10.1/x"), ({"pmid": "7"}, "A B. Title. J 2001. PMID 7"),
     ({"url": "u.org", "year_inferred": True}, "A B. Title. J 2001 (year inferred). u.org")],
)  # fmt: skip
def test_a_source_is_one_line_that_says_where_to_find_it(more: dict[str, object], line: str) -> None:
    source = Source.model_validate({"authors": "A B.", "title": "Title.", "journal": "J", "year": 2001, **more})
    assert source_line(source, english()) == line
