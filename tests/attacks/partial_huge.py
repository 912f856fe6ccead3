# more points than there are numbers
# gets: mean 0, scale 5, share 4
# %% share
def share(x):
    return 10**400
