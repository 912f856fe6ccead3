# leaves politely
# gets: mean 0, scale 5
# %% mean
import sys

sys.exit(0)
