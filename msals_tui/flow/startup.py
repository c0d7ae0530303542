"""What is known before the first page: the content that was asked for, a record to go on with, and what is unfinished."""

from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msals_tui.content.library import Library, own_library
from msals_tui.errors import MsalsError
from msals_tui.evidence.reference import Reference
from msals_tui.questionnaire.questionnaire import Questionnaire
from msals_tui.questionnaire.words import Words
from msals_tui.records.pending import Pending, PendingDrafts, written_at
from msals_tui.records.seal import opened_with
from msals_tui.records.store import Records
from msals_tui.session.clock import Clock, MachineClock, is_wrong
from msals_tui.session.options import Options

if TYPE_CHECKING:
    from msals_tui.records.catalog import Catalog, Resumed
    from msals_tui.records.drafts import Open
    from msals_tui.records.overview import Offered
    from msals_tui.session.session import Content


class Startup:
    """Reads what the first pages need, each once."""

    def __init__(
        self,
        options: Options,
        library: Library,
        words: Words,
        clock: Clock,
        pending: Pending | None = None,
        opened: "Open | None" = None,
    ) -> None:
        """Without `pending` nothing is recorded, and there is nothing to go on with. `opened` opens what is sealed."""
        self.options, self.library, self.words, self.clock = options, library, words, clock
        self.resumed: Resumed | None = None
        """The record that the command line named."""
        self._pending, self._opened = pending, opened
        self._contents: dict[str, Content] = {}
        self._known: PendingDrafts | None = None
        """What the notice announced, for the page behind it."""
        self._written: datetime | None = None
        """When the newest record was written last."""

    @cached_property
    def catalog(self) -> "Catalog | None":
        """Where records become sittings; None if nothing is recorded."""
        if self._pending is None:
            return None
        from msals_tui.records.catalog import Catalog

        catalog = Catalog(self._pending.records, self.library, self.options.language, self.clock, self._opened)
        catalog.asked = self.options.questionnaire
        return catalog

    def look(self) -> None:
        """Finds out what the notice says, and whether there is one. Raises MsalsError if nothing can be recorded here."""
        if self.options.output is not None:
            from msals_tui.records.hand_over import refuse_taken

            refuse_taken(self.options.output)
        if self._pending is not None:
            self._pending.check()
            newest = next(self._pending.records.all(newest_first=True), None)  # whether they can be read is known now
            self._written = written_at(newest) if newest is not None else None
        if self.options.resume is not None and self.catalog is not None:
            self.resumed = self.catalog.open(self.options)

    def load(self) -> None:
        """Reads all that the first screens need. Raises MsalsError if it cannot be used."""
        if self.resumed is not None:
            return
        if self._asks_at_once:
            self.content(self.options.questionnaire)
        else:
            _ = self.reference

    @property
    def notice_for(self) -> Literal["patient", "staff"] | None:
        """For whom the notice is that comes first; None if a page may stand before it."""
        if self.resumed is not None:
            return None if self.resumed.recording.session.patient else "staff"
        asked = self._asked
        staff = asked.voice != "patient" if asked is not None else self._staff_here
        return "staff" if staff else "patient"

    def clock_warning(self, *, patient: bool) -> str:
        """What is said before anybody answers where the clock is wrong; "" where it may be right."""
        now = self.clock.now()
        if not is_wrong(now, self._written):
            return ""
        return self.words("resume.clock_patient") if patient else self.words("resume.clock", day=f"{now:%Y-%m-%d}")

    def content(self, name: str) -> "Content":
        """A questionnaire, by its id or file, with everything that one sitting with it reads."""
        from msals_tui.session.load_content import load_content

        if name not in self._contents:
            self._contents[name] = load_content(self.library, name, language=self.options.language)
        return self._contents[name]

    def questionnaires(self) -> list[Questionnaire]:
        """What can be begun, the one that was asked for first."""
        asked, language = self.options.questionnaire, self.options.language
        names = sorted(self.library.questionnaire_files, key=lambda name: name != asked)
        return [self.library.questionnaire_in(language, name) for name in names]

    @property
    def reference(self) -> Reference | None:
        """What staff may look up; None if only patients are asked, before one of whom home may stand open."""
        return self.library.reference_in(self.options.language) if self._staff_here else None

    def offered(self) -> "Offered":
        """What staff can go on with; nothing where a patient may sit, or where somebody named a record already."""
        from msals_tui.records.overview import Offered

        waiting, self._known = self._known if self._known is not None else self._waiting(), None
        if self.catalog is None or not self._offers:
            return Offered()
        with suppress(MsalsError):  # a disk that fails only now keeps nobody from a new intake
            return self.catalog.offered(waiting=waiting)
        return Offered()

    def unfinished(self) -> int:
        """How many drafts are offered behind the notice."""
        self._known = self._waiting()
        return len(self._known.drafts)

    def _waiting(self) -> PendingDrafts:
        if self._pending is None or not self._offers:
            return PendingDrafts()
        with suppress(MsalsError):
            return self._pending.waiting(self._asked.id if self._asked is not None else None)
        return PendingDrafts()

    @property
    def _offers(self) -> bool:
        """Whether anything may be offered to whoever reads the notice."""
        if self._pending is None or self.resumed is not None:
            return False
        asked = self._asked
        return asked.voice != "patient" if asked is not None else self._staff_here

    @property
    def _asked(self) -> Questionnaire | None:
        """The questionnaire that is asked without a home screen."""
        if not self._asks_at_once:
            return None
        return self.library.questionnaire_in(self.options.language, self.options.questionnaire)

    @property
    def _asks_at_once(self) -> bool:
        return self.options.start != "home"

    @property
    def _staff_here(self) -> bool:
        return {one.voice for one in self.questionnaires()} != {"patient"}


def open_startup(options: Options, records: Records) -> Startup:
    """What a front end starts with on this machine. Raises MsalsError if something that was named cannot be used."""
    library = own_library()
    opened = opened_with(options.identity)
    return Startup(options, library, library.words(options.language), MachineClock(), Pending(records), opened)
