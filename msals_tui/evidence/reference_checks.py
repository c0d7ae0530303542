"""What the shape of the reference cannot show: sides and sources that lead nowhere, and rows that say nothing."""

from collections.abc import Collection, Iterator

from msals_tui.evidence.reference import ReferenceFile, ReferenceRow, Simplified, Statement
from msals_tui.questionnaire.item_checks import References, source_problems
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, duplicates


def reference_problems(
    file: ReferenceFile, *, sides: Collection[str] | None = None, sources: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with the reference; sides and sources that are None are not known and not checked."""
    known, nearest = References(sources=sources), Nearest()
    sections = [(one.id, ("section", number, "id")) for number, one in enumerate(file.section)]
    found = list(duplicates(sections, "section"))
    rows = [
        (row, ("section", number, "row", at))
        for number, section in enumerate(file.section)
        for at, row in enumerate(section.row)
    ]
    found += duplicates(((row.id, (*loc, "id")) for row, loc in rows), "row")
    for number, section in enumerate(file.section):
        if not section.row:
            what = "has no row"
            hint = "add a [[section.row]], or leave the section out"
            found.append(Problem(("section", number, "row"), section.id, "EMPTY_SECTION", what, hint))
    for row, loc in rows:
        found += _side_problems(row, loc, sides, nearest)
        for side, statements in row.side.items():
            for at, statement in enumerate(statements):
                found += _said_problems(statement, (*loc, "side", side, at), row.id, known)
        for at, simplified in enumerate(row.simplified):
            found += _said_problems(simplified, (*loc, "simplified", at), row.id, known)
    return tuple(found)


def _side_problems(row: ReferenceRow, loc: Loc, sides: Collection[str] | None, nearest: Nearest) -> Iterator[Problem]:
    """Each row says something of each side, and of nothing else."""
    for side, statements in row.side.items():
        where = (*loc, "side", side)
        if sides is not None and side not in sides:
            hint = nearest.hint(side, sides, "correct the name, or leave it out")
            yield Problem(where, row.id, "UNKNOWN_SIDE", f'no side "{side}"', hint, blocks=True)
        elif not statements:
            hint = "say in one sentence what is known, or that nothing is"
            yield Problem(where, row.id, "EMPTY_ROW", f'says nothing of side "{side}"', hint)
    for side in sorted(set(sides or ()) - row.side.keys()):
        hint = f"write side.{side} = [{{ text = ..., read = ... }}]"
        yield Problem((*loc, "side"), row.id, "EMPTY_ROW", f'says nothing of side "{side}"', hint)


def _said_problems(said: Statement | Simplified, loc: Loc, place: str, known: References) -> Iterator[Problem]:
    """What was read has a source, and what has a source was read."""
    yield from source_problems(said.sources, (*loc, "sources"), place, known)
    if said.read and not said.sources:
        hint = "name its source, or write read = false"
        yield Problem((*loc, "read"), place, "NO_SOURCE", "says something that was read nowhere", hint)
    if said.sources and not said.read:
        hint = "write read = true, or leave the source out"
        yield Problem((*loc, "sources"), place, "NOT_READ", "names a source that was not read", hint)
