#!/usr/bin/env python3
"""Set up the course and open it: `python start.py`, on Linux, macOS and Windows; `--help` shows the options."""

# This file is written so that an old Python can read it too, and say what is wrong.
import os
import sys

if sys.version_info < (3, 11) or sys.version_info >= (3, 14):
    this = ".".join(map(str, sys.version_info[:2]))
    problem = (
        "The course needs Python 3.11, 3.12 or 3.13, but this is " + this + ": install one, and run start.py with it."
    )
else:
    from mathml.course.launch import main

    problem = main()

if problem:
    sys.stderr.write("\n" + problem + "\n")
    if os.name == "nt":
        os.system("pause")  # a window that was opened by a double click would close before it is read
    sys.exit(1)
