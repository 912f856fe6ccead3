# a fork bomb
# gets: mean 0, scale 5
# says: Operation not permitted
# %% mean
import os

while True:
    os.fork()
