"""No key means two things: what answers, what leaves unanswered and what commands have keys of their own on every screen."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from string import ascii_letters, digits

import pytest
from textual.binding import Binding

from at_screen import seated
from every_kind import AFTER, EVERY_KIND, TYPED
from msals_tui.questionnaire.answer import MISSING_KEYS
from msals_tui.ui import screens
from msals_tui.ui.app import MsalsApp
from msals_tui.ui.screens.base_screen import BaseScreen
from msals_tui.ui.screens.question import QuestionScreen
from msals_tui.ui.screens.question_base import QuestionBase
from msals_tui.ui.screens.rounds import RoundScreen
from sittings import english

for module in pkgutil.iter_modules(screens.__path__):
    import_module(f"{screens.__name__}.{module.name}")

WAYS = {key for one in MISSING_KEYS.values() for key in (one.key, f"alt+{one.letter}")}
VALUES = {*digits, english()("answer.yes_key"), english()("answer.no_key")}
TEXT_KEYS = {"ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+x", "ctrl+c", "ctrl+v"}
"""Those that a field has uses of its own for."""


def every(of: type) -> Iterator[type]:
    """A class and all that are made from it."""
    yield of
    for one in of.__subclasses__():
        yield from every(one)


def bound(of: type) -> dict[str, str]:
    """What each key does by the bindings of a class and of those that it is made from."""
    found: dict[str, str] = {}
    for one in reversed(of.__mro__):
        if not one.__module__.startswith("msals_tui"):
            continue
        for binding in one.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            found |= dict.fromkeys(binding.key.replace(" ", "").split(","), binding.action)
    return found


PLACES = [*every(BaseScreen), MsalsApp]


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
def test_no_screen_commands_with_a_key_that_answers_or_leaves_unanswered(place: type) -> None:
    for key, action in bound(place).items():
        assert key not in VALUES, action
        assert (key in WAYS) == action.startswith("unanswered("), key


@pytest.mark.parametrize("place", [QuestionScreen, RoundScreen])
def test_no_letter_alone_and_no_key_of_a_field_opens_anything_at_a_question(place: type) -> None:
    assert not bound(place).keys() & {*ascii_letters, *TEXT_KEYS}


def test_the_way_keys_hold_wherever_a_question_is_asked() -> None:
    for place in every(QuestionBase):
        assert bound(place).keys() >= WAYS


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
async def test_every_key_that_a_card_shows_does_what_stands_beside_it(kind: str) -> None:
    toml = EVERY_KIND[kind].replace('id = "it"', 'id = "it"\nanswered_by = ["laboratory"]', 1)
    for code, one in MISSING_KEYS.items():
        async with seated(toml + AFTER) as seat:
            label = english()(f"missing.{code}")
            assert f"{one.cap} {label}" in seat.grid
            await seat.press(one.key)
            assert f"✓ {one.cap} {label}" in seat.grid
    if kind in TYPED:
        return
    async with seated(toml + AFTER) as seat:
        for key in "1234567":
            before = seat.app.screen.open_answer  # type: ignore[attr-defined]
            entry = before.key(key)
            assert (entry is not None) == any(f" {key}  " in line or f" {key} " in line for line in seat.lines), key
            if entry is not None and kind not in ("group", "grid"):
                await seat.press(key)
                assert entry in seat.app.screen.open_answer.chosen  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", sorted(set(EVERY_KIND) - set(TYPED)))
async def test_words_typed_at_a_question_open_no_page_and_answer_nothing(kind: str) -> None:
    async with seated(EVERY_KIND[kind] + AFTER, size=(120, 40)) as seat:
        for sentence in ("two years ago?", "here, the other day", "rather a lot"):
            await seat.type(sentence)
            assert seat.page == "QuestionScreen"
            await seat.press("enter", "enter", "enter")
            assert (seat.at, seat.given) == ("it", {})


async def test_what_is_said_moves_nothing_under_the_mouse() -> None:
    for size in ((80, 24), (120, 40)):
        for kind, toml in EVERY_KIND.items():
            async with seated(toml + AFTER, size=size) as seat:
                targets = [f"entry:{one}" for one in seat.app.screen.open_answer.entries]  # type: ignore[attr-defined]
                before = {one: seat.cells_of(one) for one in targets}
                await seat.press(*(["ctrl+n"] if kind in TYPED else ["enter", "9", "w", "w"]))
                assert {one: seat.cells_of(one) for one in targets} == before, (kind, size)
