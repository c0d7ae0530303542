"""Which answers call for a person now. Pure; never weighs; works where evidence is not loaded."""
