"""The pages around the question: home, safety interruption, sections, why, cover, leave."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from msals_tui.evidence.reference import Reference
from msals_tui.interview.events import Jump
from msals_tui.questionnaire.model import Item, Questionnaire
from msals_tui.safety.rules import Fired
from msals_tui.session.desk import Offered
from msals_tui.session.session import DECISIONS, Session
from msals_tui.ui.rows import BLANK, Row, row, wrapped
from msals_tui.ui.screens.deciding import DecisionWanted
from msals_tui.ui.screens.page import Page, targets_of
from msals_tui.ui.setting import Setting
from msals_tui.ui.views import pages as views
from msals_tui.ui.views.frame import Key, choice_rows
from msals_tui.ui.views.pages import START
from msals_tui.ui.views.records import choices_of

NOTHING_OFFERED = Offered()


class HomePage(Page[str]):
    """What can be started, and what staff can go on with. Dismissed with the target that was chosen, or with `leave`."""

    tight = True

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10,ctrl+q,escape", "leave", show=False)]

    def __init__(
        self,
        setting: Setting,
        questionnaires: Sequence[Questionnaire],
        reference: Reference | None = None,
        offered: Offered = NOTHING_OFFERED,
    ) -> None:
        super().__init__(setting)
        self.questionnaires = questionnaires
        self.reference = reference
        self.more = choices_of(offered, setting.words)

    def title_text(self) -> tuple[str, str, str]:
        """Program and what it is for."""
        return self.setting.title, self.words("app.tagline"), ""

    def body_rows(self, width: int) -> list[Row]:
        """Questionnaires, the reference, drafts, records, and the way out."""
        sides = self.reference.sides if self.reference is not None else None
        return views.home_rows(self.questionnaires, sides, self.more, self.words, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        """Enter and leave."""
        return Key("Enter", self.words("key.open"), "take"), Key("F10", self.words("key.leave"), "leave")

    def numbered(self) -> Sequence[str]:
        """Digits in the order shown."""
        reference = () if self.reference is None else ("reference",)
        more = (target for target, _ in self.more)
        return (*(f"{START}{one.id}" for one in self.questionnaires), *reference, *more, "leave")

    def take(self, target: str) -> None:
        """Start, look something up, go on with something, or leave."""
        if target == "reference":
            self.call_later(self.run_action, "app.reference")
        else:
            self.dismiss(target)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss("leave")


class SafetyPage(Page[str]):
    """The interruption: a decision is required, so that there is no key to close it."""

    never_covered = True
    tight = True

    def __init__(self, setting: Setting, session: Session, fired: Fired) -> None:
        super().__init__(setting)
        self.session = session
        self.fired = fired

    def on_mount(self) -> None:
        """The first key is one that was pressed in front of this page."""
        self.post_message(DecisionWanted())

    def title_text(self) -> tuple[str, str, str]:
        """The heading only."""
        return "", self.words("safety_patient.heading" if self.session.patient else "safety.heading"), ""

    def body_rows(self, width: int) -> list[Row]:
        """The answer, what to do, and the choices."""
        return views.safety_rows(
            self.session, self.fired, self.words, self.glyphs, width, self.pointer, patient=self.session.patient
        )

    def keys(self) -> Sequence[Key]:
        """Choosing, and reading on where the page is longer than the screen."""
        say = self.words
        return (
            Key("1-3", say("key.choose"), "edge(0)"), Key("PgDn", say("key.scroll"), "leaf(1)"),
            Key("F9", say("key.hide"), "app.cover"),
        )  # fmt: skip

    def numbered(self) -> Sequence[str]:
        """The decisions."""
        return tuple(f"decide:{choice}" for choice in DECISIONS)

    def take(self, target: str) -> None:
        """Decided."""
        self.dismiss(target.removeprefix("decide:"))


class SectionsPage(Page[None]):
    """All sections, to jump to."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,f3", "close", show=False)]

    def __init__(self, setting: Setting, session: Session) -> None:
        super().__init__(setting)
        self.session = session
        self._typed = ""

    def title_text(self) -> tuple[str, str, str]:
        """The heading."""
        return self.setting.title, self.words("sections.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        """A line a section."""
        return views.section_rows(self.session, self.glyphs, width, self.pointer)

    def keys(self) -> Sequence[Key]:
        """Open and close."""
        return Key("Enter", self.words("key.open"), "take"), Key("Esc", self.words("key.close"), "close")

    def on_key(self, event: events.Key) -> None:
        """Digits only point, since there are more sections than digits; Enter opens."""
        if not (event.character or "").isdecimal():
            return
        event.stop()
        targets = targets_of(self.body_rows(self.app.size.width))
        self._typed = (self._typed + (event.character or ""))[-2:]
        for number in (int(self._typed), int(self._typed[-1])):
            if 0 < number <= len(targets):
                self.pointer = targets[number - 1]
                self.draw()
                return

    def take(self, target: str) -> None:
        """To the section's first question."""
        self.session.post(Jump(target.removeprefix("item:")))
        self.dismiss(None)

    def action_close(self) -> None:
        """Back to the question."""
        self.dismiss(None)


class WhyPage(Page[None]):
    """Why the open question is asked, how to ask it, what the answer would mean, and where that comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace,enter,f1,question_mark", "close", show=False)]

    def __init__(self, setting: Setting, session: Session, item: Item) -> None:
        super().__init__(setting)
        self.session = session
        self.item = item

    def title_text(self) -> tuple[str, str, str]:
        """The heading."""
        return self.setting.title, self.words("question.help" if self.session.patient else "question.why"), ""

    def body_rows(self, width: int) -> list[Row]:
        """The reasons."""
        return views.why_rows(self.session, self.item, self.words, width)

    def keys(self) -> Sequence[Key]:
        """Close and scroll."""
        keys = (Key("Esc", self.words("key.close"), "close"), Key("PgDn", self.words("key.scroll"), "leaf(1)"))
        if self.session.content.reference is None:
            return keys
        return (*keys, Key("F12", self.words("key.reference"), "app.reference"))

    def action_close(self) -> None:
        """Back to the question."""
        self.dismiss(None)


class CoverPage(Page[None]):
    """Hides everything until a key is pressed."""

    never_covered = hides = True

    def title_text(self) -> tuple[str, str, str]:
        """One word."""
        return "", self.words("cover.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        """One sentence."""
        return [BLANK, BLANK, row("  " + self.words("cover.text"))]

    def on_key(self, event: events.Key) -> None:
        """Any key uncovers, and does nothing else."""
        event.stop()
        self.dismiss(None)


class ChoicePage(Page[str]):
    """A sentence and a few things to do; dismissed with the code of one. Esc takes the one that changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,backspace", "close", show=False)]
    table = ""
    """Where the words stand in the catalogue."""
    choices: tuple[str, ...] = ()
    harmless = ""
    """What Esc takes."""

    def __init__(self, setting: Setting, sentence: str = "") -> None:
        super().__init__(setting)
        self.sentence = sentence

    def title_text(self) -> tuple[str, str, str]:
        """The heading."""
        return self.setting.title, self.words(f"{self.table}.title"), ""

    def body_rows(self, width: int) -> list[Row]:
        """The sentence and the choices."""
        rows: list[Row] = [BLANK]
        if self.sentence:
            rows += [*wrapped(self.sentence, width - 2, "strong", margin="  "), BLANK]
        for number, choice in enumerate(self.choices, 1):
            label = self.words(f"{self.table}.{choice}")
            rows += choice_rows(label, str(number), choice, self.pointer, width, self.glyphs)
        return rows

    def keys(self) -> Sequence[Key]:
        """Choose and close."""
        digits = f"1-{len(self.choices)}"
        return Key(digits, self.words("key.choose"), "edge(0)"), Key("Esc", self.words("key.back"), "close")

    def numbered(self) -> Sequence[str]:
        """The choices."""
        return self.choices

    def take(self, target: str) -> None:
        """Chosen."""
        self.dismiss(target)

    def action_close(self) -> None:
        """Changes nothing."""
        self.dismiss(self.harmless)


class LeavePage(ChoicePage):
    """Leaving before the summary was written. A correction of a final is never deleted with it."""

    table = "leave"
    harmless = "stay"

    def __init__(self, setting: Setting, session: Session) -> None:
        super().__init__(setting)
        recorded = setting.saving() is not None
        if session.patient:
            self.table = "leave_patient"
            self.choices = ("later", "stay") if recorded else ("write", "stay")
        else:
            discard = ("discard",) if session.amends is None else ()
            self.choices = (*(("later",) if recorded else ()), "write", "stay", *discard)


class DiscardPage(ChoicePage):
    """Asks again before answers are deleted."""

    table = "discard"
    choices = ("stay", "discard")
    harmless = "stay"


class NotWrittenPage(ChoicePage):
    """The summary could not be written; the answers are still here."""

    table = "not_written"
    choices: tuple[str, ...] = ("again", "print", "stay")
    harmless = "stay"

    def __init__(self, setting: Setting, sentence: str) -> None:
        super().__init__(setting, setting.words("not_written_patient.text") if setting.patient else sentence)
        if setting.patient:
            self.table, self.choices = "not_written_patient", ("again", "stay")


class ThanksPage(ChoicePage):
    """The end of a patient's questions: to whom the screen goes now."""

    table = "thanks"
    choices = ("over",)
    harmless = "over"
