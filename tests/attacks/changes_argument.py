# right, and changes what it was given
# gets: mean 0, scale 5
# says: changes
# %% mean
def mean(x):
    result = sum(x) / len(x)
    x.clear()
    return result
