"""What stands beside the term of a feature: an excluded one that is narrower than its term excludes nothing."""

import re
from collections.abc import Collection, Iterator

from msals_tui.errors import Filled
from msals_tui.evidence.result_words import plain_words
from msals_tui.evidence.terms import Terms
from msals_tui.exchange.packet import Feature


def said(feature: Feature, remark: str = "") -> str:
    """A feature as it is listed, with what is special about it in brackets; one without term or label by its place."""
    named = f"{feature.term} {feature.label}".strip() or feature.place
    return Filled("{what} ({why})", what=named, why=remark) if remark else named


def narrowed_by(feature: Feature, terms: Terms) -> str:
    """What makes an excluded feature a part of its term only; "" if nothing does."""
    return ", ".join(dict.fromkeys(_narrowings(feature, terms)))


def _narrowings(feature: Feature, terms: Terms) -> Iterator[str]:
    for one in (*feature.modifiers, *((feature.severity,) if feature.severity is not None else ())):
        if one.term or one.label:
            yield said(one)
    if feature.onset_told:
        yield Filled("an onset")
    if feature.resolved:
        yield Filled("an end")
    provenance = {one.casefold() for one in terms.written.qualifiers.provenance}
    for one in feature.evidence:
        if one.term.casefold() not in provenance:
            yield said(one)
    narrowing = terms.written.qualifiers.narrowing
    release = terms.hpo.labels.get(feature.term, "")
    if release:
        yield from _words_in(feature.label, release, narrowing)
    yield from _words_in(feature.description, f"{release} {feature.label}", narrowing)


def denies(text: str, denials: Collection[str]) -> bool:
    """Whether a text denies something, so that none of its words is believed."""
    return next(_words_in(text, "", denials), None) is not None


def is_annulled(feature: Feature, terms: Terms) -> bool:
    """Whether a modifier of an observed feature says that it is not there."""
    return any(one.term in terms.written.qualifiers.annulling for one in feature.modifiers)


def is_taken_back(feature: Feature, terms: Terms) -> bool:
    """Whether the label of an observed feature denies or doubts what its id says; only where the release has another label."""
    release = terms.hpo.labels.get(feature.term, "")
    words = _spaced(feature.label)
    beginnings = (_spaced(one) for one in terms.written.qualifiers.contrary)
    return bool(release) and any(words.startswith(one) and not _spaced(release).startswith(one) for one in beginnings)


_sign = re.compile(r"([^\w\s])")


def _words_in(text: str, known: str, phrases: Collection[str]) -> Iterator[str]:
    """The phrases that stand in a text as whole words, and not in what is known of it."""
    if not text:
        return
    spaced, also = _spaced(text), _spaced(known)
    for phrase in phrases:
        words = _spaced(phrase)
        if words in spaced and words not in also:
            yield phrase


def _spaced(text: str) -> str:
    words = _sign.sub(r" \1 ", plain_words(text)).split()
    return f" {' '.join(words)} "
