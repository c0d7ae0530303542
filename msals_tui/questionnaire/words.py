"""The words of the screens in one language, read from a catalogue; another language is another TOML file."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from msals_tui.errors import Filled

Entry: TypeAlias = str | tuple["Entry", ...] | Mapping[str, "Entry"]


class Words(Struct, frozen=True):
    """A catalogue: nested tables of texts. Keys are dotted paths such as `check.title`."""

    language: str
    table: Mapping[str, Entry]
    errors: Mapping[str, str] = {}
    """What faults say, by the English sentence with its `{names}` not filled in."""

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its `{names}` filled in; raises KeyError if the catalogue lacks it (a test walks all keys)."""
        entry = self._entry(key)
        if not isinstance(entry, str):
            raise KeyError(key)
        return entry.format(**values) if values else entry

    def some(self, count: int, key: str, **values: object) -> str:
        """The text of `key.one` or `key.many`, with `{count}` filled in."""
        return self(f"{key}.one" if count == 1 else f"{key}.many", count=count, **values)

    def told(self, sentence: str, /) -> str:
        """A sentence of a fault in this language; in English where it is not translated."""
        template = sentence.template if isinstance(sentence, Filled) else sentence
        own = self.errors.get(template)
        if own is None or not isinstance(sentence, Filled):
            return own or sentence
        # What is filled in may be a sentence itself.
        values = {name: self.told(one) if isinstance(one, str) else one for name, one in sentence.values.items()}
        try:
            return own.format(**values)
        except (KeyError, IndexError, ValueError):  # `check` names it; a fault is no moment for another one
            return sentence

    def names(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of names, such as the ways to write each month."""
        entry = self._entry(key)
        if not isinstance(entry, tuple):
            raise KeyError(key)
        return tuple((one,) if isinstance(one, str) else tuple(str(name) for name in one) for one in entry)

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of what stands under a key, such as the forms in which dates are said."""
        entry = self._entry(key)
        if not isinstance(entry, Mapping):
            raise KeyError(key)
        return tuple(entry)

    def _entry(self, key: str) -> Entry:
        entry: Entry = self.table
        for part in key.split("."):
            if not isinstance(entry, Mapping) or part not in entry:
                raise KeyError(key)
            entry = entry[part]
        return entry
