"""The records of this machine as somebody at the desk sees them: which there are, how each stands, and going on with one."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.errors import InputFault, MsalsError, UsageFault
from msals_tui.interview.progress import progress
from msals_tui.questionnaire.words import Words
from msals_tui.session.clock import Clock, local
from msals_tui.session.content import load_content
from msals_tui.session.drafts import Draft, Open, OtherVersion, TakenUp, carry_over, read_draft, take_up
from msals_tui.session.entries import MovedEntry, body_of
from msals_tui.session.options import Options
from msals_tui.session.recording import Recording, holder_name, user
from msals_tui.session.session import Content, Session
from msals_tui.session.shelf import Shelf, Waiting, written_last
from msals_tui.storage.library import Library
from msals_tui.storage.records import Kept, Records, State, records_folder
from msals_tui.storage.seal import RECIPIENTS, Seal, opener_of, seal_of

MOST_OFFERED = 3
"""Drafts that are offered by themselves; the others stand in the list of all records."""


class Overview(Struct, frozen=True):
    """How one record stands. Of a sealed or damaged one only what can be read is told."""

    id: str
    state: State
    questionnaire: str = ""
    """Its id; "" where it cannot be read."""
    title: str = ""
    voice: str = ""
    started: datetime | None = None
    last: datetime | None = None
    place: str = ""
    """The section of the first open question; "" where none is open or it cannot be told."""
    answered: int = 0
    to_come: int | None = None
    """Questions without an answer; None where it cannot be told."""
    finals: int = 0
    amends: bool = False
    """A final is being corrected."""
    sealed: bool = False
    other_version: bool = False
    """Made with another version of its questionnaire than there is here."""
    fault: str = ""
    """Why it cannot be read, or what of it does not verify."""


class Desk(Shelf):
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
        """Every record, the one written last first. MachineFault when the folder cannot be read."""
        kept = sorted(self.records.all(), key=written_last, reverse=True)
        return [self.overview(one) for one in kept]

    def offered(self, questionnaire: str | None = None, waiting: Waiting | None = None) -> "Offered":
        """What can be gone on with; with `questionnaire`, only what answers it. MachineFault as above.

        `waiting` is what a look at the shelf found a moment ago.
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

    def draft(self, kept: Kept) -> Draft:
        """What a record says. InputFault when it cannot be read."""
        return read_draft(kept, self.opened)

    def content(self, draft: Draft, name: str | None = None) -> Content:
        """The questionnaire that a draft answers, as it is here; `name` gives another, or its file.

        Of several, the very one that it was made with. InputFault when there is none.
        """
        made = draft.header.questionnaire
        here = [name] if name is not None else [*([self.asked] if self.asked is not None else []), made.id]
        found, refused = [], InputFault(f'there is no questionnaire "{made.id}"', where=made.id)
        for one in dict.fromkeys(here):
            try:
                found.append(load_content(self._library, one, language=made.language))
            except InputFault as fault:
                refused = fault
        found = [one for one in found if one.questionnaire.id == made.id]
        if not found:
            raise refused
        return next((one for one in found if one.questionnaire.sha256 == made.sha256), found[0])

    def look(self, kept: Kept, name: str | None = None) -> TakenUp:
        """A record as a session that nobody goes on with. OtherVersion or InputFault when it cannot be shown so."""
        draft = self.draft(kept)
        return take_up(draft, self.content(draft, name), self._clock)

    def begin(self, content: Content) -> Recording:
        """A new intake; its record is made with its first answer."""
        self._seal()  # what cannot be sealed is better known before the first answer
        return Recording(Session(content, self._clock), self.records, self._language, sealing=self._seal)

    def resume(self, intake: str, name: str | None = None) -> "Resumed":
        """Goes on with a draft, a final (which is amended) or what is left of a damaged one, its lock taken.

        Locked, OtherVersion, InputFault or MachineFault when that cannot be.
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
        """What a record says that is to be gone on with. InputFault when it cannot be read, or goes on in another."""
        draft = self.draft(kept)
        last = draft.entries[-1] if draft.entries else None
        if isinstance(last, MovedEntry) and last.to in self.records.ids():  # else that one was deleted since
            hint = f"msals-tui records resume {last.to}"
            raise InputFault("the record goes on in another one", where=kept.id, hint=hint)
        return draft

    def purge(self, kept: Kept) -> None:
        """Deletes a record; that it was there stays in the list of what was done. Refusals as in `Records.purge`."""
        self.records.purge(kept.id)
        finals = [one.sha256 for one in kept.finals]
        at = self._clock.now().isoformat()
        self.records.audit({"did": "purged", "at": at, "who": user(), "id": kept.id, "finals": finals})

    def _seal(self, draft: Draft | None = None) -> Seal | None:
        """What answers are sealed with. InputFault when a sealed record could only be gone on with in the open."""
        seal = seal_of(self.records.root)
        if seal is None and draft is not None and draft.header.sealed:
            hint = f"put the clinic's {RECIPIENTS} back into {self.records.root}"
            raise InputFault(
                "the record is sealed, and the keys to seal more to are not here", where=draft.header.id, hint=hint
            )
        return seal


class Offered(Struct, frozen=True):
    """The few newest of `unfinished` drafts, how many records there are in all, and how many are damaged."""

    drafts: tuple[Overview, ...] = ()
    unfinished: int = 0
    records: int = 0
    damaged: int = 0


class Resumed(Struct, frozen=True):
    """A sitting to go on with; `remarks` say what was left behind, a sentence each."""

    recording: Recording
    remarks: tuple[str, ...] = ()


def draft_line(draft: Overview, words: Words) -> str:
    """A draft in words: what it is, when it was begun and left, where it stands."""
    key = "resume.draft" if draft.to_come is not None else "resume.draft_unread"
    last = local(draft.last) if draft.last is not None else "?"
    facts = {"answered": draft.answered, "to_come": draft.to_come, "place": draft.place}
    return words(key, id=draft.id[:8], title=draft.title, last=last, **facts)


_STATES = {
    "draft": "records.draft",
    "final": "records.final",
    "moved": "records.moved",
    "damaged": "records.damaged",
}


def safety_lines(session: Session, words: Words) -> Iterator[str]:
    """Each safety rule that holds, and what was decided about it."""
    decisions = session.decisions
    for fired in session.fired:
        rule, decision = fired.rule, decisions.get(fired.rule.id)
        if decision is None:
            yield words("records.undecided", number=rule.number, title=rule.title)
            continue
        choice, time = words(f"safety.choice.{decision.choice}"), local(decision.time)
        yield words("records.decided", number=rule.number, title=rule.title, choice=choice, time=time)


def state_in_words(one: Overview, words: Words) -> str:
    """How a record stands, and whether a final is being corrected."""
    return words("records.correcting" if one.state == "draft" and one.amends else _STATES[one.state])


def as_written(plain: object) -> str:
    """An answer as it was written down, where its questionnaire is not here to say it in words."""
    return json.dumps(plain, default=str, ensure_ascii=False)


def open_desk(options: Options, library: Library, clock: Clock) -> Desk:
    """The desk of this machine. MsalsError when the keys that were named cannot be used, or no folder is known."""
    opened = opener_of(Path(options.identity)).open if options.identity is not None else None
    return Desk(Records(records_folder(options.records)), library, options.language, clock, opened)
