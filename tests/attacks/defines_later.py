# defines a name that a later exercise defines again
# gets: mean 10, scale 5
# %% mean
def mean(x):
    return sum(x) / len(x)


def scale(x, s):
    return None
