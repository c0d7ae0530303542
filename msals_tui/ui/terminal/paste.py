"""What the terminal sends, read so that a pasted text comes in whole and nothing inside it is ever taken for a key.

Textual's parser looks for escape sequences inside a paste too: an ESC there loses text or turns it into keys, NUL is
dropped unsaid, a paste without an end swallows every key for good, and a byte that is no UTF-8 ends the program. Here a
paste begins and ends with its marks alone, and everything between them is text, which the fields clean and count.

Two kinds of paste have no marks to go by, and the time between two reads decides instead:

    no end          what came is taken once nothing more follows for `SILENCE`, and keys are keys again
    no marks        a terminal without bracketed paste mode sends more at once than anybody can type (`BURST`); it is
                    one paste until nothing more follows for `BURST_SILENCE`, a shorter one cannot be told from keys

What cannot be told apart: the end mark inside the pasted text itself. Terminals take it (or its ESC) out before they
paste; where one does not, the paste ends there and what follows is keys, unless it is long enough to be a burst.
"""

from collections.abc import Callable, Iterable
from time import monotonic

# Private, since Textual has no hook between the bytes of a terminal and its keys; tests fail when it changes.
from textual._xterm_parser import XTermParser
from textual.events import Paste
from textual.message import Message

from msals_tui.ui.terminal.key_filter import KeyFilter

PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
SILENCE = 2.0
"""Seconds of silence after which a marked paste has ended although its end mark never came."""

BURST = 256
"""So many characters in one read, without a single escape sequence, were never typed."""

BURST_SILENCE = 0.2
"""Seconds of silence that end a paste without marks."""


class PasteParser(XTermParser):
    """Keys and mouse, as Textual reads what a `KeyFilter` lets pass, and `Paste` with the whole text between the marks."""

    def __init__(self, debug: bool = False, *, now: Callable[[], float] = monotonic) -> None:  # noqa: FBT001, FBT002
        self._now = now
        self._filter = KeyFilter(now)
        self._pasted: list[str] | None = None
        """The pieces of the paste that is open; None outside one."""
        self._before = ""
        """The last few characters that came; a mark may come in two pieces."""
        self._heard = 0.0
        self._patience = SILENCE
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """What these characters mean; the empty string is the end of all input."""
        self._heard = self._now()
        if not data:
            yield from super().feed(data)
        while data:
            piece, data, marked = self._up_to_mark(data)
            if self._pasted is not None:
                self._pasted.append(piece)
                if marked:
                    yield self._whole(without=len(PASTE_ENDS))
            elif marked:
                yield from self._typed(self._filter.feed(piece))  # to which a mark means nothing
                self._pasted, self._patience = [], SILENCE
            elif len(piece) >= BURST and "\x1b" not in piece and self._filter.patience is None:
                self._pasted, self._patience = [piece], BURST_SILENCE
            else:
                yield from self._typed(self._filter.feed(piece))

    def tick(self) -> Iterable[Message]:
        """What the time that went by means; to be called when no seconds are left."""
        if self.seconds_left() != 0:
            return
        if self._pasted is not None:
            yield self._whole()
        else:
            yield from self._typed(self._filter.silence())

    def seconds_left(self) -> float | None:
        """So long it means nothing that nothing comes; None for ever."""
        patience = self._patience if self._pasted is not None else self._filter.patience
        return None if patience is None else max(self._heard + patience - self._now(), 0.0)

    def _typed(self, typed: Iterable[str]) -> Iterable[Message]:
        for one in typed:
            yield from super().feed(one)

    def _up_to_mark(self, data: str) -> tuple[str, str, bool]:
        """The part up to the end of the next mark that matters here, the rest, and whether there was such a mark."""
        mark = PASTE_BEGINS if self._pasted is None else PASTE_ENDS
        seen = self._before + data
        at = seen.find(mark)
        if at < 0:
            self._before = seen[1 - len(mark) :]
            return data, "", False
        end = at + len(mark) - len(self._before)
        self._before = ""
        return data[:end], data[end:], True

    def _whole(self, *, without: int = 0) -> Paste:
        """Ends the paste: its text, without so many characters of the mark at its end."""
        text = "".join(self._pasted or ())
        self._pasted = None
        return Paste(text[: len(text) - without])
