"""What a typed line means: a command, or the answer to the open question."""

import re
from datetime import date

from msgspec import Struct

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import Answer, Missing, MissingCode
from msals_tui.questionnaire.answer_types import (
    choose,
    codes_of,
    from_typed,
    missing_codes,
    missing_label,
    option_label,
    takes_several,
)
from msals_tui.questionnaire.model import DateItem, Item, NumberItem, RowItem, TextItem, options_of
from msals_tui.questionnaire.words import Words

MISSING_NUMBERS = {"8": MissingCode.NOT_SURE, "9": MissingCode.NOT_ASKED, "0": MissingCode.DECLINED}
PENDING = "p"
_KEPT_FREE = 7
"""Options from the eighth on are numbered from 10, since 8 and 9 are ways not to answer on every question."""


class Voice(Struct, frozen=True):
    """In which words a sitting speaks, and to whom."""

    words: Words
    patient: bool

    def label(self, item: Item | RowItem, code: str) -> str:
        """An answer option."""
        return option_label(item, code, self.words, patient=self.patient)

    def missing(self, code: MissingCode) -> str:
        """A way not to answer."""
        return missing_label(code, self.words, patient=self.patient)


class Command(Struct, frozen=True):
    """A line that begins with a colon: one letter, digit or word, and what follows it."""

    name: str
    rest: str = ""


def command(typed: str) -> Command | None:
    """The command in a typed line, None where it is an answer; two colons begin a text that begins with one."""
    line = typed.strip()
    if not line.startswith(":") or line.startswith("::"):
        return None
    name, _, rest = line[1:].strip().partition(" ")
    return Command(name.lower(), rest.strip())


def unescaped(typed: str) -> str:
    """The text that a line stands for."""
    return typed.replace("::", ":", 1) if typed.lstrip().startswith("::") else typed


def numbered(item: Item | RowItem) -> dict[str, str]:
    """The code of each option by the number that chooses it."""
    return {str(at if at <= _KEPT_FREE else at + 2): code for at, code in enumerate(codes_of(item), 1)}


def is_typed(item: Item | RowItem) -> bool:
    """Whether the answer is written rather than chosen."""
    return isinstance(item, NumberItem | DateItem | TextItem)


def missing_named(item: Item | RowItem, name: str) -> Missing | None:
    """The way not to answer that `:8`, `:9`, `:0` or `:p` names, None where this question has no such way."""
    code = MissingCode.PENDING if name == PENDING else MISSING_NUMBERS.get(name)
    return Missing(code) if code is not None and code in missing_codes(item) else None


def read_answer(item: Item | RowItem, typed: str, voice: Voice, today: date) -> Answer:
    """The answer that a line gives to an item. InputFault says in one kind sentence why it is none."""
    if isinstance(item, NumberItem | DateItem | TextItem):
        return from_typed(item, typed, voice.words, today)
    line = typed.strip()
    missing = missing_named(item, line) if line in MISSING_NUMBERS else None
    return missing or _chosen(item, line, voice)


def _chosen(item: Item | RowItem, line: str, voice: Voice) -> Answer:
    numbers = numbered(item)
    said = _by_words(item, line, voice)
    parts = [said] if said else [numbers.get(part, "") for part in re.split(r"[\s,;]+", line) if part]
    if not parts or "" in parts:
        raise InputFault(voice.words("plain.no_such_number", typed=line))
    codes = frozenset(parts)
    if len(codes) > 1 and not takes_several(item):
        raise InputFault(voice.words("plain.one_only"))
    alone = [option.code for option in options_of(item) if option.exclusive and option.code in codes]
    if alone and len(codes) > 1:
        raise InputFault(voice.words("plain.exclusive", label=voice.label(item, alone[0])))
    return choose(item, codes)


def _by_words(item: Item | RowItem, line: str, voice: Voice) -> str | None:
    """The option whose words or code were typed instead of its number."""
    wanted = line.casefold()
    for code in codes_of(item):
        if wanted in (voice.label(item, code).casefold(), code):
            return code
    return None
