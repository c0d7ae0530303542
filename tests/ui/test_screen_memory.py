"""What the terminal shows already is not sent again, and nobody can see that: every cell is the same as without it."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len as rich_cell_len
from textual.strip import Strip

from msals_tui.text import for_screen
from msals_tui.ui.drawing.rows import ONE_CELL_EACH
from msals_tui.ui.terminal.screen_memory import BEGIN_TOGETHER, END_TOGETHER, FIRST_SIZES, ScreenMemory
from pseudo_terminal import Cells

SIZES = [(12, 4), (9, 3), (15, 5)]
RED, BAR, PLAIN = "\x1b[38;2;255;0;0m", "\x1b[1;7;39;49m", "\x1b[0m"
TEXTS = [
    "a",
    "b",
    "ab ",
    "   ",
    "",
    "\u2500\u2502",
    "\u7b4b",
    "x\u7b4by",
    "e\u0301",
    "\U0001f9e0",
    "\u0939\u093f",
    "long",
]
"""Plain ones, and such as are wide, hang on to their neighbour, or join with it."""
OTHERS = [
    "\x1b[2J",
    "\x1b[?1049h",
    "\x1b[1;1H\x1b[K",
    "\x1b[2;3Hab\x1b[1;2Hc\x1b[K",
    "\x1b[?25l",
    "\x1b]22;text\x07",
    "\x07",
]
LINK = "\x1b]8;id=1;https://example.org\x1b\\linked\x1b]8;;\x1b\\"


def drawn(style: str, text: str) -> str:
    """As Textual draws it."""
    return f"{style}{text}{PLAIN}" if style else text


def at(y: int, x: int, *texts: str) -> str:
    """A piece of a frame."""
    return f"\x1b[{y};{x}H{''.join(texts)}"


@dataclass
class Resized:
    """The window has another size."""

    size: tuple[int, int]


class Spoilt:
    """Somebody else wrote on the terminal, and the person asks to have it drawn again."""


runs = st.builds(drawn, st.sampled_from(["", RED, BAR]), st.sampled_from(TEXTS))
pieces = st.builds(
    lambda y, x, texts: at(y, x, *texts), st.integers(1, 4), st.integers(1, 12), st.lists(runs, max_size=3)
)
ends = st.builds(at, st.integers(1, 3), st.integers(1, 9)) | st.just("")
frames = st.builds(lambda drawn, end: "\n".join(drawn) + end, st.lists(pieces, min_size=1, max_size=4), ends)
others = st.sampled_from(OTHERS) | st.builds(Resized, st.sampled_from(SIZES)) | st.builds(Spoilt)
# A few frames come again and again, as they do on a screen.
steps = st.lists(frames, min_size=1, max_size=3).flatmap(
    lambda few: st.lists(st.sampled_from(few) | st.sampled_from(few) | others, max_size=12)
)


class Pair:
    """Two terminals: one is sent everything, the other what is still to be sent."""

    def __init__(self, size: tuple[int, int] = (80, 24)) -> None:
        self.shown, self.whole, self.spared = ScreenMemory(), Cells(*size), Cells(*size)
        self.shown.resized(*size)

    def write(self, *written: str) -> str:
        """What the second one was sent; both show the same then."""
        sent = ""
        for one in written:
            assert self.whole.feed(one) == ""
            still = self.shown.still_to_send(one)
            assert self.spared.feed(still) == ""
            sent += still
        assert self.spared == self.whole
        return sent


@settings(max_examples=400)
@given(steps)
def test_a_terminal_shows_the_same_cells_as_one_that_is_sent_everything(taken: list[str | Resized | Spoilt]) -> None:
    pair = Pair(SIZES[0])
    for step in taken:
        match step:
            case str():
                pair.write(step)
            case Resized():
                for terminal in (pair.whole, pair.spared):
                    terminal.resize(*step.size)
                pair.shown.resized(*step.size)
            case Spoilt():
                for terminal in (pair.whole, pair.spared):
                    terminal.feed(at(1, 1, "spoilt"))
                pair.shown.forget()


def test_what_stands_there_is_not_sent_again() -> None:
    pair = Pair()
    frame = at(3, 1, drawn(RED, "Any weakness?"), drawn("", "  ")) + at(1, 1)
    assert pair.write(frame) == frame
    assert pair.write(frame) == ""


def test_only_what_changed_is_sent_with_its_style() -> None:
    pair = Pair()
    pair.write(at(3, 1, drawn(RED, "Saved 1"), drawn(BAR, " 12 still to come ")) + at(1, 1))
    sent = pair.write(at(3, 1, drawn(RED, "Saved 2"), drawn(BAR, " 12 still to come ")) + at(1, 1))
    assert sent == at(3, 7, drawn(RED, "2")) + at(1, 1)


def test_a_few_cells_between_two_changes_are_sent_rather_than_passed_over() -> None:
    pair = Pair()
    pair.write(at(3, 1, drawn(RED, "abcde")) + at(1, 1))
    assert pair.write(at(3, 1, drawn(RED, "xbcdx")) + at(1, 1)) == at(3, 1, drawn(RED, "xbcdx")) + at(1, 1)


def test_cells_of_another_style_between_two_changes_keep_it() -> None:
    pair = Pair()
    pair.write(at(3, 1, drawn(RED, "a"), drawn(BAR, "b"), drawn(RED, "c")) + at(1, 1))
    assert pair.write(at(3, 1, drawn(RED, "x"), drawn(BAR, "b"), drawn(RED, "x")) + at(1, 1))


def test_a_cursor_that_goes_elsewhere_is_all_that_is_sent() -> None:
    pair = Pair()
    pair.write(at(3, 1, "abc") + at(3, 1))
    assert pair.write(at(3, 1, "abc") + at(3, 3)) == at(3, 3)


@pytest.mark.parametrize("text", ["\u7b4b and more", "e\u0301", "\U0001f9e0", "\u231a"])
def test_a_text_whose_width_terminals_may_see_otherwise_is_sent_whole_with_all_that_stands_to_its_right(
    text: str,
) -> None:
    pair = Pair()
    right = at(3, 40, "right")
    pair.write(at(3, 1, "left ") + at(3, 6, text) + right + at(1, 1))
    assert pair.write(at(3, 6, f"{text}!") + right + at(1, 1)) == at(3, 6, f"{text}!") + right + at(1, 1)
    assert pair.write(at(3, 1, "left ") + at(3, 6, f"{text}!") + right + at(1, 1)) == ""


@pytest.mark.parametrize(
    "other", ["\x1b[2J", "\x1b[?1049h", "\x1b[5S", "\x1bc", "print", at(1, 1, LINK), at(2, 3, "\ttab")]
)
def test_after_what_is_not_understood_everything_is_sent(other: str) -> None:
    shown = ScreenMemory()
    shown.resized(80, 24)
    frame = at(3, 1, drawn(RED, "abc")) + at(1, 1)
    shown.still_to_send(frame)
    assert shown.still_to_send(other) == other
    assert shown.still_to_send(frame) == frame


@pytest.mark.parametrize("other", ["\x1b[?25l", "\x1b[?1000h", "\x1b[?2048$p", "\x1b]22;default\x07", "\x07"])
def test_what_changes_no_cell_is_sent_and_nothing_else_because_of_it(other: str) -> None:
    pair = Pair()
    frame = at(3, 1, drawn(RED, "abc")) + at(1, 1)
    pair.write(frame)
    assert pair.write(other) == other
    assert pair.write(frame) == ""


def test_a_frame_that_reaches_beyond_a_terminal_which_became_smaller_is_not_trusted() -> None:
    shown = ScreenMemory()
    shown.resized(10, 3)
    frame = at(2, 8, "abc") + at(1, 1)
    assert shown.still_to_send(at(2, 8, "abcd") + at(1, 1)) == at(2, 8, "abcd") + at(1, 1)
    assert shown.still_to_send(frame) == frame
    assert shown.still_to_send(at(4, 1, "abc")) == at(4, 1, "abc")
    assert shown.still_to_send(frame) == frame


def test_before_the_size_is_known_everything_is_sent() -> None:
    shown = ScreenMemory()
    assert [shown.still_to_send(at(1, 1, "a") + at(1, 1)) for _ in range(2)] == [at(1, 1, "a") + at(1, 1)] * 2


def test_what_is_shown_all_at_once_is_sent_all_at_once_or_not_at_all() -> None:
    pair = Pair()
    frame = at(3, 1, "abc") + at(1, 1)
    assert pair.shown.still_to_send(BEGIN_TOGETHER) == ""
    assert pair.shown.still_to_send(frame) == ""
    assert pair.shown.still_to_send(END_TOGETHER) == BEGIN_TOGETHER + frame + END_TOGETHER
    for written in (BEGIN_TOGETHER, frame, END_TOGETHER):
        assert pair.shown.still_to_send(written) == ""


def test_what_was_painted_before_textual_came_stays_although_its_size_is_told_again() -> None:
    pair, frame = Pair(), at(3, 1, "abc") + at(1, 1)
    pair.write(frame)
    pair.shown.hold()
    assert pair.shown.still_to_send(at(1, 1, "   ")) == "", "Textual's first frame is empty"
    for _ in range(FIRST_SIZES):
        pair.shown.resized(80, 24)
    pair.shown.release()
    assert pair.write(frame) == ""
    pair.shown.resized(80, 24)
    assert pair.write(frame) == frame, "it may have been another size meanwhile"


def test_another_size_than_was_painted_for_is_news_at_once() -> None:
    pair, frame = Pair(), at(3, 1, "abc") + at(1, 1)
    pair.write(frame)
    pair.shown.hold()
    for glass in (pair.whole, pair.spared):
        glass.resize(90, 24)
    pair.shown.resized(90, 24)
    assert pair.write(frame) == frame


def test_textual_still_draws_in_the_form_that_is_taken_apart_here() -> None:
    """A new form would be sent whole every time: nothing wrong to see, and everything slow again."""
    from rich.color import ColorSystem
    from rich.style import Style

    style = Style.parse("bold red on blue")
    assert Strip.render_style(style, "ab", ColorSystem.TRUECOLOR) == "\x1b[1;31;44mab\x1b[0m"
    assert Strip.render_style(Style(), "ab", ColorSystem.TRUECOLOR) == "ab"


def test_every_sign_that_is_taken_for_one_cell_takes_one() -> None:
    signs = [chr(number) for number in range(0x110000) if ONE_CELL_EACH.fullmatch(chr(number))]
    assert len(signs) > 1000
    assert [sign for sign in signs if rich_cell_len(sign) != 1 or for_screen(sign) != sign] == []
