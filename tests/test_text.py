"""The sanitiser: what may come in, and that nothing a screen could obey ever goes out."""

import subprocess
import sys
import tomllib
import unicodedata
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from msals_tui.text import (
    MARKS_A_BASE,
    REPLACEMENT,
    Cleaned,
    clean,
    escape_unprintable,
    for_screen,
    hidden_in,
)  # fmt: skip
from timing import takes_less

ROOM = 10_000
"""A bound that none of these texts reaches."""

COMMANDS = {
    "the clipboard is written": "\x1b]52;c;UE9JU09O\x07",
    "the clipboard is read": "\x1b]52;p;?\x1b\\",
    "the title changes": "\x1b]2;POISON\x07",
    "the title changes by C1": "\x9d0;POISON\x9c",
    "the title is typed back": "\x1b[21t",
    "a link leads elsewhere": "\x1b]8;;http://poison.example\x1b\\results\x1b]8;;\x1b\\",
    "a notice pops up": "\x1b]777;notify;POISON;POISON\x07",
    "a picture is drawn": "\x1bPq~~~\x1b\\",
    "a program message": "\x1b_GPOISON\x1b\\",
    "a privacy message": "\x1b^POISON\x1b\\",
    "a start of string": "\x1bXPOISON\x1b\\",
    "the terminal answers": "\x1b[6n\x1b[c\x1b[>q",
    "the screen is cleared": "\x1b[3J\x1b[2J\x1b[H",
    "colours by C1": "\x9b41m",
    "everything is reset": "\x1bc",
    "line drawing is switched on": "\x1b(0\x0e",
    "a paste is ended early": "\x1b[201~\r:quit\r",
    "a word is overwritten": "no weakness\rWEAKNESS",
    "a word is rubbed out": "weak\x08\x08\x08\x08fine",
    "a sequence is left open": "\x1b]2;",
    "a lone escape": "\x1b",
    "the bell": "\x07",
    "a NUL": "left\x00right",
    "a DEL": "left\x7fright",
    "flow is stopped": "\x13",
    "the program is suspended": "\x1a",
    "a form feed": "a\x0b\x0cb",
    "a next line": "a\x85b",
    "a line separator": "a\u2028b\u2029c",
    "words are reversed": "no \u202eesaesid\u202c",
    "words are isolated": "\u2066a\u2069\u2067b\u2069\u2068c\u2069",
    "an embedding": "\u202aa\u202b\u202d",
    "direction marks": "\u200ea\u200fb\u061c",
    "hidden tags": "x\U000e0001\U000e0068\U000e0069\U000e007f",
    "noncharacters": "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff",
    "half a character": "a\ud800b\udfff",
    "a byte that was no UTF-8": "a\udc9bb",
}
"""Every class of character that a terminal, an editor or an encoder could stumble over."""

INVISIBLE = {
    "a soft hyphen": "weak\u00adness",
    "a zero-width space": "left\u200b hand",
    "a word joiner": "M\u2060S",
    "a byte order mark inside": "M\ufeffS",
    "invisible operators": "1\u2061\u2062\u2063\u20642",
    "deprecated format characters": "a\u206a\u206fb",
    "a Mongolian vowel separator": "a\u180eb",
    "Hangul fillers": "a\u3164\u115f\u1160\uffa0b",
    "Khmer inherent vowels": "a\u17b4\u17b5b",
    "annotations": "\ufff9a\ufffab\ufffb",
    "musical format characters": "a\U0001d173\U0001d17ab",
    "a variation of nothing": "a\ufe0f \ufe0e\U000e0100",
    "a variation of a variation": "\u2764\ufe0f\ufe0e\ufe0f",
}
"""What nobody sees."""

ORDINARY = {
    "English": "Weak since spring; worse in the heat (Uhthoff?)",
    "German": "Stra\u00dfe, \u00c4ngste, Z\u00fcrich \u2013 \u201eKribbeln\u201c",
    "Vietnamese": unicodedata.normalize("NFC", "T\u00ea ch\u00e2n ph\u1ea3i, ng\u01b0\u1eddi y\u1ebfu"),
    "Persian with a non-joiner": "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Hebrew": "\u05d7\u05d5\u05dc\u05e9\u05d4 \u05d1\u05d9\u05d3",
    "Pointed Hebrew": unicodedata.normalize("NFC", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd"),
    "Hindi with a joiner": "\u0915\u094d\u200d\u0937 \u0915\u092e\u091c\u094b\u0930\u0940",
    "Burmese with five marks": "\u101c\u103b\u103e\u1031\u102c\u1037",
    "Thai": "\u0e2d\u0e48\u0e2d\u0e19\u0e41\u0e23\u0e07",
    "Tibetan": "\u0f66\u0f92\u0fb2\u0f74",
    "Japanese": "\u624b\u304c\u3057\u3073\u308c\u308b\u3000\u846b\U000e0100",
    "Korean": "\ub2e4\ub9ac \ud798\uc774 \uc5c6\uc5b4\uc694",
    "a family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "a heart on fire": "\u2764\ufe0f\u200d\U0001f525",
    "a keycap": "1\ufe0f\u20e3",
    "a skin tone": "\U0001f44d\U0001f3fd",
    "signs": "\u00b15 \u00b0C \u2264 3/5 \u2192 \u00bd\u00a0kg",
    "markup that means nothing here": "[/] [bold]x[/bold] {0.__class__} %s \\[ <script> =1+1 ../../x",
    "a replacement character": "\ufffd",
}
"""What people really write, already as it is to be kept."""

hostile = pytest.mark.parametrize("text", [*COMMANDS.values(), *INVISIBLE.values()], ids=[*COMMANDS, *INVISIBLE])
commanding = pytest.mark.parametrize("text", COMMANDS.values(), ids=COMMANDS)
invisible = pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
ordinary = pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)

PIECES = [*COMMANDS.values(), *INVISIBLE.values(), *ORDINARY.values(), "\n", "\r\n", "\t"]
COMPOSING = "ae\u00e9\n\t \u0301\u0323\u0489\u0cc6\u0cc2\u0cbf\u200d\ufe0f\u180b\u09c7\u09be\u3099\u304b1"
"""Letters and marks that become one, in and out of order, and what may stand between them."""
PIECES += ["e", "\u0301", "\u0323", "\u0489", "\u0cc6", "\u0cc2", "\u200d", "\u200c", "\ufe0f", "\U000e0101", "\u034f"]
texts = st.one_of(
    st.text(st.characters()),
    st.lists(st.sampled_from(PIECES)).map("".join),
    st.text(st.sampled_from(COMPOSING)),
    st.text(st.characters(categories=["Mn", "Mc", "Me", "Cf", "Cs", "Cc"])),
)
"""Any text at all, surrogates included, and much more often a nasty one."""


def kept(text: str, *, lines: bool = False) -> str:
    return clean(text, max_length=ROOM, lines=lines).text


@ordinary
def test_what_people_write_is_kept_as_it_is(text: str) -> None:
    assert clean(text, max_length=ROOM) == Cleaned(text, 0)


@ordinary
def test_what_people_write_is_shown_as_it_is(text: str) -> None:
    assert for_screen(text) == text


@commanding
def test_every_commanding_character_is_replaced_and_counted(text: str) -> None:
    tidy = text.replace("\r", " ")
    wrong = len(hidden_in(tidy)) and sum(f"U+{ord(one):04X}" in hidden_in(tidy) for one in tidy)
    cleaned = clean(text, max_length=ROOM)
    assert cleaned == Cleaned(cleaned.text, wrong)
    assert len(cleaned.text) == len(text)
    assert cleaned.text.count(REPLACEMENT) == wrong


@invisible
def test_every_invisible_character_is_taken_out_and_counted(text: str) -> None:
    cleaned = clean(text, max_length=ROOM)
    assert cleaned.changed == len(text) - len(cleaned.text) > 0
    assert REPLACEMENT not in cleaned.text


@given(texts, st.integers(0, 60), st.booleans())
@example("e\ufe0f\u0301\ufe0f\u0301\ufe0f", 60, False)
@example("a\u0301\u0323\u0301\u0cc6\u0301\u0cc2\ufe0f", 60, False)
def test_cleaning_twice_is_cleaning_once(text: str, max_length: int, lines: bool) -> None:
    once = clean(text, max_length=max_length, lines=lines)
    assert clean(once.text, max_length=max_length, lines=lines) == Cleaned(once.text, 0)


@given(texts, st.booleans())
def test_clean_text_is_short_composed_and_harmless(text: str, lines: bool) -> None:
    result = clean(text, max_length=40, lines=lines).text
    assert len(result) <= 40
    assert unicodedata.is_normalized("NFC", result)
    assert hidden_in(result) == ()
    assert lines or "\n" not in result
    assert result.encode().decode() == result


@given(st.text(st.characters()))
def test_equal_texts_in_two_forms_become_one(text: str) -> None:
    """Natural texts; only where marks pile up beyond thirty may the two differ."""
    assert kept(unicodedata.normalize("NFD", text)) == kept(unicodedata.normalize("NFC", text))


def test_line_ends_become_newlines_where_lines_are_kept() -> None:
    assert clean("a\r\nb\rc\nd", max_length=ROOM, lines=True) == Cleaned("a\nb\nc\nd", 0)


def test_line_ends_and_tabs_become_spaces_on_one_line_and_count_for_nothing() -> None:
    assert clean("a\r\nb\rc\nd\te", max_length=ROOM) == Cleaned("a b c d e", 0)


def test_characters_beyond_the_bound_are_cut_and_counted_after_composing() -> None:
    assert clean("e\u0301" * 5, max_length=3) == Cleaned("\u00e9" * 3, 2)
    assert clean("abcdef", max_length=4) == Cleaned("abcd", 2)


def test_a_character_carries_at_most_four_marks() -> None:
    piled = "n" + "\u0330\u0331" * 20 + " fine"
    assert clean(piled, max_length=ROOM) == Cleaned("n" + "\u0330\u0331" * 2 + " fine", 36)


def test_joiners_count_as_marks_so_that_none_can_hide_a_message() -> None:
    assert clean("a" + "\u200c\u200d" * 50 + "b", max_length=ROOM) == Cleaned("a" + "\u200c\u200d" * 2 + "b", 96)


def test_vowel_signs_with_room_of_their_own_come_to_an_end_too() -> None:
    assert len(kept("\u1019" + "\u102c" * 500)) == 1 + 2 * MARKS_A_BASE


def test_letters_after_a_pile_of_marks_are_kept() -> None:
    assert kept("a" + "\u0489" * 100 + "bc\u4e00") == "a" + "\u0489" * MARKS_A_BASE + "bc\u4e00"


@pytest.mark.parametrize(
    "text",
    ["a" + "\u0301\u0323" * 100_000, "\u0344" * 200_000, "\x1b[31m" * 50_000, "\u200b\ufe0f" * 100_000,
     "\u4e00\u0301" * 100_000, "\r\n" * 100_000, "\u1112\u1161\u11ab" * 70_000],
    ids=["marks", "double marks", "escapes", "invisible", "letters and marks", "line ends", "jamo"],
)  # fmt: skip
def test_a_huge_paste_is_cleaned_in_linear_time(text: str) -> None:
    assert takes_less(2, lambda: clean(text, max_length=400, lines=True))


def test_blocks_that_are_passed_over_hold_no_mark() -> None:
    """The sanitiser's shortcut for common scripts, against this Python's Unicode tables."""
    blocks = (range(0x300), range(0x370, 0x483), range(0x1E00, 0x2000), range(0x3400, 0xA000), range(0xAC00, 0xD800))
    for code in chain(*blocks):
        assert unicodedata.category(chr(code))[0] != "M", f"U+{code:04X}"


def test_every_character_is_judged_as_the_tables_say() -> None:
    """Whole Unicode: what is kept alone is neither a control nor a surrogate nor a noncharacter nor a separator."""
    directing = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for code in chain(range(0x0A), range(0x0B, 0x110000)):
        character = chr(code)
        if kept(character, lines=True) == character:
            assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}, f"U+{code:04X}"
            assert unicodedata.bidirectional(character) not in directing, f"U+{code:04X}"
            assert code & 0xFFFE != 0xFFFE, f"U+{code:04X}"


@hostile
def test_what_is_hostile_is_shown_but_never_obeyed(text: str) -> None:
    shown = for_screen(text)
    assert hidden_in(shown) == ()
    assert not any(byte < 0x20 or byte == 0x7F for byte in shown.encode())


def test_controls_are_shown_as_git_and_less_show_them() -> None:
    assert for_screen("\x1b[2J\x00\x7f\x9b\t\u202e\u2028\U000e0041\ud800\ufeff") == (
        "^[[2J^@^?\\x9b^I<U+202E><U+2028><U+E0041><U+D800><U+FEFF>"
    )


def test_a_newline_goes_out_only_where_lines_are_wanted() -> None:
    assert for_screen("a\nb\r") == "a^Jb^M"
    assert for_screen("a\nb\r", lines=True) == "a\nb^M"


@given(texts, st.booleans())
def test_showing_twice_is_showing_once_and_always_can_be_encoded(text: str, lines: bool) -> None:
    shown = for_screen(text, lines=lines)
    assert for_screen(shown, lines=lines) == shown
    assert hidden_in(shown) == ()
    assert ("\n" in shown) == (lines and "\n" in text)
    shown.encode()


@given(texts, st.booleans())
def test_clean_text_is_shown_as_it_is(text: str, lines: bool) -> None:
    result = kept(text, lines=lines)
    assert for_screen(result, lines=lines) == result


def toml_string(text: str) -> str:
    """A text as a basic string, with its quotes and lines escaped as a TOML writer does."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escape_unprintable(quoted)}"'


@given(texts)
def test_toml_gives_every_text_back_exactly_and_hides_nothing(text: str) -> None:
    text = "".join(one for one in text if not "\ud800" <= one <= "\udfff")
    written = toml_string(text)
    assert tomllib.loads(f"text = {written}") == {"text": text}
    assert tomllib.loads(f"{written} = 1") == {text: 1}
    assert hidden_in(written) == ()
    assert not set(written) & set("\n\u200c\u200d")


@hostile
def test_toml_gives_hostile_text_back_exactly(text: str) -> None:
    whole = text.encode("utf-8", "replace").decode()
    assert tomllib.loads(f"text = {toml_string(whole)}") == {"text": whole}


def test_toml_is_readable_where_it_can_be() -> None:
    assert toml_string('Z\u00fcrich "a\\b"\n\t\x1b\u200d\U000e0041') == (
        '"Z\u00fcrich \\"a\\\\b\\"\\n\\t\\u001B\\u200D\\U000E0041"'
    )


def test_a_lone_surrogate_is_replaced_in_toml_which_cannot_hold_it() -> None:
    assert toml_string("a\ud83d") == '"a\ufffd"'


def test_a_whole_toml_document_keeps_its_lines_and_its_meaning() -> None:
    document = 'a = "x\u202ey\x9b"\n"k\u200b" = "t\tb"\n'
    escaped = escape_unprintable(document)
    assert escaped == 'a = "x\\u202Ey\\u009B"\n"k\\u200B" = "t\\tb"\n'
    assert tomllib.loads(escaped) == {"a": "x\u202ey\x9b", "k\u200b": "t\tb"}


@hostile
def test_hidden_characters_are_named(text: str) -> None:
    names = hidden_in(text)
    assert len(names) == len(set(names))
    assert bool(names) == (for_screen(text, lines=True) != text)


def test_hidden_characters_are_named_once_in_order() -> None:
    assert hidden_in("a\u202eb\x1bc\u202e\n\u200d\t") == ("U+202E", "U+001B", "U+0009")
    assert hidden_in("plain") == ()


def test_the_sanitiser_loads_nothing_but_the_standard_library() -> None:
    code = "import sys; before = set(sys.modules); import msals_tui.text; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    tops = {name.partition(".")[0] for name in loaded} - {"msals_tui"}
    assert tops <= sys.stdlib_module_names
    assert {name for name in loaded if name.startswith("msals_tui.")} <= {"msals_tui.text", "msals_tui.errors"}
