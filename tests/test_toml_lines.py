"""Where things stand: the line that a fault is reported at is the line where a person would look."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msals_tui.content.toml_lines import Lines, lines_of
from timing import takes_less

QUESTIONNAIRE = '''\
schema = "msals-questionnaire/1"
id = "brief"                                # line 2

[[section]]                                 # line 4
id = "start"
title = "[not a header] # not a comment"

[[section.item]]                            # line 8
id = "hand"
type = "choice"
ask = """
[[section]]
id = "no key"
"""
options = [                                 # line 15
    {code = "left", label = "Left, {or} so"},
    # {code = "a comment"},

    {code = "right", label = 'Right ]'},    # line 19
    {code = """
both"""},
]

[section.item.enable_when]                  # line 24
item = "start"
is = "yes"

[[section.item]]                            # line 28
id = "foot"
bands = [{at_least = 1}, {at_least = 2}]

[[section]]                                 # line 32
id = "end"
about.source."the.one" = \'\'\'
x\'\'\'
[[section.item]]                            # line 36
id = "last"
[source]                                    # line 38
"odd key" = {year = 2019}
\'"\' = {}
"\\u0061\\"" = 1
[a.b.c]                                     # line 42
d = [[1, 2],
     [3, 4], 5]
[a]                                         # line 45
e = 1
'''


@pytest.fixture(scope="module")
def lines() -> Lines:
    tomllib.loads(QUESTIONNAIRE)
    return lines_of(QUESTIONNAIRE)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("schema",), 1),
        (("id",), 2),
        (("section",), 4),
        (("section", 0), 4),
        (("section", 0, "title"), 6),
        (("section", 0, "item"), 8),
        (("section", 0, "item", 0), 8),
        (("section", 0, "item", 0, "id"), 9),
        (("section", 0, "item", 0, "ask"), 11),
        (("section", 0, "item", 0, "options"), 15),
        (("section", 0, "item", 0, "options", 0), 16),
        (("section", 0, "item", 0, "options", 0, "label"), 16),
        (("section", 0, "item", 0, "options", 1, "code"), 19),
        (("section", 0, "item", 0, "options", 2), 20),
        (("section", 0, "item", 0, "options", 2, "code"), 20),
        (("section", 0, "item", 0, "enable_when"), 24),
        (("section", 0, "item", 0, "enable_when", "is"), 26),
        (("section", 0, "item", 1), 28),
        (("section", 0, "item", 1, "bands", 1, "at_least"), 30),
        (("section", 1), 32),
        (("section", 1, "about", "source", "the.one"), 34),
        (("section", 1, "item", 0, "id"), 37),
        (("source",), 38),
        (("source", "odd key", "year"), 39),
        (("source", '"'), 40),
        (("source", 'a"'), 41),
        (("a", "b", "c"), 42),
        (("a", "b", "c", "d", 0, 1), 43),
        (("a", "b", "c", "d", 1, 0), 44),
        (("a", "b", "c", "d", 2), 44),
        (("a",), 45),
        (("a", "e"), 46),
    ],
)
def test_everything_stands_where_it_stands(lines: Lines, path: tuple[str | int, ...], line: int) -> None:
    assert lines.line(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("section", 0, "item", 0, "choice", "options", 1, "code"), 19),
        (("section", 0, "item", 0, "choice", "options", 1, "exclusive"), 19),
        (("section", 0, "item", 0, "choice", "why"), 8),
        (("section", 0, "item", 0, "choice", "enable_when", "item", "is"), 26),
        (("section", 0, "item", 0, "choice", "enable_when", "item", "item"), 25),
        (("section", 0, "item", 9, "id"), 8),
        (("section", 7), 4),
        (("section", -1), 4),
        (("source", "odd key", "[key]"), 39),
        (("nothing", "at", "all"), 1),
        (("language",), 1),
    ],
)
def test_what_is_missing_stands_where_it_would_and_kinds_of_a_union_are_passed_over(
    lines: Lines, path: tuple[str | int, ...], line: int
) -> None:
    assert lines.line(path) == line


def test_a_condition_whose_kind_is_called_like_its_key_is_read_as_pydantic_means_it() -> None:
    """The line break inside an inline table is allowed since TOML 1.1."""
    found = lines_of('[when]\nnot.all = [\n  {item = "a", is = "b"},\n  {item = "c",\n is = "Bad"},\n]\n')
    assert found.line(("when", "not", "not", "all", "all", 1, "item", "is")) == 5
    assert found.line(("when", "not", "not", "all", "all", 1, "item", "item")) == 4


def test_windows_line_ends_and_a_byte_order_mark_change_no_line(lines: Lines) -> None:
    changed = lines_of("\ufeff" + QUESTIONNAIRE.replace("\n", "\r\n"))
    assert changed.line(("schema",)) == 1
    assert changed.line(("section", 0, "item", 0, "options", 1)) == lines.line(("section", 0, "item", 0, "options", 1))


@pytest.mark.parametrize(
    "string",
    ['"""a"""""', "'''a'''''", '""""""', "''''''", '""', "''", '"\\""', '"\\\\"', '"""\\""" \\\n"""', "'\\'", '"#[{"',
     "'''\n[x]\n'''", '"""\n\n""\n"""', '"a\\u0022]"'],
)  # fmt: skip
def test_a_string_of_any_kind_ends_where_it_ends(string: str) -> None:
    text = f"a = {string} # one\nb = [{string}, {{c = {string}}}]\n[t]\nd = 1"
    tomllib.loads(text)
    line = 1 + string.count("\n")
    found = lines_of(text)
    assert found.line(("b",)) == line + 1
    assert found.line(("b", 1)) == line + 1 + string.count("\n")
    assert found.line(("t",)) == text.count("\n")
    assert found.line(("t", "d")) == text.count("\n") + 1


def spread(value: Any, level: int = 0) -> str:
    """A value as TOML with every element of a list on a line of its own."""
    match value:
        case list():
            inner = "".join(f"{'  ' * level}{spread(one, level + 1)}, # ] {{\n" for one in value)
            return f"[\n{inner}]"
        case dict():
            return f"{{{', '.join(f'{key} = {spread(one, level + 1)}' for key, one in value.items())}}}"
    return f"{value}"


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in parts for found in paths(inner, (*path, key)))]


names = st.text("abc", min_size=1, max_size=2)
values = st.recursive(
    st.integers(0, 9).map(lambda number: number + 0),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=10,
)


@given(
    st.dictionaries(
        names, st.one_of(values, st.lists(st.dictionaries(names, values, max_size=3), min_size=1, max_size=3))
    )
)
def test_every_value_of_every_document_is_found_below_what_is_around_it(document: dict[str, Any]) -> None:
    """Marks each number with its own line: reading the text again must find each one there."""
    plain = "".join(f"{key} = {spread(value)}\n" for key, value in document.items())
    found = lines_of(plain)
    written = plain.split("\n")
    assert tomllib.loads(plain) == document
    for path in paths(document)[1:]:
        line = found.line(path)
        assert found.line(path[:-1]) <= line <= len(written)
        value: Any = document
        for part in path:
            value = value[part]
        if isinstance(path[-1], str):
            assert f"{path[-1]} = " in written[line - 1]
        elif isinstance(value, int):
            assert written[line - 1].strip().startswith(f"{value},")
        else:
            assert written[line - 1].strip()[0] in "[{"


PIECES = ["[", "[[", "]", "]]", "{", "}", "=", ",", ".", "\n", "\r\n", "#", '"', "'", '"""', "'''", "\\", "a", "b",
          '"k"', " ", "1", "[a]\n", "[[a]]\n", "[[a.b]]\n", "a.b = {\n", "a = [\n", '"\\x"', '"\\']  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.sampled_from(["a", "b", "k", 0, 1])).map(tuple))
def test_text_that_is_no_toml_never_fails_and_gives_a_line_of_the_text(text: str, path: tuple[str | int, ...]) -> None:
    assert 1 <= lines_of(text).line(path) <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "a = " + "{a=" * 100_000, "a." * 200_000 + "a = 1", '"' * 200_000, '"\\' * 100_000,
     "a = '\n" * 50_000, 'x = """' + '\\"' * 200_000, 'x = """' + '""\n' * 100_000, "[[a]]\n[[a.b]]\n" * 20_000,
     "k = 1\n" * 100_000, "\n" * 1_000_000],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert takes_less(3, lambda: lines_of(text).line(("a", 0, "b", 0, "a", "a", "a")))


def test_a_long_path_is_followed_in_short_time() -> None:
    found = lines_of("a." * 300 + "a = 1\n")
    assert found.line(("a",) * 600) == 1
    assert takes_less(1, lambda: found.line(("a",) * 600))


def test_nothing_is_read_before_a_line_is_asked_for() -> None:
    assert takes_less(0.5, lambda: lines_of("k = 1\n" * 1_000_000))
