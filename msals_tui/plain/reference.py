"""The reference line by line: all of it, or one section with its sources. Pure; nothing here reads or changes anything."""

from collections.abc import Iterator

from msals_tui.evidence.reference import Reference, ReferenceRow, ReferenceSection
from msals_tui.questionnaire.words import Words
from msals_tui.report.reference_text import sources_of


def reference_lines(reference: Reference, wanted: str, words: Words) -> Iterator[str]:
    """Every section, or with its number in `wanted` that one alone, with sources and with what only clinicians hear."""
    numbers = {str(number): section for number, section in enumerate(reference.sections, 1)}
    if wanted and wanted not in numbers:
        yield words("plain.no_such_section", typed=wanted, count=len(numbers))
        return
    first, second = reference.sides
    yield words("reference.title", first=first.short, second=second.short)
    yield words("reference.groups")
    for number, section in numbers.items():
        if wanted in ("", number):
            yield from _section(reference, section, number, words, whole=bool(wanted))
    if not wanted:
        yield words("plain.reference_more")


def _section(
    reference: Reference, section: ReferenceSection, number: str, words: Words, *, whole: bool
) -> Iterator[str]:
    yield words("plain.option", number=number, label=section.title)
    if section.note:
        yield section.note
    for row in section.row:
        yield f"{row.topic}."
        if row.clinician_only and not whole:
            yield words("plain.reference_held", number=number)
            continue
        yield from _said(reference, row, words)
        if whole:
            yield from sources_of(reference, row, words)


def _said(reference: Reference, row: ReferenceRow, words: Words) -> Iterator[str]:
    for side in reference.sides:
        for one in row.side.get(side.id, ()):
            said = one.text if one.read else words("plain.reference_unread", text=one.text)
            yield words("reference.source", name=side.short, source=said)
    for simplified in row.simplified:
        yield words("reference.popular", text=simplified.popular)
        yield words("reference.literature", text=simplified.literature)
