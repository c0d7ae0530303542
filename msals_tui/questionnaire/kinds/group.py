"""A few questions asked again and again, such as one round per relapse."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from msgspec import Meta, Struct

from msals_tui.questionnaire.answer import Answer, Plain
from msals_tui.questionnaire.base import Definition, Id, Label
from msals_tui.questionnaire.condition import AnswerTest, Lookup, RowLookup, holds
from msals_tui.questionnaire.kinds.choice import ChoiceItem, SeveralItem, YesNoItem
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.item import OF_ALL, OF_ROWS, Item, Marks, Says, Speech
from msals_tui.questionnaire.kinds.number import NumberItem
from msals_tui.questionnaire.kinds.text import TextItem
from msals_tui.questionnaire.problem import Loc, shown
from msals_tui.questionnaire.words import Words

ADD, DONE = "add", "done"
"""What can be pointed at in a repeating group beside its rounds."""
_MOST_TRIES, _MOST_TRIES_A_QUESTION = 400, 8
"""Rounds, and answers to one of its questions, that are tried to see what it could show."""

RowItem: TypeAlias = ChoiceItem | SeveralItem | YesNoItem | NumberItem | DateItem | TextItem
"""An item that may stand inside a repeating group."""


class Row(Struct, frozen=True):
    """One round of a repeating group: the answers given in it, in the order of the group's items."""

    answers: tuple[tuple[str, Answer], ...]

    def get(self, item: str) -> Answer | None:
        """The answer to one item of this round, or None."""
        return dict(self.answers).get(item)


class Rows(Answer, frozen=True):
    """All rounds of a repeating group, oldest entry first; no rounds means "none"."""

    rows: tuple[Row, ...]

    @property
    def row_count(self) -> int:
        """How many rounds there are."""
        return len(self.rows)

    @property
    def counts_from_intake(self) -> bool:
        """Whether an answer of a round does."""
        return any(answer.counts_from_intake for row in self.rows for _, answer in row.answers)

    def rounds(self, item: str) -> tuple[Mapping[str, Answer], ...]:
        """The answers of each round."""
        return tuple(dict(row.answers) for row in self.rows)


NO_ROWS = Rows(())


class TimeLine(Definition):
    """Which questions of a repeating group draw its time line. The options of `recovery` go from all to nothing."""

    when: Id
    label: Id
    recovery: Id


class GroupItem(Item):
    """A few questions asked again and again, such as one round per relapse. No rounds means "none"."""

    comparisons: ClassVar[tuple[str, ...]] = (*OF_ROWS, *OF_ALL)

    type: Literal["group"]
    row_label: Label
    """What one round is called ("Episode")."""
    row_label_patient: Label | None = None
    items: Annotated[tuple[RowItem, ...], Meta(min_length=1, max_length=7)]
    max_rows: Annotated[int, Meta(ge=1, le=50)] = 12
    time_line: TimeLine | None = None
    any_row: Marks = Marks()
    """What at least one round means."""
    no_rows: Marks = Marks()
    """What "none" means."""

    def row_name(self, *, patient: bool) -> str:
        """What one round is called for this reader."""
        return self.row_label_patient or self.row_label if patient else self.row_label

    def asked_in_row(self, row: Mapping[str, Answer], outside: Lookup) -> tuple[RowItem, ...]:
        """The items that apply in a round with these answers."""
        here = RowLookup(row, outside)
        return tuple(item for item in self.items if item.enable_when is None or holds(item.enable_when, here))

    def row_of(self, answers: Mapping[str, Answer], outside: Lookup) -> Row:
        """A round with those of its answers that apply in it, in order."""
        kept: dict[str, Answer] = {}
        for item in self.items:
            if item.id in answers and any(one.id == item.id for one in self.asked_in_row(kept, outside)):
                kept[item.id] = answers[item.id]
        return Row(tuple(kept.items()))

    def cells(self, row: Row, words: Words, *, patient: bool) -> list[str]:
        """One round in words, a text for each question; "" where it has no answer."""
        return [
            item.said(answer, words, patient=patient) if (answer := row.get(item.id)) is not None else ""
            for item in self.items
        ]

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Rows:
        """A list of tables, one a round."""
        if not isinstance(value, tuple) or not all(isinstance(row, Mapping) for row in value):
            raise self.wrong("needs a list of tables, one a round", "write [] for none")
        if len(value) > self.max_rows:
            raise self.wrong(f"has more than {self.max_rows} rounds", "keep the most telling ones")
        inner = {one.id: one for one in self.items}
        rows = []
        for row in value:
            unknown = next((key for key in row if key not in inner), None)
            if unknown is not None:
                raise self.wrong(f'has no question "{shown(unknown)}"', f"it has {', '.join(inner)}")
            answers = {key: one.read(row[key], today) for key, one in inner.items() if key in row}
            kept = Row(tuple(answers.items())) if outside is None else self.row_of(answers, outside)
            if not kept.answers:
                raise self.wrong(
                    "has a round without an answer that applies", "answer a question of it, or leave it out"
                )
            rows.append(kept)
        return Rows(tuple(rows))

    def spelled_out(self, value: object, speech: Speech) -> object:
        """Every answer of every round."""
        inner = {one.id: one for one in self.items}
        if not isinstance(value, tuple):
            return value
        return tuple(
            {key: inner[key].spelled_out(one, speech) if key in inner else one for key, one in row.items()}
            if isinstance(row, Mapping)
            else row
            for row in value
        )

    def plain_value(self, answer: Answer) -> Plain:
        """A list of tables."""
        inner = {one.id: one for one in self.items}
        return [{key: inner[key].plain(one) for key, one in row.answers} for row in rows_of(answer)]

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """How many rounds there are."""
        rows = rows_of(answer)
        return words.some(len(rows), "group.rounds") if rows else words("group.none")

    def told(self, answer: Answer, words: Words, *, patient: bool = False) -> tuple[str, ...]:
        """Each round with its number."""
        return tuple(
            f"{number}. {'; '.join(text for text in self.cells(one, words, patient=patient) if text)}"
            for number, one in enumerate(rows_of(answer), 1)
        )

    def summed_up(self, answer: Answer, words: Words) -> dict[str, Any]:
        """Every round by the ids of its questions: two of them may be worded alike."""
        if not isinstance(answer, Rows):
            return super().summed_up(answer, words)
        inner = {one.id: one for one in self.items}
        return {
            "round": [
                {key: {"question": inner[key].ask, "answer": inner[key].said(one, words)} for key, one in row.answers}
                for row in answer.rows
            ]
        }

    def facts(self, words: Words) -> dict[str, Any]:
        """Its questions, and what some and no rounds mean."""
        return {
            "row_label": self.row_label,
            "max_rows": self.max_rows,
            "items": self.items,
            "any_row": self.any_row,
            "no_rows": self.no_rows,
        }

    def named_marks(self) -> Iterator[tuple[Loc, Marks]]:
        """Some rounds, and none."""
        yield ("any_row",), self.any_row
        yield ("no_rows",), self.no_rows

    def labelled_marks(self, words: Words) -> Iterator[tuple[str, Marks]]:
        """Some rounds, and none, with their words."""
        yield self.row_label, self.any_row
        yield words("group.none"), self.no_rows

    def marks_met(self, answer: Answer) -> Iterator[Marks]:
        """Those of some rounds or of none."""
        yield self.any_row if rows_of(answer) else self.no_rows

    def entries(self, rows: Answer) -> tuple[str, ...]:
        """Its rounds by number from 0, one more, and no more."""
        return (*(str(number) for number in range(len(rows_of(rows)))), ADD, DONE)

    def keyed(self, key: str, pointer: str | None) -> str | None:
        """One more, or no more."""
        return {"1": ADD, "2": DONE}.get(key)

    def worded(self, says: Says) -> str | None:
        """For no, no more of them."""
        return DONE if says == "no" else None

    def picked(self, chosen: frozenset[str], entry: str) -> frozenset[str]:
        """Only "no more" is chosen."""
        return frozenset({DONE}) if entry == DONE else chosen

    def made(self, chosen: frozenset[str], rows: Answer) -> Answer | None:
        """The rounds, once there are any or no more."""
        return rows if rows_of(rows) or DONE in chosen else None

    def chosen_in(self, answer: Answer) -> frozenset[str]:
        """No more, where it was answered."""
        return frozenset({DONE}) if isinstance(answer, Rows) else frozenset()

    def tries(self, tests: Mapping[str, tuple[AnswerTest, ...]]) -> Iterator[Answer]:
        """None, and one round with every answer to each question that comparisons can tell apart, up to a bound."""
        yield NO_ROWS
        answers = [tuple(item.tries(tests))[:_MOST_TRIES_A_QUESTION] or (None,) for item in self.items]
        for given in islice(product(*answers), _MOST_TRIES):
            row = {item.id: one for item, one in zip(self.items, given, strict=True) if one is not None}
            yield Rows((Row(tuple(row.items())),))

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """As many rounds as tests can tell apart."""
        counts = {0, 1, self.max_rows}
        for test in tests:
            if test.rows_at_least is not None:
                counts |= {test.rows_at_least - 1, test.rows_at_least}
        return tuple(Rows((Row(()),) * count) for count in sorted(counts) if count <= self.max_rows)


def group_of(item: Item) -> GroupItem | None:
    """The item where it is asked in rounds; None elsewhere."""
    return item if isinstance(item, GroupItem) else None


def rows_of(answer: Answer | None) -> tuple[Row, ...]:
    """The rounds of an answer; none where it has none."""
    return answer.rows if isinstance(answer, Rows) else ()
