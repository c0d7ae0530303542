"""What may be said on the command line."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from msals_tui import __version__
from msals_tui.session.options import GLYPHS, LATEST_LOCK, SOONEST_LOCK, STDOUT, THEMES

if TYPE_CHECKING:
    from argparse import _SubParsersAction


class _Parts(Struct, frozen=True):
    """Options that several commands share."""

    place: ArgumentParser
    key: ArgumentParser
    shared: ArgumentParser


_Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"


def parser(command: str | None = None) -> ArgumentParser:
    """Everything that may be said on the command line.

    With the name of the command that is said first, only what may be said to that: to put together all of it takes longer.
    """
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

    whole = ArgumentParser(
        prog="msals-tui",
        description="Records a history and sets findings of MS and ALS side by side. No diagnostic device.",
        parents=[shared],
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"msals-tui {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands (none: the home screen)")
    parts = _Parts(place, key, shared)
    for name in [command] if command in _COMMANDS else _COMMANDS:
        _COMMANDS[name](commands, parts)
    return whole


def _intake(commands: _Commands, parts: _Parts) -> None:
    intake = commands.add_parser(
        "intake", parents=[parts.shared], help="start an intake at once", argument_default=SUPPRESS
    )
    intake.add_argument("--questionnaire", metavar="NAME|FILE", help="which questionnaire to ask")
    intake.add_argument("-o", dest="output", metavar="SUMMARY", help="file or folder for the summary, - for output")


def _check(commands: _Commands, _: _Parts) -> None:
    check = commands.add_parser("check", help="name every fault of content files")
    check.add_argument("paths", nargs="+", metavar="FILE|DIR")


def _new(commands: _Commands, _: _Parts) -> None:
    new = commands.add_parser("new", help="print what something new in the content must say, to fill in")
    new.add_argument(
        "kind", metavar="KIND", help="question, finding, look-alike, rule, consistency, questionnaire or language"
    )
    new.add_argument("id", metavar="ID", help="its id, or the language as xx")
    new.add_argument("--type", dest="item_type", default="choice", metavar="TYPE", help="of a question")
    new.add_argument("-o", dest="output", metavar="DIR", help="write the files of a language or questionnaire there")


def _replay(commands: _Commands, _: _Parts) -> None:
    replay = commands.add_parser("replay", help="turn answers files or summaries into summaries")
    replay.add_argument("files", nargs="+", metavar="FILE|DIR", help="a file or a folder of them, - for standard input")
    replay.add_argument("--questionnaire", metavar="NAME|FILE", help="ask with this one, not with the one in the file")
    replay.add_argument(
        "-o",
        dest="output",
        metavar="SUMMARY",
        default=STDOUT,
        help="file or folder (a folder for many); else standard output",
    )


def _compare(commands: _Commands, _: _Parts) -> None:
    compare = commands.add_parser("compare", help="compare answers files, findings files, summaries, phenopackets")
    compare.add_argument(
        "files", nargs="+", metavar="FILE|DIR", help="a file or a folder of them, - for standard input"
    )
    compare.add_argument("--questionnaire", metavar="NAME|FILE", help="ask with this one, not with the one in a file")
    compare.add_argument("--json", action="store_true", help="one line of JSON per file")


def _evaluate(commands: _Commands, _: _Parts) -> None:
    evaluate = commands.add_parser("evaluate", help="count what labelled cases compare to: right, wrong, undecided")
    evaluate.add_argument("folder", metavar="DIR", help="a folder of cases with their labels in labels.toml")
    evaluate.add_argument("--json", action="store_true", help="as one JSON object")


def _items(commands: _Commands, _: _Parts) -> None:
    items = commands.add_parser("items", help="list every question: id, type, options, findings, when it is asked")
    items.add_argument("questionnaire", nargs="?", metavar="QUESTIONNAIRE", help="name or file")
    items.add_argument("--json", action="store_true", help="as one JSON object")


def _screenshots(commands: _Commands, _: _Parts) -> None:
    pictures = commands.add_parser("screenshots", help="draw pictures of the screens")
    pictures.add_argument("folder", nargs="?", default="screenshots", metavar="DIR")


def _records(commands: _Commands, parts: _Parts) -> None:
    place, key, shared = parts.place, parts.key, parts.shared
    records = commands.add_parser("records", parents=[place], help="list, show, resume, verify and purge records")
    doing = records.add_subparsers(dest="doing", metavar="COMMAND", title="commands", required=True)
    whose = "the first digits of its id, at least 4"

    every = doing.add_parser("list", parents=[place, key], help="one line a record, the one written last first")
    every.add_argument("--json", action="store_true", help="as one JSON object")

    show = doing.add_parser("show", parents=[place, key], help="what was answered; nothing is changed")
    show.add_argument("id", metavar="ID", help=whose)
    show.add_argument("--questionnaire", metavar="NAME|FILE", help="the version that the record was made with")
    what = show.add_mutually_exclusive_group()
    what.add_argument("--history", action="store_true", help="everything that happened, in order")
    what.add_argument("--toml", action="store_true", help="the summary as it stands now")
    what.add_argument("--final", type=int, metavar="N", help="a final as it was written")

    resume = doing.add_parser("resume", parents=[shared], help="go on with a record", argument_default=SUPPRESS)
    resume.add_argument("resume", metavar="ID", help=whose)
    resume.add_argument("--questionnaire", metavar="NAME|FILE", help="the version that the record was made with")
    resume.add_argument("--amend", metavar="REASON", help="correct a final, and why")
    resume.add_argument("--good-part", action="store_true", help="go on from what is good of a damaged record")
    resume.add_argument("--carry-over", action="store_true", help="take its answers into a new record, another version")

    verify = doing.add_parser("verify", parents=[place, key], help="read every byte and say what is wrong")
    verify.add_argument("ids", nargs="*", metavar="ID", help=whose)
    verify.add_argument("--json", action="store_true", help="as one JSON object")

    purge = doing.add_parser("purge", parents=[place, key], help="delete records")
    purge.add_argument("ids", nargs="*", metavar="ID", help=whose)
    purge.add_argument("--older-than", type=_days, metavar="DAYS", help="all in which nothing was written for so long")
    purge.add_argument("--state", choices=("draft", "final", "moved", "damaged"), help="of those only such")
    purge.add_argument("--yes", action="store_true", help="do not ask")


_COMMANDS: dict[str | None, Callable[[_Commands, _Parts], None]] = {
    "intake": _intake,
    "check": _check,
    "new": _new,
    "replay": _replay,
    "compare": _compare,
    "evaluate": _evaluate,
    "items": _items,
    "screenshots": _screenshots,
    "records": _records,
}
"""In the order of the help."""


def _minutes(typed: str) -> int:
    if not (typed.isdecimal() and typed.isascii() and SOONEST_LOCK <= int(typed) <= LATEST_LOCK):
        raise ArgumentTypeError(f"write {SOONEST_LOCK} to {LATEST_LOCK} minutes")
    return int(typed)


def _days(typed: str) -> int:
    most = 36500
    if not (typed.isdecimal() and typed.isascii() and 1 <= int(typed[:9]) <= most):
        raise ArgumentTypeError(f"write 1 to {most} days")
    return int(typed)
