"""What holds for every test."""

import os

# Textual draws at most so often a second, and reads that once, when it is imported: tests need not wait for the next time.
os.environ["TEXTUAL_FPS"] = "1000"

# Nothing is kept in the cache of whoever runs the tests, and none of it is read.
os.environ["XDG_CACHE_HOME"] = os.devnull
