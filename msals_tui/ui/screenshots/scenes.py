"""What is photographed: a list of scenes as data. To add a picture, add a line."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from msals_tui.session.options import Options

Size: TypeAlias = tuple[int, int]
TINY, SMALL, USUAL, LARGE = (60, 20), (80, 24), (120, 40), (200, 60)
"""Columns and rows of terminals."""


class Story(Struct, frozen=True):
    """Which story is walked, up to which question (None: to its end)."""

    name: str
    until: str | None
    corrections: Mapping[str, object] = field(default_factory=dict)
    """What was put right afterwards, by item."""
    reopen: str | None = None
    """The answered question that is opened again at the end."""


class Press(Struct, frozen=True):
    """A key."""

    key: str


class To(Struct, frozen=True):
    """The pointer is moved with a key until it is on an option, a finding or a decision."""

    target: str
    key: str = "down"


Step: TypeAlias = Press | To


class Scene(Struct, frozen=True):
    """One picture. Without a story the program is only started; `about` is a sentence for those who cannot see it."""

    name: str
    about: str
    size: Size
    story: Story | None = None
    steps: tuple[Step, ...] = ()
    options: Options = field(default_factory=lambda: Options(start="intake", glyphs="unicode"))
    no_colour: bool = False


def _keys(*names: str) -> tuple[Press, ...]:
    return tuple(Press(name) for name in names)


def _typed(text: str) -> tuple[Press, ...]:
    return _keys(*("space" if letter == " " else letter for letter in text))


def _at(scene: Scene, size: Size) -> Scene:
    """The same scene at another size."""
    return replace(scene, name=f"{scene.name.rpartition('-')[0]}-{size[0]}x{size[1]}", size=size)


_HOME = Options(start="home", glyphs="unicode")
_THEMED = Options(start="intake", glyphs="unicode")

_QUESTION = Scene(
    "question-120x40",
    "A question about the bowel with its sections on the left and the live comparison on the right.",
    USUAL, Story("stiff_legs", "bowel"), (To("constipation"), Press("space")),
)  # fmt: skip
_BODY_MAP = Scene(
    "body-map-120x40", "A question with a drawing of the body: the places that have become numb are marked.",
    USUAL, Story("dim_eye", "numbness_places"),
    (To("belly"), Press("space"), To("pelvis"), To("left_hand", "right"), Press("space")),
)  # fmt: skip
_COURSE = Scene(
    "course-120x40", "A question with small curves: which picture fits the course so far?",
    USUAL, Story("stiff_legs", "course_so_far"), (To("steady_decline"), Press("space")),
)  # fmt: skip
_GRID = Scene(
    "grid-120x40", "An examination on one screen: the same few marks for each of several places.",
    USUAL, Story("dim_eye", "exam_muscles"), _keys("down", "space", "right", "space", "down", "down"),
)  # fmt: skip
_RELAPSES = Scene(
    "relapses-120x40", "A table of three attacks with the time line that they make.",
    USUAL, Story("dim_eye", "weakness", reopen="episodes"),
)  # fmt: skip
_BALANCE = Scene(
    "balance-120x40", "The balance sheet with one finding opened: its frequencies, its weight and its sources.",
    USUAL, Story("dim_eye", "fatigue"), (*_keys("f6", "end"), To("finding:lhermitte_sign", "up")),
)  # fmt: skip
_REFERENCE = Scene(
    "reference-120x40", "What is known of both diseases, side by side, with the sources of one row opened.",
    USUAL, Story("dim_eye", "fatigue"), (Press("f12"), To("row:feeling")),
)  # fmt: skip
_LOOK_ALIKE = Scene(
    "look-alike-120x40", "A look-alike to think of: which answers raised it, what would settle it, what is for and against it.",
    USUAL, Story("coughing", "choking_signs"), _keys("alt+e", "right", "down"),
)  # fmt: skip
_CHECK = Scene(
    "check-80x24", "All answers on one page; two were put right, so another is marked to be checked again.",
    SMALL, Story("dim_eye", "bladder", {"twitching": "no", "numbness_places": ("left_hand", "left_foot")}),
    (Press("f2"), To("item:numb_shin_or_foot_top", "up")),
)  # fmt: skip

SCENES: tuple[Scene, ...] = (
    Scene("notice-80x24", "The notice before everything else: this is no diagnostic device.", SMALL, options=_HOME),
    Scene("home-80x24", "The home screen: which questionnaire to start.", SMALL, steps=_keys("enter", "down"), options=_HOME),
    _at(_QUESTION, TINY),
    _at(_QUESTION, SMALL),
    _QUESTION,
    _at(_QUESTION, LARGE),
    Scene(
        "why-120x40", "Why a question is asked, how to ask it, what the answer would mean, and where that comes from.",
        USUAL, Story("dim_eye", "neck_shock"), _keys("f1"),
    ),
    _at(_BODY_MAP, SMALL),
    _BODY_MAP,
    _at(_COURSE, SMALL),
    _COURSE,
    _at(_GRID, SMALL),
    _GRID,
    _at(_RELAPSES, SMALL),
    _RELAPSES,
    Scene(
        "attack-80x24", "One more attack is added: its date is typed as it is known.",
        SMALL, Story("dim_eye", "weakness", reopen="episodes"), (To("add"), Press("enter"), *_typed("6 weeks ago")),
    ),
    _at(_BALANCE, SMALL),
    _BALANCE,
    _at(_REFERENCE, SMALL),
    _REFERENCE,
    _at(_LOOK_ALIKE, SMALL),
    _LOOK_ALIKE,
    Scene(
        "safety-80x24", "An answer calls for a person now: what to do, and what was decided.",
        SMALL, Story("coughing", "choking_when"), (*_keys("1", "enter"), To("decide:told")),
    ),
    _CHECK,
    _at(_CHECK, USUAL),
    Scene(
        "summary-120x40", "The summary as it will be written, before it is written.",
        USUAL, Story("dim_eye", None), _keys("f10"),
    ),
    Scene(
        "patient-80x24", "A question of the brief questionnaire in plain words, without any comparison.",
        SMALL, Story("brief", "heat"), (To("clears"), Press("space")),
        Options(start="intake", questionnaire="ms_als_brief", glyphs="unicode"),
    ),
    replace(_QUESTION, name="light-120x40", options=replace(_THEMED, theme="msals-light")),
    replace(_QUESTION, name="contrast-120x40", options=replace(_THEMED, theme="msals-contrast")),
    replace(_QUESTION, name="sixteen-colours-120x40", options=replace(_THEMED, theme="msals-16")),
    replace(_QUESTION, name="ascii-120x40", options=replace(_THEMED, glyphs="ascii")),
    replace(_BODY_MAP, name="no-colour-ascii-120x40", options=replace(_THEMED, glyphs="ascii"), no_colour=True),
)  # fmt: skip
"""Every picture, in the order of a sitting; names end in columns x rows."""
