"""Makes definitions of tables that people wrote: the one place where pydantic's core checks them, naming every fault.

The definitions stay the only description of what a file may hold; what the checker needs is worked out from them here.
It is loaded when something is checked, and not at all where everything was checked before.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from msals_tui.questionnaire.base import Definition, Whole, Within

if TYPE_CHECKING:
    from pydantic_core import CoreConfig, CoreSchema, ErrorDetails, SchemaValidator

D = TypeVar("D", bound=Definition)

_STRICT: "CoreConfig" = {
    "strict": True,
    "hide_input_in_errors": True,
    "allow_inf_nan": False,
}
_BOUNDS = ("min_length", "max_length", "ge", "gt", "le", "lt")


class WrongShape(Exception):
    """A table does not hold the definition that it should."""

    def __init__(self, details: "list[ErrorDetails]") -> None:
        super().__init__(f"{len(details)} wrong shapes")
        self.details = details
        """Everything that has the wrong shape, as pydantic lists it, without what was given."""


def validated(model: type[D], table: object) -> D:
    """The definition that a table holds. WrongShape where it holds none."""
    from pydantic_core import ValidationError

    try:
        made: D = _validator(model).validate_python(table)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    else:
        return made
    raise WrongShape(details)


@cache
def fields_of(model: type[Definition]) -> tuple[FieldInfo, ...]:
    """The fields of a definition with their types, which are worked out from its hints."""
    return fields(model)


def kind_key(model: type[Definition]) -> str:
    """What tells a table of this kind from those of others in its place: its `type`, or the first key that it must have."""
    needed = [one.encode_name for one in fields_of(model) if one.required]
    return "type" if "type" in needed else needed[0]


@cache
def _validator(model: type[Definition]) -> "SchemaValidator":
    from pydantic_core import SchemaValidator, core_schema

    shapes = _Shapes()
    top = shapes.of(model)
    return SchemaValidator(core_schema.definitions_schema(top, shapes.definitions), _STRICT)


class _Shapes:
    """What may stand where a type hint says it: the schemas of one definition and of all within it, each once."""

    def __init__(self) -> None:
        self._known: dict[str, CoreSchema | None] = {}

    @property
    def definitions(self) -> "list[CoreSchema]":
        """The schemas that others refer to."""
        return [schema for schema in self._known.values() if schema is not None]

    def of(self, hint: Any, bounds: "dict[str, Any] | None" = None) -> "CoreSchema":
        """The schema of a type hint; `bounds` are those that stand around it."""
        from pydantic_core import core_schema

        bounds, inner = bounds or {}, get_args(hint)
        match get_origin(hint):
            case origin if origin is Annotated:
                return self.of(inner[0], {**bounds, **_bounds_of(inner[1:])})
            case origin if origin is Literal:
                return core_schema.literal_schema(list(inner))
            case origin if origin is tuple:
                items = [self.of(one) for one in inner if one is not ...]
                variadic = 0 if inner[-1] is ... else None
                return core_schema.tuple_schema(items, variadic_item_index=variadic, **bounds)
            case origin if origin is dict:
                return core_schema.dict_schema(self.of(inner[0]), self.of(inner[1]), **bounds)
            case origin if origin in (Union, UnionType):
                return self._one_of(inner, bounds)
        if isinstance(hint, type) and issubclass(hint, Definition):
            return self._defined(hint)
        plain: dict[Any, Callable[..., CoreSchema]] = {
            str: core_schema.str_schema,
            int: core_schema.int_schema,
            bool: core_schema.bool_schema,
            date: core_schema.date_schema,
            datetime: core_schema.datetime_schema,
            Decimal: _figure,
            Any: core_schema.any_schema,
        }
        return plain[hint](**bounds)

    def _one_of(self, kinds: tuple[Any, ...], bounds: "dict[str, Any]") -> "CoreSchema":
        from pydantic_core import core_schema

        if NoneType in kinds:
            rest = tuple(one for one in kinds if one is not NoneType)
            return core_schema.nullable_schema(
                self.of(rest[0], bounds) if len(rest) == 1 else self._one_of(rest, bounds)
            )
        if not all(isinstance(one, type) and issubclass(one, Definition) for one in kinds):
            return core_schema.union_schema([(self.of(one), one.__name__) for one in kinds])
        keys = {kind: kind_key(kind) for kind in kinds}
        if set(keys.values()) == {"type"}:
            by_type = {name: self.of(kind) for kind in kinds for name in get_args(kind.__annotations__["type"])}
            return core_schema.tagged_union_schema(by_type, "type")
        by_key = {keys[kind]: self.of(kind) for kind in kinds}
        return core_schema.tagged_union_schema(
            by_key,
            lambda table: next((key for key in table if key in by_key), None) if isinstance(table, dict) else None,
            custom_error_type="condition",
            custom_error_message=f"a condition holds one of {', '.join(by_key)}",
        )

    def _defined(self, model: type[Definition]) -> "CoreSchema":
        """A reference to the schema of a definition, which may stand within itself."""
        from pydantic_core import core_schema

        name = model.__qualname__
        if name not in self._known:
            self._known[name] = None
            self._known[name] = self._table(model, name)
        return core_schema.definition_reference_schema(name)

    def _table(self, model: type[Definition], name: str) -> "CoreSchema":
        from pydantic_core import core_schema

        known = fields_of(model)
        table: CoreSchema = core_schema.typed_dict_schema(
            {one.encode_name: core_schema.typed_dict_field(self.of(one.type), required=one.required) for one in known},
            extra_behavior="forbid" if model.__struct_config__.forbid_unknown_fields else "ignore",
            config=_STRICT,  # which a table does not take over from what it stands in
        )
        if model.written_out.__func__ is not Definition.written_out.__func__:  # type: ignore[attr-defined]
            table = core_schema.no_info_before_validator_function(
                lambda value: model.written_out(value) if isinstance(value, dict) else value, table
            )
        names = {one.encode_name: one.name for one in known}
        return core_schema.no_info_after_validator_function(_maker(model, names), table, ref=name)


def _maker(model: type[Struct], names: dict[str, str]) -> Callable[[dict[str, Any]], Struct]:
    if all(written == name for written, name in names.items()):
        return lambda table: model(**table)
    return lambda table: model(**{names[key]: value for key, value in table.items()})


def _bounds_of(extras: Iterable[object]) -> dict[str, Any]:
    """The bounds that stand around a type, as pydantic calls them."""
    bounds: dict[str, Any] = {}
    for one in extras:
        match one:
            case Meta():
                bounds |= {name: getattr(one, name) for name in _BOUNDS if getattr(one, name) is not None}
                bounds |= {"tz_constraint": "aware"} if one.tz else {}
            case Whole(pattern):
                bounds["pattern"] = f"^{pattern}$"
            case Within(least, most):
                bounds |= {"ge": Decimal(least), "le": Decimal(most)}
    return bounds


def _figure(**bounds: Any) -> "CoreSchema":
    from pydantic_core import core_schema

    return core_schema.no_info_before_validator_function(
        lambda value: Decimal(value) if type(value) is int else value, core_schema.decimal_schema(**bounds)
    )
