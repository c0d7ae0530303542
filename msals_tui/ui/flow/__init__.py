"""How the screens begin, follow each other and end."""
