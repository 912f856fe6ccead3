# everything about the error raises again
# gets: mean 0, scale 5
# %% mean
class Odd(Exception):
    def __str__(self):
        raise KeyboardInterrupt

    __repr__ = __str__


def mean(x):
    raise Odd
