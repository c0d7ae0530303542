"""One file per screen: keys in, views out."""
