"""Asks for a decision about every safety rule that has none yet, before anything else goes on."""

from collections.abc import Callable

from textual.message import Message
from textual.screen import Screen

from msals_tui.safety.rules import Fired
from msals_tui.session.session import MISTAKE, Session
from msals_tui.ui.drawing.setting import Setting


class DecisionWanted(Message):
    """Somebody must decide now: what was typed before they could see that decides nothing."""


def decide_then(
    screen: Screen[str],
    setting: Setting,
    session: Session,
    go_on: Callable[[], object],
    on_mistake: Callable[[Fired], object],
) -> None:
    """Interrupts once for each rule, then goes on; an answer entered by mistake leads to `on_mistake` instead."""
    undecided = session.undecided()
    if not undecided:
        go_on()
        return
    from msals_tui.ui.screens.safety_page import SafetyPage

    fired = undecided[0]

    def decided(choice: str | None) -> None:
        if choice is None:
            return
        session.decide(fired.rule.id, choice)
        if choice == MISTAKE:
            on_mistake(fired)
        else:
            decide_then(screen, setting, session, go_on, on_mistake)

    screen.app.push_screen(SafetyPage(setting, session, fired), decided)
