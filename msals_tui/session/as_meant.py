"""What somebody meant who wrote an answers file by hand, as files hold it.

What can mean two things is refused, never guessed. Capital letters, blanks and hyphens, the words of an option in place of its
code, one option without a list around it, numbers in quotes and dates without them can mean only one thing. Journals and
summaries are written by the program and read as they stand.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from unicodedata import normalize

from msgspec import Struct

from msals_tui.errors import Filled, InputFault
from msals_tui.questionnaire.answer import MissingCode, missing_label
from msals_tui.questionnaire.kinds.choice import NO, YES, Chosen, YesNoItem
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import GroupItem
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.kinds.number import NumberItem
from msals_tui.questionnaire.kinds.text import TextItem
from msals_tui.questionnaire.problem import Loc, shown
from msals_tui.questionnaire.words import Words

MISSING, MARKS = "missing", "marks"
_NO_ROUNDS = ("none", "no")
_NUMBER = re.compile(r"([+-]?\d+)(?:([.,])(\d+))?", re.ASCII)
_A_THOUSAND = 3
"""Digits behind a comma that are as likely thousands as decimals."""
_LONG = 180
"""Characters of options that are listed; of more, only the codes, and only the first."""
_NEAR = 0.6
_MOST_NEAR = 3
_STEM = 4
"""Letters at the beginning of two words that make them alike."""
_LONGEST = 200
"""Characters of what somebody wrote that are compared; no option has as many."""


class Offer(Struct, frozen=True):
    """One code that can be written, and the words that mean it."""

    code: str
    words: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A text as it is compared: small letters, and one _ for whatever stands between words."""
    return re.sub(r"[\W_]+", "_", normalize("NFKC", text[:_LONGEST]).casefold()).strip("_")


def meant_by(text: str, offers: Iterable[Offer]) -> str | None:
    """The one code that a text names by itself or in its words; None if it names none, or several."""
    known = list(offers)
    if any(one.code == text for one in known):
        return text
    wanted = plain(text)
    ways: tuple[Callable[[Offer], tuple[str, ...]], ...] = (lambda one: (one.code,), lambda one: one.words)
    for names in ways:
        found = [one.code for one in known if any(plain(name) == wanted for name in names(one))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def near(text: str, offers: Iterable[Offer]) -> list[Offer]:
    """The few that a text comes nearest to, by spelling and by words, the nearest first."""
    from difflib import SequenceMatcher  # imported here: nothing is wrong with most files

    wanted = plain(text)
    stems = {word[:_STEM] for word in wanted.split("_") if len(word) >= _STEM}

    def likeness(one: Offer) -> float:
        names = [plain(name) for name in (one.code, *one.words)]
        spelt = max(SequenceMatcher(None, wanted, name).ratio() for name in names)
        shared = {word[:_STEM] for name in names for word in name.split("_")} & stems
        return max(spelt, _NEAR + len(shared) / (len(stems) + 1) / 2 if shared else 0)

    found = sorted(((likeness(one), -number, one) for number, one in enumerate(offers)), reverse=True)
    return [one for score, _, one in found if score >= _NEAR][:_MOST_NEAR] if wanted else []


def named(offers: Sequence[Offer]) -> str:
    """Codes in quotes, with their words where that is no long sentence."""
    codes = [f'"{one.code}"' for one in offers]
    whole = ", ".join(
        f"{code} ({one.words[0]})" if one.words else code for code, one in zip(codes, offers, strict=True)
    )
    while len(whole) > _LONG and len(codes) > 1:
        whole = ", ".join(codes) + (", ..." if len(codes) < len(offers) else "")
        codes.pop()
    return whole


def hint_of(text: str, offers: Sequence[Offer]) -> str:
    """What to write in place of a text that names nothing."""
    close = near(text, offers)
    if not close:
        return Filled("write one of {options}", options=named(offers))
    if len(close) == 1:
        return Filled("did you mean {option}?", option=named(close))
    return Filled("did you mean one of {options}?", options=named(close))


class Meant:
    """Reads what somebody wrote as the answers to items; `faults` are those that can be none, by their place in the answer."""

    def __init__(self, words: Callable[[], Words] | None = None) -> None:
        """With `words`, which are asked for only then, yes, no and the ways of not answering may be written in these."""
        self._words = words
        self.faults: list[tuple[Loc, InputFault]] = []

    def of(self, item: Item, value: object, loc: Loc = ()) -> object:
        """The answer as files hold it. What it cannot be is left to the kind of the item, or stands in `faults`."""
        if isinstance(value, str) and value in item.codes:
            return value  # as most are
        if isinstance(value, tuple) and len(value) == 1 and isinstance(item, NumberItem | DateItem | TextItem):
            return self.of(item, value[0], loc)
        said_as_text = isinstance(item, TextItem) and not isinstance(value, Mapping)
        if not said_as_text and (missing := self._missing(item, value, loc)) is not None:
            return missing
        match item:
            case Chosen():
                return self._chosen(item, value, loc)
            case NumberItem():
                return self._number(item, value, loc)
            case DateItem():
                return value.date() if isinstance(value, datetime) else value
            case GridItem():
                return self._grid(item, value, loc)
            case GroupItem():
                return self._group(item, value, loc)
        return value

    def _refuse(self, loc: Loc, what: str, hint: str) -> None:
        self.faults.append((loc, InputFault(what, hint=hint)))

    # Ways of not answering

    def _ways(self, item: Item) -> list[Offer]:
        said = self._words() if self._words else None
        return [
            Offer(str(code), tuple(missing_label(code, said, patient=whose) for whose in (False, True)) if said else ())
            for code in item.missing_codes
        ]

    def _missing(self, item: Item, value: object, loc: Loc) -> object:
        """The way of not answering that was written; None if something else was."""
        if isinstance(value, Mapping):
            if [plain(str(key)) for key in value] == [MISSING]:
                return {MISSING: self._way(item, next(iter(value.values())), loc)}
            way = meant_by(str(next(iter(value))), self._ways(item)) if len(value) == 1 else None
            return {MISSING: way} if way is not None and next(iter(value.values())) is True else None
        if value == "":
            hint = Filled('leave the line out, or write {{missing = "{code}"}}', code=MissingCode.NOT_ASKED)
            self._refuse(loc, Filled("{item} is empty", item=item.id), hint)
            return value
        if isinstance(value, str) and meant_by(value, self._offers(item)) is None:
            way = meant_by(value, self._ways(item))
            return {MISSING: way} if way is not None else None
        return None

    def _way(self, item: Item, value: object, loc: Loc) -> str:
        text = value if isinstance(value, str) else _written(value)
        ways = self._ways(item)
        way = meant_by(text, ways)
        if way is None and ways:
            what = Filled('{item} has an unknown missing code "{code}"', item=item.id, code=shown(text))
            self._refuse((*loc, MISSING), what, hint_of(text, ways))
        return way or text

    # Options

    def _offers(self, item: Item) -> list[Offer]:
        """What can be written to choose an option."""
        if isinstance(item, YesNoItem):
            said = {code: (item.label(code, self._words()),) if self._words else () for code in item.codes}
            return [Offer(YES, (*said[YES], "y", "true")), Offer(NO, (*said[NO], "n", "false"))]
        return [Offer(one.code, _both(one.label, one.label_patient)) for one in item.options]

    def _chosen(self, item: Chosen, value: object, loc: Loc) -> object:
        offers = self._offers(item)
        if isinstance(value, tuple):
            if not value:
                none = next((one.code for one in item.options if one.exclusive), None)
                hint = Filled(
                    'write "{code}" if none applies, else leave the line out', code=none or MissingCode.NOT_ASKED
                )
                self._refuse(
                    loc, Filled("{item} names no option", item=item.id), hint if none else Filled("leave the line out")
                )
                return value
            codes = [self._code(item, offers, one, (*loc, number)) for number, one in enumerate(value)]
        elif isinstance(value, str) and item.takes_several and meant_by(value, offers) is None:
            parts = [meant_by(part, offers) for part in re.split(r"[,;]", value)]
            codes = parts if len(parts) > 1 and None not in parts else [self._code(item, offers, value, loc)]
        else:
            codes = [self._code(item, offers, value, loc)]
        once = tuple(dict.fromkeys(one for one in codes if one is not None))
        if len(once) > 1 and not item.takes_several:
            what = Filled("{item} takes one option, and these are {count}", item=item.id, count=len(once))
            self._refuse(loc, what, Filled("name one of them"))
        return once

    def _code(self, item: Item, offers: Sequence[Offer], value: object, loc: Loc) -> str | None:
        """The code that was written; None, and a fault, if it is none."""
        if isinstance(value, bool) and isinstance(item, YesNoItem):
            return YES if value else NO
        text = value if isinstance(value, str) else _written(value)
        if not isinstance(value, bool) and (code := meant_by(text, offers)) is not None:
            return code
        if isinstance(value, bool):
            what = Filled("{item} is no yes/no question, so that {value} answers nothing", item=item.id, value=text)
            self._refuse(loc, what, Filled("write one of {options}", options=named(offers)))
        else:
            what = Filled('{item} names no option of this question: "{value}"', item=item.id, value=shown(text))
            self._refuse(loc, what, hint_of(text, offers))
        return None

    # Numbers and dates

    def _number(self, item: NumberItem, value: object, loc: Loc) -> object:
        if not isinstance(value, str):
            if isinstance(value, bool):
                what = Filled("{item} needs a number, not {value}", item=item.id, value=_written(value))
                self._refuse(loc, what, Filled("write a plain number in {unit}", unit=item.unit))
            return value
        text = normalize("NFKC", value[:_LONGEST]).strip()
        if text.casefold().endswith(item.unit.casefold()):
            text = text[: len(text) - len(item.unit)].rstrip()
        found = _NUMBER.fullmatch(text)
        if found is None:
            what = Filled('{item} needs a number, not "{value}"', item=item.id, value=shown(value))
            self._refuse(loc, what, Filled("write a plain number in {unit}, without quotes", unit=item.unit))
            return value
        whole, sign, behind = found.groups()
        if sign == "," and len(behind) == _A_THOUSAND > item.decimals and whole.strip("+-0"):
            what = Filled('"{value}" may be thousands or decimals', value=shown(value))
            self._refuse(loc, what, Filled("write it without the comma, or with a point for decimals"))
            return value
        return Decimal(f"{whole}.{behind}" if behind else whole)

    # Parts

    def _grid(self, item: GridItem, value: object, loc: Loc) -> object:
        if not isinstance(value, Mapping):
            return value
        rows = [Offer(one.code, _both(one.label, one.label_patient)) for one in item.rows]
        kept = self._keys(item, value, rows, loc, Filled("row"))
        return {row: self._row(item, row, one, (*loc, key)) for row, (key, one) in kept.items()}

    def _row(self, item: GridItem, row: str, value: object, loc: Loc) -> object:
        offered = item.marks_in(row)
        marks = [Offer(one.code, _both(one.label, one.label_patient)) for one in item.marks if one.code in offered]
        ways = self._ways(item)
        if isinstance(value, Mapping):
            keys = self._keys(item, value, [Offer(MARKS), Offer(MISSING), *ways], loc, Filled("key"))
            return {
                key: self._way(item, one, loc) if key == MISSING else self._marks(item, marks, one, (*loc, written))
                for key, (written, one) in keys.items()
            }
        if isinstance(value, str) and meant_by(value, marks) is None and (way := meant_by(value, ways)) is not None:
            return {MISSING: way}
        return self._marks(item, marks, value, loc)

    def _marks(self, item: GridItem, marks: Sequence[Offer], value: object, loc: Loc) -> object:
        written = value if isinstance(value, tuple) else (value,)
        found = [self._code(item, marks, one, loc) for one in written]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _group(self, item: GroupItem, value: object, loc: Loc) -> object:
        if isinstance(value, str) and plain(value) in _NO_ROUNDS:
            return ()
        rounds = (value,) if isinstance(value, Mapping) else value
        if not isinstance(rounds, tuple) or not all(isinstance(one, Mapping) for one in rounds):
            return value
        inner = {one.id: one for one in item.items}
        asked = [Offer(one.id, _both(one.ask, one.ask_patient)) for one in item.items]
        made = []
        for number, one in enumerate(rounds):
            at = loc if isinstance(value, Mapping) else (*loc, number)
            kept = self._keys(item, one, asked, at, Filled("question"))
            made.append({key: self.of(inner[key], each, (*at, written)) for key, (written, each) in kept.items()})
        return tuple(made)

    def _keys(
        self, item: Item, value: Mapping[str, object], offers: Sequence[Offer], loc: Loc, what: str
    ) -> dict[str, tuple[str, object]]:
        """The parts of a table by the code that is meant, each with its key as written."""
        kept: dict[str, tuple[str, object]] = {}
        for key, one in value.items():
            code = meant_by(key, offers)
            if code is None:
                fault = Filled('{item} has no {kind} "{key}"', item=item.id, kind=what, key=shown(key))
                self._refuse((*loc, key), fault, hint_of(key, offers))
            elif code in kept:
                fault = Filled('{item} has "{key}" twice', item=item.id, key=code)
                self._refuse((*loc, key), fault, Filled("keep one"))
            else:
                kept[code] = key, one
        return kept


def _both(label: str, patient: str | None) -> tuple[str, ...]:
    return (label, patient) if patient else (label,)


def _written(value: object) -> str:
    """A value that is no text, as it stands in a file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{...}"
    return "[...]" if isinstance(value, tuple) else str(value)
