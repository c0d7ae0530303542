"""What the shape of a questionnaire cannot show: unique ids, conditions that look back, items nothing reaches, words.

`problems` finds everything in one pass. What blocks makes asking unsafe or impossible; the rest is for the author.
"""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from msals_tui.questionnaire.born import born_problems
from msals_tui.questionnaire.carried import carried_problems
from msals_tui.questionnaire.condition import Condition, FindingTest, items_in, items_of
from msals_tui.questionnaire.condition_checks import Scope, condition_problems, written_leaves
from msals_tui.questionnaire.consistency_checks import consistency_problems
from msals_tui.questionnaire.item_checks import References, item_problems, named_findings
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.model import Derived, QuestionnaireFile
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, duplicates
from msals_tui.questionnaire.reach import Reach, tests_by_item

__all__ = ["Problem", "all_items", "problems", "shown_findings"]

MOST_ITEMS = 10_000
"""Of one questionnaire, those within rounds counted."""


class _Asked(Struct, frozen=True):
    """An item where it is asked, with the place in the file that says so."""

    item: Item
    loc: Loc
    taken: bool
    """It is written in the base and checked there; here only its place among the others counts."""
    group: str | None = None
    """The group in whose rounds it is asked."""


def problems(
    written: QuestionnaireFile,
    base: QuestionnaireFile | None,
    *,
    findings: Collection[str] | None = None,
    sources: Collection[str] | None = None,
    domains: Collection[str] | None = None,
    unread: Collection[str] = frozenset(),
    only_blocking: bool = False,
) -> tuple[Problem, ...]:
    """Everything wrong with a questionnaire, or only what blocks asking it, in the order of its parts.

    `findings`, `sources` and `domains` are the ids that it may name; what is None is not checked. `unread` are items that
    could not be read for faults of their own, so that nothing is said of conditions on them.
    """
    if (count := sum(1 for _ in all_items(written))) > MOST_ITEMS:
        what = f"has {count} items, and more than {MOST_ITEMS} cannot be asked"
        return (
            Problem(("section",), written.id, "TOO_MANY_ITEMS", what, "make several questionnaires of it", blocks=True),
        )
    base_items = {item.id: item for section in base.section for item in section.item} if base else {}
    asked = list(_in_order(written, base_items))
    scope = _scope(asked, base_items, unread)
    own_sources = {*written.source, *(base.source if base else ())}
    known = References(findings, None if sources is None else {*sources, *own_sources}, domains)
    found = [
        *_section_problems(written, base, base_items, unread, scope.nearest),
        *duplicates(((one.item.id, one.loc) for one in asked), "item"),
    ]
    for one in asked:
        if not one.taken:
            found += item_problems(one.item, one.loc, known, group=one.group)
        found += _enable_problems(one, scope)
    for number, derived in enumerate(written.derive):
        found += _derive_problems(derived, ("derive", number), scope, known)
    kept = replace(scope, withdrawn=True)
    base_rules = base.consistency if base is not None else ()
    found += consistency_problems(written.consistency, base_rules, kept, known, written.language)
    found += born_problems(written.born, scope.items)
    found += carried_problems(written.carried, scope.items, scope.order)
    if only_blocking:
        return tuple(one for one in found if one.blocks)  # among them is nothing of what follows, which takes longest
    found += _reach_problems(
        written, asked, scope, {one.loc for one in found if one.blocks or one.code == "NEVER_TRUE"}
    )
    return tuple(found)


def all_items(written: QuestionnaireFile) -> Iterator[tuple[Item, str | None]]:
    """Every item that a questionnaire writes itself; those within rounds with their group."""
    for section in written.section:
        for item in section.item:
            yield from ((one.item, one.group) for one in _with_rounds(item, (), taken=False))


def shown_findings(written: QuestionnaireFile) -> Iterator[str]:
    """Every finding that some answer to a questionnaire's own items observes or excludes."""
    for section in written.section:
        for item in section.item:
            yield from (finding for _, finding in named_findings(item))
    yield from (one.finding for one in written.derive)


def _in_order(written: QuestionnaireFile, base_items: Mapping[str, Item]) -> Iterator[_Asked]:
    """Every item as it is asked, those within rounds behind their group."""
    for s, section in enumerate(written.section):
        for number, name in enumerate(section.take):
            if name in base_items:
                yield from _with_rounds(base_items[name], ("section", s, "take", number), taken=True)
        for number, item in enumerate(section.item):
            yield from _with_rounds(item, ("section", s, "item", number), taken=False)


def _with_rounds(item: Item, loc: Loc, *, taken: bool) -> Iterator[_Asked]:
    yield _Asked(item, loc, taken)
    for number, inner in enumerate(item.items):
        yield _Asked(inner, loc if taken else (*loc, "items", number), taken, item.id)


def _scope(asked: list[_Asked], base_items: Mapping[str, Item], unread: Collection[str]) -> Scope:
    """What conditions of this questionnaire may name: its own items and those of its base, taken or not."""
    items: dict[str, Item] = {}
    group_of: dict[str, str] = {}
    of_base = (part for item in base_items.values() for part in _with_rounds(item, (), taken=True))
    for one in (*asked, *of_base):
        items.setdefault(one.item.id, one.item)
        if one.group is not None:
            group_of.setdefault(one.item.id, one.group)
    order: dict[str, int] = {}
    for number, one in enumerate(asked):
        order.setdefault(one.item.id, number)
    return Scope(items, order, group_of, unread)


def _section_problems(
    written: QuestionnaireFile,
    base: QuestionnaireFile | None,
    base_items: Mapping[str, Item],
    unread: Collection[str],
    nearest: Nearest,
) -> Iterator[Problem]:
    if written.base is not None and base is None:
        hint = "name a questionnaire of the library by its id"
        yield Problem(
            ("base",), written.id, "UNKNOWN_BASE", f'no questionnaire "{written.base}" to take items from', hint, True
        )
    yield from duplicates(
        ((one.id, ("section", number, "id")) for number, one in enumerate(written.section)), "section"
    )
    for number, section in enumerate(written.section):
        loc: Loc = ("section", number)
        if not section.take and not section.item:
            yield Problem(
                loc, section.id, "EMPTY_SECTION", "section has no items", "add an item, or leave it out", True
            )
        if section.take and written.base is None:
            what = "takes items, but the questionnaire names no base"
            yield Problem((*loc, "take"), section.id, "UNKNOWN_BASE", what, "name it in `base`", blocks=True)
        for at, name in enumerate(section.take):
            if base is not None and name not in base_items and name not in unread:
                hint = nearest.hint(name, base_items, "correct the name, or write the item here")
                what = f'takes item "{name}", which "{base.id}" does not have'
                yield Problem((*loc, "take", at), section.id, "UNKNOWN_ITEM", what, hint, blocks=True)


def _enable_problems(one: _Asked, scope: Scope) -> Iterator[Problem]:
    """What is wrong with an item's enable-when; of a taken item only its place, since the base answers for the rest."""
    condition = one.item.enable_when
    if condition is None:
        return
    loc = one.loc if one.taken else (*one.loc, "enable_when")
    found = condition_problems(condition, loc, one.item.id, scope, before=one.item.id, group=one.group)
    if one.taken:
        ahead = next((problem for problem in found if problem.code == "LOOKS_AHEAD"), None)
        if ahead is not None:
            yield Problem(one.loc, one.item.id, ahead.code, ahead.what, ahead.hint, blocks=True)
        return
    yield from found
    for at, test in written_leaves(condition, loc):
        for name in items_of(test):
            if name in scope.untaken:
                what = f'looks at item "{name}" of the base, which is not asked here'
                yield Problem(
                    (*at, "item"), one.item.id, "UNKNOWN_ITEM", what, "`take` it in an earlier section", blocks=True
                )


def _derive_problems(derived: Derived, loc: Loc, scope: Scope, known: References) -> Iterator[Problem]:
    place = derived.finding
    if derived.observed_when is None and derived.excluded_when is None:
        hint = "write observed_when or excluded_when"
        yield Problem(loc, place, "EMPTY_DERIVE", "has no condition and never says anything", hint)
    if known.findings is not None and place not in known.findings:
        hint = known.nearest.hint(place, known.findings, "add it to the findings, or leave it out")
        yield Problem(
            (*loc, "finding"), place, "UNWEIGHED_FINDING", f'derives finding "{place}", which nobody weighs', hint
        )
    for name, condition in (("observed_when", derived.observed_when), ("excluded_when", derived.excluded_when)):
        if condition is not None:
            yield from condition_problems(condition, (*loc, name), place, scope)


def _reach_problems(
    written: QuestionnaireFile, asked: list[_Asked], scope: Scope, faulty: set[Loc]
) -> Iterator[Problem]:
    """Items that no answers lead to, and conditions that say nothing. Silent where a fault below was named already."""
    derived: list[tuple[Loc, str, Condition]] = [
        (("derive", number, name), one.finding, condition)
        for number, one in enumerate(written.derive)
        for name, condition in (("observed_when", one.observed_when), ("excluded_when", one.excluded_when))
        if condition is not None
    ]
    derived += [(("consistency", number, "when"), one.id, one.when) for number, one in enumerate(written.consistency)]
    enabling = [one.item.enable_when for one in asked if one.item.enable_when is not None]
    tests = tests_by_item([*enabling, *(condition for _, _, condition in derived)])
    reach = Reach(scope.items, tests, scope.untaken)
    broken = faulty | {loc[:cut] for loc in faulty for cut in range(len(loc))}
    for one in asked:
        condition = one.item.enable_when
        reach.add(one.item.id, condition, within=one.group)
        if condition is None or (one.group is not None and not reach.reached(one.group)):
            continue
        loc = one.loc if one.taken else (*one.loc, "enable_when")
        idle = [] if one.taken else list(_idle_tests(condition, loc, one.item.id, scope, reach, broken))
        yield from idle
        if loc in broken or idle:
            continue
        if not reach.reached(one.item.id):
            yield Problem(loc, one.item.id, "UNREACHABLE", *_why_unreached(condition, one, scope, reach))
        elif not one.taken and reach.says_nothing(condition):
            what = "its condition holds for every answer, so that it only waits for one"
            yield Problem(loc, one.item.id, "ALWAYS_TRUE", what, "write answered = true, or leave the condition out")
    for loc, finding, condition in derived:
        idle = list(_idle_tests(condition, loc, finding, scope, reach, broken))
        yield from idle
        # Items that the base has and this questionnaire does not ask are simply unanswered, no mistake in such a rule.
        here = items_in(condition) <= scope.order.keys()
        if loc not in broken and not idle and here and not reach.possible(condition):
            yield Problem(loc, finding, "UNREACHABLE", f"{loc[-1]} can never be true", "correct it, or leave it out")


def _idle_tests(
    condition: Condition, loc: Loc, place: str, scope: Scope, reach: Reach, broken: set[Loc]
) -> Iterator[Problem]:
    """Comparisons that no answer to their item can make true."""
    for at, test in written_leaves(condition, loc):
        items = list(items_of(test))
        here = not isinstance(test, FindingTest) and all(name in scope.order for name in items)
        if here and at not in broken and not reach.boxes(test):
            what = f'waits for what no answer to "{items[0]}" can be'
            yield Problem(at, place, "NEVER_TRUE", what, "compare with something that can be answered")


def _why_unreached(condition: Condition, one: _Asked, scope: Scope, reach: Reach) -> tuple[str, str]:
    """What is wrong and what to do, as exactly as can be said."""
    looked_at = _looked_at(condition)
    untaken = [name for name in looked_at if name in scope.untaken]
    if one.taken and untaken:
        return (
            f'is never asked, since it hangs on "{untaken[0]}", which is not taken',
            f'take "{untaken[0]}" before it too',
        )
    dead = [name for name in looked_at if not reach.reached(name)]
    if dead:
        return f'can never be asked, since it hangs on "{dead[0]}", which can never be asked', "correct that one first"
    if not reach.boxes(condition):
        return "can never be asked, since no answers make its condition true", "correct the condition"
    return "can never be asked, since the answers it waits for exclude each other", "correct the condition"


def _looked_at(condition: Condition) -> list[str]:
    return [item for _, test in written_leaves(condition, ()) for item in items_of(test)]
