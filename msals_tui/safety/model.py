"""Safety rules as their TOML file defines them. They look at answers only, never at weights."""

from typing import Annotated, Literal

from msals_tui.questionnaire.base import Definition, Id, Label, Language, Remark, Sentence, Whole
from msals_tui.questionnaire.condition import Condition


class SafetyRule(Definition):
    """One rule: the answers that fire it and the words it speaks. It names no disease."""

    id: Id
    number: Annotated[str, Whole(r"S\d{1,2}", 'numbers of safety rules are written "S1"')]
    level: Literal["emergency", "same_day", "record"]
    """`emergency` and `same_day` interrupt and ask for a decision; `record` only heads the summary (older events)."""
    title: Label
    say: Sentence
    """What an answer can mean, for staff; no disease name."""
    say_patient: Sentence
    action: Sentence
    """What to do now, for staff."""
    when: Condition
    sources: tuple[Id, ...] = ()
    read: bool
    """Whether the rule rests on text that was read."""
    note: Remark = ""

    @property
    def interrupts(self) -> bool:
        """Whether somebody must decide at once; a rule that only records an older event asks for no decision."""
        return self.level != "record"


class SafetyFile(Definition):
    """`safety.toml`."""

    schema_: Literal["msals-safety/1"]
    version: str
    language: Language = "en"
    rule: tuple[SafetyRule, ...]
