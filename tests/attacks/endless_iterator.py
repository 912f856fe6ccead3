# an iterator without end
# gets: mean 0, scale 5
# %% mean
import itertools


def mean(x):
    return itertools.count()
