"""Modules of Python that the screen can do without, and that cost its start time and memory."""

import importlib
import sys


def import_without(name: str, left_out: str) -> None:
    """Imports a module that copes without another one, without that one; whoever imports it later gets it all the same.

    The screen needs no `ssl` for asyncio, since nothing here reaches the network, and no OpenSSL for the few hashes of a
    sitting: Python has its own.
    """
    if name in sys.modules or left_out in sys.modules:
        return
    sys.modules[left_out] = None  # type: ignore[assignment]  # Python's way to say that it is not to be imported
    try:
        importlib.import_module(name)
    finally:
        del sys.modules[left_out]
