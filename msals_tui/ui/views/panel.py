"""The live comparison beside the question, and its two-line strip for narrow screens. Never a total per disease."""

from decimal import ROUND_HALF_UP, Decimal

from msals_tui.evidence.comparison import Comparison, DomainTotal
from msals_tui.evidence.coverage import asked_about, coverage
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.explain import last_change, pattern_sentence, suggestions
from msals_tui.evidence.model import Side
from msals_tui.questionnaire.words import Words
from msals_tui.session.session import Session
from msals_tui.ui.glyphs import Glyphs
from msals_tui.ui.rows import BLANK, Role, Row, Span, cut, fill, row, wrapped

WIDTH = 37
"""Cells of the panel; fixed, so that nothing moves while answering."""
_SIDE = 7
_NAME = WIDTH - 2 * _SIDE - 3
_DB_A_CELL = Decimal(2)
_LEAST_SHOWN = Decimal("0.5")
MOST_NAMED = 3


def panel_rows(session: Session, words: Words, glyphs: Glyphs, height: int, *, blind: bool) -> list[Row]:
    """The panel: a row a domain, the pattern word, what points elsewhere, coverage, last effect, most telling questions."""
    evidence, comparison = session.content.evidence, session.comparison
    if evidence is None or comparison is None:
        return []
    rows: list[Row] = [row(" " + words("panel.title"), "title"), row(" " + words("panel.limits"), "dim")]
    if blind:
        rows += [BLANK, *wrapped(words("panel.blind"), WIDTH - 1, margin=" "), BLANK]
        return [*rows, *_coverage_rows(session, evidence, words, glyphs)][:height]
    rows += _domain_rows(session, evidence, comparison, words, glyphs)
    rows.append(BLANK)
    rows += _pattern_rows(evidence, comparison, words)
    named = suggestions(evidence, comparison)
    if named:
        rows.append(row(f" {glyphs.elsewhere} {words('panel.elsewhere')}", "elsewhere"))
        for name in named[:MOST_NAMED]:
            rows += wrapped(name, WIDTH - 2, margin="   ", indent=2)[:2]
        if len(named) > MOST_NAMED:
            rows.append(row("   " + words.some(len(named) - MOST_NAMED, "panel.more"), "dim"))
    rows += _coverage_rows(session, evidence, words, glyphs)
    said = last_change(words, evidence, session.comparison_before, comparison)
    last = wrapped(words("panel.last", said=said), WIDTH - 1, margin=" ", indent=2)
    telling = session.tells_most()[:3]
    if telling and len(rows) + len(last) + len(telling) + 1 <= height:
        rows += last
        rows.append(row(" " + words("panel.tells_most"), "title"))
        for number, one in enumerate(telling, 1):
            sign = glyphs.safety if one.safety else str(number)
            text = one.item.ask_patient if session.content.questionnaire.voice == "patient" else one.item.ask
            rows.append(row(cut(f" {sign} {text}", WIDTH), "plain", f"item:{one.open_at}"))
    elif len(rows) + len(last) <= height:
        rows += last
    return rows[:height]


def strip_rows(session: Session, words: Words, glyphs: Glyphs, width: int, *, blind: bool) -> list[Row]:
    """Two lines for screens without a panel: what points elsewhere or the last effect, then the coverage."""
    evidence, comparison = session.content.evidence, session.comparison
    if evidence is None or comparison is None:
        return []
    coverage_line = _coverage_line(session, evidence, words, glyphs)
    if blind:
        return [row(" " + cut(words("panel.blind"), width - 2), "dim"), coverage_line]
    named = suggestions(evidence, comparison)
    if named:
        text = f" {glyphs.elsewhere} {words('panel.elsewhere')} {', '.join(named)}"
        return [row(cut(text, width), "elsewhere", "balance"), coverage_line]
    said = last_change(words, evidence, session.comparison_before, comparison)
    sentence = f"{pattern_sentence(words, evidence, comparison.pattern)}. {words('panel.last', said=said)}"
    return [row(" " + cut(sentence, width - 2), "plain", "balance"), coverage_line]


def _domain_rows(
    session: Session, evidence: Evidence, comparison: Comparison, words: Words, glyphs: Glyphs
) -> list[Row]:
    left = fill(f"{evidence.first.short} {glyphs.first}".rjust(_SIDE), _SIDE)
    right = fill(f"{glyphs.second} {evidence.second.short}", _SIDE)
    rows: list[Row] = [(Span(" " * (_NAME + 1)), Span(left, "first"), Span(glyphs.bar, "dim"), Span(right, "second"))]
    for total in comparison.domains:
        name = Span(" " + fill(evidence.domains[total.domain].short, _NAME))
        rows.append((name, *_bar(session, evidence, total, words, glyphs)))
    return rows


def _bar(session: Session, evidence: Evidence, total: DomainTotal, words: Words, glyphs: Glyphs) -> Row:
    """What speaks for either side, one cell per 2 dB; what is not known is said, never left blank."""
    if total.known == 0:
        asked = any(
            state.asked for finding, state in session.findings.items()
            if finding in evidence.findings and evidence.findings[finding].domain == total.domain
        )  # fmt: skip
        sign, key = (glyphs.unknown, "panel.not_known") if asked else (glyphs.not_asked, "panel.not_asked")
        return (Span(f"{sign} {words(key)}".center(2 * _SIDE + 1), "unknown"),)
    left = (glyphs.first * cells(total.first_db)).rjust(_SIDE)
    right = (glyphs.second * cells(total.second_db)).ljust(_SIDE)
    return (Span(left, "first"), Span(glyphs.bar, "dim"), Span(right, "second"))


def cells(decibans: Decimal) -> int:
    """Cells for so many decibans: one per 2 dB, rounded; at least one from half a deciban on, at most what fits."""
    if decibans < _LEAST_SHOWN:
        return 0
    return min(_SIDE, max(1, int((decibans / _DB_A_CELL).to_integral_value(ROUND_HALF_UP))))


def _pattern_rows(evidence: Evidence, comparison: Comparison, words: Words) -> list[Row]:
    sentence = pattern_sentence(words, evidence, comparison.pattern)
    return [
        row(" " + words("panel.pattern"), "title"),
        *wrapped(sentence, WIDTH - 1, "strong", margin=" "),
        *wrapped(words("pattern.always"), WIDTH - 1, "dim", margin=" "),
    ]


def _coverage_rows(session: Session, evidence: Evidence, words: Words, glyphs: Glyphs) -> list[Row]:
    first, second, unknown = _coverage_spans(session, evidence, words, glyphs)
    return [row(" " + words("panel.asked"), "title"), (Span(" "), *first, Span("  "), *second), (Span(" "), unknown)]


def _coverage_line(session: Session, evidence: Evidence, words: Words, glyphs: Glyphs) -> Row:
    first, second, unknown = _coverage_spans(session, evidence, words, glyphs)
    return (Span(f" {words('panel.asked')} "), *first, Span("  "), *second, Span("  "), unknown)


def _coverage_spans(session: Session, evidence: Evidence, words: Words, glyphs: Glyphs) -> tuple[Row, Row, Span]:
    """What was asked per side of what could tell, and how much is still not known."""
    counts = coverage(evidence, asked_about(session.findings))
    not_known = sum(state.asked and state.status == "unknown" for state in session.findings.values())
    sides = []
    signs: tuple[tuple[Side, str, Role], ...] = (
        (evidence.first, glyphs.first, "first"),
        (evidence.second, glyphs.second, "second"),
    )
    for side, sign, role in signs:
        one = counts[side.id]
        sides.append(
            (Span(f"{sign} ", role), Span(words("panel.of", side=side.short, asked=one.asked, total=one.telling)))
        )
    unknown = Span(f"{glyphs.unknown} {words('panel.unknown', count=not_known)}", "unknown")
    return sides[0], sides[1], unknown
