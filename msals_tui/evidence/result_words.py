"""How the results of tests are read: whole phrases, codes of answers, and units by their UCUM codes. All of it is content."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from msals_tui.questionnaire.base import Definition, Figure, Id, Label, Sentence, Whole

Loinc = Annotated[str, Whole(r"\d{1,7}-\d", 'LOINC codes are written "2157-6"')]
Says: TypeAlias = Literal["high", "low", "positive", "normal", "open"]
"""What a result says; "normal" is negative too, and "open" neither."""

Phrase = Annotated[str, Meta(min_length=1, max_length=100)]
"""Words as packets have them, which are never translated; letters of either size, signs and blanks between them are one."""


class Assay(Definition):
    """What the result of a test means; without limits of its own it is measured against the result's reference range."""

    loinc: Loinc
    what: Sentence
    finding: Id
    shown_by: Literal["high", "low", "positive"]
    """The result that shows the finding; a normal or negative one excludes it."""
    at_least: Figure | None = None
    """A value that is high in itself, whatever the range."""
    at_most: Figure | None = None
    """Above this, in `unit`, the finding is another one."""
    unit: Label | None = None
    """The UCUM code of the unit of `at_least` and `at_most`."""
    names: tuple[Phrase, ...] = ()
    """What is looked for, as results call it; the phrases below say the first of these for all of them."""
    shown_as: tuple[Phrase, ...] = ()
    """Phrases of this test alone that show the finding."""
    excluded_as: tuple[Phrase, ...] = ()
    """Phrases of this test alone that exclude it."""
    because: Sentence


class AnswerCode(Definition):
    """The code of an answer, whatever its label."""

    id: Phrase
    says: Says


class Interpretations(Definition):
    """Whole phrases in which results are given. What is left over when harmless words are taken away leaves a result unread."""

    high: tuple[Phrase, ...]
    low: tuple[Phrase, ...]
    positive: tuple[Phrase, ...]
    normal: tuple[Phrase, ...]
    open: tuple[Phrase, ...]
    """Phrases that are known, and settle nothing."""
    harmless: tuple[Phrase, ...]
    """Words that change nothing wherever they stand."""
    code: tuple[AnswerCode, ...] = ()


class Unit(Definition):
    """A unit of measurement."""

    code: Phrase
    """As UCUM writes it, large and small letters told apart."""
    names: tuple[Phrase, ...] = ()
    """How else it is written, in letters of either size."""
    quantity: Id
    """What it measures; units of one quantity differ by a factor alone."""
    factor: Figure
    """How many of the quantity's first unit it is."""
    because: Sentence = ""


class Measure(Struct, frozen=True):
    """A unit as far as it is understood; what are two spellings of one unit are equal."""

    quantity: str
    factor: Decimal = Decimal(1)
    known: bool = True
    """False for a unit that the table does not have: it is the same as another of the same spelling, and no more."""


UNCLEAR = Measure("", known=False)
"""A unit whose code and label are two units: it is the same as none, itself included."""


class ResultWords(Struct, frozen=True, eq=False):
    """The phrases, codes and units, indexed."""

    says: Mapping[str, Says]
    """By phrase."""
    coded: Mapping[str, Says]
    """By code, in small letters."""
    harmless: frozenset[str]
    by_code: Mapping[str, Unit]
    by_name: Mapping[str, Unit]

    @classmethod
    def of(cls, written: Interpretations, units: Iterable[Unit]) -> "ResultWords":
        """The index of phrases and units."""
        harmless = frozenset(plain_words(one) for one in written.harmless)
        phrases: dict[Says, tuple[str, ...]] = {
            "open": written.open,
            "high": written.high,
            "low": written.low,
            "positive": written.positive,
            "normal": written.normal,
        }
        every = tuple(units)
        return cls(
            says={plain_words(one): says for says, those in phrases.items() for one in those},
            coded={one.id.casefold(): one.says for one in written.code},
            harmless=harmless,
            by_code={one.code: one for one in every},
            by_name={_plain_unit(name): one for one in every for name in one.names},
        )

    def meaning(self, text: str, assay: Assay | None = None) -> Says | None:
        """What a text says as a whole; None if it is not known as a whole."""
        whole = plain_words(text)
        for words in (whole, self._without_harmless(whole)):
            if assay is not None and (own := _of_assay(_first_named(words, assay), assay)) is not None:
                return own
            if words in self.says:
                return self.says[words]
        return None

    def meaning_of_code(self, code: str) -> Says | None:
        """What the code of an answer says; None if it is not known."""
        return self.coded.get(code.casefold())

    def measure(self, code: str, label: str) -> Measure | None:
        """The unit of this code and label; None where there is none."""
        found = [one for one in (self._unit(code), self._unit(label)) if one is not None]
        if found:
            measures = {Measure(one.quantity, one.factor) for one in found}
            return measures.pop() if len(measures) == 1 else UNCLEAR
        spelled = _plain_unit(label) or _plain_unit(code)
        return Measure(spelled, known=False) if spelled else None

    def _unit(self, text: str) -> Unit | None:
        code = _annotation.sub("", _system.sub("", text)).strip()
        if not code and text.strip():
            code = "1"
        return self.by_code.get(code) or self.by_name.get(_plain_unit(text))

    def _without_harmless(self, words: str) -> str:
        return " ".join(word for word in words.split() if word not in self.harmless)


def _first_named(words: str, assay: Assay) -> str:
    """Words with the first name of what a test looks for in place of its others, the longest first."""
    words = f" {words} "
    for name in sorted(map(plain_words, assay.names[1:]), key=len, reverse=True):
        words = words.replace(f" {name} ", f" {plain_words(assay.names[0])} ")
    return words.strip()


def _of_assay(words: str, assay: Assay) -> Says | None:
    """What a phrase says for one test alone; None if it is none of its own."""
    if words in map(plain_words, assay.shown_as):
        return assay.shown_by
    return "normal" if words in map(plain_words, assay.excluded_as) else None


def same(one: Measure | None, other: Measure | None) -> bool:
    """Whether two units are surely one and the same."""
    return one is not None and one == other and one != UNCLEAR


_between = re.compile(r"(?<=\w)[-_\u2010-\u2015](?=\w)")
_harmless_marks = re.compile(r"[.,;:!()\[\]\"'\u2018-\u201f*]")
_system = re.compile(r"(?i:^(?:ucum[:|]|https?://unitsofmeasure\.org[/|]))")
_annotation = re.compile(r"\{[^{}]*\}")


def plain_words(text: str) -> str:
    """A phrase as phrases are compared: small letters, one blank between words, no stops; any other sign stays.

    A hyphen within a word is a blank; a question mark, a slash or a plus stays, since it changes what is said.
    """
    text = _between.sub(" ", text.casefold())
    return " ".join(_harmless_marks.sub(" ", text).split())


def _plain_unit(text: str) -> str:
    """A unit as names of units are compared."""
    text = _system.sub("", text).casefold().replace("\u03bc", "u").replace("\u00b5", "u")
    text = re.sub(r"\s+per\s+", "/", text.replace("litre", "liter"))
    return re.sub(r"[\s_]+", "", text)
