"""What all tests share."""

import numpy as np
import pytest
from hypothesis import settings

# The same examples on every run, on every machine; `pytest --hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")


@pytest.fixture
def rng():
    return np.random.default_rng(2024)
