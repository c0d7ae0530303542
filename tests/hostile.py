"""Texts that no screen, file or message may be broken or commanded by, and what must never be drawn."""

import re

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
