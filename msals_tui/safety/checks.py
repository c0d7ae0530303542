"""What the shape of the safety rules cannot show: whether they can fire, where they come from, whether they name a disease."""

import re
from collections.abc import Collection, Iterator, Mapping

from msals_tui.questionnaire.condition_checks import Scope, condition_problems
from msals_tui.questionnaire.item_checks import References, source_problems
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Problem, duplicates
from msals_tui.questionnaire.reach import Reach, tests_by_item
from msals_tui.safety.model import SafetyFile, SafetyRule

_SHOWN = ("title", "say", "say_patient", "action")


def safety_problems(
    file: SafetyFile,
    items: Mapping[str, Item],
    *,
    group_of: Mapping[str, str] | None = None,
    unread: Collection[str] = frozenset(),
    sources: Collection[str] | None = None,
    diseases: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Everything wrong with the safety rules.

    `items` are those of all questionnaires, `group_of` the group of each that is asked in rounds, `unread` ids of items
    that could not be read. `diseases` are the names that no text may say.
    """
    scope = Scope(items, group_of=group_of or {}, unread=unread)
    reach = Reach(items, tests_by_item(rule.when for rule in file.rule))
    known = References(sources=sources)
    named = _pattern_of(diseases)
    found = list(duplicates(((one.id, ("rule", number, "id")) for number, one in enumerate(file.rule)), "rule"))
    for number, rule in enumerate(file.rule):
        loc: Loc = ("rule", number)
        wrong = list(condition_problems(rule.when, (*loc, "when"), rule.id, scope))
        if not wrong and not reach.possible(rule.when):
            what = "no answers make this rule fire"
            wrong = [Problem((*loc, "when"), rule.id, "NEVER_TRUE", what, "correct the condition", True)]
        found += wrong
        found += source_problems(rule.sources, (*loc, "sources"), rule.id, known)
        found += _word_problems(rule, loc, named)
    return tuple(found)


def translated_safety_problems(
    translated: SafetyFile, original: SafetyFile, diseases: Collection[str]
) -> Iterator[Problem]:
    """Names of diseases that a translation says, and the original does not; where the translation has them."""
    named = _pattern_of(diseases)
    for rule, own in zip(translated.rule, original.rule, strict=True):
        for problem in _naming_problems(rule, ("rule", rule.id), named):
            if getattr(rule, str(problem.loc[-1])) != getattr(own, str(problem.loc[-1])):
                yield problem


def _word_problems(rule: SafetyRule, loc: Loc, named: re.Pattern[str] | None) -> Iterator[Problem]:
    if not rule.sources and (rule.read or not rule.note):
        hint = "name one in `sources`, or write read = false and in `note` where it comes from"
        yield Problem((*loc, "sources"), rule.id, "NO_SOURCE", "names no source", hint)
    for name in _SHOWN:
        text: str = getattr(rule, name)
        if not text.strip():
            yield Problem((*loc, name), rule.id, "NO_WORDS", f"{name} is empty", "write what to say")
    yield from _naming_problems(rule, loc, named)


def _naming_problems(rule: SafetyRule, loc: Loc, named: re.Pattern[str] | None) -> Iterator[Problem]:
    for name in _SHOWN:
        text: str = getattr(rule, name)
        if named is not None and (found := named.search(text)):
            hint = "say what happens and what to do, not what it may be"
            yield Problem((*loc, name), rule.id, "NAMES_DISEASE", f'{name} names a disease ("{found[0]}")', hint)


def _pattern_of(names: Collection[str]) -> re.Pattern[str] | None:
    """Finds any of the names as whole words; abbreviations such as "MS" only in capitals."""
    written = (re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in names if name.strip())
    alternatives = "|".join(written)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None
