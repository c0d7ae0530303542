"""The records of this machine with their questionnaires: which there are, how each stands, going on with one."""

from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.content.library import Library
from msals_tui.errors import Filled, InputFault, MsalsError, UsageFault
from msals_tui.interview.progress import progress
from msals_tui.questionnaire.words import Words
from msals_tui.records.drafts import Draft, Open, OtherVersion, TakenUp, carry_over, read_draft, take_up
from msals_tui.records.entries import MovedEntry, body_of
from msals_tui.records.kept import Kept
from msals_tui.records.overview import MOST_OFFERED, Listed, Looked, Offered, Overview
from msals_tui.records.pending import Pending, PendingDrafts, written_last
from msals_tui.records.recording import Recording, holder_name, user
from msals_tui.records.seal import RECIPIENTS, Seal, opened_with, seal_of
from msals_tui.records.store import Records, records_folder
from msals_tui.session.clock import Clock
from msals_tui.session.load_content import load_content
from msals_tui.session.options import Options
from msals_tui.session.session import Content, Session


class Catalog(Pending):
    """Joins the records, the questionnaires that they answer, and sittings with them."""

    def __init__(
        self, records: Records, library: Library, language: str, clock: Clock, opened: Open | None = None
    ) -> None:
        super().__init__(records)
        self.opened = opened
        """Opens what is sealed, where somebody gave the key."""
        self.asked: str | None = None
        """The name or file of the questionnaire that is asked here, tried before the one that a record names."""
        self._library, self._language, self._clock = library, language, clock

    def words(self, draft: Draft | None = None) -> Words:
        """The words around the questions, in the language of a record, or of whoever sits here."""
        return self._library.words(draft.header.words if draft is not None else self._language)

    def open(self, options: Options) -> "Resumed":
        """The record that the command line named, as it was asked for. Refusals as in `resume`."""
        intake, asked = options.resume or "", options.questionnaire
        finals = self.records.read(intake).finals
        if options.amend and not finals:
            raise UsageFault("there is no final to amend", where=intake, hint="leave --amend out")
        resumed = self.carry_over(intake, asked) if options.carry_over else self.resume(intake, asked)
        if options.amend:
            resumed.recording.amend(finals[-1], options.amend)
        return resumed

    def overviews(self) -> list[Overview]:
        """Every record, the one written last first. Raises MachineFault if the folder cannot be read."""
        kept = sorted(self.records.all(), key=written_last, reverse=True)
        return [self.overview(one) for one in kept]

    def offered(self, questionnaire: str | None = None, waiting: PendingDrafts | None = None) -> Offered:
        """What can be gone on with; with `questionnaire`, only what answers it. MachineFault as above.

        `waiting` is what a look at the pending found a moment ago.
        """
        found = waiting if waiting is not None else self.waiting(questionnaire)
        overviews = tuple(self.overview(one) for one in found.drafts[:MOST_OFFERED])
        return Offered(overviews, len(found.drafts), len(self.records.ids()), found.damaged)

    def overview(self, kept: Kept) -> Overview:
        """How one record stands. Never fails."""
        try:
            draft = self.draft(kept)
        except MsalsError as fault:
            return Overview(kept.id, "damaged", fault="; ".join(kept.faults) or str(fault))
        made = draft.header.questionnaire
        known = Overview(
            id=kept.id,
            state=kept.state,
            questionnaire=made.id,
            title=made.title,
            voice=made.voice,
            started=draft.header.at,
            last=draft.last,
            answered=len(draft.answers),
            finals=len(kept.finals),
            amends=draft.amends is not None,
            sealed=draft.header.sealed,
            fault="; ".join(kept.faults),
        )
        try:
            interview = take_up(draft, self.content(draft), self._clock).session.interview
        except MsalsError as fault:
            return replace(known, other_version=isinstance(fault, OtherVersion))
        counted = progress(interview)
        section = interview.questionnaire.section_of[interview.position] if interview.position else None
        place = section.title if section is not None else ""
        return replace(known, answered=counted.answered, place=place, to_come=counted.to_come)

    def listed(self, kept: Kept) -> Listed:
        """How a record stands, and who writes in it now. Never fails."""
        return self._listed(self.overview(kept))

    def all_listed(self) -> list[Listed]:
        """The same of every record, the one written last first. Raises MachineFault if the folder cannot be read."""
        return [self._listed(one) for one in self.overviews()]

    def _listed(self, overview: Overview) -> Listed:
        return Listed(overview, self.held_by(overview.id))

    def looked(self, kept: Kept, name: str | None = None) -> Looked:
        """All that can be told of a record; `name` gives its questionnaire, or its file. Never fails."""
        bare = Looked(self.listed(kept), kept)
        try:
            known = replace(bare, draft=self.draft(kept))
        except MsalsError as fault:
            return replace(bare, remarks=(str(fault),))
        try:
            taken = self.look(kept, name)
        except MsalsError as fault:
            return replace(known, remarks=(str(fault),))
        return replace(known, session=taken.session, remarks=taken.remarks)

    def draft(self, kept: Kept) -> Draft:
        """What a record says. Raises InputFault if it cannot be read."""
        return read_draft(kept, self.opened)

    def content(self, draft: Draft, name: str | None = None) -> Content:
        """The questionnaire that a draft answers, as it is here; `name` gives another, or its file.

        Of several, the very one that it was made with. Raises InputFault if there is none.
        """
        made = draft.header.questionnaire
        here = [name] if name is not None else [*([self.asked] if self.asked is not None else []), made.id]
        found, refused = [], InputFault(Filled('there is no questionnaire "{id}"', id=made.id), where=made.id)
        for one in dict.fromkeys(here):
            try:
                found.append(load_content(self._library, one, language=made.language, words=draft.header.words))
            except InputFault as fault:
                refused = fault
        found = [one for one in found if one.questionnaire.id == made.id]
        if not found:
            raise refused
        return next((one for one in found if one.questionnaire.sha256 == made.sha256), found[0])

    def look(self, kept: Kept, name: str | None = None) -> TakenUp:
        """A record as a session that nobody goes on with. Raises OtherVersion or InputFault if it cannot be shown so."""
        draft = self.draft(kept)
        return take_up(draft, self.content(draft, name), self._clock)

    def begin(self, content: Content) -> Recording:
        """A new intake; its record is made with its first answer."""
        self._seal()  # what cannot be sealed is better known before the first answer
        return Recording(Session(content, self._clock), self.records, self._language, sealing=self._seal)

    def resume(self, intake: str, name: str | None = None) -> "Resumed":
        """Goes on with a draft, a final (which is amended) or what is left of a damaged one, its lock taken.

        Locked, OtherVersion, InputFault or MachineFault if that cannot be.
        """
        record = self.records.open(intake, holder_name(self._clock))
        try:
            draft = self.to_go_on_with(record.kept)
            taken = take_up(draft, self.content(draft, name), self._clock)
            self._seal(draft)  # or nothing more of it could be sealed
        except MsalsError:
            record.close()
            raise
        recording = Recording(taken.session, self.records, draft.header.words, record=record, sealing=self._seal)
        return Resumed(recording, taken.remarks)

    def carry_over(self, intake: str, name: str | None = None) -> "Resumed":
        """Begins a new record, with the questionnaire as it is here, from the answers of another.

        The other is left as it is but for a line that says where it goes on. Refusals as in `resume`.
        """
        record = self.records.open(intake, holder_name(self._clock))
        try:
            draft = self.to_go_on_with(record.kept)
            self._seal(draft)
            taken = carry_over(draft, self.content(draft, name), self._clock)
            recording = Recording(taken.session, self.records, draft.header.words, sealing=self._seal)
            recording.take_over(intake)
            if not recording.save() and (fault := recording.saving.fault) is not None:
                with suppress(MsalsError):
                    recording.discard()
                recording.close()
                raise fault
            remarks = taken.remarks
            try:
                record.files.add(body_of(MovedEntry(at=self._clock.now(), ms=0, to=taken.session.id)))
                record.files.save()
            except MsalsError as unmarked:  # the new record is whole and saved all the same
                remarks += (str(unmarked),)
        finally:
            record.close()
        return Resumed(recording, remarks)

    def to_go_on_with(self, kept: Kept) -> Draft:
        """What a record says that is to be gone on with. Raises InputFault if it cannot be read, or goes on in another."""
        draft = self.draft(kept)
        last = draft.entries[-1] if draft.entries else None
        if isinstance(last, MovedEntry) and last.to in self.records.ids():  # else that one was deleted since
            hint = Filled("msals-tui records resume {to}", to=last.to)
            raise InputFault("the record goes on in another one", where=kept.id, hint=hint)
        return draft

    def purge(self, kept: Kept) -> None:
        """Deletes a record; that it was there stays in the list of what was done. Refusals as in `Records.purge`."""
        self.records.purge(kept.id)
        finals = [one.sha256 for one in kept.finals]
        at = self._clock.now().isoformat()
        self.records.audit({"did": "purged", "at": at, "who": user(), "id": kept.id, "finals": finals})

    def _seal(self, draft: Draft | None = None) -> Seal | None:
        """What answers are sealed with. Raises InputFault if a sealed record could only be gone on with in the open."""
        seal = seal_of(self.records.root)
        if seal is None and draft is not None and draft.header.sealed:
            hint = Filled(
                "put the clinic's {recipients} back into {root}", recipients=RECIPIENTS, root=self.records.root
            )
            raise InputFault(
                "the record is sealed, and the keys to seal more to are not here", where=draft.header.id, hint=hint
            )
        return seal


class Resumed(Struct, frozen=True):
    """A sitting to go on with; `remarks` say what was left behind, a sentence each."""

    recording: Recording
    remarks: tuple[str, ...] = ()


def open_catalog(options: Options, library: Library, clock: Clock) -> Catalog:
    """The catalog of this machine. Raises MsalsError if the keys that were named cannot be used, or no folder is known."""
    opened = opened_with(options.identity)
    return Catalog(Records(records_folder(options.records)), library, options.language, clock, opened)
