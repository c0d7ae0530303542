"""A paste is text: it comes in whole, what is changed or left out of it is counted, and nothing inside it is a key."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseEvent, Paste
from textual.message import Message

from at_screen import Seat, seated
from every_screen import KINDS, SAFETY, SCREENS
from hostile import EVERY, forbidden
from msals_tui.ui.drawing.editors import LOOKED_AT
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.terminal.paste import BURST, BURST_SILENCE, SILENCE, PasteParser
from pseudo_terminal import Terminal, msals, running

START, END = "\x1b[200~", "\x1b[201~"
MEGABYTE = "1\r2\r1\ttingling left hand\n" * 40_000
KEYS = "1\r2\ry0pq\x1b\x1b[B\x1bOP\x1b[21~\x1b[<0;5;5M\x1b[<0;5;5m\x0e\x12\x7f \x1b[I"
"""What a person could press on any screen, in a text that is pasted."""

FIELDS = """
[[item]]
id = "line"
type = "short_text"
max_length = 60
[[item]]
id = "story"
type = "long_text"
max_length = 100
[[item]]
id = "after"
type = "yes_no"
"""


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def read(parser: XTermParser, *reads: str) -> list[Message]:
    """What a parser makes of data that comes in these pieces."""
    return [message for data in reads for message in (*parser.feed(data), *parser.tick())]


def plain(messages: Iterable[Message]) -> list[tuple[object, ...]]:
    """What was read, in a form that can be compared."""
    told: list[tuple[object, ...]] = []
    for message in messages:
        match message:
            case Paste():
                told.append(("paste", message.text))
            case Key():
                told.append(("key", message.key, message.character))
            case MouseEvent():
                told.append((type(message).__name__, message.x, message.y, message.button))
            case _:
                told.append((type(message).__name__,))
    return told


def in_pieces(text: str, cuts: Sequence[int]) -> list[str]:
    """A text cut at these places."""
    places = [0, *sorted({cut % (len(text) + 1) for cut in cuts}), len(text)]
    return [text[first:last] for first, last in pairwise(places) if first < last]


# How what a terminal sends is read

PIECES = [
    "\x1b",
    "\x1b[",
    START,
    "\x1b[20",
    "\x1b[A",
    "\x1b[<0;1;1M",
    "\x1b]0;t\x07",
    "\x9b31m",
    "\x00",
    "1\r",
    "y",
    "\u7b4b",
    "\udc9b",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join), st.lists(st.integers(0, 200), max_size=9))
def test_a_paste_comes_in_whole_whatever_is_inside_and_however_it_is_cut(text: str, cuts: list[int]) -> None:
    text = text.replace(END, "")
    sent = in_pieces(f"a{START}{text}{END}b", cuts)
    assert plain(read(PasteParser(), *sent)) == [("key", "a", "a"), ("paste", text), ("key", "b", "b")]


def test_every_hostile_text_is_one_paste_and_no_key() -> None:
    for what, text in {**EVERY, "keys": KEYS, "an escape and keys": f"\x1b{KEYS}"}.items():
        whole = text.replace(END, "")
        sent = in_pieces(whole, range(0, 3000, 7))
        assert plain(read(PasteParser(), START, *sent, END)) == [("paste", whole)], what


@given(
    st.lists(
        st.sampled_from([*"12y0pq \r\x0e\x12\x7f\u00e9", "\x1b[A", "\x1bOQ", "\x1b[1;5C", "\x1b[<35;4;4M", "\x1b[I"]),
        max_size=40,
    )
)
def test_keys_and_the_mouse_are_read_as_textual_reads_them(sent: list[str]) -> None:
    assert plain(read(PasteParser(), *sent)) == plain(read(XTermParser(), *sent))


def test_textuals_own_parser_reads_an_empty_paste_between_the_marks() -> None:
    """The way in which its private parser is used here; if this changes, the pastes of this program change."""
    assert plain(read(XTermParser(), START + END + "a")) == [("paste", ""), ("key", "a", "a")]


def test_textuals_own_parser_takes_what_follows_an_escape_in_a_paste_for_keys() -> None:
    """The fault that is cured here; once it is gone from Textual, so may the cure."""
    assert ("key", "1", "1") in plain(read(XTermParser(), f"{START}a\x1b[31mred{'1' * 40}{END}"))


def test_two_pastes_after_one_another_stay_two() -> None:
    assert plain(read(PasteParser(), f"{START}one{END}{START}two{END}")) == [("paste", "one"), ("paste", "two")]


def test_an_empty_paste_is_a_paste() -> None:
    assert plain(read(PasteParser(), START, END)) == [("paste", "")]


def test_an_end_without_a_beginning_says_nothing() -> None:
    assert plain(read(PasteParser(), END, "a")) == [("key", "a", "a")]


def test_a_paste_that_never_ends_is_taken_after_a_silence_and_keys_are_keys_again() -> None:
    clock = Clock()
    parser = PasteParser(now=clock)
    assert plain(read(parser, f"{START}half a 1\r", "sentence")) == []
    clock.seconds += SILENCE / 2
    assert plain(read(parser, " and more")) == []
    clock.seconds += SILENCE
    assert plain(parser.tick()) == [("paste", "half a 1\rsentence and more")]
    assert plain(read(parser, "1", END, "2")) == [("key", "1", "1"), ("key", "2", "2")]


def test_more_at_once_than_anybody_types_is_a_paste_without_marks_until_it_is_silent() -> None:
    clock = Clock()
    parser = PasteParser(now=clock)
    text = "1\r" * BURST
    assert plain(read(parser, text, "1\r", "\x1b[31m2\r")) == []
    clock.seconds += BURST_SILENCE
    assert plain(parser.tick()) == [("paste", f"{text}1\r\x1b[31m2\r")]
    assert plain(read(parser, "1")) == [("key", "1", "1")]


def test_fast_typing_and_a_flood_of_the_mouse_are_no_paste() -> None:
    typed = "x" * (BURST - 1)
    assert plain(read(PasteParser(), typed)) == [("key", "x", "x")] * len(typed)
    moves = read(PasteParser(), "\x1b[<35;4;4M" * BURST)
    assert len(moves) == BURST
    assert all(isinstance(one, MouseEvent) for one in moves)


# What the screens make of it


def said(left_out: int, longest: int) -> str:
    """The sentence about a text that was too long."""
    count = f"{left_out} characters were" if left_out != 1 else "1 character was"
    return f"! Only the first {longest} characters can be kept. {count} left out"


def typed(seat: Seat) -> str:
    """What stands in the open field."""
    return seat.app.screen.open_answer.typed  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("length", [61, 62, 1000, LOOKED_AT, LOOKED_AT + 1, 1_000_000])
async def test_a_line_says_exactly_how_many_characters_of_a_paste_were_left_out(length: int) -> None:
    async with seated(FIELDS) as seat:
        await seat.paste("x" * length)
        assert said(length - 60, 60) in seat.words
        assert typed(seat) == "x" * 60


@pytest.mark.parametrize("length", [101, 1000, LOOKED_AT + 1, 1_000_000])
async def test_a_field_of_several_lines_says_so_too(length: int) -> None:
    async with seated(FIELDS) as seat:
        await seat.press("f7", "enter")
        await seat.paste("x\n" * (length // 2) + "x" * (length % 2))
        assert said(length - 100, 100) in seat.words
        assert typed(seat) == "x\n" * 50


async def test_a_note_says_so_too() -> None:
    async with seated(FIELDS) as seat:
        await seat.press("f4")
        await seat.paste("x" * 1_000_000)
        longest = seat.app.screen._pad.longest  # type: ignore[attr-defined]
        assert said(1_000_000 - longest, longest) in seat.words
        await seat.press("f4")
        assert seat.session.interview.notes == {"line": "x" * longest}


async def test_a_text_that_fits_says_nothing() -> None:
    async with seated(FIELDS) as seat:
        await seat.paste("x" * 60)
        assert "left out" not in seat.words


async def test_what_stands_in_a_full_field_is_not_pushed_out_by_a_paste() -> None:
    async with seated(FIELDS) as seat:
        await seat.type("left")
        await seat.press("home")
        await seat.paste("x" * 60)
        assert typed(seat) == "x" * 56 + "left"
        assert said(4, 60) in seat.words


async def test_a_paste_takes_the_place_of_what_is_selected() -> None:
    async with seated(FIELDS) as seat:
        await seat.type("left hand")
        await seat.press("shift+left", "shift+left", "shift+left", "shift+left")
        await seat.paste("foot")
        assert typed(seat) == "left foot"


async def test_what_no_screen_can_show_is_replaced_and_what_does_not_fit_is_left_out_and_both_are_counted() -> None:
    async with seated(FIELDS) as seat:
        await seat.paste("\x1b\x00\x9b" + "x" * 60)
        assert "were replaced (3). Only the first 60 characters" in seat.words
        assert "3 characters were left out" in seat.words


async def test_a_few_letters_under_thousands_of_hidden_signs_are_kept() -> None:
    async with seated(FIELDS) as seat:
        await seat.paste("\u200b" * 9000 + "left hand")
        assert typed(seat) == "left hand"
        assert "were replaced (9000)" in seat.words


@pytest.mark.parametrize("screen", [name for name in SCREENS if name not in ("typed fault", "round", "note")])
async def test_a_paste_where_no_field_is_open_does_nothing_and_a_question_says_so(screen: str) -> None:
    async with seated(KINDS, safety=SAFETY) as seat:
        await SCREENS[screen](seat)  # type: ignore[misc]
        before, shown = (seat.page, seat.at, seat.given), seat.grid
        await seat.paste(KEYS)
        await seat.paste(MEGABYTE)
        assert (seat.page, seat.at, seat.given) == before
        asked = isinstance(seat.app.screen, QuestionBase)
        assert "What was pasted is not taken" in seat.words if asked else seat.grid == shown


@pytest.mark.parametrize(
    ("start", "pages"), [("home", {"NoticePage": "enter", "HomePage": "1"}), ("intake", {"NoticePage": "enter"})]
)
async def test_a_paste_accepts_no_notice_and_starts_nothing(start: str, pages: dict[str, str]) -> None:
    async with seated(KINDS, start=start, read=False) as seat:
        for page, key in pages.items():
            before = seat.grid
            await seat.paste(KEYS)
            await seat.paste(MEGABYTE)
            assert (seat.page, seat.grid) == (page, before)
            await seat.press(key)
            assert seat.grid != before


# In a real terminal

SMALL = """\
schema = "msals-questionnaire/1"
id = "small"
version = "1.0.0"
title = "Small questions"
[[section]]
id = "one"
title = "One"
"""
ASKED = (("weak", "yes_no"), ("line", "short_text"), ("story", "long_text"), ("after", "yes_no"))
F4, F7, CTRL_N = "\x1bOS", "\x1b[18~", "\x0e"


@pytest.fixture
def asked(tmp_path: Path) -> str:
    """A question with options, a line, a field of several lines, and a question with options."""
    items = [
        f'[[section.item]]\nid = "{name}"\ntype = "{kind}"\nask = "What of {name}?"\nwhy = "It matters."\n'
        for name, kind in ASKED
    ]
    path = tmp_path / "small.toml"
    path.write_text(SMALL + "".join(items))
    return str(path)


def pasted(text: str) -> str:
    """As a terminal sends it."""
    return f"{START}{text}{END}"


def on_the_line(terminal: Terminal) -> Terminal:
    """Goes to the question with a field of one line."""
    return terminal.see("I have read this").press("\r", "What of weak?").press("1\r", "What of line?")


def test_a_megabyte_pasted_anywhere_in_a_terminal_is_text_or_nothing(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").send(pasted(KEYS + MEGABYTE)).press("\r", "What of weak?")
        terminal.send(pasted(KEYS + MEGABYTE)).press("2", "(•) 2").press("\r", "What of line?")
        terminal.press(pasted(KEYS + MEGABYTE), "characters were left out").press(F7, "✓ F7").press(
            "\r", "What of story?"
        )
        terminal.press(pasted(KEYS + MEGABYTE), "characters were left out").press(F7, "✓ F7")
        terminal.press(F4, "Note").press(pasted(KEYS + MEGABYTE), "characters were left out")
        terminal.press("\x1b", "not kept yet").press("2", "✓ F7").press(CTRL_N, "What of after?").press(
            "1\r", "Check the answers"
        )
        terminal.send(pasted(KEYS + MEGABYTE)).press("\x1b", "What of after?")
        assert not forbidden(terminal.text.replace("\n", ""))


def test_escapes_inside_a_paste_stay_text_in_a_terminal(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        on_the_line(terminal).press(pasted(f"A\x1b{START}B\x1b[31m{KEYS}\x00C"), "were replaced").see("What of line?")
        terminal.press("Z", "CZ")


def test_bytes_that_are_no_text_end_nothing(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        terminal.see("I have read this").send("\udcff\udc9b").press("\r", "What of weak?")
        terminal.send("\udc9b31m").press("2", "(•) 2").press("\r", "What of line?")
        terminal.press("\udcfftyped\udc80", "typed").press(pasted("A\udcff\udc9dB"), "were replaced (2)").see(
            "A\ufffd\ufffdB"
        )


def test_a_paste_without_an_end_leaves_the_keyboard_alive(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        on_the_line(terminal).press(f"{START}never 1\r ending", "never 1 ending").press("Z", "endingZ")


def test_a_megabyte_from_a_terminal_that_marks_no_paste_is_text_too(asked: str, tmp_path: Path) -> None:
    with running(*msals("intake", "--questionnaire", asked), home=tmp_path) as terminal:
        on_the_line(terminal).press(MEGABYTE, "characters were left out").see("What of line?").press(F7, "✓ F7")
