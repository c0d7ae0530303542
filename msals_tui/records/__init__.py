"""What is kept of every intake on this machine: its journal, its finals, and the ways to go on with it."""
