"""What one file, or one sitting, compares to: everything that the JSON line and the text say."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Literal, TypeAlias

from msgspec import Struct

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.coverage import Counted
from msals_tui.evidence.evidence import Evidence
from msals_tui.questionnaire.consistency import Mismatch
from msals_tui.questionnaire.kinds.item import Item
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
    mismatches: tuple[Mismatch, ...]
    """Answers that do not fit together."""
    open_items: Callable[[], Iterable[Item]]
    """The questions that would tell most now; worked out when somebody reads them, since it takes as long as the rest."""
    versions: Mapping[str, str]
    counted: Counted | None = None
    """How many findings are known; None where nobody was asked."""
    unmatched: tuple[str, ...] = ()
    """What a phenopacket holds and no finding covers, each as it is to be read."""

    @property
    def tells_most(self) -> tuple[Item, ...]:
        """The first questions that would tell most now; none of a file that no interview made."""
        return tuple(islice(self.open_items(), TELLS_MOST))
