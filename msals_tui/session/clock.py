"""Where time and identity come from: the machine, or values injected by a replay or a test."""

import secrets
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

from msgspec import Struct

NOT_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right tells a time before the program was written."""

_TOLERANCE = timedelta(days=1)
"""By so much the clocks of two machines with one folder of records may differ, or one that was set."""


class Clock(Protocol):
    """Gives the time and new ids."""

    def now(self) -> datetime:
        """The present time, with its zone, whole seconds."""

    def ms(self) -> int:
        """Milliseconds since the sitting began, by a clock that never jumps."""

    def new_id(self) -> str:
        """A new id of 128 random bits that says nothing about anybody."""


class MachineClock:
    """The machine's own time and randomness."""

    def __init__(self) -> None:
        self._began = monotonic()

    def now(self) -> datetime:
        """The present time where the machine stands, whole seconds: the day of an intake is the day of the people in it."""
        now = datetime.now(UTC).replace(microsecond=0)
        try:
            here = now.astimezone()
        except (ValueError, OverflowError, OSError):
            return now
        # A zone that is set to no zone of this world, or one of a century ago, would be no time that a file can hold.
        return here if (here.utcoffset() or timedelta()) % timedelta(minutes=1) == timedelta() else now

    def ms(self) -> int:
        """Milliseconds since this clock was made."""
        return round((monotonic() - self._began) * 1000)

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return secrets.token_hex(16)


class FixedClock(Struct, frozen=True):
    """Always the same time and id: for replays, pictures and tests."""

    time: datetime
    id: str

    def now(self) -> datetime:
        """The injected time."""
        return self.time

    def ms(self) -> int:
        """None have passed."""
        return 0

    def new_id(self) -> str:
        """The injected id."""
        return self.id


def is_wrong(now: datetime, written: datetime | None = None) -> bool:
    """Whether a clock tells a time that cannot be: before the program was written, or before the newest entry here."""
    return now < NOT_BEFORE or (written is not None and now < written - _TOLERANCE)


def local(time: datetime, *, seconds: bool = False) -> str:
    """A time as the clock on this wall shows it."""
    try:
        return f"{time.astimezone():%Y-%m-%d %H:%M:%S}"[: None if seconds else -len(":00")]
    except (OverflowError, ValueError, OSError):  # at the ends of what a calendar holds
        return time.isoformat()
