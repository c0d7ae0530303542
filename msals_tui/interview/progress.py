"""How far an interview is: honest counts of this path only."""

from dataclasses import dataclass

from msals_tui.interview.interview import Interview
from msals_tui.questionnaire.model import Section, StatementItem


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """One section on this path: `answered` of `asked` questions; `here` when the open question stands in it."""

    section: Section
    answered: int
    asked: int
    recheck: int
    here: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole path: what is answered and what is still to come, as far as it is known now."""

    sections: tuple[SectionProgress, ...]
    answered: int
    to_come: int


def progress(interview: Interview) -> Progress:
    """Counts per section and in all; statements are not counted."""
    response = interview.response
    sections = []
    for section in response.questionnaire.sections:
        asked = [one.id for one in section.items if one.id in response.asked and not isinstance(one, StatementItem)]
        sections.append(
            SectionProgress(
                section,
                sum(one in response.given for one in asked),
                len(asked),
                sum(one in interview.recheck for one in asked),
                any(one.id == interview.position for one in section.items),
            )
        )
    answered = sum(one.answered for one in sections)
    return Progress(tuple(sections), answered, sum(one.asked for one in sections) - answered)
