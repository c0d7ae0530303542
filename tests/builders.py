"""Questionnaires that stand inside a test as a few lines of TOML.

What a test does not care about is filled in: the header, one section around bare `[[item]]` tables, words, labels.
Options may be written as bare codes: `options = ["left", "right"]`.
"""

import tomllib
from decimal import Decimal
from hashlib import sha256
from typing import Any

from msals_tui.questionnaire.model import QuestionnaireFile
from msals_tui.questionnaire.questionnaire import Questionnaire, resolve
from msals_tui.questionnaire.validate import validated

Table = dict[str, Any]


def questionnaire(toml: str, base: str = "") -> Questionnaire:
    """A questionnaire that can be asked; `base` is the questionnaire that it takes items from."""
    return resolve(written(toml), written(base) if base else None, sha256((toml + base).encode()).hexdigest())


def written(toml: str, *, bare: bool = False) -> QuestionnaireFile:
    """The questionnaire as a file would hold it; with `bare`, no words are filled in but those that must be there."""
    return validated(QuestionnaireFile, tuples(filled(tomllib.loads(toml, parse_float=Decimal), bare=bare)))


def filled(table: Table, *, bare: bool = False) -> Table:
    """The table of a whole questionnaire file, from the few keys that a test wrote."""
    header = {"schema": "msals-questionnaire/1", "id": "test", "version": "1.0.0", "title": "Test"}
    items = table.pop("item", [])
    sections = table.pop("section", []) + ([{"id": "only", "title": "Only", "item": items}] if items else [])
    for section in sections:
        section.setdefault("title", section["id"])
        for item in section.get("item", []):
            _fill_item(item, bare=bare)
    return {**header, **table, "section": sections}


def tuples(value: Any) -> Any:
    """The same value with tuples for lists, as content is read from a file."""
    if isinstance(value, dict):
        return {key: tuples(one) for key, one in value.items()}
    return tuple(tuples(one) for one in value) if isinstance(value, list) else value


def _fill_item(item: Table, *, bare: bool) -> None:
    words = {"ask": f"About {item['id']}?"}
    if not bare:
        words |= {"ask_patient": f"About your {item['id']}?", "why": "It matters.", "help": "Ask kindly."}
        item.setdefault("sources", ["test_source"])
    for key, text in words.items():
        item.setdefault(key, text)
    if "options" in item:
        item["options"] = [_option(option) for option in item["options"]]
    for inner in item.get("items", []):
        _fill_item(inner, bare=bare)


def _option(option: str | Table) -> Table:
    table = {"code": option} if isinstance(option, str) else option
    return {"label": table["code"].replace("_", " ").capitalize(), **table}
