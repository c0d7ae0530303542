"""Where time and identity come from: the machine, or values injected by a replay or a test."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the time and new ids."""

    def now(self) -> datetime:
        """The present time, with its zone, whole seconds."""

    def new_id(self) -> str:
        """A new id of 128 random bits that says nothing about anybody."""


class MachineClock:
    """The machine's own time and randomness."""

    def now(self) -> datetime:
        """The present time where the machine stands, whole seconds: the day of an intake is the day of the people in it."""
        return datetime.now(UTC).astimezone().replace(microsecond=0)

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Always the same time and id: for replays, pictures and tests."""

    time: datetime
    id: str

    def now(self) -> datetime:
        """The injected time."""
        return self.time

    def new_id(self) -> str:
        """The injected id."""
        return self.id
