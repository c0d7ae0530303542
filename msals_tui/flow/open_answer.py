"""What somebody has chosen or typed for the open question and not yet confirmed. A value; the screen only shows it.

Nothing is chosen on arrival. A digit chooses; arrows move the pointer; Enter confirms what is chosen, or chooses what the
pointer is on. Leaving a question in any other way keeps a chosen answer and a typed text.
"""

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import MISSING_KEYS, Answer, Missing, MissingCode, missing_keyed, missing_label
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.group import NO_ROWS, Rows, rows_of
from msals_tui.questionnaire.kinds.item import Doubt, Item, Unclear
from msals_tui.questionnaire.words import Words


class OpenAnswer(Struct, frozen=True):
    """The answer in the making. `pointer` is an option code, a missing code, or in a group a round's number, add or done."""

    item: Item
    chosen: frozenset[str] = frozenset()
    missing: MissingCode | None = None
    pointer: str | None = None
    typed: str = ""
    rows: Rows = NO_ROWS
    fault: str = ""
    questioned: Answer | None = None
    """The unusual answer that was already questioned once."""
    given: Answer | None = None
    """The answer that the question has, which stands until something else is chosen or typed."""
    doubt: Doubt | None = None
    """A question of its own about what was typed, which stands in the place of the field until it is settled."""

    @classmethod
    def of(cls, item: Item, answer: Answer | None, words: Words) -> "OpenAnswer":
        """An open answer that shows an answer given before, or nothing."""
        if answer is None:
            return cls(item)
        if isinstance(answer, Missing):
            return cls(item, missing=answer.code)
        typed = item.written(answer, words)
        return cls(item, chosen=item.chosen_in(answer), typed=typed, rows=Rows(rows_of(answer)), given=answer)

    @property
    def entries(self) -> tuple[str, ...]:
        """Everything the pointer can be on, from the top; of a doubt the numbers of its ways, from 1."""
        if self.doubt is not None:
            return tuple(str(number) for number in range(1, len(self.doubt.ways) + 1))
        return (*self.item.entries(self.rows), *self.item.missing_codes)

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
        if entry in self.item.missing_codes:
            missing = MissingCode(entry)
            return replace(self, missing=missing, chosen=frozenset(), typed="", pointer=entry, fault="", doubt=None)
        if entry not in self.entries:
            return self
        if self.doubt is not None:
            return self.pointed(entry)
        chosen, pointer = self.item.picked(self.chosen, entry), self.item.pointed_after(entry)
        return replace(self, chosen=chosen, missing=None, pointer=pointer, fault="")

    def key(self, key: str) -> str | None:
        """The entry that a digit stands for, None if it stands for nothing here."""
        if self.doubt is not None:
            return key if key in self.entries else None
        return self.item.keyed(key, self.pointer)

    def stray(self, digit: str, words: Words, *, patient: bool) -> "OpenAnswer":
        """A digit that stands for nothing: it changes nothing, and that is said."""
        if (code := missing_keyed(digit)) in self.item.missing_codes and code is not None:
            way = missing_label(code, words, patient=patient)
            return self.failed(words("fault.no_digit_way", digit=digit, way=way, cap=MISSING_KEYS[code].cap))
        return self.failed(words("fault.no_digit", digit=digit))

    def unanswered(self, code: MissingCode, words: Words) -> "OpenAnswer":
        """A way not to answer by its own key; a question that has no such way says so."""
        if code in self.item.missing_codes:
            return self.picked(self.item.missing_entry(code, self.pointer))
        return self.failed(words("fault.not_pending")) if self.item.is_question else self

    def written(self, text: str) -> "OpenAnswer":
        """Other text in the field; writing takes a missing code back, chosen or pointed at."""
        missing = None if text else self.missing
        return replace(self, typed=text, missing=missing, pointer=None, fault="", questioned=None, doubt=None)

    def undoubted(self) -> "OpenAnswer":
        """Back from a doubt to the field, where what was typed still stands."""
        return replace(self, doubt=None, pointer=None, fault="")

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
        return replace(self, fault=sentence)

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

        An unusual number is shown once more before it is taken. `unanswered` is the key of the sentence for no answer.
        """
        open_answer = self
        if self.doubt is not None:
            return self._settled_doubt(self.doubt, words)
        if (
            (
                open_answer.pointer is not None
                and not open_answer.chosen
                and open_answer.missing is None
                and not open_answer.typed.strip()
            )
            or (
                open_answer.pointer is not None and not open_answer.item.takes_several and not open_answer.item.is_typed
            )
            or open_answer.pointer in open_answer.item.missing_codes
        ):
            open_answer = open_answer.picked(open_answer.pointer)
        try:
            answer = open_answer.answer(words, occasion)
        except Unclear as unclear:
            return replace(open_answer, doubt=unclear.doubt, pointer=None, fault=""), None
        except InputFault as fault:
            return open_answer.failed(fault.what), None
        if answer is None:
            return open_answer.failed(words(unanswered)), None
        if open_answer.item.doubts(answer, open_answer.questioned):
            return replace(open_answer, fault=words("question.unlikely"), questioned=answer), None
        left = open_answer.item.left_open(open_answer.chosen) if open_answer.missing is None else 0
        if left and answer != open_answer.questioned:
            return replace(open_answer, fault=words.some(left, "grid.left_open"), questioned=answer), None
        return open_answer, answer

    def _settled_doubt(self, doubt: Doubt, words: Words) -> tuple["OpenAnswer", Answer | None]:
        """The way that the pointer is on; nothing is chosen before it is on one."""
        if self.pointer is None:
            return self.failed(words("fault.choose_one")), None
        answer = doubt.ways[int(self.pointer) - 1].answer
        settled = self.undoubted()
        return settled if answer is None else settled.written(self.item.written(answer, words)), answer

    def kept(self, words: Words, occasion: Occasion) -> Answer | None:
        """The answer to keep when the question is left without Enter: only one that is whole and was really chosen."""
        try:
            answer = self.answer(words, occasion)
        except InputFault:
            return None
        # An unusual number that nobody looked at twice stays typed and is no answer yet.
        return None if answer is None or self.item.doubts(answer, self.questioned) else answer
