"""Small evidence that stands inside a test: a line a finding, `id group present absent`, with options behind it."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import structs
from msgspec.structs import replace

from msals_tui.content.library import Library
from msals_tui.evidence.comparison import Known, compare
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.findings import FindingState, findings_of, statuses
from msals_tui.evidence.model import Finding, LookAlike, LookAlikesFile
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.validate import validated

SHIPPED = Library().evidence
"""The shipped evidence, for its sides, groups and pattern rules."""


def finding(line: str, **more: object) -> Finding:
    """A finding from `id group present absent`; a group of `-` means that it weighs nothing."""
    name, group, present, absent = line.split()
    present_db = Decimal(present)
    values: dict[str, object] = {
        "id": name,
        "label": name.replace("_", " "),
        "plain": name,
        "domain": "strength",
        "group": None if group == "-" else group,
        "kind": "history",
        "points": "first" if present_db > 0 else "second" if present_db < 0 else "neither",
        "strength": "weak",
        "strength_reason": "A test.",
        "chance": {"ms": Decimal("0.5"), "als": Decimal("0.5")},
        "chance_basis": "A test.",
        "trust": Decimal(1),
        "present_db": present_db,
        "absent_db": Decimal(absent),
        "sources": (),
    }
    return validated(Finding, values | more)


def evidence(*findings: Finding, look_alikes: tuple[LookAlike, ...] = ()) -> Evidence:
    """Evidence of these findings with the shipped sides, groups and pattern rules; its lean needs nothing special."""
    return replace(
        SHIPPED,
        findings={one.id: one for one in findings},
        members={group: tuple(one for one in findings if one.group == group) for group in SHIPPED.groups},
        look_alikes={one.id: one for one in look_alikes},
        pattern=structs.replace(SHIPPED.pattern, lean_needs=()),
    )


def known(
    evidence: Evidence, response: Response, seen: Mapping[str, FindingStatus] | None = None, *, interview: bool = False
) -> Known:
    """What is known after these answers; with `seen`, of these findings, whatever was answered."""
    states = findings_of(response)
    if seen is not None:
        by: dict[FindingStatus, dict[str, tuple[str, ...]]]
        by = {"observed": {"observed_by": ("other",)}, "excluded": {"excluded_by": ("other",)}, "unknown": {}}
        states = {one: FindingState(status, **by[status]) for one, status in seen.items()}  # type: ignore[arg-type]
    found = seen if seen is not None else statuses(states)
    return Known(response, states, found, compare(evidence, found, response=response, interview=interview))


def look_alike(name: str, **rules: object) -> LookAlike:
    """A look-alike with one rule per effect: `withhold`, `remark` or `rules_out`, each a condition as a file holds it."""
    table = {
        "schema": "msals-look-alikes/1",
        "version": "1.0.0",
        "look_alike": (
            {
                "id": name,
                "name": name,
                "settled_by": "A test.",
                "rule": tuple({"effect": effect, "says": "It fits.", "when": when} for effect, when in rules.items()),
            },
        ),
    }
    return validated(LookAlikesFile, table).look_alike[0]


TWO_SIGNS = """
[[item]]
id = "stiff"
type = "yes_no"
ask = "Stiff?"
gate = ["course", "strength", "sensation", "speech_swallow_breathing", "bladder_bowel"]
yes = { observes = ["stiff"] }
[[item]]
id = "weak"
type = "yes_no"
ask = "Weak?"
yes = { observes = ["weak"] }
"""
"""Two questions that show a sign each."""

TWO_SIGNS_WEIGHED = evidence(finding("stiff motor_signs -6.0 0"), finding("weak motor_signs -4.0 0"))
"""Both signs in one group, to be halved one after the other."""
