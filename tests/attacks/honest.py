# right, and nothing else
# gets: mean 10, scale 5
# %% mean
def mean(x):
    return sum(x) / len(x)
