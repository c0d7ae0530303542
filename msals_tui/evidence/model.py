"""Evidence as its TOML files define it: findings, sides, groups, the pattern's thresholds, look-alikes.

No medical constant stands in Python: every weight, cap, threshold and rule is read through these models, with its source.
Weights are decibans (10 log10 of a likelihood ratio) in tenths; positive speaks for the first side, negative for the second.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta

from msals_tui.questionnaire.base import (
    TRANSLATABLE,
    Definition,
    Figure,
    Id,
    Label,
    Language,
    Paragraph,
    Reason,
    Remark,
    Sentence,
    Whole,
    Within,
)  # fmt: skip
from msals_tui.questionnaire.condition import Condition
from msals_tui.questionnaire.model import Source

Strength: TypeAlias = Literal["none", "weak", "moderate", "strong"]
Kind: TypeAlias = Literal["history", "examination", "test"]
Chance = Annotated[Figure, Within(0, 1)]
Percent = Annotated[Figure, Within(0, 100)]
HpoId = Annotated[str, Whole(r"HP:\d{7}", 'terms are written "HP:0001234"')]
"""A term of the Human Phenotype Ontology."""


class Frequency(Definition):
    """How often a finding was seen in a disease, in percent, as a source gives it."""

    disease: Id
    when: Literal["onset", "ever"]
    value: Percent | None = None
    low: Percent | None = None
    high: Percent | None = None
    source: Id | None = None
    read: bool
    """Whether the figure was read in the source's text; if not, it is an assumption or from memory."""
    of: Paragraph = ""
    """Which people, where not all people with the disease."""
    note: Paragraph = ""


class Accuracy(Definition):
    """Sensitivity and specificity of a test, in percent, against the named comparators."""

    what: Reason
    comparator: Reason
    sensitivity: Percent | None = None
    sensitivity_low: Percent | None = None
    sensitivity_high: Percent | None = None
    specificity: Percent | None = None
    specificity_low: Percent | None = None
    specificity_high: Percent | None = None
    source: Id | None = None
    read: bool
    note: Remark = ""


class Finding(Definition):
    """One finding: what it is, how much it weighs when observed and when excluded, and how that weight was made."""

    id: Id
    label: Annotated[str, Meta(min_length=1, max_length=60), TRANSLATABLE]
    """Short name for the panel."""
    plain: Sentence
    domain: Id
    group: Id | None = None
    """Related findings whose weights are not simply added; None for findings that weigh nothing."""
    kind: Kind
    points: Literal["first", "second", "both", "neither", "elsewhere"]
    """For which side it speaks; `both` is seen in both, `elsewhere` suggests a look-alike."""
    does_not_fit: Literal["first", "second"] | None = None
    """It speaks against this side rather than for the other."""
    strength: Strength
    strength_reason: Sentence
    held_to: Literal["weak", "moderate"] | None = None
    """Strength was set lower by hand than the figures give, so the raw weight is held to 4.9 or 9.9."""
    chance: dict[Id, Chance]
    """Working chance of the finding in each side's disease."""
    chance_basis: Reason
    assumed: tuple[Id, ...] = ()
    """The sides whose chance rests on no figure that was read."""
    trust: Figure
    present_db: Figure
    absent_db: Figure
    weight_note: Paragraph = ""
    """Why a weight differs from what the rule would make of its parts; empty where the rule rebuilds it."""
    exclusive_group: Id | None = None
    replaces: tuple[Id, ...] = ()
    """Observed parts that this finding counts instead of."""
    silences: tuple[Id, ...] = ()
    """When observed, exclusions of these findings count nothing."""
    frequency: tuple[Frequency, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    hpo_id: HpoId | None = None
    hpo_label: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    """As the ontology calls it, in every language."""
    hpo_match: Literal["exact", "broader", "narrower", "related", "none"] = "none"
    caveat: Paragraph = ""
    look_alikes: tuple[Id, ...] = ()
    sources: tuple[Id, ...]


class FindingsFile(Definition):
    """`evidence/findings.toml`."""

    schema_: Literal["msals-evidence/1"]
    version: str
    language: Language = "en"
    finding: tuple[Finding, ...]


class Side(Definition):
    """One of the two diseases that are set side by side."""

    id: Id
    short: Annotated[str, Meta(max_length=12), TRANSLATABLE]
    name: Label
    sign: Literal[1, -1]


class Domain(Definition):
    """A row of the comparison; rows keep the order of the file."""

    id: Id
    title: Annotated[str, Meta(max_length=34), TRANSLATABLE]
    short: Annotated[str, Meta(max_length=14), TRANSLATABLE]


class Group(Definition):
    """Findings that tell nearly the same; their weights are halved one after the other, then capped."""

    id: Id
    title: Label
    cap_db: Figure
    context: bool = False
    """Background such as age and family: shown, but never makes a pattern."""


class LeanNeeds(Definition):
    """A condition on findings without which the pattern never leans to a side."""

    side: Id
    needs: Condition
    because: Sentence


class PatternRules(Definition):
    """Thresholds of the pattern word, in decibans."""

    gate: tuple[Id, ...]
    """Domains that must have been asked about in an interview before any word is given."""
    withhold_strengths: tuple[Strength, ...]
    too_little_below: Figure
    mixed_from: Figure
    mixed_net_below: Figure
    lean_net_from: Figure
    lean_groups: Annotated[int, Meta(ge=1)]
    lean_group_from: Figure
    lean_together_from: Figure
    lean_needs: tuple[LeanNeeds, ...] = ()
    because: Remark


class WeightRules(Definition):
    """How a weight is made from its parts, so that a check can rebuild every one."""

    chance_lowest: Chance
    chance_highest: Chance
    absent_share: dict[Kind, Figure]
    cap_db: dict[Kind, Figure]
    held_db: dict[Literal["weak", "moderate"], Figure]
    because: Remark


class WeighingFile(Definition):
    """`evidence/weighing.toml`."""

    schema_: Literal["msals-weighing/1"]
    version: str
    language: Language = "en"
    side: tuple[Side, Side]
    domain: tuple[Domain, ...]
    group: tuple[Group, ...]
    pattern: PatternRules
    weights: WeightRules

    @property
    def in_order(self) -> tuple[Side, Side]:
        """Both sides, the one with the positive sign first."""
        first, second = sorted(self.side, key=lambda side: -side.sign)
        return first, second


class Feature(Definition):
    """Something that speaks for a look-alike, or against it."""

    text: Sentence
    findings: tuple[Id, ...] = ()
    """The findings that tell whether it is there; none where no question asks about it."""
    shown_by: Literal["observed", "excluded"] = "observed"
    """It is there when one of them is observed, or when all of them are excluded."""
    sources: tuple[Id, ...] = ()
    read: bool


class LookAlikeRule(Definition):
    """When the findings suggest, remark on, or rule out a look-alike."""

    effect: Literal["withhold", "remark", "rules_out"]
    """`withhold` names it and holds back the pattern word; `remark` names it beside the word; `rules_out` takes it off."""
    says: Sentence
    when: Condition
    sources: tuple[Id, ...] = ()


class LookAlike(Definition):
    """Another disease with the same picture."""

    id: Id
    name: Label
    note: Paragraph = ""
    settled_by: Sentence
    """What would settle it."""
    tests: tuple[Id, ...] = ()
    """The findings of what would settle it, as far as a question asks about them."""
    feature: tuple[Feature, ...] = ()
    """What speaks for it."""
    against: tuple[Feature, ...] = ()
    """What speaks against it."""
    rule: tuple[LookAlikeRule, ...] = ()


class Picture(Definition):
    """Findings that several rules name together."""

    means: Reason
    when: Condition


class LookAlikesFile(Definition):
    """`evidence/look_alikes.toml`. In the rules of the file, `{ picture = "name" }` stands for that picture's condition."""

    schema_: Literal["msals-look-alikes/1"]
    version: str
    language: Language = "en"
    picture: dict[Id, Picture] = {}
    look_alike: tuple[LookAlike, ...]

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """Puts the condition in the place of each picture's name; a name that is not there is left to be refused."""
        if not isinstance(table.get("picture"), dict):
            return table
        drawn = {name: one.get("when") for name, one in table["picture"].items() if isinstance(one, dict)}
        return {**table, "look_alike": _with_pictures(table.get("look_alike"), drawn)}


def _with_pictures(value: object, drawn: Mapping[str, object]) -> object:
    match value:
        case {"picture": str(name), **others} if not others and name in drawn:
            return drawn[name]
        case dict():
            return {key: _with_pictures(part, drawn) for key, part in value.items()}
        case tuple() | list():
            return tuple(_with_pictures(part, drawn) for part in value)
        case _:
            return value


class SourcesFile(Definition):
    """`sources.toml`."""

    schema_: Literal["msals-sources/1"]
    source: dict[Id, Source]
