"""Where a summary goes when the place that was named does not take it, and what is refused before the first question."""

import os
from pathlib import Path

import pytest

from msals_tui.cli import main
from msals_tui.content.checks import check
from msals_tui.content.library import Library
from msals_tui.errors import MachineFault, UsageFault
from msals_tui.questionnaire.model import Source
from msals_tui.questionnaire.validate import validated
from msals_tui.records.hand_over import hand_over, refuse_taken
from msals_tui.records.recording import Recording
from msals_tui.report.source_line import source_line
from sittings import catalog, content, english

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


def recorded(folder: Path) -> Recording:
    """A sitting whose record stands in this folder."""
    return catalog(folder).begin(content(ONE))


def test_a_summary_stands_in_its_record_for_good_and_where_it_was_asked_for(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "records")
    handed = hand_over(recording.session, english(), str(tmp_path / "s.toml"), recording)
    (final,) = (tmp_path / "records").rglob("final-1.toml")
    assert handed.path == tmp_path / "s.toml"
    assert handed.path.read_text() == final.read_text() == handed.text
    assert final.stat().st_mode & 0o777 == 0o400


def test_without_another_place_the_final_in_the_record_is_the_summary(tmp_path: Path) -> None:
    recording = recorded(tmp_path)
    handed = hand_over(recording.session, english(), None, recording)
    assert handed.path is not None
    assert handed.path.name == "final-1.toml"


def test_a_place_that_takes_nothing_costs_no_final_and_another_try_makes_no_second_one(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "records")
    with pytest.raises(MachineFault, match="no such folder"):
        hand_over(recording.session, english(), str(tmp_path / "no/s.toml"), recording)
    (tmp_path / "no").mkdir()
    handed = hand_over(recording.session, english(), str(tmp_path / "no/s.toml"), recording)
    assert [final.read_text() for final in (tmp_path / "records").rglob("final-*")] == [handed.text]


def test_records_that_take_nothing_keep_no_summary_from_the_place_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "records").touch()
    recording = recorded(tmp_path / "records")
    handed = hand_over(recording.session, english(), str(tmp_path / "s.toml"), recording)
    assert handed.path == tmp_path / "s.toml"
    assert isinstance(handed.fault, MachineFault)
    with pytest.raises(MachineFault):
        hand_over(recording.session, english(), None, recording)


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
    (fault,) = check([tmp_path / "case.toml"], Library())
    assert name in fault.what
    assert f"msals-tui {reader}" in fault.hint


@pytest.mark.parametrize(
    ("more", "line"),
    [({"doi": "10.1/x", "pmid": "7"}, "A B. Title. J 2001. doi:10.1/x"), ({"pmid": "7"}, "A B. Title. J 2001. PMID 7"),
     ({"url": "u.org", "year_inferred": True}, "A B. Title. J 2001 (year inferred). u.org")],
)  # fmt: skip
def test_a_source_is_one_line_that_says_where_to_find_it(more: dict[str, object], line: str) -> None:
    source = validated(Source, {"authors": "A B.", "title": "Title.", "journal": "J", "year": 2001, **more})
    assert source_line(source, english()) == line
