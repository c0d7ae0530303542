"""What every definition read from a content file has in common: strict, frozen, no unknown keys, bounded text."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Name of a questionnaire, section, item, finding, look-alike, rule or source: ASCII, never reused for another meaning."""

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,63}$")]
"""Code of an answer option: ASCII, unique within its item."""

Label = Annotated[str, Field(min_length=1, max_length=100)]
"""Words on one line: an option, a title."""

Sentence = Annotated[str, Field(min_length=1, max_length=400)]
"""A question or one thought."""

Paragraph = Annotated[str, Field(max_length=1200)]
"""A few sentences; empty where there is nothing to say."""


Figure = Annotated[Decimal, BeforeValidator(lambda value: Decimal(value) if type(value) is int else value)]
"""An exact number: TOML integers and decimals, never a binary float, a text or a boolean."""


class Definition(BaseModel):
    """Base of all definitions: a value that never changes while the program runs."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True, populate_by_name=True
    )
