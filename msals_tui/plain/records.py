"""The records of this machine on a terminal: which one somebody means, the list of all, and whether one can be gone on with."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from msgspec.structs import asdict, replace

from msals_tui.errors import InputFault, UsageFault
from msals_tui.interview.events import NOTE_LENGTH
from msals_tui.questionnaire.words import Words
from msals_tui.session.clock import MachineClock, local
from msals_tui.session.desk import Desk, Overview, state_in_words
from msals_tui.session.drafts import Draft, OtherVersion, carry_over
from msals_tui.session.options import Options
from msals_tui.storage.locks import Locked
from msals_tui.storage.records import WHOLE_ID, Kept, Records
from msals_tui.text import clean

_BEGINNING = re.compile(r"[0-9a-f]{4,32}")
_SHORT = 8
"""Digits of an id that are shown where they tell it from all others."""


def named(records: Records, typed: str) -> str:
    """The whole id of the one record whose id begins with what was typed. InputFault when that is none, or several."""
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
        raise InputFault(f"{len(found)} records begin so: {', '.join(found)}", where=typed, hint=hint)
    return found[0]


def list_lines(desk: Desk, words: Words) -> Iterator[str]:
    """One line a record, the one written last first. MachineFault when the folder cannot be read."""
    overviews = desk.overviews()
    if not overviews:
        yield words("records.none")
    ids = [one.id for one in overviews]
    for one in overviews:
        yield record_line(one, short(one.id, ids), desk.held_by(one.id), words)


def list_json(desk: Desk) -> str:
    """The same as one JSON object, in ASCII. Its keys are a public interface: added to, never renamed."""
    tables = [{**asdict(one), "being_written_by": desk.held_by(one.id)} for one in desk.overviews()]
    return json.dumps({"records": tables}, indent=1, default=datetime.isoformat)


def record_line(one: Overview, called: str, held_by: str, words: Words) -> str:
    """How one record stands; nothing of an answer. `held_by` says who writes in it now, "" when nobody does."""
    facts = [state_in_words(one, words)]
    if held_by:
        facts.append(words("records.held", holder=held_by))
    if one.title:
        facts.append(one.title)
    if one.started is not None:
        facts.append(words("records.begun", time=local(one.started)))
    if one.to_come is not None:
        facts.append(words("records.counts", answered=one.answered, open=one.to_come))
    if one.place:
        facts.append(words("records.place", place=one.place))
    if one.sealed:
        facts.append(words("records.sealed"))
    if one.other_version:
        facts.append(words("records.other_version"))
    if one.fault:
        facts.append(one.fault)
    return words("records.line", id=called, facts="; ".join(facts))


def short(intake: str, ids: Sequence[str]) -> str:
    """As much of an id as tells it from the others."""
    begins_so = sum(one.startswith(intake[:_SHORT]) for one in ids)
    return intake[:_SHORT] if begins_so <= 1 else intake


def to_resume(
    desk: Desk,
    options: Options,
    *,
    questionnaire: str | None,
    language: str | None,
    good_part: bool = False,
    remark: Callable[[str], None],
) -> Options:
    """How a front end goes on with the record `options.resume`, of which the beginning of the id is enough.

    A damaged one only with `good_part`.

    Without `questionnaire` and `language` those of the record. UsageFault or InputFault when it cannot be gone on with so.
    """
    intake = named(desk.records, options.resume or "")
    kept = desk.records.read(intake)
    if held_by := desk.held_by(intake):
        raise Locked(f"somebody is writing in this record ({held_by})", held_by)
    draft = desk.to_go_on_with(kept)
    if kept.faults and not good_part:
        for fault in kept.faults:
            remark(fault)
        raise InputFault("the record is damaged", where=intake, hint="go on from what is good of it with --good-part")
    reason = _reason(options.amend, draft, remark)
    _refuse_version(desk, kept, draft, options, questionnaire)
    return replace(
        options,
        resume=intake,
        amend=reason,
        questionnaire=questionnaire or draft.header.questionnaire.id,
        language=language or draft.header.words,
    )


def _reason(given: str | None, draft: Draft, remark: Callable[[str], None]) -> str | None:
    """Why a final is corrected, as it may be kept; None where none is. UsageFault when it is lacking or too much."""
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


def _refuse_version(desk: Desk, kept: Kept, draft: Draft, options: Options, questionnaire: str | None) -> None:
    """Refuses another version of the questionnaire without --carry-over, and --carry-over without another version."""
    intake = draft.header.id
    try:
        desk.look(kept, questionnaire)
    except OtherVersion as other:
        if not options.carry_over:
            hint = (
                f"msals-tui records show {intake} looks at it; "
                f"msals-tui records resume {intake} --carry-over takes its answers into a new record"
            )
            raise OtherVersion(other.what, where=intake, hint=hint) from None
        carry_over(draft, desk.content(draft, questionnaire), MachineClock())
        return
    if options.carry_over:
        what = "the record was made with this version of its questionnaire"
        raise UsageFault(what, where=intake, hint="leave out --carry-over")
