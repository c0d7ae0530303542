"""`msals-tui records`: what is kept on this machine, one command each."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from msals_tui.cli.saying import print_file, print_line, say, say_error
from msals_tui.cli.start import start_with
from msals_tui.errors import DONE, FAULTY_INPUT, MsalsError, UsageFault

if TYPE_CHECKING:
    from msals_tui.plain.lines import Terminal
    from msals_tui.records.catalog import Catalog
    from msals_tui.records.kept import Kept


def records(arguments: Namespace) -> int:
    """The one that was named; returns the exit status."""
    from msals_tui.content.library import own_library
    from msals_tui.records.catalog import open_catalog
    from msals_tui.session.clock import MachineClock
    from msals_tui.session.options import Options

    commands = {
        "list": _list,
        "show": _show,
        "resume": _resume,
        "verify": _verify,
        "purge": _purge,
    }
    where = Options(records=getattr(arguments, "records", None), identity=getattr(arguments, "identity", None))
    return commands[arguments.doing](arguments, open_catalog(where, own_library(), MachineClock()))


def _list(arguments: Namespace, catalog: "Catalog") -> int:
    from msals_tui.plain.record_list import list_json, list_lines
    from msals_tui.text import for_screen

    if arguments.json:
        print_line(list_json(catalog))
        return DONE
    for line in list_lines(catalog, catalog.words()):
        print_line(for_screen(line))
    return DONE


def _show(arguments: Namespace, catalog: "Catalog") -> int:
    from msals_tui.plain.record_text import final_of, history, shown, toml_of
    from msals_tui.records.resume import named
    from msals_tui.text import for_screen

    kept = catalog.records.read(named(catalog.records, arguments.id))
    if arguments.final is not None:
        _write_bytes(final_of(catalog, kept, arguments.final))
        return DONE
    if arguments.toml:
        print_file(toml_of(catalog, kept, arguments.questionnaire, say))
        return DONE
    tell = history if arguments.history else shown
    for line in tell(catalog, kept, catalog.words(), arguments.questionnaire):
        print_line(for_screen(line))
    return DONE


def _write_bytes(data: bytes) -> None:
    """Bytes as they are; what a terminal would obey is shown to it instead."""
    from msals_tui.text import for_screen

    if sys.stdout.isatty():
        sys.stdout.write(for_screen(data.decode("utf-8", "replace"), lines=True))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def _resume(arguments: Namespace, catalog: "Catalog") -> int:
    from msals_tui.records.resume import to_resume
    from msals_tui.session.options import Options

    chosen = vars(arguments)
    known = {key: value for key, value in chosen.items() if key in Options.__struct_fields__}
    options = to_resume(
        catalog,
        Options(**{**known, "start": "intake"}),
        questionnaire=chosen.get("questionnaire"),
        language=chosen.get("language"),
        good_part=bool(chosen.get("good_part")),
        remark=say,
    )
    return start_with(options, plain=bool(chosen.get("plain")))


def _verify(arguments: Namespace, catalog: "Catalog") -> int:
    """Each record by itself: one that cannot be read is said, and the others go on."""
    from msals_tui.records.resume import named
    from msals_tui.records.verify import verified_json, verify
    from msals_tui.text import for_screen

    status, ids = DONE, []
    for typed in arguments.ids:
        try:
            ids.append(named(catalog.records, typed))
        except MsalsError as error:
            status = max(status, say_error(error))
    if arguments.ids and not ids:
        return status
    found = []
    for one in verify(catalog, ids, catalog.words()):
        found.append(one)
        status = max(status, FAULTY_INPUT if one.faults else DONE)
        if not arguments.json:
            for line in one.lines:
                print_line(for_screen(line))
    if arguments.json:
        print_line(verified_json(found))
    return status


def _purge(arguments: Namespace, catalog: "Catalog") -> int:
    """Deletes what was named, or asks first; OSError if nobody can be told what was deleted."""
    from msals_tui.plain.lines import Terminal

    asking = sys.stdin.isatty() and sys.stdout.isatty()
    lines = Terminal(sys.stdin.fileno() if asking else None, sys.stdout)
    status = _purged(arguments, catalog, lines, asking=asking)
    if status == DONE:
        lines.check()
    return status


def _purged(arguments: Namespace, catalog: "Catalog", lines: "Terminal", *, asking: bool) -> int:
    """Each record by itself: one that cannot be deleted is said, and the others go on."""
    from msals_tui.plain.ask_purge import agreed, warned
    from msals_tui.records.purge import purge

    words = catalog.words()
    chosen, status = _chosen_to_purge(arguments, catalog)
    if not chosen:
        if not arguments.ids:
            lines.say(words("records.nothing_old"))
        return status
    if not arguments.yes and not asking:
        raise UsageFault("nothing was deleted: there is nobody to ask", hint="say --yes to delete without being asked")
    for line in warned(catalog, chosen, words):
        lines.say(line)
    if not arguments.yes and not agreed(lines, words):
        lines.say(words("records.kept"))
        return status
    for kept in chosen:
        try:
            purge(catalog, kept)
        except MsalsError as error:
            status = max(status, say_error(error))
        else:
            lines.say(words("records.deleted", id=kept.id))
    return status


def _chosen_to_purge(arguments: Namespace, catalog: "Catalog") -> tuple[list["Kept"], int]:
    """The records that were named, and the exit status of those that there are not."""
    from msals_tui.records.purge import older_than
    from msals_tui.records.resume import named
    from msals_tui.session.clock import MachineClock

    if bool(arguments.ids) == (arguments.older_than is not None):
        raise UsageFault("nothing was deleted: it is not clear what is meant", hint="name records, or say --older-than")
    if not arguments.ids:
        return older_than(catalog.records, arguments.older_than, arguments.state, MachineClock().now()), DONE
    if arguments.state is not None:
        raise UsageFault("--state goes with --older-than", hint="leave it out, or name no records")
    chosen, status = {}, DONE
    for typed in arguments.ids:
        try:
            kept = catalog.records.read(named(catalog.records, typed))
            chosen[kept.id] = kept
        except MsalsError as error:
            status = max(status, say_error(error))
    return list(chosen.values()), status
