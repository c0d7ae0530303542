"""The answers and notes of a case file, as answers to its questionnaire: what a person wrote, and what the program did."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TypeVar

from msals_tui.content.case_files import KeptHappened
from msals_tui.content.file import ContentFile
from msals_tui.errors import ContentFaults, Fault, Filled, InputFault
from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.born import born_between
from msals_tui.questionnaire.carried import carried_notes, carried_over
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.group import GroupItem, rows_of
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Nearest, shown
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.words import Words
from msals_tui.safety.history import Happened
from msals_tui.session.as_meant import MISSING, Meant, plain
from msals_tui.session.not_asked import NotAsked, left_out_of_rounds
from msals_tui.session.session import DECISIONS
from msals_tui.text import clean

E = TypeVar("E")

_MOST_ALIKE = 3
"""Ids that are named in place of one that is none."""


class AnswersReader:
    """Reads one file's answers and notes. Collects all faults before any is raised, and what came in changed."""

    def __init__(
        self,
        file: ContentFile,
        questionnaire: Questionnaire,
        today: date,
        words: Callable[[], Words] | None = None,
    ) -> None:
        """`words` are those in which a person may have written; None where only programs write."""
        self.remarks: list[str] = []
        self.left_out: list[NotAsked] = []
        """Answers of rounds that do not apply in them."""
        self._words = words
        self._file = file
        self._questionnaire = questionnaire
        self._today = today
        self._faults: list[Fault] = []
        self._nearest = Nearest()
        self._keys: dict[str, str] = {}
        """How a person wrote the id of an item, where that differs."""

    def written(self, entries: Mapping[str, object]) -> dict[str, Answer]:
        """The answers of an answers file, which a person wrote, in the order of the questionnaire. Rounds keep what applies."""
        given: dict[str, Answer] = {}
        answers: dict[str, object] = {}
        for name, value in self._carried(("answers",), self._named(("answers",), entries), None):
            meant = Meant(self._words)
            answer = meant.of(self._questionnaire.item(name), value)
            for loc, fault in meant.faults:
                self._refuse(("answers",), name, fault, loc)
            if not meant.faults:
                answers[name] = answer
        for name, answer in answers.items():
            self._read(("answers",), self._questionnaire.item(name), answer, given, answers)
        return given

    def answers(
        self, table: Loc, entries: Mapping[str, object], *, beside: Mapping[str, object] | None = None
    ) -> dict[str, Answer]:
        """The answers of one table of a summary, by item; `beside` are all answers of the file.

        Its rounds were asked, so that all of them applies.
        """
        given: dict[str, Answer] = {}
        known = {name: value for name, value in entries.items() if self._known(table, name)}
        for name, value in self._carried(table, known, beside):
            self._read(table, self._questionnaire.item(name), value, given)
        return given

    def notes(self, entries: Mapping[str, str]) -> dict[str, str]:
        """The notes by item; empty ones are none."""
        kept = {}
        written = self._words is not None
        for name, text in (self._named(("notes",), entries) if written else entries).items():
            if written or self._known(("notes",), name):
                kept[name] = clean(str(text), max_length=NOTE_LENGTH, lines=True)
                self._remark_changed(name, kept[name].changed)
        return carried_notes(self._questionnaire, {name: one.text for name, one in kept.items() if one.text})

    def happened(self, table: Loc, rule: str, one: KeptHappened, beside: Mapping[str, object]) -> Iterator[Happened]:
        """One thing that happened to a safety rule; nothing where it cannot be read."""
        if (one.item is None) != (one.what in DECISIONS):
            what = "an answer makes a rule fire, or fire no more, and nobody's decision does"
            self._refuse(
                table, "item", InputFault(what, hint="name the question where an answer did it, and only there")
            )
        elif one.item is None:
            yield Happened(rule, one.what, one.at)
        elif one.answer is not None:
            for item, answer in self.answers(table, {one.item: one.answer}, beside=beside).items():
                yield Happened(rule, one.what, one.at, item, answer)
        elif self._known(table, place := self._questionnaire.place_of(one.item)):
            yield Happened(rule, one.what, one.at, place)

    def placed(self, loc: Loc, sentence: str) -> str:
        """A sentence about a place in the file."""
        return f"{self._file.path}:{self._line(loc)}: {sentence}"

    def settle(self) -> None:
        """Raises ContentFaults with everything that was found."""
        if self._faults:
            raise ContentFaults(tuple(self._faults))

    def _spelled_out(
        self, item: Item, value: object, given: Mapping[str, Answer], entries: Mapping[str, object]
    ) -> object:
        """What a person wrote, as programs write it. An age may stand anywhere in the file."""
        if (words := self._words) is None:
            return value

        def speech() -> tuple[Words, Occasion]:
            asked = self._questionnaire
            ages = dict(given)
            for name in {one.age for one in asked.born} & (entries.keys() - given.keys()) & asked.index.keys():
                with suppress(InputFault):  # it is told where it is read itself
                    ages[name] = asked.item(name).read(entries[name], self._today)
            around = Response(asked, self._today, ages)
            return words(), Occasion(self._today, self._today, born_between(asked.born, around, item.id))

        return item.spelled_out(value, speech)

    def _carried(
        self, table: Loc, entries: Mapping[str, object], beside: Mapping[str, object] | None
    ) -> list[tuple[str, object]]:
        """The answers by item, in order; those to items of earlier versions as answers to what asks for them now."""
        carried = carried_over(self._questionnaire, entries, beside)
        for name, fault in carried.faults.items():
            self._refuse(table, name, fault)
        order = self._questionnaire.index
        return sorted(carried.answers.items(), key=lambda one: order[one[0]])

    def _read(
        self,
        table: Loc,
        item: Item,
        value: object,
        given: dict[str, Answer],
        written: Mapping[str, object] | None = None,
    ) -> None:
        """Puts an answer into `given`; `written` are all that a person wrote, None where a program did."""
        try:
            around = Response(self._questionnaire, self._today, given) if written is not None and item.items else None
            value = self._spelled_out(item, value, given, written or {})
            given[item.id] = item.read(value, self._today, around)
            if around is not None and isinstance(item, GroupItem):
                rounds = tuple(dict(one.answers) for one in rows_of(item.read(value, self._today)))
                self.left_out += left_out_of_rounds(item, rounds, given[item.id], around)
        except InputFault as fault:
            self._refuse(table, item.id, fault)
        self._remark_changed(item.id, item.cleaned(value))

    def _refuse(self, table: Loc, name: str, fault: InputFault, loc: Loc = ()) -> None:
        line = self._line((*table, name, *loc))
        self._faults.append(Fault(self._file.path, line, name, "ANSWER", fault.what, fault.hint))

    def _line(self, loc: Loc) -> int:
        """The line of a place, by the ids of items as they are written in the file."""
        return self._file.lines.line(tuple(self._keys.get(one, one) if isinstance(one, str) else one for one in loc))

    def _named(self, table: Loc, entries: Mapping[str, E]) -> dict[str, E]:
        """What a person wrote by the ids of items that are meant; others are faults."""
        known = {plain(one): one for one in (*self._questionnaire.carried_by_item, *self._questionnaire.index)}
        named: dict[str, E] = {}
        for key, value in entries.items():
            name = key if key in known.values() else known.get(plain(key))
            if name is None:
                self._known(table, key)
            elif name in named:
                fault = InputFault(Filled("{item} is answered twice", item=name), hint="keep one of the two")
                self._faults.append(self._fault((*table, key), name, "ANSWER", fault.what, fault.hint))
            else:
                named[name] = value
                if key != name:
                    self._keys[name] = key
        return named

    def _known(self, table: Loc, name: str) -> bool:
        """Whether an item is asked here, or was in an earlier version; if not, that is a fault."""
        questionnaire = self._questionnaire
        if name in questionnaire.index or name in questionnaire.carried_by_item:
            return True
        what = f'questionnaire "{questionnaire.id}" has no question of this name'
        self._faults.append(self._fault((*table, name), shown(name), "NO_SUCH_ITEM", what, self._hint(name)))
        return False

    def _hint(self, name: str) -> str:
        """What to write in place of an id that is none."""
        items = self._questionnaire.items
        if plain(name) == MISSING:
            return 'write it as the answer of a question: ITEM = {missing = "not_asked"}'
        group = next((item for item in items for inner in item.items if inner.id == plain(name)), None)
        if group is not None:
            return f"it is asked in each round of {group.id}: write {group.id} = [{{{plain(name)} = ...}}]"
        otherwise = f"see msals-tui items {self._questionnaire.id}"
        hint = self._nearest.hint(name, self._questionnaire.index, otherwise)
        words = set(plain(name).split("_"))
        alike = [item.id for item in items if words <= set(item.id.split("_"))][:_MOST_ALIKE]
        if hint == otherwise and alike:
            return f"did you mean {' or '.join(alike)}?"
        return hint

    def _fault(self, loc: Loc, place: str, code: str, what: str, hint: str) -> Fault:
        return Fault(self._file.path, self._file.lines.line(loc), place, code, what, hint)

    def _remark_changed(self, name: str, count: int) -> None:
        if count:
            what = f"characters of the text that could not be kept as they were: {count}"
            self.remarks.append(f"{self._file.path}: {name}: {what}")
