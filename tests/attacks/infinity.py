# the result is infinite
# gets: mean 0, scale 5
# %% mean
def mean(x):
    return float("inf")
