"""The summary as rows."""

from msals_tui.ui.drawing.rows import Row, row, wrap


def summary_rows(text: str, width: int) -> list[Row]:
    """The summary exactly as it will be written."""
    return [
        row(" " + line, "title" if part.startswith("[") else "plain")
        for part in text.splitlines()
        for line in wrap(part, width - 2, indent=2)
    ]
