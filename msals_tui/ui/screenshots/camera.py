"""Runs the application without a terminal and takes its picture."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

from msgspec import field
from textual.events import Key
from textual.pilot import Pilot

from msals_tui.content.library import Library
from msals_tui.errors import Filled, InputFault
from msals_tui.flow.startup import Startup
from msals_tui.interview.events import Answered, Jump
from msals_tui.session.clock import FixedClock
from msals_tui.session.options import DEFAULT_LANGUAGE
from msals_tui.session.session import Session
from msals_tui.ui.app import MsalsApp
from msals_tui.ui.screens.page_base import Page
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.screenshots.scenes import Press, Scene, Story, To
from msals_tui.ui.screenshots.stories import read_story, walk
from msals_tui.ui.screenshots.svg import standing_alone


class _Unhurried(FixedClock, frozen=True):
    """Always the same time, and a minute between any two looks at it: whatever is to be read was read."""

    looked: Iterator[int] = field(default_factory=count)

    def ms(self) -> int:
        """A minute later than before."""
        return 60_000 * next(self.looked)


CLOCK = _Unhurried(datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "5f0c1f1e8a7d4b3c9e2a6d5f4c3b2a19")
MOST_STEPS = 400
"""How far the pointer is moved to find something before that counts as not there."""


def photograph(scene: Scene, library: Library) -> str:
    """The picture of one scene as SVG. Raises InputFault if the content no longer leads to it."""
    with _environment(no_colour=scene.no_colour):
        return asyncio.run(_photograph(scene, library))


@contextmanager
def _environment(*, no_colour: bool) -> Iterator[None]:
    """What the person's own environment says about colours has no part in the pictures."""
    before = os.environ.pop("NO_COLOR", None)
    if no_colour:
        os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        os.environ.pop("NO_COLOR", None)
        if before is not None:
            os.environ["NO_COLOR"] = before


async def _photograph(scene: Scene, library: Library) -> str:
    app = MsalsApp(Startup(scene.options, library, library.words(DEFAULT_LANGUAGE), CLOCK))
    async with app.run_test(size=scene.size) as pilot:
        if scene.story is not None:
            await pilot.press("enter")
            await pilot.pause()
            if app.session is None:
                raise InputFault("no question was opened", where=scene.name)
            _tell(app.session, scene.story)
            app.steps.show(app.flow.where_it_stands())
            await pilot.pause()
        for step in scene.steps:
            await _take(pilot, step)
        await pilot.pause()
        exported = app.export_screenshot(simplify=True)
        background = None if app.current_theme.ansi else app.current_theme.background
    return standing_alone(exported, scene.size, about=scene.about, background=background)


def _tell(session: Session, told: Story) -> None:
    """The story up to its question, then the answers that were put right later."""
    walk(session, read_story(told.name), told.until)
    today, items = session.interview.response.today, session.content.questionnaire
    for name, value in told.corrections.items():
        session.post(Jump(name, come_back=True))
        session.post(Answered(name, items.item(name).read(value, today)))
    session.post(Jump(told.reopen or told.until))


async def _take(pilot: Pilot[str], step: Press | To) -> None:
    """One key, or the pointer moved with a key until it is on something."""
    if isinstance(step, Press):
        await pilot.press(step.key)
        return
    for _ in range(MOST_STEPS):
        if _pointer(pilot) == step.target:
            return
        # A move opens nothing that is to be waited for, and pictures take many.
        pilot.app.post_message(Key(step.key, step.key if len(step.key) == 1 else None))
        await pilot.pause()
    raise InputFault(Filled("the pointer never comes to {target}", target=step.target))


def _pointer(pilot: Pilot[str]) -> str | None:
    """What the pointer is on."""
    match pilot.app.screen:
        case QuestionBase() as screen:
            return screen.open_answer.pointer
        case Page() as screen:
            return screen.pointer
        case _:
            return None
