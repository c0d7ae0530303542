"""The evaluation as one JSON object, for programs. Its keys are a public interface: added to, never renamed."""

import json
from decimal import Decimal
from typing import Any

from msals_tui.evaluation.evaluate import Evaluation
from msals_tui.evaluation.share import Share
from msals_tui.evaluation.tally import LabelTally, Leaning

Table = dict[str, Any]
_DIGITS = 4


def evaluation_json(evaluation: Evaluation) -> str:
    """Everything that was counted, in ASCII."""
    tally = evaluation.tally
    tables = {
        "folder": evaluation.folder,
        "cases": tally.cases,
        "not_compared": evaluation.not_compared,
        "partial": evaluation.partial,
        "not_reached": evaluation.not_reached,
        "versions": dict(evaluation.versions),
        "labels": {label: _label(one) for label, one in tally.labels.items()},
        "wrong_leans": [_leaning(one) for one in tally.wrong_leans],
        "others_leaning": [_leaning(one) for one in tally.others_leaning],
    }
    return json.dumps(tables, indent=1)


def _label(one: LabelTally) -> Table:
    return {
        "cases": one.cases,
        "patterns": dict(one.patterns),
        "mean_net_db": None if one.net_db is None else _number(one.net_db),
        "mean_core_net_db": None if one.core_net_db is None else _number(one.core_net_db),
        "shares": {measure: _share(share) for measure, share in one.shares.items()},
    }


def _share(share: Share) -> Table:
    """A share of no cases is null, and so is its interval."""
    value, interval = share.value, share.interval
    return {
        "count": share.count,
        "of": share.of,
        "share": None if value is None else round(value, _DIGITS),
        "interval": None if interval is None else [round(end, _DIGITS) for end in interval],
    }


def _leaning(one: Leaning) -> Table:
    return {"case": one.case, "label": one.label, "toward": one.toward, "net_db": _number(one.net_db)}


def _number(value: Decimal) -> float:
    """Zero has no sign."""
    return float(value) + 0.0
