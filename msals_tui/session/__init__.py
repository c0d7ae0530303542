"""One sitting without a screen: holds the interview, records what happens, compares, renders what is handed over."""
