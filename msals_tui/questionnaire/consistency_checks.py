"""What can be wrong with a consistency rule, beside its condition: its words, the answers that it names, what it takes away."""

import re
from collections.abc import Iterator

from msals_tui.questionnaire.condition import All, Any, Condition, Leaf, Not, items_of
from msals_tui.questionnaire.condition_checks import Scope, condition_problems
from msals_tui.questionnaire.item_checks import References
from msals_tui.questionnaire.model import ConsistencyRule
from msals_tui.questionnaire.problem import Loc, Problem, duplicates, listed

_LEAST_ITEMS = 2
"""One answer alone contradicts nothing."""
_ACCUSING = re.compile(
    r"\b(?:wrong(?:ly)?|lie[sd]?|lying|false(?:ly)?|untrue|mistakes?|errors?|contradict\w*|impossible|invalid|nonsense|claim\w*"
    r"|fault|careless|must|cannot be true)\b",
    re.IGNORECASE,
)
"""English words that put somebody in the wrong. Both answers may have been given in good faith."""


def consistency_problems(
    rules: tuple[ConsistencyRule, ...],
    base: tuple[ConsistencyRule, ...],
    scope: Scope,
    known: References,
    language: str,
) -> Iterator[Problem]:
    """Everything wrong with the consistency rules of a questionnaire that is written in `language`.

    Those of its `base` hold beside them and are checked there.
    """
    ids: list[tuple[str, Loc]] = [(one.id, ()) for one in base]
    ids += [(one.id, ("consistency", number, "id")) for number, one in enumerate(rules)]
    yield from (one for one in duplicates(ids, "consistency rule") if one.loc)
    for number, rule in enumerate(rules):
        loc: Loc = ("consistency", number)
        wrong = list(condition_problems(rule.when, (*loc, "when"), rule.id, scope))
        yield from wrong
        if not wrong:
            yield from _item_problems(rule, loc, scope)
        yield from _word_problems(rule, loc, language)
        for at, finding in enumerate(rule.counts_for_nothing):
            if known.findings is not None and finding not in known.findings:
                hint = known.nearest.hint(finding, known.findings, "correct the name, or leave it out")
                place = (*loc, "counts_for_nothing", at)
                yield Problem(place, rule.id, "UNKNOWN_FINDING", f'no finding "{finding}"', hint)


def _item_problems(rule: ConsistencyRule, loc: Loc, scope: Scope) -> Iterator[Problem]:
    """Two answers at least, which may be asked here; plain words where a patient may give them all."""
    items = dict.fromkeys(item for leaf in _needed(rule.when) for item in items_of(leaf))
    asked = [name for name in items if name not in scope.group_of.values() or not _within(name, items, scope)]
    if len(asked) < _LEAST_ITEMS:
        what = f"needs two answers that do not fit together, and names {listed(asked) or 'none'}"
        yield Problem((*loc, "when"), rule.id, "ONE_ITEM", what, "name both, outside of `not`")
    for name in items:
        if name in scope.untaken:
            what = f'looks at item "{name}" of the base, which is not asked here'
            yield Problem((*loc, "when"), rule.id, "UNKNOWN_ITEM", what, "`take` it, or put the rule into the base")
    by_patients = all(
        {"patient", "carer"} & set(scope.items[name].answered_by) for name in items if name in scope.items
    )
    private = [name for name in items if name in scope.items and scope.items[name].private]
    if private and rule.say_patient is not None:
        what = f'says something to a patient of the answer to "{private[0]}", which is never shown again'
        yield Problem((*loc, "say_patient"), rule.id, "PRIVATE", what, "leave say_patient out")
    elif by_patients and not private and not (rule.say_patient or "").strip():
        what = "has no words for the patient, who can answer all of it"
        yield Problem((*loc, "say_patient"), rule.id, "NO_WORDS", what, "say it in plain words in `say_patient`")


def _needed(condition: Condition) -> Iterator[Leaf]:
    """The comparisons of which an answer can be named as a reason."""
    match condition:
        case All(all=parts) | Any(any=parts):
            for part in parts:
                yield from _needed(part)
        case Not():
            return
        case _:
            yield condition


def _within(group: str, items: dict[str, None], scope: Scope) -> bool:
    """Whether some of these items are asked in the rounds of a group, which then is none of the two by itself."""
    return any(scope.group_of.get(name) == group for name in items)


def _word_problems(rule: ConsistencyRule, loc: Loc, language: str) -> Iterator[Problem]:
    for name, text in (("say", rule.say), ("say_patient", rule.say_patient)):
        if text is not None and not text.strip():
            yield Problem((*loc, name), rule.id, "NO_WORDS", f"{name} is empty", "say what does not fit together")
        elif text is not None and language.startswith("en") and (found := _ACCUSING.search(text)):
            hint = "say what the two answers are, and blame nobody: both may have been given in good faith"
            yield Problem((*loc, name), rule.id, "ACCUSING", f'{name} sounds like a reproach ("{found[0]}")', hint)
