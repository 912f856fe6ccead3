"""What the cells of a notebook bind at their top level: which name to which import, definition or value."""

import ast
import builtins
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["GIVEN_BY_PYTHON", "IMPORTED", "Binding", "Bindings", "Bound", "bound_by", "own_nodes"]

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
GIVEN_BY_PYTHON = {*dir(builtins), "__name__", "__class__", "__doc__", "display"}
IMPORTED = "import "  # begins the name that stands for a module imported by a call; no variable can be called so


class Binding(NamedTuple):
    """One binding of a name: to an import (`path`), or to the value of a node."""

    name: str
    path: str | None
    node: ast.AST | None
    replaces: bool = True  # False if it adds to the value that was there: `helpers["n"] = …`


class Bound(NamedTuple):
    binding: Binding
    cell: int
    line: int
    time: float  # which top-level statement it is, counted over all cells


class Bindings:
    """All bindings of the cells' top level."""

    def __init__(self, cells: Sequence[str]) -> None:
        self._of: dict[str, list[Bound]] = defaultdict(list)
        self._stars: list[Bound] = []
        time = 0
        for cell, source in enumerate(cells):
            for statement in _parsed(source):
                time += 1
                for binding in _bindings_in(statement):
                    bound = Bound(binding, cell, statement.lineno, time)
                    (self._stars if binding.name == "*" else self._of[binding.name]).append(bound)

    def at(self, name: str, time: float) -> list[Bound]:
        """What the name is bound to just before the statement at `time`: the latest, and what was added to it."""
        bound = [b for b in self._of[name] + self._from_stars(name) if b.time < time]
        latest = max((b.time for b in bound if b.binding.replaces), default=0)
        bound = [b for b in bound if b.time >= latest]
        if all(b.binding.path for b in bound if b.binding.replaces):  # a call of a module's function changes no module
            bound = [b for b in bound if not isinstance(b.binding.node, ast.Call)]
        return bound

    def _from_stars(self, name: str) -> list[Bound]:
        return [
            b._replace(binding=Binding(name, f"{b.binding.path}.{name}", None))
            for b in self._stars
            if _exports(str(b.binding.path), name)
        ]


def _parsed(source: str) -> list[ast.stmt]:
    """The statements of a cell; magics are left out, and a cell that is not Python has none."""
    lines = source.splitlines()
    if lines and lines[0].startswith("%%"):
        lines[0] = ""  # the body of %%time is Python
    source = "\n".join(lines)
    for text in (source, _without_magics(source)):
        try:
            return [_CallsAsPaths().visit(statement) for statement in ast.parse(text).body]
        except (SyntaxError, ValueError):
            continue
    return []


def _without_magics(source: str) -> str:
    try:
        from IPython.core.inputtransformer2 import TransformerManager

        return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]
    except (ImportError, SyntaxError):
        return source


class _CallsAsPaths(ast.NodeTransformer):
    """Write `getattr(x, "name")` as `x.name`, and a call that imports a named module as a name for that module."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if called == "getattr" and len(node.args) >= 2 and texts[:1] == [getattr(node.args[1], "value", None)]:
            path: ast.expr = ast.Attribute(node.args[0], texts[0], ast.Load())
        elif called in ("import_module", "__import__") and texts:
            path = ast.Name(IMPORTED + texts[0], ast.Load())
        else:
            return node
        return ast.copy_location(path, node)


def _bindings_in(statement: ast.AST) -> Iterator[Binding]:
    """What a statement binds in its own scope, in all its branches, and what functions in it bind by `global`."""
    for node in own_nodes(statement):
        yield from bound_by(node)
        if isinstance(node, SCOPES):
            yield from _bound_globally(node)


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, without what lies inside a function or a class."""
    yield node
    if not isinstance(node, SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from own_nodes(child)


def bound_by(node: ast.AST) -> Iterator[Binding]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield Binding(name, None, node)
        case ast.Import(names=names):
            for a in names:
                yield Binding(a.asname or a.name.split(".")[0], a.name if a.asname else a.name.split(".")[0], None)
        case ast.ImportFrom(module=module, names=names):
            for a in names:
                yield Binding(a.asname or a.name, f"{module}.{a.name}" if a.name != "*" else module, None)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _assigned(target, value)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield from _assigned(target, value)
        case ast.AugAssign(target=target, value=value):
            yield from (b._replace(replaces=False) for b in _assigned(target, value))
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            yield from _assigned(target, value)
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            yield from _assigned(target, value)
        case ast.Match(subject=value, cases=cases):
            for captured in (n for c in cases for n in ast.walk(c.pattern)):
                if captures := getattr(captured, "name", None) or getattr(captured, "rest", None):
                    yield Binding(captures, None, value)
        case ast.ExceptHandler(name=str(name)):
            yield Binding(name, None, None)
        case ast.Expr(value=ast.Call(func=ast.Name(id="setattr"), args=[target, _, value])):
            yield Binding(_root(target), None, value, replaces=False)
        case ast.Expr(value=ast.Call(func=ast.Attribute() as method)):
            yield Binding(_root(method), None, node.value, replaces=False)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[Binding]:
    match target, value:
        case ((ast.Tuple(elts=names) | ast.List(elts=names)), (ast.Tuple(elts=values) | ast.List(elts=values))) if len(
            names
        ) == len(values):
            for one, its_value in zip(names, values, strict=True):
                yield from _assigned(one, its_value)
        case ((ast.Tuple(elts=names) | ast.List(elts=names)), _):
            for one in names:
                yield from _assigned(one, value)
        case ast.Starred(value=one), _:
            yield from _assigned(one, value)
        case ast.Name(id=name), _:
            yield Binding(name, None, value)
        case _:  # x.y = …, x[i] = …
            yield Binding(_root(target), None, value, replaces=False)


def _root(node: ast.expr) -> str:
    """The name that a chain of attributes and indices begins with."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bound_globally(scope: ast.AST) -> Iterator[Binding]:
    for function in ast.walk(scope):
        body = getattr(function, "body", None)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and body:
            shared = {name for s in body for n in own_nodes(s) if isinstance(n, ast.Global) for name in n.names}
            for binding in (b for s in body for b in _bindings_in(s)):
                if binding.name in shared:
                    yield binding._replace(replaces=False)


def _exports(module: str, name: str) -> bool:
    """Whether `from module import *` brings the name. A module of a package that is not loaded here is not asked."""
    if module.split(".")[0] not in sys.modules:
        return name not in GIVEN_BY_PYTHON
    try:
        exporting = importlib.import_module(module)
    except ImportError:
        return False
    return name in getattr(exporting, "__all__", [n for n in dir(exporting) if not n.startswith("_")])
