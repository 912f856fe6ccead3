"""What all tests share."""

import os

import numpy as np
import pytest
from hypothesis import settings

from mathml.grader.fanout import grade_all
from mathml.grader.pool import Unsandboxed

# Submissions to be graded, not notebooks to be run again by nbval: some are no notebooks at all.
collect_ignore_glob = ["attacks/*"]

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# The same examples on every run, on every machine; `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")


@pytest.fixture
def rng():
    return np.random.default_rng(2024)


@pytest.fixture(scope="session")
def walls():
    """Skips a test of the sandbox where this system has none; fails it in CI."""
    try:
        list(grade_all([{"instructors": [], "notebook": b'{"nbformat": 4, "cells": []}', "seconds": 1.0}], workers=1))
    except Unsandboxed as why:
        (pytest.fail if IN_CI else pytest.skip)(f"this needs a sandbox, and {why}")
