"""What holds for every test."""

import os

# Textual draws at most so often a second, and reads that once, when it is imported: tests need not wait for the next time.
os.environ["TEXTUAL_FPS"] = "1000"
