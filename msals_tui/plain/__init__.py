"""The line-by-line front end: for screen readers, braille, serial lines and scripts.

The same interview as on the screen. One line per fact, no boxes, no colour, nothing drawn over. A bare number or text
is the answer; commands begin with a colon.
"""
