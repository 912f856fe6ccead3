# an answer that is nested without end
# gets: mean 0, scale 5
# %% mean
def mean(x):
    y = []
    y.append(y)
    return y
