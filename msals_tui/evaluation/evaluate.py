"""Compares the labelled cases of a folder, one after the other; of each only what the tally needs is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from msals_tui import __version__
from msals_tui.content.case_files import ENDINGS, LABELS, case_folder, case_name
from msals_tui.content.library import Library
from msals_tui.errors import ContentFaults, Fault, Filled, InputFault, MsalsError
from msals_tui.evaluation.labels import LabelledCase, Labels, read_labels
from msals_tui.evaluation.tally import Outcome, Tally, tally
from msals_tui.questionnaire.problem import shown
from msals_tui.session.compare_case import compare_file

Say: TypeAlias = Callable[[MsalsError], None]
Remark: TypeAlias = Callable[[str], None]
Step: TypeAlias = Callable[[int, int], None]
"""Called before each case with its number, from 1, and how many there are."""
Stop: TypeAlias = Callable[[], bool]
"""Asked before each case whether somebody wants no more."""
PassedOver: TypeAlias = Callable[[str, Mapping[str, int]], None]
"""Called with the folder and how many files of it are no cases, by their ending."""


class Evaluation(Struct, frozen=True):
    """What became of the cases of one folder."""

    folder: str
    tally: Tally
    not_compared: int
    """Cases without a usable label or file, and files without a label; each was said."""
    not_reached: int
    """Cases that nobody looked at, since it was stopped before."""
    versions: Mapping[str, str]

    @property
    def partial(self) -> bool:
        """Whether the tally is that of some of the cases only."""
        return self.not_reached > 0


def evaluate(
    folder: Path,
    library: Library,
    *,
    say: Say,
    remark: Remark,
    step: Step,
    stop: Stop = lambda: False,
    passed_over: PassedOver = lambda _folder, _others: None,
) -> Evaluation:
    """Every case of a folder compared and counted. What is wrong with one is said, and the others go on until `stop`.

    Raises InputFault if the labels cannot be read at all.
    """
    evidence = library.evidence
    labels = read_labels(folder, evidence)
    for sentence in labels.remarks:
        remark(sentence)
    if labels.faults:
        say(ContentFaults(labels.faults))
    inside = case_folder(folder)
    if inside.passed_over:
        passed_over(str(folder), inside.passed_over)
    files = by_case(inside.names)
    unlabelled = sorted(name for case, names in files.items() if case not in labels.names for name in names)
    for name in unlabelled:
        hint = Filled("write its [case] in {labels}, or take the file away", labels=LABELS)
        say(InputFault("the file has no label", where=str(folder / name), hint=hint))
    cases = _Cases(folder, labels, files, library, remark)
    counted = tally((evidence.first, evidence.second), cases.compared(say, step, stop))
    versions = {"program": __version__, **evidence.versions}
    not_reached = len(labels.cases) - cases.reached
    not_compared = len(unlabelled) + len(labels.names) - not_reached - counted.cases
    return Evaluation(str(folder), counted, not_compared, not_reached, versions)


def by_case(names: Iterable[str]) -> dict[str, list[str]]:
    """The names of case files by the name of the case."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(case_name(name) or name, []).append(name)
    return found


class _Cases(Struct):
    """The labelled cases of one folder."""

    folder: Path
    labels: Labels
    files: Mapping[str, list[str]]
    library: Library
    remark: Remark
    reached: int = 0
    """How many were looked at."""

    def compared(self, say: Say, step: Step, stop: Stop) -> Iterator[Outcome]:
        """The outcome of every case that can be compared, in the order of the labels."""
        for number, (name, label) in enumerate(self.labels.cases.items(), 1):
            if stop():
                return
            self.reached = number
            step(number, len(self.labels.cases))
            try:
                yield self._outcome(name, label)
            except MsalsError as error:
                say(error)

    def _outcome(self, name: str, label: LabelledCase) -> Outcome:
        compared = compare_file(str(self.folder / self._file(name)), self.library, None, self.remark)
        comparison = compared.comparison
        return Outcome(
            case=name,
            label=label.label,
            typical=label.typical,
            tests=label.tests,
            look_alikes=frozenset(label.look_alikes),
            pattern=comparison.pattern,
            net_db=comparison.net_db,
            core_net_db=comparison.core_net_db,
            named=frozenset(comparison.think_of),
        )

    def _file(self, name: str) -> str:
        """The name of the one file of a case. Raises ContentFaults if there is none, or more than one."""
        match self.files.get(name, []):
            case [one]:
                return one
            case []:
                ends = " or ".join(shown(name) + ending for ending in ENDINGS)
                hint = f"add {ends}, or take its label away"
                raise ContentFaults((self._fault(name, "NO_FILE", "there is no file of this case", hint),))
            case several:
                what = f"there is more than one file of this case, {' and '.join(map(shown, several))}"
                raise ContentFaults((self._fault(name, "DUPLICATE_FILE", what, "keep one"),))

    def _fault(self, name: str, code: str, what: str, hint: str) -> Fault:
        return self.labels.file.fault(("case", name), shown(name), code, what, hint)
