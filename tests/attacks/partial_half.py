# half of the points, honestly
# gets: mean 0, scale 5, share 2
# %% share
def share(x):
    return 0.5
