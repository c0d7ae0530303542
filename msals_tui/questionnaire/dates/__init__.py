"""Dates as precise as they are known: what one is, how people say one, and how one is said back."""
