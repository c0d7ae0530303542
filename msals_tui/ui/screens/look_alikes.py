"""What points elsewhere (E): the list of all look-alikes, and a page for each."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from msals_tui.session.session import Session
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.page_base import Page, targets_of
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.look_alikes import look_alike_list_rows, look_alike_rows
from msals_tui.ui.views.panel import ALIKE


class LookAlikePage(Page[str]):
    """One look-alike; the arrows walk through all of them. Dismissed with the id of a question to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,e,alt+e", "close", show=False),
        Binding("right", "walk(1)", show=False),
        Binding("left", "walk(-1)", show=False),
    ]

    def __init__(self, setting: Setting, session: Session, look_alike: str) -> None:
        super().__init__(setting)
        self.session = session
        self.look_alike = look_alike

    @property
    def _place(self) -> int:
        return [one.look_alike.id for one in self.session.look_alikes].index(self.look_alike)

    def title_text(self) -> tuple[str, str, str]:
        facts, place = self.session.look_alikes, self._place
        of = self.words("look_alike.of", number=place + 1, count=len(facts))
        return "", facts[place].look_alike.name, of

    def body_rows(self, width: int) -> list[Row]:
        evidence, facts = self.session.content.evidence, self.session.look_alikes[self._place]
        if evidence is None:
            return []
        return look_alike_rows(self.session, evidence, facts, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("Right", say("key.next"), "walk(1)"), Key("Left", say("key.previous"), "walk(-1)"),
            Key("Esc", say("key.close"), "close"), Key("Enter", say("key.go"), "take"),
            Key("PgDn", say("key.scroll"), "leaf(1)"), Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def take(self, target: str) -> None:
        """To a question, or to the first one on this path that bears on a finding."""
        items = (
            (target.removeprefix("item:"),) if target.startswith("item:")
            else self.session.items_bearing_on(target.removeprefix("finding:"))
        )  # fmt: skip
        if items:
            self.dismiss(items[0])

    def action_walk(self, step: int) -> None:
        """To the next or the previous one, round and round."""
        facts = self.session.look_alikes
        self.look_alike = facts[(self._place + step) % len(facts)].look_alike.id
        self.pointer, self.top = None, 0
        self.draw()

    def action_close(self) -> None:
        self.dismiss(None)


class LookAlikesPage(Page[str]):
    """All look-alikes by where they stand. Dismissed with the id of a question to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,e,alt+e", "close", show=False)]

    def __init__(self, setting: Setting, session: Session) -> None:
        super().__init__(setting)
        self.session = session

    def title_text(self) -> tuple[str, str, str]:
        return self.setting.title, self.words("look_alike.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        return look_alike_list_rows(self.session, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        say = self.words
        return (
            Key("Up/Down", say("key.choose"), "point(1)"), Key("Enter", say("key.open"), "take"),
            Key("Esc", say("key.close"), "close"), Key("PgDn", say("key.scroll"), "leaf(1)"),
            Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def on_mount(self) -> None:
        targets = targets_of(self.body_rows(self.app.size.width))
        self.pointer = targets[0] if targets else None

    def take(self, target: str) -> None:
        open_look_alike(self, self.setting, self.session, target, self._wanted)

    def _wanted(self, item: str | None) -> None:
        if item is not None:
            self.dismiss(item)

    def action_close(self) -> None:
        self.dismiss(None)


def open_look_alike(
    screen: Screen[Any], setting: Setting, session: Session, target: str, closed: Callable[[str | None], None]
) -> None:
    """The page of the look-alike that a target names, or the list of all; `closed` hears which question is wanted."""
    page = (
        LookAlikesPage(setting, session) if target == ALIKE
        else LookAlikePage(setting, session, target.removeprefix(ALIKE))
    )  # fmt: skip
    page.put_over(screen.app, closed)
