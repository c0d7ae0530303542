"""Puts damaged and hostile inputs into everything that reads a file, and counts what becomes of them.

    python benchmarks/faults/fuzz.py [--runs 100000] [--seed 1] [--save FOLDER] [PARSER ...]

Each input is a shipped file, a case or a walk of the tests, or a part cut out of one, with one to six changes. It is
accepted, refused with a MsalsError, or uncaught. A refusal must be one sentence that names the file, and no line that
the file has not. Exit status 1 when anything is uncaught or badly said, takes a second of the processor, or makes
memory grow by 256 MB. The same seed makes the same inputs; those that fail are saved, named by parser, seed and
number.
"""

import argparse
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import TypeAlias

from msals_tui.content.case_files import LABELS, AnswersFile, SummaryFile, read_case
from msals_tui.content.checks import check
from msals_tui.content.file import content, schema_of
from msals_tui.content.library import Library, shipped
from msals_tui.content.shape import shape
from msals_tui.errors import ContentFaults, InputFault, MsalsError
from msals_tui.evaluation.labels import read_labels
from msals_tui.evidence.model import FindingsFile, LookAlikesFile, SourcesFile, WeighingFile
from msals_tui.evidence.reference import ReferenceFile
from msals_tui.evidence.terms import HpoFile, TermsFile
from msals_tui.exchange.matching import match
from msals_tui.exchange.phenopacket import read_phenopacket
from msals_tui.interview.events import Answered, Noted
from msals_tui.questionnaire.base import Definition
from msals_tui.questionnaire.model import QuestionnaireFile, WordsFile
from msals_tui.questionnaire.translation import TranslationFile, translated, translation_problems
from msals_tui.questionnaire.words import Words
from msals_tui.records.drafts import carry_over, read_draft, take_up
from msals_tui.records.hand_over import summary_text
from msals_tui.records.journal import decoded, encoded, journal, read_journal
from msals_tui.records.kept import Kept
from msals_tui.records.recording import Recording
from msals_tui.records.store import Records
from msals_tui.safety.model import SafetyFile
from msals_tui.session.clock import FixedClock
from msals_tui.session.compare_case import compare_file
from msals_tui.session.load_content import load_content
from msals_tui.session.replay import content_for, replay
from msals_tui.session.session import Session
from msals_tui.simulation.model import ClassesFile

TESTS = Path(__file__).resolve().parents[2] / "tests"
NAME = "input.toml"
RECORD = "0123456789abcdef0123456789abcdef"
CLOCK = FixedClock(datetime(2026, 3, 1, 9, 30, tzinfo=UTC), RECORD)
"""What every input is called; refusals must begin with it."""
LONGEST_SENTENCE = 400
SLOW_SECONDS = 1.0
TOO_LONG = "takes too long"
HANGS_SECONDS = 20
MOST_GROWTH_KB = 256 * 1024
MOST_SEED_BYTES = 3000
MOST_INPUT_BYTES = 100_000
CHUNK = 1000
SHOWN_FINDINGS = 40
LANGUAGE = "en"

Judge: TypeAlias = Callable[[bytes], bool]
"""Reads one input: True when it is accepted, False when the reader says that it is damaged; MsalsError when refused."""


@cache
def library() -> Library:
    """The shipped content, read once a process."""
    return Library()


# The parsers


def judge_content(model: type[Definition], data: bytes) -> bool:
    """A content file, as the library reads it."""
    schema_of(data, NAME)
    shape(content(data, NAME), model)
    return True


def judge_questionnaire(data: bytes) -> bool:
    """A questionnaire, as one that somebody names is read."""
    file = content(data, NAME)
    library().resolve(file, shape(file, QuestionnaireFile))
    return True


def judge_translation(data: bytes) -> bool:
    """A translation, and the questions in it."""
    shaped = shape(content(data, NAME), TranslationFile)
    _, brief = library().questionnaire_files["ms_als_brief"]
    if not any(one.blocks for one in translation_problems(shaped, brief, brief.language)):
        translated(brief, shaped.words)
    return True


def judge_words(data: bytes) -> bool:
    """The words of a language."""
    shaped = shape(content(data, NAME), WordsFile)
    Words(shaped.language, shaped.words)
    return True


def judge_check(data: bytes) -> bool:
    """Any content file, as `msals-tui check` reads it, with what can be understood of a faulty one."""
    if faults := check([written(data)], library()):
        raise ContentFaults(faults)
    return True


def judge_case(data: bytes) -> bool:
    """Anything that `msals-tui compare` reads, to its shape."""
    read_case(written(data))
    return True


def judge_replay(data: bytes) -> bool:
    """An answers file or a summary, to the summary that `msals-tui replay` makes of it."""
    file, case = read_case(written(data))
    if not isinstance(case, AnswersFile | SummaryFile):
        return False
    asked = content_for(file, case, library(), None)
    summary_text(replay(file, case, asked, lambda: library().words(LANGUAGE)).session, library().words(LANGUAGE))
    return True


def judge_compare(data: bytes) -> bool:
    """Any case, to its comparison."""
    compare_file(written(data), library())
    return True


def judge_labels(data: bytes) -> bool:
    """The labels of a folder of cases; some of them may be faulty."""
    Path(LABELS).write_bytes(data)
    labels = read_labels(Path(), library().evidence)
    if labels.faults:
        raise ContentFaults(labels.faults)
    return True


def judge_phenopacket(data: bytes) -> bool:
    """A phenopacket, to its findings."""
    match(read_phenopacket(data, NAME), library().terms, library().evidence.findings)
    return True


def judge_journal(data: bytes) -> bool:
    """A journal, which never raises."""
    return not read_journal(data).damaged


def judge_record(data: bytes) -> bool:
    """The entries of a record, a line each, chained as our own program would: to a sitting, and into another version."""
    chained = journal(body for line in data.split(b"\n") if (body := decoded(line)) is not None)
    asked = load_content(library(), "ms_als_brief", language=LANGUAGE)
    try:
        draft = read_draft(Kept(RECORD, chained))
        for take in (take_up, carry_over):
            summary_text(take(draft, asked, CLOCK).session, library().words(LANGUAGE))
    except InputFault as fault:
        if fault.where != RECORD:
            raise
        raise InputFault(fault.what, where=NAME, hint=fault.hint) from None  # a record is named by its id
    return True


def written(data: bytes) -> str:
    """The name of a file that holds the input."""
    Path(NAME).write_bytes(data)
    return NAME


JUDGES: dict[str, Judge] = {
    "questionnaire": judge_questionnaire,
    "findings": partial(judge_content, FindingsFile),
    "weighing": partial(judge_content, WeighingFile),
    "look_alikes": partial(judge_content, LookAlikesFile),
    "terms": partial(judge_content, TermsFile),
    "hpo": partial(judge_content, HpoFile),
    "safety": partial(judge_content, SafetyFile),
    "simulation": partial(judge_content, ClassesFile),
    "sources": partial(judge_content, SourcesFile),
    "reference": partial(judge_content, ReferenceFile),
    "words": judge_words,
    "translation": judge_translation,
    "check": judge_check,
    "answers": judge_case,
    "findings_input": judge_case,
    "summary": judge_case,
    "replay": judge_replay,
    "compare": judge_compare,
    "labels": judge_labels,
    "phenopacket": judge_phenopacket,
    "journal": judge_journal,
    "record": judge_record,
}
"""Every parser by its name."""


# What the inputs are made of

CONTENT_FILES = {
    "questionnaire": ("ms_als_intake.toml", "ms_als_brief.toml"),
    "findings": ("evidence/findings.toml",),
    "weighing": ("evidence/weighing.toml",),
    "look_alikes": ("evidence/look_alikes.toml",),
    "terms": ("evidence/terms.toml",),
    "hpo": ("evidence/hpo.toml",),
    "safety": ("safety.toml",),
    "simulation": ("simulation.toml",),
    "sources": ("sources.toml",),
    "reference": ("reference.toml",),
    "words": ("languages/en.toml",),
}
TRANSLATION = b"""schema = "msals-translation/1"
language = "de"
questionnaire = "ms_als_brief"
title = "Klein"
[section.onset]
title = "Erstens"
[item.age_at_onset]
ask = "Wie alt?"
ask_patient = "Wie alt waren Sie?"
why = "Das Alter."
[item.first_problem]
ask = "Was zuerst?"
options.sight.label = "Sehen"
"""
MADE_FROM = ("brief_ms_woman_29", "brief_stroke_now_man_70", "als_limb_man_63_history")
"""The walks whose summaries are inputs."""

_heading = re.compile(r"\[+([^\]\n]+)\]+")


def pieces(text: str, most: int = MOST_SEED_BYTES) -> list[bytes]:
    """Small files cut out of a large one: its head, one part and what is around it; last, its head and one of each."""
    head, *blocks = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    names = [tuple(found[1].split(".")) if (found := _heading.match(one)) else () for one in blocks]
    clipped = [one if len(one) <= most else one[: one.rfind("\n", 0, most // 2) + 1] for one in blocks]
    latest: dict[tuple[str, ...], str] = {}
    firsts: dict[tuple[str, ...], str] = {}
    cut = []
    for at, name in enumerate(names):
        around = "".join(latest[name[:end]] for end in range(1, len(name)) if name[:end] in latest)
        inside = at + 1
        while inside < len(names) and len(names[inside]) > len(name) and names[inside][: len(name)] == name:
            inside += 1
        cut.append(head + around + "".join(clipped[at:inside]))
        latest[name] = clipped[at]
        firsts.setdefault(name, clipped[at])
    cut.append(head + "".join(firsts.values()))
    return [one.encode() for one in cut if len(one) <= 3 * most]


@cache
def seeds(parser: str) -> tuple[bytes, ...]:
    """The undamaged files of a parser; `check` takes those of every kind of content alike."""
    match parser:
        case "translation":
            found = [TRANSLATION]
        case "answers" | "findings_input" | "phenopacket":
            folders = {"answers": "answers", "findings_input": "reports", "phenopacket": "phenopackets"}
            paths = sorted((TESTS / "cases" / folders[parser]).glob("*.*"))
            found = [path.read_bytes() for path in paths if path.name != LABELS]
            found += [path.read_bytes() for path in sorted((TESTS / "walks").iterdir()) if parser == "answers"]
            found = [one for one in found if len(one) <= MOST_SEED_BYTES]
        case "summary":
            found = [one for name in MADE_FROM for one in pieces(summary_of(name))]
            found.append(summary_of(MADE_FROM[0]).encode())
        case "replay":
            found = [*seeds("answers"), *seeds("summary")[-10:]]
        case "compare":
            found = [one for kind in ("answers", "findings_input", "phenopacket") for one in seeds(kind)]
            found += seeds("summary")[-10:]
        case "labels":
            found = [one for path in sorted(TESTS.glob(f"cases/*/{LABELS}")) for one in pieces(path.read_text("utf-8"))]
        case "journal":
            found = [journal(bodies()[:length]).bytes for length in (1, 2, 5, 12)]
        case "record":
            found = [b"\n".join(map(encoded, record_bodies()[:length])) for length in (2, 3, 6, 20)]
        case _:
            texts = [(shipped() / name).read_text("utf-8") for name in CONTENT_FILES[parser]]
            if parser == "words":  # another language is compared with English
                texts += [one.replace('"en"', '"de"') for one in texts]
            found = [one for text in texts for one in (*pieces(text), text.encode()) if len(one) <= 3 * MOST_SEED_BYTES]
    accepted = [one for one in found if is_accepted(parser, one)]
    return (*found, *accepted * (len(found) // max(len(accepted), 1) - 1))


def is_accepted(parser: str, data: bytes) -> bool:
    """Whether a part that was cut out is a whole file to its parser; half of what is damaged should be."""
    try:
        return JUDGES[parser](data)
    except MsalsError:
        return False


def summary_of(walk: str) -> str:
    """The summary that a replay of this walk writes."""
    file, case = read_case(str(TESTS / "walks" / f"{walk}.toml"))
    if not isinstance(case, AnswersFile):
        raise TypeError(f"{walk} holds no answers")
    asked = load_content(library(), case.questionnaire, language=LANGUAGE)
    return summary_text(replay(file, case, asked, lambda: library().words(LANGUAGE)).session, library().words(LANGUAGE))


def bodies() -> list[dict[str, object]]:
    """The entries of the journal of one intake."""
    _, case = read_case(str(TESTS / "walks" / f"{MADE_FROM[0]}.toml"))
    answers = case.answers if isinstance(case, AnswersFile) else {}
    header: dict[str, object] = {"journal": "msals-journal/1", "id": "0" * 32, "questionnaire": "ms_als_brief"}
    at = "2026-03-01T10:{:02}:00Z"
    return [
        header,
        *(
            {"do": "answer", "at": at.format(number), "item": item, "answer": answer}
            for number, (item, answer) in enumerate(answers.items())
        ),
    ]


def record_bodies() -> list[dict[str, object]]:
    """The entries of a record as the program writes them."""
    _, case = read_case(str(TESTS / "walks" / f"{MADE_FROM[0]}.toml"))
    asked = load_content(library(), "ms_als_brief", language=LANGUAGE)
    session = Session(asked, CLOCK)
    with tempfile.TemporaryDirectory() as folder:
        recording = Recording(session, Records(Path(folder) / "records"), LANGUAGE)
        for item, answer in (case.answers if isinstance(case, AnswersFile) else {}).items():
            if item in session.interview.response.asked:
                session.post(Answered(item, asked.questionnaire.item(item).read(answer, session.started.date())))
                session.post(Noted(item, "a note"))
        recording.save()
        (kept,) = Records(Path(folder) / "records").all()
        recording.close()
    return [dict(line.body) for line in kept.journal.lines]


# How they are damaged

TOKENS = tuple(
    one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass")
    for one in (
        "[", "]", "{", "}", "[[", "]]", "=", ",", ".", "#", '"', "'", '"""', "'''", "\\", "\\u0000", "\\uD800",
        "\\U0010FFFF", "\\x41", "\\e", "0", "-0", "+1", "007", "1_000", "1__0", "0x1F", "0b1", "0o7", "9" * 19,
        "9" * 30, "9" * 5000, "1e999", "-1e-999", "1e5", "1.5", ".5", "5.", "nan", "inf", "-inf", "NaN", "Infinity",
        "true", "false", "True", "null", "2019-04-23", "2019-02-30", "0000-01-01", "9999-12-31T23:59:60Z",
        "0001-01-01T00:00:00+23:59", "2019-04-23 10:00:00", "10:00:00", "2019", "8 months ago", "P35Y", "P1Y2M",
        "a.b.c", "a." * 40 + "b", "[" * 40, "[" * 2000, "{a=" * 40, "[{" * 400, '{"a":' * 400, "id", "type", "schema",
        "when", "all", "any", "not", "item", "finding", "missing", "answers", "__class__", '""', '" "', "{}", "[]",
        "[[]]", "[{}]", '{missing = "not_asked"}', "{ all = [] }", "{ not = { not = {} } }", "x" * 65, "x" * 5000,
        '"' + "x" * 5000 + '"', "\ufeff", "\r\n", "\r", "\n", "\n\n", "\t", "\x00", "\x1b]0;t\x07", "\x7f", "\u0085",
        "\u202e", "\u2028", "\u200b", "\ud800", "\U0010ffff", "a" + "\u0301" * 50, "{0.__class__}", "{", "%s",
        "(a+)+$", "../x", b"\xff", b"\xc0\xaf", b"\xe9", b"\x80", b"\x00" * 512, "\n[x]\n", "\n[[section]]\n",
        '\n"" = 1\n', "\na.b = 1\n",
    )
)  # fmt: skip
VALUES = tuple(
    one.encode()
    for one in (
        "true", "0", "-1", "1", "2", "0.5", "1e30", "1e-30", "999999999999999999", "1000000000000000000", "nan",
        "inf", '""', '" "', '"no"', '"yes"', '"none"', '"x"', '"\\u0000"', '"\\u001b[2J"', '"a\\nb"', '"\\U000E0041"',
        '"' + "long " * 200 + '"', "[]", "[1]", '["x"]', '["x", "x"]', '[["x"]]', "{}", "{ x = 1 }",
        '{ missing = "not_sure" }', '{ missing = ["x"] }', '{ item = "pain", is = "yes" }', "{ all = [] }",
        "{ any = [{ }] }", "[{}]", '[{ x = "y" }]', '"2019-04"', '"99999 days ago"', "2019-04-23",
        "2019-04-23T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "00:00:00", '"P999Y"',
        '"1.0.0"', '"en"', '"HP:0001234"', '{"id": "HP:0001250"}', "null", '[{"type": {"id": "HP:0001250"}}]',
    )
)  # fmt: skip

_token = re.compile(rb'"[^"\n]*"|[\w.+-]+|[\[\]{}=,:\n]')
_value = re.compile(rb'[=:][ ]?("[^"\n]*"|[\w.+-]+|\[[^\]\n]*\]|\{[^}\n]*\})')
_run = (1, 1, 2, 4, 16, 64, 300)


def damaged(parser: str, seed: int, number: int) -> bytes:
    """The input of this number."""
    chance = Random(f"{seed}/{parser}/{number}")
    good = seeds(chance.choice((*CONTENT_FILES, "translation")) if parser == "check" else parser)
    data = chance.choice(good)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choices(CHANGES, WEIGHTS)[0](data, good, chance)
    return data[:MOST_INPUT_BYTES]


def flip_bit(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """One bit of one byte."""
    if not data:
        return b"\0"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def delete(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """A run of bytes."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.choice(_run) :]


def cut_off(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """Everything from some place on."""
    return data[: chance.randrange(len(data) + 1)]


def insert_bytes(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """Bytes that mean nothing."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 1, 2, 8))) + data[at:]


def insert_token(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """Something that means much to a reader."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def change_token(data: bytes, good: Sequence[bytes], chance: Random) -> bytes:
    """A word, number or bracket, for one that means much or one of another file."""
    found = _token.search(data, chance.randrange(len(data) + 1))
    if found is None:
        return data
    other = chance.choice(good)
    instead = _token.search(other, chance.randrange(len(other) + 1)) if chance.random() < 1 / 2 else None
    return data[: found.start()] + (instead[0] if instead else chance.choice(TOKENS)) + data[found.end() :]


def change_value(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """The value of a key, for one of another kind: mostly still a file, of another shape."""
    found = _value.search(data, chance.randrange(len(data) + 1))
    return data if found is None else data[: found.start(1)] + chance.choice(VALUES) + data[found.end(1) :]


def double_run(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """A run of bytes, once more or many times."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at : at + chance.choice(_run)] * chance.choice((1, 1, 2, 20)) + data[at:]


def change_lines(data: bytes, good: Sequence[bytes], chance: Random) -> bytes:
    """A line lost, doubled, moved, or taken from another file."""
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines.insert(at, chance.choice(chance.choice(good).split(b"\n")))
    return b"\n".join(lines)


def splice(data: bytes, good: Sequence[bytes], chance: Random) -> bytes:
    """The beginning of one file and the end of another."""
    other = chance.choice(good)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def encode(data: bytes, _: Sequence[bytes], chance: Random) -> bytes:
    """The whole in a foreign way of writing."""
    text = data.decode("utf-8", "replace")
    match chance.randrange(5):
        case 0:
            return b"\xef\xbb\xbf" + data
        case 1:
            return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32")))
        case 2:
            return data.replace(b"\n", chance.choice((b"\r\n", b"\r")))
        case 3:
            return data.replace(b"e", b"\xe9")
        case _:
            at = chance.randrange(len(data) + 1)
            return data[:at] + bytes(512) + data[at + 512 :]


Change: TypeAlias = Callable[[bytes, Sequence[bytes], Random], bytes]
CHANGES: tuple[Change, ...] = (
    flip_bit, delete, cut_off, insert_bytes, insert_token, change_token, change_value, double_run, change_lines, splice,
    encode,
)  # fmt: skip
WEIGHTS = (3, 2, 1, 1, 4, 5, 8, 2, 4, 2, 1)


# What becomes of them


class HangsError(BaseException):
    """An input has kept the processor busy for longer than anybody waits; no parser may catch it."""


@dataclass
class Count:
    """What became of some inputs of one parser."""

    parser: str
    inputs: int = 0
    accepted: int = 0
    refused: int = 0
    uncaught: int = 0
    badly_said: int = 0
    slowest: float = 0.0
    """Seconds of the processor."""
    growth: int = 0
    """Of the memory of the process since it read its content, in kB."""
    findings: Counter[str] = field(default_factory=Counter)
    """Each different fault, and how often."""

    def add(self, other: "Count") -> None:
        """Takes up what was counted elsewhere."""
        self.inputs += other.inputs
        self.accepted += other.accepted
        self.refused += other.refused
        self.uncaught += other.uncaught
        self.badly_said += other.badly_said
        self.slowest = max(self.slowest, other.slowest)
        self.growth = max(self.growth, other.growth)
        self.findings += other.findings

    @property
    def failed(self) -> bool:
        """Whether anything happened that may not."""
        return bool(self.findings) or self.growth > MOST_GROWTH_KB


def judged(parser: str, data: bytes, count: Count) -> str:
    """Reads one input and counts it; what is wrong with how it was read, "" for nothing."""
    count.inputs += 1
    started, ended = time.process_time(), 0.0
    wrong = ""
    try:
        if JUDGES[parser](data):
            count.accepted += 1
        else:
            count.refused += 1
    except MsalsError as refusal:
        ended = time.process_time()
        count.refused += 1
        wrong = badly_said(refusal, data, LABELS if parser == "labels" else NAME)
        count.badly_said += bool(wrong)
    except (Exception, HangsError) as error:  # noqa: BLE001 - to find these is what all of this is for
        count.uncaught += 1
        last = traceback.extract_tb(error.__traceback__)[-1]
        wrong = f"uncaught {type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
    took = (ended or time.process_time()) - started
    count.slowest = max(count.slowest, took)
    return wrong or (TOO_LONG if took > SLOW_SECONDS else "")


_sentence = re.compile(r"(?P<file>[^:]+)(?::(?P<line>\d+))?: .+")
_code = re.compile(r": ([A-Z_]{3,}): ")


def badly_said(refusal: MsalsError, data: bytes, name: str) -> str:
    """What is wrong with the sentences of a refusal, "" for nothing."""
    faults = refusal.faults if isinstance(refusal, ContentFaults) else ()
    lines = data.count(b"\n") + 1
    for sentence in (str(refusal), *map(str, faults)):
        found = _sentence.fullmatch(sentence)
        code = code[1] if (code := _code.search(sentence)) else refusal.what[:40]
        if not sentence.isprintable():
            return f"said with control characters: {code!a}"
        if found is None or found["file"] != name:
            return f"said without the file: {code}"
        if len(sentence) > LONGEST_SENTENCE:
            return f"said in more than {LONGEST_SENTENCE} characters: {code}"
        if found["line"] is not None and int(found["line"]) > lines:
            return f"said of a line that is not there: {code}"
    return ""


@dataclass(frozen=True)
class Chunk:
    """Some inputs of one parser."""

    parser: str
    seed: int
    numbers: range
    save: str
    """The folder for inputs that fail."""


_memory_at_start = 0


def start(folder: str) -> None:
    """Makes a process ready: in a folder of its own below this one, with all content read, inputs bounded in time."""
    global _memory_at_start  # noqa: PLW0603 - a process has one
    os.chdir(tempfile.mkdtemp(dir=folder))
    signal.signal(signal.SIGPROF, hangs)
    for parser in JUDGES:
        judged(parser, damaged(parser, 0, 0), Count(parser))
    _memory_at_start = getrusage(RUSAGE_SELF).ru_maxrss


def hangs(*_: object) -> None:
    """Ends an input that does not end by itself."""
    raise HangsError


def run(chunk: Chunk) -> Count:
    """Reads the inputs of a chunk; saves the first of each kind that fails."""
    count = Count(chunk.parser)
    for number in chunk.numbers:
        data = damaged(chunk.parser, chunk.seed, number)
        signal.setitimer(signal.ITIMER_PROF, HANGS_SECONDS)
        wrong = judged(chunk.parser, data, count)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if wrong:
            if wrong not in count.findings:
                Path(chunk.save).mkdir(parents=True, exist_ok=True)
                (Path(chunk.save) / f"{chunk.parser}-{chunk.seed}-{number}").write_bytes(data)
                say(f"  {chunk.parser} {chunk.seed} {number}: {wrong}")
            count.findings[wrong] += 1
    count.growth = max(getrusage(RUSAGE_SELF).ru_maxrss - _memory_at_start, 0)
    return count


def chunks(parsers: Sequence[str], runs: int, seed: int, save: str) -> Iterator[Chunk]:
    """The runs, spread evenly over the parsers."""
    each = -(-runs // len(parsers))
    for parser in parsers:
        for first in range(0, each, CHUNK):
            yield Chunk(parser, seed, range(first, min(first + CHUNK, each)), save)


def say(line: str) -> None:
    """One line, at once: a long run is looked at while it goes on."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Runs what the command line asks for, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000, metavar="N", help="inputs in all (100000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same inputs (1)")
    parser.add_argument(
        "--save", default="fuzz-findings", metavar="FOLDER", help="for inputs that fail (fuzz-findings)"
    )
    parser.add_argument("parsers", nargs="*", metavar="PARSER", help=f"one of {', '.join(JUDGES)}; all by default")
    asked = parser.parse_args()
    if unknown := [one for one in asked.parsers if one not in JUDGES]:
        parser.error(f"no such parser: {', '.join(unknown)}")
    parsers = list(dict.fromkeys(asked.parsers)) or list(JUDGES)
    counts = {one: Count(one) for one in parsers}
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="msals-fuzz-") as folder,
        ProcessPoolExecutor(initializer=start, initargs=(folder,)) as pool,
    ):
        for count in pool.map(run, chunks(parsers, asked.runs, asked.seed, str(Path(asked.save).resolve()))):
            counts[count.parser].add(count)
    table(list(counts.values()), time.monotonic() - began)
    return int(any(one.failed for one in counts.values()))


def table(counts: Sequence[Count], seconds: float) -> None:
    """Says what became of all inputs."""
    say(
        f"{'parser':15} {'inputs':>9} {'accepted':>9} {'refused':>9} "
        f"{'uncaught':>8} {'unclear':>7} {'slowest ms':>10} {'grew MB':>7}"
    )
    whole = Count("all")
    for one in counts:
        whole.add(one)
    for one in (*counts, whole):
        say(
            f"{one.parser:15} {one.inputs:9} {one.accepted:9} {one.refused:9} {one.uncaught:8} {one.badly_said:7} "
            f"{one.slowest * 1000:10.0f} {one.growth / 1024:7.0f}"
        )
    for one in counts:
        for wrong, times in one.findings.most_common(SHOWN_FINDINGS):
            say(f"  {one.parser}: {wrong} ({times} times)")
    say(f"{whole.inputs} inputs in {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
