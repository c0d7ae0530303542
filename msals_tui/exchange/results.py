"""What the results of tests show and exclude: a number against limits in its own unit, or a whole phrase; the latest counts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from msals_tui.errors import Filled
from msals_tui.evidence.result_words import Assay, ResultWords, Says, same
from msals_tui.evidence.terms import Terms
from msals_tui.exchange.packet import Amount, Feature, Result, When

Findings: TypeAlias = frozenset[str]


class Verdict(Struct, frozen=True):
    """Whether a result shows the finding of an assay; None, and why, where it does not say."""

    shows: bool | None = None
    why: str = ""


class ReadResult(Struct, frozen=True):
    """One result as it counts, once all of them are known."""

    result: Result
    shown: Findings
    gone: Findings
    feature: Feature | None
    """The term that it is, which counts as any feature does."""
    why: tuple[str, ...]
    """Why it, or something of it, does not count."""


def read_results(results: Sequence[Result], terms: Terms) -> list[ReadResult]:
    """Every result of a packet, in its order, with what it shows and excludes."""
    of_code: dict[str, list[Assay]] = {}
    for assay in terms.written.assay:
        of_code.setdefault(assay.loinc, []).append(assay)
    series: dict[str, list[tuple[int, Verdict]]] = {}
    for number, one in enumerate(results):
        for assay in of_code.get(one.code, ()):
            series.setdefault(assay.finding, []).append((number, _judged(assay, one, terms)))
    counting: dict[int, dict[str, Verdict]] = {}
    for finding, those in series.items():
        for number, verdict in _settled(those, results):
            counting.setdefault(number, {})[finding] = verdict
    return [_read(one, counting.get(number, {}), terms) for number, one in enumerate(results)]


def _read(result: Result, verdicts: Mapping[str, Verdict], terms: Terms) -> ReadResult:
    why = [one.why for one in verdicts.values() if one.why]
    is_term = bool(terms.levels(terms.now(result.term)))
    if is_term and not verdicts and terms.words.meaning(result.words) in _DENYING:
        why.append(_TWO_THINGS)
    return ReadResult(
        result,
        shown=frozenset(finding for finding, one in verdicts.items() if one.shows),
        gone=frozenset(finding for finding, one in verdicts.items() if one.shows is False),
        feature=Feature(result.term, result.words, place=result.place) if is_term and not why else None,
        why=tuple(dict.fromkeys(why)),
    )


# -------------------- One result

_DENYING: Collection[Says | None] = ("normal", "open")
"""What the label of a term cannot say, which names something that is there."""

_EMPTY = Filled("gives no result")
_COMPLEX = Filled("has several values, which are not read")
_TWO_THINGS = Filled("its id and its label, or its number and its words, say two things; it counts for nothing")


def _judged(assay: Assay, result: Result, terms: Terms) -> Verdict:
    """What a result says of the finding of an assay."""
    if result.is_empty:
        return Verdict(why=_EMPTY)
    if result.is_complex:
        return Verdict(why=_COMPLEX)
    above = terms.above(terms.now(result.term))
    in_words = _of_term(assay, result, above, terms) if above else _of_words(assay, result, terms.words)
    if result.amount is None or result.amount.value is None:
        return in_words
    in_numbers = _of_amount(assay, result.amount, terms.words)
    if not result.words and not result.term:
        return in_numbers
    if in_numbers.shows is None:
        return in_numbers if in_words.shows is None else in_words
    return in_numbers if in_numbers.shows == in_words.shows else Verdict(why=_TWO_THINGS)


def _of_term(assay: Assay, result: Result, above: Findings, terms: Terms) -> Verdict:
    """The same of a result that is a term of the release, which names something that is there, and says what its label says."""
    label = terms.words.meaning(result.words, assay)
    if (
        label in _DENYING
        or (label == "high" and assay.shown_by == "low")
        or (label == "low" and assay.shown_by == "high")
    ):
        return Verdict(why=_TWO_THINGS)
    # A term about something else counts as a feature, and says nothing of this finding.
    shows = any(assay.finding in terms.observing.get(term, ()) for term in above)
    return Verdict(shows=True) if shows else Verdict()


def _of_words(assay: Assay, result: Result, words: ResultWords) -> Verdict:
    """The same of a result that is a code or a phrase: the code says it, and the label must not say otherwise."""
    coded, said = words.meaning_of_code(result.term), words.meaning(result.words, assay)
    if coded is not None and result.words and said != coded:
        return Verdict(why=_TWO_THINGS if said is not None else _unread(result))
    says = coded or said
    if says is None:
        return Verdict(why=_unread(result))
    if says == "normal":
        return Verdict(shows=False)
    if says != assay.shown_by:
        return Verdict(why=Filled('"{words}" settles nothing', words=result.words or result.term))
    if assay.at_most is not None:
        # How high it is decides where the finding has an upper end, and a word does not tell.
        return Verdict(why=Filled('"{words}" does not say how high', words=result.words or result.term))
    return Verdict(shows=True)


def _unread(result: Result) -> str:
    return Filled('"{words}" is not known as a whole', words=result.words or result.term)


def _of_amount(assay: Assay, amount: Amount, words: ResultWords) -> Verdict:
    """The same of a number. It is set against a range in its own unit only, and against limits of the assay by the factor."""
    value = amount.value or Decimal(0)
    if value < 0 or (value == 0 and assay.at_least is None):
        return Verdict(why=Filled("a value of {value} is none", value=value))
    unit, range_unit = words.measure(*amount.unit), words.measure(*amount.range_unit)
    limit = words.by_code.get(assay.unit or "")
    comparable = limit is not None and unit is not None and unit.quantity == limit.quantity
    if assay.at_least is not None:
        # A count has no unit; anything else must have one that the limit can be carried over to.
        if unit is None:
            return Verdict(shows=value >= assay.at_least)
        if limit is None or not comparable:
            return Verdict(why=_OTHER_UNIT)
        return Verdict(shows=value * unit.factor >= assay.at_least * limit.factor)
    if range_unit is not None and not same(unit, range_unit):
        return Verdict(why=Filled("its reference range is in another unit"))
    verdict = _in_range(assay, amount, value)
    if not verdict.shows or assay.at_most is None:
        return verdict
    if limit is None or unit is None or not comparable:
        return Verdict(why=_OTHER_UNIT)
    if value * unit.factor > assay.at_most * limit.factor:
        return Verdict(why=Filled("is higher than the finding goes"))
    return verdict


def _in_range(assay: Assay, amount: Amount, value: Decimal) -> Verdict:
    """A value against its own reference range; a limit of 0 is what converters write for none."""
    limits = [one for one in (amount.low, amount.high) if one is not None]
    if limits != sorted(set(limits)) or not any(limits):
        return _NO_RANGE
    limit = amount.low if assay.shown_by == "low" else amount.high
    if not limit:
        return _NO_RANGE
    return Verdict(shows=value < limit if assay.shown_by == "low" else value > limit)


_OTHER_UNIT = Filled("its unit is not known, or of something else")
_NO_RANGE = Verdict(why=Filled("it has no reference range that can be used"))


# -------------------- Several results

_EARLIER = Filled("an earlier result; a later one counts in its place")
_OTHER = Filled("another result says otherwise or cannot be read, and nothing says which is the later; neither counts")


def _settled(those: Sequence[tuple[int, Verdict]], results: Sequence[Result]) -> Iterator[tuple[int, Verdict]]:
    """The verdicts of one finding as they count: those of the latest, where they agree."""
    # What gives no result takes the place of none, and what is about something else is none.
    telling = [(number, one) for number, one in those if one.shows is not None or (one.why and one.why != _EMPTY)]
    latest = _latest_starts(results[number].when for number, _ in telling)
    last = [(number, one) for number, one in telling if not _is_earlier(results[number].when, latest)]
    agreed = len({one.shows for _, one in last}) <= 1
    standing = {number for number, _ in last}
    for number, one in those:
        if one.shows is None and (one.why == _EMPTY or not one.why):
            yield number, one
        elif number not in standing:
            yield number, Verdict(why=_EARLIER)
        else:
            yield number, one if agreed or one.shows is None else Verdict(why=_OTHER)


def _latest_starts(times: Iterable[When | None]) -> dict[str, Decimal]:
    """The latest beginning on each clock: whatever ended by then is earlier than something."""
    latest: dict[str, Decimal] = {}
    for one in times:
        if one is not None:
            latest[one.clock] = max(one.low, latest.get(one.clock, one.low))
    return latest


def _is_earlier(when: When | None, latest: Mapping[str, Decimal]) -> bool:
    """Whether something surely came later; nobody knows of what has no time."""
    return when is not None and when.high <= latest[when.clock] and when.low < latest[when.clock]
