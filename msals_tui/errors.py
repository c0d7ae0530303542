"""Faults that a person can do something about: what is wrong, where, and what to do."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

DONE, FAULTY_INPUT, WRONG_USAGE, MACHINE_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses of every command and front end."""


class Filled(str):
    """An English sentence with its `{names}` filled in, which can be said in another language since it knows both.

    Its template is the key under which the languages have it; without values it only marks a sentence that stands elsewhere
    than where a fault is raised. Braces that are meant as such are doubled.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Filled":
        """The sentence; raises KeyError if a name has no value (a test looks at every one)."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made


class Speaker(Protocol):
    """Whoever knows sentences of the program in another language."""

    def told(self, sentence: str, /) -> str:
        """The same sentence there; in English where it is not translated."""


class MsalsError(Exception):
    """One clear sentence for the person at the keyboard; never a traceback.

    `what` says what is wrong, `where` the file, line or item (may be empty), `hint` what to do (may be empty). Sentences are
    English, as plain texts or `Filled` ones; `said` tells them in another language.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what)

    def __str__(self) -> str:
        return self._sentence(self.what, self.hint)

    def said(self, words: Speaker) -> str:
        """The same in the language of these words."""
        return self._sentence(words.told(self.what), words.told(self.hint))

    def _sentence(self, what: str, hint: str) -> str:
        start = f"{self.where}: " if self.where else ""
        end = f"; {hint}" if hint else ""
        return f"{start}{what}{end}"


class InputFault(MsalsError):
    """A file or value that somebody gave us cannot be used (exit status 1)."""


class UsageFault(MsalsError):
    """The command was called in a way that it does not know (exit status 2)."""


class MachineFault(MsalsError):
    """Disk, rights or terminal failed us (exit status 3)."""


class Fault(Struct, frozen=True, order=True):
    """One fault of one content file, as `check` prints it.

    `line` counts from 1, 0 where no line can be named; `place` is an item or table id; `code` is stable for programs.
    """

    path: str
    line: int
    place: str
    code: str
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.place or '-'}: {self.code}: {self.what}; {self.hint}"


class ContentFaults(InputFault):
    """A content file has faults; `faults` holds all of them, sorted by line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults))
        first = self.faults[0]
        more = f" (and {len(faults) - 1} more faults)" if len(faults) > 1 else ""
        super().__init__(f"{first.code}: {first.what}{more}", where=f"{first.path}:{first.line}", hint=first.hint)
