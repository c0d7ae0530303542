"""The question screen: mounted once, updated in place for every question of the interview."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.flow.steps import Aside, Ask, Leave
from msals_tui.interview.events import Answered, Back, Jump, Next, Noted, Redo, Undo
from msals_tui.interview.interview import Interview
from msals_tui.interview.unconfirmed import Field
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.group import ADD, Row, Rows, group_of
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.session.session import Session
from msals_tui.ui.drawing.layout import Place, QuestionParts, question_parts
from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.question_base import QuestionBase, too_small
from msals_tui.ui.views.card import question_of
from msals_tui.ui.views.frame import key_rows
from msals_tui.ui.views.panel import ALIKE, next_questions, panel_rows, strip_rows
from msals_tui.ui.views.question import question_keys, question_title, section_column

if TYPE_CHECKING:
    from msals_tui.ui.screens.rounds import RoundScreen


class QuestionScreen(QuestionBase[None]):
    """Sections, card and panel. Stays until the flow leads away from the sitting."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "why", show=False, id="help.question"),
        Binding("f2,ctrl+r", "check", show=False, id="wizard.review"),
        Binding("f3,ctrl+g", "sections", show=False, id="wizard.sections"),
        Binding("f4,ctrl+t", "note", show=False, id="wizard.note"),
        Binding("f5", "undo", show=False, priority=True, id="wizard.undo"),
        Binding("ctrl+z", "undo", show=False, id="wizard.undo_text"),
        Binding("shift+f5,f17,ctrl+y", "redo", show=False, id="wizard.redo"),
        Binding("f6,ctrl+o", "compare", show=False, priority=True, id="panel.compare"),
        # No letter alone: whoever types words where nothing can be written opens no page.
        Binding("shift+f6,f18,alt+h", "blind", show=False, id="panel.blind"),
        Binding("shift+f2,f14,alt+t", "telling", show=False, id="panel.telling"),
        Binding("shift+f12,f24,alt+e", "elsewhere", show=False, id="panel.elsewhere"),
        Binding("insert,alt+a", "add_round", show=False, id="group.add"),
        Binding("delete,alt+d", "remove_round", show=False, id="group.remove"),
        Binding("f10,ctrl+q", "leave", show=False, id="wizard.save_exit"),
    ]

    def __init__(
        self,
        setting: Setting,
        session: Session,
        take: Callable[..., None],
        keep_answer: Callable[[str, Answer], None],
    ) -> None:
        """`take` is told what happens, as events of the flow; `keep_answer` keeps an answer and goes nowhere.

        Raises LookupError if no question is open.
        """
        if session.interview.item is None:
            raise LookupError("no question is open")
        super().__init__(setting, session, session.interview.item)
        self._take, self._keep_answer = take, keep_answer
        self._then: Callable[[], object] | None = None
        """The page that is opened over the question once nothing keeps it from that."""
        self._answered = ""
        """The question whose answer has news that were not shown yet."""
        self._news = ""
        """What the last answer did to answers given before."""
        self._brought_up: tuple[str, ...] = ()
        """What does not fit together since the last answer."""
        self._news_on: str | None = None
        """The question that followed that answer, and shows it."""
        self._round: RoundScreen | None = None
        """The round of a repeating group that is open."""
        self._sections = Lines(id="sections")
        self._panel = Lines(id="panel")
        self._strip = Lines(id="strip")
        self.parts = question_parts(0, 0, compares=False)
        self._around: tuple[Interview, bool, QuestionParts, str | None] | None = None
        """What the parts around the card were drawn from."""

    def compose(self) -> ComposeResult:
        yield from (self._title, self._sections, self._card, self._panel, self._strip, self._keys, self._editor)

    def on_mount(self) -> None:
        self.place_parts(self.app.size)
        self.show_position()

    def place_parts(self, size: Size) -> None:
        compares = self.session.content.evidence is not None
        self.parts = parts = question_parts(size.width, size.height, compares=compares)
        self.put(self._title, parts.title)
        self.put(self._sections, parts.sections)
        self.put(self._card, parts.card)
        self.put(self._panel, parts.panel)
        self.put(self._strip, parts.strip)
        self.put(self._keys, parts.keys)

    @property
    def card_place(self) -> Place:
        """What sections and panel leave of the screen."""
        return self.parts.card

    def field_of(self, item: str) -> Field:
        return Field(item)

    @property
    def answer_given(self) -> Answer | None:
        return self.session.interview.response.answer(self.open_answer.item.id)

    # Showing

    def show_position(self) -> None:
        """Opens the question at the interview's position."""
        item = self.session.interview.item
        if item is None:
            return
        if self._news_on != item.id:
            self._news, self._brought_up = "", ()
        answer = self.session.interview.response.answer(item.id)
        self.open(item, None if self._is_quiet(item) else answer)
        self.draw()

    def _is_quiet(self, item: Item) -> bool:
        """Whether a patient answered something private here, which is not shown again to whoever looks now."""
        return self.patient and item.private and item.id in self.session.interview.response.given

    def draw(self) -> None:
        """Every part as it is now; each part redraws only the lines that differ."""
        item, parts = self.session.interview.item, self.parts
        width, height = parts.title.width, parts.keys.y + parts.keys.height
        if item is None:
            return
        if too_small(width, height):
            self.say_only(self.words("size.too_small", width=width, height=height))
            return
        interview = self.session.interview
        news = self.words("question.recheck") if item.id in interview.recheck else self._news
        news = "  ".join(one for one in (news, *self._unfitting(item)) if one)
        if self._is_quiet(item):
            news = self.words("question.quiet")
        self.draw_card(note=interview.notes.get(item.id, ""), news=news)
        if self._around_is_drawn():
            return
        session, words, glyphs = self.session, self.words, self.glyphs
        self._title.show_title(*question_title(session, item, words, self.setting.title, width))
        self._keys.show(key_rows(question_keys(session, words, self.continue_key()), width, words, parts.keys.height))
        if (place := parts.sections) is not None:
            self._sections.show(section_column(session, words, glyphs, place.width - 1, place.height))
        if (place := parts.panel) is not None:
            self._panel.show(panel_rows(session, words, glyphs, place.width - 1, place.height))
        if (place := parts.strip) is not None:
            self._strip.show(strip_rows(session, words, glyphs, place.width))

    def _unfitting(self, item: Item) -> tuple[str, ...]:
        """What does not fit this answer, and what the answer before brought up; each once."""
        brought_up = self._brought_up if self._news_on == item.id else ()
        return tuple(dict.fromkeys((*brought_up, *self.session.mismatch_lines(self.words, item.id))))

    def _around_is_drawn(self) -> bool:
        """Whether everything around the card stands as it is now: moving the pointer and typing change the card alone."""
        interview = self.session.interview
        others = self.session.hidden, self.parts, self.setting.standing()
        before, self._around = self._around, (interview, *others)
        return before is not None and before[0] is interview and before[1:] == others

    # Answers

    def confirmed(self, answer: Answer) -> None:
        """The answer is given; on to the next question."""
        withdrawn, item = self._withdrawn, self.open_answer.item.id
        self.keep(answer)
        gone = self._withdrawn - withdrawn
        self._news = self.words.some(gone, "question.withdrawn") if gone > 0 else ""
        self._brought_up = self.session.mismatch_lines(self.words)
        self._answered = item
        self._take(Next())

    def asked(self, step: Ask) -> None:
        """The flow stands at a question."""
        self._then = None
        if step.refused:
            self.open_answer = self.open_answer.advised(self.words(self.unanswered_key))
        if not step.anew:
            self.draw()
            self.refocus()
            return
        position = self.session.interview.position
        if self._answered and position != self._answered:
            self._news_on = position
        self._answered = ""
        self.show_position()

    def paused(self) -> None:
        """The flow lets a page be opened over the question."""
        then, self._then = self._then, None
        if then is not None:
            then()

    def put_away(self) -> None:
        """Nothing is in the making any more that could be kept once more at the end."""
        self.open_answer = OpenAnswer.of(self.open_answer.item, None, self.words)

    @property
    def _withdrawn(self) -> int:
        """How many answers are kept and do not count."""
        response = self.session.interview.response
        return len(response.given) - len(response.counting)

    def keep(self, answer: Answer) -> None:
        item = self.open_answer.item.id
        self._keep_answer(item, answer)
        self.session.keep_typed(self.field_of(item), "")  # also where the answer stood there before

    def action_go_on(self) -> None:
        """Enter; on a repeating group it may open a round, on a statement it goes on."""
        if self.open_answer.aimed and self._opens_round(self.open_answer.pointer):
            self._open_round(self.open_answer.pointer)
        elif not self.open_answer.item.is_question or (
            self.session.interview.item is not None
            and self._is_quiet(self.session.interview.item)
            and not (
                self.open_answer.chosen or self.open_answer.missing or self.open_answer.typed or self.open_answer.aimed
            )
        ):
            self._take(Next())
        else:
            super().action_go_on()

    def entry_key(self, entry: str, after: OpenAnswer) -> None:
        """A digit on a repeating group adds a round at once."""
        if self._opens_round(entry):
            self._open_round(entry)
        else:
            super().entry_key(entry, after)

    # Moving

    def _leave_question(self, then: Callable[[], object]) -> None:
        """Opens a page over the question; a safety rule that nobody decided about comes first."""
        self.keep_open_answer()
        self._then = then
        self._take(Aside())

    def action_back(self) -> None:
        """One question back; never refused. From a doubt, back to what was typed."""
        if self.leaves_doubt():
            return
        self.keep_open_answer()
        self._take(Back())

    def action_check(self) -> None:
        """To the check-answers page."""
        self.keep_open_answer()
        self._take(Jump(None))

    def _back_to(self, item: str | None, *, come_back: bool = True) -> None:
        """Back from a page, to the question that was wanted there."""
        if item:
            self._take(Jump(item, come_back=come_back))
        else:
            self.show_position()

    def action_sections(self) -> None:
        """To another section."""
        from msals_tui.ui.screens.sections_page import SectionsPage

        page = SectionsPage(self.setting, self.session)
        self._leave_question(lambda: page.put_over(self.app, partial(self._back_to, come_back=False)))

    def action_undo(self) -> None:
        """Takes the last answer back and shows its question."""
        self._undo_or_redo(Undo(), bool(self.session.interview.done), "fault.nothing_to_undo")

    def action_redo(self) -> None:
        """Gives the answer again that was taken back."""
        self._undo_or_redo(Redo(), bool(self.session.interview.undone), "fault.nothing_to_redo")

    def _undo_or_redo(self, event: Undo | Redo, possible: bool, otherwise: str) -> None:  # noqa: FBT001
        if possible:
            interview, item = self.session.interview, self.open_answer.item.id
            steps = interview.done if isinstance(event, Undo) else interview.undone
            if steps[-1].item != item:
                self.set_aside(interview.response.answer(item))
            else:
                self.put_away()  # what is taken back here must not be kept once more, should the program be ended
            self._take(event)
        else:
            self.open_answer = self.open_answer.failed(self.words(otherwise))
            self.draw()

    @on(Lines.Pressed, "#panel")
    @on(Lines.Pressed, "#sections")
    def jump(self, event: Lines.Pressed) -> None:
        """A click on the name of a question, or of a look-alike, leads there."""
        event.stop()
        if event.target.startswith(ALIKE):
            self._open_elsewhere(event.target)
            return
        self._go_to(event.target.removeprefix("item:"), come_back=event.lines is self._panel)

    def _go_to(self, item: str, *, come_back: bool) -> None:
        self.keep_open_answer()
        self._take(Jump(item, come_back=come_back))

    @on(Lines.Pressed, "#strip")
    def open_balance(self, event: Lines.Pressed) -> None:
        """A click on the strip opens the balance sheet, or what it says to think of."""
        event.stop()
        if event.target.startswith(ALIKE):
            self._open_elsewhere(event.target)
        else:
            self.action_compare()

    def action_telling(self) -> None:
        """To the question that would tell most now; Continue comes back here."""
        if not self.may_compare():
            return
        if asked_next := next_questions(self.session, 1, 1):
            self._go_to(asked_next[0].open_at, come_back=True)
        else:
            self.open_answer = self.open_answer.failed(self.words("panel.nothing_next"))
            self.draw()

    # Pages

    def action_why(self) -> None:
        """Why this question is asked."""
        from msals_tui.ui.screens.why_page import WhyPage

        if (item := self.session.interview.item) is not None:
            self.app.push_screen(WhyPage(self.setting, self.session, item))

    def action_compare(self) -> None:
        """The balance sheet; while the comparison is hidden, only the sentence that says so."""
        from msals_tui.ui.screens.balance import BalancePage

        if self.may_compare():
            self._leave_question(lambda: BalancePage(self.setting, self.session).put_over(self.app, self._back_to))

    def action_elsewhere(self) -> None:
        """The first look-alike to think of, or the list of all where none is named."""
        comparison = self.session.comparison
        named = comparison.think_of[:1] if comparison is not None else ()
        self._open_elsewhere(ALIKE + "".join(named))

    def _open_elsewhere(self, target: str) -> None:
        from msals_tui.ui.screens.look_alikes import open_look_alike

        def opened() -> None:
            open_look_alike(self, self.setting, self.session, target, self._back_to)

        if self.may_compare():
            self._leave_question(opened)

    def may_compare(self) -> bool:
        """Never for a patient; while the comparison is hidden, a sentence says so."""
        if self.session.content.evidence is None:
            return False
        if self.session.hidden:
            self.open_answer = self.open_answer.failed(self.words("panel.blind"))
            self.draw()
        return not self.session.hidden

    def action_blind(self) -> None:
        """Hides everything but the coverage at once; shows it again only once somebody said so on a page of its own."""
        if not self.session.hidden:
            self.session.hide()
            self.draw()
            return
        from msals_tui.ui.screens.choice_pages import LiftPage

        def chosen(choice: str | None) -> None:
            if choice == "lift":
                self.session.lift()
            self.draw()
            self.refocus()

        LiftPage(self.setting, self.words("veil.text")).put_over(self.app, chosen)

    def action_note(self) -> None:
        """A note on this question."""
        from msals_tui.ui.screens.note import NoteScreen

        item = self.session.interview.item
        if item is None:
            return

        def written(text: str | None) -> None:
            if text is not None:
                self._take(Noted(item.id, text))
            else:
                self.draw()
                self.refocus()

        field, note = Field(item.id, note=True), self.session.interview.notes.get(item.id, "")
        page = NoteScreen(
            self.setting, question_of(item, patient=self.patient), note,
            typed=self.session.unconfirmed.get(field, ""), keep_typed=partial(self.session.keep_typed, field),
        )  # fmt: skip
        page.put_over(self.app, written)

    def action_leave(self) -> None:
        """Out; asked how only where there is something to lose."""
        self.keep_open_answer()
        self._take(Leave())

    # Rounds of a repeating group

    def action_add_round(self) -> None:
        """A new round."""
        self._open_round(ADD)

    def action_remove_round(self) -> None:
        """Takes the round that is pointed at out; undo brings it back."""
        group, pointer = group_of(self.open_answer.item), self.open_answer.pointer
        if group is not None and pointer is not None and pointer.isdecimal():
            rows = self.open_answer.rows.rows
            self._keep_rows([*rows[: int(pointer)], *rows[int(pointer) + 1 :]])

    def _opens_round(self, entry: str | None) -> bool:
        """Whether an entry is a round of a group, or one more."""
        return entry is not None and group_of(self.open_answer.item) is not None and (entry == ADD or entry.isdecimal())

    def _open_round(self, entry: str | None) -> None:
        group = group_of(self.open_answer.item)
        if group is None or entry is None:
            return
        rows = self.open_answer.rows.rows
        if entry == ADD and len(rows) >= group.max_rows:
            self.open_answer = self.open_answer.failed(self.words("group.full", count=group.max_rows))
            self.draw()
            return
        place = len(rows) if entry == ADD else int(entry)
        old = Row(()) if entry == ADD else rows[place]

        from msals_tui.ui.screens.rounds import RoundScreen

        def closed(row: Row | None) -> None:
            self._round = None
            if row is not None and row.answers:
                self._keep_rows([*rows[:place], row, *rows[place + 1 :]])
            self.draw()

        self._round = RoundScreen(self.setting, self.session, group, place + 1, old)
        self._round.put_over(self.app, closed)

    def keep_unfinished(self) -> None:
        self.keep_open_answer(ended=True)

    def keep_open_answer(self, *, ended: bool = False) -> None:
        """Nothing is in the making on the check-answers page. A round that is open is kept as far as it was answered."""
        if self._round is not None:
            self._round.keep_open_answer(ended=ended)
            place, row = self._round.number - 1, self._round.row
            rows = self.open_answer.rows.rows
            if row.answers:
                self.keep(Rows((*rows[:place], row, *rows[place + 1 :])))
        elif self.session.interview.item is not None:
            super().keep_open_answer(ended=ended)

    def _keep_rows(self, rows: list[Row]) -> None:
        item = self.open_answer.item
        self.open_answer = OpenAnswer.of(item, Rows(tuple(rows)), self.words).pointed(ADD)
        self._take(Answered(item.id, Rows(tuple(rows))))
