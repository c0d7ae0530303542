"""What holds for every test."""

import os
import signal

from hypothesis import HealthCheck, settings

# Nothing is kept in the cache of whoever runs the tests, and none of it is read.
os.environ["XDG_CACHE_HOME"] = os.devnull

# Tests that were started in the background were told to ignore Ctrl-C, or a terminal that goes, and every program that they
# start would take that over.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# How long something takes says nothing on a machine that others use too; the very first run in a fresh clone makes tables.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
