# right, and NumPy warns
# gets: mean 10, scale 5
# %% mean
import numpy as np


def mean(x):
    np.float64(1) / np.zeros(1)
    np.log(np.zeros(2))
    return sum(x) / len(x)


mean([1])
