"""The floor: the least that a program with Textual is. One text, which changes with every key."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Floor(App[None]):
    """One question after the other, and nothing else."""

    ENABLE_COMMAND_PALETTE = False
    question, keys = 1, 0

    def compose(self) -> ComposeResult:
        """The one text."""
        self._text = Static(self._asked())
        yield self._text

    def on_key(self, event: Key) -> None:
        """Enter goes on; every key shows."""
        self.keys += 1
        self.question += event.key == "enter"
        self._text.update(self._asked())

    def _asked(self) -> str:
        return f"Q{self.question}?\n{self.keys} keys"


Floor().run()
