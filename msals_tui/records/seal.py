"""Seals records to a clinic's key with age (age-encryption.org), so that this machine can write them and not read them.

A clinic puts its public keys, a line each (`age1...`), into `recipients.txt` in the records folder; the standard `age` tool
makes the keys and opens what was sealed. Where that file stands, nothing that people said is written in the open: a file
that holds no key, or a machine without the `seal` extra, is refused before anything is written.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from msals_tui.disk.reading import Limits, read_bytes
from msals_tui.errors import Filled, InputFault, MachineFault, UsageFault
from msals_tui.text import for_screen

RECIPIENTS = "recipients.txt"
_KEYS = Limits(size=64 * 1024, line=1024, values=0)


class Seal:
    """Closes for everybody who does not hold one of the clinic's keys."""

    def __init__(self, recipients: Iterable[Any]) -> None:
        self._recipients = list(recipients)

    def close(self, data: bytes) -> bytes:
        """An age file of `data`. Raises MachineFault if it cannot be made."""
        age = _age()
        try:
            closed: bytes = age.encrypt(data, self._recipients)
        except age.EncryptError as error:
            raise MachineFault(
                Filled("cannot be sealed ({error})", error=error),
                hint=Filled("check the keys in {recipients}", recipients=RECIPIENTS),
            ) from None
        return closed


class Opener:
    """Opens what was sealed, with the keys that a clinic keeps to itself."""

    def __init__(self, identities: Iterable[Any]) -> None:
        self._identities = list(identities)

    def open(self, data: bytes) -> bytes | None:
        """What an age file holds; None if it is not sealed to these keys, or no age file."""
        age = _age()
        try:
            opened: bytes = age.decrypt(data, self._identities)
        except age.DecryptError:
            return None
        return opened


def seal_of(records: Path) -> Seal | None:
    """The seal of a records folder, None if it has none.

    Raises InputFault or MachineFault if its file cannot be used, UsageFault without the `seal` extra.
    """
    path = records / RECIPIENTS
    if not os.path.lexists(path):
        return None
    age = _age()
    return Seal(_keys(path, age.x25519.Recipient.from_str, age.RecipientError, "public age keys (age1...)"))


def opened_with(identity: str | None) -> Callable[[bytes], bytes | None] | None:
    """What opens sealed bytes with the identity file that somebody named, None if nobody did. Raises as `opener_of`."""
    return opener_of(Path(identity)).open if identity is not None else None


def opener_of(identity: Path) -> Opener:
    """The secret keys in an identity file of age. Raises InputFault or MachineFault if it cannot be used, UsageFault too."""
    age = _age(_NO_KEY)
    return Opener(
        _keys(identity, age.x25519.Identity.from_str, age.IdentityError, "secret age keys (AGE-SECRET-KEY-1...)")
    )


def _keys(path: Path, read: Callable[[str], Any], refusal: type[Exception], wanted: str) -> list[Any]:
    """The key on each line of a file that is neither empty nor a remark."""
    place = for_screen(str(path))
    keys = []
    for number, line in enumerate(read_bytes(path, _KEYS).decode(errors="replace").splitlines(), 1):
        if (key := line.strip()) and not key.startswith("#"):
            try:
                keys.append(read(key))
            except refusal:
                raise InputFault(
                    "this is no key",
                    where=f"{place}:{number}",
                    hint=Filled("write {wanted}, a line each", wanted=wanted),
                ) from None
    if not keys:
        raise InputFault("holds no key", where=place, hint=Filled("write {wanted}, a line each", wanted=wanted))
    return keys


_SEALED = Filled("these records are sealed, and the library that seals (pyrage) is not installed")
_NO_KEY = Filled("no key can be used, since the library that seals (pyrage) is not installed")


def _age(what: Filled = _SEALED) -> ModuleType:
    try:
        import pyrage
    except ImportError:
        raise UsageFault(what, hint="install it: pip install 'msals-tui[seal]'") from None
    module: ModuleType = pyrage
    return module
