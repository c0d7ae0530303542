"""The evaluation as a page to read: the table of words by label, the shares with their intervals, and names."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msals_tui.evaluation.evaluate import Evaluation
from msals_tui.evaluation.share import Share
from msals_tui.evaluation.tally import OF_LOOK_ALIKES, LabelTally, Leaning, Tally
from msals_tui.evidence.pattern import UNDECIDED
from msals_tui.questionnaire.words import Words

_GAP = "  "


def evaluation_text(evaluation: Evaluation, words: Words) -> Iterator[str]:
    """How many there were, which word each label got, how often it was right, and who it was wrong about."""
    tally = evaluation.tally
    yield words("evaluation.compared", count=tally.cases, failed=evaluation.not_compared)
    if evaluation.partial:
        yield words("evaluation.partial", count=evaluation.not_reached)
    yield ""
    yield words("evaluation.words")
    yield from _confusion(tally, words)
    yield ""
    yield words("evaluation.shares")
    yield from _shares(tally, words)
    yield ""
    for heading, leaning in (
        ("evaluation.wrong_leans", tally.wrong_leans),
        ("evaluation.others_leaning", tally.others_leaning),
    ):
        yield words(heading, cases=words("evaluation.nobody") if not leaning else len(leaning))
        yield from (_GAP + _leaning(one, words) for one in leaning)


def _confusion(tally: Tally, words: Words) -> Iterator[str]:
    """A row a label, a column a pattern word."""
    heads = [words("evaluation.leans", side=side.short) for side in tally.sides]
    heads += [words(f"evaluation.pattern.{pattern}") for pattern in UNDECIDED]
    rows = [["", *heads, words("evaluation.all")]]
    rows += [
        [_label(label, words), *map(str, one.patterns.values()), str(one.cases)] for label, one in tally.labels.items()
    ]
    yield from _aligned(rows)


def _shares(tally: Tally, words: Words) -> Iterator[str]:
    """Under each label a row a share; look-alikes only where some case names any."""
    rows: list[list[str]] = []
    for label, one in tally.labels.items():
        rows.append([_heading(label, one, words)])
        rows += [
            [_GAP + words(f"evaluation.share.{measure}"), *_share(share, words)]
            for measure, share in one.shares.items()
            if one.cases and (share.of or measure not in OF_LOOK_ALIKES)
        ]
    yield from _aligned(rows)


def _heading(label: str, one: LabelTally, words: Words) -> str:
    name = _label(label, words)
    if one.net_db is None or one.core_net_db is None:
        return words("evaluation.no_cases", label=name)
    means = {"net_db": _signed(one.net_db), "core_db": _signed(one.core_net_db)}
    return words.some(one.cases, "evaluation.cases", label=name, **means)


def _share(share: Share, words: Words) -> list[str]:
    """How many of how many, the percentage, and between which two it lies."""
    value, interval = share.value, share.interval
    if value is None or interval is None:
        return [words("evaluation.no_case")]
    between = words("evaluation.between", low=_percent(interval.low), high=_percent(interval.high))
    return [words("evaluation.of", count=share.count, of=share.of), f"{_percent(value)} %", between]


def _leaning(one: Leaning, words: Words) -> str:
    label = _label(one.label, words)
    return words("evaluation.leaning", case=one.case, label=label, side=one.toward, net_db=_signed(one.net_db))


def _label(label: str, words: Words) -> str:
    """The name of a label; those of the sides are names already."""
    return {"neither": words("evaluation.neither"), "both": words("evaluation.both")}.get(label, label)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _signed(value: Decimal) -> str:
    """Decibans with the sign that says for which side they speak; zero has none."""
    return f"{value:+.1f}" if value else "0.0"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of one width, the first to the left and the others to the right; a row of one cell is as long as it is."""
    columns = max(map(len, rows))
    table = [row for row in rows if len(row) > 1]
    widths = [max((len(row[at]) for row in table if at < len(row)), default=0) for at in range(columns)]
    for row in rows:
        if len(row) == 1:
            yield row[0]
            continue
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=False)),
        ]
        yield _GAP.join(cells)
