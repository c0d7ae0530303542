"""Textual: app, screens, line widgets, themes, keys. Nothing else knows Textual.

A *view* is a pure function from a session to rows of spans; a *screen* turns keys into events and shows views. Only two
of Textual's widgets are used for answers, the one-line and the many-line editor; everything else is drawn by `Lines`.
"""
