"""What is said of look-alikes, in the same sentences wherever it is said: on the screen, line by line, in the summary."""

from collections.abc import Iterable, Iterator

from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.look_alike import FeatureSeen, LookAlikeFacts, Presence
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.response import Response
from msals_tui.questionnaire.words import Words
from msals_tui.report.source_line import source_line


def standing_sentence(evidence: Evidence, facts: LookAlikeFacts, words: Words) -> str:
    """Where a look-alike stands, in a calm sentence; never that somebody has it."""
    name = facts.look_alike.name
    match facts.standing:
        case "suggested" if facts.by_rule:
            first, second = evidence.first.short, evidence.second.short
            return words("look_alike.fits_neither", first=first, second=second, name=name)
        case "suggested":
            return words("look_alike.think_also", name=name)
        case "remark":
            return words("look_alike.remark", name=name)
        case "ruled_out":
            return words("look_alike.ruled_out", name=name)
        case "open":
            return words("look_alike.open", name=name)


def counted(facts: LookAlikeFacts, words: Words) -> str:
    """How much of what speaks for it and against it is there so far."""
    found_for, found_against = facts.count("there")
    return words(
        "look_alike.counted",
        found_for=found_for,
        all_for=_askable(facts.speaks_for),
        found_against=found_against,
        all_against=_askable(facts.speaks_against),
    )


def _askable(features: Iterable[FeatureSeen]) -> int:
    """How many features some question asks about."""
    return sum(one.presence != "not_asked" for one in features)


def answer_line(response: Response, name: str, words: Words, answer: Answer | None = None) -> str:
    """A question with the answer that it was given: the one that counts, or this one."""
    item, answer = response.questionnaire.item(name), answer or response.answer(name)
    said = item.said(answer, words) if answer is not None else words("answer.none_yet")
    return f"{item.ask} {said}"


def answer_lines(response: Response, items: Iterable[str], words: Words) -> Iterator[tuple[str, str]]:
    """Questions with the answers they were given, each with its id."""
    for name in items:
        yield name, answer_line(response, name, words)


def texts(features: Iterable[FeatureSeen], presence: Presence) -> list[str]:
    """The features of one presence."""
    return [one.feature.text for one in features if one.presence == presence]


def known_lines(evidence: Evidence, facts: LookAlikeFacts, words: Words) -> Iterator[str]:
    """What is known already of that which would settle it, a sentence each."""
    for finding, status in facts.tests:
        if status != "unknown":
            yield words(f"look_alike.known.{status}", finding=evidence.findings[finding].label)


def look_alike_lines(evidence: Evidence, facts: LookAlikeFacts, response: Response, words: Words) -> Iterator[str]:
    """One look-alike, a fact a line."""
    yield standing_sentence(evidence, facts, words)
    yield from facts.says
    if facts.items:
        answers = "; ".join(line for _, line in answer_lines(response, facts.items, words))
        yield words("look_alike.said_answers", answers=answers)
    for key, features in (
        ("look_alike.said_for", facts.speaks_for), ("look_alike.said_against", facts.speaks_against),
    ):  # fmt: skip
        if found := texts(features, "there"):
            yield words(key, features=" ".join(found))
    for key, features in (
        ("look_alike.said_not_for", facts.speaks_for), ("look_alike.said_not_against", facts.speaks_against),
    ):  # fmt: skip
        if absent := texts(features, "not_there"):
            yield words(key, features=" ".join(absent))
    not_known = sum(facts.count("not_known"))
    if not_known:
        yield words.some(not_known, "look_alike.said_not_known")
    yield words("compared.settled_by", test=facts.look_alike.settled_by)
    yield from known_lines(evidence, facts, words)
    for source in facts.sources:
        yield source_line(evidence.sources[source], words)
