# more points than there are
# gets: mean 0, scale 5, share 4
# %% share
def share(x):
    return 1e9
