"""Reading TOML that nobody vouches for: exact values, firm bounds, and one sentence for every refusal."""

import io
import os
import re
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from msals_tui.content import toml as toml_file
from msals_tui.content.toml import parse, scan_strings
from msals_tui.disk.reading import CONTENT, RECORD, Limits, read_bytes
from msals_tui.errors import InputFault, MachineFault, MsalsError
from msals_tui.text import escape_unprintable, hidden_in
from timing import takes_less

SMALL = Limits(size=200, line=60, values=10)


DEEP = replace(RECORD, dots=CONTENT.dots)
"""Records that may go as deep as content, so that one set of examples tells both."""


def toml_string(text: str) -> str:
    """A text as a basic string on one line."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escape_unprintable(quoted)}"'


def read(text: str, limits: Limits = DEEP) -> dict[str, Any]:
    return parse(text.encode(), "answers.toml", limits)


def refusal(text: str | bytes, limits: Limits = DEEP) -> InputFault:
    """The sentence in which a text is refused, held to be one."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(InputFault) as caught:
        parse(data, "answers.toml", limits)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert hidden_in(sentence) == ()
    assert len(sentence) < 400
    assert re.match(r"answers\.toml(:\d+)?: [a-z]", sentence)
    assert caught.value.hint
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return caught.value


def test_values_arrive_exact_and_lists_as_tuples() -> None:
    document = read('a = "x"\nb = true\nc = 12\nd = 3.40\ne = [1, [2.5, "y"], {k = []}]\n[[t]]\nu = -0.1\n')
    assert document == {
        "a": "x", "b": True, "c": 12, "d": Decimal("3.40"), "e": (1, (Decimal("2.5"), "y"), {"k": ()}),
        "t": ({"u": Decimal("-0.1")},),
    }  # fmt: skip
    assert str(document["d"]) == "3.40"
    assert type(document["b"]) is bool


def test_underscores_hexadecimal_and_exponents_are_numbers_like_others() -> None:
    assert read("a = 1_000\nb = 0x1f\nc = 1_0.5e-3\n") == {"a": 1000, "b": 31, "c": Decimal("0.0105")}


def test_windows_line_ends_and_a_byte_order_mark_are_passed_over() -> None:
    assert parse(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n", "answers.toml", RECORD) == {"a": 1, "b": 2}


def test_an_empty_file_is_an_empty_document() -> None:
    assert read("") == {}


tables = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(10**18) + 1, 10**18 - 1),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.decimals(-(10**9), 10**9, places=3),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4),
    ),
    max_leaves=12,
)


def written(value: Any) -> str:
    """A value as inline TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return toml_string(value)
        case tuple():
            return f"[{', '.join(map(written, value))}]"
        case dict():
            return f"{{{', '.join(f'{toml_string(key)} = {written(inner)}' for key, inner in value.items())}}}"
    return str(value)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), tables, max_size=4))
def test_whatever_is_written_is_read_back(document: dict[str, Any]) -> None:
    text = "".join(f"{toml_string(key)} = {written(value)}\n" for key, value in document.items())
    assert read(text) == document


def test_the_longest_answer_with_every_character_escaped_can_be_read_back() -> None:
    answer = "\u200d" * 4000
    assert read(f"answer = {toml_string(answer)}\n") == {"answer": answer}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a = 1\nb = \n", 2, "not TOML"),
        ("a = 1\na = 2\n", 2, "not TOML"),
        ("[a]\n[a]\n", 2, "not TOML"),
        ("a = {b = 1}\n[a.c]\n", 2, "not TOML"),
        ('a = "open\n', 1, "not TOML"),
        ('x = 1\na = """open\n\n', 4, "not TOML"),
        ("a = '''open", 1, "not TOML"),
        ('a = "\\ud800"', 1, "not TOML"),
        ('a = "\x1b[2J"', 1, "not TOML"),
        ("a = 1 # \x07", 1, "not TOML"),
        ("a = 1\rb = 2", 1, "not TOML"),
        ("\0", 1, "not TOML"),
        ("a = 2026-02-30", 1, "not TOML"),
        ("a = 012", 1, "not TOML"),
        ("\u03b1 = 1", 1, "not TOML"),
        ("a = 1\n\nb = nan", 3, "out of bounds"),
        ("a = [1.0,\n -inf]", 2, "out of bounds"),
        ("a = 1e999999999", 1, "out of bounds"),
        ("a = 1e99999999999999999999", 1, "out of bounds"),
        ("a = 1e-31", 1, "out of bounds"),
        (f"a = 0.{'1' * 60}", 1, "out of bounds"),
        ("a = 1\n[t]\nb = 1000000000000000000", 3, "18 digits"),
        ("a = -1000000000000000000", 1, "18 digits"),
        (f"a = 0x{'f' * 5000}", 1, "18 digits"),
        (f"a = 1\nb = {'9' * 4301}", 2, "too large"),
        ("a = 2019-04-23", 1, "without quotes"),
        ("\na = 2019-04-23T10:00:00Z", 2, "without quotes"),
        ("a = [{b = 10:00:00}]", 1, "without quotes"),
        (f"a = 1\n{'a.' * 17}a = 1", 2, "16 dots"),
        (f"[{'a . ' * 17}a]", 1, "16 dots"),
        (f"x = {{{'a.' * 17}a = 1}}", 1, "16 dots"),
        ('"".' * 17 + "a = 1", 1, "16 dots"),
        ("a = 1\nb = " + "[" * 33 + "]" * 33, 2, "32 deep"),
        ("a = " + "[\n" * 33, 33, "32 deep"),
        ("a = " + "{a = " * 33, 1, "32 deep"),
        ("a = " + "[" * 200_000, 1, "line is longer"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    fault = refusal(text)
    assert fault.where == f"answers.toml:{line}"
    assert says in fault.what


@pytest.mark.parametrize(
    "text",
    [
        f"{'a.' * 16}a = 1",
        f"[{'a.' * 16}a]\nb.c = 1",
        "a = " + "[" * 32 + "]" * 32,
        "".join(f"[[t{number}]]\na = [[1.5, 2.5], [3.5]]\n" for number in range(100)),
        'a = "' + "." * 100 + "[" * 100 + '"',
        "a = '" + "{" * 100 + "'",
        "a = 1 # " + "[" * 100 + "." * 100,
        'a = """\n' + "[" * 100 + '\\"""' + "." * 50 + '"""""',
        "a = '''\n" + "[" * 100 + "\\'' " + "." * 50 + "'''",
        'a = "\\"' + "[" * 100 + '\\\\"',
        "a = " + "[\n 1.5, # ]]] \n" * 30 + "]" * 30,
        '"' + "a.b[" * 40 + '" = 1',
        "".join(f"a{number} = 1.5\n" for number in range(40)),
    ],
)
def test_dots_and_brackets_are_counted_only_where_they_mean_something(text: str) -> None:
    assert read(text)


def test_depth_that_no_single_line_shows_is_refused_too() -> None:
    text = f"[{'a.' * 16}a]\nb = " + "{c.c.c.c = " * 10 + "1" + "}" * 10
    assert "deep" in refusal(text).what


@pytest.mark.parametrize(
    "data", [b"\xff", b'a = "caf\xe9"', b'a = "\xed\xa0\x80"', b'a = "\xc0\xaf"', "a = 1".encode("utf-16")]
)
def test_bytes_that_are_no_utf8_are_refused(data: bytes) -> None:
    assert "UTF-8" in refusal(data).what


def test_the_line_of_a_foreign_byte_is_named() -> None:
    assert refusal(b"a = 1\n\nb = '\xe9'").where == "answers.toml:3"


def test_a_file_above_its_size_is_refused_before_anything_else() -> None:
    assert refusal(b"\xff" * 201, SMALL).what == "is larger than 0 kB"
    assert "4096 kB" in refusal(b"\n" * (RECORD.size + 1)).what


def test_a_line_above_its_length_is_refused_and_one_at_its_length_is_not() -> None:
    assert read(f"# {'x' * 58}\na = 1\n# {'x' * 58}", SMALL) == {"a": 1}
    assert refusal(f"a = 1\n# {'x' * 59}\n", SMALL).where == "answers.toml:2"
    assert refusal(f"a = 1\n# {'x' * 59}", SMALL).where == "answers.toml:2"
    assert refusal(f"# {'x' * 59}\nb = 1\n", SMALL).where == "answers.toml:1"


def test_more_values_than_a_file_may_hold_are_refused() -> None:
    assert read("".join(f"k{number} = 1\n" for number in range(10)), SMALL)
    fault = refusal("".join(f"k{number} = 1\n" for number in range(11)), SMALL)
    assert "more than 10 values" in fault.what
    assert fault.where == "answers.toml:11"
    assert "more than 10 values" in refusal("a = [1, 2, 3, 4, 5,\n6, 7, 8, 9, 10, 11]", SMALL).what


def test_dates_come_through_where_the_caller_wants_them() -> None:
    data = b"a = 2019-04-23\nb = [10:00:00]\nc = 2019-04-23T10:00:00\n"
    assert parse(data, "x", RECORD, dates=True) == {
        "a": date(2019, 4, 23), "b": (clock_time(10),), "c": datetime(2019, 4, 23, 10)  # noqa: DTZ001 - TOML's local time
    }  # fmt: skip


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError])
def test_even_a_parser_that_breaks_down_gives_one_sentence(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(tomli, "loads", broken)
    assert refusal("a = 1").where == "answers.toml:1"


def test_a_hostile_file_name_or_key_cannot_reach_the_terminal() -> None:
    with pytest.raises(InputFault) as caught:
        parse(b'"\\u001b]52;c;QQ==\\u0007".a = 1\n"\\u001b]52;c;QQ==\\u0007" = 1', "a\x1b[2J\n.toml", RECORD)
    assert hidden_in(str(caught.value)) == ()
    assert "\n" not in str(caught.value)


def test_a_long_key_does_not_make_a_long_message() -> None:
    key = "k" * 5000
    assert len(str(refusal(f"[{key}]\n[{key}]\n"))) < 300


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "9" * 1_000_000, "x = 0." + "1" * 1_000_000, "x = 0x" + "f" * 1_000_000, "x = 1e" + "9" * 5000,
        "a." * 100_000 + "a = 1", "[" + "a." * 100_000 + "a]", "x = " + "[" * 100_000, "x = " + "{a=" * 100_000,
        "\n" * 1_000_000, "#" * 10_000_000, 'x = "' + "a" * 10_000_000, 'x = """' + '"' * 7000, '"' * 1_000_000,
        'x = """' + "\\\n" * 100_000, "x = '''" + "\n'" * 100_000, "a = '\n" * 100_000, "a\n" * 100_000,
        "[[a]]\n[[a.b]]\n" * 8000, "".join(f"k{number} = 1\n" for number in range(60_000)), "=" * 8000 + "\n",
        "x = [" + "1,\n" * 90_000 + "]", "x = [" + '"\\u0000",\n' * 20_000 + "]",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_the_worst_files_are_judged_in_a_second(text: str) -> None:
    def judge() -> None:
        with suppress(InputFault):
            parse(text.encode(), "x.toml", CONTENT)

    assert takes_less(2, judge)


SEEDS = [
    'a = "x.y" # c\n[t.u]\nb = [1, 2.5, {c = \'d\'}]\n[[s]]\ne = """m\n\\"""n"""\n', "f = '''\n'a'''\n",
    'g."h".i = 1e5\n', "j = 1979-05-27", "\\", '"', "[", "]", "{", "}", "=", ",", ".", "\n", "#", "9" * 30, "inf",
    "\x00", "\x1b", "\ufeff", "\r",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(SEEDS), st.text(max_size=3))).map("".join), st.binary(max_size=3))
def test_no_file_whatever_ends_in_anything_but_a_document_or_a_sentence(text: str, tail: bytes) -> None:
    said = ""
    try:
        parse(text.encode() + tail, "x.toml", RECORD)
    except InputFault as fault:
        said = str(fault)
    assert hidden_in(said) == ()
    assert "\n" not in said


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_bytes(b"a = 1\n" * 1000)
    assert read_bytes(path, RECORD) == b"a = 1\n" * 1000
    assert read_bytes(str(path), RECORD) == b"a = 1\n" * 1000


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"a = 1")
    (tmp_path / "link").symlink_to("real")
    assert read_bytes(tmp_path / "link", RECORD) == b"a = 1"


def test_a_file_named_minus_can_be_read_as_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(b"a = 1")
    assert read_bytes(Path("-"), RECORD) == b"a = 1"


def make_missing(path: Path) -> None:
    del path


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_large(path: Path) -> None:
    path.touch()
    os.truncate(path, 10**12)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (make_missing, "no such file"), (make_folder, "is a folder"), (make_large, "larger"),
        (make_pipe, "pipe or device"), (make_socket, "pipe or device"), (make_device, "pipe or device"),
        (make_loop, "no name that leads"),
    ],
)  # fmt: skip
def test_what_is_no_ordinary_file_is_refused_without_waiting(
    make: Callable[[Path], None], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("it.toml"))
    with pytest.raises(InputFault, match=says) as caught:
        read_bytes(Path("it.toml"), RECORD)
    assert caught.value.where == "it.toml"
    assert caught.value.hint


@pytest.mark.parametrize(
    "name",
    ["a\0b", "n" * 300, "a\udcff\ud800", "", "file/below", "\x1b]0;x\x07"],
    ids=["nul", "long", "torn", "none", "below", "escape"],
)
def test_a_name_that_no_file_has_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(InputFault) as caught:
        read_bytes(name, RECORD)
    assert hidden_in(str(caught.value)) == ()


def test_a_pipe_put_in_place_of_a_file_is_noticed_after_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look before opening saw a file; what was opened is looked at again."""
    path, ordinary = tmp_path / "it", tmp_path / "ordinary"
    os.mkfifo(path)
    ordinary.touch()
    found = ordinary.stat()
    monkeypatch.setattr(Path, "stat", lambda _: found)
    with pytest.raises(InputFault, match="pipe or device"):
        read_bytes(path, RECORD)


@pytest.mark.parametrize(
    ("number", "says"), [(13, "Permission denied"), (5, "Input/output error"), (0, "unknown error")]
)
def test_a_file_that_may_not_or_cannot_be_read_is_the_machines_fault(
    number: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "it.toml"
    path.touch()

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number)) if number else OSError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(MachineFault, match=says) as caught:
        read_bytes(path, RECORD)
    assert caught.value.hint


def test_a_file_that_grows_while_it_is_read_is_still_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "it.toml"
    path.write_bytes(b"x" * 500)
    before = os.stat_result((0o100600, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda _: before)
    with pytest.raises(InputFault, match="larger"):
        read_bytes(path, SMALL)


def test_minus_means_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "typed"
    path.write_bytes(b"a = 1")
    with path.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert read_bytes("-", RECORD) == b"a = 1"


def test_standard_input_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Path("/dev/zero").open())  # noqa: SIM115 - closed by the test's end
    with pytest.raises(InputFault, match="larger") as caught:
        read_bytes("-", CONTENT)
    sys.stdin.close()
    assert caught.value.where == "standard input"


@pytest.mark.parametrize("stdin", [None, "closed"])
def test_closed_standard_input_is_one_sentence(stdin: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed if stdin else None)
    with pytest.raises(MachineFault, match="closed"):
        read_bytes("-", RECORD)


def test_input_that_is_not_there_yet_is_never_taken_for_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.write(writing, b"a = ")
    with os.fdopen(reading) as stdin, os.fdopen(writing, "w"):
        monkeypatch.setattr(sys, "stdin", stdin)
        with pytest.raises(MsalsError, match="no end yet"):
            read_bytes("-", RECORD)


def test_hidden_characters_are_found_in_texts_and_keys_with_their_path() -> None:
    document = read('a = ["x", {b = "no \\u202e\\u001b", "k\\u200b" = [["\\u0007"]]}]\nc = "\\u200dfine\\n"\nd = 1\n')
    assert list(scan_strings(document)) == [
        (("a", 1, "k\u200b"), ("U+200B",)),
        (("a", 1, "b"), ("U+202E", "U+001B")),
        (("a", 1, "k\u200b", 0, 0), ("U+0007",)),
    ]


def test_a_document_without_hidden_characters_has_nothing_to_report() -> None:
    assert list(scan_strings(read('a = "Z\u00fcrich\\n2"\nb = [1, 2.5, true, ["x"]]\n'))) == []


def test_content_may_be_larger_than_records_but_not_deeper() -> None:
    assert CONTENT.size > RECORD.size
    assert (CONTENT.dots, CONTENT.depth, RECORD.dots, RECORD.depth) == (16, 32, 6, 32)
    assert refusal("a = " + "[" * 9 + "]" * 9, replace(RECORD, depth=8)).what == "brackets stand more than 8 deep"


@given(st.text(alphabet="=,[]{}.\"'#\n\\ a1", max_size=60))
@example('a."b.c".d = "[[[["\n')
@example("a = '\"' # [[[[ \"\n")
def test_what_is_let_through_at_a_glance_is_within_bounds_mark_by_mark(text: str) -> None:
    bounds = Limits(size=1000, line=1000, values=6, dots=2, depth=2)
    with pytest.MonkeyPatch.context() as patched:
        at_a_glance = _refusal(text, bounds)
        patched.setattr(toml_file, "_is_small", lambda text, limits: False)
        assert at_a_glance == _refusal(text, bounds)


def _refusal(text: str, bounds: Limits) -> str:
    try:
        parse(text.encode(), "f", bounds)
    except InputFault as refused:
        return str(refused)
    return ""
