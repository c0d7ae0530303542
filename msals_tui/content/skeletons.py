"""What a new part of the content must say, as TOML to fill in: every key that is needed, and the others as comments.

It is made from the definitions themselves, so that it cannot say anything else than they do. What is left empty is named by
`msals-tui check`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from msals_tui.content.error_sentences import error_sentences
from msals_tui.content.file import schema_for
from msals_tui.content.library import Library
from msals_tui.evidence.model import Finding, LookAlike, LookAlikeRule
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.kinds import AnyItem
from msals_tui.questionnaire.model import ConsistencyRule, QuestionnaireFile, SectionFile
from msals_tui.questionnaire.translation import TranslationFile, texts_of
from msals_tui.questionnaire.words import Words
from msals_tui.safety.model import SafetyRule
from msals_tui.simulation.model import LatentClass

KINDS = ("question", "finding", "look-alike", "rule", "consistency", "questionnaire", "language")
WHOLE = ("questionnaire", "language")
"""The kinds that are files of their own; the others are parts of one."""

_MODELS: dict[str, type[Definition]] = {
    kind: model for model in get_args(AnyItem) for kind in get_args(model.__annotations__["type"])
}
TYPES = tuple(_MODELS)
"""Every type of question."""


class Skeleton(Struct, frozen=True):
    """Text to fill in, and the file that it is or belongs in, below the folder of the content."""

    file: str
    text: str


def skeletons(kind: str, name: str, library: Library, words: Words, item_type: str) -> Iterator[Skeleton]:
    """Everything that something new of a kind needs; `name` is its id, or the language. `item_type` is a question's."""
    match kind:
        case "question":
            text = _table("[section.item]", _MODELS[item_type], {"id": name, "type": item_type})
            yield Skeleton("ms_als_intake.toml", _said(words("new.question"), text))
        case "finding":
            text = _table("[finding]", Finding, {"id": name})
            yield Skeleton("evidence/findings.toml", _said(words("new.finding"), text))
        case "look-alike":
            rule = _table("[look_alike.rule]", LookAlikeRule, {"effect": "remark"})
            text = _table("[look_alike]", LookAlike, {"id": name, "feature": ()}, left_out=("rule",)) + "\n" + rule
            yield Skeleton("evidence/look_alikes.toml", _said(words("new.look_alike"), text))
            one = {"id": name, "disease": name, "weight": 1, "illustrative": {}}
            yield Skeleton("simulation.toml", _said(words("new.class"), _table("[class]", LatentClass, one)))
        case "rule":
            text = _table("[rule]", SafetyRule, {"id": name})
            yield Skeleton("safety.toml", _said(words("new.rule"), text))
        case "consistency":
            text = _table("[consistency]", ConsistencyRule, {"id": name})
            yield Skeleton("ms_als_intake.toml", _said(words("new.consistency"), text))
        case "questionnaire":
            head = {"schema": schema_for(QuestionnaireFile), "id": name, "version": "0.1.0"}
            text = _table("", QuestionnaireFile, head, left_out=("section", "derive", "consistency", "source"))
            section = _table("[section]", SectionFile, {"id": "first"}, left_out=("item",))
            yield Skeleton(f"{name}.toml", _said(words("new.questionnaire"), f"{text}\n{section}"))
        case _:
            yield from _language(name, library, words)


def _language(language: str, library: Library, words: Words) -> Iterator[Skeleton]:
    english = library.words_files[words.language]
    head = {"schema": schema_for(type(english)), "language": language, "name": ""}
    leaves = (*_leaves(english.words, ("words",)), *((("errors", _toml(one)), one) for one in error_sentences()))
    yield Skeleton(f"languages/{language}.toml", _said(words("new.language"), _translation(head, leaves)))
    for one in library.translatable:
        head = {"schema": schema_for(TranslationFile), "language": language}
        if isinstance(one, QuestionnaireFile):
            head["questionnaire"] = name = one.id
        else:
            head["translates"] = schema = schema_for(type(one))
            name = schema.removeprefix("msals-").split("/")[0]
        texts = ((tuple(str(key) for key in text.loc), text.text) for text in texts_of(one))
        text = _said(words("new.translation"), _translation(head, texts))
        yield Skeleton(f"languages/{language}.{name}.toml", text)


def _translation(head: Mapping[str, str], leaves: Iterable[tuple[tuple[str, ...], object]]) -> str:
    """The head of a file, and every text that is to be translated as a comment under its heading."""
    tables: dict[tuple[str, ...], list[str]] = {(): [f"{key} = {_toml(value)}" for key, value in head.items()]}
    for loc, text in leaves:
        heading, key = loc[: min(2, len(loc) - 1)], loc[min(2, len(loc) - 1) :]
        tables.setdefault(heading, []).append(f"# {'.'.join(key)} = {_toml(text)}")
    return "\n".join("\n".join([f"[{'.'.join(name)}]"] * bool(name) + lines) + "\n" for name, lines in tables.items())


def _leaves(words: Mapping[str, Any], loc: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, entry in words.items():
        if isinstance(entry, Mapping):
            yield from _leaves(entry, (*loc, key))
        else:
            yield (*loc, key), entry


def _said(sentences: str, text: str) -> str:
    """A text below a comment."""
    return "".join(f"# {line}\n" for line in sentences.splitlines()) + text


def _table(heading: str, model: type[Definition], given: Mapping[str, object], left_out: tuple[str, ...] = ()) -> str:
    """A table of a definition: what it needs with empty values but for those given, what it may have as comments."""
    known = [one for one in fields(model) if one.encode_name not in left_out]
    known.sort(key=lambda one: one.encode_name not in given)
    lines = [f"[{heading}]"] * bool(heading) + [_line(one, given) for one in known]
    return "\n".join(lines) + "\n"


def _line(one: FieldInfo, given: Mapping[str, object]) -> str:
    name = one.encode_name
    value = _toml(given[name]) if name in given else _empty(one.type)
    line = f"{name} = {value}"
    words = _choices(one.type)
    if len(words) > 1:
        line += f"  # {', '.join(words)}"
    return line if one.required or name in given else f"# {line}"


def _choices(hint: Any) -> list[str]:
    """The words that may stand in a place where only some may."""
    if get_origin(hint) is Literal:
        return [str(one) for one in get_args(hint)]
    return [word for part in get_args(hint) for word in _choices(part)]


def _empty(hint: Any) -> str:
    """A value of the right kind that says nothing yet."""
    least = next((one.min_length for one in getattr(hint, "__metadata__", ()) if isinstance(one, Meta)), None) or 0
    inner = get_args(hint)
    match get_origin(hint):
        case origin if origin is Literal:
            return _toml(inner[0])
        case origin if origin is tuple:
            return "[]"
        case origin if origin is dict:
            return "{}"
        case None:
            return _of_class(hint)
        case _ if least and get_origin(inner[0]) is tuple:
            return f"[{', '.join([_empty(get_args(inner[0])[0])] * least)}]"
        case _:
            return _empty(inner[0])


def _of_class(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, Definition):
        needed = (f"{one.encode_name} = {_empty(one.type)}" for one in fields(hint) if one.required)
        inside = ", ".join(needed)
        return f"{{ {inside} }}" if inside else "{}"
    return {str: '""', bool: "false"}.get(hint, "0")


def _toml(value: object) -> str:
    """A value as TOML has it on one line."""
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return "{}" if value == {} else json.dumps(value, ensure_ascii=False)
