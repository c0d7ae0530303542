"""What can be wrong with one item by itself: its options, range and bands, its words and sources, what it shows."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct, field

from msals_tui.questionnaire.answer_types import takes_several
from msals_tui.questionnaire.model import (
    Band,
    ChoiceItem,
    CourseItem,
    GroupItem,
    Item,
    Marks,
    NumberItem,
    Option,
    RowItem,
    SeveralItem,
    StatementItem,
    TextItem,
    YesNoItem,
    options_of,
)  # fmt: skip
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, duplicates

MOST_OPTIONS = 7
"""More do not fit on one screen together with the question and its three ways not to answer."""


class References(Struct, frozen=True):
    """The ids outside a questionnaire that it may name; None where they are not known and not checked."""

    findings: Collection[str] | None = None
    sources: Collection[str] | None = None
    domains: Collection[str] | None = None
    nearest: Nearest = field(default_factory=Nearest)


def item_problems(item: Item | RowItem, loc: Loc, known: References, *, group: str | None = None) -> Iterator[Problem]:
    """Everything wrong with an item itself; `group` names the group in whose rounds it is asked."""
    yield from _word_problems(item, loc, in_round=group is not None)
    yield from source_problems(item.sources, (*loc, "sources"), item.id, known)
    yield from _option_problems(item, loc, in_round=group is not None)
    if isinstance(item, NumberItem):
        yield from _bound_problems(item, loc)
        yield from _band_problems(item, loc)
    if group is None:
        yield from _mark_problems(item, loc, known)
        yield from _gate_problems(item, loc, known)
    else:
        yield from _idle_problems(item, loc, group)


def _word_problems(item: Item | RowItem, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
    """A question needs its words, a reason and a source; within rounds the group gives the last two."""
    if not item.ask.strip():
        yield Problem((*loc, "ask"), item.id, "NO_WORDS", "has no question", "write the question in `ask`")
    for_patients = "patient" in item.answered_by or "carer" in item.answered_by
    if for_patients and not (item.ask_patient or "").strip():
        what = "has no words for the patient, who can answer it"
        yield Problem(
            (*loc, "ask_patient"), item.id, "NO_WORDS", what, "write the question in plain words in `ask_patient`"
        )
    if not in_round and not isinstance(item, StatementItem):
        if not item.why.strip():
            hint = "write in `why` what the answer would mean"
            yield Problem((*loc, "why"), item.id, "NO_WORDS", "does not say why it is asked", hint)
        if "examiner" in item.answered_by and not item.help.strip():
            hint = "write in `help` how it is done and what counts"
            yield Problem((*loc, "help"), item.id, "NO_WORDS", "does not say how to examine it", hint)
        if not item.sources and not isinstance(item, TextItem):
            yield Problem((*loc, "sources"), item.id, "NO_SOURCE", "names no source", "name one in `sources`")
    for number, option in enumerate(options_of(item)):
        if not option.label.strip():
            hint = "write what a person can choose"
            yield Problem(
                (*loc, "options", number, "label"), item.id, "NO_WORDS", f'option "{option.code}" has no words', hint
            )


def source_problems(sources: tuple[str, ...], loc: Loc, place: str, known: References) -> Iterator[Problem]:
    """Sources that nobody wrote down."""
    for number, source in enumerate(sources):
        if known.sources is not None and source not in known.sources:
            hint = known.nearest.hint(source, known.sources, "add it to the sources, or correct the name")
            yield Problem((*loc, number), place, "UNKNOWN_SOURCE", f'no source "{source}"', hint)


def _option_problems(item: Item | RowItem, loc: Loc, *, in_round: bool) -> Iterator[Problem]:
    options: tuple[Option, ...] = options_of(item)
    places = ((option.code, (*loc, "options", number, "code")) for number, option in enumerate(options))
    for one in duplicates(places, "option"):
        yield Problem(one.loc, item.id, "DUPLICATE_OPTION", one.what, "give this option another code", blocks=True)
    if len(options) > MOST_OPTIONS and isinstance(item, ChoiceItem | SeveralItem | CourseItem):
        what = f"has {len(options)} options, and more than {MOST_OPTIONS} do not fit on one screen"
        yield Problem((*loc, "options"), item.id, "TOO_MANY_OPTIONS", what, "join some, or make two questions of it")
    # A round is there because something happened, so that something applies; elsewhere nobody may be left without answer.
    if isinstance(item, SeveralItem) and not in_round and not any(option.exclusive for option in options):
        what = "has no option for a person to whom none of these applies"
        yield Problem(
            (*loc, "options"), item.id, "NO_NONE_OPTION", what, 'add one such as "None of these", exclusive = true'
        )
    if not takes_several(item):
        for number, option in enumerate(options):
            if option.exclusive:
                where = (*loc, "options", number, "exclusive")
                what = f'option "{option.code}" is exclusive, but only one can be chosen anyway'
                yield Problem(where, item.id, "IDLE_EXCLUSIVE", what, "leave `exclusive` out")


def _bound_problems(item: NumberItem, loc: Loc) -> Iterator[Problem]:
    """Unlikely values are possible values."""
    for name in ("unlikely_below", "unlikely_above"):
        bound: Decimal | None = getattr(item, name)
        if bound is not None and not item.min < bound < item.max:
            what = f"{name} is {bound}, which is not between min {item.min} and max {item.max}"
            yield Problem((*loc, name), item.id, "ODD_BOUNDS", what, "choose a bound within the range, or leave it out")
    low, high = item.unlikely_below, item.unlikely_above
    if low is not None and high is not None and low > high:
        what = "every number is unlikely, since unlikely_below is above unlikely_above"
        yield Problem((*loc, "unlikely_below"), item.id, "ODD_BOUNDS", what, "exchange the two")


def _band_problems(item: NumberItem, loc: Loc) -> Iterator[Problem]:
    """A number falls into one band at most, and every band can be reached."""
    reached: list[tuple[Decimal, int, Band]] = []
    for number, band in enumerate(item.bands):
        low = item.min if band.at_least is None else max(band.at_least, item.min)
        empty = band.at_least is not None and band.below is not None and band.at_least >= band.below
        if empty or low > item.max or (band.below is not None and band.below <= item.min):
            what = f"no number from {item.min} to {item.max} falls into band {number + 1}"
            yield Problem((*loc, "bands", number), item.id, "EMPTY_BAND", what, "correct at_least and below")
        else:
            reached.append((low, number, band))
    reached.sort(key=lambda one: one[:2])
    for (_, first, lower), (low, second, _) in pairwise(reached):
        if lower.below is None or lower.below > low:
            what = f"bands {min(first, second) + 1} and {max(first, second) + 1} overlap"
            hint = "let one end (`below`) where the next begins (`at_least`)"
            yield Problem((*loc, "bands", max(first, second)), item.id, "BANDS_OVERLAP", what, hint)


def written_marks(item: Item | RowItem) -> Iterator[tuple[Loc, Marks]]:
    """Every place in an item that can name findings."""
    match item:
        case YesNoItem():
            yield ("yes",), item.yes
            yield ("no",), item.no
        case NumberItem():
            yield from ((("bands", number), band) for number, band in enumerate(item.bands))
        case GroupItem():
            yield ("any_row",), item.any_row
            yield ("no_rows",), item.no_rows
        case _:
            yield from ((("options", number), option) for number, option in enumerate(options_of(item)))


def named_findings(marks: Marks) -> Iterator[tuple[Loc, str]]:
    """Every finding that a mark names, with its place."""
    fields = {"observes": marks.observes, "excludes": marks.excludes}
    if isinstance(marks, Option):
        fields["unchosen_excludes"] = marks.unchosen_excludes
    for name, findings in fields.items():
        yield from (((name, number), finding) for number, finding in enumerate(findings))


def _mark_problems(item: Item | RowItem, loc: Loc, known: References) -> Iterator[Problem]:
    for part, marks in written_marks(item):
        for where, finding in named_findings(marks):
            if known.findings is not None and finding not in known.findings:
                hint = known.nearest.hint(finding, known.findings, "add it to the findings, or leave it out")
                what = f'names finding "{finding}", which nobody weighs'
                yield Problem((*loc, *part, *where), item.id, "UNWEIGHED_FINDING", what, hint)
        for finding in sorted(set(marks.observes) & set(marks.excludes)):
            what = f'the same answer observes and excludes "{finding}"'
            yield Problem((*loc, *part, "excludes"), item.id, "CONTRADICTION", what, "keep one of the two")


def _gate_problems(item: Item | RowItem, loc: Loc, known: References) -> Iterator[Problem]:
    for number, domain in enumerate(item.gate):
        if known.domains is not None and domain not in known.domains:
            hint = known.nearest.hint(domain, known.domains, f"it is one of {', '.join(known.domains)}")
            yield Problem((*loc, "gate", number), item.id, "UNKNOWN_DOMAIN", f'no domain "{domain}"', hint)


def _idle_problems(item: RowItem | Item, loc: Loc, group: str) -> Iterator[Problem]:
    """What rounds cannot do: findings and gates hang on whole answers."""
    for part, marks in written_marks(item):
        if any(True for _ in named_findings(marks)):
            what = f'names findings, which count for nothing inside the rounds of "{group}"'
            hint = f'write a [[derive]] with {{item = "{group}", any_row = ...}}'
            yield Problem((*loc, *part), item.id, "IDLE_MARKS", what, hint)
    if item.gate:
        hint = f'put it on "{group}"'
        yield Problem((*loc, "gate"), item.id, "IDLE_MARKS", "has a gate, which counts for nothing inside rounds", hint)
