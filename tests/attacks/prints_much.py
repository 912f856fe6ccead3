# right, and prints 50 MB on one line
# gets: mean 10, scale 5
# %% mean
def mean(x):
    return sum(x) / len(x)


print("x" * 50_000_000)
