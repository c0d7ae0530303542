"""What the program leans on that Textual and Rich keep for themselves: few names, in one room, each with a test of its own."""

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import msals_tui

OURS, TESTS = Path(msals_tui.__file__).parent, Path(__file__).parent.parent
FOREIGN = ("textual", "rich")
MOST = 12
GUARDED = {
    "textual._xterm_parser": "test_keys_are_read_by_the_parser_that_textuals_own_driver_reads_with",
    "_fatal_error": "test_a_fault_of_our_own_shows_no_answer_saves_them_all_and_gives_the_terminal_back",
}
"""Every private name in use, and the test that fails when Textual has it no more, or no longer calls it."""


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _names_in(tree: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Private names that are defined or used, with whose they are where that is written."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=owner, attr=name):
                yield name, owner
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, None
            case ast.ClassDef(body=body):
                for one in body:
                    match one:
                        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                            yield name, None
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr" | "hasattr"), args=[owner, ast.Constant(value=str(name)), *_]
            ):
                yield name, owner


def _is_own(owner: ast.expr | None) -> bool:
    """Whether something is an attribute of the class that it stands in."""
    match owner:
        case None | ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super")):
            return True
    return False


@cache
def _tree_of(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


@cache
def _foreign_names(kind: type) -> frozenset[str]:
    """The private names of a class and its bases, as far as they are Textual's or Rich's."""
    found: set[str] = set()
    for base in kind.__mro__:
        if base.__module__.partition(".")[0] in FOREIGN:
            body = next(
                one
                for one in ast.walk(_tree_of(sys.modules[base.__module__]))
                if isinstance(one, ast.ClassDef) and one.name == base.__name__
            )
            found |= {name for name, owner in _names_in(body) if _is_private(name) and _is_own(owner)}
    return frozenset(found)


def _private_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [one.name for one in names]
            case ast.ImportFrom(module=str(module), names=names):
                modules = [module, *(f"{module}.{one.name}" for one in names if _is_private(one.name))]
            case _:
                continue
        yield from (one for one in modules if one.split(".")[0] in FOREIGN and any(map(_is_private, one.split("."))))


def private_names(source: str, module: ModuleType) -> set[str]:
    """The private names of Textual and Rich that a module of ours uses, defines anew or takes for its own."""
    tree = ast.parse(source)
    found = set(_private_imports(tree))
    classes = [one for one in ast.walk(tree) if isinstance(one, ast.ClassDef)]
    for body in classes:
        if isinstance(kind := getattr(module, body.name, None), type):
            found |= {name for name, owner in _names_in(body) if _is_own(owner)} & _foreign_names(kind)
    defined = {name for name, owner in _names_in(tree) if _is_own(owner)}
    imported = {
        (alias.asname or alias.name)
        for one in ast.walk(tree)
        if isinstance(one, ast.Import)
        for alias in one.names
        if alias.name.split(".")[0] not in FOREIGN
    }
    for name, owner in _names_in(tree):
        of_another = not _is_own(owner) and not (isinstance(owner, ast.Name) and owner.id in imported)
        if _is_private(name) and of_another and name not in defined:
            found.add(name)
    return found


@cache
def _used() -> dict[str, set[str]]:
    """The private names in use, with the files that use them."""
    used: dict[str, set[str]] = {}
    for path in sorted(OURS.rglob("*.py")):
        source = path.read_text()
        if not any(f"{one}." in source for one in (*FOREIGN, "msals_tui.ui")):
            continue
        place = path.relative_to(OURS.parent).with_suffix("")
        module = importlib.import_module(".".join(place.parts).removesuffix(".__init__"))
        for name in private_names(source, module):
            used.setdefault(name, set()).add(place.as_posix())
    return used


def test_private_names_are_used_by_the_terminal_alone() -> None:
    elsewhere = {name: files for name, files in _used().items() if not all("/ui/terminal/" in one for one in files)}
    assert elsewhere == {}


def test_every_private_name_in_use_has_a_test_of_its_own_and_there_are_few() -> None:
    assert set(_used()) == set(GUARDED)
    assert len(GUARDED) <= MOST
    tests = {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert set(GUARDED.values()) <= tests
