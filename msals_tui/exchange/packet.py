"""What a phenopacket says that findings can be made of, as values: features, results, and when they were."""

from decimal import Decimal

from msgspec import Struct

from msals_tui.evidence.terms import Sex


class Span(Struct, frozen=True):
    """From an age in years (included) until another (not included); open above where `below` is None."""

    low: Decimal = Decimal(0)
    below: Decimal | None = None

    def is_before(self, years: Decimal) -> bool:
        """Whether all of it lies before this age."""
        return self.below is not None and self.below <= years


class Began(Struct, frozen=True):
    """When something began: an age, or a term of onset to be looked up."""

    span: Span | None = None
    term: str = ""


class When(Struct, frozen=True):
    """When a result was found: on one of two clocks, as narrow as it is told; a moment where both ends are one."""

    clock: str
    """`calendar` (seconds) or `age` (years)."""
    low: Decimal
    high: Decimal


class Feature(Struct, frozen=True):
    """One sign or symptom that was looked for."""

    term: str
    """`HP:0001234`, or whatever id the packet gives."""
    label: str
    excluded: bool = False
    began: Began | None = None
    resolved: bool = False
    modifiers: tuple["Feature", ...] = ()
    severity: "Feature | None" = None
    onset_told: bool = False
    """It says when it began, be it in a way that no age follows from."""
    evidence: tuple["Feature", ...] = ()
    """How it is known."""
    description: str = ""
    place: str = ""


class Amount(Struct, frozen=True):
    """A number with its unit, and the range in which it is normal."""

    value: Decimal | None = None
    unit: tuple[str, str] = ("", "")
    """Code and label."""
    low: Decimal | None = None
    high: Decimal | None = None
    range_unit: tuple[str, str] = ("", "")


class Result(Struct, frozen=True):
    """The result of one test."""

    code: str
    """A LOINC code, or whatever id the packet gives."""
    label: str
    amount: Amount | None = None
    term: str = ""
    """The id of a result that is no number."""
    words: str = ""
    """What it is called."""
    when: When | None = None
    is_complex: bool = False
    """It has several values, which are not read."""
    place: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        without_value = self.amount is None or self.amount.value is None
        return without_value and not (self.term or self.words or self.is_complex)


class Phenopacket(Struct, frozen=True):
    """What a packet says that findings can be made of. Texts are fit to be kept, not yet to be shown."""

    id: str
    sex: Sex | None
    seen_at: Span | None
    """Age when last seen."""
    features: tuple[Feature, ...]
    results: tuple[Result, ...]
    diseases_began: tuple[Began, ...]
    doubts: tuple[str, ...] = ()
    """What it says and nobody believes: placeholders of converters, and times that contradict each other."""
