"""Turns read data into models, and what pydantic says of wrong data into sentences with a line and a hint.

What a file holds is never repeated but for the names of its keys and ids, made fit for a screen.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

from msals_tui.content.file import ContentFile
from msals_tui.errors import ContentFaults, Fault
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.problem import Loc, Nearest, listed, shown
from msals_tui.questionnaire.validate import WrongShape, fields_of, validated

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=Definition)

MOST_FAULTS = 1000
"""Of one file and kind; nobody reads more at once, and to list all of a hostile file would take minutes."""
_MOST_KEYS = 20
"""That are listed where one is not known; a sentence of more is not read."""

PATTERNS = {
    r"^[a-z][a-z0-9_]{0,63}$": "ids are lower-case ASCII letters, digits and _, begin with a letter, and are 64 at most",
    r"^[a-z0-9][a-z0-9_]{0,63}$": "codes are lower-case ASCII letters, digits and _, and are 64 at most",
    r"^\d+\.\d+\.\d+$": 'versions are written "1.0.0"',
    r"^[a-z]{2}(-[A-Z]{2})?$": 'languages are written "en" or "en-GB"',
    r"^HP:\d{7}$": 'terms are written "HP:0001234"',
    r"^\d{1,7}-\d$": 'LOINC codes are written "2157-6"',
    r"^S\d{1,2}$": 'numbers of safety rules are written "S1"',
    r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$": "ids of cases are ASCII letters, digits, _ . and -, and are 64 at most",
    r"^[0-9a-f]{64}$": "hashes are 64 hexadecimal digits",
}
"""What every pattern of the models asks for, in words."""

_NEEDS = {
    "string_type": ("must be a text", "write it in quotes"),
    "string_sub_type": ("must be a text", "write it in quotes"),
    "string_too_short": ("is empty", "write something"),
    "string_unicode": ("is no text", "write it again"),
    "bool_type": ("must be true or false", "write true or false, without quotes"),
    "int_type": ("must be a whole number", "write it without quotes and point"),
    "decimal_type": ("must be a number", "write it without quotes"),
    "decimal_parsing": ("must be a number", "write it without quotes"),
    "is_instance_of": ("must be a number", "write it without quotes"),
    "finite_number": ("must be an ordinary number", "write no nan or inf"),
    "tuple_type": ("must be a list", "write it in square brackets"),
    "dict_type": ("must be a table", "write it in braces, or under a [heading]"),
    "date_type": ("must be a date", "write it as 2019-04-23"),
    "datetime_type": ("must be a date and time", "write it as 2019-04-23T10:00:00Z"),
    "union_tag_not_found": ("does not say its type", 'write for instance type = "choice"'),
    "string_too_long": ("is longer than {max_length} characters", "shorten it"),
    "too_long": ("has more than {max_length} entries", "leave some out"),
    "too_short": ("needs at least {min_length}", "add one"),
    "greater_than": ("must be above {gt}", "correct it"),
    "greater_than_equal": ("must be at least {ge}", "correct it"),
    "less_than": ("must be below {lt}", "correct it"),
    "less_than_equal": ("must be at most {le}", "correct it"),
    "literal_error": ("is none of the words that are known here", "write {expected}"),
    "union_tag_invalid": ("has a type that is not known", "write {expected_tags}"),
    "value_error": ("is wrong: {error}", "correct it"),
    "condition": (
        "is no condition",
        "name an item, a finding, or a picture that this file has, or write all, any or not",
    ),
}
"""What is wrong and what to do, by pydantic's kind of error, filled in with what pydantic says of the bound."""


def shape(file: ContentFile, model: type[M]) -> M:
    """The file's data as a model. ContentFaults lists everything that has the wrong shape, with its line."""
    try:
        return validated(model, file.data)
    except WrongShape as wrong:
        raise ContentFaults(shape_faults(file, model, wrong)) from None


def shape_faults(file: ContentFile, model: type[Definition], wrong: WrongShape) -> tuple[Fault, ...]:
    """Everything that has the wrong shape, each once; of very many only the first."""
    nearest = Nearest()
    details = details_of(wrong)
    faults = dict.fromkeys(_fault(file, model, one, nearest) for one in details[:MOST_FAULTS])
    return (*faults, *left_out(file, len(details)))


def left_out(file: ContentFile, found: int) -> tuple[Fault, ...]:
    """A fault that says how many of those that were found are not listed; none where all are."""
    more = max(found - MOST_FAULTS, 0)
    what = f"{more} more faults are not listed"
    return (file.fault((), "", "MANY_FAULTS", what, "correct these first"),) * bool(more)


def details_of(wrong: WrongShape) -> "list[ErrorDetails]":
    """What is wrong without those that only follow from others: a list is not too short for its faulty elements."""
    details = wrong.details
    faulty = {one["loc"][:cut] for one in details for cut in range(len(one["loc"]))}
    return [one for one in details if one["type"] != "too_short" or one["loc"] not in faulty]


def _fault(file: ContentFile, model: type[Definition], one: "ErrorDetails", nearest: Nearest) -> Fault:
    loc = data_loc(file.data, one["loc"])
    named = loc[:-1] if one["type"] == "extra_forbidden" else loc
    key, around = _key_and_path(file.data, named)
    what, hint = _sentence(one, model, nearest)
    whole = f"in {around}, {key}: {what}" if around else f"in {key}: {what}"
    if one["type"] != "extra_forbidden":
        whole = f'in {around}: "{key}" {what}' if around else f'"{key}" {what}'
    if one["type"] == "union_tag_invalid":
        loc = (*loc, "type")
    return file.fault(loc, place_of(file.data, loc), "SHAPE", (whole if key else what).strip(), hint)


def data_loc(data: object, loc: Loc) -> Loc:
    """A path of pydantic without the kinds of unions that it puts in between: keys and positions in the file.

    A kind is told from a key by what stands there: it is the `type` of the table, or what a condition begins with.
    """
    path: Loc = ()
    value: object = data
    after_kind = False
    for part in loc:
        after_kind = not after_kind and _is_kind(value, part, path)
        if after_kind:
            continue
        path = (*path, part)
        inner = _inner(value, part)
        if inner is None:
            break
        value = inner
    return path


def _inner(value: object, part: str | int) -> object | None:
    """What stands in a table or list under a key or position; None where nothing does."""
    inner: object | None = None
    if isinstance(value, Mapping):
        inner = value.get(part)
    elif isinstance(value, tuple) and isinstance(part, int) and part < len(value):
        inner = value[part]
    return inner


_CONDITIONS = ("enable_when", "any_row", "observed_when", "excluded_when", "when", "needs", "not")
_KINDS_OF_CONDITION = ("item", "finding", "all", "any", "not")


def _is_kind(value: object, part: str | int, before: Loc) -> bool:
    """Whether pydantic names the kind of this table here, rather than one of its keys."""
    if not isinstance(value, Mapping) or not before:
        return False
    of_item = part == value.get("type") and isinstance(before[-1], int)
    return of_item or (part in _KINDS_OF_CONDITION and is_condition(before))


def is_condition(loc: Loc) -> bool:
    """Whether a condition stands at this place of a file."""
    return loc[-1:] != () and (
        loc[-1] in _CONDITIONS or (isinstance(loc[-1], int) and loc[-2:-1] in (("all",), ("any",)))
    )


def place_of(data: object, loc: Loc) -> str:
    """The id of the innermost table on the way that has one; else its key or heading; "" at the top."""
    place = shown(str(loc[1])) if in_named_tables(loc) else ""
    value: object | None = data
    for number, part in enumerate(loc):
        value = _inner(value, part)
        if isinstance(part, int) and isinstance(value, Mapping):
            # Derived findings have no id of their own; elsewhere "finding" only says what a condition looks at.
            name = value.get("finding" if loc[:number] == ("derive",) else "id")
            place = shown(name) if isinstance(name, str) and name else place
    return place


def in_named_tables(loc: Loc) -> bool:
    """Whether a path leads into tables that carry their id in their heading, such as `[source.ng127]`."""
    return len(loc) > 1 and loc[0] in ("source", "item", "section", "case") and isinstance(loc[1], str)


def _key_and_path(data: object, loc: Loc) -> tuple[str, str]:
    """How a sentence names the value at `loc` ("label"), and what lies between it and the table with the id around it."""
    start = len(loc[:2]) if in_named_tables(loc) else 0
    value: object | None = data
    for number, part in enumerate(loc):
        value = _inner(value, part)
        if isinstance(part, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            start = number + 1
    words: list[str] = []
    for part in loc[start:]:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(shown(str(part)))
    return (words[-1] if words else "", ", ".join(words[:-1]))


def _sentence(one: "ErrorDetails", model: type[Definition], nearest: Nearest) -> tuple[str, str]:
    """What is wrong, as the rest of a sentence that begins with the key, and what to do."""
    kind, context = one["type"], one.get("ctx", {})
    match kind:
        case "extra_forbidden":
            known = sorted(_known_keys(model, one["loc"]))
            key = str(one["loc"][-1])
            return f'has an unknown key "{shown(key)}"', nearest.hint(
                key, known, f"known are {listed(known, _MOST_KEYS)}"
            )
        case "missing":
            last = one["loc"][-1]
            return "is missing", f"write {shown(last)} = ..." if isinstance(last, str) else "add one"
        case "string_pattern_mismatch":
            return "has the wrong form", PATTERNS.get(str(context.get("pattern")), "correct it")
    what, hint = _NEEDS.get(kind, ("has the wrong shape", "see CONTRIBUTING.md for the format"))
    return what.format(**context), hint.format(**context)


def _known_keys(model: type[Definition], loc: Loc) -> set[str]:
    """The keys that the table around an unknown key may have."""
    models = {model}
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        inner = {one for around in models for one in _models_of_key(around, part)}
        models = inner or {one for one in models if _is_kind_of(one, part)} or models
    return {field.encode_name for one in models for field in fields_of(one)}


def _models_of_key(model: type[Definition], key: str) -> Iterator[type[Definition]]:
    for field in fields_of(model):
        if key == field.encode_name:
            yield from _models_in(field.type)


def _models_in(annotation: Any) -> Iterator[type[Definition]]:
    """Every model that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, Definition):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _models_in(part)


def _is_kind_of(model: type[Definition], kind: str) -> bool:
    """Whether a model of a union is the one that `kind` chooses."""
    of_type = next((get_args(field.type) for field in fields_of(model) if field.encode_name == "type"), None)
    return kind in model.__struct_encode_fields__ if of_type is None else kind in of_type
