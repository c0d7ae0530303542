"""The live comparison beside the question, and its strip for narrow screens. Never a total per disease."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from msals_tui.evidence.comparison import Comparison, DomainTotal
from msals_tui.evidence.coverage import Counted, asked_about, count_findings, coverage
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.explain import pattern_sentence, suggestions
from msals_tui.evidence.model import Side
from msals_tui.questionnaire.words import Words
from msals_tui.report.last_text import last_text
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, cut, fill, row, width_of, wrap, wrapped

if TYPE_CHECKING:
    from msals_tui.evidence.next_questions import Telling

_SIDE = 7
_DB_A_CELL = Decimal(2)
_LEAST_SHOWN = Decimal("0.5")
_BARS = 2 * _SIDE + 1
ALIKE = "alike:"
"""How the target of a look-alike begins, whose id follows; alone it stands for the list of all."""
_MOST_OF_LAST = 4
"""Rows for the last answer, whose question may be long."""
MOST_NAMED = 3
"""Look-alikes, and open questions, that the panel names."""


def panel_rows(session: Session, words: Words, glyphs: Glyphs, width: int, height: int) -> list[Row]:
    """The panel: domains, the pattern word, what points elsewhere, coverage, the last effect, what to ask next.

    Blocks stand apart where there is room, close together where there is not; what is cut off is the last of them.
    """
    evidence, comparison = session.content.evidence, session.comparison
    if evidence is None or comparison is None:
        return []
    head: list[Row] = [row(" " + words("panel.title"), "title"), row(" " + words("panel.limits"), "dim")]
    if session.hidden:
        blocks = [head, wrapped(words("panel.blind"), width - 1, margin=" ")]
        return _stacked([*blocks, _coverage_rows(session, evidence, words, glyphs, width)], height)
    return _stacked(
        [
            [*head, *_domain_rows(session, evidence, comparison, words, glyphs, width)],
            _pattern_rows(evidence, comparison, words, width),
            _elsewhere_rows(evidence, comparison, words, glyphs, width),
            _coverage_rows(session, evidence, words, glyphs, width),
            _last_rows(_last(session, words), width),
            _next_rows(session, words, glyphs, width),
        ],
        height,
    )


def strip_rows(session: Session, words: Words, glyphs: Glyphs, width: int) -> list[Row]:
    """Three lines for screens without a panel: the pattern word, what points elsewhere or the last effect, coverage."""
    evidence, comparison = session.content.evidence, session.comparison
    if evidence is None or comparison is None:
        return []
    figures = _sides_asked(session, evidence, words, glyphs)
    figures += _counts(count_findings(evidence, session.findings), words, glyphs)
    coverage_line = _side_by_side([(Span(words("panel.asked")),), *figures], width)[0]
    if session.hidden:
        return [BLANK, row(" " + cut(words("panel.blind"), width - 2), "dim"), coverage_line]
    sentence = f"{words('panel.pattern')}: {pattern_sentence(words, evidence, comparison.pattern)}"
    effect = row(" " + cut(_last(session, words), width - 2), "plain", "balance")
    if named := suggestions(evidence, comparison):
        text = f" {glyphs.elsewhere} {words('panel.elsewhere')} {', '.join(named)}"
        effect = row(cut(text, width - 1), "elsewhere", ALIKE + comparison.think_of[0])
    return [row(" " + cut(sentence, width - 2), "strong", "balance"), effect, coverage_line]


def _last(session: Session, words: Words) -> str:
    """What became of the last answer."""
    evidence, known = session.content.evidence, session.known
    if evidence is None or known is None:
        return ""
    return words("panel.last", said=last_text(words, evidence, known, session.last))


def _last_rows(said: str, width: int) -> list[Row]:
    """What became of the last answer; a question that is too long for its rows is left off in the middle, and that shows."""
    rows, kept = wrapped(said, width - 1, margin=" ", indent=2), said.split(" ")
    while len(rows) > _MOST_OF_LAST:
        kept.pop()
        rows = wrapped(" ".join(kept) + " ...", width - 1, margin=" ", indent=2)
    return rows


def next_questions(session: Session, safety: int, telling: int) -> "list[Telling]":
    """Open questions to name: safety first, then what would tell most. Private ones are asked in their own time."""
    room = {True: safety, False: telling}
    named: list[Telling] = []
    for one in session.tells_most():  # those of safety come first
        if not one.safety and not room[False]:
            break
        if room[one.safety] and not one.item.private:
            room[one.safety] -= 1
            named.append(one)
    return named


def _stacked(blocks: Iterable[list[Row]], height: int) -> list[Row]:
    """Blocks as far as they fit, apart where there is room. A heading never stands without what it heads."""
    filled = [block for block in blocks if block]
    apart = sum(len(block) for block in filled) + len(filled) - 1 <= height
    rows: list[Row] = []
    for block in filled:
        if apart and rows:
            rows.append(BLANK)
        rows += block
    shown = rows[:height]
    while shown and (not shown[-1] or shown[-1][0].role == "title"):
        shown.pop()
    return shown


def _domain_rows(
    session: Session, evidence: Evidence, comparison: Comparison, words: Words, glyphs: Glyphs, width: int
) -> list[Row]:
    name_width = width - _BARS - 2
    left = fill(f"{evidence.first.short}{_sign(glyphs, glyphs.first, before=' ')}".rjust(_SIDE), _SIDE)
    right = fill(f"{_sign(glyphs, glyphs.second, after=' ')}{evidence.second.short}", _SIDE)
    rows: list[Row] = [
        (Span(" " * (name_width + 1)), Span(left, "first"), Span(glyphs.bar, "dim"), Span(right, "second"))
    ]
    for total in comparison.domains:
        name = Span(" " + fill(evidence.domains[total.domain].short, name_width))
        rows.append((name, *_bar(session, evidence, comparison, total, words, glyphs)))
    return rows


def _sign(glyphs: Glyphs, sign: str, *, before: str = "", after: str = "") -> str:
    """A side's sign beside its name, left out where the sign is a letter of the name."""
    return "" if glyphs.name == "ascii" else f"{before}{sign}{after}"


def _bar(
    session: Session,
    evidence: Evidence,
    comparison: Comparison,
    total: DomainTotal,
    words: Words,
    glyphs: Glyphs,
) -> Row:
    """What speaks for either side, one cell per 2 dB; what is not known is said, never left blank.

    Background, which never makes the pattern, is drawn hollow.
    """
    if total.known == 0:
        states = session.findings
        asked = any(states[one].asked for one in evidence.in_domain[total.domain] if one in states)
        sign, key = (glyphs.unknown, "panel.not_known") if asked else (glyphs.not_asked, "panel.not_asked")
        return (Span(f"{sign} {words(key)}".center(_BARS), "unknown"),)
    hollow = _is_background(evidence, comparison, total.domain)
    first = glyphs.first_hollow if hollow else glyphs.first
    second = glyphs.second_hollow if hollow else glyphs.second
    left, right = (first * cells(total.first_db)).rjust(_SIDE), (second * cells(total.second_db)).ljust(_SIDE)
    return (Span(left, "first"), Span(glyphs.bar, "dim"), Span(right, "second"))


def _is_background(evidence: Evidence, comparison: Comparison, domain: str) -> bool:
    """Whether all that counts in a domain belongs to context groups."""
    inside = (comparison.contributions[finding] for finding in evidence.in_domain[domain])
    counted = [one.finding for one in inside if one.counted_db]
    return bool(counted) and all(one.group is not None and evidence.groups[one.group].context for one in counted)


def cells(decibans: Decimal) -> int:
    """Cells for so many decibans: one per 2 dB, rounded; at least one from half a deciban on, at most what fits."""
    if decibans < _LEAST_SHOWN:
        return 0
    return min(_SIDE, max(1, int((decibans / _DB_A_CELL).to_integral_value(ROUND_HALF_UP))))


def _pattern_rows(evidence: Evidence, comparison: Comparison, words: Words, width: int) -> list[Row]:
    sentence = pattern_sentence(words, evidence, comparison.pattern)
    return [
        row(" " + words("panel.pattern"), "title"),
        *wrapped(sentence, width - 1, "strong", margin=" "),
        *wrapped(words("pattern.always"), width - 1, "dim", margin=" "),
    ]


def _elsewhere_rows(evidence: Evidence, comparison: Comparison, words: Words, glyphs: Glyphs, width: int) -> list[Row]:
    named = comparison.think_of
    still_open = [one.look_alike for one in comparison.look_alikes if one.standing == "remark"]
    remarks = [
        row(f" {line}", "dim", ALIKE + one.id)
        for one in still_open[:MOST_NAMED]
        for line in wrap(words("panel.still_open", name=one.name), width - 3, indent=2)[:2]
    ]
    if not named:
        return remarks
    rows = [row(f" {glyphs.elsewhere} {words('panel.elsewhere_key')}", "elsewhere", ALIKE + named[0])]
    for name in named[:MOST_NAMED]:
        lines = wrap(evidence.look_alikes[name].name, width - 5, indent=2)
        rows += [row(f"   {line}", "plain", ALIKE + name) for line in lines[:2]]
    if len(named) > MOST_NAMED:
        rows.append(row("   " + words.some(len(named) - MOST_NAMED, "panel.more"), "dim", ALIKE))
    return rows + remarks


def _next_rows(session: Session, words: Words, glyphs: Glyphs, width: int) -> list[Row]:
    """One open safety question and the two questions that would tell most; that there are none, where nothing could change."""
    asked_next = next_questions(session, 1, MOST_NAMED - 1)
    if not asked_next:
        return wrapped(words("panel.nothing_next"), width - 1, "dim", margin=" ")
    rows: list[Row] = [row(" " + words("panel.ask_next"), "title")]
    for one in asked_next:
        sign = glyphs.safety if one.safety else " "
        rows.append(row(cut(f" {sign} {one.item.ask}", width), "plain", f"item:{one.open_at}"))
    return rows


def _coverage_rows(session: Session, evidence: Evidence, words: Words, glyphs: Glyphs, width: int) -> list[Row]:
    counts = count_findings(evidence, session.findings)
    return [
        row(" " + words("panel.asked_of", total=counts.total), "title"),
        *_side_by_side(_sides_asked(session, evidence, words, glyphs), width),
        *_side_by_side(_counts(counts, words, glyphs), width),
    ]


def _sides_asked(session: Session, evidence: Evidence, words: Words, glyphs: Glyphs) -> list[Row]:
    """How much was asked of what could tell, for each side."""
    asked = coverage(evidence, asked_about(session.findings))
    sides: list[Row] = []
    signs: tuple[tuple[Side, str, Role], ...] = (
        (evidence.first, glyphs.first, "first"),
        (evidence.second, glyphs.second, "second"),
    )
    for side, sign, role in signs:
        one = asked[side.id]
        said = words("panel.of", side=side.short, asked=one.asked, total=one.telling)
        sides.append((Span(_sign(glyphs, sign, after=" "), role), Span(said)))
    return sides


def _counts(counts: Counted, words: Words, glyphs: Glyphs) -> list[Row]:
    """How many findings are known, not known, and not asked about."""
    return [
        (Span(words("panel.known", count=counts.known)),),
        (Span(f"{glyphs.unknown} {words('panel.unknown', count=counts.not_known)}", "unknown"),),
        (Span(words("panel.unasked", count=counts.not_asked), "unknown"),),
    ]


def _side_by_side(parts: Iterable[Row], width: int) -> list[Row]:
    """Parts beside each other, each whole: half a figure would be another one. What does not fit goes on below."""
    rows: list[Row] = [()]
    for part in parts:
        here = (*rows[-1], Span("  " if rows[-1] else " "), *part)
        if rows[-1] and width_of(here) > width:
            rows.append((Span(" "), *part))
        else:
            rows[-1] = here
    return rows
