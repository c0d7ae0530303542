"""What the type hints of definitions say of every place in a file: what may stand there, and how its kinds are told apart.

All that a fault says of a format is read from here, so that a new format says it by its definitions alone.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from msgspec.structs import FieldInfo, fields

from msals_tui.questionnaire.base import Definition, Whole
from msals_tui.questionnaire.problem import Loc

Kinds: TypeAlias = tuple[Any, ...]
"""The type hints of all that may stand in one place, none of them a union; empty if nothing may."""

TYPE = "type"
"""The key that tells the kind of a table, where its kinds have one."""

KEY = "[key]"
"""What pydantic puts at the end of a path that leads to a key rather than to what stands under it."""


@cache
def fields_of(model: type[Definition]) -> Mapping[str, FieldInfo]:
    """The fields of a definition by their keys, with their types."""
    return {one.encode_name: one for one in fields(model)}


@cache
def kinds_of(hint: Any) -> Kinds:
    """What a type hint allows, besides nothing at all."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(kind for one in get_args(hint) for kind in kinds_of(one))
    return () if hint is NoneType else (hint,)


def key_of(kind: type[Definition]) -> str:
    """What tells a table of this kind from others in its place: its `type`, else the first key that it must have."""
    needed = [key for key, one in fields_of(kind).items() if one.required]
    return TYPE if TYPE in needed else needed[0]


@cache
def by_tag(kinds: Kinds) -> Mapping[str, Any]:
    """Several kinds by what tells them apart: what their `type` may be, else their key, else, of plain ones, their name.

    Empty if there is only one kind.
    """
    if len(kinds) <= 1:
        return {}
    if not all(map(is_definition, kinds)):
        return {kind.__name__: kind for kind in kinds}
    keys = {key_of(kind): kind for kind in kinds}
    if keys.keys() == {TYPE}:
        return {tag: kind for kind in kinds for tag in get_args(fields_of(kind)[TYPE].type)}
    return keys


def is_definition(hint: Any) -> bool:
    """Whether a type hint is a definition."""
    return isinstance(hint, type) and issubclass(hint, Definition)


def definitions(kinds: Kinds) -> Iterator[type[Definition]]:
    """The definitions among what may stand in a place."""
    return (kind for kind in kinds if is_definition(kind))


def pattern_words(kinds: Kinds) -> str | None:
    """What a text in this place must look like, in words; None if it may be any text."""
    extras = (one for kind in kinds for one in getattr(kind, "__metadata__", ()))
    return next((one.words for one in extras if isinstance(one, Whole)), None)


@cache
def _within(kinds: Kinds, part: str | int) -> Kinds:
    """What may stand under a key or at a position of what may stand in a place."""
    return tuple(dict.fromkeys(kind for around in kinds for kind in _within_one(around, part)))


def _within_one(kind: Any, part: str | int) -> Kinds:
    if is_definition(kind):
        field = fields_of(kind).get(str(part))
        return kinds_of(field.type) if field else ()
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _within_one(inner[0], part)
    if origin is dict:
        return kinds_of(inner[1])
    if origin is tuple and isinstance(part, int):
        each = inner[:1] if inner[-1] is ... else inner[part : part + 1]
        return tuple(kind for one in each for kind in kinds_of(one))
    return ()


def _key_of(kinds: Kinds) -> Kinds:
    """What may be a key of the tables that may stand in a place."""
    origins: list[tuple[Any, Any]] = [(get_origin(kind), kind) for kind in kinds]
    return tuple(get_args(kind)[0] for origin, kind in origins if origin is dict)


def kinds_at(model: type[Definition], loc: Loc) -> Iterator[Kinds]:
    """What may stand at every place on the way to `loc`, first the file as a whole."""
    kinds: Kinds = (model,)
    yield kinds
    for part in loc:
        kinds = _within(kinds, part)
        yield kinds


def read_path(model: type[Definition], table: object, loc: Loc) -> tuple[Loc, list[Kinds]]:
    """A path of pydantic as keys and positions, without the tags that it puts in between, and what may stand on the way.

    The path ends where the table does: what was written out in full is named where it stands abbreviated.
    """
    path: Loc = ()
    value: object | None = table
    way: list[Kinds] = [(model,)]
    for part in loc:
        tags = by_tag(way[-1])
        if part in tags:
            way[-1] = (tags[str(part)],)
            continue
        way.append(_key_of(way[-2]) if part == KEY and len(way) > 1 else _within(way[-1], part))
        if value is not None:
            path = (*path, part)
            value = value_in(value, part)
    return path, way


def value_in(value: object, part: str | int) -> object | None:
    """What stands in a table or list under a key or position; None if nothing does."""
    inner: object | None = None
    if isinstance(value, Mapping):
        inner = value.get(part)
    elif isinstance(value, tuple) and isinstance(part, int) and part < len(value):
        inner = value[part]
    return inner
