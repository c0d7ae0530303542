"""Makes the n-th file operation below a folder fail, tear, or be the last one before the program is killed.

    python benchmarks/faults/inject.py --root FOLDER --at N --mode MODE [--sticky] --log FILE -- ARGUMENTS...

runs `msals-tui ARGUMENTS...` in this process with the N-th operation struck (0: none, to count them), and writes every
operation into FILE. With --sticky everything from the N-th on is struck that the mode can strike. Modes: the names of
errors (ENOSPC, EIO, EROFS, EDQUOT, EINTR, EMFILE, ENOLCK), and

    short   half is written or read, and said to be so
    torn    half is written, then the program is killed
    kill    the program is killed before the operation
    killed  the program is killed behind it
    lie     a sync reports success, and nothing is synced

The calls of Python's `os` and `fcntl` are replaced, which is how all of this program reaches files that it writes.
"""

import argparse
import errno
import fcntl
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeAlias

OF_FILES = ("write", "pwrite", "fsync", "ftruncate", "fchmod", "read", "pread")
"""Calls whose first argument is an open file."""
OF_NAMES = ("open", "link", "rename", "unlink", "mkdir", "rmdir", "chmod", "listdir", "scandir")
"""Calls whose first argument is a path, or for the last two an open folder."""
ERRORS = ("ENOSPC", "EIO", "EROFS", "EDQUOT", "EINTR", "EMFILE", "ENOLCK")
KILLS = frozenset({"torn", "kill", "killed"})
MODES = (*ERRORS, "short", "torn", "kill", "killed", "lie")
KILLED_STATUS = 137

Do: TypeAlias = Callable[[], Any]


class Killed(BaseException):
    """The program ends here. Nothing that it still does on its way out reaches the disk."""


@dataclass(frozen=True)
class Operation:
    """One call that reached a file or folder below the root."""

    number: int
    name: str
    path: str
    """What it is done to, from the root."""
    arguments: tuple[Any, ...]
    target: str = ""
    """Of a link or rename: the other name."""


class Watch:
    """While it is entered, every file operation below a folder goes through `meet`, numbered from 1."""

    def __init__(self, root: Path) -> None:
        self.root = str(root.resolve())
        self.operations: list[Operation] = []
        self.opened: dict[int, str] = {}
        """Files and folders below the root that are open, by descriptor."""
        self._real: dict[tuple[Any, str], Callable[..., Any]] = {}

    def __enter__(self) -> Self:
        for name in (*OF_FILES, *OF_NAMES):
            self._replace(os, name, self._watched(name))
        self._replace(fcntl, "flock", self._watched("flock"))
        self._replace(os, "close", self._close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for (module, name), real in self._real.items():
            setattr(module, name, real)

    def meet(self, operation: Operation, do: Do) -> Any:
        """Does an operation; whoever injects something does it here."""
        return do()

    def real(self, module: Any, name: str) -> Callable[..., Any]:
        """A call as it was."""
        return self._real[module, name]

    def _replace(self, module: Any, name: str, instead: Callable[..., Any]) -> None:
        self._real[module, name] = getattr(module, name)
        setattr(module, name, instead)

    def _watched(self, name: str) -> Callable[..., Any]:
        module = fcntl if name == "flock" else os

        def call(*arguments: Any, **named: Any) -> Any:
            real = self._real[module, name]
            path = self._path(arguments[0], named) if arguments else None
            if path is None:
                return real(*arguments, **named)
            target = self._path(arguments[1], named, "dst_dir_fd") if name in ("link", "rename") else None
            operation = Operation(len(self.operations) + 1, name, path, arguments, target or "")
            self.operations.append(operation)
            done = self.meet(operation, lambda: real(*arguments, **named))
            if name == "open":
                self.opened[done] = path
            return done

        return call

    def _path(self, what: Any, named: dict[str, Any], folder: str = "") -> str | None:
        """Where below the root something stands; None where it does not."""
        if isinstance(what, int):
            return self.opened.get(what)
        name = os.fspath(what)
        if isinstance(name, bytes):
            return None
        within = named.get(folder) if folder else named.get("dir_fd", named.get("src_dir_fd"))
        if within is not None:
            above = self.opened.get(within)
            return None if above is None else os.path.normpath(f"{above}/{name}")
        path = os.path.abspath(name)  # noqa: PTH100 - pathlib goes through what is replaced here
        return os.path.relpath(path, self.root) if f"{path}/".startswith(f"{self.root}/") else None

    def _close(self, descriptor: int) -> None:
        self._real[os, "close"](descriptor)
        self.opened.pop(descriptor, None)


class Injection(Watch):
    """Strikes the operation with the number `at`, or everything from it on; `at` 0 strikes nothing.

    A killed program raises `Killed`, and reaches the disk no more; leaving the context lets its locks go, as the kernel does.
    """

    def __init__(self, root: Path, at: int, mode: str, *, sticky: bool = False, kill: Do | None = None) -> None:
        """`kill` ends the program instead of raising `Killed`."""
        super().__init__(root)
        self.at, self.mode, self.sticky = at, mode, sticky
        self.struck: Operation | None = None
        """The first operation that was struck."""
        self.dead = False
        self._kill = kill

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self.dead:
            for descriptor in self.opened:
                os.close(descriptor)

    def heal(self) -> None:
        """The fault is over."""
        self.at = 0

    def meet(self, operation: Operation, do: Do) -> Any:
        """Strikes it, or does it."""
        if self.dead:
            raise Killed
        due = self.at and (operation.number == self.at or (self.sticky and operation.number > self.at))
        if not due or not can_strike(self.mode, operation.name):
            return do()
        self.struck = self.struck or operation
        if self.mode in ERRORS:
            number = getattr(errno, self.mode)
            raise OSError(number, os.strerror(number))
        if self.mode == "lie":
            return None
        if self.mode == "short":
            return self._half(operation)
        if self.mode == "torn":
            self._half(operation)
        if self.mode == "killed":
            do()
        self.dead = True
        if self._kill is not None:
            self._kill()
        raise Killed

    def _half(self, operation: Operation) -> Any:
        """Does half of a reading or writing."""
        file, what, *more = operation.arguments
        half = what[: (len(what) + 1) // 2] if isinstance(what, bytes) else (what + 1) // 2
        return self.real(os, operation.name)(file, half, *more)


def can_strike(mode: str, name: str) -> bool:
    """Whether a mode means anything for a call."""
    if mode == "short":
        return name in ("write", "pwrite", "read", "pread")
    if mode == "torn":
        return name in ("write", "pwrite")
    return name == "fsync" if mode == "lie" else True


def main(typed: list[str]) -> int:
    """Runs the program as the command line says."""
    own = (*typed, "--").index("--")
    parser = argparse.ArgumentParser(description="Runs msals-tui with one file operation struck.")
    parser.add_argument("--root", type=Path, required=True, help="the folder whose operations count")
    parser.add_argument("--at", type=int, default=0, help="the number of the operation to strike, from 1")
    parser.add_argument("--mode", choices=MODES, default="EIO")
    parser.add_argument("--sticky", action="store_true", help="strike everything from it on")
    parser.add_argument("--log", type=Path, required=True, help="the file that lists the operations")
    options = parser.parse_args(typed[:own])
    injection = Injection(
        options.root, options.at, options.mode, sticky=options.sticky, kill=lambda: os._exit(KILLED_STATUS)
    )
    with options.log.open("w", encoding="utf-8", buffering=1) as log:
        met = injection.meet

        def logged(operation: Operation, do: Do) -> Any:
            log.write(f"{operation.number} {operation.name} {operation.path} {operation.target}\n")
            return met(operation, do)

        injection.meet = logged  # type: ignore[method-assign]
        with injection:
            from msals_tui.cli import main as program

            return program(typed[own + 1 :])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
