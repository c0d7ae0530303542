"""A language that nobody speaks, in which every letter is another: what is left in plain letters was not translated."""

import re
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "абцдефгхийклмнопярстувшжызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЖЫЗ"
HEAD = ("schema", "language", "questionnaire", "translates", "name")
_LETTERS = str.maketrans(PLAIN, OTHER)


def spoken(text: str) -> str:
    """A text in the language; placeholders stay as they are."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(part if part.startswith("{") else part.translate(_LETTERS) for part in parts)


def fill_in(path: Path) -> None:
    """Takes away the sign before every line of a file to fill in, and translates it."""
    text = path.read_text(encoding="utf-8")
    table = tomllib.loads(text[text.index("schema") :].replace("\n# ", "\n"))
    head = {key: value or "Other" for key, value in table.items() if key in HEAD}
    words = {key: _spoken(value) for key, value in table.items() if key not in HEAD}
    path.write_text(tomli_w.dumps({**head, **words}), encoding="utf-8")


def _spoken(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spoken(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_spoken(one) for one in value]
    return spoken(value)
