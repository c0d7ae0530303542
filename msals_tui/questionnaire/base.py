"""What every definition read from a content file has in common: frozen, no unknown keys, bounded text.

A definition is a msgspec struct: it costs next to nothing to define, and what was validated once is read back as it is by
C code. What people write is checked by `questionnaire.validate`, which names every fault and not only the first.
"""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, TypeAlias, dataclass_transform

from msgspec import Meta, Struct, StructMeta


class Whole(Struct, frozen=True):
    """A text of which all matches a pattern. What people write is held to it, and what was validated once not again."""

    pattern: str
    words: str
    """What it must look like, for a person."""


class Within(Struct, frozen=True):
    """The bounds of a Figure, both included; msgspec knows bounds of binary numbers only."""

    least: int
    most: int


class Translatable(Struct, frozen=True):
    """Marks a text that people read, which a translation may replace."""


TRANSLATABLE = Translatable()

ID = r"[a-z][a-z0-9_]{0,63}"
Id = Annotated[
    str, Whole(ID, "ids are lower-case ASCII letters, digits and _, begin with a letter, and are 64 at most")
]
"""Name of a questionnaire, section, item, finding, look-alike, rule or source: ASCII, never reused for another meaning."""

Code = Annotated[
    str, Whole(r"[a-z0-9][a-z0-9_]{0,63}", "codes are lower-case ASCII letters, digits and _, and are 64 at most")
]
"""Code of an answer option: ASCII, unique within its item."""

LANGUAGE = r"[a-z]{2}(-[A-Z]{2})?"
Language = Annotated[str, Whole(LANGUAGE, 'languages are written "en" or "en-GB"')]
"""Such as `en` or `en-GB`."""

DIGEST = r"[0-9a-f]{64}"
Digest = Annotated[str, Whole(DIGEST, "hashes are 64 hexadecimal digits")]
"""A SHA-256 in hexadecimal."""

Label = Annotated[str, Meta(min_length=1, max_length=100), TRANSLATABLE]
"""Words on one line: an option, a title."""

Sentence = Annotated[str, Meta(min_length=1, max_length=400), TRANSLATABLE]
"""A question or one thought."""

Paragraph = Annotated[str, Meta(max_length=1200), TRANSLATABLE]
"""A few sentences; empty where there is nothing to say."""

Reason = Annotated[str, Meta(min_length=1, max_length=400)]
"""One thought for whoever writes content; no screen shows it, and nobody translates it."""

Remark = Annotated[str, Meta(max_length=1200)]
"""A few sentences of the same kind; may be empty."""

Figure: TypeAlias = Decimal
"""An exact number: TOML integers and decimals, never a binary float, a text or a boolean."""


class _ByName(StructMeta):
    """Makes every definition one whose values are given by name, which msgspec would want to be told of each."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> Any:
        return super().__new__(mcls, name, bases, namespace, **{"kw_only": True, **config})


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Definition(
    Struct,
    metaclass=_ByName,
    frozen=True,
    forbid_unknown_fields=True,
    tag=True,  # which of several kinds it is, in what was validated once
    tag_field="(",  # as no key can be called
    omit_defaults=True,
    rename=lambda name: name.rstrip("_"),
    gc=False,
):
    """Base of all definitions: a value that never changes while the program runs.

    A trailing underscore, which a name has where Python or pydantic keeps the word for itself, is none in files. Definitions
    hold each other as a tree, so the garbage collector need not look for circles in them.
    """

    names_fault: ClassVar[str] = "id"
    """The key of which the value names a fault in one of several such tables."""
    in_heading: ClassVar[bool] = False
    """Whether a fault is named by the heading of such a table, as in `[source.ng127]`."""
    no_kind: ClassVar[tuple[str, str]] = ("is of no kind that is known here", "see CONTRIBUTING.md for the format")
    """What to say of a table that is none of several kinds, of which this is one, and what to do."""

    @classmethod
    def written_out(cls, table: dict[str, Any]) -> dict[str, Any]:
        """The table of a file with everything in full that may be abbreviated in it."""
        return table

    @classmethod
    def stand_in(cls, unknown: str) -> dict[str, Any] | None:  # noqa: ARG003 - for those that have one
        """A table of which nothing can be said, in place of one that cannot be read; None if it is just left out.

        `unknown` is an id that names nothing.
        """
        return None


def as_tuples(value: Any) -> Any:
    """The same tables and values with tuples for lists, as they are once read."""
    if isinstance(value, dict):
        return {key: as_tuples(one) for key, one in value.items()}
    return tuple(as_tuples(one) for one in value) if isinstance(value, list | tuple) else value
