"""A person seen from the front, to point at: the patient's right is on the viewer's left; the back is drawn beside.

Positions are cells, counted from 0 at the top left. The characters alone show what is chosen and what has the focus: a
chosen region is filled, the focused one stands in brackets.
"""

from functools import cache
from itertools import groupby
from statistics import fmean
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.questionnaire.kinds.choice import Region
from msals_tui.ui.drawing.glyphs import GlyphSet

Size: TypeAlias = Literal["tall", "short"]
"""`tall` is for terminals of 120x40, `short` for 80x24."""
Direction: TypeAlias = Literal["up", "down", "left", "right"]
"""Where an arrow key points, as the viewer sees it."""
State: TypeAlias = Literal["outside", "plain", "chosen", "focused", "chosen_focused"]
"""How a run is shown; `outside` belongs to no region."""


class Run(Struct, frozen=True):
    """Neighbouring cells of one row that belong to the same region, one character to a cell."""

    text: str
    region: Region | None
    state: State


ORDER: tuple[Region, ...] = (
    "eyes", "face", "mouth_throat", "neck", "right_upper_arm", "left_upper_arm", "chest", "back", "belly",
    "right_hand", "left_hand", "pelvis", "right_thigh", "left_thigh", "right_foot", "left_foot",
)  # fmt: skip
"""All regions from head to foot, right before left: the order of Tab and of the numbers."""

_LETTERS: dict[str, Region] = {
    "e": "eyes", "f": "face", "m": "mouth_throat", "n": "neck", "c": "chest", "b": "belly", "k": "back", "p": "pelvis",
    "a": "right_upper_arm", "A": "left_upper_arm", "h": "right_hand", "H": "left_hand",
    "t": "right_thigh", "T": "left_thigh", "l": "right_foot", "L": "left_foot",
}  # fmt: skip

# Each row three times: as drawn in block characters, as drawn in ASCII, and which region each cell belongs to.
# ░ and . are skin, which `draw` fills; all else is outline and stays. The hair belongs to no region, since a person
# who points at it means neither eyes nor face.
_PICTURES: dict[Size, tuple[tuple[str, str, str], ...]] = {
    "tall": (
        ("       ▄▄▄▄▄               ", "       _____               ", "                           "),
        ("      ▐░●░●░▌              ", "      /.o.o.\\              ", "      eeeeeee              "),
        ("      ▐░░┴░░▌              ", "      |..^..|              ", "      fffffff              "),
        ("       ▀░▬░▀               ", "       \\.=./               ", "       mmmmm               "),
        (" R     ▐░░░▌     L         ", " R     |...|     L         ", "       nnnnn               "),
        ("  ▄▄▄▄▄▀░░░▀▄▄▄▄▄          ", "  _____|...|_____          ", "  aaaccnnnnnccAAA          "),
        (" ▐░░░░░░░░░░░░░░░▌    ▄▄▄  ", " /...............\\    ___  ", " aaaacccccccccAAAA         "),
        (" ▐░░▌░░░░░░░░░▐░░▌   ▐▓▓▓▌ ", " |..|.........|..|   (%%%) ", " aaaacccccccccAAAA         "),
        (" ▐░░▌▐░░░░░░░▌▐░░▌  ▄▄▀█▀▄▄", " |..||.......||..|  __)_(__", " aaaabbbbbbbbbAAAA  kkkkkkk"),
        (" ▐░▌ ▐░░░░░░░▌ ▐░▌  ▐░░│░░▌", " |.| |.......| |.|  |..|..|", " hhh bbbbbbbbb HHH  kkkkkkk"),
        ("▐░░▌ ▐░░░░░░░▌ ▐░░▌ ▐░░│░░▌", "/..| |.......| |..\\ |..|..|", "hhhh ppppppppp HHHH kkkkkkk"),
        ("▐░░▌ ▐░░░░░░░▌ ▐░░▌ ▐░░│░░▌", "|..| |.......| |..| |..|..|", "hhhh ppppppppp HHHH kkkkkkk"),
        (" ▀▀  ▐░░░▀░░░▌  ▀▀   ▀▀▀▀▀ ", ' ""  |...^...|  ""   ----- ', " hh  ttttpTTTT  HH   kkkkk "),
        ("     ▐░░▌ ▐░░▌        back ", "     |..| |..|        back ", "     tttt TTTT        kkkk "),
        ("     ▐░░▌ ▐░░▌             ", "     |..| |..|             ", "     llll LLLL             "),
        ("    ▄░░░▌ ▐░░░▄            ", "    /...| |...\\            ", "    lllll LLLLL            "),
        ("    ▀▀▀▀▀ ▀▀▀▀▀            ", "    ----- -----            ", "    lllll LLLLL            "),
    ),
    "short": (
        ("     ▄▄▄▄▄           ", "     _____           ", "                     "),
        ("    ▐░●░●░▌          ", "    /.o.o.\\          ", "    eeeeeee          "),
        ("    ▐░░┴░░▌          ", "    |..^..|          ", "    fffffff          "),
        (" R   ▀░▬░▀   L       ", " R   \\.=./   L       ", "     mmmmm           "),
        (" ▄▄▄▄▐░░░▌▄▄▄▄   ▄▄▄ ", " ____|...|____   ___ ", " aaacnnnnncAAA       "),
        ("▐░░▌░░░░░░░▐░░▌  ▐▓▌ ", "/..|.......|..\\  (%) ", "aaaacccccccAAAA      "),
        ("▐░░▌▐░░░░░▌▐░░▌ ▄▄▀▄▄", "|..||.....||..| __|__", "aaaabbbbbbbAAAA kkkkk"),
        ("▐░░▌▐░░░░░▌▐░░▌ ▐░│░▌", "|..||.....||..| |.|.|", "hhhhpppppppHHHH kkkkk"),
        ("▐░░▌▐░░▀░░▌▐░░▌ ▐░│░▌", "|..||..^..||..| |.|.|", "hhhhtttpTTTHHHH kkkkk"),
        (" ▀▀ ▐░▌ ▐░▌ ▀▀   ▀▀▀ ", ' "" |.| |.| ""   --- ', " hh ttt TTT HH   kkk "),
        ("   ▄░░▌ ▐░░▄     back", "   /..| |..\\     back", "   llll LLLL     kkkk"),
        ("   ▀▀▀▀ ▀▀▀▀         ", "   ---- ----         ", "   llll LLLL         "),
    ),
}

_SKIN: dict[GlyphSet, str] = {"unicode": "░", "ascii": "."}
_FILLS: dict[GlyphSet, dict[State, str]] = {
    "unicode": {"outside": "·", "plain": "·", "focused": "▒", "chosen": "█", "chosen_focused": "█"},
    "ascii": {"outside": ".", "plain": ".", "focused": ":", "chosen": "#", "chosen_focused": "#"},
}
# In ASCII, square brackets are too much like the outline.
_BRACKETS: dict[GlyphSet, tuple[str, str]] = {"unicode": ("[", "]"), "ascii": (">", "<")}
_COLUMN_OF: dict[GlyphSet, Literal[0, 1]] = {"unicode": 0, "ascii": 1}


def extent(size: Size) -> tuple[int, int]:
    """Columns and rows of the picture."""
    rows = _PICTURES[size]
    return len(rows[0][0]), len(rows)


class Captions(Struct, frozen=True):
    """The words in the picture; other languages replace them. `back` has room for 4 characters, the sides for one."""

    back: str = "back"
    right: str = "R"
    left: str = "L"

    def replace_in(self, text: str, region: str | None) -> str:
        """Part of a row with these words in the place of those that are drawn."""
        if region == "back":
            return text.replace("back", f"{self.back[:4]:4}")
        return text.replace("R", self.right[:1]).replace("L", self.left[:1]) if region is None else text


ENGLISH = Captions()


def draw(
    size: Size,
    glyphs: GlyphSet,
    chosen: frozenset[str] = frozenset(),
    focused: str | None = None,
    captions: Captions = ENGLISH,
) -> tuple[tuple[Run, ...], ...]:
    """The rows of the picture from the top, each as runs from the left that together are as wide as `extent` says.

    `chosen` and `focused` are regions; names that are none change nothing.
    """
    rows: list[tuple[Run, ...]] = []
    for picture in _PICTURES[size]:
        drawn, letters = picture[_COLUMN_OF[glyphs]], picture[2]
        runs: list[Run] = []
        start = 0
        for letter, cells in groupby(letters):
            end = start + len(tuple(cells))
            region = _LETTERS.get(letter)
            state = _state(region, chosen, focused)
            shown = captions.replace_in(_shown(drawn[start:end], glyphs, state), region)
            runs.append(Run(shown, region, state))
            start = end
        rows.append(tuple(runs))
    return tuple(rows)


def region_at(size: Size, x: int, y: int) -> Region | None:
    """The region that a cell shows, outline included; None beside the body and outside the picture."""
    columns, rows = extent(size)
    return _LETTERS.get(_PICTURES[size][y][2][x]) if 0 <= x < columns and 0 <= y < rows else None


def neighbour(size: Size, region: Region, direction: Direction, among: frozenset[str] = frozenset(ORDER)) -> Region:
    """The nearest region that way, of those in `among`; the same region where there is none.

    "That way" is a quarter of the plane, so each other region lies one of the four ways, and nearest is by steps along
    rows and columns. With both, arrows lead from every region to every other, whichever regions `among` leaves out.
    """
    centres = _centres(size)
    x, y = centres[region]

    def steps(other: Region) -> tuple[float, float]:
        """How far `other` lies in the direction, and how far beside it."""
        right, down = centres[other][0] - x, centres[other][1] - y
        along = {"up": -down, "down": down, "left": -right, "right": right}[direction]
        return along, abs(right if direction in ("up", "down") else down)

    that_way = [other for other in ORDER if other != region and other in among and steps(other)[0] >= steps(other)[1]]
    return min(that_way, key=lambda other: sum(steps(other)), default=region)


@cache
def _centres(size: Size) -> dict[Region, tuple[float, float]]:
    """Middle of each region, in columns; a row counts as two columns, since cells are twice as high as wide."""
    cells: dict[Region, list[tuple[int, int]]] = {region: [] for region in ORDER}
    for y, (_, _, letters) in enumerate(_PICTURES[size]):
        for x, letter in enumerate(letters):
            if letter in _LETTERS:
                cells[_LETTERS[letter]].append((x, 2 * y))
    return {region: (fmean(x for x, _ in places), fmean(y for _, y in places)) for region, places in cells.items()}


def _state(region: Region | None, chosen: frozenset[str], focused: str | None) -> State:
    if region is None:
        return "outside"
    if region == focused:
        return "chosen_focused" if region in chosen else "focused"
    return "chosen" if region in chosen else "plain"


def _shown(text: str, glyphs: GlyphSet, state: State) -> str:
    """Part of a row as the state has it. Brackets stand only around skin, so that the word "back" stays whole."""
    skin = _SKIN[glyphs]
    if state in ("focused", "chosen_focused") and skin in text:
        before, after = _BRACKETS[glyphs]
        text = before + text[1:-1] + after
    return text.replace(skin, _FILLS[glyphs][state])
