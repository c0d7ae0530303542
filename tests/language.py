"""What nobody may read: a sentence that makes a diagnosis, and, for a patient, the name of a disease."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, structs

from sittings import shipped

COMMON_NAMES = (
    "MS", "ALS", "MND", "multiple sclerosis", "amyotrophic", "motor neurone", "motor neuron", "myasthenia", "myelopathy",
    "neuropathy", "Guillain", "Kennedy", "paraplegia", "myositis", "neuromyelitis", "Lyme", "borreliosis", "stroke",
    "dementia", "Parkinson", "cancer", "tumour", "sclerosis", "epilepsy", "migraine", "meningitis", "arteritis", "diabetes",
)  # fmt: skip


def disease_names() -> re.Pattern[str]:
    evidence = shipped().evidence
    sides = {name for side in (evidence.first, evidence.second) for name in (side.short, side.name)}
    names = {*COMMON_NAMES, *sides, *(one.name for one in evidence.look_alikes.values())}
    written = (re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in sorted(names))
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)")


def strings(value: object) -> Iterator[str]:
    """Every text within a model, a table or a list."""
    match value:
        case str():
            yield value
        case Struct():
            for part in structs.astuple(value):
                yield from strings(part)
        case Mapping():
            for part in value.values():
                yield from strings(part)
        case list() | tuple():
            for part in value:
                yield from strings(part)
        case _:
            pass


DIAGNOSING = re.compile(
    r"""\byou(?:\ may|\ might|\ probably|\ do)?\ have\ (?:a\ |an\ |the\ )?(?:MS|ALS|MND|multiple|motor\ neuron|disease)
    | \b(?:patient|person|he|she|woman|man)\ (?:probably\ )?has\ (?:MS|ALS|MND)
    | \b(?:consistent|compatible)\ with\b | \bsuggestive\ of\b | \bdiagnostic\ of\b
    | \bdiagnosis\ (?:is|of\ (?:MS|ALS))\b | \blikely\ diagnosis\b
    | \b(?<!not\ a\ )probabilit(?:y|ies)\b | \b(?:chance|risk|likelihood)\ of\ (?:having\ )?(?:MS|ALS)\b
    | \b(?:means|proves|confirms)\ (?:MS|ALS)\b | \bprobably\ (?:MS|ALS)\b
    | \b(?:MS|ALS|MND)\ is\ (?:more\ |most\ |very\ |un)?(?:likely|probable|possible|certain)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Sentences that say, or come near to saying, what somebody has, or how likely that is."""
