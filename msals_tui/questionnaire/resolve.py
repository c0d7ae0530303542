"""Makes a questionnaire that can be asked from one as written: takes over the items of its base."""

from msals_tui.questionnaire.model import Item, Questionnaire, QuestionnaireFile, Section, SectionFile


def resolve(written: QuestionnaireFile, base: QuestionnaireFile | None, sha256: str) -> Questionnaire:
    """The whole questionnaire. `written` must be free of blocking problems (see `questionnaire.checks`)."""
    known = {item.id: item for section in base.section for item in section.item} if base else {}
    return Questionnaire(
        id=written.id,
        version=written.version,
        language=written.language,
        title=written.title,
        title_patient=written.title_patient,
        about=written.about,
        voice=written.voice,
        sections=tuple(
            Section(id=one.id, title=one.title, title_patient=one.title_patient, items=section_items(one, known))
            for one in written.section
        ),
        derived=(*written.derive, *(base.derive if base else ())),
        sources={**(base.source if base else {}), **written.source},
        sha256=sha256,
    )


def section_items(section: SectionFile, known: dict[str, Item]) -> tuple[Item, ...]:
    """The items of a section in the order asked: those taken over first, then its own."""
    return (*(known[item] for item in section.take if item in known), *section.item)
