"""Answers to questions of earlier versions, put where the present questionnaire asks for the same thing: as data.

A `[[carried]]` of the questionnaire says which rows of a grid an old question asked about, and which mark its options mean
there. Whatever it does not name is left alone. Answers are those of files and journals, as they stand there.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from msals_tui.errors import Filled, InputFault
from msals_tui.questionnaire.answer import MissingCode
from msals_tui.questionnaire.base import as_tuples
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import NO_ROWS
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import Carried
from msals_tui.questionnaire.problem import Loc, Nearest, Problem
from msals_tui.questionnaire.questionnaire import Questionnaire

_Cell = tuple[str, str]
"""A row and a mark."""


class CarriedOver(Struct, frozen=True):
    """Answers by item, and what was wrong with those that could not be put anywhere, by the item of the earlier version."""

    answers: dict[str, Any]
    faults: dict[str, InputFault]


def carried_over(
    questionnaire: Questionnaire, answers: Mapping[str, Any], beside: Mapping[str, Any] | None = None
) -> CarriedOver:
    """Answers with those of earlier versions where they belong now.

    With `beside`, all answers of the file, answers to some of the questions that one grid asks now are the whole answer to it
    where they are still the same: a decision about one of them is a decision about that.
    """
    kept = {name: value for name, value in answers.items() if name not in questionnaire.carried_by_item}
    old = {name: value for name, value in answers.items() if name in questionnaire.carried_by_item}
    if beside is not None and all(beside.get(name) == value for name, value in old.items()):
        grids = {questionnaire.place_of(name) for name in old}
        old = {name: value for name, value in beside.items() if questionnaire.place_of(name) in grids - {name}}
    faults: dict[str, InputFault] = {}
    cells: dict[str, dict[_Cell, bool | MissingCode]] = {}
    for name, value in old.items():
        carried = questionnaire.carried_by_item[name]
        item = cast(GridItem, questionnaire.item(carried.to))
        if carried.to in kept:
            what = Filled("{name} is asked within {place} now", name=name, place=carried.to)
            faults[name] = InputFault(what, hint="leave one of the two out")
            continue
        try:
            cells.setdefault(carried.to, {}).update(_cells(carried, item, value))
        except InputFault as fault:
            faults[name] = fault
    for name, known in cells.items():
        item = cast(GridItem, questionnaire.item(name))
        made = item.made(_chosen(item, known), NO_ROWS)
        if made is not None:
            kept[name] = as_tuples(item.plain(made))
    return CarriedOver(kept, faults)


def carried_notes(questionnaire: Questionnaire, notes: Mapping[str, str]) -> dict[str, str]:
    """Notes by the item that asks for it now; those of several earlier ones one below the other."""
    kept: dict[str, str] = {}
    for name, text in notes.items():
        place = questionnaire.place_of(name)
        kept[place] = f"{kept[place]}\n{text}" if place in kept else text
    return kept


def _cells(carried: Carried, item: GridItem, value: object) -> dict[_Cell, bool | MissingCode]:
    """What an answer of an earlier version says of each cell. Raises InputFault if it is none."""
    if isinstance(value, Mapping) and set(value) == {"missing"}:
        code = item.read_missing(value["missing"]).code
        return {(row, carried.mark): code for row in carried.rows.values()}
    codes = (value,) if isinstance(value, str) else value
    known = (*carried.rows, carried.clear)
    if not isinstance(codes, tuple | list) or not codes or any(code not in known for code in codes):
        raise InputFault(
            Filled("{item} names no option that the question had", item=carried.item),
            hint=Filled("write one of {options}", options=", ".join(known)),
        )
    return {(row, carried.mark): code in codes for code, row in carried.rows.items()}


def _chosen(item: GridItem, known: Mapping[_Cell, bool | MissingCode]) -> frozenset[str]:
    """The cells of a grid in the making. What nobody said anything of was not asked."""
    chosen: frozenset[str] = frozenset()
    for row in item.rows:
        cells = {mark: known.get((row.code, mark)) for mark in item.marks_in(row.code) if mark != item.normal}
        if all(state is None for state in cells.values()):
            continue
        marks = tuple(mark for mark, state in cells.items() if state is True)
        unknown = {
            mark: state if isinstance(state, MissingCode) else MissingCode.NOT_ASKED
            for mark, state in cells.items()
            if state is None or isinstance(state, MissingCode)
        }
        if not marks and len(unknown) < len(cells) and item.normal:
            marks = (item.normal,)
        chosen = item.with_row(chosen, row.code, marks, unknown)
    return chosen


def carried_problems(
    carried: tuple[Carried, ...], items: Mapping[str, Item], asked: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with where answers are carried to; `asked` are the items that are still asked."""
    nearest = Nearest()
    seen: set[str] = set()
    for number, one in enumerate(carried):
        loc: Loc = ("carried", number)
        if one.item in asked or one.item in seen:
            what = "is asked still" if one.item in asked else "is carried over twice"
            yield Problem((*loc, "item"), one.item, "CARRIED_ITEM", what, "name an item of an earlier version", True)
        seen.add(one.item)
        item = items.get(one.to)
        if not isinstance(item, GridItem):
            grids = [name for name, known in items.items() if isinstance(known, GridItem)]
            hint = nearest.hint(one.to, grids, "name a grid of this questionnaire")
            yield Problem((*loc, "to"), one.item, "UNKNOWN_ITEM", f'no grid "{one.to}"', hint, blocks=True)
            continue
        for row in one.rows.values():
            if one.mark not in item.marks_in(row) or row not in {known.code for known in item.rows}:
                what = f'"{one.to}" has no mark "{one.mark}" in row "{row}"'
                yield Problem((*loc, "rows"), one.item, "UNKNOWN_OPTION", what, "correct row or mark", blocks=True)
