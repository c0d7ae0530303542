"""Samples patients of every disease and writes how often the word is right, undecided and wrong as answers come in.

    python scripts/simulate.py [--patients 10000] [--look-alikes 500] [--seed 2026] [--out docs/simulation]

Writes the page `OUT.md` and its charts into the folder `OUT`; prints the page. The same content, seed and numbers make the
same bytes.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pool
from pathlib import Path

from msgspec.structs import replace
from plots import Part, bars

from msals_tui.content.library import Library
from msals_tui.evaluation.share import Share
from msals_tui.evidence.evidence import Evidence
from msals_tui.evidence.model import Side
from msals_tui.evidence.pattern import MORE_LIKE
from msals_tui.simulation.outcome import outcomes
from msals_tui.simulation.patient import STAGES, Stage, sample
from msals_tui.simulation.population import Population

CHUNK = 50
ENDS: tuple[Stage, ...] = ("history_100", "tests")
WRONG_MOST = 1
LEANING_MOST = 10
STAGE_NAMES: dict[Stage, str] = {
    "history_25": "a quarter of the history",
    "history_50": "half of the history",
    "history_75": "three quarters",
    "history_100": "the whole history",
    "examination": "and the examination",
    "tests": "and the tests done",
}
WORDS = {
    "withheld": ("held back", "#c9c9c9"),
    "mixed": ("mixed", "#9e9e9e"),
    "slight": ("points one way, no lean", "#dedede"),
    "too_little": ("too little to tell", "#efefef"),
}
RIGHT, WRONG = "#2b6ca3", "#c1440e"
HEAD = """\
# Simulated patients

Made by `scripts/simulate.py`; do not edit. {patients} people with {first} and {second}, and {each} with each look-alike,
were drawn from the latent classes in `questionnaires/simulation.toml` (version {version}, seed {seed}). What is there is
drawn first; then what a history would say of it (some forget, some are not sure), what an examination finds, and the
results of those tests that were done. What was so known was compared as the program compares it, without the gate of an
interview.

**What this shows:** whether the table, its rules and its words fit together. **What it cannot show:** whether the table is
right. Patients and comparison come largely from the same figures. Most chances of look-alikes, all of how people answer and
all shares of tests done are illustrative: no source gives them. Where the table itself only assumes a chance, it is assumed
here too. No number on this page is the chance of anything in a real person.

Intervals are 95 % (Wilson), of the sampling alone. "Right" leans to the person's own disease, "wrong" to the other;
everything else gives no lean. Rules that ask single answers, rather than findings, do not hold here; tried with answers in
their favour they held back more words of slow stiff legs after a history, and changed hardly a lean.
"""


@cache
def world() -> tuple[Population, Evidence]:
    """Population and evidence of the shipped content; read once a process."""
    library = Library()
    evidence = library.evidence
    return Population.of(library.classes, evidence, library.questionnaire(library.classes.questionnaire)), evidence


@cache
def without_assumed() -> Population:
    """The population with nothing that points elsewhere and has only an assumed chance in both diseases."""
    population, evidence = world()
    sides = {evidence.first.id, evidence.second.id}
    assumed = {
        one.id for one in evidence.findings.values() if one.points == "elsewhere" and sides.issubset(one.assumed)
    }
    return replace(
        population,
        by_disease={
            side: tuple(
                replace(one, chances={name: 0 if name in assumed else of for name, of in one.chances.items()})
                for one in population.by_disease[side]
            )
            for side in sides
        },
    )


Key = tuple[str, str, Stage, str, bool]
"""Disease, class, stage, word, and whether the own disease is named."""


@dataclass(frozen=True)
class Job:
    """Some patients of one disease, from the population as it is, or without what is only assumed."""

    disease: str
    seed: int
    numbers: range
    assumed: bool


def counted(job: Job) -> tuple[Job, Counter[Key]]:
    """The outcomes of a job's patients."""
    as_it_is, evidence = world()
    population = as_it_is if job.assumed else without_assumed()
    counts: Counter[Key] = Counter()
    for number in job.numbers:
        patient = sample(population, job.disease, f"{job.seed}.{number}")
        for one in outcomes(population, evidence, patient, STAGES if job.assumed else ENDS):
            counts[job.disease, patient.class_id, one.stage, one.pattern, one.named] += 1
    return job, counts


def jobs(numbers: dict[str, int], seed: int, *, assumed: bool) -> list[Job]:
    """Pieces of work, a few patients each."""
    return [
        Job(disease, seed, range(start, min(start + CHUNK, most)), assumed)
        for disease, most in numbers.items()
        for start in range(0, most, CHUNK)
    ]


class Shares:
    """Questions to the counted outcomes."""

    def __init__(self, counts: Counter[Key]) -> None:
        self._counts = counts

    def count(
        self,
        disease: str,
        stage: Stage,
        words: Iterable[str] | None = None,
        *,
        of: str | None = None,
        named: bool = False,
    ) -> int:
        """People of a disease, or of its class `of`, with one of these words, or any; only the named ones on request."""
        wanted = None if words is None else set(words)
        return sum(
            number
            for (its, class_id, at, word, is_named), number in self._counts.items()
            if its == disease and at == stage and of in (None, class_id)
            if (wanted is None or word in wanted) and (is_named or not named)
        )

    def percent(self, disease: str, stage: Stage, words: Iterable[str]) -> float:
        """The share with one of these words, in a hundred."""
        return 100 * self.count(disease, stage, words) / self.count(disease, stage)


def share(number: int, of: int) -> str:
    """A share of some people with its interval, in a hundred."""
    one = Share(number, of)
    if one.value is None or one.interval is None:
        return "-"
    return f"{100 * one.value:.1f} ({100 * one.interval.low:.1f}-{100 * one.interval.high:.1f})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of the page."""
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


def side_rows(shares: Shares, own: str, other: str, stages: Iterable[Stage]) -> Iterator[list[str]]:
    """How often the word is right, wrong and undecided, by stage."""
    for stage in stages:
        of = shares.count(own, stage)
        undecided = [f"{shares.percent(own, stage, [word]):.1f}" for word in WORDS]
        right, wrong = shares.count(own, stage, [MORE_LIKE + own]), shares.count(own, stage, [MORE_LIKE + other])
        yield [STAGE_NAMES[stage], share(right, of), share(wrong, of), *undecided]


def page(shares: Shares, without: Shares, population: Population, evidence: Evidence, args: argparse.Namespace) -> str:
    """The whole page."""
    first, second = evidence.first, evidence.second
    folder = args.out.name
    lines = HEAD.format(
        patients=args.patients, each=args.look_alikes, first=first.short, second=second.short, seed=args.seed,
        version=Library().classes.version,
    ).splitlines()  # fmt: skip
    for own, other in ((first, second), (second, first)):
        lines += ["", f"## {own.name}", "", f"![{own.short} as answers come in]({folder}/{own.id}.svg)", ""]
        lines += side_section(shares, without, population, own, other)
    lines += ["## Look-alikes", "", f"![Leans of look-alikes]({folder}/look_alikes.svg)", ""]
    lines += look_alike_section(shares, population, evidence)
    return "\n".join(lines)


def side_section(shares: Shares, without: Shares, population: Population, own: Side, other: Side) -> Iterator[str]:
    """One side: as answers come in, by class, and without what is only assumed."""
    head = ["known", "right %", "wrong %", *(f"{name} %" for name, _ in WORDS.values())]
    yield from table(head, side_rows(shares, own.id, other.id, STAGES))
    yield from ("By class, when all of it is known:", "")
    rows = []
    for one in population.by_disease[own.id]:
        of = shares.count(own.id, "tests", of=one.id)
        if of:
            right = shares.count(own.id, "tests", [MORE_LIKE + own.id], of=one.id)
            wrong = shares.count(own.id, "tests", [MORE_LIKE + other.id], of=one.id)
            held = 100 * shares.count(own.id, "tests", ["withheld"], of=one.id) / of
            rows.append([one.name, str(of), share(right, of), share(wrong, of), f"{held:.1f}"])
    yield from table(["class", "people", "right %", "wrong %", "held back %"], rows)
    yield "Much is held back for findings that point elsewhere and of which the table only assumes how often they are there."
    yield from ("The same without them:", "")
    yield from table(head, side_rows(without, own.id, other.id, ENDS))


def look_alike_section(shares: Shares, population: Population, evidence: Evidence) -> Iterator[str]:
    """Everybody with neither disease: how often there is a lean, and how often their own disease is named."""
    yield f"No lean is right here. The goal is under {LEANING_MOST} % when all is known; a history alone cannot keep it where"
    yield "only a test tells the diseases apart. Named means that the program says to think of the person's own disease."
    yield ""
    leans = [MORE_LIKE + side.id for side in (evidence.first, evidence.second)]
    rows = []
    for disease, name in others(evidence, population).items():
        row = [name]
        for stage in ENDS:
            of = shares.count(disease, stage)
            row += [share(shares.count(disease, stage, leans), of)]
            row += [f"{shares.percent(disease, stage, [lean]):.1f}" for lean in leans]
            if disease in evidence.look_alikes:
                row.append(f"{100 * shares.count(disease, stage, named=True) / of:.1f}")
            else:
                row.append("-")
        rows.append(row)
    columns = ["lean %", f"{evidence.first.short} %", f"{evidence.second.short} %", "named %"]
    yield from table(["", *(f"history: {name}" for name in columns), *(f"all: {name}" for name in columns)], rows)


def others(evidence: Evidence, population: Population) -> dict[str, str]:
    """Everybody with neither disease, in the order of the look-alikes, with what to call them."""
    named = {one.id: one.name for one in evidence.look_alikes.values()}
    rest = {one: one.replace("_", " ").capitalize() for one in population.by_disease}
    sides = (evidence.first.id, evidence.second.id)
    return {disease: name for disease, name in (rest | named).items() if disease not in sides}


def charts(shares: Shares, population: Population, evidence: Evidence) -> dict[str, str]:
    """The charts by file name."""
    made = {}
    for own, other in ((evidence.first, evidence.second), (evidence.second, evidence.first)):
        rows = {}
        for stage in STAGES:
            parts = [Part(f"more like {own.short}", RIGHT, shares.percent(own.id, stage, [MORE_LIKE + own.id]))]
            parts += [Part(name, grey, shares.percent(own.id, stage, [word])) for word, (name, grey) in WORDS.items()]
            parts.append(Part(f"more like {other.short}", WRONG, shares.percent(own.id, stage, [MORE_LIKE + other.id])))
            rows[STAGE_NAMES[stage]] = parts
        made[f"{own.id}.svg"] = bars(f"Simulated people with {own.short}: the word, as answers come in", rows)
    leaning = {
        name: [
            Part(f"more like {side.short}", colour, shares.percent(disease, "tests", [MORE_LIKE + side.id]))
            for side, colour in ((evidence.first, RIGHT), (evidence.second, WRONG))
        ]
        for disease, name in others(evidence, population).items()
    }
    shortened = {
        name.split(" (")[0].removeprefix("Chronic inflammatory ").capitalize(): one for name, one in leaning.items()
    }
    title = f"Simulated look-alikes that get a lean, when all is known (line: {LEANING_MOST} %)"
    made["look_alikes.svg"] = bars(title, shortened, most=40, mark=LEANING_MOST)
    return made


def missed(shares: Shares, population: Population, evidence: Evidence) -> Iterator[str]:
    """The goals that the figures miss."""
    for own, other in ((evidence.first, evidence.second), (evidence.second, evidence.first)):
        for stage in STAGES:
            wrong = shares.percent(own.id, stage, [MORE_LIKE + other.id])
            if wrong >= WRONG_MOST:
                yield f"{own.short}, {STAGE_NAMES[stage]}: wrong in {wrong:.1f} %"
    for disease, name in others(evidence, population).items():
        leaning = shares.percent(disease, "tests", [MORE_LIKE + evidence.first.id, MORE_LIKE + evidence.second.id])
        if leaning >= LEANING_MOST:
            yield f"{name}: a lean in {leaning:.1f} %"


def main() -> int:
    """Samples, writes and prints; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patients", type=int, default=10_000, help="people with either disease, half of them each")
    parser.add_argument("--look-alikes", type=int, default=500, help="people with each look-alike")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=Path("docs/simulation"))
    args = parser.parse_args()
    population, evidence = world()
    sides = dict.fromkeys((evidence.first.id, evidence.second.id), args.patients // 2)
    everybody = sides | dict.fromkeys(others(evidence, population), args.look_alikes)
    work = [*jobs(everybody, args.seed, assumed=True), *jobs(sides, args.seed, assumed=False)]
    counts: dict[bool, Counter[Key]] = {True: Counter(), False: Counter()}
    with Pool() as pool:
        for job, some in pool.imap_unordered(counted, work):
            counts[job.assumed].update(some)
    shares, without = Shares(counts[True]), Shares(counts[False])
    args.out.mkdir(parents=True, exist_ok=True)
    for name, chart in charts(shares, population, evidence).items():
        (args.out / name).write_text(chart, encoding="utf-8")
    text = page(shares, without, population, evidence, args)
    args.out.with_suffix(".md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    goals = list(missed(shares, population, evidence))
    sys.stderr.writelines(f"missed: {one}\n" for one in goals)
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
