"""What is said: questions, answers, lists and safety notices as lines. Pure; nothing here reads or changes anything."""

from collections.abc import Iterator, Mapping

from msals_tui.interview.interview import Interview
from msals_tui.plain.typed_line import Voice
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.kinds.group import GroupItem, Row, group_of, rows_of
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import Section, Source
from msals_tui.report.source_line import source_line
from msals_tui.safety.rules import Fired
from msals_tui.session.session import Session


def path_items(interview: Interview) -> tuple[Item, ...]:
    """The questions on this path, in order; their place from 1 is the number by which they are called."""
    return tuple(item for item in interview.response.path() if item.is_question)


def question_of(item: Item, voice: Voice) -> str:
    """The question in the words of this reader."""
    return (voice.patient and item.ask_patient) or item.ask


def row_name(group: GroupItem, voice: Voice) -> str:
    """What one round of a group is called."""
    return group.row_name(patient=voice.patient)


def hidden(item: Item, voice: Voice) -> bool:
    """Whether an answer to this item is not said again: others may listen, and a patient may not want that."""
    return voice.patient and item.private


def said_answer(item: Item, answer: Answer | None, voice: Voice) -> str:
    """An answer in words on one line; of a private one a patient hears only that there is one."""
    if answer is None:
        return voice.words("answer.none_yet")
    if hidden(item, voice):
        return voice.words("check.private")
    return item.said(answer, voice.words, patient=voice.patient).replace("\n", " / ")


def head(interview: Interview, item: Item, voice: Voice) -> str:
    """Where a question stands: its number, its section."""
    sections = _sections(interview)
    section = interview.questionnaire.section_of[item.id]
    where = {
        "section": next((at for at, one in enumerate(sections, 1) if one.id == section.id), 1),
        "sections": len(sections),
        "title": _title(section, voice),
    }
    if not item.is_question:
        return voice.words("plain.head_statement", **where)
    path = [one.id for one in path_items(interview)]
    return voice.words("plain.head", number=path.index(item.id) + 1, total=len(path), **where)


def row_line(group: GroupItem, number: int, one: Row, voice: Voice) -> str:
    """One round of a group on one line."""
    if hidden(group, voice):
        return voice.words("plain.row", row=row_name(group, voice), number=number, answers=voice.words("check.private"))
    inner = {item.id: item for item in group.items}
    said = (
        voice.words(
            "plain.entry", question=question_of(inner[key], voice), answer=said_answer(inner[key], answer, voice)
        )
        for key, answer in one.answers
    )
    return voice.words("plain.row", row=row_name(group, voice), number=number, answers="; ".join(said))


def why_lines(item: Item, voice: Voice, sources: Mapping[str, Source], *, hidden: bool = False) -> Iterator[str]:
    """Why a question is asked and how to ask it; the patient hears neither how to examine nor what it may mean.

    While the comparison is `hidden`, only how to ask it: the rest says where an answer leads.
    """
    words = voice.words
    if voice.patient:
        yield item.help_patient or words("plain.no_why")
        return
    if hidden:
        yield words("veil.why")
    elif not (item.why or item.help):
        yield words("plain.no_why")
    for key, said in (("why", item.why), ("how", item.help), ("patient_words", item.ask_patient or "")):
        if said and not (hidden and key == "why"):
            yield f"{words(f'question.{key}')}: {said}"
    for source in (sources[one] for one in item.sources if one in sources and not hidden):
        yield f"{words('question.sources')}: {source_line(source, words)}"


def answer_list(interview: Interview, voice: Voice) -> Iterator[str]:
    """All questions on this path with their answers, by section and number."""
    words, response = voice.words, interview.response
    numbers = {item.id: number for number, item in enumerate(path_items(interview), 1)}
    for at, section in enumerate(_sections(interview), 1):
        yield words("plain.section", section=at, title=_title(section, voice))
        for item in section.items:
            answer = response.answer(item.id)
            if item.id not in numbers or (hidden(item, voice) and answer is not None):
                continue
            marked = item.id in interview.recheck
            yield words(
                "plain.entry_recheck" if marked else "plain.entry_numbered",
                number=numbers[item.id],
                question=question_of(item, voice),
                answer=said_answer(item, answer, voice),
                **({"recheck": words("question.recheck")} if marked else {}),
            )
            if (group := group_of(item)) is not None:
                for number, one in enumerate(rows_of(answer), 1):
                    yield row_line(group, number, one, voice)


def typed_lines(session: Session, voice: Voice) -> Iterator[str]:
    """What was typed and not confirmed, which no summary holds."""
    items = [(session.content.questionnaire.item(field.item), text) for field, text in session.unconfirmed.items()]
    said = [
        voice.words("plain.entry", question=question_of(item, voice), answer=text.replace("\n", " / "))
        for item, text in items
        if not hidden(item, voice)
    ]
    if said:
        yield voice.words("check.typed_patient" if voice.patient else "check.typed")
    yield from said


def safety_lines(fired: Fired, interview: Interview, voice: Voice) -> Iterator[str]:
    """A safety notice: the answer, what it can mean, what to do. It names no disease."""
    words, rule, response = voice.words, fired.rule, interview.response
    own = "safety_patient" if voice.patient else "safety"
    yield words("safety_patient.heading" if voice.patient else f"safety.level.{rule.level}")
    for item in (response.questionnaire.item(one) for one in fired.items):
        if hidden(item, voice):
            continue
        said = said_answer(item, response.answer(item.id), voice)
        yield f"{words(f'{own}.answer')}: {words('plain.entry', question=question_of(item, voice), answer=said)}"
    yield rule.say_patient if voice.patient else rule.say
    if not voice.patient:
        yield f"{words('safety.what_now')}: {rule.action}"
        yield words("safety.not_diagnosis", number=rule.number)
    yield words(f"{own}.required")


def _sections(interview: Interview) -> list[Section]:
    """The sections that hold something on this path."""
    asked = interview.response.asked
    return [section for section in interview.questionnaire.sections if any(item.id in asked for item in section.items)]


def _title(section: Section, voice: Voice) -> str:
    return (voice.patient and section.title_patient) or section.title
