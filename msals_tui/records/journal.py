r"""The journal of one intake: every answer is on the disk before anybody reads "Saved".

A journal is a file that only grows. Each line is one entry:

    <number> <hash> <body>\n

`number` counts from 0 without gaps. `body` is one JSON object, in ASCII and without a newline; the first one is the header,
which says what the journal is, with its format ("msals-journal/1"). `hash` is the SHA-256, in hexadecimal, of the hash of
the line before (64 zeros before the first), a space, and the body. So a line that was changed, put in, taken out or moved
is found; a tail that was cut off cleanly is not, unless its last hash was written down elsewhere, as each summary does.

A crash can leave an unfinished last line, without its newline: it was never promised, and is passed over. Anything else
that does not verify is damage: what stands before it is good, what stands behind it is not looked at.

No byte of a journal is ever changed or taken away. What cannot go on in a file goes on in the next one (see `journal_files`).
"""

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeAlias

from msgspec import Struct

FORMAT = "msals-journal/1"
LONGEST_LINE = 1 << 20
"""Bytes of one line: twenty of the longest texts that a question takes, whatever their script."""
_BEGIN = "0" * 64
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?")

Body: TypeAlias = Mapping[str, Any]
"""One entry: plain JSON values, and Decimal for numbers that are not whole."""


class Line(Struct, frozen=True):
    """One entry as it stands in the file."""

    number: int
    hash: str
    body: Body
    bytes: bytes


class Journal(Struct, frozen=True):
    """What a journal holds, up to where it is good."""

    lines: tuple[Line, ...]
    unfinished: bool = False
    """Something stands behind the last newline: an entry that was cut off while it was written."""
    damaged: bool = False
    """A line that was finished does not verify; nothing from there on is told."""

    @property
    def whole(self) -> bool:
        """Nothing stands behind the good lines."""
        return not (self.unfinished or self.damaged)

    @property
    def head(self) -> str:
        """The hash of the last good line."""
        return self.lines[-1].hash if self.lines else _BEGIN

    @property
    def bytes(self) -> bytes:
        """The good lines."""
        return b"".join(line.bytes for line in self.lines)


def line_after(before: Line | None, body: Body) -> Line:
    """The line of an entry that follows another; the first follows None. Raises ValueError if it could not be read back."""
    number = before.number + 1 if before is not None else 0
    written = encoded(body)
    digest = _digest(before.hash if before is not None else _BEGIN, written)
    line = f"{number} {digest} ".encode() + written
    if _verified(line, before) is None:
        raise ValueError("an entry that the journal could not read back")
    return Line(number, digest, body, line + b"\n")


def journal(bodies: Iterable[Body]) -> Journal:
    """A journal of these entries."""
    lines: list[Line] = []
    for body in bodies:
        lines.append(line_after(lines[-1] if lines else None, body))
    return Journal(tuple(lines))


def read_journal(data: bytes) -> Journal:
    """What the bytes of a journal tell. Never raises: what does not verify is damage."""
    lines: list[Line] = []
    *finished, rest = data.split(b"\n")
    for written in finished:
        line = _verified(written, lines[-1] if lines else None)
        if line is None:
            return Journal(tuple(lines), damaged=True)
        lines.append(line)
    return Journal(tuple(lines), unfinished=bool(rest))


def encoded(body: Body) -> bytes:
    """An entry as one line of ASCII, without its end."""
    return json.dumps(body, default=_decimal, allow_nan=False, separators=(",", ":")).encode()


def decoded(written: bytes) -> Body | None:
    """The entry that `encoded` wrote; None if it is none. Never raises."""
    try:
        body = json.loads(written.decode("ascii"), object_hook=_undecimal, parse_constant=_refuse, parse_float=_refuse)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _verified(written: bytes, before: Line | None) -> Line | None:
    """One finished line, None if it is not the one that was written behind the line before it."""
    if len(written) > LONGEST_LINE:
        return None
    parts = written.split(b" ", 2)
    number = before.number + 1 if before is not None else 0
    if len(parts) != len(("number", "hash", "body")) or parts[0] != str(number).encode():
        return None
    digest = _digest(before.hash if before is not None else _BEGIN, parts[2])
    if parts[1] != digest.encode():
        return None
    body = decoded(parts[2])
    return None if body is None else Line(number, digest, body, written + b"\n")


def _digest(before: str, body: bytes) -> str:
    return sha256(before.encode() + b" " + body).hexdigest()


def _decimal(value: object) -> dict[str, str]:
    """A number that is not whole, digit by digit: JSON's own numbers would not keep 2.50 apart from 2.5."""
    if isinstance(value, Decimal):
        return {"decimal": f"{value:f}"}
    raise TypeError(f"a journal keeps no {type(value).__name__}")


def _undecimal(table: dict[str, Any]) -> Any:
    """The number that `_decimal` wrote; anything longer or larger than it writes is left as it stands."""
    written = table.get("decimal")
    if table.keys() == {"decimal"} and isinstance(written, str) and _NUMBER.fullmatch(written):
        return Decimal(written)
    return table


def _refuse(written: str) -> object:
    raise ValueError(written)
