"""The instructor in Formgrader and the student in JupyterLab: marks, a score by hand, the feedback and its hint."""

import re
from contextlib import contextmanager

import pytest
from nbgrader.apps import NbGraderAPI
from playwright.sync_api import expect
from traitlets.config.loader import PyFileConfigLoader

from mathml import cli
from tests.browser.jupyter import PATIENCE, serve
from tests.small_course import (
    NAME,
    RIGHT,
    WRONG,
    answer,
    assignment,
    cell,
    grade,
    gradebook,
    hand_in,
    make,
    notebook,
    words,
)

pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def class_lab(tmp_path_factory):
    """A class of three, of whom two are graded; Lab serves the course."""
    course = make(tmp_path_factory.mktemp("class"))
    through_the_exchange(course, "ada", RIGHT)
    through_the_exchange(course, "ben", WRONG)
    assert grade(course) == 0
    through_the_exchange(course, "cleo", WRONG)
    with lab_of(course, tmp_path_factory.mktemp("settings")) as lab:
        yield lab


@contextmanager
def lab_of(course, settings):
    (course / "work").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_CONFIG_PATH", str(course))  # as start.py does
        with serve(course, settings) as lab:
            yield lab


def through_the_exchange(course, student, source):
    """What is handed in, with what nbgrader's exchange lays beside it."""
    folder = hand_in(course, student, source).parent
    (folder / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC", encoding="utf-8")
    (folder / "submission_secret.txt").write_text(student, encoding="utf-8")


@pytest.fixture
def formgrader(class_lab, browser):
    with window(class_lab, browser) as page:
        yield page


@contextmanager
def window(lab, browser):
    """A window that is logged in; Formgrader itself asks the network for MathJax, which is refused."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{lab.address}/lab?token={lab.token}")
    yield page
    context.close()


def submissions(page, lab):
    page.goto(f"{lab.address}/formgrader/manage_submissions/{NAME}")
    return page.locator("tbody tr")


def test_formgrader_shows_the_marks(formgrader, class_lab):
    rows = submissions(formgrader, class_lab)
    expect(rows.filter(has_text="ada").locator(".score")).to_have_text("10 / 10")
    expect(rows.filter(has_text="ben").locator(".score")).to_have_text("3 / 10")
    expect(rows.filter(has_text="cleo").locator(".status")).to_have_text("needs autograding")


def test_its_buttons_grade_apart_and_write_feedback_without_hidden_tests(formgrader, class_lab):
    row = submissions(formgrader, class_lab).filter(has_text="cleo")
    row.locator(".autograde a").click()
    log = formgrader.locator(".modal.in")
    expect(log).to_contain_text("Applying preprocessor: GradeApart")
    log.get_by_role("button", name="OK").click()
    expect(row.locator(".score")).to_have_text("3 / 10")
    row.locator(".generate-feedback a").click()
    expect(formgrader.locator(".modal.in")).to_contain_text("Success")
    page = (class_lab.root / "feedback" / "cleo" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Hint: add up, and divide" in page
    assert "HIDDEN" not in page


def test_a_score_by_hand_survives_grading_again(formgrader, class_lab):
    with gradebook(class_lab.root) as book:
        number = book.find_submission_notebook(NAME, NAME, "ben").id
    formgrader.goto(f"{class_lab.address}/formgrader/submissions/{number}/")
    score = formgrader.locator(".score").first
    expect(score).to_have_attribute("placeholder", "0")
    with formgrader.expect_response(lambda answer: answer.request.method == "PUT"):
        score.fill("2")
        score.press("Tab")
    assert grade(class_lab.root, "--force") == 0
    formgrader.reload()
    expect(score).to_have_value("2")
    expect(submissions(formgrader, class_lab).filter(has_text="ben").locator(".score")).to_have_text("5 / 10")


def test_what_a_student_shows_runs_nothing_in_the_instructors_browser(tmp_path, browser):
    """A script there could do in the instructor's Lab what the instructor can."""
    script = "<img src='x' onerror='window.attacked = true'><script>window.attacked = true</script>"
    shows = f"""from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML({script!r}), Javascript("window.attacked = true"), Markdown({script!r}))
display({{"text/latex": {script!r}, "text/plain": {script!r}}}, raw=True)
SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='window.attacked = true'/>")"""
    handed_in = notebook(answer("mean", RIGHT), words("why", f"I say {script}"), cell(shows))
    course = make(tmp_path, assignment(more=[words("why", "### BEGIN SOLUTION\nwhy\n### END SOLUTION")]))
    hand_in(course, "eve").write_text(handed_in, encoding="utf-8")
    assert grade(course) == 0
    with gradebook(course) as book:
        number = book.find_submission_notebook(NAME, NAME, "eve").id
    with lab_of(course, tmp_path / "settings") as lab, window(lab, browser) as page:
        page.goto(f"{lab.address}/formgrader/submissions/{number}/")
        expect(page.get_by_text("I say")).to_be_visible()
        expect(page.get_by_text("<script>window.attacked = true</script>").first).to_be_visible()
        assert page.evaluate("() => window.attacked") is None


def test_the_student_fetches_the_feedback_and_reads_the_hint(formgrader, class_lab):
    """From the release to the hint, as one user here: nbgrader's exchange goes by the system's names."""
    course, page = class_lab.root, formgrader
    nbgrader = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", str(course)).load_config())
    assert nbgrader.release_assignment(NAME)["success"]
    page.wait_for_function("() => window.jupyterapp?.commands?.hasCommand('nbgrader:open-assignment-list')")
    page.evaluate("() => jupyterapp.commands.execute('nbgrader:open-assignment-list')")
    page.get_by_role("button", name="Fetch", exact=True).click()
    submit = page.get_by_role("button", name="Submit", exact=True)
    expect(submit).to_be_visible()
    work = course / "work" / NAME / f"{NAME}.ipynb"
    work.write_text(notebook(answer("mean", WRONG)), encoding="utf-8")
    submit.click()
    expect(page.get_by_role("button", name="Fetch Feedback")).to_be_visible()

    assert nbgrader.collect(NAME)["success"]
    assert grade(course) == 0
    assert cli.main(["feedback", NAME, "--course", str(course)]) == 0
    assert nbgrader.release_feedback(NAME)["success"]

    page.locator("#refresh_assignments_list").click()
    page.get_by_role("button", name="Fetch Feedback").click()
    page.get_by_text("(view feedback)").click()
    page.locator(".jp-DirListing-item", has_text=f"{NAME}.html").dblclick()
    read = page.frame_locator(".jp-HTMLViewer iframe")
    expect(read.get_by_text("3 of 10 points")).to_be_visible()
    expect(read.get_by_text("Hint: add up, and divide")).to_be_visible()
    expect(read.get_by_text("4321")).to_have_count(0)
