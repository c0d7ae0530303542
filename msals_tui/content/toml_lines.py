"""Where things stand in a TOML file: the line of a table, a key or a list element.

A reader of its own, since tomli keeps no places. It judges nothing: of text that is no TOML it tells what it can, and
it never fails. One pass, linear in the length of the text, no recursion.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

_token = re.compile(
    r'"(?!"")[^"\\\n]*"'  # a string without escapes; others are followed step by step
    r"|'(?!'')[^'\n]*'"
    r"|[\"']"
    r"|#[^\n]*"
    r"|\n[ \t\r\n]*"
    r"|[\[\]{}=,.]"
    r"|[^ \t\r\n\[\]{}=,.\"'#]+"
)
_string_stop = {
    '"': re.compile(r'(?:\\.){1,99}|["\n]'),
    '"""': re.compile(r'(?:\\.){1,99}|"{3,5}', re.DOTALL),
    "'": re.compile(r"['\n]"),
    "'''": re.compile(r"'{3,5}"),
}
"""What matters inside a string: escapes, and what ends it; up to two quotes may stand before the closing three."""


def tokens(text: str) -> Iterator[tuple[str, int]]:
    r"""Every token of a TOML text with the line it begins on, counted from 1; comments are left out.

    A token is a string with its quotes, one of `[]{}=,.`, a run of line ends and blanks that begins with `\n`, or a
    bare word. Ends early at a string that is never closed.
    """
    line, at = 1, 0
    while found := _token.search(text, at):
        lexeme, at = found[0], found.end()
        if lexeme in "\"'":
            at = end_of_string(text, found.start())
            if at < 0:
                return
            lexeme = text[found.start() : at]
        if lexeme[0] != "#":
            yield lexeme, line
        line += lexeme.count("\n")


def lines_of(text: str) -> "Lines":
    """Where everything stands in a TOML text; read when the first line is asked for."""
    return Lines(text.removeprefix("\ufeff"))


class _Node(Struct):
    """A table or a list. A plain value has no node: its line stands in the node around it."""

    line: int
    names: "dict[str, _Node | int]"
    items: "list[_Node | int]"

    def child(self, part: str | int) -> "_Node | int | None":
        if isinstance(part, str):
            return self.names.get(part)
        return self.items[part] if 0 <= part < len(self.items) else None


_READINGS = 16
"""How many ways of reading a path are followed at a time."""


class Lines:
    """The lines of one file, by path."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _root(self) -> _Node:
        reader = _Reader()
        for lexeme, line in tokens(self._text):
            reader.take(lexeme, line)
        return reader.root

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of what `path` names, or of the innermost thing around it that is there; 1 where nothing is.

        Names of nothing are passed over, such as the kinds of a union that pydantic puts between keys; positions never
        are. Where a kind is called like a key, the reading wins that finds the most, of equals the one that gets
        further.
        """
        best, line = 0, self._root.line
        readings: list[tuple[int, _Node]] = [(0, self._root)]
        for part in path:
            found = [(count + 1, child) for count, node in readings if (child := node.child(part)) is not None]
            for count, child in found:
                if count >= best:
                    best, line = count, child.line if isinstance(child, _Node) else child
            going_on = [(count, child) for count, child in found if isinstance(child, _Node)]
            passing = readings if isinstance(part, str) else []
            readings = sorted(going_on + passing, key=lambda reading: -reading[0])[:_READINGS]
        return line


class _Reader:
    """Takes token after token and remembers where tables, keys and elements begin."""

    def __init__(self) -> None:
        self.root = _new(1)
        self._table = self.root
        self._open: list[tuple[_Node, bool]] = []
        """Lists and inline tables around the current place; True for a list."""
        self._parts: list[str] = []
        """The key read so far."""
        self._slot: tuple[_Node, str] | None = None
        """Where a list or table goes that follows the `=` just read."""
        self._filled = False
        """Whether the current element of a list has begun."""
        self._brackets = 0
        self._step = self._in_key

    def take(self, lexeme: str, line: int) -> None:
        """The next token."""
        self._step(lexeme, line)

    def _in_key(self, lexeme: str, line: int) -> None:
        match lexeme[0]:
            case "=":
                self._define(line)
            case "[" if not self._open and not self._parts:
                self._brackets = 1
                self._step = self._in_header
            case "}" if self._open:
                self._close()
            case "\n" | ",":
                self._parts = []
            case "." | "[" | "]" | "{" | "}":
                pass
            case _:
                self._parts.append(_name(lexeme))

    def _in_header(self, lexeme: str, line: int) -> None:
        match lexeme[0]:
            case "\n":
                self._parts = []
                self._step = self._in_key
            case "[":
                self._brackets += 1
            case "]":
                self._begin_table(line)
            case "." | "=" | "," | "{" | "}":
                pass
            case _:
                self._parts.append(_name(lexeme))

    def _in_value(self, lexeme: str, line: int) -> None:
        match lexeme[0]:
            case "\n":
                self._step = self._in_value if self._open else self._in_key
            case ",":
                self._filled = False
                self._step = self._in_value if self._open and self._open[-1][1] else self._in_key
            case "[" | "{":
                self._begin(_new(line), is_list=lexeme == "[")
            case "]" | "}":
                self._close()
            case ".":
                pass
            case _:
                self._place(line)

    def _define(self, line: int) -> None:
        """A key ends: remembers its line and where its value goes."""
        node = self._open[-1][0] if self._open else self._table
        if self._parts:
            *around, key = self._parts
            for part in around:
                node = _latest(_named(node, part, line))
            node.names.setdefault(key, line)
            self._slot = node, key
        self._parts = []
        self._step = self._in_value

    def _begin_table(self, line: int) -> None:
        """A header ends: what follows belongs to its table."""
        if not self._parts:
            return
        *around, key = self._parts
        node = self.root
        for part in around:
            node = _latest(_named(node, part, line))
        node = _named(node, key, line)
        if self._brackets > 1:
            node.items.append(_new(line))
        else:
            node.line = line
        self._table = _latest(node)
        self._parts = []

    def _begin(self, node: _Node, *, is_list: bool) -> None:
        self._place(node)
        self._open.append((node, is_list))
        self._filled = False
        self._step = self._in_value if is_list else self._in_key

    def _close(self) -> None:
        if self._open:
            self._open.pop()
        self._parts = []
        self._filled = True
        self._step = self._in_value

    def _place(self, value: _Node | int) -> None:
        """A value begins: an element of the list around it, or what belongs to the key just read."""
        if self._open and self._open[-1][1]:
            if not self._filled:
                self._open[-1][0].items.append(value)
                self._filled = True
        elif self._slot is not None:
            node, key = self._slot
            if isinstance(value, _Node):
                value.line = line if isinstance(line := node.names[key], int) else value.line
                node.names[key] = value
            self._slot = None


def _new(line: int) -> _Node:
    return _Node(line, {}, [])


def _named(node: _Node, key: str, line: int) -> _Node:
    """The table or list of this name, made where there is none yet."""
    child = node.names.get(key)
    if not isinstance(child, _Node):
        child = node.names[key] = _new(line)
    return child


def _latest(node: _Node) -> _Node:
    """The last element of an array of tables; any other table itself."""
    last = node.items[-1] if node.items else node
    return last if isinstance(last, _Node) else node


def _name(lexeme: str) -> str:
    """A part of a key without quotes and escapes; as written where it is no valid string."""
    if lexeme[0] not in "\"'":
        return lexeme
    if lexeme[0] == '"' and "\\" in lexeme:
        import tomli  # imported here: hardly any name has an escape

        try:
            return str(tomli.loads(f"name = {lexeme}")["name"])
        except ValueError:
            return lexeme
    return lexeme[1:-1]


def end_of_string(text: str, start: int) -> int:
    """The place behind the string that begins with the quote at `start`, or -1 where it is never closed."""
    quote = text[start]
    opening = quote * 3 if text.startswith(quote * 3, start) else quote
    at = start + len(opening)
    while found := _string_stop[opening].search(text, at):
        at = found.end()
        if found[0][0] == quote:
            return at
        if found[0] == "\n":
            return -1
    return -1
