"""What can be wrong with one item by itself: its options, range and bands, its words and sources, what it shows."""

from collections.abc import Collection, Iterator

from msgspec import Struct, field

from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Nearest, Problem


class References(Struct, frozen=True):
    """The ids outside a questionnaire that it may name; None if they are not known and not checked."""

    findings: Collection[str] | None = None
    sources: Collection[str] | None = None
    domains: Collection[str] | None = None
    nearest: Nearest = field(default_factory=Nearest)


def item_problems(item: Item, loc: Loc, known: References, *, group: str | None = None) -> Iterator[Problem]:
    """Everything wrong with an item itself; `group` names the group in whose rounds it is asked."""
    yield from _word_problems(item, loc, in_round=group is not None)
    yield from source_problems(item.sources, (*loc, "sources"), item.id, known)
    yield from item.problems(loc, in_round=group is not None)
    if group is None:
        yield from _mark_problems(item, loc, known)
        yield from _gate_problems(item, loc, known)
    else:
        yield from _idle_problems(item, loc, group)


def _word_problems(item: Item, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
    """A question needs its words, a reason and a source; within rounds the group gives the last two."""
    if not item.ask.strip():
        yield Problem((*loc, "ask"), item.id, "NO_WORDS", "has no question", "write the question in `ask`")
    for_patients = "patient" in item.answered_by or "carer" in item.answered_by
    if for_patients and not (item.ask_patient or "").strip():
        what = "has no words for the patient, who can answer it"
        yield Problem(
            (*loc, "ask_patient"), item.id, "NO_WORDS", what, "write the question in plain words in `ask_patient`"
        )
    if not in_round and item.is_question:
        if not item.why.strip():
            hint = "write in `why` what the answer would mean"
            yield Problem((*loc, "why"), item.id, "NO_WORDS", "does not say why it is asked", hint)
        if "examiner" in item.answered_by and not item.help.strip():
            hint = "write in `help` how it is done and what counts"
            yield Problem((*loc, "help"), item.id, "NO_WORDS", "does not say how to examine it", hint)
        if not item.sources and not item.in_own_words:
            yield Problem((*loc, "sources"), item.id, "NO_SOURCE", "names no source", "name one in `sources`")


def source_problems(sources: tuple[str, ...], loc: Loc, place: str, known: References) -> Iterator[Problem]:
    """Sources that nobody wrote down."""
    for number, source in enumerate(sources):
        if known.sources is not None and source not in known.sources:
            hint = known.nearest.hint(source, known.sources, "add it to the sources, or correct the name")
            yield Problem((*loc, number), place, "UNKNOWN_SOURCE", f'no source "{source}"', hint)


def named_findings(item: Item) -> Iterator[tuple[Loc, str]]:
    """Every finding that an item names, with its place."""
    for part, marks in item.named_marks():
        for name, findings in marks.named().items():
            yield from (((*part, name, number), finding) for number, finding in enumerate(findings))


def _mark_problems(item: Item, loc: Loc, known: References) -> Iterator[Problem]:
    for where, finding in named_findings(item):
        if known.findings is not None and finding not in known.findings:
            hint = known.nearest.hint(finding, known.findings, "add it to the findings, or leave it out")
            what = f'names finding "{finding}", which nobody weighs'
            yield Problem((*loc, *where), item.id, "UNWEIGHED_FINDING", what, hint)
    for part, marks in item.named_marks():
        for finding in sorted(set(marks.observes) & set(marks.excludes)):
            what = f'the same answer observes and excludes "{finding}"'
            yield Problem((*loc, *part, "excludes"), item.id, "CONTRADICTION", what, "keep one of the two")


def _gate_problems(item: Item, loc: Loc, known: References) -> Iterator[Problem]:
    for number, domain in enumerate(item.gate):
        if known.domains is not None and domain not in known.domains:
            hint = known.nearest.hint(domain, known.domains, f"it is one of {', '.join(known.domains)}")
            yield Problem((*loc, "gate", number), item.id, "UNKNOWN_DOMAIN", f'no domain "{domain}"', hint)


def _idle_problems(item: Item, loc: Loc, group: str) -> Iterator[Problem]:
    """What rounds cannot do: findings and gates hang on whole answers."""
    for part, marks in item.named_marks():
        if any(marks.named().values()):
            what = f'names findings, which count for nothing inside the rounds of "{group}"'
            hint = f'write a [[derive]] with {{item = "{group}", any_row = ...}}'
            yield Problem((*loc, *part), item.id, "IDLE_MARKS", what, hint)
    if item.gate:
        hint = f'put it on "{group}"'
        yield Problem((*loc, "gate"), item.id, "IDLE_MARKS", "has a gate, which counts for nothing inside rounds", hint)
