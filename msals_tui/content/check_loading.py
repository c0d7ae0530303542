"""Reads everything that somebody gave to check; what is wrong with one file hides nothing of another."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from msals_tui.content.case_files import CASES
from msals_tui.content.file import ContentFile, content, content_bytes, schema_for, schema_said
from msals_tui.content.folders import files_below
from msals_tui.content.salvage import STAND_IN, Salvaged, salvage
from msals_tui.content.shape import MOST_FAULTS, found_in, left_out, place_of, shape_faults
from msals_tui.content.toml import parse_content, scan_strings
from msals_tui.errors import Fault, InputFault, MsalsError
from msals_tui.evidence.model import FindingsFile, LookAlikesFile, SourcesFile, WeighingFile
from msals_tui.evidence.reference import ReferenceFile
from msals_tui.evidence.terms import HpoFile, TermsFile
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.model import QuestionnaireFile, WordsFile
from msals_tui.questionnaire.problem import Loc, Problem, listed, shown
from msals_tui.questionnaire.translation import TranslationFile
from msals_tui.questionnaire.validate import WrongShape, validated
from msals_tui.safety.model import SafetyFile
from msals_tui.simulation.model import ClassesFile
from msals_tui.text import for_screen

MODELS: dict[str, type[Definition]] = {
    schema_for(model): model
    for model in (
        QuestionnaireFile, FindingsFile, WeighingFile, LookAlikesFile, ReferenceFile, HpoFile, TermsFile, SourcesFile,
        SafetyFile, ClassesFile, WordsFile, TranslationFile,
    )
}  # fmt: skip
"""Every kind of content file by its `schema` key."""

Step: TypeAlias = Callable[[int, int], None]
"""Called before each file is read, with its number, from 1, and how many there are."""

_line_at_end = re.compile(r":(\d+)$")
_MOST_HIDDEN = 100
_LONGEST_SCHEMA = 40
_LONGEST_PATH = 300
_ENDING = ".toml"
_LACKS = {"NO_WORDS", "NO_SOURCE", "NO_CHANCE", "NO_FIGURE", "ASSUMED", "EMPTY_SECTION", "EMPTY_DERIVE", "EMPTY_ROW"}
"""Problems that something is not there; where it is there but wrong, that was said already."""


class Loaded(Struct, frozen=True):
    """One file of a known kind, with as much of it as could be understood."""

    file: ContentFile
    model: type[Definition]
    salvaged: Salvaged[Definition]
    faults: tuple[Fault, ...]
    wrong: frozenset[Loc] = frozenset()
    """Where the shape is wrong, with everything around."""

    @property
    def shaped(self) -> Definition | None:
        """The file as its model, without its faulty parts; None if too little is left."""
        return self.salvaged.shaped

    @property
    def lost(self) -> frozenset[str]:
        """Ids of parts that could not be read."""
        return self.salvaged.lost

    def faults_of(self, found: Sequence[Problem]) -> Iterator[Fault]:
        """Problems as faults of this file; of very many only the first."""
        for one in found[:MOST_FAULTS]:
            loc = self.salvaged.in_file(one.loc)
            if one.code in _LACKS and loc in self.wrong:
                continue
            place = place_of(self.model, self.file.data, loc) if one.place.startswith(STAND_IN) else one.place
            yield self.file.fault(loc, shown(place), one.code, one.what, one.hint)
        yield from left_out(self.file, len(found))


def load(paths: Iterable[str | Path], step: Step | None) -> tuple[list[Loaded], list[Fault]]:
    """Every content file at these paths, those of folders by name, and what is wrong with files that are none."""
    loaded: list[Loaded] = []
    faults: list[Fault] = []
    files = dict.fromkeys(_files(paths, faults))
    for number, path in enumerate(files, 1):
        if step is not None:
            step(number, len(files))
        one = _load(path)
        if isinstance(one, Loaded):
            loaded.append(one)
            faults += one.faults
        else:
            faults.append(one)
    return loaded, faults


def _files(paths: Iterable[str | Path], faults: list[Fault]) -> Iterator[Path]:
    """Files as named, and every TOML file in a folder and below."""

    def refused(error: OSError) -> None:
        what = f"cannot be read ({error.strerror or 'unknown error'})"
        faults.append(Fault(_short(str(error.filename)), 0, "", "UNREADABLE", what, "check its rights and its name"))

    for path in map(Path, paths):
        if not _is_folder(path):
            yield path
            continue
        before = len(faults)
        inside = list(files_below(path, _ENDING, refused))
        yield from inside
        if not inside and len(faults) == before:
            place = for_screen(str(path))
            faults.append(Fault(place, 0, "", "EMPTY_FOLDER", "there is no TOML file in this folder", "name another"))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # what it is, reading it says


def _short(path: str) -> str:
    """A path that fits on a few lines of a screen."""
    return for_screen(path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}...")


def _load(path: Path) -> Loaded | Fault:
    place = for_screen(str(path))
    try:
        data = content_bytes(path)
    except MsalsError as error:
        return Fault(place, 0, "", "UNREADABLE", error.what, error.hint)
    # A case may hold dates, which content may not: what says that it is one is read as one first, and not twice.
    if schema_said(data) in CASES and (case := _case_fault(_schema_of_case(data, place), place)) is not None:
        return case
    try:
        file = content(data, str(path))
    except InputFault as error:
        if (case := _case_fault(_schema_of_case(data, place), place)) is not None:
            return case
        line = _line_at_end.search(error.where)
        return Fault(place, int(line[1]) if line else 0, "", "TOML", error.what, error.hint)
    model = MODELS.get(file.schema)
    return _case_fault(file.schema, place) or _schema_fault(file) if model is None else _shaped(file, model)


def _schema_of_case(data: bytes, place: str) -> str:
    """What a file says it is that is no content: cases may hold dates, which content may not."""
    try:
        schema = parse_content(data, place, dates=True).get("schema")
    except InputFault:
        return ""
    return schema if isinstance(schema, str) else ""


def _case_fault(schema: str, place: str) -> Fault | None:
    """Says of a file that somebody answered or found what it is; None if it is no such file."""
    if schema not in CASES:
        return None
    name, reader = CASES[schema]
    return Fault(place, 1, "", "CASE_FILE", f"this is {name}, which check does not read", f"give it to {reader}")


def _schema_fault(file: ContentFile) -> Fault:
    if not file.schema:
        what = "the file does not say what it is"
        return file.fault((), "", "SCHEMA", what, f'write schema = "..." at its top, one of {listed(MODELS)}')
    near = get_close_matches(file.schema[:_LONGEST_SCHEMA], MODELS, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"known are {listed(MODELS)}"
    return file.fault(("schema",), "", "SCHEMA", f'schema "{shown(file.schema)}" is not known', hint)


def _shaped(file: ContentFile, model: type[Definition]) -> Loaded:
    hidden = _hidden_faults(file, model)
    try:
        return Loaded(file, model, Salvaged(validated(model, file.data)), hidden)
    except WrongShape as wrong:
        places = {one.loc for one in found_in(wrong)}
        around = frozenset(loc[:cut] for loc in places for cut in range(1, len(loc) + 1))
        faults = (*hidden, *shape_faults(file, model, wrong))
        return Loaded(file, model, salvage(file.data, model), faults, around)


def _hidden_faults(file: ContentFile, model: type[Definition]) -> tuple[Fault, ...]:
    """Characters that command a terminal, turn text around or cannot be seen."""
    faults = []
    for loc, hidden in scan_strings(file.data):
        what = f"holds characters that cannot be seen ({listed(hidden, 4)})"
        faults.append(_hidden_fault(file, model, loc, what))
        if len(faults) == _MOST_HIDDEN:
            break
    return tuple(faults)


def _hidden_fault(file: ContentFile, model: type[Definition], loc: Loc, what: str) -> Fault:
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    hint = "type the text again, without tabs, control characters and marks of direction"
    return file.fault(loc, place_of(model, file.data, loc), "HIDDEN_CHARACTERS", f'"{shown(key)}" {what}', hint)
