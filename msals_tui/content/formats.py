"""What a file is that is no case file, told by how it begins: it is named for what it is, not by what goes wrong in it.

Gzip is unpacked, within the bounds of the file that it holds. Nothing here knows what a case says.
"""

import re
import zlib

from msgspec import Struct

from msals_tui.disk.reading import Limits, refuse_size
from msals_tui.errors import Filled, InputFault

_GZIP = b"\x1f\x8b"
_MOST_PARTS = 1_000
"""Gzip in one file; each may be next to nothing, and nobody joins as many."""


class _Kind(Struct, frozen=True):
    """One format: what it is called, and what to do with such a file."""

    name: str
    hint: str


_UNPACK = Filled("unpack it first")
_TAKE_OUT = Filled("take the case out of it, as JSON or TOML")
_AS_UTF_8 = Filled("save it as UTF-8")
_AS_JSON = Filled("save it as JSON")
_ANOTHER = Filled("check that it is the right file")

_PROTOBUF = _Kind(Filled("protobuf, the binary form of a phenopacket"), _AS_JSON)
_PROTOBUF_TEXT = _Kind(Filled("protobuf in its text form"), _AS_JSON)
_YAML = _Kind(Filled("YAML"), _AS_JSON)
_TABLE = _Kind(Filled("a table of columns"), _ANOTHER)
_BINARY = _Kind(Filled("no text, and of no kind that is known here"), _ANOTHER)
_ARCHIVE = _Kind(Filled("a tar archive"), _TAKE_OUT)
_UTF_16 = _Kind(Filled("UTF-16 text"), _AS_UTF_8)
_UTF_32 = _Kind(Filled("UTF-32 text"), _AS_UTF_8)
_XML = _Kind(Filled("XML or HTML"), _ANOTHER)

_BEGINNINGS: tuple[tuple[bytes, _Kind], ...] = (
    (b"PK\x03\x04", _Kind(Filled("a zip archive, as spreadsheets and word documents are too"), _TAKE_OUT)),
    (b"PK\x05\x06", _Kind(Filled("an empty zip archive"), _ANOTHER)),
    (b"\xfd7zXZ\x00", _Kind(Filled("xz"), _UNPACK)),
    (b"BZh", _Kind(Filled("bzip2"), _UNPACK)),
    (b"\x28\xb5\x2f\xfd", _Kind(Filled("zstd"), _UNPACK)),
    (b"\x04\x22\x4d\x18", _Kind(Filled("lz4"), _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", _Kind(Filled("a 7z archive"), _TAKE_OUT)),
    (b"Rar!\x1a\x07", _Kind(Filled("a RAR archive"), _TAKE_OUT)),
    (b"\xff\xfe\x00\x00", _UTF_32),
    (b"\x00\x00\xfe\xff", _UTF_32),
    (b"\xff\xfe", _UTF_16),
    (b"\xfe\xff", _UTF_16),
    (b"%PDF", _Kind(Filled("PDF"), _ANOTHER)),
    (b"{\\rtf", _Kind(Filled("a document in rich text"), _ANOTHER)),
    (b"\xd0\xcf\x11\xe0", _Kind(Filled("an old office document"), _ANOTHER)),
    (b"\x89PNG", _Kind(Filled("a picture"), _ANOTHER)),
    (b"\xff\xd8\xff", _Kind(Filled("a picture"), _ANOTHER)),
    (b"GIF8", _Kind(Filled("a picture"), _ANOTHER)),
    (b"SQLite format 3\x00", _Kind(Filled("a SQLite database"), _ANOTHER)),
    (b"PAR1", _Kind(Filled("Parquet"), _ANOTHER)),
    (b"age-encryption.org/", _Kind(Filled("encrypted (age)"), Filled("decrypt it first"))),
    (b"version https://git-lfs", _Kind(Filled("a Git LFS pointer and not the file itself"), Filled("fetch the file"))),
    (b"%YAML", _YAML),
    (b"---\n", _YAML),
    (b"---\r\n", _YAML),
    (b"--- ", _YAML),
    (b"<", _XML),
    (b"\xef\xbb\xbf<", _XML),
)  # fmt: skip
"""Formats that begin with bytes of their own, with which neither JSON nor TOML begins; the longer beginning comes first."""

_TAR = slice(257, 262)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF_16_LETTERS = re.compile(rb"(?:\x00[\x20-\x7e]){4}|(?:[\x20-\x7e]\x00){4}")
_YAML_LINE = re.compile(r"(?:- )?(?:[\w$.-][\w $.-]*|\"[^\"]*\"|'[^']*')\s*:(?:\s|$)|- \S")
"""A key with a colon behind it, or an element of a list: no line of TOML outside brackets and long texts reads so."""
_PROTOBUF_LINE = re.compile(r"^\s*\w+:?\s*\{\s*$", re.MULTILINE)
_HEAD = 64 * 1024
"""Bytes in which a text says what it is."""
_LAST_FIELD = 15
"""Of the messages of phenopackets; others would be another program's."""


def unpacked(data: bytes, place: str, limits: Limits) -> bytes:
    """The bytes themselves, or what they hold as gzip. InputFault for gzip that is damaged, cut off or holds too much."""
    if not data.startswith(_GZIP):
        return data
    found = b""
    for _ in range(_MOST_PARTS):
        part = zlib.decompressobj(wbits=31)
        try:
            found += part.decompress(data, limits.size + 1 - len(found))
        except zlib.error:
            raise InputFault("this is gzip, and damaged", where=place, hint="get the file again") from None
        if len(found) > limits.size:
            refuse_size(place, limits)
        if not part.eof:
            raise InputFault("this is gzip that ends too early", where=place, hint="get the file again")
        data = part.unused_data
        if not data.startswith(_GZIP):
            break
    if data:
        raise InputFault("this is gzip with something else behind it", where=place, hint="unpack it first")
    if found.startswith(_GZIP):
        raise InputFault("this is gzip inside gzip", where=place, hint="unpack it first")
    return found


def refuse_others(data: bytes, place: str) -> None:
    """InputFault, naming the format, for bytes that are of another one than JSON and TOML; nothing for any text else."""
    kind = _kind_of(data)
    if kind is not None:
        raise InputFault(Filled("this is {kind}", kind=kind.name), where=place, hint=kind.hint)


def _kind_of(data: bytes) -> _Kind | None:
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[_TAR] == b"ustar":
        return _ARCHIVE
    if _UTF_16_LETTERS.match(data):
        return _UTF_16
    if _NO_TEXT.search(data):
        return _PROTOBUF if _is_protobuf(data) else _BINARY
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.lstrip()[:1] in (b"{", b"["):
        return None
    return _kind_of_text(head.decode("utf-8", "replace"))


def _kind_of_text(text: str) -> _Kind | None:
    """The kind of a text by its first line that says something; TOML begins with a key and "=", or with brackets."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    if _PROTOBUF_LINE.match(first):
        return _PROTOBUF_TEXT
    if first == "---" or _YAML_LINE.match(first):
        return _PROTOBUF_TEXT if _PROTOBUF_LINE.search(text) else _YAML
    if "=" not in first and first[:1] != "[" and any(mark in first for mark in ",;\t"):
        return _TABLE
    return None


def _is_protobuf(data: bytes) -> bool:
    """Whether all of it reads as fields of one message, be it with its length before it."""
    length = _varint(data, 0)
    if length is not None and length[0] == len(data) - length[1] and _is_message(data, length[1]):
        return True
    return _is_message(data, 0)


def _is_message(data: bytes, at: int) -> bool:
    sizes = {1: 8, 5: 4}
    while at < len(data):
        key = _varint(data, at)
        if key is None or not 1 <= key[0] >> 3 <= _LAST_FIELD:
            return False
        wire, at = key[0] & 7, key[1]
        if wire in sizes:
            at += sizes[wire]
            continue
        number = _varint(data, at)
        if number is None or wire not in (0, 2):
            return False
        at = number[1] + (number[0] if wire == 2 else 0)  # noqa: PLR2004 - a length and so many bytes
    return at == len(data) > 0


def _varint(data: bytes, at: int) -> tuple[int, int] | None:
    """A number of seven bits a byte, and where it ends; None if it does not."""
    number = 0
    for shift in range(0, 64, 7):
        if at >= len(data):
            return None
        number |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:  # noqa: PLR2004 - the eighth bit says that more follows
            return number, at
    return None
