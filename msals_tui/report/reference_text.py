"""Where the rows of the reference come from, in the same words on the screen and line by line."""

from collections.abc import Iterator

from msals_tui.evidence.reference import Reference, ReferenceRow, Simplified, Statement
from msals_tui.questionnaire.words import Words
from msals_tui.report.source_line import source_line


def sources_of(reference: Reference, row: ReferenceRow, words: Words) -> Iterator[str]:
    """Every source of a row on a line, with the sides that it speaks of; then for whom something is general knowledge."""
    literature = words("reference.articles")
    said: list[tuple[str, Statement | Simplified]]
    said = [(side.short, one) for side in reference.sides for one in row.side.get(side.id, ())]
    said += [(literature, one) for one in row.simplified]
    for source in dict.fromkeys(source for _, one in said for source in one.sources):
        if source in reference.sources:
            names = dict.fromkeys(name for name, one in said if source in one.sources)
            line = source_line(reference.sources[source], words)
            yield words("reference.source", name=", ".join(names), source=line)
    if unread := dict.fromkeys(name for name, one in said if not one.read):
        yield words("reference.source", name=", ".join(unread), source=words("reference.not_read"))
