"""An entry of a journal is read to the letter or not at all: somebody else may have written the file."""

import pytest

from msals_tui.records.entries import body_of, read_entry, read_header
from msals_tui.records.journal import decoded, encoded

AT = "2026-03-04T10:00:00+01:00"
ANSWER = {"at": AT, "ms": 5, "do": "answer", "item": "pain", "answer": "yes", "why": "answer", "wording": "0f83bd6b"}
NOTE = {"at": AT, "ms": 5, "do": "note", "item": "pain", "text": "Since spring."}
HEADER = {
    "journal": "msals-journal/1", "id": "0" * 32, "at": AT, "program": "0.1.0", "safety": "1.0.0", "words": "en",
    "questionnaire": {
        "id": "small", "version": "1.0.0", "sha256": "0" * 64, "language": "en", "voice": "clinician", "title": "Small",
    },
}  # fmt: skip


def test_what_is_read_is_written_again_byte_for_byte() -> None:
    whole = {**ANSWER, "recheck": ["side"], "fires": [], "lapsed": []}
    entry, header = read_entry(whole), read_header({**HEADER, "sealed": True, "moved_from": None})

    assert entry is not None
    assert header is not None
    assert encoded(body_of(entry)) == encoded(whole)
    assert encoded(body_of(header)) == encoded({**HEADER, "sealed": True, "moved_from": None})


@pytest.mark.parametrize(
    "change",
    [
        {"do": "nothing"}, {"do": ["answer"]}, {"do": None}, {"item": "pain\n"}, {"item": "Pain"}, {"item": 1}, {"ms": -1},
        {"ms": True}, {"ms": 1.0}, {"ms": 10**13}, {"at": "2026-03-04T10:00:00"}, {"at": "1850-03-04T10:00:00+00:00"},
        {"at": "2026-03-04T10:00:00+01:00:30"}, {"at": 1}, {"why": "because"}, {"recheck": "side"}, {"recheck": ["side\n"]},
        {"more": 1}, {"(": "AnswerEntry"}, {"wording": 1},
    ],
    ids=repr,
)  # fmt: skip
def test_an_entry_that_is_not_what_the_program_writes_is_none(change: dict[str, object]) -> None:
    assert read_entry(ANSWER) is not None
    assert read_entry({**ANSWER, **change}) is None


@pytest.mark.parametrize(
    "change", [{"id": "0" * 31}, {"id": "0" * 32 + "\n"}, {"words": "english"}, {"questionnaire": {}}, {"journal": "x"}]
)
def test_a_header_that_is_not_what_the_program_writes_is_none(change: dict[str, object]) -> None:
    assert read_header(HEADER) is not None
    assert read_header({**HEADER, **change}) is None


def test_words_that_somebody_else_wrote_are_cleaned_or_refused() -> None:
    assert body_of(read_entry({**NOTE, "text": "a\x1b[2Jb\nc"}))["text"] == "a\ufffd[2Jb\nc"  # type: ignore[arg-type]
    assert read_entry({**NOTE, "text": "x" * 5000}) is None
    assert read_entry(decoded(encoded({**NOTE, "text": "\ud800"})) or {}) is None
