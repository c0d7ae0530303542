"""Relapses on a line of years: when each was, as precisely as that is known, and how much of it went away again.

Columns are cells, counted from 0 at the left; the last one is today. Days are counted as `date.toordinal` does.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeAlias
from unicodedata import normalize

from msgspec import Struct
from rich.cells import cell_len

from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.ui.drawing.glyphs import GlyphSet

Recovered: TypeAlias = Literal["full", "most", "some", "none"]
"""How much came back after a relapse."""
_RECOVERED: tuple[Recovered | None, ...] = ("full", "most", "some", "none", None)
_LANES = 3
"""Most rows of marks: one for each relapse that overlaps others."""
_STEPS = (1, 2, 5, 10, 20, 50)
"""Years from one named year to the next, closest first."""
_ROOM_FOR_YEAR = 7
"""Fewest cells from one named year to the next: a tick, four digits and some line."""
_SHORTEST_CUT = 4
"""Fewest cells in which part of a label still says something."""


class Episode(Struct, frozen=True):
    """One relapse; None if something is not known."""

    when: PartialDate | None
    label: str
    recovered: Recovered | None


class Captions(Struct, frozen=True):
    """The words in the picture; other languages replace them."""

    today: str = "today"
    undated: str = "date not known"
    left_out: str = "no room for"
    roughly: str = "some time in here"
    recovered: tuple[str, str, str, str, str] = ("all came back", "most", "some", "nothing", "not known")
    """How much came back: full, most, some, none, not known."""


ENGLISH = Captions()


class _Signs(Struct, frozen=True):
    recovered: str
    """A mark for full, most, some, none and not known; fuller marks for what stayed."""
    span: tuple[str, str, str]
    """Start, line and end of a span."""
    axis: tuple[str, str]
    """Tick and line."""
    cut: str
    """What ends a label of which only the beginning is shown."""


_SIGNS: dict[GlyphSet, _Signs] = {
    "unicode": _Signs(recovered="○◔◑●?", span=("├", "┄", "┤"), axis=("┴", "─"), cut="…"),
    "ascii": _Signs(recovered="o+x#?", span=("[", ".", "]"), axis=("|", "-"), cut="."),
}


class _Scale(Struct, frozen=True):
    """Days to columns; the first day is a first of January."""

    first_day: int
    last_day: int
    width: int

    def column(self, day: int) -> int:
        """Where a day stands that is neither before the first nor after the last."""
        return round((day - self.first_day) * (self.width - 1) / (self.last_day - self.first_day))


class _Mark(Struct, frozen=True):
    """A relapse on the columns `first` to `last`, both included."""

    first: int
    last: int
    sign: str
    label: str
    label_after: bool
    """Whether the label stands to the right of the mark; near today there is only room to the left."""

    @property
    def start(self) -> int:
        """First column of mark and whole label."""
        return self.first if self.label_after else self.first - len(self.label) - 1

    @property
    def end(self) -> int:
        """Last column of mark and whole label."""
        return self.last + len(self.label) + 1 if self.label_after else self.last


def draw(
    episodes: Sequence[Episode], today: date, width: int, glyphs: GlyphSet, captions: Captions = ENGLISH
) -> tuple[str, ...]:
    """One to five lines of `width` (at least 1) cells: rows of marks, the axis, and a row of notes if there are any.

    A time that is known roughly is drawn as a span where it takes three cells or more. In labels and captions, signs
    that do not take one cell, or that `glyphs` does not allow, become question marks.
    """
    signs = _SIGNS[glyphs]
    dated = [(one, *_days(one.when, today)) for one in episodes if one.when is not None]
    # At least one whole year, so that what was last month does not stand at the far left.
    first_year = min([today.year - 1, *(date.fromordinal(first).year for _, first, _ in dated)])
    scale = _Scale(date(first_year, 1, 1).toordinal(), today.toordinal(), width)
    marks = [
        _mark(scale.column(first), scale.column(last), _sign(one, signs), _narrow(one.label, glyphs), width)
        for one, first, last in dated
    ]
    lanes, left_out = _in_lanes(sorted(marks, key=lambda mark: (mark.first, mark.last)))
    counts = ((captions.undated, len(episodes) - len(dated)), (captions.left_out, left_out))
    notes = [f"{words}: {count}" for words, count in counts if count]
    notes += [
        f"{sign} {words}"
        for sign, words in zip(signs.recovered, captions.recovered, strict=True)
        if any(mark.sign == sign for lane in lanes for mark in lane)
    ]
    if any(mark.last - mark.first > 1 for lane in lanes for mark in lane):
        notes.append(f"{signs.span[0]}{signs.span[2]} {captions.roughly}")
    return (
        *(_lane_line(lane, width, signs) for lane in reversed(lanes)),
        _axis_line(scale, today, _narrow(captions.today, glyphs), signs),
        *_note_lines((_narrow(note, glyphs) for note in notes), width),
    )


def _days(when: PartialDate, today: date) -> tuple[int, int]:
    """First and last day that a date may mean, today at the latest."""
    fewest, most = when.days_before(today)
    return today.toordinal() - round(most), today.toordinal() - round(fewest)


def _sign(episode: Episode, signs: _Signs) -> str:
    return signs.recovered[_RECOVERED.index(episode.recovered)]


def _narrow(text: str, glyphs: GlyphSet) -> str:
    """Text on one line in which every character takes one cell."""
    ascii_only = glyphs == "ascii"
    # Taken apart, "é" loses its accent and stays readable in ASCII.
    parts = normalize("NFKD" if ascii_only else "NFC", " ".join(text.split()))
    return "".join(
        part if cell_len(part) == 1 and part.isprintable() and (part.isascii() or not ascii_only) else "?"
        for part in parts
        if cell_len(part) > 0
    )


def _mark(first: int, last: int, sign: str, label: str, width: int) -> _Mark:
    return _Mark(first, last, sign, label, label_after=last + 1 + len(label) < width or width - last > first)


def _in_lanes(marks: Iterable[_Mark]) -> tuple[list[list[_Mark]], int]:
    """Marks, sorted by their start, on as few rows as show their labels; and how many found no room on any.

    The first row is nearest to the axis. Where labels get into each other's way on all rows, marks go before labels.
    """
    lanes: list[list[_Mark]] = []
    left_out = 0
    for mark in marks:
        roomy = [lane for lane in lanes if lane[-1].end + 1 < mark.start]
        tight = [lane for lane in lanes if lane[-1].last + 1 < mark.first]
        if roomy:
            roomy[0].append(mark)
        elif len(lanes) < _LANES:
            lanes.append([mark])
        elif tight:
            min(tight, key=lambda lane: lane[-1].end).append(mark)
        else:
            left_out += 1
    return lanes, left_out


def _lane_line(lane: Sequence[_Mark], width: int, signs: _Signs) -> str:
    """One row of marks with as much of their labels as fits between them."""
    line = ""
    for mark, next_first in zip(lane, [*(mark.first for mark in lane[1:]), width + 1], strict=True):
        gap = 1 if line else 0
        before = "" if mark.label_after else _cut(mark.label, mark.first - 1 - len(line) - gap, signs)
        line = f"{line}{before:>{mark.first - 1 - len(line)}} " if mark.first > len(line) else line
        line += _span(mark, signs)
        after = _cut(mark.label, next_first - 2 - len(line), signs) if mark.label_after else ""
        line += f" {after}" if after else ""
    return f"{line:{width}}"


def _span(mark: _Mark, signs: _Signs) -> str:
    """The mark in the middle of its span; one that is too short for ends is the mark alone."""
    inside = mark.last - mark.first - 1
    if inside < 1:
        return f"{mark.sign:{mark.last - mark.first + 1}}"
    start, line, end = signs.span
    return start + f"{mark.sign:{line}^{inside}}" + end


def _cut(label: str, room: int, signs: _Signs) -> str:
    if len(label) <= room:
        return label
    return label[: room - 1].rstrip() + signs.cut if room >= _SHORTEST_CUT else ""


def _axis_line(scale: _Scale, today: date, caption: str, signs: _Signs) -> str:
    """The line of years, each named to the right of its first of January, as many as there is room for."""
    tick, dash = signs.axis
    first_year = date.fromordinal(scale.first_day).year
    years = today.year - first_year + 1
    step = next((step for step in _STEPS if scale.width * step >= _ROOM_FOR_YEAR * years), years)
    line = ""
    for year in range(first_year, today.year + 1, step):
        column = scale.column(date(year, 1, 1).toordinal())
        name = f"{tick}{year}"
        if column + len(name) + len(caption) < scale.width:
            line = f"{line:{dash}<{column}}{name}"
    return f"{line:{dash}<{max(scale.width - len(caption), 0)}}{caption}"[: scale.width]


def _note_lines(notes: Iterable[str], width: int) -> tuple[str, ...]:
    """One row with as many of the notes as fit, the first ones first, or none where there are no notes."""
    line = ""
    for note in notes:
        longer = f"{line}   {note}" if line else note
        line = longer if len(longer) <= width else line or longer[:width]
    return (f"{line:{width}}",) if line else ()
