# calls itself without end
# gets: mean 0, scale 5
# says: RecursionError
# %% mean
def mean(x):
    return mean(x)
