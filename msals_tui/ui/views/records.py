"""The records of this machine on the screen: which there are, what is offered of them, and one that is only looked at."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from msals_tui.flow.steps import ALL, RESUME
from msals_tui.questionnaire.answer import Missing
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words
from msals_tui.records.drafts import Draft
from msals_tui.records.entries import AmendingEntry
from msals_tui.records.overview import (
    Listed,
    Looked,
    Offered,
    Overview,
    as_written,
    draft_line,
    safety_lines,
    state_in_words,
)
from msals_tui.session.clock import local
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, beside, row, wrapped
from msals_tui.ui.views.card import question_of
from msals_tui.ui.views.style import LONGEST_LINE, Style


def choices_of(offered: Offered, words: Words) -> list[tuple[str, str]]:
    """The target and the label of each draft that is offered, then the list of all records."""
    found = [(f"{RESUME}{one.id}", words("resume.go_on", draft=draft_line(one, words))) for one in offered.drafts]
    if not offered.records:
        return found
    key = "resume.all_damaged" if offered.damaged else "resume.all"
    return [*found, (ALL, words(key, count=offered.records, damaged=offered.damaged))]


def record_rows(records: Sequence[Listed], words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """Every record; each leads to what can be done with it."""
    if not records:
        return [BLANK, row("  " + words("records.none"))]
    rows: list[Row] = [BLANK]
    for one in records:
        target = f"record:{one.overview.id}"
        here = pointer == target
        first, *more = wrapped(heading(one.overview, words), width - 1, "focus" if here else "strong", margin="   ")
        pointed = row(f" {glyphs.pointer if here else ' '} {first[0].text[3:]}", first[0].role)
        block = [pointed, *more, *_fact_rows(one, words, min(width, LONGEST_LINE) - 1, "     ")]
        rows += [tuple(replace(span, target=target) for span in spans) for spans in block]
        rows.append(BLANK)
    return rows[:-1]


def heading(one: Overview, words: Words) -> str:
    """What a record is, how it stands, and when it was last saved."""
    title = f"{one.id[:8]}  {one.title}".rstrip()
    last = f", {words('record_page.last', time=local(one.last))}" if one.last is not None else ""
    return f"{title}: {state_in_words(one, words)}{last}"


def _fact_rows(one: Listed, words: Words, width: int, margin: str) -> list[Row]:
    """What is known of a record beyond its heading, and what stands in its way."""
    overview = one.overview
    facts = [words("records.begun", time=local(overview.started))] if overview.started is not None else []
    if overview.to_come is not None:
        facts.append(words("records.counts", answered=overview.answered, open=overview.to_come))
    if overview.place:
        facts.append(words("records.place", place=overview.place))
    rows = wrapped("; ".join(facts), width, "dim", margin=margin)
    for sentence in obstacles(one, words):
        rows += wrapped(sentence, width, "elsewhere", margin=margin)
    return rows


def obstacles(one: Listed, words: Words) -> Iterator[str]:
    """Why a record cannot just be gone on with, a sentence each."""
    if one.held_by:
        yield words("records.held", holder=one.held_by)
    if one.overview.sealed:
        yield words("records.sealed")
    if one.overview.other_version:
        yield words("records.other_version")
    if one.overview.fault:
        yield one.overview.fault


def look_rows(one: Looked, words: Words, glyphs: Glyphs, width: int) -> list[Row]:
    """A record to be read: how it stands, safety, answers with their notes, finals and corrections."""
    inner = min(width, LONGEST_LINE) - 1
    rows: list[Row] = [BLANK, *wrapped(words("record_page.look_intro"), inner, "dim", margin=" ")]
    rows += wrapped(heading(one.listed.overview, words), inner, "strong", margin=" ")
    rows += _fact_rows(one.listed, words, inner, " ")
    for remark in one.remarks:
        rows += wrapped(remark, inner, "elsewhere", margin=" ")
    if one.draft is not None and one.session is None:
        rows += _part(words("record_page.as_written"), list(_written_rows(one.draft, inner)))
        rows += _part(words("record_page.notes"), [
            line
            for item, note in one.draft.notes.items()
            for line in wrapped(f"{item}: {note}", inner, margin="   ", indent=2)
        ])  # fmt: skip
    if one.session is not None:
        rows += _safety_rows(one.session, words, inner)
        rows += _answer_rows(one.session, words, glyphs, width)
    return [*rows, *_part(words("record_page.finals"), list(_final_rows(one, words, inner)))]


def _part(title: str, rows: Sequence[Row]) -> list[Row]:
    return [BLANK, row(f" {title}", "title"), *rows] if rows else []


def _written_rows(draft: Draft, width: int) -> Iterator[Row]:
    for item, entry in draft.answers.items():
        yield from wrapped(f"{item}: {as_written(entry.answer)}", width, margin="   ", indent=2)


def _safety_rows(session: Session, words: Words, width: int) -> list[Row]:
    """Each safety rule that holds, and what was decided about it."""
    lines = safety_lines(session, words)
    rows = [one for line in lines for one in wrapped(line, width, "strong", margin="   ", indent=2)]
    return _part(words("safety.heading"), rows)


def _answer_rows(session: Session, words: Words, glyphs: Glyphs, width: int) -> list[Row]:
    """Every question on the path with its answer in full, in the words of staff."""
    response, rows = session.interview.response, []
    style = Style(words, glyphs, patient=False, occasion=Occasion.on(response.today))
    for section in response.questionnaire.sections:
        items = [item for item in section.items if item.id in response.asked and item.is_question]
        answers = [line for item in items for line in _item_rows(session, item, style, width)]
        rows += _part(section.title, answers)
    withdrawn = [line for item in response.withdrawn() for line in _item_rows(session, item, style, width)]
    return [*rows, *_part(words("check.withdrawn"), withdrawn)]


def _item_rows(session: Session, item: Item, style: Style, width: int) -> list[Row]:
    words, glyphs = style.words, style.glyphs
    answer = session.interview.response.given.get(item.id)
    known = answer is not None and not isinstance(answer, Missing)
    sign = glyphs.recheck if item.id in session.interview.recheck else " " if known else glyphs.unknown
    said = item.said(answer, words, patient=False) if answer is not None else words("answer.none_yet")
    role: Role = "plain" if known else "unknown"
    left = min(width, 2 * LONGEST_LINE) * 3 // 5
    questions = wrapped(question_of(item, patient=False), left - 2, margin="   ")
    questions[0] = (Span(f" {sign} "), Span(questions[0][0].text[3:]))
    rows = beside(questions, wrapped(said, width - left - 1, role), left)
    for told in item.told(answer, words) if answer is not None else ():
        rows += wrapped(told, width - 1, "dim", margin="     ", indent=3)
    if note := session.interview.notes.get(item.id):
        rows += wrapped(f"{words('question.note')}: {note}", width - 1, "dim", margin="     ", indent=2)
    return rows


def _final_rows(one: Looked, words: Words, width: int) -> Iterator[Row]:
    """Each final with its hash, and each correction with its reason."""
    for final in one.kept.finals:
        key = "records.final_sealed" if final.sealed else "records.final_written"
        said = words(key, number=final.number, sha256=final.sha256)
        yield from wrapped(said, width, margin="   ", indent=2)
    for entry in one.draft.entries if one.draft is not None else ():
        if isinstance(entry, AmendingEntry):
            said = words("records.amending", number=entry.number, reason=entry.reason)
            yield from wrapped(said, width, margin="   ", indent=2)
