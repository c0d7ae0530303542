"""One place per answer type: what a file may hold, what a person may type, and how an answer is said in words."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import (
    Answer,
    Choice,
    Missing,
    MissingCode,
    Number,
    PartialDate,
    Plain,
    Row,
    Rows,
    Text,
)  # fmt: skip
from msals_tui.questionnaire.condition import Lookup, RowLookup, holds
from msals_tui.questionnaire.dates import canonical_date, describe_date, read_date
from msals_tui.questionnaire.model import (
    BodyMapItem,
    DateItem,
    GroupItem,
    Item,
    NumberItem,
    Option,
    RowItem,
    SeveralItem,
    StatementItem,
    TextItem,
    YesNoItem,
    options_of,
)  # fmt: skip
from msals_tui.questionnaire.problem import shown
from msals_tui.questionnaire.words import Words
from msals_tui.text import clean

YES, NO = "yes", "no"
MOST_DIGITS = 18
"""Digits before or behind the point beyond which nothing is a measurement."""
_NUMBER = re.compile(r"[+-]?(\d*)(?:[.,](\d+))?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f'.,]\d{3})+(?:[.,]\d+)?", re.ASCII)
_A_THOUSAND = 3
"""Digits of a group; as many behind a comma are as likely thousands as decimals, and the difference is a thousandfold."""


def codes_of(item: Item | RowItem) -> tuple[str, ...]:
    """The codes that an answer to this item may hold, in order."""
    return (YES, NO) if isinstance(item, YesNoItem) else tuple(option.code for option in options_of(item))


def takes_several(item: Item | RowItem) -> bool:
    """Whether more than one option may be chosen."""
    return isinstance(item, SeveralItem) or (isinstance(item, BodyMapItem) and item.several)


def missing_codes(item: Item | RowItem) -> tuple[MissingCode, ...]:
    """The ways not to answer this item, none of which is "no"."""
    usual = (MissingCode.NOT_SURE, MissingCode.NOT_ASKED, MissingCode.DECLINED)
    return (*usual, MissingCode.PENDING) if "laboratory" in item.answered_by else usual


def choose(item: Item | RowItem, chosen: frozenset[str]) -> Choice:
    """A choice in the questionnaire's own order, so that the same answer is always the same value."""
    return Choice(tuple(code for code in codes_of(item) if code in chosen))


def toggle(item: Item | RowItem, chosen: frozenset[str], code: str) -> frozenset[str]:
    """What is chosen after one option was switched; an exclusive option stands alone."""
    if code in chosen:
        return chosen - {code}
    if not takes_several(item):
        return frozenset({code})
    exclusive = {option.code for option in options_of(item) if option.exclusive}
    return frozenset({code}) if code in exclusive else (chosen - exclusive) | {code}


def from_plain(item: Item | RowItem, value: object, today: date, outside: Lookup | None = None) -> Answer:
    """The answer that a file holds for this item; InputFault says what is wrong with it.

    With `outside`, the answers around it, rounds keep only what applies in them; without, they are taken as written.
    """
    if isinstance(value, Mapping) and set(value) == {"missing"}:
        return _missing(item, value["missing"])
    match item:
        case GroupItem():
            return _rows(item, value, today, outside)
        case NumberItem():
            if isinstance(value, bool) or not isinstance(value, int | Decimal):
                raise _wrong(item, "needs a number", f"write a plain number in {item.unit}")
            return _number(item, Decimal(value))
        case DateItem():
            when = canonical_date(value, today) if isinstance(value, str) else None
            if when is None:
                raise _wrong(
                    item, "needs a date", 'write "2019", "2019-spring", "2019-04", "2019-04-23" or "8 months ago"'
                )
            return when
        case TextItem():
            text = _text(item, value) if isinstance(value, str) else None
            if text is None:
                raise _wrong(item, "needs a text", 'write it in quotes, or {missing = "not_asked"} where there is none')
            return text
        case StatementItem():
            raise _wrong(item, "is only read and takes no answer", "leave it out")
        case _:
            return _choice(item, value)


def to_plain(item: Item | RowItem, answer: Answer) -> Plain:
    """The answer as it stands in answers files, summaries and journals; `from_plain` reads it back."""
    match answer:
        case Missing(code):
            return {"missing": str(code)}
        case Choice(codes):
            return list(codes) if takes_several(item) else codes[0]
        case Number(value):
            return int(value) if value == value.to_integral_value() else value
        case Text(text) | PartialDate(text):
            return text
        case Rows(rows):
            inner = {one.id: one for one in item.items} if isinstance(item, GroupItem) else {}
            return [{key: to_plain(inner[key], one) for key, one in row.answers} for row in rows]


def from_typed(item: NumberItem | DateItem | TextItem, typed: str, words: Words, today: date) -> Answer:
    """The answer that a person typed; InputFault carries one kind sentence for the screen, in their language."""
    match item:
        case NumberItem():
            return _number(item, _typed_number(item, typed.strip(), words), words)
        case DateItem():
            when = read_date(typed, words, today)
            if when is None:
                raise InputFault(words("fault.date"), where=item.id)
            return when
        case TextItem():
            text = _text(item, typed)
            if text is None:
                raise InputFault(words("fault.text"), where=item.id)
            return text


def unlikely(item: Item | RowItem, answer: Answer) -> bool:
    """Whether a number is possible but so unusual that it should be looked at once more."""
    if not (isinstance(item, NumberItem) and isinstance(answer, Number)):
        return False
    low, high = item.unlikely_below, item.unlikely_above
    return (low is not None and answer.value < low) or (high is not None and answer.value > high)


def describe(item: Item | RowItem, answer: Answer, words: Words, *, patient: bool = False) -> str:
    """The answer in words, on one line (text keeps its lines)."""
    match answer:
        case Missing(code):
            return missing_label(code, words, patient=patient)
        case Choice(codes):
            return ", ".join(option_label(item, code, words, patient=patient) for code in codes)
        case Number(value):
            return f"{value:f} {item.unit}" if isinstance(item, NumberItem) else f"{value:f}"
        case PartialDate():
            return describe_date(answer, words)
        case Text(text):
            return text
        case Rows(rows):
            return words.some(len(rows), "group.rounds") if rows else words("group.none")


def missing_label(code: MissingCode, words: Words, *, patient: bool) -> str:
    """The words of a way not to answer, for this reader."""
    return words(f"missing_patient.{code}" if patient else f"missing.{code}")


def option_label(item: Item | RowItem, code: str, words: Words, *, patient: bool = False) -> str:
    """The words of one answer option."""
    if isinstance(item, YesNoItem):
        return words(f"answer.{code}")
    option = next(option for option in options_of(item) if option.code == code)
    return label_of(option, patient=patient)


def label_of(option: Option, *, patient: bool) -> str:
    """An option's words for this reader."""
    return option.label_patient or option.label if patient else option.label


def asked_in_row(group: GroupItem, row: Mapping[str, Answer], outside: Lookup) -> tuple[RowItem, ...]:
    """The items of a group that apply in a round with these answers."""
    here = RowLookup(row, outside)
    return tuple(item for item in group.items if item.enable_when is None or holds(item.enable_when, here))


def row_of(group: GroupItem, answers: Mapping[str, Answer], outside: Lookup) -> Row:
    """A round with those of its answers that apply in it, in the order of the group."""
    kept: dict[str, Answer] = {}
    for item in group.items:
        if item.id in answers and any(one.id == item.id for one in asked_in_row(group, kept, outside)):
            kept[item.id] = answers[item.id]
    return Row(tuple(kept.items()))


def _wrong(item: Item | RowItem, what: str, hint: str) -> InputFault:
    return InputFault(f"{item.id} {what}", hint=hint)


def _missing(item: Item | RowItem, value: object) -> Missing:
    allowed = missing_codes(item)
    code = next((one for one in allowed if one == value), None)
    if isinstance(item, StatementItem) or code is None:
        raise _wrong(item, "has an unknown missing code", f"write one of {', '.join(allowed)}")
    return Missing(code)


def _choice(item: Item | RowItem, value: object) -> Choice:
    codes = (value,) if isinstance(value, str) else value
    known = codes_of(item)
    if not isinstance(codes, tuple) or not codes or any(code not in known for code in codes):
        raise _wrong(item, "names no option of this question", f"write one of {', '.join(known)}")
    if len(set(codes)) != len(codes) or (len(codes) > 1 and not takes_several(item)):
        raise _wrong(item, "has too many options", "name one option" if not takes_several(item) else "name each once")
    exclusive = [option.code for option in options_of(item) if option.exclusive and option.code in codes]
    if exclusive and len(codes) > 1:
        raise _wrong(item, f'has "{exclusive[0]}" beside other options', f'leave out "{exclusive[0]}" or all others')
    return choose(item, frozenset(codes))


def _typed_number(item: NumberItem, typed: str, words: Words) -> Decimal:
    """The number in ASCII digits with at most one comma or point; what may be thousands is refused, never guessed."""
    found = _NUMBER.fullmatch(typed)
    if found is None or not (found[1] or found[2]):
        thousands = _THOUSANDS.fullmatch(typed)
        raise InputFault(
            words("fault.thousands") if thousands else words("fault.number", unit=item.unit), where=item.id
        )
    whole, behind = found[1], found[2] or ""
    if len(behind) == _A_THOUSAND > item.decimals and whole.strip("0"):
        raise InputFault(words("fault.thousands"), where=item.id)
    return Decimal(typed.replace(",", "."))


def _number(item: NumberItem, value: Decimal, words: Words | None = None) -> Number:
    exponent = value.as_tuple().exponent
    if not value.is_finite() or not isinstance(exponent, int) or max(abs(value.adjusted()), -exponent) > MOST_DIGITS:
        value = item.max + 1
    if not item.min <= value <= item.max:
        where = {"low": f"{item.min:f}", "high": f"{item.max:f}", "unit": item.unit}
        if words is not None:
            raise InputFault(words("fault.range", **where), where=item.id)
        raise _wrong(item, f"lies outside {item.min:f} to {item.max:f} {item.unit}", "check the value and the unit")
    if value != round(value, item.decimals):
        if words is not None:
            raise InputFault(words.some(item.decimals, "fault.decimals"), where=item.id)
        raise _wrong(item, f"has more than {item.decimals} decimal places", "round it")
    return Number(Decimal(f"{value:f}").normalize() + 0)


def _text(item: TextItem, value: str) -> Text | None:
    """The text as it is kept, None where nothing of it can be seen."""
    kept = clean(value, max_length=item.max_length, lines=item.type == "long_text").text
    return Text(kept) if kept.strip() else None


def _rows(item: GroupItem, value: object, today: date, outside: Lookup | None) -> Rows:
    if not isinstance(value, tuple) or not all(isinstance(row, Mapping) for row in value):
        raise _wrong(item, "needs a list of tables, one a round", "write [] for none")
    if len(value) > item.max_rows:
        raise _wrong(item, f"has more than {item.max_rows} rounds", "keep the most telling ones")
    inner = {one.id: one for one in item.items}
    rows = []
    for row in value:
        unknown = next((key for key in row if key not in inner), None)
        if unknown is not None:
            raise _wrong(item, f'has no question "{shown(unknown)}"', f"it has {', '.join(inner)}")
        answers = {key: from_plain(one, row[key], today) for key, one in inner.items() if key in row}
        kept = Row(tuple(answers.items())) if outside is None else row_of(item, answers, outside)
        if not kept.answers:
            raise _wrong(item, "has a round without an answer that applies", "answer a question of it, or leave it out")
        rows.append(kept)
    return Rows(tuple(rows))
