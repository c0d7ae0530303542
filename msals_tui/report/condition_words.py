"""A condition as JSON and in words, by item ids and codes: what somebody needs who writes answers without a screen."""

from decimal import Decimal
from typing import Any as Json

from msgspec.structs import asdict

from msals_tui.questionnaire.condition import (
    AgeTest,
    All,
    AnswerTest,
    Any,
    Condition,
    DatesTest,
    FindingTest,
    ItemsTest,
    Leaf,
    Not,
    NumbersTest,
    WithdrawnTest,
)
from msals_tui.questionnaire.words import Words

_ALIASES = {"is_": "is"}


def condition_json(condition: Condition) -> dict[str, Json]:
    """The condition as the questionnaire writes it."""
    match condition:
        case AnswerTest(item=item):
            ((name, value),) = condition.comparison.items()
            places = {"row": condition.row, "mark": condition.mark, "rows": condition.rows}
            part = {key: _json(place) for key, place in places.items() if place is not None}
            return {"item": item, **part, _ALIASES.get(name, name): _json(value)}
        case FindingTest(finding=finding, is_=status):
            return {"finding": finding, "is": status}
        case ItemsTest():
            return {key: _json(value) for key, value in asdict(condition).items() if value is not None and value != 0}
        case All(all=parts):
            return {"all": [condition_json(part) for part in parts]}
        case Any(any=parts, at_least=needed):
            some = {"any": [condition_json(part) for part in parts]}
            return some if needed == 1 else {**some, "at_least": needed}
        case Not(not_=part):
            return {"not": condition_json(part)}


def condition_words(condition: Condition, words: Words) -> str:
    """The condition in words, such as: `weakness is "yes" and (age is above 40 or onset is answered)`."""
    match condition:
        case AnswerTest():
            return _answer_words(condition, words)
        case FindingTest(finding=finding, is_=status):
            return words("condition.finding", finding=finding, status=words(f"condition.status.{status}"))
        case DatesTest() | NumbersTest() | WithdrawnTest():
            return words(f"condition.{next(iter(condition.items))}", **condition.items)
        case AgeTest(age=age, on=on):
            return words("condition.age", age=age, on=on, compared=_age_words(condition, words))
        case All(all=parts):
            return words("condition.and").join(_part_words(part, words) for part in parts)
        case Any(any=parts, at_least=1):
            return words("condition.or").join(_part_words(part, words) for part in parts)
        case Any(any=parts, at_least=needed):
            listed = words("condition.comma").join(_part_words(part, words) for part in parts)
            return words("condition.at_least_of", count=needed, parts=listed)
        case Not(not_=part):
            return words("condition.not", part=condition_words(part, words))


def _age_words(test: AgeTest, words: Words) -> str:
    if test.now_below_item is not None:
        return words("condition.now_below", value=test.now_below_item)
    return words("condition.now_above", value=test.now_above_item or _plain(test.now_above))


def _part_words(part: Condition, words: Words) -> str:
    said = condition_words(part, words)
    together = isinstance(part, All) or (isinstance(part, Any) and part.at_least == 1)
    return f"({said})" if together else said


def _answer_words(test: AnswerTest, words: Words) -> str:
    ((name, value),) = test.comparison.items()
    item = _subject_words(test, words)
    if name == "answered":
        return words("condition.answered" if value else "condition.unanswered", item=item)
    if name == "missing":
        return words("condition.missing", item=item, value=words(f"missing.{value}"))
    if name == "any_row" and test.any_row is not None:
        return words("condition.any_row", item=item, part=condition_words(test.any_row, words))
    if name == "rows_at_least" and test.mark is not None:
        return words("condition.marked_at_least", item=test.item, mark=test.mark, value=value)
    said = words("condition.comma").join(value) if isinstance(value, tuple) else _plain(value)
    return words(f"condition.{name.rstrip('_')}", item=item, value=said)


def _subject_words(test: AnswerTest, words: Words) -> str:
    """The item that is compared, or the part of it."""
    if test.row is not None:
        return words("condition.in_row", item=test.item, row=test.row)
    if test.rows is not None:
        rows = words("condition.comma").join(test.rows)
        return words("condition.with_mark_in", item=test.item, mark=test.mark, rows=rows)
    return words("condition.with_mark", item=test.item, mark=test.mark) if test.mark is not None else test.item


def _json(value: object) -> Json:
    if isinstance(value, Leaf | All | Any | Not):
        return condition_json(value)
    if isinstance(value, tuple):
        return list(value)
    return number_json(value) if isinstance(value, Decimal) else value


def _plain(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def number_json(value: Decimal) -> int | float:
    """A number as JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)
