"""Where the parts of a screen stand. All of them follow from its size, so they are drawn before the first frame."""

from msgspec import Struct

LEAST_WIDTH, LEAST_HEIGHT = 22, 8
"""A smaller screen holds no question, and only says what it needs."""
TITLE_HEIGHT, KEYS_HEIGHT, STRIP_HEIGHT = 2, 2, 3
FROM_MIDDLE, FROM_WIDE, FROM_HUGE = 70, 110, 160
"""Columns from which a question has a strip below it; sections and a panel beside it instead; wider ones."""
SECTIONS_WIDTH, SECTIONS_WIDTH_HUGE = 27, 40
PANEL_WIDTH, PANEL_WIDTH_HUGE = 38, 53


class Place(Struct, frozen=True):
    """A part of the screen in cells; the first column and row are 0."""

    x: int
    y: int
    width: int
    height: int


class PageParts(Struct, frozen=True):
    """Title line, what is between, and the key bar."""

    title: Place
    body: Place
    keys: Place


def page_parts(width: int, height: int) -> PageParts:
    """The parts of a screen of this size; where it is very low, the body is what goes."""
    body = max(height - TITLE_HEIGHT - KEYS_HEIGHT, 0)
    return PageParts(
        title=Place(0, 0, width, TITLE_HEIGHT),
        body=Place(0, TITLE_HEIGHT, width, body),
        keys=Place(0, TITLE_HEIGHT + body, width, KEYS_HEIGHT),
    )


class QuestionParts(Struct, frozen=True):
    """Title line, card and key bar, and what there is room for beside them."""

    title: Place
    card: Place
    keys: Place
    sections: Place | None = None
    panel: Place | None = None
    strip: Place | None = None


def question_parts(width: int, height: int, *, compares: bool) -> QuestionParts:
    """The parts of the question screen at this size; `compares` where there is a comparison to show."""
    page = page_parts(width, height)
    y, rows = page.body.y, page.body.height
    if width < FROM_WIDE:
        if width < FROM_MIDDLE or not compares or rows < STRIP_HEIGHT:
            return QuestionParts(page.title, page.body, page.keys)
        card = rows - STRIP_HEIGHT
        strip = Place(0, y + card, width, STRIP_HEIGHT)
        return QuestionParts(page.title, Place(0, y, width, card), page.keys, strip=strip)
    huge = width >= FROM_HUGE
    left = SECTIONS_WIDTH_HUGE if huge else SECTIONS_WIDTH
    right = (PANEL_WIDTH_HUGE if huge else PANEL_WIDTH) if compares else 0
    return QuestionParts(
        page.title,
        Place(left, y, width - left - right, rows),
        page.keys,
        sections=Place(0, y, left, rows),
        panel=Place(width - right, y, right, rows) if compares else None,
    )
