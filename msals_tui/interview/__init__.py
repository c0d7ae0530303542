"""How it is asked: state, events, transition, progress. Pure functions over frozen values."""
