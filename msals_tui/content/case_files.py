"""Reads what somebody answered or found: answers files, findings files and summaries, by their `schema`; JSON as it is."""

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct
from msgspec.structs import replace

from msals_tui.content.file import ContentFile, check_tables, schema_for
from msals_tui.content.formats import refuse_others, unpacked
from msals_tui.content.shape import shape
from msals_tui.content.toml import parse
from msals_tui.disk.reading import RECORD, STDIN, read_bytes
from msals_tui.errors import ContentFaults, Filled, InputFault, MachineFault
from msals_tui.questionnaire.base import Definition, Digest, Id, Label, Language, Whole
from msals_tui.questionnaire.problem import shown
from msals_tui.safety.history import What
from msals_tui.text import for_screen

ENDINGS = (".toml", ".json")
"""Of case files, in letters of either size: our own, and phenopackets."""
PACKED = ".gz"
"""May stand behind either."""
LABELS = "labels.toml"
"""What a folder of cases says of them; no case itself."""

CaseId = Annotated[
    str,
    Whole(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", "ids of cases are ASCII letters, digits, _ . and -, and are 64 at most"),
]
"""Id of a case; ASCII, since file names are made of it."""


Moment = Annotated[datetime, Meta(tz=True)]
"""A time that says its zone."""


class AnswersFile(Definition):
    """`schema = "msals-answers/1"`: answers by item id, written by a person or a program."""

    schema_: Literal["msals-answers/1"]
    questionnaire: Id
    id: CaseId | None = None
    today: date | None = None
    """The day of the intake, against which "8 months ago" counts; the present day if absent."""
    answers: dict[str, Any] = {}
    notes: dict[str, str] = {}


class FindingsInput(Definition):
    """`schema = "msals-findings/1"`: finding ids straight in, for teaching and for testing the sums."""

    schema_: Literal["msals-findings/1"]
    id: CaseId
    observed: tuple[Id, ...] = ()
    excluded: tuple[Id, ...] = ()


class _Part(Definition, forbid_unknown_fields=False):
    """Part of a summary: what a replay needs. What was derived from it is not read back."""


class AskedQuestionnaire(_Part):
    """Which questionnaire a summary was made with."""

    id: Id
    version: Label
    sha256: Digest
    language: Language
    """The language in which the questions were asked."""
    words: Language | None = None
    """The language of everything else; that of the questions if absent."""


class KeptHidden(_Part):
    """From when to when the comparison was hidden, and how many answers there were then."""

    from_: Moment
    from_answers: Annotated[int, Meta(ge=0)]
    until: Moment | None = None
    until_answers: Annotated[int, Meta(ge=0)] = 0


class KeptHappened(_Part):
    """One thing that happened to a safety rule."""

    at: Moment
    what: What
    item: Id | None = None
    answer: Any = None


class KeptRule(_Part):
    """A safety rule in a summary, and what happened to it."""

    rule: Id
    history: tuple[KeptHappened, ...] = ()


class KeptDecision(KeptRule):
    """A safety rule in a summary, and what was decided about it."""

    decision: Literal["told", "known"] | None = None
    decided: Moment | None = None
    decided_about: dict[str, Any] = {}
    """The answers that the decision was about; a decision that names none settles none."""


class KeptAmends(_Part):
    """The final that a summary corrects."""

    final: Annotated[int, Meta(ge=1)]
    sha256: Digest
    reason: str


class SummaryFile(_Part):
    """`schema = "msals-summary/1"`."""

    schema_: Literal["msals-summary/1"]
    id: CaseId
    origin: Literal["interview", "replayed"]
    amends: KeptAmends | None = None
    started: Moment
    finished: Moment
    check_again: tuple[Id, ...] = ()
    questionnaire: AskedQuestionnaire
    versions: dict[str, str]
    safety: tuple[KeptDecision, ...] = ()
    comparison_hidden: tuple[KeptHidden, ...] = ()
    safety_withdrawn: tuple[KeptRule, ...] = ()
    answers: dict[str, Any] = {}
    withdrawn: dict[str, Any] = {}
    notes: dict[str, str] = {}


class JsonFile(Struct, frozen=True):
    """JSON, which is another program's format and read in `exchange`."""

    data: bytes


Case: TypeAlias = AnswersFile | FindingsInput | SummaryFile | JsonFile
_MODELS: dict[str, type[AnswersFile] | type[FindingsInput] | type[SummaryFile]] = {
    schema_for(model): model for model in (AnswersFile, FindingsInput, SummaryFile)
}

_json = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[\{\]])")
"""How JSON begins, and no TOML does."""

CASES = {
    "msals-answers/1": ("an answers file", "msals-tui replay FILE or msals-tui compare FILE"),
    "msals-findings/1": ("a findings file", "msals-tui compare FILE"),
    "msals-summary/1": ("a summary", "msals-tui replay FILE or msals-tui compare FILE"),
}
"""What each kind of case file is called, and which command reads it."""


class CaseFolder(Struct, frozen=True):
    """What a folder holds, as far as cases are concerned."""

    names: tuple[str, ...]
    """The files that can be cases, sorted."""
    passed_over: Mapping[str, int]
    """How many others there are, by their ending; "" for files without one, "." for hidden ones, "/" for folders."""


def case_folder(folder: Path) -> CaseFolder:
    """The cases of a folder; hidden files are none. Raises OSError as the system says it."""
    names: list[str] = []
    others: Counter[str] = Counter()
    for path in folder.iterdir():
        if path.name.lower() == LABELS:
            continue
        if path.name.startswith("."):
            others["."] += 1
        elif case_name(path.name) is not None:
            names.append(path.name)
        else:
            others["/" if path.is_dir() else path.suffix.lower()] += 1
    return CaseFolder(tuple(sorted(names)), dict(sorted(others.items())))


def case_name(file: str) -> str | None:
    """The name of the case in a file: that of the file without its ending; None if it does not end as case files do."""
    whole = file[: -len(PACKED)] if file.lower().endswith(PACKED) else file
    ending = next((one for one in ENDINGS if whole.lower().endswith(one)), None)
    return whole[: -len(ending)] if ending is not None else None


def cases_at(path: str) -> CaseFolder:
    """A file as it is named; of a folder, its cases. Raises InputFault if there are none, MachineFault if it cannot be read.

    The names of what comes back are paths.
    """
    if path == STDIN or not Path(path).is_dir():
        return CaseFolder((path,), {})
    place = for_screen(path)
    try:
        found = case_folder(Path(path))
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise MachineFault(
            Filled("cannot be read ({reason})", reason=reason), where=place, hint="check its rights and its disk"
        ) from None
    if not found.names:
        raise InputFault(
            "there is no case in this folder",
            where=place,
            hint=Filled("name one with {endings} files", endings=" or ".join(ENDINGS)),
        )
    return CaseFolder(tuple(str(Path(path) / name) for name in found.names), found.passed_over)


def read_case(path: str) -> tuple[ContentFile, Case]:
    """One case from a file, or from standard input for `-`. InputFault says in one sentence why it cannot be read."""
    data = unpacked(read_bytes(path, RECORD), for_screen(path), RECORD)
    refuse_others(data, for_screen(path))
    if _json.match(data):
        return ContentFile(for_screen(path), {}, b"", sha256(data).hexdigest()), JsonFile(data)
    try:
        tables = _tables(data, path)
    except InputFault as fault:
        from msals_tui.content.slips import slips_in  # imported here: nothing is wrong with most files

        raise slips_in(data, path, fault, lambda changed: _tables(changed, path)) from None
    file = ContentFile(for_screen(path), tables, data, sha256(data).hexdigest())
    check_tables(file)
    model = _MODELS.get(file.schema)
    if model is None:
        known = ", ".join(_MODELS)
        what = "the file does not say that it holds a case"
        raise InputFault(what, where=file.path, hint=Filled("write schema = one of {known}", known=known))
    if model is AnswersFile:
        file = _as_written(file)
    return file, shape(file, model)


def _tables(data: bytes, path: str) -> dict[str, Any]:
    return parse(data, path, RECORD, dates=True)


def _as_written(file: ContentFile) -> ContentFile:
    """An answers file as somebody meant it. Raises ContentFaults for answers that stand above `[answers]`."""
    from difflib import get_close_matches  # imported here: it takes long, and most content is no case

    known = {"schema", *(one for one in AnswersFile.__struct_fields__ if not one.endswith("_"))}
    faults = tuple(
        file.fault((key,), shown(key), "ANSWER", "the answer stands above [answers]", "put it below that heading")
        for key, value in file.data.items()
        if key not in known and not isinstance(value, dict) and not get_close_matches(key, known, cutoff=0.8)
    )
    if faults:
        raise ContentFaults(faults)
    today = file.data.get("today")
    with suppress(ValueError):
        if isinstance(today, datetime):
            return replace(file, data={**file.data, "today": today.date()})
        if isinstance(today, str):
            return replace(file, data={**file.data, "today": date.fromisoformat(today.strip())})
    return file
