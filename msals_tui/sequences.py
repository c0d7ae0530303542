"""The grammar of what a terminal sends that is no text: control sequences, control strings, and the ESC of a key.

A terminal answers on the line on which somebody types: its colours, its size, its name. Such a reply is never an answer.
"""

import re
from typing import Final

ESC: Final = "\x1b"
CSI: Final = r"(?:\x1b\[|[\x9b\udc9b])"
"""Begins a control sequence, with seven bits, with eight, and with a byte that is no UTF-8."""
SS3: Final = r"(?:\x1bO|[\x8f\udc8f])"
"""Begins a key of the keypad."""
STRING: Final = r"(?:\x1b[\]P_^X]|[\x90\x98\x9d-\x9f\udc90\udc98\udc9d-\udc9f])"
"""Begins a control string: OSC, DCS, APC, PM, SOS."""
STRING_END: Final = r"(?:[\x07\x18\x1a\x9c\udc9c]|\x1b\\)"
"""Ends one: BEL, ST; CAN and SUB break it off."""
ST: Final = r"(?:\x1b\\|[\x9c\udc9c])"
"""The end of a control string whose beginning nobody saw."""

# Compiled when the first line is read.
_IN_A_LINE = (
    rf"{STRING}(?:[^\x07\x18\x1a\x1b\x9c\udc9c]|\x1b(?=\x1b))*(?:{STRING_END}|(?=\x1b)|\Z)"
    rf"|{CSI}M[^\x1b]{{0,3}}|{CSI}\[[ -~]?|{CSI}[ -?]*[@-~]?|{SS3}[0-9;]*[@-~]?|{ST}"
)


def without_sequences(line: str) -> str:
    """A line without what the terminal put into it. A control string without an end takes the rest of the line along."""
    return re.sub(_IN_A_LINE, "", line)
