"""What every command says, and the exit status that goes with it."""

import io
import sys
from contextlib import suppress

from msals_tui.errors import (
    FAULTY_INPUT,
    MACHINE_FAILED,
    WRONG_USAGE,
    ContentFaults,
    InputFault,
    MsalsError,
    UsageFault,
)


def print_line(line: str) -> None:
    """A line on standard output, as it is."""
    sys.stdout.write(line + "\n")


def print_file(text: str) -> None:
    """The text of a file on standard output: in UTF-8, as files of ours are, whatever the terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="strict")
    sys.stdout.write(text)


def sentences(error: MsalsError) -> list[str]:
    """What is wrong, a sentence for each fault."""
    return [str(fault) for fault in error.faults] if isinstance(error, ContentFaults) else [str(error)]


def say_error(error: MsalsError) -> int:
    """Says what is wrong, one line a fault, and returns the exit status that goes with it."""
    for sentence in sentences(error):
        say(sentence)
    if isinstance(error, InputFault):
        return FAULTY_INPUT
    return WRONG_USAGE if isinstance(error, UsageFault) else MACHINE_FAILED


def say(sentence: str) -> None:
    """A line on standard error, fit for a screen."""
    from msals_tui.text import for_screen

    with suppress(OSError):  # nobody to tell; the exit status says it all the same
        sys.stderr.write(for_screen(sentence) + "\n")
