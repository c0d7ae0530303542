"""Answers files are written by people: what can mean only one thing is taken, all else is one sentence with what to write."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from msals_tui.content.case_files import AnswersFile, read_case
from msals_tui.errors import ContentFaults, InputFault
from msals_tui.session.replay import Replayed, replay
from msals_tui.session.session import Content
from sittings import content, english, shipped

ROOT = Path(__file__).parent.parent
ASKED = """
[[item]]
id = "breath"
type = "yes_no"

[[item]]
id = "speed"
type = "choice"
options = [
    { code = "gradual", label = "Over weeks or longer", label_patient = "It crept on" },
    { code = "sudden", label = "Within minutes", label_patient = "All at once" },
    { code = "in_steps", label = "In steps" },
]

[[item]]
id = "signs"
type = "several"
options = [
    { code = "double_vision", label = "Double vision" },
    { code = "face_droop", label = "Drooping face" },
    { code = "none", label = "None of these", exclusive = true },
]

[[item]]
id = "grade"
type = "choice"
options = [{ code = "0", label = "Nothing" }, { code = "1", label = "A flicker" }]

[[item]]
id = "age"
type = "number"
unit = "years"
min = 0
max = 110
decimals = 1

[[item]]
id = "lung_volume"
type = "number"
unit = "%"
min = 0
max = 200
answered_by = ["laboratory"]
enable_when = { all = [{ item = "breath", is = "yes" }, { item = "age", above = 17 }] }

[[item]]
id = "lung_note"
type = "short_text"
enable_when = { item = "lung_volume", below = 80 }

[[item]]
id = "begin"
type = "date"

[[item]]
id = "words"
type = "short_text"

[[item]]
id = "power"
type = "grid"
rows = [{ code = "right_arm", label = "Right arm" }, { code = "left_arm", label = "Left arm" }]
marks = [
    { code = "weak", label = "Weak" },
    { code = "thin", label = "Thin" },
    { code = "normal", label = "Normal", normal = true },
]

[[item]]
id = "attacks"
type = "group"
row_label = "Attack"

[[item.items]]
id = "attack_when"
type = "date"

[[item.items]]
id = "attack_sight"
type = "yes_no"

[[item.items]]
id = "attack_eye"
type = "choice"
options = ["left", "right"]
enable_when = { item = "attack_sight", is = "yes" }
"""
HEAD = 'schema = "msals-answers/1"\nquestionnaire = "test"\ntoday = 2026-03-01\nid = "case"\n[answers]\n'
FIRST = HEAD.count("\n") + 1
"""The line of the first answer."""


@pytest.fixture(scope="module")
def asked() -> Content:
    return content(ASKED, evidence=shipped().evidence)


Read = Callable[..., Replayed]


@pytest.fixture
def read(asked: Content, tmp_path: Path) -> Read:
    """Replays a file with these answers."""

    def reads(answers: str | bytes, head: str = HEAD) -> Replayed:
        path = tmp_path / "case.toml"
        path.write_bytes(head.encode() + (answers if isinstance(answers, bytes) else answers.encode()))
        file, case = read_case(str(path))
        assert isinstance(case, AnswersFile)
        return replay(file, case, asked, english)

    return reads


def given(one: Replayed) -> dict[str, object]:
    """Every answer as files hold it."""
    questionnaire = one.session.content.questionnaire
    return {
        name: questionnaire.item(name).plain(answer) for name, answer in one.session.interview.response.given.items()
    }


def refused(read: Read, answers: str | bytes) -> list[str]:
    """What is said of a file that is refused, without its path."""
    with pytest.raises(InputFault) as found:
        read(answers)
    faults = found.value.faults if isinstance(found.value, ContentFaults) else (found.value,)
    return [str(one).partition("case.toml:")[2] for one in faults]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("breath = true", "yes"), ("breath = false", "no"), ('breath = "Yes"', "yes"), ('breath = "NO"', "no"),
        ('breath = "y"', "yes"), ('breath = "n"', "no"), ('breath = "true"', "yes"), ('breath = ["yes"]', "yes"),
        ('Breath = "yes"', "yes"), ('"breath" = " yes "', "yes"), ('BREATH = "yes."', "yes"),
        ('speed = "Gradual"', "gradual"), ('speed = "Over weeks or longer"', "gradual"), ('speed = "in steps"', "in_steps"),
        ('speed = "it crept on"', "gradual"), ('speed = "In-Steps"', "in_steps"), ('speed = ["gradual"]', "gradual"),
        ('signs = "Double vision"', ["double_vision"]),
        ('signs = "face droop, double-vision"', ["double_vision", "face_droop"]),
        ('signs = ["FACE_DROOP", "face droop"]', ["face_droop"]), ('signs = "none of these"', ["none"]),
        ("grade = 0", "0"), ("grade = 1", "1"),
        ('age = "35"', 35), ('age = "35.5"', 35.5), ('age = "35,5"', 35.5), ('age = " 35 years"', 35), ("age = [35]", 35),
        ("age = 35.0", 35), ('age = "\\uff13\\uff15"', 35),
        ("begin = 2019-04-23", "2019-04-23"), ("begin = 2019-04-23T10:00:00Z", "2019-04-23"), ("begin = 2019", "2019"),
        ("begin = 2019-04-23 10:00:00", "2019-04-23"), ('begin = "2019-04"', "2019-04"),
        ('age = {missing = "Not sure"}', {"missing": "not_sure"}), ('age = "not_asked"', {"missing": "not_asked"}),
        ('speed = "Rather not say"', {"missing": "declined"}), ("breath = {not_sure = true}", {"missing": "not_sure"}),
        ('words = "not asked"', "not asked"), ('words = {Missing = "NOT-ASKED"}', {"missing": "not_asked"}),
        ('power = {Right-Arm = "Weak", "left arm" = ["normal"]}', {"right_arm": ["weak"], "left_arm": "normal"}),
        ('power = {right_arm = "not sure", left_arm = {Marks = "thin", "not sure" = "weak"}}',
         {"right_arm": {"missing": "not_sure"}, "left_arm": {"marks": ["thin"], "not_sure": ["weak"]}}),
        ('attacks = {Attack-When = 2019-04-23}', [{"attack_when": "2019-04-23"}]), ('attacks = "none"', []),
        ("attacks = [{attack_when = 2019, attack_sight = true, attack_eye = 'Left'}]",
         [{"attack_when": "2019", "attack_sight": "yes", "attack_eye": "left"}]),
        ("\tage\t=\t35\t# years\r\n", 35), ("age = 3_5", 35),
    ],
)  # fmt: skip
def test_what_can_mean_only_one_thing_is_taken(written: str, meant: object, read: Read) -> None:
    (answer,) = given(read(written)).values()
    assert answer == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("speed = true", 'speed is no yes/no question, so that true answers nothing; write one of "gradual" (Over weeks'),
        ("age = true", "age needs a number, not true; write a plain number in years"),
        ("signs = [true]", "signs is no yes/no question"), ("words = true", "needs a text"), ("begin = true", "needs a date"),
        ("power = true", "needs a table of its rows"), ("power = {right_arm = true}", "power is no yes/no question"),
        ("attacks = false", "needs a list of tables"), ("begin = 10:30:00", "needs a date"),
        ('speed = "gradually"', 'did you mean "gradual" (Over weeks or longer)?'),
        ('speed = "after some minutes"', 'did you mean "sudden" (Within minutes)?'),
        ('speed = "crept"', 'did you mean "gradual"'), ('signs = ["doubled"]', 'did you mean "double_vision"'),
        ("speed = 2", 'names no option of this question: "2"; write one of "gradual"'),
        ('speed = ["gradual", "sudden"]', "speed takes one option, and these are 2; name one of them"),
        ('speed = ""', 'speed is empty; leave the line out, or write {missing = "not_asked"}'),
        ("speed = []", "names no option; leave the line out"), ("signs = []", 'write "none" if none applies'),
        ('speed = {missing = "unsure"}', 'did you mean "not_sure"'), ("age = {missing = true}", "unknown missing code"),
        ('age = "pending"', "needs a number"), ('lung_volume = {missing = "later"}', "pending"),
        ('age = "thirty"', 'age needs a number, not "thirty"; write a plain number in years, without quotes'),
        ('age = "30-35"', "needs a number"), ('age = "35 months"', "needs a number"), ("age = 2020-01-01", "needs a number"),
        ('lung_volume = "1,234"', '"1,234" may be thousands or decimals; write it without the comma'),
        ("words = 5", "write it in quotes"), ('missing = "not_sure"', "write it as the answer of a question"),
        ('lung = 5', "did you mean lung_volume or lung_note?"), ('breth = "yes"', 'did you mean "breath"?'),
        ('attack_when = "2019"', "it is asked in each round of attacks: write attacks = [{attack_when = ...}]"),
        ('breath = "yes"\nBreath = "no"', "breath is answered twice; keep one of the two"),
        ('power = {rigth_arm = "weak"}', 'power has no row "rigth_arm"; did you mean "right_arm" (Right arm)?'),
        ('power = {right_arm = ["wek"]}', 'did you mean "weak" (Weak)?'),
        ('attacks = [{attack_when = "2019"}, {attack_seen = "yes"}]', 'attacks has no question "attack_seen"'),
        ('attacks = [{attack_eye = "up"}]', 'write one of "left" (Left), "right" (Right)'),
        ("age = 35,5", "35,5 holds a comma, which stands for decimals in other languages; write it with a point: age = 35.5"),
        ("age = 35,500", "without a comma if these are thousands"), ("age = 035", "035 begins with 0; write age = 35"),
        ("age = 35 years", "something stands behind the number: years; write age = 35"),
        ("age = 1 000", "1 000 is more than one number; write age = 1000"), ("age = .5", "write age = 0.5"),
        ("breath = yes", 'yes stands without quotes; write breath = "yes"'), ("breath = True", "write true"),
        ("breath: yes", 'no = stands between the question and its answer; write it as breath = "yes"'),
        ("breath := true", ":= stands for nothing; write = alone"),
        ("breath yes", 'write it as breath = "yes"'), ("breath", "breath = ..."),
        ("breath =", "nothing stands behind the =; write the answer, or leave the line out"),
        ("breath == true", "write = alone"), ("breath = null", 'null is no answer; leave the line out, or write {missing'),
        ("breath = “yes”", 'write straight ones: breath = "yes"'), ("breath = \u2018yes\u2019", "straight"),
        ("breath\u00a0= true", "U+00A0"), ("lung volume = 80", "write it as lung_volume = ..."),
        ('breath = "yes', "the quotes are not closed"), ("words = 'it's so'", "write it in double quotes"),
        ('words = "a\\d"', "a backslash means something"), ('signs = "none", "x"', "more than one answer"),
        ('breath = "yes",', "leave it out"), ("begin = 23.4.2019", 'write begin = "23.4.2019"'),
        ("begin = 2019-04", 'write begin = "2019-04"'), ("// a remark", "a remark begins with #"),
        ('breath = "yes"\nbreath = "no"', f"keep one of the two; the first stands in line {FIRST}"),
        ("age = 3\n[answers]", "keep one of the two"), (b"words = 'caf\xe9'", "not UTF-8"),
        ("age = 31\rbreath = true", "line ends of Linux"),
    ],
)  # fmt: skip
def test_what_can_mean_several_things_or_none_is_one_sentence_with_what_to_write(
    written: str | bytes, said: str, read: Read
) -> None:
    (sentence,) = refused(read, written)
    assert said in sentence
    line = (written if isinstance(written, str) else "").count("\n") + FIRST
    assert sentence.startswith(f"{line}:")


@pytest.mark.parametrize(
    "answers",
    [
        "signs = " + '"none", ' * 400 + '"x"',
        "breath = " + "yes" * 900,
        f"words = “{'so ' * 900}”",
        "breath: " + "yes" * 900,
    ],
)
def test_a_line_of_thousands_of_characters_is_told_in_a_short_sentence(answers: str, read: Read) -> None:
    assert all(len(sentence) < 400 for sentence in refused(read, answers))


def test_all_lines_that_are_no_toml_are_told_in_one_run(read: Read) -> None:
    said = refused(read, 'age = 35,5\nbreath = yes\nspeed = “gradual”\nbegin = 2019\nwords = "x')
    assert [one.partition(":")[0] for one in said] == [str(FIRST), str(FIRST + 1), str(FIRST + 2), str(FIRST + 4)]


def test_all_answers_that_are_none_are_told_in_one_run_and_parts_with_their_lines(read: Read) -> None:
    said = refused(
        read, 'age = "x"\nspeed = "x"\nattacks = [\n  {attack_eye = "up"},\n  {attack_eye = "x"},\n]\nnobody = 1'
    )
    assert [int(one.partition(":")[0]) - FIRST for one in said] == [0, 1, 3, 4, 6]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (HEAD.replace("2026-03-01", '"2026-03-01"'), ""),
        (HEAD.replace("2026-03-01", "2026-03-01T10:00:00Z"), ""),
        (HEAD.replace("2026-03-01", '"tomorrow"'), "must be a date"),
        ("\ufeff" + HEAD.replace("\n", "\r\n"), ""),
        (HEAD.replace("[answers]", "[answer]"), "did you mean"),
        (HEAD.replace("[answers]\n", ""), "the answer stands above [answers]; put it below that heading"),
    ],
)  # fmt: skip
def test_the_head_of_a_file_may_be_written_by_hand_too(head: str, said: str, read: Read) -> None:
    if not said:
        one = read('breath = "yes"', head)
        assert one.session.interview.response.today.isoformat() == "2026-03-01"
        return
    with pytest.raises(ContentFaults, match=said.replace("[", "\\[")):
        read('breath = "yes"', head)


def test_an_answer_whose_condition_does_not_hold_is_named_with_the_condition_and_what_holds(read: Read) -> None:
    one = read('breath = "no"\nage = 12\nlung_volume = 70\nlung_note = "x"')
    assert [remark.partition("case.toml:")[2] for remark in one.not_asked] == [
        f"{FIRST + 2}: lung_volume: not asked, so that its answer counts for nothing: "
        "it is asked only if breath is yes and age is above 17; breath is no and age is 12",
        f"{FIRST + 3}: lung_note: not asked, so that its answer counts for nothing: "
        "it is asked only if lung_volume is below 80; lung_volume is not asked itself",
    ]
    assert one.said(english()) == "2 answers kept, 2 not asked: lung_volume, lung_note"


def test_only_what_does_not_hold_of_a_condition_is_named(read: Read) -> None:
    (remark,) = read('breath = {missing = "not_sure"}\nage = 30\nlung_volume = 70').not_asked
    assert remark.endswith('it is asked only if breath is yes; breath is "Not sure"')
    (remark,) = read("age = 30\nlung_volume = 70").not_asked
    assert remark.endswith("it is asked only if breath is yes; breath is not answered")


def test_an_answer_of_a_round_that_is_not_asked_is_named_too(read: Read) -> None:
    one = read('attacks = [{attack_sight = "yes", attack_eye = "left"}, {attack_sight = "no", attack_eye = "left"}]')
    assert one.not_asked[0].endswith(
        "attacks, round 2, attack_eye: not asked, so that its answer counts for nothing: "
        "it is asked only if attack_sight is yes; attack_sight is no"
    )
    assert one.said(english()) == "1 answer kept, 1 not asked: attacks.attack_eye"


def test_a_file_of_which_everything_is_asked_says_only_how_much(read: Read) -> None:
    assert read("").said(english()) == "0 answers kept"
    assert read("age = 3").said(english()) == "1 answer kept"
    assert not read("age = 3").not_asked


NOT_ASKED = (
    'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\nid = "c"\n'
    '[answers]\nsex_at_birth = "Female"\nweakness = false\nweakness_sides = "both_alike"\n'
)


@pytest.mark.parametrize("command", ["replay FILE", "compare FILE", "compare --json FILE", "evaluate DIR"])
def test_every_command_that_reads_answers_names_what_is_not_asked(command: str, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(NOT_ASKED, encoding="utf-8")
    (tmp_path / "labels.toml").write_text('[case.c]\nlabel = "MS"\n', encoding="utf-8")
    words = command.replace("FILE", str(tmp_path / "c.toml")).replace("DIR", str(tmp_path)).split()
    done = subprocess.run(
        [sys.executable, "-m", "msals_tui", *words], capture_output=True, text=True, check=False, cwd=ROOT
    )
    first, *rest = done.stderr.splitlines()
    assert done.returncode == 0
    assert first.startswith(f"{tmp_path}/c.toml:7: weakness_sides: not asked")
    assert rest == (["2 answers kept, 1 not asked: weakness_sides"] if command.startswith("replay") else [])
