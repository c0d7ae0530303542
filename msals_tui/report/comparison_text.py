"""The comparison in a few sentences, for people who read line by line: a screen reader, a log, a pipe."""

from collections.abc import Iterator
from decimal import Decimal

from msals_tui.evidence.coverage import Counted, coverage
from msals_tui.evidence.explain import pattern_sentence, sensitivity_sentences
from msals_tui.evidence.look_alike import LookAlikeFacts, look_alike_facts, named
from msals_tui.evidence.sensitivity import sensitivity
from msals_tui.questionnaire.words import Words
from msals_tui.report.compared import Compared


def comparison_text(compared: Compared, words: Words) -> Iterator[str]:
    """Pattern word, domains, what points elsewhere, what is known. One fact a line; never a total per disease."""
    evidence, comparison = compared.evidence, compared.comparison
    yield words("compared.pattern", pattern=pattern_sentence(words, evidence, comparison.pattern))
    yield words("pattern.always")
    yield from sensitivity_sentences(words, evidence, sensitivity(evidence, comparison))
    for domain in comparison.domains:
        if domain.first_db or domain.second_db:
            title = evidence.domains[domain.domain].title
            yield words("compared.domain", domain=title, **_sides(compared, domain.first_db, domain.second_db))
    yield from _elsewhere(compared, words)
    for fired in compared.safety:
        yield words("compared.safety", number=fired.rule.number, title=fired.rule.title)
    yield from _unfitting(compared, words)
    yield from coverage_text(compared, words)
    if compared.unmatched:
        yield words("compared.unmatched")
        for one in compared.unmatched:
            yield words("compared.unmatched_one", what=words.told(one))
    if compared.tells_most:
        yield words("compared.tells_most")
        for item in compared.tells_most:
            yield words("compared.question", question=item.ask)
    elif compared.kind in ("answers", "summary"):
        yield words("panel.nothing_next")


def _unfitting(compared: Compared, words: Words) -> Iterator[str]:
    """Answers that do not fit together, and what is not counted for it."""
    findings = compared.evidence.findings
    for one in compared.mismatches:
        yield words("compared.mismatch", says=one.rule.say)
        set_aside = [findings[finding].label for finding in one.rule.counts_for_nothing if finding in findings]
        if set_aside:
            yield words("compared.set_aside", findings=", ".join(set_aside))


def _elsewhere(compared: Compared, words: Words) -> Iterator[str]:
    """What fits neither, whom to think of, and what is still to be excluded."""
    evidence, comparison = compared.evidence, compared.comparison
    for finding in comparison.elsewhere:
        yield words("compared.elsewhere", finding=finding.label)
    facts = look_alike_facts(evidence, comparison, {})
    for one in named(facts):
        raised = words("compared.raised_by", because=_because(compared, one, words))
        yield words("compared.think_of", name=one.look_alike.name, raised=raised)
        yield words("compared.settled_by", test=one.look_alike.settled_by)
    for remark in facts:
        if remark.standing == "remark":
            says = " ".join(remark.says) or words("compared.raised_by", because=_because(compared, remark, words))
            yield words("compared.still_open", name=remark.look_alike.name, says=says)
            yield words("compared.settled_by", test=remark.look_alike.settled_by)


def _because(compared: Compared, facts: LookAlikeFacts, words: Words) -> str:
    """The findings that raised a look-alike; where none did, the answers."""
    return ", ".join(compared.evidence.findings[one].label for one in facts.findings) or words("compared.answers")


def coverage_text(compared: Compared, words: Words) -> Iterator[str]:
    """How much of what would tell has been asked: all that a blind sitting may see."""
    sides = {side.id: side.short for side in (compared.evidence.first, compared.evidence.second)}
    for side, count in coverage(compared.evidence, compared.asked).items():
        yield words("compared.asked", side=sides[side], asked=count.asked, telling=count.telling)
    if compared.counted is not None:
        yield counts_text(compared.counted, words)


def counts_text(counts: Counted, words: Words) -> str:
    """How many findings are known, not known and not asked about, of how many."""
    return words(
        "panel.counts",
        total=counts.total,
        known=counts.known,
        not_known=counts.not_known,
        not_asked=counts.not_asked,
    )


def _sides(compared: Compared, first_db: Decimal, second_db: Decimal) -> dict[str, str]:
    return {
        "first": compared.evidence.first.short,
        "first_db": f"{first_db:.1f}",
        "second": compared.evidence.second.short,
        "second_db": f"{second_db:.1f}",
    }
