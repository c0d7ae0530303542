"""What a person can have typed, out of everything that a terminal sends.

Textual's parser takes whatever it does not know for keys, so that a late reply of the terminal chooses an option, and it
raises on some keys of the newer protocols. Here the stream is read by its grammar, wherever it is cut between two reads:

    text                          passed on; a byte that is no UTF-8 as U+FFFD, controls of eight bits not at all
    a key, the mouse, the focus   passed on in a form that Textual surely knows; the release of a key is none
    any other sequence            means nothing: replies, sizes, control strings (OSC, DCS, APC, PM, SOS)

What was begun and never goes on is forgotten after `SILENCE`, so that nothing deafens the program for good. What cannot be
told from keys is the end of a reply whose beginning got lost; benchmarks/faults/README.md says more.
"""

import re
import sys
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Final

from textual.constants import ESCAPE_DELAY

from msals_tui.sequences import CSI, ESC, SS3, ST, STRING, STRING_END

SILENCE: Final = 1.0
"""Seconds after which a sequence or a string that was begun will not go on any more."""
_LONGEST = 64
"""So many characters of a sequence are kept; no key is as long."""

# Texts, which `re` compiles when they are first needed and keeps: most sittings never need most of them, and none at the start.
_TOKEN = (
    rf"(?P<text>[^\x1b\x80-\x9f\udc80-\udc9f]+)"
    rf"|(?P<nothing>{CSI}M(?:[^\x1b]{{3}}|[^\x1b]{{0,2}}(?=\x1b))"  # the mouse with bytes, which nobody asked for
    rf"|{CSI}[ -?]*(?=[^ -~])|{CSI}\[(?=[^ -~])|{SS3}[0-9;]*(?=[^0-9;@-~])"  # broken off
    rf"|{ST})"
    rf"|(?P<meta>\x1b)(?=\x1b[\[O])"
    rf"|{CSI}\[(?P<console>[ -~])"
    rf"|{CSI}(?P<rxvt>(?:3|7|8|23|24)\$)(?=[^@-~])"
    rf"|{CSI}(?![M\[])(?P<body>[ -?]*)(?P<final>[@-~])"
    rf"|{SS3}(?P<pad>[0-9;]*[@-~])"
    rf"|(?P<string>{STRING})"
    rf"|(?P<byte>[\x80-\x8e\x91-\x97\x99\x9a\udc80-\udc8e\udc91-\udc97\udc99\udc9a])"
    rf"|(?P<escape>\x1b)(?=\x1b[^\[O]|[\x80-\x9f\udc80-\udc9f])"
    rf"|\x1b(?P<alt>[^\x1b\[O\]P_^X\\])"
)
_END = rf"{STRING_END}|(?=\x1b[^\x1b\\])"
_RXVT_HELD = rf"{CSI}((?:3|7|8|23|24)\$)"
_TAIL = r"\[[ -?]*[@-~]|\](?:\d+;|[lL])|P[0-9]*[+$>!|]|_G|[\]P_^X][^\x07\x1b]+(?:\x07|\x1b)"
"""In one read, right after an Esc: the rest of a reply that was cut behind its first character."""
_NO_TEXT = r"[\ud800-\udfff]"

_KEY = r"(\d{0,7})(?::(\d{0,7})(?::\d{0,7})?)?(?:;(\d{0,3})(?::(\d))?(?:;([\d:]{0,99}))?)?"
"""Code, with Shift, modifiers, what happened to the key, text."""
_MOUSE = r"<\d{1,5};\d{1,5};\d{1,5}"
_SHOWN_TOGETHER = r"\?2026;[1-3]\$"
"""The terminal can show a frame all at once; Textual asks for it."""
_EDITING = range(1, 9)
"""Numbers of Home to PageDown before a tilde."""
_FUNCTION = frozenset({*range(11, 16), *range(17, 22), 23, 24})
"""Those of F1 to F12."""
_LETTERS = "ABCDEFHPQRS"
"""Arrows, Home, End, F1 to F4."""
_ALONE = frozenset(f"{_LETTERS}abcdIOZ")
"""With arrows and Shift as rxvt writes them, the focus, Shift and Tab."""
_RXVT_CTRL = frozenset(f"{number}^" for number in (3, 5, 6, 7, 8, *_FUNCTION))
_PAD = frozenset("ABCDFHPQRSabcdMjkmnopqrstuvwxy")
_RELEASED = "3"
_OWN_KEYS = frozenset({9, 13, 27, 127, *range(57376, 57427)})
"""Numbers of Tab, Enter, Esc, Backspace, and those that the protocol of kitty gives to more function keys and the keypad.

Shift, Alt and the locks have numbers too. Alone they are no key: who hides the screen and goes to another window with Alt and
Tab has not pressed one to go on.
"""
_SHIFT, _ALT, _CTRL, _LOCKS = 1, 2, 4, 64 | 128
_MODIFIERS = range(256)
_NO_CHARACTERS = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]"
"""Controls, surrogates, and what protocols use for keys of their own."""
_ESCAPE = f"{ESC}[27u"


class KeyFilter:
    """One keyboard. What `feed` and `silence` return goes to Textual's parser, a sequence or a text each."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """`now` tells seconds."""
        self._now = now
        self._held = ""
        """The beginning of a sequence."""
        self._in_string = False
        self._meta = False
        """Whether an ESC stands before what comes now: Alt, where that is a key, and Esc where it is none."""
        self._escaped: float | None = None
        """When Esc was pressed, if nothing came since."""

    @property
    def patience(self) -> float | None:
        """So many seconds the rest of what was begun is waited for; None if nothing was."""
        if not (self._held or self._in_string):
            return None
        quick = not self._held.strip(ESC) or re.fullmatch(_RXVT_HELD, self._held)
        return ESCAPE_DELAY if quick and not self._in_string else SILENCE

    def feed(self, data: str) -> list[str]:
        """What of this a person typed."""
        escaped, self._escaped = self._escaped, None
        if not self._held and not self._in_string:
            if data.isascii() and ESC not in data and escaped is None:
                return [data]
            if escaped is not None and self._now() - escaped < SILENCE and re.match(_TAIL, data):
                data = ESC + data
        return list(self._read(self._held + data))

    def silence(self) -> list[str]:
        """What it means that nothing more came for `patience` seconds."""
        held, in_string, meta = self._held, self._in_string, self._meta
        self._held, self._in_string, self._meta = "", False, False
        if in_string or not held:
            return []
        if not held.strip(ESC):
            self._escaped = self._now()
            return [_ESCAPE] * len(held)
        if found := re.fullmatch(_RXVT_HELD, held):
            return [f"{ESC}[{found[1]}"]
        return [_ESCAPE] if meta else []

    def _read(self, data: str) -> Iterator[str]:
        at = 0
        while at < len(data):
            if self._in_string:
                end = re.compile(_END).search(data, at)
                if end is None:
                    at = len(data) - data.endswith(ESC)
                    break
                self._in_string, at = False, end.end()
                continue
            found = re.compile(_TOKEN).match(data, at)
            if found is None:
                break
            at = found.end()
            if found["meta"]:
                self._meta = True
                continue
            meta, self._meta = self._meta, False
            self._in_string = found["string"] is not None
            if told := _told(found) or (_ESCAPE if meta else ""):
                yield told
        self._held = data[at:][:_LONGEST]


def _told(found: re.Match[str]) -> str:
    """A piece as Textual reads it; "" for nothing."""
    kind = found.lastgroup or ""
    match kind:
        case "text":
            return re.sub(_NO_TEXT, "\ufffd", found[0])
        case "byte":
            return "\ufffd" if found[0] > "\x9f" else ""
        case "console":
            return f"{ESC}[[{found[kind]}" if found[kind] in "ABCDE" else ""
        case "rxvt":
            return f"{ESC}[{found[kind]}"
        case "final":
            return _sequence(found["body"], found["final"])
        case "pad":
            return f"{ESC}O{found[kind]}" if found[kind] in _PAD else ""
        case "escape":
            return _ESCAPE
        case "alt":
            return _with_alt(found[kind])
    return ""


def _with_alt(character: str) -> str:
    """Alt and a character, which most terminals send behind an ESC."""
    # A word to the left or right, back, a word taken away: what terminals make of other keys.
    if character in "bf\t\x7f":
        return ESC + character
    if character == "\r":
        return _coded(ord(character), _ALT)
    if "\0" < character < ESC:
        return _coded(ord(character) | 0x60, _ALT | _CTRL)
    if not _is_character(ord(character)):
        return ""
    lower = character.lower()
    if len(lower) == 1 and lower != character:
        return _coded(ord(lower), _ALT | _SHIFT)
    return _coded(ord(character), _ALT)


def _sequence(body: str, final: str) -> str:
    """A whole control sequence."""
    if not body:
        known = final in _ALONE
    elif final in "Mm":
        known = re.fullmatch(_MOUSE, body) is not None
    elif final == "y":
        known = re.fullmatch(_SHOWN_TOGETHER, body) is not None
    elif final == "^":
        known = body + final in _RXVT_CTRL
    else:
        return _key(body, final)
    return f"{ESC}[{body}{final}" if known else ""


def _key(body: str, final: str) -> str:
    """A key with numbers: its own, that of the keys held with it, and what it writes."""
    read = re.fullmatch(_KEY, body)
    if read is None:
        return ""
    code, shifted, held, happened, text = (one or "" for one in read.groups())
    modifiers = int(held or 1) - 1
    if happened == _RELEASED or modifiers not in _MODIFIERS:
        return ""
    modifiers &= ~_LOCKS
    match final:
        case "u":
            return _written(int(code or 0), int(shifted or 0), modifiers, [int(one) for one in text.split(":") if one])
        case "~" if code == "27":  # another way in which xterm writes keys
            return _written(int(text) if text.isdecimal() else 0, 0, modifiers, [])
        case "~":
            return _named(code, modifiers, "~") if int(code or 0) in _EDITING or int(code or 0) in _FUNCTION else ""
        case "A" | "B" | "C" | "D" if code not in ("", "1"):  # an old way: the keys held in the place of the key
            return _named("1", int(code) - 1, final) if not held and int(code) - 1 in _MODIFIERS else ""
        case _:  # with numbers R tells where the cursor is
            return _named("1", modifiers, final) if final in _LETTERS and final != "R" and code in ("", "1") else ""


def _named(code: str, modifiers: int, final: str) -> str:
    if modifiers:
        return f"{ESC}[{code};{modifiers + 1}{final}"
    return f"{ESC}[{code}~" if final == "~" else f"{ESC}[{final}"


def _written(code: int, shifted: int, modifiers: int, text: list[int]) -> str:
    """A key with the number of its character, or with one of its own."""
    if code not in _OWN_KEYS and not _is_character(code):
        return ""
    written = [one for one in text if _is_character(one)]
    if not written and _is_character(code) and not modifiers & ~_SHIFT:  # the terminal leaves it to us what it writes
        written = [_upper(code, shifted) if modifiers else code]
    return _coded(code, modifiers, ":".join(map(str, written)))


def _upper(code: int, shifted: int) -> int:
    """What a key writes together with Shift."""
    upper = chr(code).upper()
    return shifted if _is_character(shifted) else ord(upper) if len(upper) == 1 else code


def _coded(code: int, modifiers: int, text: str = "") -> str:
    held = str(modifiers + 1) if modifiers else ""
    return f"{ESC}[{code};{held};{text}u" if text else f"{ESC}[{code};{held}u" if held else f"{ESC}[{code}u"


def _is_character(code: int) -> bool:
    """Whether a key can write this."""
    return code <= sys.maxunicode and re.match(_NO_CHARACTERS, chr(code)) is None
