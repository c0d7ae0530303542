"""Folders of content, however deep: Python's own ways through them call themselves and end at a thousand."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path


def files_below(folder: Path, ending: str, refused: Callable[[OSError], object]) -> Iterator[Path]:
    """The files in a folder and below whose names end so, in capitals or not, by name; links to folders are not followed.

    `refused` hears of each folder that cannot be read.
    """
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(here / entry.name)
                    elif entry.name.lower().endswith(ending):
                        found.append(here / entry.name)
        except OSError as error:
            refused(error)
    yield from sorted(found)


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it where they are not there yet. OSError as the system says it."""
    for one in reversed((folder, *folder.parents)):
        one.mkdir(exist_ok=True)
