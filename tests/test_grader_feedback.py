"""What a student reads: the hint, and neither a hidden test nor anything that would be carried out."""

import re
import shutil

import pytest

from mathml import cli
from mathml.grader.feedback import visible
from mathml.grader.pages import markdown
from tests.small_course import NAME, RIGHT, ROOT, WRONG, answer, cell, grade, gradebook, hand_in, make, notebook
from tools.notebooks import read

pytestmark = pytest.mark.usefixtures("walls")
SECRET = "4321"  # of the hidden test


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    return make(tmp_path_factory.mktemp("released"))


@pytest.fixture
def course(released, tmp_path):
    return shutil.copytree(released, tmp_path / "course")


def feedback(course, *options):
    return cli.main(["feedback", NAME, "--course", str(course), *options])


def pages(course, **sources):
    """The page of each student."""
    for student, source in sources.items():
        hand_in(course, student, source)
    grade(course)
    assert feedback(course) == 0
    return {
        student: (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
        for student in sources
    }


def test_a_wrong_answer_reads_its_hint(course):
    page = pages(course, ada=RIGHT, ben=WRONG)["ben"]
    assert "3 of 10 points" in page
    assert "mean([1, 2, 3, 6]) should be 3" in page
    assert "Hint: add up, and divide" in page
    assert "A hidden test fails. The statement says what the hidden tests probe." in page
    assert "Hint: divide, too" in page


@pytest.mark.parametrize("path", sorted(ROOT.glob("source/*/*.ipynb")), ids=lambda path: path.stem)
def test_every_formula_of_an_assignment_shows(path):
    for one in read(path).cells:
        if one.cell_type == "markdown":
            shown = re.sub(r"<code>.*?</code>", "", markdown(one.source), flags=re.DOTALL)
            assert not re.search(r"\\[a-zA-Z]|\$", shown), shown


@pytest.mark.parametrize(
    "source",
    [
        "def mean(x):\n    raise ValueError(str(list(x)))",
        "def mean(x):\n    print(list(x))\n    return 0",
        "def mean(x):\n    raise type('E' + '_'.join(map(str, x)), (Exception,), {})()",
        "def mean(x):\n    return str(list(x))",
        "def mean(x):\n    import warnings\n\n    warnings.warn(str(list(x)))\n    return 0",
        "def mean(x):\n    x[0] = 0\n    return str(list(x))",
        "def mean(x):\n    exec(compile('\\n' * (x[-1] - 1) + 'raise ValueError', 'f', 'exec'))",
        "def mean(x):\n    import os\n\n    os._exit(x[-1] % 256)",
    ],
)
def test_no_answer_gets_a_hidden_input_into_its_page(course, source):
    page = pages(course, eve=source)["eve"]
    assert SECRET not in page
    assert "2161" not in page
    assert "HIDDEN" not in page
    assert "A hidden test fails" in page


def test_the_source_of_a_test_is_shown_without_what_is_hidden():
    tests = "check(f, 1)\n### BEGIN HIDDEN TESTS\ncheck(f, 2)\n### END HIDDEN TESTS\ncheck(f, 3)"
    assert visible(tests) == "check(f, 1)\ncheck(f, 3)"


def test_what_a_student_shows_is_text_or_a_picture(course):
    source = """from IPython.display import HTML, Markdown, Javascript, display

display(HTML("<script>alert(1)</script>"), Markdown("<img src=x onerror=alert(2)>"), Javascript("alert(3)"))
display({"text/html": "<b>x</b>", "text/plain": "<script>alert(4)</script>"}, raw=True)
display({"image/png": '"><script>alert(5)</script>', "text/plain": "no picture"}, raw=True)
print("\\x1b[31m<script>alert(6)</script>")
raise ValueError("<script>alert(7)</script>")"""
    path = hand_in(course, "eve", RIGHT + "\n\n\n'</pre><script>alert(0)</script>'")
    path.write_text(notebook(answer("mean", RIGHT), cell(source)), encoding="utf-8")
    grade(course)
    feedback(course)
    page = (course / "feedback" / "eve" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "onerror" not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    assert "&lt;script&gt;alert(6)" in page
    assert "\x1b" not in page
    assert "no picture" in page
    assert "default-src 'none'" in page


def test_pictures_are_shown(course):
    plot = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.show()"
    assert '<img src="data:image/png;base64,iVBOR' in pages(course, ada=f"{RIGHT}\n\n\n{plot}")["ada"]


def test_formulas_show_without_a_network():
    page = markdown(r"with $x \in \mathbb{R}^d$ and $$\arg\min_c \|q - \hat q_c\|$$")
    assert page.count("<math") == 2
    assert "\\" not in page
    assert "<code>" in markdown(r"$x^{a}^{b}$")
    assert "<script" not in markdown("<script>alert(1)</script> [x](javascript:alert(1))")
    assert "javascript" not in markdown("[x](javascript:alert(1))")


def test_a_score_and_a_comment_by_hand_are_shown(course):
    hand_in(course, "ben", WRONG)
    grade(course)
    with gradebook(course) as book:
        book.find_grade("mean-basics", NAME, NAME, "ben").manual_score = 2
        book.find_comment("mean", NAME, NAME, "ben").manual_comment = "a <good> beginning"
        book.db.commit()
    assert feedback(course) == 0
    page = (course / "feedback" / "ben" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "5 of 10 points" in page
    assert "a &lt;good&gt; beginning" in page


def test_what_was_refused_is_told_why_and_what_is_not_graded_has_no_page(course, capsys):
    hand_in(course, "eve").write_text("{", encoding="utf-8")
    grade(course)
    hand_in(course, "ada")
    assert feedback(course) == 1
    assert "not graded yet, so without a page: ada" in capsys.readouterr().out
    page = (course / "feedback" / "eve" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Your submission could not be graded: it is no notebook" in page
    assert "0 of 10 points" in page


def test_what_nbgraders_exchange_needs_lies_beside(course):
    folder = hand_in(course, "ada").parent
    (folder / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC", encoding="utf-8")
    (folder / "submission_secret.txt").write_text("secret", encoding="utf-8")
    (folder / "more.txt").symlink_to("/etc/passwd")
    grade(course)
    feedback(course)
    names = {"small.html", "timestamp.txt", "submission_secret.txt"}
    assert {path.name for path in (course / "feedback" / "ada" / NAME).iterdir()} == names
