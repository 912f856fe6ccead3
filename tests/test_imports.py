"""Imports run one way, and the maths needs NumPy alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mathml

PACKAGE = Path(mathml.__file__).parent

# Each may import those before it. A topic that is not written yet already has its place.
MATHS = [
    "arrays",
    "datasets",  # what lessons and figures compute on; it knows the shapes, and no maths
    "functions",
    "vectors",
    "matrices",
    "calculus",
    "autodiff",
    "probability",
    "statistics",
    "information",
    "optimization",
    "attention",
    "algorithms",
    "figures",
]
# Whatever else there is (check, cli, course, grader, live …) surrounds the maths: neither imports the other.

MODULES = {
    ".".join(("mathml", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def topic(name):
    """`mathml.figures.vectors` belongs to `figures`; the package itself to nothing."""
    return name.split(".")[1] if "." in name else ""


def imported(source, package):
    """Every name that the source imports, wherever in it, in full: `mathml.vectors.norm`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: package.count(".") + 2 - node.level] if node.level else []
            origin = [*parents, node.module] if node.module else parents
            yield from (".".join([*origin, alias.name]) for alias in node.names)


def offences(module, source, package):
    own = topic(module)
    ours = (name for name in imported(source, package) if name.split(".")[0] == "mathml")
    for other in sorted({topic(name) for name in ours} - {own, ""}):
        if (own in MATHS) != (other in MATHS):
            yield f"{module} imports {other}, and one of them is maths and the other is not"
        elif own in MATHS and MATHS.index(other) > MATHS.index(own):
            yield f"{module} imports {other}, which comes after {own}"


def package_of(module):
    return module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module):
    assert list(offences(module, MODULES[module].read_text(encoding="utf-8"), package_of(module))) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("mathml.arrays", "from mathml.vectors import norm"),
        ("mathml.arrays", "from mathml import vectors"),
        ("mathml.arrays", "import mathml.vectors as v"),
        ("mathml.arrays", "from . import vectors"),
        ("mathml.arrays", "from .vectors import norm"),
        ("mathml.vectors", "def late():\n    from mathml.algorithms import kmeans"),
        ("mathml.algorithms.kmeans", "from ..figures import vectors"),
        ("mathml.vectors", "from mathml.check import check"),
        ("mathml.check", "from mathml.vectors import norm"),
        ("mathml.live", "from mathml.figures import vectors"),
    ],
)
def test_an_import_that_runs_the_wrong_way_is_found(module, source):
    assert list(offences(module, source, module.rpartition(".")[0]))


def test_an_import_that_runs_the_right_way_is_not():
    source = "import numpy\nfrom mathml import arrays\nfrom mathml.vectors import norm\nfrom .dbscan import DBSCAN"
    assert not list(offences("mathml.algorithms.kmeans", source, "mathml.algorithms"))


NUMPY_ALONE = """
import importlib, sys

class NothingElse:
    def find_spec(self, name, path=None, target=None):
        root = name.split(".")[0]
        if root not in sys.stdlib_module_names | {"numpy", "mathml"}:
            raise ModuleNotFoundError(f"{name} is not NumPy")

sys.meta_path.insert(0, NothingElse())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""


def import_with_numpy_alone(*modules):
    command = [sys.executable, "-c", NUMPY_ALONE, *modules]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_maths_needs_numpy_alone():
    maths = [module for module in MODULES if topic(module) in {"", *MATHS} - {"figures"}]
    assert "mathml.vectors" in maths
    run = import_with_numpy_alone(*maths)
    assert run.returncode == 0, run.stderr


def test_another_package_would_have_been_noticed():
    assert "is not NumPy" in import_with_numpy_alone("sklearn").stderr
