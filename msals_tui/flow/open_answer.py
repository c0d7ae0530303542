"""What somebody has chosen or typed for the open question and not yet confirmed. A value; the screen only shows it.

Nothing is chosen on arrival. A digit chooses; arrows move the pointer; Enter confirms what is chosen, or chooses what the
pointer is on. Leaving a question in any other way keeps a chosen answer and a typed text.
"""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import Answer, Choice, Missing, MissingCode, Number, PartialDate, Rows, Text
from msals_tui.questionnaire.answer_types import (
    choose,
    codes_of,
    describe,
    from_typed,
    missing_codes,
    takes_several,
    toggle,
    unlikely,
)  # fmt: skip
from msals_tui.questionnaire.model import DateItem, GroupItem, Item, NumberItem, RowItem, StatementItem, TextItem
from msals_tui.questionnaire.words import Words

MISSING_KEYS = {
    "8": MissingCode.NOT_SURE,
    "9": MissingCode.NOT_ASKED,
    "0": MissingCode.DECLINED,
    "p": MissingCode.PENDING,
}
NO_ROWS = Rows(())
ADD, DONE = "add", "done"
"""What can be pointed at in a repeating group beside its rounds."""


class OpenAnswer(Struct, frozen=True):
    """The answer in the making. `pointer` is an option code, a missing code, or in a group a round's number, add or done."""

    item: Item | RowItem
    chosen: frozenset[str] = frozenset()
    missing: MissingCode | None = None
    pointer: str | None = None
    typed: str = ""
    rows: Rows = NO_ROWS
    fault: str = ""
    looked_at_twice: str = ""
    """The unusual number that was already questioned once."""

    @classmethod
    def of(cls, item: Item | RowItem, answer: Answer | None, words: Words) -> "OpenAnswer":
        """An open answer that shows an answer given before, or nothing."""
        match answer:
            case Missing(code):
                return cls(item, missing=code)
            case Choice(codes):
                return cls(item, chosen=frozenset(codes))
            case Number(value):
                return cls(item, typed=f"{value:f}")
            case Text(text):
                return cls(item, typed=text)
            case PartialDate():
                return cls(item, typed=describe(item, answer, words))
            case Rows():
                return cls(item, rows=answer, chosen=frozenset({DONE}))
            case _:
                return cls(item)

    @property
    def is_typed(self) -> bool:
        """Whether the answer is written rather than chosen."""
        return isinstance(self.item, NumberItem | DateItem | TextItem)

    @property
    def entries(self) -> tuple[str, ...]:
        """Everything the pointer can be on, from the top."""
        if isinstance(self.item, StatementItem):
            return ()
        codes: tuple[str, ...] = codes_of(self.item)
        if isinstance(self.item, GroupItem):
            codes = (*(str(number) for number in range(len(self.rows.rows))), ADD, DONE)
        return (*codes, *missing_codes(self.item))

    def pointed(self, entry: str | None) -> "OpenAnswer":
        """The pointer moved to an entry."""
        return replace(self, pointer=entry, fault="")

    def moved(self, step: int) -> "OpenAnswer":
        """The pointer moved up or down, starting at what is chosen, from the end round to the start."""
        entries = self.entries
        if not entries:
            return self
        here = self.pointer or self.missing or next((entry for entry in entries if entry in self.chosen), None)
        if here not in entries:
            return self.pointed(entries[0 if step > 0 else -1])
        return self.pointed(entries[(entries.index(here) + step) % len(entries)])

    def picked(self, entry: str) -> "OpenAnswer":
        """An entry chosen: an option, a missing code, or "no more" of a group. Unknown entries change nothing."""
        if entry not in self.entries:
            return self
        if entry in missing_codes(self.item):
            return replace(self, missing=MissingCode(entry), chosen=frozenset(), typed="", pointer=entry, fault="")
        if isinstance(self.item, GroupItem):
            chosen = frozenset({DONE}) if entry == DONE else self.chosen
            return replace(self, chosen=chosen, missing=None, pointer=entry, fault="")
        chosen = toggle(self.item, self.chosen, entry) if takes_several(self.item) else frozenset({entry})
        return replace(self, chosen=chosen, missing=None, pointer=entry, fault="")

    def key(self, key: str) -> str | None:
        """The entry that a digit (or p) stands for, None when it stands for nothing here."""
        if (missing := MISSING_KEYS.get(key)) is not None and missing in missing_codes(self.item):
            return missing
        if isinstance(self.item, GroupItem):
            return {"1": ADD, "2": DONE}.get(key)
        codes = codes_of(self.item)
        return codes[int(key) - 1] if key in "1234567" and int(key) <= len(codes) else None

    def written(self, text: str) -> "OpenAnswer":
        """Other text in the field; writing takes a missing code back, chosen or pointed at."""
        missing = None if text else self.missing
        return replace(self, typed=text, missing=missing, pointer=None, fault="", looked_at_twice="")

    def failed(self, sentence: str) -> "OpenAnswer":
        """A sentence that says what is wrong, shown beside the field."""
        return replace(self, fault=sentence)

    def answer(self, words: Words, today: date) -> Answer | None:
        """The answer as it stands, or None when there is none yet. InputFault when what was typed cannot be one."""
        if self.missing is not None:
            return Missing(self.missing)
        match self.item:
            case NumberItem() | DateItem() | TextItem():
                return from_typed(self.item, self.typed, words, today) if self.typed.strip() else None
            case GroupItem():
                return self.rows if self.rows.rows or DONE in self.chosen else None
            case _:
                return choose(self.item, self.chosen) if self.chosen else None

    def settled(
        self, words: Words, today: date, *, unanswered: str = "fault.choose"
    ) -> tuple["OpenAnswer", Answer | None]:
        """What Enter makes of it: the answer, or an open answer that says why not (and None).

        An unusual number is shown once more before it is taken. `unanswered` is the key of the sentence for no answer.
        """
        open_answer = self
        if (
            (
                open_answer.pointer is not None
                and not open_answer.chosen
                and open_answer.missing is None
                and not open_answer.typed.strip()
            )
            or (open_answer.pointer is not None and not takes_several(open_answer.item) and not open_answer.is_typed)
            or open_answer.pointer in missing_codes(open_answer.item)
        ):
            open_answer = open_answer.picked(open_answer.pointer)
        try:
            answer = open_answer.answer(words, today)
        except InputFault as fault:
            return open_answer.failed(fault.what), None
        if answer is None:
            return open_answer.failed(words(unanswered)), None
        if unlikely(open_answer.item, answer) and open_answer.looked_at_twice != open_answer.typed:
            return replace(open_answer, fault=words("question.unlikely"), looked_at_twice=open_answer.typed), None
        return open_answer, answer

    def kept(self, words: Words, today: date) -> Answer | None:
        """The answer to keep when the question is left without Enter: only one that is whole and was really chosen."""
        try:
            answer = self.answer(words, today)
        except InputFault:
            return None
        # An unusual number that nobody looked at twice stays typed and is no answer yet.
        unsure = answer is not None and unlikely(self.item, answer) and self.looked_at_twice != self.typed
        return None if unsure else answer
