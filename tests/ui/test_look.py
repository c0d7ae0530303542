"""What it looks like: contrast in every theme, no colour where none is wanted, ASCII signs, the terminal's own cursor."""

import pytest
from rich.color import Color, ColorType
from rich.style import Style
from textual.color import Color as Rgb

from at_screen import Seat, seated, strips
from every_screen import KINDS, SAFETY, STEPS, to_question
from msals_tui.session.options import THEMES as NAMES
from msals_tui.ui.drawing.glyphs import ASCII, UNICODE, Glyphs
from msals_tui.ui.drawing.palette import LOOKS, PALETTES, style_of
from msals_tui.ui.drawing.rows import ROLES
from msals_tui.ui.drawing.themes import THEMES
from sittings import shipped

LEAST = {"msals-dark": 4.5, "msals-light": 4.5, "msals-contrast": 7.0}
ANSI_THAT_CAN_BE_READ = {None, 7, 9, 11, 13, 14, 15}
"""The terminal's own colour, white, and bright red, yellow, magenta, cyan and white; blue on black has a contrast of 1.6."""


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    triplet = colour.get_truecolor()
    parts = [value / 255 for value in triplet]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(style: Style) -> float:
    """Contrast of a text to what is behind it, from 1 to 21; the same when the two change places."""
    assert style.color is not None
    assert style.bgcolor is not None
    light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def styles_of(seat: Seat) -> set[Style]:
    """Every style of something that can be read on the screen now."""
    return {one.style for strip in strips(seat.app) for one in strip if one.text.strip() and one.style is not None}


def test_contrast_is_computed_as_wcag_does() -> None:
    def of(text: str, behind: str) -> float:
        return round(contrast(Style(color=text, bgcolor=behind)), 1)

    assert of("#000000", "#ffffff") == 21.0
    assert of("#767676", "#ffffff") == 4.5
    assert of("#56B4E9", "#121212") == 8.1


def test_the_four_themes_are_there_and_the_first_is_the_default() -> None:
    assert tuple(theme.name for theme in THEMES) == tuple(PALETTES) == NAMES
    assert set(LOOKS) == set(ROLES)
    assert NAMES[0] == "msals-dark"


@pytest.mark.parametrize("theme", LEAST)
async def test_everything_can_be_read_in_every_theme(theme: str) -> None:
    async with seated(KINDS, safety=SAFETY, evidence=shipped().evidence, size=(120, 40), theme=theme) as seat:
        for role in ROLES:
            assert contrast(style_of(role, theme)) >= LEAST[theme], role
        seen = styles_of(seat)
        for item, keys in STEPS.items():
            await seat.press(*keys)
            assert seat.at == item
            seen |= styles_of(seat)
            if item in ("age", "story"):
                await seat.type("xy")
                await seat.press(*(["ctrl+n"] if item == "age" else []))
                seen |= styles_of(seat)
        for style in seen:
            assert contrast(style) >= LEAST[theme], style


async def test_a_theme_can_be_changed_while_running_and_nothing_of_the_old_one_stays() -> None:
    async with seated(KINDS, evidence=shipped().evidence, size=(120, 40)) as seat:
        await to_question(seat, "side")
        seat.app.theme = "msals-contrast"
        await seat.quiet()
        assert {style.bgcolor.get_truecolor().hex for style in styles_of(seat) if style.bgcolor} <= {
            "#000000",
            "#003366",
        }


async def test_sixteen_colours_are_enough_and_none_of_them_is_too_dark() -> None:
    async with seated(KINDS, safety=SAFETY, evidence=shipped().evidence, size=(120, 40), theme="msals-16") as seat:
        seen: set[Style] = set()
        for item, keys in STEPS.items():
            await seat.press(*keys)
            assert seat.at == item
            seen |= styles_of(seat)
        for style in seen:
            for colour in (style.color, style.bgcolor):
                assert colour is None or colour.type in (ColorType.DEFAULT, ColorType.STANDARD), style
            if not style.reverse and style.color is not None and style.bgcolor in (None, Color.default()):
                assert style.color.number in ANSI_THAT_CAN_BE_READ, style
            assert style.color != style.bgcolor or style.color == Color.default(), style


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=lambda glyphs: glyphs.name)
def test_both_sides_and_every_state_differ_in_shape_and_not_in_colour_alone(glyphs: Glyphs) -> None:
    signs = (
        glyphs.first,
        glyphs.second,
        glyphs.elsewhere,
        glyphs.unknown,
        glyphs.not_asked,
        glyphs.recheck,
        glyphs.safety,
    )
    assert len(set(signs)) == len(signs)
    assert len({glyphs.chosen_one, glyphs.open_one, glyphs.chosen_some, glyphs.open_some}) == 4


def test_every_sign_has_an_ascii_twin_of_the_same_width() -> None:
    for name in ASCII.__struct_fields__:
        ours, twin = getattr(UNICODE, name), getattr(ASCII, name)
        assert twin.isascii()
        assert name == "name" or len(ours) == len(twin)


@pytest.mark.parametrize("theme", LEAST)
def test_the_colours_of_both_sides_are_far_apart_also_for_people_who_see_no_red_or_green(theme: str) -> None:
    palette = PALETTES[theme]
    first, second = (Rgb.parse(side) for side in (palette.first, palette.second))
    assert abs(first.b - second.b) >= 90, "blue and yellow are told apart by nearly everybody"


# No colour


async def test_with_no_color_nothing_is_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(KINDS, safety=SAFETY, evidence=shipped().evidence, size=(120, 40)) as seat:
        for item, keys in STEPS.items():
            await seat.press(*keys)
            assert seat.at == item
            for style in styles_of(seat):
                assert style.color in (None, Color.default())
                assert style.bgcolor in (None, Color.default())
        await seat.press("f9")
        assert all(style.color in (None, Color.default()) for style in styles_of(seat))


async def test_an_empty_no_color_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with seated(KINDS) as seat:
        colours = {style.color.get_truecolor() for style in styles_of(seat) if style.color is not None}
        assert any(len(set(colour)) > 1 for colour in colours), "more than greys"


async def test_without_colour_what_is_pointed_at_and_chosen_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(KINDS) as seat:
        await to_question(seat, "side")
        await seat.press("2", "up")
        assert "(•)  2  Right" in seat.grid
        assert seat.pointed == "( )  1  Left"
        assert any(style.reverse for style in styles_of(seat))


# ASCII


async def test_with_ascii_signs_every_screen_is_ascii() -> None:
    async with seated(KINDS, safety=SAFETY, evidence=shipped().evidence, size=(120, 60), glyphs="ascii") as seat:
        shown = [seat.grid]
        for item, keys in STEPS.items():
            await seat.press(*keys)
            assert seat.at == item
            shown.append(seat.grid)
            if item == "breath":
                await seat.press("1", "enter")
                shown.append(seat.grid)
                await seat.decide("mistake")
            if item == "attacks":
                for choice in "1234":
                    await seat.press("1")
                    shown.append(seat.grid)
                    await seat.type(f"201{choice}")
                    await seat.press("enter", "1", "enter", choice, "enter")
                shown.append(seat.grid)
        for keys in (("f1",), ("escape", "f3"), ("escape", "f4"), ("escape", "f9"), ("x", "f6"), ("escape", "f12"),
                     ("escape", "f10"), ("escape", "f2", "down"), ("end",), ("f10",)):  # fmt: skip
            await seat.press(*keys)
            shown.append(seat.grid)
        assert seat.page == "SummaryPage"
        for grid in shown:
            assert grid.isascii(), [line for line in grid.split("\n") if not line.isascii()]


async def test_a_terminal_of_little_skill_gets_ascii_signs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for term in ("linux", "vt100", ""):
        monkeypatch.setenv("TERM", term)
        async with seated(KINDS, glyphs="auto") as seat:
            assert seat.grid.isascii()


# The terminal's own cursor


@pytest.mark.parametrize("keys", [("f2",), ("f3",), ("1", "f10")], ids=["check", "sections", "leave"])
async def test_the_terminals_own_cursor_follows_the_pointer_on_every_page(keys: tuple[str, ...]) -> None:
    async with seated(KINDS, evidence=shipped().evidence) as seat:
        await to_question(seat, "side")
        await seat.press(*keys)
        for key in ("down", "down", "up", "end", "home"):
            await seat.press(key)
            assert seat.lines[seat.cursor.y].startswith(f" {UNICODE.pointer}"), key


async def test_the_terminals_own_cursor_follows_the_pointer_over_the_body_and_through_rounds() -> None:
    async with seated(KINDS) as seat:
        await to_question(seat, "where")
        for key in ("down", "down", "left", "right"):
            await seat.press(key)
            assert any(seat.cursor.y == y for _, y in seat.cells_of(f"entry:{seat.app.screen.open_answer.pointer}"))  # type: ignore[attr-defined]
