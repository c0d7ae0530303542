"""Shows every step of the flow as a screen, and hands back what came of it. Pages are imported when they are shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from textual.app import App

from msals_tui.flow.flow import Flow
from msals_tui.flow.steps import (
    NEW,
    Accepted,
    AllRecords,
    Ask,
    Check,
    Chosen,
    Closed,
    Decide,
    Decided,
    Done,
    Event,
    Home,
    HowToLeave,
    LeftBehind,
    Look,
    Notice,
    NotWritten,
    Offer,
    OneRecord,
    Paused,
    Preview,
    Reason,
    Said,
    Step,
    Sure,
    SureToDiscard,
    Thanks,
    Trouble,
    Work,
    Worked,
)  # fmt: skip
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.flow.end_words import end_words
from msals_tui.ui.screens.base_screen import BaseScreen
from msals_tui.ui.screens.notice import NoticePage
from msals_tui.ui.screens.question import QuestionScreen

BACK = "back"
RECORD_CHOICES = {
    "look": "record_page.look", "resume": "record_page.resume", "correct": "record_page.correct",
    "good": "record_page.good", "carry_over": "record_page.carry_over", "delete": "record_page.delete",
}  # fmt: skip
"""The words of what can be done with a record."""


class SettingFor(Protocol):
    """How screens look and speak to a patient, or to staff."""

    def __call__(self, *, patient: bool) -> Setting:
        """That of either."""


class StepScreens:
    """The screens of one run."""

    def __init__(
        self,
        app: App[str],
        flow: Flow,
        setting_for: SettingFor,
        *,
        notice_drawn: Callable[[], None],
        decision_wanted: Callable[[], None],
        ms: Callable[[], int],
    ) -> None:
        """`notice_drawn` is called whenever the notice is laid out, `decision_wanted` when a safety page appears.

        `ms` gives milliseconds of a clock that only goes on.
        """
        self._app, self._flow, self._setting_for = app, flow, setting_for
        self._notice_drawn, self._decision_wanted, self._ms = notice_drawn, decision_wanted, ms
        self._words = flow.words
        self._checked = ""
        """The question for which somebody left the check-answers page last."""
        self.pages: dict[type[Step], Callable[[Any], None]] = {
            Notice: self._notice, Home: self._home, Offer: self._offer, AllRecords: self._all_records,
            OneRecord: self._one_record, Look: self._look, Reason: self._reason, Sure: self._sure,
            LeftBehind: self._left_behind, Trouble: self._trouble, Ask: self._ask, Decide: self._decide,
            Check: self._check, Preview: self._preview, Paused: self._paused, HowToLeave: self._how_to_leave,
            SureToDiscard: self._sure_to_discard, Work: self._work, NotWritten: self._not_written,
            Thanks: self._thanks, Done: self._done,
        }  # fmt: skip
        """How each step is shown."""

    def take(self, *events: Event) -> None:
        """Hands over what happened, and shows what comes next."""
        self.show(self._flow.take(*events))

    def show(self, step: Step) -> None:
        """Shows a step."""
        self.pages[type(step)](step)

    def show_alone(self, step: Step) -> None:
        """Shows a step with nothing below it."""
        self._clear()
        self.show(step)

    def _push(self, page: BaseScreen[Any], event_of: Callable[[Any], Event]) -> None:
        page.put_over(self._app, lambda result: self.take(event_of(result)))

    @property
    def _setting(self) -> Setting:
        session = self._flow.session
        return self._setting_for(patient=session is not None and session.patient)

    # Before the first question

    def _notice(self, step: Notice) -> None:
        page = NoticePage(
            self._setting_for(patient=step.patient), patient=step.patient, clock=step.clock,
            unfinished=step.unfinished, drawn=self._notice_drawn,
        )  # fmt: skip
        self._push(page, lambda accepted: Accepted() if accepted else Closed())

    def _home(self, step: Home) -> None:
        from msals_tui.ui.screens.home_page import HomePage

        page = HomePage(self._setting, step.questionnaires, step.reference, step.offered)
        self._push(page, partial(_chosen, harmless="leave"))

    def _menu(
        self, title: str, choices: Sequence[tuple[str, str]], sentences: Sequence[str] = (), pointer: str = BACK
    ) -> None:
        """A page of choices, codes with their labels; the way back is one of them."""
        from msals_tui.ui.screens.records import MenuPage

        page = MenuPage(self._setting, title, choices, sentences=sentences, harmless=BACK, pointer=pointer)
        self._push(page, partial(_chosen, harmless=BACK))

    def _offer(self, step: Offer) -> None:
        from msals_tui.ui.views.records import choices_of

        choices = [(NEW, self._words("resume.new")), *choices_of(step.offered, self._words)]
        self._menu(self._words("resume.title"), choices, pointer=NEW)

    def _labelled(self, *choices: tuple[str, str]) -> list[tuple[str, str]]:
        return [(code, self._words(key)) for code, key in choices]

    def _all_records(self, step: AllRecords) -> None:
        from msals_tui.ui.screens.records import RecordsPage

        self._push(RecordsPage(self._setting, step.records, step.at), partial(_chosen, harmless=""))

    def _one_record(self, step: OneRecord) -> None:
        from msals_tui.ui.views.records import heading, obstacles

        say, one = self._words, step.one
        choices = self._labelled(*((code, RECORD_CHOICES[code]) for code in step.choices), (BACK, "key.back"))
        sentences = (heading(one.overview, say), *obstacles(one, say))
        self._menu(one.overview.title or say("record_page.one"), choices, sentences, pointer="look")

    def _look(self, step: Look) -> None:
        from msals_tui.ui.screens.records import LookPage

        self._push(LookPage(self._setting, step.looked), lambda _: Closed())

    def _reason(self, _: Reason) -> None:
        from msals_tui.ui.screens.records import ReasonScreen

        self._push(ReasonScreen(self._setting), lambda reason: Said(reason) if reason else Closed())

    def _sure(self, step: Sure) -> None:
        from msals_tui.ui.views.records import heading

        say, about = self._words, heading(step.one.overview, self._words)
        if step.doing == "delete":
            choices = self._labelled((BACK, "record_page.keep"), ("delete", "record_page.delete_now"))
            self._menu(say("record_page.delete_title"), choices, (about, say("records.purge_stays")))
        else:
            choices = self._labelled((BACK, "key.back"), ("carry_over", "record_page.carry_over_now"))
            self._menu(say("record_page.carry_over"), choices, (about, say("record_page.carry_over_what")))

    def _left_behind(self, step: LeftBehind) -> None:
        from msals_tui.ui.screens.records import MenuPage

        say, on = self._words, "go_on"
        choices = self._labelled((on, "record_page.begin"), (BACK, "key.back"))
        page = MenuPage(
            self._setting, say("record_page.left_behind"), choices,
            sentences=(say("record_page.left_behind_what"), *step.remarks), harmless=BACK, pointer=on,
        )  # fmt: skip
        self._push(page, lambda code: Accepted() if code == on else Closed())

    def _trouble(self, step: Trouble) -> None:
        self._menu(
            self._words("record_page.trouble"), self._labelled((BACK, "key.back")), (step.fault.said(self._words),)
        )

    # The sitting: its question screen stays below whatever is put over it

    @property
    def _question(self) -> QuestionScreen | None:
        return next((one for one in self._app.screen_stack if isinstance(one, QuestionScreen)), None)

    def _ask(self, step: Ask) -> None:
        session, question = self._flow.session, self._question
        if question is not None:
            while self._app.screen is not question:
                self._app.pop_screen()
            question.asked(step)
        elif session is not None:
            self._clear()
            self._app.push_screen(QuestionScreen(self._setting, session, self.take, self._flow.keep))

    def _paused(self, _: Paused) -> None:
        if self._question is not None:
            self._question.paused()

    def _decide(self, step: Decide) -> None:
        from msals_tui.ui.screens.safety_page import SafetyPage

        if (session := self._flow.session) is not None:
            self._push(SafetyPage(self._setting, session, step.fired, self._decision_wanted, self._ms), Decided)

    def _check(self, _: Check) -> None:
        from msals_tui.ui.screens.check import CheckPage

        if isinstance(self._app.screen, CheckPage):
            self._app.screen.draw()
        elif (session := self._flow.session) is not None:
            if self._question is not None:
                self._question.put_away()
            page = CheckPage(self._setting, session, self.take, at=self._checked, left_for=self._left_check_for)
            self._app.push_screen(page)

    def _left_check_for(self, item: str) -> None:
        self._checked = item

    def _preview(self, _: Preview) -> None:
        """Staff see the summary before it is written; a patient is simply done."""
        from msals_tui.ui.screens.summary import SummaryPage

        session = self._flow.session
        if session is None or session.patient:
            self.take(Accepted())
        else:
            self._push(SummaryPage(self._setting, session), lambda write: Accepted() if write else Closed())

    # The end

    def _clear(self) -> None:
        """Takes the sitting off the screen: whoever comes next sees nothing of it, and nothing stands half-made."""
        self._checked = ""
        while len(self._app.screen_stack) > 1:
            self._app.pop_screen()

    def _how_to_leave(self, step: HowToLeave) -> None:
        from msals_tui.ui.screens.choice_pages import LeavePage

        self._push(LeavePage(self._setting, step.choices), partial(_chosen, harmless="stay"))

    def _sure_to_discard(self, _: SureToDiscard) -> None:
        from msals_tui.ui.screens.choice_pages import DiscardPage

        self._push(DiscardPage(self._setting), partial(_chosen, harmless="stay"))

    def _work(self, step: Work) -> None:
        from msals_tui.ui.screens.work import WorkPage

        keys = ("record_page.title", "record_page.working")
        if step.about == "summary":
            self._clear()
            keys = ("export.title", "export.writing")
        self._push(WorkPage(self._setting, step.run, *keys), lambda worked: worked or Worked())

    def _not_written(self, step: NotWritten) -> None:
        from msals_tui.ui.screens.choice_pages import NotWrittenPage

        self._push(NotWrittenPage(self._setting, step.fault.said(self._words)), partial(_chosen, harmless="stay"))

    def _thanks(self, _: Thanks) -> None:
        from msals_tui.ui.screens.choice_pages import ThanksPage

        self._push(ThanksPage(self._setting, self._words("thanks.text")), lambda _: Closed())

    def _done(self, step: Done) -> None:
        session = self._flow.session
        said = end_words(step.outcome, self._words, patient=session is not None and session.patient)
        self._app.exit(said or None, return_code=step.status)


def _chosen(code: str | None, *, harmless: str) -> Event:
    """What was chosen; nothing where it is the choice that changes nothing."""
    return Closed() if code is None or code == harmless else Chosen(code)
