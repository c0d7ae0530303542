"""What a measured program is told: as little as can be, and nothing of whoever measures."""

import os
from pathlib import Path


def environment(home: Path, cache: Path) -> dict[str, str]:
    """A home of its own, what programs put by for their next start in `cache`, and a terminal with all colours."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(cache),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
