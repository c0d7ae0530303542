"""Puts together what one sitting reads: a questionnaire, the safety rules, and the evidence."""

from functools import lru_cache

from msals_tui.session.session import Content
from msals_tui.storage.library import Library


@lru_cache(maxsize=8)
def load_content(library: Library, questionnaire: str, *, comparing: bool = False) -> Content:
    """Everything for one sitting, read once. InputFault when the questionnaire or a content file cannot be used.

    A questionnaire that speaks to the patient is asked without evidence: no patient is shown a comparison. `comparing`
    loads it all the same, for staff who compare afterwards.
    """
    asked = library.questionnaire(questionnaire)
    return Content(
        questionnaire=asked,
        safety=library.safety.rule,
        safety_version=library.safety.version,
        evidence=library.evidence if comparing or asked.voice != "patient" else None,
    )
