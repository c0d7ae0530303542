"""Text from people and from files is data: it breaks no screen and reaches no terminal as a command."""

import time
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from msgspec.structs import replace

from at_screen import Seat, library, seated, strips
from hostile import EVERY, TEXTS, forbidden, packs, toml_string
from msals_tui.content.case_files import SummaryFile, read_case
from msals_tui.questionnaire.answer import Answer
from msals_tui.questionnaire.dates.value import PartialDate
from msals_tui.questionnaire.kinds.choice import Choice
from msals_tui.questionnaire.kinds.group import Row, Rows
from msals_tui.questionnaire.kinds.text import Text
from msals_tui.records.hand_over import summary_text
from msals_tui.session.replay import replay
from msals_tui.text import clean, escape_unprintable, for_screen, hidden_in
from msals_tui.ui.screens.choice_pages import NotWrittenPage, ThanksPage
from sittings import content, english, lines, script, shipped, sitting

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


SAMPLE = {**TEXTS, **{what: text for place, (what, text) in enumerate(EVERY.items()) if place % 9 == 0}}
"""Every ninth text of the families beside the chosen ones, where a text costs a screen of its own."""


def in_places() -> Iterator[tuple[str, str, str, str]]:
    """All texts as two labels and a sentence at a time, with the names of what is in them."""
    labels, sentences = list(packs(90)), list(packs(380))
    for number in range(max((len(labels) + 1) // 2, len(sentences))):
        (what, label), (other, other_label) = labels[2 * number % len(labels)], labels[(2 * number + 1) % len(labels)]
        others, sentence = sentences[number % len(sentences)]
        yield f"{what}, {other}, {others}", f"{label}.", f"{other_label}.", f"{sentence}."


def of_kinds() -> Iterator[tuple[str, str, str, str, str]]:
    """All of them, each with the kind of question that it is put into."""
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
    for number, (what, label, other_label, sentence) in enumerate(in_places()):
        yield what, kinds[number % len(kinds)], label, other_label, sentence


def hostile_questionnaire(*, voice: str) -> str:
    """Every hostile text in every place of a questionnaire where text may stand, a question for each."""
    parts = [f'voice = "{voice}"']
    for number, (_, kind, *words) in enumerate(of_kinds()):
        title, label, sentence = map(toml_string, words)
        parts.append(f'[[section]]\nid = "s{number}"\ntitle = {title}\ntitle_patient = {title}')
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
        for number, (what, kind, *_) in enumerate(of_kinds()):
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
        f'id = "q{number}"\ntitle = {toml_string(title)}\nabout = {toml_string(label + sentence)}\n{PLAIN}'
        for number, (_, title, label, sentence) in enumerate(in_places())
    ]
    async with seated(own=library(*tomls), start="home", questionnaire="q0", size=(80, 2000)) as seat:
        looks_safe(seat, "home")
        await seat.press("end")
        looks_safe(seat, "home, its end")


@pytest.mark.parametrize("item", ["line", "story"])
async def test_whatever_is_pasted_into_a_field_is_only_text(item: str) -> None:
    async with seated(PLAIN) as seat:
        await seat.press(*(["f7", "enter"] if item == "story" else []))
        for what, text in (*SAMPLE.items(), *packs(200)) if item == "line" else packs(400):
            assert seat.at == item
            await seat.paste(text)
            looks_safe(seat, what)
            typed = seat.app.screen.open_answer.typed  # type: ignore[attr-defined]
            assert not forbidden(typed.replace("\n", "")), what
            await seat.press("f7")
            assert seat.app.screen.open_answer.typed == ""  # type: ignore[attr-defined]
        await seat.paste("\n".join(TEXTS.values()))
        await seat.press("ctrl+n", "f2")
        looks_safe(seat, "the check page")
        answer = seat.given[item]
        assert isinstance(answer, Text)
        assert not forbidden(answer.text.replace("\n", ""))


@pytest.mark.parametrize(("kind", "more"), [("number", 'min = 0\nmax = 9\nunit = "years"'), ("date", "")])
async def test_whatever_is_pasted_where_a_number_or_a_date_is_asked_for_is_asked_for_again(
    kind: str, more: str
) -> None:
    async with seated(f'[[item]]\nid = "one"\ntype = "{kind}"\n{more}\n{PLAIN}') as seat:
        for what, text in list(SAMPLE.items())[kind == "date" :: 2]:
            await seat.paste(text)
            await seat.press("enter")
            looks_safe(seat, what)
            if seat.at == "one":
                await seat.press("f7")
            else:  # some are a number or a date after all
                await seat.press("escape", "f7")
            assert seat.app.screen.open_answer.typed == ""  # type: ignore[attr-defined]


async def test_whatever_is_pasted_into_a_round_is_only_text() -> None:
    asked = """
        [[item]]
        id = "drugs"
        type = "group"
        row_label = "Medicine"
        max_rows = 50
        [[item.items]]
        id = "name"
        type = "short_text"
        max_length = 400
    """
    async with seated(asked, size=(100, 60)) as seat:
        for what, text in list(packs(400))[:50]:
            await seat.press("1")
            await seat.paste(text)
            looks_safe(seat, what)
            await seat.press("enter")
            looks_safe(seat, f"the list after {what}")
        await seat.press("f2")
        for _ in range(10):
            looks_safe(seat, "the check page")
            await seat.press("pagedown")


async def test_whatever_is_pasted_into_a_note_is_only_text() -> None:
    async with seated(PLAIN) as seat:
        await seat.press("f4")
        for what, text in packs(2000):
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
    texts = list(packs(400))
    asked = "\n".join(
        f'[[item]]\nid = "q{number}"\ntype = "{("short_text", "long_text")[number % 2]}"'
        for number in range(len(texts))
    )
    async with seated(asked, size=(100, 50)) as seat:
        given: dict[str, Answer] = {f"q{number}": Text(text) for number, (_, text) in enumerate(texts)}
        seat.session.restore(given, notes={f"q{number}": text for number, (_, text) in enumerate(texts)})
        await seat.press("f2")
        for number, (what, _) in enumerate(texts):
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


@pytest.mark.parametrize(("voice", "first"), [("clinician", 0), ("patient", 1)])
async def test_the_words_of_a_safety_rule_and_the_answer_behind_it_are_only_shown(voice: str, first: int) -> None:
    texts = list(in_places())[first::2]
    items = [f'voice = "{voice}"']
    rules = []
    for number, (_, *words) in enumerate(texts):
        title, ask, say = map(toml_string, words)
        items.append(f'[[item]]\nid = "q{number}"\ntype = "yes_no"\nask = {ask}\nask_patient = {ask}')
        rules.append(
            f'[[rule]]\nid = "r{number}"\nnumber = "S{number + 1}"\nlevel = "emergency"\ntitle = {title}\nsay = {say}\n'
            f'say_patient = {say}\naction = {say}\nread = true\nwhen = {{ item = "q{number}", is = "yes" }}'
        )
    async with seated("\n".join(items), safety="\n".join(rules)) as seat:
        for what, *_ in texts:
            await seat.press("1", "enter")
            assert seat.page == "SafetyPage"
            looks_safe(seat, what)
            await seat.decide("told")
        await seat.press("f2")
        looks_safe(seat, "the check page")


async def test_the_words_of_a_look_alike_are_only_shown() -> None:
    evidence = shipped().evidence
    texts = [*packs(300)]
    hostile = {
        name: structs.replace(
            one,
            name=texts[place % len(texts)][1][:100],
            note=texts[(place + 1) % len(texts)][1],
            settled_by=texts[(place + 2) % len(texts)][1],
            feature=tuple(structs.replace(part, text=texts[(place + 3) % len(texts)][1]) for part in one.feature),
            against=tuple(structs.replace(part, text=texts[(place + 4) % len(texts)][1]) for part in one.against),
        )
        for place, (name, one) in zip(range(0, 5 * len(texts), 3), evidence.look_alikes.items(), strict=False)
    }
    async with seated(PLAIN, evidence=replace(evidence, look_alikes=hostile), size=(80, 60)) as seat:
        await seat.press("f7", "enter", "f7", "ctrl+n", "alt+e")
        looks_safe(seat, "the list")
        await seat.press("enter")
        assert seat.page == "LookAlikePage"
        for name in hostile:
            looks_safe(seat, name)
            await seat.press("end")
            looks_safe(seat, f"{name}, its end")
            await seat.press("right")


async def test_messages_about_files_are_only_shown() -> None:
    async with seated(PLAIN, size=(80, 60)) as seat:
        for place, (what, text) in enumerate(packs(700)):
            page = (NotWrittenPage, ThanksPage)[place % 2]
            seat.app.push_screen(page(seat.app.setting, f"/tmp/{text}: the disk is full"))
            await seat.quiet()
            looks_safe(seat, f"{page.__name__}, {what}")
            seat.app.pop_screen()


@pytest.mark.parametrize("name", ["[/b]", "a [/ b", "\x1b]0;title\x07", "\u202etxt"])
async def test_a_folder_of_any_name_is_named_safely_at_the_end(name: str, tmp_path: Path) -> None:
    async with seated(PLAIN, records=tmp_path / name) as seat:
        await seat.type("x")
        await seat.press("enter", "f2", "f10", "f10")
        await seat.until(lambda: not seat.app.is_running)
    assert not forbidden(str(seat.app.return_value).replace("\n", ""))
    assert list(tmp_path.rglob("*.toml"))


async def test_a_megabyte_pasted_is_taken_quickly_and_cut_aloud() -> None:
    async with seated(PLAIN) as seat:
        for _ in range(2):
            took = []
            for _ in range(3):  # at its best: whatever else this machine does only makes it take longer
                await seat.press("f7")
                before = time.process_time()
                await seat.paste("word \x1b[31m" * 100_000)
                took.append(time.process_time() - before)
            assert min(took) < 1.0
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


# Where there is no screen: the sanitiser, the summary, the plain front end


def of_one_form(text: str) -> str:
    """What clean text and what was typed have in common: line ends, blanks for tabs, composed letters."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def test_every_text_comes_in_whole_or_with_a_count_of_what_was_changed() -> None:
    for what, text in EVERY.items():
        cleaned = clean(text, max_length=4 * len(text) + 1, lines=True)
        assert (cleaned.text == of_one_form(text)) == (cleaned.changed == 0), what
        assert hidden_in(cleaned.text) == (), what


def test_every_text_goes_out_as_something_that_can_only_be_read() -> None:
    for what, text in EVERY.items():
        assert not forbidden(for_screen(text)), what
        assert not forbidden(escape_unprintable(text).replace("\n", "")), what


def test_every_text_stands_in_the_summary_as_it_was_kept_and_is_read_back_exactly(tmp_path: Path) -> None:
    kinds = ("short_text", "long_text")
    asked = "\n".join(
        f'[[item]]\nid = "q{number}"\ntype = "{kinds[number % 2]}"\nmax_length = {(400, 4000)[number % 2]}'
        for number in range(len(EVERY))
    )
    session = sitting(asked)
    kept = {
        f"q{number}": clean(text, max_length=(400, 4000)[number % 2], lines=bool(number % 2)).text.strip()
        for number, text in enumerate(EVERY.values())
    }
    kept = {name: text for name, text in kept.items() if text}
    session.restore(
        {name: Text(text) for name, text in kept.items()}, notes={name: text[:2000] for name, text in kept.items()}
    )
    written = summary_text(session, english())
    assert not forbidden(written.replace("\n", ""))
    read = tomllib.loads(written)
    assert read["answers"] == kept
    assert read["notes"] == {name: text[:2000] for name, text in kept.items()}
    path = tmp_path / "summary.toml"
    path.write_text(written, encoding="utf-8")
    file, case = read_case(str(path))
    assert isinstance(case, SummaryFile)
    again = replay(file, case, content(asked), english)
    assert summary_text(again.session, english()) == written


def test_what_is_typed_line_by_line_is_only_text() -> None:
    texts = [text.replace("\n", " ").replace("\r", " ") for _, text in packs(200)]
    asked = "\n".join(
        f'[[item]]\nid = "q{number}"\ntype = "short_text"\nmax_length = 400' for number in range(len(texts))
    )
    session = sitting(asked)
    typed = "\n".join(f"w {text}\n" for text in texts).replace("\n\n", "\n") + ":f\n"
    said = script(session, typed.encode("utf-8", "surrogatepass"))
    assert said.endswith("(finished)\n")
    assert not forbidden(said.replace("\n", ""))
    assert len(session.interview.response.given) == len(texts)
    assert not forbidden(summary_text(session, english()).replace("\n", ""))


@pytest.mark.parametrize("voice", ["clinician", "patient"])
def test_the_words_of_a_questionnaire_are_only_said_line_by_line(voice: str) -> None:
    session = sitting(hostile_questionnaire(voice=voice))
    typed = []
    for _, kind, *_ in of_kinds():
        given = {"number": ["4"], "date": ["2019"], "short_text": ["x"], "long_text": ["x", ""], "group": ["1", "1", "2"],
                 "statement": [""]}  # fmt: skip
        typed += [":w", *given.get(kind, ["1"])]
    said = script(session, lines(*typed, ":c", ":f"))
    assert said.endswith("(finished)\n")
    assert not forbidden(said.replace("\n", ""))
