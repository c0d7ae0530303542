"""The answers that count: immutable, with what is asked on this path worked out in one pass.

An answer whose item is no longer asked is kept in `given` and counts for nothing: `answer()` does not return it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import FindingStatus, holds
from msals_tui.questionnaire.model import Item, Questionnaire, StatementItem


@dataclass(frozen=True, slots=True)
class Response:
    """What was answered to one questionnaire on one day. Fulfils `condition.Lookup`."""

    questionnaire: Questionnaire
    today: date
    given: Mapping[str, Answer]
    """Every answer ever given and not taken back, by item, also of items no longer asked."""
    asked: frozenset[str] = field(init=False)
    """The items that are asked on this path."""

    def __post_init__(self) -> None:
        path = _Path(self.given, self.today)
        for item in self.questionnaire.items:
            if item.enable_when is None or holds(item.enable_when, path):
                path.asked.add(item.id)
        object.__setattr__(self, "asked", frozenset(path.asked))

    def answer(self, item: str) -> Answer | None:
        """The answer that counts: given, and asked on this path."""
        return self.given.get(item) if item in self.asked else None

    def finding(self, finding: str) -> FindingStatus:
        """Always unknown: what is asked never hangs on what it means."""
        return "unknown"

    def path(self) -> tuple[Item, ...]:
        """The items asked on this path, in order."""
        return tuple(item for item in self.questionnaire.items if item.id in self.asked)

    def unanswered(self) -> tuple[Item, ...]:
        """What is still to come on this path, statements left out."""
        return tuple(item for item in self.path() if item.id not in self.given and not isinstance(item, StatementItem))

    def withdrawn(self) -> tuple[Item, ...]:
        """Items that were answered and are no longer asked."""
        return tuple(item for item in self.questionnaire.items if item.id in self.given and item.id not in self.asked)


class _Path:
    """Answers of the items found to be asked so far; conditions look back only, so one pass settles all."""

    def __init__(self, given: Mapping[str, Answer], today: date) -> None:
        self._given = given
        self.today = today
        self.asked: set[str] = set()

    def answer(self, item: str) -> Answer | None:
        return self._given.get(item) if item in self.asked else None

    def finding(self, finding: str) -> FindingStatus:
        return "unknown"
