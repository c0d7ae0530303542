"""What people get wrong who write TOML by hand, told by the line that is no TOML: what it says, and how to write it.

Nothing is mended here, since a line that is no TOML may mean anything. A line that is recognised is left out, and the rest is
read again, so that all of them are told at once.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from msals_tui.errors import ContentFaults, Fault, Filled, InputFault
from msals_tui.questionnaire.problem import shown
from msals_tui.text import for_screen

_NO_TOML = "is not TOML here"
"""How a fault of the parser begins; everything else that is wrong with a file says itself what it is."""
_MOST = 50
"""Lines that are told of one file."""
_LARGEST = 256 * 1024
"""Characters of a file that is read again and again."""
_line_at_end = re.compile(r":(\d+)$")
_statement = re.compile(r"\s*(?P<key>[^=#\[\]{}]*?)\s*=\s*(?P<value>.*?)\s*(?:#[^\"']*)?$")
_heading = re.compile(r"\s*\[+\s*([\w. -]+?)\s*\]+\s*(?:#.*)?$")
_BLANKS = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u2039\u203a\u0060\u00b4"
_odd_blank = re.compile(f"[{_BLANKS}]")
_curly = re.compile(f"[{_CURLY}]+([^{_CURLY}]*)[{_CURLY}]+")
_MISSING = Filled('leave the line out, or write {{missing = "not_asked"}}')
_NOTHING = ("null", "none", "nil", "n/a", "na", "-", "?", "unknown", "nan")


class Slip(Struct, frozen=True):
    """What is wrong with a line, and what to do."""

    key: str
    what: str
    hint: str


def slips_in(data: bytes, path: str, fault: InputFault, read: Callable[[bytes], object]) -> InputFault:
    """All lines that somebody got wrong; the fault itself where the first is none that is known. `read` parses the file."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    found: list[Fault] = []
    place = for_screen(path)
    lines = text.split("\n")
    while len(found) < _MOST and len(text) <= _LARGEST and fault.what.startswith(_NO_TOML):
        slip, number = _slip(lines, fault)
        if slip is None:
            break
        found.append(Fault(place, number, shown(slip.key), "TOML", for_screen(slip.what), for_screen(slip.hint)))
        lines[number - 1] = ""
        try:
            read("\n".join(lines).encode())
        except InputFault as another:
            fault = another
            continue
        return ContentFaults(tuple(found))
    return ContentFaults((*found, _as_fault(place, fault))) if found else fault


def _as_fault(place: str, fault: InputFault) -> Fault:
    return Fault(place, _line_of(fault), "", "TOML", fault.what, fault.hint)


def _line_of(fault: InputFault) -> int:
    found = _line_at_end.search(fault.where)
    return int(found[1]) if found else 0


def _slip(lines: list[str], fault: InputFault) -> tuple[Slip | None, int]:
    """What is wrong where a file is no TOML, and in which line, from 1."""
    if "Cannot overwrite" in fault.what or "Cannot declare" in fault.what:
        return next(_twice(lines), (None, 0))
    if "Unterminated string" in fault.what:
        return next(_unclosed(lines), (None, 0))
    number = min(max(_line_of(fault), 1), len(lines))
    while number > 1 and not lines[number - 1].strip():
        number -= 1
    return _of_line(lines[number - 1].removesuffix("\r"), fault.what), number


def _twice(lines: list[str]) -> Iterator[tuple[Slip, int]]:
    """What stands in the same table twice."""
    first: dict[tuple[str, str], int] = {}
    heading = ""
    for number, line in enumerate(lines, 1):
        if found := _heading.match(line):
            heading, key = found[1], ""
            if line.lstrip().startswith("[["):
                first = {place: one for place, one in first.items() if place[0] != heading}
                continue
        elif (statement := _statement.match(line)) and statement["key"]:
            key = statement["key"].strip("\"'")
        else:
            continue
        if (heading, key) in first:
            name = key or f"[{heading}]"
            hint = Filled("keep one of the two; the first stands in line {line}", line=first[heading, key])
            yield Slip(name, Filled("{name} stands there twice", name=shown(name)), hint), number
        first.setdefault((heading, key), number)


def _unclosed(lines: list[str]) -> Iterator[tuple[Slip, int]]:
    """Quotes that are opened and never closed."""
    for number, line in enumerate(lines, 1):
        if line.replace('\\"', "").count('"') % 2:
            statement = _statement.match(line)
            yield Slip(statement["key"] if statement else "", Filled("the quotes are not closed"), _CLOSE), number


_CLOSE = Filled("write the same sign at both ends, on one line")


def _of_line(line: str, said: str) -> Slip | None:
    """What is wrong with one line; None if nobody knows."""
    outside = re.sub(r'"[^"]*"', '""', line)
    if "\r" in line:
        hint = Filled("save it with the line ends of Linux or Windows")
        return Slip("", Filled("lines end here as on very old machines"), hint)
    if blank := _odd_blank.search(outside):
        what = Filled("holds a blank that TOML does not know (U+{code})", code=f"{ord(blank[0]):04X}")
        return Slip(line.partition("=")[0].strip(f" {blank[0]}"), what, Filled("type an ordinary blank in its place"))
    if line.strip().startswith("[") and "=" not in line:
        return Slip("", Filled("a heading stands in one pair of brackets"), Filled("write it as [answers]"))
    if line.strip().startswith("//"):
        return Slip("", Filled("a remark begins with #"), Filled("write # in place of //"))
    statement = _statement.match(line)
    if statement is None:
        return _without_sign(line)
    key, value = statement["key"], statement["value"]
    if key.endswith(":"):
        return Slip(key.strip(" :"), Filled(":= stands for nothing"), Filled("write = alone"))
    if " " in key and not set(key) & set("\"'"):
        joined = "_".join(key.split())
        return Slip(
            joined, Filled("the name of a question holds blanks"), Filled("write it as {key} = ...", key=shown(joined))
        )
    if curly := _curly.search(re.sub(r'"[^"]*"', '""', value)):
        hint = Filled('write straight ones: {key} = "{value}"', key=shown(key), value=shown(curly[1]))
        return Slip(key, Filled("the quotes are curly, which TOML does not know"), hint)
    slip = _of_value(key, value, said)
    return Slip(key, *slip) if slip is not None else None


def _without_sign(line: str) -> Slip | None:
    """A line without `=`."""
    if not (found := re.match(r"\s*([\w-]+(?: [\w-]+)*?)\s*(?::\s*|\s+|$)(.*)$", line)):
        return None
    key, value = found[1], found[2].strip() or "..."
    quoted = value if value[0] in "\"'[{0123456789" or value == "..." else f'"{value}"'
    hint = Filled("write it as {key} = {value}", key=shown("_".join(key.split())), value=shown(quoted))
    return Slip(key, Filled("no = stands between the question and its answer"), hint)


def _of_value(key: str, value: str, said: str) -> tuple[str, str] | None:
    """What is wrong with the value of a line, and what to do; None if nobody knows."""
    if "Unescaped" in said:
        return Filled("a backslash means something in double quotes"), Filled("write it twice, or use single quotes")
    if not value:
        return Filled("nothing stands behind the ="), Filled("write the answer, or leave the line out")
    if value.startswith("="):
        return Filled("== stands for nothing"), Filled("write = alone")
    if value.casefold() in _NOTHING:
        return Filled("{value} is no answer", value=shown(value)), _MISSING
    if value.casefold() in ("true", "false"):
        return Filled("{value} is written in small letters", value=shown(value)), Filled(
            "write {value}", value=value.lower()
        )
    if value[0] in "\"'":
        return _of_quoted(value)
    if value[0] in "[{":
        return None
    return _of_bare(key, value)


def _of_quoted(value: str) -> tuple[str, str] | None:
    if value[-1] in ",;" and value.count(value[0]) > 1:
        return Filled("{sign} stands at the end of the line", sign=value[-1]), Filled("leave it out")
    if value[0] == "'" and value.count("'") > len("''"):
        return Filled("an apostrophe ends a text in single quotes"), Filled("write it in double quotes")
    if value.count(value[0]) % 2:
        return Filled("the quotes are not closed"), _CLOSE
    return Filled("more than one answer stands on the line"), Filled(
        "write one answer a line, or a list: [{value}]", value=shown(", ".join(re.findall(r'"[^"]*"', value))) or "..."
    )


def _of_bare(key: str, value: str) -> tuple[str, str]:
    """Of a value without quotes."""
    if found := re.fullmatch(r"([+-]?\d+),(\d+)", value):
        what = Filled("{value} holds a comma, which stands for decimals in other languages", value=shown(value))
        if len(found[2]) == len("000"):
            return what, Filled("write it without a comma if these are thousands, else with a point")
        return what, Filled(
            "write it with a point: {key} = {number}", key=shown(key), number=shown(f"{found[1]}.{found[2]}")
        )
    if re.fullmatch(r"[+-]?0\d+(\.\d+)?", value):
        what = Filled("{value} begins with 0", value=shown(value))
        return what, Filled("write {key} = {number}", key=shown(key), number=shown(value.lstrip("+-0")) or "0")
    if re.fullmatch(r"\d{1,3}(?:[ ']\d{3})+", value):
        number = re.sub(r"\D", "", value)
        return Filled("{value} is more than one number", value=shown(value)), Filled(
            "write {key} = {number}", key=shown(key), number=shown(number)
        )
    if re.fullmatch(r"\.\d+|\d+\.", value):
        number = f"0{value}" if value[0] == "." else value[:-1]
        return Filled("{value} lacks a digit", value=shown(value)), Filled(
            "write {key} = {number}", key=shown(key), number=shown(number)
        )
    if re.fullmatch(r"\d{1,4}[-./]\d{1,4}(?:[-./]\d{1,4})?", value):
        what = Filled("{value} is no number, and a date stands in quotes", value=shown(value))
        return what, Filled('write {key} = "{value}"', key=shown(key), value=shown(value))
    if found := re.fullmatch(r"([<>~]?\s*[+-]?\d+(?:\.\d+)?)\s*([^\d\s.,].*)", value):
        what = Filled("something stands behind the number: {rest}", rest=shown(found[2]))
        return what, Filled("write {key} = {number}, or put it all in quotes", key=shown(key), number=shown(found[1]))
    what = Filled("{value} stands without quotes", value=shown(value))
    return what, Filled('write {key} = "{value}"', key=shown(key), value=shown(value.rstrip(",;")))
