"""How a record stands, as somebody at a front desk sees it. Values and words; nothing here reads a disk."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from msals_tui.questionnaire.words import Words
from msals_tui.records.drafts import Draft
from msals_tui.records.kept import Kept, State
from msals_tui.safety.history import Happened
from msals_tui.session.clock import local
from msals_tui.session.session import Session

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
    """Questions without an answer; None if it cannot be told."""
    finals: int = 0
    amends: bool = False
    """A final is being corrected."""
    sealed: bool = False
    other_version: bool = False
    """Made with another version of its questionnaire than there is here."""
    fault: str = ""
    """Why it cannot be read, or what of it does not verify."""


class Offered(Struct, frozen=True):
    """The few newest of `unfinished` drafts, how many records there are in all, and how many are damaged."""

    drafts: tuple[Overview, ...] = ()
    unfinished: int = 0
    records: int = 0
    damaged: int = 0


class Listed(Struct, frozen=True):
    """A record as the list shows it, and who writes in it now, "" when nobody does."""

    overview: Overview
    held_by: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether going on with it corrects a final, and nobody has said why."""
        return self.overview.finals > 0 and not self.overview.amends


class Looked(Struct, frozen=True):
    """A record that is looked at. Where `session` is None its answers are told as they were written down."""

    listed: Listed
    kept: Kept
    draft: Draft | None = None
    session: Session | None = None
    remarks: tuple[str, ...] = ()
    """What cannot be told as it should, and why."""


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
    """Each safety rule that fires or fired, how it stands, and what happened to it."""
    from msals_tui.report.safety_text import decided_in_words

    for entry in session.safety:
        rule, state = entry.fired.rule, decided_in_words(entry, words)
        if entry.state == entry.choice and entry.decided is not None:
            time = local(entry.decided)
            yield words("records.decided", number=rule.number, title=rule.title, choice=state, time=time)
        else:
            yield words("records.not_decided", number=rule.number, title=rule.title, state=state)
        yield from _history_lines(entry.history, session, words)
    for gone in session.safety_withdrawn:
        if gone.rule is not None:
            yield words("records.fires_no_more", number=gone.rule.number, title=gone.rule.title)
        else:
            yield words("records.rule_gone", rule=gone.id)
        yield from _history_lines(gone.history, session, words)


def _history_lines(history: Iterable[Happened], session: Session, words: Words) -> Iterator[str]:
    from msals_tui.report.safety_text import happened_in_words

    asked = session.content.questionnaire
    for one in history:
        yield words("records.happened", time=local(one.time), what=happened_in_words(one, asked, words))


def state_in_words(one: Overview, words: Words) -> str:
    """How a record stands, and whether a final is being corrected."""
    return words("records.correcting" if one.state == "draft" and one.amends else _STATES[one.state])


def as_written(plain: object) -> str:
    """An answer as it was written down, where its questionnaire is not here to say it in words."""
    return json.dumps(plain, default=str, ensure_ascii=False)
