"""What was typed and is no answer and no note yet: kept as it was typed, shown again, and counted for nothing."""

from msgspec import Struct


class Field(Struct, frozen=True):
    """Where something is typed: the answer to an item, the note on it, or a question in a round of a group."""

    item: str
    note: bool = False
    row: int | None = None
    """The round, from 0, where the item is a group."""
    inner: str | None = None
    """The question in that round."""


class Typed(Struct, frozen=True):
    """This stands in a field now, and nobody has confirmed it; "" once it was, or was given up."""

    field: Field
    text: str
