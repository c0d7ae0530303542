"""Puts together what one sitting reads: a questionnaire, the safety rules, and the evidence."""

from msals_tui.content.library import Library
from msals_tui.session.session import Content


def load_content(
    library: Library,
    questionnaire: str,
    *,
    language: str | None = None,
    words: str | None = None,
    comparing: bool = False,
) -> Content:
    """Everything for one sitting. Raises InputFault if the questionnaire or a content file cannot be used.

    The library reads each file once. With `language` the questions are asked in it where they are translated to it, else
    in their own. Everything else is said in `words`, the language of the screens, or in `language` if absent, likewise.
    A questionnaire that speaks to the patient is asked without evidence: no patient is shown a comparison. `comparing` loads
    it all the same, for staff who compare afterwards. Nor is the reference loaded, which names diseases.
    """
    asked = library.questionnaire_in(language, questionnaire) if language else library.questionnaire(questionnaire)
    spoken = words or language
    safety = library.safety_in(spoken)
    return Content(
        questionnaire=asked,
        safety=safety.rule,
        safety_version=safety.version,
        evidence=library.evidence_in(spoken) if comparing or asked.voice != "patient" else None,
        reference=library.reference_in(spoken) if asked.voice != "patient" else None,
    )
