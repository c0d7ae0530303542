"""Content in another language: a file that holds nothing but words, by the ids of what they belong to.

    schema = "msals-translation/1"
    language = "de"
    questionnaire = "ms_als_intake"     # or translates = "msals-safety/1", the schema of another file

    [item.pain]
    ask = "Gibt es Schmerzen?"
    options.left.label = "Links"

What has an id stands under it wherever it is in the file that is translated, options stand under their code, and whatever
has neither under its number, from 1, in its list: `[look_alike.mmn]` and `feature.1.text = "..."`. A word that is not
translated stays as it was written; `msals-tui check` lists all of them. What a questionnaire takes from its base is
translated by the base's translation.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, get_args

from msgspec import Meta, Struct
from msgspec.structs import fields, replace

from msals_tui.questionnaire.base import Definition, Id, Language, Translatable
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, listed, shown

D = TypeVar("D", bound=Definition)

_HEAD = ("schema", "language", "questionnaire", "translates")
_STANDS_AS = {"items": "item"}
"""Items within the rounds of a group are items like all others."""
_MOST_UNKNOWN = 100
"""Ids that a translation has too much; nobody reads more at once."""


class TranslationFile(Definition):
    """One translation as written: of one questionnaire, or of the one file of a kind."""

    schema_: Literal["msals-translation/1"]
    language: Language
    questionnaire: Id | None = None
    translates: (
        Literal["msals-safety/1", "msals-evidence/1", "msals-weighing/1", "msals-look-alikes/1", "msals-reference/1"]
        | None
    ) = None
    """The schema of the file that is translated, where it is no questionnaire."""
    words: dict[str, Any] = {}
    """Everything else in the file."""

    def __post_init__(self) -> None:
        """Raises ValueError if it does not say of what it is a translation, or says it twice."""
        if (self.questionnaire is None) == (self.translates is None):
            raise ValueError("it names either a `questionnaire`, or in `translates` the schema of another file")

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """Puts all words under one key, which need not be written."""
        head = {key: table[key] for key in _HEAD if key in table}
        return {**head, "words": {key: value for key, value in table.items() if key not in head}}

    @property
    def of(self) -> str:
        """What it translates: the id of a questionnaire, or the schema of another file."""
        return self.questionnaire or self.translates or ""


class Text(Struct, frozen=True):
    """A text that people read, where a translation has it, and how long it may be."""

    loc: Loc
    text: str
    most: int


def translated(original: D, words: Mapping[str, Any]) -> D:
    """The same definition with these words in the place of its own, as far as there are any."""

    def say(one: Text) -> str:
        word = _at(words, one.loc)
        return word if isinstance(word, str) and word.strip() else one.text

    return _with_words(original, say)


def texts_of(original: Definition) -> tuple[Text, ...]:
    """Every text of a definition that people read."""
    found: list[Text] = []

    def say(one: Text) -> str:
        found.append(one)
        return one.text

    _with_words(original, say)
    return tuple(found)


def _with_words(one: D, say: Callable[[Text], str], loc: Loc = ()) -> D:
    changed: dict[str, Any] = {}
    for name, most in _speaking(type(one)):
        value = getattr(one, name)
        if not isinstance(value, str):
            changed[name] = _within(value, (*loc, name), say)
        elif most and value.strip():
            changed[name] = say(Text((*loc, name), value, most))
    return replace(one, **changed) if changed else one


def _within(value: Any, loc: Loc, say: Callable[[Text], str]) -> Any:
    match value:
        case Definition():
            return _with_words(value, say, loc)
        case tuple():
            return tuple(_within(part, _place(part, number, loc), say) for number, part in enumerate(value, 1))
        case dict():
            return {key: _within(part, (*loc, key), say) for key, part in value.items()}
        case _:
            return value


def _place(part: object, number: int, loc: Loc) -> Loc:
    """Where a translation has a member of a list."""
    name = getattr(part, "id", None)
    if isinstance(name, str):
        return _STANDS_AS.get(str(loc[-1]), loc[-1]), name
    return *loc, getattr(part, "code", str(number))


@cache
def _speaking(model: type[Definition]) -> tuple[tuple[str, int], ...]:
    """The fields that may hold words, those that are a text themselves with the most characters, others with 0."""
    found = ((one.name, _longest(one.type)) for one in fields(model))
    return tuple((name, most or 0) for name, most in found if most is not None)


def _longest(hint: Any) -> int | None:
    """The most characters of a text that people read, 0 where there may be any deeper, None if there is none."""
    extras = getattr(hint, "__metadata__", ())
    if any(isinstance(one, Translatable) for one in extras):
        return next(one.max_length for one in extras if isinstance(one, Meta) and one.max_length is not None)
    if isinstance(hint, type) and issubclass(hint, Definition):
        return 0
    return max((most for part in get_args(hint) if (most := _longest(part)) is not None), default=None)


def _at(words: Any, loc: Loc) -> Any:
    """What stands at a place of a translation; None if nothing does."""
    for part in loc:
        if not isinstance(words, Mapping):
            return None
        words = words.get(part)
    return words


def translation_problems(file: TranslationFile, original: Definition | None, language: str) -> tuple[Problem, ...]:
    """Everything missing or too much, compared with what is translated, which is written in `language`.

    `original` is None if it is not known. What blocks keeps the translation from being used.
    """
    if original is None:
        return (_of_nothing(file),)
    found: list[Problem] = []
    if file.language == language:
        what = f'is in "{language}", as what it translates'
        found.append(Problem(("language",), file.of, "SAME_LANGUAGE", what, "name another language", blocks=True))
    texts = {one.loc: one for one in texts_of(original)}
    for loc, one in texts.items():
        found += _word_problems(one, _at(file.words, loc), *_named(loc, file, original))
    found += _unknown(file, original, texts)
    return tuple(found)


def _of_nothing(file: TranslationFile) -> Problem:
    key, code, kind = ("questionnaire", "UNKNOWN_QUESTIONNAIRE", "questionnaire ")
    if file.questionnaire is None:
        key, code, kind = ("translates", "UNKNOWN_FILE", "")
    what = f'translates {kind}"{file.of}", which is not there'
    return Problem((key,), file.of, code, what, "correct it", blocks=True)


def _named(loc: Loc, file: TranslationFile, original: Definition) -> tuple[str, str]:
    """The id that a text stands under, else that of the whole; and its key under that."""
    has_id = len(loc) > 2 and not isinstance(getattr(original, str(loc[0]), None), Definition)  # noqa: PLR2004
    key = shown(".".join(str(one) for one in (loc[2:] if has_id else loc)))
    return (str(loc[1]) if has_id else file.of), key


def _word_problems(one: Text, word: object, place: str, key: str) -> Iterator[Problem]:
    if word is None or (isinstance(word, str) and not word.strip()):
        yield Problem(one.loc, place, "NO_WORDS", f"{key} is not translated", f"write {key} = ...")
    elif not isinstance(word, str):
        yield Problem(one.loc, place, "WORDS_KIND", f"{key} is no text", "write it in quotes", blocks=True)
    elif len(word) > one.most:
        what = f"{key} is longer than {one.most} characters"
        yield Problem(one.loc, place, "WORDS_LENGTH", what, "shorten it", blocks=True)


def _unknown(file: TranslationFile, original: Definition, texts: Mapping[Loc, Text]) -> Iterator[Problem]:
    """What the translation holds, and what is translated does not have; once for all that stands under it."""
    known: dict[Loc, dict[str, None]] = {}
    for loc in texts:
        for cut in range(len(loc)):
            known.setdefault(loc[:cut], {})[str(loc[cut])] = None
    nearest, left = Nearest(), _MOST_UNKNOWN
    waiting: list[tuple[Loc, object]] = [((), file.words)]
    while waiting and left:
        around, words = waiting.pop()
        if not isinstance(words, Mapping):
            continue  # that there should be a table is said of each word that it lacks
        for key, value in words.items():
            loc = (*around, key)
            if key in known[around]:
                waiting += [(loc, value)] if loc in known else []
            elif left:
                left -= 1
                yield _too_much(loc, list(known[around]), nearest, *_named(loc, file, original), of=file.of)


def _too_much(loc: Loc, known: list[str], nearest: Nearest, place: str, key: str, *, of: str) -> Problem:
    name, around = shown(str(loc[-1])), loc[:-1]
    if len(around) == 1:  # an id, under its kind
        hint = nearest.hint(name, known, "correct the id, or leave it out")
        what = f'translates {around[0]} "{name}", which "{of}" does not have'
        return Problem(loc, name, f"UNKNOWN_{str(around[0]).upper()}", what, hint)
    if around[-1:] == ("options",):
        what = f'translates option "{name}", which it does not offer'
        return Problem(loc, place, "UNKNOWN_OPTION", what, f"it offers {listed(known)}")
    what = f"translates {key}, which it does not have"
    return Problem(loc, place, "UNKNOWN_WORDS", what, nearest.hint(name, known, "leave it out"))
