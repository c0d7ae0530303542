"""What the shape of the evidence files cannot show: names that lead nowhere, and weights that do not follow from their parts.

Each function looks at one file and says nothing of what it was not given: another file may be missing or unreadable.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field

from msals_tui.evidence.model import (
    Feature,
    Finding,
    FindingsFile,
    Frequency,
    LookAlike,
    LookAlikesFile,
    PatternRules,
    WeighingFile,
)  # fmt: skip
from msals_tui.evidence.weights import rebuilt
from msals_tui.questionnaire.condition import Condition
from msals_tui.questionnaire.condition_checks import Scope, condition_problems
from msals_tui.questionnaire.kinds.item import Item
from msals_tui.questionnaire.problem import Loc, Nearest, Problem, duplicates

NO_ITEMS: Mapping[str, Item] = {}


class Known(Struct, frozen=True):
    """The ids that evidence may name; what is None is not known and not checked."""

    findings: Collection[str] | None = None
    look_alikes: Collection[str] | None = None
    sources: Collection[str] | None = None
    items: Mapping[str, Item] | None = None
    group_of: Mapping[str, str] = field(default_factory=dict)
    """The group of each item that is asked within the rounds of one."""
    unread: Collection[str] = frozenset()
    """Ids of items that could not be read for faults of their own."""
    nearest: Nearest = field(default_factory=Nearest)


def finding_problems(file: FindingsFile, weighing: WeighingFile | None, known: Known) -> tuple[Problem, ...]:
    """Everything wrong with the findings; without `weighing` their domains, groups and weights are not checked."""
    found = list(
        duplicates(((one.id, ("finding", number, "id")) for number, one in enumerate(file.finding)), "finding")
    )
    groups = {one.id: one.group for one in file.finding}
    found += _second_composites(file.finding)
    for number, one in enumerate(file.finding):
        loc: Loc = ("finding", number)
        found += _named_problems(one, loc, known)
        found += _part_problems(one, loc, groups, known)
        found += _frequency_problems(one, loc)
        if weighing is not None:
            found += _weighing_names(one, loc, weighing, known)
            found += _assumed_problems(one, loc, [side.id for side in weighing.side])
            found += _weight_problems(one, loc, weighing)
            if (
                one.points == "elsewhere"
                and one.strength in weighing.pattern.withhold_strengths
                and not one.look_alikes
            ):
                what = "holds back the pattern word, but names no look-alike to think of"
                found.append(Problem((*loc, "points"), one.id, "NO_LOOK_ALIKE", what, "name one in `look_alikes`"))
    return tuple(found)


def _names(
    names: Iterable[tuple[Loc, str]], known: Collection[str] | None, what: str, place: str, nearest: Nearest
) -> Iterator[Problem]:
    """A problem for each name that is not known; `what` says what it should name ("source")."""
    for loc, name in names:
        if known is not None and name not in known:
            code = f"UNKNOWN_{what.upper().replace('-', '_').replace(' ', '_')}"
            hint = nearest.hint(name, known, f"add the {what}, or correct the name")
            yield Problem(loc, place, code, f'no {what} "{name}"', hint, blocks=True)


def _numbered(names: Iterable[str], loc: Loc) -> list[tuple[Loc, str]]:
    return [((*loc, number), name) for number, name in enumerate(names)]


def _named_problems(one: Finding, loc: Loc, known: Known) -> Iterator[Problem]:
    """Sources and look-alikes that are not there; a finding that weighs needs a source."""
    sources = _numbered(one.sources, (*loc, "sources"))
    sources += [
        ((*loc, "frequency", at, "source"), seen.source) for at, seen in enumerate(one.frequency) if seen.source
    ]
    sources += [((*loc, "accuracy", at, "source"), test.source) for at, test in enumerate(one.accuracy) if test.source]
    yield from _names(sources, known.sources, "source", one.id, known.nearest)
    if not sources:
        yield Problem((*loc, "sources"), one.id, "NO_SOURCE", "names no source", "name one in `sources`")
    alike = _numbered(one.look_alikes, (*loc, "look_alikes"))
    yield from _names(alike, known.look_alikes, "look-alike", one.id, known.nearest)


def _part_problems(one: Finding, loc: Loc, groups: Mapping[str, str | None], known: Known) -> Iterator[Problem]:
    """Composites count instead of parts of their own group."""
    for name, parts in (("replaces", one.replaces), ("silences", one.silences)):
        yield from _names(_numbered(parts, (*loc, name)), known.findings, "finding", one.id, known.nearest)
        for number, part in enumerate(parts):
            where = (*loc, name, number)
            if part == one.id:
                yield Problem(where, one.id, "NAMES_ITSELF", f"{name} itself", "leave it out", blocks=True)
            elif part in groups and groups[part] not in (one.group, None):
                what = f'{name} "{part}", which is of another group'
                yield Problem(where, one.id, "OTHER_GROUP", what, "only findings of one group can stand for each other")


def _second_composites(findings: Iterable[Finding]) -> Iterator[Problem]:
    """Two composites of one group would each stand for parts of the other."""
    first: dict[str, str] = {}
    for number, one in enumerate(findings):
        if one.replaces and one.group is not None and first.setdefault(one.group, one.id) != one.id:
            what = f'replaces findings of group "{one.group}", as "{first[one.group]}" does'
            hint = "a group has one composite; join them, or move one to a group of its own"
            yield Problem(("finding", number, "replaces"), one.id, "SECOND_COMPOSITE", what, hint, blocks=True)


def _weighing_names(one: Finding, loc: Loc, weighing: WeighingFile, known: Known) -> Iterator[Problem]:
    domains = {domain.id for domain in weighing.domain}
    groups = {group.id for group in weighing.group}
    sides = {side.id for side in weighing.side}
    yield from _names([((*loc, "domain"), one.domain)], domains, "domain", one.id, known.nearest)
    if one.group is not None:
        yield from _names([((*loc, "group"), one.group)], groups, "group", one.id, known.nearest)
    yield from _names([((*loc, "chance", side), side) for side in one.chance], sides, "side", one.id, known.nearest)
    yield from _names(_numbered(one.assumed, (*loc, "assumed")), sides, "side", one.id, known.nearest)
    for side in sides - one.chance.keys():
        hint = f"write chance = {{ {side} = ... }} beside the other"
        yield Problem((*loc, "chance"), one.id, "NO_CHANCE", f'gives no chance for side "{side}"', hint, blocks=True)
    if known.look_alikes is not None:
        diseases = {*sides, *known.look_alikes}
        named = [((*loc, "frequency", at, "disease"), figure.disease) for at, figure in enumerate(one.frequency)]
        yield from _names(named, diseases, "disease", one.id, known.nearest)


def _frequency_problems(one: Finding, loc: Loc) -> Iterator[Problem]:
    """Figures in their order, and a source for what was read."""
    for number, figure in enumerate(one.frequency):
        where = (*loc, "frequency", number)
        numbers = [value for value in (figure.low, figure.value, figure.high) if value is not None]
        if numbers != sorted(numbers):
            what = "its figures are not in the order low, value, high"
            yield Problem((*where, "value"), one.id, "ODD_FIGURES", what, "correct the figures")
        if figure.read and figure.source is None:
            what = "has a figure that was read nowhere"
            yield Problem((*where, "read"), one.id, "NO_SOURCE", what, "name its source, or write read = false")
    for number, test in enumerate(one.accuracy):
        where = (*loc, "accuracy", number)
        for name in ("sensitivity", "specificity"):
            values = (getattr(test, f"{name}_low"), getattr(test, name), getattr(test, f"{name}_high"))
            numbers = [value for value in values if value is not None]
            if numbers != sorted(numbers):
                what = f"its figures of {name} are not in the order low, value, high"
                yield Problem((*where, name), one.id, "ODD_FIGURES", what, "correct the figures")


def _assumed_problems(one: Finding, loc: Loc, sides: list[str]) -> Iterator[Problem]:
    """A side without any figure that was read is assumed; accuracies were read of either side, so they count for both."""
    for side in sides:
        read = any(_was_read(figure, side) for figure in one.frequency) or any(test.read for test in one.accuracy)
        if not read and side not in one.assumed:
            what = f'no figure was read for "{side}", yet its chance is not marked as assumed'
            yield Problem(
                (*loc, "frequency"), one.id, "ASSUMED", what, f'add "{side}" to `assumed`, or the figure that was read'
            )


def _was_read(figure: Frequency, side: str) -> bool:
    has_number = figure.value is not None or figure.low is not None or figure.high is not None
    return figure.disease == side and figure.read and has_number


def _weight_problems(one: Finding, loc: Loc, weighing: WeighingFile) -> Iterator[Problem]:
    """The weight belongs to a group, speaks for the side that it says, and follows from its parts."""
    if (one.present_db or one.absent_db) and one.group is None:
        what = "weighs, but belongs to no group"
        yield Problem(
            (*loc, "present_db"), one.id, "NO_GROUP", what, "name its `group`, or let it weigh 0", blocks=True
        )
    against = {"first": -1, "second": 1, None: 0}[one.does_not_fit]
    sign = {"first": 1, "second": -1}.get(one.points, against)
    for name, weight in (("present_db", one.present_db), ("absent_db", -one.absent_db)):
        if weight * sign < 0 or (weight and not sign):
            what = f'its {name} does not speak for the side that points = "{one.points}" says'
            yield Problem((*loc, name), one.id, "WRONG_SIDE", what, "correct the sign, or `points`")
    if one.does_not_fit == one.points:
        what = "does not fit the same side that it speaks for"
        yield Problem((*loc, "does_not_fit"), one.id, "WRONG_SIDE", what, "name the other side")
    if one.weight_note or any(side.id not in one.chance for side in weighing.side):
        return
    first, second = weighing.in_order
    made = rebuilt(one, weighing.weights, (first.id, second.id))
    for name, weight, by_rule in (
        ("present_db", one.present_db, made.present_db), ("absent_db", one.absent_db, made.absent_db),
    ):  # fmt: skip
        if weight != by_rule:
            what = f"its {name} is {weight}, but its parts make {by_rule}"
            hint = "correct it, or say in `weight_note` why it differs"
            yield Problem((*loc, name), one.id, "WEIGHT", what, hint)


def weighing_problems(file: WeighingFile, known: Known) -> tuple[Problem, ...]:
    """Everything wrong with sides, domains, groups and the rules of the pattern word."""
    found: list[Problem] = []
    found += duplicates(((one.id, ("side", number, "id")) for number, one in enumerate(file.side)), "side")
    found += duplicates(((one.id, ("domain", number, "id")) for number, one in enumerate(file.domain)), "domain")
    found += duplicates(((one.id, ("group", number, "id")) for number, one in enumerate(file.group)), "group")
    if {side.sign for side in file.side} != {1, -1}:
        what = "both sides have the same sign"
        found.append(
            Problem(("side", 1, "sign"), file.side[1].id, "SAME_SIGN", what, "give one 1 and the other -1", blocks=True)
        )
    for number, group in enumerate(file.group):
        if group.cap_db <= 0:
            loc = ("group", number, "cap_db")
            found.append(
                Problem(loc, group.id, "ODD_FIGURES", "its cap is not above 0", "write the most that it may count")
            )
    found += _pattern_problems(file.pattern, file, known)
    found += _rule_problems(file)
    return tuple(found)


def _pattern_problems(rules: PatternRules, file: WeighingFile, known: Known) -> Iterator[Problem]:
    loc: Loc = ("pattern",)
    domains = {domain.id for domain in file.domain}
    sides = {side.id for side in file.side}
    yield from _names(_numbered(rules.gate, (*loc, "gate")), domains, "domain", "pattern", known.nearest)
    for name in (
        "too_little_below",
        "mixed_from",
        "mixed_net_below",
        "lean_net_from",
        "lean_group_from",
        "lean_together_from",
    ):
        figure: Decimal = getattr(rules, name)
        if figure <= 0:
            yield Problem((*loc, name), "pattern", "ODD_FIGURES", f"{name} is not above 0", "write decibans above 0")
    if rules.lean_together_from < rules.lean_group_from * rules.lean_groups:
        what = (
            f"lean_together_from is less than {rules.lean_groups} groups of lean_group_from make, and decides nothing"
        )
        yield Problem((*loc, "lean_together_from"), "pattern", "ODD_FIGURES", what, "raise it, or lower the others")
    if rules.lean_net_from < rules.too_little_below:
        what = "lean_net_from is lower than too_little_below, so that too little could lean"
        yield Problem((*loc, "lean_net_from"), "pattern", "ODD_FIGURES", what, "raise it")
    for number, need in enumerate(rules.lean_needs):
        where = (*loc, "lean_needs", number)
        yield from _names([((*where, "side"), need.side)], sides, "side", "pattern", known.nearest)
        yield from _rule_conditions(need.needs, (*where, "needs"), "pattern", known)


def _rule_problems(file: WeighingFile) -> Iterator[Problem]:
    """The figures by which weights are made."""
    rules = file.weights
    if not 0 < rules.chance_lowest < rules.chance_highest < 1:
        what = "chance_lowest and chance_highest leave no room between 0 and 1"
        yield Problem(
            ("weights", "chance_lowest"), "weights", "ODD_FIGURES", what, "write for instance 0.005 and 0.98", True
        )
    for name, table in (("absent_share", rules.absent_share), ("cap_db", rules.cap_db)):
        for kind in ("history", "examination", "test"):
            if kind not in table:
                what = f"{name} says nothing of kind {kind}"
                yield Problem(("weights", name), "weights", "NO_FIGURE", what, f"write {kind} = ...", blocks=True)
    for strength in ("weak", "moderate"):
        if strength not in rules.held_db:
            what = f"held_db says nothing of strength {strength}"
            yield Problem(("weights", "held_db"), "weights", "NO_FIGURE", what, f"write {strength} = ...", blocks=True)


def look_alike_problems(file: LookAlikesFile, known: Known) -> tuple[Problem, ...]:
    """Everything wrong with the look-alikes and their rules."""
    places = ((one.id, ("look_alike", number, "id")) for number, one in enumerate(file.look_alike))
    found = list(duplicates(places, "look-alike"))
    for name, picture in file.picture.items():
        found += _rule_conditions(picture.when, ("picture", name, "when"), name, known)
    drawn = {(one.code, one.what) for one in found}
    for number, one in enumerate(file.look_alike):
        # What is wrong in a picture is wrong in every rule that names it, and is said once.
        found += (
            problem
            for problem in _look_alike(one, ("look_alike", number), known)
            if (problem.code, problem.what) not in drawn
        )
    return tuple(found)


def _look_alike(one: LookAlike, loc: Loc, known: Known) -> Iterator[Problem]:
    if not any(rule.effect != "rules_out" for rule in one.rule):
        hint = 'add a [[look_alike.rule]] with effect = "withhold" or "remark"'
        yield Problem((*loc, "rule"), one.id, "NEVER_NAMED", "no rule of its own ever names it", hint)
    if not one.feature:
        what, hint = "does not say what speaks for it", "write it in `feature`, with the findings that show it"
        yield Problem((*loc, "feature"), one.id, "NO_FEATURE", what, hint)
    for number, rule in enumerate(one.rule):
        where = (*loc, "rule", number)
        yield from _names(_numbered(rule.sources, (*where, "sources")), known.sources, "source", one.id, known.nearest)
        yield from _rule_conditions(rule.when, (*where, "when"), one.id, known)
    yield from _names(_numbered(one.tests, (*loc, "tests")), known.findings, "finding", one.id, known.nearest)
    for name, features in (("feature", one.feature), ("against", one.against)):
        for number, feature in enumerate(features):
            yield from _feature_problems(feature, (*loc, name, number), one.id, known)


def _feature_problems(feature: Feature, loc: Loc, place: str, known: Known) -> Iterator[Problem]:
    """Findings and sources that are not there; what was read needs a source, and an exclusion something to exclude."""
    yield from _names(_numbered(feature.sources, (*loc, "sources")), known.sources, "source", place, known.nearest)
    yield from _names(_numbered(feature.findings, (*loc, "findings")), known.findings, "finding", place, known.nearest)
    if feature.read and not feature.sources:
        what = "has a feature that was read nowhere"
        yield Problem((*loc, "read"), place, "NO_SOURCE", what, "name its source, or write read = false")
    if feature.shown_by == "excluded" and not feature.findings:
        what = "has a feature that is shown by an exclusion, but names no finding"
        yield Problem((*loc, "shown_by"), place, "NO_FINDING", what, "name it in `findings`, or leave `shown_by` out")


def _rule_conditions(condition: Condition, loc: Loc, place: str, known: Known) -> Iterator[Problem]:
    """Rules look at findings, and at items of any questionnaire."""
    if known.findings is None:
        return
    scope = Scope(known.items or NO_ITEMS, {}, known.group_of, known.unread, known.findings, known.nearest)
    for one in condition_problems(condition, loc, place, scope):
        if known.items is not None or one.code == "UNKNOWN_FINDING":
            yield one


def unreached(file: FindingsFile, shown: Collection[str]) -> tuple[Problem, ...]:
    """Findings that no question of any questionnaire shows; `shown` are those that some answer observes or excludes."""
    hint = "add an answer that observes it, or a [[derive]], or leave the finding out"
    return tuple(
        Problem(
            ("finding", number, "id"), one.id, "UNREACHED_FINDING", "no question of any questionnaire shows it", hint
        )
        for number, one in enumerate(file.finding)
        if one.id not in shown
    )
