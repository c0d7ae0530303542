"""Every question of a questionnaire, as data and in words: what an answers file may hold, and when it counts."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msals_tui.questionnaire.kinds.item import Item, Marks
from msals_tui.questionnaire.model import ConsistencyRule, Derived
from msals_tui.questionnaire.questionnaire import Questionnaire
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
        "consistency": [_consistency(one) for one in questionnaire.consistency],
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
    if questionnaire.consistency:
        yield ""
        yield words("items.consistency")
        for rule in questionnaire.consistency:
            yield f"  {rule.id}: {rule.say}"


def _item(item: Item, words: Words) -> Table:
    when = item.enable_when
    return {
        "type": item.type,
        "ask": item.ask,
        "ask_patient": item.ask_patient,
        **{key: _json(value, words) for key, value in item.facts(words).items()},
        "missing": [str(code) for code in item.missing_codes],
        "answered_by": list(item.answered_by),
        "enable_when": condition_json(when) if when else None,
        "enable_when_in_words": condition_words(when, words) if when else words("items.always"),
        "findings": list(item.findings),
    }


def _json(value: object, words: Words) -> Any:
    """What an item says of itself, as JSON writes it."""
    match value:
        case Item():
            return {"id": value.id, **_item(value, words)}
        case Marks():
            return {key: _json(one, words) for key, one in value.facts().items()}
        case dict():
            return {key: _json(one, words) for key, one in value.items()}
        case tuple() | list():
            return [_json(one, words) for one in value]
        case Decimal():
            return number_json(value)
        case _:
            return value


def _derived(one: Derived) -> Table:
    return {
        "finding": one.finding,
        "because": one.because,
        "observed_when": condition_json(one.observed_when) if one.observed_when else None,
        "excluded_when": condition_json(one.excluded_when) if one.excluded_when else None,
    }


def _consistency(one: ConsistencyRule) -> Table:
    return {
        "rule": one.id,
        "say": one.say,
        "say_patient": one.say_patient,
        "when": condition_json(one.when),
        "counts_for_nothing": list(one.counts_for_nothing),
    }


def _lines(item: Item, words: Words, margin: str) -> Iterator[str]:
    yield f"{margin}{item.id} ({item.kind_words(words)}): {item.ask}"
    inner = margin + "    "
    if item.enable_when:
        yield inner + words("items.when", condition=condition_words(item.enable_when, words))
    for code, label in item.choices(words):
        yield f"{inner}{code}: {label}"
    for one in item.items:
        yield from _lines(one, words, inner)
    if findings := item.findings:
        yield inner + words("items.findings", findings=", ".join(findings))
