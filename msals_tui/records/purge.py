"""Deleting records: nothing goes by accident, or by a clock that is wrong."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msals_tui.errors import Filled, InputFault, MachineFault
from msals_tui.records.catalog import Catalog
from msals_tui.records.journal import Journal
from msals_tui.records.kept import Kept, State
from msals_tui.records.store import Records
from msals_tui.session.clock import NOT_BEFORE, local


def older_than(records: Records, days: int, state: State | None, now: datetime) -> list[Kept]:
    """Every record in which nothing was written for so many days; with `state`, only those that stand so.

    Raises MachineFault if the clock is wrong. A record that does not say when it was written is left out.
    """
    everything = list(records.all())
    _refuse_wrong_clock(records, everything, now)
    before = now - timedelta(days=days)
    return [
        kept
        for kept in everything
        if (times := list(_times(kept.journal))) and max(times) < before and state in (None, kept.state)
    ]


def purge(catalog: Catalog, kept: Kept) -> None:
    """Deletes a record. Raises Locked or MachineFault if it cannot be; raises InputFault if it changed since it was named."""
    if catalog.records.read(kept.id).journal.head != kept.journal.head:
        raise InputFault("the record was changed meanwhile", where=kept.id, hint="look at it, and name it again")
    catalog.purge(kept)


def _refuse_wrong_clock(records: Records, everything: list[Kept], now: datetime) -> None:
    hint = "set the clock, or name each record by its id"
    if now < NOT_BEFORE:
        what = Filled("the clock of this machine says {now}, which cannot be; nothing was deleted", now=local(now))
        raise MachineFault(what, hint=hint)
    for kept in everything:
        for written in _times(kept.journal):
            if written > now:
                raise _later(kept.id, written, now, hint)
    for written in _times(records.audited()):
        if written > now:
            raise _later("audit", written, now, hint)


def _later(where: str, written: datetime, now: datetime, hint: str) -> MachineFault:
    what = Filled(
        "written at {written}, and the clock of this machine says {now}; nothing was deleted",
        written=local(written),
        now=local(now),
    )
    return MachineFault(what, where=where, hint=hint)


def _times(journal: Journal) -> Iterator[datetime]:
    """When its entries were written, as far as they say so."""
    for line in journal.lines:
        try:
            written = datetime.fromisoformat(str(line.body.get("at")))
        except ValueError:
            continue
        if written.tzinfo is not None:
            yield written
