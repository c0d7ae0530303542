"""What the shape of the files about HPO terms cannot show: terms that are not there, circles, findings that nothing names."""

from collections.abc import Iterable, Iterator, Mapping

from msals_tui.evidence.checks import Known
from msals_tui.evidence.model import Finding
from msals_tui.evidence.result_words import plain_words
from msals_tui.evidence.terms import HpoFile, TermsFile, named_terms
from msals_tui.questionnaire.problem import Loc, Problem

_REMAKE = "make the table again with scripts/make_hpo_table.py"


def hpo_problems(file: HpoFile, findings: Iterable[Finding], written: TermsFile | None) -> tuple[Problem, ...]:
    """Everything wrong with the table of terms, seen together with the findings and readings that it is made for."""
    return (*_table_problems(file), *_name_problems(file, {one.id: one for one in findings}, written))


def terms_problems(file: TermsFile, known: Known) -> tuple[Problem, ...]:
    """Everything wrong with the readings."""
    return (*_finding_problems(file, known), *_doubled(file), *_phrase_problems(file), *_unit_problems(file))


def _table_problems(file: HpoFile) -> Iterator[Problem]:
    """Parents and successors that are not there, and terms that stand above themselves."""
    for term, parents in file.parents.items():
        for at, up in enumerate(parents):
            if up not in file.parents:
                loc: Loc = ("parents", term, at)
                yield Problem(loc, term, "UNKNOWN_TERM", f'no term "{up}"', _REMAKE, blocks=True)
    for old, new in file.replaced.items():
        if new not in file.parents:
            yield Problem(("replaced", old), old, "UNKNOWN_TERM", f'no term "{new}"', _REMAKE, blocks=True)
    for term in _circular(file.parents):
        yield Problem(("parents", term), term, "CIRCLE", "stands above itself", _REMAKE, blocks=True)


def _circular(parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The terms of circles, and those below them: what is left when terms without a parent are taken off again and again."""
    left = {term: {up for up in ups if up in parents} for term, ups in parents.items()}
    below: dict[str, list[str]] = {}
    for term, ups in left.items():
        for up in ups:
            below.setdefault(up, []).append(term)
    waiting = [term for term, ups in left.items() if not ups]
    while waiting:
        up = waiting.pop()
        del left[up]
        for term in below.get(up, ()):
            left[term].discard(up)
            if not left[term]:
                waiting.append(term)
    return list(left)


def _name_problems(file: HpoFile, findings: Mapping[str, Finding], written: TermsFile | None) -> Iterator[Problem]:
    """Terms that are named and not in the table, and findings that call their term by another name than the release."""
    named = {one.hpo_id for one in findings.values() if one.hpo_id is not None}
    if written is not None:
        named |= named_terms(written, findings)
    for term in sorted(named - file.parents.keys()):
        yield Problem(("parents",), term, "UNKNOWN_TERM", "is named, but not in the table", _REMAKE)
    for one in findings.values():
        label = file.labels.get(one.hpo_id or "")
        if label is not None and one.hpo_label != label:
            what = f'the finding "{one.id}" calls {one.hpo_id} something else than "{label}"'
            yield Problem(("labels", one.hpo_id or ""), one.id, "TERM_LABEL", what, "correct hpo_label, or the id")


def _finding_problems(file: TermsFile, known: Known) -> Iterator[Problem]:
    named: list[tuple[Loc, str]] = [
        *((("reading", at, "finding"), one.finding) for at, one in enumerate(file.reading)),
        *((("rule", at, "means", number), one) for at, rule in enumerate(file.rule) for number, one in enumerate(rule.means)),
        *((("age_band", at, "finding"), one.finding) for at, one in enumerate(file.age_band)),
        *((("of_sex", at, "finding"), one.finding) for at, one in enumerate(file.of_sex)),
        *((("since", at, "finding"), one.finding) for at, one in enumerate(file.since)),
        *((("assay", at, "finding"), one.finding) for at, one in enumerate(file.assay)),
        *((("unfit", at, "findings", number), one) for at, rule in enumerate(file.unfit)
          for number, one in enumerate(rule.findings)),
    ]  # fmt: skip
    for loc, finding in named:
        if known.findings is not None and finding not in known.findings:
            hint = known.nearest.hint(finding, known.findings, "add the finding, or correct the name")
            yield Problem(loc, finding, "UNKNOWN_FINDING", f'no finding "{finding}"', hint, blocks=True)


def _doubled(file: TermsFile) -> Iterator[Problem]:
    """Findings that are read twice: only the last would count."""
    seen: set[str] = set()
    for at, one in enumerate(file.reading):
        if one.finding in seen:
            what = f'there is another reading of "{one.finding}"'
            yield Problem(("reading", at), one.finding, "DUPLICATE", what, "join the two", blocks=True)
        seen.add(one.finding)


def _phrase_problems(file: TermsFile) -> Iterator[Problem]:
    """Phrases and codes that say two things: only the last would count."""
    written = file.interpretations
    seen: dict[str, str] = {}
    for key in ("high", "low", "positive", "normal", "open"):
        for at, phrase in enumerate(getattr(written, key)):
            plain = plain_words(phrase)
            if plain in seen:
                what = f'"{phrase}" is a phrase of "{seen[plain]}" too'
                yield Problem(("interpretations", key, at), key, "DUPLICATE", what, "keep one of them", blocks=True)
            seen[plain] = key
    codes: set[str] = set()
    for at, code in enumerate(written.code):
        if code.id.casefold() in codes:
            what = f'there is another code "{code.id}"'
            yield Problem(("interpretations", "code", at), code.id, "DUPLICATE", what, "keep one of them", blocks=True)
        codes.add(code.id.casefold())


def _unit_problems(file: TermsFile) -> Iterator[Problem]:
    """Units of one name, of which only the last would be known, and assays in units that are none."""
    seen: set[str] = set()
    for at, unit in enumerate(file.unit):
        for name in dict.fromkeys((unit.code, *unit.names)):
            if name in seen:
                what = f'there is another unit "{name}"'
                yield Problem(("unit", at), unit.code, "DUPLICATE", what, "keep one of them", blocks=True)
            seen.add(name)
    codes = {one.code for one in file.unit}
    for at, assay in enumerate(file.assay):
        if assay.unit is not None and assay.unit not in codes:
            what = f'no unit "{assay.unit}"'
            yield Problem(
                ("assay", at, "unit"), assay.loinc, "UNKNOWN_UNIT", what, "add it, or correct it", blocks=True
            )
