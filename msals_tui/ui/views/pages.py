"""The pages around the question: home, safety, sections, why, check answers, summary."""

from collections.abc import Sequence

from msals_tui.evidence.model import Side
from msals_tui.interview.progress import section_progress
from msals_tui.questionnaire.answer import Missing, Rows
from msals_tui.questionnaire.answer_types import describe
from msals_tui.questionnaire.model import GroupItem, Item, Questionnaire, StatementItem
from msals_tui.questionnaire.words import Words
from msals_tui.report.source_line import source_line
from msals_tui.safety.rules import Fired
from msals_tui.session.session import DECISIONS, Session
from msals_tui.ui.glyphs import Glyphs
from msals_tui.ui.rows import BLANK, Role, Row, Span, cut, fill, row, wrap, wrapped
from msals_tui.ui.views.card import question_of
from msals_tui.ui.views.frame import choice_rows
from msals_tui.ui.views.question import section_sign
from msals_tui.ui.views.rounds import round_cells
from msals_tui.ui.views.style import Style

START = "start:"
"""How the target of a questionnaire to be started begins; its id follows."""


def home_rows(
    questionnaires: Sequence[Questionnaire],
    sides: tuple[Side, Side] | None,
    more: Sequence[tuple[str, str]],
    words: Words,
    glyphs: Glyphs,
    width: int,
    pointer: str | None,
) -> list[Row]:
    """What can be started, the reference of both sides where there is one, and `more`, targets with their labels."""
    rows: list[Row] = [BLANK, row("  " + words("home.title"), "strong"), BLANK]
    for number, one in enumerate(questionnaires, 1):
        rows += choice_rows(
            words("home.intake", title=one.title), str(number), f"{START}{one.id}", pointer, width, glyphs
        )
        count = sum(not isinstance(item, StatementItem) for item in one.items)
        about = words("home.about", items=count, about=one.about)
        rows += [*wrapped(about, min(width, 92) - 2, "dim", margin="       "), BLANK]
    others = list(more)
    if sides is not None:
        others.insert(0, ("reference", words("home.reference", first=sides[0].short, second=sides[1].short)))
    for number, (target, label) in enumerate([*others, ("leave", words("home.leave"))], len(questionnaires) + 1):
        rows += choice_rows(label, str(number), target, pointer, width, glyphs)
    return [*rows, BLANK, *wrapped(words("home.hint"), width - 2, "dim", margin="  ")]


def safety_rows(
    session: Session, fired: Fired, words: Words, glyphs: Glyphs, width: int, pointer: str | None, *, patient: bool
) -> list[Row]:
    """The interruption: names the answer, never a disease, and asks for a decision."""
    own = "safety_patient" if patient else "safety"
    rule, inner = fired.rule, min(width, 92) - 2
    heading = words("safety_patient.heading") if patient else words(f"safety.level.{rule.level}")
    rows: list[Row] = [
        row(fill(f"  {glyphs.safety * 2} {heading}", width), "safety"),
        BLANK,
        *wrapped(rule.say_patient if patient else rule.say, inner, "strong", margin="  "),
        BLANK,
    ]
    response = session.interview.response
    items = [response.questionnaire.item(one) for one in fired.items]
    shown = [item for item in items if not (patient and item.private)]
    if shown:
        rows.append(row("  " + words(f"{own}.answer"), "title"))
    for item in shown:
        answer = response.answer(item.id)
        said = describe(item, answer, words, patient=patient) if answer is not None else ""
        rows += wrapped(f"{question_of(item, patient=patient)} {said}", inner - 2, margin="    ", indent=2)
    if not patient:
        rows += [BLANK, row("  " + words("safety.what_now"), "title"), *wrapped(rule.action, inner - 2, margin="    ")]
    rows.append(BLANK)
    for number, choice in enumerate(DECISIONS, 1):
        rows += choice_rows(words(f"{own}.choice.{choice}"), str(number), f"decide:{choice}", pointer, width, glyphs)
    rows += [BLANK, *wrapped(words(f"{own}.required"), inner, "dim", margin="  ")]
    if not patient:
        rows += wrapped(words("safety.not_diagnosis", number=rule.number), inner, "dim", margin="  ")
    return rows


def section_rows(session: Session, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """All sections with their counts, to jump to."""
    rows: list[Row] = [BLANK]
    every = range(1, len(session.interview.questionnaire.sections) + 1)
    opened = [one for number in every if (one := section_progress(session.interview, number)).first is not None]
    for number, one in enumerate(opened, 1):
        sign = section_sign(one.answered, one.asked, one.recheck, glyphs)
        title = one.section.title_patient or one.section.title if session.patient else one.section.title
        label = f"{sign} {title}  {one.answered}/{one.asked}"
        rows += choice_rows(label, str(number), f"item:{one.first}", pointer, width, glyphs)
    return rows


def why_rows(session: Session, item: Item, words: Words, width: int) -> list[Row]:
    """Why a question is asked, how to ask it, what the answer would mean, and where that comes from."""
    inner = min(width, 100) - 2
    rows: list[Row] = [BLANK, *wrapped(question_of(item, patient=session.patient), inner, "strong", margin="  ")]

    def part(title: str, text: str) -> None:
        if text:
            rows.extend([BLANK, row("  " + words(title), "title"), *wrapped(text, inner - 2, margin="    ")])

    if session.patient:
        part("question.help", item.help_patient or words("question.no_help"))
        return rows
    part("question.why", item.why)
    part("question.how", item.help)
    part("question.patient_words", item.ask_patient or "")
    meanings = session.meanings(item, words)
    if meanings:
        rows += [BLANK, row("  " + words("question.means"), "title")]
        for meaning in meanings:
            rows += wrapped(meaning, inner - 2, margin="    ", indent=2)
    known = [session.sources[one] for one in item.sources if one in session.sources]
    if known:
        rows += [BLANK, row("  " + words("question.sources"), "title")]
        for source in known:
            rows += wrapped(source_line(source, words), inner - 2, "dim", margin="    ", indent=2)
    return rows


def check_rows(session: Session, words: Words, glyphs: Glyphs, width: int, pointer: str | None) -> list[Row]:
    """Every answer on one page, with what needs attention first; each line leads to its question."""
    response, interview = session.interview.response, session.interview
    open_items, undecided = response.unanswered(), session.undecided()
    signs = [
        f"{glyphs.safety} {words.some(len(undecided), 'check.safety')}" if undecided else "",
        f"{glyphs.unknown} {words.some(len(open_items), 'check.open')}" if open_items else "",
        f"{glyphs.recheck} {words.some(len(interview.recheck), 'check.recheck')}" if interview.recheck else "",
    ]
    rows: list[Row] = [BLANK, *wrapped(words("check.intro"), width - 2, "dim", margin=" ")]
    state = "   ".join(sign for sign in signs if sign) or words("check.nothing_open")
    rows += wrapped(state, width - 2, "strong", margin=" ")
    for section in response.questionnaire.sections:
        items = [item for item in section.items if item.id in response.asked and not isinstance(item, StatementItem)]
        if items:
            title = section.title_patient or section.title if session.patient else section.title
            rows += [BLANK, row(" " + title, "title")]
        for item in items:
            rows += _check_item(session, item, words, glyphs, width, pointer)
    withdrawn = [gone for gone in response.withdrawn() if not (session.patient and gone.private)]
    if withdrawn:
        rows += [BLANK, row(" " + words("check.withdrawn"), "title")]
        for gone in withdrawn:
            said = describe(gone, response.given[gone.id], words, patient=session.patient)
            rows.append(row(cut(f"     {question_of(gone, patient=session.patient)} ({said})", width), "dim"))
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
    said = describe(item, answer, words, patient=session.patient) if answer is not None else words("answer.none_yet")
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
    if isinstance(item, GroupItem) and isinstance(answer, Rows):
        style = Style(words, glyphs, session.patient, session.interview.response.today)
        for number, one in enumerate(answer.rows, 1):
            told = "; ".join(text for text in round_cells(item, one, style) if text)
            rows += wrapped(f"{number}. {told}", inner, "dim", margin=margin, indent=3)
    if note := session.interview.notes.get(item.id):
        rows += wrapped(f"{words('question.note')}: {note}", inner, "dim", margin=margin, indent=2)[:3]
    return rows


def summary_rows(text: str, width: int) -> list[Row]:
    """The summary exactly as it will be written."""
    return [
        row(" " + line, "title" if part.startswith("[") else "plain")
        for part in text.splitlines()
        for line in wrap(part, width - 2, indent=2)
    ]
