"""Content files: found, parsed, checked, and kept ready for the next start. Only this room and `records` touch the disk."""
