"""How each kind of item is drawn on the card, and what arrows do there: one entry a kind."""

from collections.abc import Mapping
from typing import Literal, TypeAlias, cast

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.questionnaire.answer import MISSING_KEYS
from msals_tui.questionnaire.kinds.choice import BodyMapItem, CourseItem
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import GroupItem
from msals_tui.ui.drawing.rows import Row
from msals_tui.ui.views.choices import body_rows, course_rows, option_rows
from msals_tui.ui.views.style import Style, letter_caps

Arrow: TypeAlias = Literal["up", "down", "left", "right"]


class Drawn:
    """What stands on a card for one kind of item."""

    hint = ""
    """The key of what is said below the question; "" for nothing."""
    field: int | None = None
    """Cells of the field where the answer is written; None for all there are."""
    says_back = False
    """Whether what was understood is said below the field while somebody writes; that row is always there."""

    def hint_of(self, open_answer: OpenAnswer, style: Style) -> str:
        """What is said below the question; "" for nothing."""
        hint = "question.choose_several" if open_answer.item.takes_several else self.hint
        return style.words(hint, **open_answer.item.figures) if hint else ""

    def rows(self, open_answer: OpenAnswer, style: Style, width: int, room: int) -> list[Row]:
        """What can be chosen."""
        return option_rows(open_answer, style, width)

    def moved(self, open_answer: OpenAnswer, arrow: Arrow, *, drawn: bool) -> OpenAnswer:
        """The pointer after an arrow; `drawn` says whether the card shows a picture."""
        return open_answer.moved(-1 if arrow == "up" else 1) if arrow in ("up", "down") else open_answer


class _Typed(Drawn):
    def __init__(self, hint: str = "", field: int | None = None) -> None:
        self.hint, self.field = hint, field


class _Date(_Typed):
    says_back = True


class _Statement(Drawn):
    hint = "question.read_only"

    def rows(self, open_answer: OpenAnswer, style: Style, width: int, room: int) -> list[Row]:
        return []


class _Body(Drawn):
    def rows(self, open_answer: OpenAnswer, style: Style, width: int, room: int) -> list[Row]:
        return body_rows(open_answer, cast(BodyMapItem, open_answer.item), style, width, room)

    def moved(self, open_answer: OpenAnswer, arrow: Arrow, *, drawn: bool) -> OpenAnswer:
        """Over the body where it is drawn; at its edge and off it, along the list."""
        beside = _place_beside(cast(BodyMapItem, open_answer.item), open_answer, arrow) if drawn else None
        return super().moved(open_answer, arrow, drawn=drawn) if beside is None else open_answer.pointed(beside)


class _Course(Drawn):
    hint = "question.course"

    def rows(self, open_answer: OpenAnswer, style: Style, width: int, room: int) -> list[Row]:
        return course_rows(open_answer, cast(CourseItem, open_answer.item), style, width, room)


class _Rounds(Drawn):
    hint = "question.rounds"

    def hint_of(self, open_answer: OpenAnswer, style: Style) -> str:
        return super().hint_of(open_answer, style) if open_answer.rows.rows else ""

    def rows(self, open_answer: OpenAnswer, style: Style, width: int, room: int) -> list[Row]:
        from msals_tui.ui.views.rounds import rounds_rows

        return rounds_rows(open_answer, cast(GroupItem, open_answer.item), style, width, room)


def _place_beside(item: BodyMapItem, open_answer: OpenAnswer, arrow: Arrow) -> str | None:
    """The option whose place lies in the direction of an arrow; None at the edge of the body and off it."""
    by_region = {option.region: option.code for option in item.options if option.region is not None}
    region = next((option.region for option in item.options if option.code == open_answer.pointer), None)
    if region is None:
        return None
    from msals_tui.ui.pictures import body_map

    beside = body_map.neighbour("tall", region, arrow, frozenset(by_region))
    return by_region[beside] if beside != region else None


class _Grid(Drawn):
    hint = "grid.hint"

    def hint_of(self, open_answer: OpenAnswer, style: Style) -> str:
        keys = [MISSING_KEYS[code].cap for code in open_answer.item.missing_codes]
        return style.words(self.hint, keys=", ".join(keys), no=letter_caps(style.words)["no"])

    def rows(self, open_answer: OpenAnswer, style: Style, width: int, room: int) -> list[Row]:
        from msals_tui.ui.views.grid import grid_rows

        return grid_rows(open_answer, cast(GridItem, open_answer.item), style, width, room)

    def moved(self, open_answer: OpenAnswer, arrow: Arrow, *, drawn: bool) -> OpenAnswer:
        """Up and down over the rows, left and right over the marks of one."""
        from msals_tui.ui.views.grid import moved_over

        down, right = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}[arrow]
        return moved_over(open_answer, cast(GridItem, open_answer.item), down, right)


_OPTIONS = Drawn()
_TEXT = _Typed()
DRAWN: Mapping[str, Drawn] = {
    "choice": _OPTIONS,
    "yes_no": _OPTIONS,
    "several": _OPTIONS,
    "body_map": _Body(),
    "course": _Course(),
    "number": _Typed("question.range", 16),
    "date": _Date("question.date_forms", 46),
    "short_text": _TEXT,
    "long_text": _TEXT,
    "statement": _Statement(),
    "group": _Rounds(),
    "grid": _Grid(),
}
"""By the type of the item."""
