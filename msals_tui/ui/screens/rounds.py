"""One round of a repeating group, such as one relapse: its few questions one after the other on the same card."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size

from msals_tui.interview.unconfirmed import Field
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.group import GroupItem, Row, RowItem
from msals_tui.session.session import Session
from msals_tui.ui.drawing.layout import Place, page_parts
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.views.frame import Key, key_rows


class RoundScreen(QuestionBase[Row]):
    """Dismissed with the round as far as it was answered; a round without answers is none."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10,ctrl+q,f2", "done", show=False)]

    def __init__(self, setting: Setting, session: Session, group: GroupItem, number: int, row: Row) -> None:
        super().__init__(setting, session, group.items[0])
        self.group = group
        self.number = number
        self.answers: dict[str, Answer] = dict(row.answers)
        self.at: RowItem = group.items[0]
        self.parts = page_parts(0, 0)

    def compose(self) -> ComposeResult:
        yield from (self._title, self._card, self._keys, self._editor)

    def on_mount(self) -> None:
        self.place_parts(self.app.size)
        self._show(self.at)

    def place_parts(self, size: Size) -> None:
        self.parts = self.put_page(size, self._title, self._card, self._keys)

    @property
    def card_place(self) -> Place:
        return self.parts.body

    def field_of(self, item: str) -> Field:
        return Field(self.group.id, row=self.number - 1, inner=item)

    @property
    def answer_given(self) -> Answer | None:
        return self.answers.get(self.open_answer.item.id)

    def draw(self) -> None:
        if self.parts.body.height == 0:
            return
        self.draw_card()
        label = self.group.row_name(patient=self.patient)
        middle = self.words("round.title", label=label, number=self.number)
        place = f"{self._asked().index(self.at) + 1}/{len(self._asked())}"
        self._title.show_title(self.setting.title, middle, place)
        keys = (
            self.continue_key(),
            Key("Esc", self.words("key.back"), "back"),
            Key("F10", self.words("key.close"), "done"),
        )
        self._keys.show(key_rows(keys, self.parts.keys.width, self.words))

    def _asked(self) -> tuple[RowItem, ...]:
        return self.group.asked_in_row(self.answers, self.session.interview.response)

    def _show(self, item: RowItem) -> None:
        self.at = item
        self.open(item, self.answers.get(item.id))
        self.draw()

    def confirmed(self, answer: Answer) -> None:
        """The answer into the round; on to its next question, or done."""
        self.keep(answer)
        asked = self._asked()
        place = asked.index(self.at) + 1
        if place < len(asked):
            self._show(asked[place])
        else:
            self._finish()

    def keep(self, answer: Answer) -> None:
        item = self.open_answer.item.id
        self.answers[item] = answer
        self.session.keep_typed(self.field_of(item), "")

    def action_back(self) -> None:
        """One question back; from the first one out of the round, from a doubt back to what was typed."""
        if self.leaves_doubt():
            return
        self.keep_open_answer()
        asked = self._asked()
        place = asked.index(self.at)
        if place:
            self._show(asked[place - 1])
        else:
            self._finish()

    def action_done(self) -> None:
        """Out of the round with what was answered."""
        self.keep_open_answer()
        self._finish()

    @property
    def row(self) -> Row:
        """The round as far as it was answered."""
        return self.group.row_of(self.answers, self.session.interview.response)

    def _finish(self) -> None:
        self.dismiss(self.row)
