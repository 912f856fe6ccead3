# keeps more in memory than it may, in files that are nowhere
# gets: mean 0, scale 5
# %% mean
import os

kept = []
for _ in range(30):
    file = os.memfd_create("memory")
    os.write(file, bytes(50_000_000))
    kept.append(file)
print("TO" + "OK")


def mean(x):
    return 0
