"""The look-alikes: the list of all by where they stand, and a page for each."""

from collections.abc import Sequence

from rich.cells import cell_len

from msals_tui.evidence.comparison import Standing
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.look_alike import FeatureSeen, LookAlikeFacts, Presence
from msals_tui.questionnaire.words import Words
from msals_tui.report.look_alike_text import answer_lines, standing_sentence
from msals_tui.report.source_line import source_line
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, row, wrap, wrapped
from msals_tui.ui.views.panel import ALIKE

WIDEST = 100
"""Longer lines are hard to read."""
_SIGNS: dict[Presence, str] = {"there": "+", "not_there": "-", "not_known": "?", "not_asked": " "}
"""The same signs as before the findings of the balance sheet."""
_GROUPS: tuple[tuple[Standing, str], ...] = (
    ("suggested", "look_alike.list_suggested"),
    ("remark", "look_alike.list_remark"),
    ("open", "look_alike.list_open"),
    ("ruled_out", "look_alike.list_ruled_out"),
)


def target_of(facts: LookAlikeFacts) -> str:
    """What the pointer is on when it is on a look-alike's name."""
    return ALIKE + facts.look_alike.id


def pointed(
    text: str, target: str, pointer: str | None, glyphs: Glyphs, width: int, *, margin: str = " ", role: Role = "plain"
) -> list[Row]:
    """Something to point at, wrapped behind the pointer's sign."""
    here = pointer == target
    lead = f"{margin}{glyphs.pointer if here else ' '} "
    look: Role = "focus" if here else role
    lines = wrap(text, width - len(lead), indent=2)
    return [row((lead if number == 0 else " " * len(lead)) + line, look, target) for number, line in enumerate(lines)]


def name_flow(
    facts: Sequence[LookAlikeFacts], words: Words, pointer: str | None, glyphs: Glyphs, width: int, *, margin: str
) -> list[Row]:
    """Names one after the other over as few lines as they need, each to point at."""
    if not facts:
        return [row(f"{margin} {words('balance.none')}", "dim")]
    rows: list[Row] = []
    line: list[Span] = [Span(margin)]
    used = len(margin)
    for number, one in enumerate(facts):
        target = target_of(one)
        name = one.look_alike.name + ("," if number + 1 < len(facts) else "")
        here = pointer == target
        for part, text in enumerate(wrap(name, width - len(margin) - 2)):
            if len(line) > 1 and (part or used + cell_len(text) + 2 > width):
                rows.append(tuple(line))
                line, used = [Span(margin)], len(margin)
            sign = glyphs.pointer if here and not part else " "
            line.append(Span(f"{sign}{text} ", "focus" if here else "dim", target))
            used += cell_len(text) + 2
    return [*rows, tuple(line)]


def look_alike_list_rows(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """All look-alikes by where they stand, to open one."""
    inner = min(width, WIDEST) - 2
    rows: list[Row] = [BLANK, *wrapped(words("look_alike.list_intro"), inner, "dim", margin=" ")]
    facts = session.look_alikes
    for standing, title in _GROUPS:
        group = [one for one in facts if one.standing == standing]
        if not group:
            continue
        sign = f"{glyphs.elsewhere} " if standing == "suggested" else ""
        rows += [BLANK, row(f" {sign}{words(title)}", "elsewhere" if standing == "suggested" else "title")]
        for one in group:
            name = one.look_alike.name
            if standing != "open":
                found_for, found_against = one.count("there")
                name = words("look_alike.list_counted", name=name, found_for=found_for, found_against=found_against)
            rows += pointed(name, target_of(one), pointer, glyphs, inner)
    return rows


def look_alike_rows(
    session: Session,
    evidence: Evidence,
    facts: LookAlikeFacts,
    words: Words,
    glyphs: Glyphs,
    width: int,
    pointer: str | None,
) -> list[Row]:
    """One look-alike: where it stands and why, what would settle it, what speaks for and against it, sources."""
    alike, inner = facts.look_alike, min(width, WIDEST) - 2
    suggested = facts.standing == "suggested"
    sentence = standing_sentence(evidence, facts, words)
    lead = f"{glyphs.elsewhere} " if suggested else ""
    rows: list[Row] = [
        BLANK,
        *wrapped(lead + sentence, inner, "elsewhere" if suggested else "strong", indent=2, margin=" "),
    ]
    if alike.note:
        rows += wrapped(alike.note, inner, margin="   ")
    for said in facts.says:
        rows += wrapped(said, inner, margin="   ", indent=2)
    rows += wrapped(words("look_alike.always"), inner, "dim", margin="   ")
    if facts.items:
        key = "look_alike.answers_against" if facts.standing == "ruled_out" else "look_alike.answers"
        rows += [BLANK, row(" " + words(key), "title")]
        for item, line in answer_lines(session.interview.response, facts.items, words):
            rows += pointed(line, f"item:{item}", pointer, glyphs, inner)
    rows += [BLANK, row(" " + words("look_alike.settled"), "title"), *wrapped(alike.settled_by, inner, margin="   ")]
    for finding, status in facts.tests:
        sign = {"observed": "+", "excluded": "-", "unknown": "?"}[status]
        text = f"{sign} {evidence.findings[finding].label}"
        if session.items_bearing_on(finding):
            rows += pointed(text, f"finding:{finding}", pointer, glyphs, inner)
        else:
            rows += wrapped(text, inner, margin="   ", indent=2)
    rows += _features(words("look_alike.for"), facts.speaks_for, inner)
    rows += _features(words("look_alike.against"), facts.speaks_against, inner)
    rows += [BLANK, *wrapped(words("look_alike.legend"), inner, "dim", margin=" ")]
    if facts.sources:
        rows += [BLANK, row(" " + words("question.sources"), "title")]
        for source in facts.sources:
            rows += wrapped(source_line(evidence.sources[source], words), inner, "dim", margin="   ", indent=2)
    return rows


def _features(title: str, features: Sequence[FeatureSeen], width: int) -> list[Row]:
    """Features with what is there first, and what no question asks about last."""
    rows: list[Row] = [BLANK, row(" " + title, "title")]
    for presence, sign in _SIGNS.items():
        role: Role = "unknown" if presence == "not_known" else "dim" if presence == "not_asked" else "plain"
        for one in features:
            if one.presence == presence:
                read = "" if one.feature.read else " ~"
                rows += wrapped(f"{sign} {one.feature.text}{read}", width, role, margin="   ", indent=2)
    return rows
