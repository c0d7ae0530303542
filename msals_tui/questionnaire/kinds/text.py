"""Somebody's own words: one line, or several."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from msals_tui.errors import InputFault
from msals_tui.questionnaire.answer import Answer, Plain
from msals_tui.questionnaire.condition import AnswerTest, Lookup
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words
from msals_tui.text import clean


class Text(Answer, frozen=True):
    """Somebody's own words, cleaned once on their way in."""

    text: str

    @property
    def own_words(self) -> str:
        """The text."""
        return self.text


class TextItem(Item):
    """Somebody's own words: one line, or several."""

    is_typed: ClassVar[bool] = True
    in_own_words: ClassVar[bool] = True

    type: Literal["short_text", "long_text"]
    max_length: Annotated[int, Meta(ge=1, le=4000)] = 400

    @property
    def takes_lines(self) -> bool:
        """A long text."""
        return self.type == "long_text"

    @property
    def longest(self) -> int:
        """As many as it says."""
        return self.max_length

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Text:
        """A text of which something can be seen."""
        text = self._kept(value) if isinstance(value, str) else None
        if text is None:
            raise self.wrong("needs a text", 'write it in quotes, or {missing = "not_asked"} where there is none')
        return text

    def plain_value(self, answer: Answer) -> Plain:
        """The text."""
        return answer.own_words or ""

    def cleaned(self, value: object) -> int:
        """How many characters of a file's text cannot be kept as they are."""
        if not isinstance(value, str):
            return 0
        return clean(value, max_length=self.max_length, lines=self.takes_lines).changed

    def typed(self, text: str, words: Words, occasion: Occasion) -> Text:
        """Anything of which something can be seen."""
        kept = self._kept(text)
        if kept is None:
            raise InputFault(words("fault.text"), where=self.id)
        return kept

    def _kept(self, value: str) -> Text | None:
        """The text as it is kept, None if nothing of it can be seen."""
        kept = clean(value, max_length=self.max_length, lines=self.takes_lines).text
        return Text(kept) if kept.strip() else None

    def written(self, answer: Answer, words: Words) -> str:
        """The text."""
        return answer.own_words or ""

    def said_value(self, answer: Answer, words: Words, *, patient: bool) -> str:
        """The text."""
        return answer.own_words or ""

    def facts(self, words: Words) -> dict[str, Any]:
        """How long it may be."""
        return {"max_length": self.max_length}

    def representatives(self, tests: tuple[AnswerTest, ...]) -> tuple[Answer, ...] | None:
        """Any text."""
        return (Text("words"),)
