"""The journal's lines: what was written is read, what was touched is found."""

from decimal import Decimal
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from msals_tui.records.journal import Journal, journal, read_journal

HEADER = {"journal": "msals-journal/1", "id": "a" * 32}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text() | st.decimals(-(10**9), 10**9, places=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6).filter(lambda key: key != "decimal"), inner, max_size=3)
    ),
    max_leaves=6,
)
BODIES = st.lists(st.fixed_dictionaries({"do": st.just("answer"), "answer": PLAIN}), max_size=8)


def written(*answers: object) -> Journal:
    return journal([HEADER, *({"do": "answer", "item": "weakness", "answer": one} for one in answers)])


@given(BODIES)
def test_what_was_written_is_read_back_digit_by_digit(bodies: list[dict[str, object]]) -> None:
    kept = journal([HEADER, *bodies])
    read = read_journal(kept.bytes)
    assert [line.body for line in read.lines] == [HEADER, *bodies]
    assert (read.unfinished, read.damaged, read.head) == (False, False, kept.head)


def test_a_number_keeps_its_last_nought() -> None:
    read = read_journal(written(Decimal("2.50")).bytes)
    assert str(read.lines[1].body["answer"]) == "2.50"


def test_every_line_is_one_line_of_ascii() -> None:
    data = written("first\nsecond \x1b]0;title\x07 \u202e").bytes
    assert data.isascii()
    assert data.count(b"\n") == 2
    assert b"\x1b" not in data


@given(BODIES, st.integers(min_value=0))
def test_wherever_a_crash_cuts_it_all_finished_lines_are_good(bodies: list[dict[str, object]], cut: int) -> None:
    kept = journal([HEADER, *bodies])
    data = kept.bytes[: cut % (len(kept.bytes) + 1)]
    read = read_journal(data)
    assert [line.body for line in read.lines] == [HEADER, *bodies][: data.count(b"\n")]
    assert read.unfinished == bool(data and not data.endswith(b"\n"))
    assert not read.damaged


def test_no_flipped_bit_and_no_lost_byte_shows_another_answer_as_good() -> None:
    kept = written("no", "yes", {"missing": "declined"}, ["left_hand"])
    good = [line.body for line in kept.lines]
    for at in range(len(kept.bytes)):
        flips = [bytes([kept.bytes[at] ^ 1 << bit]) for bit in range(8)]
        for instead in (*flips, b""):
            read = read_journal(kept.bytes[:at] + instead + kept.bytes[at + 1 :])
            assert [line.body for line in read.lines] == good[: len(read.lines)]
            assert len(read.lines) < len(good)
            assert read.damaged or read.unfinished


def test_a_line_put_in_taken_out_or_moved_is_found() -> None:
    lines = [line.bytes for line in written("no", "yes", "no").lines]
    for other in (
        [*lines[:2], *lines[3:]],
        [*lines[:2], lines[3], lines[2]],
        [*lines[:2], lines[1], *lines[2:]],
        lines[1:],
    ):
        assert read_journal(b"".join(other)).damaged


def test_a_line_of_another_journal_does_not_fit() -> None:
    one, other = written("no"), journal([{**HEADER, "id": "b" * 32}, {"do": "answer"}])
    assert read_journal(one.lines[0].bytes + other.lines[1].bytes).damaged


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_fail(data: bytes) -> None:
    read_journal(data)
    read_journal(written("no").bytes + data)


def test_a_body_that_is_too_deep_or_no_table_is_damage() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    for body in (deep, "[]", "1", '{"a":1e999}', '{"a":NaN}', '{"a":2.5}'):
        digest = sha256(b"0" * 64 + b" " + body.encode()).hexdigest()
        assert read_journal(f"0 {digest} {body}\n".encode()).damaged
