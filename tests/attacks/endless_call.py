# a call without end
# gets: mean 0, scale 5
# says: it took too long
# %% mean
def mean(x):
    while True:
        pass
