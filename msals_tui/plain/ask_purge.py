"""Asks before records are deleted: what would go is named first, and only a word that is typed lets it go."""

from collections.abc import Iterator, Sequence

from msals_tui.plain.lines import EndOfInput, Lines
from msals_tui.plain.record_list import record_line
from msals_tui.questionnaire.words import Words
from msals_tui.records.catalog import Catalog
from msals_tui.records.kept import Kept


def warned(catalog: Catalog, chosen: Sequence[Kept], words: Words) -> Iterator[str]:
    """What would be deleted, and what stays all the same."""
    yield words("records.purge_what")
    for kept in chosen:
        yield record_line(catalog.overview(kept), kept.id, catalog.held_by(kept.id), words)
    yield words("records.purge_stays")


def agreed(lines: Lines, words: Words) -> bool:
    """Whether somebody types the word that deletes; nothing else does."""
    word = words("records.delete")
    try:
        return lines.ask(words("records.ask_delete", word=word)).strip().casefold() == word.casefold()
    except EndOfInput:
        return False
