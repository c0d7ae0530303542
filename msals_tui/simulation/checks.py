"""What the shape of the classes of simulated people cannot show: names that lead nowhere, and chances that cannot be."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from msals_tui.evidence.checks import NO_ITEMS, Known
from msals_tui.evidence.model import Chance, FindingsFile
from msals_tui.questionnaire.condition_checks import Scope, condition_problems
from msals_tui.questionnaire.problem import Loc, Problem, duplicates
from msals_tui.simulation.model import Chances, ClassesFile
from msals_tui.simulation.population import chances_of


def class_problems(
    file: ClassesFile,
    known: Known,
    *,
    findings: FindingsFile | None = None,
    sides: Collection[str] | None = None,
    questionnaires: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Everything wrong with the simulated people; what is None is not known and not checked."""
    found: list[Problem] = []
    found += duplicates(((one.id, ("class", number, "id")) for number, one in enumerate(file.class_)), "class")
    found += duplicates(((one.id, ("disease", number, "id")) for number, one in enumerate(file.disease)), "disease")
    found += duplicates(((one.id, ("draw", number, "id")) for number, one in enumerate(file.draw)), "draw")
    found += _name_problems(file, known, questionnaires)
    found += _rule_problems(file, known)
    found += _weight_problems(file)
    if sides is not None and known.look_alikes is not None:
        found += _disease_problems(file, known, {*sides, *known.look_alikes, file.healthy})
        found += _empty_classes(file, {*sides, file.healthy})
    if findings is not None:
        found += _exclusive_problems(file, findings)
        found += _sum_problems(file, {one.id: one.chance for one in findings.finding})
    return tuple(found)


def _tables(file: ClassesFile) -> Iterator[tuple[str, Loc, Chances]]:
    """Every table of chances, with its place."""
    yield "background", ("background",), file.background
    for number, disease in enumerate(file.disease):
        yield disease.id, ("disease", number), disease
    for number, one in enumerate(file.class_):
        yield one.id, ("class", number), one


def _unknown(
    names: Iterable[tuple[Loc, str]], there: Collection[str] | None, what: str, place: str, known: Known
) -> Iterator[Problem]:
    """A problem for each name that is not there; `what` says what it should name."""
    for loc, name in names:
        if there is not None and name not in there:
            hint = known.nearest.hint(name, there, f"add the {what}, or correct the name")
            yield Problem(loc, place, f"UNKNOWN_{what.upper()}", f'no {what} "{name}"', hint, blocks=True)


def _name_problems(file: ClassesFile, known: Known, questionnaires: Collection[str] | None) -> Iterator[Problem]:
    """Findings, sources, items and the questionnaire; a finding has one chance a table, and none that rules make."""
    for place, loc, table in _tables(file):
        listed = [((*loc, *keys), finding) for keys, finding, _ in table.listed()]
        yield from _unknown(listed, known.findings, "finding", place, known)
        sources = [((*loc, "read", source), source) for source in table.read]
        yield from _unknown(sources, known.sources, "source", place, known)
        for twice in duplicates(((finding, where) for where, finding in listed), "chance of"):
            yield Problem(twice.loc, place, "TWO_CHANCES", f'two chances of "{twice.place}"', "keep one", blocks=True)
        for where, finding in listed:
            if finding in file.derived:
                what = f'gives a chance of "{finding}", which is derived and never drawn'
                yield Problem(where, place, "DERIVED", what, "leave it out")
    for number, one in enumerate(file.class_):
        if one.weight_source is not None:
            weighed = [(("class", number, "weight_source"), one.weight_source)]
            yield from _unknown(weighed, known.sources, "source", one.id, known)
    for number, draw in enumerate(file.draw):
        numbered = [(("draw", number, "findings", at), finding) for at, finding in enumerate(draw.findings)]
        yield from _unknown(numbered, known.findings, "finding", draw.id, known)
    made = [(("derived", at), finding) for at, finding in enumerate(file.derived)]
    yield from _unknown(made, known.findings, "finding", "derived", known)
    shares = [(("reporting", "share", item), item) for item in file.reporting.share]
    yield from _unknown(shares, known.items, "item", "reporting", known)
    yield from _unknown([(("questionnaire",), file.questionnaire)], questionnaires, "questionnaire", "", known)


def _rule_problems(file: ClassesFile, known: Known) -> Iterator[Problem]:
    """Rules look at findings and change findings; what is derived is made by one of them."""
    made = {finding for rule in file.rule for finding in rule.observes}
    for at, finding in enumerate(file.derived):
        if finding not in made:
            what = f'no rule observes "{finding}"'
            yield Problem(("derived", at), "derived", "NEVER_TRUE", what, "add the rule that makes it, or draw it")
    for number, rule in enumerate(file.rule):
        loc: Loc = ("rule", number)
        changed = [
            ((*loc, name, at), finding)
            for name, findings in (
                ("observes", rule.observes), ("excludes", rule.excludes), ("leaves_open", rule.leaves_open),
            )
            for at, finding in enumerate(findings)
        ]  # fmt: skip
        yield from _unknown(changed, known.findings, "finding", f"rule {number + 1}", known)
        if not changed:
            what = "changes nothing"
            yield Problem(loc, f"rule {number + 1}", "NO_EFFECT", what, "say what it observes, excludes or leaves open")
        if known.findings is not None:
            scope = Scope(NO_ITEMS, {}, {}, frozenset(), known.findings, known.nearest)
            yield from condition_problems(rule.when, (*loc, "when"), f"rule {number + 1}", scope)


def _weight_problems(file: ClassesFile) -> Iterator[Problem]:
    """The classes of a disease share out all its patients."""
    numbers: dict[str, list[int]] = {}
    for number, one in enumerate(file.class_):
        numbers.setdefault(one.disease, []).append(number)
    for disease, classes in numbers.items():
        total = sum((file.class_[number].weight for number in classes), Decimal(0))
        if total != 1:
            what = f"the weights of its classes make {total}"
            yield Problem(
                ("class", classes[0], "weight"), disease, "WEIGHTS", what, "let them make exactly 1", blocks=True
            )


def _disease_problems(file: ClassesFile, known: Known, diseases: Collection[str]) -> Iterator[Problem]:
    """Every class is of a side, of a look-alike or of the healthy, and none of these is without a class."""
    tables: tuple[tuple[str, Iterable[tuple[str, str]]], ...] = (
        ("class", ((one.id, one.disease) for one in file.class_)),
        ("disease", ((one.id, one.id) for one in file.disease)),
    )
    for name, ones in tables:
        key = "disease" if name == "class" else "id"
        for number, (place, disease) in enumerate(ones):
            yield from _unknown([((name, number, key), disease)], diseases, "disease", place, known)
    for disease in sorted(set(diseases) - set(known.unread) - {one.disease for one in file.class_}):
        what = f'"{disease}" has no class'
        yield Problem(("class",), disease, "NO_CLASS", what, "add a class, so that somebody with it is simulated")


def _empty_classes(file: ClassesFile, others: Collection[str]) -> Iterator[Problem]:
    """Classes of look-alikes that differ in nothing from people who have none; `others` have chances from elsewhere."""
    common = {one.id for one in file.disease if any(one.listed())}
    for number, one in enumerate(file.class_):
        if one.disease not in {*common, *others} and not any(one.listed()):
            what = "gives no chance of any finding, so that nobody in it differs from people who have nothing"
            hint = "write the chances that a source gives under [class.read.SOURCE], others under [class.illustrative]"
            yield Problem(("class", number), one.id, "NO_CHANCE", what, hint)


def _exclusive_problems(file: ClassesFile, findings: FindingsFile) -> Iterator[Problem]:
    """Findings that exclude each other are drawn together."""
    draw_of = {finding: draw.id for draw in file.draw for finding in draw.findings}
    groups: dict[str, set[str | None]] = {}
    for one in findings.finding:
        if one.exclusive_group is not None and one.id not in file.derived:
            groups.setdefault(one.exclusive_group, set()).add(draw_of.get(one.id))
    for group, draws in groups.items():
        if len(draws) > 1 or None in draws:
            what = f'the findings of "{group}" exclude each other, but are not one draw'
            yield Problem(("draw",), group, "NOT_ONE_DRAW", what, "name them all in one draw")
    seen: set[str] = set()
    for number, draw in enumerate(file.draw):
        for at, finding in enumerate(draw.findings):
            if finding in seen or finding in file.derived:
                what = f'"{finding}" is drawn elsewhere, or derived'
                yield Problem(
                    ("draw", number, "findings", at), draw.id, "DRAWN_TWICE", what, "name it once", blocks=True
                )
            seen.add(finding)


def _sum_problems(file: ClassesFile, own: Mapping[str, Mapping[str, Chance]]) -> Iterator[Problem]:
    """What is drawn together makes 1 at most, and exactly 1 where one of it always holds."""
    for number, one in enumerate(file.class_):
        chances = chances_of(file, one, own)
        for draw in file.draw:
            total = sum((chances.get(finding, Decimal(0)) for finding in draw.findings), Decimal(0))
            if total > 1 or (draw.exactly_one and total != 1):
                what = f'the chances of draw "{draw.id}" make {total}'
                hint = "let them make exactly 1" if draw.exactly_one else "let them make 1 at most"
                yield Problem(("class", number), one.id, "CHANCES", what, hint, blocks=True)
