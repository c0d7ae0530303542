"""The only room that touches the disk: content library, bounded reading, atomic writing."""
