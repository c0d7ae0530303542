"""Texts that no screen, file or message may be broken or commanded by, and what must never be drawn."""

import re
from collections.abc import Iterable, Iterator

CANARY = "CANARY7"

TEXTS: dict[str, str] = {
    # Markup that ends a Textual program, or makes a link or a button of a patient's words
    "unclosed tag": "a [/ b",
    "closing tag": "[/]",
    "unknown closing tag": "foo [/bold] bar",
    "nested brackets": "[type=x, v={'a[0]'}]",
    "click action": f"[@click=app.quit]{CANARY}[/]",
    "link": f"[link=file:///{CANARY}]x[/link]",
    "quoted tag": "[a='",
    "style tag": "[on red]x[/on red]",
    "backslash": "x\\",
    "escaped bracket": "\\[bold]",
    "format fields": "{0} {name} {0.__class__} {{ %s %d %(x)s",
    # Sequences that a terminal obeys
    "clipboard": f"\x1b]52;c;{CANARY}\x07",
    "title": f"\x1b]0;{CANARY}\x07",
    "title in C1": f"\x9d2;{CANARY}\x9c",
    "hyperlink": f"\x1b]8;;file:///{CANARY}\x1b\\click\x1b]8;;\x1b\\",
    "device control": f"\x1bP$q{CANARY}\x1b\\",
    "clear screen": f"{CANARY}\x1b[2J\x1b[3J\x1b[H",
    "leave screen": f"{CANARY}\x1b[?1049l",
    "end of paste": f"{CANARY}\x1b[201~\r:quit\r",
    "reset": f"{CANARY}\x1bc",
    "colour in C1": f"{CANARY}\x9b31m",
    "unterminated": f"\x1b]2;{CANARY}",
    "lone escape": f"{CANARY}\x1b",
    "overwriting": f"no weakness\rweakness {CANARY}",
    "backspaces": "no weakness" + "\b" * 11 + "weakness",
    "bells and nulls": "a\x00b\x07c\x7fd\x05e",
    "lines": "one\ntwo\r\nthree\x0bfour\x0cfive\u0085six\u2028seven\u2029eight",
    "tabs": "a\tb\t\tc",
    # Signs that deceive the eye
    "right-to-left override": f"no \u202eesaesid{CANARY}\u202c x",
    "isolates": "\u2066a\u2069 \u2067b\u2069 \u2068c\u2069 \u061c\u200f\u200e",
    "tag characters": "x" + "".join(chr(0xE0000 + ord(one)) for one in CANARY),
    "zero width": "A\u200bL\u200cS\u200d\u2060\ufeff\u00ad",
    "nothing to see": "\u3164\u115f\u1160\uffa0\u2800",
    "noncharacters": "\ufffe\uffff\U0001ffff",
    "lone surrogate": "a\udc80b\ud800c",
    # Widths
    "marks piled up": "a" + "\u0300\u0301\u0302\u0489" * 50,
    "mark first": "\u0301abc",
    "wide": "\u7b4b\u840e\u7e2e\u6027\u5074\u7d22\u786c\u5316\u75c7" * 9,
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7 \U0001f44d\U0001f3fd 1\ufe0f\u20e3",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 left arm 5/5",
    "Indic and Thai": "\u0915\u094d\u0937\u0924\u094d\u0930\u093f \u0e01\u0e33\u0e25\u0e31\u0e07",
    "ligatures": "\ufdfd" * 20,
    # Sizes
    "no place to break": "Pneumono" * 500,
    "many spaces": " " * 3000 + "x",
    "brackets": "[" * 3000,
    "quotes": '"' * 500 + "\\" * 501,
    "very long": "tingling left hand " * 5000,
}
"""By what each is; a test that fails names it."""


def _numbered(what: str, texts: Iterable[str]) -> dict[str, str]:
    """Texts of one family that need no names of their own."""
    return {f"{what} {number}": text for number, text in enumerate(texts, 1)}


def _each(what: str, *ranges: tuple[int, int]) -> dict[str, str]:
    """Every character of some ranges by itself, between words."""
    codes = (code for first, last in ranges for code in range(first, last + 1))
    return {f"{what} U+{code:04X}": f"left{chr(code)}hand {CANARY}" for code in codes}


_STRINGS = {
    "system command": "]",
    "device control": "P",
    "program command": "_",
    "privacy": "^",
    "start of string": "X",
}
"""What begins a string that a terminal swallows and obeys, behind ESC; 64 higher and without ESC it is a C1 character."""


def _strings() -> dict[str, str]:
    """Every kind of control string, with each of its ends and without one."""
    texts = {}
    for what, sign in _STRINGS.items():
        eight = chr(ord(sign) + 0x40)
        texts[f"{what}, ended by ST"] = f"a\x1b{sign}{CANARY}\x1b\\b"
        texts[f"{what}, ended by BEL"] = f"a\x1b{sign}{CANARY}\x07b"
        texts[f"{what}, left open"] = f"a\x1b{sign}{CANARY}"
        texts[f"{what} in C1"] = f"a{eight}{CANARY}\x9cb"
        texts[f"{what} in C1, left open"] = f"a{eight}{CANARY}"
    return texts


_SYSTEM_COMMANDS = (
    f"1;{CANARY}", f"2;{CANARY}", "4;0;rgb:ff/ff/ff", f"7;file:///{CANARY}", f"9;{CANARY}", "10;?", "11;#ffffff",
    "12;?",
    f"22;{CANARY}", f"50;{CANARY}", "52;c;?", f"52;p;{CANARY}", f"99;i=1;{CANARY}", "104", "112", f"133;C;{CANARY}",
    f"633;E;{CANARY}", f"777;notify;{CANARY};{CANARY}", f"1337;File=inline=1:{CANARY}", f"1337;SetMark;{CANARY}",
)  # fmt: skip
"""Titles, colours, folders, notices, the mouse pointer, fonts, the clipboard, shell marks, files."""

_SEQUENCES = (
    "c", ">c", "=c", "5n", "6n", "?6n", ">q", "14t", "18t", "21t", "22;2t", "2J", "3J", "2K", "H", "99;99H", "99A",
    "1;3r",
    "99S", "99T", "99L", "99P", "99@", "8m", "7m", "38;5;196m", "4h", "20h", "?25l", "?5h", "?47h", "?1000h", "?1049l",
    "?2004l", "?2026h", "!p", "?1;2$y", ">25u", "<u", "4i", "200~", "201~", "I", "O", "<0;5;5M", "1;5C", "48;9;9;9;9t",
)  # fmt: skip
"""Questions a terminal answers by itself, screens and modes, reports that look like keys, the mouse and pastes."""

_MARKUP = (
    "[/", "[/ ]", "[b", "[b]", "[]", "[[", "]]", "[/]]", "[a=b", "[a='x']", '[a="', "[@click", "[@click=app.bell]x[/]",
    "[@click='app.exit()']x[/]", "[link='x']y", "[#ffffff]x", "[rgb(1,2,3)]x", "[$accent]x", "[on red", "[not bold]x",
    "[00] text", "\\[", "\\\\[b]", "[\\]", ":skull: :warning:", "{{7*7}}{% x %}", "${x} #{x} <%= x %>", "%s %n %%",
    "{0!r:>9999}",
    "{0.__init__.__globals__}", "{:{}}", "{", "}", f"# {CANARY}", f"[x](javascript:{CANARY})", "```\n# code\n```",
    "\n---\n",
    f"<img src=x onerror={CANARY}>", f"<!-- {CANARY}", f"</div>{CANARY}", "&lt;&#27;]0;x&#7;",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
)  # fmt: skip

_BREAKERS = (
    f'"\n{CANARY} = true\nx = "', f"'''\n{CANARY} = 1\n'''", f'"""\n{CANARY} = 1\n"""', f"]\n[{CANARY}]\nx = 1",
    f"# {CANARY}",
    "\\u0041\\UFFFFFFFF\\x\\e", "\\", '\\"', "a = {b = [", "[[answers]]", '", "x": true, "y": "',
    "- x: !!python/object:os.system",
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "|=1", f'=HYPERLINK("http://{CANARY}")',
    f'a","{CANARY}', "a;b\tc",
    f"'); DROP TABLE x; --{CANARY}", f"$(touch {CANARY}); `touch {CANARY}`", "*)(uid=*",
    f"ok\n2026-01-01 INFO {CANARY} signed",
)  # fmt: skip
"""What ends a string, a table, a cell, a command or a line where it should be inside one."""

_NAMES = (
    f"../../{CANARY}", f"/tmp/{CANARY}", f"~/{CANARY}", ".", "..", "/", f".{CANARY}", f"..\\{CANARY}", f"C:\\{CANARY}",
    f"\\\\host\\{CANARY}", "/dev/stdout", f"a\0{CANARY}.toml", f"-rf {CANARY}", f"--output={CANARY}",
    f"a\n{CANARY}.toml",
    "n" * 255, "n" * 256, "a/" * 2100, "CON", "CON.toml", "aux.md", f"{CANARY}.", f"{CANARY} ", f" {CANARY}",
    f"a:{CANARY}",
    "*", "?", f"$HOME/{CANARY}", "%TEMP%", f"file:///tmp/{CANARY}", f"http://{CANARY}/", "..\u2215x", "..\uff0fx",
    f"|touch {CANARY}",
)  # fmt: skip
"""What is a path, an option or a command where a name should be."""

_VALUES = (
    "", " ", "\n", "true", "false", "null", "none", "nan", "inf", "-inf", "1e308", "1e309", "1e-400", "-0", "0x7f",
    "0o17", "1_000",
    "9223372036854775808", "9" * 5000, "1,5", "\u0661\u0662", "\u00bd", "\u2075", "0000-00-00", "9999-12-31",
    "2026-02-30",
    "24:00:00", "1979-05-27T07:32:00Z", "__proto__", "constructor", "undefined", "NaN", "yes", "no", "off", ":quit",
    ":h", ":", "0", "8",
)  # fmt: skip
"""What another reader might take for something else than a text."""

_PATIENCE = (
    "a" * 40 + "!", " " * 3000, "a@" * 2000, "x" * 65536, "1" * 3000 + "x",
    "2019-" * 800, "{" * 3000, "(" * 3000, "[/" * 1500,
    "a\n" * 3000, "\\" * 3001, "\u0301" * 3000, "a" + "\u0323\u0301" * 1500, "\u200d" * 3000, "\u0e33" * 3000,
    "\U0001f468\u200d" * 800,
    "\ud83d" * 3000, "\x1b[" * 1500, "\x00" * 3000, "\u3164" * 3000,
)  # fmt: skip
"""What takes a poor reader very long."""

_LETTERS = (
    "\u0301abc", "e\u0301", "Zoe\u0308 Mu\u0308ller", "\uff2d\uff33 \uff76\uff9e", "\u0410L\u0405 \u041cS",
    "\u0130stanbul \u0131", "Stra\u00dfe \u1e9e",
    "\U00020000\U0001f9e0", "\u1112\u1161\u11ab", "\u00a0\u2007\u202f\u3000", "\ue000\U0010fffd", "\ufffd",
    "\u00b0\u00b1\u2260\u2264\u25a0",
    "\u0630\u0631\u0627\u0639 3/5 left", "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f1ec",
    "\u20e3", "\u200d", "a\ufe0f\ufe0e\U000e0100",
    "\u101c\u103b\u103e\u1031\u102c\u1037",
    "\u7b4b" * 2000, "\U0001f468\u200d\U0001f469" * 300, "\ufdfd" * 200, "\u0489" * 9 + "x",
)  # fmt: skip
"""What is wider, narrower or more than it seems."""

EVERY: dict[str, str] = {
    **TEXTS,
    **_each("control", (0x00, 0x1F), (0x7F, 0x7F), (0x80, 0x9F)),
    **_each("direction", (0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)),
    **_each("separator", (0x2028, 0x2029)),
    **_each("invisible", (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200D), (0x2060, 0x2064), (0x206A, 0x206F)),
    **_each(
        "filler",
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
    ),
    **_each(
        "annotation", (0xFFF9, 0xFFFB), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0041, 0xE0041), (0xE007F, 0xE007F)
    ),
    **_each("no character", (0xFDD0, 0xFDD0), (0xFDEF, 0xFDEF), (0xFFFE, 0xFFFF), (0x10FFFE, 0x10FFFF)),
    **_each(
        "half a character", (0xD800, 0xD800), (0xDBFF, 0xDC00), (0xDC80, 0xDC80), (0xDCFF, 0xDCFF), (0xDFFF, 0xDFFF)
    ),
    **_strings(),
    **_numbered("system command", (f"a\x1b]{one}\x07b" for one in _SYSTEM_COMMANDS)),
    **_numbered("system command in C1", (f"a\x9d{one}\x9cb" for one in _SYSTEM_COMMANDS)),
    **_numbered("sequence", (f"{CANARY}\x1b[{one}b" for one in _SEQUENCES)),
    **_numbered("sequence in C1", (f"{CANARY}\x9b{one}b" for one in _SEQUENCES)),
    **_numbered(
        "escape",
        (f"{CANARY}\x1b{one}b" for one in ("#8", "(0", "%@", "7", "8", "D", "E", "M", "N", "O", "Z", "=", ">", "\x1b")),
    ),
    **_numbered("markup", _MARKUP),
    **_numbered("breaker", _BREAKERS),
    **_numbered("name", _NAMES),
    **_numbered("value", _VALUES),
    **_numbered("patience", _PATIENCE),
    **_numbered("letters", _LETTERS),
}
"""All of `TEXTS`, and whole families beside them, so that no member of one is left out."""


def packs(room: int) -> Iterator[tuple[str, str]]:
    """All of `EVERY`, as many to a text as there is room for, with the names of what is in it; longer ones are cut."""
    names: list[str] = []
    pack = ""
    for what, text in EVERY.items():
        piece = text[:room]
        if names and len(pack) + 1 + len(piece) > room:
            yield ", ".join(names), pack
            names, pack = [], ""
        pack = f"{pack} {piece}" if names else piece
        names.append(what)
    yield ", ".join(names), pack


_NEVER = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff\U000e0000-\U000e007f]"
)


def forbidden(text: str) -> list[str]:
    """What in a text a terminal could obey or an eye be deceived by."""
    return [f"U+{ord(one):04X}" for one in _NEVER.findall(text)]


def toml_string(text: str) -> str:
    """A text as it may stand in a TOML file, everything but plain ASCII escaped; a lone surrogate becomes U+FFFD."""
    plain = "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)
    return '"' + "".join(one if " " <= one <= "~" and one not in '"\\' else f"\\U{ord(one):08X}" for one in plain) + '"'
