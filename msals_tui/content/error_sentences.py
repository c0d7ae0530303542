"""Every sentence that a fault can say, found in the program itself, so that a language can be held to all of them.

A sentence stands where a fault is raised, as `what` or `hint`: written there, given to a name in the same function, or marked
by `Filled` wherever it is. What `check` says about content is for authors and stays English.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
ROOT = "MsalsError"
FILLED = "Filled"


@cache
def error_sentences() -> tuple[str, ...]:
    """All of them in English, sorted, with their `{names}` not filled in."""
    trees = [ast.parse(path.read_bytes()) for path in sorted(PACKAGE.rglob("*.py"))]
    faults = fault_names(trees)
    return tuple(sorted({one for tree in trees for one in _sentences(tree, faults)}))


def fault_names(trees: list[ast.Module]) -> frozenset[str]:
    """What our faults are called."""
    bases = [
        (node.name, {base.id for base in node.bases if isinstance(base, ast.Name)})
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    names = {ROOT}
    while more := {name for name, of in bases if of & names} - names:
        names |= more
    return frozenset(names)


def _sentences(tree: ast.Module, faults: frozenset[str]) -> Iterator[str]:
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
            given = _given(scope)
            for call in ast.walk(scope):
                if isinstance(call, ast.Call):
                    yield from _of_call(call, faults, given)


def _of_call(call: ast.Call, faults: frozenset[str], given: dict[str, list[ast.expr]]) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == FILLED and isinstance(call.args[0], ast.Constant):
        yield str(call.args[0].value)
    if name in faults:
        for said in (*call.args[:1], *(one.value for one in call.keywords if one.arg in ("what", "hint"))):
            yield from _constants(said, given)


def _given(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name of a function is given."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
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
