"""The questions asked on a full screen of prompt_toolkit, without a panel: `prompt_toolkit_wizard.py QUESTIONS.json`."""

import json
import sys
from pathlib import Path

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl


class Wizard:
    """Which question is asked, and which option is pointed at."""

    def __init__(self, questions: list[str], options: list[str]) -> None:
        self.questions, self.options = questions, options
        self.place = self.pointed = 0

    def question(self) -> str:
        """The text of the question."""
        return self.questions[self.place]

    def choices(self) -> list[tuple[str, str]]:
        """The options, a line each, with their style."""
        return [
            ("reverse", f"> {place + 1}. {option}\n") if place == self.pointed else ("", f"  {place + 1}. {option}\n")
            for place, option in enumerate(self.options)
        ]

    def move(self, by: int) -> None:
        """Points at another option."""
        self.pointed = (self.pointed + by) % len(self.options)

    def go_on(self, event: KeyPressEvent) -> None:
        """Asks the next question, or ends behind the last."""
        if self.place + 1 == len(self.questions):
            event.app.exit()
        else:
            self.place, self.pointed = self.place + 1, 0


def application(wizard: Wizard) -> Application[None]:
    """The screen and its keys."""
    keys = KeyBindings()
    keys.add("down")(lambda _: wizard.move(1))
    keys.add("up")(lambda _: wizard.move(-1))
    keys.add("enter")(wizard.go_on)
    keys.add("c-c")(lambda event: event.app.exit())
    card = FormattedTextControl(wizard.choices, focusable=True, show_cursor=False)
    rows = HSplit([Window(FormattedTextControl(wizard.question), height=2), Window(card)])
    return Application(Layout(rows), key_bindings=keys, full_screen=True)


asked = json.loads(Path(sys.argv[1]).read_text())
application(Wizard(asked["questions"], asked["options"])).run()
