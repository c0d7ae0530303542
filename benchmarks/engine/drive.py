"""Drives one engine over one form and prints one line of JSON about it.

    python benchmarks/engine/drive.py ENGINE COUNT SHAPE [SECONDS]      a form of this harness
    python benchmarks/engine/drive.py ENGINE FOLDER [SECONDS]           a folder with a `spec.json` (neutral-form/1)

Timed are: loading, from the text to a form that can be answered; a forward pass, where one step is to give the answer, bring
up to date who is asked, and look for the next question; and the changes of earlier answers. A phase that takes longer than
SECONDS ends early and says `"complete": false`.
"""

import json
import platform
import resource
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from forms import Form, form, from_spec

_PATIENCE = 60.0
FINDINGS_OF = "whole"
"""The engine whose forms tell of findings, since it compares."""


def main(arguments: Sequence[str]) -> None:
    """One run."""
    name, first, *rest = arguments
    started = time.perf_counter()
    from engines import ENGINES, Library

    importing = time.perf_counter() - started
    if first.isdecimal():
        findings = tuple(Library().evidence.findings) if name == FINDINGS_OF else ()
        one, shape, rest = form(int(first), rest[0], findings=findings), rest[0], rest[1:]
    else:
        one = from_spec(Path(first, "spec.json").read_text(encoding="utf-8"))
        shape = one.id.split("_")[0]
    make, write = ENGINES[name]
    seconds = float(rest[0]) if rest else _PATIENCE
    head = {"engine": name, "version": platform.python_version(), "shape": shape, "import_ms": importing * 1000}
    print(json.dumps(head | run(make, write(one), one, seconds)))


def run(make: Callable[[str], Any], text: str, one: Form, seconds: float) -> dict[str, object]:
    """Loads, answers and revises; the figures by name."""
    before = _memory()
    start, cpu = time.perf_counter_ns(), time.process_time_ns()
    engine = make(text)
    loaded, loaded_cpu = time.perf_counter_ns() - start, time.process_time_ns() - cpu
    count = len(one.questions)
    told: dict[str, object] = {"spec": one.id, "n": count, "load_ms": loaded / 1e6, "load_cpu_ms": loaded_cpu / 1e6}

    steps, number, until = [], 0, time.monotonic() + seconds
    while number < count and not engine.visible(number):
        number += 1
    while number < count and time.monotonic() < until:
        start = time.perf_counter_ns()
        engine.set(number, one.plan[number])
        number += 1
        while number < count and not engine.visible(number):
            number += 1
        steps.append(time.perf_counter_ns() - start)
    complete = number >= count
    told |= {"answers": len(steps), "complete": complete, **_quantiles("answer", steps)}
    if complete:
        told["forward_hash"] = _hash(engine, one)
        revised, until = [], time.monotonic() + seconds
        for number, code in one.revisions:
            if time.monotonic() > until:
                break
            start = time.perf_counter_ns()
            engine.set(number, code)
            revised.append(time.perf_counter_ns() - start)
        told |= {"revisions": len(revised), **_quantiles("revise", revised)}
        if len(revised) == len(one.revisions):
            told |= {"revise_hash": _hash(engine, one), "stored_answers": engine.stored()}
    return told | {"rss_before_mb": before, "rss_peak_mb": _memory()}


def _quantiles(what: str, steps: list[int]) -> dict[str, float]:
    """Microseconds; quantile q of k sorted steps is number floor(q * k)."""
    ranked = sorted(steps)
    shares = {"p50": 0.5, "p99": 0.99, "max": 1.0}
    return (
        {
            f"{what}_{name}_us": ranked[min(len(ranked) - 1, int(share * len(ranked)))] / 1000
            for name, share in shares.items()
        }
        if ranked
        else {}
    )


def _hash(engine: Any, one: Form) -> str:
    """Of the ids of all questions that are asked."""
    asked = [question.id for number, question in enumerate(one.questions) if engine.visible(number)]
    return sha256(",".join(asked).encode()).hexdigest()[:16]


def _memory() -> float:
    """The most memory used so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


if __name__ == "__main__":
    main(sys.argv[1:])
