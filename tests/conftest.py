"""What holds for every test."""

import os
import signal

# Textual draws at most so often a second, and reads that once, when it is imported: tests need not wait for the next time.
os.environ["TEXTUAL_FPS"] = "1000"

# Nothing is kept in the cache of whoever runs the tests, and none of it is read.
os.environ["XDG_CACHE_HOME"] = os.devnull

# Tests that were started in the background were told to ignore Ctrl-C, and every program that they start would take that over.
signal.signal(signal.SIGINT, signal.default_int_handler)
