"""The ways from what is recorded to a sitting: what is offered, the list of records, and what can be done with one.

Every way ends with a sitting or goes back to where it came from. Nothing of a list stays open behind a sitting, since a
patient may sit there.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from textual.app import App

from msals_tui.errors import MsalsError
from msals_tui.records.catalog import Catalog, Resumed
from msals_tui.records.overview import Listed, Offered
from msals_tui.ui.drawing.setting import Setting
from msals_tui.ui.screens.records import LookPage, MenuPage, ReasonScreen, RecordsPage
from msals_tui.ui.screens.work import Next, WorkPage
from msals_tui.ui.views.records import LIST, choices_of, heading, obstacles

Back: TypeAlias = Callable[[], None]
"""Shows again where somebody came from."""
T = TypeVar("T")


class ResumeFlow:
    """Opens records for staff. Whatever the disk refuses is said in a sentence on a page."""

    def __init__(
        self,
        app: App[str],
        catalog: Catalog,
        setting: Setting,
        begin: Callable[[Resumed], None],
    ) -> None:
        """`begin` starts a sitting with a record that was taken up."""
        self._app, self._catalog, self._setting, self._words = app, catalog, setting, setting.words
        self._begin = begin

    def offer(self, offered: Offered, new: Callable[[], None], again: Back, back: Back) -> None:
        """Before a new intake: drafts to go on with instead. The new one is pointed at; `again` offers anew."""

        def chosen(target: str | None) -> None:
            if target == "new":
                new()
            elif target is None or target == "back":
                back()
            else:
                self.open(target, again)

        choices = [("new", self._words("resume.new")), *choices_of(offered, self._words)]
        page = MenuPage(self._setting, self._words("resume.title"), choices, harmless="back", pointer="new")
        self._app.push_screen(page, chosen)

    def open(self, target: str, back: Back) -> None:
        """What was chosen of what is offered: a draft to go on with, or the list of all records."""
        if target == LIST:
            self._show_list(back)
            return
        intake = target.removeprefix("resume:")
        if (one := self._found(intake, back)) is not None:
            if one.held_by or one.overview.other_version:
                self._show_menu(intake, back)
            else:
                self._go_on(one, back)

    def begin(self, resumed: Resumed, back: Back) -> None:
        """A sitting with a record that was taken up; what was left behind is said first."""
        if not resumed.remarks:
            self._begin(resumed)
            return

        def chosen(code: str | None) -> None:
            if code == "go_on":
                self._begin(resumed)
            else:
                resumed.recording.close()
                back()

        say = self._words
        self._choose(
            say("record_page.left_behind"), ("go_on", "record_page.begin"), ("back", "key.back"), then=chosen,
            sentences=(say("record_page.left_behind_what"), *resumed.remarks), pointer="go_on",
        )  # fmt: skip

    def _show_list(self, back: Back, at: str = "") -> None:
        """All records; `at` is the one to point at."""

        def read() -> list[Listed]:
            return self._catalog.all_listed()

        def show(records: list[Listed]) -> None:
            self._app.push_screen(RecordsPage(self._setting, records, at), chosen)

        def chosen(intake: str | None) -> None:
            if intake:
                self._show_menu(intake, lambda: self._show_list(back, intake))
            else:
                back()

        self._work(read, show, back)

    def _show_menu(self, intake: str, back: Back) -> None:
        """What can be done with one record, as it stands now."""
        one = self._found(intake, back)
        if one is None:
            return

        def again() -> None:
            self._show_menu(intake, back)

        def chosen(code: str | None) -> None:
            if code == "look":
                self._look(one, again)
            elif code in ("resume", "correct", "good"):
                self._go_on(one, again)
            elif code == "carry_over":
                self._carry_over(one, again)
            elif code == "delete":
                self._delete(one, again, back)
            else:
                back()

        title = one.overview.title or self._words("record_page.one")
        self._choose(
            title, *choices_for(one), ("back", "key.back"), then=chosen,
            sentences=(heading(one.overview, self._words), *obstacles(one, self._words)), pointer="look",
        )  # fmt: skip

    def _look(self, one: Listed, back: Back) -> None:
        try:
            kept = self._catalog.records.read(one.overview.id)
        except MsalsError as fault:
            self._say(fault, back)
            return
        page = LookPage(self._setting, self._catalog.looked(kept))
        self._app.push_screen(page, lambda _: back())

    def _go_on(self, one: Listed, back: Back) -> None:
        """Takes a record up; where that corrects a final, somebody says first why."""
        if not one.needs_reason:
            self._take_up(one, None, back)
            return

        def given(reason: str | None) -> None:
            if reason:
                self._take_up(one, reason, back)
            else:
                back()

        self._app.push_screen(ReasonScreen(self._setting), given)

    def _take_up(self, one: Listed, reason: str | None, back: Back) -> None:
        def take_up() -> Resumed:
            resumed = self._catalog.resume(one.overview.id)
            if reason and (finals := resumed.recording.finals):
                resumed.recording.amend(finals[-1], reason)
            return resumed

        self._work(take_up, lambda resumed: self.begin(resumed, back), back)

    def _carry_over(self, one: Listed, back: Back) -> None:
        def carry_over() -> Resumed:
            return self._catalog.carry_over(one.overview.id)

        def chosen(code: str | None) -> None:
            if code == "carry_over":
                self._work(carry_over, lambda resumed: self.begin(resumed, back), back)
            else:
                back()

        say = self._words
        self._choose(
            say("record_page.carry_over"), ("back", "key.back"), ("carry_over", "record_page.carry_over_now"),
            then=chosen, sentences=(heading(one.overview, say), say("record_page.carry_over_what")),
        )  # fmt: skip

    def _delete(self, one: Listed, back: Back, gone: Back) -> None:
        """Asks again; the answer that is pointed at keeps the record."""

        def delete() -> None:
            self._catalog.purge(self._catalog.records.read(one.overview.id))

        def chosen(code: str | None) -> None:
            if code == "delete":
                self._work(delete, lambda _: gone(), back)
            else:
                back()

        say = self._words
        self._choose(
            say("record_page.delete_title"), ("back", "record_page.keep"), ("delete", "record_page.delete_now"),
            then=chosen, sentences=(heading(one.overview, say), say("records.purge_stays")),
        )  # fmt: skip

    def _found(self, intake: str, back: Back) -> Listed | None:
        """How a record stands now; where it is gone, or cannot be read, that is said."""
        try:
            return self._catalog.listed(self._catalog.records.read(intake))
        except MsalsError as fault:
            self._say(fault, back)
            return None

    def _say(self, fault: MsalsError, back: Back) -> None:
        self._choose(
            self._words("record_page.trouble"), ("back", "key.back"), then=lambda _: back(), sentences=(str(fault),)
        )

    def _choose(
        self,
        title: str,
        *choices: tuple[str, str],
        then: Callable[[str | None], None],
        sentences: Sequence[str],
        pointer: str = "back",
    ) -> None:
        """A page of choices, codes with the keys of their labels; Esc takes `back`."""
        labelled = [(code, self._words(key)) for code, key in choices]
        page = MenuPage(self._setting, title, labelled, sentences=sentences, harmless="back", pointer=pointer)
        self._app.push_screen(page, then)

    def _work(self, work: Callable[[], T], then: Callable[[T], None], back: Back) -> None:
        """Does something beside the screen, which never waits for a disk."""

        def worked() -> Next:
            try:
                result = work()
            except MsalsError as fault:
                refused = fault
                return lambda: self._say(refused, back)
            return lambda: then(result)

        def go_on(what: Next | None) -> None:
            if what is not None:
                what()

        self._app.push_screen(WorkPage(self._setting, worked), go_on)


def choices_for(one: Listed) -> list[tuple[str, str]]:
    """What can be done with a record: codes, and the keys of their words."""
    look, delete = ("look", "record_page.look"), ("delete", "record_page.delete")
    overview = one.overview
    if one.held_by:
        return [look]
    if overview.state == "moved" or not overview.questionnaire:
        return [look, delete]
    if overview.other_version:
        return [look, ("carry_over", "record_page.carry_over"), delete]
    if overview.state == "damaged":
        return [look, ("good", "record_page.good"), delete]
    if one.needs_reason:
        return [look, ("correct", "record_page.correct"), delete]
    return [("resume", "record_page.resume"), look, delete]
