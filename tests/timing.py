"""How long something takes at its best: whatever else this machine does only makes a call take longer."""

import time
from collections.abc import Callable

TRIES = 4


def takes_less(seconds: float, call: Callable[[], object]) -> bool:
    """Whether one of a few calls takes less CPU time than this, which one that is not linear never does."""
    for _ in range(TRIES):
        start = time.process_time()
        call()
        if time.process_time() - start < seconds:
            return True
    return False
