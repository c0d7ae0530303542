"""Lets every file operation of an intake fail, in every way, once and for good, and looks what is left.

    python benchmarks/faults/files.py [--folder FOLDER] [--modes MODE,...]

The intake: twelve answers, a note, an undo, a decision, a summary, a break, an amendment, and its summary. Whatever fails:
nothing but a MsalsError comes; what could not be saved is told; answering goes on in memory; when the fault is over, one
more save saves everything; nothing that was promised is lost and nothing is invented, as a reader of its own finds; the
intake can be gone on with. Exit status 1 when any of this fails.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from inject import ERRORS, KILLS, Injection, Killed, can_strike

from msals_tui.content.library import Library
from msals_tui.errors import MsalsError
from msals_tui.interview.events import Answered, Next, Noted, Undo
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.kinds.date import DateItem, PartialDate
from msals_tui.questionnaire.kinds.group import NO_ROWS, GroupItem, Rows
from msals_tui.questionnaire.kinds.item import Item, StatementItem
from msals_tui.questionnaire.kinds.number import Number, NumberItem
from msals_tui.questionnaire.kinds.text import Text, TextItem
from msals_tui.records.drafts import Draft, read_draft, take_up
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.session.clock import FixedClock
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Content, Session

QUESTIONNAIRE = "ms_als_brief"
INTAKE = "0123456789abcdef0123456789abcdef"
CLOCK = FixedClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), INTAKE)
ANSWERS = 12
STRUCK_MODES = (*ERRORS, "short", "torn", "kill", "killed")
SHOWN_FAILURES = 20

State: TypeAlias = tuple[Any, ...]
"""What an intake holds: answers, notes, marks, decisions."""
Step: TypeAlias = Callable[["Sitting"], None]


@cache
def asked() -> Content:
    """What is asked."""
    return load_content(Library(), QUESTIONNAIRE)


@dataclass
class Sitting:
    """An intake that somebody sits with, and what they were promised."""

    root: Path
    recording: Recording
    promised: int = 0
    """How many steps were said to be saved."""
    steps: int = 0
    """How many were taken."""
    finals: list[tuple[int, str]] = field(default_factory=list)
    """Summaries that were said to be written for good: after how many steps, and the text."""
    told: int = 0
    """How often a fault was told."""
    failures: list[str] = field(default_factory=list)
    heard: Callable[["Sitting"], None] = lambda _: None
    """Called with every promise."""
    well_again: Callable[[], object] = lambda: None
    """Ends the fault, where somebody cannot go on with it."""

    @property
    def session(self) -> Session:
        """The present sitting."""
        return self.recording.session

    def save(self) -> None:
        """Saves, and notes what was promised or told."""
        if self.recording.save():
            self.promised = self.steps
            self.heard(self)
        elif self.recording.saving.fault is None:
            self.failures.append("not saved, and nobody told")
        self.told += self.recording.saving.fault is not None

    def finish(self) -> None:
        """Writes the summary, or is told that it cannot be."""
        text = f"summary = {len(self.finals) + 1}\n"
        try:
            self.recording.finish(text)
        except MsalsError:
            self.told += 1
        else:
            self.promised = self.steps
            self.finals.append((self.steps, text))
            self.told += self.recording.saving.fault is not None
            self.heard(self)


def begin(root: Path) -> Sitting:
    """An intake before its first answer."""
    session = Session(asked(), CLOCK)
    return Sitting(root, Recording(session, Records(root), "en"))


def come_back(sitting: Sitting) -> None:
    """Leaves and goes on with what the record holds, or is told that it cannot be; nobody leaves what is not saved."""
    if sitting.recording.saving.waiting:
        return
    sitting.recording.close()
    try:
        record = Records(sitting.root).open(INTAKE, "somebody")
    except MsalsError:
        sitting.told += 1
        sitting.well_again()
        record = Records(sitting.root).open(INTAKE, "somebody")
    taken = take_up(read_draft(record.kept), asked(), CLOCK)
    sitting.recording = Recording(taken.session, Records(sitting.root), "en", record=record)


def answer(sitting: Sitting) -> None:
    """Answers the open question and goes on."""
    session = sitting.session
    while not session.interview.item.is_question:
        session.post(Next())
    item = session.interview.item
    assert item is not None  # there are more questions than answers
    session.post(Answered(item.id, _some(item)))
    session.post(Next())


def note(sitting: Sitting) -> None:
    """Writes a note."""
    sitting.session.post(Noted(asked().questionnaire.items[1].id, "said by the daughter"))


def undo(sitting: Sitting) -> None:
    """Takes the last answer back."""
    sitting.session.post(Undo())


def decide(sitting: Sitting) -> None:
    """Decides about a safety rule that holds."""
    sitting.session.decide(sitting.session.fired[0].rule.id, "told")


def amend(sitting: Sitting) -> None:
    """Corrects the summary, where one was written."""
    if sitting.recording.finals:
        sitting.recording.amend(sitting.recording.finals[-1], "the age was wrong")


SHORT: tuple[Step, ...] = (answer, answer, note, undo, Sitting.finish)
"""A few steps of each kind."""
WHOLE: tuple[Step, ...] = (
    *(answer,) * ANSWERS, note, undo, decide, Sitting.finish, come_back, amend, answer, Sitting.finish,
)  # fmt: skip
"""The intake of the head of this file."""


def _some(item: Item) -> Answer:
    """An answer to a question."""
    match item:
        case GroupItem():
            return Rows(())
        case NumberItem():
            return Number(item.min)
        case DateItem():
            return PartialDate("2019-04")
        case TextItem():
            return Text("my own words\nand more of them" if item.type == "long_text" else "my own words")
        case StatementItem():
            return Missing(MissingCode.NOT_ASKED)
        case _:
            return item.made(frozenset(item.entries(NO_ROWS)[:1]), NO_ROWS) or Missing(MissingCode.NOT_ASKED)


def walk(sitting: Sitting, steps: tuple[Step, ...]) -> Iterator[None]:
    """Takes the steps, saving behind each of them."""
    for step in steps:
        step(sitting)
        if step is not Sitting.finish:
            sitting.steps += 1
            sitting.save()
        yield


def state_of(draft: Draft) -> State:
    """What a record holds."""
    answers = {item: entry.answer for item, entry in draft.answers.items()}
    decisions = tuple((one.rule, one.choice) for one in draft.decisions)
    return answers, dict(draft.notes), draft.recheck, decisions


NOTHING: State = ({}, {}, frozenset(), ())


def states(steps: tuple[Step, ...]) -> list[State]:
    """What the intake holds after each of its steps, nothing failing; before the first one nothing."""
    found = [NOTHING]
    with tempfile.TemporaryDirectory() as folder:
        sitting = begin(Path(folder) / "records")
        for _ in walk(sitting, steps):
            if len(found) == sitting.steps:
                found.append(state_of(read_draft(Records(sitting.root).read(INTAKE))))
        sitting.recording.close()
    return found


def lost_or_invented(root: Path, known: list[State], promised: int, finals: list[tuple[int, str]]) -> list[str]:
    """What a reader of its own finds wrong with a record of which this was promised."""
    try:
        kept = Records(root).read(INTAKE)
        draft = read_draft(kept)
    except MsalsError as fault:
        return [f"promised {promised} steps, and reads nothing: {fault}"] if promised or finals else []
    wrong = [f"does not verify: {fault}" for fault in kept.faults]
    if state_of(draft) not in known[promised:]:
        wrong.append(f"promised {promised} steps, and holds {'less' if state_of(draft) in known else 'something else'}")
    texts = [Records(root).final(INTAKE, final).decode() for final in kept.finals]
    wrong += [f"lost a summary: {text!r}" for _, text in finals if text not in texts]
    return wrong


def struck(root: Path, injection: Injection, steps: tuple[Step, ...], known: list[State]) -> Sitting:
    """One intake with one operation struck, and what is wrong with it then."""
    sitting = begin(root)
    sitting.well_again = injection.heal
    try:
        with injection:
            for _ in walk(sitting, steps):
                pass
            injection.heal()
            sitting.save()
            if sitting.recording.saving.waiting or sitting.recording.saving.fault:
                sitting.failures.append("not saved when the fault was over")
            sitting.recording.close()
    except Killed:
        pass
    except Exception as error:  # noqa: BLE001 - none may come
        sitting.failures.append(f"{type(error).__name__}: {error}")
    sitting.failures += lost_or_invented(root, known, sitting.promised, sitting.finals)
    if sitting.promised:
        sitting.failures += not_gone_on_with(root)
    return sitting


def not_gone_on_with(root: Path) -> list[str]:
    """Why an intake cannot be gone on with, by somebody who knows nothing of what was before."""
    try:
        record = Records(root).open(INTAKE, "somebody else")
        taken = take_up(read_draft(record.kept), asked(), CLOCK)
        recording = Recording(taken.session, Records(root), "en", record=record)
        saved, fault = recording.save(), recording.saving.fault
        recording.close()
    except MsalsError as refused:
        return [f"cannot be gone on with: {refused}"]
    return [] if saved and fault is None else [f"cannot be saved any more: {fault}"]


def sweep(
    folder: Path, modes: tuple[str, ...], steps: tuple[Step, ...], *, for_good: bool = True
) -> dict[str, Counter[str]]:
    """Every operation struck in every way; counts by mode, and the failures in words under "failures"."""
    known = states(steps)
    counts: dict[str, Counter[str]] = {"failures": Counter()}
    with tempfile.TemporaryDirectory(dir=folder) as own:
        counting = Injection(Path(own), 0, "EIO")
        struck(Path(own) / "records", counting, steps, known)
    for mode in modes:
        for sticky in (False, True) if for_good and mode not in KILLS else (False,):
            row = counts.setdefault(f"{mode} {'for good' if sticky else 'once'}", Counter())
            for at in (one.number for one in counting.operations if can_strike(mode, one.name)):
                with tempfile.TemporaryDirectory(dir=folder) as own:
                    injection = Injection(Path(own), at, mode, sticky=sticky)
                    sitting = struck(Path(own) / "records", injection, steps, known)
                if injection.struck is None:
                    continue
                row["struck"] += 1
                row["told" if sitting.told else "harmless"] += 1
                row["failures"] += bool(sitting.failures)
                for failure in sitting.failures:
                    counts["failures"][f"{mode} {at} {injection.struck.name} {injection.struck.path}: {failure}"] += 1
    return counts


def main() -> int:
    """Strikes everything and prints what became of it."""
    parser = argparse.ArgumentParser(description="Lets every file operation of an intake fail.")
    parser.add_argument("--folder", help="where to work; a disk in memory is much the quickest")
    parser.add_argument("--modes", default=",".join(STRUCK_MODES))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        counts = sweep(Path(folder), tuple(options.modes.split(",")), WHOLE)
    failures = counts.pop("failures")
    columns = ("struck", "told", "harmless", "failures")
    lines = [f"{'':20}" + "".join(f"{name:>10}" for name in columns)]
    lines += [f"{mode:20}" + "".join(f"{row[name]:>10}" for name in columns) for mode, row in counts.items()]
    total = sum(counts.values(), Counter())
    lines.append(f"{'all':20}" + "".join(f"{total[name]:>10}" for name in columns))
    lines += [f"  {failure}" for failure in list(failures)[:SHOWN_FAILURES]]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
