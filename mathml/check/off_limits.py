"""What a function is built from, read from the sources of the cells. Nothing is run.

The reading errs to one side: of a name that is bound in several branches every branch counts, and what cannot be read
at all (`eval`, a name that no cell binds) is reported as such.
"""

import ast
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

from mathml.check.bindings import GIVEN_BY_PYTHON, IMPORTED, Bindings, Bound, bound_by, own_nodes

__all__ = ["Use", "uses"]

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Use(NamedTuple):
    """A name that a function refers to, directly or through what it is built from.

    `path` is the full dotted name of what was imported (`numpy.linalg.norm`) or of a builtin (`eval`); "?x" is a name
    that no cell binds, and "?.x.y" what is looked up on an object that reading alone does not know.
    """

    path: str
    cell: int
    line: int


def uses(name: str, cells: Sequence[str], given: Iterable[str] = ()) -> list[Use]:
    """Every name that the function `name` reaches: in its definition, its helpers, its imports and aliases.

    Parameters
    ----------
    name : of the function; the latest cell that binds it counts
    cells : sources, in the order in which they ran
    given : names that may be used as they are, and are not read
    """
    reader = _Reader(Bindings(cells), frozenset(given))
    reader.start(name, len(cells) - 1)
    return list(dict.fromkeys(reader.found))


class Place(NamedTuple):
    cell: int
    line: int


class _Scope(NamedTuple):
    paths: dict[str, str | None]  # local names; those of imports with what they stand for
    of_class: bool = False


class _Reader(ast.NodeVisitor):
    """Walks from a name through everything that it is built from."""

    def __init__(self, bindings: Bindings, given: frozenset[str]) -> None:
        self.found: list[Use] = []
        self._bindings = bindings
        self._given = given
        self._read: set[tuple[Bound, float]] = set()
        self._scopes: list[_Scope] = []
        self._classes: list[str] = []  # whose bodies are being read: bound by the time that their methods are called
        self._cell = 0
        self._time = math.inf  # a body runs when it is called, last of all; a top-level value, when its statement ran

    def start(self, name: str, cell: int) -> None:
        """Read from what the name is bound to; if it is bound to nothing, say so of the cell."""
        bound = self._bindings.at(name, math.inf)
        for b in bound:
            self._through(b, (), Place(b.cell, b.line))
        if not bound:
            self._record(f"?{name}", (), Place(cell, 1))

    # names

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.refer(node.id, (), Place(self._cell, node.lineno))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        root, attributes = chain(node)
        if isinstance(root, ast.Name):
            self.refer(root.id, attributes, Place(self._cell, node.lineno))
        else:
            self._record("?", attributes, Place(self._cell, node.lineno))
            self.visit(root)

    def refer(self, name: str, attributes: tuple[str, ...], place: Place) -> None:
        """Record what `name.attributes` stands for, and read on through it."""
        if name.startswith(IMPORTED):
            return self._record(name.removeprefix(IMPORTED), attributes, place)
        local = next((s.paths for s in self._visible() if name in s.paths), None)
        if local is not None:
            own = attributes[1:] if name in ("self", "cls") else attributes
            return self._record(local[name] or "?", own, place)
        if name in self._given:
            return None
        bound = self._bindings.at(name, self._time)
        if not bound and name in self._classes:
            return None
        if not bound:
            return self._record(name if name in GIVEN_BY_PYTHON else f"?{name}", attributes, place)
        for b in bound:
            self._through(b, attributes, place)
        return None

    def _visible(self) -> Iterator[_Scope]:
        """The scopes from the inside out; names of a class body are not seen by its methods."""
        for depth, scope in enumerate(reversed(self._scopes)):
            if depth == 0 or not scope.of_class:
                yield scope

    def _through(self, bound: Bound, attributes: tuple[str, ...], place: Place) -> None:
        path, node = bound.binding.path, bound.binding.node
        root, more = chain(node) if isinstance(node, (ast.Name, ast.Attribute)) else (None, ())
        if path:
            self._record(path, attributes, place)
        elif isinstance(root, ast.Name) and bound.binding.replaces:  # another name for the same thing
            with self._elsewhere(bound.cell, bound.time):
                self.refer(root.id, more + attributes, place)
        else:
            self._record("?", attributes, place)
            self._read_on(bound)

    def _read_on(self, bound: Bound) -> None:
        node = bound.binding.node
        if node is None or (bound, self._time) in self._read:
            return
        self._read.add((bound, self._time))
        called = self._time
        with self._elsewhere(bound.cell, bound.time):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._function(node, called)
            else:
                self.visit(node)

    def _record(self, path: str, attributes: tuple[str, ...], place: Place) -> None:
        if path != "?" or attributes:
            self.found.append(Use(".".join((path, *attributes)), *place))

    @contextmanager
    def _elsewhere(self, cell: int, time: float) -> Iterator[None]:
        here = self._scopes, self._cell, self._time
        self._scopes, self._cell, self._time = [], cell, time
        yield
        self._scopes, self._cell, self._time = here

    # scopes

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node, self._time)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node, self._time)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node, self._time)

    def _function(self, node: _Function, called: float) -> None:
        for part in (*getattr(node, "decorator_list", []), *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        defined = self._time
        for self._time in {called, math.inf}:  # it may be called now, and again after names have changed
            self._inside(_Scope(_locals(node.args, body)), body)
        self._time = defined

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        self._classes.append(node.name)
        self._inside(_Scope(_locals(None, node.body), of_class=True), node.body)
        self._classes.pop()

    def _comprehension(self, node: _Comprehension) -> None:
        first, *_ = node.generators
        self.visit(first.iter)  # in the scope outside
        targets = {n.id: None for g in node.generators for n in ast.walk(g.target) if isinstance(n, ast.Name)}
        self._inside(_Scope({**targets}), list(ast.iter_child_nodes(node)))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension  # noqa: N815

    def _inside(self, scope: _Scope, nodes: Iterable[ast.AST]) -> None:
        self._scopes.append(scope)
        for node in nodes:
            self.visit(node)
        self._scopes.pop()

    # imports inside a function are uses themselves

    def visit_Import(self, node: ast.Import) -> None:
        for a in node.names:
            self._record(a.name, (), Place(self._cell, node.lineno))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for a in node.names:
            self._record(f"{node.module}.{a.name}", (), Place(self._cell, node.lineno))


def chain(node: ast.expr) -> tuple[ast.expr, tuple[str, ...]]:
    """What a chain of attributes begins with, and the attributes."""
    attributes: tuple[str, ...] = ()
    while isinstance(node, ast.Attribute):
        attributes = (node.attr, *attributes)
        node = node.value
    return node, attributes


def _locals(arguments: ast.arguments | None, body: Sequence[ast.AST]) -> dict[str, str | None]:
    """The names that belong to a function or class body."""
    names: dict[str, str | None] = {}
    if arguments:
        names = {a.arg: None for a in ast.iter_child_nodes(arguments) if isinstance(a, ast.arg)}
    nodes = [n for statement in body for n in own_nodes(statement)]
    names |= {b.name: b.path for n in nodes for b in bound_by(n) if b.replaces and b.name != "*"}
    shared = {name for n in nodes if isinstance(n, (ast.Global, ast.Nonlocal)) for name in n.names}
    return {name: path for name, path in names.items() if name not in shared}
