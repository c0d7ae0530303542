"""Only what a person can have typed is a key: replies mean nothing however they come, and no byte ends the program."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.events import AppBlur, AppFocus, Key, MouseEvent, Paste
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from msals_tui.sequences import without_sequences
from msals_tui.ui.terminal.key_filter import SILENCE
from msals_tui.ui.terminal.paste import PasteParser
from replies import REPLIES

ESC = "\x1b"
READ_SECONDS = 0.001
KNOWN = (Key, MouseEvent, Paste, AppFocus, AppBlur, TerminalSupportsSynchronizedOutput)


class Keyboard:
    """A parser, and time that passes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.parser = PasteParser(now=lambda: self.seconds)

    def come(self, *reads: str, seconds: float = READ_SECONDS) -> list[Message]:
        """What comes of these reads, so many seconds apart."""
        return [message for data in reads for message in (*self.wait(seconds), *self.parser.feed(data))]

    def wait(self, seconds: float = 2 * SILENCE) -> list[Message]:
        """What comes of nothing."""
        self.seconds += seconds
        return list(self.parser.tick())


def keys(messages: Iterable[Message]) -> list[str]:
    """The keys among them."""
    return [message.key for message in messages if isinstance(message, Key)]


def what_comes_of(*reads: str, seconds: float = READ_SECONDS) -> list[Message]:
    """What comes of these reads and a silence."""
    keyboard = Keyboard()
    return [*keyboard.come(*reads, seconds=seconds), *keyboard.wait()]


def in_pieces(text: str, cuts: Sequence[int]) -> list[str]:
    """A text cut at these places."""
    places = [0, *sorted({cut % (len(text) + 1) for cut in cuts}), len(text)]
    return [text[first:last] for first, last in pairwise(places) if first < last]


# What nobody typed


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_means_nothing_whole_in_two_reads_in_single_characters_or_late(name: str) -> None:
    reply = REPLIES[name]
    assert what_comes_of(reply) == []
    assert what_comes_of(*reply) == []
    for cut in range(1, len(reply)):
        assert what_comes_of(reply[:cut], reply[cut:]) == [], cut
        if f"\x07{reply[:cut]}"[-2:] != f"\x07{ESC}":  # alone for so long it is Esc
            assert what_comes_of(reply[:cut], reply[cut:], seconds=SILENCE / 2) == [], cut


@given(
    st.lists(st.sampled_from([*REPLIES.values()]), max_size=6).map("".join), st.lists(st.integers(0, 500), max_size=9)
)
def test_keys_beside_replies_are_those_of_the_person(replies: str, cuts: list[int]) -> None:
    keyboard = Keyboard()
    came = keyboard.come("a", *in_pieces(replies, cuts), "b", "\x1b[A")
    assert keys(came) == ["a", "b", "up"]


def test_a_reply_that_is_cut_behind_its_first_character_types_nothing() -> None:
    for name, reply in REPLIES.items():
        if reply[0] == ESC and reply[1] in "[]" and reply[1:3] != "[M":
            assert keys(what_comes_of(ESC, reply[1:], seconds=0.2)) == ["escape"], name


@pytest.mark.parametrize(
    "begun",
    ["\x1b]", "\x1b]11;rgb:", "\x1bP1$", "\x1b_", "\x1b^", "\x1bX", "\x1b[", "\x1b[8;2", "\x1bO", "\x9d", "\x1b[M "],
)
def test_what_was_begun_and_never_goes_on_deafens_nobody(begun: str) -> None:
    keyboard = Keyboard()
    assert keyboard.come(begun) == []
    left = keyboard.parser.seconds_left()
    assert left is not None
    assert left <= SILENCE
    assert keyboard.wait(left) == []
    assert keyboard.parser.seconds_left() is None
    assert keys(keyboard.come("1", "\r")) == ["1", "enter"]


@pytest.mark.parametrize("begun", ["\x1b]11;rgb:", "\x1bP1$", "\x1b_"])
def test_a_key_with_a_sequence_of_its_own_ends_a_string_at_once(begun: str) -> None:
    assert keys(what_comes_of(begun, "\x1b[A", "1")) == ["up", "1"]


# What ends nothing

PIECES = [
    *REPLIES.values(), ESC, "\x1b[", "\x1bO", "\x1b]", "\x1bP", "\x1b[200~", "\x1b[201~", "\x1b[<0;1;1M",
    "\x1b[<99999;99999;0m",
    "\x1b[97;1:3u", "\x1b[97:65;2u", "\x1b[1;1:3A", "\x1b[1114112;5u", "\x1b[99999999999999999999~", "\x1b[55296u",
    "\x1b[;;u",
    "\x1b[57427u", "\x1b[97;999u", "\x1b[97;;1114112u", "\x1b[<-1;-1;-1M", "\udcff", "\ud800", "\x00", "\x7f", "\r",
    "1", "\x1b[[", "\x1b[3$",
]  # fmt: skip


ANYTHING = st.text(max_size=4) | st.binary(max_size=6).map(lambda one: one.decode("utf-8", "surrogateescape"))


@given(
    st.lists(st.sampled_from(PIECES) | ANYTHING, max_size=30).map("".join),
    st.lists(st.integers(0, 500), max_size=12),
    st.floats(0, 3),
)
@example("\x1b[97:65;2u\x1b[1;1:3A\x1b[1114112;5u", [], 0.0)
def test_no_byte_ends_anything_and_no_key_is_other_than_a_key(text: str, cuts: list[int], seconds: float) -> None:
    keyboard = Keyboard()
    for message in [*keyboard.come(*in_pieces(text, cuts), seconds=seconds), *keyboard.wait()]:
        assert isinstance(message, KNOWN)
        if isinstance(message, Key):
            assert not any("\ud800" <= one <= "\udfff" for one in f"{message.key}{message.character or ''}")
    keyboard.wait()
    assert keyboard.parser.seconds_left() is None
    assert keys(keyboard.come("a")) == ["a"], "the keyboard is still heard"


@given(st.text(alphabet="0123456789:;", max_size=24), st.sampled_from("u~ABCDEFHPQRSZ^$@"))
def test_no_number_of_a_key_ends_anything_and_what_it_writes_is_a_character(numbers: str, final: str) -> None:
    for message in what_comes_of(f"\x1b[{numbers}{final}", "x"):
        assert isinstance(message, Key)
        assert message.character is None or len(message.character) == 1
    assert keys(what_comes_of(f"\x1b[{numbers}{final}", "\x1b[B"))[-1:] == ["down"]


# What a person typed

TYPED = {
    "a": "a", " ": "space", "\r": "enter", "\t": "tab", "\x7f": "backspace", "\x04": "ctrl+d", "\x10": "ctrl+p",
    "é": "é", "筋": "筋",
    ESC: "escape", "\x1b[27u": "escape", "\x1b[27;1u": "escape",
    "\x1b[A": "up", "\x1bOA": "up", "\x1b[1;1A": "up", "\x1b[1;65A": "up", "\x1b[57419u": "up", "\x1b[B": "down",
    "\x1b[1;2B": "shift+down",
    "\x1b[a": "shift+up", "\x1bOd": "ctrl+left", "\x1b[5D": "ctrl+left", "\x1b[1;5D": "ctrl+left",
    "\x1b[1;3D": "alt+left",
    "\x1b[H": "home", "\x1bOH": "home", "\x1b[1~": "home", "\x1b[7~": "home", "\x1b[F": "end", "\x1b[4~": "end",
    "\x1b[3~": "delete",
    "\x1b[3;5~": "ctrl+delete", "\x1b[3$": "shift+delete", "\x1b[3^": "ctrl+delete", "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
    "\x1bOP": "f1", "\x1b[P": "f1", "\x1b[[A": "f1", "\x1b[11~": "f1", "\x1b[1;1P": "f1", "\x1bOR": "f3",
    "\x1b[13~": "f3", "\x1b[[C": "f3",
    "\x1b[15~": "f5", "\x1b[15;2~": "shift+f5", "\x1b[18~": "f7", "\x1b[21~": "f10", "\x1b[24~": "f12",
    "\x1b[24;1:1~": "f12",
    "\x1b[Z": "shift+tab", "\x1b[97;5u": "ctrl+a", "\x1b[100;5u": "ctrl+d", "\x1b[100;5:2u": "ctrl+d",
    "\x1b[27;5;100~": "ctrl+d",
    "\x1b[97u": "a", "\x1b[97;;97u": "a", "\x1b[97;1:1;97u": "a", "\x1b[97:65;2;65u": "A", "\x1b[97:65;2u": "A",
    "\x1b[97;2u": "A",
    "\x1b[27;2;65~": "A", "\x1b[49:33;2u": "!", "\x1b[57400;;49u": "1", "\x1b[57400u": "1", "\x1b[13u": "enter",
    "\x1b[57414u": "enter",
    "\x1b[9;2u": "shift+tab", "\x1b[127u": "backspace", "\x1bOM": "enter", "\x1bOq": "1",
    "\x1b8": "alt+8", "\x1b9": "alt+9", "\x1b0": "alt+0", "\x1bp": "alt+p", "\x1b[112;3u": "alt+p",
    "\x1b[56;3u": "alt+8", "\x1bR": "alt+shift+r",
    "\x1b\x7f": "ctrl+w", "\x1bb": "ctrl+left", "\x1b\x04": "alt+ctrl+d",
}  # fmt: skip
"""Keys as terminals write them, each with its name."""
NAMES = {"!": "exclamation_mark"}


@pytest.mark.parametrize("sent", TYPED)
def test_a_key_is_that_key_however_it_is_written_and_cut(sent: str) -> None:
    wanted = [NAMES.get(TYPED[sent], TYPED[sent])]
    assert keys(what_comes_of(sent)) == wanted
    assert keys(what_comes_of(*sent)) == wanted


@given(st.lists(st.sampled_from([one for one in TYPED if one not in (ESC, "\x1b[3$")]), max_size=20))
def test_keys_that_come_in_one_read_are_all_there_in_their_order(sent: list[str]) -> None:
    assert keys(what_comes_of("".join(sent))) == [NAMES.get(TYPED[one], TYPED[one]) for one in sent]


def test_what_a_key_writes_is_what_stands_on_it() -> None:
    for sent, written in {
        "\x1b[97;2u": "A",
        "\x1b[49:33;2u": "!",
        "\x1b[97;;97u": "a",
        "\x1b[57400u": "1",
        "\x1b[97;5u": None,
    }.items():
        (key,) = what_comes_of(sent)
        assert isinstance(key, Key)
        assert key.character == written, sent


def test_two_escapes_are_two() -> None:
    assert keys(what_comes_of(ESC + ESC)) == ["escape", "escape"]
    assert keys(what_comes_of(ESC, ESC, seconds=0.2)) == ["escape", "escape"]


def test_an_escape_right_before_a_reply_is_one_and_before_a_key_it_is_alt() -> None:
    for name, reply in REPLIES.items():
        if reply != REPLIES["bytes that are no UTF-8"]:
            assert keys(what_comes_of(ESC + reply)) == ["escape"], name
    assert keys(what_comes_of("\x1b\x1b[A", "\x1b\x1bOB")) == ["up", "down"], "as some terminals write Alt and an arrow"
    assert keys(what_comes_of("\x1b\x1b[8;2")) == ["escape"]


def test_an_escape_is_known_as_soon_as_the_rest_of_a_key_could_have_come() -> None:
    keyboard = Keyboard()
    keyboard.come(ESC)
    left = keyboard.parser.seconds_left()
    assert left is not None
    assert keys(keyboard.wait(left)) == ["escape"]
    assert keys(keyboard.come("1")) == ["1"]


def test_a_byte_that_is_no_text_is_shown_as_one() -> None:
    (key,) = what_comes_of("\udce9")
    assert isinstance(key, Key)
    assert key.character == "\ufffd"


# A line of the plain front end


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_in_a_typed_line_is_no_part_of_the_line(name: str) -> None:
    assert without_sequences(f"le{REPLIES[name]}ft") == "left"
    assert without_sequences(REPLIES[name]) == ""


def test_a_string_without_an_end_takes_the_rest_of_its_line_along() -> None:
    assert without_sequences("1\x1b]11;rgb:1e1e") == "1"


@given(
    st.text(
        alphabet=st.characters(exclude_characters="\x1b\x8f\x90\x98\x9b\x9c\x9d\x9e\x9f", exclude_categories=["Cs"])
    )
)
def test_a_line_without_sequences_stays_as_it_is(line: str) -> None:
    assert without_sequences(line) == line
