"""What somebody has chosen or typed for the open question and not yet confirmed. A value; the screen only shows it.

Nothing is chosen on arrival. A digit chooses; arrows move the pointer; Enter confirms what is chosen. Where nothing is, Enter
chooses what somebody moved the pointer to, and never what it stood on by itself. Leaving a question in any other way keeps a
chosen answer and a typed text.
"""

from string import digits
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.errors import InputFault
from msals_tui.flow.strokes import MOST, read_strokes
from msals_tui.questionnaire.answer import MISSING_KEYS, Answer, Missing, MissingCode, missing_label
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.group import NO_ROWS, Rows, rows_of
from msals_tui.questionnaire.kinds.item import Doubt, Item, Says, Unclear, asked_back
from msals_tui.questionnaire.words import Words


class Typing(Struct, frozen=True):
    """Characters typed on a card of options since any other key."""

    text: str
    before: "OpenAnswer"
    """The answer as it stood before them."""
    in_words: bool
    """Whether they are words, which choose nothing."""
    unread: bool
    """Whether the last of them chose nothing; Enter then only says so."""


class OpenAnswer(Struct, frozen=True):
    """The answer in the making. `pointer` is an option code, a missing code, or in a group a round's number, add or done."""

    item: Item
    chosen: frozenset[str] = frozenset()
    missing: MissingCode | None = None
    pointer: str | None = None
    aimed: bool = False
    """Whether somebody moved the pointer; on arrival it stands on the first entry, or on what is chosen."""
    typed: str = ""
    rows: Rows = NO_ROWS
    fault: str = ""
    advice: str = ""
    """How to answer, said to somebody who did nothing wrong."""
    typing: Typing | None = None
    given: Answer | None = None
    """The answer that the question has, which stands until something else is chosen or typed."""
    doubt: Doubt | None = None
    """A question of its own about what was typed or marked, asked before it is taken."""
    left: str | None = None
    """Where the pointer stood when it was asked."""

    @classmethod
    def of(cls, item: Item, answer: Answer | None, words: Words) -> "OpenAnswer":
        """An open answer that shows an answer given before, or nothing."""
        if answer is None:
            open_answer = cls(item)
        elif isinstance(answer, Missing):
            open_answer = cls(item, missing=answer.code)
        else:
            typed = item.written(answer, words)
            open_answer = cls(
                item, chosen=item.chosen_in(answer), typed=typed, rows=Rows(rows_of(answer)), given=answer
            )
        if item.is_typed or not item.is_question:
            return open_answer
        entries = open_answer.entries
        first = next((one for one in entries if one in open_answer.chosen), open_answer.missing or entries[0])
        return replace(open_answer, pointer=first)

    @property
    def entries(self) -> tuple[str, ...]:
        """Everything the pointer can be on, from the top; of a doubt the numbers of its ways, from 1."""
        if self.doubt is not None:
            return tuple(self.doubt.numbered)
        return (*self.item.entries(self.rows), *self.item.missing_codes)

    def _become(self, **changes: object) -> "OpenAnswer":
        """Changed by a person, so that what was said of it holds no longer and what was typed has come to its end."""
        return replace(self, **({"fault": "", "advice": "", "typing": None} | changes))

    def pointed(self, entry: str | None) -> "OpenAnswer":
        """The pointer moved to an entry."""
        return self._become(pointer=entry, aimed=True)

    def moved(self, step: int) -> "OpenAnswer":
        """The pointer moved up or down, from the end round to the start."""
        entries = self.entries
        if not entries:
            return self
        if self.pointer not in entries:
            return self.pointed(entries[0 if step > 0 else -1])
        return self.pointed(entries[(entries.index(self.pointer) + step) % len(entries)])

    def beside(self, step: int) -> "OpenAnswer":
        """The pointer moved along the row that the ways not to answer, or to settle a doubt, stand in; as it was elsewhere."""
        row = self.entries if self.doubt is not None else self.item.missing_codes
        if self.pointer not in row:
            return self
        return self.pointed(row[max(0, min(row.index(self.pointer) + step, len(row) - 1))])

    def missing_entry(self, code: MissingCode) -> str:
        """The entry that a way not to answer picks now: of a grid, the row that somebody points at."""
        return self.item.missing_entry(code, self.pointer if self.aimed else None)

    def picked(self, entry: str) -> "OpenAnswer":
        """An entry chosen: an option, a missing code, or "no more" of a group. Unknown entries change nothing."""
        if entry in self.item.missing_codes:
            missing = MissingCode(entry)
            return self._become(missing=missing, chosen=frozenset(), typed="", pointer=entry, aimed=True, doubt=None)
        if entry not in self.entries:
            return self
        if self.doubt is not None:
            return self.pointed(entry)
        chosen, pointer = self.item.picked(self.chosen, entry), self.item.pointed_after(entry)
        # Whoever takes a choice back does not point at it any more: Enter would choose it again.
        return self._become(chosen=chosen, missing=None, pointer=pointer, aimed=bool(chosen))

    def unanswered(self, code: MissingCode, words: Words) -> "OpenAnswer":
        """A way not to answer by its own key; a question that has no such way says so."""
        if code in self.item.missing_codes:
            return self.picked(self.missing_entry(code))
        return self._become(fault=words("fault.not_pending")) if self.item.is_question else self

    # Characters on a card of options

    def key(self, key: str) -> str | None:
        """The entry that a digit stands for, None if it stands for nothing here."""
        if self.doubt is not None:
            return key if key in self.entries and not self.doubt.by_letter else None
        return self.item.keyed(key, self.pointer)

    def stroke(self, character: str, words: Words, *, patient: bool) -> "OpenAnswer":
        """One more character. Digits and the letters of yes and no choose; what turns out to be words is taken back."""
        typing = self.typing
        before = typing.before if typing is not None else self._become()
        text = ((typing.text if typing is not None else "") + character.casefold())[-MOST - 1 :]
        read = read_strokes(text, words, frozenset(digit for digit in digits if before.key(digit)))
        if read.in_words or (typing is not None and typing.in_words):
            ended = Typing(text, before, in_words=True, unread=True)
            return replace(before, typing=ended, fault=words("fault.words"))
        now = before
        for act in read.acts:
            now = now._acted(act, words, patient=patient)
        return replace(now, typing=Typing(text, before, in_words=False, unread=read.begun or bool(now.fault)))

    def unstroked(self, words: Words, *, patient: bool) -> "OpenAnswer | None":
        """Without the last character of words; None where none are typed, so that there is nothing to take back."""
        typing = self.typing
        if typing is None or not typing.unread:
            return None
        text = typing.text[:-1]
        if text and typing.in_words:
            return replace(self, typing=replace(typing, text=text))
        open_answer = typing.before
        for character in text:
            open_answer = open_answer.stroke(character, words, patient=patient)
        return open_answer

    @property
    def focus(self) -> str | None:
        """What somebody points at, and Enter may take; None while the pointer stands where it stood on arrival."""
        return self.pointer if self.aimed else None

    def ended(self) -> "OpenAnswer":
        """What is typed from now on begins anew."""
        return replace(self, typing=None) if self.typing is not None else self

    def _acted(self, act: str, words: Words, *, patient: bool) -> "OpenAnswer":
        """A digit, a space, or what a letter says."""
        if act == " ":
            return self.picked(self.pointer) if self.pointer is not None else self
        if act in digits:
            entry = self.key(act)
            return self.picked(entry) if entry is not None else self._strayed(act, words, patient=patient)
        entry = self.doubt.worded(cast(Says, act)) if self.doubt is not None else self.item.worded(cast(Says, act))
        if entry is None:
            return self._become(fault=words(f"fault.no_{act}"))
        return self.pointed(entry) if entry in self.chosen else self.picked(entry)

    def _strayed(self, digit: str, words: Words, *, patient: bool) -> "OpenAnswer":
        """A digit that stands for nothing: it changes nothing, and that is said."""
        if (code := self.item.missing_keyed(digit)) is not None:
            way = missing_label(code, words, patient=patient)
            return self._become(fault=words("fault.no_digit_way", digit=digit, way=way, cap=MISSING_KEYS[code].cap))
        return self._become(fault=words("fault.no_digit", digit=digit))

    # Fields, and what is said

    def written(self, text: str) -> "OpenAnswer":
        """Other text in the field; writing takes a missing code back, chosen or pointed at."""
        missing = None if text else self.missing
        return self._become(typed=text, missing=missing, pointer=None, doubt=None)

    def undoubted(self) -> "OpenAnswer":
        """Back from a doubt to the question, where what was typed or marked still stands."""
        return self._become(doubt=None, pointer=self.left, aimed=False)

    def understood(self, words: Words, occasion: Occasion) -> str:
        """What is said back of what was typed so far; "" where there is nothing to say."""
        if self.missing is not None or not self.typed.strip():
            return ""
        if self.given is not None and self._as_given(words):
            return self.item.meant(self.given, words, occasion)
        return self.item.understood(self.typed, words, occasion)

    def _as_given(self, words: Words) -> bool:
        """Whether the field shows the answer that the question has."""
        return self.given is not None and self.typed == self.item.written(self.given, words)

    def failed(self, sentence: str) -> "OpenAnswer":
        """A sentence that says what is wrong, shown beside the field."""
        return replace(self, fault=sentence, advice="")

    def advised(self, sentence: str) -> "OpenAnswer":
        """A sentence that says how to answer."""
        return replace(self, fault="", advice=sentence)

    def answer(self, words: Words, occasion: Occasion) -> Answer | None:
        """The answer as it stands, None if there is none yet. Raises InputFault if what was typed cannot be one."""
        if self.missing is not None:
            return Missing(self.missing)
        if self.item.is_typed and self._as_given(words):
            return self.given  # "10 days ago" would be another day if it were read again on another
        if self.item.is_typed:
            return self.item.typed(self.typed, words, occasion) if self.typed.strip() else None
        return self.item.made(self.chosen, self.rows)

    def settled(
        self, words: Words, occasion: Occasion, *, unanswered: str = "fault.choose"
    ) -> tuple["OpenAnswer", Answer | None]:
        """What Enter makes of it: the answer, or an open answer that says why not (and None).

        What is unusual, or leaves something open, is asked back first. `unanswered` is the key of the sentence for no answer.
        """
        if self.typing is not None and self.typing.unread:
            return replace(self.ended(), fault=self.fault or words("fault.words")), None
        if self.doubt is not None:
            return self._settled_doubt(self.doubt, words)
        open_answer = self._become()
        if self.aimed and self.pointer is not None and self._takes_pointer:
            open_answer = open_answer.picked(self.pointer)
            if self._stands and open_answer._stands != self._stands:
                return open_answer.advised(words("question.instead")), None
        try:
            answer = open_answer.answer(words, occasion)
        except Unclear as unclear:
            return open_answer.doubted(unclear.doubt), None
        except InputFault as fault:
            return open_answer.failed(fault.what), None
        if answer is None:
            return open_answer.advised(words(unanswered)), None
        if answer != self.given and (doubt := open_answer._asked_back(answer, words)) is not None:
            return open_answer.doubted(doubt), None
        return open_answer, answer

    def doubted(self, doubt: Doubt) -> "OpenAnswer":
        """A question of its own; the pointer stands on none of its ways, so that Enter alone settles nothing."""
        return self._become(doubt=doubt, left=self.pointer, pointer=None, aimed=False)

    def _asked_back(self, answer: Answer, words: Words) -> Doubt | None:
        """What is asked about an answer before it is taken; None where nothing is."""
        left = self.item.left_open(self.chosen) if self.missing is None else 0
        return asked_back(words.some(left, "grid.left_open"), answer, words) if left else self.item.doubt(answer, words)

    def _settled_doubt(self, doubt: Doubt, words: Words) -> tuple["OpenAnswer", Answer | None]:
        """The way that the pointer is on; nothing is chosen before it is on one."""
        if self.pointer is None:
            return self.advised(words("question.how_to_settle" if doubt.by_letter else "fault.choose_one")), None
        answer = doubt.numbered[self.pointer].answer
        settled = self.undoubted()
        if answer is not None and self.item.is_typed:
            settled = settled.written(self.item.written(answer, words))
        return settled, answer

    @property
    def _takes_pointer(self) -> bool:
        """Whether Enter chooses what somebody points at: where nothing is chosen, or one thing makes way for another."""
        return not self.chosen or not self.item.takes_several

    @property
    def _stands(self) -> frozenset[str]:
        """What Enter would confirm, without looking at the pointer; empty where it is nothing."""
        return self.chosen | {one for one in (self.missing, self.typed.strip()) if one}

    def kept(self, words: Words, occasion: Occasion) -> Answer | None:
        """The answer to keep when the question is left without Enter: only one that is whole and was really chosen."""
        try:
            answer = self.answer(words, occasion)
        except InputFault:
            return None
        # An unusual number that nobody looked at twice stays typed and is no answer yet.
        unusual = answer is not None and answer != self.given and self.item.doubt(answer, words) is not None
        return None if unusual else answer
