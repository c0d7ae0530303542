"""Every sentence that a fault can say, found in the program itself, so that a language can be held to all of them.

A sentence stands where a fault is raised, as `what` or `hint`: written there, given to a name in the same file, or marked
by `Filled` wherever it is. What `check` says about content is for authors and stays English.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
ROOT = "MsalsError"
FILLED = "Filled"
_CLASS = re.compile(rb"^class (\w+)\(([^)]*)\):", re.MULTILINE)


@cache
def error_sentences() -> tuple[str, ...]:
    """All of them in English, sorted, with their `{names}` not filled in."""
    texts = [path.read_bytes() for path in sorted(PACKAGE.rglob("*.py"))]
    faults = fault_names(texts)
    said = re.compile(rb"\b(%s)\(" % "|".join((*faults, FILLED)).encode())
    # Most files say none, and parsing takes longest.
    trees = (ast.parse(text) for text in texts if said.search(text))
    return tuple(sorted({one for tree in trees for one in _sentences(tree, faults)}))


def fault_names(texts: Iterable[bytes]) -> frozenset[str]:
    """What our faults are called."""
    found = (one for text in texts for one in _CLASS.findall(text))
    bases = [(name.decode(), {*re.findall(r"\w+", of.decode())}) for name, of in found]
    names = {ROOT}
    while more := {name for name, of in bases if of & names} - names:
        names |= more
    return frozenset(names)


def _sentences(tree: ast.Module, faults: frozenset[str]) -> Iterator[str]:
    given = _given(tree)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            yield from _of_call(call, faults, given)


def _of_call(call: ast.Call, faults: frozenset[str], given: dict[str, list[ast.expr]]) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == FILLED and isinstance(call.args[0], ast.Constant):
        yield str(call.args[0].value)
    if name in faults:
        for said in (*call.args[:1], *(one.value for one in call.keywords if one.arg in ("what", "hint"))):
            yield from _constants(said, given)


def _given(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What each name of a file is given."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                for name, value in pairs:
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append(value)
    return found


def _constants(said: ast.expr, given: dict[str, list[ast.expr]]) -> Iterator[str]:
    match said:
        case ast.Constant(str(text)) if " " in text:  # a word alone is a key
            yield text
        case ast.IfExp():
            yield from _constants(said.body, given)
            yield from _constants(said.orelse, given)
        case ast.Name(name):
            for value in given.get(name, ()):
                yield from _constants(value, {})
