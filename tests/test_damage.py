"""Damaged and hostile files: whatever somebody gives to a parser, it is taken or refused in one sentence.

The damage is that of `benchmarks/faults`, whose commands try far more of it.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.content.checks import check
from msals_tui.content.library import shipped as shipped_files
from msals_tui.content.shape import MOST_FAULTS
from msals_tui.errors import ContentFaults, InputFault, MsalsError
from msals_tui.evaluation.labels import read_labels
from msals_tui.exchange.phenopacket import read_phenopacket
from msals_tui.records.journal import LONGEST_LINE, journal, line_after
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import replay
from sittings import english, shipped

FAULTS = Path(__file__).parent.parent / "benchmarks" / "faults"


def tool(name: str) -> ModuleType:
    """A command of the benchmarks, which are no package."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, FAULTS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


fuzz = tool("fuzz")
damage = tool("damage")

INPUTS = 120
"""Of each parser; the command tries as many as it is asked to."""
EVERY = 40
"""Of the variants of a summary one in so many is read."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Inputs are written into the folder where the tests stand."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("parser", fuzz.JUDGES)
def test_every_damaged_input_is_taken_or_refused_in_one_sentence(parser: str) -> None:
    count = fuzz.Count(parser)
    wrong = {number: fuzz.judged(parser, fuzz.damaged(parser, 7, number), count) for number in range(INPUTS)}
    assert {number: said for number, said in wrong.items() if said and said != fuzz.TOO_LONG} == {}
    assert count.accepted
    assert count.refused


def test_the_same_seed_damages_the_same_way() -> None:
    assert [fuzz.damaged("safety", 3, number) for number in range(50)] == [
        fuzz.damaged("safety", 3, number) for number in range(50)
    ]
    assert fuzz.damaged("safety", 3, 1) != fuzz.damaged("safety", 4, 1)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (InputFault("is wrong", where="other.toml:1", hint="correct it"), "without the file"),
        (InputFault("is wrong", where=f"{fuzz.NAME}:9", hint="correct it"), "of a line that is not there"),
        (InputFault("is\x1bwrong", where=f"{fuzz.NAME}:1", hint="correct it"), "with control characters"),
        (InputFault("is wrong" * 90, where=f"{fuzz.NAME}:1", hint="correct it"), "in more than"),
        (InputFault("is wrong", where=f"{fuzz.NAME}:1", hint="correct it"), ""),
    ],
)
def test_a_refusal_that_says_too_little_or_too_much_is_noticed(said: MsalsError, fault: str) -> None:
    found = fuzz.badly_said(said, b"one line", fuzz.NAME)
    assert fault in found
    assert bool(found) == bool(fault)


def test_a_parser_that_fails_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes) -> bool:
        raise ZeroDivisionError

    monkeypatch.setitem(fuzz.JUDGES, "broken", broken)
    count = fuzz.Count("broken")
    assert "uncaught ZeroDivisionError" in fuzz.judged("broken", b"", count)
    assert count.uncaught == 1


def test_no_damage_to_a_journal_shows_what_was_never_written_or_hides_what_stands_before_it() -> None:
    good = journal(damage.bodies()[:5]).bytes
    tally = damage.judge_journals(damage.lines_told, good, list(damage.variants(good)))
    assert tally.failures == []
    assert set(tally.variants) == set(damage.KINDS)


def test_a_reader_that_invents_or_loses_an_entry_is_noticed() -> None:
    good = journal(damage.bodies()[:3]).bytes
    some = [one for one in damage.variants(good) if one[0] == "bit flipped"][:200]
    invented = damage.judge_journals(lambda data: data.split(b"\n")[:-1], good, some).failures
    lost = damage.judge_journals(lambda data: damage.lines_told(data)[:1], good, [("lengthened", good + b"x")]).failures
    assert any("never written" in one for one in invented)
    assert any("before the damage" in one for one in lost)


def test_every_damaged_summary_has_another_hash_and_is_read_or_refused_in_one_sentence() -> None:
    good = fuzz.summary_of(damage.SUMMARY_OF).encode()
    tally = damage.judge_summaries(good, list(damage.variants(good))[::EVERY])
    assert tally.failures == []


def test_a_file_without_a_kind_is_refused_under_a_name_that_no_terminal_obeys(folder: Path) -> None:
    name = "\x1b[2Jcase.toml"
    (folder / name).write_text("a = 1", encoding="utf-8")
    with pytest.raises(InputFault) as refused:
        read_case(name)
    assert str(refused.value).startswith("^[[2Jcase.toml: ")


def test_an_unknown_key_of_a_finding_is_refused_in_a_sentence_that_can_be_read(folder: Path) -> None:
    text = 'schema = "msals-evidence/1"\nversion = "1"\n[[finding]]\nid = "a"\n' + "x" * 70 + " = 1\n"
    (folder / "findings.toml").write_text(text, encoding="utf-8")
    sentences = [str(fault) for fault in check(["findings.toml"], shipped())]
    assert any("has an unknown key" in one for one in sentences)
    assert max(map(len, sentences)) < 400


def test_a_side_that_is_missing_is_asked_for_in_words(folder: Path) -> None:
    text = 'schema = "msals-weighing/1"\n[[side]]\nid = "ms"\nshort = "MS"\nname = "First"\nsign = 1\n'
    (folder / "weighing.toml").write_text(text, encoding="utf-8")
    [missing] = [one for one in check(["weighing.toml"], shipped()) if one.what.startswith('"side')]
    assert (missing.what, missing.hint) == ('"side 2" is missing', "add one")


def test_unknown_questions_of_a_round_are_named_in_their_order_and_fit_for_a_screen(folder: Path) -> None:
    keys = "".join(f'"\\u001b{letter}{"x" * 500}" = 1, ' for letter in "abcdefgh").removesuffix(", ")
    text = f"""schema = "msals-answers/1"
questionnaire = "ms_als_brief"
[answers]
course_so_far = "attacks_recovery"
episodes = [{{ {keys} }}]
"""
    (folder / "case.toml").write_text(text, encoding="utf-8")
    file, case = read_case("case.toml")
    assert isinstance(case, AnswersFile)
    with pytest.raises(ContentFaults) as refused:
        replay(file, case, load_content(shipped(), "ms_als_brief"), english)
    faults = refused.value.faults
    assert [fault.what.partition('"^[')[2][:2] for fault in faults] == [f"{letter}x" for letter in "abcdefgh"]
    assert all(len(str(fault)) < 400 for fault in faults)


def test_words_that_english_has_not_are_named_fit_for_a_screen(folder: Path) -> None:
    key = "\\u001b[2J" + "x" * 500
    text = f'schema = "msals-words/1"\nlanguage = "de"\nname = "Deutsch"\n[words]\n"{key}" = "x"\n'
    (folder / "words.toml").write_text(text, encoding="utf-8")
    [unknown] = [one for one in check(["words.toml"], shipped()) if one.code == "UNKNOWN_WORDS"]
    assert unknown.what.startswith("^[[2Jxxx")
    assert len(str(unknown)) < 400


def test_labels_with_countless_faults_list_the_first_and_count_the_rest(folder: Path) -> None:
    cases = [f'[case.c{number}]\nlabel = "MS"\nlook_alikes = ["nmosdx", "zzz"]\n' for number in range(700)]
    (folder / "labels.toml").write_text("".join(cases), encoding="utf-8")
    labels = read_labels(folder, shipped().evidence)
    assert not labels.cases
    assert [fault.code for fault in labels.faults].count("UNKNOWN_LOOK_ALIKE") == MOST_FAULTS
    assert [fault.what for fault in labels.faults if fault.code == "MANY_FAULTS"] == ["400 more faults are not listed"]


def test_a_nearest_name_is_looked_for_only_so_often_in_one_file_of_labels(folder: Path) -> None:
    cases = [f'[case.c{number}]\nlabel = "MS"\nlook_alikes = ["nmosdx"]\n' for number in range(200)]
    (folder / "labels.toml").write_text("".join(cases), encoding="utf-8")
    hints = [fault.hint for fault in read_labels(folder, shipped().evidence).faults]
    assert len(hints) == 200
    assert 0 < hints.count('did you mean "nmosd"?') < 50


def test_what_a_fault_repeats_of_a_file_is_fit_for_a_screen(folder: Path) -> None:
    text = (shipped_files() / "evidence" / "hpo.toml").read_text("utf-8")
    head, labels = text.split("[labels]")
    labels = labels.replace('= "', '= "\\u001b[2J')
    (folder / "hpo.toml").write_text(f"{head}[labels]{labels}", encoding="utf-8")
    sentences = [str(fault) for fault in check(["hpo.toml"], shipped())]
    assert any("TERM_LABEL" in one and "^[[2J" in one for one in sentences)
    assert all(one.isprintable() for one in sentences)


def test_one_case_has_no_more_look_alikes_than_there_are(folder: Path) -> None:
    names = '"nmosd", ' * 101
    text = f'[case.c]\nlabel = "MS"\nlook_alikes = [{names}]\n'
    (folder / "labels.toml").write_text(text, encoding="utf-8")
    [fault] = read_labels(folder, shipped().evidence).faults
    assert "has more than 100 entries" in fault.what


def test_a_packet_with_more_values_than_a_second_can_match_is_refused() -> None:
    features = ",".join(['{"type": {"id": "HP:0000118"}, "excluded": true}'] * 15_000)
    with pytest.raises(InputFault, match="holds more than 50000 values"):
        read_phenopacket(f'{{"phenotypicFeatures": [{features}]}}'.encode(), "packet.json")


@pytest.mark.parametrize("answer", [2.5, "x" * LONGEST_LINE], ids=["number", "text"])
def test_an_entry_that_could_not_be_read_back_is_never_written(answer: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        line_after(None, {"answer": answer})
