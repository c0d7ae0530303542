"""A questionnaire in another language: a file that holds nothing but words, by the ids of what they belong to.

    schema = "msals-translation/1"
    language = "de"
    questionnaire = "ms_als_intake"

    [item.pain]
    ask = "Gibt es Schmerzen?"
    options.left.label = "Links"

A word that is not translated stays as it was written; `msals-tui check` lists all of them. What a questionnaire takes
from its base is translated by the base's translation.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, ClassVar, Literal, TypeAlias

from msgspec.structs import replace

from msals_tui.questionnaire.base import Code, Definition, Id, Label, Language, Paragraph, Sentence
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import QuestionnaireFile, Section, SectionFile
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, listed
from msals_tui.questionnaire.questionnaire import Questionnaire


class OptionWords(Definition):
    """One answer option."""

    label: Label | None = None
    label_patient: Label | None = None


class ItemWords(Definition):
    """One item, also one within the rounds of a group. Only numbers have a unit, only groups a row label."""

    in_heading: ClassVar[bool] = True

    ask: Sentence | None = None
    ask_patient: Sentence | None = None
    why: Paragraph | None = None
    help: Paragraph | None = None
    help_patient: Paragraph | None = None
    unit: Label | None = None
    row_label: Label | None = None
    row_label_patient: Label | None = None
    options: dict[Code, OptionWords] = {}


class TitleWords(Definition):
    """One section."""

    in_heading: ClassVar[bool] = True

    title: Label | None = None
    title_patient: Label | None = None


class TranslationFile(Definition):
    """One translation as written."""

    schema_: Literal["msals-translation/1"]
    language: Language
    questionnaire: Id
    title: Label | None = None
    title_patient: Label | None = None
    about: Paragraph | None = None
    section: dict[Id, TitleWords] = {}
    item: dict[Id, ItemWords] = {}


_Words: TypeAlias = OptionWords | ItemWords | TitleWords | TranslationFile
_Original: TypeAlias = Definition | Questionnaire | QuestionnaireFile
_NOTHING = ItemWords()
_NO_TITLE = TitleWords()
_NO_LABEL = OptionWords()


def translate(
    questionnaire: Questionnaire, words: TranslationFile, base: TranslationFile | None, hashed: str
) -> Questionnaire:
    """The same questionnaire in the language of `words`, with a hash of its own.

    `base` translates the items that it takes; `hashed` is the hash of the files that the words come from.
    """
    items = {**(base.item if base else {}), **words.item}
    sections = tuple(
        Section(
            id=section.id,
            items=tuple(_item(item, items) for item in section.items),
            **_changed(section, words.section.get(section.id, _NO_TITLE), ("title", "title_patient")),
        )
        for section in questionnaire.sections
    )
    return replace(
        questionnaire,
        **_changed(questionnaire, words, ("title", "title_patient", "about")),
        sections=sections,
        language=words.language,
        sha256=sha256((questionnaire.sha256 + hashed).encode()).hexdigest(),
    )


def _item(item: Item, items: Mapping[str, ItemWords]) -> Any:
    """The same kind of item with other words."""
    words = items.get(item.id, _NOTHING)
    update = _changed(item, words, _names_of(item))
    if item.options:
        update["options"] = tuple(
            replace(option, **_changed(option, words.options.get(option.code, _NO_LABEL), ("label", "label_patient")))
            for option in item.options
        )
    if item.items:
        update["items"] = tuple(_item(inner, items) for inner in item.items)
    return replace(item, **update)


def _changed(original: Definition, words: _Words, names: tuple[str, ...]) -> dict[str, Any]:
    """The words of these names: translated where they are, else as they were."""
    translated = {name: getattr(words, name) for name in names}
    return {name: getattr(original, name) if word is None else word for name, word in translated.items()}


def _names_of(item: Item) -> tuple[str, ...]:
    """The words that an item of this type has, its options left out."""
    return ("ask", "ask_patient", "why", "help", "help_patient", *item.more_words)


def translation_problems(words: TranslationFile, original: QuestionnaireFile | None) -> tuple[Problem, ...]:
    """Everything missing or too much, compared with the questionnaire as written; None where it is not known."""
    if original is None:
        what = f'translates questionnaire "{words.questionnaire}", which is not there'
        return (
            Problem(
                ("questionnaire",), words.questionnaire, "UNKNOWN_QUESTIONNAIRE", what, "correct its id", blocks=True
            ),
        )
    items = {item.id: item for section in original.section for item in _with_rounds(section)}
    sections = {section.id: section for section in original.section}
    found = [*_missing(words, original, ("title", "title_patient", "about"), (), original.id)]
    if words.language == original.language:
        what = f'is in "{words.language}", as the questionnaire itself'
        found.append(Problem(("language",), original.id, "SAME_LANGUAGE", what, "name another language", blocks=True))
    for name, section in sections.items():
        loc: Loc = ("section", name)
        found += _missing(words.section.get(name, _NO_TITLE), section, ("title", "title_patient"), loc, name)
    for name, item in items.items():
        found += _item_problems(words.item.get(name, _NOTHING), item, ("item", name))
    nearest = Nearest()
    for kind, written, known in (("section", words.section, sections), ("item", words.item, items)):
        for name in written:
            if name not in known:
                hint = nearest.hint(name, known, "correct the id, or leave it out")
                what = f'translates {kind} "{name}", which "{original.id}" does not have'
                found.append(Problem((kind, name), name, f"UNKNOWN_{kind.upper()}", what, hint))
    return tuple(found)


def _with_rounds(section: SectionFile) -> Iterator[Item]:
    for item in section.item:
        yield from (item, *item.items)


def _item_problems(words: ItemWords, item: Item, loc: Loc) -> Iterator[Problem]:
    yield from _missing(words, item, _names_of(item), loc, item.id)
    idle = {"unit", "row_label", "row_label_patient"} - {*_names_of(item)}
    for name in sorted(name for name in idle if getattr(words, name) is not None):
        yield Problem(
            (*loc, name), item.id, "UNKNOWN_WORDS", f"translates {name}, which it does not have", "leave it out"
        )
    options = {option.code: option for option in item.options}
    for code, option in options.items():
        here = words.options.get(code, _NO_LABEL)
        yield from _missing(here, option, ("label", "label_patient"), (*loc, "options", code), item.id)
    for code in words.options.keys() - options.keys():
        what = f'translates option "{code}", which it does not offer'
        yield Problem(
            (*loc, "options", code), item.id, "UNKNOWN_OPTION", what, f"it offers {listed(options) or 'none'}"
        )


def _missing(words: _Words, original: _Original, names: tuple[str, ...], loc: Loc, place: str) -> Iterator[Problem]:
    """Words that the original has and the translation lacks."""
    for name in names:
        if getattr(original, name) and not (getattr(words, name) or "").strip():
            part = ".".join(str(one) for one in (*loc[2:], name))
            yield Problem((*loc, name), place, "NO_WORDS", f"{part} is not translated", f"write {part} = ...")
