"""When a safety interruption takes a decision: once it can have been read, and nobody is typing any more.

Whoever answers quickly, or types ahead, still types when the interruption appears. What they type then is about a question
that is gone, and decides nothing. Pure: whoever shows the interruption says what time it is, in milliseconds of any clock
that only goes on.
"""

from msgspec import Struct
from msgspec.structs import replace

WORDS_A_MINUTE = 238
"""How fast adults read plain English silently: the mean of 190 studies (Brysbaert 2019, doi 10.1016/j.jml.2019.104047)."""
LEAST_MS = 1500
"""Nothing is seen, read and understood sooner, however short it is."""
PAUSE_MS = 700
"""So long nothing is typed before a decision counts. A key that is held down repeats sooner, in X after 660 ms."""


def readable_ms(text: str) -> int:
    """How long a text takes to read, at least LEAST_MS. Words are what spaces part."""
    return max(LEAST_MS, round(len(text.split()) * 60_000 / WORDS_A_MINUTE))


class Reading(Struct, frozen=True):
    """An interruption that is up and is being read."""

    readable: int
    """From when on it can have been read."""
    due: int
    """From when on a decision counts."""

    @classmethod
    def begun(cls, text: str, now: int) -> "Reading":
        """It appeared now. `text` is the sentence that must be read: what the answer can mean, in the reader's words."""
        readable = now + readable_ms(text)
        return cls(readable, readable)

    def disturbed(self, now: int) -> "Reading":
        """Something was typed now: it decides nothing, and the pause begins anew."""
        return replace(self, due=max(self.readable, now + PAUSE_MS))

    def over(self, now: int) -> bool:
        """Whether a decision counts now."""
        return now >= self.due
