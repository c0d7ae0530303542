"""The records of this machine on a terminal: which one somebody means, the list of all, and whether one can be gone on with."""

import json
from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import asdict

from msals_tui.questionnaire.words import Words
from msals_tui.records.catalog import Catalog
from msals_tui.records.overview import Overview, state_in_words
from msals_tui.records.resume import short
from msals_tui.session.clock import local


def list_lines(catalog: Catalog, words: Words) -> Iterator[str]:
    """One line a record, the one written last first. Raises MachineFault if the folder cannot be read."""
    overviews = catalog.overviews()
    if not overviews:
        yield words("records.none")
    ids = [one.id for one in overviews]
    for one in overviews:
        yield record_line(one, short(one.id, ids), catalog.held_by(one.id), words)


def list_json(catalog: Catalog) -> str:
    """The same as one JSON object, in ASCII. Its keys are a public interface: added to, never renamed."""
    tables = [{**asdict(one), "being_written_by": catalog.held_by(one.id)} for one in catalog.overviews()]
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
