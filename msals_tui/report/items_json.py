"""Every question of a questionnaire, as data and in words: what an answers file may hold, and when it counts."""

import json
from collections.abc import Iterator
from typing import Any

from msals_tui.questionnaire.answer_types import YES, missing_codes, option_label, takes_several
from msals_tui.questionnaire.model import (
    Band,
    Derived,
    GroupItem,
    Item,
    Marks,
    NumberItem,
    Option,
    Questionnaire,
    RowItem,
    StatementItem,
    TextItem,
    YesNoItem,
    marks_of,
    options_of,
)  # fmt: skip
from msals_tui.questionnaire.words import Words
from msals_tui.report.condition_words import condition_json, condition_words, number_json

Table = dict[str, Any]


def items_json(questionnaire: Questionnaire, words: Words) -> str:
    """The whole questionnaire as one JSON object."""
    tables = {
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "sha256": questionnaire.sha256,
            "language": questionnaire.language,
            "title": questionnaire.title,
            "voice": questionnaire.voice,
        },
        "items": [
            {"id": item.id, "section": section.id, **_item(item, words)}
            for section in questionnaire.sections
            for item in section.items
        ],
        "derived": [_derived(one) for one in questionnaire.derived],
    }
    return json.dumps(tables, indent=1)


def items_text(questionnaire: Questionnaire, words: Words) -> Iterator[str]:
    """The same as a list to read."""
    yield f"{questionnaire.title} ({questionnaire.id} {questionnaire.version})"
    for section in questionnaire.sections:
        yield ""
        yield f"[{section.id}] {section.title}"
        for item in section.items:
            yield from _lines(item, words, "  ")
    if questionnaire.derived:
        yield ""
        yield words("items.derived")
        for one in questionnaire.derived:
            yield f"  {one.finding}: {one.because}"


def findings_of_item(item: Item | RowItem) -> tuple[str, ...]:
    """Every finding that an answer to this item can observe or exclude, each once."""
    marked = [finding for mark in marks_of(item) for finding in (*mark.observes, *mark.excludes)]
    unchosen = [finding for option in options_of(item) for finding in option.unchosen_excludes]
    return tuple(dict.fromkeys((*marked, *unchosen)))


def _item(item: Item | RowItem, words: Words) -> Table:
    table: Table = {"type": item.type, "ask": item.ask, "ask_patient": item.ask_patient}
    match item:
        case YesNoItem():
            table["options"] = [_yes_no(item, code, words) for code in ("yes", "no")]
        case NumberItem():
            table |= {
                "unit": item.unit,
                "min": number_json(item.min),
                "max": number_json(item.max),
                "decimals": item.decimals,
                "bands": [_band(band) for band in item.bands],
            }
        case TextItem():
            table["max_length"] = item.max_length
        case GroupItem():
            table |= {
                "row_label": item.row_label,
                "max_rows": item.max_rows,
                "items": [{"id": inner.id, **_item(inner, words)} for inner in item.items],
                "any_row": _marks(item.any_row),
                "no_rows": _marks(item.no_rows),
            }
        case _ if options_of(item):
            table["several"] = takes_several(item)
            table["options"] = [_option(option) for option in options_of(item)]
        case _:
            pass
    when = item.enable_when
    return table | {
        "missing": [] if isinstance(item, StatementItem) else [str(code) for code in missing_codes(item)],
        "answered_by": list(item.answered_by),
        "enable_when": condition_json(when) if when else None,
        "enable_when_in_words": condition_words(when, words) if when else words("items.always"),
        "findings": list(findings_of_item(item)),
    }


def _option(option: Option) -> Table:
    table: Table = {"code": option.code, "label": option.label, "label_patient": option.label_patient, **_marks(option)}
    if option.unchosen_excludes:
        table["unchosen_excludes"] = list(option.unchosen_excludes)
    if option.exclusive:
        table["exclusive"] = True
    return table


def _yes_no(item: YesNoItem, code: str, words: Words) -> Table:
    label = option_label(item, code, words)
    return {"code": code, "label": label, "label_patient": None, **_marks(item.yes if code == YES else item.no)}


def _band(band: Band) -> Table:
    bounds = {"at_least": band.at_least, "below": band.below}
    return {key: number_json(value) for key, value in bounds.items() if value is not None} | _marks(band)


def _marks(marks: Marks) -> Table:
    return {"observes": list(marks.observes), "excludes": list(marks.excludes)}


def _derived(one: Derived) -> Table:
    return {
        "finding": one.finding,
        "because": one.because,
        "observed_when": condition_json(one.observed_when) if one.observed_when else None,
        "excluded_when": condition_json(one.excluded_when) if one.excluded_when else None,
    }


def _lines(item: Item | RowItem, words: Words, margin: str) -> Iterator[str]:
    yield f"{margin}{item.id} ({_type_words(item, words)}): {item.ask}"
    inner = margin + "    "
    if item.enable_when:
        yield inner + words("items.when", condition=condition_words(item.enable_when, words))
    codes = ("yes", "no") if isinstance(item, YesNoItem) else [option.code for option in options_of(item)]
    for code in codes:
        yield f"{inner}{code}: {option_label(item, code, words)}"
    if isinstance(item, GroupItem):
        for one in item.items:
            yield from _lines(one, words, inner)
    if findings := findings_of_item(item):
        yield inner + words("items.findings", findings=", ".join(findings))


def _type_words(item: Item | RowItem, words: Words) -> str:
    said = words(f"items.type.{item.type}")
    if isinstance(item, NumberItem):
        return words("items.number", type=said, low=f"{item.min:f}", high=f"{item.max:f}", unit=item.unit)
    return words("items.several", type=said) if takes_several(item) and item.type == "body_map" else said
