"""Simulated people: latent classes as data, and patients drawn from them by stable seeds. Pure; knows no interview."""
