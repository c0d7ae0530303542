"""What conditions are made of: where they look things up, and what they share."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, Protocol, TypeAlias

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.base import Definition

DAYS_A_MONTH = Decimal("30.4375")
"""Mean length of a month in days."""
DAYS_A_YEAR = 12 * DAYS_A_MONTH
"""Mean length of a year in days."""

FindingStatus: TypeAlias = Literal["observed", "excluded", "unknown"]


class Lookup(Protocol):
    """Where a condition finds what it compares."""

    @property
    def today(self) -> date:
        """The day of the intake, against which "months ago" counts."""

    def answer(self, item: str) -> Answer | None:
        """The answer that counts now, or None: not answered, or not asked on this path."""

    def withdrawn_answer(self, item: str) -> Answer | None:
        """The answer that is kept though its item is not asked on this path, or None."""

    def finding(self, finding: str) -> FindingStatus:
        """Status of a finding; "unknown" where findings are not loaded."""


class ConditionBase(Definition):
    """What all conditions share: what is said of a table that is none, and what stands for one that cannot be read."""

    no_kind: ClassVar[tuple[str, str]] = (
        "is no condition",
        "name an item, a finding, or a picture that this file has, or write all, any or not",
    )

    @classmethod
    def stand_in(cls, unknown: str) -> dict[str, object] | None:
        """A condition that nobody can judge."""
        return {"item": unknown, "answered": True}
