"""Asks one question on a card: what the question screen and the rounds of a repeating group have in common."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Offset

from msals_tui.flow.open_answer import OpenAnswer
from msals_tui.interview.unconfirmed import Field
from msals_tui.questionnaire.answer import MISSING_KEYS, Answer, MissingCode
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.session.session import Session
from msals_tui.ui.drawing.editors import Cleaned, Editor
from msals_tui.ui.drawing.layout import LEAST_HEIGHT, LEAST_WIDTH, Place
from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.drawing.rows import Row, wrapped
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.base_screen import BaseScreen
from msals_tui.ui.screens.title_line import TitleLine
from msals_tui.ui.views.card import Card, card
from msals_tui.ui.views.choices import entry_target
from msals_tui.ui.views.frame import Key
from msals_tui.ui.views.kinds import DRAWN, Arrow
from msals_tui.ui.views.style import Style

if TYPE_CHECKING:
    from msals_tui.ui.drawing.pad import Pad

R = TypeVar("R")
_ASKS = "?"
"""Asks why, by a key that no answer and no word needs."""


class QuestionBase(BaseScreen[R]):
    """Keeps the answer in the making of the open question, turns keys into it, and shows the card.

    Subclasses say what happens with an answer: `confirmed` on Enter, `keep` when the question is left in another way.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the fields, which have uses of their own for some of these keys.
        *(
            Binding(
                f"{one.key},alt+{one.letter}", f"unanswered('{code}')", show=False, priority=True, id=f"answer.{code}"
            )
            for code, one in MISSING_KEYS.items()
        ),
        Binding("ctrl+n", "go_on", show=False, id="wizard.continue"),
        Binding("alt+r", "app.reference", show=False, id="help.reference_twin"),
        Binding("escape,alt+left", "back", show=False, id="wizard.back"),
    ]

    def __init__(self, setting: Setting, session: Session, item: Item) -> None:
        """`item` is the question to begin with; nothing is chosen or typed for it before it is opened."""
        super().__init__()
        self.setting = setting
        self.session = session
        self.words = setting.words
        self.glyphs = setting.glyphs
        self._title = TitleLine(setting)
        self._card = Lines(id="card")
        self._keys = Lines(id="keys")
        self._editor = Editor(id="editor")
        self._pad: Pad | None = None
        """Made with the first question that wants several lines."""
        self._drawn = False
        """Whether the card shows a picture; without one, arrows follow the list."""
        self._laid_out = Card(())
        self._laid_out_from: tuple[OpenAnswer, Place, str, str, bool] | None = None
        """What the card was laid out from; None if something else stands in its place."""
        self.open_answer = OpenAnswer.of(item, None, setting.words)

    # What a subclass fills in

    @property
    def card_place(self) -> Place:
        """Where the card stands."""
        raise NotImplementedError

    def confirmed(self, answer: Answer) -> None:
        """Enter: the answer is given; on to what comes next."""
        raise NotImplementedError

    def keep(self, answer: Answer) -> None:
        """The question is left without Enter: the answer is kept."""
        raise NotImplementedError

    def field_of(self, item: str) -> Field:
        """Where the answer to an item is typed."""
        raise NotImplementedError

    @property
    def answer_given(self) -> Answer | None:
        """The answer that the open question was given before."""
        raise NotImplementedError

    def action_back(self) -> None:
        """One question back; never refused."""
        raise NotImplementedError

    # The sitting

    @property
    def patient(self) -> bool:
        """Whether the card speaks to a patient."""
        return self.session.patient

    @property
    def hidden(self) -> bool:
        """Whether nothing is shown that gives away where an answer leads."""
        return self.session.hidden

    @property
    def occasion(self) -> Occasion:
        """On what day the open question is answered, and by whom."""
        return self.session.occasion(self.open_answer.item)

    @property
    def in_front(self) -> object:
        """The open question: its screen stays for all of them."""
        return self, self.open_answer.item.id

    @property
    def unanswered_key(self) -> str:
        """The sentence that says how to answer, for this question and this reader."""
        key = "question.how_to_write" if self.open_answer.item.is_typed else "question.how_to_choose"
        return f"{key}_patient" if self.patient else key

    # The card

    def open(self, item: Item, answer: Answer | None) -> None:
        """Opens a question with the answer it has, or with what was typed before."""
        self.open_answer = OpenAnswer.of(item, answer, self.words)
        if item.is_typed and (typed := self.session.unconfirmed.get(self.field_of(item.id))):
            self.open_answer = self.open_answer.written(typed)
        field = self._field()
        for editor in (self._editor, *((self._pad,) if self._pad is not None else ())):
            if editor is not field:
                self.put(editor, None)
        if field is None:
            self.set_focus(None)
            return
        with self.prevent(field.Changed):
            if isinstance(field, Editor):
                field.longest = item.longest
                field.value = self.open_answer.typed
                field.cursor_position = len(self.open_answer.typed)
            else:
                field.longest = item.longest
                field.load_text(self.open_answer.typed)
                field.move_cursor(field.document.end)
        self.set_focus(field)  # at once: what is typed ahead belongs into it

    def _field(self) -> "Editor | Pad | None":
        if not self.open_answer.item.is_typed or self.open_answer.doubt is not None:
            return None
        if not self._takes_lines:
            return self._editor
        if self._pad is None:
            from msals_tui.ui.drawing.pad import Pad

            self._pad = Pad(id="pad")
            self.mount(self._pad)
        return self._pad

    @property
    def _takes_lines(self) -> bool:
        """Whether a text of several lines is asked for."""
        return self.open_answer.item.takes_lines

    def draw_card(self, *, note: str = "", news: str = "") -> None:
        """Lays the card out at its present size and puts the field where the card leaves room for it."""
        place = self.card_place
        before, self._laid_out_from = self._laid_out_from, (self.open_answer, place, note, news, self.hidden)
        if before != self._laid_out_from:
            style = Style(self.words, self.glyphs, self.patient, self.occasion, self.hidden)
            self._laid_out = card(self.open_answer, style, place.width, place.height, note=note, news=news)
            self._card.show(self._laid_out.rows)
            spans = (span for spans in self._laid_out.rows for span in spans)
            self._drawn = any(span.role.startswith("picture") for span in spans)
        if (field := self._field()) is not None:
            self._put_field(field, place)
        else:
            self.put(self._editor, None)
            # The hardware cursor follows the pointer, for braille displays and screen magnifiers; first it is at the question.
            at = _row_of(self._laid_out.rows, self.open_answer) or 0
            self.app.cursor_position = Offset(place.x + 1, place.y + at)

    def _put_field(self, field: "Editor | Pad", card: Place) -> None:
        """The field where the card has room for it, with the cursor in it; nowhere while the card is too low for it."""
        drawn, y = self._laid_out, self._laid_out.field_row
        if not 0 <= y <= card.height - drawn.field_height:
            self.put(field, None)
            return
        self.put(field, Place(card.x + 2, card.y + y, drawn.field_width, drawn.field_height))
        if self.focused is not field and self.is_current:
            self.set_focus(field)
        self.app.cursor_position = field.cursor_screen_offset

    def say_only(self, sentence: str) -> None:
        """One sentence in the place of the card."""
        self._laid_out_from = None
        if (field := self._field()) is not None:
            self.put(field, None)
        self._card.show(wrapped(sentence, max(self.card_place.width, 1)))

    # Keys

    def action_go_on(self) -> None:
        """Enter: takes the answer, or says why it cannot."""
        self.open_answer, answer = self.open_answer.settled(self.words, self.occasion, unanswered=self.unanswered_key)
        if answer is None:
            self.draw()
            self.refocus()
            if self.open_answer.doubt is not None:
                self.set_focus(None)
        else:
            self.confirmed(answer)

    def leaves_doubt(self) -> bool:
        """Whether there was a question about what was typed; if so, it is left, and the field is there again."""
        if self.open_answer.doubt is None:
            return False
        self.open_answer = self.open_answer.undoubted()
        self.draw()
        self.refocus()
        return True

    def continue_key(self) -> Key:
        """Enter; where Enter begins another line of a text, the key that stands for it."""
        return Key("^N" if self._takes_lines else "Enter", self.words("key.continue"), "go_on")

    def refocus(self) -> None:
        """The cursor back into the field, if there is one."""
        if (field := self._field()) is not None:
            self.set_focus(field)

    def action_unanswered(self, code: str) -> None:
        """A way not to answer, by its own key."""
        self._becomes(self.open_answer.unanswered(MissingCode(code), self.words))

    def _becomes(self, open_answer: OpenAnswer) -> None:
        """The answer in the making is this one from now on."""
        self.open_answer = open_answer
        if self.open_answer.missing is not None and (field := self._field()) is not None:
            with self.prevent(field.Changed):
                field.clear()
        self.draw()

    def keep_open_answer(self, *, ended: bool = False) -> None:
        """Before leaving without Enter: a chosen or typed answer is kept, a text that is no answer stays typed.

        Where the program is `ended` nobody left the question: half a number would be another number. What was typed is then
        kept as what it is, and is no answer.
        """
        typing = ended and self.open_answer.typed.strip()
        answer = None if typing else self.open_answer.kept(self.words, self.occasion)
        if answer is not None:
            self.keep(answer)
        else:
            self.set_aside(self.answer_given)

    def set_aside(self, answer: Answer | None) -> None:
        """A text that was typed and says something else than this answer is there again on coming back."""
        item, typed = self.open_answer.item, self.open_answer.typed
        news = typed if typed != OpenAnswer.of(item, answer, self.words).typed else ""
        self.session.keep_typed(self.field_of(item.id), news)

    def on_key(self, event: events.Key) -> None:
        """Digits, arrows, Space and Enter on a card of options; Up and Down also beside a field of one line."""
        acts = self._act_of(event)
        if acts is not None:
            event.stop()
            event.prevent_default()
            acts()

    def on_paste(self, event: events.Paste) -> None:
        """Where nothing can be written, a paste does nothing, and that is said."""
        if self._field() is None and event.text:
            event.stop()
            self.open_answer = self.open_answer.failed(self.words("fault.nowhere_to_paste"))
            self.draw()

    def _act_of(self, event: events.Key) -> Callable[[], None] | None:
        """What a key does on this card; None leaves it to the field or to the bindings."""
        key = event.key
        if key in ("up", "down") and not self._takes_lines:
            return partial(self._move, cast(Arrow, key))
        if self._field() is not None:
            return None
        if key in ("left", "right"):
            return partial(self._move, cast(Arrow, key))
        if key == "enter":
            return self.action_go_on
        if key == "backspace":
            return self._backspace
        if not event.is_printable or key.startswith("alt+"):  # a letter comes with Alt, too
            self.open_answer = self.open_answer.ended()
            return None
        return self._stroke_of(event.character or "")

    def _stroke_of(self, character: str) -> Callable[[], None] | None:
        """What a character does on a card of options; None leaves it to the bindings."""
        open_answer = self.open_answer
        typing = open_answer.typing
        if not open_answer.item.is_question or (character == _ASKS and not (typing is not None and typing.unread)):
            return None
        entry = open_answer.key(character)
        after = open_answer.stroke(character, self.words, patient=self.patient)
        if entry is not None and after.typing is not None and not after.typing.unread:
            return partial(self.entry_key, entry, after)
        return partial(self._becomes, after)

    def _backspace(self) -> None:
        """One character of words less, where somebody types some; otherwise back."""
        if (open_answer := self.open_answer.unstroked(self.words, patient=self.patient)) is not None:
            self._becomes(open_answer)
        else:
            self.action_back()

    def entry_key(self, entry: str, after: OpenAnswer) -> None:
        """A digit, or a click, chose an entry."""
        self._becomes(after)
        if self.setting.digit_continues and not self.open_answer.item.takes_several:
            self.action_go_on()

    def _move(self, arrow: Arrow) -> None:
        """The pointer, as the kind of the question says."""
        open_answer = self.open_answer
        beside = open_answer.beside({"left": -1, "right": 1}.get(arrow, 0))
        if beside is open_answer or arrow in ("up", "down"):
            beside = DRAWN[open_answer.item.type].moved(open_answer, arrow, drawn=self._drawn)
        self.open_answer = beside
        self.draw()

    def on_input_changed(self) -> None:
        """The open answer follows what is typed."""
        self._follow()

    def on_text_area_changed(self) -> None:
        """The open answer follows what is typed in several lines."""
        self._follow()

    def _follow(self) -> None:
        """Takes over what stands in the field, if that is news."""
        field = self._field()
        if (
            field is not None
            and (text := field.value if isinstance(field, Editor) else field.text) != self.open_answer.typed
        ):
            self.open_answer = self.open_answer.written(text)
            self.draw()

    @on(Editor.Submitted)
    def submitted(self, event: Editor.Submitted) -> None:
        """Enter in the field."""
        event.stop()
        self.action_go_on()

    @on(Cleaned)
    def cleaned(self, event: Cleaned) -> None:
        """Says how many characters were replaced, and that some were cut off."""
        event.stop()
        self._follow()  # before the field says it itself, which would take the sentence away again
        self.open_answer = self.open_answer.failed(event.sentence(self.words))
        self.draw()

    @on(Lines.Pressed, "#card")
    def pressed_entry(self, event: Lines.Pressed) -> None:
        """A click chooses; Continue (or Enter) goes on."""
        event.stop()
        entry = event.target.removeprefix("entry:")
        if entry in self.open_answer.entries:
            self.entry_key(entry, self.open_answer.pointed(entry).picked(entry))

    @on(Lines.Pressed, "#keys")
    async def pressed_key(self, event: Lines.Pressed) -> None:
        """A click on the key bar takes that action."""
        event.stop()
        await self.run_action(event.target)


def _row_of(rows: Sequence[Row], open_answer: OpenAnswer) -> int | None:
    target = entry_target(open_answer.focus or "")
    return next((y for y, spans in enumerate(rows) if any(span.target == target for span in spans)), None)


def too_small(width: int, height: int) -> bool:
    """Whether a window cannot hold a question."""
    return width < LEAST_WIDTH or height < LEAST_HEIGHT
