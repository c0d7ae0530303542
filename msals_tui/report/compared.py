"""What one file, or one sitting, compares to: everything that the JSON line and the text say."""

from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.evidence import Evidence
from msals_tui.questionnaire.model import Item
from msals_tui.safety.rules import Fired

Kind: TypeAlias = Literal["answers", "findings", "summary", "phenopacket"]
TELLS_MOST = 3
"""How many questions are named that would tell most now."""


class Compared(Struct, frozen=True):
    """A comparison with what stands around it."""

    file: str
    id: str | None
    kind: Kind
    evidence: Evidence
    comparison: Comparison
    asked: Collection[str]
    """Findings that were asked about, be it with "not sure"."""
    safety: tuple[Fired, ...]
    tells_most: tuple[Item, ...]
    versions: Mapping[str, str]
    unmatched: tuple[str, ...] = ()
    """What a phenopacket holds and no finding covers, each as it is to be read."""
