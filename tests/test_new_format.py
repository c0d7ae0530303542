"""A format that nothing else knows: its definitions alone say how its faults are named and what of it can be salvaged."""

import tomllib
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

import pytest
from msgspec import Meta

from builders import tuples
from msals_tui.content.file import content
from msals_tui.content.salvage import salvage
from msals_tui.content.shape import shape
from msals_tui.errors import ContentFaults
from msals_tui.questionnaire.base import Definition, Figure, Id, Label, Whole, Within

Colour = Annotated[str, Whole(r"#[0-9a-f]{6}", 'colours are written "#00ff00"')]


class Door(Definition):
    """A way between rooms."""

    names_fault: ClassVar[str] = "to"

    to: Id
    colour: Colour
    wide: Annotated[Figure, Within(0, 3)] = Decimal(1)


class Rule(Definition):
    """What all rules share."""

    no_kind: ClassVar[tuple[str, str]] = ("is no rule", "name a door, or write either")

    @classmethod
    def stand_in(cls, unknown: str) -> dict[str, object] | None:
        return {"open": unknown}


class Open(Rule):
    """A door is open."""

    open: Id


class Either(Rule):
    """One of two rules holds."""

    either: tuple["AnyRule", "AnyRule"]


AnyRule: TypeAlias = Open | Either


class Lamp(Definition):
    """Something in a room."""

    type: Literal["lamp"]
    watts: int


class Window(Definition):
    """Something in a room."""

    type: Literal["window", "skylight"]
    panes: Annotated[int, Meta(ge=1)] = 1


class Room(Definition):
    """A room under a heading of its own."""

    in_heading: ClassVar[bool] = True

    title: Label
    holds: tuple[Lamp | Window, ...] = ()
    lit_when: AnyRule | None = None


class HouseFile(Definition):
    """The file."""

    schema_: Literal["house/1"]
    room: dict[Id, Room] = {}
    door: tuple[Door, ...] = ()


HOUSE = """schema = "house/1"
[room.hall]
title = "Hall"
holds = [{ type = "lamp", watts = 40 }, { type = "skylight" }]
lit_when = { either = [{ open = "garden" }, { either = [{ open = "cellar" }, { open = "attic" }] }] }
[[door]]
to = "garden"
colour = "#00ff00"
wide = 2
"""


def test_a_right_file_becomes_its_definitions() -> None:
    house = shape(content(HOUSE.encode(), "house.toml"), HouseFile)

    assert house.room["hall"].holds == (Lamp(type="lamp", watts=40), Window(type="skylight"))
    assert house.room["hall"].lit_when == Either(
        either=(Open(open="garden"), Either(either=(Open(open="cellar"), Open(open="attic"))))
    )
    assert house.door == (Door(to="garden", colour="#00ff00", wide=Decimal(2)),)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"#00ff00"', '"green"', '8: garden: SHAPE: in door 1: "colour" has the wrong form; colours are written "#00ff00"'),
        ("wide = 2", "wide = 4", '9: garden: SHAPE: in door 1: "wide" must be at most 3; correct it'),
        ("[room.hall]", "[room.Hall]", '2: Hall: SHAPE: "[key]" has the wrong form; ids are lower-case ASCII letters'),
        ('title = "Hall"', "title = 3", '3: hall: SHAPE: "title" must be a text; write it in quotes'),
        ('"skylight"', '"lamp"', '4: hall: SHAPE: in holds 2: "watts" is missing; write watts = ...'),
        ('"skylight"', '"door"', """"holds 2" has a type that is not known; write 'lamp', 'window', 'skylight'"""),
        ("watts = 40", "watt = 40", '4: hall: SHAPE: in holds 1: has an unknown key "watt"; did you mean "watts"?'),
        ('{ open = "attic" }', "3", 'in lit_when, either 2: "either 2" is no rule; name a door, or write either'),
        ('{ open = "attic" }', "{ x = 1 }", 'in lit_when, either 2: "either 2" is no rule; name a door, or write either'),
        ('open = "attic"', 'open = "attic", x = 1', 'either 2: has an unknown key "x"; known are open'),
    ],
)  # fmt: skip
def test_its_faults_are_named_by_what_its_definitions_say(old: str, new: str, sentence: str) -> None:
    assert HOUSE.count(old) == 1

    with pytest.raises(ContentFaults) as refused:
        shape(content(HOUSE.replace(old, new).encode(), "house.toml"), HouseFile)

    found = [str(one) for one in refused.value.faults]
    assert any(sentence in one for one in found), found


def test_what_stands_in_for_a_part_that_cannot_be_read_is_said_by_its_definition() -> None:
    data = tuples(tomllib.loads(HOUSE.replace('{ open = "attic" }', "3")))

    rescued = salvage(data, HouseFile)

    assert rescued.shaped is not None
    match rescued.shaped.room["hall"].lit_when:
        case Either(either=(Open(), Either(either=(Open(open="cellar"), Open(open=unknown))))):
            assert unknown in rescued.lost
        case other:
            pytest.fail(f"{other}")
