"""Small charts as SVG text: the same numbers make the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 760
LEFT = 250
TEXT = 'font-family="sans-serif" font-size="13" fill="#222222"'


@dataclass(frozen=True)
class Part:
    """One colour of a bar, with its share in a hundred."""

    name: str
    colour: str
    percent: float


def bars(title: str, rows: Mapping[str, Sequence[Part]], *, most: int = 100, mark: int | None = None) -> str:
    """A bar a row, made of parts, with what the colours mean below; `mark` draws a line at this percentage."""
    wide = WIDTH - LEFT - 60
    legend = {part.name: part.colour for parts in rows.values() for part in parts}
    bottom = 50 + 28 * len(rows)
    height = bottom + 40 + 20 * len(legend)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="26" {TEXT} font-weight="bold">{escape(title)}</text>',
    ]
    for number, (name, parts) in enumerate(rows.items()):
        top = 44 + 28 * number
        lines.append(f'<text x="{LEFT - 10}" y="{top + 15}" {TEXT} text-anchor="end">{escape(name)}</text>')
        at = float(LEFT)
        for part in parts:
            width = wide * part.percent / most
            if part.percent:
                lines.append(f'<rect x="{at:.1f}" y="{top}" width="{width:.1f}" height="20" fill="{part.colour}"/>')
            at += width
    for percent in sorted({0, most // 2, most}):
        x = LEFT + wide * percent / most
        lines.append(f'<text x="{x:.1f}" y="{bottom + 12}" {TEXT} text-anchor="middle">{percent} %</text>')
    if mark is not None:
        x = LEFT + wide * mark / most
        lines.append(f'<line x1="{x:.1f}" y1="38" x2="{x:.1f}" y2="{bottom}" stroke="#222222" stroke-dasharray="4 3"/>')
    for number, (name, colour) in enumerate(legend.items()):
        top = bottom + 26 + 20 * number
        lines.append(f'<rect x="{LEFT}" y="{top}" width="14" height="14" fill="{colour}"/>')
        lines.append(f'<text x="{LEFT + 22}" y="{top + 12}" {TEXT}>{escape(name)}</text>')
    return "\n".join([*lines, "</svg>", ""])
