# puts halves of characters where it can
# gets: mean 0, scale 5
# says: half ?
# %% mean
print("half \ud800")


def mean(x):
    raise ValueError("half \udfff")
