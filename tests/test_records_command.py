"""The command line over the records of this machine: it tells how each stands, and refuses in one sentence."""

import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from msgspec import structs
from msgspec.structs import replace

from msals_tui.cli import main
from msals_tui.errors import InputFault, MachineFault, UsageFault
from msals_tui.interview.events import Answered, Event, Noted, Undo
from msals_tui.plain.ask_purge import agreed
from msals_tui.plain.lines import Terminal
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.number import Number
from msals_tui.records.catalog import Catalog
from msals_tui.records.hand_over import summary_text
from msals_tui.records.purge import older_than, purge
from msals_tui.records.recording import Recording
from msals_tui.records.resume import to_resume
from msals_tui.records.seal import RECIPIENTS, opener_of
from msals_tui.records.store import Records
from msals_tui.session.clock import FixedClock
from msals_tui.session.load_content import load_content
from msals_tui.session.options import LOCK_AFTER, Options
from msals_tui.session.session import Content
from pseudo_terminal import msals, running
from sittings import english, shipped

BEGUN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
FIRST, SECOND = "ab12" + "0" * 28, "ab34" + "0" * 28
FEMALE = Answered("sex_at_birth", Choice(("female",)))
BREATHLESS = Answered("breathing_now", Choice(("breathless_at_rest",)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of all records."""
    return tmp_path / "records"


def catalog_at(root: Path, intake: str = FIRST, when: datetime = BEGUN, identity: Path | None = None) -> Catalog:
    opened = opener_of(identity).open if identity is not None else None
    return Catalog(Records(root), shipped(), "en", FixedClock(when, intake), opened)


def begun(
    root: Path, *events: Event, intake: str = FIRST, when: datetime = BEGUN, content: Content | None = None
) -> Recording:
    """An intake whose record is still held."""
    recording = catalog_at(root, intake, when).begin(content or load_content(shipped(), "ms_als_intake", language="en"))
    for event in events or (FEMALE,):
        recording.session.post(event)
    assert recording.save()
    return recording


def left(
    root: Path, *events: Event, intake: str = FIRST, when: datetime = BEGUN, content: Content | None = None
) -> str:
    """The id of a draft that nobody writes in."""
    begun(root, *events, intake=intake, when=when, content=content).close()
    return intake


def finished(root: Path, *events: Event, intake: str = FIRST, when: datetime = BEGUN) -> Path:
    """The final of a record that nobody writes in."""
    recording = begun(root, *events, intake=intake, when=when)
    path = recording.finish(summary_text(recording.session, english())).path
    recording.close()
    return path


def folder(root: Path, intake: str = FIRST) -> Path:
    return root / "intakes" / intake


def older_questionnaire(tmp_path: Path) -> Path:
    """The shipped questionnaire as it was in another version."""
    path = tmp_path / "older.toml"
    written = shipped().questionnaire_files["ms_als_intake"][0].path
    text = Path(written).read_text(encoding="utf-8")
    path.write_text(text.replace("Sex recorded at birth?", "Sex as written at birth?", 1), encoding="utf-8")
    return path


def keys(tmp_path: Path, root: Path) -> Path:
    """Seals everything below `root` from here on; the file of the secret key."""
    secret = pyrage.x25519.Identity.generate()
    root.mkdir(parents=True, exist_ok=True)
    (root / RECIPIENTS).write_text(f"{secret.to_public()}\n", encoding="utf-8")
    path = tmp_path / f"key-{len(list(tmp_path.iterdir()))}.txt"
    path.write_text(f"{secret}\n", encoding="utf-8")
    return path


class Said:
    """What the command line answers: exit status, standard output, standard error."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._root, self._capsys = root, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        status = main(["records", *arguments, "--records", str(self._root)])
        said = self._capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command reads the shipped content anew, which is the same for all of them."""
    monkeypatch.setattr("msals_tui.content.library.own_library", shipped)


@pytest.fixture
def records(root: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(root, capsys)


def refused(said: tuple[int, str, str], status: int, *words: str) -> None:
    """One sentence on standard error, and nothing else."""
    assert (said[0], said[1], said[2].count("\n")) == (status, "", 1)
    for word in words:
        assert word in said[2]


# The list


def test_without_a_record_the_list_is_one_sentence(records: Said, root: Path) -> None:
    assert records("list") == (0, "There are no records here.\n", "")
    assert json.loads(records("list", "--json")[1]) == {"records": []}
    assert not root.exists()


def test_the_list_names_the_record_that_was_written_last_first_and_nothing_of_an_answer(
    records: Said, root: Path
) -> None:
    left(root, FEMALE, Noted("sex_at_birth", "confidential"))
    finished(root, intake=SECOND, when=BEGUN + timedelta(days=2))
    status, out, _ = records("list")
    first, second = out.splitlines()
    assert status == 0
    assert first.startswith("ab340000  final; Full intake; begun 2026-03-03")
    assert second.startswith("ab120000  draft; Full intake; begun 2026-03-01")
    assert "; 1 answered, " in second
    assert second.endswith("; at Urgent signs")
    assert "emale" not in out
    assert "confidential" not in out


def test_records_that_begin_alike_are_listed_with_their_whole_ids(records: Said, root: Path) -> None:
    alike = ["abcdabcd" + end * 24 for end in "12"]
    for intake in alike:
        left(root, intake=intake)
    assert sorted(line.split()[0] for line in records("list")[1].splitlines()) == alike


def test_a_record_that_somebody_writes_in_is_listed_with_who_and_since_when(records: Said, root: Path) -> None:
    recording = begun(root)
    told, table = records("list")[1], json.loads(records("list", "--json")[1])["records"][0]
    recording.close()
    assert f"draft; being written by {table['being_written_by']}; " in told
    assert ", since 2026-03-01 09:30, process" in table["being_written_by"]
    assert "being written" not in records("list")[1]


def test_the_list_for_programs_has_whole_ids_and_times_with_their_zone(records: Said, root: Path) -> None:
    left(root)
    (one,) = json.loads(records("list", "--json")[1])["records"]
    assert (one["id"], one["state"], one["answered"], one["started"]) == (FIRST, "draft", 1, BEGUN.isoformat())
    assert one["to_come"] > 50


def test_a_damaged_record_is_listed_with_what_is_wrong_and_the_others_are_too(records: Said, root: Path) -> None:
    left(root)
    left(root, intake=SECOND)
    (folder(root) / "journal-1").write_bytes(b"nothing of a journal\n")
    out = records("list")[1]
    assert "ab120000  damaged; " in out
    assert "line 1 is not as it was written" in out
    assert "ab340000  draft; " in out


def test_what_a_record_says_of_itself_reaches_no_terminal_unchanged(records: Said, root: Path) -> None:
    content = load_content(shipped(), "ms_als_intake", language="en")
    asked = structs.replace(content.questionnaire, title="\x1b]0;title\x07")
    left(root, content=replace(content, questionnaire=asked))
    for arguments in (["list"], ["show", FIRST], ["show", FIRST, "--history"], ["list", "--json"]):
        assert "\x1b" not in records(*arguments)[1]
    assert "]0;title" in records("list")[1]


# Which record is meant


def test_a_record_is_named_by_as_few_of_its_digits_as_tell_it_from_the_others(records: Said, root: Path) -> None:
    left(root)
    left(root, intake=SECOND)
    assert records("show", "AB12")[1].startswith(FIRST)
    assert records("show", SECOND)[1].startswith(SECOND)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("ab1", "at least 4"), ("../..", "names no record"), ("ffff", "no such record"), ("f" * 32, "no such record")],
)
@pytest.mark.parametrize("doing", ["show", "resume"])
def test_what_names_no_record_is_refused(doing: str, typed: str, said: str, records: Said, root: Path) -> None:
    left(root)
    refused(records(doing, typed), 1, typed, said)


def test_digits_with_which_several_records_begin_are_refused_and_the_records_named(records: Said, root: Path) -> None:
    ids = [left(root, intake=f"abcd{end}" + "0" * 27) for end in "12"]
    refused(records("show", "abcd"), 1, "2 records begin so", *ids)


# One record


def test_a_record_is_shown_with_answers_notes_safety_decisions_and_finals(records: Said, root: Path) -> None:
    recording = begun(root, FEMALE, Noted("sex_at_birth", "first\nsecond"), BREATHLESS)
    recording.session.decide(recording.session.undecided()[0].rule.id, "told")
    final = recording.finish(summary_text(recording.session, english()))
    recording.close()
    status, out, err = records("show", "ab12")
    assert (status, err) == (0, "")
    assert out.startswith(f"{FIRST}  final; Full intake; ")
    assert "2. Sex recorded at birth? Female\n" in out
    assert "Note on: Sex recorded at birth? first / second\n" in out
    assert "The responsible clinician has been told (2026-03-01" in out
    assert f"Final 1, SHA-256 {catalog_at(root).records.read(FIRST).finals[0].sha256}\n" in out
    assert final.path.name == "final-1.toml"


def test_a_safety_rule_that_nobody_has_decided_about_is_shown_so(records: Said, root: Path) -> None:
    left(root, BREATHLESS)
    assert "nobody has decided" in records("show", FIRST)[1]


def test_what_does_not_verify_is_shown_under_what_still_does(records: Said, root: Path) -> None:
    left(root, FEMALE, Noted("sex_at_birth", "lost"))
    path = folder(root) / "journal-1"
    path.write_bytes(path.read_bytes().replace(b"lost", b"LOST"))
    status, out, _ = records("show", FIRST)
    assert status == 0
    assert "2. Sex recorded at birth? Female\n" in out
    assert "LOST" not in out
    assert f"Not as it was written: {path}: line 3 " in out


def test_a_record_that_says_nothing_of_itself_is_refused(records: Said, root: Path) -> None:
    left(root)
    (folder(root) / "journal-1").write_bytes(b"x\n")
    status, _, err = records("show", FIRST)
    assert (status, err.count("\n")) == (1, 1)
    assert "does not say what it holds" in err


def test_showing_a_record_changes_nothing_on_the_disk(records: Said, root: Path) -> None:
    finished(root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for more in ([], ["--history"], ["--toml"], ["--final", "1"]):
        assert records("show", FIRST, *more)[0] == 0
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_history_tells_everything_that_happened_in_order(records: Said, root: Path) -> None:
    male = Answered("sex_at_birth", Choice(("male",)))
    episode = Answered("episodes", Rows((Row((("episode_what", Choice(("sight",))),)),)))
    recording = begun(
        root, FEMALE, male, Undo(), Noted("sex_at_birth", "a"), Noted("sex_at_birth", ""), episode, BREATHLESS
    )
    rule = recording.session.undecided()[0].rule
    recording.session.decide(rule.id, "known")
    recording.finish(summary_text(recording.session, english()))
    recording.close()
    catalog = catalog_at(root, when=BEGUN + timedelta(hours=1))
    amending = catalog.resume(FIRST).recording
    amending.amend(catalog.records.read(FIRST).finals[0], "left and right were swapped")
    assert amending.save()
    amending.close()
    status, out, _ = records("show", FIRST, "--history")
    lines = out.splitlines()
    assert status == 0
    assert [line.split(".")[0] for line in lines[:-1]] == [str(number) for number in range(len(lines) - 1)]
    told = [line.split(" ", 3)[3] for line in lines[:-1]]
    assert told[0].startswith("Begun: Full intake ")
    assert told[1:6] == [
        "Sex recorded at birth? No answer yet -> Female",
        "Sex recorded at birth? Female -> Male",
        "Taken back: Sex recorded at birth? Male -> Female",
        "Note on: Sex recorded at birth? a",
        "Note removed: Sex recorded at birth?",
    ]
    assert "/ Attack 1: " in told[6]
    assert told[8] == f"Safety rule {rule.number}, {rule.title}: Already known and being dealt with"
    assert told[9].startswith("Final 1, SHA-256 ")
    assert told[10].startswith("Gone on with, with program ")
    assert told[11] == "Final 1 is corrected from here on: left and right were swapped"
    assert lines[-1] == "At work for 0 minutes."


def test_a_record_whose_final_is_being_corrected_is_listed_so(records: Said, root: Path) -> None:
    finished(root)
    catalog = catalog_at(root)
    amending = catalog.resume(FIRST).recording
    amending.amend(catalog.records.read(FIRST).finals[0], "swapped")
    assert amending.save()
    amending.close()
    assert "draft that corrects a final; " in records("list")[1]


def test_the_summary_of_a_draft_is_written_as_it_stands(records: Said, root: Path) -> None:
    left(root)
    status, out, err = records("show", FIRST, "--toml")
    assert (status, err) == (0, "")
    summary = tomllib.loads(out)
    assert (summary["id"], summary["status"]) == (FIRST, "partial")
    assert summary["started"] == BEGUN


def test_a_final_is_written_byte_for_byte(root: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = finished(root)
    assert main(["records", "show", FIRST, "--final", "1", "--records", str(root)]) == 0
    assert capfdbinary.readouterr().out == path.read_bytes()


def test_a_final_that_there_is_not_is_refused_with_those_that_there_are(records: Said, root: Path) -> None:
    finished(root)
    left(root, intake=SECOND)
    refused(records("show", FIRST, "--final", "2"), 1, "no final 2", "it holds 1")
    refused(records("show", SECOND, "--final", "1"), 1, "no final 1", "it holds none")


def test_a_final_that_was_altered_is_refused(records: Said, root: Path) -> None:
    path = finished(root)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"#")
    refused(records("show", FIRST, "--final", "1"), 1, "as it was written")


# Sealed records


def test_of_a_sealed_record_nothing_is_told_without_the_key(records: Said, root: Path, tmp_path: Path) -> None:
    key = keys(tmp_path, root)
    finished(root)
    assert "; sealed" in records("list")[1]
    assert "answered" not in records("list")[1]
    status, out, _ = records("show", FIRST)
    assert (status, "--identity" in out, "Female" in out) == (0, True, False)
    assert "Sealed\n" in records("show", FIRST, "--history")[1]
    refused(records("show", FIRST, "--toml"), 1, "--identity")
    refused(records("show", FIRST, "--final", "1"), 1, "sealed", "--identity")
    assert "1 answered" in records("list", "--identity", str(key))[1]
    assert "? Female" in records("show", FIRST, "--identity", str(key))[1]


def test_the_key_opens_a_sealed_final_and_another_key_does_not(
    root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    key = keys(tmp_path, root)
    path = finished(root)
    assert path.name == "final-1.toml.age"
    command = ["records", "show", FIRST, "--final", "1", "--records", str(root), "--identity"]
    assert main([*command, str(key)]) == 0
    assert tomllib.loads(capfdbinary.readouterr().out.decode())["id"] == FIRST
    assert main([*command, str(keys(tmp_path, tmp_path / "elsewhere"))]) == 1
    assert b"not sealed to this key" in capfdbinary.readouterr().err


def test_a_file_without_a_key_is_refused(records: Said, root: Path, tmp_path: Path) -> None:
    left(root)
    (tmp_path / "empty").touch()
    refused(records("show", FIRST, "--identity", str(tmp_path / "empty")), 1, "holds no key")
    refused(records("show", FIRST, "--identity", str(tmp_path / "none")), 1, "no such file")


# Another version of the questionnaire


def test_a_record_of_another_version_is_shown_as_it_was_written_or_with_that_version(
    records: Said, root: Path, tmp_path: Path
) -> None:
    older = older_questionnaire(tmp_path)
    left(root, content=load_content(shipped(), str(older), language="en"))
    assert "made with another version" in records("list")[1]
    status, out, _ = records("show", FIRST)
    assert (status, 'sex_at_birth: "female"\n' in out, "look at it" in out) == (0, True, True)
    assert 'sex_at_birth: No answer yet -> "female"' in records("show", FIRST, "--history")[1]
    assert "2. Sex as written at birth? Female\n" in records("show", FIRST, "--questionnaire", str(older))[1]
    refused(records("show", FIRST, "--toml"), 1, "made with ms_als_intake")


def test_a_record_of_another_version_is_gone_on_with_only_where_somebody_says_to_carry_it_over(
    records: Said, root: Path, tmp_path: Path
) -> None:
    left(root, content=load_content(shipped(), str(older_questionnaire(tmp_path)), language="en"))
    refused(records("resume", "ab12"), 1, f"records show {FIRST}", f"records resume {FIRST} --carry-over")
    options = resumed(root, Options(resume="ab12", carry_over=True))
    assert (options.resume, options.carry_over) == (FIRST, True)


def test_a_record_of_another_version_is_gone_on_with_where_somebody_names_that_version(
    root: Path, tmp_path: Path
) -> None:
    older = older_questionnaire(tmp_path)
    left(root, content=load_content(shipped(), str(older), language="en"))
    options = resumed(root, Options(resume=FIRST), questionnaire=str(older))
    recording = catalog_at(root).open(options).recording
    assert recording.session.interview.response.answer("sex_at_birth") == FEMALE.answer
    recording.close()


def test_a_final_of_another_version_is_corrected_in_a_new_record(root: Path, tmp_path: Path) -> None:
    older = load_content(shipped(), str(older_questionnaire(tmp_path)), language="en")
    recording = begun(root, content=older)
    recording.finish(summary_text(recording.session, english()))
    recording.close()
    with pytest.raises(UsageFault, match="the record is final"):
        resumed(root, Options(resume=FIRST, carry_over=True))
    options = resumed(root, Options(resume=FIRST, carry_over=True, amend="swapped"))
    correction = catalog_at(root, SECOND).open(options).recording
    assert correction.save()
    correction.close()
    amends = catalog_at(root).draft(Records(root).read(SECOND)).amends
    assert amends is not None
    assert (amends.sha256, amends.reason) == (Records(root).read(FIRST).finals[0].sha256, "swapped")


def test_a_record_of_this_version_is_not_carried_over(records: Said, root: Path) -> None:
    left(root)
    refused(records("resume", FIRST, "--carry-over"), 2, "leave out --carry-over")


# Going on


def resumed(
    root: Path,
    options: Options,
    *,
    questionnaire: str | None = None,
    language: str | None = None,
    said: list[str] | None = None,
    good_part: bool = False,
) -> Options:
    remark = (said if said is not None else []).append
    asked = {"questionnaire": questionnaire, "language": language}
    return to_resume(catalog_at(root), options, **asked, good_part=good_part, remark=remark)


def test_a_draft_is_gone_on_with_in_its_own_questionnaire_and_words(root: Path) -> None:
    brief = load_content(shipped(), "ms_als_brief", language="en")
    left(root, Answered("age_at_onset", Number(Decimal(40))), content=brief)
    options = resumed(root, Options(resume="ab12", start="intake"))
    assert (options.resume, options.questionnaire, options.language) == (FIRST, "ms_als_brief", "en")
    assert resumed(root, Options(resume="ab12"), language="xx").language == "xx"


def test_the_front_end_opens_the_record_that_was_named(root: Path, tmp_path: Path) -> None:
    left(root)
    command = msals("records", "resume", "ab12", "--plain", "--records", str(root))
    with running(*command, home=tmp_path) as terminal:
        terminal.see("Type 1 to go on")
        for typed, then in (("1", b"Question 1"), ("7", b"Question 2"), ("", b"Question 3"), ("40", b"Question 4")):
            terminal.send(f"{typed}\r").until(lambda then=then: then in terminal.output, f"{then!r} was never said")
        terminal.send(":s\r").until(lambda: b"Stopped" in terminal.output, "it never stopped")
        assert terminal.ended() == 0
    draft = catalog_at(root).draft(catalog_at(root).records.read(FIRST))
    assert list(draft.answers) == ["sex_at_birth", "cord_signs", "age_now"]


def test_a_record_that_somebody_writes_in_is_not_opened(records: Said, root: Path) -> None:
    recording = begun(root)
    refused(records("resume", FIRST), 2, "somebody is writing", ", since 2026-03-01 09:30")
    recording.close()


def test_a_final_is_opened_only_with_a_reason(records: Said, root: Path) -> None:
    finished(root)
    refused(records("resume", FIRST), 2, "final", "--amend REASON")
    refused(records("resume", FIRST, "--amend", "  "), 2, "no reason")
    said: list[str] = []
    options = resumed(root, Options(resume=FIRST, amend=" swapped\x1b[2J "), said=said)
    assert options.amend == "swapped\N{REPLACEMENT CHARACTER}[2J"
    assert said == ["characters of the reason that could not be kept as they were: 1"]


def test_a_reason_without_a_final_is_refused(records: Said, root: Path) -> None:
    left(root)
    refused(records("resume", FIRST, "--amend", "swapped"), 2, "no final", "leave out --amend")


def test_a_correction_that_was_begun_needs_no_second_reason(root: Path) -> None:
    finished(root)
    catalog = catalog_at(root)
    amending = catalog.resume(FIRST).recording
    amending.amend(catalog.records.read(FIRST).finals[0], "swapped")
    assert amending.save()
    amending.close()
    assert resumed(root, Options(resume=FIRST)).amend is None


def test_a_record_that_was_carried_over_names_where_it_goes_on(records: Said, root: Path, tmp_path: Path) -> None:
    left(root, content=load_content(shipped(), str(older_questionnaire(tmp_path)), language="en"))
    catalog_at(root, SECOND).carry_over(FIRST).recording.close()
    refused(records("resume", FIRST), 1, f"records resume {SECOND}")
    assert "moved to another record" in records("list")[1]
    assert f"Goes on in record {SECOND}" in records("show", FIRST, "--history")[1]
    assert "Carried over: Sex recorded at birth? No answer yet -> Female" in records("show", SECOND, "--history")[1]
    assert records("verify")[0] == 0


def test_a_sealed_record_is_not_opened_without_the_key(records: Said, root: Path, tmp_path: Path) -> None:
    keys(tmp_path, root)
    left(root)
    refused(records("resume", FIRST), 1, "sealed", "--identity")


def test_what_is_left_of_a_damaged_record_can_be_gone_on_with_and_the_damage_is_said(root: Path) -> None:
    left(root, FEMALE, Noted("sex_at_birth", "lost"))
    path = folder(root) / "journal-1"
    path.write_bytes(path.read_bytes().replace(b"lost", b"LOST"))
    said: list[str] = []
    with pytest.raises(InputFault, match="the record is damaged"):
        resumed(root, Options(resume=FIRST), said=said)
    assert "line 3 is not as it was written" in said[0]
    assert resumed(root, Options(resume=FIRST), good_part=True).resume == FIRST


@pytest.mark.parametrize("minutes", ["0", "16", "-1", "five", "1.5", "\u0663"])
@pytest.mark.parametrize("command", [["intake"], [], ["records", "resume", FIRST]])
def test_the_screen_is_hidden_after_one_to_fifteen_minutes_and_nothing_else(
    command: Sequence[str], minutes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, f"--lock-after={minutes}"]) == 2
    assert "write 1 to 15 minutes" in capsys.readouterr().err
    assert Options().lock_after == LOCK_AFTER


# Verifying


def alter(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.chmod(0o600)
    path.write_bytes(data.replace(old, new, 1))


def cut_the_last_line_off(root: Path) -> None:
    path = folder(root) / "journal-1"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def replace_the_journal(root: Path) -> None:
    data = (folder(root) / "journal-1").read_bytes()
    lines = len(data.splitlines())
    (folder(root) / "journal-1").unlink()
    other = root.parent / "other"
    left(other, *(Answered("age_at_onset", Number(Decimal(40 + number))) for number in range(lines)))
    (folder(root) / "journal-1").write_bytes((folder(other) / "journal-1").read_bytes())


def replace_the_final(root: Path) -> None:
    path = folder(root) / "final-1.toml"
    path.unlink()
    path.write_bytes(b"")


def empty_the_journal(root: Path) -> None:
    (folder(root) / "journal-1").write_bytes(b"")


def take_the_record_away(root: Path) -> None:
    folder(root).rename(root.parent / "taken")


DAMAGE = {
    "a changed answer": (lambda root: alter(folder(root) / "journal-1", b"female", b"fEmale"), "line 2 is not as it was"),
    "a changed header": (lambda root: alter(folder(root) / "journal-1", b"Full", b"full"), "line 1 is not as it was"),
    "a tail that was cut off": (cut_the_last_line_off, "entries are gone: 1 of the 3 lines"),
    "another journal": (replace_the_journal, "not the one that stood there when final 1 was finished"),
    "a journal without a line": (empty_the_journal, "everything that was written is gone"),
    "a changed final": (lambda root: alter(folder(root) / "final-1.toml", b"Female", b"Male  "), "is not as it was written"),
    "an empty final": (replace_the_final, "final-1.toml: is not as it was written"),
    "a final that is gone": (lambda root: (folder(root) / "final-1.toml").unlink(), "final 1 is gone"),
    "a final that nobody announced": (
        lambda root: (folder(root) / "final-2.toml").write_bytes(b"a = 1"), "final-2.toml: does not belong here"
    ),
    "a file of another name": (lambda root: (folder(root) / "notes").touch(0o600), "notes: does not belong here"),
    "a link": (lambda root: (folder(root) / "journal-9").symlink_to("/dev/null"), "journal-9"),
    "a folder among the records": (lambda root: (root / "intakes/other").mkdir(), "other: does not belong here"),
    "a file around the records": (lambda root: (root / "notes").touch(0o600), "notes: does not belong here"),
    "a journal that others may read": (
        lambda root: (folder(root) / "journal-1").chmod(0o640), "its rights are 0640, and may be 0600 at most"
    ),
    "a final that can be written": (lambda root: (folder(root) / "final-1.toml").chmod(0o600), "0400 at most"),
    "a folder that others may open": (lambda root: folder(root).chmod(0o750), "0700 at most"),
    "a folder of all that others may open": (lambda root: root.chmod(0o711), "rights are 0711"),
    "a list of what was done that others may read": (lambda root: (root / "audit-1").chmod(0o644), "rights are 0644"),
    "keys that others may change": (
        lambda root: ((root / RECIPIENTS).touch(), (root / RECIPIENTS).chmod(0o666)), "others may change it"
    ),
    "a changed list of what was done": (
        lambda root: alter(root / "audit-1", b"finished", b"Finished"), "line 3 of the list of what was done"
    ),
    "a record that is gone": (take_the_record_away, f"record {FIRST} is gone"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_verifying_names_what_is_wrong_and_the_other_records_go_on(damage: str, records: Said, root: Path) -> None:
    finished(root)
    left(root, intake=SECOND)
    assert records("verify") == (
        0,
        "ok: records: the list of what was done holds 3 entries\n"
        f"ok: {FIRST}: entries: 2, finals: 1\nok: {SECOND}: entries: 1, finals: 0\n",
        "",
    )
    harm, said = DAMAGE[damage]
    harm(root)
    status, out, err = records("verify")
    assert (status, err) == (1, "")
    assert said in out
    assert f"ok: {SECOND}: " in out
    assert not json.loads(records("verify", "--json")[1])["ok"]


def test_only_the_records_that_are_named_are_verified(records: Said, root: Path) -> None:
    finished(root)
    left(root, intake=SECOND)
    alter(folder(root) / "journal-1", b"female", b"fEmale")
    assert records("verify", "ab34") == (0, f"ok: {SECOND}: entries: 1, finals: 0\n", "")
    status, out, err = records("verify", "ffff", "ab34")
    assert (status, err.count("no such record"), out) == (1, 1, f"ok: {SECOND}: entries: 1, finals: 0\n")
    refused(records("verify", "ffff"), 1, "no such record")


def test_a_list_of_what_was_done_that_does_not_verify_is_told_beside_a_record_that_was_named(
    records: Said, root: Path
) -> None:
    finished(root)
    alter(root / "audit-1", b"created", b"Created")
    status, out, _ = records("verify", FIRST)
    assert (status, "line 2 of the list of what was done" in out, f"ok: {FIRST}" in out) == (1, True, True)


def test_what_was_superseded_or_cut_off_in_writing_is_a_remark_and_nothing_wrong(records: Said, root: Path) -> None:
    left(root, FEMALE)
    with (folder(root) / "journal-1").open("ab") as file:
        file.write(b"2 0123")
    status, out, _ = records("verify", FIRST)
    assert (status, "journal-1: the last line was cut off" in out) == (0, True)
    recording = catalog_at(root).resume(FIRST).recording
    assert recording.save()
    recording.close()
    (folder(root) / ".0123456789abcdef.tmp").touch(0o600)
    status, out, _ = records("verify", FIRST)
    assert (status, "journal-1: not used; journal-2 goes on from it" in out) == (0, True)
    assert ".tmp: left over" in out


def test_a_superseded_journal_that_says_something_else_is_told(records: Said, root: Path) -> None:
    left(root, FEMALE)
    other = root.parent / "other"
    left(other, Answered("age_at_onset", Number(Decimal(40))), FEMALE)
    (folder(root) / "journal-2").write_bytes((folder(other) / "journal-1").read_bytes())
    (folder(root) / "journal-2").chmod(0o600)
    status, out, _ = records("verify", FIRST)
    assert (status, "journal-1: says something else than journal-2" in out) == (1, True)


def test_an_entry_that_no_version_knows_is_told(records: Said, root: Path) -> None:
    left(root)
    record = Records(root).open(FIRST, "a test")
    record.files.add({"do": "something else"})
    record.files.save()
    record.close()
    status, out, _ = records("verify", FIRST)
    assert (status, "entry 2 of the record is none that this version" in out) == (1, True)


def test_a_final_that_was_announced_and_never_written_is_a_remark(records: Said, root: Path) -> None:
    left(root)
    record = Records(root).open(FIRST, "a test")
    digest = "0" * 64
    at = BEGUN.isoformat()
    record.files.add({"do": "final", "at": at, "ms": 0, "number": 1, "sha256": digest, "sealed": False})
    record.files.save()
    record.close()
    status, out, _ = records("verify", FIRST)
    assert (status, "final 1 was announced and never written" in out) == (0, True)


def test_sealed_entries_are_verified_without_the_key(records: Said, root: Path, tmp_path: Path) -> None:
    keys(tmp_path, root)
    finished(root)
    status, out, _ = records("verify")
    assert (status, "1 entry is sealed: that it is as it was written is known" in out) == (0, True)


def test_a_link_that_somebody_named_as_the_folder_is_followed(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left(root)
    (tmp_path / "link").symlink_to(root)
    assert main(["records", "verify", "--records", str(tmp_path / "link")]) == 0
    assert f"ok: {FIRST}: " in capsys.readouterr().out


def test_verifying_nothing_finds_nothing_wrong(records: Said, root: Path) -> None:
    assert records("verify") == (0, "ok: records: the list of what was done holds 0 entries\n", "")
    assert not root.exists()


# Deleting


def done(root: Path) -> Iterator[dict[str, object]]:
    """What the list says was done, without its header."""
    yield from (dict(line.body) for line in Records(root).audited().lines[1:])


def test_deleting_takes_the_record_away_and_leaves_who_when_and_the_hash_in_the_list(records: Said, root: Path) -> None:
    finished(root)
    digest = Records(root).read(FIRST).finals[0].sha256
    status, out, err = records("purge", "ab12", "--yes")
    assert (status, err) == (0, "")
    assert f"{FIRST}  final; " in out
    assert "cannot be brought back" in out
    assert out.endswith(f"Deleted: {FIRST}\n")
    assert list((root / "intakes").iterdir()) == []
    last = list(done(root))[-1]
    assert (last["did"], last["id"], last["finals"], set(last)) == (
        "purged", FIRST, [digest], {"did", "at", "who", "id", "finals"}
    )  # fmt: skip
    assert records("verify")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "not clear what is meant"),
        (["ab12", "--older-than", "30", "--yes"], "not clear what is meant"),
        (["ab12", "--state", "draft", "--yes"], "--state goes with --older-than"),
        (["ab12"], "say --yes"),
    ],
)
def test_nothing_is_deleted_where_it_is_not_clear_what_is_meant_or_nobody_can_be_asked(
    arguments: list[str], said: str, records: Said, root: Path
) -> None:
    left(root)
    refused(records("purge", *arguments), 2, said)
    assert folder(root).is_dir()


@pytest.mark.parametrize("days", ["0", "-1", "x", "36501", "9999999999"])
def test_an_age_is_a_number_of_days(days: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["records", "purge", f"--older-than={days}", "--records", str(root)]) == 2
    assert "write 1 to 36500 days" in capsys.readouterr().err


def test_a_record_that_somebody_writes_in_is_not_deleted_and_the_others_go_on(records: Said, root: Path) -> None:
    held = begun(root)
    left(root, intake=SECOND)
    status, out, err = records("purge", "ffff", "ab12", "ab34", "--yes")
    held.close()
    assert status == 2
    assert "there is no such record" in err
    assert "somebody is writing in this record" in err
    assert out.endswith(f"Deleted: {SECOND}\n")
    assert folder(root).is_dir()


def test_only_records_that_are_old_enough_and_stand_as_was_said_are_deleted(records: Said, root: Path) -> None:
    left(root)
    finished(root, intake=SECOND)
    recent = left(root, intake="c" * 32, when=datetime.now(UTC).replace(microsecond=0))
    assert records("purge", "--older-than", "30", "--state", "final", "--yes")[0] == 0
    assert sorted(path.name for path in (root / "intakes").iterdir()) == [FIRST, recent]
    assert records("purge", "--older-than", "30", "--yes")[0] == 0
    assert [path.name for path in (root / "intakes").iterdir()] == [recent]
    assert records("purge", "--older-than", "30", "--yes") == (0, "There is nothing to delete.\n", "")


def test_records_are_not_deleted_by_age_when_one_was_written_later_than_now(records: Said, root: Path) -> None:
    left(root)
    left(root, intake=SECOND, when=datetime.now(UTC) + timedelta(days=1))
    refused(records("purge", "--older-than", "30", "--yes"), 3, SECOND, "nothing was deleted")
    assert folder(root).is_dir()
    assert records("purge", FIRST, "--yes")[0] == 0


def test_records_are_not_deleted_by_age_when_the_list_was_written_later_than_now(records: Said, root: Path) -> None:
    left(root)
    Records(root).audit({"did": "purged", "at": (datetime.now(UTC) + timedelta(days=1)).isoformat(), "id": SECOND})
    refused(records("purge", "--older-than", "30", "--yes"), 3, "audit", "nothing was deleted")


def test_records_are_not_deleted_by_age_by_a_clock_from_before_the_program(root: Path) -> None:
    with pytest.raises(MachineFault, match=r"1970-01-01.*nothing was deleted"):
        older_than(Records(root), 1, None, datetime(1970, 1, 1, 12, tzinfo=UTC))


def test_a_record_that_does_not_say_how_old_it_is_is_deleted_by_its_id_only(records: Said, root: Path) -> None:
    left(root)
    (folder(root) / "journal-1").write_bytes(b"x\n")
    assert records("purge", "--older-than", "1", "--yes") == (0, "There is nothing to delete.\n", "")
    assert records("purge", FIRST, "--yes")[0] == 0
    assert not folder(root).exists()


def test_a_record_that_was_changed_after_it_was_named_is_not_deleted(root: Path) -> None:
    left(root)
    catalog = catalog_at(root)
    kept = catalog.records.read(FIRST)
    recording = catalog.resume(FIRST).recording
    assert recording.save()
    recording.close()
    with pytest.raises(InputFault, match="changed meanwhile"):
        purge(catalog, kept)
    assert folder(root).is_dir()


@pytest.mark.parametrize(("typed", "deleted"), [("delete", True), ("yes", False)])
def test_on_a_terminal_only_the_word_deletes(typed: str, deleted: bool, root: Path, tmp_path: Path) -> None:
    left(root)
    with running(*msals("records", "purge", "ab12", "--records", str(root)), home=tmp_path, size=(120, 24)) as terminal:
        terminal.see('Type "delete" to delete').send(f"{typed}\r")
        assert terminal.ended() == 0
        assert ("Deleted: " in terminal.text, "Nothing was deleted." in terminal.text) == (deleted, not deleted)
    assert folder(root).exists() != deleted


def test_the_end_of_what_is_typed_deletes_nothing() -> None:
    assert not agreed(Terminal(None, StringIO()), english())


# The commands


@pytest.mark.parametrize(
    "command", [["records"], ["records", "burn"], ["records", "show"], ["records", "show", "a", "--toml", "--history"]]
)
def test_a_command_that_there_is_not_has_status_two(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 2
    assert "usage: msals-tui records" in capsys.readouterr().err


def test_the_folder_may_be_named_before_the_command_as_well(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left(root)
    assert main(["--records", str(root), "records", "list"]) == 0
    assert capsys.readouterr().out.startswith("ab120000")


def test_without_a_folder_the_records_are_the_persons_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    left(tmp_path / "msals-tui")
    assert main(["records", "list"]) == 0
    assert capsys.readouterr().out.startswith("ab120000")


def test_a_folder_that_cannot_be_read_is_one_sentence(records: Said, root: Path) -> None:
    root.mkdir()
    (root / "intakes").touch()
    assert records("verify")[0] == 1
    assert "intakes: does not belong here" in records("verify")[1]


@pytest.mark.parametrize("kind", ["file", "pipe", "circle", "below a file"])
def test_what_is_no_folder_holds_no_records_that_are_well(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "records"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "circle":
        place.symlink_to(place)
    else:
        place.touch()
        place = place / "below" if kind == "below a file" else place
    assert main(["records", "verify", "--records", str(place)]) == 1
    said = capsys.readouterr()
    assert "not read" in said.out
    assert "ok:" not in said.out
