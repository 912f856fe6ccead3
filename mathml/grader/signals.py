"""What the processes of a grader say to each other, but for tasks and what comes of them: a byte, or a word.

LANE, with a socket: fork a lane that takes tasks from it. BEGIN, with a socket: fork a student's side that talks over
it. END: end that. READY: the first word of a lane and of what forks its students' sides; another says what is missing.
"""

__all__ = ["BEGIN", "END", "LANE", "READY"]

LANE, BEGIN, END = b"L", b"B", b"E"
READY = "ready"
