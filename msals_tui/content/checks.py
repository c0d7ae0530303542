"""`msals-tui check`: every fault of the given content, sorted by file and line.

A name is looked for first in what was given, then in the shipped library. What holds one file of every kind that a library
needs is a library of its own and is checked by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeAlias, TypeVar

from msals_tui.content.check_loading import Loaded, Step, load
from msals_tui.content.file import schema_for
from msals_tui.content.library import Library
from msals_tui.errors import Fault, MsalsError
from msals_tui.evidence.checks import Known, finding_problems, look_alike_problems, unreached, weighing_problems
from msals_tui.evidence.model import FindingsFile, LookAlikesFile, SourcesFile, WeighingFile
from msals_tui.evidence.reference import ReferenceFile
from msals_tui.evidence.reference_checks import reference_problems
from msals_tui.evidence.terms import HpoFile, TermsFile
from msals_tui.evidence.terms_checks import hpo_problems, terms_problems
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.checks import all_items, problems, shown_findings
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import QuestionnaireFile, WordsFile
from msals_tui.questionnaire.problem import Problem
from msals_tui.questionnaire.translation import TranslationFile, translated, translation_problems
from msals_tui.questionnaire.words_checks import words_problems
from msals_tui.safety.checks import safety_problems, translated_safety_problems
from msals_tui.safety.model import SafetyFile
from msals_tui.simulation.checks import class_problems
from msals_tui.simulation.model import ClassesFile

M = TypeVar("M", bound=Definition)
T = TypeVar("T")

Translated: TypeAlias = QuestionnaireFile | SafetyFile | FindingsFile | WeighingFile | LookAlikesFile | ReferenceFile
"""What people read, and may therefore be translated."""

ENGLISH = "en"

SINGLE = (FindingsFile, WeighingFile, LookAlikesFile, SourcesFile, SafetyFile)
"""The kinds of which a library has exactly one."""

AT_MOST_ONE = (*SINGLE, ReferenceFile, ClassesFile, HpoFile, TermsFile)
"""The kinds of which no library has two."""


def check(paths: Iterable[str | Path], library: Library, step: Step | None = None) -> tuple[Fault, ...]:
    """Every fault of these files and folders; what they do not hold is looked for in `library`."""
    loaded, faults = load(paths, step)
    world = _World(loaded, library)
    for one in loaded:
        faults += one.faults_of(world.problems(one))
    faults += world.doubled()
    return tuple(sorted(set(faults)))


class _World:
    """Everything that the checked files may refer to."""

    def __init__(self, loaded: list[Loaded], library: Library) -> None:
        self._loaded = loaded
        kinds = {one.model for one in loaded}
        self._library = None if kinds.issuperset(SINGLE) else library

    def problems(self, one: Loaded) -> tuple[Problem, ...]:
        """What is wrong with one file, seen together with all others."""
        match one.shaped:
            case QuestionnaireFile() as shaped:
                return self._of_questionnaire(shaped, one)
            case SafetyFile() as shaped:
                return safety_problems(
                    shaped,
                    self.items,
                    group_of=self.group_of,
                    unread=self.lost,
                    sources=self.sources,
                    diseases=self.diseases,
                )
            case ClassesFile() as shaped:
                return class_problems(
                    shaped,
                    self.known,
                    findings=self._single(FindingsFile, lambda library: library.findings),
                    sides=[side.id for side in self.weighing.side] if self.weighing else None,
                    questionnaires=self.questionnaires,
                )
            case WordsFile() as shaped:
                return (*self._of_words(shaped), *self._untranslated(shaped))
            case TranslationFile() as shaped:
                return self._of_translation(shaped)
            case shaped:
                return self._of_evidence(shaped)

    def _of_translation(self, shaped: TranslationFile) -> tuple[Problem, ...]:
        original = self._translatable.get(shaped.of)
        found = translation_problems(shaped, original, original.language if original is not None else "")
        if not isinstance(original, SafetyFile):
            return found
        spoken = translated(original, shaped.words)
        return (*found, *translated_safety_problems(spoken, original, self._diseases_in(shaped.language)))

    def _of_words(self, shaped: WordsFile) -> tuple[Problem, ...]:
        if shaped.language == ENGLISH:
            return words_problems(shaped, None)
        from msals_tui.content.error_sentences import error_sentences

        return words_problems(shaped, self._english, error_sentences())

    def _untranslated(self, shaped: WordsFile) -> Iterator[Problem]:
        """What people read and a language of the screens lacks altogether."""
        there = {(one.of, one.language) for one in self._translations}
        for name, original in self._translatable.items():
            if original.language != shaped.language and (name, shaped.language) not in there:
                what = f'"{name}" is not translated to "{shaped.language}"'
                hint = f"msals-tui new language {shaped.language} makes the file to fill in"
                yield Problem(("language",), shaped.language, "NOT_TRANSLATED", what, hint)

    def _of_evidence(self, shaped: Definition | None) -> tuple[Problem, ...]:
        match shaped:
            case FindingsFile():
                found = finding_problems(shaped, self.weighing, self.known)
                return (*found, *unreached(shaped, self._shown)) if self._asks_all else found
            case WeighingFile():
                return weighing_problems(shaped, self.known)
            case LookAlikesFile():
                return look_alike_problems(shaped, self.known)
            case HpoFile():
                findings = self._single(FindingsFile, lambda library: library.findings)
                written = self._single(TermsFile, lambda library: library.terms_file)
                return hpo_problems(shaped, findings.finding if findings else (), written)
            case TermsFile():
                return terms_problems(shaped, self.known)
            case ReferenceFile():
                sides = [side.id for side in self.weighing.side] if self.weighing else None
                return reference_problems(shaped, sides=sides, sources=self.sources)
            case _:
                return ()

    def _of_questionnaire(self, shaped: QuestionnaireFile, one: Loaded) -> tuple[Problem, ...]:
        base = self.questionnaires.get(shaped.base) if shaped.base is not None else None
        domains = [domain.id for domain in self.weighing.domain] if self.weighing else None
        lost = one.lost.union(*(other.lost for other in self._loaded if other.shaped is base))
        return problems(shaped, base, findings=self.findings, sources=self.sources, domains=domains, unread=lost)

    def doubled(self) -> Iterator[Fault]:
        """Files of which there should be only one."""
        seen: dict[object, str] = {}
        for one in self._loaded:
            name = _name_of(one)
            if name in seen:
                what = f"there is another file of the same kind and name, {seen[name]}"
                yield one.file.fault((), "", "DUPLICATE_FILE", what, "keep one of the two, or give this one another id")
            elif name is not None:
                seen[name] = one.file.path

    def _given(self, model: type[M]) -> list[M]:
        return [one.shaped for one in self._loaded if isinstance(one.shaped, model)]

    def _ours(self, read: Callable[[Library], T]) -> T | None:
        """Something of the library; None if the given files stand by themselves, or the library has faults."""
        try:
            return read(self._library) if self._library is not None else None
        except MsalsError:
            return None

    def _single(self, model: type[M], read: Callable[[Library], M | None]) -> M | None:
        """The file of which there is one: the given one before the library's."""
        return next(iter(self._given(model)), None) or self._ours(read)

    @cached_property
    def lost(self) -> frozenset[str]:
        """Ids of whatever could not be read in any file."""
        return frozenset().union(*(one.lost for one in self._loaded))

    @cached_property
    def questionnaires(self) -> dict[str, QuestionnaireFile]:
        """Every questionnaire by its id."""
        ours = self._ours(lambda library: {name: one for name, (_, one) in library.questionnaire_files.items()})
        return {**(ours or {}), **{one.id: one for one in self._given(QuestionnaireFile)}}

    @cached_property
    def _translatable(self) -> dict[str, Translated]:
        """What people read and a translation may name: questionnaires by id, every other file by its schema."""
        single = (
            self._single(SafetyFile, lambda library: library.safety),
            self._single(FindingsFile, lambda library: library.findings),
            self.weighing,
            self._single(LookAlikesFile, lambda library: library.look_alikes),
            self._single(ReferenceFile, lambda library: library.reference_file),
        )
        named = {schema_for(type(one)): one for one in single if one is not None}
        return {**self.questionnaires, **named}

    @cached_property
    def _translations(self) -> list[TranslationFile]:
        ours = self._ours(lambda library: [one for _, one in library.translations.values()])
        return [*self._given(TranslationFile), *(ours or [])]

    def _diseases_in(self, language: str) -> set[str]:
        """The names that no safety rule may say, those of this language as well."""
        words = {one.of: one.words for one in self._translations if one.language == language}
        named = set(self.diseases)
        for name, original in self._translatable.items():
            if name in words:
                named |= names_of(translated(original, words[name]))
        return named

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item of every questionnaire, those within rounds too."""
        return {item.id: item for one in self.questionnaires.values() for item, _ in all_items(one)}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The group of each item that is asked in rounds."""
        return {item.id: group for one in self.questionnaires.values() for item, group in all_items(one) if group}

    @cached_property
    def _asks_all(self) -> bool:
        """Whether all questions are known, so that a finding which none of them shows is a mistake."""
        asking = [one for one in self._loaded if one.model is QuestionnaireFile]
        return self._library is None and bool(asking) and not any(one.lost for one in asking)

    @cached_property
    def _shown(self) -> set[str]:
        return {finding for one in self.questionnaires.values() for finding in shown_findings(one)}

    @cached_property
    def weighing(self) -> WeighingFile | None:
        """Sides, domains, groups and rules."""
        return self._single(WeighingFile, lambda library: library.weighing)

    @cached_property
    def findings(self) -> set[str] | None:
        """Every finding that somebody weighs."""
        files = [*self._given(FindingsFile), *self._also(lambda library: library.findings)]
        return {*self.lost, *(one.id for file in files for one in file.finding)} if files else None

    @cached_property
    def look_alikes(self) -> set[str] | None:
        """Every look-alike."""
        files = [*self._given(LookAlikesFile), *self._also(lambda library: library.look_alikes)]
        return {*self.lost, *(one.id for file in files for one in file.look_alike)} if files else None

    @cached_property
    def sources(self) -> set[str] | None:
        """Every source."""
        given = [file.source for file in self._given(SourcesFile)]
        all_sources = [*given, *self._also(lambda library: library.sources)]
        return {*self.lost, *(name for one in all_sources for name in one)} if all_sources else None

    def _also(self, read: Callable[[Library], T]) -> list[T]:
        ours = self._ours(read)
        return [] if ours is None else [ours]

    @cached_property
    def known(self) -> Known:
        """What evidence may name."""
        items = self.items or None
        return Known(self.findings, self.look_alikes, self.sources, items, self.group_of, self.lost)

    @cached_property
    def diseases(self) -> set[str]:
        """Names that no safety rule may say: of both sides, and of the look-alikes."""
        return {name for one in self._translatable.values() for name in names_of(one)}

    @cached_property
    def _english(self) -> WordsFile | None:
        given = next((one for one in self._given(WordsFile) if one.language == ENGLISH), None)
        return given or self._ours(lambda library: library.words_files.get(ENGLISH))


def names_of(one: Translated) -> set[str]:
    """The names of diseases that a file gives."""
    match one:
        case WeighingFile():
            return {name for side in one.side for name in (side.short, side.name)}
        case LookAlikesFile():
            return {alike.name for alike in one.look_alike}
        case _:
            return set()


def _name_of(one: Loaded) -> object:
    """What makes a file the same as another; None if that is not known."""
    match one.shaped:
        case QuestionnaireFile() as shaped:
            return "questionnaire", shaped.id
        case WordsFile() as shaped:
            return "words", shaped.language
        case TranslationFile() as shaped:
            return "translation", shaped.of, shaped.language
        case _:
            return one.model if one.model in AT_MOST_ONE else None
