"""The engine's twin: looks at everything again, as plainly as it can be said. Slow, and right."""

from collections.abc import Mapping
from datetime import date

from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.condition import FindingStatus, holds
from msals_tui.questionnaire.questionnaire import Questionnaire


class Path:
    """Who is asked, worked out item by item; an answer of somebody who is not asked is kept and does not count."""

    def __init__(self, questionnaire: Questionnaire, today: date, given: Mapping[str, Answer]) -> None:
        self.today = today
        self._given = given
        self.asked: list[str] = []
        for item in questionnaire.items:
            if item.enable_when is None or holds(item.enable_when, self):
                self.asked.append(item.id)

    def answer(self, item: str) -> Answer | None:
        return self._given.get(item) if item in self.asked else None

    def withdrawn_answer(self, item: str) -> Answer | None:
        return self._given.get(item) if item not in self.asked else None

    def finding(self, finding: str) -> FindingStatus:
        return "unknown"
