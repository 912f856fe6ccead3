"""Ask a student's function one question, and answer kindly.

    check(norm, [3, 4], gives=5)

`check` belongs to assignments: it says nothing to a right answer, and raises at a wrong one. `try_it` asks the same
question in a lesson, and prints. `predicted` compares a guess with what was so. `from_scratch` sees to it that an
exercise is solved with one's own code.
"""

from mathml.check.failures import CheckFailed, NotAnswered
from mathml.check.predict import predicted
from mathml.check.question import check, try_it
from mathml.check.scratch import from_scratch

__all__ = ["CheckFailed", "NotAnswered", "check", "from_scratch", "predicted", "try_it"]
