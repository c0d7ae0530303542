"""Faults that a person can do something about: what is wrong, where, and what to do."""

from msgspec import Struct

DONE, FAULTY_INPUT, WRONG_USAGE, MACHINE_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses of every command and front end."""


class MsalsError(Exception):
    """One clear sentence for the person at the keyboard; never a traceback.

    `what` says what is wrong, `where` the file, line or item (may be empty), `hint` what to do (may be empty).
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what)

    def __str__(self) -> str:
        start = f"{self.where}: " if self.where else ""
        end = f"; {self.hint}" if self.hint else ""
        return f"{start}{self.what}{end}"


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
