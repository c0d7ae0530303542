"""A source on one line, the same wherever it is named: on the screen, line by line, and in the summary."""

from msals_tui.questionnaire.model import Source
from msals_tui.questionnaire.words import Words


def source_line(source: Source, words: Words) -> str:
    """Authors, title, journal and year, and where to find it: DOI, else PMID, else address."""
    inferred = words("question.year_inferred") if source.year_inferred else ""
    published = f"{source.journal} {source.year}{inferred}".strip()
    where = f" doi:{source.doi}" if source.doi else f" PMID {source.pmid}" if source.pmid else ""
    where = where or (f" {source.url}" if source.url else "")
    return f"{source.authors.rstrip('.')}. {source.title.rstrip('.')}. {published}.{where}"
