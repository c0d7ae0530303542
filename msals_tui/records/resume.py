"""Which record somebody means on the command line, and whether it can be gone on with as they ask."""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from msals_tui.disk.locks import Locked
from msals_tui.errors import Filled, InputFault, UsageFault
from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.records.catalog import Catalog
from msals_tui.records.drafts import Draft, OtherVersion, carry_over
from msals_tui.records.kept import Kept
from msals_tui.records.store import WHOLE_ID, Records
from msals_tui.session.clock import MachineClock
from msals_tui.session.options import Options
from msals_tui.text import clean

_BEGINNING = re.compile(r"[0-9a-f]{4,32}")
_SHORT = 8
"""Digits of an id that are shown where they tell it from all others."""


def named(records: Records, typed: str) -> str:
    """The whole id of the one record whose id begins with what was typed. Raises InputFault if that is none, or several."""
    beginning = typed.lower()
    if not _BEGINNING.fullmatch(beginning):
        raise InputFault("this names no record", where=typed, hint="write the first digits of its id, at least 4")
    if WHOLE_ID.fullmatch(beginning):
        return records.read(beginning).id
    found = [one for one in records.ids() if one.startswith(beginning)]
    if not found:
        raise InputFault("there is no such record", where=typed, hint="msals-tui records list names them")
    if len(found) > 1:
        hint = "write more of its digits"
        raise InputFault(
            Filled("{count} records begin so: {found}", count=len(found), found=", ".join(found)),
            where=typed,
            hint=hint,
        )
    return found[0]


def short(intake: str, ids: Sequence[str]) -> str:
    """As much of an id as tells it from the others."""
    begins_so = sum(one.startswith(intake[:_SHORT]) for one in ids)
    return intake[:_SHORT] if begins_so <= 1 else intake


def to_resume(
    catalog: Catalog,
    options: Options,
    *,
    questionnaire: str | None,
    language: str | None,
    good_part: bool = False,
    remark: Callable[[str], None],
) -> Options:
    """How a front end goes on with the record `options.resume`, of which the beginning of the id is enough.

    A damaged one only with `good_part`.

    Without `questionnaire` and `language` those of the record. Raises UsageFault or InputFault if it cannot be gone on with so.
    """
    intake = named(catalog.records, options.resume or "")
    kept = catalog.records.read(intake)
    if held_by := catalog.held_by(intake):
        raise Locked(Filled("somebody is writing in this record ({held_by})", held_by=held_by), held_by)
    draft = catalog.to_go_on_with(kept)
    if kept.faults and not good_part:
        for fault in kept.faults:
            remark(fault)
        raise InputFault("the record is damaged", where=intake, hint="go on from what is good of it with --good-part")
    reason = _reason(options.amend, draft, remark)
    _refuse_version(catalog, kept, draft, options, questionnaire)
    return replace(
        options,
        resume=intake,
        amend=reason,
        questionnaire=questionnaire or draft.header.questionnaire.id,
        language=language or draft.header.words,
    )


def _reason(given: str | None, draft: Draft, remark: Callable[[str], None]) -> str | None:
    """Why a final is corrected, as it may be kept; None if none is. Raises UsageFault if it is lacking or too much."""
    where = draft.header.id
    if given is None:
        if draft.kept.finals and draft.amends is None:
            raise UsageFault("the record is final", where=where, hint="to correct it, say why with --amend REASON")
        return None
    if not draft.kept.finals:
        raise UsageFault("the record holds no final to correct", where=where, hint="leave out --amend")
    cleaned = clean(given, max_length=NOTE_LENGTH)
    if not cleaned.text.strip():
        raise UsageFault("no reason was given for correcting the final", where=where, hint="say why after --amend")
    if cleaned.changed:
        remark(f"characters of the reason that could not be kept as they were: {cleaned.changed}")
    return cleaned.text.strip()


def _refuse_version(catalog: Catalog, kept: Kept, draft: Draft, options: Options, questionnaire: str | None) -> None:
    """Refuses another version of the questionnaire without --carry-over, and --carry-over without another version."""
    intake = draft.header.id
    try:
        catalog.look(kept, questionnaire)
    except OtherVersion as other:
        if not options.carry_over:
            hint = Filled(
                "msals-tui records show {intake} looks at it; "
                "msals-tui records resume {intake} --carry-over takes its answers into a new record",
                intake=intake,
            )
            raise OtherVersion(other.what, where=intake, hint=hint) from None
        carry_over(draft, catalog.content(draft, questionnaire), MachineClock())
        return
    if options.carry_over:
        what = "the record was made with this version of its questionnaire"
        raise UsageFault(what, where=intake, hint="leave out --carry-over")
