"""One question of each kind, as short as can be."""

from collections.abc import Mapping

EVERY_KIND: Mapping[str, str] = {
    "choice": '[[item]]\nid = "it"\ntype = "choice"\noptions = ["left", "right"]\n',
    "yes_no": '[[item]]\nid = "it"\ntype = "yes_no"\n',
    "several": (
        '[[item]]\nid = "it"\ntype = "several"\n'
        'options = ["stiff", { code = "none", label = "None", exclusive = true }]\n'
    ),
    "body_map": '[[item]]\nid = "it"\ntype = "body_map"\noptions = ["eyes", "face"]\n',
    "course": (
        '[[item]]\nid = "it"\ntype = "course"\n'
        'options = [{ code = "a", label = "A", curve = "stable" }, { code = "b", label = "B", curve = "stepwise" }]\n'
    ),
    "number": '[[item]]\nid = "it"\ntype = "number"\nunit = "years"\nmin = 0\nmax = 1000\n',
    "date": '[[item]]\nid = "it"\ntype = "date"\n',
    "short_text": '[[item]]\nid = "it"\ntype = "short_text"\n',
    "long_text": '[[item]]\nid = "it"\ntype = "long_text"\n',
    "group": '[[item]]\nid = "it"\ntype = "group"\nrow_label = "Attack"\n[[item.items]]\nid = "sight"\ntype = "yes_no"\n',
    "grid": (
        '[[item]]\nid = "it"\ntype = "grid"\nrows = [{ code = "neck", label = "Neck" }, { code = "trunk", label = "Trunk" }]\n'
        'marks = [{ code = "weak", label = "Weak" }, { code = "normal", label = "Normal", normal = true }]\n'
    ),
}
"""By type; the item is called `it`."""
TYPED = ("number", "date", "short_text", "long_text")
"""The kinds that are written, not chosen."""
AFTER = '[[item]]\nid = "after"\ntype = "yes_no"\n'
