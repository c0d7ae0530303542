"""Text from people and from files is data: it breaks no screen and reaches no terminal as a command."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from at_screen import Seat, library, seated, strips
from hostile import TEXTS, forbidden, toml_string
from msals_tui.questionnaire.answer import Answer, Choice, PartialDate, Row, Rows, Text
from msals_tui.session.summary import summary_text
from msals_tui.ui.screens.pages import NotWrittenPage
from sittings import english, shipped

PLAIN = """
[[item]]
id = "line"
type = "short_text"
max_length = 200
[[item]]
id = "story"
type = "long_text"
max_length = 400
[[item]]
id = "after"
type = "yes_no"
"""


def looks_safe(seat: Seat, what: str) -> None:
    """Nothing on the screen that a terminal could obey; every line exactly as wide as the window."""
    width = seat.app.size.width
    for strip in strips(seat.app):
        text = strip.text
        assert not forbidden(text), f"{what}: {forbidden(text)} in {text!r}"
        assert strip.cell_length == width, what
        for segment in strip:
            assert segment.control is None or not segment.control, what
            assert segment.style is None or (segment.style.link is None and "@click" not in segment.style.meta), what


def of_kinds() -> Iterator[tuple[str, str]]:
    """Every hostile text, with the kind of question that it is put into."""
    kinds = (
        "choice",
        "several",
        "yes_no",
        "number",
        "date",
        "short_text",
        "long_text",
        "statement",
        "group",
        "body_map",
    )
    for number, (what, _) in enumerate(TEXTS.items()):
        yield what, kinds[number % len(kinds)]


def hostile_questionnaire(*, voice: str) -> str:
    """Every hostile text in every place of a questionnaire where text may stand, a question for each."""
    parts = [f'voice = "{voice}"']
    for number, (what, kind) in enumerate(of_kinds()):
        label, sentence = toml_string(TEXTS[what][:90] + "."), toml_string(TEXTS[what][:380] + ".")
        parts.append(f'[[section]]\nid = "s{number}"\ntitle = {label}\ntitle_patient = {label}')
        parts.append(f'[[section.item]]\nid = "q{number}"\ntype = "{kind}"\nask = {sentence}\nask_patient = {sentence}')
        parts.append(f"why = {sentence}\nhelp = {sentence}\nhelp_patient = {sentence}")
        more = {
            "choice": f'options = [{{code = "a", label = {label}, label_patient = {label}}}, "b"]',
            "several": f'options = [{{code = "a", label = {label}, label_patient = {label}}}, "b"]',
            "body_map": f'options = [{{code = "a", label = {label}, region = "eyes"}}, {{code = "b", label = {label}}}]',
            "number": f"unit = {label}\nmin = 0\nmax = 9",
            "group": f'row_label = {label}\nrow_label_patient = {label}\n[[section.item.items]]\nid = "in{number}"\n'
            f'type = "choice"\nask = {sentence}\noptions = [{{code = "a", label = {label}}}, "b"]',
        }
        parts.append(more.get(kind, ""))
    return "\n".join(parts)


@pytest.mark.parametrize(("voice", "size"), [("clinician", (120, 40)), ("patient", (40, 12))])
async def test_words_of_a_questionnaire_are_only_shown(voice: str, size: tuple[int, int]) -> None:
    async with seated(hostile_questionnaire(voice=voice), evidence=shipped().evidence, size=size) as seat:
        for number, (what, kind) in enumerate(of_kinds()):
            looks_safe(seat, what)
            if number % 5 == 0:
                await seat.press("f1")
                looks_safe(seat, what)
                await seat.press("escape")
            if kind == "group":
                await seat.press("1")
                looks_safe(seat, what)
                await seat.press("1", "enter")
                looks_safe(seat, what)
                await seat.press("2", "enter")
            else:
                await seat.type({"number": "4", "date": "2019", "short_text": "x", "long_text": "x"}.get(kind, "1"))
                await seat.press("ctrl+n")
        assert seat.page == "CheckPage"
        for keys in (("down",), ("pagedown",), ("end",), ("f3",), ("end",), ("escape", "f10"), ("pagedown",), ("end",)):
            await seat.press(*keys)
            looks_safe(seat, f"after {keys}")


async def test_titles_of_questionnaires_are_only_shown_at_home() -> None:
    tomls = [
        f'id = "q{number}"\ntitle = {toml_string(text[:90] + ".")}\nabout = {toml_string(text[:1000])}\n{PLAIN}'
        for number, text in enumerate(TEXTS.values())
    ]
    async with seated(own=library(*tomls), start="home", questionnaire="q0", size=(80, 400)) as seat:
        looks_safe(seat, "home")
        await seat.press("end")
        looks_safe(seat, "home, its end")


@pytest.mark.parametrize("item", ["line", "story"])
async def test_whatever_is_pasted_into_a_field_is_only_text(item: str) -> None:
    async with seated(PLAIN) as seat:
        await seat.press(*(["f7", "enter"] if item == "story" else []))
        for what, text in TEXTS.items():
            assert seat.at == item
            await seat.paste(text)
            looks_safe(seat, what)
            typed = seat.app.screen.draft.typed  # type: ignore[attr-defined]
            assert not forbidden(typed.replace("\n", "")), what
            await seat.press("f7")
            assert seat.app.screen.draft.typed == ""  # type: ignore[attr-defined]
        await seat.paste("\n".join(TEXTS.values()))
        await seat.press("ctrl+n", "f2")
        looks_safe(seat, "the check page")
        answer = seat.given[item]
        assert isinstance(answer, Text)
        assert not forbidden(answer.text.replace("\n", ""))


async def test_whatever_is_pasted_into_a_note_is_only_text() -> None:
    async with seated(PLAIN) as seat:
        await seat.press("f4")
        for what, text in TEXTS.items():
            await seat.paste(text)
            looks_safe(seat, what)
            await seat.press("f7", "delete")
        for text in list(TEXTS.values())[10:30]:
            await seat.paste(text)
        await seat.press("f4")
        looks_safe(seat, "the note on the card")
        note = seat.session.interview.notes["line"]
        assert not forbidden(note.replace("\n", ""))


async def test_brackets_can_be_typed_key_by_key() -> None:
    async with seated(PLAIN) as seat:
        await seat.type("a [/ b [type=x, v={'a[0]'}] \\[")
        await seat.press("enter", "f2")
        assert "a [/ b" in seat.words
        looks_safe(seat, "typed")


async def test_a_replaced_character_is_told_of() -> None:
    async with seated(PLAIN) as seat:
        await seat.paste("a\x1b]0;x\x07b")
        assert "! Characters that a screen cannot show safely were replaced (2)" in seat.words


async def test_answers_and_notes_from_a_file_that_nobody_cleaned_are_only_shown() -> None:
    asked = "\n".join(
        f'[[item]]\nid = "q{number}"\ntype = "{("short_text", "long_text")[number % 2]}"'
        for number in range(len(TEXTS))
    )
    async with seated(asked, size=(100, 50)) as seat:
        given: dict[str, Answer] = {f"q{number}": Text(text[:4000]) for number, text in enumerate(TEXTS.values())}
        notes = {f"q{number}": text[:2000] for number, text in enumerate(TEXTS.values())}
        seat.session.restore(given, notes=notes)
        await seat.press("f2")
        for number, what in enumerate(TEXTS):
            looks_safe(seat, f"check page, {what}")
            if number == 0:
                await seat.press("home", "enter")
            else:
                seat.app.screen._go_to(f"q{number}", come_back=False)  # type: ignore[attr-defined]
                await seat.quiet()
            assert seat.at == f"q{number}"
            looks_safe(seat, what)
        await seat.press("f2", "home")
        for _ in range(8):
            await seat.press("pagedown")
            looks_safe(seat, "check page")
        await seat.press("f10")
        assert seat.page == "SummaryPage"
        for _ in range(8):
            looks_safe(seat, "summary")
            await seat.press("pagedown")
        assert not forbidden(summary_text(seat.session, english()).replace("\n", ""))


async def test_messages_about_files_are_only_shown() -> None:
    async with seated(PLAIN, size=(80, 60)) as seat:
        texts = [f"{what}: /tmp/{text[:150]}: the disk is full" for what, text in TEXTS.items()]
        for start in range(0, len(texts), 6):
            seat.app.push_screen(NotWrittenPage(seat.app.setting, "; ".join(texts[start : start + 6])))
            await seat.quiet()
            looks_safe(seat, texts[start])


@pytest.mark.parametrize("name", ["[/b]", "a [/ b", "\x1b]0;title\x07", "\u202etxt"])
async def test_a_folder_of_any_name_is_named_safely_at_the_end(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))
    async with seated(PLAIN) as seat:
        await seat.type("x")
        await seat.press("enter", "f10", "1")
        await seat.until(lambda: not seat.app.is_running)
    assert not forbidden(str(seat.app.return_value).replace("\n", ""))
    assert list(tmp_path.rglob("*.toml"))


async def test_a_megabyte_pasted_is_taken_quickly_and_cut_aloud() -> None:
    async with seated(PLAIN) as seat:
        for _ in range(2):
            before = time.process_time()
            await seat.paste("word \x1b[31m" * 100_000)
            assert time.process_time() - before < 1.0
            assert "characters can be kept" in seat.words
            await seat.press("f7", "ctrl+n")


def test_what_is_forbidden_is_found() -> None:
    assert forbidden("a\x1b\x9b\u202eb\U000e0041") == ["U+001B", "U+009B", "U+202E", "U+E0041"]
    assert not forbidden("plain \u7b4b \U0001f468\u200d\U0001f469 \u05e9")


async def test_a_time_line_of_hostile_labels_is_only_drawn() -> None:
    asked = """
        [[item]]
        id = "attacks"
        type = "group"
        row_label = "Attack"
        max_rows = 50
        time_line = { when = "when", label = "what", recovery = "back" }
        [[item.items]]
        id = "when"
        type = "date"
        [[item.items]]
        id = "what"
        type = "short_text"
        [[item.items]]
        id = "back"
        type = "choice"
        options = ["all", "none"]
    """
    async with seated(asked, size=(120, 80)) as seat:
        texts = list(TEXTS.items())
        for start in range(0, len(texts), 12):
            rows = tuple(
                Row((("when", PartialDate(f"20{10 + place}")), ("what", Text(text)), ("back", Choice(("all",)))))
                for place, (_, text) in enumerate(texts[start : start + 12])
            )
            seat.session.restore({"attacks": Rows(rows)}, notes={})
            await seat.press("escape")
            seat.app.screen.open(seat.session.interview.questionnaire.items[0], Rows(rows))  # type: ignore[attr-defined]
            seat.app.screen.draw()  # type: ignore[attr-defined]
            await seat.quiet()
            looks_safe(seat, f"rounds from {texts[start][0]}")
