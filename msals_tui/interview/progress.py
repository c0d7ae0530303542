"""How far an interview is: honest counts of this path only. Statements are not counted."""

from msgspec import Struct

from msals_tui.interview.interview import Interview
from msals_tui.questionnaire.model import Section


class SectionProgress(Struct, frozen=True):
    """One section on this path: `answered` of `asked` questions; `here` when the open question stands in it."""

    section: Section
    number: int
    """From 1, in the order of the questionnaire."""
    answered: int
    asked: int
    recheck: int
    here: bool
    first: str | None
    """The first item of it that is asked, a statement too; None if nothing of it is asked."""


class Progress(Struct, frozen=True):
    """The whole path: what is answered and what is still to come, as far as it is known now."""

    answered: int
    to_come: int


def progress(interview: Interview) -> Progress:
    """Counts of the whole path."""
    response = interview.response
    return Progress(len(response.counting), len(response.open))


def section_progress(interview: Interview, number: int) -> SectionProgress:
    """Counts of the section of this number, from 1."""
    response, questionnaire = interview.response, interview.questionnaire
    section = questionnaire.sections[number - 1]
    start, count = questionnaire.index[section.items[0].id], len(section.items)
    asked, answered = response.asked.within(start, count), response.counting.within(start, count)
    recheck = sum(one in asked for one in interview.recheck) if interview.recheck else 0
    here = interview.position is not None and start <= questionnaire.index[interview.position] < start + count
    return SectionProgress(
        section,
        number,
        len(answered),
        len(answered) + len(response.open.within(start, count)),
        recheck,
        here,
        asked.first(),
    )
