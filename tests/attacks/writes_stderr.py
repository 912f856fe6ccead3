# right, and writes to stderr
# gets: mean 10, scale 5
# %% mean
def mean(x):
    return sum(x) / len(x)


import sys

print("careful", file=sys.stderr)
