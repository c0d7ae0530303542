"""One content or case file as it was read: its data, its bytes to find lines in, and a hash of its bytes."""

import re
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct

from msals_tui.disk.reading import CONTENT, read_bytes
from msals_tui.errors import Fault, Filled, InputFault
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.problem import Loc
from msals_tui.text import for_screen

if TYPE_CHECKING:
    from msals_tui.content.toml_lines import Lines


class ContentFile(Struct, frozen=True, dict=True):
    """A file that was read. `path` is fit for a screen."""

    path: str
    data: dict[str, Any]
    source: bytes | Path
    """Its bytes, or where they stand if nobody needs them but to find a line."""
    sha256: str

    @property
    def schema(self) -> str:
        """What the file says it is; "" if it does not say."""
        schema = self.data.get("schema")
        return schema if isinstance(schema, str) else ""

    @cached_property
    def lines(self) -> "Lines":
        """Where everything stands; worked out only when there is a fault to name."""
        from msals_tui.content.toml_lines import lines_of

        source = self.source if isinstance(self.source, bytes) else content_bytes(self.source)
        return lines_of(source.decode(errors="replace"))

    def fault(self, loc: Loc, place: str, code: str, what: str, hint: str) -> Fault:
        """A fault of this file, with the line of what `loc` leads to; what it repeats of the file is fit for a screen."""
        line = self.lines.line(loc) if loc else 1
        return Fault(self.path, line, place, code, for_screen(what), for_screen(hint))


MOST_TABLES = 10_000
"""In one list or under one heading; more would take minutes to check, and no questionnaire has as many questions."""

_SCHEMA = re.compile(rb'^schema = "([^"\n]*)"$', re.MULTILINE)

_FEW = 100_000
"""Bytes; in less there is no room for that many."""


def content_bytes(path: Path) -> bytes:
    """All bytes of a content file. Raises InputFault if it cannot be read, or is larger than any content is."""
    return read_bytes(path, CONTENT)


def content(data: bytes, path: str) -> ContentFile:
    """A content file from its bytes. Raises InputFault if they are no TOML within bounds."""
    from msals_tui.content.toml import parse_content

    file = ContentFile(for_screen(path), parse_content(data, path), data, sha256(data).hexdigest())
    check_tables(file)
    return file


def check_tables(file: ContentFile) -> None:
    """Raises InputFault if more tables stand in one place than anybody means, since each would be judged by itself."""
    if isinstance(file.source, bytes) and len(file.source) <= _FEW:
        return
    waiting: list[tuple[Loc, Any]] = [((), file.data)]
    while waiting:
        loc, value = waiting.pop()
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        tables = [((*loc, key), part) for key, part in parts if isinstance(part, dict | tuple)]
        if len(tables) > MOST_TABLES:
            # Without its line, which would take as long to find as everything before.
            name = f' in "{loc[-1]}"' if loc and isinstance(loc[-1], str) else ""
            raise InputFault(
                Filled("holds more than {most_tables} tables{name}", most_tables=MOST_TABLES, name=for_screen(name)),
                where=file.path,
                hint="split it",
            )
        waiting += tables


def schema_for(model: type[Definition]) -> str:
    """What a file must say in its `schema` key to be read as this model; the model says it, and nothing else does."""
    return str(get_args(model.__annotations__["schema_"])[0])


def schema_of(data: bytes, path: str) -> str:
    """What a content file says it is, from its head alone where that says so; parsed only where it does not."""
    said = schema_said(data)
    return content(data, path).schema if said is None else said


def schema_said(data: bytes) -> str | None:
    """What the head of a file says that it is, where it says so in plain words; nothing is parsed, so it may be wrong."""
    head, *_ = data.split(b"\n[", 1)
    found = _SCHEMA.search(head)
    return found[1].decode("ascii", "replace") if found else None
