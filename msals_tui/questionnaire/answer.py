"""What every answer value has in common. A missing code stands beside a value, never inside it, and is never "no"."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.words import Words


class MissingCode(StrEnum):
    """Why there is no value. None of these means "no"."""

    NOT_SURE = "not_sure"
    """Asked; the person does not know."""
    NOT_ASKED = "not_asked"
    """Passed over by the person who asks."""
    DECLINED = "declined"
    """Asked; the person would rather not say."""
    PENDING = "pending"
    """A result is still to come (tests only)."""


class MissingKey(Struct, frozen=True):
    """How a way not to answer is given. It is the same on every question, and never the key of a value."""

    key: str
    """On a screen, as terminals name it."""
    letter: str
    """On a line behind a colon, and on a screen together with Alt."""

    @property
    def cap(self) -> str:
        """As it is written on a key cap."""
        return self.key.replace("ctrl+", "^").upper()


MISSING_KEYS = {
    MissingCode.NOT_SURE: MissingKey("f7", "8"),
    MissingCode.NOT_ASKED: MissingKey("f8", "9"),
    MissingCode.DECLINED: MissingKey("ctrl+d", "0"),
    MissingCode.PENDING: MissingKey("ctrl+p", "p"),
}
"""The keys of every way not to answer; both front ends and what they say about keys are made from these."""


def missing_keyed(letter: str) -> MissingCode | None:
    """The way not to answer that a letter stands for behind a colon; None if it stands for none."""
    return next((code for code, one in MISSING_KEYS.items() if one.letter == letter), None)


class Part(Protocol):
    """Which part of an answer is looked at: one row, or the rows that carry one mark, be it only of some rows."""

    @property
    def row(self) -> str | None:
        """The row."""

    @property
    def mark(self) -> str | None:
        """The mark."""

    @property
    def rows(self) -> tuple[str, ...] | None:
        """The rows among which a mark is looked for; None for all."""


class Answer(Struct, frozen=True):
    """What was answered to one item. Each kind of item has values of its own."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the answer names, in the order of the questionnaire; none where it holds no codes."""
        return ()

    @property
    def own_words(self) -> str | None:
        """The text of an answer in somebody's own words; None of every other."""
        return None

    @property
    def number(self) -> Decimal | None:
        """The number that it is; None if it is none."""
        return None

    @property
    def unknown_codes(self) -> tuple[str, ...]:
        """The codes of which it is not known whether the answer names them."""
        return ()

    @property
    def row_count(self) -> int:
        """How many rounds, or rows, it has."""
        return 0

    def rounds(self, item: str) -> "tuple[Mapping[str, Answer], ...]":
        """The answers of each of its rounds, by item; `item` is the one that was answered."""
        return ()

    def part(self, part: Part) -> "Answer | None":
        """The answer to a part of the question; the answer itself where it has no parts."""
        return self

    @property
    def said_on(self) -> date | None:
        """The day on which it was said, where what it means hangs on that; None for the day of the intake."""
        return None

    @property
    def counts_from_intake(self) -> bool:
        """Whether it, or some of it, says how long before the day of the intake something was, without naming that day."""
        return False

    def days_before(self, today: date) -> tuple[Decimal, Decimal] | None:
        """Fewest and most days between it and `today`, the day of the intake; None if it is no date."""
        return None


class Missing(Answer, frozen=True):
    """No value, and why."""

    code: MissingCode


Plain: TypeAlias = str | int | Decimal | list["Plain"] | Mapping[str, "Plain"]
"""An answer as TOML and JSON can hold it."""


def missing_label(code: MissingCode, words: Words, *, patient: bool) -> str:
    """The words of a way not to answer, for this reader."""
    return words(f"missing_patient.{code}" if patient else f"missing.{code}")
