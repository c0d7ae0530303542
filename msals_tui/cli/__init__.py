"""Reads the command line and starts what it names.

Exit status: 0 done; 1 the input has faults (one line each on standard error); 2 wrong usage; 3 the machine failed us;
129, 130, 143 after a signal. No traceback ever leaves the program: it could show answers.

Imports stand where they are used: `--help` loads next to nothing, and only the screen loads Textual.
"""

import io
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from msals_tui.cli.saying import print_line, say, say_error
from msals_tui.crash_watch import WATCH, cannot_load
from msals_tui.errors import DONE, INTERRUPTED, Filled, MachineFault, MsalsError

if TYPE_CHECKING:
    from argparse import Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if os.name == "nt":
        # Rights, atomic writing and signals are those of POSIX throughout; better one sentence than half a record.
        return say_error(MachineFault("msals-tui needs Linux or macOS", hint="on Windows, run it inside WSL"))
    os.umask(0o077)
    try:
        _open_closed_streams()
        status = _run(given)
        sys.stdout.flush()
    except MsalsError as error:
        status = say_error(error)
    except BrokenPipeError:
        status = DONE  # whoever read our output has seen enough
    except KeyboardInterrupt:
        status = INTERRUPTED
    except ImportError as error:
        status = say_error(MachineFault(cannot_load(error)))
    except OSError as error:
        status = say_error(
            MachineFault(
                Filled("the machine says: {strerror}", strerror=error.strerror or "unknown error"),
                where=str(error.filename or ""),
            )
        )
    except Exception as error:  # noqa: BLE001 - the last resort: nothing may end in a traceback
        status = say_error(MachineFault(WATCH.caught(error), hint="please report this line"))
    _drop_output_that_nobody_takes()
    return status


def _run(given: list[str]) -> int:
    from msals_tui.cli.parser import parser

    told = io.StringIO()  # it would pass over what nobody takes
    try:
        with redirect_stdout(told):
            arguments = parser(given[0] if given else None).parse_args(given)
    except SystemExit as ended:  # help, version, wrong usage
        if text := told.getvalue():
            sys.stdout.write(text)
        return int(ended.code or DONE)
    commands = {
        None: _start,
        "intake": _start,
        "check": _check,
        "new": _new,
        "replay": _of_cases,
        "compare": _of_cases,
        "evaluate": _of_cases,
        "items": _items,
        "screenshots": _screenshots,
        "records": _records,
    }
    return commands[arguments.command](arguments)


def _start(arguments: "Namespace") -> int:
    from msals_tui.cli.start import start

    return start(arguments)


def _of_cases(arguments: "Namespace") -> int:
    from msals_tui.cli import cases

    commands = {"replay": cases.replay, "compare": cases.compare, "evaluate": cases.evaluate}
    return commands[arguments.command](arguments)


def _records(arguments: "Namespace") -> int:
    from msals_tui.cli.records import records

    return records(arguments)


def _check(arguments: "Namespace") -> int:
    from msals_tui.cli.many import Many
    from msals_tui.content.checks import check
    from msals_tui.content.library import Library

    library = Library()
    many = Many(library)

    def work() -> None:
        for fault in check(arguments.paths, library, many.step):
            many.found(str(fault))

    return many.run(work)


def _new(arguments: "Namespace") -> int:
    from msals_tui.cli.new import new

    return new(arguments)


def _items(arguments: "Namespace") -> int:
    from msals_tui.content.library import own_library
    from msals_tui.report.items_json import items_json, items_text
    from msals_tui.session.options import DEFAULT_LANGUAGE, DEFAULT_QUESTIONNAIRE
    from msals_tui.text import for_screen

    library = own_library()
    words = library.words(DEFAULT_LANGUAGE)
    questionnaire = library.questionnaire(arguments.questionnaire or DEFAULT_QUESTIONNAIRE)
    if arguments.json:
        print_line(items_json(questionnaire, words))
        return DONE
    for line in items_text(questionnaire, words):
        print_line(for_screen(line))
    return DONE


def _screenshots(arguments: "Namespace") -> int:
    """Pictures of the screens, and the path of each on standard output."""
    from pathlib import Path

    from msals_tui.text import for_screen
    from msals_tui.ui.launch import importing_textual

    with importing_textual():
        from msals_tui.ui.screenshots import make_screenshots

    made = make_screenshots(Path(arguments.folder))
    for path in made:
        print_line(for_screen(str(path)))
    if not any(path.suffix == ".png" for path in made):
        say("only SVG pictures were made; for PNG copies as well: pip install 'msals-tui[pictures]'")
    return DONE


def _open_closed_streams() -> None:
    """Puts nothing where standard input, output or errors were closed, so that no file we open takes their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows ? for what it lacks


def _drop_output_that_nobody_takes() -> None:
    """Keeps the interpreter from complaining at its end about output that cannot be written any more."""
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)
