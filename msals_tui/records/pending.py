"""The records of this machine as they lie there: whether more can be kept, and which drafts wait to be gone on with."""

from contextlib import suppress
from datetime import datetime
from itertools import islice

from msgspec import Struct

from msals_tui.errors import MsalsError
from msals_tui.records.entries import read_header
from msals_tui.records.kept import Kept
from msals_tui.records.seal import seal_of
from msals_tui.records.store import Records

MOST_LOOKED_INTO = 200
"""Records; reading more would keep the first page waiting."""


class PendingDrafts(Struct, frozen=True):
    """Drafts to go on with, the one written last first; of the records that were looked into, so many are damaged."""

    drafts: tuple[Kept, ...] = ()
    damaged: int = 0


class Pending:
    """Knows what is recorded, and nothing of what it means."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def check(self) -> None:
        """Raises MsalsError if nothing can be recorded here, or what is recorded is to be sealed and cannot be."""
        self.records.check()
        seal_of(self.records.root)

    def waiting(self, questionnaire: str | None = None) -> PendingDrafts:
        """What can be gone on with; with `questionnaire`, only what answers it. Raises MachineFault if it cannot be read.

        What somebody is writing in now is left out. Of many records only the newest are looked into.
        """
        drafts, damaged = [], 0
        for kept in islice(self.records.all(newest_first=True), MOST_LOOKED_INTO):
            damaged += kept.state == "damaged"
            if kept.state == "draft" and _answers(kept, questionnaire) and not self.held_by(kept.id):
                drafts.append(kept)
        return PendingDrafts(tuple(sorted(drafts, key=written_last, reverse=True)), damaged)

    def held_by(self, intake: str) -> str:
        """Who writes in a record now and since when; "" when nobody does, or it cannot be looked at."""
        with suppress(MsalsError):
            return self.records.holder(intake)
        return ""


def _answers(kept: Kept, questionnaire: str | None) -> bool:
    """Whether a record answers this questionnaire (None: any)."""
    header = read_header(kept.journal.lines[0].body) if kept.journal.lines else None
    return header is not None and questionnaire in (None, header.questionnaire.id)


def written_last(kept: Kept) -> float:
    """When the last entry was written, in seconds; those that do not say so come last."""
    at = written_at(kept)
    with suppress(ValueError, OverflowError):
        return at.timestamp() if at is not None else 0.0
    return 0.0


def written_at(kept: Kept) -> datetime | None:
    """When the last entry was written; None if it does not say so."""
    at = kept.journal.lines[-1].body.get("at") if kept.journal.lines else None
    with suppress(ValueError):
        time = datetime.fromisoformat(str(at))
        return time if time.tzinfo is not None else None
    return None
