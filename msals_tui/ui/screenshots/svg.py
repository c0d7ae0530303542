"""Turns Textual's picture of a screen into one that stands alone: no web fonts, no chance ids, sharp block characters.

Textual draws a window with a title bar, links four web fonts, and clips every line. Here only its coloured boxes and
texts are taken, and set out anew on a grid of cells.
"""

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree as Xml

from rich.terminal_theme import SVG_EXPORT_THEME

CELL_WIDTH, CELL_HEIGHT = 12.2, 24.4
"""Size of a cell in Textual's drawings, in user units."""
FONTS = "'DejaVu Sans Mono', Menlo, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace"
FONT_SIZE = 21
"""A little more than Textual's 20: box and block characters of these fonts then fill their whole cell."""
BOX_DROP = 1.5
"""How far below the top of its line Textual draws a background."""

XTERM = (
    "#000000", "#cd0000", "#00cd00", "#cdcd00", "#5c5cff", "#cd00cd", "#00cdcd", "#e5e5e5",
    "#7f7f7f", "#ff4d4d", "#00ff00", "#ffff00", "#7a9cff", "#ff70ff", "#00ffff", "#ffffff",
)  # fmt: skip
"""The sixteen colours of a usual terminal. Rich's own draw bright cyan and bright yellow as dull teal and orange."""
TERMINAL_BACKGROUND = "#101010"

_SVG = "{http://www.w3.org/2000/svg}"


def standing_alone(exported: str, size: tuple[int, int], *, about: str, background: str | None) -> str:
    """The picture of a screen of `size` columns x rows, with a sentence for those who cannot see it.

    `background` is the colour of the screen; None for a terminal's own colours. Raises ValueError if Textual's drawing is
    not made as it was.
    """
    root = Xml.fromstring(exported)  # noqa: S314 - written by Textual a moment ago
    terminal = root.find(f"{_SVG}g[@clip-path]")
    texts = None if terminal is None else terminal.find(f"{_SVG}g")
    style = root.find(f"{_SVG}style")
    if terminal is None or texts is None or style is None or not style.text:
        raise ValueError("Textual draws its pictures in another way now")
    rules = re.findall(r"\.terminal-\d+-(r\d+) \{ (.*?) \}", style.text)
    width, height = (size[0] + 2) * CELL_WIDTH, (size[1] + 2) * CELL_HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_number(width)} {_number(height)}" role="img">',
        f"<title>{escape(about)}</title>",
        "<style>",
        f".cells {{ font-family: {FONTS}; font-size: {FONT_SIZE}px; white-space: pre }}",
        *(f".{name} {{ {rule} }}" for name, rule in rules),
        "</style>",
        f'<rect width="100%" height="100%" rx="8" fill="{background or TERMINAL_BACKGROUND}"/>',
        f'<g transform="translate({_number(CELL_WIDTH)}, {_number(CELL_HEIGHT - BOX_DROP)})">',
        *_boxes(terminal, background),
        f'<g class="cells" transform="translate(0, {_number(BOX_DROP - 0.5)})">',
        *_texts(texts),
        "</g>",
        "</g>",
        "</svg>",
    ]
    drawing = "\n".join(lines) + "\n"
    return drawing if background is not None else _in_terminal_colours(drawing)


def _boxes(terminal: Xml.Element, background: str | None) -> Iterator[str]:
    """Backgrounds that differ from the screen's own."""
    for box in terminal.findall(f"{_SVG}rect"):
        fill = box.get("fill", "")
        if background is None or fill.lower() != background.lower():
            place = " ".join(f'{name}="{_number(float(box.get(name, 0)))}"' for name in ("x", "y", "width", "height"))
            yield f'<rect fill="{fill}" {place} shape-rendering="crispEdges"/>'


def _texts(texts: Xml.Element) -> Iterator[str]:
    """Texts without the blanks around them, each as wide as its cells."""
    for text in texts.findall(f"{_SVG}text"):
        padded = (text.text or "").replace("\xa0", " ")
        said = padded.strip(" ")
        if not said:
            continue
        # Textual counts characters, so what takes two cells would be drawn too narrow; the program shows none here.
        x = float(text.get("x", 0)) + (len(padded) - len(padded.lstrip(" "))) * CELL_WIDTH
        name = text.get("class", "").rpartition("-")[2]
        # Every blank is hard: white-space is not heeded by all that read SVG.
        hard = escape(said).replace(" ", "\xa0")
        place = (
            f'x="{_number(x)}" y="{_number(float(text.get("y", 0)))}" textLength="{_number(len(said) * CELL_WIDTH)}"'
        )
        yield f'<text class="{name}" {place}>{hard}</text>'


def _in_terminal_colours(drawing: str) -> str:
    """The sixteen colours as a usual terminal has them."""
    ours = {SVG_EXPORT_THEME.ansi_colors[number].hex: colour for number, colour in enumerate(XTERM)}
    ours[SVG_EXPORT_THEME.background_color.hex] = TERMINAL_BACKGROUND
    ours[SVG_EXPORT_THEME.foreground_color.hex] = XTERM[7]
    return re.sub(r"#[0-9a-f]{6}", lambda found: ours.get(found.group(), found.group()), drawing)


def _number(value: float) -> str:
    """A coordinate without needless digits."""
    return f"{round(value, 2):.7g}"
