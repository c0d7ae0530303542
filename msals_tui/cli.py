"""Reads the command line and starts what it names.

Exit status: 0 done; 1 the input has faults (one line each on standard error); 2 wrong usage; 3 the machine failed us;
129, 130, 143 after a signal. No traceback ever leaves the program: it could show answers.

Imports stand where they are used: `--version` and `--help` load next to nothing, and only the screen loads Textual.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msals_tui import __version__
from msals_tui.errors import ContentFaults, InputFault, MachineFault, MsalsError, UsageFault

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from msals_tui.session.options import Options

DONE, FAULTY_INPUT, WRONG_USAGE, MACHINE_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
STDOUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        _print(f"msals-tui {__version__}")
        return DONE
    if os.name == "nt":
        # Rights, atomic writing and signals are those of POSIX throughout; better one sentence than half a record.
        return _say_error(MachineFault("msals-tui needs Linux or macOS", hint="on Windows, run it inside WSL"))
    os.umask(0o077)
    _open_closed_streams()
    try:
        status = _run(given)
        sys.stdout.flush()
    except MsalsError as error:
        status = _say_error(error)
    except BrokenPipeError:
        status = DONE  # whoever read our output has seen enough
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        status = _say_error(MachineFault(f"the machine says: {error.strerror or 'unknown error'}"))
    except Exception as error:  # noqa: BLE001 - the last resort: nothing may end in a traceback
        status = _say_error(MachineFault(_neutral(error), hint="please report this line"))
    _drop_output_that_nobody_takes()
    return status


def _run(given: list[str]) -> int:
    arguments = _parser().parse_args(given)
    commands = {
        None: _start,
        "intake": _start,
        "check": _check,
        "replay": _replay,
        "compare": _compare,
        "evaluate": _evaluate,
        "items": _items,
        "screenshots": _screenshots,
    }
    return commands[arguments.command](arguments)


def _parser() -> "ArgumentParser":
    from argparse import SUPPRESS, ArgumentParser

    from msals_tui.session.options import GLYPHS, THEMES

    shared = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    shared.add_argument("--lang", dest="language", metavar="xx", help="language of the screens")
    shared.add_argument("--plain", action="store_true", help="line by line, for screen readers and scripts")
    shared.add_argument("--blind", action="store_true", help="hide the comparison")
    shared.add_argument("--theme", choices=THEMES, metavar="NAME", help=", ".join(THEMES))
    shared.add_argument("--glyphs", choices=GLYPHS, help="signs on the screen")
    shared.add_argument("--digit-continues", action="store_true", help="a digit chooses and continues at once")

    parser = ArgumentParser(
        prog="msals-tui",
        description="Records a history and sets findings of MS and ALS side by side. No diagnostic device.",
        parents=[shared],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"msals-tui {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands (none: the home screen)")

    intake = commands.add_parser("intake", parents=[shared], help="start an intake at once", argument_default=SUPPRESS)
    intake.add_argument("--questionnaire", metavar="NAME|FILE", help="which questionnaire to ask")
    intake.add_argument("-o", dest="output", metavar="SUMMARY", help="file or folder for the summary, - for output")

    check = commands.add_parser("check", help="name every fault of content files")
    check.add_argument("paths", nargs="+", metavar="FILE|DIR")

    replay = commands.add_parser("replay", help="turn an answers file or a summary into a summary")
    replay.add_argument("file", metavar="ANSWERS", help="the file, - for standard input")
    replay.add_argument("--questionnaire", metavar="NAME|FILE", help="ask with this one, not with the one in the file")
    replay.add_argument(
        "-o", dest="output", metavar="SUMMARY", default=STDOUT, help="file or folder; else standard output"
    )

    compare = commands.add_parser("compare", help="compare answers files, findings files, summaries, phenopackets")
    compare.add_argument("files", nargs="+", metavar="FILE", help="a file, - for standard input")
    compare.add_argument("--questionnaire", metavar="NAME|FILE", help="ask with this one, not with the one in a file")
    compare.add_argument("--json", action="store_true", help="one line of JSON per file")

    evaluate = commands.add_parser("evaluate", help="count what labelled cases compare to: right, wrong, undecided")
    evaluate.add_argument("folder", metavar="DIR", help="a folder of cases with their labels in labels.toml")
    evaluate.add_argument("--json", action="store_true", help="as one JSON object")

    items = commands.add_parser("items", help="list every question: id, type, options, findings, when it is asked")
    items.add_argument("questionnaire", nargs="?", metavar="QUESTIONNAIRE", help="name or file")
    items.add_argument("--json", action="store_true", help="as one JSON object")

    pictures = commands.add_parser("screenshots", help="draw pictures of the screens")
    pictures.add_argument("folder", nargs="?", default="screenshots", metavar="DIR")
    return parser


def _start(arguments: "Namespace") -> int:
    """The home screen or an intake, on the screen or line by line."""
    from msals_tui.session.options import Options

    chosen = vars(arguments)
    known = {key: value for key, value in chosen.items() if key in Options.__dataclass_fields__}
    options = Options(start="intake" if arguments.command == "intake" else "home", **known)
    if chosen.get("plain") or not _screen_here():
        from msals_tui.plain.app import run_plain

        return run_plain(options)
    return _start_screen(options)


def _start_screen(options: "Options") -> int:
    _prepare_textual()
    from msals_tui.ui.app import run_app

    return run_app(options)


def _prepare_textual() -> None:
    """Settles what Textual reads from the environment; to be called before it is imported."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]  # it would write logs and pictures, or press keys, wherever these say
    os.environ.setdefault("ESCDELAY", "25")  # milliseconds that Esc waits for the rest of a key


def _screen_here() -> bool:
    """Whether there is a terminal that a full screen can be drawn on. Without one Textual waits for ever."""
    return os.environ.get("TERM") != "dumb" and sys.stdin.isatty() and sys.stdout.isatty()


def _check(arguments: "Namespace") -> int:
    from msals_tui.checking.check import check_paths

    faults = check_paths(arguments.paths)
    for fault in faults:
        _say(str(fault))
    return FAULTY_INPUT if faults else DONE


def _replay(arguments: "Namespace") -> int:
    from pathlib import Path

    from msals_tui.session.content import load_content
    from msals_tui.session.replay import asked_in, asked_with, replay
    from msals_tui.session.summary import refuse_taken, summary_text, write_text
    from msals_tui.storage.case_files import FindingsInput, JsonFile, read_case
    from msals_tui.storage.library import Library

    library = Library()
    file, case = read_case(arguments.file)
    if isinstance(case, FindingsInput):
        raise InputFault("a findings file holds no answers to replay", where=file.path, hint="use msals-tui compare")
    if isinstance(case, JsonFile):
        raise InputFault("a phenopacket holds no answers to replay", where=file.path, hint="use msals-tui compare")
    name = arguments.questionnaire or asked_with(case)
    replayed = replay(file, case, load_content(library, name, language=asked_in(case)))
    for remark in replayed.remarks:
        _say(remark)
    text = summary_text(replayed.session, library.words(replayed.language))
    if arguments.output == STDOUT:
        sys.stdout.write(text)
    else:
        refuse_taken(arguments.output)
        write_text(replayed.session, text, Path(arguments.output))
    return DONE


def _compare(arguments: "Namespace") -> int:
    """Each file by itself: one that cannot be read is said, and the others go on."""
    from msals_tui.report.comparison_json import comparison_line, error_line
    from msals_tui.report.comparison_text import comparison_text
    from msals_tui.session.compare_case import compare_file
    from msals_tui.session.options import DEFAULT_LANGUAGE
    from msals_tui.storage.library import Library
    from msals_tui.text import for_screen

    library = Library()
    status = DONE
    for path in arguments.files:
        try:
            compared = compare_file(path, library, arguments.questionnaire)
        except MsalsError as error:
            status = max(status, _say_error(error))
            if arguments.json:
                _print(error_line(path, _sentences(error)))
            continue
        if arguments.json:
            _print(comparison_line(compared))
            continue
        words = library.words(DEFAULT_LANGUAGE)
        _print(words("compared.title", file=for_screen(path), kind=words(f"compared.kind.{compared.kind}")))
        for line in comparison_text(compared, words):
            _print(f"  {for_screen(line)}")
    return status


def _evaluate(arguments: "Namespace") -> int:
    """Each case by itself: what is wrong with one is said above the count of the others."""
    from pathlib import Path

    from msals_tui.evaluation.evaluate import evaluate
    from msals_tui.evaluation.evaluation_json import evaluation_json
    from msals_tui.evaluation.evaluation_text import evaluation_text
    from msals_tui.evaluation.progress import Progress
    from msals_tui.session.options import DEFAULT_LANGUAGE
    from msals_tui.storage.library import Library
    from msals_tui.text import for_screen

    library = Library()
    words = library.words(DEFAULT_LANGUAGE)
    progress = Progress(sys.stderr, words)
    status = DONE

    def say(error: MsalsError) -> None:
        nonlocal status
        progress.clear()
        status = max(status, _say_error(error))

    try:
        evaluation = evaluate(Path(arguments.folder), library, say=say, remark=_say, step=progress.step)
    finally:
        progress.clear()
    if arguments.json:
        _print(evaluation_json(evaluation))
        return status
    for line in evaluation_text(evaluation, words):
        _print(for_screen(line))
    return status


def _items(arguments: "Namespace") -> int:
    from msals_tui.report.items_json import items_json, items_text
    from msals_tui.session.options import DEFAULT_LANGUAGE, DEFAULT_QUESTIONNAIRE
    from msals_tui.storage.library import Library
    from msals_tui.text import for_screen

    library = Library()
    words = library.words(DEFAULT_LANGUAGE)
    questionnaire = library.questionnaire(arguments.questionnaire or DEFAULT_QUESTIONNAIRE)
    if arguments.json:
        _print(items_json(questionnaire, words))
        return DONE
    for line in items_text(questionnaire, words):
        _print(for_screen(line))
    return DONE


def _screenshots(arguments: "Namespace") -> int:
    """Pictures of the screens, and the path of each on standard output."""
    from pathlib import Path

    from msals_tui.text import for_screen

    _prepare_textual()
    from msals_tui.ui.screenshots import make_screenshots

    made = make_screenshots(Path(arguments.folder))
    for path in made:
        _print(for_screen(str(path)))
    if not any(path.suffix == ".png" for path in made):
        _say("only SVG pictures were made; for PNG copies as well: pip install 'msals-tui[pictures]'")
    return DONE


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def _sentences(error: MsalsError) -> list[str]:
    return [str(fault) for fault in error.faults] if isinstance(error, ContentFaults) else [str(error)]


def _say_error(error: MsalsError) -> int:
    """Says what is wrong, one line a fault, and returns the exit status that goes with it."""
    for sentence in _sentences(error):
        _say(sentence)
    if isinstance(error, InputFault):
        return FAULTY_INPUT
    return WRONG_USAGE if isinstance(error, UsageFault) else MACHINE_FAILED


def _say(sentence: str) -> None:
    from msals_tui.text import for_screen

    sys.stderr.write(for_screen(sentence) + "\n")


def _neutral(error: BaseException) -> str:
    """A sentence about a fault of our own: what kind and where in our code; never a value, which may be an answer."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    module = place.tb_frame.f_globals.get("__name__", "?") if place is not None else "?"
    return (
        f"something went wrong inside msals-tui: {type(error).__name__} in {module}:{place.tb_lineno if place else 0}"
    )


def _open_closed_streams() -> None:
    """Puts nothing where standard input, output or errors were closed, so that no file we open takes their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))


def _drop_output_that_nobody_takes() -> None:
    """Keeps the interpreter from complaining at its end about output that cannot be written any more."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
