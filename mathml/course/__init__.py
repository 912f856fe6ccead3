"""The course around the maths: its syllabus, the students' copies of its assignments, its set-up.

Standard library only: `start.py` uses it before anything is installed.
"""

from mathml.course.syllabus import progress

__all__ = ["progress"]
