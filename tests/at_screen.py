"""Somebody at the screen: the real application without a terminal. Keys are pressed, the screen is read as text.

Nothing here sleeps for a while and hopes: every step waits until all that it set off has happened.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.strip import Strip

from builders import questionnaire as built
from msals_tui.content.library import Library
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.reference import Reference
from msals_tui.flow.startup import Startup
from msals_tui.flow.steps import Accepted, Notice
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.words import Words
from msals_tui.safety.model import SafetyFile
from msals_tui.session.options import Options
from msals_tui.session.session import DECISIONS, Session
from msals_tui.ui.app import MsalsApp
from msals_tui.ui.drawing.glyphs import UNICODE
from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.views.safety import DECIDE
from sittings import Hourglass, content, english, shipped
from sittings import catalog as catalog_at

POINTER = UNICODE.pointer
PATIENCE = 10.0
"""Seconds after which something that was waited for will not happen any more."""


@dataclass(frozen=True, eq=False)
class SmallLibrary:
    """Content that stands inside a test, in place of the shipped library."""

    asked: tuple[Questionnaire, ...]
    safety: SafetyFile
    evidence: Evidence | None = None

    @property
    def questionnaire_files(self) -> Mapping[str, Questionnaire]:
        """What the home screen offers, by id."""
        return {one.id: one for one in self.asked}

    def questionnaire(self, name: str) -> Questionnaire:
        """One of them."""
        return self.questionnaire_files[name]

    def questionnaire_in(self, language: str, name: str) -> Questionnaire:
        """One of them, always in English."""
        return self.questionnaire(name)

    def safety_in(self, language: str | None) -> SafetyFile:
        """Its safety rules, always in English."""
        return self.safety

    def evidence_in(self, language: str | None) -> Evidence | None:
        """Its evidence, likewise."""
        return self.evidence

    def reference_in(self, language: str | None) -> Reference | None:
        """The shipped reference where there is evidence."""
        return shipped().reference if self.evidence is not None else None

    def words(self, language: str) -> Words:
        """English."""
        return english()


def library(*tomls: str, safety: str = "", evidence: Evidence | None = None) -> SmallLibrary:
    """A library of questionnaires as in `builders`."""
    rules = content('[[item]]\nid="x"\ntype="yes_no"', safety=safety)
    file = SafetyFile(schema_="msals-safety/1", version="1.0.0", rule=rules.safety)
    return SmallLibrary(tuple(built(toml) for toml in tomls), file, evidence)


def strips(app: MsalsApp) -> list[Strip]:
    """What stands on the screen now, line by line, as it would be sent to a terminal."""
    return app.screen._compositor.render_strips()


def grid(app: MsalsApp) -> str:
    """The visible text of the screen, one line a row, without spaces at the ends of lines."""
    return "\n".join(strip.text.rstrip() for strip in strips(app))


class Seat:
    """Somebody who sits at the screen."""

    def __init__(self, app: MsalsApp, notice: Callable[[Notice], None], clock: Hourglass) -> None:
        self.app = app
        self.clock = clock
        """By which it is told whether a safety page was read."""
        self.notice = notice
        """Shows the notice, also where the seat leaves it out."""

    # What is done

    async def press(self, *keys: str) -> "Seat":
        """Presses keys, each once everything that the one before set off has happened."""
        for key in keys:
            self.app.post_message(events.Key(key, " " if key == "space" else None))
            await self.quiet()
        return self

    async def read(self) -> "Seat":
        """Reads the safety page that is open, keys left alone."""
        assert self.page == "SafetyPage"
        self.clock.passed += 60_000
        return self

    async def decide(self, choice: str) -> "Seat":
        """Reads the safety page that is open, and takes a choice."""
        await self.read()
        for _ in DECISIONS:
            await self.press("down")
            if self.app.screen.pointer == f"{DECIDE}{choice}":  # type: ignore[attr-defined]
                break
        return await self.press("enter")

    async def type(self, text: str) -> "Seat":
        """Types a text quickly, character by character."""
        for character in text:
            key = {" ": "space", "\n": "enter"}.get(character, character)
            self.app.post_message(events.Key(key, None if key == "enter" else character))
        await self.quiet()
        return self

    async def paste(self, text: str) -> "Seat":
        """Pastes a text as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.quiet()
        return self

    async def click(self, text: str, *, right: int = 0) -> "Seat":
        """Clicks on the first character of a text on the screen, or so many cells to the right of it."""
        for y, line in enumerate(self.grid.split("\n")):
            if (x := line.find(text)) >= 0:
                return await self.click_at(cell_len(line[:x]) + right, y)
        raise AssertionError(f"{text!r} does not stand on the screen:\n{self.grid}")

    async def click_target(self, target: str) -> "Seat":
        """Clicks on the first cell that does something, such as choosing `entry:left`."""
        x, y = self.cells_of(target)[0]
        return await self.click_at(x, y)

    async def click_at(self, x: int, y: int) -> "Seat":
        """Presses and releases the left button on a cell."""
        for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
            button = 0 if kind is events.MouseMove else 1
            self.app.post_message(
                kind(None, x=x, y=y, delta_x=0, delta_y=0, button=button, shift=False, meta=False, ctrl=False,
                     screen_x=x, screen_y=y)
            )  # fmt: skip
            await self.quiet()
        return self

    async def resize(self, width: int, height: int) -> "Seat":
        """Another size of window."""
        size = Size(width, height)
        self.app._driver._size = size  # type: ignore[union-attr]
        self.app.post_message(events.Resize(size, size))
        await self.until(lambda: self.app.screen._compositor.size == size)
        await self.quiet()
        return self

    # What is seen

    @property
    def grid(self) -> str:
        """The screen."""
        return grid(self.app)

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return self.grid.split("\n")

    @property
    def words(self) -> str:
        """Everything on the screen with single spaces, for sentences that may be broken over lines."""
        return " ".join(self.grid.split())

    def line(self, text: str) -> str:
        """The first line that holds a text."""
        for line in self.lines:
            if text in line:
                return line
        raise AssertionError(f"{text!r} does not stand on the screen:\n{self.grid}")

    def row(self, text: str) -> int:
        """The number of the first line that holds a text, from 0."""
        return self.lines.index(self.line(text))

    def reads(self, *texts: str) -> bool:
        """Whether some line holds all of these, in this order."""
        return any(_in_order(line, texts) for line in self.lines)

    def cells_of(self, target: str, *, role: str = "") -> list[tuple[int, int]]:
        """The first cell of every span that does something; with `role`, of those alone that are shown like this."""
        found = []
        for lines in self.app.screen.query(Lines):
            for y, spans in enumerate(lines.rows[: lines.size.height]):
                x = lines.region.x
                for span in spans:
                    if span.target == target and span.role.startswith(role):
                        found.append((x, lines.region.y + y))
                    x += cell_len(span.text)
        return found

    @property
    def pointed(self) -> str:
        """What the pointer stands before; "" where nothing is pointed at."""
        left = 0
        if cards := self.app.screen.query("#card"):
            left = cards.first().region.x
        found = (line[left:].partition(POINTER) for line in self.lines)
        return next((after.strip() for _, pointer, after in found if pointer), "")

    @property
    def page(self) -> str:
        """The name of the screen that is open."""
        return type(self.app.screen).__name__

    @property
    def session(self) -> Session:
        """The sitting behind the screen."""
        assert self.app.session is not None
        return self.app.session

    @property
    def given(self) -> dict[str, Answer]:
        """What was answered so far."""
        return dict(self.session.interview.response.given)

    @property
    def at(self) -> str | None:
        """The question that the interview stands at."""
        return self.session.interview.position

    @property
    def cursor(self) -> Offset:
        """Where the terminal's own cursor stands."""
        return self.app.cursor_position

    # PendingDrafts

    async def until(self, holds: Callable[[], bool]) -> "Seat":
        """Waits until something holds."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if self.app._exception is not None:
                raise self.app._exception
            if time.monotonic() > deadline:
                raise AssertionError(f"never happened; the screen shows\n{self.grid}")
            await asyncio.sleep(0.001)
        return self

    async def quiet(self) -> None:
        """Waits until nothing is on its way any more: no message in a queue, nothing to lay out, nothing to draw."""
        still = 0
        deadline = time.monotonic() + PATIENCE
        while still < 3:
            if self.app._exception is not None:
                raise self.app._exception
            if not self.app.is_running or self.app._exit:
                return
            if time.monotonic() > deadline:
                raise AssertionError("the application never came to rest")
            screen = self.app.screen
            await self._rounds(screen)
            if screen is self.app.screen and not _busy(self.app):
                still += 1
            else:
                still = 0
                await asyncio.sleep(0.001)

    async def _rounds(self, screen: Screen[object]) -> None:
        """Waits until everything that is in a queue now was looked at."""
        # Of the other parts `_busy` sees whether anything waits for them; to send each a message would be most of all messages.
        focused = screen.focused
        pumps = [self.app, screen, *([focused] if focused is not None else [])]
        left = 0
        done = asyncio.Event()

        def seen() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                done.set()

        for pump in pumps:
            left += pump.call_later(seen)
        while left and not done.is_set() and self.app._exception is None and not self.app._exit:
            await asyncio.sleep(0)


def _in_order(line: str, texts: tuple[str, ...]) -> bool:
    for text in texts:
        _, found, line = line.partition(text)
        if not found:
            return False
    return True


def _busy(app: MsalsApp) -> bool:
    """Whether a message is on its way, something is to be laid out, drawn or saved, or a disk is waited for."""
    screen = app.screen
    saving = app.recording.saving if app.recording is not None else None
    disk = any(not one.is_finished for one in app.workers) or (
        saving is not None and saving.waiting and not saving.fault
    )
    waiting = any(not pump._message_queue.empty() for pump in (app, *screen.walk_children(with_self=True)))
    drawing = screen._callbacks or screen._layout_required or screen._dirty_widgets or screen._repaint_required
    return waiting or bool(drawing) or bool(disk) or app.key_queue.busy


@asynccontextmanager
async def seated(
    toml: str = "",
    *,
    size: tuple[int, int] = (80, 24),
    safety: str = "",
    evidence: Evidence | None = None,
    read: bool = True,
    own: SmallLibrary | Library | None = None,
    records: Path | None = None,
    now: datetime | None = None,
    **options: object,
) -> AsyncIterator[Seat]:
    """Somebody in front of a sitting to this questionnaire, the notice read (unless `read` is false).

    Recorded where a folder for `records` is named; `now` is what the clock says.
    """
    chosen = {"start": "intake", "questionnaire": "test", "glyphs": "unicode", **options}
    content_of = own or library(toml, safety=safety, evidence=evidence)
    catalog = catalog_at(records, content_of) if records is not None else None  # type: ignore[arg-type]
    options_here = Options(**chosen)  # type: ignore[arg-type]
    words = content_of.words(options_here.language)
    clock = Hourglass(now)
    startup = Startup(options_here, content_of, words, clock, catalog)  # type: ignore[arg-type]
    if catalog is not None:
        startup.look()
        startup.load()
    app = MsalsApp(startup)
    notice = app.steps.pages[Notice]
    if read and chosen["start"] == "intake":  # a screen less for most tests; those of the notice itself read it
        app.steps.pages[Notice] = lambda _: app.steps.take(Accepted())
    async with app.run_test(size=size, notifications=True, tooltips=True):
        seat = Seat(app, notice, clock)
        await seat.quiet()
        if read and chosen["start"] == "home":
            await seat.press("enter")
        yield seat
