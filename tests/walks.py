"""Random walks through an interview, and the same walk in different hands.

A walk is made by driving a session directly; each move is a value, so that any front end can be made to repeat it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from hypothesis import assume, reject
from hypothesis import strategies as st

import grids
from msals_tui.errors import InputFault
from msals_tui.interview.events import Answered, Back, Jump, Next, Noted, Redo, Undo
from msals_tui.plain.kinds import numbered
from msals_tui.questionnaire.answer import MISSING_KEYS, Answer, Missing, MissingCode
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.grid import Grid, GridItem, Seen
from msals_tui.questionnaire.kinds.group import GroupItem, Row, Rows
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.kinds.number import Number, NumberItem
from msals_tui.questionnaire.kinds.text import Text, TextItem
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.session.session import DECISIONS, MISTAKE, Session
from msals_tui.text import clean

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
"""One line of anything that a person can have typed or pasted; what a control character begins is no text of theirs."""


@dataclass(frozen=True)
class Give:
    """Answers the open question and goes on. `typed` is what a person writes for a number, date or text."""

    item: str
    answer: Answer
    typed: str = ""


@dataclass(frozen=True)
class AddRound:
    """One more round of the open group."""

    item: str
    row: Row
    typed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NoMore:
    """The open group is done."""

    item: str


@dataclass(frozen=True)
class Keep:
    """Goes on with the answer that is there."""

    item: str


@dataclass(frozen=True)
class Decide:
    """What is decided about a safety rule that just fired."""

    choice: str


@dataclass(frozen=True)
class Go:
    """Back, undo, redo, the check-answers page."""

    where: str


@dataclass(frozen=True)
class Open:
    """Jumps to a question; Continue comes back."""

    item: str


@dataclass(frozen=True)
class Write:
    """A note on the open question."""

    item: str
    text: str


Move: TypeAlias = Give | AddRound | NoMore | Keep | Decide | Go | Open | Write


def decided_first(session: Session, move: Move) -> bool:
    """Whether the flow lets somebody do this: a question is left only once safety is decided."""
    asks_for_decision = isinstance(move, Give | AddRound | NoMore | Keep | Write) or move in (Go("undo"), Go("redo"))
    return asks_for_decision or not session.undecided()


def walk(
    data: st.DataObject, session: Session, most: int = 25, possible: Callable[[Session, Move], bool] = lambda *_: True
) -> list[Move]:
    """Drives a session at random and returns the moves; `possible` says what the hands know that will repeat them."""
    moves: list[Move] = []
    for _ in range(data.draw(_upto(most), label="moves")):
        move = _possible_move(data, session, possible)
        moves.append(move)
        before = session.interview
        _do(session, move)
        if session.interview is not before or isinstance(move, Give | AddRound | NoMore | Keep):
            moves += _decisions(data, session, move)
    return moves


# Whatever is drawn from is made once: making and checking it takes hypothesis longer than to draw, and to walk.

NOTES = TEXTS.filter(lambda text: bool(clean(text, max_length=2000, lines=True).text.strip()) and text.strip() != "-")
WORDS = TEXTS.filter(str.strip)
LINES = {most: st.lists(WORDS, min_size=1, max_size=most).map("\n".join) for most in (1, 3)}
GO = st.sampled_from([Go("back"), Go("check"), Go("undo"), Go("redo")])
DECISION = st.sampled_from(DECISIONS)
TRIES = 3
"""So many moves are drawn before a walk on which none of them is possible is given up."""


@cache
def _upto(most: int) -> st.SearchStrategy[int]:
    return st.integers(0, most)


def _possible_move(data: st.DataObject, session: Session, possible: Callable[[Session, Move], bool]) -> Move:
    for _ in range(TRIES - 1):
        if possible(session, move := _move(data, session)):
            return move
    assume(possible(session, move := _move(data, session)))
    return move


def _move(data: st.DataObject, session: Session) -> Move:
    interview = session.interview
    ways = [_go, _open]
    item = interview.item
    if item is not None:
        if item.id in interview.response.given or not item.is_question:
            ways.append(_keep)
        ways.append(_write)
        if isinstance(item, GroupItem):
            given = interview.response.answer(item.id)
            rows = given.rows if isinstance(given, Rows) else ()
            ways += [_no_more, _give_missing]
            if len(rows) < item.max_rows:
                ways += [_add_round] * 2
        elif item.is_question:
            ways += [_give] * 18
    return ways[data.draw(_upto(len(ways) - 1), label="way")](data, session)


def _go(data: st.DataObject, session: Session) -> Move:
    return data.draw(GO)


def _open(data: st.DataObject, session: Session) -> Move:
    asked = session.interview.response.path()
    return Open(asked[data.draw(_upto(len(asked) - 1), label="open")].id)


def _keep(data: st.DataObject, session: Session) -> Move:
    return Keep(_here(session).id)


def _write(data: st.DataObject, session: Session) -> Move:
    return Write(_here(session).id, data.draw(NOTES))


def _no_more(data: st.DataObject, session: Session) -> Move:
    return NoMore(_here(session).id)


def _give_missing(data: st.DataObject, session: Session) -> Move:
    return Give(_here(session).id, Missing(data.draw(_missing(_here(session)))))


def _give(data: st.DataObject, session: Session) -> Move:
    return Give(_here(session).id, *_answer(data, session, _here(session)))


def _add_round(data: st.DataObject, session: Session) -> Move:
    """A whole round, each of its questions answered."""
    group = _here(session)
    assert isinstance(group, GroupItem)
    answers: dict[str, Answer] = {}
    typed: list[tuple[str, str]] = []
    place = 0
    while place < len(asked := group.asked_in_row(answers, session.interview.response)):
        answer, written = _answer(data, session, asked[place])
        answers[asked[place].id] = answer
        typed.append((asked[place].id, written))
        place += 1
    return AddRound(group.id, group.row_of(answers, session.interview.response), tuple(typed))


def _here(session: Session) -> Item:
    item = session.interview.item
    assert item is not None
    return item


def _answer(data: st.DataObject, session: Session, item: Item) -> tuple[Answer, str]:
    """An answer, and what is written for it; every third is a way of not answering."""
    from sittings import english

    if data.draw(_upto(2)) == 2:
        return Missing(data.draw(_missing(item))), ""
    if isinstance(item, GridItem):
        return data.draw(_grids(item)), ""
    if not isinstance(item, NumberItem | DateItem | TextItem):
        return item.chosen(data.draw(_choices(item))), ""
    today = session.interview.response.today
    typed = data.draw(_written(item, today))
    try:
        return item.typed(typed, english(), session.occasion(item)), typed
    except InputFault:
        if isinstance(item, NumberItem):
            reject()
        return Missing(MissingCode.NOT_SURE), ""


@cache
def _grids(item: GridItem) -> st.SearchStrategy[Answer]:
    return grids.typed(item)


@cache
def _missing(item: Item) -> st.SearchStrategy[MissingCode]:
    return st.sampled_from([MissingCode(code) for code in item.missing_codes])


@cache
def _written(item: NumberItem | DateItem | TextItem, today: date) -> st.SearchStrategy[str]:
    match item:
        case NumberItem():
            step = Decimal(1).scaleb(-item.decimals)
            most = int((item.max - item.min) / step)
            return st.integers(0, most).map(lambda steps: f"{item.min + steps * step:f}")
        case DateItem():
            return _dates(today)
        case TextItem():
            return LINES[3 if item.type == "long_text" else 1]


def _dates(today: date) -> st.SearchStrategy[str]:
    years = st.integers(1950, today.year - 1)
    return st.one_of(
        years.map(str),
        st.tuples(years, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}"),
        st.tuples(years, st.sampled_from(["spring", "autumn"])).map(lambda pair: f"{pair[0]}-{pair[1]}"),
        st.tuples(st.integers(1, 30), st.sampled_from(["days", "months", "years"])).map(lambda p: f"{p[0]} {p[1]} ago"),
        st.sampled_from(
            ["last summer", "a few weeks ago", "since March", "mid 2019", "about 2019", "2 or 3 years ago"]
        ),
    )


@cache
def _choices(item: Item) -> st.SearchStrategy[frozenset[str]]:
    codes = item.codes
    if not item.takes_several:
        return st.sampled_from(codes).map(lambda code: frozenset({code}))
    alone = [option.code for option in item.options if option.exclusive]
    together = [code for code in codes if code not in alone]
    some = st.frozensets(st.sampled_from(together), min_size=1) if together else st.nothing()
    return st.one_of(some, st.sampled_from(alone).map(lambda code: frozenset({code}))) if alone else some


def _do(session: Session, move: Move) -> None:
    """Does a move on a session, up to a safety notice."""
    interview = session.interview
    match move:
        case Give(item, answer):
            session.post(Answered(item, answer))
        case AddRound(item, row):
            given = interview.response.answer(item)
            session.post(Answered(item, Rows((*(given.rows if isinstance(given, Rows) else ()), row))))
        case NoMore(item):
            given = interview.response.answer(item)
            session.post(Answered(item, given if isinstance(given, Rows) else Rows(())))
        case Go("back"):
            session.post(Back())
        case Go("check"):
            session.post(Jump(None))
        case Go("undo"):
            session.post(Undo())
        case Go("redo"):
            session.post(Redo())
        case Open(item):
            session.post(Jump(item, come_back=item != interview.position))
        case Write(item, text):
            session.post(Noted(item, clean(text, max_length=2000, lines=True).text))
        case _:
            pass


def _decisions(data: st.DataObject, session: Session, move: Move) -> Iterator[Move]:
    """Decides about every rule that fired, then goes on to the next question where the move means to."""
    before = session.interview
    here = move.item if isinstance(move, Give | AddRound | NoMore) else before.position
    asks = isinstance(move, Give | AddRound | NoMore | Keep)
    altered = move in (Go("undo"), Go("redo"))
    while (asks or altered) and (waiting := session.undecided()):
        choice = data.draw(DECISION, label="decision")
        yield Decide(choice)
        session.decide(waiting[0].rule.id, choice)
        if choice == MISTAKE:
            if waiting[0].items and here not in waiting[0].items:
                session.post(Jump(waiting[0].items[0], come_back=True))
            return
    if asks and not isinstance(move, AddRound):
        session.post(Next())


def plain_lines(session: Session, moves: list[Move]) -> str:
    """What a person types into the line-by-line front end for these moves. `session` gives the definitions only."""
    return "".join(line + "\n" for move in moves for line in _lines(session.content.questionnaire, move))


def _lines(questions: Questionnaire, move: Move) -> list[str]:
    match move:
        case Give(item, answer, written):
            return _typed(questions.item(item), answer, written)
        case AddRound(item, row, written):
            group = questions.item(item)
            assert isinstance(group, GroupItem)
            inner, answers = {one.id: one for one in group.items}, dict(row.answers)
            return ["1", *(line for one, text in written for line in _typed(inner[one], answers[one], text))]
        case NoMore():
            return ["2"]
        case Keep(item):
            return _kept(questions.item(item))
        case Decide(choice):
            return [choice]
        case Go(where):
            return [f":{where[0]}"]
        case Open(item):
            return [f":j {item}"]
        case Write(_, text):
            return [":n", text]


def _kept(item: Item) -> list[str]:
    """The empty lines that go on with what is there: one a row of a grid, since each row is asked again."""
    return [""] * (len(item.rows) if isinstance(item, GridItem) else 1)


def row_keys(item: GridItem, row: str, seen: Seen, between: str) -> str:
    """The keys that answer one row of a grid."""
    if seen.unknown:
        return f":{MISSING_KEYS[seen.unknown[0][1]].letter}"
    return between.join(str(item.codes.index(code) + 1) for code in seen.codes)


def _typed(item: Item, answer: Answer, written: str) -> list[str]:
    """The lines for one answer."""
    if isinstance(answer, Missing):
        return [f":{MISSING_KEYS[answer.code].letter}{'*' if isinstance(item, GridItem) else ''}"]
    if isinstance(answer, Grid):
        assert isinstance(item, GridItem)
        return [row_keys(item, row.code, seen, " ") for row, (_, seen) in zip(item.rows, answer.rows, strict=True)]
    if isinstance(answer, Choice):
        numbers = {code: number for number, code in numbered(item).items()}
        return [" ".join(numbers[code] for code in answer.codes)]
    first, *rest = written.split("\n")
    if first.lstrip().startswith(":"):
        first = first.replace(":", "::", 1)
    confirmed = ["y"] if item.unlikely(answer) else []
    ended = [""] if isinstance(item, TextItem) and item.type == "long_text" else []
    assert isinstance(answer, Number | PartialDate | Text)
    return [first, *rest, *confirmed, *ended]
