"""Sittings in a language that nobody speaks: whatever is shown in plain letters was not translated."""

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from at_screen import Seat, seated
from msals_tui.content.library import Library
from msals_tui.content.library import shipped as shipped_folder
from msals_tui.content.skeletons import skeletons
from msals_tui.questionnaire.dates.occasion import Occasion
from msals_tui.questionnaire.dates.reading import read_date
from msals_tui.questionnaire.dates.said import describe_date
from msals_tui.report.source_line import source_line
from msals_tui.session.load_content import load_content
from msals_tui.session.session import Session
from other_language import fill_in, spoken
from sittings import CLOCK, english, script, shipped

INTAKE, BRIEF = "ms_als_intake", "ms_als_brief"
_RUN = re.compile(r"[A-Za-z]{2}[ -~]*")
"""Plain letters with all plain signs behind them."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped content with everything translated."""
    folder = shutil.copytree(shipped_folder(), tmp_path_factory.mktemp("other") / "content")
    for one in skeletons("language", "xx", shipped(), english(), "choice"):
        (folder / one.file).write_text(one.text, encoding="utf-8")
        fill_in(folder / one.file)
    return Library(folder)


def untranslated(shown: Iterable[str], library: Library) -> set[str]:
    """What is not in the other language, but for sources, which are cited as they are called, and the questionnaire's id."""
    words = library.words("xx")
    cited = [source_line(one, words) for one in library.sources.values()]
    known = " ".join([*cited, *(f"{name} {library.questionnaire(name).version}" for name in (INTAKE, BRIEF))])
    runs = {run.rstrip(" |()[]>") for line in shown for run in _RUN.findall(line)}
    return {run for run in runs if run not in (known.split() if run.isalpha() else known)}


ANY = f"1\n:w\n1\n:h\n2019\n:8\n\n40\n:8\n:l\n{spoken('told')}\n"
"""Some of it is an answer to every question, the rest is told what is wrong with it."""
STAFF = ":v\n:elsewhere\n:sums\n:reference\n:reference 1\n:reference 5\n"


def test_dates_are_said_in_the_other_language_and_said_back_in_it(library: Library) -> None:
    words, today = library.words("xx"), Occasion.on(CLOCK.time.date())
    for said in (
        "last summer",
        "2 weeks ago",
        "since early March 2022",
        "a few days ago",
        "around Christmas 2025",
        "2019",
    ):
        in_english = read_date(said, english(), today).dates
        assert read_date(spoken(said), words, today).dates == in_english != ()
        assert read_date(describe_date(in_english[0], words), words, today).dates == in_english


@pytest.mark.parametrize("name", [INTAKE, BRIEF])
def test_the_plain_front_end_says_everything_in_the_other_language(name: str, library: Library) -> None:
    session = Session(load_content(library, name, language="xx"), CLOCK)
    typed = ANY * 60 + STAFF + ":c\n:n\n1\n:u\n:r\n:f\n:f\n"
    text = "\n".join(script(session, typed, library=library, language="xx").splitlines()[:-1])  # how the script ended

    asked = library.questionnaire(name, "xx").items
    assert sum((one.ask_patient if name == BRIEF else one.ask) in text for one in asked) >= (
        20 if name == BRIEF else 80
    )
    told = [
        rule.say_patient if name == BRIEF else rule.say for rule in library.safety.rule if rule.level == "emergency"
    ]
    assert any(spoken(one) in text for one in told)
    assert untranslated(text.splitlines(), library) == set()


PAGES: Mapping[str, tuple[str, ...]] = {
    INTAKE: ("f1", "f2", "f3", "f4", "f6", "f12", "e", "f9", "f10"),
    BRIEF: ("f1", "f2", "f3", "f4", "f9", "f10"),
}
"""The keys to all pages from a question."""


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
@pytest.mark.parametrize("name", [INTAKE, BRIEF])
async def test_the_screen_shows_everything_in_the_other_language(
    name: str, size: tuple[int, int], library: Library, tmp_path: Path
) -> None:
    shown: dict[str, None] = {}
    pages: set[str] = set()

    async def press(seat: Seat, *keys: str) -> None:
        for key in keys:
            await seat.press(key)
            shown.update(dict.fromkeys(seat.lines))
            pages.add(seat.page)

    async with seated(own=library, size=size, questionnaire=name, language="xx", read=False, records=tmp_path) as seat:
        shown.update(dict.fromkeys(seat.lines))
        await press(seat, "enter")
        for _ in range(70):
            at = seat.at
            await press(seat, "1", "enter")
            if seat.page == "SafetyPage":
                await seat.read()
                await press(seat, "down", "enter")
            elif seat.at == at and seat.page == "QuestionScreen":
                await press(seat, "f7", "ctrl+n")
        for key in PAGES[name]:
            await press(seat, key, "down", "escape")

    assert {"QuestionScreen", "SafetyPage", "CheckPage", "NoteScreen", "SectionsPage", "RoundScreen"} <= pages
    assert (name == BRIEF) == (not pages & {"BalancePage", "ReferencePage", "LookAlikePage"})
    assert untranslated(shown, library) == set()
