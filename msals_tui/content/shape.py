"""Turns read data into models, and what pydantic says of wrong data into sentences with a line and a hint.

What a file holds is never repeated but for the names of its keys and ids, made fit for a screen.
"""

from collections.abc import Mapping
from typing import TypeVar

from msals_tui.content.file import ContentFile
from msals_tui.errors import ContentFaults, Fault
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.hints import TYPE, definitions, fields_of, kinds_at, pattern_words, value_in
from msals_tui.questionnaire.problem import Loc, Nearest, listed, shown
from msals_tui.questionnaire.validate import NO_KIND, Wrong, WrongShape, validated

M = TypeVar("M", bound=Definition)

MOST_FAULTS = 1000
"""Of one file and kind; nobody reads more at once, and to list all of a hostile file would take minutes."""
_MOST_KEYS = 20
"""That are listed where one is not known; a sentence of more is not read."""

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
    "model_type": ("must be a table", "write it in braces, or under a [heading]"),
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
}
"""What is wrong and what to do, by pydantic's kind of error, filled in with what pydantic says of the bound."""


def shape(file: ContentFile, model: type[M]) -> M:
    """The file's data as a model. Raises ContentFaults with everything that has the wrong shape, and its line."""
    try:
        return validated(model, file.data)
    except WrongShape as wrong:
        raise ContentFaults(shape_faults(file, model, wrong)) from None


def shape_faults(file: ContentFile, model: type[Definition], wrong: WrongShape) -> tuple[Fault, ...]:
    """Everything that has the wrong shape, each once; of very many only the first."""
    nearest = Nearest()
    found = found_in(wrong)
    faults = dict.fromkeys(_fault(file, model, one, nearest) for one in found[:MOST_FAULTS])
    return (*faults, *left_out(file, len(found)))


def left_out(file: ContentFile, found: int) -> tuple[Fault, ...]:
    """A fault that says how many of those that were found are not listed; none if all are."""
    more = max(found - MOST_FAULTS, 0)
    what = f"{more} more faults are not listed"
    return (file.fault((), "", "MANY_FAULTS", what, "correct these first"),) * bool(more)


def found_in(wrong: WrongShape) -> list[Wrong]:
    """What is wrong without what only follows from something else: a list is not too short for its faulty elements."""
    faulty = {one.loc[:cut] for one in wrong.found for cut in range(len(one.loc))}
    return [one for one in wrong.found if one.kind != "too_short" or one.loc not in faulty]


def _fault(file: ContentFile, model: type[Definition], one: Wrong, nearest: Nearest) -> Fault:
    loc = one.loc
    unknown_key = one.kind == "extra_forbidden"
    key, around = _key_and_path(model, file.data, loc[:-1] if unknown_key else loc)
    what, hint = _sentence(one, nearest)
    whole = f"in {around}, {key}: {what}" if around else f"in {key}: {what}"
    if not unknown_key:
        whole = f'in {around}: "{key}" {what}' if around else f'"{key}" {what}'
    if one.kind == "union_tag_invalid":
        loc = (*loc, TYPE)
    return file.fault(loc, place_of(model, file.data, loc), "SHAPE", (whole if key else what).strip(), hint)


def place_of(model: type[Definition], data: object, loc: Loc) -> str:
    """The id of the innermost table on the way that has one; else its key or heading; "" at the top."""
    place = shown(str(loc[1])) if _in_heading(model, loc) else ""
    value: object | None = data
    for part, kinds in zip(loc, list(kinds_at(model, loc))[1:], strict=True):
        value = value_in(value, part)
        if isinstance(part, int) and isinstance(value, Mapping):
            name = value.get(next((one.names_fault for one in definitions(kinds)), Definition.names_fault))
            place = shown(name) if isinstance(name, str) and name else place
    return place


def _in_heading(model: type[Definition], loc: Loc) -> bool:
    """Whether a path leads into tables that carry their id in their heading, such as `[source.ng127]`."""
    *_, kinds = kinds_at(model, loc[:2])
    return len(loc) > 1 and isinstance(loc[1], str) and any(one.in_heading for one in definitions(kinds))


def _key_and_path(model: type[Definition], data: object, loc: Loc) -> tuple[str, str]:
    """How a sentence names the value at `loc` ("label"), and what lies between it and the table with the id around it."""
    start = len(loc[:2]) if _in_heading(model, loc) else 0
    value: object | None = data
    for number, part in enumerate(loc):
        value = value_in(value, part)
        if isinstance(part, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            start = number + 1
    words: list[str] = []
    for part in loc[start:]:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(shown(str(part)))
    return (words[-1] if words else "", ", ".join(words[:-1]))


def _sentence(one: Wrong, nearest: Nearest) -> tuple[str, str]:
    """What is wrong, as the rest of a sentence that begins with the key, and what to do."""
    match one.kind:
        case "extra_forbidden":
            known = sorted({key for model in definitions(one.around) for key in fields_of(model)})
            key = str(one.loc[-1])
            return f'has an unknown key "{shown(key)}"', nearest.hint(
                key, known, f"known are {listed(known, _MOST_KEYS)}"
            )
        case "missing":
            last = one.loc[-1]
            return "is missing", f"write {shown(last)} = ..." if isinstance(last, str) else "add one"
        case "string_pattern_mismatch":
            return "has the wrong form", pattern_words(one.here) or "correct it"
        case kind if kind == NO_KIND:
            return next(definitions(one.here)).no_kind
    what, hint = _NEEDS.get(one.kind, ("has the wrong shape", "see CONTRIBUTING.md for the format"))
    return what.format(**one.context), hint.format(**one.context)
