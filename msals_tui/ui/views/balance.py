"""The balance sheet (F6): a row a finding with both frequencies, sources and decibans before and after grouping."""

from collections.abc import Mapping

from msals_tui.evidence.comparison import Comparison
from msals_tui.evidence.coverage import count_findings
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.explain import pattern_sentence, percent, sensitivity_sentences
from msals_tui.evidence.model import Finding, Frequency
from msals_tui.evidence.pattern_reasons import word_reasons
from msals_tui.evidence.sums import TENTH, Contribution
from msals_tui.evidence.without_one import pattern_without
from msals_tui.evidence.working import working_sentences, workings
from msals_tui.questionnaire.model import Source
from msals_tui.questionnaire.words import Words
from msals_tui.report.comparison_text import counts_text
from msals_tui.report.look_alike_text import answer_lines, counted
from msals_tui.report.source_line import source_line
from msals_tui.report.sums_text import group_title, signed, totals
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, cut, fill, row, wrap, wrapped
from msals_tui.ui.views.look_alikes import name_flow, pointed, target_of
from msals_tui.ui.views.panel import next_questions

MOST_TELLING = 6
"""Open questions and tests that the sheet names."""
_SIZE = 15
"""Cells for what an open question would tell."""
_GROUP = 13
"""Cells before the name of a group: its total stands there."""
MOST_ANSWERS = 3
"""Answers that the sheet names for one look-alike; its page has all of them."""
_STATUS = {"observed": "+", "excluded": "-", "unknown": "?"}


def balance_rows(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """The whole sheet. A finding that is pointed at is opened: frequencies, how the weight was made, sources."""
    evidence, comparison = session.content.evidence, session.comparison
    if evidence is None or comparison is None:
        return []
    rows: list[Row] = [BLANK, *_pattern(evidence, comparison, words, width)]
    for said in word_reasons(words, evidence, comparison):
        rows += wrapped(said, width - 2, "dim", margin="   ", indent=2)
    if (hangs_on := session.sensitivity) is not None:
        for said in sensitivity_sentences(words, evidence, hangs_on):
            rows += wrapped(said, width - 4, "dim", margin="   ", indent=2)
    counts = counts_text(count_findings(evidence, session.findings), words)
    rows += [BLANK, *wrapped(counts, width - 2, "dim", margin=" ")]
    rows += _look_alikes(session, words, glyphs, width, pointer)
    rows += _telling(session, words, glyphs, width, pointer)
    rows += [BLANK, *wrapped(words("balance.chances"), width - 2, "dim", margin=" "), _head(evidence, words, width)]
    shown = [one for one in comparison.contributions.values() if one.finding.id in session.findings]
    for domain in evidence.domains.values():
        known = [one for one in shown if one.finding.domain == domain.id and one.status != "unknown"]
        open_ones = [one for one in shown if one.finding.domain == domain.id and one.status == "unknown"]
        if not known and not open_ones:
            continue
        rows += [BLANK, row(" " + domain.title, "title")]
        for one in (*known, *open_ones):
            rows += _finding(session, evidence, one, words, glyphs, width, pointer)
    rows += _groups(evidence, comparison, words, width)
    rows += [BLANK, *wrapped(totals(evidence, comparison, words), width - 2, margin=" ")]
    rows += [BLANK, row(" " + words("balance.limits_title"), "title")]
    for number in (1, 2, 3, 4):
        rows += wrapped(words(f"balance.limit_{number}"), width - 4, "dim", margin="   ", indent=2)
    return rows


def _telling(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """What would tell most now, to go there."""
    rows: list[Row] = [BLANK, row(" " + words("panel.tells_most"), "title")]
    for one in next_questions(session, 2, MOST_TELLING):
        target = f"item:{one.open_at}"
        sign = glyphs.pointer if pointer == target else " "
        size = (
            words("balance.safety") if one.safety
            else words("balance.needed") if one.needed
            else words("balance.settles") if one.settles
            else words("balance.expected", size=f"{one.expected_db:.1f}") if one.expected_db >= TENTH
            else words("balance.raises")
        )  # fmt: skip
        text = fill(f" {sign} {one.item.ask}", width - _SIZE - 2)
        rows.append((Span(f"{text}{size:>{_SIZE}}", "focus" if pointer == target else "plain", target),))
    if len(rows) == len((BLANK, "title")):
        rows += wrapped(words("panel.nothing_next"), width - 4, "dim", margin="   ")
    return rows


def _pattern(evidence: Evidence, comparison: Comparison, words: Words, width: int) -> list[Row]:
    rows = [
        row(" " + words("panel.pattern"), "title"),
        *wrapped(pattern_sentence(words, evidence, comparison.pattern), width - 2, "strong", margin="   "),
        *wrapped(words("pattern.always"), width - 2, "dim", margin="   "),
    ]
    if comparison.not_gated:
        titles = ", ".join(evidence.domains[one].title for one in comparison.not_gated)
        rows += wrapped(words("balance.ask_first", domains=titles), width - 2, margin="   ")
    return rows


def _look_alikes(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """What points elsewhere and why, in short; what is ruled out and what is not yet. Every name opens its page."""
    rows: list[Row] = [BLANK, row(f" {glyphs.elsewhere} {words('panel.elsewhere')}", "elsewhere")]
    facts = session.look_alikes
    named = [one for one in facts if one.standing in ("suggested", "remark")]
    for one in named:
        name = one.look_alike.name
        if one.standing == "remark":
            name = words("panel.still_open", name=name)
        rows += pointed(name, target_of(one), pointer, glyphs, width - 2, role="strong")
        for said in one.says:
            rows += wrapped(said, width - 2, margin="     ", indent=2)
        if one.items:
            lines = [line for _, line in answer_lines(session.interview.response, one.items, words)]
            answers = "; ".join(lines[:MOST_ANSWERS])
            if len(lines) > MOST_ANSWERS:
                answers += "; " + words.some(len(lines) - MOST_ANSWERS, "look_alike.more_answers")
            rows += wrapped(words("balance.raised_by", answers=answers), width - 2, "dim", margin="     ", indent=2)
        rows += wrapped(counted(one, words), width - 2, "dim", margin="     ", indent=2)
        settled = words("balance.settled_by", text=one.look_alike.settled_by)
        rows += wrapped(settled, width - 2, "dim", margin="     ", indent=2)
    if not named:
        rows += wrapped(words("balance.nothing_elsewhere"), width - 4, "dim", margin="   ")
    for standing, key in (("ruled_out", "balance.ruled_out"), ("open", "balance.not_yet")):
        others = [one for one in facts if one.standing == standing]
        rows.append(row("   " + cut(words(key), width - 3), "dim"))
        rows += name_flow(others, words, pointer, glyphs, width - 2, margin="    ")
    return rows


def _groups(evidence: Evidence, comparison: Comparison, words: Words, width: int) -> list[Row]:
    """Each group's total, and the steps to it."""
    rows: list[Row] = [BLANK, row(" " + words("balance.groups"), "title")]
    rows += wrapped(f"{words('sums.how')} {words('balance.shares')}", width - 2, "dim", margin="   ")
    for working in workings(evidence, comparison):
        title, *more = wrap(group_title(evidence, working, words), width - _GROUP - 1)
        rows.append(row(f"{signed(working.total_db):>8} dB  {title}"))
        rows += [row(" " * _GROUP + line) for line in more]
        for said in working_sentences(words, evidence, comparison, working):
            rows += wrapped(said, width - 1, "dim", margin=" " * min(_GROUP, width // 5), indent=2)
    return rows


def _columns(width: int) -> tuple[int, int]:
    """Width of the finding's name, and of each of the two chance columns."""
    return max(width - 40, 18), 7


def _head(evidence: Evidence, words: Words, width: int) -> Row:
    name, chance = _columns(width)
    text = fill(f"     {words('balance.finding')}", name + 5)
    text += f"{evidence.first.short:>{chance}}{evidence.second.short:>{chance}}"
    text += f"{words('balance.weight'):>9}{words('balance.counts'):>9}"
    return row(text, "title")


def _finding(
    session: Session,
    evidence: Evidence,
    one: Contribution,
    words: Words,
    glyphs: Glyphs,
    width: int,
    pointer: str | None,
) -> list[Row]:
    finding = one.finding
    name, chance = _columns(width)
    target = f"finding:{finding.id}"
    here = pointer == target
    text = fill(f" {glyphs.pointer if here else ' '} {_STATUS[one.status]} {finding.label}", name + 5)
    for side in (evidence.first, evidence.second):
        assumed = "~" if side.id in finding.assumed else " "
        figure = assumed + percent(finding.chance[side.id]) if finding.group is not None else ""
        text += f"{figure:>{chance}}"
    numbers = f"{signed(one.raw_db):>9}{signed(one.counted_db):>9}" if one.status != "unknown" else ""
    role: Role = "focus" if here else "unknown" if one.status == "unknown" else "plain"
    rows: list[Row] = [(Span(text, role, target), Span(numbers, role, target))]
    return rows + (_opened(session, evidence, one, words, width) if here else [])


def _opened(session: Session, evidence: Evidence, one: Contribution, words: Words, width: int) -> list[Row]:
    """Everything behind one weight."""
    finding, inner = one.finding, width - 9
    texts = [finding.plain, finding.strength_reason]
    texts.append(
        words(
            "balance.weights",
            present=signed(finding.present_db),
            absent=signed(finding.absent_db),
            trust=f"{finding.trust:f}",
        )
    )
    if finding.present_db or finding.absent_db:
        texts.append(_rule(evidence, finding, words))
    texts += [_frequency(evidence, one_frequency, words) for one_frequency in finding.frequency]
    if finding.assumed:
        sides = ", ".join(side.short for side in (evidence.first, evidence.second) if side.id in finding.assumed)
        texts.append(words("balance.assumed", sides=sides))
    texts += [text for text in (finding.weight_note, finding.caveat) if text]
    if one.replaced_by:
        texts.append(words("balance.replaced", finding=evidence.findings[one.replaced_by].label))
    if one.status != "unknown":
        without = pattern_without(evidence, session.findings, finding.id, session.interview.response)
        texts.append(words("balance.without", pattern=pattern_sentence(words, evidence, without)))
    state = session.findings[finding.id]
    if state.conflict:
        texts.append(words("balance.conflict"))
    if state.set_aside:
        says = [one.rule.say for one in session.mismatches if one.rule.id in state.set_aside]
        texts.append(words("balance.set_aside", says=" ".join(says)))
    lines: list[tuple[str, Role]] = [(line, "plain") for text in texts for line in wrap(text, inner, indent=2)]
    for source in _sources(finding, evidence.sources):
        lines += [(line, "dim") for line in wrap(source_line(source, words), inner, indent=2)]
    # The same target as the finding's own row, so that the page keeps all of it in sight.
    return [row(f"       {line}", role, f"finding:{finding.id}") for line, role in lines]


def _rule(evidence: Evidence, finding: Finding, words: Words) -> str:
    """How the rule makes a weight from the two chances; where the weight was set otherwise, its note says so."""
    rules = evidence.weights
    held = words("balance.rule_held", held=f"{rules.held_db[finding.held_to]:f}") if finding.held_to else ""
    return words(
        "balance.rule",
        share=f"{rules.absent_share[finding.kind]:f}",
        held=held,
        trust=f"{finding.trust:f}",
        cap=f"{rules.cap_db[finding.kind]:f}",
        lowest=percent(rules.chance_lowest),
        highest=percent(rules.chance_highest),
    )


def _frequency(evidence: Evidence, one: Frequency, words: Words) -> str:
    names = {side.id: side.short for side in (evidence.first, evidence.second)}
    if one.value is None and one.low is None:
        said = one.note or words("balance.no_figure")
        return f"{names.get(one.disease, one.disease)}, {words(f'balance.when_{one.when}')}: {said}"
    value = f"{one.value:f}%" if one.value is not None else words("balance.no_figure")
    span = f" ({one.low:f} - {one.high:f}%)" if one.low is not None and one.high is not None else ""
    read = "" if one.read else f", {words('balance.not_read')}"
    note = f"; {one.note}" if one.note else ""
    of = f"; {one.of}" if one.of else ""
    return f"{names.get(one.disease, one.disease)}, {words(f'balance.when_{one.when}')}: {value}{span}{read}{of}{note}"


def _sources(finding: Finding, sources: Mapping[str, Source]) -> list[Source]:
    return [sources[one] for one in finding.sources if one in sources]
