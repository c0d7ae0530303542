"""Folders that only their owner may read: made, kept so, and deleted for good. Nothing in them is reached through a link."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from msals_tui.disk.atomic import READ, opened, sync_folder

ROOT = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
"""How a folder is opened that somebody named, which may be a link."""
FOLDER = ROOT | os.O_NOFOLLOW
"""How a folder within it is opened."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PURGED = ".purged-"


def make_own(folder: Path) -> None:
    """Makes a folder that only its owner may read, with those above it, or takes such rights away from others.

    OSError as the system says it, and where the folder is somebody else's.
    """
    missing = [one for one in (folder, *folder.parents) if not one.is_dir()]
    for one in reversed(missing):
        with suppress(FileExistsError):
            one.mkdir(mode=0o700)
            one.chmod(0o700)  # whatever the umask left
    with opened(folder, ROOT) as descriptor:
        _take_from_others(descriptor)
    for one in missing or [folder]:
        with suppress(PermissionError), opened(one.parent, ROOT) as parent:  # nobody may sync what they may not read
            sync_folder(parent)


def why_not_writable(folder: int) -> int:
    """The error of a folder that cannot be written to."""
    return errno.EROFS if os.fstatvfs(folder).f_flag & os.ST_RDONLY else errno.EACCES


def make_within(folder: int, name: str) -> None:
    """The same for one folder in another, where no link is followed."""
    with suppress(FileExistsError):
        os.mkdir(name, mode=0o700, dir_fd=folder)
        os.chmod(name, 0o700, dir_fd=folder)
    with opened(name, FOLDER, folder) as descriptor:
        _take_from_others(descriptor)
    sync_folder(folder)


def _take_from_others(descriptor: int) -> None:
    """Leaves rights to a file or folder to its owner only. OSError as the system says it."""
    found = os.fstat(descriptor).st_mode
    if found & _OTHERS:
        os.fchmod(descriptor, found & stat.S_IRWXU)


def keep_to_owner(folder: int) -> None:
    """Leaves rights to a record, and to all in it, to its owner only. OSError as the system says it."""
    _take_from_others(folder)
    for name in names_in(folder):
        with suppress(OSError), opened(name, READ, folder) as file:  # whoever owns it, the folder is closed
            _take_from_others(file)


def delete(folder: Path) -> None:
    """Takes a record away at once, whatever ends the program meanwhile, and then its content."""
    with opened(folder.parent, FOLDER) as intakes:
        with suppress(FileNotFoundError):  # taken away by a try that failed behind this
            os.rename(folder.name, _PURGED + folder.name, src_dir_fd=intakes, dst_dir_fd=intakes)
        sync_folder(intakes)  # or a power cut could bring back a part of it
        delete_set_aside(intakes)


def delete_set_aside(intakes: int) -> None:
    """Deletes the content of records that were taken away. OSError as the system says it."""
    names = [name for name in names_in(intakes) if name.startswith(_PURGED)]
    for name in names:
        with suppress(FileNotFoundError):  # somebody else deletes it as well
            _delete_tree(name, intakes)
    if names:
        sync_folder(intakes)


def _delete_tree(name: str, intakes: int) -> None:
    """Deletes a folder, however deep: what is a folder in it is set aside beside it first. Follows no link."""
    waiting = [name]
    while waiting:
        here = waiting.pop()
        with opened(here, FOLDER, intakes) as folder:
            for one in names_in(folder):
                if stat.S_ISDIR(os.stat(one, dir_fd=folder, follow_symlinks=False).st_mode):
                    aside = f"{name}.{os.urandom(8).hex()}"
                    os.rename(one, aside, src_dir_fd=folder, dst_dir_fd=intakes)
                    waiting.append(aside)
                else:
                    os.unlink(one, dir_fd=folder)
        os.rmdir(here, dir_fd=intakes)


def names_in(folder: int) -> list[str]:
    """What stands in a folder, in order. OSError as the system says it."""
    return sorted(os.listdir(folder))
