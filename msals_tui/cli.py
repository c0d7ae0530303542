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
from msals_tui.faults import WATCH, keep_memory_private

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from msals_tui.session.desk import Desk
    from msals_tui.session.options import Options
    from msals_tui.storage.records import Kept

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
        status = _say_error(MachineFault(WATCH.caught(error), hint="please report this line"))
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
        "records": _records,
    }
    return commands[arguments.command](arguments)


def _parser() -> "ArgumentParser":
    from argparse import SUPPRESS, ArgumentParser

    from msals_tui.session.options import GLYPHS, THEMES

    place = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    place.add_argument("--records", metavar="DIR", help="the folder of all records")
    key = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    key.add_argument("--identity", metavar="FILE", help="the clinic's secret key, where records are sealed")
    shared = ArgumentParser(add_help=False, argument_default=SUPPRESS, parents=[place, key])
    shared.add_argument("--lang", dest="language", metavar="xx", help="language of the screens")
    shared.add_argument("--plain", action="store_true", help="line by line, for screen readers and scripts")
    shared.add_argument("--blind", action="store_true", help="hide the comparison")
    shared.add_argument("--theme", choices=THEMES, metavar="NAME", help=", ".join(THEMES))
    shared.add_argument("--glyphs", choices=GLYPHS, help="signs on the screen")
    shared.add_argument("--digit-continues", action="store_true", help="a digit chooses and continues at once")
    shared.add_argument("--lock-after", type=_minutes, metavar="MINUTES", help="hide the screen after 1 to 15 minutes")

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

    records = commands.add_parser("records", parents=[place], help="list, show, resume, verify and purge records")
    _add_record_commands(records, shared=shared, place=place, key=key)
    return parser


def _add_record_commands(
    records: "ArgumentParser", *, shared: "ArgumentParser", place: "ArgumentParser", key: "ArgumentParser"
) -> None:
    from argparse import SUPPRESS

    commands = records.add_subparsers(dest="doing", metavar="COMMAND", title="commands", required=True)
    whose = "the first digits of its id, at least 4"

    every = commands.add_parser("list", parents=[place, key], help="one line a record, the one written last first")
    every.add_argument("--json", action="store_true", help="as one JSON object")

    show = commands.add_parser("show", parents=[place, key], help="what was answered; nothing is changed")
    show.add_argument("id", metavar="ID", help=whose)
    show.add_argument("--questionnaire", metavar="NAME|FILE", help="the version that the record was made with")
    what = show.add_mutually_exclusive_group()
    what.add_argument("--history", action="store_true", help="everything that happened, in order")
    what.add_argument("--toml", action="store_true", help="the summary as it stands now")
    what.add_argument("--final", type=int, metavar="N", help="a final as it was written")

    resume = commands.add_parser("resume", parents=[shared], help="go on with a record", argument_default=SUPPRESS)
    resume.add_argument("resume", metavar="ID", help=whose)
    resume.add_argument("--questionnaire", metavar="NAME|FILE", help="the version that the record was made with")
    resume.add_argument("--amend", metavar="REASON", help="correct a final, and why")
    resume.add_argument("--carry-over", action="store_true", help="take its answers into a new record, another version")

    verify = commands.add_parser("verify", parents=[place, key], help="read every byte and say what is wrong")
    verify.add_argument("ids", nargs="*", metavar="ID", help=whose)
    verify.add_argument("--json", action="store_true", help="as one JSON object")

    purge = commands.add_parser("purge", parents=[place, key], help="delete records")
    purge.add_argument("ids", nargs="*", metavar="ID", help=whose)
    purge.add_argument("--older-than", type=_days, metavar="DAYS", help="all in which nothing was written for so long")
    purge.add_argument("--state", choices=("draft", "final", "moved", "damaged"), help="of those only such")
    purge.add_argument("--yes", action="store_true", help="do not ask")


def _minutes(typed: str) -> int:
    from argparse import ArgumentTypeError

    from msals_tui.session.options import LATEST_LOCK, SOONEST_LOCK

    if not (typed.isdecimal() and typed.isascii() and SOONEST_LOCK <= int(typed) <= LATEST_LOCK):
        raise ArgumentTypeError(f"write {SOONEST_LOCK} to {LATEST_LOCK} minutes")
    return int(typed)


def _days(typed: str) -> int:
    from argparse import ArgumentTypeError

    most = 36500
    if not (typed.isdecimal() and typed.isascii() and 1 <= int(typed[:9]) <= most):
        raise ArgumentTypeError(f"write 1 to {most} days")
    return int(typed)


def _start(arguments: "Namespace") -> int:
    """The home screen or an intake, on the screen or line by line."""
    from msals_tui.session.options import Options

    chosen = vars(arguments)
    known = {key: value for key, value in chosen.items() if key in Options.__dataclass_fields__}
    options = Options(start="intake" if arguments.command == "intake" else "home", **known)
    return _start_with(options, plain=bool(chosen.get("plain")))


def _start_with(options: "Options", *, plain: bool) -> int:
    from msals_tui.storage.records import Records, records_folder

    keep_memory_private()
    WATCH.start(Records(records_folder(options.records)).log)
    if plain or not _screen_here():
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

    from msals_tui.session.replay import content_for, replay
    from msals_tui.session.summary import refuse_taken, summary_text, write_text
    from msals_tui.storage.case_files import FindingsInput, JsonFile, read_case
    from msals_tui.storage.library import Library

    library = Library()
    file, case = read_case(arguments.file)
    if isinstance(case, FindingsInput):
        raise InputFault("a findings file holds no answers to replay", where=file.path, hint="use msals-tui compare")
    if isinstance(case, JsonFile):
        raise InputFault("a phenopacket holds no answers to replay", where=file.path, hint="use msals-tui compare")
    replayed = replay(file, case, content_for(file, case, library, arguments.questionnaire))
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


def _records(arguments: "Namespace") -> int:
    from msals_tui.session.clock import MachineClock
    from msals_tui.session.desk import open_desk
    from msals_tui.session.options import Options
    from msals_tui.storage.library import Library

    commands = {
        "list": _list_records,
        "show": _show_record,
        "resume": _resume_record,
        "verify": _verify_records,
        "purge": _purge_records,
    }
    where = Options(records=getattr(arguments, "records", None), identity=getattr(arguments, "identity", None))
    return commands[arguments.doing](arguments, open_desk(where, Library(), MachineClock()))


def _list_records(arguments: "Namespace", desk: "Desk") -> int:
    from msals_tui.plain.records import list_json, list_lines
    from msals_tui.text import for_screen

    if arguments.json:
        _print(list_json(desk))
        return DONE
    for line in list_lines(desk, desk.words()):
        _print(for_screen(line))
    return DONE


def _show_record(arguments: "Namespace", desk: "Desk") -> int:
    from msals_tui.plain.record_shown import final_of, history, shown, toml_of
    from msals_tui.plain.records import named
    from msals_tui.text import for_screen

    kept = desk.records.read(named(desk.records, arguments.id))
    if arguments.final is not None:
        _write_bytes(final_of(desk, kept, arguments.final))
        return DONE
    if arguments.toml:
        sys.stdout.write(toml_of(desk, kept, arguments.questionnaire, _say))
        return DONE
    tell = history if arguments.history else shown
    for line in tell(desk, kept, desk.words(), arguments.questionnaire):
        _print(for_screen(line))
    return DONE


def _write_bytes(data: bytes) -> None:
    """Bytes as they are; what a terminal would obey is shown to it instead."""
    from msals_tui.text import for_screen

    if sys.stdout.isatty():
        sys.stdout.write(for_screen(data.decode("utf-8", "replace"), lines=True))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _resume_record(arguments: "Namespace", desk: "Desk") -> int:
    from msals_tui.plain.records import to_resume
    from msals_tui.session.options import Options

    chosen = vars(arguments)
    known = {key: value for key, value in chosen.items() if key in Options.__dataclass_fields__}
    options = to_resume(
        desk,
        Options(**{**known, "start": "intake"}),
        questionnaire=chosen.get("questionnaire"),
        language=chosen.get("language"),
        remark=_say,
    )
    return _start_with(options, plain=bool(chosen.get("plain")))


def _verify_records(arguments: "Namespace", desk: "Desk") -> int:
    """Each record by itself: one that cannot be read is said, and the others go on."""
    from msals_tui.plain.records import named
    from msals_tui.plain.verifying import verified_json, verify
    from msals_tui.text import for_screen

    status, ids = DONE, []
    for typed in arguments.ids:
        try:
            ids.append(named(desk.records, typed))
        except MsalsError as error:
            status = max(status, _say_error(error))
    if arguments.ids and not ids:
        return status
    found = []
    for one in verify(desk, ids, desk.words()):
        found.append(one)
        status = max(status, FAULTY_INPUT if one.faults else DONE)
        if not arguments.json:
            for line in one.lines:
                _print(for_screen(line))
    if arguments.json:
        _print(verified_json(found))
    return status


def _purge_records(arguments: "Namespace", desk: "Desk") -> int:
    """Each record by itself: one that cannot be deleted is said, and the others go on."""
    from msals_tui.plain.lines import Terminal
    from msals_tui.plain.purging import agreed, purge, warned

    words, lines = desk.words(), Terminal(sys.stdin.buffer, sys.stdout)
    chosen, status = _chosen_to_purge(arguments, desk)
    if not chosen:
        if not arguments.ids:
            lines.say(words("records.nothing_old"))
        return status
    asking = sys.stdin.isatty() and sys.stdout.isatty()
    if not arguments.yes and not asking:
        raise UsageFault("nothing was deleted: there is nobody to ask", hint="say --yes to delete without being asked")
    for line in warned(desk, chosen, words):
        lines.say(line)
    if not arguments.yes and not agreed(lines, words):
        lines.say(words("records.kept"))
        return status
    for kept in chosen:
        try:
            purge(desk, kept)
        except MsalsError as error:
            status = max(status, _say_error(error))
        else:
            lines.say(words("records.deleted", id=kept.id))
    return status


def _chosen_to_purge(arguments: "Namespace", desk: "Desk") -> tuple[list["Kept"], int]:
    """The records that were named, and the exit status of those that there are not."""
    from msals_tui.plain.purging import older_than
    from msals_tui.plain.records import named
    from msals_tui.session.clock import MachineClock

    if bool(arguments.ids) == (arguments.older_than is not None):
        raise UsageFault("nothing was deleted: it is not clear what is meant", hint="name records, or say --older-than")
    if not arguments.ids:
        return older_than(desk.records, arguments.older_than, arguments.state, MachineClock().now()), DONE
    if arguments.state is not None:
        raise UsageFault("--state goes with --older-than", hint="leave it out, or name no records")
    chosen, status = {}, DONE
    for typed in arguments.ids:
        try:
            kept = desk.records.read(named(desk.records, typed))
            chosen[kept.id] = kept
        except MsalsError as error:
            status = max(status, _say_error(error))
    return list(chosen.values()), status


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
