"""Whether the words of the screens are complete: texts throughout, plain placeholders, and in every language the same."""

from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import TypeAlias

from msals_tui.questionnaire.dates.checks import date_word_problems
from msals_tui.questionnaire.model import WordsFile
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, listed, shown

_ANSWER_KEYS = ("yes_key", "no_key")
_Leaf: TypeAlias = tuple[Loc, object]


def words_problems(file: WordsFile, english: WordsFile | None, sentences: Collection[str] = ()) -> tuple[Problem, ...]:
    """Everything wrong with the words of one language, compared with English where that is known and another file.

    `sentences` are what faults say in English, with their names not filled in.
    """
    found = [problem for loc, entry in _leaves(file.words) for problem in _entry_problems(loc, entry)]
    found += date_word_problems(file.words)
    found += _decision_problems(file.words)
    found += _answer_key_problems(file)
    if english is None or file.language == english.language:
        return tuple(found)
    own, wanted = dict(_leaves(file.words)), dict(_leaves(english.words))
    for loc, entry in wanted.items():
        if loc not in own:
            what = f"{_key(loc)} is missing, which English has"
            found.append(Problem(loc, _key(loc), "NO_WORDS", what, "translate it"))
        elif type(own[loc]) is not type(entry):
            what = f"{_key(loc)} is another kind of value than in English"
            found.append(Problem(loc, _key(loc), "WORDS_KIND", what, "write it as it is in English"))
        else:
            found += _same(loc, own[loc], entry)
    nearest = Nearest()
    keys = [_key(loc) for loc in wanted]
    for loc in (one for one in own if one not in wanted):
        hint = nearest.hint(_key(loc), keys, "leave it out, or add it to English")
        found.append(Problem(loc, _key(loc), "UNKNOWN_WORDS", f"{_key(loc)} is not among the English words", hint))
    return (*found, *_error_problems(file.errors, sentences, nearest))


def _decision_problems(words: Mapping[str, object]) -> Iterator[Problem]:
    """The words that decide about safety line by line: each its own, and none that is a number or begins a command."""
    plain = words.get("plain")
    own = plain.get("decide") if isinstance(plain, Mapping) else None
    typed: dict[str, str] = {}
    for name in ("told", "known", "mistake"):
        word = own.get(name) if isinstance(own, Mapping) else None
        if not isinstance(word, str):
            continue
        loc, plainly = ("words", "plain", "decide", name), word.strip().casefold()
        if plainly in typed or plainly.isdecimal() or plainly.startswith(":"):
            what = f"{_key(loc)} cannot be told from {typed.get(plainly, 'an answer or a command')}"
            yield Problem(loc, _key(loc), "WORDS_KIND", what, "write another word")
        typed.setdefault(plainly, _key(loc))


def _answer_key_problems(file: WordsFile) -> Iterator[Problem]:
    """The keys that answer yes and no: a letter each, and not the same."""
    answers = file.words.get("answer")
    keys = [answers.get(name) for name in _ANSWER_KEYS] if isinstance(answers, Mapping) else []
    for name, key in zip(_ANSWER_KEYS, keys, strict=False):
        loc = ("words", "answer", name)
        if not isinstance(key, str):
            continue
        if not (len(key) == 1 and key.isalpha() and key == key.casefold()):
            yield Problem(loc, _key(loc), "ANSWER_KEY", f"{_key(loc)} is no small letter", "write one letter")
        elif keys.count(key) > 1:
            what = f"{_key(loc)} is the key of yes and of no"
            yield Problem(loc, _key(loc), "ANSWER_KEY", what, "give each a letter of its own")


def _error_problems(errors: Mapping[str, str], sentences: Collection[str], nearest: Nearest) -> Iterator[Problem]:
    """What faults say: every sentence, no other, and the same names in braces."""
    for one in sentences:
        if not errors.get(one, "").strip():
            what = f'"{one}" is not translated'
            yield Problem(("errors", one), "errors", "NO_WORDS", what, "write it under [errors] with its translation")
    for one, own in errors.items():
        if one not in sentences:
            hint = nearest.hint(one, sentences, "leave it out; no fault says so any more")
            what = f'"{shown(one)}" is nothing that a fault says'
            yield Problem(("errors", one), "errors", "UNKNOWN_WORDS", what, hint)
        else:
            yield from _same(("errors", one), own, one)
            if _placeholders(own) is None:
                what, hint = f'"{shown(one)}" has a placeholder that cannot be filled in', "write {name} as in English"
                yield Problem(("errors", one), "errors", "PLACEHOLDER", what, hint)


def _leaves(words: Mapping[str, object], loc: Loc = ("words",)) -> Iterator[_Leaf]:
    """Every text and list with its place."""
    for key, entry in words.items():
        if isinstance(entry, Mapping):
            yield from _leaves(entry, (*loc, key))
        else:
            yield (*loc, key), entry


def _key(loc: Loc) -> str:
    """The name by which the program asks for words, fit for a screen."""
    return shown(".".join(str(part) for part in loc[1:]))


def _entry_problems(loc: Loc, entry: object) -> Iterator[Problem]:
    if isinstance(entry, tuple):
        for number, names in enumerate(entry):
            if not (
                isinstance(names, str) or (isinstance(names, tuple) and all(isinstance(name, str) for name in names))
            ):
                what = f"{_key(loc)} holds something that is no text"
                yield Problem((*loc, number), _key(loc), "WORDS_KIND", what, "write texts, or lists of texts")
    elif not isinstance(entry, str):
        yield Problem(loc, _key(loc), "WORDS_KIND", f"{_key(loc)} is no text", "write it in quotes")
    elif not entry.strip():
        yield Problem(loc, _key(loc), "NO_WORDS", f"{_key(loc)} is empty", "write the words")
    elif (names := _placeholders(entry)) is None:
        what = f"{_key(loc)} has a placeholder that cannot be filled in"
        yield Problem(loc, _key(loc), "PLACEHOLDER", what, "write {name}, and double every brace that is meant as one")


def _same(loc: Loc, own: object, wanted: object) -> Iterator[Problem]:
    """The same placeholders, and lists of the same length."""
    if isinstance(own, tuple) and isinstance(wanted, tuple):
        if len(own) != len(wanted):
            what = f"{_key(loc)} has {len(own)} entries, and {len(wanted)} in English"
            yield Problem(loc, _key(loc), "WORDS_KIND", what, "give one entry for each of English")
    elif isinstance(own, str) and isinstance(wanted, str):
        here, there = _placeholders(own), _placeholders(wanted)
        if here is not None and there is not None and here != there:
            what = f"{_key(loc)} fills in {_braced(here)}, but English fills in {_braced(there)}"
            yield Problem(loc, _key(loc), "PLACEHOLDER", what, "use the same placeholders")


def _placeholders(text: str) -> frozenset[str] | None:
    """The names that are filled in; None if one is no plain name, which could reach into values."""
    try:
        fields = [(name, spec, turn) for _, name, spec, turn in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    if any(not name.isidentifier() or spec or turn for name, spec, turn in fields):
        return None
    return frozenset(name for name, _, _ in fields)


def _braced(names: frozenset[str]) -> str:
    return listed(f"{{{shown(name)}}}" for name in sorted(names)) or "nothing"
