"""The pictures: right in size, the same in ASCII, and never dependent on colour."""

from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from msals_tui.questionnaire.dates.value import SEASONS, UNITS, PartialDate
from msals_tui.questionnaire.kinds.choice import Curve, Region
from msals_tui.ui.drawing.glyphs import GlyphSet
from msals_tui.ui.pictures import body_map, courses, time_line
from msals_tui.ui.pictures.body_map import Direction, Size
from msals_tui.ui.pictures.time_line import Captions, Episode, Recovered

GLYPHS: tuple[GlyphSet, ...] = get_args(GlyphSet)
SIZES: tuple[Size, ...] = get_args(Size)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
REGIONS: tuple[Region, ...] = get_args(Region)
CURVES: tuple[Curve, ...] = get_args(Curve)
TODAY = date(2026, 11, 22)

each_size = pytest.mark.parametrize("size", SIZES)
each_glyph_set = pytest.mark.parametrize("glyphs", GLYPHS)
each_region = pytest.mark.parametrize("region", REGIONS)
each_curve = pytest.mark.parametrize("curve", CURVES)


def lines_of(
    size: Size, glyphs: GlyphSet, chosen: frozenset[str] = frozenset(), focused: str | None = None
) -> tuple[str, ...]:
    """The body as plain text."""
    return tuple("".join(run.text for run in row) for row in body_map.draw(size, glyphs, chosen, focused))


def cells_of(size: Size, glyphs: GlyphSet, region: Region, *, chosen: bool = False, focused: bool = False) -> str:
    """The characters of one region, as it is drawn when only it is marked."""
    rows = body_map.draw(size, glyphs, frozenset({region} if chosen else ()), region if focused else None)
    return "".join(run.text for row in rows for run in row if run.region == region)


def drawable(lines: tuple[str, ...], glyphs: GlyphSet) -> bool:
    """Whether each character takes one cell and belongs to the glyph set."""
    text = "".join(lines)
    return all(cell_len(sign) == 1 and sign.isprintable() for sign in text) and (glyphs == "unicode" or text.isascii())


def reached(size: Size, start: Region, among: frozenset[str]) -> set[Region]:
    """All regions that arrows lead to."""
    seen, open_ends = {start}, [start]
    while open_ends:
        here = open_ends.pop()
        new = {body_map.neighbour(size, here, direction, among) for direction in DIRECTIONS} - seen
        seen |= new
        open_ends += new
    return seen


# --- body map


@each_size
@each_glyph_set
def test_every_row_of_the_body_is_exactly_as_wide_as_promised(size: Size, glyphs: GlyphSet) -> None:
    columns, rows = body_map.extent(size)
    for chosen in (frozenset[str](), frozenset(REGIONS)):
        lines = lines_of(size, glyphs, chosen, "chest")
        assert [len(line) for line in lines] == [columns] * rows


def test_the_tall_body_fits_a_large_and_the_short_body_a_small_terminal() -> None:
    assert body_map.extent("tall") == (27, 17)
    assert body_map.extent("short") == (21, 12)


@each_size
@each_glyph_set
def test_the_body_has_only_characters_of_its_glyph_set(size: Size, glyphs: GlyphSet) -> None:
    for focused in (None, *REGIONS):
        assert drawable(lines_of(size, glyphs, frozenset(REGIONS[::2]), focused), glyphs)


@each_size
@each_glyph_set
def test_region_at_agrees_with_draw(size: Size, glyphs: GlyphSet) -> None:
    for y, row in enumerate(body_map.draw(size, glyphs, frozenset({"belly"}), "right_hand")):
        drawn = [run.region for run in row for _ in run.text]
        assert drawn == [body_map.region_at(size, x, y) for x in range(len(drawn))]


@each_size
@each_region
def test_every_region_can_be_pointed_at(size: Size, region: Region) -> None:
    columns, rows = body_map.extent(size)
    cells = [(x, y) for y in range(rows) for x in range(columns) if body_map.region_at(size, x, y) == region]
    assert len(cells) >= 5


@each_size
def test_pointing_beside_the_picture_hits_nothing(size: Size) -> None:
    columns, rows = body_map.extent(size)
    for x, y in ((-1, 5), (5, -1), (columns, 5), (5, rows), (-columns, -rows)):
        assert body_map.region_at(size, x, y) is None


@each_size
def test_the_word_back_can_be_pointed_at_and_is_never_overdrawn(size: Size) -> None:
    lines = lines_of(size, "unicode", frozenset({"back"}), "back")
    y = next(number for number, line in enumerate(lines) if "back" in line)
    assert body_map.region_at(size, lines[y].index("back"), y) == "back"


@each_size
def test_the_patients_right_is_on_the_viewers_left(size: Size) -> None:
    line = next(line for line in lines_of(size, "unicode") if "R" in line)
    assert line.index("R") < line.index("L")
    places: dict[Region | None, list[int]] = {}
    for row in body_map.draw(size, "unicode"):
        x = 0
        for run in row:
            places.setdefault(run.region, []).append(x)
            x += len(run.text)
    pairs: tuple[tuple[Region, Region], ...] = (
        ("right_upper_arm", "left_upper_arm"), ("right_hand", "left_hand"),
        ("right_thigh", "left_thigh"), ("right_foot", "left_foot"),
    )  # fmt: skip
    for right, left in pairs:
        assert max(places[right]) < min(places[left])


@each_size
@each_glyph_set
@each_region
def test_chosen_and_focused_regions_differ_without_colour(size: Size, glyphs: GlyphSet, region: Region) -> None:
    looks = [cells_of(size, glyphs, region, chosen=one, focused=two) for one in (False, True) for two in (False, True)]
    assert len(set(looks)) == 4


@each_size
@each_glyph_set
@each_region
def test_a_chosen_region_is_filled_wholly(size: Size, glyphs: GlyphSet, region: Region) -> None:
    skin, filled = ("·", "█") if glyphs == "unicode" else (".", "#")
    plain, chosen = cells_of(size, glyphs, region), cells_of(size, glyphs, region, chosen=True)
    assert skin in plain
    assert skin not in chosen
    assert chosen == plain.replace(skin, filled)


@each_size
@each_glyph_set
@each_region
def test_a_marked_region_changes_nothing_elsewhere(size: Size, glyphs: GlyphSet, region: Region) -> None:
    plain = body_map.draw(size, glyphs)
    marked = body_map.draw(size, glyphs, frozenset({region}), region)
    for row, other in zip(plain, marked, strict=True):
        assert [run for run in row if run.region != region] == [run for run in other if run.region != region]


def test_runs_say_how_they_are_shown() -> None:
    rows = body_map.draw("tall", "unicode", frozenset({"chest", "neck"}), "neck")
    states = {run.region: run.state for row in rows for run in row}
    assert (states[None], states["eyes"], states["chest"], states["neck"]) == (
        "outside", "plain", "chosen", "chosen_focused",
    )  # fmt: skip
    rows = body_map.draw("tall", "ascii", focused="face")
    assert {run.state for row in rows for run in row if run.region == "face"} == {"focused"}


def test_names_that_are_no_region_mark_nothing() -> None:
    assert body_map.draw("short", "ascii", frozenset({"nowhere"}), "tail") == body_map.draw("short", "ascii")


def test_the_tab_order_holds_every_region_once() -> None:
    assert Counter(body_map.ORDER) == Counter(REGIONS)


@each_size
@each_region
def test_every_region_can_be_reached_with_the_arrows(size: Size, region: Region) -> None:
    assert reached(size, region, frozenset(REGIONS)) == set(REGIONS)


@each_size
@given(offered=st.sets(st.sampled_from(REGIONS), min_size=1))
def test_arrows_reach_every_offered_region_when_a_question_leaves_some_out(size: Size, offered: set[Region]) -> None:
    for start in offered:
        assert reached(size, start, frozenset(offered)) == offered


@each_size
@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        ("eyes", "down", "face"), ("face", "down", "mouth_throat"), ("neck", "down", "chest"), ("belly", "up", "chest"),
        ("chest", "left", "right_upper_arm"), ("chest", "right", "left_upper_arm"),
        ("right_upper_arm", "down", "right_hand"), ("left_hand", "up", "left_upper_arm"),
        ("left_hand", "right", "back"), ("back", "left", "left_hand"), ("right_thigh", "right", "left_thigh"),
        ("left_thigh", "down", "left_foot"),
        ("eyes", "up", "eyes"), ("right_foot", "down", "right_foot"), ("back", "right", "back"),
    ],
)  # fmt: skip
def test_an_arrow_leads_where_it_points_or_stays(size: Size, start: Region, direction: Direction, end: Region) -> None:
    assert body_map.neighbour(size, start, direction) == end


# --- courses


@each_curve
@each_glyph_set
def test_every_curve_has_the_promised_size_and_characters(curve: Curve, glyphs: GlyphSet) -> None:
    lines = courses.draw(curve, glyphs)
    assert [len(line) for line in lines] == [courses.COLUMNS] * courses.ROWS
    assert drawable(lines, glyphs)


@each_glyph_set
def test_no_two_curves_look_much_alike(glyphs: GlyphSet) -> None:
    for one, other in combinations(CURVES, 2):
        pairs = zip("".join(courses.draw(one, glyphs)), "".join(courses.draw(other, glyphs)), strict=True)
        assert sum(a != b for a, b in pairs) >= 9, (one, other)


def heights_of(curve: Curve) -> list[int]:
    """How bad it is in each column, in eighths of a row, as drawn."""
    columns = zip(*courses.draw(curve, "unicode"), strict=True)
    return [sum(" ▁▂▃▄▅▆▇█".index(cell) for cell in column) for column in columns]


def test_curves_rise_and_fall_as_they_are_called() -> None:
    assert all(before < after for before, after in pairwise(heights_of("steady_decline")))
    assert all(before <= after for before, after in pairwise(heights_of("stepwise")))
    assert len(set(heights_of("stepwise"))) == 4
    assert len(set(heights_of("stable"))) == 1
    assert all(before >= after for before, after in pairwise(heights_of("improving")))


@pytest.mark.parametrize(
    ("curve", "attacks", "stays"), [("attacks_recovery", 3, 0), ("single_attack", 1, 0), ("attacks_residue", 3, 15)]
)
def test_attacks_end_well_or_leave_something_behind(curve: Curve, attacks: int, stays: int) -> None:
    heights = heights_of(curve)
    peaks = sum(before < here > after for before, here, after in zip(heights, heights[1:], heights[2:], strict=False))
    assert (peaks, heights[-1] - heights[0]) == (attacks, stays)


# --- time line

ONE_OF_EACH = (
    Episode(PartialDate("2016"), "blurred eye", "full"),
    Episode(PartialDate("2019-04"), "numb legs", "most"),
    Episode(PartialDate("2021-spring"), "double vision", "some"),
    Episode(PartialDate("8 months ago"), "weak hand", "none"),
    Episode(PartialDate("2023-02-01"), "dizzy", None),
)

dates = st.one_of(
    st.integers(1880, 2026).map(str),
    st.tuples(st.integers(1880, 2026), st.sampled_from(SEASONS)).map(lambda parts: f"{parts[0]}-{parts[1]}"),
    st.tuples(st.integers(1880, 2026), st.integers(1, 11)).map(lambda parts: f"{parts[0]}-{parts[1]:02}"),
    st.dates(date(1880, 1, 1), TODAY).map(date.isoformat),
    st.tuples(st.integers(0, 120), st.sampled_from(UNITS)).map(lambda parts: f"{parts[0]} {parts[1]} ago"),
).map(PartialDate)
recoveries = st.sampled_from((*get_args(Recovered), None))
any_episodes = st.lists(st.builds(Episode, st.none() | dates, st.text(max_size=12), recoveries), max_size=12)
unlabelled = st.lists(st.builds(Episode, st.none() | dates, st.just(""), st.just("full")), min_size=1, max_size=30)


@given(episodes=any_episodes, width=st.integers(1, 160), glyphs=st.sampled_from(GLYPHS))
def test_a_time_line_never_breaks_its_promises(episodes: list[Episode], width: int, glyphs: GlyphSet) -> None:
    lines = time_line.draw(episodes, TODAY, width, glyphs)
    assert 1 <= len(lines) <= 5
    assert {len(line) for line in lines} == {width}
    assert drawable(lines, glyphs)


@given(episodes=unlabelled, width=st.integers(60, 120))
def test_every_episode_is_drawn_or_counted(episodes: list[Episode], width: int) -> None:
    words = Captions(today="", undated="U", left_out="O", recovered=("F", "M", "S", "N", "K"))
    *lanes, _, notes = time_line.draw(episodes, TODAY, width, "unicode", words)
    counted = dict(part.split(": ") for part in notes.split("   ") if ": " in part)
    assert sum(line.count("○") for line in lanes) + sum(map(int, counted.values())) == len(episodes)


@each_glyph_set
def test_each_kind_of_recovery_has_its_own_mark_and_is_explained(glyphs: GlyphSet) -> None:
    *lanes, _, notes = time_line.draw(ONE_OF_EACH, TODAY, 90, glyphs)
    marks = {"unicode": "○◔◑●?", "ascii": "o+x#?"}[glyphs]
    for mark, words in zip(marks, time_line.ENGLISH.recovered, strict=True):
        assert f"{mark} {words}" in notes
        assert mark in "".join(lanes)


def test_only_marks_that_are_drawn_are_explained() -> None:
    notes = time_line.draw(ONE_OF_EACH[:1], TODAY, 80, "unicode")[-1]
    assert notes.rstrip() == "○ all came back   ├┤ some time in here"


def test_a_year_is_a_span_and_a_day_is_a_point() -> None:
    episodes = (Episode(PartialDate("2020"), "a", "full"), Episode(PartialDate("2024-07-01"), "b", "none"))
    line = time_line.draw(episodes, TODAY, 72, "unicode")[0]
    assert line.split() == ["├┄┄┄┄○┄┄┄┄┤", "a", "●", "b"]


def test_marks_stand_above_their_year() -> None:
    new_year = Episode(PartialDate("2022-01-01"), "", "full")
    lane, axis, _ = time_line.draw((new_year, ONE_OF_EACH[0]), TODAY, 100, "ascii")
    assert lane.rindex("o") == axis.index("|2022")
    assert lane.index("[") == axis.index("|2016") == 0


def test_today_is_the_last_column_and_labels_near_it_stand_before_their_mark() -> None:
    lane, axis, _ = time_line.draw((Episode(PartialDate("0 days ago"), "weak", "none"),), TODAY, 60, "ascii")
    assert lane.endswith(" weak #")
    assert axis.endswith("today")


def test_unknown_dates_are_counted_and_not_drawn() -> None:
    unknown = (Episode(None, "one", "full"), Episode(None, "two", None))
    lines = time_line.draw((*unknown, ONE_OF_EACH[0]), TODAY, 60, "unicode")
    assert lines[-1].startswith("date not known: 2   ")
    axis, notes = time_line.draw(unknown, TODAY, 60, "unicode")
    assert notes.rstrip() == "date not known: 2"
    assert "2025" in axis


def test_no_episodes_leave_the_axis_alone() -> None:
    (axis,) = time_line.draw((), TODAY, 40, "ascii")
    assert axis.startswith("|2025")
    assert axis.endswith("today")


def test_episodes_that_overlap_stand_on_rows_of_their_own_and_the_rest_is_counted() -> None:
    same = tuple(Episode(PartialDate("2020"), f"no {number}", "full") for number in range(5))
    lines = time_line.draw(same, TODAY, 60, "unicode")
    assert len(lines) == 5
    assert [line.split()[-1] for line in lines[:3]] == ["2", "1", "0"]
    assert lines[-1].startswith("no room for: 2   ")


def test_labels_are_cut_where_marks_need_the_room() -> None:
    many = [Episode(PartialDate(f"{year}-06-15"), f"{year} left arm and leg", "full") for year in range(2010, 2026)]
    *lanes, _, _ = time_line.draw(many, TODAY, 76, "unicode")
    assert sum(line.count("○") for line in lanes) == len(many)
    assert any("…" in line for line in lanes)


def test_years_are_named_less_often_where_there_is_less_room() -> None:
    named = [time_line.draw(ONE_OF_EACH, TODAY, width, "ascii")[-2].count("|") for width in (100, 50, 25)]
    assert named == sorted(named, reverse=True)
    assert named == [10, 5, 2]


def test_labels_lose_what_a_cell_cannot_hold() -> None:
    episodes = (Episode(PartialDate("2020-05-01"), "caf\u00e9\n\u6771\u4eac\u200b", "full"),)
    assert "○ café ??" in time_line.draw(episodes, TODAY, 60, "unicode")[0]
    assert "o cafe ??" in time_line.draw(episodes, TODAY, 60, "ascii")[0]


def test_the_words_can_be_those_of_another_language() -> None:
    back = ("alles", "viel", "etwas", "nichts", "unbekannt")
    german = Captions(
        today="heute", undated="Datum unbekannt", left_out="kein Platz", roughly="etwa da", recovered=back
    )
    *_, axis, notes = time_line.draw((Episode(None, "", None), ONE_OF_EACH[0]), TODAY, 60, "unicode", german)
    assert axis.endswith("heute")
    assert notes.rstrip() == "Datum unbekannt: 1   ○ alles   ├┤ etwa da"
