"""Reads `labels.toml`: what each case of a folder is, as somebody who knows has said.

    [case.NAME]                 # the case stands beside it, in NAME.toml or NAME.json, or NAME.json.gz
    label = "MS"                # the short name of a side, neither or both
    typical = true
    tests = true                # it holds test results
    look_alikes = ["nmosd"]     # those that the comparison should name
    note = "Why it is here."

A mistake in one case hides none of the others; keys that are not read are named and passed over.
"""

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from msals_tui.content.case_files import LABELS
from msals_tui.content.file import ContentFile, check_tables, content_bytes
from msals_tui.content.library import faults_of
from msals_tui.content.shape import MOST_FAULTS, found_in, left_out, shape_faults
from msals_tui.content.toml import parse_content
from msals_tui.errors import ContentFaults, Fault
from msals_tui.evaluation.tally import labels_of
from msals_tui.evidence.evidence import Evidence
from msals_tui.questionnaire.base import Definition, Id, Paragraph
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, shown
from msals_tui.questionnaire.validate import WrongShape, validated
from msals_tui.text import for_screen


class LabelledCase(Definition, forbid_unknown_fields=False):
    """What one case is."""

    in_heading: ClassVar[bool] = True

    label: str
    """The short name of a side, "neither" or "both"."""
    typical: bool = False
    tests: bool = False
    """It holds test results."""
    look_alikes: Annotated[tuple[Id, ...], Meta(max_length=100)] = ()
    """Those that the comparison should name."""
    note: Paragraph = ""


class LabelsFile(Definition, forbid_unknown_fields=False):
    """`schema = "msals-labels/1"`, which it need not say."""

    schema_: Literal["msals-labels/1"] = "msals-labels/1"
    case: dict[str, LabelledCase]


class Labels(Struct, frozen=True):
    """The labels of a folder as far as they can be used."""

    file: ContentFile
    cases: Mapping[str, LabelledCase]
    names: Collection[str]
    """Of all cases, with those that cannot be used."""
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]
    """What is no fault, yet may be none of what was meant."""


def read_labels(folder: Path, evidence: Evidence) -> Labels:
    """The labels of a folder. Raises InputFault or ContentFaults if not one can be read, MachineFault as for any file."""
    path = folder / LABELS
    data = content_bytes(path)
    tables = parse_content(data, str(path), dates=True)
    file = ContentFile(for_screen(str(path)), tables, data, sha256(data).hexdigest())
    check_tables(file)
    shaped, misshapen = _shaped(file)
    nearest = Nearest()
    unknown = {name: tuple(_unknown_words(name, case, evidence, nearest)) for name, case in shaped.case.items()}
    problems = [problem for found in unknown.values() for problem in found]
    faults = sorted((*misshapen, *faults_of(file, problems[:MOST_FAULTS]), *left_out(file, len(problems))))
    usable = {name: case for name, case in shaped.case.items() if not unknown[name]}
    return Labels(file, usable, file.data["case"].keys(), tuple(faults), tuple(_passed_over(file)))


def _shaped(file: ContentFile) -> tuple[LabelsFile, tuple[Fault, ...]]:
    """The cases of the right shape, and what is wrong with the others. Raises ContentFaults if the file as a whole is wrong."""
    try:
        return validated(LabelsFile, file.data), ()
    except WrongShape as wrong:
        faults = shape_faults(file, LabelsFile, wrong)
        faulty = {one.loc[:2] for one in found_in(wrong)}
    if any(len(loc) < len(("case", "name")) for loc in faulty):
        raise ContentFaults(faults)
    right = {name: case for name, case in file.data["case"].items() if ("case", name) not in faulty}
    return validated(LabelsFile, {**file.data, "case": right}), faults


def _unknown_words(name: str, case: LabelledCase, evidence: Evidence, nearest: Nearest) -> Iterator[Problem]:
    """The label and the look-alikes of one case that nobody knows."""
    labels = labels_of((evidence.first, evidence.second))
    if case.label not in labels:
        hint = f"write one of {', '.join(labels)}"
        yield Problem(("case", name, "label"), shown(name), "UNKNOWN_LABEL", "the label is not known", hint)
    for number, one in enumerate(case.look_alikes):
        if one not in evidence.look_alikes:
            loc: Loc = ("case", name, "look_alikes", number)
            hint = nearest.hint(one, evidence.look_alikes, "check its name")
            yield Problem(loc, shown(name), "UNKNOWN_LOOK_ALIKE", f'there is no look-alike "{one}"', hint)


def _passed_over(file: ContentFile) -> Iterator[str]:
    """A sentence for every key that is not read, where it first stands."""
    nearest = Nearest()
    read = {"": ("schema", "case"), "case": LabelledCase.__struct_fields__}
    seen = {(around, key) for around, keys in read.items() for key in keys}
    for loc, key in _keys(file.data):
        around = str(loc[0]) if len(loc) > 1 else ""
        if (around, key) not in seen:
            seen.add((around, key))
            hint = nearest.hint(key, read[around], "it is passed over")
            yield f'{file.path}:{file.lines.line(loc)}: "{shown(key)}" is not read here; {hint}'


def _keys(data: Mapping[str, object]) -> Iterator[tuple[Loc, str]]:
    """Every key at the top and of the cases, with its place."""
    for key in data:
        yield (key,), key
    cases = data.get("case")
    for name, case in cases.items() if isinstance(cases, Mapping) else ():
        for key in case if isinstance(case, Mapping) else ():
            yield ("case", name, key), key
