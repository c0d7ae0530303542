"""Keeps what happens in a sitting in its record: nothing counts as saved before the disk has promised it.

A record is made with the first answer. What the disk refuses is kept in memory and tried again; nobody is kept from
answering meanwhile. Any thread may call `save`; the screens leave it to a `SaveThread`, so that they never wait.
"""

import os
import pwd
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from msals_tui import __version__
from msals_tui.errors import MachineFault, MsalsError
from msals_tui.interview.events import NOTE_LENGTH, Noted, Redo, Undo
from msals_tui.interview.interview import Interview, altered
from msals_tui.interview.unconfirmed import Typed
from msals_tui.questionnaire.answer import Answer
from msals_tui.records.entries import (
    SECRET,
    TYPED_LENGTH,
    AmendingEntry,
    AnswerEntry,
    AskedHeader,
    DecisionEntry,
    Entry,
    FinalEntry,
    Header,
    MarksEntry,
    NoteEntry,
    ResumedEntry,
    SealedEntry,
    TypedEntry,
    VeilEntry,
    body_of,
    wording_of,
)
from msals_tui.records.journal import encoded
from msals_tui.records.kept import Final
from msals_tui.records.saving import Saving
from msals_tui.records.seal import Seal
from msals_tui.records.store import Record, Records
from msals_tui.report.veil import Veil
from msals_tui.safety.history import FIRING, Happened
from msals_tui.session.clock import Clock
from msals_tui.session.session import Decision, Happening, Session
from msals_tui.text import clean

Why: TypeAlias = Literal["answer", "undo", "redo", "moved"]


class Finished(Struct, frozen=True):
    """A summary that was written for good: its text, its file, and the SHA-256 of the file."""

    text: str
    path: Path
    sha256: str


class Recording:
    """The record of one sitting. Nothing here raises but `finish` and `discard`."""

    def __init__(
        self,
        session: Session,
        records: Records,
        language: str,
        *,
        record: Record | None = None,
        sealing: Callable[[], Seal | None] = lambda: None,
    ) -> None:
        """With `record`, goes on with that one. `language` is that of the words around the questions.

        `sealing` gives what answers are sealed with, None if they stand in the open; what it raises, `save` tells.
        """
        self.session = session
        self.wanted: Callable[[], object] = lambda: None
        """Called whenever something waits to be saved."""
        self._finished: Finished | None = None
        self._records, self._language, self._record = records, language, record
        self._sealing = sealing
        self._seal: Seal | None = None  # a clinic may put its keys there at any time
        self._moved_from: str | None = None
        self._before, self._told = session.interview, len(session.history)
        self._began = session.clock.ms()
        self._waiting: deque[Entry] = deque()
        self._veils: list[VeilEntry] = []
        """Of an intake without a record yet, which its first answer makes."""
        self._audits: deque[dict[str, Any]] = deque()
        self._fault: MsalsError | None = None
        self._unlisted: MsalsError | None = None
        self._unkept: dict[tuple[str, str], MsalsError] = {}
        """Why the last answer to an item, or note on it, can never be kept."""
        self._writing = Lock()
        session.listener = self._heard
        if record is not None:
            self._add(ResumedEntry(**self._now, program=__version__))
            self._audit("resumed")

    @property
    def saving(self) -> Saving:
        """How it stands with saving."""
        # What another thread moves meanwhile from what waits to what is written is then counted twice, and never not at all.
        waiting, record, unkept = len(self._waiting), self._record, tuple(self._unkept.values())
        if record is not None:
            waiting += record.files.waiting
        saved = max(record.files.saved - 1, 0) if record is not None else 0
        return Saving(saved, waiting + len(unkept), self._fault or (unkept[0] if unkept else None), self._unlisted)

    @property
    def record_id(self) -> str | None:
        """That of the record, once there is one."""
        record = self._record
        return record.id if record is not None else None

    @property
    def finals(self) -> tuple[Final, ...]:
        """The finals that there were when the record was opened."""
        return self._record.kept.finals if self._record is not None else ()

    def take_over(self, moved_from: str) -> None:
        """Begins with what the session holds, which came from another record: what became of safety rules first."""
        self._moved_from = moved_from
        interview, history = self.session.interview, self.session.history
        for one in history:
            if one.item is None:
                self._add(self._decision_entry(self.session.decision_of(one)))
            else:
                self._add(self._answered(one.item, one.answer, "moved", (), [one]))
        told = (one.item for one in history if one.item is not None)
        for item in dict.fromkeys((*interview.response.given, *told)):
            self._add(self._answer_entry(interview, item, "moved"))
        for item, text in interview.notes.items():
            self._add(NoteEntry(**self._now, item=item, text=text))
        for veil in self.session.veils:
            self._add(self._veil_entry(veil))
        for field, text in self.session.unconfirmed.items():
            self._add(self._typed_entry(Typed(field, text)))

    def amend(self, final: Final, reason: str) -> None:
        """Says that a final is corrected from here on, and why; the next final names it."""
        from msals_tui.report.document import Amends

        reason = clean(reason, max_length=NOTE_LENGTH, lines=True).text
        self.session.amends = Amends(final.number, final.sha256, reason)
        self._add(AmendingEntry(**self._now, number=final.number, sha256=final.sha256, reason=reason))

    def save(self, *, patience: float = -1) -> bool:
        """Writes what waits; whether all is saved. With `patience`, waits so many seconds at most for another thread."""
        if not self._writing.acquire(timeout=patience):
            return False
        try:
            self._write()
        except MsalsError as fault:
            self._fault = fault
        finally:
            self._writing.release()
        return not self.saving.waiting

    def finish(self, text: str) -> Finished:
        """Writes a summary for good; where nothing changed since the last one, that is it.

        Raises MsalsError if the disk refuses; nothing is lost then.
        """
        with self._writing:
            if self._finished is not None:
                return self._finished
            record = self._write(needed=True)
            data = self._seal.close(text.encode()) if self._seal is not None else text.encode()
            final = record.finish(data, self._announced, sealed=self._seal is not None)
            finished = self._finished = Finished(text, record.folder / final.name, final.sha256)
            if self._waiting:  # somebody went on answering meanwhile
                self._finished = None
            files = record.files
            self._audit("finished", number=final.number, sha256=final.sha256, head=files.head, lines=files.saved)
        self.save()
        return finished

    def discard(self) -> None:
        """Deletes the record, and keeps nothing from here on. Raises MsalsError if the disk refuses; it may be tried again."""
        with self._writing:
            self.session.listener = None
            self._waiting.clear()
            if self._record is not None:
                self._record.purge()
                self._audit("discarded")
                self._record = None
        self.save()

    def close(self) -> None:
        """Lets the record go, unless a disk that does not answer still has it."""
        self.session.listener = None
        if self._writing.acquire(timeout=0.1):
            if self._record is not None:
                self._record.close()
            self._writing.release()

    @property
    def _now(self) -> dict[str, Any]:
        return {"at": self.session.clock.now(), "ms": max(self.session.clock.ms() - self._began, 0)}

    def _heard(self, happening: Happening) -> None:
        before, after, news = self._before, self.session.interview, self.session.history[self._told :]
        self._before, self._told = after, len(self.session.history)
        for entry in self._entries(happening, before, after, news):
            self._add(entry)

    def _entries(
        self, happening: Happening, before: Interview, after: Interview, news: Sequence[Happened]
    ) -> Iterator[Entry]:
        """What is so from now on, and was not before; `news` is what it did to the safety rules."""
        if isinstance(happening, Decision):
            yield self._decision_entry(happening)
        elif isinstance(happening, Typed):
            yield self._typed_entry(happening)
        elif isinstance(happening, Veil):
            if self._record is not None or self._waiting:
                yield self._veil_entry(happening)
            else:
                self._veils.append(self._veil_entry(happening))
        elif isinstance(happening, Noted) and after.notes != before.notes:
            yield NoteEntry(**self._now, item=happening.item, text=happening.text)
        elif (item := altered(happening, before, after)) is not None:
            why: Why = "undo" if isinstance(happening, Undo) else "redo" if isinstance(happening, Redo) else "answer"
            yield self._answer_entry(after, item, why, news)
        elif after.recheck != before.recheck:
            yield MarksEntry(**self._now, recheck=tuple(sorted(after.recheck)))

    def _answer_entry(self, interview: Interview, item: str, why: Why, news: Sequence[Happened] = ()) -> AnswerEntry:
        """The present answer to an item, with what it did to the safety rules."""
        answer = interview.response.given.get(item)
        return self._answered(item, answer, why, tuple(sorted(interview.recheck)), news)

    def _answered(
        self, item: str, answer: Answer | None, why: Why, recheck: tuple[str, ...], news: Sequence[Happened]
    ) -> AnswerEntry:
        asked = self.session.content.questionnaire.item(item)
        now = {**self._now, **({"at": news[0].time} if news else {})}  # the same time as in the session
        return AnswerEntry(
            **now,
            item=item,
            answer=asked.plain(answer) if answer is not None else None,
            why=why,
            wording=wording_of(asked) if answer is not None else None,
            recheck=recheck,
            fires=tuple(one.rule for one in news if one.what in FIRING),
            lapsed=tuple(sorted(one.rule for one in news if one.what == "fires_no_more")),
        )

    def _decision_entry(self, one: Decision) -> DecisionEntry:
        item = self.session.content.questionnaire.item
        about = {name: item(name).plain(answer) for name, answer in one.about}
        return DecisionEntry(at=one.time, ms=self._now["ms"], rule=one.rule, choice=one.choice, about=about)

    def _typed_entry(self, one: Typed) -> TypedEntry:
        """As it was typed, but for what no text may hold; what is too long for any answer is cut."""
        text, field = clean(one.text, max_length=TYPED_LENGTH, lines=True).text, one.field
        return TypedEntry(**self._now, item=field.item, typed=text, note=field.note, row=field.row, inner=field.inner)

    def _veil_entry(self, one: Veil) -> VeilEntry:
        return VeilEntry(at=one.time, ms=self._now["ms"], hidden=one.hidden, answers=one.answers)

    def _announced(self, final: Final) -> dict[str, Any]:
        return body_of(FinalEntry(**self._now, number=final.number, sha256=final.sha256, sealed=final.sealed))

    def _add(self, entry: Entry) -> None:
        self._waiting.extend((*self._veils, entry))
        self._veils.clear()
        self._finished = None
        self.wanted()

    def _audit(self, did: str, **more: str | int) -> None:
        at = self.session.clock.now().isoformat()
        self._audits.append({"did": did, "at": at, "who": user(), "id": self.session.id, **more})

    def _write(self, *, needed: bool = False) -> Record:
        """Writes what waits; `needed` makes a record even where nothing does."""
        if self._seal is None:
            self._seal = self._sealing()
        if self._record is None and (self._waiting or needed):
            self._record = self._records.create(self.session.id, holder_name(self.session.clock))
        record = self._record
        if record is not None and record.files.gone:
            record = self._record = self._made_again(record)
        if record is not None:
            if record.files.empty:
                record.files.add(body_of(self._header()))
                self._audit("created")
            try:
                while self._waiting:
                    self._add_to(record, self._waiting[0])
                    self._waiting.popleft()
            finally:  # what cannot be sealed now keeps nothing before it from being saved
                record.files.save()
        self._fault = None
        try:
            while self._audits:
                self._records.audit(self._audits[0])
                self._audits.popleft()
            self._unlisted = None
        except MsalsError as fault:  # no answer waits for the list of what was done
            self._unlisted = fault
        return record  # type: ignore[return-value]

    def _made_again(self, gone: Record) -> Record:
        """The record at its place again, with all that it held, after somebody took it away."""
        record = self._records.create(self.session.id, holder_name(self.session.clock))
        record.files.go_on_from(gone.files)
        gone.close()
        self._audit("made again")
        return record

    def _add_to(self, record: Record, entry: Entry) -> None:
        """Adds an entry. One that is too large is told until the same item says something that can be kept."""
        said, body = (entry.do, getattr(entry, "item", "")), self._closed(entry)
        try:
            record.files.add(body)
        except MachineFault as fault:
            self._unkept[said] = fault
        else:
            self._unkept.pop(said, None)

    def _closed(self, entry: Entry) -> dict[str, Any]:
        """An entry as the journal keeps it: what people said only for the clinic's key, where there is one."""
        body = body_of(entry)
        if self._seal is None or not isinstance(entry, SECRET):
            return body
        sealed = b64encode(self._seal.close(encoded(body))).decode()
        return body_of(SealedEntry(at=entry.at, ms=entry.ms, sealed=sealed))

    def _header(self) -> Header:
        asked, session = self.session.content.questionnaire, self.session
        return Header(
            id=session.id,
            at=session.started,
            program=__version__,
            safety=session.content.safety_version,
            words=self._language,
            questionnaire=AskedHeader(
                id=asked.id,
                version=asked.version,
                sha256=asked.sha256,
                language=asked.language,
                voice=asked.voice,
                title=asked.title,
            ),
            sealed=self._seal is not None,
            moved_from=self._moved_from,
        )


def user() -> str:
    """Who runs the program, by the name of their account."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def holder_name(clock: Clock) -> str:
    """Who writes in a record, and since when, for whoever finds it locked."""
    return f"{user()} on {os.uname().nodename}, since {clock.now():%Y-%m-%d %H:%M}, process {os.getpid()}"
