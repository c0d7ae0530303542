"""Pure functions from values to rows: what stands where, at any width and height."""
