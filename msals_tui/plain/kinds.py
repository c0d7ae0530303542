"""How each kind of item is asked and read on a line: one entry a kind."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from msals_tui.errors import InputFault
from msals_tui.flow.strokes import said_by
from msals_tui.plain.said_lines import hidden, question_of, row_line, said_answer
from msals_tui.plain.typed_line import Voice, bare_way, way_said
from msals_tui.questionnaire.answer import MISSING_KEYS, Answer
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import NO_ROWS, group_of, rows_of
from msals_tui.questionnaire.kinds.item import DIGITS, Item

_KEPT_FREE = 2
"""Options from the eighth on are numbered from 10, since 8 and 9 alone choose nothing on any question."""


class Asked:
    """What is said between a question and its ways not to answer, what asks for the line, and what a line means."""

    prompt = "plain.prompt"

    def lines(self, item: Item, answer: Answer | None, voice: Voice) -> Iterator[str]:
        """How it can be answered."""
        yield from ()

    def read(self, item: Item, typed: str, voice: Voice, occasion: Occasion) -> Answer:
        """The answer that a line gives. InputFault says in one kind sentence why it is none."""
        return item.typed(typed, voice.words, occasion)


class _Read(Asked):
    prompt = "plain.prompt_read"


class _Typed(Asked):
    def __init__(self, hint: str) -> None:
        self._hint = hint

    def lines(self, item: Item, answer: Answer | None, voice: Voice) -> Iterator[str]:
        yield voice.words(self._hint, **item.figures)


class _Chosen(Asked):
    def lines(self, item: Item, answer: Answer | None, voice: Voice) -> Iterator[str]:
        yield voice.words("question.choose_several" if item.takes_several else "question.choose_one") + "."
        for number, code in numbered(item).items():
            yield voice.words("plain.option", number=number, label=voice.label(item, code))

    def read(self, item: Item, typed: str, voice: Voice, occasion: Occasion) -> Answer:
        line = typed.strip()
        if (said := bare_way(item, line, voice)) is not None:
            raise InputFault(said)
        numbers = numbered(item)
        worded = _by_words(item, line, voice) or by_letter(item, line, voice)
        parts = [worded] if worded else [numbers.get(part, "") for part in re.split(r"[\s,;]+", line) if part]
        codes = frozenset(parts)
        if "" not in codes and len(codes) > 1 and not item.takes_several:
            raise InputFault(voice.words("plain.one_only"))
        alone = [option.code for option in item.options if option.exclusive and option.code in codes]
        if "" not in codes and alone and len(codes) > 1:
            raise InputFault(voice.words("plain.exclusive", label=voice.label(item, alone[0])))
        answer = item.made(codes, NO_ROWS) if "" not in codes else None
        if answer is None:
            raise InputFault(voice.words("plain.no_such_number", typed=line))
        return answer


class _Rounds(Asked):
    def lines(self, item: Item, answer: Answer | None, voice: Voice) -> Iterator[str]:
        words, rows = voice.words, rows_of(answer)
        if (group := group_of(item)) is not None:
            for number, one in enumerate(rows, 1):
                yield row_line(group, number, one, voice)
        yield words("plain.row_add", add=words("group.add"))
        yield words("plain.row_done", done=words("group.done" if rows else "group.none"))
        if rows:
            yield words("plain.row_change")


class _Grid(Asked):
    def lines(self, item: Item, answer: Answer | None, voice: Voice) -> Iterator[str]:
        for number, code in numbered(item).items():
            yield voice.words("plain.option", number=number, label=voice.label(item, code))
        grid = cast(GridItem, item)
        if grid.normal:
            no = voice.words("answer.no_key")
            yield voice.words("plain.grid_marks", label=voice.label(item, grid.normal), no=no)
        yield voice.words("plain.grid_ways", letter=MISSING_KEYS[grid.missing_codes[0]].letter)


_CHOSEN = _Chosen()
ASKED: Mapping[str, Asked] = {
    "choice": _CHOSEN,
    "yes_no": _CHOSEN,
    "several": _CHOSEN,
    "body_map": _CHOSEN,
    "course": _CHOSEN,
    "number": _Typed("plain.hint_number"),
    "date": _Typed("plain.hint_date"),
    "short_text": _Typed("plain.hint_text"),
    "long_text": _Typed("plain.hint_long_text"),
    "statement": _Read(),
    "group": _Rounds(),
    "grid": _Grid(),
}
"""By the type of the item."""


def numbered(item: Item) -> dict[str, str]:
    """The code of each option by the number that chooses it."""
    return {str(at if at <= DIGITS else at + _KEPT_FREE): code for at, code in enumerate(item.codes, 1)}


def question_lines(item: Item, answer: Answer | None, voice: Voice) -> Iterator[str]:
    """A question with its answer so far and the ways to answer it."""
    yield question_of(item, voice)
    if answer is not None and not hidden(item, voice):
        yield voice.words("plain.so_far", answer=said_answer(item, answer, voice))
    yield from ASKED[item.type].lines(item, answer, voice)
    yield from _missing_lines(item, voice)


def prompt_of(item: Item, voice: Voice) -> str:
    """What is asked for on the line itself."""
    return voice.words("plain.prompt_several" if item.takes_several else ASKED[item.type].prompt)


def read_answer(item: Item, typed: str, voice: Voice, occasion: Occasion) -> Answer:
    """The answer that a line gives to an item. InputFault says in one kind sentence why it is none."""
    return ASKED[item.type].read(item, typed, voice, occasion)


def by_letter(item: Item, typed: str, voice: Voice) -> str | None:
    """The entry that yes or no stands for; None of every other line. InputFault where this question has no such answer."""
    said = said_by(typed, voice.words)
    if said is None:
        return None
    entry = item.worded(said)
    if entry is None:
        raise InputFault(voice.words(f"fault.no_{said}"))
    return entry


def _missing_lines(item: Item, voice: Voice) -> Iterator[str]:
    """The ways not to answer."""
    if item.missing_codes:
        yield " ".join(way_said(code, voice) for code in item.missing_codes)


def _by_words(item: Item, line: str, voice: Voice) -> str | None:
    """The option whose words or code were typed instead of its number."""
    wanted = line.casefold()
    for code in item.codes:
        if wanted in (voice.label(item, code).casefold(), code):
            return code
    return None
