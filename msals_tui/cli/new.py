"""Prints what something new in the content must say, or writes it where it is a file of its own."""

import re
from argparse import Namespace
from pathlib import Path

from msals_tui.cli.saying import print_line
from msals_tui.content.folders import make_folder
from msals_tui.content.library import own_library
from msals_tui.content.skeletons import KINDS, TYPES, WHOLE, Skeleton, skeletons
from msals_tui.errors import DONE, Filled, InputFault, UsageFault
from msals_tui.questionnaire.base import ID, LANGUAGE
from msals_tui.session.options import DEFAULT_LANGUAGE


def new(arguments: Namespace) -> int:
    """One skeleton after the other, or the path of each file that was written."""
    kind, name, item_type = arguments.kind, arguments.id, arguments.item_type
    if kind not in KINDS:
        raise UsageFault(
            Filled('there is no new "{kind}"', kind=kind), hint=Filled("choose one of {kinds}", kinds=", ".join(KINDS))
        )
    if item_type not in TYPES:
        raise UsageFault(
            Filled('no question is of type "{item_type}"', item_type=item_type),
            hint=Filled("choose one of {types}", types=", ".join(TYPES)),
        )
    if kind == "language" and not re.fullmatch(LANGUAGE, name):
        raise UsageFault(Filled("{name} is no language", name=name), hint='write it as "de" or "de-CH"')
    if kind != "language" and not re.fullmatch(ID, name):
        raise UsageFault(
            Filled("{name} is no id", name=name),
            hint="begin with a letter; lower-case ASCII letters, digits and _ follow",
        )
    if arguments.output is not None and kind not in WHOLE:
        raise UsageFault(
            Filled("a {kind} is a part of a file", kind=kind),
            hint="leave -o out, and put what is printed where it says",
        )
    library = own_library()
    made = skeletons(kind, name, library, library.words(DEFAULT_LANGUAGE), item_type)
    for one in made:
        if arguments.output is None:
            print_line(f"# {one.file}\n{one.text}")
        else:
            print_line(_written(one, Path(arguments.output)))
    return DONE


def _written(one: Skeleton, folder: Path) -> str:
    """The path of a new file. Raises InputFault if there is one already; OSError as the system says it."""
    path = folder / one.file
    make_folder(path.parent)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(one.text)
    except FileExistsError:
        raise InputFault("is there already", where=str(path), hint="take it away first, or fill in that one") from None
    return str(path)
