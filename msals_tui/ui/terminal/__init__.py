"""Between Textual and the terminal: bytes, keys, pastes, and what the screen shows already. Knows no screen of ours."""
