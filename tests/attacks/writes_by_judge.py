# lets the judge write a file, by a method that an array has
# gets: mean 0, scale 5
# says: is not to be had from here
# %% mean
import gc

import numpy as np


def mean(x):
    [link] = [thing for thing in gc.get_objects() if type(thing).__name__ == "Link"]
    write = link.ask("get", np.zeros(1), "tofile")
    write("/tmp/attacked")
    return "WROTE"
