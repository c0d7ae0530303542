"""Finds and reads content: shipped with the program, or a file that somebody names.

Shipped content stands in `questionnaires/`: inside the installed package, or beside it in a checkout. Every file says
what it is by its `schema` key; its id or language names it, not its file name.
"""

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from msals_tui.content.compiled import Compiled, own_compiled
from msals_tui.content.file import ContentFile, content, content_bytes, schema_for, schema_of
from msals_tui.errors import ContentFaults, Fault, Filled, InputFault
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import FindingsFile, LookAlikesFile, SourcesFile, WeighingFile
from msals_tui.evidence.reference import Reference, ReferenceFile
from msals_tui.questionnaire.base import Definition, Digest
from msals_tui.questionnaire.model import QuestionnaireFile, Source, WordsFile
from msals_tui.questionnaire.problem import Problem
from msals_tui.questionnaire.questionnaire import Questionnaire, resolve
from msals_tui.questionnaire.words import Words
from msals_tui.safety.model import SafetyFile
from msals_tui.text import for_screen

# Only phenopackets and simulated people need these: everything else starts without building their models.
if TYPE_CHECKING:
    from msals_tui.evidence.terms import Terms, TermsFile
    from msals_tui.questionnaire.translation import TranslationFile
    from msals_tui.simulation.model import ClassesFile

M = TypeVar("M", bound=Definition)
F = TypeVar("F", SafetyFile, FindingsFile, WeighingFile, LookAlikesFile, ReferenceFile, QuestionnaireFile)
"""What may be translated."""


def shipped() -> Path:
    """The folder of shipped content."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "questionnaires"
    return inside if inside.is_dir() else package.parent / "questionnaires"


class Askable(Definition):
    """A questionnaire, together with its base, that was looked through and may be asked."""

    sha256: Digest


class NotTranslated(InputFault):
    """There is no translation of a questionnaire to this language."""


class Library:
    """All content below one folder, each file read once; what changes on the disk is seen by the next library."""

    def __init__(self, root: Path | None = None, compiled: Compiled | None = None) -> None:
        """Without a root, the content that is shipped; `compiled` is what was checked before, nothing unless given."""
        self.root = root if root is not None else shipped()
        self.compiled = compiled if compiled is not None else Compiled()
        self._own: dict[str, tuple[QuestionnaireFile, Questionnaire]] = {}
        """Questionnaires in their own language, as written and ready to be asked, by the name that they were asked for."""
        self._other: dict[tuple[str, str], Questionnaire] = {}
        """Translated questionnaires, by name and language."""
        self._evidence: dict[tuple[str, ...], Evidence] = {}
        """Translated evidence, by the languages of findings, weighing and look-alikes."""

    @cached_property
    def _unparsed(self) -> dict[str, list[Path]]:
        """Every TOML file by what it says it is; nothing is parsed or kept that nobody asks for."""
        files: dict[str, list[Path]] = {}
        for path in sorted(self.root.rglob("*.toml")):
            files.setdefault(schema_of(content_bytes(path), str(path)), []).append(path)
        return files

    def _has(self, model: type[Definition]) -> bool:
        return schema_for(model) in self._unparsed

    def _all(self, model: type[M]) -> list[tuple[ContentFile, M]]:
        """Every file of one kind. ContentFaults names the faults of all of them at once."""
        found: list[tuple[ContentFile, M]] = []
        faults: list[Fault] = []
        for path in self._unparsed.get(schema_for(model), ()):
            try:
                found.append(self._checked(path, model))
            except ContentFaults as error:
                faults += error.faults
        if faults:
            raise ContentFaults(tuple(faults))
        return found

    def _checked(self, path: Path, model: type[M]) -> tuple[ContentFile, M]:
        """A file of this kind. Raises InputFault or ContentFaults if it is none."""
        data = content_bytes(path)
        digest = sha256(data).hexdigest()
        known = self.compiled.read(digest, model)
        if known is not None:
            return ContentFile(for_screen(str(path)), {}, path, digest), known  # it was looked at; nobody does again
        from msals_tui.content.shape import shape

        file = content(data, str(path))
        shaped = shape(file, model)
        self.compiled.keep(digest, shaped)
        return file, shaped

    def _one(self, model: type[M]) -> M:
        found = self._all(model)
        if len(found) != 1:
            raise InputFault(
                Filled("{count} files of kind {model}, needs one", count=len(found), model=schema_for(model)),
                where=str(self.root),
            )
        return found[0][1]

    @cached_property
    def questionnaire_files(self) -> dict[str, tuple[ContentFile, QuestionnaireFile]]:
        """Questionnaires as written, by id."""
        return {shaped.id: (file, shaped) for file, shaped in self._all(QuestionnaireFile)}

    @cached_property
    def translations(self) -> "dict[tuple[str, str], tuple[ContentFile, TranslationFile]]":
        """Translations by what they translate, the id of a questionnaire or the schema of another file, and language."""
        from msals_tui.questionnaire.translation import TranslationFile

        return {(one.of, one.language): (file, one) for file, one in self._all(TranslationFile)}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by id."""
        return self._one(SourcesFile).source

    @cached_property
    def safety(self) -> SafetyFile:
        """The safety rules."""
        return self._one(SafetyFile)

    @cached_property
    def findings(self) -> FindingsFile:
        """The findings as written."""
        return self._one(FindingsFile)

    @cached_property
    def weighing(self) -> WeighingFile:
        """Sides, domains, groups and rules as written."""
        return self._one(WeighingFile)

    @cached_property
    def look_alikes(self) -> LookAlikesFile:
        """The look-alikes as written."""
        return self._one(LookAlikesFile)

    @cached_property
    def evidence(self) -> Evidence:
        """All evidence."""
        return Evidence.of(self.findings, self.weighing, self.look_alikes, self.sources)

    @cached_property
    def reference_file(self) -> ReferenceFile | None:
        """The reference as written; None in a library without it."""
        return self._one(ReferenceFile) if self._has(ReferenceFile) else None

    @cached_property
    def reference(self) -> Reference | None:
        """What is known of both sides, to be looked up; None in a library without it."""
        own = self.reference_file
        return Reference.of(own, self.weighing, self.sources) if own is not None else None

    def safety_in(self, language: str | None) -> SafetyFile:
        """The safety rules in this language where they are translated to it, else in their own; None for their own."""
        return self._spoken(self.safety, language)

    def evidence_in(self, language: str | None) -> Evidence:
        """All evidence, likewise."""
        files = (
            self._spoken(self.findings, language),
            self._spoken(self.weighing, language),
            self._spoken(self.look_alikes, language),
        )
        if all(one is own for one, own in zip(files, (self.findings, self.weighing, self.look_alikes), strict=True)):
            return self.evidence
        spoken = tuple(one.language for one in files)
        if spoken not in self._evidence:
            self._evidence[spoken] = Evidence.of(*files, self.sources)
        return self._evidence[spoken]

    def reference_in(self, language: str | None) -> Reference | None:
        """What is known of both sides, likewise; None in a library without it."""
        if (own := self.reference_file) is None:
            return None
        file, weighing = self._spoken(own, language), self._spoken(self.weighing, language)
        if file is own and weighing is self.weighing:
            return self.reference
        return Reference.of(file, weighing, self.sources)

    def _spoken(self, own: F, language: str | None) -> F:
        """A file in this language where it is translated to it; translations are read only where one is asked for."""
        if language is None or language == own.language:
            return own
        name = own.id if isinstance(own, QuestionnaireFile) else schema_for(type(own))
        if (name, language) not in self.translations:
            return own
        from msals_tui.questionnaire.translation import translated, translation_problems

        file, words = self.translations[name, language]
        faults = faults_of(file, (one for one in translation_problems(words, own, own.language) if one.blocks))
        if faults:
            raise ContentFaults(faults)
        return replace(translated(own, words.words), language=language)

    @property
    def translatable(
        self,
    ) -> list[QuestionnaireFile | SafetyFile | FindingsFile | WeighingFile | LookAlikesFile | ReferenceFile]:
        """Every file that holds what people read, as written."""
        asked = [one for _, one in self.questionnaire_files.values()]
        other = (self.safety, self.findings, self.weighing, self.look_alikes, self.reference_file)
        return [*asked, *(one for one in other if one is not None)]

    @cached_property
    def terms(self) -> "Terms":
        """What HPO terms mean as findings."""
        from msals_tui.evidence.terms import HpoFile, Terms

        return Terms.of(self._one(HpoFile), self.terms_file, self.evidence.findings)

    @cached_property
    def terms_file(self) -> "TermsFile":
        """How HPO terms are read, as written."""
        from msals_tui.evidence.terms import TermsFile

        return self._one(TermsFile)

    @cached_property
    def classes(self) -> "ClassesFile":
        """The simulated people as written."""
        from msals_tui.simulation.model import ClassesFile

        return self._one(ClassesFile)

    @cached_property
    def words_files(self) -> dict[str, WordsFile]:
        """The words of every language as written."""
        return {file.language: file for _, file in self._all(WordsFile)}

    @cached_property
    def languages(self) -> dict[str, Words]:
        """The words of every language."""
        return {language: Words(language, file.words, file.errors) for language, file in self.words_files.items()}

    def words(self, language: str) -> Words:
        """The words of one language; InputFault names those that there are."""
        if language not in self.languages:
            known = ", ".join(sorted(self.languages))
            raise InputFault(
                Filled('no words for language "{language}"', language=language),
                hint=Filled("choose one of {known}", known=known),
            )
        return self.languages[language]

    def questionnaire(self, name: str, language: str | None = None) -> Questionnaire:
        """A questionnaire by its id, or by the path of a file; a name that ends in .toml or holds a slash is a path.

        With `language`, in that language; InputFault names those that there are.
        """
        if name not in self._own:
            file, written = self._written(name)
            self._own[name] = written, self.resolve(file, written)
        written, own = self._own[name]
        if language is None or language == written.language:
            return own
        if (name, language) not in self._other:
            self._other[name, language] = self._translated(own, written, language)
        return self._other[name, language]

    def questionnaire_in(self, language: str, name: str) -> Questionnaire:
        """A questionnaire in this language where it is translated to it, else in its own."""
        try:
            return self.questionnaire(name, language)
        except NotTranslated:
            return self.questionnaire(name)

    def _written(self, name: str) -> tuple[ContentFile, QuestionnaireFile]:
        if name.endswith(".toml") or "/" in name:
            return self._checked(Path(name), QuestionnaireFile)
        if name in self.questionnaire_files:
            return self.questionnaire_files[name]
        known = ", ".join(sorted(self.questionnaire_files))
        raise InputFault(
            Filled('no questionnaire "{name}"', name=name),
            hint=Filled("choose one of {known}, or give a file", known=known),
        )

    def resolve(self, file: ContentFile, shaped: QuestionnaireFile) -> Questionnaire:
        """The questionnaire with the items it takes from its base. Raises ContentFaults if it cannot be asked."""
        base_file, base = self._base(shaped)
        together = sha256((file.sha256 + (base_file.sha256 if base_file else "")).encode()).hexdigest()
        if self.compiled.read(together, Askable) is None:
            from msals_tui.questionnaire.checks import problems

            faults = faults_of(file, problems(shaped, base, only_blocking=True))
            if faults:
                raise ContentFaults(faults)
            self.compiled.keep(together, Askable(sha256=together))
        return resolve(shaped, base, together if base_file else file.sha256)

    def _base(self, shaped: QuestionnaireFile) -> tuple[ContentFile | None, QuestionnaireFile | None]:
        if shaped.base is None or shaped.base not in self.questionnaire_files:
            return None, None
        return self.questionnaire_files[shaped.base]

    def _translated(self, questionnaire: Questionnaire, written: QuestionnaireFile, language: str) -> Questionnaire:
        _, base = self._base(written)
        there = [one for one in (written, base) if one is not None and (one.id, language) in self.translations]
        if not there:
            names = (written.id, written.base)
            known = ", ".join(sorted({written.language, *(one for of, one in self.translations if of in names)}))
            raise NotTranslated(
                Filled('"{id}" is not translated to "{language}"', id=written.id, language=language),
                hint=Filled("choose one of {known}", known=known),
            )
        hashed = "".join(self.translations[one.id, language][0].sha256 for one in there)
        together = sha256((questionnaire.sha256 + hashed).encode()).hexdigest()
        spoken = replace(self._spoken(written, language), language=language)
        return resolve(spoken, self._spoken(base, language) if base is not None else None, together)


def own_library() -> Library:
    """The shipped content, with what was kept of it for the person who runs the program."""
    return Library(compiled=own_compiled())


def faults_of(file: ContentFile, found: Iterable[Problem]) -> tuple[Fault, ...]:
    """Problems with the file and line where they stand."""
    return tuple(file.fault(one.loc, one.place, one.code, one.what, one.hint) for one in found)
