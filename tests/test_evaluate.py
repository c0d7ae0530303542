"""`evaluate`: labelled cases counted as what they turn out to be; every share with its interval, every wrong lean by name."""

import gc
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui import cli
from msals_tui.errors import MsalsError
from msals_tui.evaluation import evaluate as evaluating
from msals_tui.evaluation.evaluate import evaluate
from msals_tui.evaluation.share import Share
from msals_tui.evaluation.tally import OF_A_SIDE, Outcome, labels_of, patterns_of, tally
from msals_tui.report.compared import Compared
from msals_tui.session.session import Session
from sittings import shipped

MS_LIKE = ["optic_neuritis", "eye_pain_on_movement", "lhermitte_sign", "relapse_and_recovery"]
ALS_LIKE = [
    "muscle_wasting", "split_hand", "tongue_wasting", "tongue_fasciculations", "emg_denervation_2_regions",
    "brisk_jaw_jerk",
]  # fmt: skip
CORD = ["mri_cord_compression"]

SIDES = (shipped().evidence.first, shipped().evidence.second)


def findings(*observed: str) -> str:
    """A findings file."""
    return f'schema = "msals-findings/1"\nid = "f"\nobserved = {list(observed)}\n'


def folder(path: Path, labels: str, **cases: str) -> Path:
    """A folder of labelled cases, each with the text of its file."""
    (path / "labels.toml").write_text(labels, encoding="utf-8")
    for name, text in cases.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Right, wrong and undecided cases of every label but "both"."""
    return folder(
        tmp_path,
        """
        [case.eye]
        label = "MS"
        typical = true
        tests = true
        [case.eye_again]
        label = "MS"
        typical = true
        [case.little]
        label = "MS"
        [case.hand]
        label = "ALS"
        typical = true
        [case.swapped]
        label = "ALS"
        [case.neck]
        label = "neither"
        look_alikes = ["cervical_myelopathy", "lyme"]
        [case.worried]
        label = "neither"
        note = "Leans, though it should not."
        """,
        eye=findings(*MS_LIKE),
        eye_again=findings(*MS_LIKE),
        little=findings("optic_neuritis"),
        hand=findings(*ALS_LIKE),
        swapped=findings(*MS_LIKE),
        neck=findings(*MS_LIKE, *CORD),
        worried=findings(*MS_LIKE),
    )


def run(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, list[str]]:
    """The command: its status, its output and what it said on standard error."""
    status = cli.main(["evaluate", str(path), *options])
    said = capsys.readouterr()
    return status, said.out, said.err.splitlines()


def counted(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The JSON object of a folder in which nothing is wrong."""
    status, out, said = run(path, capsys, "--json")
    assert (status, said) == (0, [])
    read: dict[str, Any] = json.loads(out)
    return read


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], list[str]]:
    """The JSON object of a folder in which something is wrong, and what was said about it."""
    status, out, said = run(path, capsys, "--json")
    assert status == 1
    return json.loads(out), [line.replace(f"{path}/", "") for line in said]


def _refused(error: MsalsError) -> None:
    pytest.fail(str(error))


def outcome(label: str = "MS", pattern: str = "slight", *, net: str = "1", **more: Any) -> Outcome:
    """One case compared."""
    values: dict[str, Any] = {"typical": False, "tests": False, "look_alikes": frozenset(), "named": frozenset()}
    values |= more
    return Outcome("c", label, pattern=pattern, net_db=Decimal(net), core_net_db=Decimal(net), **values)


outcomes = st.builds(
    outcome,
    st.sampled_from(labels_of(SIDES)),
    st.sampled_from(patterns_of(SIDES)),
    net=st.sampled_from(["-12.5", "0", "3.1"]),
    typical=st.booleans(),
    tests=st.booleans(),
    look_alikes=st.frozensets(st.sampled_from(["mmn", "lyme"])),
    named=st.frozensets(st.sampled_from(["mmn", "lyme", "mg"])),
)


# Intervals


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 10, 0, 0.2775),  # z2 / (n + z2) = 3.8415 / 13.8415
        (10, 10, 0.7225, 1),  # n / (n + z2) = 10 / 13.8415
        (5, 10, 0.2366, 0.7634),  # half the width is z / (2 sqrt(n + z2)) = 1.95996 / 7.44083
    ],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    interval = Share(count, of).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 5000), st.data())
def test_an_interval_holds_its_share_within_none_and_all(of: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, of)), of)
    assert share.value is not None
    assert share.interval is not None
    assert 0 <= share.interval.low <= share.value <= share.interval.high <= 1
    assert share.interval.low < share.interval.high


@given(st.integers(1, 500), st.integers(2, 9), st.data())
def test_the_same_share_of_more_cases_has_a_narrower_interval(of: int, times: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, of))
    few, many = Share(count, of).interval, Share(count * times, of * times).interval
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def test_of_no_cases_there_is_no_share() -> None:
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


# The tally


@given(st.lists(outcomes))
def test_every_case_is_counted_once_under_its_label_and_its_word(some: list[Outcome]) -> None:
    made = tally(SIDES, iter(some))
    assert made.cases == len(some)
    for label, one in made.labels.items():
        of_label = [case for case in some if case.label == label]
        assert one.cases == sum(one.patterns.values()) == len(of_label)
        assert one.patterns == {word: sum(case.pattern == word for case in of_label) for word in patterns_of(SIDES)}


@given(st.lists(outcomes))
def test_a_case_of_a_side_leans_right_or_wrong_or_not_at_all(some: list[Outcome]) -> None:
    made = tally(SIDES, some)
    for side in SIDES:
        one = made.labels[side.short]
        ways = [one.shares[way] for way in ("leans_right", "leans_wrong", "undecided")]
        assert {share.of for share in ways} == {one.cases}
        assert sum(share.count for share in ways) == one.cases
        assert one.shares["tested_leans_right"].of <= one.shares["typical_leans_right"].of <= one.cases
    wrong = [made.labels[side.short].shares["leans_wrong"].count for side in SIDES]
    assert len(made.wrong_leans) == sum(wrong)


@given(st.lists(outcomes))
def test_whoever_names_all_look_alikes_names_one(some: list[Outcome]) -> None:
    for label, one in tally(SIDES, some).labels.items():
        a, every = one.shares["a_look_alike_named"], one.shares["all_look_alikes_named"]
        assert a.of == every.of == sum(case.label == label and bool(case.look_alikes) for case in some)
        assert every.count <= a.count


@pytest.mark.parametrize(
    ("label", "net", "right"), [("MS", "0.1", 1), ("MS", "-3", 0), ("ALS", "-3", 1), ("ALS", "3", 0)]
)
def test_the_sign_of_the_decibans_says_which_side_a_case_is_on(label: str, net: str, right: int) -> None:
    assert tally(SIDES, [outcome(label, net=net)]).labels[label].shares["right_side"] == Share(right, 1)


@pytest.mark.parametrize("label", ["MS", "ALS"])
def test_a_case_without_decibans_is_on_no_side(label: str) -> None:
    assert tally(SIDES, [outcome(label, net="0")]).labels[label].shares["right_side"] == Share(0, 1)


def test_means_are_rounded_half_up_to_a_tenth_and_of_nothing_there_is_none() -> None:
    made = tally(SIDES, [outcome(net="0.1"), outcome(net="0.2")])
    assert made.labels["MS"].net_db == made.labels["MS"].core_net_db == Decimal("0.2")
    assert made.labels["ALS"].net_db is None


def test_the_words_are_all_that_a_comparison_can_give() -> None:
    known = {key for key in shipped().words_files["en"].words["pattern"] if key not in ("always", "more_like")}
    assert set(patterns_of(SIDES)) == known | {"more_like_ms", "more_like_als"}


# A folder of cases


def test_cases_are_counted_as_right_wrong_and_undecided(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = counted(mixed, capsys)
    ms, als, neither = (made["labels"][label] for label in ("MS", "ALS", "neither"))
    assert (made["cases"], made["not_compared"]) == (7, 0)
    assert (ms["patterns"]["more_like_ms"], ms["patterns"]["more_like_als"]) == (2, 0)
    assert als["patterns"]["more_like_als"] == als["patterns"]["more_like_ms"] == 1
    assert (neither["patterns"]["withheld"], neither["patterns"]["more_like_ms"]) == (1, 1)
    assert [(one["count"], one["of"]) for one in ms["shares"].values()][2:6] == [(0, 3), (1, 3), (2, 2), (1, 1)]
    assert (als["shares"]["leans_wrong"]["count"], als["shares"]["typical_leans_right"]["of"]) == (1, 1)
    assert neither["shares"]["a_look_alike_named"] == {"count": 1, "of": 1, "share": 1.0, "interval": [0.2065, 1.0]}
    assert neither["shares"]["all_look_alikes_named"]["count"] == 0


def test_leans_that_should_not_be_are_named(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = counted(mixed, capsys)
    assert [(one["case"], one["label"], one["toward"]) for one in made["wrong_leans"]] == [("swapped", "ALS", "MS")]
    assert [(one["case"], one["toward"]) for one in made["others_leaning"]] == [("worried", "MS")]
    assert made["others_leaning"][0]["net_db"] > 0


def test_the_keys_of_the_object_stay(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = counted(mixed, capsys)
    assert list(made) == [
        "folder", "cases", "not_compared", "partial", "not_reached", "versions", "labels", "wrong_leans", "others_leaning",
    ]  # fmt: skip
    assert list(made["labels"]) == ["MS", "ALS", "neither", "both"]
    assert list(made["labels"]["MS"]) == ["cases", "patterns", "mean_net_db", "mean_core_net_db", "shares"]
    assert list(made["labels"]["MS"]["shares"]) == [*OF_A_SIDE, "a_look_alike_named", "all_look_alikes_named"]
    assert list(made["labels"]["both"]["shares"]) == ["undecided", "a_look_alike_named", "all_look_alikes_named"]
    assert set(made["versions"]) >= {"program", "findings", "weighing", "look_alikes"}


def test_a_label_without_cases_has_no_share_and_no_mean(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = counted(mixed, capsys)["labels"]["both"]
    assert (both["cases"], both["mean_net_db"]) == (0, None)
    assert both["shares"]["undecided"] == {"count": 0, "of": 0, "share": None, "interval": None}


def test_the_page_is_aligned_plain_text_that_fits_eighty_columns(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, said = run(mixed, capsys)
    page = out.splitlines()
    assert (status, said) == (0, [])
    assert out.isascii()
    assert max(map(len, page)) <= 80
    table = page[page.index("Pattern words by label") + 1 :][:5]
    assert len({len(line) for line in table}) == 1
    assert [line.split()[0] for line in table[1:]] == ["MS", "ALS", "neither", "both"]
    assert len({line.rindex(" of ") for line in page if line.startswith("  ") and " of " in line}) == 1


def test_the_page_gives_no_percentage_without_its_cases(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(mixed, capsys)
    shares = [line for line in out.splitlines() if line.count("%") == 2]
    assert shares
    assert all(" of " in line for line in shares)
    assert "both: no cases" in out
    assert any("typical ones with tests" in line and line.endswith("no case") for line in out.splitlines())
    assert any(line.split()[-9:] == ["2", "of", "3", "67", "%", "21", "to", "94", "%"] for line in shares)


def test_the_page_names_who_leans_where_they_should_not(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(mixed, capsys)
    assert "Leaning to the wrong side: 1\n  swapped: ALS, leans to MS, net +" in out
    assert "Of neither or both, yet leaning to a side: 1\n  worried: neither, leans to MS, net +" in out


def test_a_folder_without_any_case_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, said = run(folder(tmp_path, "case = {}\n"), capsys)
    assert (status, said) == (0, [])
    assert out.count(": no cases") == 4


def test_labels_may_say_what_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = 'schema = "msals-labels/1"\n[case.eye]\nlabel = "MS"\n'
    assert counted(folder(tmp_path, labels, eye=findings(*MS_LIKE)), capsys)["cases"] == 1


def test_answers_are_cases_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = 'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\n[answers]\nage_at_onset = 31\n'
    made = counted(folder(tmp_path, '[case.story]\nlabel = "both"\n', story=answers), capsys)
    assert made["labels"]["both"]["patterns"]["too_little"] == 1


# What is wrong


EYE = '[case.eye]\nlabel = "MS"\n'


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ('[case.bad]\nlabel = "Ms"\n', "labels.toml:4: bad: UNKNOWN_LABEL: the label is not known; write one of MS, ALS,"),
        ('[case.bad]\nlabel = "MS"\nlook_alikes = ["nmos"]\n',
         'labels.toml:5: bad: UNKNOWN_LOOK_ALIKE: there is no look-alike "nmos"; did you mean "nmosd"?'),
        ("[case.bad]\ntypical = true\n", 'labels.toml:3: bad: SHAPE: "label" is missing; write label = ...'),
        ('[case.bad]\nlabel = "MS"\ntypical = 1\n', 'labels.toml:5: bad: SHAPE: "typical" must be true or false'),
    ],
)  # fmt: skip
def test_a_label_with_a_fault_is_said_with_its_line_and_the_others_go_on(
    labels: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder(tmp_path, EYE + labels, eye=findings(*MS_LIKE), bad=findings(*MS_LIKE))
    made, sentences = refused(path, capsys)
    assert (made["cases"], made["not_compared"]) == (1, 1)
    assert len(sentences) == 1
    assert sentences[0].startswith(said)


def test_a_label_without_a_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, said = refused(folder(tmp_path, EYE + '[case.gone]\nlabel = "MS"\n', eye=findings()), capsys)
    assert said == [
        "labels.toml:3: gone: NO_FILE: there is no file of this case; add gone.toml or gone.json, or take its label away"
    ]
    assert (made["cases"], made["not_compared"]) == (1, 1)


def test_a_file_without_a_label_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(tmp_path, EYE, eye=findings(), stranger=findings())
    (path / "packet.json").write_text("{}", encoding="utf-8")
    (path / "README.md").write_text("No case.", encoding="utf-8")
    (path / ".eye.toml").write_text("No case.", encoding="utf-8")
    made, said = refused(path, capsys)
    assert said[0].endswith(": passed over what is no case (2): hidden 1, .md 1.")
    assert [line.partition(";")[0] for line in said[1:]] == [
        "packet.json: the file has no label", "stranger.toml: the file has no label",
    ]  # fmt: skip
    assert (made["cases"], made["not_compared"]) == (1, 2)


def test_two_files_of_one_name_are_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(tmp_path, EYE, eye=findings())
    (path / "eye.json").write_text("{}", encoding="utf-8")
    made, said = refused(path, capsys)
    assert said == [
        "labels.toml:1: eye: DUPLICATE_FILE: there is more than one file of this case, eye.json and eye.toml; keep one"
    ]
    assert (made["cases"], made["not_compared"]) == (0, 1)


def test_a_case_that_cannot_be_read_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = EYE + '[case.bad]\nlabel = "MS"\n[case.worse]\nlabel = "ALS"\n[case.hand]\nlabel = "ALS"\n'
    path = folder(
        tmp_path, labels, eye=findings(), bad=findings("optic_neuriti"), worse="x = [", hand=findings(*ALS_LIKE)
    )
    made, said = refused(path, capsys)
    assert said[0].startswith("bad.toml:3: optic_neuriti: NO_SUCH_FINDING")
    assert said[1].startswith("worse.toml:1: is not TOML here")
    assert (made["cases"], made["not_compared"], len(said)) == (2, 2, 2)


def test_keys_that_are_not_read_are_named_once_and_are_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = EYE + 'from = 2019-04-23\ntypcal = true\n[case.hand]\nlabel = "ALS"\nfrom = "a book"\n'
    status, _, said = run(folder(tmp_path, labels, eye=findings(), hand=findings()), capsys)
    assert status == 0
    assert [line.replace(f"{tmp_path}/", "") for line in said] == [
        'labels.toml:3: "from" is not read here; it is passed over',
        'labels.toml:4: "typcal" is not read here; did you mean "typical"?',
    ]


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (None, "labels.toml: there is no such file"),
        ("[case", "labels.toml:1: is not TOML"),
        ('schema = "msals-answers/1"\n[case.eye]\nlabel = "MS"\n', "labels.toml:1: -: SHAPE"),
        ("case = 1\n", "labels.toml:1: -: SHAPE"),
        ("", 'labels.toml:1: -: SHAPE: "case" is missing'),
    ],
)
def test_labels_that_cannot_be_read_end_it_in_one_sentence(
    labels: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if labels is not None:
        folder(tmp_path, labels)
    status, out, sentences = run(tmp_path, capsys)
    assert (status, out, len(sentences)) == (1, "", 1)
    assert sentences[0].startswith(f"{tmp_path}/{said}")


def test_names_that_command_a_terminal_do_not_reach_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "a\x1b[2J"
    labels = '[case."a\\u001b[2J"]\nlabel = "ALS"\n"\\u202e" = 1\n[case."b\\u001b"]\nlabel = "x"\n'
    path = folder(tmp_path, labels, **{name: findings(*MS_LIKE), "c\x07": findings()})
    status, out, said = run(path, capsys)
    assert status == 1
    assert "a^[[2J: ALS, leans to MS" in out
    assert all(line.isprintable() for line in (*out.splitlines(), *said))


# How it runs


def test_each_case_is_compared_once_and_none_is_kept(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    alive: list[int] = []
    compare_file = evaluating.compare_file

    def noted(path: str, *rest: Any) -> Compared:
        compared.append(Path(path).stem)
        return compare_file(path, *rest)

    def step(number: int, of: int) -> None:
        alive.append(sum(isinstance(one, Compared) for one in gc.get_objects()))

    monkeypatch.setattr(evaluating, "compare_file", noted)
    made = evaluate(mixed, shipped(), say=_refused, remark=pytest.fail, step=step)
    assert compared == ["eye", "eye_again", "little", "hand", "swapped", "neck", "worried"]
    assert made.tally.cases == len(alive) == 7
    assert len(set(alive)) == 1


def test_nothing_is_worked_out_that_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = 'schema = "msals-answers/1"\nquestionnaire = "ms_als_intake"\n[answers]\nage_at_onset = 31\n'
    monkeypatch.setattr(Session, "tells_most", lambda _: pytest.fail("questions were looked for that nobody reads"))
    assert counted(folder(tmp_path, '[case.story]\nlabel = "MS"\n', story=answers), capsys)["cases"] == 1


def test_ctrl_c_ends_it_cleanly(
    mixed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> Compared:
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluating, "compare_file", interrupted)
    assert run(mixed, capsys) == (130, "", [])


def test_evaluating_loads_no_screen(mixed: Path) -> None:
    code = (
        f"import sys\nfrom msals_tui.cli import main\nmain(['evaluate', {str(mixed)!r}])\n"
        "print([m for m in ('textual', 'rich') if m in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert result.stderr == "[]\n"
