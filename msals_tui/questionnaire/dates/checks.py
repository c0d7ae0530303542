"""Whether the words in which a language says dates can be read: every form has the slots that it is filled from."""

import re
from collections.abc import Iterator, Mapping

from msals_tui.questionnaire.dates.meaning import ANY_SLOTS, FORMS
from msals_tui.questionnaire.dates.phrases import INNER, SLOTS, parts_of
from msals_tui.questionnaire.problem import Loc, Problem, listed, shown

_DATES: Loc = ("words", "dates")
_FEAST = re.compile(r"~?(?:\d\d-\d\d|[+-]\d{1,3})", re.ASCII)
_MONTHS = frozenset(str(month) for month in range(1, 13))


def date_word_problems(words: Mapping[str, object]) -> Iterator[Problem]:
    """Everything wrong with the table `dates` of a language's words, as far as its shape is right."""
    dates = words.get("dates")
    if not isinstance(dates, Mapping):
        return
    forms = dates.get("forms")
    if isinstance(forms, Mapping):
        for form in forms:
            if form not in FORMS:
                yield _problem(
                    ("forms", form), "is no form in which dates are said", f"it is one of {listed(FORMS, 99)}"
                )
        for form, slots in FORMS.items():
            if form not in forms:
                yield _problem(("forms", form), "is missing", "write the phrases that mean it, or [[]] where none does")
            yield from _phrase_problems(form, slots, forms.get(form))
    yield from _calendar_problems(dates)


def _calendar_problems(dates: Mapping[str, object]) -> Iterator[Problem]:
    for month in _texts(dates.get("season_begins")):
        if month not in _MONTHS:
            yield _problem(("season_begins",), f'has "{shown(month)}", which is no month', 'write "1" to "12"')
    for day in _texts(dates.get("feast_days")):
        if not _FEAST.fullmatch(day):
            hint = 'write month and day ("12-25"), or days from Easter Sunday ("+49"), with ~ for some days around it'
            yield _problem(("feast_days",), f'has "{shown(day)}", which is no day', hint)


def _phrase_problems(form: str, slots: frozenset[str], phrases: object) -> Iterator[Problem]:
    """A phrase has the slots of its form, each once, and says something beside a date within it."""
    for phrase in _texts(phrases):
        for parts in parts_of(phrase):
            held = [part[1:-1] for part in parts if part.startswith("{")]
            right = SLOTS.issuperset(held) if form == ANY_SLOTS else slots == set(held) and len(slots) == len(held)
            if not right:
                wanted = listed(f"{{{slot}}}" for slot in sorted(SLOTS if form == ANY_SLOTS else slots)) or "no slot"
                yield _problem(("forms", form), f'has the phrase "{shown(phrase)}"', f"it takes {wanted}, each once")
                break
            if len(held) == len(parts) and set(held) <= set(INNER):
                hint = "let it say something beside the date within it"
                yield _problem(("forms", form), f'has the phrase "{shown(phrase)}"', hint)
                break


def _texts(entry: object) -> Iterator[str]:
    """Every text of a list, or of lists in it."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, tuple):
        for one in entry:
            yield from _texts(one)


def _problem(loc: Loc, what: str, hint: str) -> Problem:
    place = ".".join(str(part) for part in ("dates", *loc))
    return Problem((*_DATES, *loc), shown(place), "DATE_WORDS", f"{shown(place)} {what}", hint)
