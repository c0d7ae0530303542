"""All answers on one page, as rows."""

from msals_tui.questionnaire.answer import Missing
from msals_tui.questionnaire.consistency import Mismatch
from msals_tui.questionnaire.dates.said import describe_day
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.words import Words
from msals_tui.records.overview import safety_lines
from msals_tui.session.session import Session
from msals_tui.ui.drawing.glyphs import Glyphs
from msals_tui.ui.drawing.rows import BLANK, Role, Row, Span, cut, fill, row, wrap, wrapped
from msals_tui.ui.views.card import question_of
from msals_tui.ui.views.look_alikes import pointed


def check_rows(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """Every answer on one page, with what needs attention first; each line leads to its question."""
    response, interview = session.interview.response, session.interview
    open_items, undecided = response.unanswered(), session.undecided()
    mismatches = [one for one in session.mismatches if one.rule.said(patient=session.patient)]
    unfitting = "check.mismatch_patient" if session.patient else "check.mismatch"
    signs = [
        f"{glyphs.safety} {words.some(len(undecided), 'check.safety')}" if undecided else "",
        f"{glyphs.unknown} {words.some(len(open_items), 'check.open')}" if open_items else "",
        f"{glyphs.recheck} {words.some(len(interview.recheck), 'check.recheck')}" if interview.recheck else "",
        f"{glyphs.recheck} {words.some(len(mismatches), unfitting)}" if mismatches else "",
    ]
    rows: list[Row] = [BLANK, *wrapped(words("check.intro"), width - 2, "dim", margin=" ")]
    if (day := session.counted_from) is not None:
        rows += wrapped(words("check.counted_from", day=describe_day(day, words)), width - 2, "plain", margin=" ")
    state = "   ".join(sign for sign in signs if sign) or words("check.nothing_open")
    rows += wrapped(state, width - 2, "strong", margin=" ")
    if safety := [] if session.patient else [*safety_lines(session, words)]:
        rows += [BLANK, row(" " + words("safety.heading"), "title")]
        rows += [line for one in safety for line in wrapped(one, width - 4, margin="   ", indent=2)]
    if mismatches:
        title = words("check.mismatches_patient" if session.patient else "check.mismatches")
        rows += [BLANK, row(" " + title, "title")]
    for one in mismatches:
        rows += _mismatch(session, one, words, glyphs, width, pointer)
    rows += _typed(session, words, glyphs, width, pointer)
    for section in response.questionnaire.sections:
        items = [item for item in section.items if item.id in response.asked and item.is_question]
        if items:
            title = section.title_patient or section.title if session.patient else section.title
            rows += [BLANK, row(" " + title, "title")]
        for item in items:
            rows += _check_item(session, item, words, glyphs, width, pointer)
    withdrawn = [gone for gone in response.withdrawn() if not (session.patient and gone.private)]
    if withdrawn:
        rows += [BLANK, row(" " + words("check.withdrawn"), "title")]
        for gone in withdrawn:
            said = gone.said(response.given[gone.id], words, patient=session.patient)
            rows.append(row(cut(f"     {question_of(gone, patient=session.patient)} ({said})", width), "dim"))
    return rows


def _typed(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """What was typed and not confirmed, which no summary holds; each leads to where it was typed."""
    rows: list[Row] = []
    for field, text in session.unconfirmed.items():
        item = session.content.questionnaire.item(field.item)
        if session.patient and item.private:
            continue
        said = f"{question_of(item, patient=session.patient)} {text}".replace("\n", " ")
        rows += pointed(said, f"typed:{item.id}", pointer, glyphs, width - 2)
    if not rows:
        return []
    title = wrapped(words("check.typed_patient" if session.patient else "check.typed"), width - 2, "title", margin=" ")
    return [BLANK, *title, *rows]


def _mismatch(
    session: Session, one: Mismatch, words: Words, glyphs: Glyphs, width: int, pointer: str | None
) -> list[Row]:
    """What does not fit together, and the answers that do not; each leads to its question.

    An answer that no longer counts leads to the other one, which keeps it from being asked.
    """
    asked = session.interview.response.asked
    said_of_both = f"{glyphs.recheck} {one.rule.said(patient=session.patient)}"
    rows = wrapped(said_of_both, width - 4, "recheck", margin="   ", indent=2)
    for name, answer in one.because:
        item = session.content.questionnaire.item(name)
        open_at = name if name in asked else next((other for other in one.items if other in asked), None)
        target = f"{one.rule.id}:{open_at}"
        said = item.said(answer, words, patient=session.patient).replace("\n", " ")
        told = f"{question_of(item, patient=session.patient)} {said}"
        rows += pointed(told, target, pointer, glyphs, width - 2, margin="   ")
        for line in item.told(answer, words, patient=session.patient):
            rows += wrapped(line, width - 10, "dim", margin=" " * 9, indent=3)
    return rows


def _check_item(
    session: Session, item: Item, words: Words, glyphs: Glyphs, width: int, pointer: str | None
) -> list[Row]:
    answer = session.interview.response.answer(item.id)
    here = pointer == f"item:{item.id}"
    fired = any(item.id in one.items for one in session.fired if one.interrupts)
    sign = (
        glyphs.safety if fired
        else glyphs.recheck if item.id in session.interview.recheck
        else glyphs.unknown if answer is None or isinstance(answer, Missing)
        else " "
    )  # fmt: skip
    said = item.said(answer, words, patient=session.patient) if answer is not None else words("answer.none_yet")
    if item.private and session.patient:
        said = words("check.private")
    answer_width = max(width // 3 - 1, 11)
    lead = f" {glyphs.pointer if here else ' '} {sign} "
    question_width = width - answer_width - len(lead) - 2
    questions = wrap(question_of(item, patient=session.patient), question_width)
    answers = wrap(said.replace("\n", " "), answer_width)[:3]
    role: Role = "focus" if here else "plain"
    answered: Role = role if answer else "unknown"
    target = f"item:{item.id}"
    rows: list[Row] = []
    for number in range(max(len(questions), len(answers))):
        question = fill(questions[number] if number < len(questions) else "", question_width)
        text = f"{lead if number == 0 else ' ' * len(lead)}{question}  "
        answer_text = fill(answers[number] if number < len(answers) else "", answer_width)
        rows.append((Span(text, role, target), Span(answer_text, answered, target)))
    margin, inner = " " * (len(lead) + 2), width - len(lead) - 2
    told_of = None if item.private and session.patient else answer
    for told in item.told(told_of, words, patient=session.patient) if told_of is not None else ():
        rows += wrapped(told, inner, "dim", margin=margin, indent=3)
    if note := session.interview.notes.get(item.id):
        rows += wrapped(f"{words('question.note')}: {note}", inner, "dim", margin=margin, indent=2)[:3]
    return rows
