"""The kinds of items, each in a module of its own: what it holds, how it is read, typed, said and checked, what it shows."""

from typing import TypeAlias

from msals_tui.questionnaire.kinds.choice import BodyMapItem, ChoiceItem, CourseItem, SeveralItem, YesNoItem
from msals_tui.questionnaire.kinds.date import DateItem
from msals_tui.questionnaire.kinds.grid import GridItem
from msals_tui.questionnaire.kinds.group import GroupItem
from msals_tui.questionnaire.kinds.item import StatementItem
from msals_tui.questionnaire.kinds.number import NumberItem
from msals_tui.questionnaire.kinds.text import TextItem

AnyItem: TypeAlias = (
    ChoiceItem | SeveralItem | YesNoItem | BodyMapItem | CourseItem | NumberItem | DateItem | TextItem | StatementItem
    | GroupItem | GridItem
)  # fmt: skip
"""Every kind that a questionnaire file may hold, told apart by its `type`."""
