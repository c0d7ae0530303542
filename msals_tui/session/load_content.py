"""Puts together what one sitting reads: a questionnaire, the safety rules, and the evidence."""

from msals_tui.content.library import Library
from msals_tui.session.session import Content


def load_content(
    library: Library, questionnaire: str, *, language: str | None = None, comparing: bool = False
) -> Content:
    """Everything for one sitting. InputFault when the questionnaire or a content file cannot be used.

    The library reads each file once. With `language` the questions are asked in it where they are translated to it, else
    in their own. A questionnaire that speaks to the patient is asked without evidence: no patient is shown a comparison.
    `comparing` loads it all the same, for staff who compare afterwards. Nor is the reference loaded, which names diseases.
    """
    asked = library.questionnaire_in(language, questionnaire) if language else library.questionnaire(questionnaire)
    return Content(
        questionnaire=asked,
        safety=library.safety.rule,
        safety_version=library.safety.version,
        evidence=library.evidence if comparing or asked.voice != "patient" else None,
        reference=library.reference if asked.voice != "patient" else None,
    )
