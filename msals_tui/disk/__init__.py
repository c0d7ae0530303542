"""Bytes on the disk: read within bounds, written whole, in folders and under locks of their owner's. Knows no format."""
