# right, and prints 50 MB in each call
# gets: mean 10, scale 5
# %% mean
def mean(x):
    print("x" * 50_000_000)
    return sum(x) / len(x)
