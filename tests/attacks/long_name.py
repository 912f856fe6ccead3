# an error whose name and words are endless
# gets: mean 0, scale 5
# %% mean
def mean(x):
    raise type("E" * 10**6, (Exception,), {})("words" * 10**6)
