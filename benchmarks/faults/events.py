"""Throws random events at the real program and looks whether it lives, shows something, and keeps only what was pressed.

    python benchmarks/faults/events.py [--events N] [--seed S] [--workers N] [--only SEED]

Keys and the mouse in every encoding, pastes with and without marks, replies of terminals whole and cut, bytes that mean
nothing, and windows of every size, several in one write. Staff answer the whole questionnaire, a patient the brief one.

Watched: the program ends by nothing but its own way out; the screen is never left empty; nothing goes to the clipboard; the
terminal is given back; every journal can be read. Every reply carries a mark that no person types: it may stand in no journal.
Now and then only replies come: then no journal may grow at all.
Prints the seed of every sitting that failed and the last events in it; --only runs one again. Exit status 1 when one failed.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import termios
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kills import LEFT_ON
from sitting import records_of

from msals_tui.errors import MsalsError
from msals_tui.records.drafts import read_draft
from pseudo_terminal import PATIENCE, Terminal, msals, running, set_size

A_SITTING = 400
"""Events of one program, if it does not leave before."""
AT_ONCE = 6
"""Events of one write, at most."""
SILENCE, SETTLED = 0.02, 0.25
"""Seconds without output after which the program has drawn what it was sent, and has saved it too."""
UNTIL_FORGOTTEN = 1.2
"""After which what was begun and does not go on means nothing; a paste without an end waits twice as long."""
QUIET_EVERY = 25
"""Writes between two stretches of replies alone."""
WAYS_OUT = (0,)
"""Exit statuses of its own way out."""
MARK = "QZXJ"
"""Stands in every reply with a text, and nobody types it."""
MARKS = (b"QZ", b"ZX", b"XJ")
"""Any two letters of it."""
LAST = 25
"""Writes that are told of a sitting that failed."""

LEAST = 20, 5
"""A smaller window has room for nothing."""

Draw = Callable[[random.Random], str]

_LEGACY = [
    *["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOA", "\x1bOB", "\x1b[1;2A", "\x1b[1;5C", "\x1b[1;3D"],
    *["\x1b[a", "\x1bOd", "\x1b[5D"],
    *["\x1b[H", "\x1b[F", "\x1b[1~", "\x1b[4~", "\x1b[7~", "\x1b[8~", "\x1b[2~", "\x1b[3~", "\x1b[3$"],
    *["\x1b[3^", "\x1b[5~", "\x1b[6~", "\x1b[Z"],
    *["\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[[A", "\x1b[[B", "\x1b[11~", "\x1b[13~", "\x1b[15~"],
    *["\x1b[15;2~", "\x1b[17~", "\x1b[18~"],
    *["\x1b[19~", "\x1b[20~", "\x1b[24~", "\x1b[23;2~", "\x1b\x7f", "\x1bb", "\x1b\x1b[A", "\x1b[1;1:3A"],
    *["\x1b[1;1:1B", "\x1b[99999999999999999999~"],
]  # fmt: skip
_CONTROLS = [chr(code) for code in range(1, 32) if code not in (17, 27)]
_TYPED = [
    "numb hands",
    "2019",
    "46",
    "2 years ago",
    "since march",
    "no",
    "yes",
    "today",
    "1.5",
    "-",
    "é筋",
    "\t",
    "60 ",
]


def _kitty(rng: random.Random) -> str:
    code = rng.choice([13, 27, 9, 127, 32, *range(48, 58), *range(97, 123), 57358, 57399, 57414, 57441, 0, 1114112])
    held = rng.choice(["", ";1", ";2", ";3", ";5", ";9", ";65", ";1:1", ";1:2", ";1:3", ";5:3", ";0", ";300"])
    text = rng.choice(["", "", f";{code}"]) if held else ""
    return f"\x1b[{code}{rng.choice(['', ':65', '::97'])}{held}{text}u"


def _xterm(rng: random.Random) -> str:
    return f"\x1b[27;{rng.randrange(1, 9)};{rng.choice([13, 9, 49, 50, 97, 99, 120])}~"


def _alt(rng: random.Random) -> str:
    return "\x1b" + chr(rng.choice([*range(32, 79), *range(81, 88), *range(97, 127), 13]))  # not what begins a sequence


def _click(rng: random.Random) -> str:
    x, y, button = rng.randrange(1, 130), rng.randrange(1, 45), rng.choice([0, 0, 0, 0, 1, 2, 4, 16, 64, 65, 128])
    one = f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m"
    return one * rng.choice([1, 1, 2, 2, 3])


def _low_click(rng: random.Random) -> str:
    x, y = rng.randrange(2, 60), rng.choice([*range(3, 16), 22, 23, 24])
    return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" * rng.choice([1, 2, 2])


def _mouse(rng: random.Random) -> str:
    x, y, button = rng.randrange(1, 130), rng.randrange(1, 45), rng.randrange(68)
    return rng.choice([
        f"\x1b[<{button | 32};{x};{y}M", f"\x1b[<{button};{x * 9};{y * 18}M", f"\x1b[{button + 32};{x};{y}M",
        f"\x1b[<0;{x};{y}M",
        f"\x1b[M{chr(button + 32)}{chr(min(x, 94) + 32)}{chr(y + 32)}", f"\x1b[M{chr(32)}{chr(x + 32)}{chr(y + 32)}",
        f"\x1b[<0;{x};{y}m", f"\x1b[<-1;-{x};{y}M", "\x1b[<0;0;0M\x1b[<0;0;0m",
        f"\x1b[M{os.fsdecode(bytes((32, min(x + 60, 255), min(y + 60, 255))))}\x1b[I",  # two bytes may be one character
    ])  # fmt: skip


def _paste(rng: random.Random) -> str:
    text = rng.choice(
        ["tingling\nin both hands", "1\r2\r\x1b[A", "", "\x1b[31mred\x1b[0m", "x" * 5000, "\x00\x07", "\u202e"]
    )
    return rng.choice([f"\x1b[200~{text}\x1b[201~", f"\x1b[200~{text}\x1b[201~", "\x1b[201~"])


def _endless_paste(rng: random.Random) -> str:
    """One that is over when nothing more comes: until then whatever comes belongs to it."""
    return rng.choice(["\x1b[200~half a 1\r sentence", "feet 1\r" * 60])


def reply(rng: random.Random) -> str:
    """What a terminal answers, or reports by itself."""
    number = rng.randrange(100)
    return rng.choice([
        f"\x1b]{number};rgb:1{MARK}/2/3\x07", f"\x1b]52;c;{MARK}MQ0yDTEN\x1b\\", f"\x1b]l{MARK} 1 2 yes\x1b\\",
        f"\x1bP1$r{number};1{MARK}m\x1b\\",
        f"\x1bP>|{MARK}({number})\x1b\\", f"\x1bP!|{MARK}\x1b\\", f"\x1b_G{MARK};OK 1\x1b\\",
        f"\x1b^{MARK}\r1\r\x1b\\", f"\x1bX{MARK}2\r\x1b\\",
        f"\x9d{number};{MARK}\x9c", f"\x1bPtmux;\x1b\x1b]11;{MARK}\x07\x1b\\",
        f"\x1b[{number};{number}R", "\x1b[1;1R", "\x1b[0n", "\x1b[?62;1;4c",
        "\x1b[>41;370;0c", "\x1b[8;24;80t", f"\x1b[4;{number};800t", f"\x1b[48;{number};{number};0;0t",
        "\x1b[48;0;0;0;0t", "\x1b[?2048;2$y",
        "\x1b[?2026;2$y", "\x1b[?997;1n", "\x1b[?25u", "\x1b[49~",
        f"\x1b[{number}~" if number > 40 else "\x1b[50~", "\x1b[49;1:3u", "\x9b0n",
        "\x1b[I", "\x1b[O", "\x1b[2;1;1;112;112;1;0x", "\x1b[?1;0;256S",
    ])  # fmt: skip


def _junk(rng: random.Random) -> str:
    return os.fsdecode(rng.randbytes(rng.randrange(1, 5)))


KINDS: dict[str, tuple[int, Draw]] = {
    "answer": (24, lambda rng: rng.choice("1112223457yn") + "\r"),
    "digit": (8, lambda rng: rng.choice("0123456789")),
    "enter": (8, lambda _: "\r"),
    "letter": (5, lambda rng: rng.choice("abcdefghijklmnopqrstuvwxyz?:/ ")),
    "words": (8, lambda rng: rng.choice(_TYPED)),
    "escape": (4, lambda _: "\x1b"),
    "key": (14, lambda rng: rng.choice(_LEGACY)),
    "control": (6, lambda rng: rng.choice(_CONTROLS)),
    "leave": (1, lambda rng: rng.choice(["\x1b[21~", "\x11"])),
    "kitty": (8, _kitty),
    "xterm": (2, _xterm),
    "alt": (3, _alt),
    "click": (12, _click),
    "click left": (12, _low_click),
    "mouse": (8, _mouse),
    "paste": (4, _paste),
    "reply": (12, reply),
    "junk": (3, _junk),
}
"""Kinds of events with how often they come."""
SIZES = [(80, 24), (80, 24), (120, 40), (60, 20), (200, 60), (79, 24), (20, 5), (1, 1), (0, 0), (0, 24), (300, 100)]


class Sitting:
    """One program and what is done to it."""

    def __init__(self, terminal: Terminal, home: Path, rng: random.Random) -> None:
        self.terminal, self.home, self.rng = terminal, home, rng
        self.told: deque[str] = deque(maxlen=LAST)
        self.counted: Counter[str] = Counter()
        self.shows = True
        """Whether the window has room for anything."""

    def run(self, events: int) -> int:
        """Sends so many events, or fewer if the program leaves; how many. AssertionError when something is wrong."""
        sent = writes = 0
        while sent < events and self.terminal.status is None:
            sent += self._write()
            writes += 1
            self.look()
            if writes % QUIET_EVERY == 0:
                sent += self._replies_alone()
        if self.terminal.status is None:
            self._resize((80, 24))
            self.look()
            with suppress(ProcessLookupError):
                self.terminal.signal(signal.SIGTERM)
            self._until(lambda: self.terminal.status is not None, "does not end when it is asked to")
            ended = self.terminal.status
            assert ended in (128 + signal.SIGTERM, *WAYS_OUT), f"exit status {ended} after TERM"
        else:
            said = self.terminal.output[-600:]
            assert self.terminal.status in WAYS_OUT, f"ended by itself with {self.terminal.status}, and said {said!r}"
        self._look_behind()
        return sent

    def _write(self) -> int:
        names = self.rng.choices(
            list(KINDS), [often for often, _ in KINDS.values()], k=self.rng.randrange(1, AT_ONCE + 1)
        )
        data = "".join(KINDS[name][1](self.rng) for name in names)
        self.counted.update(names)
        self._send(data)
        if self.rng.random() < 0.02:
            self._send(_endless_paste(self.rng))
            self.wait(2 * UNTIL_FORGOTTEN)
            self.counted["endless paste"] += 1
        if self.rng.random() < 0.06:
            self._resize(self.rng.choice(SIZES))
            self.counted["resize"] += 1
            return len(names) + 1
        return len(names)

    def _send(self, data: str) -> None:
        self.told.append(repr(data))
        cut = self.rng.randrange(2, max(len(data), 3)) if self.rng.random() < 0.3 else 0
        if data[cut - 1 : cut] == "\x1b":  # alone for a moment it is Esc
            cut = 0
        for part in (data[:cut], data[cut:]):
            if part:
                self._put(os.fsencode(part))

    def _put(self, data: bytes) -> None:
        """Writes as much at a time as the program takes."""
        while data and self.terminal.status is None:
            try:
                data = data[os.write(self.terminal._master, data[:1000]) :]
            except OSError:
                break
            if data:
                self.wait(SILENCE)

    def _resize(self, size: tuple[int, int]) -> None:
        """Pulls the window; one without a size is drawn in as a window of the usual size."""
        self.told.append(f"resize {size}")
        drawn = size if all(size) else SIZES[0]
        self.shows = drawn[0] >= LEAST[0] and drawn[1] >= LEAST[1]
        if drawn != (self.terminal.glass.width, self.terminal.glass.height):  # else nothing is drawn anew
            self.terminal.glass.resize(*drawn)
        with suppress(OSError):  # it has left
            set_size(self.terminal._master, *size)

    def wait(self, silence: float) -> None:
        """Until the program draws nothing for so long."""
        terminal = self.terminal
        until = time.monotonic() + PATIENCE
        quiet = time.monotonic()
        while time.monotonic() < until and time.monotonic() - quiet < silence and terminal.status is None:
            before = len(terminal.output)
            terminal._read(silence / 4)
            if len(terminal.output) > before:
                quiet = time.monotonic()
        if terminal.status is None:
            terminal._look_whether_it_ended()

    def look(self) -> None:
        """The screen shows something, or the program has left. AssertionError otherwise."""
        self.wait(SILENCE)
        terminal = self.terminal
        assert b"\x1b]52" not in terminal.output, "something went to the clipboard"
        if terminal.status is None and self.shows and not terminal.text.strip():
            self._until(lambda: bool(terminal.text.strip()) or terminal.status is not None, "the screen stays empty")
        terminal.output = terminal.output[-400:] if terminal.status is None else terminal.output

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        self.terminal.until(holds, otherwise)

    def _replies_alone(self) -> int:
        """Only replies come: no journal grows."""
        self.wait(UNTIL_FORGOTTEN)
        self.wait(SETTLED)
        before, sent = self._kept(), self.rng.randrange(5, 20)
        for _ in range(sent):
            self._send(reply(self.rng))
        self.counted["reply"] += sent
        self.wait(SETTLED)
        assert self.terminal.status is None or self.terminal.status in WAYS_OUT, (
            f"replies ended it: {self.terminal.status}"
        )
        assert self._kept() == before, "replies alone changed a journal"
        return sent

    def _kept(self) -> dict[str, int]:
        return {path.name: path.stat().st_size for path in (self.home / "data").rglob("journal-*") if path.is_file()}

    def _look_behind(self) -> None:
        """Everything is as it was, and what is kept can be read and was typed. AssertionError otherwise."""
        modes = self.terminal.glass.modes
        assert not LEFT_ON & modes, f"left on: {LEFT_ON & modes}"
        assert 25 in modes, "the cursor stays hidden"
        assert b"Traceback" not in self.terminal.output, "a traceback"
        for kept in records_of(self.home).all():
            assert not kept.faults, f"a journal is damaged: {kept.faults}"
            try:
                read_draft(kept)
            except MsalsError as fault:
                raise AssertionError(f"a journal cannot be read: {fault}") from fault
        for path in (self.home / "data").rglob("journal-*"):
            text = path.read_bytes()
            told = next((line for line in text.splitlines() if any(part in line for part in MARKS)), b"")
            assert not told, f"a reply stands in a journal: {told[-300:]!r}"


def _is_quiet(terminal: Terminal) -> bool:
    """Whether the program has the keyboard: before that a key still ends its start."""
    return (termios.tcgetattr(terminal._master)[3] & termios.ISIG) == 0


def trial(task: tuple[int, int, bool]) -> dict[str, object]:
    """Programs in one home one after the other, until so many events were sent."""
    seed, events, aloud = task
    rng = random.Random(seed)
    found: dict[str, object] = {"seed": seed}
    counted: Counter[str] = Counter()
    sent = programs = 0
    with tempfile.TemporaryDirectory(prefix="msals-events-") as folder:
        asked = rng.choice(["ms_als_intake", "ms_als_brief", "ms_als_brief", ""])
        command = msals("intake", "--questionnaire", asked) if asked else msals()
        while sent < events:
            size = rng.choice([(80, 24), (100, 30), (120, 40)])
            with running(*command, home=Path(folder), size=size) as terminal:
                sitting = Sitting(terminal, Path(folder), rng)
                try:
                    terminal.until(lambda: _is_quiet(terminal), "never takes the keyboard")
                    if rng.random() < 0.8:
                        terminal.see("I have read this").send("\r")
                    sent += sitting.run(min(A_SITTING, events - sent))
                except AssertionError as problem:
                    found["problem"] = f"{asked or 'home'}, {size}: {str(problem)[:3000]}"
                    found["events"] = list(sitting.told)
                    sent = events
                counted += sitting.counted
                programs += 1
                if aloud:
                    print(
                        f"program {programs}: {sum(sitting.counted.values())} events, status {terminal.status}",
                        flush=True,
                    )
    return found | {"counted": dict(counted), "programs": programs}


def main() -> int:
    """Runs all sittings and prints what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--only", type=int, help="the seed of one sitting, as it was printed")
    chosen = parser.parse_args()
    seeds = [chosen.seed * 1_000_000 + number for number in range(-(-chosen.events // A_SITTING))]
    tasks = [(seed, A_SITTING, False) for seed in seeds] if chosen.only is None else [(chosen.only, A_SITTING, True)]
    counted: Counter[str] = Counter()
    failed = programs = 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="msals-checked-") as checked:
        os.environ["XDG_CACHE_HOME"] = checked
        with multiprocessing.Pool(min(chosen.workers, len(tasks))) as pool:
            for found in pool.imap_unordered(trial, tasks):
                counted.update(found["counted"])  # type: ignore[arg-type]
                programs += int(found["programs"])  # type: ignore[call-overload]
                if "problem" in found:
                    failed += 1
                    print(json.dumps(found), flush=True)
    print(
        f"{sum(counted.values())} events at {programs} programs in {time.monotonic() - began:.0f} s, seed {chosen.seed}"
    )
    print(", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
    print(f"failed {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
