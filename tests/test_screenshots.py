"""The pictures for people: made of shipped content, alone in the world, and the same whenever they are made again."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path
from xml.etree import ElementTree

import pytest

from msals_tui.errors import InputFault
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from msals_tui.ui.screenshots.camera import CLOCK
from msals_tui.ui.screenshots.png import png_of
from msals_tui.ui.screenshots.scenes import SCENES, SMALL
from msals_tui.ui.screenshots.stories import read_story, walk
from msals_tui.ui.screenshots.svg import standing_alone
from sittings import shipped

PROJECT = Path(__file__).resolve().parent.parent
STORIES = sorted({scene.story.name for scene in SCENES if scene.story is not None})
WITHOUT_RENDERER = "import sys; sys.modules['resvg_py'] = None; from msals_tui.cli import main; sys.exit(main())"
ONLY_SVG = "only SVG pictures were made"


@pytest.fixture(scope="module")
def made() -> tuple[Path, Path, str]:
    """Two folders of pictures, made in two different environments, and what the first run complained of.

    Whichever process of the tests comes first makes them for all.
    """
    folder = Path.home() / "pictures"
    folder.mkdir(exist_ok=True)
    first, second, complaint = folder / "first", folder / "second", folder / "complaint"
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not complaint.exists():
            complaint.write_text(make_pictures(first, second))
    return first, second, complaint.read_text()


def make_pictures(*folders: Path) -> str:
    """Makes them in both folders at the same time; returns what the first run complained of."""
    surroundings = [
        {"PYTHONHASHSEED": "1"},
        {
            "PYTHONHASHSEED": "2",
            "NO_COLOR": "1",
            "TERM": "dumb",
            "COLUMNS": "40",
            "TEXTUAL_THEME": "nord",
            "TZ": "Asia/Tokyo",
        },
    ]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WITHOUT_RENDERER, "screenshots", str(folder)],
            env={**os.environ, **surrounding}, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for folder, surrounding in zip(folders, surroundings, strict=True)
    ]  # fmt: skip
    complaints = [run.communicate(timeout=240)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], complaints
    return complaints[0]


def svg_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.svg")):
        yield path.name, path.read_text(encoding="utf-8")


def test_every_scene_becomes_one_picture_and_nothing_else_is_written(made: tuple[Path, Path, str]) -> None:
    assert sorted(path.name for path in made[0].iterdir()) == sorted(f"{scene.name}.svg" for scene in SCENES)


def test_pictures_made_again_elsewhere_are_the_same_to_the_byte(made: tuple[Path, Path, str]) -> None:
    first, second, _ = made
    assert [
        path.name for path in sorted(first.iterdir()) if path.read_bytes() != (second / path.name).read_bytes()
    ] == []


def test_a_picture_loads_nothing_from_the_web(made: tuple[Path, Path, str]) -> None:
    for name, drawing in svg_of(made[0]):
        assert drawing.count('="http') == 1, name  # the name of SVG itself; an address that is shown is only text
        assert not re.search(r"href|url\(|@import|<(image|script|use|foreignObject)", drawing), name
        assert not re.search(r"url\(|@import|@font-face|href|<script|<image", drawing), name


def test_a_picture_is_whole_xml_and_says_in_a_sentence_what_it_shows(made: tuple[Path, Path, str]) -> None:
    for name, drawing in svg_of(made[0]):
        root = ElementTree.fromstring(drawing)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert re.fullmatch(r"[A-Z].+[.?]", root[0].text or ""), name
        assert len(root.findall(".//{*}text")) > 5, f"{name} is nearly empty"


def test_ascii_pictures_hold_nothing_but_ascii(made: tuple[Path, Path, str]) -> None:
    for name, drawing in svg_of(made[0]):
        if "ascii" in name:
            assert drawing.replace("\xa0", " ").isascii(), name


def test_pictures_without_colour_hold_only_greys(made: tuple[Path, Path, str]) -> None:
    for name, drawing in svg_of(made[0]):
        if "no-colour" in name:
            colours = re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", drawing)
            assert colours
            assert all(red == green == blue for red, green, blue in colours), name


def test_without_a_renderer_one_sentence_says_that_only_svg_were_made(made: tuple[Path, Path, str]) -> None:
    assert made[2].startswith(ONLY_SVG)
    assert made[2].count("\n") == 1


@pytest.mark.parametrize("name", STORIES)
def test_a_story_answers_only_what_it_is_asked_on_its_way(name: str) -> None:
    story = read_story(name)
    session = Session(load_content(shipped(), story.questionnaire), CLOCK)
    walk(session, story)
    assert story.answers.keys() - session.interview.response.asked == set()


def test_a_story_that_never_comes_to_its_question_is_a_fault_in_one_sentence() -> None:
    story = read_story("brief")
    session = Session(load_content(shipped(), story.questionnaire), CLOCK)
    with pytest.raises(InputFault, match="never comes to weakness_places"):
        walk(session, story, "weakness_places")


def test_every_picture_that_the_readme_shows_is_in_the_folder() -> None:
    shown = re.findall(r"\((screenshots/[^)]+)\)", (PROJECT / "README.md").read_text(encoding="utf-8"))
    assert shown
    assert [path for path in shown if not (PROJECT / path).is_file()] == []


def test_names_of_pictures_are_plain_and_end_in_their_size() -> None:
    names = [scene.name for scene in SCENES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(rf"[a-z-]+-{scene.size[0]}x{scene.size[1]}", scene.name) for scene in SCENES)


def test_a_drawing_that_textual_makes_in_another_way_is_refused() -> None:
    with pytest.raises(ValueError, match="another way"):
        standing_alone('<svg xmlns="http://www.w3.org/2000/svg"/>', SMALL, about="Nothing.", background="#000000")


def test_a_copy_as_png_has_whole_pixels_for_every_cell() -> None:
    pytest.importorskip("resvg_py")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000.4 634.4"></svg>'  # 82 x 26 cells
    image = png_of(drawing)
    assert image is not None
    assert image.startswith(b"\x89PNG")
    assert (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) == (82 * 14, 26 * 28)
