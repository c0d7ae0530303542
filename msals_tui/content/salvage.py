"""What of a faulty file can still be understood, so that a mistake in one place does not hide those in others.

Wrong values are taken out, and stand-ins put where something must be, until the rest has the right shape. What is lost by
that is named, so that nothing is said about it that only follows from its absence.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from msals_tui.content.shape import found_in
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.hints import Kinds, definitions
from msals_tui.questionnaire.problem import Loc
from msals_tui.questionnaire.validate import Wrong, WrongShape, validated

M = TypeVar("M", bound=Definition)

STAND_IN = "unreadable_"
"""What ids begin with that stand for ids which could not be read."""

_ROUNDS = 8
_MOST_ERRORS = 300
"""A file with more is not looked at any further."""
_STAND_INS = {
    **dict.fromkeys(("ask", "label", "title", "name", "unit", "row_label", "because", "plain", "note"), "?"),
    "version": "0.0.0",
    "language": "xx",
}


class Salvaged(Struct, Generic[M], frozen=True):
    """The part of a file that has the right shape."""

    shaped: M | None
    """None if nothing could be made of it."""
    lost: frozenset[str] = frozenset()
    """Ids of what was taken out, and of the stand-ins."""
    removed: Mapping[Loc, frozenset[int]] | None = None
    """Positions that were taken out of each list, as the file counts them."""

    def in_file(self, loc: Loc) -> Loc:
        """The path in the file of a path in what was salvaged."""
        return _in_file(loc, self.removed or {})


def salvage(data: Mapping[str, Any], model: type[M]) -> Salvaged[M]:
    """What of some data has the shape of `model`, and what is lost."""
    work = _Work(_open(data))
    for _ in range(_ROUNDS):
        view = work.view()
        try:
            return Salvaged(validated(model, view), frozenset(work.lost), work.removed_from())
        except WrongShape as wrong:
            if len(wrong.found) > _MOST_ERRORS or not work.repair(wrong):
                break
    return Salvaged(None)


class _Work:
    """A copy of the data from which parts are taken. Lists keep their positions until they are viewed."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._removed: dict[Loc, set[int]] = {}
        self._replaced: set[Loc] = set()
        self.lost: set[str] = set()

    def removed_from(self) -> dict[Loc, frozenset[int]]:
        return {loc: frozenset(positions) for loc, positions in self._removed.items()}

    def view(self) -> dict[str, Any]:
        """The data without what was taken out."""
        return {key: self._closed(value, (key,)) for key, value in self._data.items()}

    def _closed(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            return {key: self._closed(one, (*loc, key)) for key, one in value.items()}
        if isinstance(value, list):
            gone = self._removed.get(loc, set())
            return tuple(self._closed(one, (*loc, at)) for at, one in enumerate(value) if at not in gone)
        return value

    def repair(self, wrong: WrongShape) -> bool:
        """Takes out or fills in whatever is named as wrong; False if nothing would be left."""
        for one in found_in(wrong):
            loc = _in_file(one.loc, self._removed)
            if not loc or not (self._fill_in(loc, one) if one.kind == "missing" else self._take_out(loc, one.here)):
                return False
        return True

    def _fill_in(self, loc: Loc, one: Wrong) -> bool:
        """Puts a stand-in where something is missing, or takes out what it is missing from."""
        key, table = str(loc[-1]), self._at(loc[:-1])
        if not isinstance(table, dict) or key in table:
            return True
        if key in _STAND_INS:
            table[key] = _STAND_INS[key]
        elif key in ("id", "code"):
            table[key] = self._stand_in()
        else:
            return len(loc) > 1 and self._take_out(loc[:-1], one.around)
        return True

    def _take_out(self, loc: Loc, kinds: Kinds) -> bool:
        """Takes out what stands there, or puts what stands in for one of these kinds in its place."""
        around, last = self._at(loc[:-1]), loc[-1]
        if isinstance(around, dict) and last in around:
            self._lose(around[last], str(last))
            if not self._replace(loc, around, kinds):
                del around[last]
        elif isinstance(around, list) and isinstance(last, int) and last < len(around):
            self._lose(around[last])
            if not self._replace(loc, around, kinds):
                self._removed.setdefault(loc[:-1], set()).add(last)
        return True

    def _replace(self, loc: Loc, around: Any, kinds: Kinds) -> bool:
        """Puts what stands in for any of these kinds there; False if nothing does, or did not help."""
        model = next(definitions(kinds), Definition)
        if loc in self._replaced or model.stand_in("") is None:
            return False
        around[loc[-1]] = model.stand_in(self._stand_in())
        self._replaced.add(loc)
        return True

    def _at(self, loc: Loc) -> Any:
        value: Any = self._data
        for part in loc:
            fits = (isinstance(value, dict) and part in value) or (
                isinstance(value, list) and isinstance(part, int) and part < len(value)
            )
            if not fits:
                return None
            value = value[part]
        return value

    def _stand_in(self) -> str:
        name = f"{STAND_IN}{len(self.lost)}"
        self.lost.add(name)
        return name

    def _lose(self, value: Any, key: str = "") -> None:
        """Remembers the ids in what is taken out."""
        if isinstance(value, dict):
            if key:
                self.lost.add(key)
            for name, one in value.items():
                self._lose(one, name)
        elif isinstance(value, list):
            for one in value:
                self._lose(one)
        elif isinstance(value, str) and key == "id":
            self.lost.add(value)


def _in_file(loc: Loc, removed: Mapping[Loc, Iterable[int]]) -> Loc:
    """Positions as the file counts them, from positions in lists of which some were removed."""
    path: Loc = ()
    for part in loc:
        if isinstance(part, int):
            for gone in sorted(removed.get(path, ())):
                part += gone <= part  # noqa: PLW2901 - it moves on by one for every removed element before it
        path = (*path, part)
    return path


def _open(value: Any) -> Any:
    """The data as dictionaries and lists that can be changed."""
    if isinstance(value, Mapping):
        return {key: _open(one) for key, one in value.items()}
    return [_open(one) for one in value] if isinstance(value, tuple) else value
