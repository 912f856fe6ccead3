"""From scratch means from scratch: whatever the forbidden thing is called, and through whatever it is reached."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.validator import Validator

from mathml.check import from_scratch
from mathml.check.off_limits import Use, uses
from mathml.check.scratch import verdict

NP = "import numpy as np"
DEF = "def norm(x):\n    return "

FORBIDDEN = {
    "spelled out": [NP, DEF + "np.linalg.norm(x)"],
    "imported under its full name": ["import numpy.linalg", DEF + "numpy.linalg.norm(x)"],
    "a module under another name": ["from numpy import linalg as la", DEF + "la.norm(x)"],
    "a function under another name": ["from numpy.linalg import norm as n", DEF + "n(x)"],
    "a variable for the module": [NP + "\nL = np.linalg", DEF + "L.norm(x)"],
    "a variable for a variable": [NP, "N = np", "M = N", DEF + "M.linalg.norm(x)"],
    "unpacked": [NP, "a, (b, c) = 1, (2, np.linalg.norm)", DEF + "c(x)"],
    "a variable of the function": [NP, DEF.replace("return", "m = np; return") + "m.linalg.norm(x)"],
    "an import in the function": [DEF.replace("return", "from numpy import linalg as q; return") + "q.norm(x)"],
    "an import of a function in the function": [DEF.replace("return", "from numpy.linalg import norm; return") + "1"],
    "getattr": [NP, DEF + 'getattr(np, "linalg").norm(x)'],
    "getattr with a default": [NP, DEF + 'getattr(np, "linalg", None).norm(x)'],
    "getattr of what is not written": [NP, DEF + 'getattr(np, "lin" + "alg").norm(x)'],
    "getattr by another name": [NP, "g = getattr", DEF + 'g(np, "linalg").norm(x)'],
    "import_module": ["import importlib", DEF + 'importlib.import_module("numpy.linalg").norm(x)'],
    "import_module of what is not written": ["import importlib", DEF + 'importlib.import_module("numpy." + w).norm(x)'],
    "__import__": [DEF + '__import__("numpy").linalg.norm(x)'],
    "all of NumPy": ["from numpy import *", DEF + "linalg.norm(x)"],
    "all of the module": ["from numpy.linalg import *", DEF + "det(x)"],
    "all of the module, afterwards": [DEF + "1", "from numpy.linalg import *"],
    "all of a package that is not loaded": ["from scipy.linalg import *", DEF + "det(x)"],
    "a helper": [NP, "def length(v):\n    return np.linalg.norm(v)", DEF + "length(x)"],
    "a helper of a helper": [NP, "f = lambda v: np.linalg.norm(v)", "def g(v): return f(v)", DEF + "g(x)"],
    "a helper inside": [
        NP,
        "def norm(x):\n    def inner(np=np):\n        return np.linalg.norm(x)\n    return inner()",
    ],
    "a helper in a branch": [NP, "if x:\n    f = np.linalg.norm\nelse:\n    f = abs", DEF + "f(x)"],
    "a helper from a loop": [NP, "for f in [np.linalg.norm]: pass", DEF + "f(x)"],
    "a helper from a try": ["try:\n    from numpy.linalg import norm as f\nexcept: pass", DEF + "f(x)"],
    "a walrus": [NP, "print(f := np.linalg.norm)", DEF + "f(x)"],
    "a match": [NP, "match np.linalg.norm:\n    case f: pass", DEF + "f(x)"],
    "a global of another function": [NP, "def s():\n    global f\n    f = np.linalg.norm", "s()", DEF + "f(x)"],
    "a method": [NP, "class A:\n    def m(self, x):\n        return np.linalg.norm(x)", DEF + "A().m(x)"],
    "a base class": ["from mathml.algorithms.kmeans import KMeans", "class norm(KMeans): pass"],
    "an attribute of self": [NP, "class norm:\n    m = np\n    def f(self, x): return self.m.linalg.norm(x)"],
    "a class that names itself": [NP, "class norm:\n    def f(self, x): return norm.g(x) + np.linalg.norm(x)"],
    "a decorator": [NP, "def better(f): return np.linalg.norm", "@better\n" + DEF + "1"],
    "a default": [NP, "def norm(x, f=np.linalg.norm):\n    return f(x)"],
    "a default of a keyword": [NP, "def norm(x, *, f=np.linalg.norm):\n    return f(x)"],
    "a default that is set afterwards": [
        NP,
        "def norm(x, f=abs): return f(x)",
        "norm.__defaults__ = (np.linalg.norm,)",
    ],
    "a lambda": [NP, "norm = lambda x: np.linalg.norm(x)"],
    "a partial": [NP, "from functools import partial\nnorm = partial(np.linalg.norm, ord=2)"],
    "the function itself": [NP, "norm = np.linalg.norm"],
    "the function itself, imported": ["from numpy.linalg import norm"],
    "a list": [NP, "tools = [np]", DEF + "tools[0].linalg.norm(x)"],
    "a list of the function": [NP, "tools = [np.linalg.norm]", DEF + "tools[0](x)"],
    "a list that grew": [NP, "tools = []", "tools.append(np.linalg.norm)", DEF + "tools[0](x)"],
    "a list that was added to": [NP, "tools = []", "tools += [np.linalg.norm]", DEF + "tools[0](x)"],
    "a dictionary that was filled": [NP, "tools = {}", 'tools["n"] = np.linalg.norm', DEF + 'tools["n"](x)'],
    "an attribute that was set": [NP, "np.f = np.linalg.norm", DEF + "np.f(x)"],
    "an attribute that setattr set": [NP, 'setattr(np, "f", np.linalg.norm)', DEF + "np.f(x)"],
    "a comprehension": [NP, DEF + "[f(x) for f in [np.linalg.norm]][0]"],
    "a name that has changed since": [NP, "f = np.linalg.norm", "np = None", DEF + "f(x)"],
    "a helper that has changed since": [NP, "def h(): return np.linalg.norm", "f = h()", "def h(): 1", DEF + "f(x)"],
    "its implementation": ["from numpy.linalg._linalg import norm as f", DEF + "f(x)"],
    "through an allowed module": ["from mathml.check import compare", DEF + "compare.np.linalg.norm(x)"],
    "a dunder": [NP, DEF + 'np.__dict__["linalg"].norm(x)'],
    "sys.modules": ["import sys", DEF + 'sys.modules["numpy.linalg"].norm(x)'],
    "attrgetter": [NP + "\nfrom operator import attrgetter", DEF + 'attrgetter("linalg.norm")(np)(x)'],
    "eval": [DEF + 'eval("np.linalg.norm(x)")'],
    "exec": ['def norm(x):\n    exec("import numpy")'],
    "globals": [NP, DEF + 'globals()["np"].linalg.norm(x)'],
    "an earlier output": [DEF + "_5(x)"],
    "a name from nowhere": [DEF + "mystery(x)"],
    "no definition": [NP],
    "a magic before it": ["%matplotlib inline\nimport numpy as np\n" + DEF + "np.linalg.norm(x)"],
    "a cell magic": [NP, "%%time\n" + DEF + "np.linalg.norm(x)"],
    "mathml": ["from mathml.vectors import norm"],
    "mathml's function in a function": ["from mathml.vectors import norm as n", DEF + "n(x)"],
    "mathml's module": ["import mathml.vectors as v", DEF + "v.norm(x)"],
    "mathml in full": ["import mathml", DEF + "mathml.vectors.norm(x)"],
    "mathml beside what is allowed": ["import mathml.check", DEF + "mathml.vectors.norm(x)"],
    "scikit-learn": ["from sklearn.preprocessing import normalize", DEF + "normalize(x)"],
}

ALLOWED = {
    "NumPy": [NP, DEF + "np.sqrt(np.sum(np.square(x)) + x @ x + pow(2, x[0]))"],
    "all of NumPy": ["from numpy import *", DEF + "sqrt(sum(square(x)))"],
    "all of math": ["from math import *", DEF + "sqrt(fsum(v * v for v in x))"],
    "all of the forbidden module, unused": [NP, "from numpy.linalg import *", DEF + "np.sqrt(x @ x)"],
    "an earlier try that was replaced": [NP, DEF + "np.linalg.norm(x)", DEF + "(x @ x) ** 0.5"],
    "a helper that was replaced": [NP, "h = np.linalg.norm", DEF + "h(x)", "def h(x): return (x @ x) ** 0.5"],
    "the library beside the function": [NP, DEF + "(x @ x) ** 0.5\nprint(norm([1]), np.linalg.norm([1]))"],
    "the library to compare with": [
        NP,
        DEF + "(x @ x) ** 0.5",
        "np.testing.assert_allclose(norm(x), np.linalg.norm(x))",
    ],
    "a parameter called as something else": [NP, "x = np.linalg.norm([1])", DEF + "(x @ x) ** 0.5"],
    "a variable called as something else": [NP, "t = np.linalg.norm([1])", "def norm(x):\n    t = x @ x\n    return t"],
    "a comprehension's variable": [NP, "v = np.linalg.norm([1])", DEF + "sum(v * v for v in x) ** 0.5"],
    "what the project gives": [
        "from mathml.check import check",
        "import mathml.figures",
        DEF + "check(x) or mathml.figures",
    ],
    "data": ["from sklearn.datasets import load_digits", "X = load_digits().data", DEF + "X @ x"],
    "recursion": [DEF + "norm(x[1:]) + g(x)", "def g(x): return norm(x)"],
    "a class": ["class norm:\n    n = 3\n    m = n + 1\n    def dot(self): return self.dot() + self.m + super().dot()"],
    "a class that names itself": [
        "class V:\n    def __add__(self, v): return V() if v else isinstance(v, V)",
        DEF + "V() + x",
    ],
    "annotations and a docstring": [
        NP,
        'def norm(x: "np.ndarray") -> float:\n    """np.linalg.norm"""\n    return x @ x',
    ],
    "Python's own": ["import sys, math", DEF + "max(abs(v) for v in x) + sys.float_info.eps + math.hypot(*x)"],
    "cells that are no Python": ["%%bash\nls -l |", "def broken(:", "!ls", DEF + "(x @ x) ** 0.5"],
    "a nonlocal": ["def norm(x):\n    t = 0\n    def add(v):\n        nonlocal t\n        t += v\n    return t"],
}


@pytest.mark.parametrize("cells", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_is_off_limits_is_found_by_whatever_name(cells):
    message = verdict("norm", cells)
    assert message
    assert message.startswith("norm uses ")
    assert "scores 0" in message


@pytest.mark.parametrize("cells", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_not(cells):
    assert verdict("norm", cells) is None


def test_the_message_names_the_thing_and_the_line():
    assert verdict("norm", [NP, "# mine\n" + DEF + "np.linalg.norm(x)  # quick"]) == (
        "norm uses numpy.linalg.norm, which is off limits here.\n"
        "  line 3: return np.linalg.norm(x)  # quick\n"
        "This exercise asks for your own code; as it is, it scores 0."
    )


def test_a_use_is_told_by_its_full_name_its_cell_and_its_line():
    assert uses("norm", [NP, "s = np.sum", DEF + "s(x)"]) == [Use("numpy.sum", 2, 2)]


def test_a_function_can_be_off_limits_by_itself():
    for cells in ([NP, DEF + "np.dot(x, x)"], ["from numpy import dot as d", DEF + "d(x, x)"], [DEF + "x.dot(x)"]):
        assert "off limits" in verdict("norm", cells, off_limits=["numpy.dot"])
        assert verdict("norm", cells) is None
    assert verdict("norm", [NP, DEF + "np.sum(x * x)"], off_limits=["numpy.dot"]) is None


def test_the_function_of_an_earlier_exercise_may_be_used_as_it_is():
    cells = [NP, "def length(x): return np.linalg.norm(x)", DEF + "length(x)"]
    assert verdict("norm", cells)
    assert verdict("norm", cells, given=["length"]) is None


def test_outside_a_notebook_it_says_so():
    with pytest.raises(RuntimeError, match="reads the cells of a notebook"):
        from_scratch(len)


# --- in a notebook --------------------------------------------------------------------------------

FIRST = "import numpy as np\nfrom mathml.check import check, from_scratch\nL = np.linalg"
CELLS = [
    (FIRST, None),
    ("def norm(x):\n    return L.norm(x)", None),
    ("from_scratch(norm)", "norm uses numpy.linalg.norm, which is off limits here.\n  line 2: return L.norm(x)"),
    ("norm = lambda x: (np.square(x).sum()) ** 0.5", None),
    ("from_scratch(norm)\ncheck(norm, [3, 4], gives=5)", None),
    ("check(norm, [3, 4], gives=7, hint='add first')", "norm([3, 4]) should be 7, but it is 5.\nHint: add first"),
    ("def norm(x):\n    raise NotImplementedError()", None),
    ("from_scratch(norm)\ncheck(norm, [3, 4], gives=5)", "norm is not answered yet: write it"),
    ("from mathml.vectors import norm as length\nnorm = length", None),
    ("from_scratch(norm)", "uses mathml.vectors.norm"),
]


def plain_text(output):
    assert output.output_type == "error"
    return "\n".join(output.traceback).replace("\x1b[1;31m", "").replace("\x1b[0m", "")


@pytest.mark.parametrize("keeps_history", [True, False], ids=["as in Lab and nbgrader", "as in nbval"])
def test_a_notebook_shows_the_words_and_no_traceback(keeps_history):
    notebook = new_notebook(cells=[new_code_cell(source) for source, _ in CELLS])
    client = NotebookClient(notebook, allow_errors=True, kernel_name="python3")
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index, store_history=keeps_history)
    for cell, (_, words) in zip(notebook.cells, CELLS, strict=True):
        said = [plain_text(output) for output in cell.outputs]
        assert bool(said) == bool(words), said
        if words:
            assert words in said[0]
            assert "Traceback" not in said[0]


def test_validate_shows_the_message(tmp_path):
    def cell(source, name, tested):
        points = {"points": 2} if tested else {}
        kind = {"schema_version": 3, "grade_id": name, "grade": tested, "solution": not tested, "locked": tested}
        return new_code_cell(source, metadata={"nbgrader": {**kind, "task": False, **points}})

    notebook = new_notebook(
        cells=[
            new_code_cell(FIRST),
            cell("def norm(x):\n    return L.norm(x)", "norm", False),
            cell("from_scratch(norm)\ncheck(norm, [3, 4], gives=5)", "norm-basics", True),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "norm.ipynb")
    (failed,) = Validator().validate(str(tmp_path / "norm.ipynb"))["failed"]
    assert "norm uses numpy.linalg.norm, which is off limits here." in failed["error"]
    assert "Traceback" not in failed["error"]
