"""The comparison as one line of JSON, for programs. Its keys are a public interface: added to, never renamed.

Decibans are numbers with a tenth; what a single finding counted within its group is given to a hundredth, as in the
summary, since rounding shares to tenths would make small ones vanish.
"""

import json
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from msals_tui.evidence.coverage import coverage
from msals_tui.evidence.evidence import Evidence, of_evidence
from msals_tui.evidence.look_alike import facts_to_think_of
from msals_tui.evidence.sensitivity import sensitivity
from msals_tui.evidence.sums import Contribution, hundredths, tenths
from msals_tui.questionnaire.condition import FindingStatus
from msals_tui.report.compared import Compared

Table = dict[str, Any]


class _Written(str):
    """JSON already."""


def comparison_line(compared: Compared) -> str:
    """One file's comparison on one line of ASCII."""
    texts = {
        key: value if isinstance(value, _Written) else json.dumps(value) for key, value in _tables(compared).items()
    }
    return f"{{{', '.join(f'{json.dumps(key)}: {text}' for key, text in texts.items())}}}"


def error_line(file: str, sentences: Collection[str]) -> str:
    """The line of a file that could not be read."""
    return json.dumps({"file": file, "error": "; ".join(sentences)})


def _tables(compared: Compared) -> Table:
    evidence, comparison = compared.evidence, compared.comparison
    first, second = evidence.first.id, evidence.second.id
    hangs_on = sensitivity(evidence, comparison)
    return {
        "file": compared.file,
        "id": compared.id,
        "kind": compared.kind,
        "pattern": comparison.pattern,
        f"toward_{first}_db": _number(comparison.first_db),
        f"toward_{second}_db": _number(comparison.second_db),
        "net_db": _number(comparison.net_db),
        "core_net_db": _number(comparison.core_net_db),
        "versions": dict(compared.versions),
        "domains": _domains(compared),
        "groups": [
            {
                "group": one.group,
                f"{first}_db": _number(max(one.total_db, Decimal(0))),
                f"{second}_db": _number(max(-one.total_db, Decimal(0))),
                "findings": list(one.findings),
            }
            for one in comparison.groups
        ],
        "findings": _findings(compared),
        "points_elsewhere": [
            {"finding": one.id, "look_alikes": list(one.look_alikes), "strength": one.strength}
            for one in comparison.elsewhere
        ],
        "look_alikes": [
            {"id": one.look_alike.id, "for": list(one.findings), "against": list(one.against)}
            for one in facts_to_think_of(evidence, comparison, {})
        ],
        "safety": [
            {"rule": one.rule.id, "item": item} for one in compared.safety for item in one.items or (None,)
        ],
        "tells_most": [item.id for item in compared.tells_most],
        "coverage": {side: [one.asked, one.telling] for side, one in coverage(evidence, compared.asked).items()},
        "sensitivity": "holds" if hangs_on.holds else "depends",
        "depends_on": [
            {"finding": one.finding, "side": one.side, "chance": float(one.chance), "pattern": one.pattern}
            for one in hangs_on.depends_on
        ],
        "unmatched": list(compared.unmatched),
        "consistency": [
            {
                "rule": one.rule.id,
                "says": one.rule.say,
                "items": list(one.items),
                "counts_for_nothing": list(one.rule.counts_for_nothing),
            }
            for one in compared.mismatches
        ],
    }  # fmt: skip


def _domains(compared: Compared) -> Table:
    evidence = compared.evidence
    asked = dict.fromkeys(evidence.domains, 0)
    for finding in compared.asked:
        if finding in evidence.findings:
            asked[evidence.findings[finding].domain] += 1
    return {
        one.domain: {
            f"{evidence.first.id}_db": _number(one.first_db),
            f"{evidence.second.id}_db": _number(one.second_db),
            "asked": asked[one.domain],
            "unknown": one.unknown,
        }
        for one in compared.comparison.domains
    }


def _findings(compared: Compared) -> _Written:
    """All findings. What is no figure of this case reads the same in thousands of them, and is written once."""
    contributions = compared.comparison.contributions.values()
    return _Written(f"[{', '.join(_finding(compared.evidence, one) for one in contributions)}]")


def _finding(evidence: Evidence, one: Contribution) -> str:
    before, after = _around_its_figure(evidence, one.finding.id, one.status, one.raw_db)
    return f"{before}{_plain(hundredths(one.counted_db)) if one.counted_db else 0.0}{after}"


@of_evidence
def _around_its_figure(evidence: Evidence, finding: str, status: FindingStatus, raw_db: Decimal) -> tuple[str, str]:
    """What stands before and after the decibans that a finding counted."""
    one = evidence.findings[finding]
    before = {"id": finding, "status": status, "raw_db": _number(raw_db)}
    after = {"assumed": bool(one.assumed), "sources": list(one.sources)}
    return f'{json.dumps(before)[:-1]}, "counted_db": ', f", {json.dumps(after)[1:]}"


def _number(decibans: Decimal) -> float:
    """Decibans to the tenth."""
    return _plain(tenths(decibans))


def _plain(value: Decimal) -> float:
    """An exact number of tenths or hundredths, which JSON writes as such; zero has no sign."""
    return float(value) + 0.0
