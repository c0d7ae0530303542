"""Something to read; nothing to answer."""

from datetime import date
from typing import ClassVar, Literal

from msals_tui.questionnaire.answer import Answer, MissingCode
from msals_tui.questionnaire.condition import Lookup
from msals_tui.questionnaire.kinds.item import Item


class StatementItem(Item):
    """Something to read; nothing to answer."""

    is_question: ClassVar[bool] = False
    comparisons: ClassVar[tuple[str, ...]] = ()

    type: Literal["statement"]

    @property
    def missing_codes(self) -> tuple[MissingCode, ...]:
        """None: nobody is asked."""
        return ()

    def read_value(self, value: object, today: date, outside: Lookup | None) -> Answer:
        """Never anything."""
        raise self.wrong("is only read and takes no answer", "leave it out")
