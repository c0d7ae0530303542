"""What a key costs, counted and never timed: bytes to the terminal, lines drawn, widgets made, modules loaded at the start.

A figure here is a bound that a change must not pass unnoticed; how fast it all is, `make bench` measures.
"""

from pathlib import Path

import pytest
from textual.widget import Widget

from at_screen import seated
from msals_tui.ui.drawing.lines import Lines
from msals_tui.ui.screens.question import QuestionScreen
from pseudo_terminal import Terminal, loaded_by_an_intake, msals, running
from sittings import shipped

DOWN, F10 = "\x1b[B", "\x1b[21~"
ANSWERS = 10
QUESTIONS = "\n".join(
    f'[[section.item]]\nid = "q{number}"\ntype = "yes_no"\nask = "Question {number:02d} of these?"\n'
    f'ask_patient = "Question {number:02d} of these?"\nwhy = "It is counted."\nyes.observes = ["{finding}"]'
    for number, finding in enumerate(list(shipped().evidence.findings)[: ANSWERS + 1])
)
FORM = (
    'schema = "msals-questionnaire/1"\nid = "counted"\nversion = "1.0.0"\ntitle = "Counted"\n'
    f'[[section]]\nid = "one"\ntitle = "One"\n{QUESTIONS}\n'
)


def _sent(terminal: Terminal, keys: str, then: str) -> int:
    """The bytes that keys make the program write, until what they lead to can be seen."""
    before = len(terminal.output)
    terminal.press(keys, then)
    return len(terminal.output) - before


# Bytes


@pytest.mark.parametrize(("size", "an_answer", "the_start"), [((80, 24), 700, 4500), ((120, 40), 1000, 8000)])
def test_a_slow_line_carries_little(size: tuple[int, int], an_answer: int, the_start: int, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    form.write_text(FORM)
    with running(*msals("intake", "--questionnaire", str(form)), home=tmp_path, size=size) as terminal:
        terminal.see("I have read this")
        assert len(terminal.output) < the_start
        terminal.press("\r", "Question 00 of these?")
        sent = [_sent(terminal, "1\r", f"Question {number:02d} of these?") for number in range(1, ANSWERS)]
        assert sum(sent) / len(sent) < an_answer
        terminal.see(f"Saved {len(sent)}")  # which comes by itself, and is no part of an arrow
        assert _arrow(terminal) < 120


def _arrow(terminal: Terminal) -> int:
    before, seen = len(terminal.output), terminal.text
    terminal.send(DOWN).until(lambda: terminal.text != seen, "the pointer never moved")
    return len(terminal.output) - before


# Lines and widgets


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, int]]:
    """Every line that is drawn: of which part, and where."""
    lines: list[tuple[str | None, int]] = []
    draw = Lines._draw

    def counting(self: Lines, spans: object) -> object:
        lines.append((self.id, self.rows.index(spans) if spans in self.rows else -1))  # type: ignore[arg-type]
        return draw(self, spans)  # type: ignore[arg-type]

    monkeypatch.setattr(Lines, "_draw", counting)
    return lines


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_moving_the_pointer_draws_two_lines(size: tuple[int, int], drawn: list[tuple[str | None, int]]) -> None:
    async with seated(own=shipped(), size=size, questionnaire="ms_als_intake") as seat:
        while seat.app.screen.open_answer.item.type != "choice":  # type: ignore[attr-defined]
            await seat.press("f7", "enter")
        await seat.press("down")
        drawn.clear()
        await seat.press("down")
        assert [part for part, _ in drawn] == ["card", "card"]


async def test_an_answer_makes_no_widget_and_draws_no_line_that_stays_as_it_is(
    drawn: list[tuple[str | None, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    init = Widget.__init__

    def counting(self: Widget, *arguments: object, **named: object) -> None:
        made.append(type(self).__name__)
        init(self, *arguments, **named)  # type: ignore[arg-type]

    async with seated(own=shipped(), size=(120, 40), questionnaire="ms_als_intake") as seat:
        monkeypatch.setattr(Widget, "__init__", counting)
        for _ in range(12):
            if not isinstance(seat.app.screen, QuestionScreen):
                break  # something that calls for a person now
            before = {part.id: part.rows for part in seat.app.screen.query(Lines)}
            drawn.clear()
            await seat.press("f7", "enter")
            after = {part.id: part.rows for part in seat.app.screen.query(Lines)}
            differing = sum(
                (before[name][y : y + 1]) != rows[y : y + 1]
                for name, rows in after.items()
                for y in range(max(len(rows), len(before[name])))
            )
            chosen = 2  # the line of the answer, drawn once when it is chosen, and the one that asks for it
            assert len(drawn) <= differing + chosen
        assert made == []


# Modules


def test_a_start_loads_what_it_needs(tmp_path: Path) -> None:
    loaded_by_an_intake(tmp_path)  # checks the content and keeps what it found
    loaded = loaded_by_an_intake(tmp_path)
    never = {
        "pydantic",
        "pydantic_core",
        "tomli",
        "tomllib",
        "ssl",
        "_hashlib",
        "importlib.metadata",
        "tomli_w",
        "msals_tui.content.checks",
        "msals_tui.content.check_loading",
        "json.tool",
    }
    assert never & loaded == set()
    seldom = (
        "textual.widgets._markdown",
        "textual.widgets._text_area",
        "markdown_it",
        "tree_sitter",
        "msals_tui.ui.pictures",
    )
    assert not {one for one in loaded if one.startswith(seldom)}
    ours = [one for one in loaded if one.startswith("msals_tui")]
    # Dates, rules of consistency, what is typed and what a key may be have files of their own; how long a start takes is
    # measured apart.
    assert len(ours) < 150, sorted(ours)
