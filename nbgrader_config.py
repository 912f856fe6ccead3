"""nbgrader's settings, for the instructor's checkout and the student's copy alike. This folder is the course."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent

c = get_config()  # noqa: F821 (nbgrader defines it)

c.CourseDirectory.course_id = "mathml"
c.CourseDirectory.root = str(ROOT)

# The exchange is a folder that the instructor and every student can write to; `release_assignment` makes it. Inside
# the checkout it serves one user, to try things out. For a class on one machine, name a shared folder here.
c.Exchange.root = str(ROOT / "exchange")
# Absolute, because Lab's Assignment List goes to that folder, and reads these settings again there: it finds them if
# JUPYTER_CONFIG_PATH names this folder (start.py does that).
c.Exchange.assignment_dir = str(ROOT / "work")
# Where start.py puts a corrected assignment beside the one that a student has begun: not to be handed in.
c.CourseDirectory.ignore.append("corrected*")
# nbgrader reads the names of many other time zones (CEST, IST) back as if they were UTC.
c.Exchange.timezone = "UTC"

# `mathml.check` reads this error as "not answered yet".
c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("not answered yet")  # your code instead of this line'
}
c.ClearSolutions.text_stub = "*Your answer instead of this line.*"

# Widgets that a solution has shown stay in the notebook's metadata, so only the named metadata may pass.
c.GenerateAssignment.preprocessors.append("nbconvert.preprocessors.ClearMetadataPreprocessor")
c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec", ("language_info", "name")}
c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"nbgrader", "tags", "deletable", "editable"}

# `nbgrader autograde`, `generate_feedback` and Formgrader's buttons do what `mathml grade` and `mathml feedback` do.
# Without these lines nbgrader runs what was handed in itself, with your rights, and its feedback shows hidden tests.
c.Autograde.sanitize_preprocessors = ["mathml.grader.behind_nbgrader.GradeApart"]
c.Autograde.autograde_preprocessors = []
c.GenerateFeedback.exporter_class = "mathml.grader.behind_nbgrader.FeedbackPage"

# Formgrader shows students' words in your browser, where a script could do whatever you can. So HTML is shown as the
# text that it is; and formulas need no network.
c.HTMLExporter.filters = {"markdown2html": "mathml.grader.pages.markdown"}

# Whatever kernel a student's notebook names, and without its warning that local connections are not encrypted.
c.Execute.kernel_name = "python3"
c.Execute.extra_arguments = ["--log-level=ERROR"]

# `zip_collect` takes what Moodle's "Download all submissions" holds, a folder or a prefix for each student:
#     Ada Lovelace_1234_assignsubmission_file_/vectors.ipynb
# and Canvas's, where the second number is the submission's and -1 marks another attempt:
#     lovelaceada_LATE_1234_56789_vectors-1.ipynb
c.FileNameCollectorPlugin.named_regexp = (
    r".*[/\\][^/\\_]+_(?:LATE_)?(?P<student_id>\d+)_"
    r"(?:assignsubmission_file_[/\\]?|\d+_)"
    r"(?P<file_id>\w+?)(?:-\d+)?\.ipynb$"
)
