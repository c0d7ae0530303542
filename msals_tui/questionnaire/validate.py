"""Makes definitions of tables that people wrote: the one place where pydantic checks them, naming every fault.

The definitions stay the only description of what a file may hold; the models that pydantic checks with are made of them here.
It is loaded when something is checked, and not at all where everything was checked before.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, reduce
from itertools import chain
from operator import or_
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo

from msals_tui.questionnaire.base import Definition, Whole, Within
from msals_tui.questionnaire.hints import (
    TYPE,
    Kinds,
    by_tag,
    definitions,
    fields_of,
    is_definition,
    key_of,
    kinds_of,
    read_path,
)  # fmt: skip
from msals_tui.questionnaire.problem import Loc

if TYPE_CHECKING:
    from pydantic import BaseModel, GetCoreSchemaHandler, ModelWrapValidatorHandler

D = TypeVar("D", bound=Definition)

NO_KIND = "no_kind"
"""What is wrong with a table that is none of the kinds that may stand in its place."""

_BOUNDS = ("min_length", "max_length", "ge", "gt", "le", "lt")


class Wrong(Struct, frozen=True):
    """One thing that is wrong with a table, without what was given."""

    kind: str
    """What is wrong, as pydantic calls it."""
    loc: Loc
    """Where it stands in the table."""
    here: Kinds
    """What may stand there."""
    around: Kinds
    """What this may stand in."""
    context: Mapping[str, Any]
    """What pydantic says of it, such as a bound."""


class WrongShape(Exception):
    """A table does not hold the definition that it should."""

    def __init__(self, found: list[Wrong]) -> None:
        super().__init__(f"{len(found)} wrong shapes")
        self.found = found


def validated(model: type[D], table: object) -> D:
    """The definition that a table holds. Raises WrongShape if it holds none."""
    from pydantic import ValidationError

    try:
        made: Any = _model_of(model).model_validate(table)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    else:
        return cast("D", made)
    raise WrongShape([_wrong(model, table, one["type"], one["loc"], one.get("ctx", {})) for one in found])


def _wrong(model: type[Definition], table: object, kind: str, loc: Loc, context: Mapping[str, Any]) -> Wrong:
    path, way = read_path(model, table, loc)
    return Wrong(kind, path, way[-1], way[-2] if len(way) > 1 else (), context)


@cache
def _model_of(definition: type[Definition]) -> "type[BaseModel]":
    """The model that checks a table and makes the definition of it."""
    from pydantic import ConfigDict, create_model, model_validator

    def made(_: object, table: object, check: "ModelWrapValidatorHandler[BaseModel]") -> Definition:
        checked = check(definition.written_out(table) if isinstance(table, dict) else table)
        return definition(**{name: getattr(checked, name) for name in checked.model_fields_set})

    config = ConfigDict(
        strict=True,
        extra="forbid" if definition.__struct_config__.forbid_unknown_fields else "ignore",
        allow_inf_nan=False,
        hide_input_in_errors=True,
        defer_build=True,  # most check nothing by themselves, only within a file
    )
    fields: dict[str, Any] = {one.name: (_of_hint(one.type), _field(one)) for one in fields_of(definition).values()}
    validators: dict[str, Any] = {"made": model_validator(mode="wrap")(classmethod(made))}  # type: ignore[arg-type]
    return create_model(definition.__name__, __config__=config, __validators__=validators, **fields)


def _field(one: FieldInfo) -> Any:
    """How pydantic finds a field in a table; the default is the definition's, which is not asked for it here."""
    from pydantic import Field

    default = ... if one.required else None
    return default if one.name == one.encode_name else Field(default, alias=one.encode_name)


class _Later(Struct, frozen=True):
    """Has pydantic ask for the model of a definition when it comes to it."""

    definition: type[Definition]

    def __get_pydantic_core_schema__(self, source: object, handler: "GetCoreSchemaHandler") -> Any:
        return handler.generate_schema(_model_of(self.definition))


@cache
def _of_hint(hint: Any) -> Any:
    """The type hint of a field as pydantic reads it."""
    kinds = kinds_of(hint)
    inner = _of_kind(kinds[0]) if len(kinds) == 1 else _one_of(kinds)
    return inner | None if NoneType in get_args(hint) else inner


@cache
def _of_kind(kind: Any) -> Any:
    if is_definition(kind):
        return _model_of(kind)
    inner = get_args(kind)
    match get_origin(kind):
        case origin if origin is Annotated:
            return _bounded(inner[0], inner[1:])
        case origin if origin in (tuple, dict):
            return origin[tuple(one if one is ... else _of_hint(one) for one in inner)]
    return _bounded(kind) if kind is Decimal else kind


def _bounded(kind: Any, extras: tuple[object, ...] = ()) -> Any:
    """A type within the bounds that stand around it."""
    from pydantic import AwareDatetime, BeforeValidator, Field

    if any(isinstance(one, Meta) and one.tz for one in extras):
        return AwareDatetime
    bounds = Field(**_bounds(extras))
    if kind is Decimal:
        return Annotated[Decimal, bounds, BeforeValidator(_figure)]
    return Annotated[_of_kind(kind), bounds]


def _figure(value: object) -> object:
    """A whole number as the exact one that it is."""
    return Decimal(value) if type(value) is int else value


def _bounds(extras: Iterable[object]) -> dict[str, Any]:
    """The bounds that stand around a type, as pydantic calls them."""
    bounds: dict[str, Any] = {}
    for one in extras:
        match one:
            case Meta():
                bounds |= {name: getattr(one, name) for name in _BOUNDS if getattr(one, name) is not None}
            case Whole(pattern):
                bounds["pattern"] = f"^{pattern}$"
            case Within(least, most):
                bounds |= {"ge": Decimal(least), "le": Decimal(most)}
    return bounds


@cache
def _one_of(kinds: Kinds) -> Any:
    """Several kinds, of which only the one that stands there is checked; named, so that pydantic reads them only once."""
    from pydantic import Discriminator, Tag
    from typing_extensions import TypeAliasType

    plain = [kind for kind in kinds if not is_definition(kind)]
    if not plain and all(key_of(kind) == TYPE for kind in kinds):
        return Annotated[reduce(or_, map(_later, kinds)), Discriminator(TYPE)]
    tags = by_tag(kinds)

    def first_key(value: object) -> str | None:
        """The first key of a table that tells its kind; None if there is none."""
        return next((key for key in value if key in tags), None) if isinstance(value, dict) else None

    def own_type(value: object) -> str:
        """The kind that a value can only be: its own type, else the definition."""
        return str(next(chain((kind for kind in plain if isinstance(value, kind)), definitions(kinds), kinds)).__name__)

    told = Discriminator(own_type if plain else first_key, custom_error_type=NO_KIND, custom_error_message=NO_KIND)
    tagged = (Annotated[_later(kind), Tag(tag)] for tag, kind in tags.items())
    return TypeAliasType("Kinds", Annotated[reduce(or_, tagged), told])


def _later(kind: Any) -> Any:
    """A kind of which the model is made when pydantic comes to it, and not before: conditions hold conditions."""
    return Annotated[object, _Later(kind)] if is_definition(kind) else _of_kind(kind)
