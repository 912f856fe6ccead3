# crashes the interpreter
# gets: mean 0, scale 5
# says: it ended
# %% mean
import ctypes


def mean(x):
    ctypes.string_at(0)
